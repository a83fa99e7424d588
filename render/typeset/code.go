package typeset

import (
	"slices"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/highlight"
)

// listing sets a code block: highlighted, on a tint, with long lines wrapped behind a mark and indented as deep as they
// begin and two columns more. It may be split over pages with at least three lines on either side that are not blank; a short
// one is not if that costs nothing worse.
func (s *setter) listing(b *tree.CodeBlock, p place) {
	ls := s.layout.Styles[layouts.RoleCode]
	pad := s.layout.Code.Padding
	gap := ls.Before
	if p.depth > 0 {
		gap = max(gap*2/3, pad/2)
	}
	s.space(gap, gap/2)
	if len(b.Caption) > 0 {
		s.caption(b.Caption, p, p.elem.Child("P"), b)
		s.gap = unit.Pt * 3
		s.keepNext(1)
	}
	elem := p.elem.Child("P").Child("Code")
	l := &lister{s: s, elem: elem, x: p.x + pad, w: p.w - 2*pad, style: s.role(layouts.RoleCode), pos: b.Pos()}
	l.start()
	on, from := numbering(b.Info, s.layout.Code.Numbers)
	l.numbers = on
	s.decors = append(s.decors, &decor{x: p.x, w: p.w, color: s.layout.Colors.Tint, pad: pad})
	lines := highlight.Lines(b.Language, b.Text)
	var rows []*vrow
	var wide []int // the lines that were wrapped, from 0
	for i, tokens := range lines {
		set := l.line(tokens, from+i)
		if len(set) > 1 {
			wide = append(wide, i)
		}
		rows = append(rows, set...)
	}
	l.reportWide(b, lines, wide)
	number(rows, b)
	keep := s.keep
	price := breakPoor + max(0, shortListing-len(rows))*costPerLine
	above, below := 0, 0 // lines that are not blank
	for _, r := range rows {
		if !r.empty() {
			below++
		}
	}
	for i, r := range rows {
		s.keep = 0
		if i == 0 {
			s.keep = min(keep, 1)
			s.gap += pad
		}
		switch {
		case i == 0:
		case above < 3 || below < 3:
			r.brk = breakNever
		case r.empty(): // no page begins with a blank line
			r.brk = breakBad
		case rows[i-1].empty(): // between two parts of the source
			r.brk = max(r.brk, price-breakPoor/2)
		case i >= 2 && rows[i-2].empty(), i+1 < len(rows) && rows[i+1].empty(): // a single line of a part would be left behind
			r.brk = max(r.brk, price+breakPoor)
		default:
			r.brk = max(r.brk, price)
		}
		if !r.empty() {
			above++
			below--
		}
		s.add(r)
	}
	s.keep = 0
	s.decors = s.decors[:len(s.decors)-1]
	s.gap = 0
	s.space(gap+pad, gap/2)
}

// shortListing is the number of lines below which a listing had better stay whole, and costPerLine what each line less adds to
// the price of dividing it.
const (
	shortListing = 12
	costPerLine  = 50
)

// empty reports whether a row of a listing shows nothing.
func (r *vrow) empty() bool {
	for _, c := range r.comps {
		if line, ok := c.(*Line); !ok || !line.Artifact && len(line.Parts) > 0 {
			return false
		}
	}
	return true
}

// lister sets the lines of a listing.
type lister struct {
	s     *setter
	elem  *Elem
	x, w  unit.Len
	style style
	cell  unit.Len // width of a column
	pos   diag.Pos

	numbers bool // lines have their numbers beside them

	buf []cellOf // of the line that is being set
}

func (l *lister) start() {
	l.cell = l.s.spaceWidth(&l.style.look)
}

// reportWide says which lines of a listing the measure does not hold: once a listing, at the first of them.
func (l *lister) reportWide(b *tree.CodeBlock, lines [][]highlight.Token, wide []int) {
	if len(wide) == 0 {
		return
	}
	pos := b.Pos()
	if b.First > 0 {
		pos = diag.Pos{File: pos.File, Line: b.First + wide[0]}
	}
	cells, _ := l.cells(lines[wide[0]])
	also := ""
	if n := len(wide) - 1; n == 1 {
		also = ", and so is one more line of this listing"
	} else if n > 1 {
		also = ", and so are " + itoa(n) + " more lines of this listing"
	}
	l.s.report.Infof(CodeLineWide, pos, "the line of code has %d columns where %d fit: it is wrapped%s", len(cells), int(l.w/l.cell), also)
}

// cellOf is a character of a listing as it is set.
type cellOf struct {
	text  string
	width unit.Len
	kind  highlight.Kind
	rest  string // of its token, from the character on; "" for what a tab is expanded to
}

// longestKept is the number of rows up to which a wrapped line is not divided.
const longestKept = 6

// line sets a line of source; it gives more than one row if the line is wrapped.
func (l *lister) line(tokens []highlight.Token, number int) []*vrow {
	cells, indent := l.cells(tokens)
	var rows []*vrow
	first := true
	for first || len(cells) > 0 {
		x, w := l.x, l.w
		if !first {
			// Continued lines stand two columns deeper than the line began, but never in the right half.
			d := min(l.cell*unit.Len(indent+2), l.w/2)
			x, w = x+d, w-d
		}
		n := l.fit(cells, w)
		r := l.row(cells[:n], x)
		if first && l.numbers {
			r.comps = append(r.comps, l.number(number))
		}
		if !first {
			r.comps = append(r.comps, l.wrapMark(x))
			r.brk = breakBad
		}
		rows = append(rows, r)
		cells = cells[n:]
		if !first || len(cells) > 0 {
			// The space at which a line is wrapped is not set again.
			if len(cells) > 0 && cells[0].text == " " {
				r.trail()
				cells = cells[1:]
			}
			for len(cells) > 0 && cells[0].text == " " {
				cells = cells[1:]
			}
		}
		first = false
	}
	if len(rows) <= longestKept {
		for _, r := range rows[1:] {
			r.brk = breakNever
		}
	}
	return rows
}

// cells expands tabs and measures every character; indent is the number of columns before the first letter. The cells are good
// until the next line.
func (l *lister) cells(tokens []highlight.Token) (cells []cellOf, indent int) {
	cells = l.buf[:0]
	lead := true
	for _, t := range tokens {
		shape.EachGrapheme(t.Text, func(start, end int) {
			g := t.Text[start:end]
			if g == "\t" {
				for n := l.s.layout.Code.Tab - len(cells)%l.s.layout.Code.Tab; n > 0; n-- {
					cells = append(cells, cellOf{" ", l.cell, t.Kind, ""})
				}
			} else {
				lead = lead && g == " "
				cells = append(cells, cellOf{g, l.measure(g), t.Kind, t.Text[start:]})
			}
			if lead {
				indent = len(cells)
			}
		})
	}
	l.buf = cells
	// Spaces at the end of a line are of no use on paper.
	for len(cells) > 0 && cells[len(cells)-1].text == " " {
		cells = cells[:len(cells)-1]
	}
	return cells, indent
}

// measure returns the width of a character: one column for the letters of the face, what shaping says for others.
func (l *lister) measure(g string) unit.Len {
	if len(g) == 1 {
		return l.cell
	}
	w := l.s.natural(l.s.text(g, l.style, nil))
	return w
}

// fit returns how many cells stand on a line of width w: up to a good place to break in its last two fifths, else as many
// as go in.
func (l *lister) fit(cells []cellOf, w unit.Len) int {
	var sum unit.Len
	n := 0
	for n < len(cells) && (sum+cells[n].width <= w || n == 0) {
		sum += cells[n].width
		n++
	}
	if n == len(cells) {
		return n
	}
	best, bestRank := n, 0
	for i := n; i > n*3/5 && i > 0; i-- {
		if r := breakRank(cells[i-1].text, cells[i].text); r > bestRank {
			best, bestRank = i, r
		}
	}
	return best
}

// breakRank says how good it is to break a line of code between two characters.
func breakRank(before, after string) int {
	switch {
	case before == " ":
		return 4
	case before == "," || before == ";":
		return 3
	case strings.Contains("([{", before):
		return 2
	case strings.Contains("/.&?=_-|+", after):
		return 1
	}
	return 0
}

// row sets cells from x on.
func (l *lister) row(cells []cellOf, x unit.Len) *vrow {
	line := &Line{Baseline: baseline(l.style.look.size, l.style.leading), frame: frame{l.x, l.w}}
	tokens := 0
	for i := range cells {
		if i == 0 || cells[i].kind != cells[i-1].kind {
			tokens++
		}
	}
	line.Parts = make([]Part, 0, tokens)
	at := x
	for i := 0; i < len(cells); {
		j := i + 1
		for j < len(cells) && cells[j].kind == cells[i].kind {
			j++
		}
		at = l.token(line, textOf(cells[i:j]), cells[i].kind, at)
		i = j
	}
	return &vrow{height: l.style.leading, comps: []core.Component{line}, base: line.Baseline, place: tree.Place{Letters: letters(cells)}}
}

// textOf is the text of cells of one token.
func textOf(cells []cellOf) string {
	n, whole := 0, true
	for i := range cells {
		n += len(cells[i].text)
		whole = whole && cells[i].rest != ""
	}
	if whole {
		return cells[0].rest[:n]
	}
	var b strings.Builder
	b.Grow(n)
	for i := range cells {
		b.WriteString(cells[i].text)
	}
	return b.String()
}

// trail puts a space at the end of a wrapped line, so that copying gives it back.
func (r *vrow) trail() {
	for _, c := range r.comps {
		line, ok := c.(*Line)
		if !ok || len(line.Parts) == 0 {
			continue
		}
		run := line.Parts[len(line.Parts)-1].Run
		if n := len(run.Glyphs); n > 0 && run.Glyphs[n-1].Text == " " {
			return
		}
		for _, g := range run.Glyphs {
			if g.Text == " " {
				longer := *run
				longer.Glyphs = append(slices.Clip(run.Glyphs), g)
				line.Parts[len(line.Parts)-1].Run = &longer
				return
			}
		}
	}
}

// wrapMark draws the arrow that stands before a continued line.
func (l *lister) wrapMark(x unit.Len) core.Component {
	u := l.cell
	path := &Path{Stroke: l.s.layout.Colors.Muted, Width: unit.Pt / 2}
	for _, o := range []struct {
		op   byte
		x, y float64
	}{{'M', 0, 0}, {'L', 0, 0.6}, {'L', 0.95, 0.6}, {'M', 0.65, 0.35}, {'L', 0.95, 0.6}, {'L', 0.65, 0.85}} {
		path.Ops = append(path.Ops, PathOp{Op: o.op, P: [3]Point{{X: u.Mul(o.x), Y: u.Mul(o.y)}}})
	}
	base := baseline(l.style.look.size, l.style.leading)
	return &Drawing{X: x - u.Mul(1.5), Y: base - u.Mul(0.95), Path: path, Name: "wrap", frame: frame{l.x, l.w}}
}
