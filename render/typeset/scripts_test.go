package typeset

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// bodyLines returns the lines of the paragraphs of a chapter made by paragraphs: the runs of each baseline in the order of
// painting.
func bodyLines(r *recorder) [][]drawn {
	var lines [][]drawn
	for _, d := range r.list {
		if d.run == nil || d.elem == nil {
			continue
		}
		e := d.elem
		for e != nil && e.Role != "P" && e.Role != "LI" && e.Role != "TOCI" {
			e = e.Parent
		}
		if e == nil || e.Role == "TOCI" || d.page < 2 {
			continue
		}
		if n := len(lines); n > 0 && lines[n-1][0].y == d.y && lines[n-1][0].page == d.page {
			lines[n-1] = append(lines[n-1], d)
		} else {
			lines = append(lines, []drawn{d})
		}
	}
	return lines
}

func lineText(line []drawn) string {
	var b strings.Builder
	for _, d := range line {
		b.WriteString(runText(d.run))
	}
	return strings.TrimSpace(b.String())
}

// edges are the left and the right edge of a line's ink.
func edges(line []drawn) (left, right unit.Len) {
	left, right = line[0].x, line[0].x+line[0].w
	for _, d := range line {
		left, right = min(left, d.x), max(right, d.x+d.w)
	}
	return left, right
}

func linesOf(t *testing.T, lang string, texts ...string) ([][]drawn, *layouts.Layout) {
	t.Helper()
	book := paragraphs("a.md", texts...)
	book.Meta.Language = lang
	r, list := setWith(t, book, func(*Input) {})
	for _, d := range list {
		t.Errorf("%v", d)
	}
	l, err := layouts.Load("a5")
	if err != nil {
		t.Fatal(err)
	}
	return bodyLines(r), l
}

const hebrew = "אנחנו כותבים פסקה בעברית עם מילים באנגלית כמו Go ומספרים כמו 1948 ועוד. הפסקה ארוכה מספיק כדי למלא שתי שורות לפחות."

func TestRightToLeftParagraphs(t *testing.T) {
	for _, test := range []struct{ lang, text string }{{"en", hebrew}, {"he", hebrew}, {"he", "Go היא שפה"}} {
		lines, l := linesOf(t, test.lang, test.text)
		w := l.Page.TextWidth()
		for i, line := range lines {
			if _, right := edges(line); right < w-2*unit.Pt || right > w+unit.Pt {
				t.Errorf("%s: line %d %q ends at %v, want the right margin %v", test.lang, i, lineText(line), right, w)
			}
		}
		if left, _ := edges(lines[len(lines)-1]); left < w/20 {
			t.Errorf("%s: the last line is as wide as the column", test.lang)
		}
	}
	lines, _ := linesOf(t, "en", "Go היא שפה")
	if left, _ := edges(lines[0]); left != 0 {
		t.Errorf("a paragraph that begins in English begins at %v, want the left margin", left)
	}
}

func TestOrderOfMixedRuns(t *testing.T) {
	lines, _ := linesOf(t, "en", "one שלום עולם two", "שלום one two עולם 12")
	place := func(line []drawn, text string) unit.Len {
		for _, d := range line {
			x := d.x
			for _, g := range d.run.Glyphs {
				if strings.HasPrefix(text, g.Text) && g.Text != "" {
					return x
				}
				x += g.Advance.Len()
			}
		}
		t.Fatalf("%q is not on the line %q", text, lineText(line))
		return 0
	}
	var at []unit.Len
	for _, w := range []string{"o", "ע", "ש", "t"} { // the first letters of the words, from left to right
		at = append(at, place(lines[0], w))
	}
	if !slices.IsSorted(at) {
		t.Errorf("English with Hebrew: words at %v", at)
	}
	at = nil
	for _, w := range []string{"1", "ע", "o", "ש"} {
		at = append(at, place(lines[1], w))
	}
	if !slices.IsSorted(at) {
		t.Errorf("Hebrew with English: words at %v", at)
	}
	// Runs are painted in the order of reading, though they stand from right to left.
	if text := lineText(lines[1]); strings.IndexAny(text, "שלום") > strings.Index(text, "one") {
		t.Errorf("painted as %q", text)
	}
}

func TestCodeInHebrewRunsFromLeftToRight(t *testing.T) {
	book := paragraphs("a.md", "")
	par := book.Front[0].Body[0].(*tree.Paragraph)
	par.Text = tree.Inlines{&tree.Text{Text: "קוד "}, &tree.Code{Text: `f(x, "שלום")[1];`}, &tree.Text{Text: " סוף"}}
	r, _ := setWith(t, book, func(*Input) {})
	line := bodyLines(r)[0]
	var b strings.Builder
	var xs []unit.Len
	for _, d := range line {
		if d.elem.Role == "Code" {
			b.WriteString(runText(d.run))
			xs = append(xs, d.x)
		}
	}
	if !strings.HasPrefix(b.String(), `f(x, "`) || !strings.HasSuffix(b.String(), `")[1];`) || !slices.IsSorted(xs) {
		t.Errorf("code is painted as %q at %v", b.String(), xs)
	}
}

func TestRightToLeftLists(t *testing.T) {
	book := paragraphs("a.md", "")
	item := func(text string) *tree.ListItem {
		return &tree.ListItem{Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: text}}}}}
	}
	book.Front[0].Body = tree.Blocks{&tree.List{Ordered: true, Start: 1, Items: []*tree.ListItem{item("ראשון"), item("שני")}}}
	r, _ := setWith(t, book, func(*Input) {})
	lines := bodyLines(r)
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		var mark, text drawn
		for _, d := range line {
			if d.elem.Role == "Lbl" {
				mark = d
			} else {
				text = d
			}
		}
		if mark.run == nil || mark.x < text.x+text.w {
			t.Errorf("%q: the mark is at %v, the text ends at %v", lineText(line), mark.x, text.x+text.w)
		}
	}
}

const (
	chinese  = "本书介绍了人工智能工程的最新进展，包括大型语言模型的训练、推理与部署；演讲者认为，2024年是关键的一年。我们在这里写一段比较长的中文文字，以便检查行末标点、避头尾规则以及两端对齐的效果：逗号、句号。「引号」『书名』也一样（括号）。Go语言与Kubernetes集群混排。"
	japanese = "日本語の文章はここで改行します。小さい「っ」や「ょ」、長音記号「ー」は行頭に来てはいけません。（括弧）の扱いも重要です。プログラミング言語Goは2009年に公開され、コンパイルが速いことで知られています。ネットワークサービスのデータベース接続をチューニングするといったような話題が続きます。"
	korean   = "한국어 문단은 띄어쓰기가 있으므로 줄바꿈이 낱말 사이에서 일어나는 것이 보통이지만, 긴 낱말은 음절 사이에서도 나눌 수 있습니다. 쿠버네티스와 인공지능에 관한 발표를 정리한 노트입니다."
)

func TestLinesOfEastAsia(t *testing.T) {
	const (
		notFirst = "、。，．」』）：；！？っょゃゅァィゥェォッャュョー々"
		notLast  = "「『（"
	)
	for lang, text := range map[string]string{"zh-CN": chinese, "ja": japanese, "en": chinese + japanese} {
		lines, l := linesOf(t, lang, text)
		if len(lines) < 4 {
			t.Fatalf("%s: %d lines only", lang, len(lines))
		}
		var all strings.Builder
		for i, line := range lines {
			s := lineText(line)
			all.WriteString(s)
			first, _ := utf8.DecodeRuneInString(s)
			last, _ := utf8.DecodeLastRuneInString(s)
			if strings.ContainsRune(notFirst, first) && i > 0 || strings.ContainsRune(notLast, last) {
				t.Errorf("%s: line %d breaks the rules: %q", lang, i, s)
			}
			if i == len(lines)-1 {
				break
			}
			left, right := edges(line)
			size := line[0].run.Size
			if strings.ContainsRune(leftHalf, last) {
				right -= size / 2 // the blank half of the sign
			}
			if strings.ContainsRune(rightHalf, first) {
				left += size / 2
			}
			if w := l.Page.TextWidth(); left < -unit.Pt || left > unit.Pt || right < w-unit.Pt || right > w+unit.Pt {
				t.Errorf("%s: line %d goes from %v to %v, want 0 to %v: %q", lang, i, left, right, w, s)
			}
		}
		if got := strings.ReplaceAll(all.String(), "\u00AD", ""); got != text {
			t.Errorf("%s: got %q, want %q", lang, got, text)
		}
	}
}

func TestSpacesBetweenScripts(t *testing.T) {
	lines, _ := linesOf(t, "zh", "在Go语言中")
	if len(lines[0]) != 3 {
		t.Fatalf("%d runs, want three", len(lines[0]))
	}
	a, b := lines[0][0], lines[0][1]
	if got, size := b.x-a.x, a.run.Size; got < size+size/10 || got > size+size/4 {
		t.Errorf("Go begins %v behind an ideograph of %v", got, size)
	}
	if text := lineText(lines[0]); text != "在Go语言中" {
		t.Errorf("the space is in the text: %q", text)
	}
	// Signs that leave half of their square blank close up.
	lines, _ = linesOf(t, "ja", "「『本』」。本")
	if _, right := edges(lines[0]); right > lines[0][0].run.Size*6 {
		t.Errorf("seven signs are %v wide at %v", right, lines[0][0].run.Size)
	}
}

func TestKoreanBreaksAtSpaces(t *testing.T) {
	lines, _ := linesOf(t, "ko", korean+" "+korean+" "+korean)
	whole := 0
	for _, line := range lines[:len(lines)-1] {
		last := line[len(line)-1].run.Glyphs
		if last[len(last)-1].Text == " " {
			whole++
		}
	}
	if whole == 0 {
		t.Error("every line ends inside a word")
	}
}

func TestPicturesInLinesKeepTheirPlace(t *testing.T) {
	book := paragraphs("a.md", "")
	par := book.Front[0].Body[0].(*tree.Paragraph)
	par.Text = tree.Inlines{&tree.Text{Text: "before"}, &tree.Image{Path: "p.png", Alt: "A picture"}, &tree.Text{Text: "after"}}
	r, _ := setWith(t, book, func(in *Input) { in.Assets = fstest.MapFS{"p.png": pngFile(t, 40, 20)} })
	var picture, after drawn
	for _, d := range r.list {
		if d.kind == "image" {
			picture = d
		} else if d.run != nil && d.elem != nil && runText(d.run) == "after" {
			after = d
		}
	}
	if picture.w == 0 || after.x < picture.x+picture.w {
		t.Errorf("the text goes on at %v, the picture ends at %v", after.x, picture.x+picture.w)
	}
}

// TestThaiBreaksBetweenSyllables holds that lines of Thai, which has no spaces between words, end before a vowel that begins a
// syllable, and never between a consonant and its marks.
func TestThaiBreaksBetweenSyllables(t *testing.T) {
	text := strings.Repeat("ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอนหรือวรรณยุกต์เช่นเดียวกับภาษาจีน", 6)
	book := talkOf(tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: text}}}})
	book.Meta.Language = "th"
	doc, list := set(t, book, "a5", nil)
	for _, d := range list {
		if d.Code == CodeOverfull {
			t.Error(d.Message)
		}
	}
	lines := bodyLines(record(t, doc))
	if len(lines) < 5 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, l := range lines[1:] {
		first, _ := utf8.DecodeRuneInString(lineText(l))
		if !leadingVowel(first) {
			t.Errorf("line %d begins with %q", i+2, first)
		}
	}
}
