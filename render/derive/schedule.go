package derive

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// Schedule is the plan of an event as far as its notes say it.
type Schedule struct {
	Days  []Day
	Timed bool // at least two talks have times: the days are rooms by time
}

// Day is a day of an event.
type Day struct {
	Date  tree.Date
	Slots []Slot   // by time, then in reading order
	Rooms []string // of a timed schedule, in the order of the notes' names; "" for talks without one
	// From and To bound the times of a timed day in minutes after midnight, rounded outwards to half hours.
	From, To int
}

// Slot is a talk in a schedule.
type Slot struct {
	Talk       *tree.Talk
	Room       int  // index of Day.Rooms
	Start, End int  // minutes after midnight, -1 if unknown
	Open       bool // the notes do not say when it ended: End is where the next talk in the room begins, or half an hour later
}

// ScheduleOf returns the plan of an event, or nil if its notes hold nothing that a list of talks does not say already: no
// second day and no times.
func (f *Facts) ScheduleOf(e *tree.Event) *Schedule {
	s := &Schedule{}
	times := 0
	for _, p := range f.Talks {
		if p.Event != e || p.Talk.Date.IsZero() {
			continue
		}
		i := slices.IndexFunc(s.Days, func(d Day) bool { return d.Date == p.Talk.Date })
		if i < 0 {
			i = len(s.Days)
			s.Days = append(s.Days, Day{Date: p.Talk.Date})
		}
		start, end := Minutes(p.Talk.Start), Minutes(p.Talk.End)
		if start >= 0 {
			times++
		}
		s.Days[i].Slots = append(s.Days[i].Slots, Slot{Talk: p.Talk, Start: start, End: end})
	}
	s.Timed = times >= 2
	if len(s.Days) < 2 && !s.Timed {
		return nil
	}
	slices.SortStableFunc(s.Days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	for i := range s.Days {
		d := &s.Days[i]
		slices.SortStableFunc(d.Slots, func(a, b Slot) int { return cmp.Compare(a.Start, b.Start) })
		d.plan()
	}
	return s
}

// plan finds the rooms of a day, the ends of its talks and its bounds.
func (d *Day) plan() {
	for i := range d.Slots {
		if room := d.Slots[i].Talk.Track; !slices.Contains(d.Rooms, room) {
			d.Rooms = append(d.Rooms, room)
		}
	}
	slices.SortFunc(d.Rooms, func(a, b string) int {
		return cmp.Or(cmp.Compare(trailingNumber(a), trailingNumber(b)), cmp.Compare(a, b))
	})
	d.From, d.To = 24*60, 0
	for i := range d.Slots {
		s := &d.Slots[i]
		s.Room = slices.Index(d.Rooms, s.Talk.Track)
		if s.Start < 0 {
			continue
		}
		if s.End <= s.Start {
			s.Open, s.End = true, s.Start+30
			for _, next := range d.Slots[i+1:] {
				if next.Talk.Track == s.Talk.Track && next.Start > s.Start {
					s.End = next.Start
					break
				}
			}
		}
		d.From, d.To = min(d.From, s.Start/30*30), max(d.To, (s.End+29)/30*30)
	}
}

// Timed reports whether a talk of the day has a time.
func (d *Day) Timed() bool { return d.To > d.From }

// trailingNumber orders Room 2 before Room 10 where names differ in their number only.
func trailingNumber(s string) int {
	digits := s[len(strings.TrimRight(s, "0123456789")):]
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}

// Minutes returns a time of day in minutes after midnight, -1 for an unknown one.
func Minutes(c tree.Clock) int {
	h, m, ok := strings.Cut(string(c), ":")
	hours, err1 := strconv.Atoi(h)
	minutes, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil {
		return -1
	}
	return hours*60 + minutes
}

// Span is an event on a timeline: its days from the first of the timeline on.
type Span struct {
	Event    *tree.Event
	Start    tree.Date
	End      tree.Date
	From, To int // days after the timeline's first; To is the last day
	Talks    int
}

// Timeline is the events of a book in time. Days is its length.
type Timeline struct {
	First, Last tree.Date
	Days        int
	Spans       []Span // by first day
}

// Timeline returns the events whose days are known, or nil for less than two: one event is no sequence. An event without
// days of its own lasts from its first talk to its last.
func (f *Facts) Timeline() *Timeline {
	t := &Timeline{}
	for _, e := range f.Book.Events {
		s := Span{Event: e, Start: e.Start, End: e.End}
		for _, p := range f.Talks {
			if p.Event != e {
				continue
			}
			s.Talks++
			if d := p.Talk.Date; !d.IsZero() && e.Start.IsZero() && e.End.IsZero() {
				if s.Start.IsZero() || d.Compare(s.Start) < 0 {
					s.Start = d
				}
				if d.Compare(s.End) > 0 {
					s.End = d
				}
			}
		}
		if s.Start.IsZero() {
			s.Start = s.End
		}
		if s.End.Compare(s.Start) < 0 {
			s.End = s.Start
		}
		if !s.Start.IsZero() {
			t.Spans = append(t.Spans, s)
		}
	}
	if len(t.Spans) < 2 {
		return nil
	}
	slices.SortStableFunc(t.Spans, func(a, b Span) int { return a.Start.Compare(b.Start) })
	t.First = t.Spans[0].Start
	for _, s := range t.Spans {
		if s.End.Compare(t.Last) > 0 {
			t.Last = s.End
		}
	}
	for i := range t.Spans {
		s := &t.Spans[i]
		s.From, s.To = days(t.First, s.Start), days(t.First, s.End)
	}
	t.Days = days(t.First, t.Last) + 1
	return t
}

func days(from, to tree.Date) int { return int(to.Time().Sub(from.Time()).Hours() / 24) }

// Years returns the first and the last year of the events and talks, 0 if no day is known.
func (f *Facts) Years() (first, last int) {
	see := func(d tree.Date) {
		if d.IsZero() {
			return
		}
		if first == 0 || d.Year < first {
			first = d.Year
		}
		last = max(last, d.Year)
	}
	for _, e := range f.Book.Events {
		see(e.Start)
		see(e.End)
	}
	for _, p := range f.Talks {
		see(p.Talk.Date)
	}
	return first, last
}
