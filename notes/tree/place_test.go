package tree_test

import (
	"testing"

	"github.com/evbook/evbook/notes/tree"
)

// Places count what prints ink: spaces, soft hyphens and controls can be put in and taken out without moving them.
func TestLetters(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int
	}{{"", 0}, {"a b", 2}, {"  a\u00A0\u202Fb\n", 2}, {"hy\u00ADphen", 6}, {"日本 語", 3}, {"\x07x\uFEFF", 1}, {"e\u0301", 2}} {
		if got := tree.CountLetters(tt.text); got != tt.want {
			t.Errorf("CountLetters(%q) = %d, want %d", tt.text, got, tt.want)
		}
	}
	const text = "one  two\u00AD!"
	for n, want := range []string{text, "ne  two\u00AD!", "e  two\u00AD!", "two\u00AD!", "wo\u00AD!", "o\u00AD!", "!"} {
		at, ok := tree.BeforeLetter(text, n)
		if !ok || text[at:] != want {
			t.Errorf("BeforeLetter(%q, %d) = %q, %t, want %q", text, n, text[at:], ok, want)
		}
	}
	if at, ok := tree.BeforeLetter(text, 7); ok || at != len(text) {
		t.Errorf("there is a letter behind the last: %d, %t", at, ok)
	}
}
