package typeset

import (
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// TestBookFromRightToLeft holds that a Hebrew book is bound at the right and that everything stands on the other side, but for
// the insides of lines and listings.
func TestBookFromRightToLeft(t *testing.T) {
	text := func(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }
	table := tableOf([]string{"ראשון", "שני"}, []string{"תא", "עוד"})
	body := tree.Blocks{
		&tree.Paragraph{Text: text(strings.Repeat("פסקה ארוכה עם מילים ", 12))},
		&tree.Heading{Level: 1, ID: "h", Text: text("כותרת")},
		&tree.List{Ordered: true, Start: 1, Items: []*tree.ListItem{{Body: tree.Blocks{&tree.Paragraph{Text: text("פריט")}}}}},
		table,
		&tree.CodeBlock{Text: "first()\n  second()"},
		&tree.Quote{Body: tree.Blocks{&tree.Paragraph{Text: text("ציטוט")}}},
	}
	book := talkOf(body)
	book.Meta.Language = "he"
	book.Events[0].Title, book.Events[0].Sections[0].Talks[0].Title = text("כנס"), text("הרצאה")
	doc, _ := set(t, book, "a5", nil)
	r := record(t, doc)
	checkArea(t, doc, r)
	l, err := layouts.Load("a5")
	if err != nil {
		t.Fatal(err)
	}
	if !doc.RTL || doc.Pages[0].Left != l.Page.Outer || doc.Pages[1].Left != l.Page.Inner {
		t.Errorf("right to left %v, left margins %s and %s", doc.RTL, doc.Pages[0].Left, doc.Pages[1].Left)
	}
	w := l.Page.TextWidth()
	first := func(what string) drawn {
		t.Helper()
		letters := []rune(what)
		slices.Reverse(letters) // glyphs come in visual order
		for _, d := range r.list {
			if d.run == nil || d.elem == nil || d.elem.Role == "Link" {
				continue
			}
			if text := runText(d.run); strings.Contains(text, what) || strings.Contains(text, string(letters)) {
				return d
			}
		}
		t.Fatalf("%q is on no page", what)
		return drawn{}
	}
	near := func(what string, got, want unit.Len) {
		t.Helper()
		if got < want-unit.Pt || got > want+unit.Pt {
			t.Errorf("%s at %s, want %s", what, got, want)
		}
	}
	right := func(d drawn) unit.Len { return d.x + d.w }
	near("right edge of the heading", right(first("כותרת")), w)
	near("right edge of the quotation", right(first("ציטוט")), w-l.Text.ListIndent)
	if item, mark := first("פריט"), first("1"); mark.x < right(item) {
		t.Errorf("the item's mark at %s is not behind %s", mark.x, right(item))
	}
	if a, b := first("ראשון"), first("שני"); a.x < right(b) {
		t.Errorf("the first column at %s is not to the right of the second, which ends at %s", a.x, right(b))
	}
	near("code", first("first").x, l.Code.Padding)
	for _, d := range r.list {
		if d.run != nil && runText(d.run) == "2" && d.elem != nil {
			near("number of the page in the contents", d.x, 0)
		}
		if d.artifact == ArtifactFooter && runText(d.run) == "1" {
			near("folio of the first page, a left-hand one", d.x, 0)
		}
	}
}
