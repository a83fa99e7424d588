package derive_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
)

func load(t *testing.T, dir string) *tree.Book {
	t.Helper()
	report := func(d diag.Diagnostic) {
		if d.Severity >= diag.Warning {
			t.Errorf("%s: %s", d.Pos, d.Message)
		}
	}
	book, err := notes.Load(context.Background(), os.DirFS(dir), notes.Options{}, report)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func titles(list []derive.Place) string {
	var out []string
	for _, p := range list {
		out = append(out, tree.PlainText(p.Talk.Title))
	}
	return strings.Join(out, " | ")
}

func TestSpeakersStandByFamilyName(t *testing.T) {
	f := derive.New(load(t, "testdata/summit"))
	var got []string
	for _, s := range f.Speakers() {
		got = append(got, s.Initial+" "+s.Name()+": "+titles(s.Talks))
	}
	want := []string{
		"A Ångström, Bo: Opening the Gates | Cranes That Schedule Themselves | Buoys That Report Home",
		"A Äyräs, Zoë: Ropes, Knots and Graphs",
		"M Marchand, Élodie: Opening the Gates | Ropes, Knots and Graphs | Lighthouses Without Keepers",
		"V Vries, Minh de: Nets",
		"Z Zając, Łucja: Tides as a Service | Buoys That Report Home",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("speakers (-want +got):\n%s", diff)
	}
}

// A register knows aliases; particles do not count, unless the register says so; single names and names in scripts without
// capitals stand as they are.
func TestTheRegisterAndUnusualNames(t *testing.T) {
	f := derive.New(load(t, "testdata/regatta"))
	var got []string
	for _, s := range f.Speakers() {
		got = append(got, fmt.Sprintf("%s %s: %d %s", s.Initial, s.Name(), len(s.Talks), s.Person.URL))
	}
	want := []string{
		"O Ó Sampla, Máire: 1 ", "P Příkladu, Žofie z: 1 ", "P Prøve, Åse: 2 ", "S Sampleton: 2 ", "T Test, Tilda van der: 2 ",
		"V Voorbeeld, Noor de: 3 https://people.example.org/noor", "例 例田 試: 2 https://people.example.org/reida",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("speakers (-want +got):\n%s", diff)
	}
}

// In Swedish, Å, Ä and Ö are letters of their own behind Z; in English they stand with A and O.
func TestCollationIsThatOfTheLanguage(t *testing.T) {
	for _, test := range []struct{ lang, want string }{
		{"en", "A Ångström, B Berg, O Öberg, Z Zorn"},
		{"sv", "B Berg, Z Zorn, Å Ångström, Ö Öberg"},
		{"x-none", "A Ångström, B Berg, O Öberg, Z Zorn"},
	} {
		talk := &tree.Talk{ID: "t", Speakers: []tree.Person{{Name: "Zorn"}, {Name: "Öberg"}, {Name: "Berg"}, {Name: "Ångström"}}}
		book := &tree.Book{Meta: tree.Meta{Language: test.lang}, Events: []*tree.Event{{Sections: []*tree.Section{{Talks: []*tree.Talk{talk}}}}}}
		var got []string
		for _, s := range derive.New(book).Speakers() {
			got = append(got, s.Initial+" "+s.Name())
		}
		if g := strings.Join(got, ", "); g != test.want {
			t.Errorf("%s: %s, want %s", test.lang, g, test.want)
		}
	}
}

func TestMentionsOfOnePersonAreMerged(t *testing.T) {
	a := &tree.Talk{ID: "a", Title: tree.Inlines{&tree.Text{Text: "A"}}, Speakers: []tree.Person{{Name: "K. Alm", ID: "p1"}, {Name: "Kalle Alm", ID: "p1"}}}
	b := &tree.Talk{ID: "b", Title: tree.Inlines{&tree.Text{Text: "B"}}, Speakers: []tree.Person{{Name: "Karl-Johan Alm", ID: "p1"}, {Name: "kim lee"}}}
	c := &tree.Talk{ID: "c", Title: tree.Inlines{&tree.Text{Text: "C"}}, Speakers: []tree.Person{{Name: "Kim  Lee"}}}
	book := &tree.Book{Events: []*tree.Event{{Sections: []*tree.Section{{Talks: []*tree.Talk{a, b, c}}}}}}
	f := derive.New(book)
	if n := len(f.Speakers()); n != 2 {
		t.Fatalf("%d speakers, want 2", n)
	}
	if got := titles(f.Speakers()[0].Talks); got != "A | B" {
		t.Errorf("talks of the first: %s", got)
	}
	if list, more := f.Related(b); titles(list) != "A | C" || more {
		t.Errorf("related to B: %s, %v", titles(list), more)
	}
}

func TestOfManyTalksTheNearestAreNamed(t *testing.T) {
	var talks []*tree.Talk
	for i := range 20 {
		talks = append(talks, &tree.Talk{Title: tree.Inlines{&tree.Text{Text: fmt.Sprint(i)}}, Speakers: []tree.Person{{Name: "Chair"}}})
	}
	f := derive.New(&tree.Book{Events: []*tree.Event{{Sections: []*tree.Section{{Talks: talks}}}}})
	for i, want := range map[int]string{0: "1 | 2 | 3 | 4 | 5 | 6", 10: "7 | 8 | 9 | 11 | 12 | 13", 19: "13 | 14 | 15 | 16 | 17 | 18"} {
		if list, more := f.Related(talks[i]); titles(list) != want || !more {
			t.Errorf("related to %d: %s", i, titles(list))
		}
	}
}

func TestTopicsMergeSpellingsAndInlineTags(t *testing.T) {
	f := derive.New(load(t, "testdata/summit"))
	var got []string
	for _, topic := range f.Topics() {
		got = append(got, topic.Name+": "+titles(topic.Talks))
	}
	want := []string{
		"apis: Tides as a Service | Buoys That Report Home",
		"community: Opening the Gates",
		"forecasting: Tides as a Service",
		"graphs: Ropes, Knots and Graphs | Nets",
		"logistics: Opening the Gates | Cranes That Schedule Themselves | Lighthouses Without Keepers",
		"operations: Lighthouses Without Keepers | Buoys That Report Home",
		"Scheduling: Cranes That Schedule Themselves",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
}

func TestTagsAreTopicsOnce(t *testing.T) {
	talk := &tree.Talk{Tags: []string{"#go", "Go", " open  source ", "", "#"}, Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: "#text is the loader's"}}}}}
	if got := strings.Join(derive.TopicsOf(talk), ", "); got != "go, open source" {
		t.Errorf("got %q", got)
	}
}

func TestChronologyCrossesEvents(t *testing.T) {
	f := derive.New(load(t, "testdata/summit"))
	var got []string
	for _, p := range f.Chronology() {
		got = append(got, fmt.Sprint(p.Talk.Date, " ", p.Talk.Start, " ", tree.PlainText(p.Talk.Title)))
	}
	want := []string{
		"2024-05-30 09:00 Opening the Gates", "2024-05-30 10:00 Cranes That Schedule Themselves", "2024-05-30 10:00 Tides as a Service",
		"2024-05-30 11:00 Ropes, Knots and Graphs", "2024-05-31 14:30 Lighthouses Without Keepers", "2024-07-01  Committee of 1 July 2024",
		"2024-08-05  Committee of 5 August 2024", "2025-06-05  Buoys That Report Home", "2025-06-06  Nets",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("talks by date (-want +got):\n%s", diff)
	}
}

func TestScheduleHasRoomsByTimeWhereTimesAreKnown(t *testing.T) {
	book := load(t, "testdata/summit")
	f := derive.New(book)
	s := f.ScheduleOf(book.Events[0])
	if s == nil || !s.Timed || len(s.Days) != 2 {
		t.Fatalf("schedule of the first event: %+v", s)
	}
	d := s.Days[0]
	if got := strings.Join(d.Rooms, ", "); got != "Hall, Pier 2, Pier 10" {
		t.Errorf("rooms: %s", got)
	}
	if d.From != 9*60 || d.To != 11*60+30 {
		t.Errorf("the first day is from %d to %d", d.From, d.To)
	}
	i := slices.IndexFunc(d.Slots, func(s derive.Slot) bool { return s.Talk.Track == "Pier 2" })
	if slot := d.Slots[i]; !slot.Open || slot.End != 10*60+30 {
		t.Errorf("a talk without an end: %+v", slot)
	}
	byDays := derive.New(book).ScheduleOf(book.Events[2])
	if book.Events[2].ID == "" || byDays == nil || byDays.Timed || len(byDays.Days) != 2 {
		t.Errorf("schedule of an event without times: %+v", byDays)
	}
	one := &tree.Event{Sections: []*tree.Section{{Talks: []*tree.Talk{{Date: tree.Date{Year: 2024, Month: 1, Day: 1}}, {}}}}}
	if s := derive.New(&tree.Book{Events: []*tree.Event{one}}).ScheduleOf(one); s != nil {
		t.Errorf("one day without times has no schedule: %+v", s)
	}
}

func TestTimeline(t *testing.T) {
	book := load(t, "testdata/summit")
	tl := derive.New(book).Timeline()
	if tl == nil {
		t.Fatal("no timeline")
	}
	var got []string
	for _, s := range tl.Spans {
		got = append(got, fmt.Sprint(tree.PlainText(s.Event.Title), " ", s.Start, " ", s.End, " ", s.From, "–", s.To, " ", s.Talks))
	}
	want := []string{
		"Harbour Summit 2024 2024-05-30 2024-06-01 0–2 5",
		"Meetings 2024-07-01 2024-08-05 32–67 2",
		"Harbour Summit 2025 2025-06-05 2025-06-06 371–372 2",
	}
	if diff := cmp.Diff(want, got); diff != "" || tl.Days != 373 {
		t.Errorf("%d days; spans (-want +got):\n%s", tl.Days, diff)
	}
}

func TestItemsAndDialogues(t *testing.T) {
	book := load(t, "testdata/summit")
	f := derive.New(book)
	var got []string
	for _, i := range f.Items() {
		got = append(got, fmt.Sprint(i.Kind, " ", i.Place.Talk.Date, " ", tree.PlainText(i.Text)))
	}
	want := []string{
		"0 2024-07-01 Élodie Marchand writes to both offerers.",
		"1 2024-07-01 No berth is let before August.",
		"0 2024-07-01 Book the hall for 2025",
		"0 2024-07-01 Ask the harbour master about night shifts",
		"1 2024-08-05 The first offer is taken.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	for _, p := range f.Talks {
		if got, want := f.Dialogue(p.Talk), strings.HasPrefix(p.Talk.Path, "meetings/"); got != want {
			t.Errorf("%s is a dialogue: %v", p.Talk.Path, got)
		}
	}
}

func TestTurns(t *testing.T) {
	text := func(s string) tree.Inline { return &tree.Text{Text: s} }
	strong := func(s string) tree.Inline { return &tree.Strong{Text: tree.Inlines{text(s)}} }
	for _, test := range []struct {
		in        tree.Inlines
		who, says string
	}{
		{tree.Inlines{text("ABC: Yes.")}, "ABC", "Yes."},
		{tree.Inlines{text("AB1: Yes "), strong("indeed")}, "AB1", "Yes indeed"},
		{tree.Inlines{strong("Ann Lee:"), text(" Yes.")}, "Ann Lee", "Yes."},
		{tree.Inlines{strong("Ann Lee"), text(": Yes.")}, "Ann Lee", "Yes."},
		{tree.Inlines{text("NOTE: Yes.")}, "", ""},
		{tree.Inlines{text("HTTP://x")}, "", ""},
		{tree.Inlines{text("Ann: Yes.")}, "", ""},
		{tree.Inlines{strong("Action:"), text(" Yes.")}, "", ""},
		{tree.Inlines{strong("Example:"), text(" Yes.")}, "", ""},
		{tree.Inlines{text("ABC:")}, "", ""},
		{nil, "", ""},
	} {
		who, says, _ := derive.Turn(&tree.Paragraph{Text: test.in})
		if got := tree.PlainText(says); who != test.who || got != test.says {
			t.Errorf("%s: %q says %q, want %q, %q", tree.PlainText(test.in), who, got, test.who, test.says)
		}
	}
}

func TestStatsAndAppendices(t *testing.T) {
	book := load(t, "testdata/summit")
	s := derive.New(book).Stats()
	if s.Events != 2 || s.Parts != 3 || s.Talks != 7 || s.Entries != 9 || s.Speakers != 5 || s.Topics != 7 || s.Words < 200 || s.Words > 400 {
		t.Errorf("%+v", s)
	}
	for _, test := range []struct {
		set  []string
		want string
	}{
		{nil, "[actions chronology topics speakers colophon]"},
		{[]string{"speakers", "actions"}, "[actions speakers]"},
		{[]string{"none"}, "[]"},
	} {
		copied := *book
		copied.Meta.Appendix = test.set
		if got := fmt.Sprint(derive.New(&copied).Appendices()); got != test.want {
			t.Errorf("%v: %s, want %s", test.set, got, test.want)
		}
	}
	plain := &tree.Book{Events: []*tree.Event{{Sections: []*tree.Section{{Talks: []*tree.Talk{{ID: "x"}}}}}}}
	if got := derive.New(plain).Appendices(); len(got) > 0 {
		t.Errorf("a book of chapters has %v", got)
	}
	own := &tree.Book{Events: book.Events, Back: []*tree.Chapter{{Role: "colophon"}}}
	if slices.Contains(derive.New(own).Appendices(), derive.Colophon) {
		t.Error("the author's colophon is not the only one")
	}
}

// A paragraph that begins with TODO: is the writer's own gap, unless book.yaml says otherwise; an item of a list is a task.
func TestTodo(t *testing.T) {
	words := func(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }
	for _, all := range []bool{false, true} {
		talk := &tree.Talk{ID: "t", Title: words("T"), Body: tree.Blocks{
			&tree.Paragraph{Text: words("TODO: write this")}, &tree.Paragraph{Text: words("Action: call")},
			&tree.List{Items: []*tree.ListItem{{Body: tree.Blocks{&tree.Paragraph{Text: words("TODO: send mail")}}}}},
		}}
		book := &tree.Book{Meta: tree.Meta{Todo: all}, Events: []*tree.Event{{ID: "e", Sections: []*tree.Section{{Talks: []*tree.Talk{talk}}}}}}
		var got []string
		for _, it := range derive.New(book).Items() {
			got = append(got, tree.PlainText(it.Text))
		}
		want := "call, send mail"
		if all {
			want = "write this, call, send mail"
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("todo: %v: got %q, want %q", all, s, want)
		}
	}
}
