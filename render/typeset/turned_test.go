package typeset

import (
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// wideTable has too many columns for an upright page.
func wideTable(rows int) *tree.Table {
	head, row := make([]string, 9), make([]string, 9)
	for i := range head {
		head[i], row[i] = "Heading "+itoa(i+1), "extraordinary words"
	}
	list := make([][]string, rows)
	for i := range list {
		list[i] = row
	}
	return tableOf(head, list...)
}

func talkOf(body tree.Blocks) *tree.Book {
	sec := &tree.Section{ID: "s", Kind: tree.Talks, Talks: []*tree.Talk{{ID: "t", Body: body}}}
	return &tree.Book{Meta: tree.Meta{Language: "en"}, Events: []*tree.Event{{ID: "e", Sections: []*tree.Section{sec}}}}
}

func TestWideTableStandsOnTurnedPages(t *testing.T) {
	table := wideTable(60)
	table.Caption = tree.Inlines{&tree.Text{Text: "Caption of it"}}
	text := func(s string) *tree.Paragraph { return &tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: s}}} }
	doc, list := set(t, talkOf(tree.Blocks{text("Beforehand."), table, text("Afterwards.")}), "a5", nil)
	r := record(t, doc)
	checkArea(t, doc, r)
	checkRows(t, doc)

	var turnedPages []int
	for i, p := range doc.Pages {
		if p.Turned {
			turnedPages = append(turnedPages, i)
		}
	}
	if len(turnedPages) < 2 {
		t.Fatalf("%d turned pages, want some for 60 rows", len(turnedPages))
	}
	where := func(what string) (pages []int) {
		for _, d := range r.list {
			if d.run != nil && strings.Contains(runText(d.run), what) && !slices.Contains(pages, d.page) {
				pages = append(pages, d.page)
			}
		}
		return pages
	}
	before, after := where("Beforehand."), where("Afterwards.")
	if len(before) != 1 || !slices.Equal(before, after) || turnedPages[0] != before[0]+1 {
		t.Errorf("text on pages %v and %v, table on %v: the text leaves a hole, or the table comes late", before, after, turnedPages)
	}
	if got := where("Caption of it (continued)"); !slices.Equal(got, turnedPages[1:]) {
		t.Errorf("the caption goes on on pages %v, want %v", got, turnedPages[1:])
	}
	var line strings.Builder
	for _, d := range r.list {
		if d.run != nil && d.page == before[0] {
			line.WriteString(runText(d.run))
		}
	}
	if want := "Caption of it (p. " + doc.Pages[turnedPages[0]].Label + ")"; !strings.Contains(line.String(), want) {
		t.Errorf("%q is not on the page of the text: %q", want, line.String())
	}

	// In reading order the table stands between the paragraphs, once, with all its rows.
	count, order := map[string]int{}, []string{}
	for _, e := range r.order {
		count[e.Role]++
		switch {
		case e.Role == "Table":
			order = append(order, "table")
		case e.Role == "P":
			for _, d := range r.list {
				if d.elem == e && d.run != nil {
					order = append(order, runText(d.run))
					break
				}
			}
		}
	}
	at := slices.Index(order, "table")
	if count["Table"] != 1 || count["TR"] != 61 || at < 1 || at+1 >= len(order) || !strings.HasPrefix(order[at+1], "Afterwards") {
		t.Errorf("%d tables with %d rows, in the order %q", count["Table"], count["TR"], order)
	}
	var says []string
	for _, d := range list {
		if d.Code == CodeTableNarrowed {
			says = append(says, d.Message)
		}
	}
	if len(says) != 1 || !strings.Contains(says[0], "on its side") {
		t.Errorf("diagnostics %q", says)
	}
}

func TestWideTableOnAWidePage(t *testing.T) {
	head := make([]string, 30)
	for i := range head {
		head[i] = "heading"
	}
	for _, layout := range []string{"screen", "a5"} { // pages that are wide already; a table that is too wide for any
		doc, list := set(t, talkOf(tree.Blocks{tableOf(head, head)}), layout, nil)
		for i, p := range doc.Pages {
			if p.Turned {
				t.Errorf("%s: page %d is turned", layout, i+1)
			}
		}
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return strings.Contains(d.Message, "records") }) {
			t.Errorf("%s: nothing says that the rows are records", layout)
		}
	}
}
