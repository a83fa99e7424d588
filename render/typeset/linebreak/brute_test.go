package linebreak_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/evbook/evbook/render/typeset/linebreak"
)

// random makes a paragraph of about n boxes.
func random(r *rand.Rand, n int) []linebreak.Item {
	var items []linebreak.Item
	for range n {
		items = append(items, linebreak.Item{
			Kind: linebreak.Box, Width: 300 + r.Int64N(3000), Left: r.Int64N(60), Right: r.Int64N(60), Rigid: r.IntN(8) == 0,
		})
		switch r.IntN(6) {
		case 0:
			items = append(items, linebreak.Item{Kind: linebreak.Penalty, Width: 333, Right: 100, Flagged: true, Auto: true})
		case 1:
			items = append(items, linebreak.Item{
				Kind: linebreak.Penalty, Penalty: int32(r.IntN(300) - 50), NoBreak: r.Int64N(100) - 50, Post: r.Int64N(100), Flagged: r.IntN(2) == 0,
			})
		default:
			items = append(items, linebreak.Item{Kind: linebreak.Glue, Width: 333, Stretch: 166, Shrink: 111})
		}
	}
	return items
}

// TestNoWorseThanBruteForce tries every set of breaks of small paragraphs.
func TestNoWorseThanBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 500 {
		items := random(r, 5+r.IntN(9))
		widths := []int64{7000 + r.Int64N(4000)}
		switch {
		case round%3 == 0:
			widths = []int64{9000, 6500, 8000}
		case round%5 == 0: // most of them stand on one line
			widths[0] = r.Int64N(2000) - 500
			for _, it := range items {
				widths[0] += it.NoBreak
				if it.Kind != linebreak.Penalty {
					widths[0] += it.Width
				}
			}
		}
		p := linebreak.Default(em)
		p.Pretolerance, p.Tolerance, p.Emergency = -1, 5000, 0
		if round%4 == 0 {
			p = linebreak.RaggedRight(em)
			p.Pretolerance, p.Tolerance, p.Emergency = -1, 5000, 0
		}
		lines, q := check(t, items, widths, p)
		best := bruteForce(items, widths, p)
		switch {
		case q.Pass != 2 && best != math.MaxInt64:
			t.Errorf("round %d: no solution found where one has %d demerits", round, best)
		case q.Pass == 2 && q.Demerits != best:
			t.Errorf("round %d: %d demerits, the best have %d: %+v", round, q.Demerits, best, lines)
		}
	}
}

// bruteForce returns the least demerits of all ways to break the items, written straight from The TeXbook, chapter 14.
func bruteForce(items []linebreak.Item, widths []int64, p linebreak.Params) int64 {
	best := int64(math.MaxInt64)
	var walk func(from, line, class, run int, total int64)
	walk = func(from, line, class, run int, total int64) {
		start := from + 1
		for start < len(items) && from >= 0 && items[start].Kind != linebreak.Box {
			start++
		}
		for at := start + 1; at <= len(items); at++ {
			last := at == len(items)
			if !last && (items[at].Kind == linebreak.Box || items[at].Kind == linebreak.Glue && items[at-1].Kind != linebreak.Box || at == len(items)-1) {
				continue
			}
			d, fit, flagged, ok := weigh(items, from, start, at, widths[min(line, len(widths)-1)], p)
			if !ok {
				continue
			}
			if run > 0 {
				switch {
				case last:
					d += p.FinalHyphen
				case flagged && run > 1:
					d += p.DoubleHyphen + p.TripleHyphen
				case flagged:
					d += p.DoubleHyphen
				}
			}
			if fit-class > 1 || class-fit > 1 {
				d += p.Adjacent
			}
			if last {
				glue := slices.ContainsFunc(items[start:], func(it linebreak.Item) bool { return it.Kind == linebreak.Glue })
				if trailing := items[len(items)-1].Kind == linebreak.Glue; trailing {
					glue = slices.ContainsFunc(items[start:len(items)-1], func(it linebreak.Item) bool { return it.Kind == linebreak.Glue })
				}
				if line > 0 && (naturalWidth(items, from, start, at) < p.Runt || run > 0 && !glue) {
					d += p.RuntDemerits
				}
				best = min(best, total+d)
				continue
			}
			next := 0
			if flagged {
				next = run + 1
			}
			walk(at, line+1, fit, next, total+d)
		}
	}
	walk(-1, 0, 2, 0, 0)
	return best
}

func naturalWidth(items []linebreak.Item, from, start, at int) int64 {
	end := at
	for end > start && items[end-1].Kind != linebreak.Box && (items[end-1].Kind == linebreak.Glue || items[end-1].NoBreak == 0) {
		end--
	}
	var w int64
	for _, it := range items[start:end] {
		if it.Kind == linebreak.Penalty {
			w += it.NoBreak
		} else {
			w += it.Width
		}
	}
	if from >= 0 && items[from].Kind == linebreak.Penalty {
		w += items[from].Post
	}
	right := items[end-1].Right
	for k := end - 1; items[k].Kind == linebreak.Penalty; k-- {
		right = items[k-1].Right
	}
	if at < len(items) && items[at].Kind == linebreak.Penalty {
		w += items[at].Width
		if items[at].Width != 0 {
			right = items[at].Right
		}
	}
	return w - items[start].Left - right
}

func weigh(items []linebreak.Item, from, start, at int, measure int64, p linebreak.Params) (d int64, fit int, flagged, ok bool) {
	stretch, shrink := int64(0), int64(0)
	var elastic, extra int64
	for _, it := range items[start:at] {
		switch {
		case it.Kind == linebreak.Glue:
			stretch += it.Stretch
			shrink += it.Shrink
		case it.Kind == linebreak.Box && !it.Rigid:
			elastic += it.Width * int64(p.Expansion) / 1000
		}
	}
	// A NoBreak before a break at glue belongs to the line, glue before a break at a penalty does not.
	for k := at - 1; k > start && items[k].Kind == linebreak.Glue; k-- {
		stretch -= items[k].Stretch
		shrink -= items[k].Shrink
	}
	if from >= 0 && items[from].Kind == linebreak.Penalty {
		extra += items[from].Post
	}
	if at < len(items) && items[at].Kind == linebreak.Penalty {
		extra += items[at].Width
	}
	elastic += max(extra, 0) * int64(p.Expansion) / 1000
	stretch += elastic
	shrink += elastic
	if p.Ragged {
		stretch, shrink = p.RagStretch, 0
	}
	gap := measure - naturalWidth(items, from, start, at)
	last := at == len(items)
	bad := int64(0)
	fit = 2
	switch {
	case gap < 0:
		if -gap > shrink {
			return 0, 0, false, false
		}
		if bad = cube(-gap, shrink); bad > 12 {
			fit = 3
		}
	case !last:
		bad = cube(gap, stretch)
		if bad > 99 {
			fit = 0
		} else if bad > 12 {
			fit = 1
		}
	}
	if bad > int64(p.Tolerance) {
		return 0, 0, false, false
	}
	d = min(int64(p.LinePenalty)+bad, 10000)
	d *= d
	if !last && items[at].Kind == linebreak.Penalty {
		pen := int64(items[at].Penalty)
		if items[at].Auto {
			pen += int64(p.HyphenPenalty)
		}
		if pen > 0 {
			d += pen * pen
		} else {
			d -= pen * pen
		}
		flagged = items[at].Flagged
	}
	return d, fit, flagged, true
}

// cube is TeX's badness.
func cube(t, s int64) int64 {
	if t == 0 {
		return 0
	}
	if s <= 0 {
		return 10000
	}
	r := t * 297 / s
	if r > 1290 {
		return 10000
	}
	return (r*r*r + 131072) / 262144
}
