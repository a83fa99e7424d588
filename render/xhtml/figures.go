package xhtml

import (
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/figures"
)

// schedule draws the plan of an event.
func (p *Page) schedule(e *tree.Event) {
	s := p.site
	if s.Figures == nil || s.Facts == nil || !figures.Wanted(&s.Facts.Book.Meta, figures.NameSchedule) {
		return
	}
	for _, d := range figures.Schedule(s.Facts, e, s.Figures) {
		p.drawing("schedule", d)
	}
}

// hasTimeline reports whether the book has a page of its events in time.
func (s *Site) hasTimeline() bool {
	return s.Figures != nil && figures.Wanted(&s.Facts.Book.Meta, figures.NameTimeline) && s.Facts.Timeline() != nil
}

// Timeline writes the page of the events in time.
func (p *Page) Timeline() {
	p.section("timeline")
	p.BreaksAt(tree.Place{ID: figures.TimelineID})
	p.title(tree.Inlines{&tree.Text{Text: p.site.Words.Appendix().Timeline}}, figures.TimelineID)
	for _, d := range figures.Timeline(p.site.Facts, p.site.Figures) {
		p.drawing("timeline", d)
	}
	p.end()
}

// drawing writes a figure. Its text alternative is in it.
func (p *Page) drawing(class string, d *drawing.Drawing) {
	p.Found.Images++
	focus := Attr{} // a drawing scrolls where it would become too small to be read
	if p.site.Scroll {
		focus = A("tabindex", "0")
	}
	p.Start("figure", A("class", "drawing "+class), focus)
	p.Line()
	p.Fragment(Fragment(d.SVG(p.ownID(), nil)))
	p.Line()
	p.End()
	p.Line()
}
