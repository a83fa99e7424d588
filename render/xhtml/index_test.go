package xhtml_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/xhtml"
)

func TestAnchor(t *testing.T) {
	for _, tt := range []struct{ id, want string }{
		{"oscon-2012", "oscon-2012"}, {"a/b c", "a-b-c"}, {"2012-review", "x-2012-review"}, {"Mixed_Case.1", "Mixed_Case.1"},
	} {
		if got := xhtml.Anchor(tt.id); got != tt.want {
			t.Errorf("Anchor(%q) = %q, want %q", tt.id, got, tt.want)
		}
	}
	legal := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,63}$`)
	seen := map[string]string{}
	for _, id := range []string{"", "日本語", "日本", "é", "è", "e", "-x", "_1", "x-2012", "2012", "x-x", ".", strings.Repeat("long-", 30), strings.Repeat("long-", 31), "a:b", "a b\x00"} {
		got := xhtml.Anchor(id)
		if !legal.MatchString(got) {
			t.Errorf("Anchor(%q) = %q is no name", id, got)
		}
		if other, ok := seen[got]; ok {
			t.Errorf("%q and %q both become %q", id, other, got)
		}
		seen[got] = id
	}
}
