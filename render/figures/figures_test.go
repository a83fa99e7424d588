package figures_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/figures"
	"github.com/evbook/evbook/render/words"
)

const pt = unit.Pt

func load(t testing.TB, dir string) *tree.Book {
	t.Helper()
	b, err := notes.Load(context.Background(), os.DirFS(dir), notes.Options{}, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func layout(t testing.TB) *layouts.Layout {
	t.Helper()
	l, err := layouts.Load("a5")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// onPage is the style of figures on an A5 page.
func onPage(t testing.TB, lang string) *figures.Style {
	l := layout(t)
	return &figures.Style{
		Width: l.Page.TextWidth(), Height: l.Page.TextHeight(), Size: 7 * pt, Lang: lang, Words: words.For(lang),
		Type: drawing.NewTypesetter(fonts.Bundled(), l.Fonts, lang), Colors: figures.OnPaper(l.Colors),
	}
}

func TestFiguresOfTheSummit(t *testing.T) {
	b := load(t, "../derive/testdata/summit")
	f := derive.New(b)
	style := figures.ForScreens(fonts.Bundled(), layout(t), "en-GB", words.For("en"))
	var list []*drawing.Drawing
	for _, e := range b.Events {
		list = append(list, figures.Schedule(f, e, style)...)
	}
	list = append(list, figures.Timeline(f, style)...)
	var all strings.Builder
	for i, d := range list {
		all.WriteString(d.SVG(fmt.Sprintf("f%d", i), nil) + "\n")
	}
	golden.Check(t, "testdata/summit.svg.txt", []byte(all.String()))
	cover := figures.Cover(f, 400*pt, 640*pt, style.Type)
	golden.Check(t, "testdata/cover.svg", cover.File("cover"))
}

// flat joins the words of a figure without spaces and the marks of shortening: titles are divided into lines.
func flat(s string) string { return strings.Join(strings.Fields(s), "") }

// What the notes say of days, times, rooms and titles is in the figure, and in its text alternative.
func TestFiguresSayWhatTheNotesSay(t *testing.T) {
	for _, dir := range []string{"../derive/testdata/summit", "../../notes/events"} {
		b := load(t, dir)
		f := derive.New(b)
		s := onPage(t, "en")
		drawn := 0
		for _, e := range b.Events {
			var shown, said strings.Builder
			list := figures.Schedule(f, e, s)
			for _, d := range list {
				shown.WriteString(flat(d.Words()))
				said.WriteString(d.Desc + "\n")
				if !strings.Contains(d.Title, tree.PlainText(e.Title)) {
					t.Errorf("title %q does not name %s", d.Title, tree.PlainText(e.Title))
				}
			}
			if len(list) == 0 {
				continue
			}
			drawn++
			for _, p := range f.Talks {
				if p.Event != e || p.Talk.Date.IsZero() {
					continue
				}
				title, day := tree.PlainText(p.Talk.Title), s.Words.DayMonth(p.Talk.Date)
				if !strings.Contains(shown.String(), flat(title)) || !strings.Contains(shown.String(), flat(day)) {
					t.Errorf("%s, %s is not in the figure:\n%s", title, day, shown.String())
				}
				for _, want := range []string{strings.TrimRight(title, "."), string(p.Talk.Start), p.Talk.Track, s.Words.Weekday(p.Talk.Date)} {
					if !strings.Contains(said.String(), want) {
						t.Errorf("%q is not in the text alternative:\n%s", want, said.String())
					}
				}
				if p.Talk.Start != "" && !strings.Contains(shown.String(), string(p.Talk.Start)+"") {
					t.Errorf("the time of %s is not in the figure", title)
				}
			}
		}
		if drawn == 0 {
			t.Errorf("%s: no schedule", dir)
		}
		list := figures.Timeline(f, s)
		if len(list) != 1 {
			t.Fatalf("%s: %d timelines", dir, len(list))
		}
		for _, span := range f.Timeline().Spans {
			title, days := tree.PlainText(span.Event.Title), s.Words.Days(span.Start, span.End)
			if w := flat(list[0].Words()); !strings.Contains(w, flat(title)) || !strings.Contains(w, flat(days)) {
				t.Errorf("%s, %s is not in the timeline", title, days)
			}
			if want := title + ", " + days; !strings.Contains(list[0].Desc, want) {
				t.Errorf("%q is not in the text alternative %q", want, list[0].Desc)
			}
		}
	}
}

func TestNoFigureWhereTheNotesSayNothing(t *testing.T) {
	day := func(d int) tree.Date { return tree.Date{Year: 2024, Month: 5, Day: d} }
	talk := func(d tree.Date, start tree.Clock) *tree.Talk {
		return &tree.Talk{Title: tree.Inlines{&tree.Text{Text: "T"}}, Date: d, Start: start}
	}
	s := onPage(t, "en")
	for _, c := range []struct {
		name  string
		talks []*tree.Talk
		want  int
	}{
		{"no talk", nil, 0},
		{"a talk without a day", []*tree.Talk{talk(tree.Date{}, "")}, 0},
		{"one day without times", []*tree.Talk{talk(day(1), ""), talk(day(1), "")}, 0},
		{"a talk a day", []*tree.Talk{talk(day(1), ""), talk(day(2), "")}, 0},
		{"two days", []*tree.Talk{talk(day(1), ""), talk(day(1), ""), talk(day(2), "")}, 1},
		{"one day with times", []*tree.Talk{talk(day(1), "09:00"), talk(day(1), "10:00")}, 1},
		{"a long series", series(talk), 0},
	} {
		e := &tree.Event{Title: tree.Inlines{&tree.Text{Text: "E"}}, Sections: []*tree.Section{{Talks: c.talks}}}
		f := derive.New(&tree.Book{Events: []*tree.Event{e}})
		if got := len(figures.Schedule(f, e, s)); got != c.want {
			t.Errorf("%s: %d figures, want %d", c.name, got, c.want)
		}
		if got := figures.Timeline(f, s); got != nil {
			t.Errorf("%s: one event has a timeline", c.name)
		}
	}
}

func series(talk func(tree.Date, tree.Clock) *tree.Talk) (list []*tree.Talk) {
	for d := 1; d <= 28; d++ {
		date := tree.Date{Year: 2024, Month: 5, Day: d}
		list = append(list, talk(date, ""), talk(date, ""))
	}
	return list
}

var titles = []string{
	"Nets", "Ropes, Knots and Graphs", "How to Keep a Community of Practice Alive When Everybody Is Far Away from Everybody Else",
	"Donaudampfschifffahrtsgesellschaftskapitänsmütze", "港の時刻表を自動でつくる", "جدول مواعيد الميناء", "API", "Über Größe – и не только", "",
}

// randomBook makes an event with talks at all kinds of times, and further events for the timeline.
func randomBook(r *rand.Rand) *tree.Book {
	b := &tree.Book{Meta: tree.Meta{Title: titles[r.IntN(3)], Language: "en"}}
	for range 1 + r.IntN(60) {
		e := &tree.Event{Title: tree.Inlines{&tree.Text{Text: titles[r.IntN(len(titles))]}}}
		e.Start = tree.DateOf(tree.Date{Year: 2000 + r.IntN(1+r.IntN(30)), Month: 1, Day: 1}.Time().AddDate(0, 0, r.IntN(365)))
		e.End = tree.DateOf(e.Start.Time().AddDate(0, 0, r.IntN(6)))
		b.Events = append(b.Events, e)
	}
	sec := &tree.Section{}
	e := b.Events[0]
	e.Sections = []*tree.Section{sec}
	days, rooms, times := 1+r.IntN(5), r.IntN(9), r.IntN(3)
	for range 1 + r.IntN(25) {
		t := &tree.Talk{Title: tree.Inlines{&tree.Text{Text: titles[r.IntN(len(titles))]}}, Date: tree.DateOf(e.Start.Time().AddDate(0, 0, r.IntN(days)))}
		if r.IntN(3) < times {
			start := 8*60 + r.IntN(50)*10
			t.Start = tree.Clock(fmt.Sprintf("%02d:%02d", start/60, start%60))
			if r.IntN(4) > 0 {
				end := start + 5 + r.IntN(12)*10
				t.End = tree.Clock(fmt.Sprintf("%02d:%02d", end/60, end%60))
			}
		}
		if rooms > 0 && r.IntN(5) > 0 {
			t.Track = fmt.Sprintf("Room %d", 1+r.IntN(rooms))
		}
		sec.Talks = append(sec.Talks, t)
	}
	return b
}

// No two lines of type touch each other, and none leaves the figure, whatever the notes hold.
func TestLinesOfTypeKeepApart(t *testing.T) {
	s := onPage(t, "en")
	r := rand.New(rand.NewPCG(7, 11))
	seen := 0
	for i := range 40 {
		b := randomBook(r)
		f := derive.New(b)
		for _, width := range []unit.Len{s.Width, 200 * pt, 360 * pt} {
			style := *s
			style.Width = width
			list := append(figures.Schedule(f, b.Events[0], &style), figures.Timeline(f, &style)...)
			list = append(list, figures.Cover(f, width, width*8/5, style.Type))
			for _, d := range list {
				seen++
				if d.Height > max(style.Height, width*8/5) {
					t.Errorf("book %d, %s: %v high", i, d.Title, d.Height)
				}
				apart(t, fmt.Sprintf("book %d, %v wide, %s", i, width, d.Title), d)
			}
		}
		if t.Failed() {
			return
		}
	}
	if seen < 150 {
		t.Errorf("%d figures only", seen)
	}
}

func apart(t *testing.T, name string, d *drawing.Drawing) {
	t.Helper()
	var lines []*drawing.Text
	for _, m := range d.Marks {
		if l, ok := m.(*drawing.Text); ok {
			lines = append(lines, l)
		}
	}
	const tolerance = pt / 4
	for i, a := range lines {
		l, top, r, bottom := a.Bounds()
		if l < -tolerance || top < -tolerance || r > d.Width+tolerance || bottom > d.Height+tolerance {
			t.Errorf("%s: %q leaves the figure: %v %v %v %v", name, a.String, l, top, r, bottom)
		}
		for _, b := range lines[i+1:] {
			l2, top2, r2, bottom2 := b.Bounds()
			if l+tolerance < r2 && l2+tolerance < r && top+tolerance < bottom2 && top2+tolerance < bottom {
				t.Errorf("%s: %q lies on %q", name, a.String, b.String)
			}
		}
	}
}

func TestCoverOfEveryKindOfBook(t *testing.T) {
	ten := make([]tree.Person, 10)
	for i := range ten {
		ten[i].Name = fmt.Sprintf("Author Number %d", i+1)
	}
	long := "Proceedings and Collected Notes of the Annual International Symposium on Distributed Harbour Management"
	for _, c := range []struct {
		title, subtitle, lang string
		people                []tree.Person
	}{
		{"Go", "", "en", nil}, {long, long, "en", ten}, {"港の会議の記録", "二年分", "ja", ten[:1]}, {"ملاحظات المؤتمرات", "أربعة", "ar", ten[:2]},
		{"Donaudampfschifffahrtsgesellschaftskapitän", "", "de", ten}, {"", "", "en", nil},
	} {
		b := &tree.Book{Meta: tree.Meta{Title: c.title, Subtitle: c.subtitle, Language: c.lang, Creators: c.people}}
		ts := drawing.NewTypesetter(fonts.Bundled(), layout(t).Fonts, c.lang)
		for _, size := range [][2]unit.Len{{400 * pt, 640 * pt}, {595 * pt, 842 * pt}, {720 * pt, 540 * pt}} {
			d := figures.Cover(derive.New(b), size[0], size[1], ts)
			apart(t, c.title, d)
			shown := flat(strings.ReplaceAll(d.Words(), "\u00a0", " "))
			for _, want := range []string{c.title, c.subtitle} {
				if !strings.Contains(shown, flat(want)) {
					t.Errorf("%q is not on the cover: %s", want, shown)
				}
			}
			for _, p := range c.people {
				if !strings.Contains(shown, flat(p.Name)) {
					t.Errorf("%s: author %q is not on the cover", c.title, p.Name)
				}
			}
		}
	}
}

func TestCoverPicture(t *testing.T) {
	b := load(t, "../../notes/events")
	data := figures.CoverPNG(derive.New(b), fonts.Bundled(), layout(t))
	if len(data) > 300<<10 {
		t.Errorf("the picture has %d bytes", len(data))
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if s := img.Bounds().Size(); s.X != figures.CoverWidth || s.Y != figures.CoverHeight {
		t.Errorf("size %v", s)
	}
	if again := figures.CoverPNG(derive.New(b), fonts.Bundled(), layout(t)); !bytes.Equal(data, again) {
		t.Error("two covers of one book differ")
	}
}

func BenchmarkCoverPNG(b *testing.B) {
	f := derive.New(load(b, "../../notes/events"))
	l := layout(b)
	for b.Loop() {
		figures.CoverPNG(f, fonts.Bundled(), l)
	}
}
