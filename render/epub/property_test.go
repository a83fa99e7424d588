package epub_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
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

// Any tree gives a book: the finishing pass parses every page strictly, follows every reference and fails on the first
// fault. Trees are made at random, without regard to what the loader would make.
func TestRandomTrees(t *testing.T) {
	for seed := range uint64(150) {
		g := &generator{rand.New(rand.NewPCG(seed, 1)), 0}
		var talks []*tree.Talk
		for i := range 4 {
			talks = append(talks, &tree.Talk{ID: g.id(), Title: g.inlines(3), Body: g.blocks(4), Track: g.word(), Language: g.word(),
				Facts: []tree.Fact{{Label: g.word(), Value: g.inlines(2)}}, Links: []tree.LabelledLink{{Label: g.word(), URL: g.word()}}})
			talks[i].Speakers = []tree.Person{{Name: g.word()}}
		}
		e := event("e", talks[:2]...)
		e.Title, e.Intro = g.inlines(2), g.blocks(2)
		e.Sections = append(e.Sections, &tree.Section{ID: g.id(), Title: g.inlines(2), Intro: g.blocks(2), Talks: talks[2:]})
		book := &tree.Book{Meta: tree.Meta{Title: g.word(), Language: g.word(), Description: g.word()}, Events: []*tree.Event{e},
			Back: []*tree.Chapter{{ID: g.id(), Title: g.inlines(1), Role: g.word(), Body: g.blocks(3)}}}
		var b bytes.Buffer
		if _, err := epub.Format().New().Render(context.Background(), newJob(book, new(diag.Collector)), &b); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
}

// generator makes nodes at random.
type generator struct {
	*rand.Rand
	ids int
}

func (g *generator) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g *generator) word() string {
	return g.pick("", "word", "two words", "<b>&amp;", "]]>", "\x00\x1f", "\xff\xfe", "🎉", "日本", "עברית", "'\"", "--", "\u200b", "en", "a\nb", "x:y", "https://example.org/ä b")
}

// id returns an id that was not used before, or in one case of many one that was.
func (g *generator) id() string {
	if g.IntN(8) > 0 {
		g.ids++
	}
	return g.pick("id", "ID", "1", "_", "é", "a b/", "日", "x-") + fmt.Sprint(g.ids)
}

func (g *generator) inlines(depth int) tree.Inlines {
	var out tree.Inlines
	for range g.IntN(4) {
		out = append(out, g.inline(depth-1))
	}
	return out
}

func (g *generator) inline(depth int) tree.Inline {
	kind := g.IntN(13)
	if depth <= 0 {
		kind = g.IntN(6)
	}
	switch kind {
	case 0:
		return &tree.Code{Text: g.word()}
	case 1:
		return &tree.Math{TeX: g.pick(`x^2`, `\frac{a}{b`, `<&`, g.word())}
	case 2:
		return &tree.Break{Soft: g.IntN(2) == 0}
	case 3:
		return &tree.Image{Path: g.pick(treetest.ImagePath, "images/drawing.svg", "gone.png", ""), URL: g.word(), Alt: g.word(), Title: g.word(), Width: g.pick("", "1em", "x")}
	case 4:
		return &tree.FootnoteRef{Target: g.id(), Number: 1}
	case 5:
		return &tree.Text{Text: g.word()}
	case 6:
		return &tree.Emph{Text: g.inlines(depth)}
	case 7:
		return &tree.Strong{Text: g.inlines(depth)}
	case 8:
		return &tree.Strike{Text: g.inlines(depth)}
	case 9:
		return &tree.Link{URL: g.word(), Target: g.pick("", g.id()), Title: g.word(), Text: g.inlines(depth)}
	case 10:
		return &tree.Footnote{ID: g.id(), Number: g.IntN(5), Body: g.blocks(depth - 1)}
	case 11:
		return &tree.Span{Class: g.pick("kbd", "q", "abbr", g.word()), ID: g.pick("", g.id()), Lang: g.word(), Attrs: map[string]string{"lang": g.word(), "title": g.word(), "dir": "rtl"}, Text: g.inlines(depth)}
	}
	return &tree.RawInline{Format: "html", Text: g.html()}
}

func (g *generator) html() string {
	var b strings.Builder
	for range g.IntN(8) {
		b.WriteString(g.pick("<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<b>", "</b>", "<a href='https://example.org/'>", "</a>",
			"<br>", "<img src=x>", "<dl>", "<dt>", "<dd>", "<!--", "-->", "<svg>", "<script>", "</script>", "&nbsp;&lt;", "<div id=a id=b>", "text", "<h1>", "<details>", g.word()))
	}
	return b.String()
}

func (g *generator) blocks(depth int) tree.Blocks {
	var out tree.Blocks
	if depth < 0 {
		return nil
	}
	for range g.IntN(5) {
		out = append(out, g.block(depth-1))
	}
	return out
}

func (g *generator) cells() []*tree.Cell {
	var out []*tree.Cell
	for range g.IntN(8) {
		out = append(out, &tree.Cell{Text: g.inlines(2)})
	}
	return out
}

func (g *generator) block(depth int) tree.Block {
	switch g.IntN(13) {
	case 0:
		return &tree.Heading{Level: g.IntN(9), ID: g.id(), Text: g.inlines(2)}
	case 1:
		list := &tree.List{Ordered: g.IntN(2) == 0, Start: g.IntN(3), Loose: g.IntN(2) == 0}
		for range g.IntN(3) {
			list.Items = append(list.Items, &tree.ListItem{Task: tree.Task(g.IntN(3)), Body: g.blocks(depth)})
		}
		return list
	case 2:
		return &tree.DefinitionList{Items: []*tree.Definition{{Terms: []tree.Inlines{g.inlines(2)}, Defs: []tree.Blocks{g.blocks(depth), g.blocks(depth)}}}}
	case 3:
		return &tree.Table{Caption: g.inlines(1), Align: []tree.Align{"left", "right", "center", ""}, Header: g.cells(), Rows: []*tree.TableRow{{Cells: g.cells()}, {Cells: g.cells()}}}
	case 4:
		return &tree.CodeBlock{Language: g.pick("python", "go", "", g.word()), Caption: g.inlines(1), Text: "def f():\n\t" + g.word()}
	case 5:
		return &tree.Quote{Body: g.blocks(depth)}
	case 6:
		return &tree.Alert{Kind: g.pick("tip", "warning", g.word()), Title: g.inlines(1), Body: g.blocks(depth)}
	case 7:
		return &tree.Figure{ID: g.pick("", g.id()), Image: &tree.Image{Path: treetest.ImagePath, Alt: g.word()}, Caption: g.inlines(2)}
	case 8:
		return &tree.Rule{}
	case 9:
		return &tree.MathBlock{TeX: g.pick(`\sum_{i=0}^n i`, `\begin{x}`, g.word())}
	case 10:
		return &tree.RawBlock{Format: g.pick("html", "latex"), Text: g.html()}
	case 11:
		return &tree.Div{Class: g.word(), ID: g.pick("", g.id()), Attrs: map[string]string{"lang": g.word(), g.pick("x", "on"): g.word()}, Body: g.blocks(depth)}
	}
	return &tree.Paragraph{Text: g.inlines(4)}
}

// FuzzMarkdown feeds any Markdown through the loader: what it makes of it is a sound EPUB.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# T\n\ntext[^1]\n\n[^1]: note", "---\ntitle: <x>\nlang: xx yy\n---\n<div><p>a<b></div>\n\n| a | b |\n|--|:-:|\n| `|` | $x$ |",
		"- [ ] a\n- [x] b\n\n> [!NOTE]\n> x\n\nTerm\n: def\n\n![](x.png \"c\")\n\n```go\nx\n```\n$$\\frac{1}{2}$$\n", "[a](b.md#c) <https://x y> [[w]] \x00 \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		fsys := fstest.MapFS{"e/a.md": {Data: []byte(source)}, "e/b.md": {Data: []byte("# B\n\n[back](a.md)\n")}}
		var c diag.Collector
		book, err := notes.Load(context.Background(), fsys, notes.Options{}, c.Report)
		if errors.Is(err, notes.ErrNoNotes) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		job := &render.Job{Book: book, Assets: fsys, Time: time.Unix(0, 0), Report: c.Report}
		if _, err := epub.Format().New().Render(context.Background(), job, &b); err != nil {
			t.Errorf("%v\n%q", err, source)
		}
	})
}
