package xhtml

import (
	"strings"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
)

// Appendix writes a page that is made from the notes: an index, the list of talks by date, action items, the colophon.
// Generator is the program's name and version.
func (p *Page) Appendix(a derive.Appendix, generator string) {
	f := p.site.Facts
	typ, role := "appendix", "doc-appendix"
	switch a {
	case derive.Speakers, derive.Topics:
		typ, role = "index", "doc-index"
	case derive.Colophon:
		typ, role = "colophon", "doc-colophon"
	case derive.Actions, derive.Chronology:
	}
	et, r := p.epubType(typ, role)
	p.section("appendix "+string(a), et, r)
	p.BreaksAt(tree.Place{ID: a.ID()})
	p.title(tree.Inlines{&tree.Text{Text: f.Title(a, p.site.Words)}}, a.ID())
	switch a {
	case derive.Speakers:
		var list []indexEntry
		for _, s := range f.Speakers() {
			list = append(list, indexEntry{s.Name(), s.Initial, s.Talks, true})
		}
		p.index(list)
	case derive.Topics:
		var list []indexEntry
		for _, t := range f.Topics() {
			list = append(list, indexEntry{t.Name, t.Initial, t.Talks, false})
		}
		p.index(list)
	case derive.Chronology:
		p.chronology(f.Chronology())
	case derive.Actions:
		p.items(f.Items())
	case derive.Colophon:
		p.factTable(func() {
			for _, row := range f.Colophon(p.site.Words, generator) {
				if row.Pages {
					row.Label, row.Value = p.site.Words.Appendix().PrintPages, derive.Count(p.site.PrintPages)
				}
				if !row.Pages || p.site.PrintPages > 0 {
					p.row(row.Label, func() { p.Text(row.Value) })
				}
			}
		})
	}
	p.end()
}

// indexEntry is an entry of an index.
type indexEntry struct {
	name, initial string
	talks         []derive.Place
	event         bool // name the talks' events rather than their speakers
}

// lettered is from how many entries on an index has headings with letters.
const lettered = 25

// index writes an index. A long one is divided by letters.
func (p *Page) index(list []indexEntry) {
	for len(list) > 0 {
		n := len(list)
		if p.lettered || n >= lettered {
			p.lettered = true
			initial := list[0].initial
			for n = 1; n < len(list) && list[n].initial == initial; n++ {
			}
			p.Element(p.headingElement(2), initial, A("class", "letter"))
			p.Line()
		}
		p.Start("ul", A("class", "index"))
		p.Line()
		for _, e := range list[:n] {
			p.Start("li")
			p.Text(e.name)
			p.Line()
			p.Start("ul")
			p.Line()
			for _, t := range e.talks {
				p.Start("li")
				p.talkLink(t.Talk)
				if note := e.note(p, t); note != "" {
					p.Text(" ")
					p.Element("span", note, A("class", "by"))
				}
				p.End()
				p.Line()
			}
			p.End()
			p.End()
			p.Line()
		}
		p.End()
		p.Line()
		list = list[n:]
	}
}

// note is what an index says beside a talk's title.
func (e *indexEntry) note(p *Page, t derive.Place) string {
	if e.event {
		return plain(t.Event.Title)
	}
	return p.site.Words.List(names(t.Talk.Speakers))
}

// talkLink writes a talk's title, which leads to the talk.
func (p *Page) talkLink(t *tree.Talk) {
	title := firstOf(plain(t.Title), t.ID)
	if place, ok := p.site.Index.Place(t.ID); ok {
		p.Element("a", title, A("href", place.Href(p.file)))
		return
	}
	p.Text(title)
}

// chronology writes the talks by date, with the days in a column.
func (p *Page) chronology(talks []derive.Place) {
	p.Start("table", A("class", "dates"), A("aria-labelledby", p.titleID()))
	p.Line()
	p.Start("thead")
	p.Start("tr")
	p.Element("th", p.site.Words.Date, A("scope", "col"))
	p.Element("th", p.site.Words.Appendix().Talks, A("scope", "col"))
	p.End()
	p.End()
	p.Line()
	p.Start("tbody")
	p.Line()
	for _, t := range talks {
		p.Start("tr")
		p.Start("td")
		p.Element("time", t.Talk.Date.String(), A("datetime", t.Talk.Date.String()))
		p.End()
		p.Start("td")
		p.talkLink(t.Talk)
		var about []string
		if len(t.Talk.Speakers) > 0 {
			about = append(about, p.site.Words.List(names(t.Talk.Speakers)))
		}
		p.Text(" ")
		p.Element("span", strings.Join(append(about, plain(t.Event.Title)), " · "), A("class", "by"))
		p.End()
		p.End()
		p.Line()
	}
	p.End()
	p.Line()
	p.End()
	p.Line()
}

// items writes action items and decisions, each with a link to its place.
func (p *Page) items(items []derive.Item) {
	words := p.site.Words.Appendix()
	for _, group := range []struct {
		kind  derive.ItemKind
		title string
	}{{derive.Action, words.Actions}, {derive.Decision, words.Decisions}} {
		open := false
		for _, item := range items {
			if item.Kind != group.kind {
				continue
			}
			if !open {
				open = true
				if p.site.Facts.Title(derive.Actions, p.site.Words) != group.title {
					p.Element(p.headingElement(2), group.title)
					p.Line()
				}
				p.Start("ul", A("class", "talk-list"))
				p.Line()
			}
			p.Start("li")
			if place, ok := p.site.Index.Place(item.Anchor); ok {
				p.Element("a", plain(item.Text), A("href", place.Href(p.file)))
			} else {
				p.Text(plain(item.Text))
			}
			p.Text(" ")
			p.Element("span", plain(item.Place.Talk.Title), A("class", "by"))
			p.End()
			p.Line()
		}
		if open {
			p.End()
			p.Line()
		}
	}
}

// related writes the line that names other talks of a talk's speakers.
func (p *Page) related(t *tree.Talk) {
	if p.site.Facts == nil {
		return
	}
	list, more := p.site.Facts.Related(t)
	if len(list) == 0 {
		return
	}
	p.Start("p", A("class", "also"))
	p.Text(p.site.Words.Appendix().Also + ": ")
	for i, other := range list {
		if i > 0 {
			p.Text(", ")
		}
		p.talkLink(other.Talk)
	}
	if place, ok := p.site.Index.Place(derive.Speakers.ID()); ok && more {
		p.Text(", … ")
		p.Element("a", p.site.Words.Speakers, A("href", place.Href(p.file)))
	}
	p.End()
	p.Line()
}

// item returns the id attribute of a paragraph or list item that the list of action items leads to.
func (p *Page) itemAnchor(n tree.Node) Attr {
	if p.site.Facts == nil {
		return Attr{}
	}
	return p.anchor(p.site.Facts.Anchor(n))
}

// turn writes a paragraph of minutes in which somebody speaks, and reports whether it is one.
func (p *Page) turn(n *tree.Paragraph) bool {
	if !p.dialogue {
		return false
	}
	who, words, ok := derive.Turn(n)
	if !ok {
		if who, words, ok = derive.Mark(n); !ok {
			return false
		}
	}
	p.Start("p", A("class", "turn"), p.itemAnchor(n))
	p.Element("b", who+":", A("class", "who"))
	p.Text(" ")
	p.Inlines(words)
	p.End()
	return true
}

// attendees writes a table of attendees as a list that the style sheet sets in running text, and reports whether it is one.
// The signs between its items are text, so that it reads well without a style sheet, too.
func (p *Page) attendees(n *tree.Table) bool {
	if p.site.Facts == nil {
		return false
	}
	people := p.site.Facts.Attendees(n)
	if people == nil {
		return false
	}
	if len(n.Caption) > 0 {
		p.styled("p", n.Caption)
		p.Line()
	}
	p.Start("ul", A("class", "attendees"))
	p.Line()
	for i, a := range people {
		p.Start("li")
		p.Inlines(a.Name)
		if len(a.About) > 0 {
			p.Text(" ")
			p.Start("span", A("class", "who-is"))
			p.Text("(")
			for k, about := range a.About {
				if k > 0 {
					p.Text(", ")
				}
				p.Inlines(about)
			}
			p.Text(")")
			p.End()
		}
		if i+1 < len(people) {
			p.Text(";")
		}
		p.End()
		p.Line()
	}
	p.End()
	return true
}
