package epub_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/epub"
)

// sample is a book that tests build.
type sample struct {
	name    string
	book    func() *tree.Book
	options []render.Option
	noAce   string // why Ace is not run on it

	noReading string // why it is not shown in a browser
}

// samples lists the books that every conformance test goes through.
func samples() []sample {
	const alike = "its mark-up is in the others"
	profile := func(name string) []render.Option { return []render.Option{{Name: "profile", Value: name}} }
	return []sample{
		{name: "bundled", book: bundled},
		{name: "every", book: treetest.Every},
		{name: "torture", book: torture},
		{name: "arabic", book: arabic},
		{name: "chinese", book: chinese},
		{name: "notes", book: footnotes, noReading: alike},
		{name: "formulas", book: formulas},
		{name: "hostile", book: hostile, noReading: alike},
		{name: "chapters", book: chaptersOnly, noReading: alike},
		{name: "empty", book: func() *tree.Book { return &tree.Book{Meta: tree.Meta{Title: "Empty", Language: "en"}} }, noReading: alike},
		{name: "large", book: large, noAce: alike, noReading: alike},
		{name: "kobo", book: treetest.Every, options: profile("kobo"), noReading: alike},
		{name: "kobo torture", book: torture, options: profile("kobo"), noAce: alike, noReading: alike},
		{name: "kobo formulas", book: formulas, options: profile("kobo"), noAce: alike, noReading: alike},
		{name: "kindle", book: treetest.Every, options: profile("kindle")},
		{name: "kindle torture", book: torture, options: profile("kindle"), noAce: alike},
		{name: "kindle formulas", book: formulas, options: profile("kindle"), noAce: alike, noReading: alike},
	}
}

// bundled is the collection of notes that comes with the program.
func bundled() *tree.Book {
	book, err := notes.Load(context.Background(), notes.Bundled(), notes.Options{}, new(diag.Collector).Report)
	if err != nil {
		panic(err)
	}
	return book
}

func (s sample) job() *render.Job {
	job := newJob(s.book(), new(diag.Collector))
	job.Options = s.options
	return job
}

func newJob(book *tree.Book, c *diag.Collector) *render.Job {
	return &render.Job{
		Book: book, Assets: assets(), Time: time.Date(2013, 3, 17, 12, 30, 7, 0, time.UTC), Generator: "evbook test", Report: c.Report,
	}
}

// build renders a job to bytes.
func build(t testing.TB, job *render.Job) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := epub.Format().New().Render(context.Background(), job, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gradient(w, h int, alpha bool) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{uint8(x * 255 / w), uint8(y * 255 / h), 128, 255}
			if alpha && x < w/2 {
				c.A = 0
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func encodePicture(encode func(*bytes.Buffer) error) []byte {
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// assets returns a notes folder with pictures of every kind.
var assets = sync.OnceValue(makeAssets)

func makeAssets() fs.FS {
	file := func(data []byte) *fstest.MapFile { return &fstest.MapFile{Data: data} }
	dot := encodePicture(func(b *bytes.Buffer) error { return png.Encode(b, gradient(8, 4, true)) })
	photo := encodePicture(func(b *bytes.Buffer) error { return jpeg.Encode(b, gradient(60, 30, false), nil) })
	return fstest.MapFS{
		treetest.ImagePath:  file(dot),
		"images/copy.png":   file(dot),
		"images/huge.png":   file(encodePicture(func(b *bytes.Buffer) error { return png.Encode(b, gradient(2000, 500, false)) })),
		"images/photo.jpg":  file(photo),
		"images/turned.jpg": file(withExif(photo, 6)),
		"images/moving.gif": file(encodePicture(func(b *bytes.Buffer) error {
			frame := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.White, color.Black})
			return gif.EncodeAll(b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{50, 50}})
		})),
		"images/drawing.svg": file([]byte(drawing)),
		"images/broken.png":  file(dot[:40]),
		"images/no.png":      file([]byte("this is text")),
		"images/bad.svg":     file([]byte("<svg xmlns='http://www.w3.org/2000/svg'><g></svg>")),
		"cover.jpg":          file(encodePicture(func(b *bytes.Buffer) error { return jpeg.Encode(b, gradient(1600, 2560, false), nil) })),
	}
}

// drawing is what a drawing program writes, with all that must not reach a book.
const drawing = `<?xml version="1.0" standalone="no"?>
<!-- a comment -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="&ns_ai;"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="200" height="100" inkscape:version="1.0" onload="alert(1)">
  <metadata><i:x/></metadata>
  <script>alert(1)</script>
  <defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
  <image xlink:href="http://example.org/x.png" width="10" height="10"/>
  <a xlink:href="http://example.org/"><rect id="r" width="100" height="50" fill="url(#g)"/></a>
  <use xlink:href="#r"/><text x="10" y="80">3 &lt; 4</text>
  <foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>
</svg>`

// withExif puts Exif data with an orientation into a JPEG file.
func withExif(data []byte, orientation byte) []byte {
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00"
	n := len(exif) + 2
	return []byte(string(data[:2]) + "\xff\xe1" + string([]byte{byte(n >> 8), byte(n)}) + exif + string(data[2:]))
}

func text(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }

func para(in ...tree.Inline) *tree.Paragraph { return &tree.Paragraph{Text: in} }

func talk(id, title string, body ...tree.Block) *tree.Talk {
	return &tree.Talk{ID: id, Title: text(title), Body: body}
}

func event(id string, talks ...*tree.Talk) *tree.Event {
	return &tree.Event{ID: id, Title: text("Event " + id), Sections: []*tree.Section{{ID: id + "-all", Kind: tree.Talks, Talks: talks}}}
}

func cells(words ...string) []*tree.Cell {
	var out []*tree.Cell
	for _, w := range words {
		out = append(out, &tree.Cell{Text: text(w)})
	}
	return out
}

// torture is a book of everything that could go wrong in a package.
func torture() *tree.Book {
	const nasty = "]]> & <b> \x00\x07\uFFFE \xff \"quote\" 'x' -- 𝔘 🎉 \r end"
	pic := func(path, alt string) tree.Block {
		return &tree.Figure{Image: &tree.Image{Path: path, Alt: alt}, Caption: text("Figure " + path)}
	}
	pictures := talk("pictures", "Pictures",
		pic("images/dot.png", "a dot"), pic("images/copy.png", "the dot again"), pic("images/huge.png", "a wide field"),
		pic("images/photo.jpg", "a photograph"), pic("images/turned.jpg", "the same on its side"), pic("images/moving.gif", "blinking"),
		pic("images/drawing.svg", "a drawing"), pic("images/missing.png", "what is missing"), pic("images/broken.png", "half a picture"),
		pic("images/no.png", "text"), pic("images/bad.svg", "bad drawing"),
		&tree.Figure{ID: "fig-1", Image: &tree.Image{URL: "https://example.org/a b.png", Alt: "remote"}, Caption: text("In the web")},
		para(&tree.Image{Path: "images/dot.png", Alt: "sized", Width: "3em", Height: "calc(1px)", Title: "T"}))
	urls := talk("urls", "Addresses", &tree.List{Items: nil})
	for _, u := range []string{"https://example.org/a b", "http://exämple.org/ü?q=ä#ß", "//example.org/x", "file:///etc/passwd", "javascript:alert(1)",
		"other.md", "", "https://example.org/%zz%20", "http://foo_bar.example.org/", "http://[::1]:80/x", "mailto:a@example.org?subject=x y",
		"https://example.org/[a]|{b}^`\\", "ftp://example.org/x", "https://", "data:text/plain,x", "http://example.org:8080/a:b@c", "HTTP://EXAMPLE.ORG"} {
		urls.Body = append(urls.Body, para(&tree.Link{URL: u, Text: text("to " + u)}))
		urls.Links = append(urls.Links, tree.LabelledLink{Label: "Link", URL: u})
	}
	urls.Body = append(urls.Body,
		para(&tree.Link{Target: "nowhere", Text: text("lost")}, &tree.Link{Target: "pictures", Text: text("found")}, &tree.Link{Target: "fig-1"}),
		para(&tree.Link{URL: "https://example.org/", Text: tree.Inlines{&tree.Link{URL: "https://example.com/", Text: text("nested")},
			&tree.Footnote{ID: "in-link", Number: 1, Body: tree.Blocks{para(text("a note inside a link")...)}}, &tree.Image{Path: "images/dot.png"}}}))
	raw := talk("raw", "Raw",
		&tree.RawBlock{Format: "html", Text: `<div align=center id=x onclick="x()"><script>alert(1)</script><p>one<p>two<br>three &nbsp; <font color=red>red</font><img src=../images/dot.png alt=dot></div>`},
		&tree.RawBlock{Format: "html", Text: `loose text <ul>stray<li>a<ol start=4><li>b</ol></ul><dl><dt>t<dd>d</dl><table><tr><th>h<td colspan=2>c</table><li>alone</li><td>cell`},
		&tree.RawBlock{Format: "html", Text: `<a href="https://example.org/?a&b">x <a href=y>y</a></a><details><summary>S</summary>text</details><h1>Big</h1><!-- a -- b --><svg><g/></svg><video src=x></video><input type=checkbox>`},
		&tree.RawBlock{Format: "html", Text: `<span><div>block in span</div></span><p><table><tr><td>x</table><dl>x<p>y</dl><pre>a
  b</pre><blockquote>q</blockquote><figure><img src="images/none.png" alt="gone"><figcaption>fc</figcaption></figure>`},
		&tree.RawBlock{Format: "latex", Text: `\newpage`},
		para(&tree.RawInline{Format: "html", Text: `<kbd>x</kbd><p>no block here<ul><li>x</ul>`}, &tree.RawInline{Format: "html", Text: `</p></section><b>`}))
	odd := talk("2012/über-日本語 talk", nasty,
		&tree.Heading{Level: 1, ID: "überschrift", Text: text("Überschrift")}, &tree.Heading{Level: 9, ID: "1st", Text: text("deep")},
		&tree.Heading{Level: 1, ID: "a/b", Text: nil}, &tree.Heading{Level: 1, ID: "a-b", Text: text("twin")}, &tree.Heading{Level: 2, ID: "_1", Text: text(nasty)},
		para(text(nasty)...), para(), &tree.CodeBlock{Language: "c++ \"x\"", Text: nasty}, &tree.CodeBlock{Language: "go", Text: "\n\n\tx := `a\n`\n"},
		para(&tree.Code{Text: nasty}, &tree.Math{TeX: `a < b & c`}),
		&tree.List{}, &tree.List{Ordered: true, Start: 0, Items: []*tree.ListItem{{}, {Task: tree.TaskDone}, {Body: tree.Blocks{&tree.CodeBlock{Text: "x"}}}}},
		&tree.DefinitionList{Items: []*tree.Definition{{Terms: []tree.Inlines{text("term")}}, {Defs: []tree.Blocks{{para(text("def")...)}}}, {}}},
		&tree.Table{}, &tree.Table{Align: []tree.Align{"", ""}, Header: cells("", ""), Rows: []*tree.TableRow{{Cells: cells("a", "b")}}},
		wideTable(), &tree.Quote{}, &tree.Alert{Kind: "unheard-of"}, &tree.Figure{}, &tree.Div{Class: "a <b> \"c\"", Attrs: map[string]string{"lang": "en_GB", "on click": "x"}},
		&tree.Div{Attrs: map[string]string{"lang": "no such tag!"}, Body: tree.Blocks{para(text(strings.Repeat("W", 300))...)}})
	notes := talk("notes", "Notes", para(
		&tree.Footnote{ID: "n1", Number: 1, Body: tree.Blocks{para(&tree.Text{Text: "one, with a note "}, &tree.Footnote{ID: "n2", Number: 2, Body: tree.Blocks{&tree.CodeBlock{Text: "two"}}})}},
		&tree.FootnoteRef{Target: "n2", Number: 2}, &tree.FootnoteRef{Target: "n1", Number: 1}, &tree.FootnoteRef{Target: "gone", Number: 9},
		&tree.Footnote{ID: "n3", Number: 3}))
	e := event("odd", pictures, urls, raw, odd, notes)
	e.Site, e.Venue = "not a url", nasty
	e.Start, e.End = tree.Date{Year: 2012, Month: 12, Day: 30}, tree.Date{Year: 2013, Month: 1, Day: 2}
	e.Facts = []tree.Fact{{Label: "", Key: "k", Value: text(nasty)}, {}}
	e.Intro = tree.Blocks{para(&tree.Text{Text: "intro"}, &tree.Footnote{ID: "e1", Number: 1, Body: tree.Blocks{para(text("event note")...)}})}
	return &tree.Book{
		Meta: tree.Meta{
			Title: "Torture & <Co>", Subtitle: "“quoted”", Language: "en-GB", Publisher: "P & Q", Rights: "© 2013 — all", Description: nasty,
			Creators:    []tree.Person{{Name: "Łukasz van der Berg"}, {Name: "The Group"}, {Name: ""}},
			Contributor: []tree.Person{{Name: "Ann", Role: "edt"}, {Name: "Bob", Role: "nonsense"}},
			Subjects:    []string{"a", "A", " ", "b & c"}, Series: "Series", SeriesIndex: "2.1", Date: tree.Date{Year: 2013, Month: 3, Day: 17}, Cover: "cover.jpg",
		},
		Front:  []*tree.Chapter{{ID: "title", Title: text("Title"), Role: "preface", Facts: e.Facts, Body: tree.Blocks{para(text("front")...)}}},
		Events: []*tree.Event{e, {ID: "nothing", Title: nil}},
		Back:   []*tree.Chapter{{ID: "nav", Title: text("Nav"), Role: "glossary"}, {ID: "TITLE", Title: text("colophon"), Role: "colophon"}},
	}
}

func wideTable() *tree.Table {
	t := &tree.Table{Caption: text("wide"), Align: make([]tree.Align, 9)}
	t.Header = cells("one", "two", "three", "", "five", "six \"q\"", "seven", "eight", "nine")
	for i := range 4 {
		t.Rows = append(t.Rows, &tree.TableRow{Cells: cells("a long first value", "b", "c", "", fmt.Sprint(i), "f", "g", "h", "incomprehensibilities")})
	}
	return t
}

func arabic() *tree.Book {
	t := talk("talk", "البرمجة بلغة بايثون", para(text("نص عربي قصير مع كلمة ")...), &tree.CodeBlock{Language: "python", Text: "print('مرحبا')"},
		para(&tree.Text{Text: "كلمات "}, &tree.Span{Lang: "en", Text: text("English words (two)")}, &tree.Text{Text: " وكلمة"}), wideTable(),
		&tree.List{Items: []*tree.ListItem{{Body: tree.Blocks{para(text("عنصر")...)}}, {Task: tree.TaskDone, Body: tree.Blocks{para(text("مهمة")...)}}}},
		&tree.Quote{Body: tree.Blocks{para(text("اقتباس")...)}}, &tree.Alert{Kind: "tip", Body: tree.Blocks{para(text("نصيحة")...)}})
	t.Speakers, t.Date = []tree.Person{{Name: "متحدث"}}, tree.Date{Year: 2013, Month: 3, Day: 17}
	e := event("e1", t, &tree.Talk{ID: "other", Title: text("An English talk"), Language: "en", Body: tree.Blocks{para(text("English")...)}})
	e.Title = text("مؤتمر")
	return &tree.Book{Meta: tree.Meta{Title: "ملاحظات", Language: "ar", Creators: []tree.Person{{Name: "كاتب"}}}, Events: []*tree.Event{e}}
}

func chaptersOnly() *tree.Book {
	return &tree.Book{Meta: tree.Meta{Title: "Kapitel", Language: "de"}, Front: []*tree.Chapter{
		{ID: "eins", Title: text("Eins"), Body: tree.Blocks{&tree.Alert{Kind: "caution", Body: tree.Blocks{para(text("Obacht")...)}}}}, {ID: "zwei", Title: text("Zwei")}}}
}

// large is a book of a thousand talks.
func large() *tree.Book {
	b := &tree.Book{Meta: tree.Meta{Title: "Large", Language: "en"}}
	for i := range 10 {
		var talks []*tree.Talk
		for k := range 100 {
			id := fmt.Sprintf("e%d-t%d", i, k)
			talks = append(talks, talk(id, "Talk "+id, &tree.Heading{Level: 1, ID: id + "-h", Text: text("Heading")}, para(text("Text")...)))
		}
		b.Events = append(b.Events, event(fmt.Sprintf("e%d", i), talks...))
	}
	return b
}

// chinese is a book in Chinese with Japanese and Korean in it.
func chinese() *tree.Book {
	body := tree.Blocks{
		&tree.Heading{Level: 1, ID: "开始", Text: text("开始")}, para(text("这是一个会议记录。“引号”，（括号）——破折号……")...),
		para(&tree.Span{Lang: "ja", Text: text("日本語の文です。ルビ")}, &tree.Break{Soft: true}, &tree.Span{Lang: "ko", Text: text("한국어 문장입니다.")}),
		&tree.Table{Align: make([]tree.Align, 4), Header: cells("时间", "讲者", "题目", "地点"), Rows: []*tree.TableRow{{Cells: cells("九点", "王小明", "开放源代码与社区的未来", "一号会议厅")}}},
	}
	e := event("大会", talk("大会/第一讲", "第一讲", body...), talk("大会/第二讲", "第二讲"))
	e.Title = text("二〇二五年大会")
	return &tree.Book{Meta: tree.Meta{Title: "会议记录", Language: "zh-Hans", Creators: []tree.Person{{Name: "王小明"}}}, Events: []*tree.Event{e}}
}

// footnotes is a book with five hundred notes, every fifth called twice.
func footnotes() *tree.Book {
	var body tree.Blocks
	for i := range 500 {
		id := fmt.Sprintf("note-%d", i+1)
		p := para(&tree.Text{Text: "Text"}, &tree.Footnote{ID: id, Number: i + 1, Body: tree.Blocks{para(text("What the note says.")...)}})
		if i%5 == 0 {
			p.Text = append(p.Text, &tree.FootnoteRef{Target: id, Number: i + 1})
		}
		body = append(body, p)
	}
	return &tree.Book{Meta: tree.Meta{Title: "Notes", Language: "en"}, Events: []*tree.Event{event("e", talk("t", "Notes", body...))}}
}

// formulas is a book of mathematics.
func formulas() *tree.Book {
	var body tree.Blocks
	for _, f := range []string{`a^2 + b^2 = c^2`, `\frac{-b \pm \sqrt{b^2-4ac}}{2a}`, `\sum_{i=1}^{n} i = \frac{n(n+1)}{2}`, `\int_0^\infty e^{-x^2}\,dx`,
		`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, `x < y \& z > "q"`, `\unknown{x}`, `\text{für } x \in \mathbb{R}`, `\left( \frac{a}{b`} {
		body = append(body, para(&tree.Text{Text: "Inline "}, &tree.Math{TeX: f}), &tree.MathBlock{TeX: f})
	}
	claim := &tree.Accessibility{ConformsTo: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", CertifiedBy: "The Reading Room",
		Credential: "https://example.org/seal", Report: "https://example.org/report"}
	return &tree.Book{Meta: tree.Meta{Title: "Formulas", Language: "en", Accessibility: claim}, Events: []*tree.Event{event("e", talk("t", "Formulas", body...))}}
}

// hostile is a folder of notes that means no good, read as any other.
func hostile() *tree.Book {
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
