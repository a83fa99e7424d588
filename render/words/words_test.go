package words_test

import (
	"reflect"
	"testing"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/words"
)

func date(s string) tree.Date {
	d, err := tree.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestDays(t *testing.T) {
	for _, tt := range []struct{ lang, from, to, want string }{
		{"en", "2012-07-16", "2012-07-20", "16–20\u00a0July 2012"},
		{"en-GB", "2012-06-30", "2012-07-02", "30\u00a0June – 2\u00a0July 2012"},
		{"en", "2012-12-31", "2013-01-01", "31\u00a0December 2012 – 1\u00a0January 2013"},
		{"en", "2012-07-16", "2012-07-16", "16\u00a0July 2012"},
		{"de", "2012-07-16", "2012-07-20", "16.–20.\u00a0Juli 2012"},
		{"de-AT", "2012-03-30", "2012-04-02", "30.\u00a0März – 2.\u00a0April 2012"},
		{"fr", "2012-08-01", "2012-08-03", "1er–3\u00a0août 2012"},
		{"es", "2012-07-16", "2012-07-20", "16–20\u00a0de julio de 2012"},
		{"pt-BR", "2012-03-30", "2012-04-02", "30\u00a0de março – 2\u00a0de abril de 2012"},
		{"xx", "2012-07-16", "2012-07-20", "16–20\u00a0July 2012"},
	} {
		if got := words.For(tt.lang).Days(date(tt.from), date(tt.to)); got != tt.want {
			t.Errorf("Days(%s, %s) in %s = %q, want %q", tt.from, tt.to, tt.lang, got, tt.want)
		}
	}
	w := words.For("en")
	if got := w.Days(tree.Date{}, date("2012-07-20")); got != "20\u00a0July 2012" {
		t.Errorf("a span without its first day is %q", got)
	}
	if got := w.Days(tree.Date{}, tree.Date{}); got != "" {
		t.Errorf("an unknown span is %q", got)
	}
}

func TestList(t *testing.T) {
	w := words.For("de")
	for _, tt := range []struct {
		items []string
		want  string
	}{{nil, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a und b"}, {[]string{"a", "b", "c"}, "a, b und c"}} {
		if got := w.List(tt.items); got != tt.want {
			t.Errorf("List(%q) = %q, want %q", tt.items, got, tt.want)
		}
	}
}

// Every language has every word: an empty label would print as nothing.
func TestComplete(t *testing.T) {
	for _, lang := range []string{"en", "de", "fr", "es", "it", "nl", "pt"} {
		w := words.For(lang)
		if w.Lang != lang {
			t.Errorf("no words for %s", lang)
		}
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s: no word for %s", lang, v.Type().Field(i).Name)
			}
		}
	}
}

func TestRightToLeft(t *testing.T) {
	for lang, want := range map[string]bool{"en": false, "ar": true, "he": true, "fa-IR": true, "az-Arab": true, "ja": false, "": false, "no tag": false} {
		if got := words.RightToLeft(lang); got != want {
			t.Errorf("RightToLeft(%q) = %v", lang, got)
		}
	}
}
