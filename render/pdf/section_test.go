package pdf

import (
	"bytes"
	"strings"
	"testing"
)

func TestAppendValue(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{dict{{"S", name("P")}, {"K", 3}, {"P", ref(7)}, {"T", text("a (b)")}, {"A", array{1, true}}, {"D", dict{}}},
			`<</S/P/K 3/P 7 0 R/T(a \(b\))/A[1 true]/D<<>>>>`},
		{milli(-1250), "-1.25"},
		{text("naïve"), "<FEFF006E0061" + "00EF" + "00760065>"},
		{octets("talks-2024--a"), "(talks-2024--a)"},
		{octets("caf\xC3\xA9"), "<636166C3A9>"},
		{name("a b"), "/a#20b"},
	} {
		if got := string(appendValue(nil, c.value)); got != c.want {
			t.Errorf("%T: %s, want %s", c.value, got, c.want)
		}
	}
}

// TestSections has more objects than an object stream holds, in several sections that are written last to first.
func TestSections(t *testing.T) {
	build := func(skip ref) (string, error) {
		f := &file{}
		var sections []*section
		for range 3 {
			sections = append(sections, f.section())
		}
		n := 2*perPack + 10
		for range 3 * n {
			f.reserve()
		}
		f.root, f.info = 1, 2
		for i := 2; i >= 0; i-- {
			for k := range n {
				if r := ref(i*n + k + 1); r != skip {
					sections[i].set(r, int(r))
				}
			}
		}
		var b bytes.Buffer
		err := f.writeTo(&b)
		return b.String(), err
	}
	pdf, err := build(0)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(pdf, "/Type/ObjStm"); got != 9 {
		t.Errorf("%d object streams, want 9", got)
	}
	if _, err := build(5); err == nil || !strings.Contains(err.Error(), "object 5 was reserved and never set") {
		t.Errorf("an object that was never set: %v", err)
	}
}
