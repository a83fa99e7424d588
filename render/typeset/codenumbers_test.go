package typeset

import (
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

func TestNumbering(t *testing.T) {
	for info, want := range map[string]struct {
		on    bool
		first int
	}{
		"":                              {false, 1},
		"title=x":                       {false, 1},
		".numberLines startFrom=\"10\"": {true, 10},
		"number-lines":                  {true, 1},
		"linenos":                       {true, 1},
		"linenos=false":                 {false, 1},
		"linenos=table,linenostart=5":   {true, 5},
		"showLineNumbers{7}":            {true, 7},
		"lineNumbers=12":                {true, 12},
		"nolinenumbers":                 {false, 1},
		"linenumbersomething":           {false, 1},
	} {
		if on, first := numbering(info, false); on != want.on || first != want.first {
			t.Errorf("%q: %v from %d, want %v from %d", info, on, first, want.on, want.first)
		}
	}
	if on, _ := numbering("", true); !on {
		t.Error("the layout does not count")
	}
	if on, _ := numbering("linenos=false", true); on {
		t.Error("a listing cannot do without numbers that the layout wants")
	}
}

// TestNoPageOfAListingBeginsWithABlankLine holds that a page break in a listing comes behind a blank line, not before.
func TestNoPageOfAListingBeginsWithABlankLine(t *testing.T) {
	for every := 2; every < 9; every++ {
		var b strings.Builder
		for i := range 250 {
			if b.WriteString("line" + itoa(i) + "\n"); i%every == 0 {
				b.WriteString("\n")
			}
		}
		doc, _ := set(t, talkOf(tree.Blocks{&tree.CodeBlock{Text: strings.TrimSpace(b.String())}}), "a5", nil)
		r := record(t, doc)
		first := map[int]unit.Len{} // by page: the baseline of the first line
		last, foot := map[int]unit.Len{}, map[int]unit.Len{}
		for _, d := range r.list {
			if d.kind == "box" && d.elem == nil && d.h > 100*unit.Pt {
				foot[d.page] = d.y + d.h
			}
			if d.run != nil && d.elem != nil && d.elem.Role == "Code" {
				last[d.page] = max(last[d.page], d.y)
			}
			if d.run != nil && d.elem != nil && d.elem.Role == "Code" && (first[d.page] == 0 || d.y < first[d.page]) {
				first[d.page] = d.y
			}
		}
		if len(first) < 4 {
			t.Fatalf("the listing is on %d pages", len(first))
		}
		for page, y := range last {
			if below := foot[page] - y; below > 12*unit.Pt {
				t.Errorf("a blank line every %d: the tint of page %d ends %s below its last line", every, page+1, below)
			}
		}
		for page, y := range first {
			if y > 20*unit.Pt && r.anchors["t"] != page {
				t.Errorf("a blank line every %d: page %d begins %s below its head", every, page+1, y)
			}
		}
	}
}

// TestListingKeepsLines holds that three lines which are not blank stand on either side of the division of a listing, and that a
// short one is whole.
func TestListingKeepsLines(t *testing.T) {
	for _, tt := range []struct {
		code string
		cuts []int // the rows before which a page may begin without the highest price
	}{
		{"a\nb\nc\nd\ne", nil},
		{"a\n\nb\n\nc\nd\ne\nf", []int{5}},
		{"a\nb\nc\nd\ne\nf", []int{3}},
		{"a\nb\nc\n\nd\ne\nf", []int{3, 4}},
		{"a\nb\nc\n" + strings.Repeat("wrapped ", 13) + "\nd\ne\nf", []int{3, 5}}, // the line of two rows is whole
	} {
		s := newSetter(t)
		s.listing(&tree.CodeBlock{Text: tt.code}, s.body())
		var cuts []int
		for i, r := range s.rows {
			if i > 0 && r.brk < breakNever {
				cuts = append(cuts, i)
			}
		}
		if !slices.Equal(cuts, tt.cuts) {
			t.Errorf("%q may be divided before the rows %v, want %v", tt.code, cuts, tt.cuts)
		}
	}
	s := newSetter(t)
	s.listing(&tree.CodeBlock{Text: "a\nb\nc\nd\ne\nf"}, s.body())
	short := s.rows[3].brk
	s = newSetter(t)
	s.listing(&tree.CodeBlock{Text: strings.Repeat("a\n", 30)}, s.body())
	if long := s.rows[15].brk; short <= long {
		t.Errorf("dividing a listing of six lines costs %d, one of thirty %d", short, long)
	}
	s = newSetter(t)
	s.listing(&tree.CodeBlock{Text: "a\nb\nc\n\nd\ne\nf\n\ng\nh\ni"}, s.body())
	if between, first, last := s.rows[4].brk, s.rows[5].brk, s.rows[6].brk; first <= between || last <= between {
		t.Errorf("to leave a single line of a part behind costs %d and %d, to divide between parts %d", first, last, between)
	}
}
