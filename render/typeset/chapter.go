package typeset

import (
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// chapter is a part of the book that begins a page: it is set and divided into pages by itself.
type chapter struct {
	set   func(s *setter) // appends the rows
	elem  *Elem
	lang  string
	recto bool // begins on a right-hand page
	front bool // numbered in Roman
	// verso and talk are the texts of the running heads on left-hand and right-hand pages; bare chapters have neither
	// head nor folio, opening ones only a folio on their first page.
	verso, talk string
	bare        bool
	cover       bool              // the page before all others, which has no number
	level       int               // of its title among the headings
	end         string            // id of the talk that it is, whose last page is wanted
	late        bool              // it is set when the pages before it are numbered
	talks       map[string]string // by id, the titles of the talks that it is made of, if they are several
	names       []string          // further anchors of its first row
	id          string            // names the place of all its pages when the program makes them from more than one node

	rows      []*vrow
	pages     []*sheet // when it begins on a right-hand page
	leftPages []*sheet // when it begins on a left-hand one
}

// body is where the text of a chapter is set.
func (s *setter) body() place {
	return place{w: s.layout.Page.TextWidth(), style: s.textStyle(), elem: s.elem}
}

// drop begins a chapter with empty space.
func (s *setter) drop(l unit.Len) { s.add(&vrow{height: l}); s.keepNext(1) }

// chapterTitle sets the title of a chapter at the head of its page.
func (s *setter) chapterTitle(title tree.Inlines, role layouts.Role, pos diag.Pos) {
	elem := s.elem.Child("H" + itoa(s.level))
	elem.Title = tree.PlainText(title)
	st := s.role(role)
	st.balance = true
	s.emit(s.inline(title, st, elem, pos), s.body(), 0)
	// Titles stand at the same height on all pages: what the text below needs to be on the grid goes between them.
	s.gap, s.gapStretch = s.layout.Styles[role].After, s.layout.Styles[role].After/6
	s.keepNext(2)
}

// setChapter sets a chapter of the front or back matter.
func (s *setter) setChapter(c *tree.Chapter) {
	s.anchor(c.ID)
	s.beginning(tree.Place{Node: c})
	s.drop(s.layout.Text.Leading * 3)
	s.chapterTitle(c.Title, layouts.RoleChapter, c.Pos())
	s.facts(c.Facts, s.body())
	s.blocks(c.Body, s.body())
}

// setTalk sets a talk: where and when above the title, then who, then links and facts, then the notes.
func (s *setter) setTalk(t *tree.Talk, event *tree.Event, section *tree.Section) {
	s.anchor(t.ID)
	s.beginning(tree.Place{Node: t})
	p := s.body()
	accent := s.role(layouts.RoleMeta)
	accent.look.color, accent.look.weight = s.layout.Colors.Accent, 600
	if line := s.dateline(t, event, section); line != "" {
		s.emit(s.text(line, accent, s.elem.Child("P")), p, 0)
		s.keepNext(2)
		s.gap = 4 * unit.Pt
	}
	s.chapterTitle(t.Title, layouts.RoleChapter, t.Pos())
	if len(t.Speakers) > 0 {
		s.gap, s.gapStretch = s.layout.Styles[layouts.RoleChapter].After/2, unit.Pt
		st := s.role(layouts.RoleAuthor)
		s.emit(s.inline(linkedNames(t.Speakers), st, s.elem.Child("P"), t.Pos()), p, 0)
		s.keepNext(1)
		s.gap, s.gapStretch = s.layout.Text.Leading/2, s.layout.Text.Leading/6
	}
	rows := len(s.rows)
	s.talkFacts(t, p)
	if len(s.rows) > rows || len(t.Speakers) > 0 {
		s.gap, s.gapStretch = s.layout.Text.Leading/2, s.layout.Text.Leading/6
		s.keepNext(2)
		s.add(&vrow{height: unit.Pt / 2, comps: []core.Component{&Box{X: 0, W: p.w, H: unit.Pt / 2, Color: s.layout.Colors.Rule}}})
		s.keepNext(2)
		s.gap, s.gapStretch = s.layout.Text.Leading, s.layout.Text.Leading/6
	}
	before := len(s.rows)
	s.dialogue = s.book.Dialogue(t)
	s.blocks(t.Body, p)
	s.tighten(before)
}

// tighten takes back the space above a heading that follows the header at once: the header has its own below.
func (s *setter) tighten(first int) {
	if first < len(s.rows) {
		s.rows[first].before = min(s.rows[first].before, s.layout.Text.Leading*5/4)
		s.rows[first].stretch = min(s.rows[first].stretch, s.layout.Text.Leading/6)
		if s.rows[first].height > s.layout.Page.TextHeight()/2 { // a large picture: the header may stand without it
			s.rows[first].brk = min(s.rows[first].brk, breakPoor)
		}
	}
}

// dateline says where and when a talk was given.
func (s *setter) dateline(t *tree.Talk, event *tree.Event, section *tree.Section) string {
	var parts []string
	if event != nil {
		parts = append(parts, tree.PlainText(event.Title))
	}
	if section != nil && len(section.Title) > 0 && section.Kind != tree.Talks {
		parts = append(parts, tree.PlainText(section.Title))
	}
	if d := s.words.Day(t.Date); d != "" {
		parts = append(parts, d)
	}
	if t.Start != "" {
		clock := string(t.Start)
		if t.End != "" {
			clock += "–" + string(t.End)
		}
		parts = append(parts, clock)
	}
	if t.Track != "" {
		parts = append(parts, t.Track)
	}
	return strings.Join(parts, " · ")
}

func names(list []tree.Person) string {
	var out []string
	for _, p := range list {
		out = append(out, strings.ReplaceAll(p.Name, " ", "\u00A0"))
	}
	return strings.Join(out, ", ")
}

// linkedNames is names with links to the pages of those who have one in the register of speakers.
func linkedNames(list []tree.Person) tree.Inlines {
	var out tree.Inlines
	for i, p := range list {
		if i > 0 {
			out = append(out, &tree.Text{Text: ", "})
		}
		name := plainTitle(names(list[i : i+1]))
		if p.URL != "" {
			name = tree.Inlines{&tree.Link{URL: p.URL, Text: name}}
		}
		out = append(out, name...)
	}
	return out
}

// talkFacts sets links, facts and tags of a talk as labels and values.
func (s *setter) talkFacts(t *tree.Talk, p place) {
	var facts []tree.Fact
	for _, l := range t.Links {
		v := tree.Inlines{&tree.Link{At: t.At, URL: l.URL, Auto: true, Text: tree.Inlines{&tree.Text{Text: shownURL(l.URL)}}}}
		if len(l.Note) > 0 {
			v = append(append(v, &tree.Text{Text: " "}), l.Note...)
		}
		facts = append(facts, tree.Fact{Label: s.words.LinkLabel(l.Label), Value: v})
	}
	facts = append(facts, t.Facts...)
	if len(t.Tags) > 0 {
		facts = append(facts, tree.Fact{Label: s.words.Tags, Value: tree.Inlines{&tree.Text{Text: strings.Join(t.Tags, ", ")}}})
	}
	first := len(s.rows)
	codes := s.codes(t, p)
	p.w -= codes.width
	s.facts(append(facts, s.related(t)...), p)
	codes.beside(s, first)
	for i, r := range s.rows[first:] {
		if i > longFacts { // a header of many lines may be divided
			r.brk = breakPoor
		}
	}
}

// longFacts is how many lines of facts in a header stand on one page.
const longFacts = 10

// shownURL is a URL as it is printed: complete, so that it can be typed from paper, without what adds nothing.
func shownURL(u string) string { return u }

// facts sets labelled values in two columns, the labels in the muted colour.
func (s *setter) facts(facts []tree.Fact, p place) {
	if len(facts) == 0 {
		return
	}
	st := s.role(layouts.RoleMeta)
	label := s.muted(st)
	var column unit.Len
	labels := make([]*content, len(facts))
	for i, f := range facts {
		labels[i] = s.text(f.Label, label, s.elem.Child("P"))
		w := s.natural(labels[i])
		column = max(column, w)
	}
	column = min(column+st.look.size*3/2, p.w/3)
	for i, f := range facts {
		// Label and value are one paragraph, read one after the other.
		elem := labels[i].elem
		first := len(s.rows)
		q := p
		q.x += column
		q.w -= column
		value := s.inline(f.Value, st, elem, diag.Pos{})
		if f.Key == totalPages && len(value.spans) > 0 {
			value.spans[0].ref = &pageRef{anchor: totalPages}
		}
		s.emit(value, q, 0)
		ls := s.lines(labels[i], p.x, column-st.look.size/2)
		for k, l := range ls {
			if first+k >= len(s.rows) {
				s.add(&vrow{height: st.leading, base: l.line.Baseline})
			}
			r := s.rows[first+k]
			s.trailSpace(l.line)
			r.comps = append([]core.Component{l.line}, r.comps...)
			r.isText = false
		}
		for _, r := range s.rows[first+min(1, len(s.rows)-first):] {
			r.brk = breakNever
		}
		s.keepNext(1)
		s.gap = unit.Pt
	}
	s.keep = 0
	s.gap, s.gapStretch = s.layout.Text.Leading, 0
}

// setEvent sets the opening page of an event: title, days in words, place, facts, the introduction, and its talks with
// their pages.
func (s *setter) setEvent(e *tree.Event) {
	s.anchor(e.ID)
	s.beginning(tree.Place{Node: e})
	p := s.body()
	s.drop(s.layout.Page.TextHeight() / 5)
	s.chapterTitle(e.Title, layouts.RolePart, e.Pos())
	s.gapStretch = 0 // what brings the text onto the grid goes above the text
	if d := s.words.Days(e.Start, e.End); d != "" {
		st := s.role(layouts.RoleSubtitle)
		st.look.italic = true
		s.gap = s.layout.Text.Leading / 3
		s.emit(s.text(d, st, s.elem.Child("P")), p, 0)
	}
	rule := &Box{X: 0, W: p.w / 6, H: unit.Pt * 2, Color: s.layout.Colors.Accent}
	s.gap = s.layout.Text.Leading * 3 / 4
	s.add(&vrow{height: 2 * unit.Pt, comps: []core.Component{rule}, brk: breakNever})
	s.gap = s.layout.Text.Leading
	var facts []tree.Fact
	if e.Venue != "" {
		facts = append(facts, tree.Fact{Label: s.words.Venue, Value: tree.Inlines{&tree.Text{Text: e.Venue}}})
	}
	if e.Site != "" {
		facts = append(facts, tree.Fact{Label: s.words.Site, Value: tree.Inlines{&tree.Link{URL: e.Site, Auto: true, Text: tree.Inlines{&tree.Text{Text: e.Site}}}}})
	}
	for _, f := range e.Facts {
		f.Label = s.words.LinkLabel(f.Label)
		facts = append(facts, f)
	}
	s.facts(facts, p)
	s.gapStretch = s.layout.Text.Leading / 4
	s.blocks(e.Intro, p)
	s.schedule(e, p)
	first := len(s.rows)
	for _, sec := range e.Sections {
		s.sectionList(sec, p, 0)
	}
	s.whole(first)
	s.raise()
}

// whole keeps the rows from first on together, the lists of an event's talks: on the page of what stands above them, else on
// the next. They are divided if a page does not hold them, or if what stands above them is too little for a page.
func (s *setter) whole(first int) {
	if first == len(s.rows) {
		return
	}
	height := func(rows []*vrow) (h unit.Len) {
		for k, r := range rows {
			if h += r.height; k > 0 {
				h += r.before
			}
		}
		return h
	}
	page := s.layout.Page.TextHeight()
	if need := height(s.rows[first:]); need <= page && height(s.rows[:first]) >= page/2 {
		s.rows[first].need = need
	}
}

// raise takes from the empty space at the head of a chapter, line by line, what saves it a page.
func (s *setter) raise() {
	drop, lead := s.rows[0].height, s.layout.Text.Leading
	all := func() int {
		pages, _ := s.paginate(&chapter{rows: s.rows}, false)
		return len(pages)
	}
	n := all()
	for left := drop - lead; n > 1 && left >= 0; left -= lead {
		s.rows[0].height = left
		if all() < n {
			return
		}
	}
	s.rows[0].height = drop
}

// leastEntries is the number of talks that a divided list has at least on either page.
const leastEntries = 3

// sectionList lists the talks of a section on the event's opening page.
func (s *setter) sectionList(sec *tree.Section, p place, depth int) {
	ls := s.layout.Styles[layouts.RoleSection]
	s.anchor(sec.ID)
	if lead := sec.Lead(); lead != nil {
		s.space(ls.Before/2, ls.Before/6)
	} else if len(sec.Title) > 0 {
		s.beginning(tree.Place{Node: sec, Entry: true})
		elem := s.elem.Child("H" + itoa(min(s.level+1+depth, 6)))
		s.title(&tree.Heading{At: sec.At, Text: sec.Title}, layouts.RoleSection, elem, p)
	} else {
		s.space(ls.Before, ls.Before/3)
	}
	s.blocks(sec.Intro, p)
	if len(sec.Talks) > 0 {
		toc := s.elem.Child("TOC")
		for i, t := range sec.Talks {
			if i > 0 {
				s.gap = 2 * unit.Pt
			}
			if i == 1 && sec.Lead() != nil {
				p = p.in(s.layout.Text.ListIndent)
			}
			if i > 0 && (i < leastEntries || len(sec.Talks)-i < leastEntries) {
				s.charge(breakBad)
			}
			s.beginning(tree.Place{Node: t, Entry: true})
			s.entry(tocEntry{title: t.Title, author: names(t.Speakers), id: t.ID, pos: t.Pos()}, toc, p)
		}
	}
	for _, sub := range sec.Sections {
		s.sectionList(sub, p, depth+1)
	}
}
