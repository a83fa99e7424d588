package typeset

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// noteOf makes a note of n lines.
func noteOf(n int) *footnote {
	f := &footnote{id: "n"}
	for i := range n {
		r := &vrow{height: lead}
		if i == 1 || i == n-1 || n <= 3 && i > 0 {
			r.brk = breakNever
		}
		f.rows = append(f.rows, r)
	}
	return f
}

// TestLongNotesGoOn holds for notes of all lengths and calls at all places: the first lines of a note stand on the page of
// its call, each part has at least two, no line is lost, and no page is overfull.
func TestLongNotesGoOn(t *testing.T) {
	for n := 1; n < 44; n += 3 {
		for call := 0; call < 38; call += 3 {
			list := rows(40)
			note, second := noteOf(n), noteOf(5)
			list[call].notes = []*footnote{note}
			list[call+2].notes = []*footnote{second}
			_, pages := divide(t, list, 16)
			seen := map[*footnote]int{}
			e := newSetter(t).engine
			for i, p := range pages {
				for _, r := range p.rows {
					for _, f := range r.row.notes {
						if !slices.ContainsFunc(p.notes, func(q notePart) bool { return q.note == f && q.from == 0 }) {
							t.Fatalf("%d lines called from row %d: page %d has the call and not the note", n, call, i)
						}
					}
				}
				for _, q := range p.notes {
					if q.from != seen[q.note] {
						t.Fatalf("%d lines called from row %d: a part begins at %d, want %d", n, call, q.from, seen[q.note])
					}
					if whole := len(q.note.rows); q.to-q.from < leastPart && whole > 1 {
						t.Fatalf("%d lines called from row %d: a part of %d lines", n, call, q.to-q.from)
					}
					seen[q.note] = q.to
				}
				if d := depth(p) + e.footHeight(p.notes); d > 16*lead {
					t.Fatalf("%d lines called from row %d: page %d is %s deep", n, call, i, d)
				}
			}
			if seen[note] != n || seen[second] != 5 {
				t.Fatalf("%d lines called from row %d: %d and %d are on the pages", n, call, seen[note], seen[second])
			}
		}
	}
}

// TestManyNotesOfOneRow holds that notes called from one row go on when a page has no room for all of them.
func TestManyNotesOfOneRow(t *testing.T) {
	list := rows(20)
	list[3].notes = []*footnote{noteOf(9), noteOf(9), noteOf(9)}
	_, pages := divide(t, list, 16)
	lines := 0
	for i, p := range pages {
		for _, q := range p.notes {
			lines += q.to - q.from
		}
		if d := depth(p) + newSetter(t).footHeight(p.notes); d > 16*lead {
			t.Errorf("page %d is %s deep", i, d)
		}
	}
	if lines != 27 {
		t.Errorf("%d of 27 lines are on the pages", lines)
	}
}

// TestFacingPagesAreLevel holds that of two pages that face each other both are short if one is.
func TestFacingPagesAreLevel(t *testing.T) {
	list := rows(64)
	for _, r := range list {
		r.snap = lead
	}
	list[20].brk, list[19].brk = breakNever, breakNever // the second page cannot be full
	g := &paginator{e: newSetter(t).engine, rows: list, height: 10 * lead, lead: lead, facing: true, left: true}
	pages, _ := g.pages()
	for i := 0; i+1 < len(pages)-1; i += 2 {
		if a, b := depth(pages[i]), depth(pages[i+1]); a != b {
			t.Errorf("pages %d and %d end at %s and %s", i, i+1, a, b)
		}
	}
}

// TestLongPagesSaveTheLast holds that the pages of a chapter are a line longer where that saves one of a few lines, those that face
// each other both; that none is if it does not, nor in a layout without room for it above the folio.
func TestLongPagesSaveTheLast(t *testing.T) {
	for _, tt := range []struct {
		name   string
		layout string
		lines  int // beyond whole pages
		pages  int // whole ones
		left   bool
		want   string // l for a page of one line more
	}{
		{"a line each", "a5", 3, 3, false, "l l l"},
		{"one of facing pages would do", "a5", 1, 3, false, "l - -"},
		{"facing pages", "a5", 2, 3, false, "- l l"},
		{"more than a line each", "a5", 4, 3, false, "- - - -"},
		{"a good last page", "a5", 12, 3, false, "- - - -"},
		{"no room", "ereader", 2, 3, false, "- - - -"},
	} {
		l, err := layouts.Load(tt.layout)
		if err != nil {
			t.Fatal(err)
		}
		s := &setter{engine: newEngine(Input{Book: &tree.Book{}, Layout: l, Fonts: bundled()})}
		lead := l.Text.Leading
		page := int(l.Page.TextHeight() / lead)
		list := rows(tt.pages*page + tt.lines)
		for _, r := range list {
			r.height, r.snap = lead, lead
		}
		pages, _ := s.paginate(&chapter{rows: list}, tt.left)
		var got []string
		for _, sh := range pages {
			mark := "-"
			if sh.long {
				mark = "l"
			}
			if most := l.Page.TextHeight() + unit.Len(strings.Count(mark, "l"))*lead; depth(sh) > most {
				t.Errorf("%s: a page is %s deep, want %s", tt.name, depth(sh), most)
			}
			got = append(got, mark)
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: the pages are %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestGrid holds that text is on the grid whatever stands before it.
func TestGrid(t *testing.T) {
	for odd := unit.Pt; odd < 4*lead; odd += unit.Pt * 7 / 3 {
		list := rows(60)
		for i, r := range list {
			r.snap = lead
			if i%9 == 4 {
				r.snap, r.height, r.before, r.stretch, r.shrink = 0, odd, lead, lead/3, lead/6
			}
		}
		_, pages := divide(t, list, 15)
		for i, p := range pages {
			end := unit.Len(0)
			for _, r := range p.rows {
				if r.row.snap > 0 && r.y%lead != 0 {
					t.Fatalf("a row of %s: page %d has text at %s", odd, i, r.y)
				}
				if r.y < end {
					t.Fatalf("a row of %s: page %d has rows on top of each other", odd, i)
				}
				end = r.y + r.row.height
			}
		}
	}
}

// TestChapterDoesNotEndInAFewLines holds that a line more or less in paragraphs saves or fills a last page of few lines.
func TestChapterDoesNotEndInAFewLines(t *testing.T) {
	lead := newSetter(t).layout.Text.Leading
	ends := func(pages []*sheet) bool { return len(pages) > 1 && depth(pages[len(pages)-1]) < shortEnd*lead }
	short, mended := 0, 0
	for n := 30; n < 60; n += 2 {
		s := newSetter(t)
		p := s.body()
		for i := range n {
			words := strings.Fields(strings.Repeat(fmt.Sprintf("word%d and some more of them with notably different lengths to choose a suitable one from ", i), 6))
			text := strings.Join(words[:24+(i*7+n)%37], " ")
			s.paragraph(&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: text}}}, p, i > 0)
		}
		c := &chapter{rows: s.finish()}
		text := rowsText(c.rows)
		before, cost := s.paginate(c, false)
		if cost > int64(len(before))*costPage+worthMending {
			short++
		}
		s.divide(c)
		if _, now := s.paginate(c, false); now < cost {
			mended++
		}
		if ends(c.pages) {
			t.Errorf("%d paragraphs: the last page ends at %s", n, depth(c.pages[len(c.pages)-1]))
		}
		if got := rowsText(c.rows); got != text {
			t.Errorf("%d paragraphs: the text has changed", n)
		}
		var onPages []*vrow
		for _, sh := range c.pages {
			for _, r := range sh.rows {
				onPages = append(onPages, r.row)
			}
		}
		if !slices.Equal(onPages, c.rows) {
			t.Errorf("%d paragraphs: rows and pages differ", n)
		}
	}
	if short == 0 || mended*3 < short {
		t.Errorf("%d of %d chapters with short pages are mended", mended, short)
	}
}

// rowsText is the text of rows without hyphens that hyphenation made.
func rowsText(rows []*vrow) string {
	var b strings.Builder
	for _, r := range rows {
		for _, c := range r.comps {
			if l, ok := c.(*Line); ok {
				b.WriteString(l.Text())
			}
		}
	}
	return strings.ReplaceAll(b.String(), "\u00AD", "")
}

// TestDivisionIsTheBest compares the costs of divisions with those of a search that leaves nothing out.
func TestDivisionIsTheBest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	engine := newSetter(t).engine
	for range 300 {
		list := rows(20 + r.IntN(60))
		for i, row := range list {
			row.height = lead * unit.Len(1+r.IntN(11)/10*r.IntN(5))
			if r.IntN(3) == 0 {
				row.snap = lead
			}
			if r.IntN(5) == 0 {
				row.before, row.stretch, row.shrink = lead*unit.Len(r.IntN(3))/2, lead/2, lead/4
			}
			row.brk = []int{0, 0, 0, 0, breakPoor, breakBad, breakNever, breakNever}[r.IntN(8)]
			if r.IntN(12) == 0 {
				list[i].notes = []*footnote{{id: "n", rows: rows(1 + r.IntN(5))}}
			}
		}
		g := &paginator{e: engine, rows: list, height: 18 * lead, lead: lead, facing: r.IntN(2) == 0, left: r.IntN(2) == 0}
		_, got := g.pages()
		if want := leastCost(g); got > want {
			t.Errorf("%d rows cost %d, the best division costs %d", len(list), got, want)
		}
	}
}

// state is a place in a division: what comes behind it depends on nothing else.
type state struct {
	row    int
	carry  notePart
	right  bool
	short  int
	behind bool // a page has come
}

// leastCost is what the best division costs, found by trying every page behind every way to get there.
func leastCost(g *paginator) int64 {
	known := map[state]int64{}
	var cost func(at state) int64
	cost = func(at state) int64 {
		if at.row == len(g.rows) && at.carry.note == nil {
			return 0
		}
		if c, ok := known[at]; ok {
			return c
		}
		least := int64(math.MaxInt64)
		if at.carry.note != nil {
			if parts, rest, fits := foot([]notePart{at.carry}, g.height, g.e.notesAbove()); fits && len(parts) > 0 {
				least = g.costOfNotes(at.row, parts) + cost(state{at.row, rest, !at.right, 0, true})
			}
		}
		if at.row < len(g.rows) {
			for _, o := range g.optionsFrom(nil, at.row, at.carry, g.height, 0) {
				next, c := state{o.end, o.rest, !at.right, 0, true}, o.cost
				switch inner := g.facing && o.end < len(g.rows); {
				case inner && !at.right:
					next.short = o.short
				case inner && at.behind:
					c += costUneven * int64(min(max(o.short-at.short, at.short-o.short), 3))
				}
				least = min(least, c+cost(next))
			}
		}
		known[at] = least
		return least
	}
	return cost(state{right: !g.left})
}
