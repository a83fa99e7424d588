package typeset

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// setIn sets a book in a changed layout.
func setIn(t *testing.T, book *tree.Book, layout string, change func(l *layouts.Layout)) (*Document, diag.List) {
	t.Helper()
	l, err := layouts.Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	change(l)
	book.Meta.Cover = tree.NoCover
	var c diag.Collector
	doc, err := Set(t.Context(), Input{Book: book, Layout: l, Fonts: fonts.Bundled(), Report: c.Report})
	if err != nil {
		t.Fatal(err)
	}
	return doc, c.List()
}

// shortTalks is a book of n talks of some lines each.
func shortTalks(n, words int) *tree.Book {
	sec := &tree.Section{ID: "s", Kind: tree.Talks}
	for i := range n {
		sec.Talks = append(sec.Talks, &tree.Talk{
			ID: "t" + itoa(i), Title: tree.Inlines{&tree.Text{Text: "Title" + itoa(i)}}, Speakers: []tree.Person{{Name: "Somebody Somewhere"}},
			Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: strings.Repeat("some words of it ", words/4)}}}},
		})
	}
	return &tree.Book{Meta: tree.Meta{Title: "Book", Language: "en"}, Events: []*tree.Event{{ID: "e", Title: tree.Inlines{&tree.Text{Text: "Event"}}, Sections: []*tree.Section{sec}}}}
}

func TestTalksRunOn(t *testing.T) {
	book := shortTalks(9, 120)
	apart, _ := setIn(t, book, "a5", func(*layouts.Layout) {})
	doc, list := setIn(t, book, "a5", func(l *layouts.Layout) { l.Talks.RunOn = true })
	if len(doc.Pages) > len(apart.Pages)-4 {
		t.Errorf("%d pages, %d with a page for each talk", len(doc.Pages), len(apart.Pages))
	}
	for _, d := range list {
		t.Errorf("%s", d.Message)
	}
	r := record(t, doc)
	checkArea(t, doc, r)
	_, h := doc.Pages[0].Area()
	for _, d := range r.list {
		if d.run == nil || d.elem == nil || d.elem.Role != "H2" {
			continue
		}
		if room := h - d.y; room < h/4 {
			t.Errorf("%s stands %s above the foot of page %d", runText(d.run), room, d.page+1)
		}
	}
	// Each talk is in an element of its own, its place is known, and the page is named after the talk at its head.
	sects := map[string]bool{}
	for _, e := range r.order {
		if e.Role == "Sect" && strings.HasPrefix(e.Title, "Title") {
			sects[e.Title] = true
		}
	}
	if len(sects) != 9 || len(r.anchors) < 9 {
		t.Errorf("%d elements and %d anchors of 9 talks", len(sects), len(r.anchors))
	}
	for i, p := range doc.Pages {
		var head, first string
		for _, d := range r.list {
			if d.page == i && d.run != nil {
				switch {
				case d.artifact == ArtifactHeader && d.elem == nil:
					head += runText(d.run)
				case first == "" && d.elem != nil:
					first = runText(d.run)
				}
			}
		}
		if strings.HasPrefix(first, "Title") && head != "" && strings.HasPrefix(head, "Title") {
			t.Errorf("page %s has the head %q above the title itself", p.Label, head)
		}
	}
}

// TestNotesOfTalksThatRunOn holds that the notes of talks that run on are counted through, so that no page has two of a number.
func TestNotesOfTalksThatRunOn(t *testing.T) {
	book := shortTalks(3, 40)
	for i, talk := range book.Events[0].Sections[0].Talks {
		inner := &tree.Paragraph{Text: plainTitle("cell")}
		for k := range 2 {
			id := fmt.Sprintf("n%d-%d", i, k)
			note := &tree.Footnote{ID: id, Number: k + 1, Body: tree.Blocks{&tree.Paragraph{Text: plainTitle("What is noted.")}}}
			inner.Text = append(inner.Text, note, &tree.FootnoteRef{Target: id, Number: k + 1})
		}
		talk.Body = append(talk.Body, inner)
	}
	for _, on := range []bool{false, true} {
		doc, _ := setIn(t, book, "a4", func(l *layouts.Layout) { l.Talks.RunOn = on })
		var labels []string
		for _, d := range record(t, doc).list {
			if d.run != nil && d.elem != nil && d.elem.Role == "Lbl" && d.elem.Parent.Role == "Note" {
				labels = append(labels, runText(d.run))
			}
		}
		want := "1 2 1 2 1 2"
		if on {
			want = "1 2 3 4 5 6"
		}
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("run on %t: notes %s, want %s", on, got, want)
		}
	}
}

func TestNotesWithoutEventsHaveNoOpener(t *testing.T) {
	book := shortTalks(2, 40)
	book.Events[0].Implied, book.Events[0].Title = true, tree.Inlines{&tree.Text{Text: "Nobodys"}}
	doc, list := set(t, book, "a5", nil)
	for _, d := range list {
		t.Errorf("%s", d.Message)
	}
	r := record(t, doc)
	if strings.Contains(allText(r), "Nobodys") {
		t.Error("the event that nobody wrote is printed")
	}
	at := slices.IndexFunc(doc.Pages, func(p *Page) bool { return p.Label == "1" })
	if at < 0 || r.anchors["t0"] != at || r.anchors["e"] != at || len(doc.Outline) != 5 || doc.Outline[1].Title != "Title0" { // contents, two talks, speakers, colophon
		t.Errorf("page 1 at %d, anchors %v, outline %d", at, r.anchors, len(doc.Outline))
	}
}

func TestListsOfTablesAndFigures(t *testing.T) {
	table := tableOf([]string{"A", "B"}, []string{"one", "two"})
	table.Caption = tree.Inlines{&tree.Text{Text: "Numbers of something"}}
	wide := wideTable(4)
	wide.Caption = tree.Inlines{&tree.Text{Text: "Wide thing"}}
	book := talkOf(tree.Blocks{table, wide, tableOf([]string{"no"}, []string{"caption"})})
	book.Meta.Title = "Half"
	doc, list := setIn(t, book, "a5", func(l *layouts.Layout) { l.Front = layouts.Front{HalfTitle: true, Tables: true, Figures: true} })
	for _, d := range list {
		if d.Severity > diag.Info {
			t.Errorf("%s", d.Message)
		}
	}
	r := record(t, doc)
	text := allText(r)
	if strings.Contains(text, "Figures") || strings.Count(text, "Numbers of something") != 2 || strings.Count(text, "Wide thing") != 3 {
		t.Errorf("text %q", text)
	}
	for i, p := range doc.Pages {
		if p.Turned && r.anchors["table.2"] != i {
			t.Errorf("the list leads to page %d, the table is on %d", r.anchors["table.2"], i)
		}
	}
	if halves := strings.Count(text, "Half"); halves != 2 {
		t.Errorf("the title stands %d times before the text", halves)
	}
}
