package typeset

import (
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

const lead = 10 * unit.Pt

// newSetter returns a setter on the layout a5.
func newSetter(t testing.TB) *setter {
	t.Helper()
	l, err := layouts.Load("a5")
	if err != nil {
		t.Fatal(err)
	}
	var c diag.Collector
	e := newEngine(Input{Book: &tree.Book{Meta: tree.Meta{Language: "en"}}, Layout: l, Fonts: bundled(), Report: c.Report})
	return &setter{engine: e, lang: "en", elem: e.root.Child("Sect"), level: 2}
}

// rows makes n rows of ten points.
func rows(n int) []*vrow {
	out := make([]*vrow, n)
	for i := range out {
		out[i] = &vrow{height: lead}
	}
	return out
}

// divide returns the number of rows on each page of lines lines.
func divide(t testing.TB, list []*vrow, lines int) (counts []int, pages []*sheet) {
	t.Helper()
	g := &paginator{e: newSetter(t).engine, rows: list, height: lead * unit.Len(lines), lead: lead}
	pages, _ = g.pages()
	for _, p := range pages {
		counts = append(counts, len(p.rows))
	}
	return counts, pages
}

func TestPaginate(t *testing.T) {
	tests := []struct {
		name  string
		rows  func() []*vrow
		lines int
		want  []int
	}{
		{"nothing", func() []*vrow { return nil }, 10, nil},
		{"one page", func() []*vrow { return rows(10) }, 10, []int{10}},
		{"full pages", func() []*vrow { return rows(25) }, 10, []int{10, 10, 5}},
		{"forbidden break", func() []*vrow { r := rows(24); r[10].brk = breakNever; return r }, 10, []int{9, 10, 5}},
		{"heading kept with what follows", func() []*vrow {
			r := rows(24)
			r[10].brk, r[9].brk = breakNever, breakNever
			return r
		}, 10, []int{8, 10, 6}},
		{"no page of one line at the end", func() []*vrow { return rows(31) }, 30, []int{26, 5}},
		{"a poor break is taken rather than a hole", func() []*vrow {
			r := rows(15)
			for i := 6; i < 15; i++ {
				r[i].brk = breakPoor
			}
			return r
		}, 10, []int{10, 5}},
		{"space at the head of a page disappears", func() []*vrow { r := rows(20); r[10].before = lead; return r }, 10, []int{10, 10}},
		{"a page that must end early does not draw lines from the one before", func() []*vrow {
			r := rows(20)
			r[10].height, r[11].need = 5*lead, 14*lead
			return r
		}, 14, []int{10, 1, 9}},
		{"forbidden everywhere", func() []*vrow {
			r := rows(15)
			for _, x := range r {
				x.brk = breakNever
			}
			return r
		}, 10, []int{10, 5}},
		{"a row taller than the page stands alone", func() []*vrow { r := rows(3); r[1].height = 12 * lead; return r }, 10, []int{1, 1, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := divide(t, tt.rows(), tt.lines)
			if len(got) != len(tt.want) {
				t.Fatalf("got %v, want %v", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Fatalf("got %v, want %v", got, tt.want)
				}
			}
		})
	}
}

// TestPageIsFilled holds that spaces that may grow bring the last line of a page to the foot of the type area, and that
// spaces that may shrink save a page.
func TestPageIsFilled(t *testing.T) {
	list := rows(20)
	for _, i := range []int{3, 6} {
		list[i].before, list[i].stretch, list[i].shrink = lead, lead/2, lead/2
	}
	list[9].brk = breakNever // so that the first page ends behind row 7
	list[8].brk = breakNever
	_, pages := divide(t, list, 11)
	last := pages[0].rows[len(pages[0].rows)-1]
	if got, want := last.y+lead, 11*lead; got != want && len(pages[0].rows) != 8 {
		t.Errorf("the first page has %d rows and ends at %s, want %s", len(pages[0].rows), got, want)
	}

	list = rows(11)
	list[5].before, list[5].shrink = lead, lead
	list[6].before, list[6].shrink = lead/2, lead/2
	counts, pages := divide(t, list, 12)
	if len(counts) != 1 {
		t.Fatalf("got %v rows, want one page", counts)
	}
	if last := pages[0].rows[10]; last.y+lead != 12*lead {
		t.Errorf("the page ends at %s, want %s", last.y+lead, 12*lead)
	}
}

func TestHeadsAreRepeated(t *testing.T) {
	heads := []*vrow{{height: lead}, {height: lead}}
	list := rows(25)
	for _, r := range list[2:] {
		r.heads = heads
	}
	counts, pages := divide(t, list, 10)
	want := []int{10, 10, 9} // the heads take two lines of each page but the first
	for i := range want {
		if i >= len(counts) || counts[i] != want[i] {
			t.Fatalf("got %v, want %v", counts, want)
		}
	}
	for _, p := range pages[1:] {
		if p.rows[0].row != heads[0] || p.rows[1].row != heads[1] {
			t.Error("a page does not begin with the heads")
		}
	}
}

// TestNotesStandWithTheirCall holds that a note is on the page of its call and that pages with notes are not overfull.
func TestNotesStandWithTheirCall(t *testing.T) {
	for height := unit.Len(0); height < 60*unit.Pt; height += 3 * unit.Pt {
		list := rows(60)
		for i := range list {
			if i%7 == 3 {
				list[i].notes = []*footnote{{id: "n", rows: []*vrow{{height: height}}}}
			}
		}
		e := newSetter(t).engine
		_, pages := divide(t, list, 14)
		for i, p := range pages {
			var sum unit.Len
			calls := 0
			for _, r := range p.rows {
				sum = r.y + r.row.height
				calls += len(r.row.notes)
			}
			if calls != len(p.notes) {
				t.Errorf("notes of %s: page %d has %d calls and %d notes", height, i, calls, len(p.notes))
			}
			if total := sum + e.footHeight(p.notes); total > 14*lead {
				t.Errorf("notes of %s: page %d is %s high", height, i, total)
			}
		}
	}
}

func TestWidowsAndOrphans(t *testing.T) {
	s := newSetter(t)
	p := s.body()
	for n := 1; n < 400; n += 13 {
		words := make([]byte, 0, 6*n)
		for range n {
			words = append(words, "words "...)
		}
		first := len(s.rows)
		s.emit(s.text(string(words), p.style, p.elem), p, 0)
		list := s.rows[first:]
		for i, r := range list {
			forbidden := i > 0 && (i == 1 || i == len(list)-1 || len(list) <= 3)
			if forbidden != (r.brk >= breakNever) {
				t.Errorf("%d lines: break before line %d has the price %d", len(list), i+1, r.brk)
			}
		}
	}
}
