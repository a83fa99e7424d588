package typeset

import (
	"slices"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// footnote is a note set for the foot of a page.
type footnote struct {
	id   string
	elem *Elem
	rows []*vrow
	url  string      // of a note that the program makes of a link's address; the same address stands once on a page
	of   []*footnote // the notes of which it was made
}

// footnote sets a note of the author's. ref is the element that holds the call.
func (s *setter) footnote(n *tree.Footnote, ref *Elem) *footnote {
	f := &footnote{id: n.ID}
	s.setNote(f, ref, s.noteLabel(n.Number), nil, n.Body)
	return f
}

// noteNumbers counts the notes of a chapter that is made of several talks, each of which counts its own from 1: two notes of
// one number on a page would tell nobody which is which.
type noteNumbers struct {
	before int // notes of the talks before
	last   int // the highest number so far
}

// noteLabel is the number of a note on the page.
func (s *setter) noteLabel(n int) string {
	if s.notes == nil {
		return itoa(n)
	}
	n += s.notes.before
	s.notes.last = max(s.notes.last, n)
	return itoa(n)
}

// setNote sets a note; its mark hangs at the left of its text. If the mark is not known before there are pages, page says
// what it will be.
func (s *setter) setNote(f *footnote, ref *Elem, label string, page *pageRef, body tree.Blocks) {
	ls := s.layout.Styles[layouts.RoleFootnote]
	f.elem = cmpOr(ref, s.elem).Child("Note")
	f.elem.ID = f.id
	st := s.textStyle()
	st.look.family, st.look.size, st.leading, st.grid = s.familyOf(ls.Family), ls.Size, ls.Leading, false
	sub := &setter{engine: s.engine, desk: s.work(), lang: s.lang, elem: f.elem, level: s.level, inNote: true, notes: s.notes}
	num := st
	num.justify, num.protrude, num.look.figures = false, false, liningFigures
	mark := sub.text(label, num, f.elem.Child("Lbl"))
	for i := range mark.spans {
		mark.spans[i].ref = page
	}
	wide := sub.natural(mark)
	column := max(ls.Size.Mul(1.75), wide+ls.Size.Mul(0.75))
	p := place{x: column, w: s.layout.Page.TextWidth() - column, style: st, elem: f.elem, tight: true}
	sub.anchor(f.id)
	sub.blocks(body, p)
	if len(sub.rows) == 0 {
		sub.add(&vrow{height: ls.Leading, base: baseline(ls.Size, ls.Leading)})
	}
	first := sub.rows[0]
	for _, l := range sub.lines(mark, 0, unit.Max/4) {
		dx := column - l.width - ls.Size.Mul(0.5)
		for i := range l.line.Parts {
			l.line.Parts[i].X += dx
		}
		l.line.Baseline = cmpOr(first.base, baseline(ls.Size, ls.Leading))
		first.comps = slices.Insert(first.comps, 0, core.Component(l.line))
	}
	f.rows = sub.rows
	if len(f.rows) > 0 {
		f.rows[0].before = 0
	}
	for i := 0; i < len(f.rows); i++ {
		// A note inside a note stands behind it.
		for _, inner := range f.rows[i].notes {
			f.rows = append(f.rows, inner.rows...)
		}
		f.rows[i].notes = nil
	}
}

// notesAbove is the space above the first note, in the middle of which the rule stands.
func (e *engine) notesAbove() unit.Len {
	return max(e.layout.Styles[layouts.RoleFootnote].Before, e.layout.Text.Leading/2)
}

// notePart is a note, or some of its rows, at the foot of a page.
type notePart struct {
	note     *footnote
	from, to int // rows
}

// whole is all of a note.
func (f *footnote) whole() notePart { return notePart{f, 0, len(f.rows)} }

// height is that of the part's rows with the space between them.
func (p notePart) height() unit.Len {
	if p.from >= p.to {
		return 0
	}
	sum := -p.note.rows[p.from].before
	for _, r := range p.note.rows[p.from:p.to] {
		sum += r.before + r.height
	}
	return sum
}

// footHeight is the height that notes take at the foot of a page, with the rule above them.
func (e *engine) footHeight(notes []notePart) unit.Len { return footHeight(notes, e.notesAbove()) }

func footHeight(notes []notePart, above unit.Len) unit.Len {
	if len(notes) == 0 {
		return 0
	}
	sum := above
	for _, p := range notes {
		sum += p.height()
	}
	return sum
}

// notesHeight is the height of the notes that are called from rows, if they stand on one page.
func (e *engine) notesHeight(rows []*vrow) unit.Len {
	var notes []notePart
	for _, r := range rows {
		for _, f := range r.notes {
			if !calledBefore(notes, f) {
				notes = append(notes, f.whole())
			}
		}
	}
	return e.footHeight(notes)
}

// joined makes one note of several.
func joined(notes []notePart) *footnote {
	f := &footnote{id: notes[0].note.id, elem: notes[0].note.elem}
	for _, p := range notes {
		f.rows = append(f.rows, p.note.rows[p.from:p.to]...)
		if p.from == 0 {
			f.of = append(f.of, p.note)
		}
	}
	return f
}

// leastPart is the number of lines that a divided note has at least on either page.
const leastPart = 2

// foot puts notes at the foot of a page that has the given room for them and the space above. The last note may be
// divided: its beginning stands on the page of its call, the rest is for the next page. parts may share the memory of
// notes; what a caller appends to notes does not reach it.
func foot(notes []notePart, room, above unit.Len) (parts []notePart, rest notePart, fits bool) {
	if len(notes) == 0 {
		return nil, rest, room >= 0
	}
	room -= above
	for _, p := range notes[:len(notes)-1] {
		room -= p.height()
	}
	last := notes[len(notes)-1]
	if last.height() <= room {
		return slices.Clip(notes), rest, true
	}
	for k := last.to - leastPart; k >= last.from+leastPart; k-- {
		head := notePart{last.note, last.from, k}
		if last.note.rows[k].brk >= breakNever || head.height() > room {
			continue
		}
		parts = slices.Clone(notes)
		parts[len(parts)-1] = head
		return parts, notePart{last.note, k, last.to}, true
	}
	return slices.Clip(notes), rest, false
}
