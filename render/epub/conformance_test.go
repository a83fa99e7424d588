package epub_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/browser"
	"github.com/evbook/evbook/internal/epubcheck"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// explained are the messages of EPUBCheck's level USAGE that a book may call for, with the reason. Any other fails the test.
var explained = map[string]string{
	// Four for each typeface. The rule asks for nothing: EPUBCheck counts what kinds of @font-face there are. Books have some
	// only where book.yaml says "fonts: embed".
	"CSS-028": "embedded",
}

// TestEPUBCheck runs EPUBCheck over every sample book and wants no message of any kind: no fatal error, error, warning,
// and no remark on usage that is not explained above.
func TestEPUBCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("EPUBCheck takes a virtual machine")
	}
	var names []string
	var books [][]byte
	add := func(name string, data []byte) { names, books = append(names, name), append(books, data) }
	for _, s := range samples() {
		add(s.name, build(t, s.job()))
	}
	_, _, paged := both(t, treetest.Every())
	add("with pages", paged)
	_, _, paged = both(t, longTexts())
	add("long with pages", paged)
	for i, messages := range epubcheck.Run(t, books) {
		for _, m := range messages {
			if why, ok := explained[m.ID]; m.Severity != "USAGE" || !ok || !strings.Contains(names[i], why) {
				t.Errorf("%s: %s", names[i], m)
			}
		}
	}
}

// TestAce runs Ace by DAISY over sample books of every kind and profile and wants no violation. All books go through one
// browser.
func TestAce(t *testing.T) {
	if testing.Short() {
		t.Skip("Ace opens every page in a browser")
	}
	dir := t.TempDir()
	var names, files []string
	write := func(name string, data []byte) {
		file := filepath.Join(dir, fmt.Sprintf("%03d.epub", len(files)))
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		names, files = append(names, name), append(files, file)
	}
	for _, s := range samples() {
		if s.noAce == "" {
			write(s.name, build(t, s.job()))
		}
	}
	_, _, paged := both(t, treetest.Every())
	write("with pages", paged)
	for i, report := range browser.Ace(t, files) {
		t.Run(names[i], func(t *testing.T) {
			if report.Failure != "" || report.Pages == 0 {
				t.Fatalf("Ace opened %d pages: %s", report.Pages, report.Failure)
			}
			t.Logf("%d pages in %.1f s", report.Pages, report.Seconds)
			for _, v := range report.Violations {
				t.Error(v)
			}
		})
	}
}
