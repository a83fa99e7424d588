package typeset

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
)

// frag is a stretch of a word that is shaped at once: one look, font and direction, no space.
type frag struct {
	*word
	start, end int // bytes of the paragraph's text
	span       *span
	font       *shape.Font
	opts       *shape.Options
	level      uint8
	missing    bool
	rigid      bool // its characters are not expanded: they stand in squares
}

// shaped cuts the text into frags and shapes them, once.
func (s *setter) shaped(c *content) {
	if c.ready {
		return
	}
	c.ready = true
	c.rtl = c.direction()
	c.bidi = shape.NewParagraph(c.text, c.rtl)
	for i := range c.spans {
		// Code and addresses run from left to right as a whole, whatever stands around them.
		if sp := &c.spans[i]; sp.path {
			c.bidi.Isolate(sp.start, sp.end)
		}
	}
	for i := range c.spans {
		sp := &c.spans[i]
		if sp.picture != nil {
			continue
		}
		chain := s.chain(&sp.look)
		if len(chain) == 0 {
			continue
		}
		for _, it := range c.bidi.Items(sp.start, sp.end, chain, s.faces.beyond(&sp.look)) {
			s.shapeItem(c, sp, it)
		}
	}
}

// shapeItem shapes the words of an item.
func (s *setter) shapeItem(c *content, sp *span, it shape.Item) {
	text := c.text[it.Start:it.End]
	opts := s.work().options(shape.Options{Lang: sp.lang, Script: it.Script, RTL: it.RTL(), Features: sp.look.features(it.Font)})
	c.frags = slices.Grow(c.frags, 1+strings.Count(text, " "))
	for i := 0; i < len(text); {
		if isBreakChar(text[i:]) > 0 {
			i += isBreakChar(text[i:])
			continue
		}
		j := i
		for j < len(text) && isBreakChar(text[j:]) == 0 {
			j++
		}
		f := &carve(&s.work().slabs.frags, 1, 128)[0]
		*f = frag{start: it.Start + i, end: it.Start + j, span: sp, font: it.Font, opts: opts, level: it.Level, missing: it.Missing}
		f.word = s.word(f, text[i:j])
		f.rigid = f.wide
		if it.Missing || s.faces.isForeign(it.Font) {
			s.gaps.note(sp.pos, text[i:j], it)
		}
		c.frags = append(c.frags, f)
		i = j
	}
}

// options returns the options that are kept: most items have those of the one before.
func (d *desk) options(o shape.Options) *shape.Options {
	if p := d.opts; p == nil || p.Lang != o.Lang || p.Script != o.Script || p.RTL != o.RTL || !slices.Equal(p.Features, o.Features) {
		d.opts = &o
	}
	return d.opts
}

// isBreakChar returns the length of the space or line separator that text begins with, 0 if it begins with neither.
func isBreakChar(text string) int {
	switch {
	case text[0] == ' ':
		return 1
	case strings.HasPrefix(text, "\u00A0"):
		return 2
	case strings.HasPrefix(text, "\u2028"), strings.HasPrefix(text, "\u202F"), strings.HasPrefix(text, "\u200B"), strings.HasPrefix(text, object):
		return 3
	}
	return 0
}

// glyphs shapes a piece of a frag, in lengths of the frag's size. starts and ends are the clusters' places in the piece.
func (s *setter) glyphs(f *frag, text string) (glyphs []Glyph, starts, ends []int32) {
	return s.glyphsWith(f, f.font.Style(*f.opts), text)
}

// glyphsWith is glyphs with the style of the frag's font and options.
func (s *setter) glyphsWith(f *frag, st shape.Style, text string) (glyphs []Glyph, starts, ends []int32) {
	if f.span.look.caps && !f.font.HasFeature("smcp") {
		text = upper(text)
	}
	d := s.work()
	d.shaped = st.Append(d.shaped[:0], text)
	shaped := d.shaped
	size, upem := f.span.look.size, f.font.UnitsPerEm()
	glyphs = carve(&d.slabs.glyphs, len(shaped), 1024)
	clusters := carve(&d.slabs.clusters, 2*len(shaped), 2048)
	starts, ends = clusters[:len(shaped)], clusters[len(shaped):]
	track := size.Mul(f.span.look.tracking)
	for i, g := range shaped {
		glyphs[i] = Glyph{ID: g.ID, Advance: scale(g.Advance, size, upem).Short(), DX: scale(g.DX, size, upem).Short(), DY: scale(g.DY, size, upem).Short()}
		starts[i], ends[i] = g.Cluster, g.End
		first := i == 0 || shaped[i-1].Cluster != g.Cluster
		if f.opts.RTL {
			first = i == len(shaped)-1 || shaped[i+1].Cluster != g.Cluster
		}
		if first {
			glyphs[i].Text = clusterText(text[g.Cluster:g.End])
		}
		if track != 0 && (i == len(shaped)-1 || shaped[i+1].Cluster != g.Cluster) {
			glyphs[i].Advance += track.Short()
		}
	}
	return glyphs, starts, ends
}

// clusterText is the text of a glyph that shows s: without soft hyphens. Letters of one byte share their memory, so that whoever
// compares texts need not look at them.
func clusterText(s string) string {
	if len(s) == 1 && s[0] < utf8.RuneSelf {
		return ascii[s[0] : s[0]+1]
	}
	return strings.ReplaceAll(s, "\u00AD", "")
}

// ascii has all characters of one byte in order.
var ascii = func() string {
	var b [utf8.RuneSelf]byte
	for i := range b {
		b[i] = byte(i)
	}
	return string(b[:])
}()

// upper makes capitals of letters whose capital has the same length, so that offsets stay true.
func upper(text string) string {
	if up := strings.ToUpper(text); len(up) == len(text) {
		return up
	}
	return text
}

// isIgnorable reports whether a character is a mark for layout without a glyph of its own: joiners, variation selectors,
// direction marks.
func isIgnorable(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F ||
		r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF || r >= 0xE0000 && r <= 0xE0FFF
}

// slice returns the glyphs of the bytes [a, b) of the paragraph. A whole frag has its glyphs ready; a part that begins and
// ends between clusters without a connection is cut out, and everything else is shaped anew.
func (s *setter) slice(c *content, f *frag, a, b int) []Glyph {
	if a == f.start && b == f.end {
		return f.glyphs
	}
	g, _, _ := s.glyphs(f, c.text[a:b])
	return g
}

// widths adds to a list the widths of the parts of a frag between cuts, which ascend from f.start to f.end. A cluster that is
// cut gives each part a share by its bytes; the paragraph's breaks correct that when they are used.
func (f *frag) widths(list []unit.Len, cuts []int) []unit.Len {
	n := len(list)
	list = append(list, make([]unit.Len, len(cuts)-1)...)
	out := list[n:]
	for i := range f.glyphs {
		a, b, w := f.start+int(f.starts[i]), f.start+int(f.ends[i]), f.glyphs[i].Advance.Len()
		for k := range out {
			lo, hi := max(a, cuts[k]), min(b, cuts[k+1])
			switch {
			case hi <= lo:
			case lo == a && hi == b:
				out[k] += w
			default:
				out[k] += w*unit.Len(hi-a)/unit.Len(b-a) - w*unit.Len(lo-a)/unit.Len(b-a) // no remainder is lost
			}
		}
	}
	return list
}
