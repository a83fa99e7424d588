package typeset

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// headed makes sections of a heading and lines of a list, with the spaces that headings have.
func headed(sections, lines int) []*vrow {
	var out []*vrow
	for range sections {
		h := &vrow{height: 2 * lead, before: lead, stretch: lead / 3, deep: lead / 2}
		out = append(out, h)
		for k := range lines {
			r := &vrow{height: lead, snap: lead / 2}
			if k == 0 {
				r.brk = breakNever
			}
			out = append(out, r)
		}
	}
	return out
}

// spaces lists the spaces above the headings of a page, but for the first.
func spaces(p *sheet) (out []unit.Len) {
	for k := 1; k < len(p.rows); k++ {
		if p.rows[k].row.snap == 0 {
			out = append(out, p.rows[k].y-p.rows[k-1].y-p.rows[k-1].row.height)
		}
	}
	return out
}

// TestSpreadIsEven holds that what a page lacks goes above all its headings in equal parts, and what it has too much is taken
// from all of them.
func TestSpreadIsEven(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines int // of the page
		want  unit.Len
	}{
		{"full", 29, lead},
		{"two lines to fill", 31, lead * 3 / 2},
		{"two lines too much", 27, lead / 2},
	} {
		// Five sections of five lines with a line between them are 29 lines.
		list := append(headed(5, 3), rows(40)...)
		for _, r := range list[20:] {
			r.snap = lead
		}
		list[20].before = 3 * lead // so that the first page ends behind the sections
		for _, r := range list[1:20] {
			r.brk = breakNever
		}
		_, pages := divide(t, list, tt.lines)
		if len(pages[0].rows) != 20 {
			t.Errorf("%s: the first page has %d rows", tt.name, len(pages[0].rows))
			continue
		}
		for k, gap := range spaces(pages[0]) {
			if gap != tt.want {
				t.Errorf("%s: space above heading %d is %s, want %s", tt.name, k+2, gap, tt.want)
			}
		}
	}
}

// TestHeadingsOfALevelAreEven holds that what cannot be shared out evenly among the headings of a level goes above something else of
// the page, if that is half a line.
func TestHeadingsOfALevelAreEven(t *testing.T) {
	figure := &vrow{height: lead * 3 / 2, before: lead, stretch: lead / 4}
	list := append(headed(4, 3), figure)
	list = append(append(list, headed(1, 3)[1:]...), rows(40)...)
	for _, r := range list[20:] {
		r.snap = lead
	}
	list[20].before = 3 * lead // so that the first page ends above it
	for _, r := range list[1:20] {
		r.brk = breakNever
	}
	_, pages := divide(t, list, 29) // its rows take 28 lines and a half
	if len(pages[0].rows) != 20 {
		t.Fatalf("the first page has %d rows", len(pages[0].rows))
	}
	if got, want := spaces(pages[0]), []unit.Len{lead, lead, lead, lead * 3 / 2}; !slices.Equal(got, want) {
		t.Errorf("the spaces are %s, want %s", got, want)
	}
}

// TestTightPage holds that headings give up space where this saves a page of a few lines, and not if it does not.
func TestTightPage(t *testing.T) {
	list := headed(5, 3)
	if counts, _ := divide(t, list, 27); len(counts) != 1 {
		t.Errorf("%v rows, want one page", counts)
	}
	_, pages := divide(t, headed(5, 3), 30)
	for _, gap := range spaces(pages[0]) {
		if gap != lead {
			t.Errorf("a page with room has %s above a heading, want %s", gap, lead)
		}
	}
}

// TestPagesHold holds for rows of all kinds that what the division into pages believes about their room is true of the pages
// that are made: none is too high, and what is on the grid is on it.
func TestPagesHold(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	engine := newSetter(t).engine
	for round := range 400 {
		list := rows(30 + r.IntN(80))
		for _, row := range list {
			switch r.IntN(5) {
			case 0:
				row.height, row.before, row.stretch = unit.Len(r.IntN(30))*unit.Pt, lead*unit.Len(r.IntN(5))/2, lead/3
				row.shrink, row.deep = row.before/6, row.before*unit.Len(r.IntN(3))/4
				if r.IntN(2) == 0 {
					row.brk = breakNever
				}
			case 1:
				row.snap = lead
			default:
				row.snap = lead / 2
				if r.IntN(6) == 0 {
					row.before, row.stretch, row.shrink = lead/2, lead/4, lead/8
				}
			}
			if r.IntN(20) == 0 {
				row.notes = []*footnote{{id: "n", rows: rows(1 + r.IntN(3))}}
			}
		}
		g := &paginator{e: engine, rows: list, height: 20 * lead, lead: lead}
		pages, _ := g.pages()
		for i, p := range pages {
			if len(p.rows) == 0 {
				continue
			}
			if d := depth(p) + engine.footHeight(p.notes); d > g.height && len(p.rows) > 1 {
				t.Errorf("round %d: page %d is %s high on %s", round, i, d, g.height)
			}
			end := unit.Len(0)
			for _, row := range p.rows {
				if row.row.snap > 0 && row.y%row.row.snap != 0 || row.y < end {
					t.Errorf("round %d: page %d has a row at %s that ends at %s", round, i, row.y, end)
				}
				end = row.y + row.row.height
			}
		}
	}
}

// TestRestOfANoteHasText holds that a page with the last lines of a note has text above them where text follows.
func TestRestOfANoteHasText(t *testing.T) {
	for n := 12; n < 60; n++ {
		list := rows(60)
		list[3].notes = []*footnote{noteOf(n)}
		list[4].brk, list[20].brk = breakBad, breakBad
		_, pages := divide(t, list, 20)
		for i, p := range pages[:len(pages)-1] {
			if lines := p.notes; len(p.rows) == 0 && lines[0].to-lines[0].from < 14 {
				t.Errorf("a note of %d lines: page %d has nothing but %d of them", n, i, lines[0].to-lines[0].from)
			}
		}
	}
}

// TestHeadingWithOneLine holds that a heading with one line below it may be parted from the heading that follows, and not from
// its line.
func TestHeadingWithOneLine(t *testing.T) {
	s := newSetter(t)
	para := func(text string) tree.Block { return &tree.Paragraph{Text: plainTitle(text)} }
	s.blocks(tree.Blocks{
		&tree.Heading{Level: 1, Text: plainTitle("One")}, para("Line."),
		&tree.Heading{Level: 2, Text: plainTitle("Two")}, &tree.Heading{Level: 3, Text: plainTitle("Three")}, para("Line."), para("Line."),
	}, s.body())
	var got []bool
	for _, r := range s.rows[1:] {
		got = append(got, r.brk >= breakNever)
	}
	if want := []bool{true, false, true, true, true}; !slices.Equal(got, want) {
		t.Errorf("breaks forbidden before the rows: %v, want %v", got, want)
	}
}
