package derive_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
)

// oneTalk loads a file as the only talk of a book.
func oneTalk(t *testing.T, config, body string) *tree.Book {
	t.Helper()
	fsys := fstest.MapFS{"book.yaml": {Data: []byte("title: T\n" + config)}, "talk.md": {Data: []byte("# Meeting\n\n" + body)}}
	book, err := notes.Load(context.Background(), fsys, notes.Options{}, func(d diag.Diagnostic) {
		if d.Severity >= diag.Warning {
			t.Errorf("%s: %s", d.Pos, d.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestTablesOfAttendeesAreKnown: a table is one of attendees if its columns are names and what people are, and something
// says that they were there.
func TestTablesOfAttendeesAreKnown(t *testing.T) {
	const rows = "|---|---|---|\n| First Person | FP | Quay Ltd |\n| Second Person | | |\n| | | |\n"
	for _, test := range []struct{ name, config, body, want string }{
		{"heading", "", "## Attendees\n\n| Name | Abbr. | Organization / Project |\n" + rows, "First Person (FP, Quay Ltd); Second Person"},
		{"own header", "", "| Present | Initials | Company |\n" + rows, "First Person (FP, Quay Ltd); Second Person"},
		{"German", "language: de\n", "Anwesend waren:\n\n| Name | Kürzel | Firma |\n" + rows, "First Person (FP, Quay Ltd); Second Person"},
		{"no word of presence", "", "## Winners\n\n| Name | Abbr. | Company |\n" + rows, ""},
		{"another column", "", "## Attendees\n\n| Name | Prize | Company |\n" + rows, ""},
		{"a row of nobody", "", "## Attendees\n\n| Name | Abbr. | Company |\n" + rows + "| | XX | Ghost Inc |\n", ""},
		{"switched off", "minutes: dialogue\n", "## Attendees\n\n| Name | Abbr. | Company |\n" + rows, ""},
		{"all off", "minutes: none\n", "## Attendees\n\n| Name | Abbr. | Company |\n" + rows, ""},
	} {
		book := oneTalk(t, test.config, test.body)
		facts := derive.New(book)
		var got []string
		for n := range tree.All(book) {
			table, ok := n.(*tree.Table)
			if !ok {
				continue
			}
			for _, a := range facts.Attendees(table) {
				said := tree.PlainText(a.Name)
				var about []string
				for _, x := range a.About {
					about = append(about, tree.PlainText(x))
				}
				if len(about) > 0 {
					said += " (" + strings.Join(about, ", ") + ")"
				}
				got = append(got, said)
			}
		}
		if g := strings.Join(got, "; "); g != test.want {
			t.Errorf("%s: %q, want %q", test.name, g, test.want)
		}
	}
}

func TestDialogueCanBeSwitchedOff(t *testing.T) {
	const body = "AAA: One.\n\nBBB: Two.\n\nAAA: Three.\n\nBBB: Four.\n"
	for config, want := range map[string]bool{"": true, "minutes: none\n": false, "minutes: [attendees]\n": false, "minutes: [dialogue]\n": true, "minutes: all\n": true} {
		book := oneTalk(t, config, body)
		f := derive.New(book)
		if got := f.Dialogue(f.Talks[0].Talk); got != want {
			t.Errorf("%q: dialogue %v, want %v", config, got, want)
		}
	}
}
