package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/pdf/pdftest"
)

// TestFoundInTheField builds notes that once went wrong in somebody's collection, into both formats: nothing is to be said
// about them.
func TestFoundInTheField(t *testing.T) {
	for _, tt := range []struct{ name, text, inEPUB string }{
		{"ids without text", "See [one](#one), [two](#two) and [three](#three).\n\n<a name=\"one\"></a>\n\n## A\n\ntext <span id=\"two\"></span>\n\n<a id=\"three\"></a>\n", `id="talk--one"`},
		{"a power without a base", "About 5 m$^2$.\n", "<msup><mrow></mrow><mn>2</mn></msup>"},
		{"a fraction of old", "$$r = { L_1 + 1 \\over L_2 + 2 }$$\n", "<mfrac><mrow><msub>"},
		{"a formula that makes the library complain", "An interval $]0, 1[$ and $a) b$.\n", "<math"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, out := t.TempDir(), t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "talk.md"), []byte("# Talk\n\n"+tt.text), 0o666); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			a := &app{stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
			code := a.run(context.Background(), []string{"--strict", "-f", "epub,pdf", "-o", out + "/", dir})
			if code != exitOK || stderr.Len() > 0 {
				t.Fatalf("exit code %d\n%s", code, stderr.String())
			}
			files, _ := filepath.Glob(filepath.Join(out, "*.epub"))
			if text := epubMarkup(t, files[0]); !strings.Contains(text, tt.inEPUB) {
				t.Errorf("%s is not in the EPUB:\n%s", tt.inEPUB, text)
			}
		})
	}
}

// epubMarkup returns the content documents of an EPUB.
func epubMarkup(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var b strings.Builder
	for _, f := range z.File {
		if filepath.Ext(f.Name) != ".xhtml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return b.String()
}

// TestChapterWithChaptersBelowIt: in a book of mdBook's a chapter that others are nested under is listed once, with them
// below it, wherever contents are shown.
func TestChapterWithChaptersBelowIt(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"src/SUMMARY.md": "# Summary\n\n# Part\n\n- [Alpha in short](alpha.md)\n  - [One](one.md)\n- [Beta](beta.md)\n",
		"src/alpha.md":   "# Alpha\n\nText.\n", "src/one.md": "# One\n\nText.\n", "src/beta.md": "# Beta\n\nText, and [Alpha](alpha.md).\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var stderr bytes.Buffer
	a := &app{stdout: io.Discard, stderr: &stderr, getenv: func(string) string { return "" }}
	if code := a.run(context.Background(), []string{"--strict", "-f", "epub,pdf", "-o", filepath.Join(out, "book") + "/", dir}); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, stderr.String())
	}
	files, _ := filepath.Glob(filepath.Join(out, "book", "*"))
	for _, name := range files {
		var text string
		if filepath.Ext(name) == ".epub" {
			text = epubMarkup(t, name)
			text = text[strings.Index(text, `epub:type="toc"`):]
			text = text[:strings.Index(text, "</nav>")]
		} else {
			readPDF(t, name).Tags.All(func(tag *pdftest.Tag) {
				if tag.Type == "TOCI" {
					text += tag.Text() + "\n"
				}
			})
			text, _, _ = strings.Cut(text, "Beta") // the contents of the book; those of the part follow
		}
		if n := strings.Count(text, "Alpha"); n != 1 || !strings.Contains(text, "One") {
			t.Errorf("%s names the chapter %d times:\n%s", filepath.Base(name), n, text)
		}
	}
}
