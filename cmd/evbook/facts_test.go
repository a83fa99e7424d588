package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

// bundledBooks builds the bundled notes once for all tests and returns the folder with event-notes.epub, .pdf and .json.
var bundledBooks = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "evbook-test-")
	if err != nil {
		return "", err
	}
	var stdout, stderr bytes.Buffer
	a := &app{stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
	code := a.run(context.Background(), []string{"--strict", "-f", "epub,pdf,json", "-o", dir, "../../notes/events"})
	if code != exitOK {
		return "", fmt.Errorf("exit code %d\n%s", code, stderr.String())
	}
	return dir, nil
})

func bundled(t *testing.T, name string) string {
	t.Helper()
	dir, err := bundledBooks()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

// needTool returns the path of a program that a conformance test calls. The test is skipped without it, unless
// EVBOOK_CONFORMANCE=required.
func needTool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("EVBOOK_CONFORMANCE") == "required" {
		t.Fatalf("%s is not installed, and EVBOOK_CONFORMANCE=required: run make tools", name)
	}
	t.Skipf("%s is not installed: run make tools", name)
	return ""
}

// fact is a line of testdata/facts.tsv.
type fact struct{ kind, event, talk, value string }

func facts(t *testing.T) []fact {
	t.Helper()
	data, err := os.ReadFile("testdata/facts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var list []fact
	for line := range strings.Lines(string(data)) {
		if f := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(f) == 4 && !strings.HasPrefix(line, "#") {
			list = append(list, fact{f[0], f[1], f[2], f[3]})
		}
	}
	if len(list) < 150 {
		t.Fatalf("testdata/facts.tsv has %d facts only", len(list))
	}
	return list
}

// forms returns the spellings in which a fact may be printed: dates in words too, URLs without their escapes.
func (f fact) forms() []string {
	forms := []string{f.value}
	if d, err := time.Parse(time.DateOnly, f.value); err == nil {
		forms = append(forms, d.Format("2 January 2006"))
		if f.kind == "event_start" {
			forms = append(forms, d.Format("2–")) // 17–20 July 2012
		}
	}
	return forms
}

// squeeze brings text into the form in which it is compared: no white space, straight quotes, no soft hyphens, so that
// line breaks do not matter.
func squeeze(s string) string {
	s = norm.NFKC.String(s)
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘':
			return '\''
		case '“', '”':
			return '"'
		case '–', '—', '‐':
			return '-'
		case '\u00ad', '\u200b', '\u2060':
			return -1
		}
		if r <= ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, s)
}

func checkFacts(t *testing.T, text string) {
	t.Helper()
	text = squeeze(text)
	for _, f := range facts(t) {
		found := false
		for _, form := range f.forms() {
			found = found || strings.Contains(text, squeeze(form))
		}
		if !found {
			t.Errorf("%s of %s %s: %q is not in the book", f.kind, f.event, f.talk, f.value)
		}
	}
}

func TestEveryFactIsInTheEPUB(t *testing.T) {
	checkFacts(t, epubText(t, bundled(t, "event-notes.epub")))
}

func TestEveryFactIsInThePDF(t *testing.T) {
	pdftotext := needTool(t, "pdftotext")
	out, err := exec.Command(pdftotext, "-raw", "-enc", "UTF-8", bundled(t, "event-notes.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	checkFacts(t, string(out))
}

// epubText returns the text of the documents in an EPUB.
func epubText(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var b strings.Builder
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xhtml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if text, ok := tok.(xml.CharData); ok {
				b.Write(text)
			}
		}
		r.Close()
	}
	return b.String()
}

func TestPDFIsSound(t *testing.T) {
	qpdf := needTool(t, "qpdf")
	if out, err := exec.Command(qpdf, "--check", bundled(t, "event-notes.pdf")).CombinedOutput(); err != nil {
		t.Errorf("qpdf --check: %v\n%s", err, out)
	}
}

func TestBuildsAreReproducible(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TZ", "Asia/Kolkata")
	a := &app{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}
	if code := a.run(context.Background(), []string{"-q", "-f", "epub,pdf,json", "-o", dir, "../../notes/events"}); code != exitOK {
		t.Fatalf("exit code %d", code)
	}
	for _, name := range []string{"event-notes.epub", "event-notes.pdf", "event-notes.json"} {
		first, err := os.ReadFile(bundled(t, name))
		if err != nil {
			t.Fatal(err)
		}
		second, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("two builds of %s differ", name)
		}
	}
}
