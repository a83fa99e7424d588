package typeset

import (
	"slices"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// footnote is a note set for the foot of a page.
type footnote struct {
	id     string
	elem   *Elem
	rows   []*vrow
	height unit.Len // of all rows with the space between them
}

// footnote sets a note; its number hangs at the left of its text. ref is the element that holds the call.
func (s *setter) footnote(n *tree.Footnote, ref *Elem) *footnote {
	ls := s.layout.Styles[layouts.RoleFootnote]
	f := &footnote{id: n.ID}
	if ref != nil {
		f.elem = ref.Child("Note")
		f.elem.ID = n.ID
	} else {
		f.elem = s.elem.Child("Note")
		f.elem.ID = n.ID
	}
	st := s.textStyle()
	st.look.family, st.look.size, st.leading = s.familyOf(ls.Family), ls.Size, ls.Leading
	sub := &setter{engine: s.engine, lang: s.lang, elem: f.elem, level: s.level, inNote: true}
	num := st
	num.justify, num.protrude, num.look.figures = false, false, liningFigures
	mark := sub.text(itoa(n.Number), num, f.elem.Child("Lbl"))
	wide, _ := sub.natural(mark)
	column := max(ls.Size.Mul(1.75), wide+ls.Size.Mul(0.75))
	p := place{x: column, w: s.layout.Page.TextWidth() - column, style: st, elem: f.elem, tight: true}
	sub.anchor(n.ID)
	sub.blocks(n.Body, p)
	if len(sub.rows) == 0 {
		sub.add(&vrow{height: ls.Leading, base: baseline(ls.Size, ls.Leading)})
	}
	first := sub.rows[0]
	for _, l := range sub.lines(mark, 0, unit.Max/4, 0) {
		dx := column - l.width - ls.Size.Mul(0.5)
		for i := range l.line.Parts {
			l.line.Parts[i].X += dx
		}
		l.line.Baseline = cmpOr(first.base, baseline(ls.Size, ls.Leading))
		first.comps = slices.Insert(first.comps, 0, core.Component(l.line))
	}
	f.rows = sub.rows
	for i, r := range f.rows {
		if i == 0 {
			r.before = 0
		}
		f.height += r.before + r.height
		// A note inside a note stands behind it.
		for _, inner := range r.notes {
			f.rows = append(f.rows, inner.rows...)
			f.height += inner.height
		}
		r.notes = nil
	}
	return f
}

// notesHeight is the height that notes take at the foot of a page, with the rule above them.
func (e *engine) notesHeight(sum unit.Len, n int) unit.Len {
	if n == 0 {
		return 0
	}
	return sum + e.notesAbove()
}

// notesAbove is the space above the first note, in the middle of which the rule stands.
func (e *engine) notesAbove() unit.Len {
	return max(e.layout.Styles[layouts.RoleFootnote].Before, e.layout.Text.Leading/2)
}

// spill takes from rows the notes that are too long for the foot of a page: half of it for the notes of one line. They
// are set in the text, behind what holds the call, between rules.
func (s *setter) spill(rows []*vrow) {
	limit := s.layout.Page.TextHeight() / 2
	var rest []*vrow
	for _, r := range rows {
		var sum unit.Len
		var kept []*footnote
		for _, f := range r.notes {
			if sum+f.height > limit {
				rest = append(rest, f.rows...)
				continue
			}
			sum += f.height
			kept = append(kept, f)
		}
		r.notes = kept
	}
	if len(rest) == 0 {
		return
	}
	s.report.Infof(CodeFootnoteLong, diag.Pos{}, "notes are too long for the foot of their page: they are printed in the text")
	s.noteRule(false)
	for _, r := range rest {
		s.gap, s.gapStretch = r.before, 0
		s.add(r)
	}
	s.noteRule(true)
}

// noteRule sets the rule above and below notes that stand in the text.
func (s *setter) noteRule(below bool) {
	lead := s.layout.Text.Leading
	s.gap, s.gapStretch = lead/3, 0
	r := &vrow{height: lead / 3}
	if below {
		r.brk = breakNever
	} else {
		defer s.keepNext(1)
	}
	r.comps = append(r.comps, &Box{Y: lead / 6, W: s.layout.Page.TextWidth() / 4, H: unit.Pt * 4 / 10, Color: s.layout.Colors.Text})
	s.add(r)
	s.gap = 0
}
