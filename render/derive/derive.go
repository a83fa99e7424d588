// Package derive computes what a collection of events says beyond its single talks: who speaks where, what is about what,
// what happened when. Everything here is a pure function of the tree, so that all formats print the same facts.
package derive

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/evbook/evbook/notes/tree"
)

// Place is a talk with what it belongs to. Kind is that of the innermost section.
type Place struct {
	Event *tree.Event
	Talk  *tree.Talk
	Kind  tree.SectionKind
}

// Facts are the facts of a book. They are read-only once made and safe for concurrent use then.
type Facts struct {
	Book      *tree.Book
	Talks     []Place // all entries, in reading order
	people    []Speaker
	topics    []Topic
	bySpeak   map[string]int // person's key → index in people
	items     []Item
	anchors   map[tree.Node]string
	turns     map[*tree.Talk]bool
	attendees map[*tree.Table][]Attendee
	collate   *collate.Collator
	loose     *collate.Collator
}

// New collects the facts of a book.
func New(b *tree.Book) *Facts {
	tag, err := language.Parse(b.Meta.Language)
	if err != nil {
		tag = language.English
	}
	f := &Facts{
		Book: b, bySpeak: map[string]int{}, anchors: map[tree.Node]string{}, turns: map[*tree.Talk]bool{},
		attendees: map[*tree.Table][]Attendee{},
		collate:   collate.New(tag), loose: collate.New(tag, collate.Loose),
	}
	for _, e := range b.Events {
		f.collect(e, e.Sections)
	}
	f.indexPeople()
	f.indexTopics()
	f.collectItems()
	for _, p := range f.Talks {
		if len(p.Talk.Body) > 0 && f.minutes("dialogue") && dialogue(p.Talk) {
			f.turns[p.Talk] = true
		}
	}
	f.collectAttendees()
	return f
}

func (f *Facts) collect(e *tree.Event, sections []*tree.Section) {
	for _, s := range sections {
		for _, t := range s.Talks {
			f.Talks = append(f.Talks, Place{e, t, s.Kind})
		}
		f.collect(e, s.Sections)
	}
}

// Speaker is a person with the talks that he or she gave, in reading order.
type Speaker struct {
	Person  tree.Person
	Initial string // the letter under which the name stands in an index, "#" for none
	Talks   []Place
}

// Name is the person's name as it is sorted: the family name first.
func (s *Speaker) Name() string { return cmp.Or(s.Person.Sort, s.Person.Name) }

// key is the same for all mentions of a person.
func key(p tree.Person) string {
	return cmp.Or(p.ID, strings.ToLower(strings.Join(strings.Fields(p.Name), " ")))
}

func (f *Facts) indexPeople() {
	at := map[string]int{}
	for _, p := range f.Talks {
		for _, person := range p.Talk.Speakers {
			k := key(person)
			if k == "" {
				continue
			}
			i, ok := at[k]
			if !ok {
				i = len(f.people)
				at[k] = i
				f.people = append(f.people, Speaker{Person: person})
			}
			s := &f.people[i]
			if n := len(s.Talks); n == 0 || s.Talks[n-1].Talk != p.Talk {
				s.Talks = append(s.Talks, p)
			}
		}
	}
	slices.SortStableFunc(f.people, func(a, b Speaker) int { return f.compare(a.Name(), b.Name()) })
	for i := range f.people {
		f.bySpeak[key(f.people[i].Person)] = i
		f.people[i].Initial = f.initial(f.people[i].Name())
	}
}

// compare orders words as the book's language does, and as strings where that sees no difference.
func (f *Facts) compare(a, b string) int {
	if c := f.collate.CompareString(a, b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// Speakers returns everybody who gave a talk, by family name in the order of the book's language.
func (f *Facts) Speakers() []Speaker { return f.people }

// initial returns the letter under which a name or topic stands in an index, "#" for what begins with none.
func (f *Facts) initial(name string) string {
	for _, r := range strings.ToUpper(name) {
		switch {
		case r >= '0' && r <= '9':
			return "#"
		case !unicode.IsLetter(r):
			continue
		}
		letter := string(r)
		for c := 'A'; c <= 'Z'; c++ { // É stands among E; Å is a letter of its own where the language has it so
			if f.loose.CompareString(letter, string(c)) == 0 {
				return string(c)
			}
		}
		return letter
	}
	return "#"
}

// Topic is a subject with the talks about it, in reading order.
type Topic struct {
	Name    string
	Initial string
	Talks   []Place
}

// Topics returns the topics of all talks in the order of the book's language.
func (f *Facts) Topics() []Topic { return f.topics }

func (f *Facts) indexTopics() {
	at := map[string]int{}
	for _, p := range f.Talks {
		for _, name := range TopicsOf(p.Talk) {
			k := strings.ToLower(name)
			i, ok := at[k]
			if !ok {
				i = len(f.topics)
				at[k] = i
				f.topics = append(f.topics, Topic{Name: name})
			}
			f.topics[i].Talks = append(f.topics[i].Talks, p)
		}
	}
	slices.SortStableFunc(f.topics, func(a, b Topic) int { return f.compare(a.Name, b.Name) })
	for i := range f.topics {
		f.topics[i].Initial = f.initial(f.topics[i].Name)
	}
}

// nearest is how many other talks of a talk's speakers are named in its header.
const nearest = 6

// Related returns the other talks of a talk's speakers, in reading order: all of them, or the nearest six where there are
// more, as of who leads every meeting. The rest is in the index.
func (f *Facts) Related(t *tree.Talk) (list []Place, more bool) {
	wanted := map[*tree.Talk]bool{}
	for _, person := range t.Speakers {
		if i, ok := f.bySpeak[key(person)]; ok {
			for _, p := range f.people[i].Talks {
				wanted[p.Talk] = p.Talk != t
			}
		}
	}
	before := 0
	for _, p := range f.Talks {
		switch {
		case wanted[p.Talk]:
			list = append(list, p)
		case p.Talk == t:
			before = len(list)
		}
	}
	if len(list) <= nearest {
		return list, false
	}
	from := min(max(0, before-nearest/2), len(list)-nearest)
	return list[from : from+nearest], true
}

// Chronology returns the talks whose day is known, by day and time, then in reading order.
func (f *Facts) Chronology() []Place {
	var out []Place
	for _, p := range f.Talks {
		if !p.Talk.Date.IsZero() {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Place) int {
		return cmp.Or(a.Talk.Date.Compare(b.Talk.Date), cmp.Compare(a.Talk.Start, b.Talk.Start))
	})
	return out
}
