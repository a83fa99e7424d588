package notes_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// TestBundledNotes holds what the bundled collection promises: four events, 38 talks, one exhibitor, nothing to complain of.
func TestBundledNotes(t *testing.T) {
	var seen diag.Collector
	book, err := notes.Load(context.Background(), notes.Bundled(), notes.Options{}, seen.Report)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range seen.List() {
		t.Errorf("%v: %v: %s (%s)", d.Pos, d.Severity, d.Message, d.Code)
	}
	var events []string
	talks, others := 0, 0
	for _, e := range book.Events {
		events = append(events, tree.PlainText(e.Title))
		if e.Start.IsZero() || e.End.IsZero() || e.Venue == "" || e.Site == "" || len(e.Intro) == 0 {
			t.Errorf("event %s lacks dates, venue, site or opening paragraph", e.ID)
		}
	}
	for talk := range book.AllTalks() {
		if len(talk.Speakers) > 0 {
			talks++
		} else {
			others++
		}
		if len(talk.Body) == 0 {
			t.Errorf("%s has no text", talk.Path)
		}
	}
	want := []string{"OSCon 2012", "Black Hat 2012", "SCaLE 11x", "PyCon 2013"}
	if len(events) != 4 || talks != 38 || others != 1 {
		t.Errorf("got events %q, %d talks and %d other entries; want %q, 38 and 1", events, talks, others, want)
	}
	for i, e := range events {
		if e != want[i] {
			t.Errorf("event %d is %q, want %q", i, e, want[i])
		}
	}
	if len(book.Front) != 1 || len(book.Back) != 1 {
		t.Errorf("got %d front and %d back chapters, want one of each", len(book.Front), len(book.Back))
	}

	var again, first bytes.Buffer
	if err := tree.Encode(&first, book); err != nil {
		t.Fatal(err)
	}
	second, err := notes.Load(context.Background(), notes.Bundled(), notes.Options{Workers: 7}, seen.Report)
	if err != nil {
		t.Fatal(err)
	}
	if err := tree.Encode(&again, second); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("two runs give different trees")
	}
}
