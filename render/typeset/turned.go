package typeset

import (
	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// What is too wide for the page stands on pages of its own whose contents are turned by a quarter: the head of the contents is
// at the left of the paper, so that all of them are read by turning the book the same way. They come behind the page on which
// the text reaches them; the text itself goes on where it was and leaves no hole.

// turned is something for pages of its own.
type turned struct {
	at   *vrow // the row of the text that stands for it: its pages come behind this row's page
	rows []*vrow
}

// mayTurn reports whether turned pages are so much wider that something may fit on them: what stands in the text itself, not in
// a note.
func (s *setter) mayTurn() bool {
	g := &s.layout.Page
	return !s.inNote && g.TextHeight() > g.TextWidth()+g.TextWidth()/8
}

// turnedPlace is the type area of a turned page.
func (s *setter) turnedPlace(p place) place {
	p.x, p.w, p.depth = 0, s.layout.Page.TextHeight(), 0
	return p
}

// onTurned puts rows on turned pages. In the text a line takes their place: what stands there, and on which page.
func (s *setter) onTurned(rows []*vrow, what tree.Inlines, elem *Elem, pos diag.Pos, p place) {
	if len(rows) == 0 {
		return
	}
	name := "turned." + itoa(len(s.turnedRows)+1)
	if len(s.rows) > 0 && len(s.rows[0].anchors) > 0 {
		name = s.rows[0].anchors[0] + "." + name
	}
	rows[0].anchors = append(rows[0].anchors, name)
	st := s.muted(s.role(layouts.RoleCaption))
	line := p.elem.Child("P")
	to := line.Child("Link")
	in := &inliner{
		s: s, c: &content{style: st, lang: s.lang, elem: line, pos: pos}, look: st.look, elem: to, lang: s.lang, plain: true,
		link: &Link{To: Target{Anchor: name}, Contents: tree.PlainText(what), Elem: to},
	}
	in.all(what)
	in.pageRef(name)
	in.finish()
	set := s.emit(in.c, p, 0)
	if len(set) == 0 {
		return
	}
	at := set[len(set)-1]
	at.comps = append(at.comps, &Openings{Elems: []*Elem{elem}}) // its place in reading order
	s.turnedRows = append(s.turnedRows, &turned{at: at, rows: rows})
}

// insertTurned puts the turned pages of a chapter behind those on which the text reaches them.
func (s *setter) insertTurned(c *chapter) {
	if len(s.turnedRows) == 0 {
		return
	}
	same := len(c.pages) > 0 && len(c.leftPages) > 0 && &c.pages[0] == &c.leftPages[0]
	c.pages = s.withTurned(c.pages)
	if c.leftPages = s.withTurned(c.leftPages); same {
		c.leftPages = c.pages
	}
}

func (s *setter) withTurned(pages []*sheet) []*sheet {
	var out []*sheet
	for _, sh := range pages {
		var rows []*vrow
		for _, t := range s.turnedRows {
			for _, r := range sh.rows {
				if r.row == t.at {
					rows = append(rows, t.rows...)
				}
			}
		}
		out = append(out, sh)
		if len(rows) == 0 {
			continue
		}
		g := &paginator{e: s.engine, rows: rows, height: s.layout.Page.TextWidth(), lead: s.layout.Text.Leading}
		wide, _ := g.pages()
		for _, w := range wide {
			w.turned = true
		}
		out = append(out, wide...)
	}
	return out
}

// Area is the size of the type area as the page's contents see it: a turned page is as wide as others are high.
func (p *Page) Area() (w, h unit.Len) {
	w, h = p.Width-p.Left-p.Right, p.Height-p.Top-p.Bottom
	if p.Turned {
		return h, w
	}
	return w, h
}

// Upright draws the furniture of a turned page, which stands as on any other page.
type Upright struct {
	leaf
	Comps []core.Component
}

// GetStructure describes the furniture for page goldens.
func (u *Upright) GetStructure() *node.Node[core.Structure] {
	n := structure("typeset.upright", nil, nil)
	for _, c := range u.Comps {
		n.AddNext(c.GetStructure())
	}
	return n
}

// Render draws the components.
func (u *Upright) Render(provider core.Provider, cell *entity.Cell) {
	c, ok := provider.(Canvas)
	if ok {
		c.Upright(true)
	}
	for _, comp := range u.Comps {
		comp.Render(provider, cell)
	}
	if ok {
		c.Upright(false)
	}
}
