package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCheckKnowsTheMeasure: check names lines of code and tables that the chosen layout has no room for, by their lines.
func TestCheckKnowsTheMeasure(t *testing.T) {
	row := func(n int, cell string) string { return strings.Repeat("| "+cell+" ", n) + "|\n" }
	text := "# Talk\n\n```sh\nshort\n" + strings.Repeat("x", 66) + "\n```\n\n- item\n\n  ```sh\n  short\n  short\n  " + strings.Repeat("word ", 30) + "\n  " + strings.Repeat("more ", 30) + "\n  ```\n\nAnd:\n\n" +
		"    indented\n    " + strings.Repeat("code ", 30) + "\n\n" + row(3, "a") + row(3, "---") + row(3, "b") + "\n" + row(24, "heading") + row(24, "---") + row(24, "12345678901") + "\nEnd.\n"
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "talk.md"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	check := func(layout string) []string {
		t.Helper()
		var stderr bytes.Buffer
		a := &app{stdout: &bytes.Buffer{}, stderr: &stderr, getenv: func(string) string { return "" }}
		if code := a.run(context.Background(), []string{"check", "-l", layout, dir}); code != exitOK {
			t.Errorf("exit code %d", code)
		}
		var found []string
		for line := range strings.Lines(stderr.String()) {
			if place, rest, ok := strings.Cut(line, ": "); ok && strings.Contains(rest, "[") {
				number := strings.Split(strings.TrimPrefix(place, filepath.ToSlash(dir)), ":")[1]
				found = append(found, number+rest[strings.LastIndex(rest, " "):len(rest)-1])
			}
		}
		return found
	}
	wide, narrow := check("a4"), check("a5")
	if got, want := strings.Join(wide, ""), "13 [code-line-wide]20 [code-line-wide]26 [table-narrowed]"; got != want {
		t.Errorf("a4: got %s, want %s", got, want)
	}
	if got, want := strings.Join(narrow, ""), "5 [code-line-wide]13 [code-line-wide]20 [code-line-wide]26 [table-narrowed]"; got != want {
		t.Errorf("a5: got %s, want %s", got, want)
	}
}
