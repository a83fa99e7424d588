package typst_test

import (
	"context"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/peers/typst"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render/derive"
)

func bundled(t *testing.T) *tree.Book {
	t.Helper()
	book, err := notes.Load(context.Background(), notes.Bundled(), notes.Options{}, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func source(t *testing.T, book *tree.Book, plain bool) string {
	t.Helper()
	layout, err := layouts.Load("a4")
	if err != nil {
		t.Fatal(err)
	}
	return typst.Source(book, typst.Options{Layout: layout, Plain: plain, Generator: "evbook"})
}

// texts counts the pieces of text of a book: what no node may lose.
func texts(book *tree.Book) map[string]int {
	list := map[string]int{}
	for n := range tree.All(book) {
		switch n := n.(type) {
		case *tree.Text:
			list[n.Text]++
		case *tree.Code:
			list[n.Text]++
		case *tree.Math:
			list[n.TeX]++
		case *tree.MathBlock:
			list[n.TeX]++
		case *tree.CodeBlock:
			list[n.Text]++
		case *tree.RawInline:
			list[n.Text]++
		case *tree.RawBlock:
			list[n.Text]++
		}
	}
	return list
}

// unescaped reads the escapes of mark-up and strings.
func unescaped(source string) string {
	var b strings.Builder
	for i := 0; i < len(source); i++ {
		if source[i] != '\\' || i+1 == len(source) {
			b.WriteByte(source[i])
			continue
		}
		i++
		switch source[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		default:
			b.WriteByte(source[i])
		}
	}
	return b.String()
}

func TestSourceHoldsAllText(t *testing.T) {
	for name, book := range map[string]*tree.Book{"bundled": bundled(t), "every node": treetest.Every()} {
		for _, plain := range []bool{false, true} {
			got := unescaped(source(t, book, plain))
			missing := 0
			for text, n := range texts(book) {
				if strings.Count(got, text) < n {
					t.Errorf("%s, plain %v: %q %d times, want %d", name, plain, text, strings.Count(got, text), n)
					if missing++; missing > 9 {
						break
					}
				}
			}
		}
	}
}

// What the plain source leaves out is all in the other: the index, the dates, the cover, the addresses.
func TestPlainLeavesOutWhatIsMadeOfTheNotes(t *testing.T) {
	book := bundled(t)
	full, plain := source(t, book, false), source(t, book, true)
	facts := derive.New(book)
	for what, want := range map[string]int{
		"\n#index-name[": len(facts.Speakers()), "\n#index-topic(": len(facts.Topics()), "\n#dated[": len(facts.Chronology()),
		"\n#drawing(": 0, "#footnote(link(": 0,
	} {
		if got := strings.Count(full, what); got < max(want, 1) {
			t.Errorf("%q: %d times, want %d", what, got, want)
		}
		if got := strings.Count(plain, what); got > 0 {
			t.Errorf("plain has %q %d times", what, got)
		}
	}
	if book.Meta.Title == "" || len(plain) >= len(full) {
		t.Errorf("plain has %d bytes, the whole %d", len(plain), len(full))
	}
}

func TestMarkOfTypstIsEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"plain, text (with) signs: yes; no!": "plain, text (with) signs: yes; no!",
		"#set $x$ *a* _b_ <c> @d [e] ~f":     `\#set \$x\$ \*a\* \_b\_ \<c\> \@d \[e\] \~f`,
		"see https://example.org//x":         `see https:\//example.org\//x`,
		"1. first and 2. second":             `1\. first and 2. second`,
		"- item -- dash -5 well-known":       `\- item \-\- dash \-5 well-known`,
		"= title = no ... so":                `\= title = no \.\.. so`,
		`"quoted" C:\dir`:                    `\"quoted\" C:\\dir`,
		"/ term / no /* no":                  `\/ term / no \/\* no`,
	} {
		book := &tree.Book{Front: []*tree.Chapter{{ID: "c", Title: tree.Inlines{&tree.Text{Text: "T"}}, Body: tree.Blocks{&tree.Paragraph{Text: tree.Inlines{&tree.Text{Text: text}}}}}}}
		if got := source(t, book, true); !strings.Contains(got, "\n"+want+"\n") {
			t.Errorf("%s: not %s in\n%s", text, want, got[strings.LastIndex(got, "#heading"):])
		}
	}
}

// A parenthesis behind a call would be taken for a further argument.
func TestTextBehindACallIsNoArgument(t *testing.T) {
	emph := &tree.Emph{Text: tree.Inlines{&tree.Text{Text: "a"}}}
	body := tree.Blocks{&tree.Paragraph{Text: tree.Inlines{emph, &tree.Text{Text: "(b)"}, emph, &tree.Text{Text: ".c"}, emph, &tree.Text{Text: " (d)"}}}}
	book := &tree.Book{Front: []*tree.Chapter{{ID: "c", Title: tree.Inlines{&tree.Text{Text: "T"}}, Body: body}}}
	if got, want := source(t, book, true), "#emph[a];(b)#emph[a];.c#emph[a] (d)"; !strings.Contains(got, want) {
		t.Errorf("want %s in %s", want, got[strings.LastIndex(got, "#heading"):])
	}
}
