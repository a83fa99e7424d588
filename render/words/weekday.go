package words

import (
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// weekdays are the names of the days of the week, from Sunday on, as they stand alone.
var weekdays = map[string][7]string{
	"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	"de": {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
	"fr": {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
	"es": {"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
	"it": {"domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"},
	"nl": {"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
	"pt": {"domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"},
}

// Weekday names the day of the week, with a capital letter as at the head of a column; nothing for an unknown date.
func (w *Words) Weekday(d tree.Date) string {
	if d.IsZero() {
		return ""
	}
	name := weekdays[w.Lang][d.Time().Weekday()]
	return strings.ToUpper(name[:1]) + name[1:] // no name begins with a letter beyond ASCII
}

// DayMonth writes a date without its year: "17 July".
func (w *Words) DayMonth(d tree.Date) string {
	if d.IsZero() {
		return ""
	}
	pattern := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w.day, "y"), " "), " de")
	return w.fill(pattern, d, d)
}

// Month names the month of a date.
func (w *Words) Month(d tree.Date) string { return w.months[d.Month-1] }
