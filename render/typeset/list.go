package typeset

import (
	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// bullets are the marks of unordered lists by depth; deeper levels begin again.
var bullets = []string{"•", "–", "•", "–"}

// list sets a list: each mark in a column of its own at the left of its text.
func (s *setter) list(b *tree.List, p place) {
	t := &s.layout.Text
	elem := p.elem.Child("L")
	switch {
	case b.Ordered:
		elem.Numbering = "Decimal"
	case p.depth%2 == 0:
		elem.Numbering = "Disc"
	default:
		elem.Numbering = "None"
	}
	gap, item := t.ParSkip, t.Leading/12
	if t.Grid {
		item = 0
		if p.depth == 0 {
			gap = 0 // what introduces a list belongs to it; what follows does not
		}
	}
	if p.depth > 0 {
		gap = item
	}
	if b.Loose {
		item = t.ParSkip
	}
	marks, column := s.marks(b, p)
	q := p.in(column)
	rtl := len(b.Items) > 0 && blocksRTL(b.Items[0].Body, s.lang)
	q.mirrored = rtl != s.rtl // in a book that runs so, all pages are mirrored
	if q.mirrored {
		q.x = p.x // the marks stand at the right
	}
	if rtl {
		for _, m := range marks {
			m.dir, m.ready, m.frags = rightToLeft, false, nil
		}
	}
	q.depth, q.tight, q.half = p.depth+1, !b.Loose, true
	for i, li := range b.Items {
		if i == 0 {
			s.space(gap, gap/2)
		} else {
			s.space(item, item)
		}
		if i == len(b.Items)-1 && i > 0 {
			s.charge(breakPoor) // the last item does not stand alone
		}
		s.item(li, marks[i], elem.Child("LI"), p, q)
	}
	if p.depth == 0 {
		gap = t.ParSkip
	}
	s.space(gap, gap/2)
}

// marks sets the marks of a list's items and returns them with the width of their column.
func (s *setter) marks(b *tree.List, p place) ([]*content, unit.Len) {
	st := p.style
	st.justify, st.hyphenate, st.protrude = false, false, false
	st.look.italic, st.look.weight = false, 400
	st.look.figures = tabularFigures
	column := s.layout.Text.ListIndent
	marks := make([]*content, len(b.Items))
	for i := range b.Items {
		text := bullets[p.depth%len(bullets)]
		if b.Ordered {
			text = itoa(b.Start+i) + "."
		}
		marks[i] = s.text(text, st, nil)
		if b.Ordered {
			w := s.natural(marks[i])
			column = max(column, w+st.look.size.Mul(0.45))
		}
	}
	return marks, column
}

// item sets an item. p is the place of the list, q that of the items' text.
func (s *setter) item(li *tree.ListItem, mark *content, elem *Elem, p, q place) {
	s.anchor(s.book.Anchor(li))
	lbl := elem.Child("Lbl")
	q.elem = elem.Child("LBody")
	first := len(s.rows)
	gap, stretch := s.gap, unit.Len(0)
	if first > 0 && !s.rows[first-1].isText {
		stretch = s.gapStretch // what stands above is a listing, a table: the space below gives way as the one above
	}
	s.blocksFrom(li.Body, q, gap, stretch)
	if len(s.rows) == first {
		s.add(&vrow{height: p.style.leading, base: s.baseline(&p.style)})
	}
	r := s.rows[first]
	base := r.base
	if base == 0 {
		base = s.baseline(&p.style)
	}
	var comps []core.Component
	if li.Task != tree.NoTask {
		right := q.x
		if q.mirrored {
			right += q.w + s.layout.Text.Size.Mul(2*0.45+0.72)
		}
		comps = append(comps, s.checkbox(li.Task, lbl, right, base))
	} else {
		for i := range mark.spans {
			mark.spans[i].elem = lbl
		}
		for _, l := range s.lines(mark, 0, unit.Max/4) {
			dx := q.x - l.width - p.style.look.size.Mul(0.42)
			if q.mirrored {
				ink := l.line.Parts[0].X
				for _, part := range l.line.Parts {
					ink = min(ink, part.X)
				}
				dx = q.x + q.w + p.style.look.size.Mul(0.42) - ink
			}
			for i := range l.line.Parts {
				l.line.Parts[i].X += dx
			}
			l.line.Baseline = base
			comps = append(comps, l.line)
		}
	}
	// The mark comes before the text in reading order, but behind elements that open before both.
	at := 0
	if len(r.comps) > 0 {
		if _, ok := r.comps[0].(*Openings); ok {
			at = 1
		}
	}
	r.comps = append(r.comps[:at:at], append(comps, r.comps[at:]...)...)
}

// checkbox draws the box of a task, ticked when it is done.
func (s *setter) checkbox(task tree.Task, elem *Elem, right, base unit.Len) core.Component {
	size := s.layout.Text.Size.Mul(0.72)
	path := &Path{Stroke: s.layout.Colors.Text, Width: unit.Pt * 6 / 10}
	line := func(op byte, x, y float64) {
		path.Ops = append(path.Ops, PathOp{Op: op, P: [3]Point{{X: size.Mul(x), Y: size.Mul(y)}}})
	}
	line('M', 0, 0)
	line('L', 1, 0)
	line('L', 1, 1)
	line('L', 0, 1)
	path.Ops = append(path.Ops, PathOp{Op: 'Z'})
	name := "open"
	elem.ActualText = "☐"
	if task == tree.TaskDone {
		name, elem.ActualText = "done", "☑"
		line('M', 0.2, 0.52)
		line('L', 0.43, 0.76)
		line('L', 0.82, 0.22)
	}
	return &Drawing{X: right - size - s.layout.Text.Size.Mul(0.45), Y: base - size, Path: path, Elem: elem, Name: "task " + name}
}

// caption sets the caption of a block.
func (s *setter) caption(text tree.Inlines, p place, elem *Elem, b tree.Block) {
	st := s.role(layouts.RoleCaption)
	s.emit(s.inline(text, st, elem, b.Pos()), p, 0)
}
