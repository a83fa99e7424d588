package browser

import (
	_ "embed"
	"os"
	"testing"
)

//go:embed reader.js
var readerScript string

// Book is an unpacked book, or a website: a folder with documents.
type Book struct {
	Name string   `json:"name"`
	Dir  string   `json:"dir"`  // absolute path
	Docs []string `json:"docs"` // XHTML documents below Dir
	// Start are documents that no link of the book needs to lead to: reading systems open them by themselves.
	Start []string `json:"start"`
	Views []View   `json:"views,omitempty"` // the book's own, in place of the test's
	// Web says that the documents are HTML for browsers, where boxes may scroll if the keyboard reaches them.
	Web bool `json:"web"`
}

// View is a way in which a reading system shows a book.
type View struct {
	Name   string `json:"name"`
	Width  int    `json:"width"`  // of the window, in CSS pixels
	Height int    `json:"height"` // the same
	Dark   bool   `json:"dark"`   // the system prefers dark pages; CSS makes the page so
	CSS    string `json:"css"`    // the reader's style sheet, after the book's
}

// The style sheets by which reading systems put the reader's wishes through. The first makes pages dark, as most do; the
// second sets everything that a settings menu offers, against whatever the book says.
const (
	nightStyle = `html { background: #111111 !important; } body { color: #dddddd !important; } a { color: #8ab4f8 !important; }`
	ownStyle   = `html { font-size: 150% !important; background: #fbf0d9 !important; }
body { margin: 0 8px !important; color: #3d2a14 !important; }
* { font-family: sans-serif !important; line-height: 1.8 !important; letter-spacing: 0.05em !important; word-spacing: 0.1em !important; }
p { text-align: justify !important; hyphens: auto !important; text-indent: 1em !important; }`
)

// Views are those of a phone and of a tablet, by day and by night, and of a reader with large letters and own typeface.
func Views() []View {
	return []View{
		{Name: "phone", Width: 320, Height: 568},
		{Name: "phone night", Width: 320, Height: 568, Dark: true, CSS: nightStyle},
		{Name: "phone own style", Width: 320, Height: 568, CSS: ownStyle},
		{Name: "tablet", Width: 600, Height: 800},
		{Name: "tablet night", Width: 600, Height: 800, Dark: true, CSS: nightStyle},
	}
}

// Seen is what a reader would stumble over.
type Seen struct {
	Pages    int // documents times views
	Links    int
	Findings []struct{ Book, Document, View, What string }
}

// Read shows the books in all views. Folder EVBOOK_SHOTS, if it is set, gets a picture of each document in each view.
func Read(t testing.TB, books []Book, views []View) Seen {
	t.Helper()
	var seen Seen
	run(t, readerScript, map[string]any{"books": books, "views": views, "shots": os.Getenv("EVBOOK_SHOTS")}, &seen)
	want := 0
	for _, b := range books {
		n := len(views)
		if len(b.Views) > 0 {
			n = len(b.Views)
		}
		want += n * len(b.Docs)
	}
	if seen.Pages != want {
		t.Errorf("%d pages were shown, want %d", seen.Pages, want)
	}
	for _, f := range seen.Findings {
		t.Errorf("%s, %s, %s: %s", f.Book, f.Document, f.View, f.What)
	}
	return seen
}
