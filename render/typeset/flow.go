package typeset

import (
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// vrow is a row of a chapter before pages are made: something of a known height that stands in one piece.
type vrow struct {
	before  unit.Len // space above, which disappears at the head of a page
	stretch unit.Len // how much more of it there may be to fill a page
	shrink  unit.Len // how much less to spare one
	deep    unit.Len // on the grid, how much less beyond that if nothing else keeps a few lines from a page of their own
	height  unit.Len
	comps   []core.Component
	brk     int // price of a page break before the row
	notes   []*footnote
	anchors []string
	decors  []*decor   // what is drawn behind or beside it, outermost first
	heads   []*vrow    // rows to be repeated above this one if it begins a page
	mark    string     // text for the running head from here on
	isText  bool       // a line of a paragraph
	snap    unit.Len   // its top is a multiple of this below the top of the type area; 0: it stands where it comes
	par     *para      // the paragraph of which it is a line, if that may be set a line longer or shorter
	base    unit.Len   // baseline of the row's first line, for marks beside it
	place   tree.Place // where in the text the row begins
	need    unit.Len   // room from its top on that its page has at least, if something stands above it
}

// The prices of page breaks. A page that is not filled costs up to a few hundred, see paginate.
const (
	breakNever = 10000
	breakBad   = 800
	breakPoor  = 250
)

// decor is drawn behind the rows of a block: the tint of a listing, the bar beside a quotation. It begins again on each
// page that the block reaches.
type decor struct {
	x, w  unit.Len
	color layouts.Color
	pad   unit.Len // above the first row and below the last on a page
}

// setter sets one chapter. It is not safe for concurrent use; its engine is.
type setter struct {
	*engine
	lang  string
	rows  []*vrow
	elem  *Elem // the chapter's element
	level int   // heading level of the chapter's title: headings begin one below

	gap        unit.Len // space before the next row: the largest that was asked for
	gapStretch unit.Len
	keep       int // so many of the next rows stand on the page of the row before them
	price      int // price of a break before the next row
	need       unit.Len
	anchors    []string
	opens      []*Elem
	decors     []*decor
	mark       string
	begin      tree.Place // what the next row begins
	turnedRows []*turned
	inNote     bool
	notes      *noteNumbers // of the chapter's notes; nil for those of the notes themselves
	dialogue   bool         // the text is minutes: paragraphs are turns of speakers
	desk       *desk        // nil until it is needed
}

// space asks for space before the next row. Of several demands the largest counts.
func (s *setter) space(l, stretch unit.Len) {
	s.gap, s.gapStretch = max(s.gap, l), max(s.gapStretch, stretch)
}

// keepNext keeps the next n rows on the page of the row before them.
func (s *setter) keepNext(n int) { s.keep = max(s.keep, n) }

// charge sets the least price of a page break before the next row.
func (s *setter) charge(price int) { s.price = max(s.price, price) }

// add appends a row.
func (s *setter) add(r *vrow) *vrow {
	r.before, r.stretch, r.shrink = s.gap, s.gapStretch, min(s.gap/4, s.gapStretch/2)
	s.gap, s.gapStretch = 0, 0
	r.brk = max(r.brk, s.price)
	s.price = 0
	if s.keep > 0 {
		r.brk = breakNever
		s.keep--
	}
	r.anchors = append(r.anchors, s.anchors...)
	s.anchors = nil
	if len(s.opens) > 0 {
		r.comps = append([]core.Component{&Openings{Elems: s.opens}}, r.comps...)
		s.opens = nil
	}
	r.decors = append(r.decors, s.decors...)
	r.need, s.need = s.need, 0
	if !s.begin.IsZero() {
		r.place, s.begin = s.begin, tree.Place{}
	}
	if s.mark != "" {
		r.mark, s.mark = s.mark, ""
	}
	s.rows = append(s.rows, r)
	return r
}

// anchor names the place of the next row.
func (s *setter) anchor(name string) {
	if name != "" {
		s.anchors = append(s.anchors, name)
	}
}

// place is where blocks are set: a column of the type area, the style of its text, and the element that they belong to.
type place struct {
	x, w  unit.Len
	style style
	elem  *Elem
	depth int  // of lists
	tight bool // paragraphs follow each other without space: tight lists, table cells
	// mirrored says that the text is a list's that runs from right to left.
	mirrored bool
	half     bool // lines may stand between those of the grid: lists, quotations
}

// in returns the place indented by d on the left.
func (p place) in(d unit.Len) place {
	// A column keeps at least a quarter of what it has: deep nesting narrows it, and then no more.
	d = min(d, max(0, p.w-8*p.style.look.size))
	p.x += d
	p.w -= d
	return p
}

// narrow is the measure in ems, some forty characters, below which lines are not justified: a narrower one has too few spaces
// to take up what is missing. Forty is what Robert Bringhurst calls a reasonable working minimum for justified English (The
// Elements of Typographic Style, 2.1.2).
const narrow = 19

// writtenInSquares reports whether a language is written without spaces, so that any measure can be justified.
func writtenInSquares(lang string) bool {
	return strings.HasPrefix(lang, "zh") || strings.HasPrefix(lang, "ja")
}

// emit appends the lines of a paragraph as rows that keep together by the rules of widows and orphans: no first or last
// line stands alone on a page.
func (s *setter) emit(c *content, p place, indent unit.Len) []*vrow {
	if p.w < c.style.look.size*narrow && !writtenInSquares(c.lang) {
		c.style.justify, c.style.narrow = false, c.style.justify
	}
	m := s.measured(c, p.x, p.w, indent)
	broken, _ := m.broken(0)
	if p.half {
		broken = m.accompanied(broken)
	}
	lines := m.set(broken)
	if len(lines) == 0 { // ids without text name the place of what comes next
		for _, a := range c.anchors {
			s.anchor(a.name)
		}
	}
	rows := make([]*vrow, 0, len(lines))
	var par *para
	if c.style.justify && !s.inNote && len(lines) >= leastPara {
		par = &para{text: m.kept(), lines: lines}
	}
	for i := range lines {
		r := &carve(&s.work().slabs.rows, 1, 32)[0]
		*r = vrow{height: c.style.leading, notes: lines[i].notes, anchors: lines[i].anchors, base: lines[i].line.Baseline, isText: true, place: lines[i].place}
		r.comps = carve(&s.work().slabs.comps, 1, 64)
		r.comps[0] = lines[i].line
		r.par = par
		if c.style.grid && c.style.leading == s.layout.Text.Leading {
			r.snap = c.style.leading
			if p.half {
				r.snap /= 2
			}
		}
		if i > 0 {
			r.brk = lineBreak(lines, i)
		}
		rows = append(rows, s.add(r))
	}
	if par != nil {
		par.rows, par.own = rows, rows[0].anchors[len(lines[0].anchors):]
	}
	return rows
}

// lineBreak is the price of a page break before line i > 0 of a paragraph: no first or last line stands alone, and no word
// is broken by a page turn if that can be helped.
func lineBreak(lines []setLine, i int) int {
	switch n := len(lines); {
	case n <= 3, i == 1, i == n-1:
		return breakNever
	case lines[i-1].hyphen:
		return breakPoor
	}
	return 0
}
