package derive

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// Attendee is a row of a table of who was there.
type Attendee struct {
	Name  tree.Inlines
	About []tree.Inlines // what the other columns say: initials, organisation, place; without empty ones
}

// Attendees returns the rows of a table that lists who was at a meeting, and nothing for other tables. Such a table says
// names in its first column and who they are in the others, and a heading, a paragraph or its own header says that these
// people were there.
func (f *Facts) Attendees(t *tree.Table) []Attendee { return f.attendees[t] }

func (f *Facts) collectAttendees() {
	if !f.minutes("attendees") {
		return
	}
	for _, p := range f.Talks {
		var above tree.Inlines
		for _, b := range p.Talk.Body {
			tree.Walk(b, func(n tree.Node, _ []tree.Node) bool {
				switch n := n.(type) {
				case tree.Inline:
					return false
				case *tree.Heading:
					above = n.Text
				case *tree.Paragraph:
					above = n.Text
				case *tree.Table:
					if list := attendees(n, above); list != nil {
						f.attendees[n] = list
					}
					above = nil
					return false
				}
				return true
			})
		}
	}
}

// The words of the headers of such tables: of the first column, of the others, and those by which a text says that people
// were there.
var (
	nameColumns = []string{
		"name", "names", "attendee", "attendees", "participant", "participants", "delegate", "delegates", "member", "members", "present",
		"teilnehmer", "teilnehmende", "anwesend", "anwesende", "nom", "présents", "nombre", "asistente", "asistentes", "nome", "presenti", "naam", "deelnemer", "aanwezig", "presents",
	}
	aboutColumns = []string{
		"abbreviation", "abbr", "initials", "organization", "organisation", "affiliation", "company", "employer", "project", "github", "github username",
		"github handle", "handle", "location", "city", "country", "role", "function", "pronouns", "timezone", "time zone", "note", "notes",
		"kürzel", "firma", "rolle", "funktion", "ort", "entreprise", "organisme", "rôle", "fonction", "lieu", "organización", "empresa", "rol", "función", "lugar",
		"organizzazione", "ruolo", "luogo", "organisatie", "functie", "plaats", "organização", "função", "local",
	}
	thereWords = []string{"attend", "particip", "present", "delegate", "roll call", "teilnehm", "anwesen", "présent", "asistent", "asistenc", "aanwezig", "deelnem"}
)

// attendees reads a table; above is the text that stands before it.
func attendees(t *tree.Table, above tree.Inlines) []Attendee {
	if len(t.Header) < 2 || len(t.Header) > 6 {
		return nil
	}
	var said strings.Builder
	said.WriteString(strings.ToLower(tree.PlainText(above)))
	for i, c := range t.Header {
		word, _, _ := strings.Cut(strings.ToLower(tree.PlainText(c.Text)), "/")
		word = strings.Trim(word, " .:")
		known := aboutColumns
		if i == 0 {
			known = nameColumns
			said.WriteString(" " + word)
		}
		if !slices.Contains(known, word) {
			return nil
		}
	}
	if !slices.ContainsFunc(thereWords, func(w string) bool { return strings.Contains(said.String(), w) }) {
		return nil
	}
	var list []Attendee
	for _, r := range t.Rows {
		if len(r.Cells) == 0 {
			continue
		}
		a := Attendee{Name: r.Cells[0].Text}
		for _, c := range r.Cells[1:] {
			if strings.TrimSpace(tree.PlainText(c.Text)) != "" {
				a.About = append(a.About, c.Text)
			}
		}
		if strings.TrimSpace(tree.PlainText(a.Name)) == "" {
			if len(a.About) > 0 {
				return nil // nobody's row: rather the table than a loss
			}
			continue
		}
		list = append(list, a)
	}
	return list
}

// minutes reports whether the book's settings let minutes be set in a way of their own.
func (f *Facts) minutes(way string) bool {
	wanted := f.Book.Meta.Minutes
	return len(wanted) == 0 || slices.Contains(wanted, way)
}
