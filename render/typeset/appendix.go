package typeset

import (
	"slices"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
)

// appendices lists the chapters that are made from the notes.
func (e *engine) appendices() []*chapter {
	var list []*chapter
	for _, a := range e.book.Appendices() {
		title := e.book.Title(a, e.words)
		elem := e.root.Child("Sect")
		elem.Title = title
		list = append(list, &chapter{
			elem: elem, recto: len(list) == 0, verso: title, talk: title, level: 1, id: a.ID(), late: a == derive.Topics,
			set: func(s *setter) { s.setAppendix(a) },
		})
	}
	return list
}

// appendixEntries lists the appendices in the contents.
func (s *setter) appendixEntries(toc *Elem, p place) {
	for _, a := range s.book.Appendices() {
		s.entry(tocEntry{title: plainTitle(s.book.Title(a, s.words)), id: a.ID()}, toc, p)
	}
}

// appendixOutline lists the appendices in the outline.
func (e *engine) appendixOutline() []*OutlineItem {
	var list []*OutlineItem
	for _, a := range e.book.Appendices() {
		list = append(list, &OutlineItem{Title: e.book.Title(a, e.words), Anchor: a.ID()})
	}
	return list
}

func plainTitle(text string) tree.Inlines { return tree.Inlines{&tree.Text{Text: text}} }

// setAppendix sets a chapter that is made from the notes.
func (s *setter) setAppendix(a derive.Appendix) {
	s.anchor(a.ID())
	s.drop(s.layout.Text.Leading * 3)
	s.chapterTitle(plainTitle(s.book.Title(a, s.words)), layouts.RoleChapter, diag.Pos{})
	switch a {
	case derive.Speakers:
		s.index(wideIndex, func(x *indexer) {
			for _, p := range s.book.Speakers() {
				x.entry(p.Name(), p.Initial, p.Talks)
			}
		})
	case derive.Topics:
		s.index(narrowIndex, func(x *indexer) {
			for _, t := range s.book.Topics() {
				x.pages(t.Name, t.Initial, t.Talks)
			}
		})
	case derive.Chronology:
		s.chronology()
	case derive.Actions:
		s.actions()
	case derive.Colophon:
		var facts []tree.Fact
		for _, r := range s.book.Colophon(s.words, s.in.Generator) {
			if r.Pages {
				facts = append(facts, tree.Fact{Label: r.Label, Key: totalPages, Value: plainTitle(refRoom)})
				continue
			}
			facts = append(facts, tree.Fact{Label: r.Label, Value: plainTitle(r.Value)})
		}
		s.facts(facts, s.body())
	}
}

// small is a style in the smaller size of what stands at the end of a book to be looked things up in.
func (e *engine) small(st style) style {
	st.look.size, st.leading = st.look.size*9/10, st.leading*9/10
	return st
}

// emitKept sets lines that stay together.
func (s *setter) emitKept(c *content, p place) {
	rows := s.emitHanging(c, p.x, p.w, p.style.look.size)
	for _, r := range rows[min(1, len(rows)):] {
		r.brk = breakNever
	}
}

// reference sets a title that leads to a place of the book, what is to be said of it in the muted colour, and its page, or
// the pages from the first to the last if the place is a whole talk.
func (s *setter) reference(title tree.Inlines, about []string, id string, whole bool, elem *Elem, p place, st style) []*vrow {
	link := elem.Child("Reference").Child("Link")
	to := &Link{To: Target{Anchor: id}, Contents: tree.PlainText(title), Elem: link}
	num := st
	num.look.figures = tabularFigures
	widest := "888"
	if whole {
		widest = "888–888"
	}
	room := s.natural(s.text(widest, num, nil))
	w := p.w - room - st.look.size/2
	between := " · "
	if len(about) > 1 && s.breaksAt("·", s.referenceText(title, about, between, st, nil, nil), w, st.look.size) {
		between = "\u2028" // the end of the line tells them apart
	}
	rows := s.emitHanging(s.referenceText(title, about, between, st, link, to), p.x, w, st.look.size)
	if len(rows) == 0 {
		return nil
	}
	for _, r := range rows[1:] {
		r.brk = breakNever
	}
	last := rows[len(rows)-1]
	line := last.comps[len(last.comps)-1].(*Line)
	end := p.x
	if n := len(line.Parts); n > 0 {
		end = line.Parts[n-1].X + inkWidth(line.Parts[n-1].Run)
	}
	s.trailSpace(line)
	last.comps = append(last.comps, &PageNumber{setter: s, style: num, anchor: id, whole: whole, From: end, Right: p.x + p.w, Baseline: line.Baseline, link: to})
	return rows
}

// referenceText is a title and what is to be said of it, with a separator between the parts of that.
func (s *setter) referenceText(title tree.Inlines, about []string, between string, st style, elem *Elem, to *Link) *content {
	c := s.inlineWith(title, st, elem, diag.Pos{}, to, true)
	if len(about) > 0 {
		muted := s.muted(s.role(layouts.RoleTOCAuthor))
		muted.look.size = min(muted.look.size, st.look.size)
		s.appendText(c, "  "+strings.Join(about, between), muted, elem, to)
	}
	c.style = st
	return c
}

// breaksAt reports whether a line ends before or behind a sign, when content is set as [setter.emitHanging] does.
func (s *setter) breaksAt(sign string, c *content, w, hang unit.Len) bool {
	m := s.measured(c, hang, w-hang, -hang)
	lines, _ := m.broken(0)
	for i := range lines[:max(0, len(lines)-1)] {
		end := lineEnd(&lines[i], m.pieces, len(c.text))
		if strings.HasSuffix(c.text[:end], sign) || strings.HasPrefix(strings.TrimLeft(c.text[end:], " "), sign) {
			return true
		}
	}
	return false
}

// chronology sets the talks by date: the days in a column, then titles, speakers and pages.
func (s *setter) chronology() {
	p := s.body()
	st := s.small(s.role(layouts.RoleTOCEntry))
	date := s.muted(st)
	date.look.figures = tabularFigures
	w := s.natural(s.text("8888-88-88", date, nil))
	q := p.in(w + st.look.size)
	q.style = st
	list := s.elem.Child("L")
	var before tree.Date
	for _, t := range s.book.Chronology() {
		item := list.Child("LI")
		label := item.Child("Lbl")
		if len(s.rows) > 0 && before != t.Talk.Date && !before.IsZero() {
			s.space(st.leading/4, st.leading/8)
		}
		before = t.Talk.Date
		about := []string{unbroken(tree.PlainText(t.Event.Title))}
		if who := names(t.Talk.Speakers); who != "" {
			about = slices.Insert(about, 0, who)
		}
		rows := s.reference(t.Talk.Title, about, t.Talk.ID, false, item.Child("LBody"), q, st)
		if len(rows) == 0 {
			continue
		}
		for _, l := range s.lines(s.text(t.Talk.Date.String(), date, label), p.x, w*2) {
			l.line.Baseline = rows[0].base
			s.trailSpace(l.line)
			rows[0].comps = append([]core.Component{l.line}, rows[0].comps...)
		}
	}
}

// actions sets the action items and the decisions, each with the page of its place.
func (s *setter) actions() {
	p := s.body()
	st := s.small(s.role(layouts.RoleTOCEntry))
	p.style = st
	words := s.words.Appendix()
	for _, group := range []struct {
		kind  derive.ItemKind
		title string
	}{{derive.Action, words.Actions}, {derive.Decision, words.Decisions}} {
		var list *Elem
		for _, item := range s.book.Items() {
			if item.Kind != group.kind {
				continue
			}
			if list == nil {
				if s.book.Title(derive.Actions, s.words) != group.title {
					elem := s.elem.Child("H" + itoa(s.level+1))
					elem.Title = group.title
					s.title(&tree.Heading{Text: plainTitle(group.title)}, layouts.RoleHeading1, elem, p)
				}
				list = s.elem.Child("L")
			}
			s.space(st.leading/4, st.leading/8)
			about := []string{tree.PlainText(item.Place.Talk.Title)}
			s.reference(plainTitle(tree.PlainText(item.Text)), about, item.Anchor, false, list.Child("LI").Child("LBody"), p, st)
		}
	}
}

// related returns the fact that names the other talks of a talk's speakers.
func (s *setter) related(t *tree.Talk) []tree.Fact {
	var value tree.Inlines
	list, more := s.book.Related(t)
	for i, other := range list {
		if i > 0 {
			value = append(value, &tree.Text{Text: "; "})
		}
		title := strings.TrimSpace(tree.PlainText(other.Talk.Title))
		value = append(value, &tree.Link{Target: other.Talk.ID, Text: plainTitle(cmpOr(title, other.Talk.ID))})
	}
	if len(value) == 0 {
		return nil
	}
	if id := derive.Speakers.ID(); more && s.ids[id] {
		value = append(value, &tree.Text{Text: "; … "}, &tree.Link{Target: id, Text: plainTitle(s.words.Speakers)})
	}
	return []tree.Fact{{Label: s.words.Appendix().Also, Value: value}}
}

// turn returns a paragraph of minutes with the speaker's name in semi-bold, to be set with its later lines indented.
func (s *setter) turn(b *tree.Paragraph) (*tree.Paragraph, bool) {
	if !s.dialogue {
		return b, false
	}
	who, words, ok := derive.Turn(b)
	if !ok {
		if who, words, ok = derive.Mark(b); !ok {
			return b, false
		}
	}
	name := &tree.Strong{At: b.At, Text: plainTitle(who + ":")}
	return &tree.Paragraph{At: b.At, Text: append(tree.Inlines{name, &tree.Text{At: b.At, Text: " "}}, words...)}, true
}

// unbroken keeps a short name together on its line: "PyCon 2013". A longer one may break.
func unbroken(name string) string {
	if len(name) > 24 {
		return name
	}
	return strings.ReplaceAll(name, " ", "\u00a0")
}
