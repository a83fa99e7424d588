package html

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/xhtml"
)

// head writes what the file says of itself.
func (d *document) head(w *xhtml.Writer) {
	meta := &d.book.Meta
	w.Start("head")
	w.Line()
	w.Void("meta", xhtml.A("charset", "utf-8"))
	w.Line()
	w.Element("title", d.title)
	w.Line()
	say := func(name, content string) {
		if strings.TrimSpace(content) != "" {
			w.Void("meta", xhtml.A("name", name), xhtml.A("content", content))
			w.Line()
		}
	}
	say("viewport", "width=device-width, initial-scale=1")
	say("color-scheme", "light dark")
	for _, c := range meta.Creators {
		say("author", c.Name)
	}
	say("description", cmp.Or(strings.TrimSpace(meta.Description), meta.Subtitle))
	say("keywords", strings.Join(meta.Subjects, ", "))
	say("dcterms.date", meta.Date.String())
	say("dcterms.publisher", meta.Publisher)
	say("dcterms.rights", meta.Rights)
	say("dcterms.identifier", meta.Identifier)
	say("generator", d.job.Generator)
	w.Raw("style", "\n"+d.style)
	w.Line()
	w.Raw("script", "\n"+d.linkedData()+"\n", xhtml.A("type", "application/ld+json"))
	w.Line()
	w.End()
	w.Line()
}

// bookData and eventData are what the page says of book and events in the vocabulary of schema.org, for search engines and
// programs that keep references. It holds nothing that the notes do not state.
type bookData struct {
	Context     string      `json:"@context"`
	Type        string      `json:"@type"`
	Name        string      `json:"name"`
	Subtitle    string      `json:"alternativeHeadline,omitempty"`
	Authors     []string    `json:"author,omitempty"`
	Language    string      `json:"inLanguage"`
	Date        string      `json:"datePublished,omitempty"`
	Description string      `json:"description,omitempty"`
	Identifier  string      `json:"identifier,omitempty"`
	Rights      string      `json:"copyrightNotice,omitempty"`
	Events      []eventData `json:"about,omitempty"`
}

type eventData struct {
	Type  string     `json:"@type"`
	Name  string     `json:"name"`
	Start string     `json:"startDate"`
	End   string     `json:"endDate,omitempty"`
	Place *placeData `json:"location,omitempty"`
	URL   string     `json:"url,omitempty"`
}

type placeData struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// linkedData returns the data as JSON-LD. The encoder writes <, > and & as escapes, so that it can stand in a script.
func (d *document) linkedData() string {
	meta := &d.book.Meta
	data := bookData{
		Context: "https://schema.org", Type: "Book", Name: d.title, Subtitle: meta.Subtitle, Language: d.lang,
		Date: meta.Date.String(), Description: meta.Description, Identifier: meta.Identifier, Rights: meta.Rights,
	}
	for _, c := range meta.Creators {
		if strings.TrimSpace(c.Name) != "" {
			data.Authors = append(data.Authors, c.Name)
		}
	}
	for _, e := range d.book.Events {
		if e.Start.IsZero() { // a part of the book, but no event
			continue
		}
		event := eventData{Type: "Event", Name: tree.PlainText(e.Title), Start: e.Start.String(), End: e.End.String()}
		if e.Venue != "" {
			event.Place = &placeData{Type: "Place", Name: e.Venue}
		}
		event.URL, _ = xhtml.CleanURL(e.Site)
		data.Events = append(data.Events, event)
	}
	text, err := json.MarshalIndent(data, "", " ")
	if err != nil {
		panic(err) // strings always encode
	}
	return string(text)
}
