package words

import (
	"reflect"
	"strings"
	"testing"
)

func TestEveryLanguageHasTheWordsOfPages(t *testing.T) {
	for _, w := range all {
		m, ok := matters[w.Lang]
		if !ok {
			t.Errorf("%s has no words for what stands beside the text", w.Lang)
			continue
		}
		v, english := reflect.ValueOf(*m), reflect.ValueOf(*matters["en"])
		for i := range v.NumField() {
			got, want := v.Field(i).String(), english.Field(i).String()
			if got == "" || strings.Count(got, "%s") != strings.Count(want, "%s") {
				t.Errorf("%s, %s: %q", w.Lang, v.Type().Field(i).Name, got)
			}
		}
	}
}
