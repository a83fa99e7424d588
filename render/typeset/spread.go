package typeset

import (
	"math"
	"slices"

	"github.com/evbook/evbook/layouts/unit"
)

// What a page lacks to be full is shared out among all its runs (see grid.go), in half lines, in proportion to how far their
// spaces stretch, so that no single heading or listing stands in a hole; and what it has too much is taken from them the same way.

// flexRun is a run of rows on a page that may give way, with the row on the grid that ends it.
type flexRun struct {
	from, to int      // rows; to is behind the row that ends it
	need     unit.Len // natural height above that row
	stretch  unit.Len
	shrink   unit.Len // deep included
	deep     unit.Len
	snap     unit.Len // of the row that ends it
	loose    bool
	tail     unit.Len // height of that row and those that follow it at once
	least    unit.Len // least height of its top on the page
	extra    unit.Len // how much wider, or narrower, its spaces are set
	kind     kind     // of the heading with which it begins, if nothing else of it gives way
	wanted   bool     // extra had better be want
	want     unit.Len
}

// kind tells headings of one level from others by what they take.
type kind struct{ height, before unit.Len }

// widest is the number of half lines beyond the least height of a page that are thought about, and mostFill the number of
// them that fill a page.
const (
	widest   = 40
	mostFill = 6
)

// snap changes the spaces above the rows i to j-1 so that rows on the grid are on it and, if spaces can take it, the room
// is filled; the last page of a chapter ends where it ends.
func (g *paginator) snap(i, j int, before []unit.Len, room unit.Len) {
	rows := g.rows[i:j]
	runs, c, from := g.runs(i, j)
	end := flexRun{from: from, to: len(rows)}
	if len(runs) == 0 {
		switch slack := room - c.run; {
		case slack > 0 && j < len(g.rows) && c.stretch > 0 && slack <= c.stretch*3/2:
			end.extra = slack
		case slack < 0 && c.shrink > 0:
			end.extra = max(slack, -c.shrink)
		}
	} else {
		rest := g.even(runs, room-c.run, room-c.run+c.shrink, j < len(g.rows))
		switch {
		case rest < 0:
			end.extra = max(rest, -c.shrink)
		case j < len(g.rows) && rest <= c.stretch:
			end.extra = rest
		}
	}
	for k := range runs {
		share(rows, before, &runs[k])
	}
	share(rows, before, &end)
}

// runs lists the runs of a page, and returns the cursor below its last row and the first row of the run that no row on the
// grid ends.
func (g *paginator) runs(i, j int) (runs []flexRun, c cursor, from int) {
	c = g.heads(i)
	for k, r := range g.rows[i:j] {
		if r.snap == 0 {
			c.push(r, k == 0 && len(r.heads) == 0, g.lead)
			continue
		}
		run := flexRun{from: from, to: k + 1, need: c.run, snap: r.snap, tail: r.height}
		if k > 0 || len(r.heads) > 0 {
			run.need += r.before
			run.stretch, run.shrink, run.deep = c.stretch+r.stretch, c.shrink+r.shrink, c.deep+r.deep
		} else {
			run.stretch, run.shrink, run.deep = c.stretch, c.shrink, c.deep
		}
		run.loose = c.loose && run.stretch > 0
		if h := g.rows[i+from]; from > 0 && from == k-1 && h.deep > 0 {
			run.kind = kind{h.height, h.before}
		}
		n := len(runs)
		c.push(r, k == 0 && len(r.heads) == 0, g.lead)
		from = k + 1
		if n > 0 && run.need == 0 && run.snap <= runs[n-1].snap {
			runs[n-1].tail += r.height
			continue
		}
		if n == 0 {
			run.loose = false // what stands at the head of the page does not move
		}
		if run.loose {
			run.shrink += run.deep
		}
		runs = append(runs, run)
	}
	return runs, c, from
}

// even is spread with the same space above headings of one level, where other spaces of the page can take up the difference.
func (g *paginator) even(runs []flexRun, room, most unit.Len, turned bool) unit.Len {
	rest := g.spread(runs, room, most, turned)
	odd := g.odd(runs)
	if odd == 0 {
		return rest
	}
	kept := make([]unit.Len, len(runs))
	for k := range runs {
		kept[k] = runs[k].extra
	}
	for k := range runs {
		// All of a level as one of them.
		for i := range runs {
			runs[i].wanted, runs[i].want = runs[i].kind == runs[k].kind, kept[k]
		}
		if runs[k].kind == (kind{}) {
			continue
		}
		if now := g.spread(runs, room, most, turned); (now == rest || !turned && now >= 0) && g.odd(runs) < odd && g.moderate(runs, kept) {
			return now
		}
	}
	for k := range runs {
		runs[k].extra = kept[k]
	}
	return rest
}

// moderate reports whether what the other spaces of a page give for headings to be even is no more than half a line.
func (g *paginator) moderate(runs []flexRun, kept []unit.Len) bool {
	for k, r := range runs {
		if d := r.extra - kept[k]; !r.wanted && max(d, -d) > g.lead/2 && max(r.extra, -r.extra) > g.lead/2 {
			return false
		}
	}
	return true
}

// odd counts the runs with headings whose space is not that of the first heading of their level.
func (g *paginator) odd(runs []flexRun) (n int) {
	for k, r := range runs {
		first := slices.IndexFunc(runs, func(f flexRun) bool { return f.kind == r.kind })
		if d := runs[first].extra - runs[k].extra; r.kind != (kind{}) && max(d, -d) > g.lead/4 {
			n++
		}
	}
	return n
}

// setting is the best way to have set the runs so far so many half lines higher than they need be.
type setting struct {
	cost int64 // math.MaxInt64 for no way
	from int
}

// spread decides how far the spaces of the runs give way. The last row on the grid is to end at room, but not below most; a
// page that is not turned is not filled. It returns what is left below.
func (g *paginator) spread(runs []flexRun, room, most unit.Len, turned bool) unit.Len {
	half := g.lead / 2
	table := make([][widest]setting, len(runs))
	var foot unit.Len // of the run before, at its least
	places := 0
	for k := range runs {
		r := &runs[k]
		r.least = up(foot+r.need-r.shrink, r.snap)
		for o := range table[k] {
			table[k][o].cost = math.MaxInt64
		}
		if k == 0 {
			table[0][0] = setting{}
			foot = r.least + r.tail
			continue
		}
		if r.loose {
			places++
		}
		for p := range widest {
			was := table[k-1][p].cost
			if was == math.MaxInt64 {
				continue
			}
			base := foot + unit.Len(p)*half + r.need
			for top, tries := up(base-r.shrink, r.snap), 0; tries < 6; top, tries = top+r.snap, tries+1 {
				o := int((top - r.least) / half)
				if o >= widest {
					break
				}
				if cost := was + r.price(top-base); cost < table[k][o].cost {
					table[k][o] = setting{cost, p}
				}
				if !r.loose {
					break
				}
			}
		}
		foot = r.least + r.tail
	}
	at := choose(&table[len(runs)-1], int((room-foot)/half), int((most-foot)/half), places, turned)
	for o, k := at, len(runs)-1; k > 0; k-- {
		p := table[k][o].from
		r := &runs[k]
		r.extra = r.least + unit.Len(o)*half - (runs[k-1].least + runs[k-1].tail + unit.Len(p)*half + r.need)
		o = p
	}
	runs[0].extra = runs[0].least - runs[0].need
	return room - foot - unit.Len(at)*half
}

// choose picks a setting of the last run: the best one that fits, or if a few half lines fill the page, the one that does.
func choose(last *[widest]setting, room, most, places int, turned bool) int {
	best := 0
	for o := range min(widest, max(most, room, 0)+1) {
		if last[o].cost < last[best].cost {
			best = o
		}
	}
	if !turned || room <= best {
		return best
	}
	for o := min(room, widest-1); o > best; o-- {
		if last[o].cost < math.MaxInt64 && o-best <= min(mostFill, 2*places) {
			return o
		}
	}
	return best
}

// price is what it costs to set a run by extra wider than it is.
func (r *flexRun) price(extra unit.Len) int64 {
	e := int64(extra)
	if d := e - int64(r.want); r.wanted {
		return 100 * d * d / int64(unit.Pt)
	}
	if extra < 0 {
		return 3 * e * e / int64(r.shrink+unit.Pt)
	}
	return e * e / int64(r.stretch+unit.Pt)
}

// share gives the extra space of a run to the spaces above its rows.
func share(rows []*vrow, before []unit.Len, run *flexRun) {
	if run.extra == 0 {
		return
	}
	flex := func(k int) unit.Len {
		switch {
		case k == 0:
			return 0
		case run.extra < 0:
			return rows[k].shrink + rows[k].deep
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
