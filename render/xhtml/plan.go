package xhtml

import (
	"cmp"
	"strings"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/figures"
	"github.com/evbook/evbook/render/words"
)

// Part is a piece of a book that has a title of its own: a file of an EPUB, a section of a web page.
type Part struct {
	ID     string // of the tree
	Name   string // ASCII, unique in the book, also where letter case does not count, and fit for ids and file names
	Title  string // plain words; never empty
	Lang   string // BCP 47, if it differs from the book's
	Matter string // frontmatter, bodymatter or backmatter
	Node   tree.Node
	// Appendix is set for appendices, which are made from the notes and have no Node; the timeline has neither.
	Appendix derive.Appendix
	Place    Place
	Write    func(*Page)
	Parts    []*Part // what stands below it, in reading order
}

// Reserved names are those of pages that are no parts; no part gets them.
var reservedNames = []string{"cover", "title", "nav"}

// planner divides a book into parts.
type planner struct {
	site  *Site
	at    func(name string) Place
	names map[string]bool
	fill  []func() // enters what is inside the parts in the index, once all parts are there
}

// Plan divides a book into its parts and enters everything that links can lead to in the site's index. The function at says
// where the part with a name stands: in a file of its own, or at an anchor. Names depend on ids alone, so that readers' places
// and links from outside survive when the book is built again. The site must have its Index, Words and Facts; generator is
// the program's name and version for the colophon.
func (s *Site) Plan(book *tree.Book, generator string, at func(name string) Place) []*Part {
	p := &planner{site: s, at: at, names: map[string]bool{}}
	for _, name := range reservedNames {
		p.names[name] = true
	}
	var parts []*Part
	if s.hasTimeline() {
		parts = append(parts, p.part(&Part{ID: figures.TimelineID, Title: s.Words.Appendix().Timeline, Matter: "frontmatter", Write: (*Page).Timeline}))
	}
	for _, c := range book.Front {
		parts = append(parts, p.chapter(c, "frontmatter"))
	}
	for _, e := range book.Events {
		if bare(e) {
			parts = append(parts, p.talksOf(e)...)
		} else {
			parts = append(parts, p.event(e))
		}
	}
	for _, c := range book.Back {
		parts = append(parts, p.chapter(c, "backmatter"))
	}
	for _, a := range s.Facts.Appendices() {
		parts = append(parts, p.part(&Part{ID: a.ID(), Title: s.Facts.Title(a, s.Words), Matter: "backmatter", Appendix: a,
			Write: func(w *Page) { w.Appendix(a, generator) }}))
	}
	for _, fill := range p.fill {
		fill()
	}
	for _, item := range s.Facts.Items() {
		if place, ok := s.Index.Place(item.Place.Talk.ID); ok {
			s.Index.Point(item.Anchor, place.File)
		}
	}
	return parts
}

// part gives a part its name and place, and enters both in the index.
func (p *planner) part(part *Part) *Part {
	part.Name = strings.ToLower(Anchor(cmp.Or(part.ID, "page")))
	for p.names[part.Name] {
		part.Name = "x-" + part.Name
	}
	p.names[part.Name] = true
	part.Lang = words.Tag(part.Lang)
	part.Place = p.at(part.Name)
	p.site.Index.Part(part.ID, part.Place)
	if part.Node != nil {
		p.holds(part, part.Node)
	}
	return part
}

// holds says that a node is printed in a part.
func (p *planner) holds(part *Part, n tree.Node) {
	p.fill = append(p.fill, func() { p.site.Index.Add(part.Place.File, n) })
}

func (p *planner) chapter(c *tree.Chapter, matter string) *Part {
	return p.part(&Part{ID: c.ID, Title: label(c.Title, c.ID), Matter: matter, Node: c, Write: func(w *Page) { w.Chapter(c) }})
}

func (p *planner) event(e *tree.Event) *Part {
	part := p.part(&Part{ID: e.ID, Title: label(e.Title, e.ID), Matter: "bodymatter", Node: e, Write: func(w *Page) { w.Event(e) }})
	p.sections(e, e.Sections, part)
	return part
}

// sections plans what is below an event or section. A titled section is a part of its own when it is one of several or has
// sections below it; else what it says is printed in the part above.
func (p *planner) sections(e *tree.Event, sections []*tree.Section, above *Part) {
	for _, s := range sections {
		part, talks := above, s.Talks
		if lead := s.Lead(); lead != nil {
			part, talks = p.talk(lead, e.ID, e.Title), talks[1:]
			above.Parts = append(above.Parts, part)
			p.site.Index.Part(s.ID, part.Place)
		} else if len(s.Title) > 0 && (len(sections) > 1 || len(s.Sections) > 0) {
			part = p.part(&Part{ID: s.ID, Title: label(s.Title, s.ID), Matter: "bodymatter", Node: s, Write: func(w *Page) { w.Section(s) }})
			above.Parts = append(above.Parts, part)
		} else {
			p.site.Index.Part(s.ID, above.Place)
			p.holds(above, s)
		}
		for _, t := range talks {
			part.Parts = append(part.Parts, p.talk(t, e.ID, e.Title))
		}
		p.sections(e, s.Sections, part)
	}
}

// talk plans the part of a talk. Without the title of its event, the talk does not say where it belongs.
func (p *planner) talk(t *tree.Talk, event string, title tree.Inlines) *Part {
	return p.part(&Part{ID: t.ID, Title: label(t.Title, t.ID), Lang: t.Language, Matter: "bodymatter", Node: t, Write: func(w *Page) {
		w.event = event
		w.Talk(t, title)
	}})
}

// bare reports whether an event is nothing but a list of talks: notes without folders have one that their author did not
// make, called as the book is.
func bare(e *tree.Event) bool {
	if !e.Implied || len(e.Sections) == 0 || len(e.Intro)+len(e.Facts) > 0 || e.Venue+e.Site != "" || !e.Start.IsZero() {
		return false
	}
	for _, s := range e.Sections {
		if len(s.Talks) == 0 || len(s.Title)+len(s.Intro)+len(s.Sections) > 0 {
			return false
		}
	}
	return true
}

// talksOf plans the talks of a bare event. Links to the event lead to the first of them.
func (p *planner) talksOf(e *tree.Event) (parts []*Part) {
	for _, s := range e.Sections {
		for _, t := range s.Talks {
			parts = append(parts, p.talk(t, e.ID, nil))
		}
		p.site.Index.Part(s.ID, parts[0].Place)
	}
	first := parts[0].Write
	parts[0].Write = func(w *Page) {
		w.opens = e
		first(w)
	}
	p.site.Index.Part(e.ID, parts[0].Place)
	return parts
}

// label returns the words of a title, or what stands for them: labels must not be empty.
func label(title tree.Inlines, id string) string { return cmp.Or(tree.PlainText(title), id, "—") }
