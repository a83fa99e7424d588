package linebreak_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/evbook/evbook/render/typeset/linebreak"
)

func cut(s string, breaks []int) string {
	var b strings.Builder
	at := 0
	for _, k := range breaks {
		b.WriteString(s[at:k] + "|")
		at = k
	}
	return b.String() + s[at:]
}

func TestPathBreaks(t *testing.T) {
	for _, test := range []struct{ want string }{
		{"https://|example|.com|/a|/page|.html|?q|=1|&r|=two|#top"},
		{"https://|example|.com/"},
		{"/usr|/local|/lib"},
		{"go|-text|/typesetting"},
		{"snake|_case|_name"},
		{"first|.last|@example|.org"},
		{"a//b"},
		{"__init__"},
		{"obj|.__set|_name__"},
		{"Django|==1.4.3"},
		{"192.168.0.1|/index"},
		{"iter(|iterable,|sentinel)"},
		{"enumerate()"},
		{"json|_val('author')..."},
		{"f(1,000)"},
		{"json|_val('author')"},
		{"d[|key]|.update(|_x)"},
		{"lp:|sample"},
		{"std::|vector"},
		{"Line|Item"},
		{"setUp()"},
		{"Test|Server|Case|.assert|Equal(|x)"},
		{"x"},
		{""},
		{"/"},
		{"https://"},
		{"0123456789abcdef01234567"},
		{"01|2|3|4|5|6|7|8|9|a|b|c|d|e|f|0|1|2|3|4|5|6|78"},
		{"日本語|.jp|/道"},
	} {
		s := strings.ReplaceAll(test.want, "|", "")
		if got := cut(s, linebreak.PathBreaks(s)); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestIsPath(t *testing.T) {
	for _, w := range []string{"https://x.org", "example.com", "a/b/c", "/etc", "me@example.org", "snake_case", "std::vector", "C\\dir", "Node.js", "x=1"} {
		if !linebreak.IsPath(w) {
			t.Errorf("%s is no path", w)
		}
	}
	for _, w := range []string{"word", "end.", "well-known", "(brackets)", "what?", "“quote.”", "e.", "50%", "", "R&D", "C++", "and/or", "3.14", "v1.2", "e.g.", "U.S.A.", "1/2"} {
		if linebreak.IsPath(w) {
			t.Errorf("%s is a path", w)
		}
	}
}

func FuzzPathBreaks(f *testing.F) {
	for _, s := range []string{"https://example.com/a?b=c", "::://///", "é/é", strings.Repeat("x", 300), "\xff\xff/\xff.\xff", strings.Repeat("e\u0301", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, k := range linebreak.PathBreaks(s) {
			if k <= last || k >= len(s) {
				t.Fatalf("%q: break at %d after %d", s, k, last)
			}
			if utf8.ValidString(s) && !utf8.RuneStart(s[k]) {
				t.Fatalf("%q: break at %d is inside a character", s, k)
			}
			last = k
		}
	})
}
