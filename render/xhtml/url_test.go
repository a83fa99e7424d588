package xhtml_test

import (
	"net/url"
	"testing"

	"github.com/evbook/evbook/render/xhtml"
)

func TestCleanURL(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://example.org/a b?c=d e#f g", "https://example.org/a%20b?c=d%20e#f%20g"},
		{"http://exämple.org/ü", "http://xn--exmple-cua.org/%C3%BC"},
		{"HTTP://EXAMPLE.org", "http://example.org"},
		{"//example.org/x", "https://example.org/x"},
		{"https://example.org/100%", "https://example.org/100%25"},
		{"https://example.org/%zz%20", "https://example.org/%25zz%20"},
		{"https://example.org/[x]|{y}", "https://example.org/%5Bx%5D%7C%7By%7D"},
		{"http://a_b.example.org/", "http://a_b.example.org/"},
		{"http://[::1]:80/", "http://[::1]:80/"},
		{"http://user:pw@example.org:8080/a:b@c", "http://user:pw@example.org:8080/a:b@c"},
		{"https://example.org/#a#b", "https://example.org/#a%23b"},
		{"mailto:a@example.org?subject=x y", "mailto:a@example.org?subject=x%20y"},
		{"", ""}, {"talk.md", ""}, {"/abs", ""}, {"#frag", ""}, {"file:///x", ""}, {"javascript:alert(1)", ""}, {"data:text/plain,x", ""},
		{"https://", ""}, {"mailto:", ""}, {"c:\\x", ""},
	} {
		got, ok := xhtml.CleanURL(tt.in)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("CleanURL(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

// What comes out is an absolute URL, and cleaning it once more changes nothing.
func FuzzCleanURL(f *testing.F) {
	for _, s := range []string{"https://example.org/a b", "http://ü/#x#y", "mailto:x", "http://[::1", "https://a:b:c/\\", "https://%00/\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, ok := xhtml.CleanURL(raw)
		if !ok {
			return
		}
		if u, err := url.Parse(got); err != nil || !u.IsAbs() {
			t.Errorf("CleanURL(%q) = %q: %v", raw, got, err)
		}
		if again, ok := xhtml.CleanURL(got); !ok || again != got {
			t.Errorf("CleanURL(%q) = %q, and of that %q", raw, got, again)
		}
	})
}
