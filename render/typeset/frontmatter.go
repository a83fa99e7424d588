package typeset

import (
	"fmt"
	"strings"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	art "github.com/evbook/evbook/render/figures"
)

// setTitle sets the title page: title and subtitle in the upper half, names below, the publisher at the foot.
func (s *setter) setTitle() {
	m := &s.in.Book.Meta
	p := s.body()
	h := s.layout.Page.TextHeight()
	s.drop(h / 5)
	// The book's title is no heading of its text: the events are the first level.
	st := s.role(layouts.RoleTitle)
	st.balance = true
	s.emit(s.text(m.Title, st, s.elem.Child("P")), p, 0)
	s.gap = s.layout.Styles[layouts.RoleTitle].After
	if m.Subtitle != "" {
		st := s.role(layouts.RoleSubtitle)
		st.balance = true
		s.emit(s.text(m.Subtitle, st, s.elem.Child("P")), p, 0)
		s.gap = s.layout.Styles[layouts.RoleSubtitle].After
	}
	s.gap = max(s.gap, s.layout.Text.Leading*2)
	s.add(&vrow{height: 2 * unit.Pt, comps: []core.Component{&Box{W: p.w / 6, H: 2 * unit.Pt, Color: s.layout.Colors.Accent}}})
	s.gap = s.layout.Text.Leading * 2
	for _, c := range m.Creators {
		s.emit(s.text(c.Name, s.role(layouts.RoleAuthor), s.elem.Child("P")), p, 0)
		s.gap = 0
	}
	var foot []string
	if m.Publisher != "" {
		foot = append(foot, m.Publisher)
	}
	if !m.Date.IsZero() {
		foot = append(foot, itoa(m.Date.Year))
	}
	if len(foot) > 0 {
		st := s.muted(s.role(layouts.RoleMeta))
		used := unit.Len(0)
		for _, r := range s.rows {
			used += r.before + r.height
		}
		s.gap = max(s.layout.Text.Leading, h-used-st.leading)
		s.emit(s.text(strings.Join(foot, " · "), st, s.elem.Child("P")), p, 0)
	}
	for _, r := range s.rows {
		r.brk = breakNever
	}
}

// setImprint sets the back of the title page: what the book is, from its metadata, at the foot of the page.
func (s *setter) setImprint() {
	m := &s.in.Book.Meta
	p := s.body()
	st := s.role(layouts.RoleMeta)
	st.look.color = s.layout.Colors.Muted
	para := func(text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		s.gap = s.layout.Text.Leading / 2
		s.emit(s.text(text, st, s.elem.Child("P")), p, 0)
	}
	s.add(&vrow{}) // is given its height below
	para(m.Description)
	if len(m.Contributor) > 0 {
		para(names(m.Contributor))
	}
	if m.Series != "" {
		para(strings.TrimSpace(m.Series + " " + m.SeriesIndex))
	}
	para(m.Rights)
	s.facts(m.Extra, p)
	s.keep = 0
	f := s.layout.Fonts
	para(fmt.Sprintf(s.words.Typeset, f.Text, f.Heading, f.Code, cmpOr(s.in.Generator, "evbook")))
	if m.Identifier != "" {
		para(m.Identifier)
	}
	used := unit.Len(0)
	for _, r := range s.rows {
		used += r.before + r.height
	}
	used += s.notesHeight(s.rows)
	s.rows[0].height = max(0, s.layout.Page.TextHeight()-used)
}

// setContents sets the list of contents.
func (s *setter) setContents() {
	p := s.body()
	s.drop(s.layout.Text.Leading * 3)
	s.chapterTitle(tree.Inlines{&tree.Text{Text: s.words.Contents}}, layouts.RoleChapter, diag.Pos{})
	s.rows[len(s.rows)-1].anchors = append(s.rows[len(s.rows)-1].anchors, contentsAnchor)
	toc := s.elem.Child("TOC")
	book := s.in.Book
	if s.hasTimeline() {
		s.entry(tocEntry{title: plainTitle(s.words.Appendix().Timeline), id: art.TimelineID}, toc, p)
	}
	for _, c := range book.Front {
		s.entry(tocEntry{title: c.Title, id: c.ID, pos: c.Pos()}, toc, p)
	}
	for _, e := range book.Events {
		sub := toc
		if opens(e) {
			item := s.entry(tocEntry{title: e.Title, id: e.ID, pos: e.Pos(), part: true}, toc, p)
			sub = item.Child("TOC")
			s.keepNext(2)
		}
		for _, sec := range e.Sections {
			s.contentsSection(sec, sub, p, 0)
		}
	}
	if len(book.Back) > 0 || len(s.book.Appendices()) > 0 {
		s.gap = s.layout.Styles[layouts.RoleTOCPart].Before
	}
	for _, c := range book.Back {
		s.entry(tocEntry{title: c.Title, id: c.ID, pos: c.Pos()}, toc, p)
	}
	s.appendixEntries(toc, p)
	s.raise()
}

const contentsAnchor = "contents"

func (s *setter) contentsSection(sec *tree.Section, toc *Elem, p place, depth int) {
	talks := sec.Talks
	if lead := sec.Lead(); lead != nil {
		s.entry(tocEntry{title: lead.Title, author: names(lead.Speakers), id: lead.ID, pos: lead.Pos()}, toc, p)
		talks, p = talks[1:], p.in(s.layout.Text.ListIndent)
	} else if len(sec.Title) > 0 && (depth > 0 || sec.Kind != tree.Talks) {
		st := s.muted(s.role(layouts.RoleTOCAuthor))
		st.look.italic = true
		s.gap = 3 * unit.Pt
		s.emit(s.inlineWith(sec.Title, st, toc.Child("TOCI"), sec.Pos(), nil, true), p, 0)
		s.keepNext(1)
	}
	for i, t := range talks {
		if i > 0 && (i < leastEntries || len(talks)-i < leastEntries) {
			s.charge(breakPoor)
		}
		s.entry(tocEntry{title: t.Title, author: names(t.Speakers), id: t.ID, pos: t.Pos()}, toc, p)
	}
	for _, sub := range sec.Sections {
		s.contentsSection(sub, toc, p, depth+1)
	}
}

// tocEntry is a line of the contents.
type tocEntry struct {
	title  tree.Inlines
	author string
	id     string
	pos    diag.Pos
	part   bool
}

// entry sets an entry of the contents: the title, the speakers in the muted colour, dots, the number of the page. The
// number's column has the same width for all numbers, so that no number changes a line.
func (s *setter) entry(e tocEntry, toc *Elem, p place) *Elem {
	item := toc.Child("TOCI")
	elem := item.Child("Reference").Child("Link")
	role := layouts.RoleTOCEntry
	if e.part {
		role = layouts.RoleTOCPart
		ls := s.layout.Styles[role]
		s.space(ls.Before, ls.Before/3)
	}
	st := s.role(role)
	text := tree.PlainText(e.title)
	link := &Link{To: Target{Anchor: e.id}, Contents: text, Elem: elem}
	c := s.inlineWith(e.title, st, elem, e.pos, link, true)
	if e.author != "" {
		s.appendText(c, "  "+e.author, s.muted(s.role(layouts.RoleTOCAuthor)), elem, link)
	}
	c.style = st
	numbers := s.numberWidth(st)
	turn := st.look.size * 2
	first := len(s.rows)
	hang := st.look.size
	rows := s.emitHanging(c, p.x, p.w-numbers-turn, hang)
	if len(rows) == 0 {
		return item
	}
	for _, r := range s.rows[first+1:] {
		r.brk = breakNever
	}
	if before := s.layout.Styles[layouts.RoleTOCPart].Before; rows[0].before >= before { // it gives way to save a page of a few lines
		rows[0].shrink = max(rows[0].shrink, before*2/5)
	}
	last := rows[len(rows)-1]
	line := last.comps[len(last.comps)-1].(*Line)
	end := p.x
	if n := len(line.Parts); n > 0 {
		end = line.Parts[n-1].X + inkWidth(line.Parts[n-1].Run)
	}
	s.trailSpace(line)
	num := st
	num.look.figures = tabularFigures
	if !e.part {
		last.comps = append(last.comps, s.leader(end+st.look.size/2, p.x+p.w-numbers, line.Baseline, st))
	}
	last.comps = append(last.comps, &PageNumber{setter: s, style: num, anchor: e.id, From: end, Right: p.x + p.w, Baseline: line.Baseline, link: link})
	if e.part {
		s.gap = s.layout.Styles[role].After
	}
	return item
}

// trailSpace puts a space behind a line, so that what follows it on the page is another word to who reads the text.
func (s *setter) trailSpace(line *Line) {
	if len(line.Parts) == 0 {
		return
	}
	run := line.Parts[len(line.Parts)-1].Run
	font, err := shape.Load(run.Face)
	if err != nil {
		return
	}
	if id, ok := font.GlyphID(' '); ok {
		run.Glyphs = append(run.Glyphs, Glyph{ID: id, Advance: scale(font.GlyphAdvance(id), run.Size, font.UnitsPerEm()).Short(), Text: " "})
	}
}

// appendText adds text in another style at the end of content.
func (s *setter) appendText(c *content, text string, st style, elem *Elem, link *Link) {
	start := len(c.text)
	c.text += text
	c.spans = append(c.spans, span{start: start, end: len(c.text), look: st.look, elem: elem, link: link, lang: c.lang})
}

// emitHanging sets lines of which all but the first are indented.
func (s *setter) emitHanging(c *content, x, w, hang unit.Len) []*vrow {
	return s.emit(c, place{x: x + hang, w: w - hang, style: c.style}, -hang)
}

// numberWidth is the width kept for page numbers: four figures.
func (s *setter) numberWidth(st style) unit.Len {
	st.look.figures = tabularFigures
	w := s.natural(s.text("8888", st, nil))
	return w
}

// leader sets dots from x to right on a grid that all lines share.
func (s *setter) leader(x, right, base unit.Len, st style) core.Component {
	chain := s.faces.chain(&st.look)
	line := &Line{Baseline: base, Artifact: true, Kind: ArtifactLayout}
	if len(chain) == 0 {
		return line
	}
	id, ok := chain[0].GlyphID('.')
	if !ok {
		return line
	}
	look := st.look
	step := look.size * 3 / 4
	// The grid hangs from the right edge: dots of all lines stand below each other.
	n := (right - x) / step
	if n < 2 {
		return line
	}
	run := &Run{Face: chain[0].Face(), Size: look.size, Color: s.layout.Colors.Rule}
	for range n {
		run.Glyphs = append(run.Glyphs, Glyph{ID: id, Advance: step.Short(), Text: "."})
	}
	line.Parts = []Part{{X: right - n*step, Run: run}}
	return line
}

// PageNumber is the number of the page of an anchor, set when all pages are known.
type PageNumber struct {
	leaf
	From     unit.Len // where the link begins, so that the dots lead to the page, too; 0: with the number
	Right    unit.Len // where the number ends
	Baseline unit.Len

	setter *setter
	style  style
	anchor string
	whole  bool // all pages of the talk, from the first to the last
	link   *Link
	line   *Line
	mirror unit.Len
}

// resolve sets the number at a desk: other chapters may be at the one where its own was set.
func (n *PageNumber) resolve(d *desk, label string) {
	s := *n.setter
	s.desk = d
	if last := s.ends[n.anchor]; n.whole && last != label {
		label += "–" + last
	}
	if label == "" {
		s.report.Warnf(CodeAnchorUnknown, diag.Pos{}, "the contents lead to %q, which is on no page", n.anchor)
		return
	}
	c := s.inlineWith(tree.Inlines{&tree.Text{Text: label}}, n.style, n.link.Elem, diag.Pos{}, n.link, true)
	for _, l := range s.lines(c, 0, unit.Max/4) {
		for i := range l.line.Parts {
			l.line.Parts[i].X += n.Right - l.width
			l.line.Parts[i].Link = nil // see Render
		}
		if n.From == 0 {
			n.From = n.Right - l.width
		}
		l.line.Baseline = n.Baseline
		l.line.mirror = n.mirror
		n.line = l.line
	}
}

// GetStructure describes the number for page goldens.
func (n *PageNumber) GetStructure() *node.Node[core.Structure] {
	text := ""
	if n.line != nil {
		text = n.line.Text()
	}
	return structure("typeset.pagenumber", text, map[string]any{"to": n.anchor})
}

// Render draws the number.
func (n *PageNumber) Render(provider core.Provider, cell *entity.Cell) {
	if n.line == nil {
		return
	}
	n.line.Render(provider, cell)
	if c, ok := provider.(Canvas); ok {
		x, y := origin(cell)
		size := n.style.look.size
		c.Link(x+other(n.mirror, n.From, n.Right-n.From), y+n.Baseline-size.Mul(0.82), n.Right-n.From, size.Mul(1.1), n.link.To, n.link.Contents, n.link.Elem)
	}
}
