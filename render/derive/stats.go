package derive

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// Stats are the numbers of a book.
type Stats struct {
	Events   int // parts that have days
	Parts    int // all parts
	Talks    int // entries with speakers, of sections of talks
	Entries  int // all entries: talks, exhibitors, chapters
	Speakers int
	Topics   int
	Words    int // of the notes, footnotes and code included
}

// Stats counts.
func (f *Facts) Stats() Stats {
	s := Stats{Parts: len(f.Book.Events), Entries: len(f.Talks), Speakers: len(f.people), Topics: len(f.topics)}
	for _, e := range f.Book.Events {
		if !e.Start.IsZero() || !e.End.IsZero() {
			s.Events++
		}
	}
	for _, p := range f.Talks {
		if len(p.Talk.Speakers) > 0 {
			s.Talks++
		}
	}
	for range strings.FieldsSeq(tree.Words(f.Book)) {
		s.Words++
	}
	return s
}

// Appendix is a piece of the book that the program makes from the notes.
type Appendix string

// The appendices, in the order in which they stand at the end of the book.
const (
	Actions    Appendix = "actions"    // action items and decisions
	Chronology Appendix = "chronology" // all talks by date
	Topics     Appendix = "topics"     // an index
	Speakers   Appendix = "speakers"   // an index
	Colophon   Appendix = "colophon"   // what the book is made of
)

// All lists the appendices in their order.
var All = []Appendix{Actions, Chronology, Topics, Speakers, Colophon}

// ID returns the id of an appendix in the book.
func (a Appendix) ID() string { return "appendix--" + string(a) }

// Appendices returns the appendices that the book's settings ask for and its notes have something to say in.
func (f *Facts) Appendices() []Appendix {
	var out []Appendix
	wanted := f.Book.Meta.Appendix
	for _, a := range All {
		if (len(wanted) == 0 || slices.Contains(wanted, string(a))) && f.has(a) {
			out = append(out, a)
		}
	}
	return out
}

func (f *Facts) has(a Appendix) bool {
	switch a {
	case Actions:
		return len(f.items) > 0
	case Chronology:
		list := f.Chronology()
		return len(list) > 1 && list[0].Talk.Date != list[len(list)-1].Talk.Date
	case Topics:
		return len(f.topics) > 0
	case Speakers:
		return len(f.people) > 0
	case Colophon:
		// A colophon of the author's own comes first; and a plain text without talks has nothing to count.
		return (len(f.people) > 0 || f.dated()) && !slices.ContainsFunc(f.Book.Back, func(c *tree.Chapter) bool { return c.Role == "colophon" })
	}
	return false
}

func (f *Facts) dated() bool {
	first, _ := f.Years()
	return first > 0
}
