package notes

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// talk makes a talk of a page, with everything its front matter says.
func (p *page) talk(r reader, bookLang string) *tree.Talk {
	r.lang = p.langOr(r.lang)
	t := &tree.Talk{At: tree.At{Src: p.src}, Path: p.path, Title: p.title, Body: p.doc.Body}
	if p.lang != "" && p.lang != bookLang {
		t.Language = p.lang
	}
	byKey := map[string][]tree.LabelledLink{}
	keep := func(f field) {
		if fact, ok := r.fact(f); ok {
			t.Facts = append(t.Facts, fact)
		}
	}
	for _, f := range p.fields {
		switch f.name {
		case "date":
			d, clock, ok := r.date(f)
			t.Date = d
			if t.Start == "" {
				t.Start = clock
			}
			if !ok {
				keep(f)
			}
		case "start", "end":
			p.talkTime(r, f, t, keep)
		case "time":
			if !timeRange(f.value.plain(), t) {
				keep(f)
			}
		case "track":
			t.Track = r.prose(f)
		case "speakers", "speaker", "presenter", "presenters":
			people, facts := r.people(f, "")
			t.Speakers = append(t.Speakers, people...)
			t.Facts = append(t.Facts, facts...)
		case "slides", "video", "site", "archived":
			links, facts := r.links(f, f.value, label(f.key))
			byKey[f.name] = append(byKey[f.name], links...)
			t.Facts = append(t.Facts, facts...)
		case "links":
			links, facts := r.links(f, f.value, "Link")
			byKey["links"] = append(byKey["links"], links...)
			t.Facts = append(t.Facts, facts...)
		case "tags":
			t.Tags = r.texts(f)
		default:
			p.otherKey(r, f, talkKeys, keep)
		}
	}
	t.Tags = p.tags(t.Tags)
	for _, k := range append(slices.Clone(linkKeys), "links", "archived") {
		for _, l := range byKey[k] {
			if name := strings.ToLower(l.Label); k != "links" {
				l.Key = k
			} else if slices.Contains(linkKeys, name) {
				l.Key = name
			}
			t.Links = append(t.Links, l)
		}
	}
	return t
}

// tags returns the tags of front matter, without the sign that Obsidian's users write there, too, and those in the text.
func (p *page) tags(given []string) []string {
	var out []string
	add := func(tag string) {
		same := func(known string) bool { return strings.EqualFold(known, tag) }
		if tag != "" && !slices.ContainsFunc(out, same) {
			out = append(out, tag)
		}
	}
	for _, tag := range given {
		add(strings.TrimSpace(strings.TrimPrefix(tag, "#")))
	}
	for _, tag := range p.doc.Tags {
		add(tag.Name)
	}
	return out
}

// talkTime reads start or end: a time of day, or a day with a time.
func (p *page) talkTime(r reader, f field, t *tree.Talk, keep func(field)) {
	if d, c, ok := parseDay(f.value.text); ok && f.value.kind == scalar {
		if t.Date.IsZero() && f.name == "start" {
			t.Date = d
		}
		if f.name == "start" {
			t.Start = c
		} else {
			t.End = c
		}
		return
	}
	c, ok := r.clock(f)
	switch {
	case !ok:
		keep(f)
	case f.name == "start":
		t.Start = c
	default:
		t.End = c
	}
}

// timeRange reads "10:30 – 11:15" or "10:30" into t. It reports whether s was a time.
func timeRange(s string, t *tree.Talk) bool {
	from, to := s, ""
	for _, sign := range []string{"–", "—", " to ", "-"} {
		if a, b, ok := strings.Cut(s, sign); ok {
			from, to = a, strings.TrimLeft(b, "- ")
			break
		}
	}
	start, err := tree.ParseClock(from)
	if err != nil {
		return false
	}
	if to != "" {
		end, err := tree.ParseClock(to)
		if err != nil {
			return false
		}
		t.End = end
	}
	t.Start = start
	return true
}

// otherKey handles a key that has no field of its own: it is a fact, unless it has been read already or is meant for
// another program.
func (p *page) otherKey(r reader, f field, known []string, keep func(field)) {
	switch {
	case slices.Contains(commonKeys, f.name):
		return
	case foreignKeys[f.name]:
		r.report.Infof(CodeKeyUnused, f.pos, "%s speaks to another program: it is not printed", f.key)
		return
	}
	if near := diag.Nearest(f.name, known); near != "" && near != f.name {
		r.report(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeKeyMisspelt, Pos: f.pos, Message: "the key " + f.key + " is not known: it is printed as a fact",
			Hints: []string{"did you mean " + near + "?"},
		})
	}
	keep(f)
}

// people reads one or several persons: a text such as "A, B and C", a list of names, or mappings with name, role and sort.
// Whatever else a mapping says is kept as facts.
func (r reader) people(f field, role string) ([]tree.Person, []tree.Fact) {
	var out []tree.Person
	var facts []tree.Fact
	tell := func(p tree.Person, pos diag.Pos) {
		if r.speaker != nil && role == "" {
			bare, _ := bareName(p.Name)
			r.speaker(mention{bare, pos})
		}
	}
	add := func(s string, pos diag.Pos, inList bool) {
		joint := nameJoint
		if inList {
			joint = itemJoint
		}
		names, others := splitNames(s, joint)
		if f.name == "speaker" || f.name == "presenter" {
			names = joinAffiliations(names)
		}
		for _, n := range names {
			out = append(out, person(n, role))
			tell(out[len(out)-1], pos)
		}
		if others != "" {
			facts = append(facts, tree.Fact{Label: "More " + strings.ToLower(label(f.key)), Key: "more-" + f.name, Value: r.inline(others, f.value.pos)})
		}
	}
	one := func(v value, inList bool) {
		switch v.kind {
		case scalar:
			if isPlaceholder(v.text) {
				r.placeholder(field{key: f.key, value: v})
				facts = append(facts, tree.Fact{Label: label(f.key), Key: f.name, Value: r.inline(v.text, v.pos)})
				return
			}
			add(v.text, v.pos, inList)
		case mapping:
			p, fs := r.personMapping(v, role)
			if p.Name != "" {
				out = append(out, p)
				tell(p, v.pos)
			}
			facts = append(facts, fs...)
		case list:
			r.report.Errorf(CodeType, v.pos, "%s wants names, not a list of lists", f.key)
			add(v.plain(), v.pos, false)
		}
	}
	if f.value.kind == list {
		for _, item := range f.value.items {
			one(item, true)
		}
	} else {
		one(f.value, false)
	}
	return out, facts
}

// personMapping reads a person given as a mapping.
func (r reader) personMapping(v value, role string) (tree.Person, []tree.Fact) {
	var facts []tree.Fact
	name, ok := v.get("name")
	if !ok {
		r.report(diag.Diagnostic{
			Severity: diag.Error, Code: CodeType, Pos: v.pos, Message: "a person needs a name",
			Hints: []string{"write name: Jane Doe"},
		})
	}
	p := person(r.text(name), role)
	for _, f := range v.fields {
		switch f.name {
		case "name":
		case "sort", "file-as", "sort-name":
			p.Sort = r.text(f)
		case "role":
			if code := r.role(f); code != "" {
				p.Role = code
			}
		default:
			if fact, ok := r.fact(f); ok {
				fact.Label = p.Name + ", " + strings.ToLower(fact.Label)
				facts = append(facts, fact)
			}
		}
	}
	return p, facts
}

// roles names the MARC relators that a book of notes may need (id.loc.gov/vocabulary/relators).
var roles = map[string]string{
	"author": "aut", "editor": "edt", "translator": "trl", "illustrator": "ill", "contributor": "ctb", "speaker": "spk",
	"photographer": "pht", "designer": "bkd", "compiler": "com", "publisher": "pbl", "narrator": "nrt", "reviewer": "rev",
	"proofreader": "pfr", "annotator": "ann", "antecedent": "ant", "source": "ant", "introduction": "aui",
	"afterword": "aft", "cover designer": "cov", "producer": "bkp", "researcher": "res", "transcriber": "trc",
	"collaborator": "ctb", "typographer": "tyg", "sponsor": "spn", "dedicatee": "dte",
}

// role returns the MARC code of a role given by name or code.
func (r reader) role(f field) string {
	s := strings.ToLower(r.text(f))
	if code, ok := roles[s]; ok {
		return code
	}
	if relators[s] {
		return s
	}
	d := diag.Diagnostic{Severity: diag.Warning, Code: CodeRole, Pos: f.value.pos, Message: "no role is called " + s}
	names := make([]string, 0, len(roles))
	for n := range roles {
		names = append(names, n)
	}
	slices.Sort(names)
	if near := diag.Nearest(s, names); near != "" {
		d.Hints = append(d.Hints, "did you mean "+near+"?")
	} else if s != "" {
		d.Hints = append(d.Hints, "roles are words such as author, editor, translator, or MARC codes of three letters")
	}
	r.report(d)
	return ""
}
