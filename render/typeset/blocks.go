package typeset

import (
	"strings"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// blocks sets blocks one below the other.
func (s *setter) blocks(list tree.Blocks, p place) {
	for i, b := range list {
		s.block(b, p, i > 0 && isParagraph(list[i-1]))
		if i+1 < len(list) {
			s.between(b, list[i+1])
			s.air(b, list[i+1], p)
		}
	}
}

// air parts a list from a paragraph above that does not introduce it.
func (s *setter) air(b, next tree.Block, p place) {
	par, ok := b.(*tree.Paragraph)
	if _, list := next.(*tree.List); !ok || !list || p.depth > 0 || introduces(par) {
		return
	}
	s.space(s.layout.Text.ParSkip, s.layout.Text.ParSkip/2)
}

// introduces reports whether a paragraph ends in a colon, so that what follows belongs to it.
func introduces(p *tree.Paragraph) bool {
	return strings.HasSuffix(strings.TrimSpace(tree.PlainText(p.Text)), ":")
}

func isParagraph(b tree.Block) bool { _, ok := b.(*tree.Paragraph); return ok }

// between keeps together what belongs together: an introduction and what it introduces.
func (s *setter) between(b, next tree.Block) {
	par, ok := b.(*tree.Paragraph)
	if !ok {
		return
	}
	switch next.(type) {
	case *tree.List, *tree.CodeBlock, *tree.Table, *tree.Quote, *tree.MathBlock, *tree.DefinitionList:
		if introduces(par) {
			s.keepNext(1)
		} else if _, ok := next.(*tree.List); ok {
			s.charge(breakBad)
		}
	default:
	}
}

// block sets one block. follows says that the one before is a paragraph, so that an indent shows where another begins.
func (s *setter) block(b tree.Block, p place, follows bool) {
	s.beginning(tree.Place{Node: b})
	switch b := b.(type) {
	case *tree.Paragraph:
		s.paragraph(b, p, follows)
	case *tree.Heading:
		s.heading(b, p)
	case *tree.List:
		s.list(b, p)
	case *tree.DefinitionList:
		s.definitions(b, p)
	case *tree.Table:
		if people := s.book.Attendees(b); people != nil {
			s.attendees(b, people, p)
			break
		}
		s.table(b, p)
	case *tree.CodeBlock:
		s.listing(b, p)
	case *tree.Quote:
		s.quote(b, p)
	case *tree.Alert:
		s.alert(b, p)
	case *tree.Figure:
		s.figure(b, p)
	case *tree.Rule:
		s.rule(p)
	case *tree.MathBlock:
		s.math(b, p)
	case *tree.RawBlock:
		s.raw(b, p)
	case *tree.Div:
		s.anchor(b.ID)
		s.blocks(b.Body, p)
	}
}

func (s *setter) paragraph(b *tree.Paragraph, p place, follows bool) {
	t := &s.layout.Text
	skip := t.ParSkip
	var indent unit.Len
	switch {
	case p.tight:
		skip = 0
	case t.Indent > 0 && p.depth == 0:
		// An indent or space between paragraphs, never both.
		skip = 0
		if follows {
			indent = t.Indent
		}
	}
	s.anchor(s.book.Anchor(b))
	b, turn := s.turn(b)
	if hang := min(s.layout.Text.ListIndent, p.w/8); turn {
		p = p.in(hang)
		indent = -hang
	}
	s.space(skip, skip/2)
	s.emit(s.inline(b.Text, p.style, p.elem.Child("P"), b.Pos()), p, indent)
	s.space(skip, skip/2)
}

// headingRoles are the styles of the levels of headings below a talk's title.
var headingRoles = []layouts.Role{layouts.RoleHeading1, layouts.RoleHeading2, layouts.RoleHeading3}

func (s *setter) heading(b *tree.Heading, p place) {
	role := headingRoles[min(max(b.Level, 1), len(headingRoles))-1]
	s.anchor(b.ID)
	level := min(s.level+max(b.Level, 1), 6)
	if b.Level == 1 {
		s.mark = tree.PlainText(b.Text)
	}
	elem := p.elem.Child("H" + itoa(level))
	elem.Title = tree.PlainText(b.Text)
	s.title(b, role, elem, p)
}

// title sets a heading: ragged, unhyphenated, in balanced lines, on the page of at least two lines that follow.
func (s *setter) title(b *tree.Heading, role layouts.Role, elem *Elem, p place) {
	st := s.role(role)
	st.balance = true
	ls := s.layout.Styles[role]
	s.space(ls.Before, ls.Before/3)
	if n := len(s.rows); n > 0 && s.rows[n-1].isText {
		// One line at the head of a page, then a heading: as bad as a widow.
		s.rows[n-1].brk = max(s.rows[n-1].brk, 2*breakPoor)
		if s.keep > 0 { // the heading before has this line and no more: there is nothing else to keep it with
			s.keep = 0
			s.charge(breakPoor)
		}
	}
	rows := s.emit(s.inline(b.Text, st, elem, b.Pos()), p, 0)
	for i, r := range rows {
		if i > 0 {
			r.brk = breakNever
		} else if s.layout.Text.Grid {
			r.deep = max(0, min(r.before, ls.Before)*2/5-r.shrink)
		}
	}
	s.gap, s.gapStretch = 0, 0
	s.gap = ls.After
	s.keepNext(2)
	if len(rows) > 0 {
		rows[len(rows)-1].isText = false
	}
}

func (s *setter) rule(p place) {
	lead := s.layout.Text.Leading
	s.space(lead/2, lead/4)
	w := p.w / 4
	r := &vrow{height: lead}
	r.comps = append(r.comps, &Box{X: p.x + (p.w-w)/2, Y: lead / 2, W: w, H: unit.Pt / 2, Color: s.layout.Colors.Rule})
	s.keepNext(1)
	s.add(r)
	s.space(lead/2, lead/4)
}

// quote sets a quotation, indented on both sides.
func (s *setter) quote(b *tree.Quote, p place) {
	ls := s.layout.Styles[layouts.RoleQuote]
	q := p.in(s.layout.Text.ListIndent)
	if p.depth == 0 {
		q.w -= min(s.layout.Text.ListIndent, q.w/8)
	}
	q.elem = p.elem.Child("BlockQuote")
	q.tight = false
	q.style, q.half = s.styled(p.style, ls), true
	gap := ls.Before
	if p.depth > 0 {
		gap = s.layout.Text.ParSkip / 2
	}
	s.space(gap, gap/2)
	s.blocks(b.Body, q)
	s.gap, s.gapStretch = gap, gap/2
}

// styled is a paragraph style in the type of a role, breaking lines as before.
func (s *setter) styled(st style, ls *layouts.Style) style {
	st.look.family, st.look.italic = s.familyOf(ls.Family), ls.Italic
	st.look.size, st.leading = min(ls.Size, st.look.size), min(ls.Leading, st.leading)
	if ls.Color != "" {
		st.look.color = ls.Color
	}
	return st
}

// alert sets a call-out: a bar at its left, its kind as title.
func (s *setter) alert(b *tree.Alert, p place) {
	ls := s.layout.Styles[layouts.RoleQuote]
	s.space(ls.Before, ls.Before/2)
	bar := &decor{x: p.x, w: 2 * unit.Pt, color: s.layout.Colors.Accent}
	q := p.in(s.layout.Text.ListIndent)
	q.elem = p.elem.Child("Sect")
	q.tight = false
	s.decors = append(s.decors, bar)
	st := s.role(layouts.RoleMeta)
	st.look.weight, st.look.color = 600, s.layout.Colors.Accent
	title := b.Title
	if len(title) == 0 {
		title = tree.Inlines{&tree.Text{Text: s.words.Alert(b.Kind)}}
	}
	s.emit(s.inline(title, st, q.elem.Child("P"), b.Pos()), q, 0)
	s.keepNext(1)
	s.gap = unit.Pt
	s.blocks(b.Body, q)
	s.decors = s.decors[:len(s.decors)-1]
	s.gap, s.gapStretch = ls.After, ls.After/2
}

// definitions sets a definition list: terms in semi-bold, definitions indented below.
func (s *setter) definitions(b *tree.DefinitionList, p place) {
	list := p.elem.Child("L")
	skip := s.layout.Text.ParSkip
	p.half = true // a definition stands half a line above the next term, not a whole one
	for _, d := range b.Items {
		s.space(skip, skip/2)
		item := list.Child("LI")
		st := p.style
		st.look.weight, st.justify, st.hyphenate = 600, false, false
		for _, t := range d.Terms {
			s.emit(s.inline(t, st, item.Child("Lbl"), b.Pos()), p, 0)
			s.keepNext(1)
		}
		q := p.in(s.layout.Text.ListIndent)
		q.depth++
		q.tight, q.half = false, true
		for i, def := range d.Defs {
			q.elem = item.Child("LBody")
			s.gap, s.gapStretch = 0, 0
			if i > 0 {
				s.space(skip/2, 0)
			}
			hold := s.gap
			s.blocksFrom(def, q, hold, 0)
		}
	}
	s.space(skip, skip/2)
}

// blocksFrom sets blocks with a given space above the first, which may grow by stretch.
func (s *setter) blocksFrom(list tree.Blocks, p place, gap, stretch unit.Len) {
	for i, b := range list {
		if par, ok := b.(*tree.Paragraph); ok && i == 0 {
			s.gap, s.gapStretch = gap, stretch
			s.emit(s.inline(par.Text, p.style, p.elem.Child("P"), par.Pos()), p, 0)
			if !p.tight {
				s.space(s.layout.Text.ParSkip, s.layout.Text.ParSkip/2)
			}
		} else {
			s.block(b, p, i > 0 && isParagraph(list[i-1]))
		}
		if i+1 < len(list) {
			s.between(b, list[i+1])
		}
	}
}

// math sets a displayed formula as its source, which is what there is.
func (s *setter) math(b *tree.MathBlock, p place) {
	s.report.Infof(CodeMathSource, b.Pos(), "the formula is printed as its TeX source")
	s.listing(&tree.CodeBlock{At: b.At, Text: strings.Trim(b.TeX, "\n")}, p)
}

// raw prints text that is meant for another format as what it is: nothing is lost, and the report names it.
func (s *setter) raw(b *tree.RawBlock, p place) {
	s.report.Infof(CodeRawPrinted, b.Pos(), "text for %s is printed as it is", b.Format)
	s.listing(&tree.CodeBlock{At: b.At, Language: b.Format, Text: strings.Trim(b.Text, "\n")}, p)
}
