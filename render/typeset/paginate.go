package typeset

import (
	"math"
	"slices"

	"github.com/evbook/evbook/layouts/unit"
)

// sheet is a page of a chapter before it has a number.
type sheet struct {
	rows   []placed
	notes  []notePart
	turned bool // see turned.go
	long   bool // it is a line higher than the type area
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
	long   bool // pages may be a line longer, see costLong
}

// What a page costs, on the scale of the break prices.
const (
	costOverfull = 1 << 30
	costNever    = 1 << 20
	costShortEnd = 600 // a last page of less than five lines, for each that it lacks
	costFew      = 150 // a last page of less than a fifth, and
	costFewer    = 30  // the square of the lines that it lacks
	costSaved    = 200 // what a saved page is worth beyond that
	costLong     = 60  // a page that is a line higher than the type area, to save the last page
	costAlone    = 200 // such a page, if the one that it faces is not
	costPage     = 30  // each page: of equal divisions the shorter book
	costSplit    = 220 // a note that goes on at the foot of the next page
	costUneven   = 90  // facing pages, for each line by which they differ, up to three
	costNotes    = 500 // a page of nothing but notes
	costLine     = 60  // half a line more in all spaces of a page that may grow, to fill it
	costTight    = 100 // a page on which headings have less space above them, and as much again if they all have
	costShort    = 60  // a page that is short, for the square of the lines
)

// shortEnd is the number of lines that the last page of a chapter should have; fewLines is the part of a page below which it looks
// forgotten even so.
const (
	shortEnd = 5
	fewLines = 5
)

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
	long  bool       // it is a line higher
}

// same reports whether what comes behind a and b costs the same.
func (a *way) same(b *way) bool {
	return a.row == b.row && a.carry == b.carry && a.right == b.right && a.short == b.short
}

// most is the number of ways kept that end before the same row.
const most = 12

// regret is by how much a way may cost more than one that has come as far and still be followed: what a page that ends
// eleven lines early costs. Nothing that a dearer way has before it makes up for more, since the pages of the cheaper one
// may end at the same rows.
const regret = 8000

// search is the state of a search for the best division.
type search struct {
	ways []way
	ends [][]int // by row: the ways that end before it
	best []int64 // by row: what the cheapest of them costs
	far  int     // the last row with ways
	list []option
}

// pages divides the rows and says what the division costs.
func (g *paginator) pages() ([]*sheet, int64) {
	d := g.divide()
	return d.sheets(), d.cost
}

// division is a way to the end of the rows.
type division struct {
	g    *paginator
	ways []way
	last int // -1 for no rows
	cost int64
}

// divide finds the best division of the rows.
func (g *paginator) divide() division {
	n := len(g.rows)
	if n == 0 {
		return division{last: -1}
	}
	s := &search{ways: make([]way, 0, 2*n), ends: make([][]int, n+1), best: make([]int64, n+1)}
	for i := range s.best {
		s.best[i] = math.MaxInt64
	}
	s.add(way{from: -1, right: !g.left})
	for i := 0; i <= n; i++ {
		g.extend(s, i)
	}
	at := -1
	for _, k := range s.ends[n] {
		if s.ways[k].carry.note == nil && (at < 0 || s.ways[k].cost < s.ways[at].cost) {
			at = k
		}
	}
	return division{g, s.ways, at, s.ways[at].cost}
}

// sheets makes the pages.
func (d division) sheets() []*sheet {
	var out []*sheet
	for at := d.last; at >= 0 && d.ways[at].from >= 0; at = d.ways[at].from {
		w := &d.ways[at]
		out = append(out, d.g.sheet(w))
	}
	slices.Reverse(out)
	return out
}

func (s *search) add(w way) {
	s.ways = append(s.ways, w)
	s.ends[w.row] = append(s.ends[w.row], len(s.ways)-1)
	s.best[w.row] = min(s.best[w.row], w.cost)
	s.far = max(s.far, w.row)
}

// put keeps a way if it may be part of the best division.
func (s *search) put(w *way) {
	list := s.ends[w.row]
	if len(list) > 0 && w.cost > s.best[w.row]+regret {
		return
	}
	ahead := w.row > s.ways[w.from].row // else it is a page of notes, and the ways before the row are being extended
	worst := -1
	for k, at := range list {
		old := &s.ways[at]
		if old.same(w) {
			if w.cost >= old.cost {
				return
			}
			if !ahead {
				break // what follows the old one is known already
			}
			*old = *w
			s.best[w.row] = min(s.best[w.row], w.cost)
			return
		}
		if worst < 0 || old.cost > s.ways[list[worst]].cost {
			worst = k
		}
	}
	if len(list) < most || !ahead {
		s.add(*w)
	} else if w.cost < s.ways[list[worst]].cost {
		s.ways[list[worst]] = *w
		s.best[w.row] = min(s.best[w.row], w.cost)
	}
}

// least is what the cheapest way costs that ends before row i or farther on.
func (s *search) least(i int) int64 {
	least := s.best[i]
	for _, c := range s.best[i+1 : s.far+1] {
		least = min(least, c)
	}
	return least
}

// option is a page that may follow a way.
type option struct {
	end   int // the first row behind it
	cost  int64
	short int // lines by which it is short
	notes []notePart
	rest  notePart
	long  bool
}

// extend adds to the ways that end before row i each page that may follow.
func (g *paginator) extend(s *search, i int) {
	if len(s.ends[i]) == 0 {
		return
	}
	limit := s.least(i) + regret
	list := s.list
	defer func() { s.list = list }()
	var carry notePart
	known := false
	for k := 0; k < len(s.ends[i]); k++ { // pages of notes add to the list
		at := s.ends[i][k]
		w := s.ways[at]
		if w.cost > limit {
			continue
		}
		if w.carry.note != nil {
			g.notesOnly(s, &w, at)
		}
		if i >= len(g.rows) {
			continue
		}
		if !known || carry != w.carry {
			list, carry, known = g.options(list[:0], i, w.carry), w.carry, true
		}
		for o := range list {
			o := &list[o]
			next := way{from: at, row: o.end, carry: o.rest, right: !w.right, first: i, notes: o.notes, long: o.long, cost: w.cost + o.cost}
			last := o.end == len(g.rows)
			switch {
			case !g.facing:
			case !w.right:
				if !last {
					next.short = o.short
				}
			case at > 0 && (!last || g.long && o.short <= 0): // a last page that is not full may end anywhere
				next.cost += uneven(o.short, w.short)
			}
			s.put(&next)
		}
	}
}

// uneven is what it costs that facing pages are short by different numbers of lines.
func uneven(a, b int) int64 {
	cost := costUneven * int64(min(max(a-b, b-a), 3))
	if a != b && min(a, b) < 0 {
		cost += costAlone
	}
	return cost
}

// options appends the pages that may begin with row i and the rest of a note.
func (g *paginator) options(list []option, i int, carry notePart) []option {
	// A page that ends far too early is looked at only if the others are no better.
	list = g.optionsFrom(list, i, carry, g.height, g.height-earliest*g.lead)
	least := cheapest(list)
	if least > costShort*earliest*earliest {
		list = g.optionsFrom(list[:0], i, carry, g.height, 0)
		least = cheapest(list)
	}
	if n := len(list); g.long {
		list = g.optionsFrom(list, i, carry, g.height+g.lead, g.height-2*g.lead)
		for k := n; k < len(list); k++ {
			o := &list[k]
			o.long, o.cost, o.short = true, o.cost+costLong, o.short-1
		}
		least = cheapest(list)
	}
	return slices.DeleteFunc(list, func(o option) bool { return o.cost > least+regret })
}

// cheapest is the cost of the cheapest of the pages.
func cheapest(list []option) int64 {
	least := int64(math.MaxInt64)
	for k := range list {
		least = min(least, list[k].cost)
	}
	return least
}

// earliest is the number of lines that a page may be short as long as there are better ones: it costs more than regret.
const earliest = 13

// optionsFrom appends the pages of a height whose rows and notes take enough of it at least.
func (g *paginator) optionsFrom(list []option, i int, carry notePart, height, enough unit.Len) []option {
	c := g.heads(i)
	above := g.e.notesAbove()
	var notes []notePart
	var high unit.Len // of the notes
	if carry.note != nil {
		notes = append(notes, carry)
		high = above + carry.height()
	}
	for j := i; j < len(g.rows); j++ {
		r := g.rows[j]
		c.push(r, j == i && len(r.heads) == 0, g.lead)
		if j > i && r.need > 0 && c.y+c.run-r.height+r.need > height {
			break
		}
		for _, f := range r.notes {
			if calledBefore(notes, f) {
				continue
			}
			if len(notes) == 0 {
				high += above
			}
			p := f.whole()
			notes = append(notes, p)
			high += p.height()
		}
		if c.y+c.run+high < enough && j+1 < len(g.rows) {
			continue
		}
		text := c.y + c.run + g.padding(j)
		give := c.shrink + unit.Len(c.tight)*(g.lead/2)
		parts, rest, fits := foot(notes, height-text+give, above)
		if !fits && j > i {
			break
		}
		crowded := !fits && len(notes) > 1
		if crowded {
			// More notes than a page has room for are called from one row: they go on as if they were one.
			parts, rest, fits = foot([]notePart{joined(notes).whole()}, height-text+give, above)
		}
		o := option{end: j + 1, notes: parts, rest: rest}
		o.cost, o.short = g.cost(&c, height-text-footHeight(parts, above), i, j+1)
		if !fits {
			o.cost = costOverfull
		}
		if rest.note != nil {
			o.cost += costSplit
		}
		if crowded {
			o.cost += 2 * costNotes
		}
		list = append(list, o)
		if !fits {
			break
		}
	}
	return list
}

// notesOnly adds a page of nothing but the rest of a note.
func (g *paginator) notesOnly(s *search, w *way, at int) {
	parts, rest, fits := foot([]notePart{w.carry}, g.height, g.e.notesAbove())
	next := way{from: at, row: w.row, carry: rest, right: !w.right, first: w.row, notes: parts, cost: w.cost + g.costOfNotes(w.row, parts)}
	if !fits {
		next.cost += costOverfull
	}
	s.put(&next)
}

// costOfNotes is that of a page with nothing but notes before row i: the lines above them could have been filled with text, and
// where no text is left, a few of them are as bad as a last page of a few lines.
func (g *paginator) costOfNotes(i int, parts []notePart) int64 {
	high := footHeight(parts, g.e.notesAbove())
	if i == len(g.rows) {
		return costNotes + costShortEnd*max(0, int64((shortEnd*g.lead-high)/g.lead)+1)
	}
	blank := max(0, min(int64((g.height-high)/g.lead), earliest-1))
	return costNotes + costShort*blank*blank
}

// heads is the state of a page above row i, the first: below the padding of tints and the rows that are repeated.
func (g *paginator) heads(i int) cursor {
	var c cursor
	if pad := g.padding(i); pad > 0 {
		c.off(pad, 0, 0, 0)
	}
	for k, h := range g.rows[i].heads {
		if k > 0 {
			c.off(h.before, 0, 0, 0)
		}
		c.off(h.height, 0, 0, 0)
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
	if slack < 0 {
		cost += g.tightening(c, -slack)
	}
	if j == len(g.rows) || g.parted(c, j) {
		if i > 0 {
			cost += g.endCost(c.y + c.run)
		}
		if j < len(g.rows) || slack < g.lead {
			return cost, 0
		}
		return cost, 1
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
		if halves := int(2 * slack / g.lead); halves <= min(mostFill, 2*c.flexible) {
			r := float64(halves) / float64(max(c.flexible, 1))
			return cost + int64(costLine*r*r), 0
		}
		return cost + 100 + int64(costShort*n*n), n
	}
	// What stretching cannot fill is worse the more of it there is.
	lines := float64(slack) / float64(g.lead)
	if c.stretch > 0 && slack <= c.stretch {
		r := float64(slack) / float64(c.stretch)
		return cost + int64(100*r*r*r), 0
	}
	rest := lines - float64(c.stretch)/float64(g.lead)
	return cost + 100 + int64(costShort*rest*rest), int(lines)
}

// endCost is what it costs that the last page of a chapter ends so early.
func (g *paginator) endCost(used unit.Len) (cost int64) {
	if used < shortEnd*g.lead {
		cost += costShortEnd * (int64((shortEnd*g.lead-used)/g.lead) + 1)
	}
	if enough := g.height / fewLines; used < enough {
		lines := float64(enough-used) / float64(g.lead)
		cost += costFew + int64(costFewer*lines*lines)
		if g.long {
			cost += costSaved
		}
	}
	return cost
}

// parted reports whether row j cannot stand below a page because of the room that it needs: the page ends there like the last
// one of a chapter, however much of it is blank.
func (g *paginator) parted(c *cursor, j int) bool {
	r := g.rows[j]
	return r.need > 0 && c.y+c.run+r.before+r.need > g.height
}

// tightening is what it costs to take so much from the spaces of a page: first from what stands at its foot, then half lines from
// the spaces above headings.
func (g *paginator) tightening(c *cursor, over unit.Len) (cost int64) {
	if c.shrink > 0 {
		r := min(float64(over)/float64(c.shrink), 1)
		cost += int64(150 * r * r)
	}
	if over > c.shrink && c.tight > 0 {
		halves := (over - c.shrink + g.lead/2 - 1) / (g.lead / 2)
		cost += costTight + int64(costTight*halves)/int64(c.tight)
	}
	return cost
}
