// Package explain tells what the stable codes of diagnostics mean, with an example and advice for each.
package explain

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/evbook/evbook/notes/diag"
)

//go:embed codes.md
var text string

// Entry is the explanation of a code.
type Entry struct {
	Code    diag.Code // a code that ends in a star stands for all codes that begin so
	Summary string    // one sentence or two
	Text    string    // the whole explanation in Markdown, the summary included, without a heading
}

var entries = sync.OnceValue(func() []Entry {
	var list []Entry
	for _, section := range strings.Split(text, "\n## ")[1:] {
		code, body, _ := strings.Cut(section, "\n")
		body = strings.TrimSpace(body)
		summary, _, _ := strings.Cut(body, "\n\n")
		list = append(list, Entry{diag.Code(strings.TrimSpace(code)), strings.Join(strings.Fields(summary), " "), body})
	}
	return list
})

// All returns the explanations in the order of their codes.
func All() []Entry { return slices.Clone(entries()) }

// Lookup returns the explanation of a code: its own, else that of the longest beginning with a star.
func Lookup(code diag.Code) (Entry, bool) {
	best, found := Entry{}, false
	for _, e := range entries() {
		if e.Code == code {
			return e, true
		}
		if start, ok := strings.CutSuffix(string(e.Code), "*"); ok && strings.HasPrefix(string(code), start) && (!found || len(e.Code) > len(best.Code)) {
			best, found = e, true
		}
	}
	return best, found
}
