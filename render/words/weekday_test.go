package words_test

import (
	"testing"

	"github.com/evbook/evbook/render/words"
)

func TestDaysOfTheWeekAndOfTheYear(t *testing.T) {
	for lang, want := range map[string][2]string{
		"en": {"Tuesday", "17\u00a0July"}, "de": {"Dienstag", "17.\u00a0Juli"}, "fr": {"Mardi", "17\u00a0juillet"},
		"es": {"Martes", "17\u00a0de julio"}, "it": {"Martedì", "17\u00a0luglio"}, "nl": {"Dinsdag", "17\u00a0juli"},
		"pt": {"Terça-feira", "17\u00a0de julho"},
	} {
		w, d := words.For(lang), date("2012-07-17")
		if got := [2]string{w.Weekday(d), w.DayMonth(d)}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
