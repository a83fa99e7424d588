package typeset

import (
	"slices"
	"strings"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

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

// indexer sets the entries of an index in a column.
type indexer struct {
	*setter
	list    *Elem
	p       place
	initial string
}

// The widths of a type area from which on an index has two columns: one that names talks, and one of pages alone.
const (
	wideIndex   = 312 * unit.Pt // 110 mm
	narrowIndex = 255 * unit.Pt // 90 mm
)

// index sets an index: in two columns where the page has the width for them, each page for itself, the last one balanced.
func (s *setter) index(wide unit.Len, fill func(*indexer)) {
	columns, w, gap := 1, s.layout.Page.TextWidth(), s.layout.Text.Size*2
	if w >= wide {
		columns = 2
		w = (w - gap) / 2
	}
	sub := &setter{engine: s.engine, desk: s.work(), lang: s.lang, elem: s.elem, level: s.level}
	p := sub.body()
	p.w = w
	fill(&indexer{setter: sub, list: s.elem.Child("L"), p: p})
	sub.rows = sub.finish()
	if columns == 1 {
		for _, r := range sub.rows {
			gap, stretch, brk := max(r.before, s.gap), r.stretch, r.brk
			s.gap, s.gapStretch, s.price = gap, stretch, 0
			if brk >= breakNever {
				s.keepNext(1)
			}
			s.add(r)
		}
		return
	}
	used := s.gap
	for _, r := range s.rows {
		used += r.before + r.height
	}
	room := s.layout.Page.TextHeight() - used - s.layout.Text.Leading/2
	for units := unitsOf(sub.rows); len(units) > 0; room = s.layout.Page.TextHeight() - unit.Pt {
		cols, n := fillColumns(units, columns, room)
		if n == len(units) { // the last page: columns of the same height
			low, high := unit.Len(0), room
			for high-low > unit.Pt {
				mid := (low + high) / 2
				if try, m := fillColumns(units, columns, mid); m == n {
					cols, high = try, mid
				} else {
					low = mid
				}
			}
		}
		s.addColumns(cols, w+gap)
		units = units[n:]
	}
}

// unitsOf divides rows where a column may break.
func unitsOf(rows []*vrow) [][]*vrow {
	var units [][]*vrow
	for i, r := range rows {
		if n := len(units); i > 0 && r.brk >= breakNever {
			units[n-1] = append(units[n-1], r)
			continue
		}
		units = append(units, []*vrow{r})
	}
	return units
}

// fillColumns fills n columns of a height with units and returns them with the number of units used. A unit that is
// higher than that stands alone.
func fillColumns(units [][]*vrow, n int, height unit.Len) (cols [][]*vrow, used int) {
	for range n {
		var col []*vrow
		var y unit.Len
		for used < len(units) {
			var h unit.Len
			for i, r := range units[used] {
				h += r.height
				if i > 0 || len(col) > 0 {
					h += r.before
				}
			}
			if y+h > height && len(col) > 0 {
				break
			}
			col = append(col, units[used]...)
			y += h
			used++
		}
		cols = append(cols, col)
	}
	return cols, used
}

// addColumns adds a row that holds columns, one after the other in reading order.
func (s *setter) addColumns(cols [][]*vrow, step unit.Len) {
	out := &vrow{}
	for i, col := range cols {
		var y unit.Len
		for k, r := range col {
			if k > 0 {
				y += r.before
			}
			for _, c := range r.comps {
				out.comps = append(out.comps, &Shifted{DX: unit.Len(i) * step, DY: y, Component: c})
			}
			out.anchors = append(out.anchors, r.anchors...)
			y += r.height
		}
		out.height = max(out.height, y)
	}
	s.add(out)
	s.keep = 0 // columns are more than the lines that a heading keeps
}

// Shifted is a component at another place of its row.
type Shifted struct {
	core.Component
	DX, DY unit.Len

	mirrored bool
}

// GetStructure describes the component and its shift for page goldens.
func (c *Shifted) GetStructure() *node.Node[core.Structure] {
	n := structure("typeset.shifted", nil, map[string]any{"dx": c.DX.String(), "dy": c.DY.String()})
	n.AddNext(c.Component.GetStructure())
	return n
}

// Render draws the component.
func (c *Shifted) Render(provider core.Provider, cell *entity.Cell) {
	moved := *cell
	moved.X += c.DX.MM()
	moved.Y += c.DY.MM()
	c.Component.Render(provider, &moved)
}

// entry sets a name and the talks under it. The first entry of a letter stands apart.
func (x *indexer) entry(name, initial string, talks []derive.Place) {
	item := x.list.Child("LI")
	lead := x.layout.Styles[layouts.RoleTOCEntry].Leading
	switch {
	case len(x.rows) == 0:
	case initial != x.initial:
		x.gap = lead * 2 / 3
	default:
		x.gap = lead / 5
	}
	x.initial = initial
	st := x.role(layouts.RoleTOCEntry)
	x.emitKept(x.text(name, st, item.Child("Lbl")), x.p)
	x.keepNext(1)
	list := item.Child("LBody").Child("L")
	small := x.small(st)
	q := x.p.in(st.look.size)
	q.style = small
	for i, t := range talks {
		if len(talks) <= 4 && i > 0 { // a short entry is not divided
			x.keepNext(1)
		}
		x.reference(t.Talk.Title, nil, t.Talk.ID, true, list.Child("LI").Child("LBody"), q, small)
	}
}

// mostPages is the number of places that one entry names in a row. Where there are more, and they lie in several events, each
// event has a line of its own: nobody looks through a dozen numbers that nothing tells apart.
const mostPages = 6

// pages sets a name and the pages of the talks under it, in one paragraph as indexes of subjects have it. The first entry
// of a letter stands apart. The pages of the talks must be known, see chapter.late.
func (x *indexer) pages(name, initial string, talks []derive.Place) {
	st := x.small(x.role(layouts.RoleTOCEntry))
	if len(x.rows) > 0 && initial != x.initial {
		x.gap = st.leading * 2 / 3
	}
	x.initial = initial
	item := x.list.Child("LI")
	c := x.text(name, st, item.Child("Lbl"))
	body := item.Child("LBody")
	groups := byEvent(talks)
	if len(talks) <= mostPages || len(groups) < 2 {
		x.places(c, talks, st, body)
		x.emitKept(c, x.p)
		return
	}
	x.emitKept(c, x.p)
	list := body.Child("L")
	p := x.p.in(st.look.size)
	for _, g := range groups {
		x.keepNext(1)
		item := list.Child("LI")
		c := x.text(unbroken(tree.PlainText(g[0].Event.Title)), st, item.Child("Lbl"))
		x.places(c, g, st, item.Child("LBody"))
		x.emitKept(c, p)
	}
}

// byEvent divides talks by their events.
func byEvent(talks []derive.Place) (groups [][]derive.Place) {
	for i, t := range talks {
		if n := len(groups); i > 0 && t.Event == talks[i-1].Event {
			groups[n-1] = append(groups[n-1], t)
			continue
		}
		groups = append(groups, []derive.Place{t})
	}
	return groups
}

// places adds the pages of talks to a name.
func (x *indexer) places(c *content, talks []derive.Place, st style, body *Elem) {
	for _, t := range talks {
		label := x.labels[t.Talk.ID]
		if last := x.ends[t.Talk.ID]; last != label {
			label += "–" + last
		}
		x.appendText(c, ", ", st, body, nil)
		link := body.Child("Reference").Child("Link")
		to := &Link{To: Target{Anchor: t.Talk.ID}, Contents: tree.PlainText(t.Talk.Title), Elem: link}
		x.appendText(c, label, st, link, to)
		c.spans[len(c.spans)-1].fixed = true
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
