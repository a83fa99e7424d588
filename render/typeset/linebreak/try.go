package linebreak

import "math"

// fitness is the class of tightness of a line.
type fitness int8

const (
	veryLoose fitness = iota
	loose
	decent
	tight
	classes = 4
)

// crowd is the number of active nodes from which on hopeless lines are no longer tried.
const crowd = 512

// end is what all lines that end at a break have in common.
type end struct {
	pos     int
	end     int   // the printed items end before this
	pre     int64 // width of the hyphen
	right   int64 // protrusion into the right margin
	penalty int
	forced  bool
	final   bool // the end of the paragraph
	flagged bool
}

// try considers a break at item i, or at the end of the paragraph, after every active node (tex.web §829–835).
func (b *breaker) try(i int) {
	e := end{pos: i, end: b.before(i), forced: true, final: true}
	if i < len(b.items) {
		it := &b.items[i]
		e.penalty, e.forced, e.final = int(it.Penalty), it.forces(), it.forces() && int(b.stop[i+1]) == len(b.items)
		if it.Kind == Penalty {
			e.pre, e.flagged = it.Width, it.Flagged
		}
		if it.Auto && !e.forced {
			e.penalty += b.p.HyphenPenalty
		}
	}
	e.right = b.hangRight(i, e.end)

	b.next = b.next[:0]
	nearest, nearestOver := int32(-1), int64(math.MaxInt64)
	for k := 0; k < len(b.active); {
		line := min(b.nodes[b.active[k]].line, b.easy)
		measure := b.measure(line)
		b.best = [classes * runs]candidate{}
		for ; k < len(b.active) && min(b.nodes[b.active[k]].line, b.easy) == line; k++ {
			id := b.active[k]
			a := &b.nodes[id]
			if e.end <= a.start && !e.forced {
				b.next = append(b.next, id) // nothing is printed between the two: only a forced break makes an empty line
				continue
			}
			over := b.consider(id, a, &e, measure)
			if over > nearestOver || over == nearestOver && nearest >= 0 && a.demerits >= b.nodes[nearest].demerits {
				// not a better way to fail
			} else if over > 0 {
				nearest, nearestOver = id, over
			}
			if !e.forced && (over <= 0 || !b.desperate && over <= b.slack) {
				b.next = append(b.next, id)
			}
		}
		b.settle(&e)
	}
	if len(b.next) == 0 && b.desperate && nearest >= 0 {
		b.overfull(nearest, &e)
	}
	b.active, b.next = b.next, b.active
}

// consider weighs the line from node a to the end e, notes it if it is the best of its class, and returns by how much it
// is overfull at its narrowest.
func (b *breaker) consider(id int32, a *node, e *end, measure int64) int64 {
	first := min(a.start, e.end)
	gap := measure - (b.width[e.end] - b.width[first] + a.post + e.pre - a.left - e.right)
	stretch, shrink := b.flexibility(first, e.end, b.most(a.post+e.pre))
	if !b.desperate && e.flagged && a.run > 1 && b.p.TripleHyphen >= manyHyphens {
		return 0
	}
	var bad int
	var extra int64
	fit := decent
	switch {
	case gap < 0 && -gap > shrink:
		over := -gap - shrink
		track := b.tracking(first, e.end, b.p.Narrow)
		if over > track {
			return over - track
		}
		bad, fit, extra = 100, tight, b.trackDemerits(over, track)
	case gap < 0:
		bad = badness(-gap, shrink)
		if bad > 12 {
			fit = tight
		}
	case e.forced:
		// The last line is as long as it is.
	case b.rescue && gap > b.reach(first, e.end, shrink):
		fit = veryLoose
		over := gap - b.reach(first, e.end, shrink)
		if track := b.tracking(first, e.end, b.p.Widen); over <= track {
			bad, extra = 100, b.trackDemerits(over, track)
		} else if !b.short {
			return 0
		} else {
			bad, extra = min(despair(gap, b.p.RagStretch), raggedMost), b.p.ShortDemerits
		}
	default:
		if b.desperate {
			bad = despair(gap, stretch)
		} else {
			bad = badness(gap, stretch)
		}
		switch {
		case bad > 99:
			fit = veryLoose
		case bad > 12:
			fit = loose
		}
	}
	if extra == 0 && bad > b.tolerance || b.rescue && bad >= raggedMost && len(b.active) > crowd {
		return 0
	}
	d := a.demerits + extra + b.demerits(a, e, bad, fit)
	if e.final && a.line > 0 && (measure-gap < b.p.Runt || a.run > 0 && b.spaces[e.end] == b.spaces[first]) {
		if b.p.RuntDemerits >= NoRunt && !b.short && !b.desperate {
			return 0
		}
		d += b.p.RuntDemerits
	}
	c := &b.best[int(fit)*runs+a.nextRun(e)]
	if !c.ok || d < c.demerits {
		*c = candidate{demerits: d, from: id, ok: true}
	}
	return 0
}

// raggedMost is the greatest badness of the edge of a line that stays short: of many such lines none is short for the sake of others.
const raggedMost = 1700

// reach returns how far a line stretches before it stays short: its glue as far as MaxStretch lets it, and expansion. shrink is
// what glue and expansion together take up.
func (b *breaker) reach(from, to int, shrink int64) int64 {
	expand := shrink - (b.shrink[to] - b.shrink[from])
	return expand + mulDiv(b.stretch[to]-b.stretch[from], int64(b.p.MaxStretch), 1000)
}

// tracking returns how far letterspace changes the width of items, at most each a letter.
func (b *breaker) tracking(from, to int, each int64) int64 {
	if !b.rescue {
		return 0
	}
	return int64(b.letters[to]-b.letters[from]) * each
}

// trackDemerits is the price of using so much of the letterspace there is.
func (b *breaker) trackDemerits(used, most int64) int64 {
	return b.p.TrackDemerits + mulDiv(b.p.TrackDemerits, used, max(most, 1))
}

// flexibility returns how far a line stretches and shrinks; extra is what the parts of discretionaries grow by.
func (b *breaker) flexibility(from, to int, extra int64) (stretch, shrink int64) {
	if b.p.Ragged {
		return b.p.RagStretch + b.emergency, 0
	}
	expand := b.elastic[to] - b.elastic[from] + extra
	return b.stretch[to] - b.stretch[from] + expand + b.emergency, b.shrink[to] - b.shrink[from] + expand
}

// nextRun returns the number of flagged breaks in a row at the end of a line from a to e, at most 2.
func (a *node) nextRun(e *end) int {
	if !e.flagged {
		return 0
	}
	return min(a.run+1, runs-1)
}

// demerits returns the price of a line (tex.web §859).
func (b *breaker) demerits(a *node, e *end, bad int, fit fitness) int64 {
	d := int64(b.p.LinePenalty) + int64(bad)
	if !b.desperate {
		d = min(d, worst)
	}
	d *= d
	switch p := int64(e.penalty); {
	case e.forced:
	case p > 0:
		d += p * p
	default:
		d -= p * p
	}
	if a.run > 0 {
		switch {
		case e.forced:
			d += b.p.FinalHyphen
		case e.flagged && a.run > 1:
			d += b.p.DoubleHyphen + b.tripleHyphen()
		case e.flagged:
			d += b.p.DoubleHyphen
		}
	}
	if fit-a.fitness > 1 || a.fitness-fit > 1 {
		d += b.p.Adjacent
	}
	return d
}

// manyHyphens is the price from which on a third flagged break in a row is no choice unless lines of any badness are.
const manyHyphens = 1_000_000

// tripleHyphen is the price of a third flagged break in a row. Where lines of any badness are accepted it outweighs the worst
// of them, so that only what no other break can bring to its measure has three.
func (b *breaker) tripleHyphen() int64 {
	if b.desperate && b.p.TripleHyphen > 0 {
		return b.p.TripleHyphen + 4*hopeless*hopeless
	}
	return b.p.TripleHyphen
}

// settle makes nodes of the best lines of the group, unless another is so much better that they can never catch up.
func (b *breaker) settle(e *end) {
	var least *candidate
	leastRun := 0
	for k := range b.best {
		if c := &b.best[k]; c.ok && (least == nil || c.demerits < least.demerits) {
			least, leastRun = c, k%runs
		}
	}
	if least == nil {
		return
	}
	for k := range b.best {
		c := &b.best[k]
		lead := b.p.Adjacent
		if k%runs < leastRun {
			lead += b.p.DoubleHyphen + b.tripleHyphen() + b.p.FinalHyphen
		}
		if c.ok && (c == least || c.demerits < least.demerits+lead) {
			b.add(c.from, e, fitness(k/runs), k%runs, c.demerits)
		}
	}
}

// add makes an active node.
func (b *breaker) add(from int32, e *end, fit fitness, run int, demerits int64) {
	n := node{
		pos: e.pos, start: b.after(e.pos), line: b.nodes[from].line + 1,
		fitness: fit, run: run, demerits: demerits, prev: from,
	}
	if e.pos < len(b.items) && b.items[e.pos].Kind == Penalty {
		n.post = b.items[e.pos].Post
	}
	n.left = b.hangLeft(n.start)
	b.nodes = append(b.nodes, n)
	b.next = append(b.next, int32(len(b.nodes)-1))
}

// overfull makes the node that keeps the last pass alive: the line sticks out, whatever one does.
func (b *breaker) overfull(from int32, e *end) {
	a := &b.nodes[from]
	b.add(from, e, decent, a.nextRun(e), a.demerits+b.demerits(a, e, hopeless, decent))
}

// worst is the greatest badness, but for the last pass.
const worst = 10000

// badness returns about 100·(t/s)³, at most 10000, as TeX computes it (tex.web §108), for t ≥ 0.
func badness(t, s int64) int {
	switch {
	case t == 0:
		return 0
	case s <= 0:
		return worst
	}
	r := ratio297(t, s)
	if r > 1290 {
		return worst
	}
	return int((r*r*r + 1<<17) >> 18)
}

// hopeless is the badness of the worst lines of the last pass.
const hopeless = 1_000_000

// despair is badness that still tells bad lines from worse ones when all are bad.
func despair(t, s int64) int {
	if s <= 0 {
		return hopeless
	}
	r := ratio297(t, s)
	if r > 6400 { // (6400/297)³·100 ≈ 10⁶
		return hopeless
	}
	return min(int((r*r*r+1<<17)>>18), hopeless)
}

// ratio297 returns 297·t/s, where 297³ ≈ 100·2¹⁸. Lengths beyond 2⁵⁴ are no lengths of a page.
func ratio297(t, s int64) int64 {
	if t > math.MaxInt64/297 {
		return math.MaxInt32
	}
	return t * 297 / s
}
