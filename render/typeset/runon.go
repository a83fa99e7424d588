package typeset

import (
	"github.com/evbook/evbook/notes/tree"
)

// Talks begin a page each, as papers in proceedings do. A layout may have them run on instead (talks: {runOn: true}): the next
// one begins below the last, if there is room for its header and some text.

// leastRoom is the part of the page that a talk which runs on finds below it at least.
const leastRoom = 3

// opens reports whether an event has a page of its own before its talks: one that stands for notes without folders does not,
// unless it has something to say.
func opens(ev *tree.Event) bool {
	if !ev.Implied || len(ev.Sections) == 0 || len(ev.Intro)+len(ev.Facts) > 0 || ev.Venue+ev.Site != "" || !ev.Start.IsZero() {
		return true
	}
	for _, sec := range ev.Sections {
		if len(sec.Title)+len(sec.Intro)+len(sec.Sections) > 0 {
			return true
		}
	}
	return false
}

// runOn makes one chapter of several talks.
func (e *engine) runOn(talks []*chapter) *chapter {
	if len(talks) < 2 {
		return talks[0]
	}
	all := *talks[0]
	all.end, all.talks = "", map[string]string{}
	for _, t := range talks {
		all.talks[t.end] = t.talk
	}
	all.set = func(s *setter) {
		s.notes = new(noteNumbers)
		for i, t := range talks {
			s.notes.before = s.notes.last
			s.elem, s.lang, s.level = t.elem, cmpOr(t.lang, e.root.Lang), t.level
			if i > 0 {
				lead := s.layout.Text.Leading
				s.gap, s.gapStretch, s.keep, s.price = lead*3, lead, 0, 0
				s.need = s.layout.Page.TextHeight() / leastRoom
			}
			t.set(s)
		}
	}
	return &all
}

// running follows the talks of a chapter over its pages: the one at the head of a page is named above it, and each ends on the
// last page that has something of it.
type running struct {
	c       *chapter
	current string // id of a talk
}

// page goes on to the next page and returns the text for its head, and whether a talk begins at its top.
func (r *running) page(sh *sheet, note func(id string)) (mark string, opening bool) {
	if r.c.talks == nil {
		return "", false
	}
	head := ""
	for k, p := range sh.rows {
		for _, a := range p.row.anchors {
			if _, ok := r.c.talks[a]; ok {
				r.current = a
				opening = opening || k == 0
			}
		}
		if head == "" {
			head = r.current
		}
		if r.current != "" {
			note(r.current)
		}
	}
	return r.c.talks[cmpOr(head, r.current)], opening
}
