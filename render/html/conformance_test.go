package html_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/internal/browser"
	"github.com/evbook/evbook/render/rendertest/samples"
)

// write puts the pages of some sample books into a folder and returns their paths.
func write(t *testing.T, dir string, wanted func(name string) bool) (files []string) {
	t.Helper()
	for _, s := range samples.All() {
		if !wanted(s.Name) {
			continue
		}
		file := filepath.Join(dir, strings.ReplaceAll(s.Name, " ", "-")+".html")
		if err := os.WriteFile(file, page(t, s.Name), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// The Nu Html Checker finds no fault in any page: not in its HTML, its CSS, its ARIA, its SVG and MathML.
func TestNuHTMLChecker(t *testing.T) {
	if testing.Short() {
		t.Skip("the checker takes a virtual machine")
	}
	jar, err := filepath.Abs("../../.tools/vnu/vnu.jar")
	if err == nil {
		_, err = os.Stat(jar)
	}
	if err != nil {
		browser.Missing(t, "the Nu Html Checker is not installed (run `make tools`): %v", err)
	}
	java, err := exec.LookPath("java")
	if err != nil {
		browser.Missing(t, "Java is not installed: %v", err)
	}
	files := write(t, t.TempDir(), func(string) bool { return true })
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	args := append([]string{"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-jar", jar, "--format", "json", "--exit-zero-always"}, files...)
	cmd := exec.CommandContext(ctx, java, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("the checker failed: %v\n%s", err, stderr.String())
	}
	var report struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(stderr.Bytes(), &report); err != nil {
		t.Fatalf("%v\n%.300s", err, stderr.String())
	}
	remarks := map[string]bool{}
	for _, m := range report.Messages {
		// XML needs the slash that the checker remarks on at every element without content.
		if m.Type == "info" && m.SubType == "" && strings.HasPrefix(m.Message, "Trailing slash on void elements") {
			remarks[m.URL] = true
			continue
		}
		if strings.Contains(m.Message, "has no cells beginning in it") && strings.Contains(m.Extract, `<td colspan="2">c</td>`) {
			continue // an author's own table, in HTML
		}
		t.Errorf("%s:%d: %s %s: %s: %s", filepath.Base(m.URL), m.LastLine, m.Type, m.SubType, m.Message, m.Extract)
	}
	if len(remarks) != len(files) {
		t.Errorf("the checker has remarks on %d pages; has it read all %d?", len(remarks), len(files))
	}
}

// Views of a phone, a tablet and a desk, by day and by night.
var (
	phone      = browser.View{Name: "phone", Width: 320, Height: 568}
	phoneNight = browser.View{Name: "phone night", Width: 320, Height: 568, Dark: true}
	tablet     = browser.View{Name: "tablet", Width: 768, Height: 1024}
	desk       = browser.View{Name: "desk", Width: 1400, Height: 900}
	deskNight  = browser.View{Name: "desk night", Width: 1400, Height: 900, Dark: true}
)

// Browsers show all pages on narrow and wide screens, by day and by night: nothing is wider than the page but what scrolls in
// a box of its own, letters have a contrast of 4.5:1, every link leads to a place that is shown.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("pages are opened in a browser")
	}
	dir := t.TempDir()
	var books []browser.Book
	for _, file := range write(t, dir, func(name string) bool { return name != "large" }) {
		name := filepath.Base(file)
		books = append(books, browser.Book{Name: name, Dir: dir, Docs: []string{name}, Start: []string{name}, Web: true})
	}
	seen := browser.Read(t, books, []browser.View{phone, phoneNight, tablet, desk, deskNight})
	if seen.Links < 500 {
		t.Errorf("only %d links were followed", seen.Links)
	}
}

// Pages are in order for axe-core.
func TestAxe(t *testing.T) {
	if testing.Short() {
		t.Skip("pages are opened in a browser")
	}
	files := write(t, t.TempDir(), func(name string) bool {
		switch name {
		case "bundled", "large", "tangled", "notes", "chapters", "empty", "chinese": // the mark-up is in the others
			return false
		}
		return true
	})
	browser.Axe(t, files, []browser.View{phone, deskNight})
}
