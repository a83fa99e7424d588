package typeset

import (
	"slices"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts/unit"
)

// para is a paragraph that may be set with a line more or less, where that saves a page or fills one.
type para struct {
	content *content
	place   place
	indent  unit.Len
	rows    []*vrow
	lines   []setLine
	own     []string // anchors of the first row that stand before the text
}

// leastPara is the number of lines from which the length of a paragraph may be changed.
const leastPara = 3

// mostPara is the number of paragraphs of a chapter whose length is changed at most.
const mostPara = 4

// divide divides a chapter into pages. Where pages face each other it is done for a beginning on either side, since the
// chapters before decide only later on which.
func (s *setter) divide(c *chapter) {
	c.pages = s.paginate(c, false)
	if s.endsShort(c.pages) {
		s.mend(c)
	}
	c.leftPages = c.pages
	if p := &s.layout.Page; p.Mirrored && len(c.pages) > 2 && !(c.recto && p.Recto) {
		c.leftPages = s.paginate(c, true)
	}
}

func (s *setter) paginate(c *chapter, left bool) []*sheet {
	g := &paginator{e: s.engine, rows: c.rows, height: s.layout.Page.TextHeight(), lead: s.layout.Text.Leading, facing: s.layout.Page.Mirrored, left: left}
	return g.pages()
}

// endsShort reports whether the last page of a chapter has only a few lines.
func (s *setter) endsShort(pages []*sheet) bool {
	return len(pages) > 1 && depth(pages[len(pages)-1]) < shortEnd*s.layout.Text.Leading
}

// depth is where the last row of a page ends.
func depth(sh *sheet) unit.Len {
	if len(sh.rows) == 0 {
		return 0
	}
	last := sh.rows[len(sh.rows)-1]
	return last.y + last.row.height
}

// mend changes the lengths of paragraphs of a chapter that ends with a page of a few lines: first shorter ones, which may
// save the page, then longer ones, which may fill it. If neither helps, the chapter stays as it is.
func (s *setter) mend(c *chapter) {
	rows, pages := c.rows, c.pages
	for _, by := range []int{-1, 1} {
		changed := 0
		for i := len(c.rows) - 1; i >= 0 && changed < mostPara; i-- {
			p := c.rows[i].par
			if p == nil || p.rows[0] != c.rows[i] {
				continue
			}
			longer, ok := s.resized(p, by)
			if !ok {
				continue
			}
			changed++
			c.rows = slices.Replace(slices.Clone(c.rows), i, i+len(p.rows), longer...)
			if c.pages = s.paginate(c, false); len(c.pages) < len(pages) || len(c.pages) == len(pages) && !s.endsShort(c.pages) {
				return
			}
		}
		c.rows, c.pages = rows, pages
	}
}

// resized sets a paragraph by so many lines longer and returns its rows anew; ok is false if that cannot be done well.
func (s *setter) resized(p *para, by int) (rows []*vrow, ok bool) {
	lines, ok := s.linesBy(p.content, p.place.x, p.place.w, p.indent, by)
	if !ok || len(lines) != len(p.rows)+by || len(lines) < 2 {
		return nil, false
	}
	for i := range lines {
		from := min(i, len(p.rows)-1)
		r := *p.rows[from]
		if i > from {
			r.comps, r.before, r.stretch, r.shrink = nil, 0, 0, 0
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
