package typeset

import (
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
		for _, d := range r.list {
			if d.run != nil && d.elem != nil && d.elem.Role == "Code" && (first[d.page] == 0 || d.y < first[d.page]) {
				first[d.page] = d.y
			}
		}
		if len(first) < 4 {
			t.Fatalf("the listing is on %d pages", len(first))
		}
		for page, y := range first {
			if y > 20*unit.Pt && r.anchors["t"] != page {
				t.Errorf("a blank line every %d: page %d begins %s below its head", every, page+1, y)
			}
		}
	}
}
