package lazyregexp_test

import (
	"testing"

	"github.com/evbook/evbook/internal/lazyregexp"
)

func TestRegexp(t *testing.T) {
	r := lazyregexp.New(`(\d+)-(\d+)`)
	if m := r.FindStringSubmatch("pages 12-15"); len(m) != 3 || m[1] != "12" || m[2] != "15" {
		t.Errorf("FindStringSubmatch = %q", m)
	}
	if r.MatchString("none") {
		t.Error("no figures match")
	}
	defer func() {
		if recover() == nil {
			t.Error("a faulty expression is not noticed in tests")
		}
	}()
	lazyregexp.New(`(`)
}
