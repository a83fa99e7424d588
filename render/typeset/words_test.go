package typeset

import (
	"testing"

	"github.com/evbook/evbook/notes/tree"
)

func TestDates(t *testing.T) {
	date := func(s string) tree.Date {
		if s == "" {
			return tree.Date{}
		}
		d, err := tree.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	tests := []struct{ lang, start, end, want string }{
		{"en", "2012-07-17", "2012-07-20", "17–20\u00A0July 2012"},
		{"en", "2012-07-17", "2012-07-17", "17\u00A0July 2012"},
		{"en", "2012-07-17", "", "17\u00A0July 2012"},
		{"en", "", "2012-07-17", "17\u00A0July 2012"},
		{"en", "2012-07-30", "2012-08-02", "30\u00A0July – 2\u00A0August 2012"},
		{"en", "2012-12-30", "2013-01-02", "30\u00A0December 2012 – 2\u00A0January 2013"},
		{"de-CH", "2012-03-17", "2012-03-20", "17.–20.\u00A0März 2012"},
		{"xx", "2012-07-17", "", "17\u00A0July 2012"},
		{"en", "", "", ""},
	}
	for _, tt := range tests {
		w := wordsFor(tt.lang)
		if got := w.dates(date(tt.start), date(tt.end)); got != tt.want {
			t.Errorf("%s: dates(%s, %s) = %q, want %q", tt.lang, tt.start, tt.end, got, tt.want)
		}
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "i", 4: "iv", 9: "ix", 14: "xiv", 49: "xlix", 1999: "mcmxcix", 0: "0"} {
		if got := roman(n); got != want {
			t.Errorf("roman(%d) = %q, want %q", n, got, want)
		}
	}
}
