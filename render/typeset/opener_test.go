package typeset

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/tree"
)

// conference is a book of events with so many talks each, all on one topic.
func conference(talks int, intro string, events ...string) *tree.Book {
	book := &tree.Book{Meta: tree.Meta{Title: "Book", Language: "en"}}
	for _, name := range events {
		sec := &tree.Section{ID: name + "-all", Kind: tree.Talks}
		for i := range talks {
			sec.Talks = append(sec.Talks, &tree.Talk{
				ID: fmt.Sprintf("%s-%d", name, i), Title: plainTitle(fmt.Sprintf("Talk %d at %s", i, name)), Tags: []string{"subject"},
				Body: tree.Blocks{&tree.Paragraph{Text: plainTitle("Words.")}},
			})
		}
		book.Events = append(book.Events, &tree.Event{
			ID: name, Title: plainTitle(name), Sections: []*tree.Section{sec}, Intro: tree.Blocks{&tree.Paragraph{Text: plainTitle(intro)}},
		})
	}
	return book
}

// TestListOfTalksIsWhole holds that the list of an event's talks is not torn where it stands whole on the next page, and that
// it is divided with several talks on either side where it is too long, or where the page above it would be all but empty.
func TestListOfTalksIsWhole(t *testing.T) {
	long := strings.Repeat("What the event was about. ", 40)
	for _, tt := range []struct {
		name  string
		talks int
		intro string
		want  []int // talks listed on each page
	}{
		{"fits below", 5, "Short.", []int{5}},
		{"on the next page", 16, long, []int{0, 16}},
		{"longer than a page", 50, long, nil},
		{"little above it", 30, "Short.", nil},
	} {
		l, err := layouts.Load("a5")
		if err != nil {
			t.Fatal(err)
		}
		e := newEngine(Input{Book: conference(tt.talks, tt.intro, "Fest"), Layout: l, Fonts: bundled()})
		chapters := e.chapters()
		if err := e.setAll(t.Context(), chapters); err != nil {
			t.Fatal(err)
		}
		k := slices.IndexFunc(chapters, func(c *chapter) bool { return c.elem.Title == "Fest" })
		var got []int
		for _, sh := range chapters[k].pages {
			n := 0
			for _, r := range sh.rows {
				for _, c := range r.row.comps {
					if _, ok := c.(*PageNumber); ok {
						n++
					}
				}
			}
			got = append(got, n)
		}
		if tt.want != nil && !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v talks on the pages, want %v", tt.name, got, tt.want)
		}
		if tt.want == nil && (len(got) < 2 || got[0] < leastEntries || got[len(got)-1] < leastEntries) {
			t.Errorf("%s: %v talks on the pages, want some on each", tt.name, got)
		}
	}
}

// TestTopicOfManyTalks holds that a topic of many talks has a line for each event, one of a few talks none, and that talks one after
// the other are one range if an event has too many.
func TestTopicOfManyTalks(t *testing.T) {
	for _, tt := range []struct {
		talks int
		want  string
	}{
		{5, "subjectFest, 2, 3, 4, 5, 6Meet, 8, 9, 10, 11, 12"},
		{3, "subject, 2, 3, 4, 6, 7, 8"},
		{8, "subjectFest, 2–9Meet, 11–18"},
	} {
		doc, _ := set(t, conference(tt.talks, "Short.", "Fest", "Meet"), "screen", nil)
		text := strings.Join(strings.Fields(allText(record(t, doc))), " ")
		if !strings.Contains(text, tt.want) {
			at := strings.LastIndex(text, "subject")
			t.Errorf("%d talks: %q, want %q", tt.talks, text[at:min(len(text), at+80)], tt.want)
		}
	}
}
