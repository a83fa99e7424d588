package typeset

import (
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// captioned is a table or a picture with a caption.
type captioned struct {
	text  tree.Inlines
	id    string
	pos   diag.Pos
	table bool
}

// captions finds what the lists of tables and pictures may name, in the order of the book, and gives all of it ids.
func captions(b *tree.Book) (list []captioned, ids map[tree.Node]string) {
	ids = map[tree.Node]string{}
	tables, figures := 0, 0
	for n := range tree.All(b) {
		switch n := n.(type) {
		case *tree.Table:
			if len(n.Caption) > 0 {
				tables++
				ids[n] = "table." + itoa(tables)
				list = append(list, captioned{n.Caption, ids[n], n.Pos(), true})
			}
		case *tree.Figure:
			if len(n.Caption) > 0 {
				figures++
				ids[n] = cmpOr(n.ID, "figure."+itoa(figures))
				list = append(list, captioned{n.Caption, ids[n], n.Pos(), false})
			}
		}
	}
	return list, ids
}

// lists makes the chapters with the lists that the layout asks for and the book has something for.
func (e *engine) lists(sect func(role, title string) *Elem) (list []*chapter) {
	front := &e.layout.Front
	if !front.Tables && !front.Figures {
		return nil
	}
	all, ids := captions(e.in.Book)
	e.captionIDs = ids
	words := e.words.Matter()
	for _, l := range []struct {
		on, tables bool
		title      string
	}{{front.Tables, true, words.Tables}, {front.Figures, false, words.Figures}} {
		var entries []captioned
		for _, c := range all {
			if l.on && c.table == l.tables {
				entries = append(entries, c)
			}
		}
		if len(entries) == 0 {
			continue
		}
		list = append(list, &chapter{
			elem: sect("Sect", l.title), front: true, verso: l.title, talk: l.title, level: 1, id: tree.ContentsPage,
			set: func(s *setter) { s.setList(l.title, entries) },
		})
	}
	return list
}

// setList sets a list of captions with their pages.
func (s *setter) setList(title string, entries []captioned) {
	p := s.body()
	s.drop(s.layout.Text.Leading * 3)
	s.chapterTitle(tree.Inlines{&tree.Text{Text: title}}, layouts.RoleChapter, diag.Pos{})
	toc := s.elem.Child("TOC")
	for _, c := range entries {
		s.entry(tocEntry{title: c.text, id: c.id, pos: c.pos}, toc, p)
	}
	s.raise()
}

// setHalfTitle sets the page before the title page: the title, small, and nothing else.
func (s *setter) setHalfTitle() {
	s.drop(s.layout.Page.TextHeight() / 5)
	st := s.role(layouts.RoleHeading1)
	st.balance = true
	s.emit(s.text(s.in.Book.Meta.Title, st, s.elem.Child("P")), s.body(), 0)
}

// captionAnchor names the place of a table or picture for the lists.
func (s *setter) captionAnchor(n tree.Node) {
	if id := s.captionIDs[n]; id != "" {
		s.anchor(id)
	}
}
