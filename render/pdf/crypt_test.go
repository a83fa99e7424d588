package pdf_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/rendertest"
)

func encrypted(t *testing.T, password string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pdf.Write(context.Background(), sample(t), &b, pdf.Options{Password: password}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPassword has other programs open encrypted files: with the password they find all of it, without they find nothing.
func TestPassword(t *testing.T) {
	qpdf, pdftotext := tool(t, "qpdf", "", ""), tool(t, "pdftotext", "", "")
	for _, password := range []string{"secret", "Grüße, Łukasz\u00a0x", strings.Repeat("long ", 40)} {
		path := filepath.Join(t.TempDir(), "closed.pdf")
		if err := os.WriteFile(path, encrypted(t, password), 0o600); err != nil {
			t.Fatal(err)
		}
		typed := strings.ReplaceAll(password, "\u00a0", " ")
		typed = typed[:min(len(typed), 127)]
		out, err := exec.Command(qpdf, "--password="+typed, "--check", "--show-encryption", path).CombinedOutput()
		if err != nil || strings.Contains(string(out), "WARNING") || !strings.Contains(string(out), "R = 6") || !strings.Contains(string(out), "extract for accessibility: allowed") {
			t.Errorf("%q: %v\n%s", password, err, out)
		}
		if out, err := exec.Command(qpdf, "--password=wrong", "--check", path).CombinedOutput(); err == nil {
			t.Errorf("%q: a wrong password opens the file\n%s", password, out)
		}
		if len(typed) > 32 {
			continue // poppler reads no more of its arguments
		}
		text, err := exec.Command(pdftotext, "-upw", typed, path, "-").CombinedOutput()
		if err != nil || !strings.Contains(string(text), "The first line of a paragraph") {
			t.Errorf("%q: %v\n%s", password, err, text)
		}
		open := filepath.Join(t.TempDir(), "open.pdf")
		if out, err := exec.Command(qpdf, "--password="+typed, "--decrypt", "--stream-data=uncompress", path, open).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		data, err := os.ReadFile(open)
		if err != nil {
			t.Fatal(err)
		}
		if s := string(data); strings.Contains(s, "pdfaid:part") || !strings.Contains(s, "<pdfuaid:part>1</pdfuaid:part>") || !strings.Contains(s, "Notes &amp; tests") {
			t.Errorf("%q: the metadata claim PDF/A, or do not claim PDF/UA", password)
		}
		if f := read(t, data); !strings.Contains(f.Tags.String(), "and a hy") {
			t.Errorf("%q: tags\n%s", password, f.Tags)
		}
	}
}

func TestPasswordHidesEverything(t *testing.T) {
	a, b, other := encrypted(t, "secret"), encrypted(t, "secret"), encrypted(t, "Secret")
	if !bytes.Equal(a, b) {
		t.Error("the same document and password gave different files")
	}
	if i := bytes.Index(a, []byte("stream\n")); bytes.Equal(a[i:i+64], other[i:i+64]) {
		t.Error("another password gave the same stream")
	}
	for _, word := range []string{"heading", "Lovelace", "dc:title", "H1", "SourceSerif"} {
		if bytes.Contains(a, []byte(word)) {
			t.Errorf("%q can be read in the file", word)
		}
	}
	if open := write(t, sample(t)); !bytes.Contains(open, []byte("pdfaid:part")) || bytes.Contains(open, []byte("/Encrypt")) {
		t.Error("a file without a password is not as before")
	}
}

func TestPasswordOption(t *testing.T) {
	job := rendertest.Job(t, rendertest.Book(), "a5", func(diag.Diagnostic) {})
	job.Options = []render.Option{{Name: "password", Value: "secret"}}
	if b := rendertest.Render(t, pdf.Format(), job); !bytes.Contains(b, []byte("/Encrypt")) {
		t.Error("the option password does nothing")
	}
	var c diag.Collector
	job = rendertest.Job(t, rendertest.Book(), "a5", c.Report)
	job.Options = []render.Option{{Name: "password", Value: "secret", Pos: diag.Pos{File: "book.yaml", Line: 3, Col: 1}}}
	if b := rendertest.Render(t, pdf.Format(), job); bytes.Contains(b, []byte("/Encrypt")) || c.List().Count(diag.Error) != 1 {
		t.Error("a password in book.yaml is not refused")
	}
}

// TestDesignOptions holds that each option changes the book that it is for and not the layout that others have, too.
func TestDesignOptions(t *testing.T) {
	plain := rendertest.Render(t, pdf.Format(), rendertest.Job(t, rendertest.Book(), "a5", func(diag.Diagnostic) {}))
	for _, name := range []string{"half-title", "list-of-figures", "line-numbers"} {
		job := rendertest.Job(t, rendertest.Book(), "a5", func(diag.Diagnostic) {})
		layout := *job.Layout
		for _, value := range []string{"on", "off"} {
			job.Options = []render.Option{{Name: name, Value: value}}
			if same := bytes.Equal(plain, rendertest.Render(t, pdf.Format(), job)); same != (value == "off") {
				t.Errorf("%s: %s gives the same file as without: %v", name, value, same)
			}
		}
		if layout.Front != job.Layout.Front || layout.Code.Numbers != job.Layout.Code.Numbers {
			t.Errorf("%s changes the layout itself", name)
		}
	}
}
