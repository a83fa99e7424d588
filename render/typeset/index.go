package typeset

import (
	"slices"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
)

// indexer sets the entries of an index in a column.
type indexer struct {
	*setter
	list    *Elem
	p       place
	initial string
}

// The widths of a type area from which on an index has two columns: one that names talks, and one of pages alone.
const (
	wideIndex   = 312 * unit.Pt // 110 mm
	narrowIndex = 255 * unit.Pt // 90 mm
)

// index sets an index: in two columns where the page has the width for them, each page for itself, the last one balanced.
func (s *setter) index(wide unit.Len, fill func(*indexer)) {
	columns, w, gap := 1, s.layout.Page.TextWidth(), s.layout.Text.Size*2
	if w >= wide {
		columns = 2
		w = (w - gap) / 2
	}
	sub := &setter{engine: s.engine, desk: s.work(), lang: s.lang, elem: s.elem, level: s.level}
	p := sub.body()
	p.w = w
	fill(&indexer{setter: sub, list: s.elem.Child("L"), p: p})
	sub.rows = sub.finish()
	if columns == 1 {
		for _, r := range sub.rows {
			gap, stretch, brk := max(r.before, s.gap), r.stretch, r.brk
			s.gap, s.gapStretch, s.price = gap, stretch, 0
			if brk >= breakNever {
				s.keepNext(1)
			}
			s.add(r)
		}
		return
	}
	used := s.gap
	for _, r := range s.rows {
		used += r.before + r.height
	}
	room := s.layout.Page.TextHeight() - used - s.layout.Text.Leading/2
	for units := unitsOf(sub.rows); len(units) > 0; room = s.layout.Page.TextHeight() - unit.Pt {
		cols, n := fillColumns(units, columns, room)
		if n == len(units) { // the last page: columns of the same height
			low, high := unit.Len(0), room
			for high-low > unit.Pt {
				mid := (low + high) / 2
				if try, m := fillColumns(units, columns, mid); m == n {
					cols, high = try, mid
				} else {
					low = mid
				}
			}
		}
		s.addColumns(cols, w+gap)
		units = units[n:]
	}
}

// unitsOf divides rows where a column may break.
func unitsOf(rows []*vrow) [][]*vrow {
	var units [][]*vrow
	for i, r := range rows {
		if n := len(units); i > 0 && r.brk >= breakNever {
			units[n-1] = append(units[n-1], r)
			continue
		}
		units = append(units, []*vrow{r})
	}
	return units
}

// fillColumns fills n columns of a height with units and returns them with the number of units used. A unit that is
// higher than that stands alone.
func fillColumns(units [][]*vrow, n int, height unit.Len) (cols [][]*vrow, used int) {
	for range n {
		var col []*vrow
		var y unit.Len
		for used < len(units) {
			var h unit.Len
			for i, r := range units[used] {
				h += r.height
				if i > 0 || len(col) > 0 {
					h += r.before
				}
			}
			if y+h > height && len(col) > 0 {
				break
			}
			col = append(col, units[used]...)
			y += h
			used++
		}
		cols = append(cols, col)
	}
	return cols, used
}

// addColumns adds a row that holds columns, one after the other in reading order.
func (s *setter) addColumns(cols [][]*vrow, step unit.Len) {
	out := &vrow{}
	for i, col := range cols {
		var y unit.Len
		for k, r := range col {
			if k > 0 {
				y += r.before
			}
			for _, c := range r.comps {
				out.comps = append(out.comps, &Shifted{DX: unit.Len(i) * step, DY: y, Component: c})
			}
			out.anchors = append(out.anchors, r.anchors...)
			y += r.height
		}
		out.height = max(out.height, y)
	}
	s.add(out)
	s.keep = 0 // columns are more than the lines that a heading keeps
}

// Shifted is a component at another place of its row.
type Shifted struct {
	core.Component
	DX, DY unit.Len

	mirrored bool
}

// GetStructure describes the component and its shift for page goldens.
func (c *Shifted) GetStructure() *node.Node[core.Structure] {
	n := structure("typeset.shifted", nil, map[string]any{"dx": c.DX.String(), "dy": c.DY.String()})
	n.AddNext(c.Component.GetStructure())
	return n
}

// Render draws the component.
func (c *Shifted) Render(provider core.Provider, cell *entity.Cell) {
	moved := *cell
	moved.X += c.DX.MM()
	moved.Y += c.DY.MM()
	c.Component.Render(provider, &moved)
}

// entry sets a name and the talks under it. The first entry of a letter stands apart.
func (x *indexer) entry(name, initial string, talks []derive.Place) {
	item := x.list.Child("LI")
	lead := x.layout.Styles[layouts.RoleTOCEntry].Leading
	switch {
	case len(x.rows) == 0:
	case initial != x.initial:
		x.gap = lead * 2 / 3
	default:
		x.gap = lead / 5
	}
	x.initial = initial
	st := x.role(layouts.RoleTOCEntry)
	x.emitKept(x.text(name, st, item.Child("Lbl")), x.p)
	x.keepNext(1)
	list := item.Child("LBody").Child("L")
	small := x.small(st)
	q := x.p.in(st.look.size)
	q.style = small
	for i, t := range talks {
		if len(talks) <= 4 && i > 0 { // a short entry is not divided
			x.keepNext(1)
		}
		x.reference(t.Talk.Title, nil, t.Talk.ID, true, list.Child("LI").Child("LBody"), q, small)
	}
}

// mostPages is the number of places that one entry names in a row: nobody looks through a dozen numbers that nothing tells apart.
// Where there are more, and they lie in several events, each event has a line of its own; where that, too, has more, talks that
// follow each other are one range, as a subject is whose discussion goes on (ISO 999; The Chicago Manual of Style, Indexes).
const mostPages = 6

// pages sets a name and the pages of the talks under it, in one paragraph as indexes of subjects have it. The first entry
// of a letter stands apart. The pages of the talks must be known, see chapter.late.
func (x *indexer) pages(name, initial string, talks []derive.Place) {
	st := x.small(x.role(layouts.RoleTOCEntry))
	if len(x.rows) > 0 && initial != x.initial {
		x.gap = st.leading * 2 / 3
	}
	x.initial = initial
	item := x.list.Child("LI")
	c := x.text(name, st, item.Child("Lbl"))
	body := item.Child("LBody")
	groups := byEvent(talks)
	if len(talks) <= mostPages || len(groups) < 2 {
		x.places(c, talks, st, body)
		x.emitKept(c, x.p)
		return
	}
	x.emitKept(c, x.p)
	list := body.Child("L")
	p := x.p.in(st.look.size)
	for _, g := range groups {
		x.keepNext(1)
		item := list.Child("LI")
		c := x.text(unbroken(tree.PlainText(g[0].Event.Title)), st, item.Child("Lbl"))
		x.places(c, g, st, item.Child("LBody"))
		x.emitKept(c, p)
	}
}

// byEvent divides talks by their events.
func byEvent(talks []derive.Place) (groups [][]derive.Place) {
	for i, t := range talks {
		if n := len(groups); i > 0 && t.Event == talks[i-1].Event {
			groups[n-1] = append(groups[n-1], t)
			continue
		}
		groups = append(groups, []derive.Place{t})
	}
	return groups
}

// stretch is what stands in an index as one range of pages: a talk, or several that follow each other.
type stretch struct{ first, last *tree.Talk }

// stretches makes a stretch of each talk or, where they are too many, of those of an event that follow each other in the book.
func (x *indexer) stretches(talks []derive.Place) []stretch {
	list := make([]stretch, 0, len(talks))
	next := 0 // in the book
	for i, t := range talks {
		at := slices.IndexFunc(x.book.Talks[next:], func(p derive.Place) bool { return p.Talk == t.Talk })
		if n := len(list); len(talks) > mostPages && i > 0 && at == 0 && t.Event == talks[i-1].Event {
			list[n-1].last = t.Talk
		} else {
			list = append(list, stretch{t.Talk, t.Talk})
		}
		next += at + 1
	}
	return list
}

// places adds the pages of talks to a name.
func (x *indexer) places(c *content, talks []derive.Place, st style, body *Elem) {
	for _, t := range x.stretches(talks) {
		label := x.labels[t.first.ID]
		if last := x.ends[t.last.ID]; last != label {
			label += "–" + last
		}
		x.appendText(c, ", ", st, body, nil)
		link := body.Child("Reference").Child("Link")
		about := tree.PlainText(t.first.Title)
		if t.last != t.first {
			about += " – " + tree.PlainText(t.last.Title)
		}
		to := &Link{To: Target{Anchor: t.first.ID}, Contents: about, Elem: link}
		x.appendText(c, label, st, link, to)
		c.spans[len(c.spans)-1].fixed = true
	}
}
