package browser

import (
	_ "embed"
	"testing"
)

//go:embed ace.js
var aceScript string

// AceReport is what Ace says about one EPUB.
type AceReport struct {
	Book       string   // the path that was given
	Pages      int      // content documents that were opened
	Violations []string // one a place: document, rule, impact, what is wrong
	Seconds    float64  // that it took
	Failure    string   // why Ace could not finish; empty when it did
}

// Ace runs Ace by DAISY over EPUB files and returns its reports in the same order.
func Ace(t testing.TB, files []string) []AceReport {
	t.Helper()
	var reports []AceReport
	run(t, aceScript, map[string]any{"books": files, "temp": t.TempDir()}, &reports)
	if len(reports) != len(files) {
		t.Fatalf("Ace reports on %d books of %d", len(reports), len(files))
	}
	return reports
}
