// Package samples holds books that the tests of several formats build: every way of being difficult that one book can have.
package samples

import (
	"context"
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// Book is a book to be built, by name.
type Book struct {
	Name string
	Make func() *tree.Book
}

// All lists the books.
func All() []Book {
	return []Book{
		{"bundled", Bundled}, {"every", treetest.Every}, {"torture", Torture}, {"arabic", Arabic}, {"chinese", Chinese}, {"notes", Footnotes},
		{"formulas", Formulas}, {"hostile", Hostile}, {"chapters", ChaptersOnly}, {"empty", Empty}, {"large", Large}, {"tangled", Tangled},
	}
}

// Tangled is a book of talks that are put together at random, the same every time.
func Tangled() *tree.Book { return treetest.Torture(1) }

// Empty is a book with nothing in it but its title.
func Empty() *tree.Book { return &tree.Book{Meta: tree.Meta{Title: "Empty", Language: "en"}} }

// Bundled is the collection of notes that comes with the program.
func Bundled() *tree.Book {
	book, err := notes.Load(context.Background(), notes.Bundled(), notes.Options{}, new(diag.Collector).Report)
	if err != nil {
		panic(err)
	}
	return book
}

// Text returns running text of one piece.
func Text(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }

// Para returns a paragraph.
func Para(in ...tree.Inline) *tree.Paragraph { return &tree.Paragraph{Text: in} }

// Talk returns a talk.
func Talk(id, title string, body ...tree.Block) *tree.Talk {
	return &tree.Talk{ID: id, Title: Text(title), Body: body}
}

// Event returns an event with a section of talks that has no title.
func Event(id string, talks ...*tree.Talk) *tree.Event {
	return &tree.Event{ID: id, Title: Text("Event " + id), Sections: []*tree.Section{{ID: id + "-all", Kind: tree.Talks, Talks: talks}}}
}

// Cells returns the cells of a row.
func Cells(words ...string) []*tree.Cell {
	var out []*tree.Cell
	for _, w := range words {
		out = append(out, &tree.Cell{Text: Text(w)})
	}
	return out
}

// Torture is a book of everything that could go wrong in a package.
func Torture() *tree.Book {
	const nasty = "]]> & <b> \x00\x07\uFFFE \xff \"quote\" 'x' -- 𝔘 🎉 \r end"
	pic := func(path, alt string) tree.Block {
		return &tree.Figure{Image: &tree.Image{Path: path, Alt: alt}, Caption: Text("Figure " + path)}
	}
	pictures := Talk("pictures", "Pictures",
		pic("images/dot.png", "a dot"), pic("images/copy.png", "the dot again"), pic("images/huge.png", "a wide field"),
		pic("images/photo.jpg", "a photograph"), pic("images/turned.jpg", "the same on its side"), pic("images/moving.gif", "blinking"),
		pic("images/drawing.svg", "a drawing"), pic("images/missing.png", "what is missing"), pic("images/broken.png", "half a picture"),
		pic("images/no.png", "text"), pic("images/bad.svg", "bad drawing"),
		&tree.Figure{ID: "fig-1", Image: &tree.Image{URL: "https://example.org/a b.png", Alt: "remote"}, Caption: Text("In the web")},
		Para(&tree.Image{Path: "images/dot.png", Alt: "sized", Width: "3em", Height: "calc(1px)", Title: "T"}))
	urls := Talk("urls", "Addresses", &tree.List{Items: nil})
	for _, u := range []string{"https://example.org/a b", "http://exämple.org/ü?q=ä#ß", "//example.org/x", "file:///etc/passwd", "javascript:alert(1)",
		"other.md", "", "https://example.org/%zz%20", "http://foo_bar.example.org/", "http://[::1]:80/x", "mailto:a@example.org?subject=x y",
		"https://example.org/[a]|{b}^`\\", "ftp://example.org/x", "https://", "data:text/plain,x", "http://example.org:8080/a:b@c", "HTTP://EXAMPLE.ORG"} {
		urls.Body = append(urls.Body, Para(&tree.Link{URL: u, Text: Text("to " + u)}))
		urls.Links = append(urls.Links, tree.LabelledLink{Label: "Link", URL: u})
	}
	urls.Body = append(urls.Body,
		Para(&tree.Link{Target: "nowhere", Text: Text("lost")}, &tree.Link{Target: "pictures", Text: Text("found")}, &tree.Link{Target: "fig-1"}),
		Para(&tree.Link{URL: "https://example.org/", Text: tree.Inlines{&tree.Link{URL: "https://example.com/", Text: Text("nested")},
			&tree.Footnote{ID: "in-link", Number: 1, Body: tree.Blocks{Para(Text("a note inside a link")...)}}, &tree.Image{Path: "images/dot.png"}}}))
	raw := Talk("raw", "Raw",
		&tree.RawBlock{Format: "html", Text: `<div align=center id=x onclick="x()"><script>alert(1)</script><p>one<p>two<br>three &nbsp; <font color=red>red</font><img src=../images/dot.png alt=dot></div>`},
		&tree.RawBlock{Format: "html", Text: `loose text <ul>stray<li>a<ol start=4><li>b</ol></ul><dl><dt>t<dd>d</dl><table><tr><th>h<td colspan=2>c</table><li>alone</li><td>cell`},
		&tree.RawBlock{Format: "html", Text: `<a href="https://example.org/?a&b">x <a href=y>y</a></a><details><summary>S</summary>text</details><h1>Big</h1><!-- a -- b --><svg><g/></svg><video src=x></video><input type=checkbox>`},
		&tree.RawBlock{Format: "html", Text: `<span><div>block in span</div></span><p><table><tr><td>x</table><dl>x<p>y</dl><pre>a
  b</pre><blockquote>q</blockquote><figure><img src="images/none.png" alt="gone"><figcaption>fc</figcaption></figure>`},
		&tree.RawBlock{Format: "latex", Text: `\newpage`},
		Para(&tree.RawInline{Format: "html", Text: `<kbd>x</kbd><p>no block here<ul><li>x</ul>`}, &tree.RawInline{Format: "html", Text: `</p></section><b>`}))
	odd := Talk("2012/über-日本語 talk", nasty,
		&tree.Heading{Level: 1, ID: "überschrift", Text: Text("Überschrift")}, &tree.Heading{Level: 9, ID: "1st", Text: Text("deep")},
		&tree.Heading{Level: 1, ID: "a/b", Text: nil}, &tree.Heading{Level: 1, ID: "a-b", Text: Text("twin")}, &tree.Heading{Level: 2, ID: "_1", Text: Text(nasty)},
		Para(Text(nasty)...), Para(), &tree.CodeBlock{Language: "c++ \"x\"", Text: nasty}, &tree.CodeBlock{Language: "go", Text: "\n\n\tx := `a\n`\n"},
		Para(&tree.Code{Text: nasty}, &tree.Math{TeX: `a < b & c`}),
		&tree.List{}, &tree.List{Ordered: true, Start: 0, Items: []*tree.ListItem{{}, {Task: tree.TaskDone}, {Body: tree.Blocks{&tree.CodeBlock{Text: "x"}}}}},
		&tree.DefinitionList{Items: []*tree.Definition{{Terms: []tree.Inlines{Text("term")}}, {Defs: []tree.Blocks{{Para(Text("def")...)}}}, {}}},
		&tree.Table{}, &tree.Table{Align: []tree.Align{"", ""}, Header: Cells("", ""), Rows: []*tree.TableRow{{Cells: Cells("a", "b")}}},
		wideTable(), &tree.Quote{}, &tree.Alert{Kind: "unheard-of"}, &tree.Figure{}, &tree.Div{Class: "a <b> \"c\"", Attrs: map[string]string{"lang": "en_GB", "on click": "x"}},
		&tree.Div{Attrs: map[string]string{"lang": "no such tag!"}, Body: tree.Blocks{Para(Text(strings.Repeat("W", 300))...)}})
	notes := Talk("notes", "Notes", Para(
		&tree.Footnote{ID: "n1", Number: 1, Body: tree.Blocks{Para(&tree.Text{Text: "one, with a note "}, &tree.Footnote{ID: "n2", Number: 2, Body: tree.Blocks{&tree.CodeBlock{Text: "two"}}})}},
		&tree.FootnoteRef{Target: "n2", Number: 2}, &tree.FootnoteRef{Target: "n1", Number: 1}, &tree.FootnoteRef{Target: "gone", Number: 9},
		&tree.Footnote{ID: "n3", Number: 3}))
	e := Event("odd", pictures, urls, raw, odd, notes)
	e.Site, e.Venue = "not a url", nasty
	e.Start, e.End = tree.Date{Year: 2012, Month: 12, Day: 30}, tree.Date{Year: 2013, Month: 1, Day: 2}
	e.Facts = []tree.Fact{{Label: "", Key: "k", Value: Text(nasty)}, {}}
	e.Intro = tree.Blocks{Para(&tree.Text{Text: "intro"}, &tree.Footnote{ID: "e1", Number: 1, Body: tree.Blocks{Para(Text("event note")...)}})}
	return &tree.Book{
		Meta: tree.Meta{
			Title: "Torture & <Co>", Subtitle: "“quoted”", Language: "en-GB", Publisher: "P & Q", Rights: "© 2013 — all", RightsLink: "https://example.org/licence?a=1&b=2",
			SubjectCodes: []tree.SubjectCode{{Subject: "a", Authority: "BISAC", Term: "COM053000"}}, Description: nasty,
			Creators:    []tree.Person{{Name: "Łukasz van der Berg"}, {Name: "The Group"}, {Name: ""}},
			Contributor: []tree.Person{{Name: "Ann", Role: "edt"}, {Name: "Bob", Role: "nonsense"}},
			Subjects:    []string{"a", "A", " ", "b & c"}, Series: "Series", SeriesIndex: "2.1", Date: tree.Date{Year: 2013, Month: 3, Day: 17}, Cover: "cover.jpg",
		},
		Front:  []*tree.Chapter{{ID: "title", Title: Text("Title"), Role: "preface", Facts: e.Facts, Body: tree.Blocks{Para(Text("front")...)}}},
		Events: []*tree.Event{e, {ID: "nothing", Title: nil}},
		Back:   []*tree.Chapter{{ID: "nav", Title: Text("Nav"), Role: "glossary"}, {ID: "TITLE", Title: Text("colophon"), Role: "colophon"}},
	}
}

func wideTable() *tree.Table {
	t := &tree.Table{Caption: Text("wide"), Align: make([]tree.Align, 9)}
	t.Header = Cells("one", "two", "three", "", "five", "six \"q\"", "seven", "eight", "nine")
	for i := range 4 {
		t.Rows = append(t.Rows, &tree.TableRow{Cells: Cells("a long first value", "b", "c", "", fmt.Sprint(i), "f", "g", "h", "incomprehensibilities")})
	}
	return t
}

// Arabic is a book written from right to left, with an English talk.
func Arabic() *tree.Book {
	t := Talk("talk", "البرمجة بلغة بايثون", Para(Text("نص عربي قصير مع كلمة ")...), &tree.CodeBlock{Language: "python", Text: "print('مرحبا')"},
		Para(&tree.Text{Text: "كلمات "}, &tree.Span{Lang: "en", Text: Text("English words (two)")}, &tree.Text{Text: " وكلمة"}), wideTable(),
		&tree.List{Items: []*tree.ListItem{{Body: tree.Blocks{Para(Text("عنصر")...)}}, {Task: tree.TaskDone, Body: tree.Blocks{Para(Text("مهمة")...)}}}},
		&tree.Quote{Body: tree.Blocks{Para(Text("اقتباس")...)}}, &tree.Alert{Kind: "tip", Body: tree.Blocks{Para(Text("نصيحة")...)}})
	t.Speakers, t.Date = []tree.Person{{Name: "متحدث"}}, tree.Date{Year: 2013, Month: 3, Day: 17}
	e := Event("e1", t, &tree.Talk{ID: "other", Title: Text("An English talk"), Language: "en", Body: tree.Blocks{Para(Text("English")...)}})
	e.Title = Text("مؤتمر")
	return &tree.Book{Meta: tree.Meta{Title: "ملاحظات", Language: "ar", Creators: []tree.Person{{Name: "كاتب"}}}, Events: []*tree.Event{e}}
}

// ChaptersOnly is a German book without events.
func ChaptersOnly() *tree.Book {
	return &tree.Book{Meta: tree.Meta{Title: "Kapitel", Language: "de"}, Front: []*tree.Chapter{
		{ID: "eins", Title: Text("Eins"), Body: tree.Blocks{&tree.Alert{Kind: "caution", Body: tree.Blocks{Para(Text("Obacht")...)}}}}, {ID: "zwei", Title: Text("Zwei")}}}
}

// Large is a book of a thousand talks.
func Large() *tree.Book {
	b := &tree.Book{Meta: tree.Meta{Title: "Large", Language: "en"}}
	for i := range 10 {
		var talks []*tree.Talk
		for k := range 100 {
			id := fmt.Sprintf("e%d-t%d", i, k)
			talks = append(talks, Talk(id, "Talk "+id, &tree.Heading{Level: 1, ID: id + "-h", Text: Text("Heading")}, Para(Text("Text")...)))
		}
		b.Events = append(b.Events, Event(fmt.Sprintf("e%d", i), talks...))
	}
	return b
}

// Chinese is a book in Chinese with Japanese and Korean in it.
func Chinese() *tree.Book {
	body := tree.Blocks{
		&tree.Heading{Level: 1, ID: "开始", Text: Text("开始")}, Para(Text("这是一个会议记录。“引号”，（括号）——破折号……")...),
		Para(&tree.Span{Lang: "ja", Text: Text("日本語の文です。ルビ")}, &tree.Break{Soft: true}, &tree.Span{Lang: "ko", Text: Text("한국어 문장입니다.")}),
		&tree.Table{Align: make([]tree.Align, 4), Header: Cells("时间", "讲者", "题目", "地点"), Rows: []*tree.TableRow{{Cells: Cells("九点", "王小明", "开放源代码与社区的未来", "一号会议厅")}}},
	}
	e := Event("大会", Talk("大会/第一讲", "第一讲", body...), Talk("大会/第二讲", "第二讲"))
	e.Title = Text("二〇二五年大会")
	return &tree.Book{Meta: tree.Meta{Title: "会议记录", Language: "zh-Hans", Creators: []tree.Person{{Name: "王小明"}}}, Events: []*tree.Event{e}}
}

// Footnotes is a book with five hundred notes, every fifth called twice.
func Footnotes() *tree.Book {
	var body tree.Blocks
	for i := range 500 {
		id := fmt.Sprintf("note-%d", i+1)
		p := Para(&tree.Text{Text: "Text"}, &tree.Footnote{ID: id, Number: i + 1, Body: tree.Blocks{Para(Text("What the note says.")...)}})
		if i%5 == 0 {
			p.Text = append(p.Text, &tree.FootnoteRef{Target: id, Number: i + 1})
		}
		body = append(body, p)
	}
	return &tree.Book{Meta: tree.Meta{Title: "Notes", Language: "en"}, Events: []*tree.Event{Event("e", Talk("t", "Notes", body...))}}
}

// Formulas is a book of mathematics.
func Formulas() *tree.Book {
	var body tree.Blocks
	for _, f := range []string{`a^2 + b^2 = c^2`, `\frac{-b \pm \sqrt{b^2-4ac}}{2a}`, `\sum_{i=1}^{n} i = \frac{n(n+1)}{2}`, `\int_0^\infty e^{-x^2}\,dx`,
		`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, `x < y \& z > "q"`, `\unknown{x}`, `\text{für } x \in \mathbb{R}`, `\left( \frac{a}{b`} {
		body = append(body, Para(&tree.Text{Text: "Inline "}, &tree.Math{TeX: f}), &tree.MathBlock{TeX: f})
	}
	return &tree.Book{Meta: tree.Meta{Title: "Formulas", Language: "en"}, Events: []*tree.Event{Event("e", Talk("t", "Formulas", body...))}}
}

// Hostile is a folder of notes that means no good, read as any other.
func Hostile() *tree.Book {
	files := fstest.MapFS{
		"book.yaml":    {Data: []byte("title: \"<script>alert(1)</script> & ]]>\"\nlanguage: english\nidentifier: \"'\\\"<&\"\nauthors: [\"</dc:creator>\", {name: x, role: nobody}]\n")},
		"ev/README.md": {Data: []byte("---\ntitle: <b>Event</b>\nstart: 99\nsite: javascript:alert(1)\n---\n\n<iframe src=x></iframe>\n")},
		"ev/a b#c?.md": {Data: []byte("# <img src=x onerror=alert(1)>\n\n<p align=center><!-- -- --><br>&nbsp;&bogus;<table><tr><td>x\n\n[x](javascript:alert(1)) ![y](file:///etc/passwd) <svg><script/></svg>\n\n\x00\x0b\uFFFE\n\n[^1]: [^1]\n\n[^1][^2]\n\n" + strings.Repeat("> ", 60) + "deep\n\n" + strings.Repeat("[", 200) + "\n\n- [ ] <input type=checkbox>\n\n```<x y=\"z\">\n</pre></code>\n```\n")},
		"ev/ä.md":      {Data: []byte("---\ntitle: ''\n---\n")}, "ev/Ä.md": {Data: []byte("####### x\n\n# \n\n#### y {#a:b c}\n\n## y {#a:b}\n\n|a||\n|-|-|\n|b|\n")},
	}
	book, err := notes.Load(context.Background(), files, notes.Options{}, new(diag.Collector).Report)
	if err != nil {
		panic(err)
	}
	return book
}
