package treetest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing/fstest"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/evbook/evbook/notes/tree"
)

// torturer makes talks of everything that is hard to set. The same seed gives the same book.
type torturer struct {
	r    *rand.Rand
	note int
	word int
}

func (x *torturer) inlines(n int, notes bool) tree.Inlines {
	out := tree.Inlines{&tree.Text{Text: x.words(n)}}
	for range x.r.IntN(4) {
		out = append(out, &tree.Text{Text: " "})
		switch x.r.IntN(7) {
		case 0:
			out = append(out, &tree.Code{Text: "some.call(" + x.plain(1) + ", x_y)"})
		case 1:
			out = append(out, &tree.Emph{Text: tree.Inlines{&tree.Text{Text: x.words(3)}}})
		case 2:
			out = append(out, &tree.Strong{Text: tree.Inlines{&tree.Text{Text: x.words(3)}, &tree.Emph{Text: tree.Inlines{&tree.Text{Text: " both"}}}}})
		case 3:
			out = append(out, &tree.Link{URL: "https://example.org/", Text: tree.Inlines{&tree.Text{Text: x.words(2)}}})
		case 4:
			if notes {
				x.note++
				body := tree.Blocks{&tree.Paragraph{Text: x.inlines(x.r.IntN(90), false)}}
				out = append(out, &tree.Footnote{ID: fmt.Sprintf("fn-%d", x.note), Number: x.note, Body: body})
			}
		case 5:
			out = append(out, &tree.Span{Class: []string{"kbd", "sub", "sup", "mark", "ins", "smallcaps"}[x.r.IntN(6)], Text: tree.Inlines{&tree.Text{Text: "span"}}}, &tree.Break{})
		case 6:
			tag := foreignTags[x.r.IntN(len(foreignTags))]
			out = append(out, &tree.Span{Lang: tag, Text: tree.Inlines{&tree.Text{Text: foreign[tag]}}})
		}
	}
	return append(out, &tree.Text{Text: " " + x.words(n/2)})
}

func (x *torturer) list(depth int) *tree.List {
	l := &tree.List{Ordered: x.r.IntN(2) == 0, Start: 1 + x.r.IntN(200), Loose: x.r.IntN(3) == 0}
	for range 1 + x.r.IntN(4) {
		it := &tree.ListItem{Task: tree.Task(x.r.IntN(3)), Body: tree.Blocks{&tree.Paragraph{Text: x.inlines(x.r.IntN(30), true)}}}
		switch {
		case depth > 0 && x.r.IntN(3) > 0:
			it.Body = append(it.Body, x.list(depth-1))
		case x.r.IntN(5) == 0:
			it.Body = append(it.Body, x.code(6))
		}
		l.Items = append(l.Items, it)
	}
	return l
}

func (x *torturer) code(lines int) *tree.CodeBlock {
	var b []string
	for range lines {
		b = append(b, strings.Repeat(" ", 4*x.r.IntN(6))+strings.Repeat("call(argument, other_argument) ", x.r.IntN(7))+"# end")
	}
	return &tree.CodeBlock{Language: "python", Text: strings.Join(b, "\n")}
}

func (x *torturer) table(cols, rows, words int) *tree.Table {
	return x.tableOf(cols, rows, words, x.words)
}

// plain makes words without surprises.
func (x *torturer) plain(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = lexicon["n"][x.r.IntN(len(lexicon["n"]))]
	}
	return strings.Join(list, " ")
}

func (x *torturer) tableOf(cols, rows, words int, text func(n int) string) *tree.Table {
	t := &tree.Table{Align: make([]tree.Align, cols)}
	cell := func(n int) *tree.Cell { return &tree.Cell{Text: tree.Inlines{&tree.Text{Text: text(n)}}} }
	for range cols {
		t.Header = append(t.Header, cell(1))
	}
	for range rows {
		row := &tree.TableRow{}
		for range cols {
			row.Cells = append(row.Cells, cell(x.r.IntN(words)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (x *torturer) body(n int, talk int) tree.Blocks {
	var out tree.Blocks
	level := 0
	for i := range n {
		switch x.r.IntN(11) {
		case 0, 1:
			level = 1 + x.r.IntN(level+1)
			out = append(out, &tree.Heading{Level: level, ID: fmt.Sprintf("h-%d-%d", talk, i), Text: tree.Inlines{&tree.Text{Text: x.words(2 + x.r.IntN(9))}}})
		case 2, 3:
			out = append(out, x.list(3))
		case 4:
			out = append(out, x.code(1+x.r.IntN(70)))
		case 5:
			out = append(out, x.table(2+x.r.IntN(4), 1+x.r.IntN(30), 9))
		case 6:
			out = append(out, &tree.Quote{Body: tree.Blocks{&tree.Paragraph{Text: x.inlines(30, true)}, x.list(1)}})
		case 7:
			out = append(out, &tree.Alert{Kind: "note", Body: tree.Blocks{&tree.Paragraph{Text: x.inlines(30, true)}}})
		case 8:
			out = append(out, &tree.Figure{ID: fmt.Sprintf("f-%d-%d", talk, i), Image: &tree.Image{Path: pictures[x.r.IntN(3)], Alt: "picture"}, Caption: tree.Inlines{&tree.Text{Text: x.words(6)}}})
		default:
			out = append(out, &tree.Paragraph{Text: x.inlines(x.r.IntN(120), true)})
		}
	}
	return out
}

// pictures are the files of the torture book, one of each kind.
var pictures = []string{"small.png", "wide.png", "high.png", "photo.jpg", "grey.jpg", "clear.png", "anim.gif", "old.bmp", "scan.tiff", "dot.webp", "shapes.svg"}

// Torture makes a book of hard talks, the same for the same seed: random ones, a table with 40 columns and one for a page on
// its side, a list 14 levels deep, 400 lines of code, a row that is taller than a page, a footnote that is, pictures of every
// kind, words of 200 letters, Arabic, Hebrew, Chinese, Japanese, Korean and emoji.
func Torture(seed uint64) *tree.Book {
	x := &torturer{r: rand.New(rand.NewPCG(seed, 7))}
	sec := &tree.Section{ID: "all", Kind: tree.Talks}
	add := func(title string, body tree.Blocks) {
		id := fmt.Sprintf("talk-%d", len(sec.Talks))
		sec.Talks = append(sec.Talks, &tree.Talk{ID: id, Title: tree.Inlines{&tree.Text{Text: title}}, Speakers: []tree.Person{{Name: "Somebody Somewhere"}}, Body: body})
	}
	text := func(s string) *tree.Paragraph { return &tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: s}}} }
	for i := range 3 {
		add(x.words(3+x.r.IntN(12)), x.body(16, i))
	}
	deep := x.list(0)
	for range 14 {
		deep = &tree.List{Items: []*tree.ListItem{{Body: tree.Blocks{&tree.Paragraph{Text: x.inlines(8, false)}, deep}}}}
	}
	add("Deep", tree.Blocks{deep})
	add("Wide", tree.Blocks{x.table(40, 3, 3), x.table(9, 12, 4)})
	aside := x.tableOf(10, 40, 3, x.plain)
	aside.Caption = tree.Inlines{&tree.Text{Text: "A table for a page on its side, with more rows than one page has"}}
	add("Aside", tree.Blocks{text(x.words(200)), aside, text(x.words(300)), x.tableOf(9, 5, 3, x.plain), text(x.words(30))})
	add("Long", tree.Blocks{x.code(400)})
	add("Tall", tree.Blocks{x.table(3, 2, 900)})
	add("Bidi", tree.Blocks{text("Before שלום עולם after مرحبا and 123 " + x.words(40))})
	x.note++
	add("Note", tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: x.words(60)},
		&tree.Footnote{ID: "fn-big", Number: x.note, Body: tree.Blocks{text(x.words(1500))}},
		&tree.Text{Text: " " + x.words(60)}}}})
	scripts := tree.Blocks{
		text("مرحبا بكم في هذا الكتاب الذي يجمع ملاحظات من مؤتمرات كثيرة، وفيه أرقام مثل 123 وكلمات latin بينها."),
		text("ברוכים הבאים לספר הזה, שאוסף רשימות מכנסים רבים, ובו מספרים כמו 123 ומילים latin ביניהן."),
		text("日本語の文章はここで改行します。「引用」と（括弧）があり、Latin 文字も混ざります。" + strings.Repeat("長い文章が続きます、", 30)),
		text("中文文章在这里换行。“引号”和（括号），还有 Latin 字母。" + strings.Repeat("很长的文章，", 30)),
		text("한국어 문장은 여기서 줄이 바뀝니다. " + strings.Repeat("긴 문장이 이어집니다 ", 20)),
		text("🙂 👩‍🚀 🇪🇺 ☑ ✓ → ⇒ ≤ ∑ ½"), text(strings.Repeat("donau", 40)), text(strings.Repeat("x", 200)),
	}
	add("Scripts", scripts)
	var figures tree.Blocks
	for i, p := range pictures {
		figures = append(figures, &tree.Figure{
			ID: fmt.Sprintf("pic-%d", i), Image: &tree.Image{Path: p, Alt: "picture " + p}, Caption: tree.Inlines{&tree.Text{Text: "The picture " + p}},
		}, &tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: x.words(20) + " "}, &tree.Image{Path: p, Alt: "inline " + p}, &tree.Text{Text: " " + x.words(20)}}})
	}
	add("Pictures", figures)
	return &tree.Book{Meta: tree.Meta{Title: "Torture", Language: "en"}, Events: []*tree.Event{{ID: "ev", Title: tree.Inlines{&tree.Text{Text: "Event"}}, Sections: []*tree.Section{sec}}}}
}

// TortureAssets returns the folder that the pictures of [Torture] are in.
func TortureAssets() fs.FS {
	grey := func(w, h int) image.Image {
		img := image.NewGray(image.Rect(0, 0, w, h))
		for i := range img.Pix {
			img.Pix[i] = uint8(i / 7)
		}
		return img
	}
	colored := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	for y := range 40 {
		for x := range 60 {
			colored.Set(x, y, color.NRGBA{R: uint8(x * 4), G: uint8(y * 6), B: 90, A: 255})
		}
	}
	clear := image.NewNRGBA(colored.Rect)
	for i := range clear.Pix {
		clear.Pix[i] = uint8(i * 5)
	}
	encode := func(f func(b *bytes.Buffer) error) *fstest.MapFile {
		var b bytes.Buffer
		if err := f(&b); err != nil {
			panic(err) // a picture in memory always encodes
		}
		return &fstest.MapFile{Data: b.Bytes()}
	}
	asPNG := func(img image.Image) *fstest.MapFile {
		return encode(func(b *bytes.Buffer) error { return png.Encode(b, img) })
	}
	asJPEG := func(img image.Image) *fstest.MapFile {
		return encode(func(b *bytes.Buffer) error { return jpeg.Encode(b, img, nil) })
	}
	return fstest.MapFS{
		"small.png": asPNG(grey(40, 40)), "wide.png": asPNG(grey(3000, 200)), "high.png": asPNG(grey(200, 3000)),
		"photo.jpg": asJPEG(colored), "grey.jpg": asJPEG(grey(50, 30)), "clear.png": asPNG(clear),
		"anim.gif":  encode(func(b *bytes.Buffer) error { return gif.Encode(b, colored, nil) }),
		"old.bmp":   encode(func(b *bytes.Buffer) error { return bmp.Encode(b, colored) }),
		"scan.tiff": encode(func(b *bytes.Buffer) error { return tiff.Encode(b, colored, nil) }),
		// One dot in lossless WebP, for which there is no encoder at hand.
		"dot.webp":   {Data: []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")},
		"shapes.svg": {Data: []byte(shapes)},
	}
}

// shapes is a drawing with most of what SVG has.
const shapes = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 240 120" width="240">
<style>.frame { fill: none; stroke: #335; stroke-width: 2 }</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#46a"/></linearGradient>
<g id="leaf"><path d="M0 0 C10 -15 30 -15 40 0 S 10 15 0 0 z"/></g></defs>
<rect class="frame" x="2" y="2" width="236" height="116" rx="8"/>
<rect x="12" y="12" width="60" height="30" fill="url(#g)"/>
<circle cx="110" cy="30" r="18" fill="#c33" fill-opacity=".5"/>
<ellipse cx="170" cy="30" rx="30" ry="12" style="fill:none;stroke:#060;stroke-dasharray:4 2"/>
<use xlink:href="#leaf" transform="translate(20 80) rotate(-10)" fill="#696"/>
<polyline points="90,90 110,60 130,90 150,60" fill="none" stroke="black" stroke-linejoin="round"/>
<polygon points="180,90 200,60 220,90" fill="gold" stroke="black"/>
<text x="120" y="110" text-anchor="middle" font-size="12">Shapes and <tspan font-weight="bold">letters</tspan></text>
</svg>`
