package typeset

import (
	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
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
	column := ls.Size.Mul(1.5)
	p := place{x: column, w: s.layout.Page.TextWidth() - column, style: st, elem: f.elem, tight: true}
	sub.anchor(n.ID)
	sub.blocks(n.Body, p)
	if len(sub.rows) == 0 {
		sub.add(&vrow{height: ls.Leading, base: baseline(ls.Size, ls.Leading)})
	}
	num := st
	num.justify, num.look.figures = false, liningFigures
	mark := sub.text(itoa(n.Number), num, f.elem.Child("Lbl"))
	first := sub.rows[0]
	for _, l := range sub.lines(mark, 0, column, 0) {
		l.line.Baseline = cmpOr(first.base, baseline(ls.Size, ls.Leading))
		first.comps = append([]core.Component{l.line}, first.comps...)
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
