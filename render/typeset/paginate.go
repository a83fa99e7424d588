package typeset

import (
	"github.com/evbook/evbook/layouts/unit"
)

// sheet is a page of a chapter before it has a number.
type sheet struct {
	rows  []placed
	notes []*footnote
}

// placed is a row at its place.
type placed struct {
	row *vrow
	y   unit.Len // of its top edge below the top of the type area
}

// paginator divides the rows of a chapter into pages so that the sum of what their faults cost is least.
type paginator struct {
	e      *engine
	rows   []*vrow
	height unit.Len
	lead   unit.Len
}

// What a page costs, on the scale of the break prices.
const (
	costOverfull = 1 << 30
	costNever    = 1 << 20
	costShortEnd = 300 // a last page of less than five lines, for each that it lacks
	costPage     = 30  // each page: of equal divisions the shorter book
)

// sums is what a candidate page holds.
type sums struct {
	natural, stretch, shrink unit.Len
	notes                    unit.Len
	noteCount                int
}

// pages divides the rows.
func (g *paginator) pages() []*sheet {
	n := len(g.rows)
	if n == 0 {
		return nil
	}
	best := make([]int64, n+1) // least cost of dividing the rows before i
	from := make([]int, n+1)
	for i := 1; i <= n; i++ {
		best[i] = 1 << 60
	}
	for i := 0; i < n; i++ {
		if best[i] >= 1<<60 {
			continue
		}
		var sum sums
		for _, h := range g.rows[i].heads {
			sum.natural += h.before + h.height
		}
		for j := i; j < n; j++ {
			g.addRow(&sum, g.rows[j], j == i)
			total := sum.natural + g.e.notesHeight(sum.notes, sum.noteCount) + g.padding(i, j)
			over := total-sum.shrink > g.height
			if over && j > i {
				break
			}
			if c := best[i] + g.cost(&sum, total, i, j+1); c < best[j+1] {
				best[j+1], from[j+1] = c, i
			}
		}
	}
	var bounds []int
	for i := n; i > 0; i = from[i] {
		bounds = append(bounds, i)
	}
	var out []*sheet
	start := 0
	for k := len(bounds) - 1; k >= 0; k-- {
		out = append(out, g.sheet(start, bounds[k]))
		start = bounds[k]
	}
	return out
}

func (g *paginator) addRow(sum *sums, r *vrow, first bool) {
	sum.natural += r.height
	if !first {
		sum.natural += r.before
		sum.stretch += r.stretch
		sum.shrink += r.shrink
	}
	for _, f := range r.notes {
		sum.notes += f.height
		sum.noteCount++
	}
}

// padding is the room that tints need above the first and below the last row of a page.
func (g *paginator) padding(i, j int) unit.Len {
	var pad unit.Len
	for _, d := range g.rows[i].decors {
		pad += d.pad
	}
	for _, d := range g.rows[j].decors {
		pad += d.pad
	}
	return pad
}

// cost is that of a page with the rows i to j-1 and the break behind it.
func (g *paginator) cost(sum *sums, total unit.Len, i, j int) int64 {
	cost := int64(costPage)
	slack := g.height - total
	switch {
	case slack < -sum.shrink:
		return costOverfull
	case slack < 0:
		r := float64(-slack) / float64(sum.shrink)
		cost += int64(150 * r * r)
	}
	if j == len(g.rows) {
		if i > 0 && sum.natural < 5*g.lead {
			cost += costShortEnd * (int64((5*g.lead-sum.natural)/g.lead) + 1)
		}
		return cost
	}
	// What stretching cannot fill is worse the more of it there is.
	lines := float64(slack) / float64(g.lead)
	if slack <= 0 {
		// The page is full.
	} else if sum.stretch > 0 && slack <= sum.stretch {
		r := float64(slack) / float64(sum.stretch)
		cost += int64(100 * r * r * r)
	} else {
		rest := lines - float64(sum.stretch)/float64(g.lead)
		cost += 100 + int64(60*rest*rest)
	}
	switch b := g.rows[j].brk; {
	case b >= breakNever:
		cost += costNever
	default:
		cost += int64(b)
	}
	return cost
}

// sheet makes the page with the rows i to j-1.
func (g *paginator) sheet(i, j int) *sheet {
	out := &sheet{}
	var sum sums
	rows := g.rows[i:j]
	heads := rows[0].heads
	for _, h := range heads {
		sum.natural += h.before + h.height
	}
	for k, r := range rows {
		g.addRow(&sum, r, k == 0)
		out.notes = append(out.notes, r.notes...)
	}
	slack := g.height - sum.natural - g.e.notesHeight(sum.notes, sum.noteCount) - g.padding(i, j-1)
	// A page is brought to full depth if its spaces can take it; the last one of a chapter ends where it ends.
	give := unit.Len(0)
	if j < len(g.rows) && slack > 0 && sum.stretch > 0 && slack <= sum.stretch*3/2 {
		give = slack
	}
	if slack < 0 && sum.shrink > 0 {
		give = max(slack, -sum.shrink)
	}
	var y, seen, given unit.Len
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
		if k > 0 || len(heads) > 0 {
			y += r.before
		}
		if k > 0 && give != 0 {
			flex, whole := r.stretch, sum.stretch
			if give < 0 {
				flex, whole = r.shrink, sum.shrink
			}
			seen += flex
			upTo := give * seen / whole
			y += upTo - given
			given = upTo
		}
		out.rows = append(out.rows, placed{r, y})
		y += r.height
	}
	return out
}
