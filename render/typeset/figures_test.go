package typeset

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

func summit(t *testing.T) *tree.Book {
	t.Helper()
	b, err := notes.Load(context.Background(), os.DirFS("../derive/testdata/summit"), notes.Options{}, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// figuresOf returns the figures of a document with the pages that they stand on.
func figuresOf(r *recorder) map[*Elem]int {
	out := map[*Elem]int{}
	for _, d := range r.list {
		for e := d.elem; e != nil; e = e.Parent {
			if e.Role == "Figure" {
				out[e] = d.page
			}
		}
	}
	return out
}

// The cover is the page before the others: it fills the paper, has no number and is read as what it is. Its inner side is
// blank where leaves are turned; title page and contents stand where they stand without it.
func TestCoverPage(t *testing.T) {
	for layout, before := range map[string]int{"a5": 2, "a4": 2, "screen": 1, "ereader": 1, "a5-print": 0} {
		doc, _ := setWithCover(t, summit(t), layout, nil)
		bare, _ := set(t, summit(t), layout, nil)
		if len(doc.Pages) != len(bare.Pages)+before {
			t.Errorf("%s: %d pages, %d without a cover", layout, len(doc.Pages), len(bare.Pages))
		}
		for i, p := range bare.Pages {
			if q := doc.Pages[i+before]; p.Label != q.Label || p.Left != q.Left {
				t.Fatalf("%s: page %q with margin %v is %q with %v behind the cover", layout, p.Label, p.Left, q.Label, q.Left)
			}
		}
		if before == 0 {
			continue
		}
		cover := doc.Pages[0]
		if cover.Label != "Cover" || cover.Begins.ID != tree.CoverPage || before == 2 && doc.Pages[1].Label != "" {
			t.Errorf("%s: labels %q, %q; begins with %v", layout, cover.Label, doc.Pages[1].Label, cover.Begins)
		}
		hebrew := summit(t)
		hebrew.Meta.Language = "he"
		rtl, _ := setWithCover(t, hebrew, layout, nil)
		for e, page := range figuresOf(record(t, rtl)) {
			if p := rtl.Pages[0]; page == 0 && !near(*e.BBox, [4]unit.Len{-p.Left, -p.Top, p.Width, p.Height}) {
				t.Errorf("%s, bound at the right: the cover is in %v", layout, e.BBox)
			}
		}
		r := record(t, doc)
		found := false
		for e, page := range figuresOf(r) {
			if page != 0 {
				continue
			}
			found = true
			want := [4]unit.Len{-cover.Left, -cover.Top, cover.Width, cover.Height}
			if e.Alt != "Cover of Harbour Summit Notes" || e.BBox == nil || !near(*e.BBox, want) {
				t.Errorf("%s: the cover is %q in %v, want %v", layout, e.Alt, e.BBox, want)
			}
		}
		if !found {
			t.Errorf("%s: there is nothing on the cover", layout)
		}
	}
}

// near allows for the rounding of maroto's millimetres.
func near(a, b [4]unit.Len) bool {
	return !slices.ContainsFunc([]int{0, 1, 2, 3}, func(i int) bool { return max(a[i]-b[i], b[i]-a[i]) > unit.Pt/100 })
}

// Every figure stands inside the type area, has an alternative text, and its letters are not smaller than can be read.
func TestFiguresOnPages(t *testing.T) {
	for _, layout := range []string{"a5", "trade", "a4", "ereader"} {
		doc, _ := set(t, summit(t), layout, nil)
		r := record(t, doc)
		var alts []string
		for e, page := range figuresOf(r) {
			p := doc.Pages[page]
			alts = append(alts, e.Alt)
			if e.Alt == "" || e.BBox == nil || e.BBox[0] < 0 || e.BBox[1] < 0 || e.BBox[0]+e.BBox[2] > p.Width-p.Left-p.Right+unit.Pt/10 ||
				e.BBox[1]+e.BBox[3] > p.Height-p.Top-p.Bottom+unit.Pt/10 {
				t.Errorf("%s, page %s: figure %q in %v", layout, p.Label, e.Alt, e.BBox)
			}
		}
		slices.Sort(alts)
		all := strings.Join(alts, "\n")
		for _, want := range []string{"Schedule of Harbour Summit 2024: Thursday, 30 May 2024. ", "10:00–10:45, Hall: Cranes That Schedule Themselves",
			"Timeline of the events. Harbour Summit 2024, 30\u00a0May – 1\u00a0June 2024, 5 notes"} {
			if !strings.Contains(strings.ReplaceAll(all, "Thursday, 30\u00a0", "Thursday, 30 "), want) {
				t.Errorf("%s: %q is not said:\n%s", layout, want, all)
			}
		}
		for _, d := range r.list {
			if d.run == nil || d.elem == nil {
				continue
			}
			for e := d.elem; e != nil; e = e.Parent {
				if e.Role == "Figure" && d.run.Size < leastType {
					t.Errorf("%s: type of %v in a figure", layout, d.run.Size)
				}
			}
		}
		if r.anchors["figure--timeline"] == 0 {
			t.Errorf("%s: nothing leads to the timeline", layout)
		}
	}
}

func TestFiguresCanBeSwitchedOff(t *testing.T) {
	b := summit(t)
	b.Meta.Figures = []string{"none"}
	doc, _ := set(t, b, "a5", nil)
	if n := len(figuresOf(record(t, doc))); n != 0 {
		t.Errorf("%d figures", n)
	}
	for _, item := range doc.Outline {
		if item.Anchor == "figure--timeline" {
			t.Error("the outline leads to a timeline")
		}
	}
	b.Meta.Figures = []string{"timeline"}
	doc, _ = set(t, b, "a5", nil)
	if n := len(figuresOf(record(t, doc))); n != 1 {
		t.Errorf("%d figures, want the timeline", n)
	}
}
