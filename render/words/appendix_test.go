package words

import (
	"reflect"
	"strings"
	"testing"
)

func TestEveryLanguageHasTheWordsOfAppendices(t *testing.T) {
	for _, w := range all {
		a, ok := appendices[w.Lang]
		if !ok {
			t.Errorf("%s has no words for appendices", w.Lang)
			continue
		}
		v, english := reflect.ValueOf(*a), reflect.ValueOf(*appendices["en"])
		for i := range v.NumField() {
			got, want := v.Field(i).String(), english.Field(i).String()
			if got == "" || strings.Count(got, "%") != strings.Count(want, "%") {
				t.Errorf("%s, %s: %q", w.Lang, v.Type().Field(i).Name, got)
			}
		}
	}
}
