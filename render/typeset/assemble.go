package typeset

import (
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// GridSize is the number of columns of the pages' grid; every row has one column that spans it.
const GridSize = 12

// assembler makes maroto pages of sheets.
type assembler struct {
	e    *engine
	s    *setter
	doc  *Document
	page int // physical pages so far
}

// blank adds an empty page.
func (a *assembler) blank(label string) { a.add(page.New(), label, false) }

func (a *assembler) add(p core.Page, label string, turned bool) {
	g := &a.e.layout.Page
	a.page++
	out := &Page{Page: p, Label: label, Width: g.Width, Height: g.Height, Left: g.Inner, Right: g.Outer, Top: g.Top, Bottom: g.Bottom, Bleed: g.Bleed, Turned: turned}
	out.Left, out.Right = out.Left+g.Binding, out.Right-g.Binding
	if g.Mirrored && (a.page%2 == 0) != a.e.rtl {
		out.Left, out.Right = out.Right, out.Left
	}
	p.SetNumber(a.page, 0)
	a.doc.Pages = append(a.doc.Pages, out)
}

// sheet adds a page of a chapter. index is its number in the chapter.
func (a *assembler) sheet(c *chapter, index int, label, mark string, opening bool) {
	sh := c.pages[index]
	p := page.New()
	if !c.bare {
		p.Add(a.furniture(c, label, mark, opening || index == 0, sh.turned))
	}
	boxes := a.boxes(sh)
	y := unit.Len(0)
	for k, r := range sh.rows {
		y = a.space(p, y, r.y)
		var comps []core.Component
		if len(r.row.anchors) > 0 {
			comps = append(comps, &Anchors{Names: r.row.anchors})
		}
		for _, b := range boxes[k] {
			comps = append(comps, b)
		}
		comps = append(comps, r.row.comps...)
		a.mirror(comps, sh.turned)
		p.Add(row.New(r.row.height.MM()).Add(col.New(GridSize).Add(comps...)))
		y += r.row.height
	}
	if len(sh.notes) > 0 {
		a.notes(p, sh, y)
	}
	a.add(p, label, sh.turned)
	a.doc.Pages[len(a.doc.Pages)-1].Begins = begins(c, sh)
}

// space adds an empty row from y to the next row's top and returns it.
func (a *assembler) space(p core.Page, y, to unit.Len) unit.Len {
	if to > y {
		p.Add(row.New((to - y).MM()).Add(col.New(GridSize)))
	}
	return max(y, to)
}

// boxes makes the tints and bars of a page: one box for all rows of a block that follow each other. The box belongs to
// the first of them, so that it is painted before their text.
func (a *assembler) boxes(sh *sheet) map[int][]*Box {
	out := map[int][]*Box{}
	open := map[*decor]*Box{}
	top := map[*decor]unit.Len{}
	for k, r := range sh.rows {
		for _, d := range r.row.decors {
			b := open[d]
			if b == nil {
				b = &Box{X: d.x, Y: -d.pad, W: d.w, Color: d.color}
				open[d], top[d] = b, r.y-d.pad
				out[k] = append(out[k], b)
			} else if r.row.empty() {
				continue // a blank line at the foot of a page needs no tint
			}
			b.H = r.y + r.row.height + d.pad - top[d]
		}
	}
	return out
}

// notes sets the footnotes at the foot of the type area.
func (a *assembler) notes(p core.Page, sh *sheet, y unit.Len) {
	above := a.e.notesAbove()
	height := a.e.layout.Page.TextHeight()
	if sh.turned {
		height = a.e.layout.Page.TextWidth()
	}
	top := height - a.e.footHeight(sh.notes) + above
	w := a.e.layout.Page.TextWidth() / 4
	if top-above >= y {
		y = a.space(p, y, top-above)
		rule := &Box{X: 0, Y: above * 6 / 10, W: w, H: unit.Pt * 4 / 10, Color: a.e.layout.Colors.Text}
		a.mirror([]core.Component{rule}, sh.turned)
		p.Add(row.New(above.MM()).Add(col.New(GridSize).Add(rule)))
		y += above
	}
	for _, f := range sh.notes {
		for k, r := range f.note.rows[f.from:f.to] {
			if k > 0 {
				y = a.space(p, y, y+r.before)
			}
			var comps []core.Component
			if len(r.anchors) > 0 {
				comps = append(comps, &Anchors{Names: r.anchors})
			}
			comps = append(comps, r.comps...)
			a.mirror(comps, sh.turned)
			p.Add(row.New(r.height.MM()).Add(col.New(GridSize).Add(comps...)))
			y += r.height
		}
	}
}

// furniture makes the row with the running head and the folio. It has no height: both stand in the margins.
func (a *assembler) furniture(c *chapter, label, mark string, opening, turned bool) core.Row {
	g := &a.e.layout.Page
	left := g.Mirrored && (a.page+1)%2 == 0 // the page that is about to be added is a verso
	w := g.TextWidth()
	var comps []core.Component
	folio := a.e.muted(a.e.role(layouts.RoleFolio))
	folio.look.figures = liningFigures
	if !opening {
		head := a.e.muted(a.e.role(layouts.RoleRunning))
		text := cmpOr(mark, c.talk)
		if left || !g.Mirrored && c.talk == "" {
			text = c.verso
		}
		align := alignRight
		if left {
			align = alignLeft
		}
		comps = append(comps, a.furnish(text, head, align, w, -g.Head, ArtifactHeader))
	}
	align := alignRight
	if left {
		align = alignLeft
	}
	if !g.Mirrored {
		align = alignCenter
	}
	comps = append(comps, a.furnish(label, folio, align, w, g.TextHeight()+g.Foot, ArtifactFooter))
	a.mirror(comps, false)
	if turned {
		comps = []core.Component{&Upright{Comps: comps}}
	}
	return row.New(0).Add(col.New(GridSize).Add(comps...))
}

// furnish sets one line of furniture with its baseline at y, shortened to the width of the type area.
func (a *assembler) furnish(text string, st style, al align, w, y unit.Len, kind ArtifactKind) core.Component {
	line := &Line{Baseline: y, Artifact: true, Kind: kind}
	text = a.s.shorten(text, st, w)
	set := a.s.lines(a.s.text(text, st, nil), 0, unit.Max/4)
	if len(set) == 0 {
		return line
	}
	dx := unit.Len(0)
	switch al {
	case alignRight:
		dx = w - set[0].width
	case alignCenter:
		dx = (w - set[0].width) / 2
	}
	for _, p := range set[0].line.Parts {
		p.X += dx
		line.Parts = append(line.Parts, p)
	}
	return line
}

// shorten takes words from the end of text until it fits a line of width w.
func (s *setter) shorten(text string, st style, w unit.Len) string {
	limit := w * 9 / 10
	words := strings.Fields(text)
	try := text
	for n := len(words); n > 1; n-- {
		if whole := s.natural(s.text(try, st, nil)); whole <= limit {
			return try
		}
		try = strings.TrimRight(strings.Join(words[:n-1], " "), ",;:.–— ") + "…"
	}
	return try
}
