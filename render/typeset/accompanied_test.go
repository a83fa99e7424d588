package typeset

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/tree"
)

// TestItemsDoNotEndInAWord holds that an item of two lines does not end with one short word or part of one, and that its text is
// whole; paragraphs of running text stay justified.
func TestItemsDoNotEndInAWord(t *testing.T) {
	s := newSetter(t)
	words := strings.Fields("the talk showed how people who write small tools for others learn more from their questions than from any plan of their own making")
	two, mended := 0, 0
	for n := 9; n < 16; n++ {
		for from := range words {
			var list []string
			for i := range n {
				list = append(list, words[(from+i)%len(words)])
			}
			text := strings.Join(list, " ")
			par := &tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: text}}}

			first := len(s.rows)
			s.list(&tree.List{Items: []*tree.ListItem{{Body: tree.Blocks{par}}}}, s.body())
			rows := s.rows[first:]
			if len(rows) != 2 {
				continue
			}
			two++
			if got := spaceless(rowsText(rows)); got != "•"+spaceless(text) {
				t.Errorf("got %q, want %q", got, text)
			}
			if last := strings.TrimSpace(rowsText(rows[1:])); len(strings.Fields(last)) < 2 {
				t.Errorf("%q ends with the line %q", text, last)
			}
			if !flush(rows[0]) {
				mended++
			}

			first = len(s.rows)
			s.paragraph(par, s.body(), true)
			if rows := s.rows[first:]; len(rows) == 2 && !flush(rows[0]) && !rows[0].comps[len(rows[0].comps)-1].(*Line).short {
				t.Errorf("%q as a paragraph is not justified", text)
			}
		}
	}
	if two < 20 || mended == 0 || mended > two/2 {
		t.Errorf("%d of %d items of two lines are not justified", mended, two)
	}
}

func flush(r *vrow) bool { return r.comps[len(r.comps)-1].(*Line).flush }

// spaceless is a text without spaces: those at the ends of lines are none of its letters.
func spaceless(text string) string { return strings.Join(strings.Fields(text), "") }

// TestItemsDoNotDivideNames holds that an item of two lines does not divide a name in code if the line above stays long enough
// without it.
func TestItemsDoNotDivideNames(t *testing.T) {
	s := newSetter(t)
	for _, tt := range []struct{ before, name, want string }{
		{"Names that nobody would like to see divided are ", "text.Item_Quantity_0", "whole"},
		{"An address is ", "example.org/a-long-way/to-go/until/it-ends/somewhere/else", ""},
	} {
		first := len(s.rows)
		text := tree.Inlines{&tree.Text{Text: tt.before}, &tree.Code{Text: tt.name}}
		s.list(&tree.List{Items: []*tree.ListItem{{Body: tree.Blocks{&tree.Paragraph{Text: text}}}}}, s.body())
		rows := s.rows[first:]
		if len(rows) != 2 {
			t.Fatalf("%q takes %d lines", tt.name, len(rows))
		}
		last := strings.TrimSpace(rowsText(rows[1:]))
		if whole := last == tt.name; whole != (tt.want != "") {
			t.Errorf("%q: the last line is %q", tt.name, last)
		}
	}
}
