package linebreak

import (
	"math"
	"slices"
	"sync"
)

// Break breaks a paragraph into lines. widths are the measures of the lines; the last one holds for all that follow, and
// it must have at least one. Break returns nil if there is nothing to print.
//
// Leading glue of the paragraph is kept, glue at its end and before a penalty where a line ends is dropped. A paragraph
// without any place to break gives one overfull line.
func Break(items []Item, widths []int64, p Params) ([]Line, Quality) {
	if !slices.ContainsFunc(items, func(it Item) bool { return it.Kind == Box }) {
		return nil, Quality{}
	}
	b := breakers.Get().(*breaker)
	defer breakers.Put(b)
	b.init(items, widths, p)
	b.pass = pass{}
	var list [6]pass
	for _, t := range b.passes(list[:0]) {
		if last := b.run(t); last >= 0 {
			return b.lines(last, t.number)
		}
	}
	panic("linebreak: the last pass found no lines") // it accepts any line
}

// pass is a try at breaking the paragraph.
type pass struct {
	number    int
	tolerance int   // greatest badness of a line
	auto      bool  // breaks found by hyphenation are legal
	emergency int64 // stretch that each line pretends to have
	rescue    bool  // letterspace is used
	short     bool  // short lines are accepted
	desperate bool  // every line is accepted, overfull ones only when there is no other way
}

// passes adds the passes of the paragraph, at most six, to a list.
func (b *breaker) passes(out []pass) []pass {
	p := &b.p
	if p.Pretolerance >= 0 {
		out = append(out, pass{number: 1, tolerance: p.Pretolerance})
	}
	out = append(out, pass{number: 2, tolerance: p.Tolerance, auto: true})
	if p.ShortDemerits > 0 && p.MaxStretch > 0 && !p.Ragged {
		return append(out,
			pass{number: 3, tolerance: p.Tolerance, auto: true, rescue: true},
			pass{number: 3, tolerance: p.Tolerance, auto: true, rescue: true, short: true},
			pass{number: 4, tolerance: math.MaxInt, auto: true, rescue: true, short: true, desperate: true})
	}
	for step := int64(1); step <= 3 && p.Emergency > 0; step++ {
		out = append(out, pass{number: 3, tolerance: p.Tolerance, auto: true, emergency: p.Emergency * step / 3})
	}
	return append(out, pass{number: 4, tolerance: math.MaxInt, auto: true, emergency: p.Emergency, desperate: true})
}

// breaker holds a paragraph and the state of a pass.
type breaker struct {
	items  []Item
	widths []int64
	p      Params
	easy   int // from this line on all measures are the same, and nodes need not be told apart by their line

	stop    []int32 // for each item, the first box or forced break from there on
	printed []int32 // for each item, the end of the boxes before it
	spaces  []int32 // for each item, the number of glues before it

	// Sums over items[:i] of what a line has that does not begin or end at i.
	width, stretch, shrink []int64
	elastic                []int64 // what the boxes grow by at the greatest expansion
	letters                []int32 // the places for letterspace, once a pass asks for them

	pass
	nodes  []node
	active []int32 // by line, then by age
	next   []int32
	best   [classes * runs]candidate
	slack  int64 // how much narrower a later end of a line may be than an earlier one, by hyphens and protrusion
}

// node is a feasible end of a line, with the best way to get there.
type node struct {
	pos      int   // the item at which the line ends, -1 for the beginning of the paragraph
	start    int   // the first item of the next line
	post     int64 // what a discretionary adds there
	left     int64 // protrusion of that line into the left margin
	line     int   // number of lines so far
	fitness  fitness
	run      int // flagged breaks in a row, at most 2
	demerits int64
	prev     int32
}

// candidate is the best line that ends at the current break with a class and run.
type candidate struct {
	demerits int64
	from     int32
	ok       bool
}

const runs = 3

// breakers keeps the working memory of breakers.
var breakers = sync.Pool{New: func() any { return new(breaker) }}

// sized returns a slice of so many numbers, the first of which is 0 and the others anything, in the memory of old if it
// has room.
func sized[T int32 | int64](old []T, n int) []T {
	out := slices.Grow(old[:0], n)[:n]
	out[0] = 0
	return out
}

func (b *breaker) init(items []Item, widths []int64, p Params) {
	b.items, b.widths, b.p, b.easy = items, widths, p, len(widths)-1
	if p.Looseness != 0 {
		b.easy = math.MaxInt
	}
	n := len(items) + 1
	b.width, b.stretch = sized(b.width, n), sized(b.stretch, n)
	b.shrink, b.elastic = sized(b.shrink, n), sized(b.elastic, n)
	for i := range items {
		it := &items[i]
		w, y, z, x := it.Width, int64(0), int64(0), int64(0)
		switch it.Kind {
		case Glue:
			y, z = it.Stretch, it.Shrink
		case Penalty:
			w = it.NoBreak
		default:
			if !it.Rigid {
				x = w
			}
		}
		b.width[i+1], b.stretch[i+1] = b.width[i]+w, b.stretch[i]+y
		b.shrink[i+1], b.elastic[i+1] = b.shrink[i]+z, b.elastic[i]+b.most(x)
	}
	b.index()
}

// countLetters fills in the places for letterspace.
func (b *breaker) countLetters() {
	b.letters = sized(b.letters, len(b.items)+1)
	for i := range b.items {
		b.letters[i+1] = b.letters[i] + b.items[i].Letters
	}
}

// index fills in what is asked of every place where a line may end.
func (b *breaker) index() {
	n := len(b.items)
	b.stop, b.printed, b.spaces = sized(b.stop, n+1), sized(b.printed, n+1), sized(b.spaces, n+1)
	b.stop[n] = int32(n)
	for i := n - 1; i >= 0; i-- {
		b.stop[i] = b.stop[i+1]
		if b.items[i].Kind == Box || b.items[i].forces() {
			b.stop[i] = int32(i)
		}
	}
	var hang, hyphen int64
	for i := range b.items {
		it := &b.items[i]
		b.printed[i+1], b.spaces[i+1] = b.printed[i], b.spaces[i]
		if it.Kind == Glue {
			b.spaces[i+1]++
		}
		if it.Kind == Box || it.Kind == Penalty && it.NoBreak != 0 {
			b.printed[i+1] = int32(i + 1)
		}
		hang = max(hang, it.Right)
		if it.Kind == Penalty {
			hyphen = max(hyphen, it.Width)
		}
	}
	b.slack = hang + hyphen
}

// most returns what a width grows by at the greatest expansion. Negative ones (the kerning of a discretionary) do not grow.
func (b *breaker) most(width int64) int64 {
	if b.p.Expansion <= 0 || width <= 0 {
		return 0
	}
	return mulDiv(width, int64(b.p.Expansion), 1000)
}

// measure returns the width of a line, counted from 0.
func (b *breaker) measure(line int) int64 { return b.widths[min(line, len(b.widths)-1)] }

// run makes a pass over the paragraph and returns the node at its end, -1 if there is no way within the tolerance.
func (b *breaker) run(t pass) int32 {
	b.pass = t
	if t.rescue {
		b.countLetters()
	}
	b.nodes = append(b.nodes[:0], node{pos: -1, fitness: decent, prev: -1, left: b.hangLeft(0)})
	b.active = append(b.active[:0], 0)
	if b.oneLine() {
		b.try(len(b.items))
		return b.choose()
	}
	for i := range b.items {
		it := &b.items[i]
		switch it.Kind {
		case Glue:
			// Glue before the end or a forced break goes with that.
			if i > 0 && b.items[i-1].Kind == Box && !b.ends(i+1) {
				b.try(i)
			}
		case Penalty:
			if it.forces() || it.Penalty < Never && (!it.Auto || t.auto && b.p.HyphenPenalty < Never) && !b.ends(i+1) {
				b.try(i)
			}
		}
		if len(b.active) == 0 {
			return -1
		}
	}
	if n := len(b.items); !b.forcedEnd() {
		b.try(n)
	}
	return b.choose()
}

// oneLine reports whether the paragraph stands on its first line as it is: any break in it would cost more than none.
func (b *breaker) oneLine() bool {
	n := len(b.items)
	return b.p.Looseness == 0 && b.width[n]-b.hangLeft(0)-b.hangRight(n, b.before(n)) <= b.measure(0) &&
		!slices.ContainsFunc(b.items, func(it Item) bool { return it.Kind == Penalty && it.Penalty < 0 })
}

// ends reports whether nothing printed comes from item i on before the paragraph ends or a break is forced.
func (b *breaker) ends(i int) bool {
	stop := b.stop[i]
	return int(stop) == len(b.items) || b.items[stop].Kind != Box
}

// forcedEnd reports whether the paragraph ends with a forced break, behind which there is no line.
func (b *breaker) forcedEnd() bool {
	for i := len(b.items) - 1; i >= 0 && b.items[i].Kind != Box; i-- {
		if b.items[i].forces() {
			return true
		}
	}
	return false
}

func (it *Item) forces() bool { return it.Kind == Penalty && it.Penalty <= Force }

// choose returns the best of the nodes at the end of the paragraph.
func (b *breaker) choose() int32 {
	best := int32(-1)
	for _, k := range b.active {
		if best < 0 || b.nodes[k].demerits < b.nodes[best].demerits {
			best = k
		}
	}
	if best < 0 || b.p.Looseness == 0 {
		return best
	}
	// Among the paragraphs with the wanted number of lines, or the nearest to it on this side, the best.
	want := b.nodes[best].line + b.p.Looseness
	off := func(k int32) int { return max(b.nodes[k].line-want, want-b.nodes[k].line) }
	for _, k := range b.active {
		if d := off(k) - off(best); d < 0 || d == 0 && b.nodes[k].demerits < b.nodes[best].demerits {
			best = k
		}
	}
	return best
}

// after returns the first item of the line behind a break at item i: discardable items disappear, up to a forced break.
func (b *breaker) after(i int) int {
	if i >= len(b.items) {
		return i
	}
	return int(b.stop[i+1])
}

// before returns the end of the items that are printed on a line that ends at item i.
func (b *breaker) before(i int) int { return int(b.printed[i]) }

// hangLeft returns the protrusion of the first box of a line that begins with item i.
func (b *breaker) hangLeft(i int) int64 {
	for ; i < len(b.items) && b.items[i].Kind != Glue; i++ {
		if it := &b.items[i]; it.Kind == Box && it.Width != 0 {
			return it.Left
		}
	}
	return 0
}

// hangRight returns the protrusion of the end of a line that ends at item i, whose printed items end before item end.
func (b *breaker) hangRight(i, end int) int64 {
	if i < len(b.items) && b.items[i].Kind == Penalty && b.items[i].Width != 0 {
		return b.items[i].Right
	}
	for end--; end >= 0 && b.items[end].Kind != Glue; end-- {
		if it := &b.items[end]; it.Kind == Box && it.Width != 0 {
			return it.Right
		}
	}
	return 0
}
