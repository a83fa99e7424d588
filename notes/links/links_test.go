package links

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

func at(line int) tree.At { return tree.At{Src: diag.Pos{File: "a.md", Line: line, Col: 1}} }

func text(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }

func book(t *testing.T) *tree.Book {
	t.Helper()
	d, err := tree.ParseDate("2012-07-20")
	if err != nil {
		t.Fatal(err)
	}
	return &tree.Book{Events: []*tree.Event{{
		At: at(1), Title: text("Fest"), Site: "http://fest.org/2012/", Start: d, End: d,
		Sections: []*tree.Section{{Talks: []*tree.Talk{
			{
				At: at(1), Links: []tree.LabelledLink{{Label: "Slides", URL: "http://tinyurl.com/x"}, {Label: "Video", URL: "https://v.org/1"}},
				Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{
					&tree.Link{At: at(9), URL: "https://www.fest.org/2012", Text: text("the fest")},
					&tree.Link{At: at(10), URL: "https://v.org/1", Auto: true, Text: text("https://v.org/1")},
					&tree.Link{At: at(11), Target: "x", URL: "b.md", Text: text("inside")},
					&tree.Link{At: at(12), URL: "mailto:a@b.org", Text: text("mail")},
					&tree.Link{At: at(13), URL: "http://localhost:8080/", Text: text("here")},
					&tree.Image{At: at(14), URL: "https://pics.org/p.png", Alt: "a picture"},
				}}},
			},
			{At: at(1), Links: []tree.LabelledLink{{Label: "Slides", URL: "https://s.org/"}, {Label: "Archived", URL: "https://web.archive.org/web/2013/https://s.org/"}}},
		}}},
	}}}
}

func TestCollect(t *testing.T) {
	find := func(_, address string) (diag.Pos, bool) {
		return diag.Pos{File: "a.md", Line: 4, Col: 7}, address == "https://v.org/1"
	}
	var got []string
	for _, l := range Collect(book(t), find) {
		s := l.URL + " [" + strings.Join(l.Flags(), " ") + "]"
		for _, p := range l.Places {
			s += " " + p.Pos.String() + " " + p.Label
		}
		got = append(got, s)
	}
	want := []string{
		"http://fest.org/2012/ [http duplicate] a.md:1:1 Site",
		"http://tinyurl.com/x [shortener http] a.md:1:1 Slides",
		"https://v.org/1 [duplicate] a.md:4:7 Video a.md:10:1 ",
		"https://www.fest.org/2012 [duplicate] a.md:9:1 the fest",
		"http://localhost:8080/ [http local] a.md:13:1 here",
		"https://pics.org/p.png [] a.md:14:1 a picture",
		"https://s.org/ [] a.md:1:1 Slides",
		"https://web.archive.org/web/2013/https://s.org/ [] a.md:1:1 Archived",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestAddArchived(t *testing.T) {
	b := book(t)
	if n := AddArchived(b); n != 3 {
		t.Errorf("%d links added, want 3", n)
	}
	talks := b.Events[0].Sections[0].Talks
	want := []tree.LabelledLink{
		{Label: "Slides", URL: "http://tinyurl.com/x"},
		{Label: "Slides, archived", URL: "https://web.archive.org/web/20120720/http://tinyurl.com/x"},
		{Label: "Video", URL: "https://v.org/1"},
		{Label: "Video, archived", URL: "https://web.archive.org/web/20120720/https://v.org/1"},
	}
	if diff := cmp.Diff(want, talks[0].Links); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := len(talks[1].Links); n != 2 {
		t.Errorf("a talk whose notes name a copy has %d links, want 2", n)
	}
	if f := b.Events[0].Facts; len(f) != 1 || tree.PlainText(f[0].Value) != "https://web.archive.org/web/20120720/http://fest.org/2012/" {
		t.Errorf("the event's site: %+v", f)
	}
	if n := AddArchived(b); n != 1 { // only the site: the talks have copies now
		t.Errorf("a second time %d links added", n)
	}
}

func TestArchiveURL(t *testing.T) {
	d := tree.Date{Year: 2012, Month: 7, Day: 2}
	for _, tt := range []struct{ in, want string }{
		{"http://x.org/a?b=c", "https://web.archive.org/web/20120702/http://x.org/a?b=c"},
		{"https://web.archive.org/web/2013/http://x.org/", ""},
		{"https://archive.ph/abc", ""},
		{"http://localhost/x", ""},
		{"http://10.0.0.1/", ""},
		{"mailto:a@b.org", ""},
		{"", ""},
	} {
		if got := ArchiveURL(tt.in, d); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := ArchiveURL("http://x.org/", tree.Date{}); got != "" {
		t.Errorf("without a day: %q", got)
	}
}
