package typeset

import (
	"strconv"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

func itoa(n int) string { return strconv.Itoa(n) }

// words are what the typesetter itself says in a book, in one language.
type words struct {
	contents, note, speakers, venue, site, date, time, track, tags, talks, by, typeset string
	months                                                                             [12]string
	alerts                                                                             map[string]string
	day                                                                                string // between day and month: "." in German
}

var english = words{
	contents: "Contents", note: "Note", speakers: "Speakers", venue: "Venue", site: "Site", date: "Date", time: "Time",
	track: "Track", tags: "Tags", talks: "Talks", by: "by", typeset: "Set in %s, %s and %s by %s.",
	months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	alerts: map[string]string{"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution"},
}

var vocabularies = map[string]words{
	"en": english,
	"de": {
		contents: "Inhalt", note: "Anmerkung", speakers: "Vortragende", venue: "Ort", site: "Website", date: "Datum", time: "Zeit",
		track: "Reihe", tags: "Schlagwörter", talks: "Vorträge", by: "von", typeset: "Gesetzt aus %s, %s und %s mit %s.", day: ".",
		months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		alerts: map[string]string{"note": "Hinweis", "tip": "Tipp", "important": "Wichtig", "warning": "Warnung", "caution": "Vorsicht"},
	},
	"fr": {
		contents: "Table des matières", note: "Note", speakers: "Intervenants", venue: "Lieu", site: "Site", date: "Date", time: "Heure",
		track: "Thème", tags: "Mots-clés", talks: "Exposés", by: "par", typeset: "Composé en %s, %s et %s avec %s.",
		months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		alerts: map[string]string{"note": "Note", "tip": "Conseil", "important": "Important", "warning": "Avertissement", "caution": "Attention"},
	},
	"es": {
		contents: "Índice", note: "Nota", speakers: "Ponentes", venue: "Lugar", site: "Sitio", date: "Fecha", time: "Hora",
		track: "Sección", tags: "Etiquetas", talks: "Ponencias", by: "por", typeset: "Compuesto en %s, %s y %s con %s.", day: " de",
		months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
		alerts: map[string]string{"note": "Nota", "tip": "Consejo", "important": "Importante", "warning": "Advertencia", "caution": "Precaución"},
	},
}

// wordsFor returns the words of a language, English for those that evbook does not know.
func wordsFor(lang string) words {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if w, ok := vocabularies[base]; ok {
		return w
	}
	return english
}

// alert is the title of an alert that has none.
func (w *words) alert(kind string) string {
	if t, ok := w.alerts[kind]; ok {
		return t
	}
	return kind
}

// dateOf writes a date in words: 17 July 2012.
func (w *words) dateOf(d tree.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.dayMonth(d) + " " + itoa(d.Year)
}

func (w *words) dayMonth(d tree.Date) string {
	return itoa(d.Day) + w.day + "\u00A0" + w.months[int(d.Month)-1]
}

// dates writes a span of days in words and says no more than needed: 17–20 July 2012, 30 July – 2 August 2012.
func (w *words) dates(start, end tree.Date) string {
	switch {
	case end.IsZero() || start == end:
		return w.dateOf(start)
	case start.IsZero():
		return w.dateOf(end)
	case start.Year != end.Year:
		return w.dateOf(start) + " – " + w.dateOf(end)
	case start.Month != end.Month:
		return w.dayMonth(start) + " – " + w.dateOf(end)
	}
	return itoa(start.Day) + w.day + "–" + w.dateOf(end)
}

// roman writes a number in lower-case Roman numerals; numbers below 1 are written in digits.
func roman(n int) string {
	if n < 1 {
		return itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		v int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= r.v {
			b.WriteString(r.s)
			n -= r.v
		}
	}
	return b.String()
}
