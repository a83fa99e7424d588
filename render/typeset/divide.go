package typeset

import (
	"slices"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts/unit"
)

// para is a paragraph that may be set with a line more or less, where that saves a page or fills one.
type para struct {
	text  *measured
	rows  []*vrow
	lines []setLine
	own   []string // anchors of the first row that stand before the text
}

// leastPara is the number of lines from which the length of a paragraph may be changed.
const leastPara = 3

// worthMending is what the pages of a chapter cost, beyond that they are there, from which changes are tried; costPara is
// the price of each.
const (
	worthMending = 150
	costPara     = 60
)

// mostPara is the number of paragraphs of a chapter whose length is changed at most.
const mostPara = 4

// divide divides a chapter into pages. Where pages face each other it is done for a beginning on either side, since the
// chapters before decide only later on which.
func (s *setter) divide(c *chapter) {
	var cost int64
	if c.pages, cost = s.paginate(c, false); cost > int64(len(c.pages))*costPage+worthMending {
		s.mend(c, cost)
	}
	c.leftPages = c.pages
	if p := &s.layout.Page; p.Mirrored && len(c.pages) > 2 && !(c.recto && p.Recto) {
		c.leftPages, _ = s.paginate(c, true)
	}
}

// paginate divides a chapter into pages. If that saves the last one, spreads may be a line longer.
func (s *setter) paginate(c *chapter, left bool) ([]*sheet, int64) {
	g := s.paginator(c, left)
	pages, cost := g.pages()
	if n := len(pages); n < 2 || depth(pages[n-1]) > g.height/2 || !s.roomBelow() || !g.hold(n-1) {
		return pages, cost
	}
	g.long = true
	if long, now := g.pages(); len(long) < len(pages) && now < cost+costSaved {
		return long, now
	}
	return pages, cost
}

// hold reports whether so many pages of a line more might hold the rows, if all their spaces gave way.
func (g *paginator) hold(pages int) bool {
	c := g.heads(0)
	var notes unit.Len
	for i, r := range g.rows {
		c.push(r, i == 0, g.lead)
		for _, f := range r.notes {
			notes += f.whole().height()
		}
	}
	least := c.y + c.run - c.shrink - unit.Len(c.tight)*(g.lead/2) + notes
	return least <= unit.Len(pages)*(g.height+g.lead)+unit.Len(pages-1)*2*g.lead // which disappear at the head of a page
}

// roomBelow reports whether the type area may be a line higher: a line and a third stay between it and the folio.
func (s *setter) roomBelow() bool {
	t := &s.layout.Text
	return t.Grid && s.layout.Page.Foot-baseline(t.Size, t.Leading) >= t.Leading*4/3
}

func (s *setter) paginator(c *chapter, left bool) *paginator {
	return &paginator{e: s.engine, rows: c.rows, height: s.layout.Page.TextHeight(), lead: s.layout.Text.Leading, facing: s.layout.Page.Mirrored, left: left}
}

// depth is where the last row of a page ends.
func depth(sh *sheet) unit.Len {
	if len(sh.rows) == 0 {
		return 0
	}
	last := sh.rows[len(sh.rows)-1]
	return last.y + last.row.height
}

// mend changes the lengths of some paragraphs of a chapter whose pages are short or that ends with a page of a few lines,
// if that makes its division into pages better: shorter ones may save the last page, longer ones may fill it.
func (s *setter) mend(c *chapter, cost int64) {
	best := chapter{rows: c.rows, pages: c.pages}
	for _, by := range []int{-1, 1} {
		try := chapter{rows: c.rows}
		changed := 0
		for i := len(c.rows) - 1; i >= 0 && changed < mostPara; i-- {
			p := c.rows[i].par
			if p == nil || p.rows[0] != c.rows[i] {
				continue
			}
			rows, ok := s.resized(p, by)
			if !ok {
				continue
			}
			changed++
			try.rows = slices.Replace(slices.Clone(try.rows), i, i+len(p.rows), rows...)
			d := s.paginator(&try, false).divide()
			if now := d.cost + int64(changed)*costPara; now < cost {
				cost, best = now, chapter{rows: try.rows, pages: d.sheets()}
			}
		}
	}
	c.rows, c.pages = best.rows, best.pages
}

// resized sets a paragraph by so many lines longer and returns its rows anew; ok is false if that cannot be done well.
func (s *setter) resized(p *para, by int) (rows []*vrow, ok bool) {
	broken, ok := p.text.broken(by)
	if !ok || len(broken) != len(p.rows)+by || len(broken) < 2 {
		return nil, false
	}
	lines := p.text.set(broken)
	for i := range lines {
		from := min(i, len(p.rows)-1)
		r := *p.rows[from]
		if i > from {
			r.comps, r.before, r.stretch, r.shrink, r.deep = nil, 0, 0, 0, 0
		}
		r.comps = slices.Clone(r.comps)
		if at := slices.Index(r.comps, core.Component(p.lines[from].line)); at >= 0 {
			r.comps[at] = lines[i].line
		} else {
			r.comps = append(r.comps, lines[i].line)
		}
		r.notes = lines[i].notes
		r.anchors = slices.Clone(lines[i].anchors)
		if i == 0 {
			r.anchors = append(r.anchors, p.own...)
		} else {
			r.brk, r.place = lineBreak(lines, i), lines[i].place
		}
		r.par = nil
		rows = append(rows, &r)
	}
	return rows, true
}
