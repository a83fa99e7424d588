package pdf_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johnfercher/maroto/v2/pkg/components/checkbox"
	"github.com/johnfercher/maroto/v2/pkg/components/code"
	rule "github.com/johnfercher/maroto/v2/pkg/components/line"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/signature"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/rendertest"
)

// tool finds a program that judges our files. Without it the test is skipped, or fails if EVBOOK_CONFORMANCE=required.
func tool(t *testing.T, name, variable, installed string) string {
	t.Helper()
	if path := os.Getenv(variable); variable != "" && path != "" {
		return path
	}
	if installed != "" {
		if path, err := filepath.Abs(filepath.Join("..", "..", ".tools", installed)); err == nil {
			if _, err := os.Stat(path); err == nil {
				return path
			}
		}
	}
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	if os.Getenv("EVBOOK_CONFORMANCE") == "required" {
		t.Fatalf("%s is not installed, and EVBOOK_CONFORMANCE=required: run make tools", name)
	}
	t.Skipf("%s is not installed: run make tools", name)
	return ""
}

// stockPage has one of each of maroto's components.
func stockPage() core.Maroto {
	link := "https://example.org/"
	m := pdf.NewMaroto(config.NewBuilder().WithPageNumber().WithTitle("Stock components", true).Build(), pdf.Options{})
	m.AddRows(
		text.NewRow(10, "A text with a link, long enough for a second line, since the row is not wide enough for all of it and nobody wants it cut.",
			props.Text{Hyperlink: &link, Style: "BU"}),
		rule.NewRow(5), code.NewQrRow(30, "https://example.org/"), code.NewBarRow(20, "123456"), code.NewMatrixRow(20, "matrix"),
		checkbox.NewRow(8, "Done", props.Checkbox{Checked: true}), signature.NewRow(20, "Ada Lovelace"),
		row.New(10).WithStyle(&props.Cell{BackgroundColor: &props.Color{Red: 200}, BorderType: 15}),
	)
	return m
}

// files writes the documents that the tools judge, and returns their paths.
func files(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	put := func(name string, data []byte) {
		path := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	put("sample", write(t, sample(t)))
	_, rich := notesBytes(t, os.DirFS("../derive/testdata/regatta"), "trade-print", render.Option{Name: "qr", Value: "on"})
	put("regatta", rich)
	_, pictures := notesBytes(t, os.DirFS("testdata/pictures"), "a5")
	put("pictures", pictures)
	stock, err := stockPage().Generate()
	if err != nil {
		t.Fatal(err)
	}
	put("stock", stock.GetBytes())
	for _, layout := range layouts.Names() {
		job := rendertest.Job(t, rendertest.Book(), layout, func(diag.Diagnostic) {})
		put("every-node-"+layout, rendertest.Render(t, pdf.Format(), job))
	}
	return paths
}

func TestQPDF(t *testing.T) {
	qpdf := tool(t, "qpdf", "", "")
	for _, path := range files(t) {
		out, err := exec.Command(qpdf, "--check", path).CombinedOutput()
		if err != nil || strings.Contains(string(out), "WARNING") {
			t.Errorf("%s: %v\n%s", filepath.Base(path), err, out)
		}
	}
}

// TestVeraPDF checks PDF/UA-1 and PDF/A-2a, all files in one go: starting veraPDF takes longer than checking.
func TestVeraPDF(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a Java machine")
	}
	vera := tool(t, "verapdf", "EVBOOK_VERAPDF", "verapdf/verapdf")
	out, err := exec.Command(vera, append([]string{"ua1,2a"}, files(t)...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestTextThroughPoppler(t *testing.T) {
	pdftotext := tool(t, "pdftotext", "", "")
	for _, path := range files(t) {
		out, err := exec.Command(pdftotext, "-raw", path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(strings.Fields(strings.ReplaceAll(string(out), "\u00AD\n", "")), " ")
		f, err := readFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range f.Pages {
			// Each run of our reader is found in poppler's text: a text is not cut in glyphs or lost. Leaders are.
			for _, r := range p.Runs {
				if r.Tag == "Artifact" {
					continue
				}
				want := strings.Join(strings.Fields(strings.Trim(r.Text, "\u00AD")), " ")
				if !strings.Contains(got, want) {
					t.Errorf("%s, page %d: %q is not in the text", filepath.Base(path), i+1, want)
				}
			}
		}
		if name := filepath.Base(path); strings.HasPrefix(name, "every") {
			for _, w := range treetest.EveryWords() {
				if w != "altword" && !strings.HasPrefix(w, "raw") && !strings.Contains(got, w) {
					t.Errorf("%s: %q is not in the text", name, w)
				}
			}
		}
	}
}

// TestBundledBook checks the bundled book in the layouts, all where EVBOOK_CONFORMANCE=required: PDF/UA-1, PDF/A-2a and
// syntax.
func TestBundledBook(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a Java machine")
	}
	names := []string{"a5-print"}
	if os.Getenv("EVBOOK_CONFORMANCE") == "required" {
		names = layouts.Names()
	}
	book, err := notes.Load(t.Context(), notes.Bundled(), notes.Options{}, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	judge(t, book, notes.Bundled(), names, diag.Warning)
}

// TestTortureBook does the same with a book of everything that is hard to set, where EVBOOK_CONFORMANCE=required: veraPDF takes
// its time for hundreds of pages.
func TestTortureBook(t *testing.T) {
	if os.Getenv("EVBOOK_CONFORMANCE") != "required" {
		t.Skip("takes long: set EVBOOK_CONFORMANCE=required")
	}
	judge(t, treetest.Torture(0), treetest.TortureAssets(), []string{"a5-print", "screen", "trade"}, diag.Error)
}

// judge has qpdf and veraPDF check a book in layouts. Diagnostics from a severity on are faults.
func judge(t *testing.T, book *tree.Book, assets fs.FS, names []string, grave diag.Severity) {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for _, layout := range names {
		job := rendertest.Job(t, book, layout, func(d diag.Diagnostic) {
			if d.Severity >= grave {
				t.Errorf("%s: %s: %s", layout, d.Pos, d.Message)
			}
		})
		job.Assets = assets
		path := filepath.Join(dir, layout+".pdf")
		if err := os.WriteFile(path, rendertest.Render(t, pdf.Format(), job), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	t.Run("qpdf", func(t *testing.T) {
		qpdf := tool(t, "qpdf", "", "")
		for _, path := range paths {
			if out, err := exec.Command(qpdf, "--check", path).CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
				t.Errorf("%s: %v\n%s", filepath.Base(path), err, out)
			}
		}
	})
	t.Run("veraPDF", func(t *testing.T) {
		vera := tool(t, "verapdf", "EVBOOK_VERAPDF", "verapdf/verapdf")
		if out, err := exec.Command(vera, append([]string{"ua1,2a"}, paths...)...).CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
}
