package notes_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
)

func TestAppendixListsWhatIsMadeFromTheNotes(t *testing.T) {
	for _, test := range []struct {
		value, want string
		errors      int
	}{
		{"[speakers, Topics]", "[speakers topics]", 0},
		{"colophon", "[colophon]", 0},
		{"none", "[none]", 0},
		{"[]", "[none]", 0},
		{"false", "[none]", 0},
		{"all", "[]", 0},
		{"[speaker, colophon]", "[colophon]", 1},
	} {
		errors := 0
		fsys := fstest.MapFS{"book.yaml": {Data: []byte("appendix: " + test.value + "\n")}}
		c, err := notes.ReadConfig(fsys, func(d diag.Diagnostic) {
			if d.Severity == diag.Error {
				errors++
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(c.Meta.Appendix); got != test.want || errors != test.errors {
			t.Errorf("%s: %s with %d errors, want %s with %d", test.value, got, errors, test.want, test.errors)
		}
	}
}
