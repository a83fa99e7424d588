package linebreak

import "slices"

// lines makes the lines that end with a node.
func (b *breaker) lines(last int32, number int) ([]Line, Quality) {
	q := Quality{Demerits: b.nodes[last].demerits, Pass: number}
	out := make([]Line, 0, b.nodes[last].line)
	for k := last; b.nodes[k].prev >= 0; k = b.nodes[k].prev {
		n := &b.nodes[k]
		out = append(out, b.line(&b.nodes[n.prev], n))
	}
	slices.Reverse(out)
	for i := range out {
		l := &out[i]
		if l.Overfull > 0 {
			q.Overfull++
		}
		if l.Flagged {
			q.Hyphens++
		}
		if l.Short > 0 && !l.Last && !b.p.Ragged {
			q.Short++
		}
	}
	return out, q
}

// line sets the line between two nodes.
func (b *breaker) line(a, n *node) Line {
	end := max(b.before(n.pos), a.start)
	l := Line{Start: a.start, End: end, From: a.pos, Break: n.pos, Measure: b.measure(a.line), Last: n.pos == len(b.items)}
	l.Left = b.hangLeft(a.start)
	l.Right = b.hangRight(n.pos, end)
	if end == a.start {
		l.Left, l.Right = 0, 0
	}
	var extra int64 // width of the parts of discretionaries
	if a.pos >= 0 && b.items[a.pos].Kind == Penalty {
		extra += b.items[a.pos].Post
	}
	if n.pos < len(b.items) && b.items[n.pos].Kind == Penalty {
		it := &b.items[n.pos]
		extra += it.Width
		l.Flagged = it.Flagged
		l.Last = it.Penalty <= Force
	}
	l.Natural = b.width[end] - b.width[a.start] + extra - l.Left - l.Right
	b.fill(&l, extra)
	return l
}

// fill decides how a line is brought to its measure: by expansion first, in proportion, then by its glue.
func (b *breaker) fill(l *Line, extra int64) {
	gap := l.Measure - l.Natural
	if b.p.Ragged || l.Last && gap >= 0 {
		l.Short, l.Overfull = max(gap, 0), max(-gap, 0)
		if b.p.Ragged && !l.Last {
			l.Badness = badness(max(gap, 0), b.p.RagStretch)
		}
		return
	}
	stretch, shrink := b.stretch[l.End]-b.stretch[l.Start], b.shrink[l.End]-b.shrink[l.Start]
	elastic := b.elastic[l.End] - b.elastic[l.Start] + b.most(extra)
	if gap >= 0 {
		l.Badness = badness(gap, stretch+elastic)
		l.Expand = b.expansion(gap, stretch+elastic)
		for l.Expand > 0 && gap < b.expanded(l, extra) {
			l.Expand -= b.step() // rounding has widened the glyphs too far
		}
		// What the glue must not take up falls to the glyphs.
		for b.p.MaxStretch > 0 && l.Expand+b.step() <= b.p.Expansion && gap-b.expanded(l, extra) > b.widest(l) {
			if l.Expand += b.step(); gap < b.expanded(l, extra) {
				l.Expand -= b.step()
				break
			}
		}
	} else {
		l.Badness = badness(-gap, shrink+elastic)
		l.Expand = -b.expansion(-gap, shrink+elastic)
		// What the glue cannot take up falls to the glyphs.
		for l.Expand-b.step() >= -b.p.Expansion && gap-b.expanded(l, extra) < -shrink {
			l.Expand -= b.step()
		}
	}
	gap -= b.expanded(l, extra)
	switch {
	case gap >= 0:
		if l.Gap = gap; stretch == 0 {
			l.Gap = 0
		} else if b.p.MaxStretch > 0 {
			l.Gap = min(gap, b.widest(l))
		}
		l.Short = gap - l.Gap
		if l.Short > 0 && (b.rescue && l.Short <= b.tracking(l.Start, l.End, b.p.Widen) || l.Short <= b.oneStep(l)) {
			l.Track, l.Short = l.Short, 0
		}
		if stretch > 0 {
			l.Ratio = int(mulDiv(l.Gap, 1000, stretch))
		}
	default:
		l.Gap = max(gap, -shrink)
		l.Overfull = l.Gap - gap
		l.Track = -min(l.Overfull, b.tracking(l.Start, l.End, b.p.Narrow))
		l.Overfull += l.Track
		if shrink > 0 {
			l.Ratio = int(mulDiv(l.Gap, 1000, shrink))
		}
	}
}

// oneStep returns what a step of expansion is worth to a line: as much may be left over of one with few spaces or none that expansion
// brings to its measure. Letterspace takes it up, if it may be used at all.
func (b *breaker) oneStep(l *Line) int64 {
	if b.p.Widen == 0 || b.p.Expansion == 0 || !slices.ContainsFunc(b.items[l.Start:l.End], func(it Item) bool { return it.Letters > 0 }) {
		return 0
	}
	return mulDiv(b.elastic[l.End]-b.elastic[l.Start], int64(b.step()), int64(b.p.Expansion))
}

// widest returns how far MaxStretch lets the glue of a line stretch.
func (b *breaker) widest(l *Line) int64 {
	return mulDiv(b.stretch[l.End]-b.stretch[l.Start], int64(b.p.MaxStretch), 1000)
}

func (b *breaker) step() int { return max(b.p.ExpansionStep, 1) }

// expansion returns the share of the glyphs in filling a gap, in 1/1000, rounded to the step.
func (b *breaker) expansion(gap, flexibility int64) int {
	if b.p.Expansion <= 0 || flexibility <= 0 {
		return 0
	}
	step := int64(b.step())
	most := int64(b.p.Expansion) / step
	if gap >= flexibility {
		return int(most * step)
	}
	share := mulDiv(gap, 2*int64(b.p.Expansion), flexibility) // twice the wanted share, to round
	return int(min((share+step)/(2*step), most) * step)
}

// expanded returns by how much the glyphs of a line grow by its expansion, as Set grows them.
func (b *breaker) expanded(l *Line, extra int64) int64 {
	if l.Expand == 0 {
		return 0
	}
	sum := l.Grow(extra) - extra
	for i := l.Start; i < l.End; i++ {
		if it := &b.items[i]; it.Kind == Box && !it.Rigid {
			sum += l.Grow(it.Width) - it.Width
		}
	}
	return sum
}

// Grow returns a width under the line's expansion. Negative widths do not grow.
func (l *Line) Grow(width int64) int64 {
	if width <= 0 {
		return width
	}
	return width + mulDiv(width, int64(l.Expand), 1000)
}

// Set returns the widths of the line's items as they are printed, one for each of items[l.Start:l.End], so that together
// with the Width of the penalty at l.Break and the Post of that at l.From (their sum put through [Line.Grow]) they come to
// l.Measure + l.Left + l.Right - l.Short + l.Overfull exactly.
func (l *Line) Set(items []Item) []int64 {
	out := make([]int64, l.End-l.Start)
	var flex, total int64
	for _, it := range items[l.Start:l.End] {
		total += l.flexOf(&it)
	}
	given := int64(0)
	var letters, seen, spaced int64
	for _, it := range items[l.Start:l.End] {
		letters += int64(it.Letters)
	}
	for k := range out {
		it := &items[l.Start+k]
		switch it.Kind {
		case Glue:
			out[k] = it.Width
			if total > 0 {
				// The difference of running sums leaves no remainder.
				flex += l.flexOf(it)
				sum := mulDiv(l.Gap, flex, total)
				out[k] += sum - given
				given = sum
			}
		case Penalty:
			out[k] = it.NoBreak
		default:
			out[k] = it.Width
			if !it.Rigid {
				out[k] = l.Grow(it.Width)
			}
			if l.Track != 0 {
				seen += int64(it.Letters)
				sum := mulDiv(l.Track, seen, letters)
				out[k] += sum - spaced
				spaced = sum
			}
		}
	}
	return out
}

// flexOf returns the part of an item in taking up the line's gap.
func (l *Line) flexOf(it *Item) int64 {
	switch {
	case it.Kind != Glue:
		return 0
	case l.Gap < 0:
		return it.Shrink
	}
	return it.Stretch
}
