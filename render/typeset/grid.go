package typeset

import (
	"cmp"
	"slices"

	"github.com/evbook/evbook/layouts/unit"
)

// A page of text stands on a grid: the baselines of running text lie whole leadings below the first one, so that lines
// of facing pages, and of both sides of a leaf, are level. What has another leading or other spaces (headings, listings,
// tables, figures) is a run of rows between rows on the grid; the spaces of a run are widened, or narrowed a little, until
// the text behind it is on the grid again.

// cursor follows the rows of a page downwards.
type cursor struct {
	y               unit.Len // the foot of the last row on the grid
	run             unit.Len // height of what has come since
	stretch, shrink unit.Len // how far its spaces give way
	loose           bool     // it has rows, not only space
	flexible        int      // runs so far that may take a line more
	snapped         bool     // a row on the grid has come
}

// off adds something that is not on the grid.
func (c *cursor) off(h, stretch, shrink unit.Len) {
	c.run += h
	c.stretch += stretch
	c.shrink += shrink
	c.loose = true
}

// push adds a row; the space above the first row of a page disappears. It returns by how much the spaces of the run
// that the row ends are widened, if the row is on the grid.
func (c *cursor) push(r *vrow, first bool, lead unit.Len) (extra unit.Len) {
	before, stretch, shrink := r.before, r.stretch, r.shrink
	if first {
		before, stretch, shrink = 0, 0, 0
	}
	if r.snap == 0 {
		c.off(before+r.height, stretch, shrink)
		return 0
	}
	step := r.snap
	if c.loose {
		step = lead
	}
	need := c.y + c.run + before
	at := (need - c.shrink - shrink + step - 1) / step * step
	if c.stretch+stretch > 0 && c.loose && c.y > 0 {
		c.flexible++ // but not what stands at the head of the page
	}
	*c = cursor{y: at + r.height, flexible: c.flexible, snapped: true}
	return at - need
}

// flexRun is a run of rows on a page with the row on the grid that ends it.
type flexRun struct {
	from, to int // rows; to is behind the last
	extra    unit.Len
	stretch  unit.Len
}

// sheet makes the page with the rows i to j-1 and notes at its foot.
func (g *paginator) sheet(i, j int, notes []notePart) *sheet {
	out := &sheet{notes: notes}
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

// snap changes the spaces above the rows i to j-1 so that rows on the grid are on it and, if spaces can take it, the room
// is filled; the last page of a chapter ends where it ends.
func (g *paginator) snap(i, j int, before []unit.Len, room unit.Len) {
	rows := g.rows[i:j]
	c := g.heads(i)
	var runs []flexRun
	from := 0
	for k, r := range rows {
		run := flexRun{from: from, to: k + 1}
		if c.loose && c.y > 0 {
			run.stretch = c.stretch + r.stretch
		}
		run.extra = c.push(r, k == 0 && len(r.heads) == 0, g.lead)
		if r.snap > 0 {
			runs = append(runs, run)
			from = k + 1
		}
	}
	slack := room - c.y - c.run
	if lines := int(slack / g.lead); c.snapped && j < len(g.rows) && lines > 0 && lines <= g.fillable(&c) {
		fillLines(runs, lines, g.lead)
	}
	end := flexRun{from: from, to: len(rows)}
	switch {
	case slack > 0 && !c.snapped && j < len(g.rows) && c.stretch > 0 && slack <= c.stretch*3/2:
		end.extra = slack
	case slack < 0 && c.shrink > 0:
		end.extra = max(slack, -c.shrink)
	}
	for _, r := range append(runs, end) {
		share(rows, before, r)
	}
}

// share gives the extra space of a run to the spaces above its rows.
func share(rows []*vrow, before []unit.Len, run flexRun) {
	if run.extra == 0 {
		return
	}
	flex := func(k int) unit.Len {
		switch {
		case k == 0:
			return 0
		case run.extra < 0:
			return rows[k].shrink
		}
		return rows[k].stretch
	}
	var whole, seen, given unit.Len
	for k := run.from; k < run.to; k++ {
		whole += flex(k)
	}
	if whole == 0 {
		before[run.from] += run.extra
		return
	}
	for k := run.from; k < run.to; k++ {
		seen += flex(k)
		upTo := run.extra * seen / whole
		before[k] += upTo - given
		given = upTo
	}
}

// fillLines puts lines of space into runs that may take one, the one with the most flexible spaces first.
func fillLines(runs []flexRun, lines int, lead unit.Len) {
	order := make([]int, 0, len(runs))
	for k, r := range runs {
		if r.stretch > 0 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(runs[b].stretch, runs[a].stretch) })
	for _, k := range order[:min(lines, len(order))] {
		runs[k].extra += lead
	}
}
