package tree_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// countNodes finds nodes by reflection, so that a field which Children forgets is noticed.
func countNodes(v reflect.Value, seen map[uintptr]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] {
			return
		}
		if _, ok := reflect.TypeAssert[tree.Node](v); ok {
			seen[v.Pointer()] = true
		}
		countNodes(v.Elem(), seen)
	case reflect.Interface:
		countNodes(v.Elem(), seen)
	case reflect.Slice:
		for i := range v.Len() {
			countNodes(v.Index(i), seen)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			countNodes(field, seen)
		}
	}
}

func TestWalkReachesEveryNodeOnce(t *testing.T) {
	book := treetest.Every()
	want := map[uintptr]bool{}
	countNodes(reflect.ValueOf(book), want)
	got := map[uintptr]bool{}
	for n := range tree.All(book) {
		p := reflect.ValueOf(n).Pointer()
		if got[p] {
			t.Errorf("%T visited twice", n)
		}
		got[p] = true
		if !want[p] {
			t.Errorf("%T is not in the tree", n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("visited %d nodes of %d", len(got), len(want))
	}
}

func TestWalkGivesAncestorsAndSkips(t *testing.T) {
	emph := &tree.Emph{Text: tree.Inlines{&tree.Text{Text: "x"}}}
	p := &tree.Paragraph{Text: tree.Inlines{emph}}
	quote := &tree.Quote{Body: tree.Blocks{p}}
	var got []string
	tree.Walk(quote, func(n tree.Node, path []tree.Node) bool {
		var names []string
		for _, a := range path {
			names = append(names, tree.Kind(a))
		}
		got = append(got, strings.Join(append(names, tree.Kind(n)), "/"))
		return n != tree.Node(emph)
	})
	want := []string{"quote", "quote/paragraph", "quote/paragraph/emph"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestAllTalksGoesIntoNestedSections(t *testing.T) {
	var got []string
	for talk, at := range treetest.Every().AllTalks() {
		var sections []string
		for _, s := range at.Sections {
			sections = append(sections, s.ID)
		}
		got = append(got, at.Event.ID+"/"+strings.Join(sections, "/")+"/"+talk.ID)
	}
	want := []string{
		"conf/conf-talks/conf-talk", "conf/conf-talks/conf-second", "conf/conf-exhibitors/conf-exhibitors-booth",
		"misc/misc-all/misc-plain", "misc/misc-all/misc-deep/misc-deep-talk",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPlainTextAndSlug(t *testing.T) {
	in := tree.Inlines{
		&tree.Text{Text: "What’s "}, &tree.Strong{Text: tree.Inlines{&tree.Code{Text: "v1.0"}}}, &tree.Break{Soft: true},
		&tree.Image{Alt: "Über"}, &tree.Footnote{Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: "not this"}}}}}, &tree.Text{Text: "  all? "},
	}
	if got, want := tree.PlainText(in), "What’s v1.0 Über all?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, tt := range [][2]string{{"What’s new in v1.0?", "whats-new-in-v10"}, {" A  B ", "a--b"}, {"日本語 text", "日本語-text"}, {"...", ""}, {"snake_case-ok", "snake_case-ok"}} {
		if got := tree.Slug(tt[0]); got != tt[1] {
			t.Errorf("Slug(%q) = %q, want %q", tt[0], got, tt[1])
		}
	}
}

func TestWordsHoldsEverything(t *testing.T) {
	words := tree.Words(treetest.Every())
	// What a talk's header shows is not part of the running text, and raw text belongs to one format.
	elsewhere := map[string]bool{"Venueword": true, "Trackword": true, "Speakerword": true, "Slides": true, "rawblock": true, "rawinline": true, "altword": true}
	for _, w := range treetest.EveryWords() {
		if !elsewhere[w] && !strings.Contains(words, w) {
			t.Errorf("%q is lost", w)
		}
	}
}

func TestDatesAndClocks(t *testing.T) {
	for in, want := range map[string]string{"2012-07-20": "2012-07-20", " 2012-02-29 ": "2012-02-29"} {
		d, err := tree.ParseDate(in)
		if err != nil || d.String() != want {
			t.Errorf("ParseDate(%q) = %v, %v", in, d, err)
		}
	}
	for _, in := range []string{"", "2013-02-29", "20-07-2012", "2012-7-20", "tbd", "2012-07-20T10:00"} {
		if d, err := tree.ParseDate(in); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", in, d)
		}
	}
	for in, want := range map[string]tree.Clock{"9:30": "09:30", "09:30": "09:30", "14.05": "14:05", "2pm": "14:00", "2:30 PM": "14:30", "00:00": "00:00"} {
		if c, err := tree.ParseClock(in); err != nil || c != want {
			t.Errorf("ParseClock(%q) = %q, %v, want %q", in, c, err, want)
		}
	}
	if c, err := tree.ParseClock("25:00"); err == nil {
		t.Errorf("ParseClock(25:00) = %q, want an error", c)
	}
	if (tree.Date{}).Compare(tree.Date{Year: 1, Month: 1, Day: 1}) >= 0 {
		t.Error("an unknown date must sort before every other")
	}
}
