package typeset

import (
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/drawing"
	art "github.com/evbook/evbook/render/figures"
)

// leastType is the smallest type of figures.
const leastType = unit.Pt * 65 / 10

// figureLook says how figures are drawn on the pages of the layout, with type of a size, at most so high.
func (s *setter) figureLook(size, height unit.Len) *art.Style {
	return &art.Style{
		Width: s.layout.Page.TextWidth(), Height: height, Size: max(size, leastType), Lang: s.root.Lang,
		Words: s.words, Type: s.engine, Colors: art.OnPaper(s.layout.Colors),
	}
}

// schedule draws the plan of an event on its opening page.
func (s *setter) schedule(e *tree.Event, p place) {
	if !art.Wanted(&s.in.Book.Meta, art.NameSchedule) {
		return
	}
	size := s.layout.Styles[layouts.RoleMeta].Size * 9 / 10
	for _, d := range art.Schedule(s.book, e, s.figureLook(size, s.layout.Page.TextHeight()*6/10)) {
		s.space(s.layout.Text.Leading, s.layout.Text.Leading/3)
		s.drawing(d, p)
	}
}

// drawing adds a row with a figure.
func (s *setter) drawing(d *drawing.Drawing, p place) {
	s.add(&vrow{height: d.Height, comps: []core.Component{s.artwork(d, p.x, p.elem.Child("Figure"))}})
}

// timeline makes the page of the events in time, nothing if there is none.
func (e *engine) timeline() *chapter {
	if !e.hasTimeline() {
		return nil
	}
	title := e.words.Appendix().Timeline
	elem := e.root.Child("Sect")
	elem.Title = title
	return &chapter{elem: elem, front: true, verso: title, talk: title, level: 1, id: art.TimelineID, set: (*setter).setTimeline}
}

func (e *engine) hasTimeline() bool {
	return art.Wanted(&e.in.Book.Meta, art.NameTimeline) && e.book.Timeline() != nil
}

func (s *setter) setTimeline() {
	s.anchor(art.TimelineID)
	s.drop(s.layout.Text.Leading * 3)
	s.chapterTitle(plainTitle(s.words.Appendix().Timeline), layouts.RoleChapter, diag.Pos{})
	used := s.gap
	for _, r := range s.rows {
		used += r.before + r.height
	}
	room := s.layout.Page.TextHeight() - used - s.layout.Text.Leading
	for i, d := range art.Timeline(s.book, s.figureLook(s.layout.Styles[layouts.RoleMeta].Size, room)) {
		if i > 0 {
			s.space(s.layout.Text.Leading, 0)
		}
		s.drawing(d, s.body())
	}
}

// cover makes the first page, nothing if the book is to have none. Pages with bleed go to a printer, who wants the cover as
// a file of its own: it is as wide as the pages are many.
func (e *engine) cover() *chapter {
	if e.in.Book.Meta.Cover == tree.NoCover || e.layout.Page.Bleed > 0 {
		return nil
	}
	elem := e.root.Child("Sect")
	elem.Title = e.words.Cover
	return &chapter{elem: elem, front: true, bare: true, cover: true, id: tree.CoverPage, set: (*setter).setCover}
}

// setCover fills the whole page: with the cover of the notes, or with one that is drawn.
func (s *setter) setCover() {
	g := &s.layout.Page
	elem := s.elem.Child("Figure")
	meta := &s.in.Book.Meta
	elem.Alt = strings.Replace(s.words.CoverOf, "%s", cmpOr(meta.Title, "Untitled"), 1)
	left, top := -(g.Inner + g.Binding), -g.Top
	if meta.Cover != "" {
		if img, err := s.images.load(meta.Cover); err == nil && img.Width > 0 && img.Height > 0 {
			w := g.Width
			h := w.Mul(float64(img.Height) / float64(img.Width))
			if h > g.Height {
				w, h = g.Height.Mul(float64(img.Width)/float64(img.Height)), g.Height
			}
			s.add(&vrow{comps: []core.Component{&Picture{X: left + (g.Width-w)/2, Y: top + (g.Height-h)/2, W: w, H: h, Image: img, Elem: elem}}})
			return
		}
		s.report.Warnf(CodeImageMissing, diag.Pos{}, "the cover %s cannot be printed: one is drawn in its place", meta.Cover)
	}
	art := s.artwork(art.Cover(s.book, g.Width, g.Height, s.engine), left, elem)
	art.Y = top
	s.add(&vrow{comps: []core.Component{art}})
}
