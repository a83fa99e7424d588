package pdf_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/rendertest"
)

// TestListingIsCopiedAsCode has poppler take a listing from the page: the source comes back with its indentation, without the numbers
// beside it and without the marks of wrapped lines, which are the source again when they are joined.
func TestListingIsCopiedAsCode(t *testing.T) {
	pdftotext := tool(t, "pdftotext", "", "")
	source := []string{
		"func Listing(a, b int) (string, error) {",
		"\tif a > b { // a \"quote\" and 'another', -- no dashes, fi ffl no ligatures",
		"\t\treturn fmt.Sprintf(\"a rather long line that has to be wrapped %d %d\", a, b), errors.New(\"some error or other\")",
		"\t}",
		"",
		"    return \"\", nil",
		"}",
	}
	code := &tree.CodeBlock{Language: "go", Info: "linenos linenostart=4711", Text: strings.Join(source, "\n")}
	sec := &tree.Section{ID: "s", Talks: []*tree.Talk{{ID: "t", Title: tree.Inlines{&tree.Text{Text: "Title"}}, Body: tree.Blocks{code}}}}
	book := &tree.Book{Meta: tree.Meta{Language: "en", Title: "B"}, Events: []*tree.Event{{ID: "e", Sections: []*tree.Section{sec}}}}
	path := filepath.Join(t.TempDir(), "listing.pdf")
	job := rendertest.Job(t, book, "a5", func(diag.Diagnostic) {})
	if err := os.WriteFile(path, rendertest.Render(t, pdf.Format(), job), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(pdftotext, "-fixed", "4.65", "-nopgbrk", path, "-").Output() // 0.6 em of 7.75 pt
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(out), "func Listing")
	text = "func Listing" + text
	margin := 0
	for l := range strings.SplitSeq(string(out), "\n") {
		if i := strings.Index(l, "func Listing"); i >= 0 {
			margin = i
		}
	}
	var got []string
	for l := range strings.SplitSeq(text, "\n") {
		if l = strings.TrimRight(strings.TrimPrefix(l, strings.Repeat(" ", margin)), " "); l != "" {
			got = append(got, l)
		}
		if l == "}" {
			break
		}
	}
	var want []string
	for _, l := range source {
		if l != "" {
			want = append(want, strings.ReplaceAll(l, "\t", "    "))
		}
	}
	// A wrapped line goes on two columns deeper than it began.
	k := 0
	for _, w := range want {
		if k >= len(got) {
			t.Fatalf("%q is not in the text\n%s", w, text)
		}
		line := got[k]
		indent := strings.Repeat(" ", len(w)-len(strings.TrimLeft(w, " "))+2)
		for k++; k < len(got) && line != w && strings.HasPrefix(got[k], indent); k++ {
			next := strings.TrimPrefix(got[k], indent)
			if !strings.HasPrefix(w, line+next) {
				next = " " + next // the space at which the line was wrapped
			}
			line += next
		}
		if line != w {
			t.Errorf("got %q\nwant %q", line, w)
		}
	}
	if strings.Contains(string(out), "471") {
		t.Errorf("the numbers are copied with the source:\n%s", out)
	}
	f, err := readFile(path)
	if err != nil {
		t.Fatal(err)
	}
	numbers := 0
	for _, p := range f.Pages {
		for _, r := range p.Runs {
			if r.Tag == "Artifact" && r.Text == "" && r.Size < 7 && r.Width > 0 {
				numbers++
			}
		}
	}
	if numbers != len(source) {
		t.Errorf("%d numbers beside %d lines", numbers, len(source))
	}
}
