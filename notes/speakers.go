package notes

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/resolve"
	"github.com/evbook/evbook/notes/tree"
)

// Speaker is an entry of the register of speakers in book.yaml.
type Speaker struct {
	Person  tree.Person // with Name, Sort, URL and ID
	Aliases []string    // other spellings of the name

	pos diag.Pos
}

// speakers reads the register: a list of names, or of mappings with name, sort, aliases and url.
func (c *Config) speakers(r reader, f field) {
	if f.value.kind != list {
		if f.value.kind != nothing {
			r.report.Errorf(CodeType, f.value.pos, "%s wants a list of names, or of mappings with name and aliases", f.key)
		}
		return
	}
	for _, item := range f.value.items {
		if s, ok := c.speaker(r, field{key: f.key, name: f.name, pos: f.pos, value: item}); ok {
			c.Speakers = append(c.Speakers, s)
		}
	}
	taken := map[string]Speaker{}
	for _, s := range c.Speakers {
		for _, name := range append([]string{s.Person.Name}, s.Aliases...) {
			key := nameKey(name)
			if other, ok := taken[key]; ok && other.Person.Name != s.Person.Name {
				r.report(diag.Diagnostic{
					Severity: diag.Error, Code: CodeSpeakerTwice, Pos: s.pos, Message: name + " stands for two speakers: " + other.Person.Name + " counts",
					Related: []diag.Related{{Pos: other.pos, Message: "first given here"}},
				})
				continue
			}
			taken[key] = s
		}
	}
}

func (c *Config) speaker(r reader, f field) (Speaker, bool) {
	v := f.value
	switch v.kind {
	case scalar:
		return Speaker{Person: person(v.text, ""), pos: v.pos}, true
	case mapping:
	default:
		r.report.Errorf(CodeType, v.pos, "a speaker is a name, or a mapping with name and aliases")
		return Speaker{}, false
	}
	name, ok := v.get("name")
	if !ok {
		r.report(diag.Diagnostic{
			Severity: diag.Error, Code: CodeType, Pos: v.pos, Message: "a person needs a name",
			Hints: []string{"write name: Jane Doe"},
		})
		return Speaker{}, false
	}
	s := Speaker{Person: person(r.text(name), ""), pos: name.value.pos}
	for _, inner := range v.fields {
		switch inner.name {
		case "name":
		case "sort":
			s.Person.Sort = r.text(inner)
		case "aliases":
			s.Aliases = r.texts(inner)
		case "url":
			if u := r.text(inner); u != "" {
				if s.Person.URL = r.webURL(u, inner, inner.value.pos); s.Person.URL == "" {
					r.report.Warnf(CodeURL, inner.value.pos, "%s in %s is no web address: it is left out", u, inner.key)
				}
			}
		default:
			c.unknownIn(r, inner, "a speaker", speakerKeys)
		}
	}
	return s, s.Person.Name != ""
}

// mention is a name of a speaker in front matter.
type mention struct {
	name string // without what stands in brackets
	pos  diag.Pos
}

// nameKey is what two spellings of a name must share to be surely the same: letters without case and accents.
func nameKey(name string) string {
	bare, _ := bareName(name)
	if slug, lost := resolve.Slug(bare); !lost && slug != "" {
		return slug
	}
	return strings.ToLower(strings.Join(strings.Fields(bare), " "))
}

// bareName parts a name from what stands in brackets behind it.
func bareName(name string) (bare, rest string) {
	if i := strings.IndexByte(name, '('); i > 0 {
		return strings.TrimSpace(name[:i]), " " + name[i:]
	}
	return strings.TrimSpace(name), ""
}

// registerSpeakers gives everybody who is named in the register of book.yaml, by name or alias, the name, the order and the
// id that stand there. What follows the name in brackets stays.
func (b *builder) registerSpeakers() {
	known := map[string]*Speaker{}
	for i := range b.config.Speakers {
		s := &b.config.Speakers[i]
		for _, name := range append([]string{s.Person.Name}, s.Aliases...) {
			if key := nameKey(name); known[key] == nil {
				known[key] = s
			}
		}
	}
	if len(known) == 0 {
		return
	}
	settle := func(list []tree.Person) {
		for i := range list {
			s := known[nameKey(list[i].Name)]
			if s == nil {
				continue
			}
			_, rest := bareName(list[i].Name)
			p := s.Person
			p.Name, p.Role = p.Name+rest, list[i].Role
			list[i] = p
		}
	}
	settle(b.book.Meta.Creators)
	settle(b.book.Meta.Contributor)
	for t := range b.book.AllTalks() {
		settle(t.Speakers)
	}
}

// spelling is one way in which a name is written.
type spelling struct {
	name  string
	key   string
	first diag.Pos
	count int
	fixed bool // it stands in the register
}

// checkSpeakers reports names that look like two spellings of one: surely where only case and accents differ, probably
// where a letter or two do, where the parts stand in another order, or where the first name is an initial. The rarer
// spelling is reported, at its first place. Names in the register are as they should be.
func (b *builder) checkSpeakers() {
	all := b.spellings()
	for i, x := range all {
		for _, y := range all[:i] {
			if x.fixed && y.fixed {
				continue
			}
			severity, same := sameSpeaker(x, y)
			if !same {
				continue
			}
			usual, rare := y, x
			if x.fixed || !y.fixed && x.count > y.count {
				usual, rare = x, y
			}
			d := diag.Diagnostic{
				Severity: severity, Code: CodeSpeaker, Pos: rare.first, Message: rare.name + " may be the speaker who is called " + usual.name + " elsewhere",
				Hints:   []string{"write the name in one way, or register the other under speakers in book.yaml, with aliases or as a name of its own"},
				Related: []diag.Related{{Pos: usual.first, Message: "called " + usual.name + " here"}},
			}
			if severity == diag.Warning {
				d.Message = rare.name + " is written " + usual.name + " elsewhere"
			}
			b.report(d)
			break
		}
	}
}

// spellings lists the names of speakers in the order of their places, those of the register first.
func (b *builder) spellings() []*spelling {
	var all []*spelling
	byName := map[string]*spelling{}
	for i := range b.config.Speakers {
		s := &b.config.Speakers[i]
		for _, name := range append([]string{s.Person.Name}, s.Aliases...) {
			if byName[name] == nil {
				byName[name] = &spelling{name: name, key: nameKey(name), first: s.pos, fixed: true}
				all = append(all, byName[name])
			}
		}
	}
	mentions := slices.Clone(b.mentions)
	slices.SortStableFunc(mentions, func(x, y mention) int { return cmp.Or(x.pos.Compare(y.pos), strings.Compare(x.name, y.name)) })
	for _, m := range mentions {
		if _, out := b.unselected[m.pos.File]; out {
			continue
		}
		s := byName[m.name]
		if s == nil {
			s = &spelling{name: m.name, key: nameKey(m.name), first: m.pos}
			byName[m.name] = s
			all = append(all, s)
		}
		s.count++
	}
	return all
}

// sameSpeaker reports whether two spellings may be one name, and how grave that is.
func sameSpeaker(x, y *spelling) (diag.Severity, bool) {
	if x.key == y.key {
		return diag.Warning, !x.fixed && !y.fixed // what has the key of a registered name is that name
	}
	a, c := strings.Split(x.key, "-"), strings.Split(y.key, "-")
	if len(a) < 2 || len(c) < 2 || strings.ContainsAny(x.key+y.key, "0123456789") {
		return 0, false
	}
	if initials(a, c) || initials(c, a) {
		return diag.Info, true
	}
	slices.Sort(a)
	slices.Sort(c)
	if slices.Equal(a, c) {
		return diag.Info, true
	}
	limit := 1
	if short := min(len(x.key), len(y.key)); short < 8 {
		return 0, false
	} else if short >= 14 {
		limit = 2
	}
	d := diag.Distance(x.key, y.key, limit)
	return diag.Info, d <= limit
}

// initials reports whether a is c with an initial for the first name: J. McCollum and Jathan McCollum.
func initials(a, c []string) bool {
	if len(a) != len(c) || utf8.RuneCountInString(a[0]) != 1 || len(c[0]) < 2 || !strings.HasPrefix(c[0], a[0]) {
		return false
	}
	return slices.Equal(a[1:], c[1:]) && strings.IndexFunc(a[0], unicode.IsLetter) == 0
}
