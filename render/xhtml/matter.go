package xhtml

import (
	"strings"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/tree"
)

// TitlePage writes the title page: title, subtitle, creators, description, then contributors, publisher, date and rights.
func (p *Page) TitlePage(m *tree.Meta) {
	typ, _ := p.epubType("titlepage", "")
	p.section("titlepage", typ)
	p.BreaksAt(tree.Place{ID: tree.TitlePage})
	p.Element("h1", m.Title, A("id", p.titleID()), A("class", "book-title"))
	p.Line()
	p.line("book-subtitle", m.Subtitle, A("role", "doc-subtitle"))
	p.line("book-authors", p.site.Words.List(names(m.Creators)))
	p.line("book-description", m.Description)
	if len(m.Contributor) > 0 {
		p.line("book-imprint", p.site.Words.Contributors+": "+p.site.Words.List(names(m.Contributor)))
	}
	p.line("book-imprint", m.Publisher)
	if !m.Date.IsZero() {
		p.Start("p", A("class", "book-imprint"))
		p.day(m.Date)
		p.End()
		p.Line()
	}
	p.line("book-imprint", m.Rights)
	p.End()
}

// CoverPage writes the page that holds nothing but the cover picture.
func (p *Page) CoverPage(pic Picture, alt string) {
	p.Found.Images++
	p.Start("section", A("class", "cover"))
	p.BreaksAt(tree.Place{ID: tree.CoverPage})
	p.Void("img", A("src", pic.Href), A("alt", alt), A("role", "doc-cover"))
	p.End()
}

// title writes the title of a page; one without words gets its id, for a heading must not be empty.
func (p *Page) title(in tree.Inlines, id string) {
	p.Start(p.headingElement(1), A("id", p.titleID()))
	if plain(in) == "" && !hasImage(in) {
		p.Text(firstOf(id, "—"))
	}
	p.Inlines(in)
	p.End()
	p.Line()
}

// line writes a paragraph of plain text, or nothing if there is no text.
func (p *Page) line(class, text string, attrs ...Attr) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p.Element("p", text, append([]Attr{A("class", class)}, attrs...)...)
	p.Line()
}

func names(people []tree.Person) []string {
	var out []string
	for _, person := range people {
		out = append(out, person.Name)
	}
	return out
}

// byline names the speakers of a talk, with links to the pages of those who have one.
func (p *Page) byline(people []tree.Person) {
	if len(people) == 0 {
		return
	}
	p.Start("p", A("class", "byline"))
	for i, person := range people {
		switch {
		case i > 0 && i == len(people)-1:
			p.Text(" " + p.site.Words.And + " ")
		case i > 0:
			p.Text(", ")
		}
		if href, ok := CleanURL(person.URL); ok && person.URL != "" {
			p.Element("a", person.Name, A("class", "ext"), A("href", href))
		} else {
			p.Text(person.Name)
		}
	}
	p.End()
	p.Line()
}

// wordsDirection returns the direction of the program's own words where they are in a language written the other way than
// the book's, for which there are none.
func (p *Page) wordsDirection() Attr {
	if direction(p.lang) == "" || direction(p.site.Words.Lang) != "" {
		return Attr{}
	}
	return A("dir", "ltr")
}

func (p *Page) day(d tree.Date) {
	p.Element("time", p.site.Words.Day(d), A("datetime", d.String()), p.wordsDirection())
}

// Event writes the opening page of an event: title, dates and place, facts, introduction, and the list of what is in it.
func (p *Page) Event(e *tree.Event) {
	p.Number(e)
	typ, role := p.epubType("part", "doc-part")
	p.section("event", typ, role)
	p.begin(e)
	p.Start("header")
	p.Line()
	p.title(e.Title, e.ID)
	p.eventDays(e)
	p.line("event-venue", e.Venue)
	if e.Site != "" || len(e.Facts) > 0 {
		p.factTable(func() {
			p.linkRow(p.site.Words.Site, e.Site)
			for _, f := range e.Facts {
				f.Label = p.site.Words.LinkLabel(f.Label)
				p.factRows([]tree.Fact{f})
			}
		})
	}
	p.End()
	p.Line()
	p.Blocks(e.Intro)
	p.schedule(e)
	p.contents(e.Sections, 2)
	p.Notes()
	p.end()
}

func (p *Page) eventDays(e *tree.Event) {
	days := p.site.Words.Days(e.Start, e.End)
	if days == "" {
		return
	}
	p.Start("p", A("class", "event-days"))
	switch ltr := p.wordsDirection(); {
	case e.End.IsZero() || e.Start == e.End || e.Start.IsZero():
		p.Element("time", days, A("datetime", firstOf(e.Start.String(), e.End.String())), ltr)
	case ltr.Name != "":
		p.Element("span", days, ltr)
	default:
		p.Text(days)
	}
	p.End()
	p.Line()
}

// Section writes the opening page of a section of talks. It lists the talks, unless they follow in the same document.
func (p *Page) Section(s *tree.Section) {
	p.Number(s)
	p.section("section")
	p.begin(s)
	p.title(s.Title, s.ID)
	p.Blocks(s.Intro)
	if p.at.Anchor == "" { // else the talks follow, and the event has named them
		p.talkList(s.Talks)
	}
	p.contents(s.Sections, 2)
	p.Notes()
	p.end()
}

// contents lists the talks of sections under the sections' titles, which are links where the sections have pages. What a
// section without a page has to say is printed here.
func (p *Page) contents(sections []*tree.Section, level int) {
	for _, s := range sections {
		place, ok := p.site.Index.Place(s.ID)
		here := !ok || place == p.at
		below := level // an untitled section is no step in the order of headings
		p.entry(s)
		if len(s.Title) > 0 {
			below++
			p.Start(p.headingElement(level), A("class", "contents-title"))
			if here {
				p.Inlines(s.Title)
			} else {
				p.Element("a", plain(s.Title), A("href", place.Href(p.file)))
			}
			p.End()
			p.Line()
		}
		if here {
			p.Number(s)
			p.Blocks(s.Intro)
		}
		talks := s.Talks
		if s.Lead() != nil {
			talks = talks[1:] // the title above leads to it
		}
		p.talkList(talks)
		p.contents(s.Sections, below)
	}
}

// talkList lists talks with their speakers.
func (p *Page) talkList(talks []*tree.Talk) {
	if len(talks) == 0 {
		return
	}
	p.Start("ul", A("class", "talk-list"))
	p.Line()
	for _, t := range talks {
		p.Start("li")
		p.entry(t)
		if place, ok := p.site.Index.Place(t.ID); ok {
			p.Element("a", firstOf(plain(t.Title), t.ID), A("href", place.Href(p.file)))
		} else {
			p.Text(plain(t.Title))
		}
		if len(t.Speakers) > 0 {
			p.Text(" ")
			p.Element("span", p.site.Words.List(names(t.Speakers)), A("class", "by"))
		}
		p.End()
		p.Line()
	}
	p.End()
	p.Line()
}

// Talk writes a talk: its header and its notes. Event is the event's title, printed above the talk's; it may be empty.
func (p *Page) Talk(t *tree.Talk, event tree.Inlines) {
	p.Number(t)
	typ, role := p.epubType("chapter", "doc-chapter")
	p.section("talk", typ, role)
	if p.opens != nil {
		p.begin(p.opens)
	}
	p.begin(t)
	p.Start("header")
	p.Line()
	p.kicker(plain(event))
	p.title(t.Title, t.ID)
	p.byline(t.Speakers)
	p.talkFacts(t)
	p.related(t)
	p.End()
	p.Line()
	p.dialogue = p.site.Facts != nil && p.site.Facts.Dialogue(t)
	p.Blocks(t.Body)
	p.Notes()
	p.end()
}

// kicker writes the line above a talk's title, which names the event. In a longer document it leads there.
func (p *Page) kicker(event string) {
	place, ok := p.site.Index.Place(p.event)
	if !ok || p.at.Anchor == "" || event == "" {
		p.line("kicker", event)
		return
	}
	p.Start("p", A("class", "kicker"))
	p.Element("a", event, A("href", place.Href(p.file)))
	p.End()
	p.Line()
}

func (p *Page) talkFacts(t *tree.Talk) {
	clocks := p.site.Words.Clocks(t.Start, t.End)
	if t.Date.IsZero() && clocks == "" && t.Track == "" && len(t.Links) == 0 && len(t.Facts) == 0 && len(t.Tags) == 0 {
		return
	}
	w := p.site.Words
	p.factTable(func() {
		if !t.Date.IsZero() {
			p.row(w.Date, func() {
				p.day(t.Date)
				if clocks != "" {
					p.Text(", " + clocks)
				}
			})
		} else if clocks != "" {
			p.row(w.Time, func() { p.Text(clocks) })
		}
		if t.Track != "" {
			p.row(w.Track, func() { p.Text(t.Track) })
		}
		for _, l := range t.Links {
			p.row(firstOf(w.LinkLabel(l.Label), w.Site), func() {
				p.address(l.URL)
				if len(l.Note) > 0 {
					p.Text(" ")
					p.Inlines(l.Note)
				}
			})
		}
		p.factRows(t.Facts)
		if len(t.Tags) > 0 {
			p.row(w.Tags, func() { p.Text(strings.Join(t.Tags, ", ")) })
		}
	})
}

// factTable writes a table of labels and values.
func (p *Page) factTable(rows func()) {
	p.Start("table", A("class", "facts"), A("aria-labelledby", p.titleID()))
	p.Line()
	p.Start("tbody")
	p.Line()
	rows()
	p.End()
	p.Line()
	p.End()
	p.Line()
}

// longLabel is how many characters of a label stand on one line, also on a phone.
const longLabel = 16

func (p *Page) row(label string, value func()) {
	p.Start("tr")
	if strings.TrimSpace(label) == "" {
		p.Element("td", "")
	} else {
		class := ""
		if utf8.RuneCountInString(label) > longLabel {
			class = "long"
		}
		p.Element("th", label, A("scope", "row"), Opt("class", class))
	}
	p.Start("td")
	value()
	p.End()
	p.End()
	p.Line()
}

func (p *Page) factRows(facts []tree.Fact) {
	for _, f := range facts {
		p.row(firstOf(f.Label, f.Key), func() { p.Inlines(f.Value) })
	}
}

func (p *Page) linkRow(label, url string) {
	if url != "" {
		p.row(label, func() { p.address(url) })
	}
}

// address prints a URL that leads to itself, or only prints it if it leads nowhere.
func (p *Page) address(url string) {
	href, ok := CleanURL(url)
	if !ok {
		p.Text(url)
		return
	}
	p.Element("a", url, A("class", "ext url"), A("href", href))
}

// chapterTypes are the roles of chapters that the EPUB Structural Semantics Vocabulary and DPUB-ARIA both know.
var chapterTypes = map[string]bool{
	"acknowledgments": true, "afterword": true, "appendix": true, "bibliography": true, "colophon": true, "conclusion": true,
	"credits": true, "dedication": true, "epilogue": true, "errata": true, "foreword": true, "introduction": true,
	"preface": true, "prologue": true,
}

// Chapter writes a piece of front or back matter.
func (p *Page) Chapter(c *tree.Chapter) {
	p.Number(c)
	var typ, role Attr
	if chapterTypes[c.Role] {
		typ, role = p.epubType(c.Role, "doc-"+c.Role)
	}
	p.section("chapter", typ, role)
	p.begin(c)
	p.title(c.Title, c.ID)
	if len(c.Facts) > 0 {
		p.factTable(func() { p.factRows(c.Facts) })
	}
	p.Blocks(c.Body)
	p.Notes()
	p.end()
}
