package epub_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/browser"
)

// unpackTo writes the files of an EPUB into a folder and returns the documents among them, sorted.
func unpackTo(t *testing.T, dir string, data []byte) (docs []string) {
	t.Helper()
	_, files := unpack(t, data)
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".xhtml") {
			docs = append(docs, name)
		}
	}
	slices.Sort(docs)
	return docs
}

// A small reading system on Chromium shows every document of several books on a phone and a tablet, by day and by night,
// and with a reader's own style sheet: nothing is wider than the page or cut off, nothing scrolls in a box, letters have a
// contrast of 4.5:1, every link leads to a place that is shown, and links from the contents reach every document.
func TestReadingSystem(t *testing.T) {
	if testing.Short() {
		t.Skip("every page is opened in a browser")
	}
	var byDay []browser.View
	for _, v := range browser.Views() {
		if !v.Dark {
			byDay = append(byDay, v)
		}
	}
	var books []browser.Book
	for _, s := range samples() {
		if s.noReading != "" {
			continue
		}
		dir := filepath.Join(t.TempDir(), "book")
		b := browser.Book{Name: s.name, Dir: dir, Start: []string{"EPUB/nav.xhtml"}}
		b.Docs = unpackTo(t, dir, build(t, s.job()))
		if strings.HasPrefix(s.name, "kindle") {
			b.Views = byDay // by night, the device turns all colours round by itself
		}
		books = append(books, b)
	}
	seen := browser.Read(t, books, browser.Views())
	t.Logf("%d books, %d pages, %d links", len(books), seen.Pages, seen.Links)
	if seen.Links < 500 {
		t.Errorf("only %d links were followed", seen.Links)
	}
}
