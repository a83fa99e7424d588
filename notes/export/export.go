// Package export writes the facts of events and talks, without their texts, in formats that other programs read:
// calendars, spreadsheets, outliners.
package export

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// Options direct an export.
type Options struct {
	Time      time.Time     // the clock of the build: when the facts were gathered
	Generator string        // name and version of the program
	Report    diag.Reporter // takes what cannot be exported as it is; nil drops it
}

// Format is a form of export.
type Format struct {
	Name  string
	Doc   string // one line
	Write func(w io.Writer, b *tree.Book, opt Options) error
}

// Formats lists the forms of export.
var Formats = []Format{
	{"ics", "iCalendar (RFC 5545): for calendars; events and talks that have a day", writeICS},
	{"json", "JSON: events with their talks and every fact of them", writeJSON},
	{"csv", "comma-separated values (RFC 4180): a row a talk, for spreadsheets", writeCSV},
	{"opml", "OPML 2.0: events and talks with their links, for outliners", writeOPML},
}

// Lookup returns the format of a name.
func Lookup(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// Names lists the names of the formats.
func Names() (names []string) {
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

// Version is the version of the JSON form. It counts up when a member changes its meaning or goes away.
const Version = 1

// The members of the JSON form. Days are as 2012-07-20, times of day as 14:30, at the place of the event.
type (
	// Book is a whole export.
	Book struct {
		Version  int     `json:"version"`
		Title    string  `json:"title"`
		Language string  `json:"language"`
		Time     string  `json:"time"` // of the build, RFC 3339
		Events   []Event `json:"events"`
	}
	// Event is an event, or another part of the book.
	Event struct {
		ID    string `json:"id"`
		Path  string `json:"path,omitempty"`
		Title string `json:"title"`
		Start string `json:"start,omitempty"`
		End   string `json:"end,omitempty"`
		Venue string `json:"venue,omitempty"`
		Site  string `json:"site,omitempty"`
		Facts []Fact `json:"facts,omitempty"`
		Talks []Talk `json:"talks"`
	}
	// Talk is a talk, or another note.
	Talk struct {
		ID       string   `json:"id"`
		Path     string   `json:"path,omitempty"`
		Section  string   `json:"section,omitempty"` // titles of the sections it stands in, outermost first, joined by " / "
		Title    string   `json:"title"`
		Date     string   `json:"date,omitempty"`
		Start    string   `json:"start,omitempty"`
		End      string   `json:"end,omitempty"`
		Track    string   `json:"track,omitempty"`
		Language string   `json:"language,omitempty"`
		Speakers []string `json:"speakers,omitempty"`
		Tags     []string `json:"tags,omitempty"`
		Links    []Link   `json:"links,omitempty"`
		Facts    []Fact   `json:"facts,omitempty"`
	}
	// Link is a link of a talk's header.
	Link struct {
		Label string `json:"label"`
		URL   string `json:"url"`
		Note  string `json:"note,omitempty"`
	}
	// Fact is a labelled value.
	Fact struct {
		Label string `json:"label"`
		Value string `json:"value"`
	}
)

// gather collects the facts of a book.
func gather(b *tree.Book, opt Options) Book {
	out := Book{Version: Version, Title: b.Meta.Title, Language: b.Meta.Language, Time: opt.Time.UTC().Format(time.RFC3339), Events: []Event{}}
	byEvent := map[*tree.Event]int{}
	for i, e := range b.Events {
		byEvent[e] = i
		out.Events = append(out.Events, Event{
			ID: e.ID, Path: e.Path, Title: tree.PlainText(e.Title), Start: e.Start.String(), End: e.End.String(), Venue: e.Venue, Site: e.Site,
			Facts: gatherFacts(e.Facts), Talks: []Talk{},
		})
	}
	for t, at := range b.AllTalks() {
		e := &out.Events[byEvent[at.Event]]
		e.Talks = append(e.Talks, gatherTalk(t, at))
	}
	return out
}

func gatherTalk(t *tree.Talk, at tree.TalkPath) Talk {
	out := Talk{
		ID: t.ID, Path: t.Path, Title: tree.PlainText(t.Title), Date: t.Date.String(), Start: string(t.Start), End: string(t.End),
		Track: t.Track, Language: t.Language, Tags: t.Tags, Facts: gatherFacts(t.Facts),
	}
	var sections []string
	for _, s := range at.Sections {
		if title := tree.PlainText(s.Title); title != "" {
			sections = append(sections, title)
		}
	}
	out.Section = strings.Join(sections, " / ")
	for _, p := range t.Speakers {
		out.Speakers = append(out.Speakers, p.Name)
	}
	for _, l := range t.Links {
		out.Links = append(out.Links, Link{l.Label, l.URL, tree.PlainText(l.Note)})
	}
	return out
}

func gatherFacts(facts []tree.Fact) (out []Fact) {
	for _, f := range facts {
		out = append(out, Fact{f.Label, tree.PlainText(f.Value)})
	}
	return out
}

func writeJSON(w io.Writer, b *tree.Book, opt Options) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(gather(b, opt))
}

// writeCSV writes a row a talk, below a row of names. Several speakers and tags are joined by semicolons.
func writeCSV(w io.Writer, b *tree.Book, opt Options) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{
		"event", "event start", "event end", "venue", "section", "title", "date", "start", "end", "track", "speakers", "tags", "slides", "video",
		"other links", "path",
	}}
	for _, e := range gather(b, opt).Events {
		for _, t := range e.Talks {
			var slides, video, others []string
			for _, l := range t.Links {
				switch strings.ToLower(l.Label) {
				case "slides":
					slides = append(slides, l.URL)
				case "video":
					video = append(video, l.URL)
				default:
					others = append(others, l.URL)
				}
			}
			rows = append(rows, []string{
				e.Title, e.Start, e.End, e.Venue, t.Section, t.Title, t.Date, t.Start, t.End, t.Track, strings.Join(t.Speakers, "; "),
				strings.Join(t.Tags, "; "), strings.Join(slides, " "), strings.Join(video, " "), strings.Join(others, " "), t.Path,
			})
		}
	}
	return out.WriteAll(rows)
}

// The elements of OPML 2.0 (opml.org/spec2.opml).
type (
	opml struct {
		XMLName xml.Name  `xml:"opml"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"head>title"`
		Created string    `xml:"head>dateCreated"`
		Body    []outline `xml:"body>outline"`
	}
	outline struct {
		Text     string    `xml:"text,attr"`
		Type     string    `xml:"type,attr,omitempty"`
		URL      string    `xml:"url,attr,omitempty"`
		Note     string    `xml:"_note,attr,omitempty"` // as outliners write what belongs to a line
		Outlines []outline `xml:"outline"`
	}
)

func writeOPML(w io.Writer, b *tree.Book, opt Options) error {
	facts := gather(b, opt)
	doc := opml{Version: "2.0", Title: facts.Title, Created: opt.Time.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")}
	for _, e := range facts.Events {
		event := link(e.Title, e.Site)
		event.Note = joined(" · ", days(e.Start, e.End), e.Venue)
		for _, t := range e.Talks {
			talk := outline{Text: t.Title, Note: joined(" · ", strings.Join(t.Speakers, ", "), joined(" ", t.Date, t.Start), t.Track)}
			for _, l := range t.Links {
				talk.Outlines = append(talk.Outlines, link(l.Label, l.URL))
			}
			event.Outlines = append(event.Outlines, talk)
		}
		doc.Body = append(doc.Body, event)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

func link(text, url string) outline {
	if url == "" {
		return outline{Text: text}
	}
	return outline{Text: text, Type: "link", URL: url}
}

func days(start, end string) string {
	if start == end || end == "" {
		return start
	}
	return start + "/" + end
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}
