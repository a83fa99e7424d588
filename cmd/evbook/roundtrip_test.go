package main

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/pdf/pdftest"
)

// bundledTree is the document tree of the bundled notes.
func bundledTree(t *testing.T) *tree.Book {
	t.Helper()
	book, err := notes.Load(context.Background(), os.DirFS("../../notes/events"), notes.Options{}, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func readPDF(t *testing.T, path string) *pdftest.File {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := pdftest.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// spaces makes every run of white space one space and takes away what only says where lines may end.
func spaces(s string) string {
	s = strings.NewReplacer("\u00AD", "", "\u200B", "", "\u2028", " ", "\u00A0", " ", "\u202F", " ").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// taggedTexts lists the texts of the paragraphs and headings of a file in reading order, without the notes in them.
func taggedTexts(f *pdftest.File) []string {
	var own func(t *pdftest.Tag, top bool) string
	own = func(t *pdftest.Tag, top bool) string {
		switch t.Type {
		case "Note", "Reference":
			return ""
		case "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table":
			if !top {
				return ""
			}
		}
		var b strings.Builder
		t.Reading(func(text string, kid *pdftest.Tag) {
			if kid != nil {
				text = own(kid, false)
			}
			b.WriteString(text)
		})
		return b.String()
	}
	var list []string
	f.Tags.All(func(t *pdftest.Tag) {
		if t.Type == "P" || t.Type == "TH" || t.Type == "TD" || len(t.Type) == 2 && t.Type[0] == 'H' {
			if s := spaces(own(t, true)); s != "" {
				list = append(list, s)
			}
		}
	})
	return list
}

// TestTheTextOfThePDFIsTheTextOfTheNotes finds each paragraph, heading and cell of the bundled book, letter by letter and in
// order, as an element of the PDF's structure tree.
func TestTheTextOfThePDFIsTheTextOfTheNotes(t *testing.T) {
	got := taggedTexts(readPDF(t, bundled(t, "event-notes.pdf")))
	at, compared := 0, 0
	check := func(text tree.Inlines, n tree.Node) {
		want := spaces(tree.PlainText(text))
		if want == "" {
			return
		}
		compared++
		k := slices.Index(got[at:], want)
		if k < 0 {
			near := got[at:min(at+3, len(got))]
			t.Errorf("%v: %q is not in the PDF behind what comes before it; there: %q", n.Pos(), want, near)
			return
		}
		at += k + 1
	}
	for _, ev := range bundledTree(t).Events {
		for _, sec := range ev.Sections {
			for _, talk := range sec.Talks {
				for _, b := range talk.Body {
					tree.Walk(b, func(n tree.Node, _ []tree.Node) bool {
						switch n := n.(type) {
						case *tree.Footnote:
							return false
						case *tree.Paragraph:
							check(n.Text, n)
						case *tree.Heading:
							check(n.Text, n)
						case *tree.Cell:
							check(n.Text, n)
						}
						return true
					})
				}
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d texts compared", compared)
	}
}

// TestCodeCopiesAsCode puts the lines of listings together again from what the pages show.
func TestCodeCopiesAsCode(t *testing.T) {
	var rows []string
	for _, p := range readPDF(t, bundled(t, "event-notes.pdf")).Pages {
		y := -1.0
		for _, r := range p.Runs {
			if r.Tag != "Code" {
				continue
			}
			if r.Y != y {
				rows = append(rows, "")
				y = r.Y
			}
			rows[len(rows)-1] += r.Text
		}
	}
	at, lines := 0, 0
	book := bundledTree(t)
	for n := range tree.All(book) {
		code, ok := n.(*tree.CodeBlock)
		if !ok {
			continue
		}
		for line := range strings.Lines(code.Text) {
			line = strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), " \n")
			if line == "" {
				continue
			}
			lines++
			k := at
			for ; k < len(rows); k++ {
				end, got := k+1, rows[k]
				for end < len(rows) && got != line && got != "" && strings.HasPrefix(line, got) {
					got += rows[end] // a wrapped line
					end++
				}
				if got == line {
					at = end
					break
				}
			}
			if k == len(rows) {
				t.Errorf("%v: the line %q does not come back", code.Pos(), line)
			}
		}
	}
	if lines < 50 {
		t.Errorf("only %d lines compared", lines)
	}
}

// TestPdftotextGivesTheWords asks another program for the words of the file.
func TestPdftotextGivesTheWords(t *testing.T) {
	out, err := exec.Command(needTool(t, "pdftotext"), "-raw", "-enc", "UTF-8", bundled(t, "event-notes.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := squeeze(string(out))
	for n := range tree.All(bundledTree(t)) {
		h, ok := n.(*tree.Heading)
		if ok && !strings.Contains(text, squeeze(tree.PlainText(h.Text))) {
			t.Errorf("%v: the heading %q is not in what pdftotext finds", h.Pos(), tree.PlainText(h.Text))
		}
	}
}
