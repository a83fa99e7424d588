package linebreak_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/typeset/linebreak"
)

// em is the unit of the tests: letters are about half of it wide, spaces a third.
const em = 1000

// paragraph makes items of a text with a different width for every letter. "\u00AD" is a hyphenation point, "|" a
// break at no price and without a hyphen, "\n" a forced break.
func paragraph(text string) []linebreak.Item {
	var items []linebreak.Item
	var word int64
	flush := func() {
		if word > 0 {
			items = append(items, linebreak.Item{Kind: linebreak.Box, Width: word})
		}
		word = 0
	}
	for _, r := range text {
		switch r {
		case ' ':
			flush()
			items = append(items, linebreak.Item{Kind: linebreak.Glue, Width: 333, Stretch: 166, Shrink: 111})
		case '\u00AD':
			flush()
			items = append(items, linebreak.Item{Kind: linebreak.Penalty, Width: 333, Right: 160, Flagged: true, Auto: true})
		case '|':
			flush()
			items = append(items, linebreak.Item{Kind: linebreak.Penalty})
		case '\n':
			flush()
			items = append(items, linebreak.Item{Kind: linebreak.Penalty, Penalty: linebreak.Force})
		default:
			word += 350 + int64(r*37%300)
		}
	}
	flush()
	return items
}

// frog is the opening of the fairy tale on which Knuth and Plass show their method, hyphenated.
const frog = "In olden times when wish\u00ADing still helped one, there lived a king whose daugh\u00ADters were all beau\u00ADti\u00ADful; " +
	"and the young\u00ADest was so beau\u00ADti\u00ADful that the sun it\u00ADself, which has seen so much, was aston\u00ADished when\u00ADever it " +
	"shone in her face. Close by the king’s castle lay a great dark for\u00ADest, and un\u00ADder an old lime-tree in the for\u00ADest was a " +
	"well, and when the day was very warm, the king’s child went out into the for\u00ADest and sat down by the side of the cool " +
	"foun\u00ADtain; and when she was bored she took a golden ball, and threw it up on high and caught it; and this ball was her " +
	"fa\u00ADvor\u00ADite play\u00ADthing."

func check(t *testing.T, items []linebreak.Item, widths []int64, p linebreak.Params) ([]linebreak.Line, linebreak.Quality) {
	t.Helper()
	lines, q := linebreak.Break(items, widths, p)
	boxes := 0
	at, from := 0, -1
	for i := range lines {
		l := &lines[i]
		if l.Start < at || l.End < l.Start || l.Break < l.End || l.From != from || l.Break <= from {
			t.Fatalf("line %d: items %d–%d, break %d→%d, after item %d", i, l.Start, l.End, l.From, l.Break, at)
		}
		at, from = l.End, l.Break
		sum := int64(0)
		if l.From >= 0 && items[l.From].Kind == linebreak.Penalty {
			sum += items[l.From].Post
		}
		if l.Break < len(items) && items[l.Break].Kind == linebreak.Penalty {
			sum += items[l.Break].Width
		}
		sum = l.Grow(sum)
		for k, w := range l.Set(items) {
			it := items[l.Start+k]
			sum += w
			switch {
			case it.Kind == linebreak.Box:
				boxes++
			case it.Kind == linebreak.Glue && w < it.Width-it.Shrink:
				t.Errorf("line %d: glue shrinks from %d to %d, at most %d is allowed", i, it.Width, w, it.Shrink)
			case it.Kind == linebreak.Penalty && it.Penalty <= linebreak.Force:
				t.Errorf("line %d passes over a forced break", i)
			}
		}
		if want := l.Measure + l.Left + l.Right - l.Short + l.Overfull; sum != want {
			t.Errorf("line %d: width %d, want %d: %+v", i, sum, want, *l)
		}
		if l.Expand > p.Expansion || -l.Expand > p.Expansion || p.ExpansionStep > 0 && l.Expand%p.ExpansionStep != 0 {
			t.Errorf("line %d: expansion %d", i, l.Expand)
		}
		if want := widths[min(i, len(widths)-1)]; l.Measure != want {
			t.Errorf("line %d: measure %d, want %d", i, l.Measure, want)
		}
	}
	for _, it := range items {
		if it.Kind == linebreak.Box {
			boxes--
		}
	}
	if boxes != 0 {
		t.Errorf("%d boxes too many in the lines", boxes)
	}
	return lines, q
}

func TestFrogKing(t *testing.T) {
	items := paragraph(frog)
	for _, width := range []int64{12, 16, 20, 25, 30, 40, 60, 200} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			lines, q := check(t, items, []int64{width * em}, linebreak.Default(em))
			if q.Overfull > 0 {
				t.Errorf("%d overfull lines", q.Overfull)
			}
			if width >= 20 && q.Pass > 2 {
				t.Errorf("a measure of %d ems takes pass %d", width, q.Pass)
			}
			for i, l := range lines {
				if width >= 20 && !l.Last && l.Badness > 200 {
					t.Errorf("line %d has badness %d", i, l.Badness)
				}
			}
		})
	}
}

func TestFirstPassDoesNotHyphenate(t *testing.T) {
	lines, q := check(t, paragraph(frog), []int64{40 * em}, linebreak.Default(em))
	if q.Pass != 1 || q.Hyphens != 0 {
		t.Errorf("pass %d with %d hyphens", q.Pass, q.Hyphens)
	}
	for _, l := range lines {
		if l.Flagged {
			t.Error("a line is marked as hyphenated")
		}
	}
	p := linebreak.Default(em)
	p.Pretolerance = -1
	if _, q := check(t, paragraph(frog), []int64{16 * em}, p); q.Pass < 2 || q.Hyphens == 0 {
		t.Errorf("without the first pass: pass %d, %d hyphens", q.Pass, q.Hyphens)
	}
}

func TestLastLineHasNaturalWidth(t *testing.T) {
	lines, _ := check(t, paragraph(frog), []int64{26 * em}, linebreak.Default(em))
	l := lines[len(lines)-1]
	if !l.Last || l.Gap > 0 || l.Expand > 0 || l.Short != l.Measure-l.Natural {
		t.Errorf("last line %+v", l)
	}
	for _, l := range lines[:len(lines)-1] {
		if l.Last || l.Short != 0 {
			t.Errorf("line that is not full: %+v", l)
		}
	}
}

func TestForcedBreaks(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string // boxes on each line
	}{
		{"one two\nthree", []string{"2", "1"}},
		{"one two \nthree", []string{"2", "1"}},
		{"one\n\ntwo", []string{"1", "0", "1"}},
		{"one\n", []string{"1"}},
		{"one \n ", []string{"1"}},
		{"\none", []string{"0", "1"}},
		{"one ", []string{"1"}},
		{"one|", []string{"1"}},
		{" one", []string{"1"}},
		{"", nil},
		{"  ", nil},
	} {
		items := paragraph(test.text)
		lines, _ := check(t, items, []int64{30 * em}, linebreak.Default(em))
		var got []string
		for _, l := range lines {
			n := 0
			for _, it := range items[l.Start:l.End] {
				if it.Kind == linebreak.Box {
					n++
				}
			}
			got = append(got, fmt.Sprint(n))
			if !l.Last {
				t.Errorf("%q: a line before a forced break is not marked as last", test.text)
			}
		}
		if strings.Join(got, " ") != strings.Join(test.want, " ") {
			t.Errorf("%q: boxes on lines %v, want %v", test.text, got, test.want)
		}
	}
}

func TestNoPlaceToBreak(t *testing.T) {
	lines, q := check(t, paragraph(strings.Repeat("x", 30000)), []int64{20 * em}, linebreak.Default(em))
	if len(lines) != 1 || lines[0].Overfull == 0 || q.Overfull != 1 || q.Pass != 4 {
		t.Errorf("a word of 30,000 letters: %d lines, %+v", len(lines), q)
	}
}

func TestOverfullOnlyWhenUnavoidable(t *testing.T) {
	long := strings.Repeat("m", 60)
	lines, q := check(t, paragraph("a few words "+long+" and a few more words to end with"), []int64{20 * em}, linebreak.Default(em))
	if q.Overfull != 1 {
		t.Fatalf("%d overfull lines, want the one of the long word", q.Overfull)
	}
	for _, l := range lines {
		if l.Overfull > 0 && l.End-l.Start != 1 {
			t.Errorf("the overfull line holds %d items, want the word alone", l.End-l.Start)
		}
	}
}

func TestUnderfullLineIsNotTornApart(t *testing.T) {
	lines, q := check(t, paragraph("to a "+strings.Repeat("m", 40)+" end"), []int64{20 * em}, linebreak.Default(em))
	if q.Overfull != 0 || q.Short == 0 {
		t.Fatalf("%+v, want a line that stays short", q)
	}
	if l := lines[0]; l.Short == 0 || l.Ratio != 3000 {
		t.Errorf("first line %+v, want the glue stretched to the limit", l)
	}
}

func TestShortLinesAreFew(t *testing.T) {
	// Words that leave no choice in some lines: the others should not stay short with them.
	text := strings.Repeat(frog+" "+strings.Repeat("m", 30)+" ", 3)
	with, without := linebreak.Default(em), linebreak.Default(em)
	with.Tolerance, with.MaxStretch, with.ShortDemerits = 100, 1000, 1_000_000
	without.Tolerance, without.MaxStretch = 100, 1000
	less := 0
	for width := int64(18); width < 40; width++ {
		_, a := check(t, paragraph(text), []int64{width * em}, with)
		_, b := check(t, paragraph(text), []int64{width * em}, without)
		if less += b.Short - a.Short; a.Short > b.Short {
			t.Errorf("measure %d: %d short lines, without their price %d", width, a.Short, b.Short)
		}
	}
	if less < 3 {
		t.Errorf("%d short lines less on all measures", less)
	}
}

func TestLetterspace(t *testing.T) {
	text := strings.Repeat(frog+" "+strings.Repeat("m", 12)+" ", 3)
	items := paragraph(text)
	for i := range items {
		if items[i].Kind == linebreak.Box {
			items[i].Letters = int32(items[i].Width / 500)
		}
	}
	p := linebreak.Default(em)
	p.Tolerance, p.MaxStretch, p.ShortDemerits = 100, 1000, 1_000_000
	shorts, tracked := 0, 0
	for width := int64(14); width < 30; width++ {
		p.Widen, p.Narrow, p.TrackDemerits = 0, 0, 0
		_, without := check(t, items, []int64{width * em}, p)
		p.Widen, p.Narrow, p.TrackDemerits = 20, 15, 30_000
		lines, with := check(t, items, []int64{width * em}, p)
		if with.Short > without.Short {
			t.Errorf("measure %d: %d short lines with letterspace, %d without", width, with.Short, without.Short)
		}
		shorts += without.Short - with.Short
		for i := range lines {
			l := &lines[i]
			places := int64(0)
			for _, it := range items[l.Start:l.End] {
				places += int64(it.Letters)
			}
			if l.Track > 20*places || l.Track < -15*places {
				t.Errorf("measure %d, line %d: letterspace of %d between %d letters", width, i, l.Track, places)
			}
			if l.Track != 0 {
				tracked++
				if with.Pass < 3 {
					t.Errorf("measure %d: letterspace in pass %d", width, with.Pass)
				}
			}
		}
	}
	if shorts < 5 || tracked < 5 {
		t.Errorf("letterspace brings %d lines more to the margin, %d lines have any", shorts, tracked)
	}
}

func TestProtrusionTakesPart(t *testing.T) {
	// Two words fit only if the full stop may hang into the margin.
	items := []linebreak.Item{
		{Kind: linebreak.Box, Width: 5000, Left: 200},
		{Kind: linebreak.Glue, Width: 333},
		{Kind: linebreak.Box, Width: 5000, Right: 300},
		{Kind: linebreak.Glue, Width: 333},
		{Kind: linebreak.Box, Width: 5000},
	}
	p := linebreak.Default(em)
	p.Expansion = 0
	lines, q := check(t, items, []int64{5000 + 333 + 5000 - 500}, p)
	if q.Overfull != 0 || lines[0].Left != 200 || lines[0].Right != 300 || lines[0].End != 3 {
		t.Errorf("%+v %+v", q, lines)
	}
}

func TestExpansion(t *testing.T) {
	items := []linebreak.Item{
		{Kind: linebreak.Box, Width: 5000},
		{Kind: linebreak.Glue, Width: 300, Stretch: 100, Shrink: 50},
		{Kind: linebreak.Box, Width: 5000},
		{Kind: linebreak.Glue, Width: 300, Stretch: 100, Shrink: 50},
		{Kind: linebreak.Box, Width: 5000},
	}
	for _, test := range []struct {
		width  int64
		expand int
	}{{10300, 0}, {10310, 0}, {10450, 10}, {10600, 20}, {10180, -10}, {10060, -20}} {
		lines, _ := check(t, items, []int64{test.width}, linebreak.Default(em))
		if got := lines[0].Expand; got != test.expand {
			t.Errorf("measure %d: expansion %d, want %d: %+v", test.width, got, test.expand, lines[0])
		}
	}
	for i := range items {
		items[i].Rigid = true
	}
	if lines, _ := check(t, items, []int64{10450}, linebreak.Default(em)); lines[0].Gap != 150 {
		t.Errorf("rigid boxes: %+v, want all in the glue", lines[0])
	}
}

func TestRaggedRight(t *testing.T) {
	items := paragraph(frog)
	lines, q := check(t, items, []int64{20 * em}, linebreak.RaggedRight(em))
	if q.Overfull > 0 || q.Short > 0 {
		t.Errorf("%+v", q)
	}
	for i, l := range lines {
		if l.Gap != 0 || l.Expand != 0 || l.Short != l.Measure-l.Natural {
			t.Errorf("line %d is not ragged: %+v", i, l)
		}
		if !l.Last && l.Short > 7*em {
			t.Errorf("line %d is short by %d", i, l.Short)
		}
	}
}

func TestMeasuresByLine(t *testing.T) {
	items := paragraph(frog)
	widths := []int64{30 * em, 14 * em, 14 * em, 25 * em}
	if _, q := check(t, items, widths, linebreak.Default(em)); q.Overfull > 0 {
		t.Errorf("%+v", q)
	}
}

func TestLooseness(t *testing.T) {
	items := paragraph(frog)
	p := linebreak.Default(em)
	p.Tolerance, p.Pretolerance = 2000, -1
	base, _ := check(t, items, []int64{25 * em}, p)
	p.Looseness = 1
	if lines, _ := check(t, items, []int64{25 * em}, p); len(lines) != len(base)+1 {
		t.Errorf("looseness 1: %d lines, the best paragraph has %d", len(lines), len(base))
	}
	tight := p
	tight.Looseness, tight.LinePenalty = -1, 0
	p.Looseness = 0
	for width := int64(20); width < 60; width++ {
		a, _ := check(t, items, []int64{width * em}, p)
		if b, _ := check(t, items, []int64{width * em}, tight); len(b) < len(a) {
			return
		}
	}
	t.Error("looseness -1 never saved a line")
}

func TestRuntIsAvoided(t *testing.T) {
	items := paragraph(frog + " it")
	with, without := linebreak.Default(em), linebreak.Default(em)
	with.Runt, without.Runt = 4*em, 0
	saved := 0
	for width := int64(20); width < 60; width++ {
		a, _ := check(t, items, []int64{width * em}, with)
		b, _ := check(t, items, []int64{width * em}, without)
		if b[len(b)-1].Natural < 4*em && a[len(a)-1].Natural >= 4*em {
			saved++
		}
		if a[len(a)-1].Natural < 4*em && b[len(b)-1].Natural >= 4*em {
			t.Errorf("measure %d: the runt rule makes a runt", width)
		}
	}
	if saved == 0 {
		t.Error("the runt rule never helped")
	}
}

func TestHyphensInARow(t *testing.T) {
	text := strings.Repeat(frog+" ", 3)
	for width := int64(18); width < 40; width++ {
		p := linebreak.Default(em)
		p.Pretolerance, p.HyphenPenalty = -1, -50 // makes hyphens tempting
		lines, _ := check(t, paragraph(text), []int64{width * em}, p)
		run := 0
		for i, l := range lines {
			if !l.Flagged {
				run = 0
			} else if run++; run > 2 {
				t.Errorf("measure %d: line %d is the third in a row with a hyphen", width, i)
			}
		}
	}
}

func BenchmarkBreak(b *testing.B) {
	items := paragraph(frog)
	letters := len(strings.ReplaceAll(frog, "\u00AD", ""))
	for _, bench := range []struct {
		name  string
		width int64
		p     linebreak.Params
	}{
		{"book", 33 * em, linebreak.Default(em)},
		{"narrow", 14 * em, linebreak.Default(em)},
		{"ragged", 33 * em, linebreak.RaggedRight(em)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(letters))
			b.ReportAllocs()
			for b.Loop() {
				linebreak.Break(items, []int64{bench.width}, bench.p)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "paragraphs/s")
		})
	}
	long := paragraph(strings.Repeat(frog+" ", 40))
	b.Run("10000 items", func(b *testing.B) {
		for b.Loop() {
			linebreak.Break(long, []int64{33 * em}, linebreak.Default(em))
		}
	})
	hopeless := make([]linebreak.Item, 20000)
	for i := range hopeless {
		if hopeless[i] = (linebreak.Item{Kind: linebreak.Box, Width: 1}); i%2 == 1 {
			hopeless[i] = linebreak.Item{Kind: linebreak.Penalty}
		}
	}
	b.Run("hopeless", func(b *testing.B) {
		for b.Loop() {
			linebreak.Break(hopeless, []int64{1 << 40}, linebreak.Default(em))
		}
	})
}
