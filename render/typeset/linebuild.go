package typeset

import (
	"slices"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/typeset/linebreak"
)

// lineBuilder makes lines from a broken paragraph.
type lineBuilder struct {
	s      *setter
	c      *content
	items  []linebreak.Item
	pieces []piece
	ends   []int   // for each line, the byte at which its text ends
	glyphs []Glyph // of the runs of the line
	space  [1]Glyph
}

// bit is a part of a line before it is placed: glyphs, a space or a picture.
type bit struct {
	piece  piece
	glyphs []Glyph
	width  unit.Len
	level  uint8

	stretch, shrink unit.Len // of a space
	expand          int      // change of the glyphs' widths in thousandths
	track           unit.Len // letterspace of all its glyphs
}

// build sets a line.
func (b *lineBuilder) build(l *linebreak.Line, x, measure unit.Len) setLine {
	if l.Short > 0 && !l.Last {
		l.Expand = min(l.Expand, 0)
	}
	if l.Overfull > 0 && l.Expand > 0 {
		// Rounded up to a step, expansion can overdo it where no glue gives way.
		l.Expand, l.Overfull = 0, 0
	}
	bits := b.bits(l)
	place := b.place(bits)
	if l.Track != 0 {
		track(bits, unit.Len(l.Track))
	}
	b.justify(l, bits, measure)
	if slices.ContainsFunc(bits, func(t bit) bool { return t.level > 0 }) {
		bits = reorder(bits)
	}
	out := setLine{line: &carve(&b.s.work().slabs.lines, 1, 64)[0], hyphen: l.Flagged, place: place}
	out.line.Baseline = b.s.baseline(&b.c.style)
	at := x - unit.Len(l.Left)
	total := unit.Len(0)
	for i := range bits {
		total += bits[i].width
	}
	switch align := b.c.style.align; {
	case align == alignRight, align == alignLeft && b.s.against(b.c):
		at = x + measure - total
	case align == alignCenter:
		at = x + (measure-total)/2
	}
	if l.Overfull > 0 && unit.Len(l.Overfull) > unit.Pt/2 {
		b.s.report.Warnf(CodeOverfull, b.posOf(bits), "a line is %.1f pt wider than its measure", unit.Len(l.Overfull).Pt())
	}
	out.width = at + total - x
	b.parts(out.line, bits, at, l.Expand)
	out.line.short = b.c.style.justify && !l.Last && l.Short > 0
	out.line.flush = b.c.style.justify && !l.Last && l.Short == 0
	out.line.tracked, out.line.narrow = l.Track != 0, b.c.style.narrow && !l.Last
	b.closing(out.line, l)
	out.forced = l.Break < len(b.items) && b.items[l.Break].Kind == linebreak.Penalty && b.items[l.Break].Penalty <= linebreak.Force
	return out
}

// bits lists what the line prints; neighbouring boxes of one frag are one bit, shaped as a whole.
func (b *lineBuilder) bits(l *linebreak.Line) []bit {
	d := b.s.work()
	bits := d.bits[:0]
	defer func() { d.bits = bits }()
	for i := l.Start; i < l.End; i++ {
		p := b.pieces[i]
		switch p.kind {
		case pieceText:
			if n := len(bits); n > 0 && bits[n-1].piece.kind == pieceText && bits[n-1].piece.frag == p.frag && bits[n-1].piece.end == p.start {
				bits[n-1].piece.end = p.end
				continue
			}
			bits = append(bits, bit{piece: p, level: p.frag.level})
		case pieceSpace, pieceGlue:
			g := &b.items[i]
			bits = append(bits, bit{piece: p, width: unit.Len(g.Width), level: b.c.bidi.Level(p.start), stretch: unit.Len(g.Stretch), shrink: unit.Len(g.Shrink)})
		case piecePicture:
			bits = append(bits, bit{piece: p, width: unit.Len(b.items[i].Width), level: b.c.bidi.Level(p.start)})
		}
	}
	for i := range bits {
		t := &bits[i]
		if t.piece.kind != pieceText {
			continue
		}
		t.glyphs = b.s.slice(b.c, t.piece.frag, t.piece.start, t.piece.end)
		if !t.piece.frag.rigid {
			t.expand = l.Expand
		}
		t.width = expandedWidth(t.glyphs, t.expand)
	}
	if l.Break < len(b.pieces) && b.pieces[l.Break].kind == pieceHyphen {
		f := b.pieces[l.Break].frag
		g := []Glyph{b.s.hyphenGlyph(f)}
		bits = append(bits, bit{piece: b.pieces[l.Break], glyphs: g, width: expandedWidth(g, l.Expand), level: f.level, expand: l.Expand})
	}
	return bits
}

// expanded is an advance changed by thousandths.
func expanded(advance unit.Len, per1000 int) unit.Len {
	return advance + advance*unit.Len(per1000)/1000
}

// expandedWidth is the width of glyphs whose advances are changed.
func expandedWidth(glyphs []Glyph, per1000 int) unit.Len {
	var w unit.Len
	for i := range glyphs {
		w += expanded(glyphs[i].Advance.Len(), per1000)
	}
	return w
}

// justify gives the spaces of the line their widths: the measure, widened by what hangs into the margins, less what is
// printed, is shared out among the spaces by their stretch or shrink.
func (b *lineBuilder) justify(l *linebreak.Line, bits []bit, measure unit.Len) {
	gap := measure + unit.Len(l.Left+l.Right)
	var stretch, shrink unit.Len
	for i := range bits {
		gap -= bits[i].width
		stretch += bits[i].stretch
		shrink += bits[i].shrink
	}
	ragged := !b.c.style.justify || l.Last
	switch {
	case gap > 0 && (ragged || stretch == 0 || l.Short > 0):
		// A line that only holes in it could fill is set ragged.
		return
	case gap <= 0:
		gap = max(gap, -shrink)
		stretch = shrink
	}
	if stretch == 0 || gap == 0 {
		return
	}
	var given, seen unit.Len
	for i := range bits {
		st := bits[i].stretch
		if gap < 0 {
			st = bits[i].shrink
		}
		seen += st
		upTo := gap * seen / stretch
		bits[i].width += upTo - given
		given = upTo
	}
}

// reorder brings the bits of a line into visual order.
func reorder(bits []bit) []bit {
	levels := make([]uint8, len(bits))
	for i := range bits {
		levels[i] = bits[i].level
	}
	out := make([]bit, 0, len(bits))
	for _, i := range shape.VisualOrder(levels) {
		out = append(out, bits[i])
	}
	return out
}

// parts places the bits from left to right; neighbours of one look, font and element join in one run.
// Parts of lines that run from right to left come in the order of reading.
func (b *lineBuilder) parts(line *Line, bits []bit, at unit.Len, expand int) {
	var few [8]int
	starts := few[:0] // for each part, where its text begins in the paragraph
	apart := true     // the next run does not touch the one before
	count := 1        // a space may follow the last
	looks := 0
	for i := range bits {
		count += max(len(bits[i].glyphs), 1)
		if i == 0 || bits[i].piece.span != bits[i-1].piece.span {
			looks++
		}
	}
	d := b.s.work()
	line.Parts = carve(&d.slabs.parts, looks, 64)[:0] // more only where a look has several fonts
	// The runs of a line share their memory, one behind the other; first is where the last one begins.
	b.glyphs = carve(&d.slabs.glyphs, count, 1024)[:0]
	first := 0
	for _, t := range bits {
		sp := t.piece.span
		switch t.piece.kind {
		case piecePicture:
			b.picture(line, t, at)
			at += t.width
			apart = true
			continue
		case pieceGlue:
			if n := len(line.Parts); n > 0 && !apart {
				glyphs := line.Parts[n-1].Run.Glyphs
				glyphs[len(glyphs)-1].Advance += t.width.Short()
			}
			at += t.width
			continue
		}
		font, glyphs := b.fontOf(line, t), t.glyphs
		ex := float64(expand) / 1000
		if t.piece.kind == pieceSpace {
			glyphs = b.spaceGlyph(font, t.width)
		}
		if t.piece.frag != nil && t.piece.frag.rigid {
			ex = 0
		}
		if n := len(line.Parts); n > 0 && !apart && font != nil && joins(&line.Parts[n-1], sp, font, ex) {
			b.appendGlyphs(glyphs, t.expand, t.track)
			line.Parts[n-1].Run.Glyphs = b.glyphs[first:]
			starts[n-1] = min(starts[n-1], t.piece.start)
		} else if font != nil && len(glyphs) > 0 {
			if n > 0 {
				run := line.Parts[n-1].Run
				run.Glyphs = slices.Clip(run.Glyphs)
			}
			first = len(b.glyphs)
			b.appendGlyphs(glyphs, t.expand, t.track)
			run := &carve(&d.slabs.runs, 1, 64)[0]
			*run = Run{Face: font.Face(), Size: sp.look.size, Color: sp.look.color, Expand: ex, Lang: b.foreign(sp), Glyphs: b.glyphs[first:]}
			line.Parts = append(line.Parts, Part{
				X: at, Rise: sp.look.rise, Elem: sp.elem, Link: sp.link,
				Underline: sp.look.underline, Strike: sp.look.strike, Back: sp.look.back, ref: sp.ref, Run: run,
			})
			starts = append(starts, t.piece.start)
			apart = false
		}
		at += t.width
	}
	if slices.ContainsFunc(bits, func(t bit) bool { return t.level > 0 }) {
		byReading(line.Parts, starts)
	}
}

// appendGlyphs adds glyphs to the memory of the line's runs, expanded and with letterspace.
func (b *lineBuilder) appendGlyphs(glyphs []Glyph, expand int, track unit.Len) {
	n := len(b.glyphs)
	b.glyphs = append(b.glyphs, glyphs...)
	if expand != 0 {
		for i := range b.glyphs[n:] {
			g := &b.glyphs[n+i]
			g.Advance = expanded(g.Advance.Len(), expand).Short()
		}
	}
	if track != 0 {
		shareOut(b.glyphs[n:], track)
	}
}

// byReading sorts parts by the places of their texts.
func byReading(parts []Part, starts []int) {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return starts[a] - starts[b] })
	old := slices.Clone(parts)
	for i, k := range order {
		parts[i] = old[k]
	}
}

// foreign is the language of a span if its element does not say it.
func (b *lineBuilder) foreign(sp *span) string {
	if sp.lang != b.c.lang && sp.elem == nil {
		return sp.lang
	}
	return ""
}

func joins(p *Part, sp *span, font *shape.Font, expand float64) bool {
	r := p.Run
	return r.Face == font.Face() && r.Size == sp.look.size && r.Color == sp.look.color && r.Expand == expand &&
		p.Rise == sp.look.rise && p.Elem == sp.elem && p.Link == sp.link && p.Underline == sp.look.underline &&
		p.Strike == sp.look.strike && p.ref == sp.ref && p.Back == sp.look.back && len(p.Attach) == 0 && len(r.Glyphs) > 0
}

// fontOf returns the font of a bit: a space has the first of its look's chain.
func (b *lineBuilder) fontOf(_ *Line, t bit) *shape.Font {
	if t.piece.frag != nil {
		return t.piece.frag.font
	}
	if chain := b.s.chain(&t.piece.span.look); len(chain) > 0 {
		return chain[0]
	}
	return nil
}

func (b *lineBuilder) spaceGlyph(font *shape.Font, w unit.Len) []Glyph {
	if font == nil {
		return nil
	}
	id, _ := font.GlyphID(' ')
	b.space[0] = Glyph{ID: id, Advance: w.Short(), Text: " "}
	return b.space[:]
}

// picture places a picture that stands in the line; it is drawn by the line's row.
func (b *lineBuilder) picture(line *Line, t bit, at unit.Len) {
	p := *t.piece.span.picture
	p.X = at
	p.Y = line.Baseline - p.H + p.H/6
	line.pictures = append(line.pictures, &p)
}

// closing puts a space behind the last word of a line that a space ends, so that text taken from the page keeps its
// words apart. It is drawn beyond the measure, where nothing is to be seen.
func (b *lineBuilder) closing(line *Line, l *linebreak.Line) {
	if l.Break >= len(b.items) || len(line.Parts) == 0 {
		return
	}
	if b.pieces[l.Break].kind != pieceSpace && !(b.items[l.Break].Kind == linebreak.Penalty && b.items[l.Break].Penalty <= linebreak.Force) {
		return
	}
	b.s.trailSpace(line)
}

// attach hands notes and anchors to the lines on which they stand.
func (b *lineBuilder) attach(lines []setLine) {
	if len(b.c.notes) == 0 && len(b.c.anchors) == 0 || len(lines) == 0 {
		return
	}
	ends := b.ends
	line := func(at int) *setLine {
		for i := range ends {
			if at <= ends[i] {
				return &lines[i]
			}
		}
		return &lines[len(lines)-1]
	}
	for _, n := range b.c.notes {
		l := line(n.at)
		l.notes = append(l.notes, n.note)
		if n.note.elem == nil {
			continue
		}
		// The note's element follows its mark: the last part at or before the call with the mark's link.
		for i := len(l.line.Parts) - 1; i >= 0; i-- {
			if p := &l.line.Parts[i]; p.Link != nil && p.Link == n.mark {
				p.Attach = append(p.Attach, n.note.elem)
				break
			}
		}
	}
	for _, a := range b.c.anchors {
		l := line(a.at)
		l.anchors = append(l.anchors, a.name)
	}
}

// posOf is the place in the source of the first bit.
func (b *lineBuilder) posOf(bits []bit) diag.Pos {
	for _, t := range bits {
		if t.piece.span != nil && !t.piece.span.pos.IsZero() {
			return t.piece.span.pos
		}
	}
	return b.c.pos
}
