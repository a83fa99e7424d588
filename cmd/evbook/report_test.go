package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLongListsAreShortened: of a fault that is made again and again people see the first places and a count; programs, and
// those who ask for them, get all.
func TestLongListsAreShortened(t *testing.T) {
	dir := t.TempDir()
	for i := range 30 {
		text := fmt.Sprintf("# Note %d\n\n[a](gone.md)\n\n![x](gone.png)\n\n[b](gone-too.md)\n", i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("n%02d.md", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	check := func(args ...string) string {
		t.Helper()
		var stderr bytes.Buffer
		a := &app{stdout: &bytes.Buffer{}, stderr: &stderr, getenv: func(string) string { return "" }}
		if code := a.run(context.Background(), append([]string{"check"}, append(args, dir)...)); code != exitContent {
			t.Errorf("%v: exit code %d\n%s", args, code, stderr.String())
		}
		return stderr.String()
	}
	short := check()
	if n := strings.Count(short, "does not exist [image-missing]"); n != mostOfCode {
		t.Errorf("%d missing images are printed\n%s", n, short)
	}
	for _, want := range []string{"and 10 more of [image-missing] in 10 files", "and 40 more of [link-unresolved] in 20 files", "--all prints them too", "30 errors, 60 warnings in 30 files"} {
		if !strings.Contains(short, want) {
			t.Errorf("%q is not said\n%s", want, short)
		}
	}
	for _, args := range [][]string{{"--all"}, {"--diagnostics", "json"}, {"--diagnostics", "github"}} {
		if out := check(args...); strings.Count(out, "image-missing") != 30 || strings.Contains(out, " more of ") {
			t.Errorf("%v: %d missing images\n%s", args, strings.Count(out, "image-missing"), out)
		}
	}
}
