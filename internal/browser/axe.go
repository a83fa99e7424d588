package browser

import (
	_ "embed"
	"testing"
)

//go:embed axe.js
var axeScript string

// Axe opens web pages in all views and has axe-core, the engine behind most accessibility checkers, judge them by all of its
// rules, best practices included. What it cannot decide is left out.
func Axe(t testing.TB, files []string, views []View) {
	t.Helper()
	var seen struct {
		Pages    int
		Findings []struct{ File, View, What string }
	}
	run(t, axeScript, map[string]any{"files": files, "views": views}, &seen)
	if want := len(files) * len(views); seen.Pages != want {
		t.Errorf("%d pages were judged, want %d", seen.Pages, want)
	}
	for _, f := range seen.Findings {
		t.Errorf("%s, %s: %s", f.File, f.View, f.What)
	}
}
