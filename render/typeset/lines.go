package typeset

import (
	"slices"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/typeset/linebreak"
)

// setLine is a finished line of a paragraph with what happens on it.
type setLine struct {
	line    *Line
	notes   []*footnote
	anchors []string
	width   unit.Len // from the left edge of the measure to the end of the ink
	hyphen  bool
	forced  bool // it ends at a line break that the author wrote
	place   tree.Place
}

// lines breaks content into lines that begin at x and are w wide.
func (s *setter) lines(c *content, x, w unit.Len) []setLine {
	m := s.measured(c, x, w, 0)
	broken, _ := m.broken(0)
	return m.set(broken)
}

// measured is a content that is to be broken into lines of a width. It is good until the setter measures another.
type measured struct {
	s            *setter
	c            *content
	x, w, indent unit.Len
	items        []linebreak.Item
	pieces       []piece
}

func (s *setter) measured(c *content, x, w, indent unit.Len) *measured {
	m := &measured{s: s, c: c, x: x, w: w, indent: indent}
	measure := w - max(indent, 0)
	m.items, m.pieces = s.items(c, measure, s.fits(c, measure))
	return m
}

// kept returns the same for later.
func (m *measured) kept() *measured {
	k := *m
	k.items, k.pieces = slices.Clone(m.items), slices.Clone(m.pieces)
	return &k
}

// broken breaks the content into lines, by so many longer, or shorter, than the best ones; ok is false if they would be
// worse than text may have.
func (m *measured) broken(looseness int) (lines []linebreak.Line, ok bool) {
	if len(m.items) == 0 {
		return nil, true
	}
	p := m.params()
	if p.Looseness = looseness; looseness != 0 {
		p.Pretolerance = -1 // hyphens are welcome if they bring the wanted number of lines
	}
	measures := []int64{int64(m.w - m.indent), int64(m.w)}
	lines, quality := linebreak.Break(m.items, measures, p)
	if looseness == 0 {
		lines = m.wholeNames(lines, quality, measures, p)
	}
	if looseness != 0 && (quality.Pass > 2 || quality.Short > 0 || quality.Overfull > 0) {
		return nil, false
	}
	if m.c.style.balance && len(lines) > 1 {
		lines = balanced(m.items, lines, int64(m.w), p)
	}
	return lines, true
}

// params are the rules by which the content is broken.
func (m *measured) params() linebreak.Params {
	st := &m.c.style
	em := int64(st.look.size)
	p := linebreak.RaggedRight(em)
	if st.justify {
		p = linebreak.Default(em)
		p.Expansion = int(m.s.layout.Text.Expansion*1000 + 0.5)
	}
	// Rather a hyphen than gaps of one and a half spaces on several lines, also in paragraphs of two lines.
	p.Pretolerance, p.HyphenPenalty, p.FinalHyphen = 20, 140, 2000
	if st.justify {
		p.Tolerance = 100
	} else {
		p.HyphenPenalty = 200
	}
	p.MaxStretch = 1000 // to one and a half of the natural space: beyond it letters are spaced, or a line stays ragged
	p.ShortDemerits = 1_000_000
	p.Widen, p.Narrow, p.TrackDemerits = em*letterspace/1000, em*letterspace/1000, 30_000
	if !st.hyphenate {
		p.HyphenPenalty = linebreak.Never
	}
	return p
}

// letterspace is the most that is put between two letters of a line that nothing else can bring to its measure, or taken away there, in
// thousandths of the size of the type: the least that typographers' justification settings usually allow, and nothing to be seen.
const letterspace = 18

// wholeNames returns better lines than those that end inside a short name, if there are any: they leave no more lines short of
// their measure and none sticking out. A high price alone does not keep names whole: of several passes over the paragraph the first
// that finds any lines decides, however dear they are.
func (m *measured) wholeNames(lines []linebreak.Line, quality linebreak.Quality, measures []int64, p linebreak.Params) []linebreak.Line {
	inName := func(it *linebreak.Item) bool { return it.Kind == linebreak.Penalty && it.Penalty == penaltyName }
	if !slices.ContainsFunc(lines, func(l linebreak.Line) bool { return l.Break < len(m.items) && inName(&m.items[l.Break]) }) {
		return lines
	}
	var names []int
	for i := range m.items {
		if inName(&m.items[i]) {
			names = append(names, i)
			m.items[i].Penalty = linebreak.Never
		}
	}
	whole, q := linebreak.Break(m.items, measures, p)
	if q.Short <= quality.Short && q.Overfull <= quality.Overfull {
		return whole
	}
	for _, i := range names {
		m.items[i].Penalty = penaltyName
	}
	return lines
}

// lonely is the part of the measure that a single word on the last line fills at least, to look like more than a word.
const lonely = 4

// accompanied returns lines that do not end with a single short word below one justified line, or with part of one, if other spaces
// within the limits of text bring the word before down to it. A first line that stayed short for that would look worse than the word.
func (m *measured) accompanied(broken []linebreak.Line) []linebreak.Line {
	if len(broken) != 2 || !m.c.style.justify || broken[0].Last || writtenInSquares(m.c.lang) || !m.alone(&broken[1]) {
		return broken
	}
	p := m.params()
	p.RuntDemerits = linebreak.NoRunt
	for _, p.Runt = range []int64{int64(m.w) / lonely, 3 * int64(m.c.style.look.size)} {
		lines, q := linebreak.Break(m.items, []int64{broken[0].Measure, int64(m.w)}, p)
		if len(lines) == 2 && q.Pass < 3 && q.Short == 0 && !m.alone(&lines[1]) {
			return lines
		}
	}
	return broken
}

// alone reports whether a line is a single short word.
func (m *measured) alone(l *linebreak.Line) bool {
	if l.Natural*lonely >= l.Measure {
		return false
	}
	for _, it := range m.items[l.Start:l.End] {
		if it.Kind == linebreak.Glue {
			return false
		}
	}
	return true
}

// set makes the lines.
func (m *measured) set(broken []linebreak.Line) []setLine {
	b := &lineBuilder{s: m.s, c: m.c, items: m.items, pieces: m.pieces}
	out := make([]setLine, 0, len(broken))
	for i := range broken {
		left, measure := m.x, m.w
		if i == 0 {
			left, measure = m.x+m.indent, m.w-m.indent
			if m.s.against(m.c) {
				left = m.x
			}
		}
		out = append(out, b.build(&broken[i], left, measure))
		b.ends = append(b.ends, lineEnd(&broken[i], m.pieces, len(m.c.text)))
	}
	b.attach(out)
	return out
}

// lineEnd is the byte of the paragraph at which a line's text ends.
func lineEnd(l *linebreak.Line, pieces []piece, n int) int {
	if l.End > l.Start && l.Break < len(pieces) {
		return pieces[l.End-1].end
	}
	return n
}

// balanced narrows the measure as far as the number of lines stays the same, so that no line is left with a word.
func balanced(items []linebreak.Item, broken []linebreak.Line, w int64, p linebreak.Params) []linebreak.Line {
	lo, hi := w/2, w
	for range 7 {
		mid := (lo + hi) / 2
		if try, q := linebreak.Break(items, []int64{mid}, p); len(try) == len(broken) && q.Overfull == 0 {
			hi, broken = mid, try
		} else {
			lo = mid
		}
	}
	return broken
}
