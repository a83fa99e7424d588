package typeset

import (
	"slices"
	"strings"
	"testing"
)

// TestWordsAreRemembered holds that a word set for the second time, among other words and in other paragraphs, breaks as it
// did the first time.
func TestWordsAreRemembered(t *testing.T) {
	texts := []string{
		"A documentation of conferences: documentation, (documentation) and “documentation”.",
		"documentation well-known documentation/conferences https://example.org/documentation x",
		"Documentation. DOCUMENTATION documentation1 documentation\u00A0conferences 日本語documentation",
		"documentation",
	}
	shared := newSetter(t)
	styles := slices.Repeat([]style{shared.textStyle()}, 4)
	styles[1].hyphenate = false
	styles[2].protrude = !styles[2].protrude
	styles[3].look.italic = true
	for range 2 {
		for _, text := range texts {
			for _, st := range styles {
				fresh := newSetter(t)
				want, wantPieces := fresh.items(fresh.text(text, st, nil), 200*lead, false)
				got, pieces := shared.items(shared.text(text, st, nil), 200*lead, false)
				if !slices.Equal(got, want) {
					t.Errorf("%q has the items\n%v, the first time\n%v", text, got, want)
				}
				if a, b := printed(text, pieces), printed(text, wantPieces); a != b {
					t.Errorf("%q is cut into %s, the first time %s", text, a, b)
				}
			}
		}
	}
}

// printed shows what the pieces of a paragraph print.
func printed(text string, pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(itoa(int(p.kind)) + text[p.start:p.end] + "|")
		if (p.kind == pieceText || p.kind == pieceHyphen) && (p.frag == nil || p.frag.start > p.start || p.frag.end < p.end) {
			b.WriteString("(of another frag)")
		}
	}
	return b.String()
}
