package typeset

import (
	"slices"

	"github.com/evbook/evbook/layouts/unit"
)

// sheet is a page of a chapter before it has a number.
type sheet struct {
	rows   []placed
	notes  []notePart
	turned bool // see turned.go
}

// placed is a row at its place.
type placed struct {
	row *vrow
	y   unit.Len // of its top edge below the top of the type area
}

// paginator divides the rows of a chapter into pages so that the sum of what their faults cost is least. The cost is
// counted over spreads: two facing pages that are both a line short are better than one.
type paginator struct {
	e      *engine
	rows   []*vrow
	height unit.Len
	lead   unit.Len
	facing bool // pages lie side by side: of two that face each other the depths are compared
	left   bool // the first page is a left-hand one
}

// What a page costs, on the scale of the break prices.
const (
	costOverfull = 1 << 30
	costNever    = 1 << 20
	costShortEnd = 450 // a last page of less than five lines, for each that it lacks
	costPage     = 30  // each page: of equal divisions the shorter book
	costSplit    = 220 // a note that goes on at the foot of the next page
	costUneven   = 90  // facing pages, for each line by which they differ, up to three
	costNotes    = 500 // a page of nothing but notes
	costLine     = 45  // a line of space put into a page to fill it
)

// shortEnd is the number of lines that the last page of a chapter should have.
const shortEnd = 5

// way is a division of the rows before row into pages, the last of which ends there.
type way struct {
	cost  int64
	from  int // index of the way to the page before, -1 for none
	row   int // the first row of the next page
	carry notePart
	right bool // the next page is a right-hand one
	short int  // lines by which the page before is short, if the next one faces it

	first int        // the first row of the page
	notes []notePart // at its foot
}

// same reports whether what comes behind a and b costs the same.
func (a *way) same(b *way) bool {
	return a.row == b.row && a.carry == b.carry && a.right == b.right && a.short == b.short
}

// most is the number of ways kept that end before the same row.
const most = 12

// pages divides the rows and says what the division costs.
func (g *paginator) pages() ([]*sheet, int64) {
	n := len(g.rows)
	if n == 0 {
		return nil, 0
	}
	ways := []way{{from: -1, right: !g.left}}
	ends := make([][]int, n+1) // by row: the ways that end before it
	ends[0] = []int{0}
	put := func(w way) {
		list := ends[w.row]
		worst := -1
		for k, at := range list {
			if ways[at].same(&w) {
				if w.cost < ways[at].cost && ways[at].row > ways[w.from].row {
					ways[at] = w
				}
				return
			}
			if worst < 0 || ways[at].cost > ways[list[worst]].cost {
				worst = k
			}
		}
		if len(list) >= most && w.row > ways[w.from].row {
			if w.cost < ways[list[worst]].cost {
				ways[list[worst]] = w
			}
			return
		}
		ways = append(ways, w)
		ends[w.row] = append(list, len(ways)-1)
	}
	for i := 0; i <= n; i++ {
		for k := 0; k < len(ends[i]); k++ {
			g.extend(ways[ends[i][k]], ends[i][k], put)
		}
	}
	at := -1
	for _, k := range ends[n] {
		if ways[k].carry.note == nil && (at < 0 || ways[k].cost < ways[at].cost) {
			at = k
		}
	}
	var out []*sheet
	cost := ways[at].cost
	for ; ways[at].from >= 0; at = ways[at].from {
		out = append(out, g.sheet(ways[at].first, ways[at].row, ways[at].notes))
	}
	slices.Reverse(out)
	return out, cost
}

// extend adds to a way each page that may follow it.
func (g *paginator) extend(w way, at int, put func(way)) {
	if w.carry.note != nil {
		g.notesOnly(w, at, put)
	}
	if w.row >= len(g.rows) {
		return
	}
	c := g.heads(w.row)
	height, above := g.height, g.e.notesAbove()
	var notes []notePart
	if w.carry.note != nil {
		notes = append(notes, w.carry)
	}
	for j := w.row; j < len(g.rows); j++ {
		r := g.rows[j]
		c.push(r, j == w.row && len(r.heads) == 0, g.lead)
		for _, f := range r.notes {
			if !calledBefore(notes, f) {
				notes = append(notes, f.whole())
			}
		}
		text := c.y + c.run + g.padding(j)
		parts, rest, fits := foot(notes, height-text+c.shrink, above)
		if !fits && j > w.row {
			return
		}
		crowded := !fits && len(notes) > 1
		if crowded {
			// More notes than a page has room for are called from one row: they go on as if they were one.
			parts, rest, fits = foot([]notePart{joined(notes).whole()}, height-text+c.shrink, above)
		}
		next := way{from: at, row: j + 1, carry: rest, right: !w.right, first: w.row, notes: parts}
		slack := height - text - footHeight(parts, above)
		cost, short := g.cost(&c, slack, w.row, j+1)
		if !fits {
			cost = costOverfull
		}
		if rest.note != nil {
			cost += costSplit
		}
		if crowded {
			cost += 2 * costNotes
		}
		if w.right && g.facing && at > 0 && j+1 < len(g.rows) {
			cost += costUneven * int64(min(max(short-w.short, w.short-short), 3))
		} else if !w.right && g.facing && j+1 < len(g.rows) {
			next.short = short
		}
		next.cost = w.cost + cost
		put(next)
		if !fits {
			return
		}
	}
}

// notesOnly adds a page of nothing but the rest of a note.
func (g *paginator) notesOnly(w way, at int, put func(way)) {
	parts, rest, fits := foot([]notePart{w.carry}, g.height, g.e.notesAbove())
	next := way{from: at, row: w.row, carry: rest, right: !w.right, first: w.row, notes: parts, cost: w.cost + costNotes}
	if !fits {
		next.cost += costOverfull
	}
	put(next)
}

// heads is the state of a page above row i, the first: below the padding of tints and the rows that are repeated.
func (g *paginator) heads(i int) cursor {
	var c cursor
	if pad := g.padding(i); pad > 0 {
		c.off(pad, 0, 0)
	}
	for k, h := range g.rows[i].heads {
		if k > 0 {
			c.off(h.before, 0, 0)
		}
		c.off(h.height, 0, 0)
	}
	return c
}

// padding is the room that tints need above row i at the head of a page, and below it at the foot.
func (g *paginator) padding(i int) unit.Len {
	var pad unit.Len
	for _, d := range g.rows[i].decors {
		pad += d.pad
	}
	return pad
}

// cost is that of a page with the rows i to j-1 and the break behind it, and by how many lines it is short.
func (g *paginator) cost(c *cursor, slack unit.Len, i, j int) (cost int64, short int) {
	cost = costPage
	if slack < 0 && c.shrink > 0 {
		r := float64(-slack) / float64(c.shrink)
		cost += int64(150 * r * r)
	}
	if j == len(g.rows) {
		if used := c.y + c.run; i > 0 && used < shortEnd*g.lead {
			cost += costShortEnd * (int64((shortEnd*g.lead-used)/g.lead) + 1)
		}
		return cost, 0
	}
	switch b := g.rows[j].brk; {
	case b >= breakNever:
		cost += costNever
	default:
		cost += int64(b)
	}
	if slack <= 0 {
		return cost, 0
	}
	if c.snapped {
		n := int(slack / g.lead)
		if n <= g.fillable(c) {
			return cost + int64(costLine*n*n), 0
		}
		return cost + 100 + int64(60*n*n), n
	}
	// What stretching cannot fill is worse the more of it there is.
	lines := float64(slack) / float64(g.lead)
	if c.stretch > 0 && slack <= c.stretch {
		r := float64(slack) / float64(c.stretch)
		return cost + int64(100*r*r*r), 0
	}
	rest := lines - float64(c.stretch)/float64(g.lead)
	return cost + 100 + int64(60*rest*rest), int(lines)
}

// fillable is the number of lines that the spaces of a page on the grid may take to fill it: one for each space that may
// grow, and no more than two.
func (g *paginator) fillable(c *cursor) int { return min(c.flexible, 2) }
