package notes_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// twoConferences is a folder with events, sections, dates and tags to choose from.
func twoConferences() fs.FS {
	return files(
		"book.yaml", "title: Collected\nidentifier: urn:example:1\n",
		"README.md", "Welcome to [the second](b-con/talks/t3.md).\n",
		"a-con/README.md", "---\ntitle: A-Con 2012\nstart: 2012-03-01\nend: 2012-03-02\n---\n",
		"a-con/talks/t1.md", "---\ndate: 2012-03-01\ntags: [Go, web]\n---\nOne, see [two](t2.md) and [three](../../b-con/talks/t3.md).\n",
		"a-con/talks/t2.md", "---\ntags: [python]\n---\nTwo.\n",
		"b-con/README.md", "---\ntitle: B-Con\nstart: 2013-05-04\nend: 2013-05-05\n---\n",
		"b-con/talks/t3.md", "---\ndate: 2013-05-05\ntags: go\n---\nThree.\n",
		"loose/t4.md", "Four.\n",
	)
}

// outline names the talks of a book.
func outline(b *tree.Book) string {
	var out []string
	for t := range b.AllTalks() {
		out = append(out, tree.PlainText(t.Title))
	}
	return strings.Join(out, " ")
}

func TestSelection(t *testing.T) {
	day := func(s string) tree.Date {
		d, err := tree.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	tests := []struct {
		name string
		opt  notes.Options
		want string
	}{
		{"nothing", notes.Options{}, "T1 T2 T3 T4"},
		{"an event by its title", notes.Options{Events: []string{"a-con 2012"}}, "T1 T2"},
		{"an event by its folder", notes.Options{Events: []string{"b-con"}}, "T3"},
		{"two events", notes.Options{Events: []string{"loose", "b-con/"}}, "T3 T4"},
		{"since", notes.Options{Since: day("2012-03-02")}, "T2 T3"},
		{"until, the day included", notes.Options{Until: day("2012-03-01")}, "T1 T2"},
		{"between", notes.Options{Since: day("2012-01-01"), Until: day("2012-12-31")}, "T1 T2"},
		{"a tag, whatever its case", notes.Options{Tags: []string{"GO"}}, "T1 T3"},
		{"one of two tags", notes.Options{Tags: []string{"python", "web"}}, "T1 T2"},
		{"event and tag", notes.Options{Events: []string{"A-Con 2012"}, Tags: []string{"go"}}, "T1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, _ := load(t, twoConferences(), tt.opt)
			if got := outline(book); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestSelectionSaysWhatIsGone(t *testing.T) {
	whole, _ := load(t, twoConferences(), notes.Options{})
	opt := notes.Options{Events: []string{"a-con"}, Tags: []string{"go"}}
	book, seen := load(t, twoConferences(), opt)
	if len(book.Front) != 1 || len(book.Events) != 1 {
		t.Errorf("got %d front chapters and %d events", len(book.Front), len(book.Events))
	}
	if book.Meta.Date.String() != "2012-03-02" || book.Meta.Identifier == whole.Meta.Identifier {
		t.Errorf("got the date %v and the identifier %s", book.Meta.Date, book.Meta.Identifier)
	}
	var said []string
	for _, d := range seen {
		if d.Severity != diag.Info {
			t.Errorf("%v: what an author selects is no %s", d.Pos, d.Severity)
		}
		said = append(said, d.Pos.String()+" "+d.Message)
	}
	want := "README.md:1:12 the link leads to b-con/talks/t3.md, which is left out: another event is selected\n" +
		"a-con/talks/t1.md:5:10 the link leads to a-con/talks/t2.md, which is left out: it has none of the selected tags\n" +
		"a-con/talks/t1.md:5:27 the link leads to b-con/talks/t3.md, which is left out: another event is selected"
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	entries, err := notes.Structure(context.Background(), twoConferences(), opt, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	skipped := 0
	for _, e := range entries {
		if e.Kind == notes.KindSkipped && strings.Contains(e.Reason, "selected") {
			skipped++
		}
	}
	if skipped != 5 { // t2; b-con and t3; loose and t4
		t.Errorf("%d entries are said to be left out: %+v", skipped, entries)
	}
}

func TestSelectionOfNothing(t *testing.T) {
	late, _ := tree.ParseDate("2020-01-01")
	for _, opt := range []notes.Options{{Events: []string{"b-kon"}}, {Tags: []string{"rust"}}, {Since: late}} {
		_, err := notes.Load(context.Background(), twoConferences(), opt, func(diag.Diagnostic) {})
		if !errors.Is(err, notes.ErrNothingSelected) {
			t.Errorf("%+v gives %v", opt, err)
		}
		if len(opt.Events) > 0 && !strings.Contains(err.Error(), `did you mean "B-Con"`) {
			t.Errorf("no hint in %v", err)
		}
	}
}

func TestSplit(t *testing.T) {
	book, _ := load(t, twoConferences(), notes.Options{})
	before := tree.Words(book)
	books := notes.Split(book)
	var got []string
	ids := map[string]bool{book.Meta.Identifier: true}
	for _, b := range books {
		got = append(got, b.Meta.Title+" / "+b.Meta.Subtitle+" / "+b.Meta.Date.String()+" / "+outline(b))
		if ids[b.Meta.Identifier] {
			t.Errorf("two books are %s", b.Meta.Identifier)
		}
		ids[b.Meta.Identifier] = true
		checkLinks(t, b)
		if len(b.Front) != 1 {
			t.Errorf("%s has %d front chapters", b.Meta.Title, len(b.Front))
		}
	}
	want := []string{"A-Con 2012 / Collected / 2012-03-02 / T1 T2", "B-Con / Collected / 2013-05-05 / T3", "Loose / Collected / 2013-05-05 / T4"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if text := tree.Words(books[0].Events[0]); !strings.Contains(text, "see two and three") {
		t.Errorf("the text of links is gone: %s", text)
	}
	if tree.Words(book) != before || len(book.Events) != 3 {
		t.Error("the whole book has changed")
	}
	if again := notes.Split(books[1]); len(again) != 1 || again[0].Meta.Identifier != books[1].Meta.Identifier {
		t.Error("a book of one event is not itself")
	}
}

// checkLinks checks that every id is unique and that every link inside the book leads to one.
func checkLinks(t *testing.T, b *tree.Book) {
	t.Helper()
	ids := map[string]bool{}
	add := func(id string) {
		if id == "" {
			return
		}
		if ids[id] {
			t.Errorf("the id %s is given twice", id)
		}
		ids[id] = true
	}
	for n := range tree.All(b) {
		switch n := n.(type) {
		case *tree.Event:
			add(n.ID)
		case *tree.Section:
			add(n.ID)
		case *tree.Talk:
			add(n.ID)
		case *tree.Chapter:
			add(n.ID)
		case *tree.Heading:
			add(n.ID)
		case *tree.Figure:
			add(n.ID)
		case *tree.Div:
			add(n.ID)
		case *tree.Span:
			add(n.ID)
		case *tree.Footnote:
			add(n.ID)
		}
	}
	for n := range tree.All(b) {
		switch n := n.(type) {
		case *tree.Link:
			if n.Target != "" && !ids[n.Target] {
				t.Errorf("%v: the link leads to %q, which is nothing", n.Src, n.Target)
			}
		case *tree.FootnoteRef:
			if !ids[n.Target] {
				t.Errorf("%v: the note %q is not there", n.Src, n.Target)
			}
		}
	}
}
