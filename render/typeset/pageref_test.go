package typeset

import (
	"fmt"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// TestPageRefs holds that links within the book give the page of their target in print layouts, that lines with them are
// as long as others, and that no other layout has them.
func TestPageRefs(t *testing.T) {
	sec := &tree.Section{ID: "s"}
	for i := range 14 {
		text := tree.Inlines{&tree.Text{Text: strings.Repeat("some words of several lengths ", 9)}}
		text = append(text, &tree.Link{Target: fmt.Sprintf("t%d", 13-i), Text: tree.Inlines{&tree.Text{Text: "elsewhere"}}})
		text = append(text, &tree.Text{Text: strings.Repeat(" and there are more words", 9)})
		sec.Talks = append(sec.Talks, &tree.Talk{ID: fmt.Sprintf("t%d", i), Title: tree.Inlines{&tree.Text{Text: "Talk"}}, Body: tree.Blocks{&tree.Paragraph{Text: text}}})
	}
	book := &tree.Book{Meta: tree.Meta{Language: "en"}, Events: []*tree.Event{{ID: "e", Sections: []*tree.Section{sec}}}}
	doc, _ := set(t, book, "a5-print", nil)
	r := record(t, doc)
	text := strings.ReplaceAll(allText(r), "\u00A0", " ")
	for i := range sec.Talks {
		want := fmt.Sprintf("elsewhere (p. %s)", doc.Pages[r.anchors[fmt.Sprintf("t%d", i)]].Label)
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	measure := doc.Pages[0].Width - doc.Pages[0].Left - doc.Pages[0].Right
	ends := map[[2]unit.Len]unit.Len{}
	for _, d := range r.list {
		if d.run != nil && d.elem != nil {
			at := [2]unit.Len{unit.Len(d.page), d.y}
			ends[at] = max(ends[at], d.x+d.w)
		}
	}
	full := 0
	for at, end := range ends {
		switch {
		case end > measure+6*unit.Pt:
			t.Errorf("page %d: a line ends %s beyond the measure", at[0]+1, end-measure)
		case end > measure-6*unit.Pt:
			full++
		}
	}
	if full < 5*len(sec.Talks) {
		t.Errorf("only %d lines of %d talks are full", full, len(sec.Talks))
	}
	plain, _ := set(t, book, "a5", nil)
	if strings.Contains(allText(record(t, plain)), "(p.") {
		t.Error("a5 gives pages, too")
	}
	if a, b := len(doc.Pages), len(plain.Pages); a != b {
		t.Errorf("%d pages in print, %d without numbers", a, b)
	}
}

// TestPrintLayouts holds that the type area of a print layout moves away from the spine and is as large as before.
func TestPrintLayouts(t *testing.T) {
	for _, name := range []string{"a4", "a5", "trade"} {
		book := &tree.Book{Meta: tree.Meta{Title: "Title"}}
		a, _ := set(t, book, name, nil)
		b, _ := set(t, book, name+"-print", nil)
		for i := range b.Pages {
			p, q := a.Pages[i], b.Pages[i]
			if q.Bleed == 0 || p.Width != q.Width || p.Left+p.Right != q.Left+q.Right {
				t.Errorf("%s, page %d: bleed %s, margins %s and %s, before %s and %s", name, i+1, q.Bleed, q.Left, q.Right, p.Left, p.Right)
			}
			spine, before := q.Left, p.Left
			if i%2 == 1 {
				spine, before = q.Right, p.Right
			}
			if spine <= before {
				t.Errorf("%s, page %d: %s at the spine, %s before", name, i+1, spine, before)
			}
		}
	}
}
