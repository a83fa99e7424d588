package notes_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
)

// TestAliasesOfAliases: a few lines that stand for billions of values cost neither time nor memory.
func TestAliasesOfAliases(t *testing.T) {
	text := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		text += fmt.Sprintf("a%d: &a%d [*a%d, *a%[3]d, *a%[3]d, *a%[3]d, *a%[3]d, *a%[3]d, *a%[3]d, *a%[3]d, *a%[3]d]\n", i, i, i-1)
	}
	for _, fsys := range []fstest.MapFS{files("a.md", "---\n"+text+"---\n# A\n"), files("a.md", "# A\n", "book.yaml", text)} {
		_, seen := load(t, fsys, notes.Options{})
		if !slices.ContainsFunc(seen, func(d diag.Diagnostic) bool {
			return d.Code == notes.CodeType && strings.Contains(d.Message, "more than 50000 values")
		}) {
			t.Errorf("not reported: %v", seen[:min(3, len(seen))])
		}
	}
}
