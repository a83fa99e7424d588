package typeset

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/tree"
)

func text(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }

func linkTo(url, label string) *tree.Link { return &tree.Link{URL: url, Text: text(label)} }

// linkBook is a talk of n paragraphs. Each calls one address that all share, one of its own and, every third, a long one.
func linkBook(n int) *tree.Book {
	talk := &tree.Talk{ID: "talk", Title: text("Links")}
	filler := strings.Repeat("words that fill the lines of a paragraph ", 9)
	for i := range n {
		p := tree.Inlines{&tree.Text{Text: filler}, linkTo("https://shared.example.org/", "shared"), &tree.Text{Text: " and "}, linkTo(fmt.Sprintf("https://own.example.org/%d", i), "own")}
		if i%3 == 0 {
			p = append(p, &tree.Text{Text: " or "}, linkTo(longAddress, "long"), &tree.Footnote{ID: fmt.Sprintf("fn-%d", i), Number: i + 1, Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: "A note with "}, linkTo("https://inner.example.org/x", "a link")}}}})
		}
		talk.Body = append(talk.Body, &tree.Paragraph{Text: append(p, &tree.Text{Text: "."})})
	}
	sec := &tree.Section{ID: "s", Kind: tree.Talks, Talks: []*tree.Talk{talk}}
	return &tree.Book{Meta: tree.Meta{Title: "Links", Language: "en", Appendix: []string{"none"}}, Events: []*tree.Event{{ID: "e", Title: text("Event"), Sections: []*tree.Section{sec}}}}
}

const longAddress = "https://long.example.org/a/rather/long/path/that-takes-two-lines-and-more/at-the-foot-of-the-page/index.html?utm_source=feed&utm_medium=rss&page=12#part-3"

// pageNotes are what a page says: in its text the marks that call addresses, at its foot the addresses by mark.
type pageNotes struct {
	calls []string
	notes map[string]string
}

func urlNotes(t *testing.T, doc *Document, r *recorder) []pageNotes {
	t.Helper()
	out := make([]pageNotes, len(doc.Pages))
	label := map[*Elem]string{} // of notes
	for _, d := range r.list {
		if d.run == nil || d.elem == nil {
			continue
		}
		p, said := &out[d.page], strings.TrimSpace(runText(d.run))
		switch up := d.elem.Parent; {
		case d.elem.Role == "Lbl" && up.Role == "Note" && strings.HasPrefix(up.ID, "url--"):
			if p.notes == nil {
				p.notes = map[string]string{}
			}
			if _, twice := p.notes[said]; twice {
				t.Errorf("page %d has two notes %s", d.page, said)
			}
			label[up], p.notes[said] = said, ""
		case d.elem.Role == "Link" && up.Role == "Reference" && up.Parent.Role != "TOCI" && strings.Trim(said, "0123456789") != "" && said != "":
			p.calls = append(p.calls, said)
		case d.elem.Role == "Link" && up.Role == "P" && up.Parent.Role == "Note" && label[up.Parent] != "":
			p.notes[label[up.Parent]] += said
		}
	}
	return out
}

// TestAddressesStandOnThePagesOfTheirCalls holds: each page has letters from a on, in the order of their calls; each call
// has its note on its page, and an address stands once there, whole, however long it is.
func TestAddressesStandOnThePagesOfTheirCalls(t *testing.T) {
	for _, layout := range []string{"a4", "a5", "trade-print"} {
		doc, list := set(t, linkBook(40), layout, nil)
		if len(list) > 0 {
			t.Errorf("%s: %v", layout, list)
		}
		r := record(t, doc)
		shared, own, long := 0, map[string]bool{}, 0
		for i, p := range urlNotes(t, doc, r) {
			seen := map[string]bool{}
			var marks []string
			for _, c := range p.calls {
				if p.notes[c] == "" {
					t.Errorf("%s, page %d: %s is called and not there", layout, i, c)
				}
				if !slices.Contains(marks, c) {
					marks = append(marks, c)
				}
			}
			for k, m := range marks {
				if want := letterMark(k); m != want {
					t.Errorf("%s, page %d: call %d is %s, want %s", layout, i, k, m, want)
				}
			}
			if len(marks) != len(p.notes) {
				t.Errorf("%s, page %d: calls %v, notes %v", layout, i, p.calls, p.notes)
			}
			for m, url := range p.notes {
				if seen[url] {
					t.Errorf("%s, page %d: %s stands there twice", layout, i, url)
				}
				seen[url] = true
				switch {
				case url == "https://shared.example.org/":
					shared++
				case url == longAddress:
					long++
				case strings.HasPrefix(url, "https://own.example.org/"):
					own[url] = true
				default:
					t.Errorf("%s, page %d: note %s is %q", layout, i, m, url)
				}
			}
		}
		if len(own) != 40 || shared < 4 || long < 4 {
			t.Errorf("%s: %d addresses of their own, the shared one on %d pages, the long one on %d", layout, len(own), shared, long)
		}
		if all := allText(r); strings.Count(all, "A note with a link (https://inner.example.org/x)") != 14 {
			t.Errorf("%s: the addresses in notes do not stand beside their links", layout)
		}
		for _, l := range r.links {
			if _, ok := r.anchors[l.Anchor]; l.Anchor != "" && !ok {
				t.Errorf("%s: a link leads to %q, which is on no page", layout, l.Anchor)
			}
		}
		ids := map[string]bool{}
		for _, e := range r.order {
			if e.ID != "" && ids[e.ID] {
				t.Errorf("%s: two elements are called %s", layout, e.ID)
			}
			ids[e.ID] = true
			if e.Role == "Note" && e.ID == "" {
				t.Errorf("%s: a note has no id", layout)
			}
		}
	}
}

// TestMarksOfAddressesEndBelowEachOther: wide letters and pairs of letters keep the distance to the address.
func TestMarksOfAddressesEndBelowEachOther(t *testing.T) {
	talk := &tree.Talk{ID: "talk", Title: text("Links")}
	for i := range 30 {
		talk.Body = append(talk.Body, &tree.Paragraph{Text: tree.Inlines{linkTo(fmt.Sprintf("https://example.org/%d", i), "x")}})
	}
	book := linkBook(1)
	book.Events[0].Sections[0].Talks[0] = talk
	doc, _ := set(t, book, "letter", nil)
	ends := map[int64]bool{}
	marks := 0
	for _, d := range record(t, doc).list {
		if d.run != nil && d.elem != nil && d.elem.Role == "Lbl" && strings.HasPrefix(d.elem.Parent.ID, "url--") {
			marks++
			ends[int64((d.x+d.w).Pt()*100+0.5)] = true
		}
	}
	if marks != 30 || len(ends) != 1 {
		t.Errorf("%d marks end at %v hundredths of a point, want one place", marks, ends)
	}
}

func TestAddressesAreForPaper(t *testing.T) {
	for _, name := range layouts.Names() {
		doc, _ := set(t, linkBook(4), name, nil)
		onPaper := name != "screen" && name != "ereader"
		if got := strings.Contains(allText(record(t, doc)), "https://own.example.org/1"); got != onPaper {
			t.Errorf("%s prints addresses: %v", name, got)
		}
	}
}

func TestAddressThatIsTheTextNeedsNoNote(t *testing.T) {
	for _, test := range []struct {
		url, text string
		want      bool
	}{
		{"https://example.org/a", "https://example.org/a", true},
		{"https://www.example.org/", "example.org", true},
		{"mailto:ann@example.org", "ann@example.org", true},
		{"https://example.org/a", "example.org", false},
		{"https://example.org/?utm_source=x", "https://example.org/", false},
		{"https://example.org/", "here", false},
	} {
		if got := showsURL(linkTo(test.url, test.text)); got != test.want {
			t.Errorf("%q shows %s: %v", test.text, test.url, got)
		}
	}
}

func TestLetterMarks(t *testing.T) {
	for n, want := range map[int]string{0: "a", 25: "z", 26: "aa", 27: "ab", 701: "zz", 702: "aaa"} {
		if got := letterMark(n); got != want {
			t.Errorf("note %d is %s, want %s", n, got, want)
		}
	}
}

// TestAddressesOfTablesAndHeadings: a table that goes on over pages has the notes of its cells where the cells are, and
// those of its header, which is repeated, once.
func TestAddressesOfTablesAndHeadings(t *testing.T) {
	table := &tree.Table{Align: make([]tree.Align, 2), Header: []*tree.Cell{{Text: tree.Inlines{linkTo("https://head.example.org/", "Head")}}, {Text: text("Value")}}}
	for i := range 120 {
		table.Rows = append(table.Rows, &tree.TableRow{Cells: []*tree.Cell{{Text: text(fmt.Sprint("row ", i))}, {Text: tree.Inlines{linkTo(fmt.Sprintf("https://cell.example.org/%d", i/10), "cell")}}}})
	}
	book := linkBook(1)
	talk := book.Events[0].Sections[0].Talks[0]
	talk.Title = tree.Inlines{linkTo("https://title.example.org/", "Linked title")}
	talk.Body = append(talk.Body, &tree.Heading{Level: 1, ID: "h", Text: tree.Inlines{linkTo("https://heading.example.org/", "Linked heading")}}, table)
	doc, _ := set(t, book, "a5", nil)
	count := map[string]int{}
	for i, p := range urlNotes(t, doc, record(t, doc)) {
		for _, c := range p.calls {
			if p.notes[c] == "" {
				t.Errorf("page %d: %s is called and not there", i, c)
			}
		}
		for _, url := range p.notes {
			count[url]++
		}
	}
	for _, url := range []string{"https://title.example.org/", "https://heading.example.org/", "https://head.example.org/"} {
		if count[url] != 1 {
			t.Errorf("%s stands on %d pages, want one", url, count[url])
		}
	}
	for i := range 12 {
		if url := fmt.Sprintf("https://cell.example.org/%d", i); count[url] == 0 || count[url] > 2 {
			t.Errorf("%s stands on %d pages", url, count[url])
		}
	}
}
