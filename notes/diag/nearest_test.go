package diag_test

import (
	"testing"

	"github.com/evbook/evbook/notes/diag"
)

func TestNearest(t *testing.T) {
	keys := []string{"title", "subtitle", "speakers", "slides", "language", "id"}
	tests := []struct{ word, want string }{
		{"titel", "title"},
		{"Tilte", "title"},
		{"speaker", "speakers"},
		{"sldies", "slides"},
		{"lang", ""},
		{"langauge", "language"},
		{"colour", ""},
		{"ID", "id"},
		{"xy", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := diag.Nearest(tt.word, keys); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
