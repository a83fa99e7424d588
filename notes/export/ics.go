package export

import (
	"bufio"
	"crypto/sha1" // RFC 9562 builds version 5 identifiers on it; nothing secret depends on it
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	_ "time/tzdata" // for machines that have no time zones installed
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// The codes of what an export reports.
const (
	CodeZone  diag.Code = "timezone-unknown" // an event whose time zone is not known
	CodeEmpty diag.Code = "calendar-empty"   // a calendar without entries, which RFC 5545, 3.6, does not allow
)

// foldWidth is the number of octets in a line, without its end, that RFC 5545, 3.1, allows.
const foldWidth = 75

// writeICS writes a calendar (RFC 5545) with an entry for each event that has days and for each talk that has one. What
// has no time of day fills the day. Times are floating, that is those of a clock at the place, unless the event gives a
// time zone: then they are in UTC. A talk without a date that belongs to an event of one day is on that day; talks that
// still have none are listed in the description of their event.
func writeICS(w io.Writer, b *tree.Book, opt Options) error {
	out := &ics{w: bufio.NewWriter(w), stamp: opt.Time.UTC().Format("20060102T150405Z"), book: b}
	out.line("BEGIN", "VCALENDAR")
	out.line("VERSION", "2.0")
	out.text("PRODID", "-//evbook//"+opt.Generator+"//EN")
	out.line("CALSCALE", "GREGORIAN")
	out.text("X-WR-CALNAME", b.Meta.Title)
	for _, e := range b.Events {
		var talks []*tree.Talk
		for t, at := range b.AllTalks() {
			if at.Event == e {
				talks = append(talks, t)
			}
		}
		out.event(e, talks, zoneOf(e, opt.Report))
	}
	out.line("END", "VCALENDAR")
	if out.entries == 0 && opt.Report != nil {
		opt.Report(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeEmpty, Message: "the calendar is empty: no event and no talk has a day",
			Hints: []string{"give start and end in the front matter of events, or date in that of talks"},
		})
	}
	return out.w.Flush()
}

// zoneOf returns the time zone that an event gives in a fact, or nil.
func zoneOf(e *tree.Event, report diag.Reporter) *time.Location {
	for _, f := range e.Facts {
		switch f.Key {
		case "timezone", "time-zone", "tz":
			name := tree.PlainText(f.Value)
			zone, err := time.LoadLocation(name)
			if err == nil && name != "" && name != "Local" {
				return zone
			}
			if report != nil {
				pos := e.Pos()
				if len(f.Value) > 0 {
					pos = f.Value[0].Pos()
				}
				report(diag.Diagnostic{
					Severity: diag.Warning, Code: CodeZone, Pos: pos, Message: fmt.Sprintf("no time zone is called %q: times are those of a clock at the place", name),
					Hints: []string{"write a name such as Europe/Berlin"},
				})
			}
		}
	}
	return nil
}

type ics struct {
	w     *bufio.Writer
	stamp string
	book  *tree.Book

	entries int
}

// line writes a content line, folded after at most 75 octets and never inside a character.
func (o *ics) line(name, value string) {
	s := name + ":" + value
	for width := foldWidth; len(s) > width; width = foldWidth - 1 { // the space of a folded line counts
		cut := width
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		o.w.WriteString(s[:cut] + "\r\n ")
		s = s[cut:]
	}
	o.w.WriteString(s + "\r\n")
}

var textEscaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`)

// escape brings a text into the form of RFC 5545, 3.3.11.
func escape(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return -1
		}
		return r
	}, textEscaper.Replace(strings.ToValidUTF8(s, "\ufffd")))
}

// text writes a property whose value is a text; an empty one is left out.
func (o *ics) text(name, value string) {
	if value != "" {
		o.line(name, escape(value))
	}
}

// uri writes a property whose value is an address, if it is one.
func (o *ics) uri(name, value string) {
	if u, err := url.Parse(value); err == nil && u.Scheme != "" {
		o.line(name, u.String())
	}
}

// begin opens an entry. Its UID depends on the book's title and the path of the event or talk, so that it stays the same
// when the notes are exported again.
func (o *ics) begin(id string) {
	o.entries++
	o.line("BEGIN", "VEVENT")
	o.line("UID", o.uid(id))
	o.line("DTSTAMP", o.stamp)
}

// uid returns a version 5 UUID (RFC 9562, 5.5), which RFC 7986 recommends for the purpose. Its name space is that for URLs.
func (o *ics) uid(id string) string {
	h := sha1.New()
	h.Write([]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8})
	fmt.Fprintf(h, "evbook:%s#%s", url.PathEscape(o.book.Meta.Title), id)
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

// allDay writes the days from first to last. The end of RFC 5545 is the day after.
func (o *ics) allDay(first, last tree.Date) {
	o.line("DTSTART;VALUE=DATE", first.Time().Format("20060102"))
	o.line("DTEND;VALUE=DATE", last.Time().AddDate(0, 0, 1).Format("20060102"))
	o.line("TRANSP", "TRANSPARENT") // who is at a conference is not busy all day
}

// at writes a time of day.
func (o *ics) at(name string, d tree.Date, clock tree.Clock, zone *time.Location) bool {
	c, err := time.Parse("15:04", string(clock))
	if err != nil {
		return false
	}
	t := time.Date(d.Year, d.Month, d.Day, c.Hour(), c.Minute(), 0, 0, time.UTC)
	form := "20060102T150405"
	if zone != nil {
		t = time.Date(d.Year, d.Month, d.Day, c.Hour(), c.Minute(), 0, 0, zone).UTC()
		form += "Z"
	}
	o.line(name, t.Format(form))
	return true
}

func (o *ics) event(e *tree.Event, talks []*tree.Talk, zone *time.Location) {
	var undated []string
	for _, t := range talks {
		if dayOf(t, e).IsZero() {
			undated = append(undated, "– "+titleAndSpeakers(t))
		}
	}
	dated := !e.Start.IsZero()
	if dated {
		o.begin(e.ID)
		o.allDay(e.Start, e.End)
		o.text("SUMMARY", tree.PlainText(e.Title))
		o.text("LOCATION", e.Venue)
		o.uri("URL", e.Site)
		o.text("DESCRIPTION", strings.Join(undated, "\n"))
		o.line("END", "VEVENT")
	}
	for _, t := range talks {
		if d := dayOf(t, e); !d.IsZero() {
			o.talk(t, e, d, zone, dated)
		}
	}
}

// dayOf returns the day of a talk; one without a date is on the day of an event of one day.
func dayOf(t *tree.Talk, e *tree.Event) tree.Date {
	if t.Date.IsZero() && e.Start == e.End {
		return e.Start
	}
	return t.Date
}

func (o *ics) talk(t *tree.Talk, e *tree.Event, day tree.Date, zone *time.Location, related bool) {
	o.begin(t.ID)
	if o.at("DTSTART", day, t.Start, zone) {
		end := day
		if t.End != "" && t.End < t.Start { // past midnight
			end = tree.DateOf(day.Time().AddDate(0, 0, 1))
		}
		o.at("DTEND", end, t.End, zone)
	} else {
		o.allDay(day, day)
	}
	o.text("SUMMARY", tree.PlainText(t.Title))
	o.text("LOCATION", joined(", ", t.Track, e.Venue))
	var about []string
	for _, p := range t.Speakers {
		about = append(about, p.Name)
	}
	if len(about) > 0 {
		about = []string{strings.Join(about, ", ")}
	}
	for _, l := range t.Links {
		about = append(about, joined(" – ", l.Label+": "+l.URL, tree.PlainText(l.Note)))
	}
	o.text("DESCRIPTION", strings.Join(about, "\n"))
	if len(t.Links) > 0 {
		o.uri("URL", t.Links[0].URL)
	}
	var tags []string
	for _, tag := range t.Tags {
		tags = append(tags, escape(tag))
	}
	if len(tags) > 0 {
		o.line("CATEGORIES", strings.Join(tags, ","))
	}
	if related {
		o.line("RELATED-TO", o.uid(e.ID))
	}
	o.line("END", "VEVENT")
}

func titleAndSpeakers(t *tree.Talk) string {
	var names []string
	for _, p := range t.Speakers {
		names = append(names, p.Name)
	}
	return joined(": ", strings.Join(names, ", "), tree.PlainText(t.Title))
}
