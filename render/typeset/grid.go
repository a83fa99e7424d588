package typeset

import (
	"github.com/evbook/evbook/layouts/unit"
)

// A page of text stands on a grid: the baselines of running text lie whole leadings below the first one, so that lines
// of facing pages, and of both sides of a leaf, are level; those of lists and quotations may lie half a leading between. What
// has another leading or other spaces (headings, listings, tables, figures) is a run of rows between rows on the grid; the
// spaces of all runs of a page are widened or narrowed together until the text behind each is on the grid again and the
// page is full, see spread.go.

// cursor follows the rows of a page downwards.
type cursor struct {
	y                     unit.Len // the foot of the last row on the grid
	run                   unit.Len // height of what has come since
	stretch, shrink, deep unit.Len // how far its spaces give way
	loose                 bool     // it has rows, not only space
	flexible              int      // runs so far that may take half a line more, or a whole one
	tight                 int      // half lines that runs so far may give up
	snapped               bool     // a row on the grid has come
}

// off adds something that is not on the grid.
func (c *cursor) off(h, stretch, shrink, deep unit.Len) {
	c.run += h
	c.stretch += stretch
	c.shrink += shrink
	c.deep += deep
	c.loose = true
}

// push adds a row; the space above the first row of a page disappears.
func (c *cursor) push(r *vrow, first bool, lead unit.Len) {
	before, stretch, shrink, deep := r.before, r.stretch, r.shrink, r.deep
	if first {
		before, stretch, shrink, deep = 0, 0, 0, 0
	}
	if r.snap == 0 {
		c.off(before+r.height, stretch, shrink, deep)
		return
	}
	need := c.y + c.run + before - c.shrink - shrink
	at := up(need, r.snap)
	if c.loose && c.y > 0 && c.stretch+stretch > 0 { // not what stands at the head of the page
		c.flexible++
		if d := c.deep + deep; d > 0 {
			half := lead / 2
			c.tight += int((at - up(need-d, half)) / half)
		}
	}
	if r.snap == lead {
		c.tight &^= 1 // half a line is lost on what stands on whole ones
	}
	*c = cursor{y: at + r.height, flexible: c.flexible, tight: c.tight, snapped: true}
}

// up is the least multiple of step that is not less than l.
func up(l, step unit.Len) unit.Len { return (l + step - 1) / step * step }

// sheet makes the last page of a way.
func (g *paginator) sheet(w *way) *sheet {
	i, j, notes := w.first, w.row, w.notes
	out := &sheet{notes: notes, long: w.long}
	if i >= j {
		return out
	}
	rows := g.rows[i:j]
	heads := rows[0].heads
	before := make([]unit.Len, len(rows)) // the space above each row
	for k, r := range rows {
		if k > 0 || len(heads) > 0 {
			before[k] = r.before
		}
	}
	room := g.height - g.padding(j-1) - g.e.footHeight(notes)
	if w.long {
		room += g.lead
	}
	g.snap(i, j, before, room)
	var y unit.Len
	for _, d := range rows[0].decors {
		y += d.pad
	}
	for k, h := range heads {
		if k > 0 {
			y += h.before
		}
		out.rows = append(out.rows, placed{h, y})
		y += h.height
	}
	for k, r := range rows {
		y += before[k]
		out.rows = append(out.rows, placed{r, y})
		y += r.height
	}
	return out
}
