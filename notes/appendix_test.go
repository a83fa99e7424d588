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

func TestCoverAndFiguresCanBeSwitchedOff(t *testing.T) {
	for text, want := range map[string]string{
		"title: A":                            " []",
		"cover: none":                         "none []",
		"cover: false":                        "none []",
		"cover: true":                         " []",
		"cover: c.png\nfigures: none":         "c.png [none]",
		"figures: [timeline]":                 " [timeline]",
		"cover: None\nfigures: all":           "none []",
		"figures: [schedule, timelin]  # one": " [schedule]",
	} {
		c, err := notes.ReadConfig(fstest.MapFS{"book.yaml": {Data: []byte(text + "\n")}}, func(diag.Diagnostic) {})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(c.Meta.Cover, " ", c.Meta.Figures); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
