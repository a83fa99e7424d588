package typeset

import (
	"fmt"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// tabler sets a table in the manner of booktabs: horizontal rules only, heavier at the top and the bottom, and air.
type tabler struct {
	s      *setter
	t      *tree.Table
	p      place
	style  style
	gap    unit.Len // between columns
	head   []*content
	body   [][]*content
	whole  []unit.Len // by column: the width of the widest cell on one line
	least  []unit.Len // by column: the width of the widest word
	broken []unit.Len // by column: the width of the widest part of a word that cannot be broken
	widths []unit.Len
	xs     []unit.Len
	elem   *Elem
	turned bool // it stands on pages of its own
}

// tallRow is the number of lines from which a table row may be divided by a page break.
const tallRow = 9

// table sets a table as wide as its contents ask for, at most as wide as its place. One that is too wide is set smaller, then
// with broken words, then on a turned page in the same steps, and at last as a list of records.
func (s *setter) table(b *tree.Table, p place) {
	ls := s.layout.Styles[layouts.RoleTable]
	gap := ls.Before
	if p.depth > 0 {
		gap /= 2
	}
	s.space(gap, gap/2)
	t := s.tabler(b, p)
	tight, ok := t.fit()
	switch {
	case ok:
		if tight != tightNot {
			s.report.Infof(CodeTableNarrowed, b.Pos(), "the table is too wide for the page: it is set %s", tight)
		}
		t.emit()
	case s.turnedTable(b, p):
	default:
		s.report.Warnf(CodeTableNarrowed, b.Pos(), "the table with %d columns is wider than the page, on its side, too: its rows are printed as records", len(b.Align))
		t.records()
	}
	s.gap, s.gapStretch = ls.After, ls.After/2
}

func (s *setter) tabler(b *tree.Table, p place) *tabler {
	t := &tabler{s: s, t: b, p: p, style: s.role(layouts.RoleTable), elem: p.elem.Child("Table")}
	t.style.hyphenate = true
	t.style.look.figures = tabularFigures
	return t
}

// turnedTable sets a table on turned pages, if it has room there.
func (s *setter) turnedTable(b *tree.Table, p place) bool {
	if !s.mayTurn() {
		return false
	}
	sub := &setter{engine: s.engine, desk: s.work(), lang: s.lang, elem: s.elem, level: s.level, notes: s.notes}
	t := sub.tabler(b, sub.turnedPlace(p))
	t.turned = true
	tight, ok := t.fit()
	if !ok {
		return false
	}
	how := ""
	if tight != tightNot {
		how = ", " + tight.String()
	}
	s.report.Infof(CodeTableNarrowed, b.Pos(), "the table is too wide for the page: it stands on a page of its own, on its side%s", how)
	t.emit()
	what := b.Caption
	if len(what) == 0 {
		what = tree.Inlines{&tree.Text{Text: s.words.Matter().Table}}
	}
	s.onTurned(sub.rows, what, t.elem, b.Pos(), p)
	return true
}

// tightness says what was done to a table to find room for it.
type tightness uint8

const (
	tightNot    tightness = iota
	tightSmall            // smaller type
	tightBroken           // smaller type and broken words
)

func (t tightness) String() string {
	if t == tightBroken {
		return "smaller and with broken words"
	}
	return "smaller"
}

// The sizes that a table is tried in, as shares of the layout's: below six sevenths type is no longer of the same book.
var tableSizes = []float64{1, 0.92, 0.85}

// leastColumn is the width in ems of a column that is narrowed by breaking its words: columns of a few letters are no table any
// more. What no hyphen divides into parts of mostPart is broken anywhere.
const (
	leastColumn = 5
	mostPart    = 8
)

// fit finds widths of columns; ok is false if there are none.
func (t *tabler) fit() (tight tightness, ok bool) {
	st := t.s.role(layouts.RoleTable)
	for _, size := range tableSizes {
		t.style.look.size, t.style.leading = st.look.size.Mul(size), st.leading.Mul(size)
		t.gap = t.style.look.size.Mul(1.3)
		t.measure()
		if t.share(t.room(), t.least) {
			return tight, true
		}
		tight = tightSmall
	}
	floor := make([]unit.Len, len(t.least))
	for i := range floor {
		floor[i] = min(t.least[i], max(min(t.broken[i], t.style.look.size*mostPart), t.style.look.size*leastColumn))
	}
	return tightBroken, t.share(t.room(), floor)
}

// room is the width that the columns share.
func (t *tabler) room() unit.Len { return t.p.w - t.gap*unit.Len(len(t.t.Align)-1) }

// measure makes the cells and measures the columns.
func (t *tabler) measure() {
	n := len(t.t.Align)
	t.whole, t.least, t.broken = make([]unit.Len, n), make([]unit.Len, n), make([]unit.Len, n)
	note := func(i int, c *content) {
		w := t.s.widths(c)
		t.whole[i], t.least[i], t.broken[i] = max(t.whole[i], w.whole), max(t.least[i], w.word), max(t.broken[i], w.part)
	}
	t.head, t.body = nil, nil
	bold := t.style
	bold.look.weight = 600
	bold.hyphenate = false
	for i, c := range t.t.Header {
		h := t.s.inline(c.Text, bold, &Elem{Role: "TH", Scope: "Column"}, c.Pos())
		t.head = append(t.head, h)
		note(i, h)
	}
	for _, r := range t.t.Rows {
		var row []*content
		for i, c := range r.Cells {
			cell := t.s.inline(c.Text, t.style, &Elem{Role: "TD"}, c.Pos())
			row = append(row, cell)
			if i < n {
				note(i, cell)
			}
		}
		t.body = append(t.body, row)
	}
	for i, a := range t.t.Align {
		if i < len(t.head) {
			t.head[i].style.align = t.s.alignOf(a)
		}
		for _, row := range t.body {
			if i < len(row) {
				row[i].style.align = t.s.alignOf(a)
			}
		}
	}
}

func (e *engine) alignOf(a tree.Align) align {
	switch a {
	case tree.AlignCenter:
		return alignCenter
	case tree.AlignRight:
		if e.rtl { // sides are those of the page, and the page will be mirrored
			return alignLeft
		}
		return alignRight
	case tree.AlignLeft:
		if e.rtl {
			return alignRight
		}
	}
	return alignLeft
}

// share gives each column at least its floor and of the rest what it lacks of its whole width, in proportion. It reports
// whether the floors have room.
func (t *tabler) share(avail unit.Len, floor []unit.Len) bool {
	var whole, least unit.Len
	for i := range floor {
		whole += t.whole[i]
		least += floor[i]
	}
	t.widths = make([]unit.Len, len(floor))
	switch {
	case whole <= avail:
		copy(t.widths, t.whole)
	case least > avail:
		return false
	default:
		// The square root keeps one long column from starving the others.
		var sum float64
		want := make([]float64, len(floor))
		for i := range floor {
			want[i] = float64(t.whole[i] - floor[i])
			sum += want[i]
		}
		rest := avail - least
		for i := range floor {
			add := unit.Len(0)
			if sum > 0 {
				add = rest.Mul(want[i] / sum)
			}
			t.widths[i] = floor[i] + add
		}
		t.even(floor, avail)
	}
	t.xs = make([]unit.Len, len(floor))
	x := t.p.x
	for i := range t.xs {
		t.xs[i] = x
		x += t.widths[i] + t.gap
	}
	return true
}

// even makes narrow columns as wide as their contents when the widest can spare it: it is better that one column wraps
// than that all do.
func (t *tabler) even(floor []unit.Len, avail unit.Len) {
	for range len(floor) {
		widest, needy := -1, -1
		for i := range t.widths {
			if lack := t.whole[i] - t.widths[i]; lack > 0 && (needy < 0 || lack < t.whole[needy]-t.widths[needy]) {
				needy = i
			}
			if widest < 0 || t.widths[i]-floor[i] > t.widths[widest]-floor[widest] {
				widest = i
			}
		}
		if needy < 0 || needy == widest {
			return
		}
		lack := t.whole[needy] - t.widths[needy]
		if spare := t.widths[widest] - max(floor[widest], avail/4); lack > spare {
			return
		}
		t.widths[needy] += lack
		t.widths[widest] -= lack
	}
}

// width is that of the whole table.
func (t *tabler) width() unit.Len {
	w := t.gap * unit.Len(len(t.widths)-1)
	for _, c := range t.widths {
		w += c
	}
	return w
}

// emit appends the rows of the table.
func (t *tabler) emit() {
	s := t.s
	s.captionAnchor(t.t)
	if len(t.t.Caption) > 0 {
		s.caption(t.t.Caption, t.p, t.elem.Child("Caption"), t.t)
		s.gap = 3 * unit.Pt
		s.keepNext(1)
	}
	em := t.style.look.size
	ex := em.Mul(0.48)
	start := len(s.rows)
	var heads []*vrow
	heads = append(heads, t.rule(em.Mul(0.08), 0, ex.Mul(0.65)))
	if len(t.head) > 0 {
		row := t.elem.Child("THead").Child("TR")
		s.keepNext(99)
		heads = append(heads, t.cells(t.head, row)...)
		heads = append(heads, t.rule(em.Mul(0.05), ex.Mul(0.4), ex.Mul(0.65)))
	}
	repeat := repeated(heads)
	if c := t.continued(); c != nil {
		repeat = append([]*vrow{c}, repeat...)
	}
	body := t.elem.Child("TBody")
	for i, r := range t.body {
		s.keep = 0
		if i == 0 {
			s.keep = 1
		}
		first := len(s.rows)
		if i > 0 {
			s.gap = ex.Mul(0.35)
		}
		rows := t.cells(r, body.Child("TR"))
		for k, row := range rows {
			if k > 0 && (len(rows) < tallRow || k < 2 || k > len(rows)-2) {
				row.brk = breakNever
			} else if k > 0 {
				row.brk = breakBad
			}
			row.heads = repeat
		}
		// No row of the body stands alone on a page.
		if n := len(t.body); i > 0 && (i == 1 || i == n-1) && first < len(s.rows) {
			s.rows[first].brk = breakNever
		}
	}
	t.keepShort(start)
	s.keep = 1
	t.rule(em.Mul(0.08), ex.Mul(0.4), 0)
	s.keep = 0
}

// continued is the line above a table that goes on from the page before, nil if the table has no caption.
func (t *tabler) continued() *vrow {
	s := t.s
	if len(t.t.Caption) == 0 {
		return nil
	}
	st := s.role(layouts.RoleCaption)
	text := tree.PlainText(t.t.Caption)
	text = s.shorten(text, st, t.p.w-t.p.w/4) // what stands behind the caption has room
	for _, l := range s.lines(s.text(fmt.Sprintf(s.words.Matter().Continued, text), st, nil), t.p.x, unit.Max/4) {
		return &vrow{height: st.leading, base: l.line.Baseline, comps: []core.Component{l.line.artifact()}}
	}
	return nil
}

// shortTable is the part of the page up to whose height a table is not divided.
const shortTable = 3

// keepShort keeps a short table on one page.
func (t *tabler) keepShort(start int) {
	var sum unit.Len
	for _, r := range t.s.rows[start:] {
		sum += r.before + r.height
	}
	most := t.s.layout.Page.TextHeight() / shortTable
	if t.turned { // nothing else is on its page
		most = t.s.layout.Page.TextWidth()
	}
	if sum > most {
		return
	}
	for _, r := range t.s.rows[min(start+1, len(t.s.rows)):] {
		r.brk = breakNever
	}
}

// rule appends a row with a rule across the table.
func (t *tabler) rule(thick, above, below unit.Len) *vrow {
	box := &Box{X: t.p.x, Y: above, W: t.width(), H: thick, Color: t.s.layout.Colors.Text}
	return t.s.add(&vrow{height: above + thick + below, comps: []core.Component{box}})
}

// cells appends the lines of a table row. The elements of all cells are opened first: empty ones count as cells, too.
func (t *tabler) cells(row []*content, tr *Elem) []*vrow {
	s := t.s
	var rows []*vrow
	for i, c := range row {
		if i >= len(t.widths) {
			break
		}
		c.elem.Parent = tr
		s.opens = append(s.opens, c.elem)
		for k, l := range s.lines(c, t.xs[i], t.widths[i]) {
			for len(rows) <= k {
				rows = append(rows, &vrow{height: t.style.leading})
			}
			r := rows[k]
			r.comps = append(r.comps, l.line)
			r.notes = append(r.notes, l.notes...)
			r.anchors = append(r.anchors, l.anchors...)
			r.base = l.line.Baseline
			if r.place.IsZero() {
				r.place = l.place
			}
		}
	}
	if len(rows) == 0 {
		rows = append(rows, &vrow{height: t.style.leading})
	}
	for _, r := range rows {
		s.add(r)
	}
	return rows
}

// repeated copies rows as artifacts, to stand again at the head of a page.
func repeated(rows []*vrow) []*vrow {
	var out []*vrow
	for _, r := range rows {
		n := &vrow{before: r.before, height: r.height, base: r.base}
		for _, c := range r.comps {
			switch c := c.(type) {
			case *Line:
				n.comps = append(n.comps, c.artifact())
			case *Box:
				n.comps = append(n.comps, c)
			}
		}
		out = append(out, n)
	}
	return out
}

// artifact copies a line as a repetition without meaning of its own.
func (l *Line) artifact() *Line {
	c := *l
	c.Artifact, c.Kind = true, ArtifactLayout
	c.Parts = nil
	for _, p := range l.Parts {
		if p.ref != nil && p.ref.note != nil {
			continue // the note stands where the row stands first
		}
		p.Elem, p.Link, p.Attach = nil, nil, nil
		c.Parts = append(c.Parts, p)
	}
	return &c
}

// records sets the table as a list: each row a group of lines with the column's title before the value.
func (t *tabler) records() {
	s := t.s
	s.captionAnchor(t.t)
	if len(t.t.Caption) > 0 {
		s.caption(t.t.Caption, t.p, t.p.elem.Child("P"), t.t)
		s.gap = 3 * unit.Pt
		s.keepNext(1)
	}
	list := t.p.elem.Child("L")
	label := s.role(layouts.RoleTable)
	for i, r := range t.t.Rows {
		if i > 0 {
			s.gap, s.gapStretch = s.layout.Text.ParSkip, s.layout.Text.ParSkip/2
		}
		item := list.Child("LI").Child("LBody")
		for k, c := range r.Cells {
			var text tree.Inlines
			if k < len(t.t.Header) && len(t.t.Header[k].Text) > 0 {
				text = append(text, &tree.Strong{Text: t.t.Header[k].Text}, &tree.Text{Text: ": "})
			}
			text = append(text, c.Text...)
			if k > 0 {
				s.gap = 0
			}
			p := t.p
			p.x += label.look.size * min(1, unit.Len(k))
			p.w -= label.look.size * min(1, unit.Len(k))
			s.emit(s.inline(text, label, item.Child("P"), c.Pos()), p, 0)
			if k == 0 {
				s.keepNext(1)
			}
		}
	}
}
