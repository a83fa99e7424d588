package notes

import (
	"path"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// draftEvent is an event that is being put together: its parts are sorted before they are entered in the structure.
type draftEvent struct {
	folder *folder
	event  *tree.Event
	place  place
}

// events makes the events of folders and adds them to the book in order.
func (b *builder) events(folders []*folder) {
	var all []draftEvent
	for _, f := range folders {
		e := b.event(f)
		at := place{listed: b.listed(f.path), path: f.path}
		if f.opening != nil {
			at.weight, at.hasWeight = f.opening.weight, f.opening.hasWeight
		}
		at.date = e.Start
		if at.date.IsZero() {
			at.date = earliest(f)
		}
		if b.config.ByName {
			at.date, at.hasWeight = tree.Date{}, false
		}
		all = append(all, draftEvent{f, e, at})
	}
	slices.SortStableFunc(all, func(x, y draftEvent) int { return comparePlaces(x.place, y.place) })
	for _, d := range all {
		b.book.Events = append(b.book.Events, d.event)
		kind := KindEvent
		if d.event.Start.IsZero() && d.event.Venue == "" {
			kind = KindPart
		}
		b.add(kind, d.folder.path, 0, &d.event.ID, &d.event.Title, "by "+b.reason(d.place)+"; title from "+d.folder.titleFrom())
		b.sections(d.folder, d.event)
	}
}

// earliest returns the first day that the front matter of a page in the folder gives.
func earliest(f *folder) tree.Date {
	var first tree.Date
	f.each(func(p *page) {
		if at, ok := p.field("date"); ok && at.value.kind == scalar {
			if d, _, ok := parseDay(at.value.text); ok && (first.IsZero() || d.Compare(first) < 0) {
				first = d
			}
		}
	})
	return first
}

// titleFrom says where the title of a folder comes from.
func (f *folder) titleFrom() string {
	if f.opening != nil && f.opening.titleFrom != "file name" {
		return f.opening.titleFrom + " of " + path.Base(f.opening.path)
	}
	return "folder name"
}

// title returns the title of a folder: its opening page's, else its prettified name.
func (f *folder) title(rootTitle string) tree.Inlines {
	if f.opening != nil && f.opening.titleFrom != "file name" {
		return f.opening.title
	}
	if f.path != "." {
		return tree.Inlines{&tree.Text{Text: prettyName(f.path)}}
	}
	if rootTitle == "" {
		rootTitle = "Notes"
	}
	return tree.Inlines{&tree.Text{Text: rootTitle}}
}

// event makes an event of a folder, without its sections.
func (b *builder) event(f *folder) *tree.Event {
	e := &tree.Event{Path: f.path, Title: f.title(b.book.Meta.Title), Implied: f.path == "." && (f.opening == nil || !f.opening.opensEvent())}
	p := f.opening
	if p == nil {
		return e
	}
	e.Src = p.src
	e.Intro = p.doc.Body
	r := b.reader()
	keep := func(f field) {
		if fact, ok := r.fact(f); ok {
			e.Facts = append(e.Facts, fact)
		}
	}
	var end field
	for _, f := range p.fields {
		ok := true
		switch f.name {
		case "start":
			e.Start, _, ok = r.date(f)
		case "end":
			e.End, _, ok = r.date(f)
			end = f
		case "date", "dates":
			var start, last tree.Date
			if start, last, ok = r.dates(f); ok {
				e.Start, e.End = start, last
			}
		case "venue":
			e.Venue = r.prose(f)
		case "site":
			b.site(r, f, e)
		case "kind":
		default:
			p.otherKey(r, f, eventKeys, keep)
		}
		if !ok {
			keep(f)
		}
	}
	if !e.Start.IsZero() && !e.End.IsZero() && e.End.Compare(e.Start) < 0 {
		b.report(diag.Diagnostic{
			Severity: diag.Error, Code: CodeDate, Pos: end.value.pos, Message: "the event ends on " + e.End.String() + ", before it starts on " + e.Start.String(),
		})
		e.Start, e.End = e.End, e.Start
		if b.doubtful == nil {
			b.doubtful = map[*tree.Event]bool{}
		}
		b.doubtful[e] = true
	}
	if e.End.IsZero() {
		e.End = e.Start
	}
	if e.Start.IsZero() {
		e.Start = e.End
	}
	b.see(e.Start)
	b.see(e.End)
	return e
}

// site reads an event's site; what follows the URL, or a second one, is a fact.
func (b *builder) site(r reader, f field, e *tree.Event) {
	links, facts := r.links(f, f.value, label(f.key))
	for _, l := range links {
		if e.Site == "" && len(l.Note) == 0 {
			e.Site = l.URL
			continue
		}
		text := tree.Inlines{&tree.Link{At: tree.At{Src: f.value.pos}, URL: l.URL, Auto: true, Text: tree.Inlines{&tree.Text{At: tree.At{Src: f.value.pos}, Text: l.URL}}}}
		if len(l.Note) > 0 {
			text = append(append(text, &tree.Text{At: tree.At{Src: f.value.pos}, Text: " – "}), l.Note...)
		}
		e.Facts = append(e.Facts, tree.Fact{Label: l.Label, Key: f.name, Value: text})
	}
	e.Facts = append(e.Facts, facts...)
}

// sections fills an event: the files right in its folder are a section without a title, and so is a folder of talks that
// is the only section and says nothing of itself.
func (b *builder) sections(f *folder, e *tree.Event) {
	if len(f.pages) > 0 {
		s := &tree.Section{Path: f.path, Kind: tree.Talks}
		b.talks(f.pages, s, e, 1)
		e.Sections = append(e.Sections, s)
	}
	for _, sub := range b.sortFolders(f.folders) {
		e.Sections = append(e.Sections, b.section(sub, e, 1, len(f.pages) == 0 && len(f.folders) == 1))
	}
}

// section makes a section of a folder, with what is below it.
func (b *builder) section(f *folder, e *tree.Event, depth int, only bool) *tree.Section {
	s := &tree.Section{Path: f.path, Kind: sectionKind(f.path)}
	if f.opening != nil {
		b.openSection(f.opening, s)
	}
	untitled := only && s.Kind == tree.Talks && f.opening == nil && len(f.folders) == 0
	if !untitled {
		s.Title = f.title("")
		b.add(KindSection, f.path, depth, &s.ID, &s.Title, "a folder of "+inWords(path.Dir(f.path))+", "+string(s.Kind)+" by its name; title from "+f.titleFrom())
		depth++
	}
	b.talks(f.pages, s, e, depth)
	for _, sub := range b.sortFolders(f.folders) {
		s.Sections = append(s.Sections, b.section(sub, e, depth, false))
	}
	return s
}

func inWords(dir string) string {
	if dir == "." {
		return "the notes folder"
	}
	return dir
}

// openSection reads the opening page of a section. The tree has no place for facts of a section, so they open its text as
// a list of definitions.
func (b *builder) openSection(p *page, s *tree.Section) {
	s.Src = p.src
	r := b.reader()
	facts := &tree.DefinitionList{At: tree.At{Src: p.src}}
	for _, f := range p.fields {
		if f.name == "kind" {
			s.Kind = b.sectionKindOf(r, f, s.Kind)
			continue
		}
		p.otherKey(r, f, eventKeys, func(f field) {
			fact, ok := r.fact(f)
			if !ok {
				return
			}
			at := tree.At{Src: f.pos}
			facts.Items = append(facts.Items, &tree.Definition{
				At: at, Terms: []tree.Inlines{{&tree.Text{At: at, Text: fact.Label}}},
				Defs: []tree.Blocks{{&tree.Paragraph{At: tree.At{Src: f.value.pos}, Text: fact.Value}}},
			})
		})
	}
	if len(facts.Items) > 0 {
		s.Intro = append(s.Intro, facts)
	}
	s.Intro = append(s.Intro, p.doc.Body...)
}

func (b *builder) sectionKindOf(r reader, f field, fallback tree.SectionKind) tree.SectionKind {
	switch k := tree.SectionKind(strings.ToLower(r.text(f))); k {
	case tree.Talks, tree.Exhibitors, tree.Other:
		return k
	default:
		r.report.Errorf(CodeChoice, f.value.pos, "kind is talks, exhibitors or other, not %q", k)
	}
	return fallback
}

// sectionKind tells the kind of a section by the name of its folder.
func sectionKind(p string) tree.SectionKind {
	name, _ := strings.CutSuffix(strings.ToLower(path.Base(p)), "/")
	name = strings.TrimLeft(name, "0123456789-_. ")
	switch name {
	case "talks", "sessions", "presentations", "lectures", "keynotes":
		return tree.Talks
	case "exhibitors", "exhibits", "exhibition", "exhibit-hall", "expo", "vendors", "booths", "stands":
		return tree.Exhibitors
	}
	return tree.Other
}

// sortFolders orders sections: what book.yaml lists, talks, others, exhibitors; then by date, weight and name.
func (b *builder) sortFolders(folders []*folder) []*folder {
	ranks := map[tree.SectionKind]int{tree.Talks: 0, tree.Other: 1, tree.Exhibitors: 2}
	at := func(f *folder) place {
		pl := place{listed: b.listed(f.path), rank: ranks[sectionKind(f.path)], path: f.path}
		if b.config.ByName {
			pl.rank = 0
			return pl
		}
		if f.opening != nil {
			pl.weight, pl.hasWeight = f.opening.weight, f.opening.hasWeight
			for _, name := range []string{"date", "start"} {
				if at, ok := f.opening.field(name); ok {
					pl.date, pl.clock, _ = parseDay(at.value.text)
				}
			}
		}
		return pl
	}
	out := slices.Clone(folders)
	slices.SortStableFunc(out, func(x, y *folder) int { return comparePlaces(at(x), at(y)) })
	return out
}

// talks makes the talks of a section in order.
func (b *builder) talks(pages []*page, s *tree.Section, e *tree.Event, depth int) {
	type draft struct {
		talk  *tree.Talk
		page  *page
		place place
	}
	var all []draft
	for _, p := range pages {
		t := p.talk(b.reader(), b.lang)
		b.checkDate(p, t, e)
		b.see(t.Date)
		at := place{listed: b.listed(p.path), date: t.Date, clock: t.Start, weight: p.weight, hasWeight: p.hasWeight, path: p.path}
		if b.config.ByName {
			at = place{listed: at.listed, path: p.path}
		}
		all = append(all, draft{t, p, at})
	}
	slices.SortStableFunc(all, func(x, y draft) int { return comparePlaces(x.place, y.place) })
	for _, d := range all {
		s.Talks = append(s.Talks, d.talk)
		kind := KindPage
		if len(d.talk.Speakers) > 0 {
			kind = KindTalk
		}
		b.add(kind, d.page.path, depth, &d.talk.ID, &d.talk.Title, "by "+b.reason(d.place)+"; title from "+d.page.titleFrom)
	}
}

// checkDate reports a talk on a day on which its event did not take place, unless a fact says where it was held.
func (b *builder) checkDate(p *page, t *tree.Talk, e *tree.Event) {
	if b.doubtful[e] || t.Date.IsZero() || e.Start.IsZero() || t.Date.Compare(e.Start) >= 0 && t.Date.Compare(e.End) <= 0 {
		return
	}
	if slices.ContainsFunc(t.Facts, func(f tree.Fact) bool { return f.Key == "held-at" }) {
		return
	}
	f, ok := p.field("date")
	if !ok {
		f, _ = p.field("start")
	}
	b.report(diag.Diagnostic{
		Severity: diag.Warning, Code: CodeDateRange, Pos: f.value.pos,
		Message: t.Date.String() + " lies outside the event, which lasts from " + e.Start.String() + " to " + e.End.String(),
		Hints:   []string{"mend the date, or say where the talk was held: held-at: …"},
		Related: []diag.Related{{Pos: e.Src, Message: "the event"}},
	})
}
