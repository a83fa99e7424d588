package pdf

import (
	"math"
	"slices"
	"strconv"

	"github.com/evbook/evbook/render/typeset"
)

// longestString is how many glyphs a string holds: PDF/A allows 32767 bytes (ISO 19005-2 §6.1.13), with escapes.
const longestString = 4000

// run paints glyphs (§9.4). The pen is followed in whole nanopoints, as a reader computes it from the widths of the font,
// and corrected before a glyph as soon as it is off by half a thousandth of an em: errors do not add up, and the numbers
// are the same on every machine.
func (c *content) run(s runStep) {
	run := s.run
	f := c.font // nearly always the one of the run before
	if f == nil || f.face != run.Face {
		f = c.fonts.byID[run.Face.ID()]
	}
	c.beginText(s.x, s.y)
	c.setFont(f, points(run.Size), normalStretch+int64(math.Round(run.Expand*normalStretch)))
	c.setFill(run.Color)
	if run.Lang != "" {
		c.b = append(c.b, "/Span <</Lang "...)
		c.b = appendText(c.b, run.Lang)
		c.op(">> BDC")
	}
	em := int64(c.size) * c.stretch // of a thousandth of a thousandth of an em, in 10⁻¹⁴ pt
	step := max(em*1000/1e5, 1)     // a thousandth of an em in nanopoints
	var pen, want int64             // where the reader's pen is, and where it should be
	spanEnd := 0
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		first := &f.first[g.ID]
		code, usual := first.code, first.text == g.Text
		if !usual {
			code = f.codes[use{g.ID, g.Text}]
		}
		alone := usual && first.plain && (i+1 == len(run.Glyphs) || run.Glyphs[i+1].Text != "")
		if !alone && i >= spanEnd {
			if n := spanLength(run.Glyphs[i:]); n > 0 {
				c.endArray()
				c.openSpan(run.Glyphs[i : i+n])
				spanEnd = i + n
			}
		}
		if g.DY != 0 || c.rise != 0 {
			c.setRise(points(g.DY.Len()))
		}
		if off := roundDiv(pen-want-nano(int64(g.DX)), step); off != 0 {
			c.adjust(off)
			pen -= off * step
		}
		c.show(code)
		pen += roundDiv(int64(first.width)*em, 1e5)
		want += nano(int64(g.Advance))
		if i+1 == spanEnd {
			c.endArray()
			c.op("EMC")
		}
	}
	c.endArray()
	if run.Lang != "" {
		c.op("EMC")
	}
}

// spanLength returns how many of the first glyphs need a replacement text (§14.9.4) because their codes cannot tell it:
// the glyphs of a cluster, only one of which has the text, and private characters. It is 0 for any other glyph.
func spanLength(glyphs []typeset.Glyph) int {
	n := 1
	if glyphs[0].Text == "" { // a cluster that runs from right to left has its text on the last glyph
		for n < len(glyphs) && glyphs[n-1].Text == "" {
			n++
		}
		return n
	}
	for n < len(glyphs) && glyphs[n].Text == "" {
		n++
	}
	if n > 1 || private(glyphs[0].Text) {
		return n
	}
	return 0
}

func (c *content) openSpan(glyphs []typeset.Glyph) {
	var s string
	for _, g := range glyphs {
		s += g.Text
	}
	if private(s) {
		s = "\uFFFD" // PDF/A-2 wants a text that means something without the font (ISO 19005-2 §6.2.11.7.3)
	}
	c.b = append(c.b, "/Span <</ActualText "...)
	c.b = appendText(c.b, s)
	c.op(">> BDC")
}

// beginText opens a text object or moves within it to a place on the page.
func (c *content) beginText(x, y milli) {
	if !c.inText {
		c.op("BT")
		c.inText, c.lineX, c.lineY = true, 0, 0
	}
	if x != c.lineX || y != c.lineY {
		c.nums(x-c.lineX, y-c.lineY)
		c.op("Td")
		c.lineX, c.lineY = x, y
	}
}

func (c *content) endText() {
	if c.inText {
		c.op("ET")
		c.inText = false
	}
}

// setFont sets font, size and horizontal scaling. Unlike the place they outlive the text object.
func (c *content) setFont(f *font, size milli, stretch int64) {
	if f != c.font || size != c.size {
		if f != c.font && !slices.Contains(c.used.fonts, f) {
			c.used.fonts = append(c.used.fonts, f)
		}
		c.font, c.size = f, size
		c.b = append(appendName(c.b, f.resource), ' ')
		c.nums(size)
		c.op("Tf")
	}
	if stretch != c.stretch {
		c.stretch = stretch
		c.nums(milli(stretch))
		c.op("Tz")
	}
}

func (c *content) setRise(rise milli) {
	if rise != c.rise {
		c.endArray()
		c.rise = rise
		c.nums(rise)
		c.op("Ts")
	}
}

// show adds a glyph to the string of the open TJ array.
func (c *content) show(code uint16) {
	if c.glyphs == 0 {
		c.openArray()
		c.b = append(c.b, '(')
	}
	c.b = appendEscaped(appendEscaped(c.b, byte(code>>8)), byte(code))
	c.glyphs++
	if c.glyphs == longestString {
		c.endString()
	}
}

// adjust moves the pen left by thousandths of an em.
func (c *content) adjust(off int64) {
	c.openArray()
	c.endString()
	c.b = strconv.AppendInt(c.b, off, 10)
}

func (c *content) openArray() {
	if !c.arrayOpen {
		c.b = append(c.b, '[')
		c.arrayOpen = true
	}
}

func (c *content) endString() {
	if c.glyphs > 0 {
		c.b = append(c.b, ')')
		c.glyphs = 0
	}
}

func (c *content) endArray() {
	if c.arrayOpen {
		c.endString()
		c.op("]TJ")
		c.arrayOpen = false
	}
}

// nano converts 1/65536 pt to nanopoints.
func nano(l int64) int64 { return roundDiv(l*1e9, 1<<16) }

// roundDiv divides by a positive number and rounds to nearest.
func roundDiv(a, b int64) int64 {
	if half := b - b/2; a < half && a > -half { // most pens are where they should be, and a division takes time
		return 0
	}
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}
