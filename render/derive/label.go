package derive

import (
	"strconv"
	"strings"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/words"
)

// Title returns the title of an appendix. That of action items says what there is.
func (f *Facts) Title(a Appendix, w *words.Words) string {
	more := w.Appendix()
	switch a {
	case Actions:
		kinds := [2]bool{}
		for _, i := range f.items {
			kinds[i.Kind] = true
		}
		switch {
		case !kinds[Decision]:
			return more.Actions
		case !kinds[Action]:
			return more.Decisions
		}
		return more.Both
	case Chronology:
		return more.Chronology
	case Topics:
		return w.Tags
	case Speakers:
		return w.Speakers
	case Colophon:
		return more.Colophon
	}
	return string(a)
}

// Row is a line of the colophon.
type Row struct {
	Label, Value string
	Pages        bool // the value is the number of pages, which the format knows
}

// Colophon returns what the book is made of. Generator is the program's name and version.
func (f *Facts) Colophon(w *words.Words, generator string) []Row {
	s, more := f.Stats(), w.Appendix()
	var rows []Row
	count := func(label string, n int) {
		if n > 0 {
			rows = append(rows, Row{Label: label, Value: Count(n)})
		}
	}
	count(more.Events, s.Events)
	count(more.Talks, s.Talks)
	if s.Entries != s.Talks {
		count(more.Entries, s.Entries)
	}
	count(w.Speakers, s.Speakers)
	count(w.Tags, s.Topics)
	count(more.WordCount, s.Words)
	rows = append(rows, Row{Label: w.Pages, Pages: true})
	if d := f.newest(); !d.IsZero() {
		rows = append(rows, Row{Label: more.Newest, Value: w.Day(d)})
	}
	if generator != "" {
		rows = append(rows, Row{Label: more.MadeWith, Value: generator})
	}
	return rows
}

// newest returns the latest day of a talk or event.
func (f *Facts) newest() tree.Date {
	var last tree.Date
	see := func(d tree.Date) {
		if d.Compare(last) > 0 {
			last = d
		}
	}
	for _, e := range f.Book.Events {
		see(e.Start)
		see(e.End)
	}
	for _, p := range f.Talks {
		see(p.Talk.Date)
	}
	return last
}

// Count writes a number with narrow spaces between groups of three digits from five digits on (ISO 80000-1 §7.3.1).
func Count(n int) string {
	s := strconv.Itoa(n)
	if len(s) < 5 {
		return s
	}
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, parts...), "\u202f")
}
