package words

import (
	"strconv"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// Day writes a date out, such as "17 July 2012"; nothing for an unknown date.
func (w *Words) Day(d tree.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.fill(w.day, d, d)
}

// Days writes a span of days as briefly as the language allows: "17–20 July 2012", "30 June – 2 July 2012". A span with
// one end unknown is the other end.
func (w *Words) Days(from, to tree.Date) string {
	switch {
	case from.IsZero():
		return w.Day(to)
	case to.IsZero(), from == to:
		return w.Day(from)
	case from.Year != to.Year:
		return w.Day(from) + " – " + w.Day(to)
	case from.Month != to.Month:
		return w.fill(w.sameYear, from, to)
	}
	return w.fill(w.sameMon, from, to)
}

// Clocks writes a span of times of day: "14:00–14:45".
func (w *Words) Clocks(from, to tree.Clock) string {
	if from == "" || to == "" {
		return string(from + to)
	}
	return string(from + "–" + to)
}

// fill puts days into a pattern: d and e are the days, m and n the months, y the year of both. The letters stand alone
// between other characters, so that words such as "de" of a pattern are left as they are.
func (w *Words) fill(pattern string, from, to tree.Date) string {
	var b strings.Builder
	for i, r := range pattern {
		word := i > 0 && isLetter(pattern[i-1]) || i+1 < len(pattern) && isLetter(pattern[i+1])
		switch {
		case word:
			b.WriteRune(r)
		case r == 'd':
			b.WriteString(w.number(from.Day))
		case r == 'e':
			b.WriteString(w.number(to.Day))
		case r == 'm':
			b.WriteString(w.months[from.Month-1])
		case r == 'n':
			b.WriteString(w.months[to.Month-1])
		case r == 'y':
			b.WriteString(strconv.Itoa(from.Year))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' }

// number writes the day of a month; French has an ordinal for the first.
func (w *Words) number(day int) string {
	if day == 1 && w.Lang == "fr" {
		return "1er"
	}
	return strconv.Itoa(day)
}
