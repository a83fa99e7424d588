package typst

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/figures"
)

// front writes cover, title page, imprint, contents, timeline and the chapters before the events.
func (w *writer) front() {
	m := &w.book.Meta
	page := &w.Layout.Page
	if !w.Plain && m.Cover == "" {
		w.markup("#page(margin: 0pt, header: none, footer: none)[")
		w.drawing(figures.Cover(w.facts, page.Width, page.Height, w.figures))
		w.markup("]\n#empty-page()\n#counter(page).update(1)\n\n")
	}
	w.markup("#title-page([")
	w.text(m.Title)
	w.markup("], [")
	w.text(m.Subtitle)
	w.markup("], [")
	w.text(strings.Join(names(m.Creators), ", "))
	w.markup("], [")
	foot := m.Publisher
	if !m.Date.IsZero() {
		foot = strings.TrimLeft(foot+fmt.Sprintf(" · %d", m.Date.Year), " ·")
	}
	w.text(foot)
	w.markup("])\n\n#imprint[\n")
	series := strings.TrimSpace(m.Series + " " + m.SeriesIndex)
	f := w.Layout.Fonts
	set := fmt.Sprintf(w.words.Typeset, f.Text, f.Heading, f.Code, "Typst")
	for i, s := range []string{m.Description, strings.Join(names(m.Contributor), ", "), series, m.Rights, set, m.Identifier} {
		if i == 4 {
			w.factList(m.Extra)
		}
		if s != "" {
			w.text(s)
			w.markup("\n\n")
		}
	}
	w.markup("]\n\n#recto()\n#heading(level: 1, outlined: false, bookmarked: true)[")
	w.text(w.words.Contents)
	w.markup("]\n#outline(title: none, depth: 2, indent: 0pt)\n\n")
	if !w.Plain && figures.Wanted(m, figures.NameTimeline) && w.facts.Timeline() != nil {
		title := w.words.Appendix().Timeline
		w.chapterTitle("#pagebreak(weak: true)", title, figures.TimelineID)
		room := page.TextHeight() - w.Layout.Text.Leading*7
		for _, d := range figures.Timeline(w.facts, w.figureStyle(w.Layout.Styles[layouts.RoleMeta].Size, room)) {
			w.drawing(d)
		}
	}
	for _, c := range w.book.Front {
		w.chapter(c)
	}
}

// figureStyle says how figures are drawn in the column, with type of a size, at most so high.
func (w *writer) figureStyle(size, height unit.Len) *figures.Style {
	return &figures.Style{
		Width: w.Layout.Page.TextWidth(), Height: height, Size: size, Lang: w.book.Meta.Language,
		Words: w.words, Type: w.figures, Colors: figures.OnPaper(w.Layout.Colors),
	}
}

// chapterTitle begins a chapter that is no talk.
func (w *writer) chapterTitle(begin, title, id string) {
	w.markup("%s\n#heading(level: 1)[", begin)
	w.text(title)
	w.markup("]")
	w.label(id)
	w.markup("\n#counter(footnote).update(0)\n\n")
	w.level = 1
}

func (w *writer) chapter(c *tree.Chapter) {
	w.chapterTitle("#recto()", tree.PlainText(c.Title), c.ID)
	w.factList(c.Facts)
	w.blocks(c.Body)
}

// events writes the parts of the book. The first one begins the pages with Arabic numbers.
func (w *writer) events() {
	if len(w.book.Events) == 0 {
		return
	}
	w.markup("#recto()\n#set page(numbering: \"1\")\n#counter(page).update(1)\n#[\n#show heading.where(level: 1): it => opener(it)\n")
	for i, e := range w.book.Events {
		if i > 0 {
			w.markup("#recto()\n")
		}
		w.event(e)
	}
	w.markup("]\n\n")
}

// event writes the page that opens a part, and its talks.
func (w *writer) event(e *tree.Event) {
	w.markup("#heading(level: 1)[")
	if len(e.Title) > 0 {
		w.inlines(e.Title)
	} else {
		w.text(w.book.Meta.Title)
	}
	w.markup("]")
	w.label(e.ID)
	w.markup("\n#counter(footnote).update(0)\n#opener-head[")
	w.text(w.words.Days(e.Start, e.End))
	w.markup("]\n")
	w.level = 1
	var facts []tree.Fact
	if e.Venue != "" {
		facts = append(facts, fact(w.words.Venue, e.Venue))
	}
	if e.Site != "" {
		facts = append(facts, tree.Fact{Label: w.words.Site, Value: tree.Inlines{address(e.Site)}})
	}
	for _, f := range e.Facts {
		f.Label = w.words.LinkLabel(f.Label)
		facts = append(facts, f)
	}
	w.factList(facts)
	w.blocks(e.Intro)
	if !w.Plain && figures.Wanted(&w.book.Meta, figures.NameSchedule) {
		size := max(w.Layout.Styles[layouts.RoleMeta].Size*9/10, unit.Pt*65/10)
		for _, d := range figures.Schedule(w.facts, e, w.figureStyle(size, w.Layout.Page.TextHeight()*6/10)) {
			w.drawing(d)
		}
	}
	for _, s := range e.Sections {
		w.sectionList(s)
	}
	for _, s := range e.Sections {
		w.section(e, s)
	}
}

// sectionList lists the talks of a section with their pages.
func (w *writer) sectionList(s *tree.Section) {
	if len(s.Title) > 0 {
		w.heading(2, s.Title, s.ID)
		w.markup("\n")
	}
	w.blocks(s.Intro)
	for _, t := range s.Talks {
		w.entry("entry", t, strings.Join(names(t.Speakers), ", "), "page-of")
	}
	for _, sub := range s.Sections {
		w.sectionList(sub)
	}
}

// entry calls a function that sets a title that leads to a talk, what is said of it, and its page or pages.
func (w *writer) entry(function string, t *tree.Talk, about, pages string) {
	w.markup("#%s(%s, [", function, quote(t.ID))
	w.inlines(plain(t.Title))
	w.markup("], [")
	w.text(about)
	w.markup("], %s(%s))\n", pages, quote(t.ID))
}

func (w *writer) section(e *tree.Event, s *tree.Section) {
	for _, t := range s.Talks {
		w.talk(e, s, t)
	}
	for _, sub := range s.Sections {
		w.section(e, sub)
	}
}

// talk writes a talk with its header: where and when above the title, then who, then links and facts.
func (w *writer) talk(e *tree.Event, s *tree.Section, t *tree.Talk) {
	line := []string{tree.PlainText(e.Title)}
	if s.Kind != tree.Talks {
		line = append(line, tree.PlainText(s.Title))
	}
	line = append(line, w.words.Day(t.Date), w.words.Clocks(t.Start, t.End), t.Track)
	line = slices.DeleteFunc(line, func(s string) bool { return s == "" })
	w.markup("#talk-head[")
	w.text(strings.Join(line, " · "))
	w.markup("]\n#heading(level: 2)[")
	w.inlines(t.Title)
	w.markup("]")
	w.label(t.ID)
	w.markup("\n#talk-speakers[")
	for i, p := range t.Speakers {
		if i > 0 {
			w.text(", ")
		}
		if name := names(t.Speakers[i : i+1])[0]; p.URL != "" {
			w.link(&tree.Link{URL: p.URL, Text: tree.Inlines{&tree.Text{Text: name}}})
		} else {
			w.text(name)
		}
	}
	w.markup("]\n")
	w.level = 2
	var facts []tree.Fact
	for _, l := range t.Links {
		value := tree.Inlines{address(l.URL)}
		if len(l.Note) > 0 {
			value = append(append(value, &tree.Text{Text: " "}), l.Note...)
		}
		facts = append(facts, tree.Fact{Label: w.words.LinkLabel(l.Label), Value: value})
	}
	facts = append(facts, t.Facts...)
	if len(t.Tags) > 0 {
		facts = append(facts, fact(w.words.Tags, strings.Join(t.Tags, ", ")))
	}
	w.factList(append(facts, w.related(t)...))
	w.markup("#talk-rule\n\n")
	if t.Language != "" {
		lang, _, _ := strings.Cut(t.Language, "-")
		w.markup("#[\n#set text(lang: %s)\n", quote(lang))
	}
	w.blocks(t.Body)
	if t.Language != "" {
		w.markup("]\n")
	}
	w.markup("#metadata(none)")
	w.label(t.ID + "--end")
	w.markup("\n\n")
}

// related returns the fact that names the other talks of a talk's speakers.
func (w *writer) related(t *tree.Talk) []tree.Fact {
	list, more := w.facts.Related(t)
	var value tree.Inlines
	for i, other := range list {
		if i > 0 {
			value = append(value, &tree.Text{Text: "; "})
		}
		title := cmp.Or(tree.PlainText(other.Talk.Title), other.Talk.ID)
		value = append(value, &tree.Link{Target: other.Talk.ID, Text: tree.Inlines{&tree.Text{Text: title}}})
	}
	if len(value) == 0 {
		return nil
	}
	if more && !w.Plain && slices.Contains(w.facts.Appendices(), derive.Speakers) {
		value = append(value, &tree.Text{Text: "; … "}, &tree.Link{Target: derive.Speakers.ID(), Text: tree.Inlines{&tree.Text{Text: w.words.Speakers}}})
	}
	return []tree.Fact{{Label: w.words.Appendix().Also, Value: value}}
}

// factList writes labels and values in two columns.
func (w *writer) factList(list []tree.Fact) {
	if len(list) == 0 {
		return
	}
	w.markup("#facts(")
	for _, f := range list {
		w.markup("[")
		w.text(f.Label)
		w.markup("], [")
		w.inlines(f.Value)
		w.markup("],\n  ")
	}
	w.markup(")\n")
}

func fact(label, value string) tree.Fact {
	return tree.Fact{Label: label, Value: tree.Inlines{&tree.Text{Text: value}}}
}

func address(url string) *tree.Link {
	return &tree.Link{URL: url, Auto: true, Text: tree.Inlines{&tree.Text{Text: url}}}
}

// plain returns a title without its styles, links and notes, as lists print it.
func plain(title tree.Inlines) tree.Inlines {
	return tree.Inlines{&tree.Text{Text: tree.PlainText(title)}}
}

// back writes the chapters behind the events and the appendices that are made from the notes.
func (w *writer) back() {
	for _, c := range w.book.Back {
		w.chapter(c)
	}
	if w.Plain {
		return
	}
	begin := "#recto()"
	for _, a := range w.facts.Appendices() {
		w.chapterTitle(begin, w.facts.Title(a, w.words), a.ID())
		begin = "#pagebreak(weak: true)"
		w.appendix(a)
	}
}

func (w *writer) appendix(a derive.Appendix) {
	switch a {
	case derive.Speakers:
		w.markup("#index[\n")
		for _, s := range w.facts.Speakers() {
			w.markup("#index-name[")
			w.text(s.Name())
			w.markup("]\n")
			for _, t := range s.Talks {
				w.entry("index-entry", t.Talk, "", "pages-of")
			}
		}
		w.markup("]\n")
	case derive.Topics:
		w.markup("#index[\n")
		for _, t := range w.facts.Topics() {
			w.markup("#index-topic((")
			for _, p := range t.Talks {
				w.markup("%s, ", quote(p.Talk.ID))
			}
			w.markup("), [")
			w.text(t.Name)
			w.markup("])\n")
		}
		w.markup("]\n")
	case derive.Chronology:
		for _, p := range w.facts.Chronology() {
			about := strings.Join(append(slices.DeleteFunc([]string{strings.Join(names(p.Talk.Speakers), ", ")}, func(s string) bool { return s == "" }),
				tree.PlainText(p.Event.Title)), " · ")
			w.markup("#dated[")
			w.text(p.Talk.Date.String())
			w.markup("][")
			w.entry("small-entry", p.Talk, about, "page-of")
			w.markup("]\n")
		}
	case derive.Actions:
		w.actions()
	case derive.Colophon:
		w.markup("#facts(")
		for _, r := range w.facts.Colophon(w.words, w.Generator) {
			w.markup("[")
			w.text(r.Label)
			w.markup("], [")
			w.text(r.Value)
			if r.Pages {
				w.markup("#context counter(page).final().first()")
			}
			w.markup("],\n  ")
		}
		w.markup(")\n")
	}
}

// actions lists what is to be done and what was decided, each with the page of its place.
func (w *writer) actions() {
	words := w.words.Appendix()
	kind := derive.ItemKind(255)
	for _, k := range []derive.ItemKind{derive.Action, derive.Decision} {
		for _, item := range w.facts.Items() {
			if item.Kind != k {
				continue
			}
			title := map[derive.ItemKind]string{derive.Action: words.Actions, derive.Decision: words.Decisions}[k]
			if k != kind && title != w.facts.Title(derive.Actions, w.words) {
				w.heading(2, tree.Inlines{&tree.Text{Text: title}}, "")
				w.markup("\n")
			}
			kind = k
			w.markup("#small-entry(%s, [", quote(item.Anchor))
			w.inlines(plain(item.Text))
			w.markup("], [")
			w.text(tree.PlainText(item.Place.Talk.Title))
			w.markup("], page-of(%s))\n", quote(item.Anchor))
		}
	}
}
