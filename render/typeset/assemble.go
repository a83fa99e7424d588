package typeset

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// GridSize is the number of columns of the pages' grid; every row has one column that spans it.
const GridSize = 12

// numbered is a page of the book with what depends on the pages before it.
type numbered struct {
	c       *chapter // nil for an empty page
	index   int      // of the page in the chapter
	number  int      // of the page in the book, from 1, whatever its label is
	label   string
	mark    string // for the running head
	opening bool   // there is no running head
}

// assemble numbers the pages, makes them, and fills in what waits for numbers. Chapters are numbered one after the other and
// made side by side: rows that stand on several pages, as those at the head of a table do, stand in one chapter.
func (e *engine) assemble(doc *Document, chapters []*chapter) {
	n := &foliator{e: e, s: &setter{engine: e, lang: e.root.Lang}, front: true, labels: map[string]string{}}
	e.labels = n.labels
	for _, c := range chapters {
		n.chapter(c)
	}
	e.labels[totalPages] = itoa(len(n.pages))
	doc.Pages = make([]*Page, len(n.pages))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(n.starts)) {
		wg.Go(func() {
			a := &assembler{e: e, s: &setter{engine: e, lang: e.root.Lang}}
			for i := int(next.Add(1)) - 1; i < len(n.starts); i = int(next.Add(1)) - 1 {
				to := len(n.pages)
				if i+1 < len(n.starts) {
					to = n.starts[i+1]
				}
				for k := n.starts[i]; k < to; k++ {
					doc.Pages[k] = a.page(&n.pages[k])
					doc.Pages[k].SetNumber(k+1, len(n.pages))
				}
			}
		})
	}
	doc.Outline = e.outline()
	wg.Wait()
}

// foliator gives the pages of a book their numbers.
type foliator struct {
	e      *engine
	s      *setter
	pages  []numbered
	starts []int // the first page of each chapter, with the empty ones before it
	front  bool  // numbers are roman still
	number int   // of the last page
	labels map[string]string
}

// odd says that the last page is a right-hand one.
func (n *foliator) odd() bool { return len(n.pages)%2 == 1 }

func (n *foliator) add(l numbered) {
	l.number = len(n.pages) + 1
	n.pages = append(n.pages, l)
}

// label is that of the next page.
func (n *foliator) label() string {
	n.number++
	if n.front {
		return roman(n.number)
	}
	return itoa(n.number)
}

// chapter numbers the pages of a chapter. A late one is set only now, since it says on which pages others are.
func (n *foliator) chapter(c *chapter) {
	e := n.e
	recto := e.layout.Page.Recto
	if c.late {
		e.prepare(c, nil)
	}
	if len(c.pages) == 0 {
		return
	}
	n.starts = append(n.starts, len(n.pages))
	if c.cover {
		n.add(numbered{c: c, label: e.words.Cover, opening: true})
		if recto { // its inner side
			n.add(numbered{})
		}
		return
	}
	if n.front && !c.front {
		// Arabic numbers begin on a right-hand page.
		for recto && n.odd() {
			n.add(numbered{label: n.label()})
		}
		n.front, n.number = false, 0
	}
	if c.recto && recto && n.odd() {
		n.add(numbered{label: n.label()})
	}
	if n.odd() {
		c.pages = c.leftPages
	}
	run := &running{c: c}
	for i, sh := range c.pages {
		l := n.label()
		for _, r := range sh.rows {
			for _, a := range r.row.anchors {
				n.labels[a] = l
			}
		}
		for _, f := range sh.notes {
			if f.from == 0 {
				n.labels[f.note.id] = l
			}
		}
		if c.end != "" {
			e.ends[c.end] = l
		}
		mark, opening := run.page(sh, func(id string) { e.ends[id] = l })
		n.s.urlMarks(sh, len(n.pages)+1)
		n.add(numbered{c: c, index: i, label: l, mark: mark, opening: opening || i == 0})
	}
}

// assembler makes maroto pages of sheets.
type assembler struct {
	e *engine
	s *setter
}

// page makes a page.
func (a *assembler) page(l *numbered) *Page {
	g := &a.e.layout.Page
	p := &Page{Page: page.New(), Label: l.label, Width: g.Width, Height: g.Height, Left: g.Inner, Right: g.Outer, Top: g.Top, Bottom: g.Bottom, Bleed: g.Bleed}
	p.Left, p.Right = p.Left+g.Binding, p.Right-g.Binding
	if g.Mirrored && (l.number%2 == 0) != a.e.rtl {
		p.Left, p.Right = p.Right, p.Left
	}
	if l.c != nil {
		sh := l.c.pages[l.index]
		p.Turned = sh.turned
		if sh.long {
			p.Bottom -= a.e.layout.Text.Leading
		}
		p.Begins = begins(l.c, sh)
		a.sheet(p.Page, l, sh)
		a.resolve(sh)
	}
	return p
}

// sheet fills a page with rows.
func (a *assembler) sheet(p core.Page, l *numbered, sh *sheet) {
	if !l.c.bare {
		p.Add(a.furniture(l, sh.turned))
	}
	boxes := a.boxes(sh)
	y := unit.Len(0)
	for k, r := range sh.rows {
		y = a.space(p, y, r.y)
		var comps []core.Component
		if len(r.row.anchors) > 0 {
			comps = append(comps, &Anchors{Names: r.row.anchors})
		}
		for _, b := range boxes[k] {
			comps = append(comps, b)
		}
		comps = append(comps, r.row.comps...)
		a.mirror(comps, sh.turned)
		p.Add(row.New(r.row.height.MM()).Add(col.New(GridSize).Add(comps...)))
		y += r.row.height
	}
	if len(sh.notes) > 0 {
		a.notes(p, sh, y)
	}
}

// resolve sets the numbers of pages that rows wait for.
func (a *assembler) resolve(sh *sheet) {
	for _, r := range sh.rows {
		a.s.resolveNumbers(r.row.comps)
	}
	for _, f := range sh.notes {
		for _, r := range f.note.rows[f.from:f.to] {
			a.s.resolveNumbers(r.comps)
		}
	}
}

func (s *setter) resolveNumbers(comps []core.Component) {
	for _, c := range comps {
		switch c := c.(type) {
		case *PageNumber:
			c.resolve(s.work(), s.labels[c.anchor])
		case *Line:
			s.resolveRefs(c, s.labels)
		case *Shifted:
			s.resolveNumbers([]core.Component{c.Component})
		}
	}
}

// space adds an empty row from y to the next row's top and returns it.
func (a *assembler) space(p core.Page, y, to unit.Len) unit.Len {
	if to > y {
		p.Add(row.New((to - y).MM()).Add(col.New(GridSize)))
	}
	return max(y, to)
}

// boxes makes the tints and bars of a page: one box for all rows of a block that follow each other. The box belongs to
// the first of them, so that it is painted before their text.
func (a *assembler) boxes(sh *sheet) map[int][]*Box {
	out := map[int][]*Box{}
	open := map[*decor]*Box{}
	top := map[*decor]unit.Len{}
	for k, r := range sh.rows {
		for _, d := range r.row.decors {
			b := open[d]
			if b == nil {
				b = &Box{X: d.x, Y: -d.pad, W: d.w, Color: d.color}
				open[d], top[d] = b, r.y-d.pad
				out[k] = append(out[k], b)
			} else if r.row.empty() {
				continue // a blank line at the foot of a page needs no tint
			}
			b.H = r.y + r.row.height + d.pad - top[d]
		}
	}
	return out
}

// notes sets the footnotes at the foot of the type area.
func (a *assembler) notes(p core.Page, sh *sheet, y unit.Len) {
	above := a.e.notesAbove()
	height := a.e.layout.Page.TextHeight()
	if sh.turned {
		height = a.e.layout.Page.TextWidth()
	}
	if sh.long {
		height += a.e.layout.Text.Leading
	}
	top := height - a.e.footHeight(sh.notes) + above
	w := a.e.layout.Page.TextWidth() / 4
	if top-above >= y {
		y = a.space(p, y, top-above)
		rule := &Box{X: 0, Y: above * 6 / 10, W: w, H: unit.Pt * 4 / 10, Color: a.e.layout.Colors.Text}
		a.mirror([]core.Component{rule}, sh.turned)
		p.Add(row.New(above.MM()).Add(col.New(GridSize).Add(rule)))
		y += above
	}
	for _, f := range sh.notes {
		for k, r := range f.note.rows[f.from:f.to] {
			if k > 0 {
				y = a.space(p, y, y+r.before)
			}
			var comps []core.Component
			if len(r.anchors) > 0 {
				comps = append(comps, &Anchors{Names: r.anchors})
			}
			comps = append(comps, r.comps...)
			a.mirror(comps, sh.turned)
			p.Add(row.New(r.height.MM()).Add(col.New(GridSize).Add(comps...)))
			y += r.height
		}
	}
}

// furniture makes the row with the running head and the folio. It has no height: both stand in the margins.
func (a *assembler) furniture(l *numbered, turned bool) core.Row {
	g := &a.e.layout.Page
	left := g.Mirrored && l.number%2 == 0
	w := g.TextWidth()
	var comps []core.Component
	folio := a.e.muted(a.e.role(layouts.RoleFolio))
	folio.look.figures = liningFigures
	if !l.opening {
		head := a.e.muted(a.e.role(layouts.RoleRunning))
		text := cmpOr(l.mark, l.c.talk)
		if left || !g.Mirrored && l.c.talk == "" {
			text = l.c.verso
		}
		align := alignRight
		if left {
			align = alignLeft
		}
		comps = append(comps, a.furnish(text, head, align, w, -g.Head, ArtifactHeader))
	}
	align := alignRight
	if left {
		align = alignLeft
	}
	if !g.Mirrored {
		align = alignCenter
	}
	comps = append(comps, a.furnish(l.label, folio, align, w, g.TextHeight()+g.Foot, ArtifactFooter))
	a.mirror(comps, false)
	if turned {
		comps = []core.Component{&Upright{Comps: comps}}
	}
	return row.New(0).Add(col.New(GridSize).Add(comps...))
}

// furnish sets one line of furniture with its baseline at y, shortened to the width of the type area.
func (a *assembler) furnish(text string, st style, al align, w, y unit.Len, kind ArtifactKind) core.Component {
	line := &Line{Baseline: y, Artifact: true, Kind: kind}
	text = a.s.shorten(text, st, w)
	set := a.s.lines(a.s.text(text, st, nil), 0, unit.Max/4)
	if len(set) == 0 {
		return line
	}
	dx := unit.Len(0)
	switch al {
	case alignRight:
		dx = w - set[0].width
	case alignCenter:
		dx = (w - set[0].width) / 2
	}
	for _, p := range set[0].line.Parts {
		p.X += dx
		line.Parts = append(line.Parts, p)
	}
	return line
}

// shorten takes words from the end of text until it fits a line of width w.
func (s *setter) shorten(text string, st style, w unit.Len) string {
	limit := w * 9 / 10
	words := strings.Fields(text)
	try := text
	for n := len(words); n > 1; n-- {
		if whole := s.natural(s.text(try, st, nil)); whole <= limit {
			return try
		}
		try = strings.TrimRight(strings.Join(words[:n-1], " "), ",;:.–— ") + "…"
	}
	return try
}
