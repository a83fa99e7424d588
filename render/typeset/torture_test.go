package typeset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// torturer makes talks of everything that is hard to set. The same seed gives the same book.
type torturer struct {
	r    *rand.Rand
	note int
	word int
}

var vocabulary = strings.Fields(`the of network attack considerations of implementation a to is it performance in on by
	scalability conference database and configuration understanding for with notwithstanding “quoted” end-to-end (bracketed)
	why? now! e.g. 2012 17,5 naïve façade Übergröße e-mail asynchronous 100% C++ state-of-the-art office fluffy flights`)

func (x *torturer) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch x.r.IntN(60) {
		case 0:
			x.word++
			fmt.Fprintf(&b, "word%dx%s", x.word, strings.Repeat("abc", 3+x.r.IntN(60)))
		case 1:
			b.WriteString("https://example.org/a/long/path/with-many-parts/and_more.html?query=1&other=2#fragment")
		case 2:
			b.WriteString("日本語の文章はここで改行します。")
		case 3:
			b.WriteString("→ ≤ ☑ 🙂")
		case 4:
			b.WriteString("Ελληνικά Русский")
		default:
			b.WriteString(vocabulary[x.r.IntN(len(vocabulary))])
		}
	}
	return b.String()
}

func (x *torturer) inlines(n int, notes bool) tree.Inlines {
	out := tree.Inlines{&tree.Text{Text: x.words(n)}}
	for range x.r.IntN(4) {
		out = append(out, &tree.Text{Text: " "})
		switch x.r.IntN(6) {
		case 0:
			out = append(out, &tree.Code{Text: "some.call(" + vocabulary[x.r.IntN(20)] + ", x_y)"})
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
	t := &tree.Table{Align: make([]tree.Align, cols)}
	cell := func(n int) *tree.Cell { return &tree.Cell{Text: tree.Inlines{&tree.Text{Text: x.words(n)}}} }
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
			out = append(out, &tree.Figure{ID: fmt.Sprintf("f-%d-%d", talk, i), Image: &tree.Image{Path: fmt.Sprintf("p%d.png", x.r.IntN(3)), Alt: "picture"}, Caption: tree.Inlines{&tree.Text{Text: x.words(6)}}})
		default:
			out = append(out, &tree.Paragraph{Text: x.inlines(x.r.IntN(120), true)})
		}
	}
	return out
}

func tortureAssets(t testing.TB) fstest.MapFS {
	return fstest.MapFS{"p0.png": pngFile(t, 40, 40), "p1.png": pngFile(t, 3000, 200), "p2.png": pngFile(t, 200, 3000)}
}

// torture makes a book of hard talks: random ones, a table with 40 columns, a list 14 levels deep, 400 lines of code, a
// row that is taller than a page, a footnote that is.
func torture(t testing.TB, seed uint64) *tree.Book {
	t.Helper()
	x := &torturer{r: rand.New(rand.NewPCG(seed, 7))}
	sec := &tree.Section{ID: "all", Kind: tree.Talks}
	add := func(title string, body tree.Blocks) {
		id := fmt.Sprintf("talk-%d", len(sec.Talks))
		sec.Talks = append(sec.Talks, &tree.Talk{ID: id, Title: tree.Inlines{&tree.Text{Text: title}}, Speakers: []tree.Person{{Name: "Somebody Somewhere"}}, Body: body})
	}
	for i := range 3 {
		add(x.words(3+x.r.IntN(12)), x.body(16, i))
	}
	deep := x.list(0)
	for range 14 {
		deep = &tree.List{Items: []*tree.ListItem{{Body: tree.Blocks{&tree.Paragraph{Text: x.inlines(8, false)}, deep}}}}
	}
	add("Deep", tree.Blocks{deep})
	add("Wide", tree.Blocks{x.table(40, 3, 3), x.table(9, 12, 4)})
	add("Long", tree.Blocks{x.code(400)})
	add("Tall", tree.Blocks{x.table(3, 2, 900)})
	add("Bidi", tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: "Before שלום עולם after مرحبا and 123 " + x.words(40)}}}})
	x.note++
	add("Note", tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: x.words(60)},
		&tree.Footnote{ID: "fn-big", Number: x.note, Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: x.words(1500)}}}}},
		&tree.Text{Text: " " + x.words(60)}}}})
	return &tree.Book{Meta: tree.Meta{Title: "Torture", Language: "en"}, Events: []*tree.Event{{ID: "ev", Title: tree.Inlines{&tree.Text{Text: "Event"}}, Sections: []*tree.Section{sec}}}}
}

// TestTorture holds on every layout: nothing outside the type area, nothing on top of something else, no word lost, rows
// no higher than the page, no break where none is allowed.
func TestTorture(t *testing.T) {
	for seed := range uint64(1) {
		for _, layout := range layouts.Names() {
			t.Run(fmt.Sprintf("%s/%d", layout, seed), func(t *testing.T) {
				t.Parallel()
				book := torture(t, seed)
				doc, list := set(t, book, layout, tortureAssets(t))
				for _, d := range list {
					if d.Code == CodeOverfull {
						t.Errorf("%s: %s", d.Pos, d.Message)
					}
				}
				r := record(t, doc)
				checkArea(t, doc, r)
				checkOverlap(t, doc, r)
				checkRows(t, doc)
				checkWords(t, book, r)
			})
		}
	}
}

func checkArea(t *testing.T, doc *Document, r *recorder) {
	t.Helper()
	faults := 0
	for _, d := range r.list {
		p := doc.Pages[d.page]
		w, h := p.Width-p.Left-p.Right, p.Height-p.Top-p.Bottom
		slack := 4 * unit.Pt // protrusion
		if d.run != nil && strings.HasSuffix(strings.TrimSpace(runText(d.run)), "。") {
			slack += d.run.Size / 2 // the blank half of the sign
		}
		if d.artifact == ArtifactHeader || d.artifact == ArtifactFooter {
			if d.x < 0 || d.x+d.w > w+unit.Pt || d.y < -p.Top || d.y > h+p.Bottom {
				t.Errorf("page %d: furniture at %s %s is off the page", d.page+1, d.x, d.y)
			}
			continue
		}
		if d.x < -slack || d.x+d.w > w+slack || d.y < -slack || d.y+d.h > h+slack {
			if faults++; faults < 8 {
				text := d.kind
				if d.run != nil {
					text = runText(d.run)
				}
				t.Errorf("page %d: %q at %s %s, %s × %s, is outside the type area of %s × %s", d.page+1, text, d.x, d.y, d.w, d.h, w, h)
			}
		}
	}
}

func checkOverlap(t *testing.T, doc *Document, r *recorder) {
	t.Helper()
	byPage := make([][]drawn, len(doc.Pages))
	for _, d := range r.list {
		if d.kind == "run" && d.w > 0 {
			byPage[d.page] = append(byPage[d.page], d)
		}
	}
	faults := 0
	for i, list := range byPage {
		for k, a := range list {
			for _, b := range list[k+1:] {
				if a.elem != nil && a.elem == b.elem && a.y != b.y && max(a.run.Size, b.run.Size) != min(a.run.Size, b.run.Size) {
					continue // raised and lowered letters of one paragraph
				}
				// The x-height zones of two runs must not meet; lines whose baselines are a leading apart do not.
				size := min(a.run.Size, b.run.Size)
				dy := a.y - b.y
				if dy < 0 {
					dy = -dy
				}
				over := min(a.x+a.w, b.x+b.w) - max(a.x, b.x)
				if over > unit.Pt/2 && dy < size*8/10 {
					if faults++; faults < 6 {
						t.Errorf("page %d: %q and %q lie on top of each other (%s apart, %s wide)", i+1, runText(a.run), runText(b.run), dy, over)
					}
				}
			}
		}
	}
}

func checkRows(t *testing.T, doc *Document) {
	t.Helper()
	for i, p := range doc.Pages {
		sum := 0.0
		for _, row := range p.GetRows() {
			sum += row.GetHeight(nil, &entity.Cell{})
		}
		if area := (p.Height - p.Top - p.Bottom).MM(); sum > area+1e-6 {
			t.Errorf("page %d: rows of %.3f mm on %.3f mm", i+1, sum, area)
		}
	}
}

// checkWords holds that each word of the book is found in the text of one element, or across elements when its style
// changes inside.
func checkWords(t *testing.T, book *tree.Book, r *recorder) {
	t.Helper()
	byElem := map[*Elem]*strings.Builder{}
	var order []*Elem
	for _, d := range r.list {
		if d.run == nil || d.elem == nil {
			continue
		}
		b := byElem[d.elem]
		if b == nil {
			b = &strings.Builder{}
			byElem[d.elem] = b
			order = append(order, d.elem)
		}
		b.WriteString(runText(d.run))
	}
	clean := strings.NewReplacer("\u00AD", "", " ", "", "\u00A0", "")
	var all strings.Builder
	for _, e := range order {
		all.WriteString(clean.Replace(byElem[e].String()) + "\n")
	}
	text, flat := all.String(), clean.Replace(allText(r))
	missing := 0
	words := strings.Fields(tree.Words(book))
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		w = clean.Replace(w)
		if strings.ContainsFunc(w, func(r rune) bool { return r >= 0x590 && r < 0x700 }) {
			continue // right-to-left words stand in visual order
		}
		if !strings.Contains(text, w) && !strings.Contains(flat, w) {
			if missing++; missing < 8 {
				t.Errorf("%q is on no page", w)
			}
		}
	}
}

// TestNoForbiddenBreak holds that no page of the torture book begins where a break is forbidden.
func TestNoForbiddenBreak(t *testing.T) {
	l, err := layouts.Load("a5")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(3) {
		e := newEngine(Input{Book: torture(t, seed), Layout: l, Fonts: bundled(), Assets: tortureAssets(t)})
		chapters := e.chapters()
		if err := e.setAll(t.Context(), chapters); err != nil {
			t.Fatal(err)
		}
		for _, c := range chapters {
			for i, sh := range c.pages[min(1, len(c.pages)):] {
				k := slices.IndexFunc(sh.rows, func(p placed) bool { return slices.Contains(c.rows, p.row) })
				if k < 0 {
					continue // nothing but the rest of a note
				}
				if r := sh.rows[k].row; r.brk >= breakNever {
					t.Errorf("seed %d, %s: page %d begins where no break may be", seed, c.elem.Title, i+2)
				}
			}
		}
	}
}
