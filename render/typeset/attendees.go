package typeset

import (
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
)

// attendees sets the people of a table of attendees one after the other, as minutes do: a long table folded to some
// lines. To those who hear the page it is a list.
func (s *setter) attendees(b *tree.Table, people []derive.Attendee, p place) {
	ls := s.layout.Styles[layouts.RoleTable]
	skip := s.layout.Text.ParSkip
	s.space(skip, skip/2)
	if len(b.Caption) > 0 {
		s.caption(b.Caption, p, p.elem.Child("P"), b)
		s.gap = 2 * s.layout.Text.Leading / 12
		s.keepNext(1)
	}
	st := s.role(layouts.RoleTable)
	st.leading = max(st.leading, ls.Size*14/10)
	st.hyphenate = true
	list := p.elem.Child("L")
	list.Numbering = "None"
	in := &inliner{s: s, c: &content{style: st, lang: s.lang, elem: list, pos: b.Pos()}, look: st.look, lang: s.lang}
	quiet := s.muted(st).look
	for i, a := range people {
		in.elem = list.Child("LI").Child("LBody")
		in.all(a.Name)
		if len(a.About) > 0 {
			in.with(func(l *look) { *l = quiet }, func() {
				in.glue(" (")
				for k, about := range a.About {
					if k > 0 {
						in.glue(", ")
					}
					in.all(about)
				}
				in.glue(")")
			})
		}
		if i+1 < len(people) {
			in.glue("; ")
		}
	}
	in.finish()
	s.emit(in.c, p, 0)
	s.space(skip, skip/2)
}

// glue adds text of the program's own.
func (in *inliner) glue(text string) {
	in.node = nil
	in.add(text, diag.Pos{}, false)
}
