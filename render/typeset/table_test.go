package typeset

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

func tableOf(header []string, rows ...[]string) *tree.Table {
	t := &tree.Table{Align: make([]tree.Align, len(header))}
	cell := func(s string) *tree.Cell { return &tree.Cell{Text: tree.Inlines{&tree.Text{Text: s}}} }
	for _, h := range header {
		t.Header = append(t.Header, cell(h))
	}
	for _, r := range rows {
		row := &tree.TableRow{}
		for _, c := range r {
			row.Cells = append(row.Cells, cell(c))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func fitted(t *testing.T, b *tree.Table) (*tabler, bool) {
	t.Helper()
	s := newSetter(t)
	p := s.body()
	x := &tabler{s: s, t: b, p: p, style: s.textStyle(), elem: p.elem.Child("Table")}
	_, ok := x.fit()
	return x, ok
}

func TestColumnWidths(t *testing.T) {
	long := strings.Repeat("some words that wrap ", 20)
	t.Run("a small table is as wide as its contents", func(t *testing.T) {
		x, ok := fitted(t, tableOf([]string{"A", "B"}, []string{"one", "two"}))
		if !ok || x.width() > x.p.w/3 {
			t.Errorf("fits %v, width %s of %s", ok, x.width(), x.p.w)
		}
		for i := range x.widths {
			if x.widths[i] != x.whole[i] {
				t.Errorf("column %d is %s wide, want %s", i, x.widths[i], x.whole[i])
			}
		}
	})
	t.Run("a long column takes the rest of the measure", func(t *testing.T) {
		x, ok := fitted(t, tableOf([]string{"Name", "Text"}, []string{"short name", long}))
		if !ok || x.width() > x.p.w || x.width() < x.p.w-unit.Pt {
			t.Errorf("fits %v, width %s of %s", ok, x.width(), x.p.w)
		}
		if x.widths[0] != x.whole[0] {
			t.Errorf("the short column is %s wide and wraps, want %s", x.widths[0], x.whole[0])
		}
	})
	t.Run("no column is narrower than its widest word", func(t *testing.T) {
		x, ok := fitted(t, tableOf([]string{"A", "B", "C"}, []string{long, "extraordinarily " + long, long}))
		if !ok {
			t.Fatal("does not fit")
		}
		for i := range x.widths {
			if x.widths[i] < x.least[i] {
				t.Errorf("column %d is %s wide, its widest word %s", i, x.widths[i], x.least[i])
			}
		}
	})
	t.Run("too many columns do not fit", func(t *testing.T) {
		head := make([]string, 30)
		for i := range head {
			head[i] = "heading"
		}
		if x, ok := fitted(t, tableOf(head, head)); ok {
			t.Errorf("30 columns fit in %s with widths %v", x.p.w, x.widths)
		}
	})
}

// TestTableElements holds that each row has all its cells in the structure, empty ones too, and that a header that is
// repeated on the next page counts once.
func TestTableElements(t *testing.T) {
	list := make([][]string, 120)
	for i := range list {
		list[i] = []string{"cell", "", "third"}
	}
	sec := &tree.Section{ID: "s", Talks: []*tree.Talk{{ID: "t", Body: tree.Blocks{tableOf([]string{"H1", "H2", "H3"}, list...)}}}}
	doc, _ := set(t, &tree.Book{Meta: tree.Meta{Language: "en"}, Events: []*tree.Event{{ID: "e", Sections: []*tree.Section{sec}}}}, "a5", nil)
	r := record(t, doc)
	count := map[string]int{}
	cells := map[*Elem]int{}
	for _, e := range r.order {
		count[e.Role]++
		if e.Role == "TD" || e.Role == "TH" {
			cells[e.Parent]++
		}
	}
	if count["TR"] != 121 || count["TH"] != 3 || count["TD"] != 360 {
		t.Errorf("got %d TR, %d TH, %d TD", count["TR"], count["TH"], count["TD"])
	}
	for tr, n := range cells {
		if n != 3 {
			t.Errorf("a row has %d cells: %+v", n, tr)
		}
	}
	repeats := 0
	for _, d := range r.list {
		if d.run != nil && d.elem == nil && runText(d.run) == "H1" {
			repeats++
		}
	}
	if repeats < 2 {
		t.Errorf("the header is repeated %d times on %d pages", repeats, len(doc.Pages))
	}
}
