package notes_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
)

func blank(w, h int) image.Image {
	return image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})
}

// coverPNG is a picture file.
func coverPNG(w, h int) string {
	var b bytes.Buffer
	if err := png.Encode(&b, blank(w, h)); err != nil {
		panic(err)
	}
	return b.String()
}

// A cover that shops would refuse is reported at its line of book.yaml; what is no picture is left out.
func TestCover(t *testing.T) {
	file := func(encode func(*bytes.Buffer) error) []byte {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	asPNG := func(w, h int) []byte { return []byte(coverPNG(w, h)) }
	for _, tt := range []struct {
		name string
		data []byte
		want string // severities, codes and a word of the message
		kept bool
	}{
		{"good", asPNG(1600, 2560), "", true},
		{"jpeg", file(func(b *bytes.Buffer) error { return jpeg.Encode(b, blank(1000, 1600), nil) }), "", true},
		{"small", asPNG(500, 800), "warning cover-size at least 1000", true},
		{"middling", asPNG(800, 1280), "info cover-size recommend", true},
		{"landscape", asPNG(2000, 1500), "warning cover-size 0.75 times", true},
		{"ribbon", asPNG(800, 2000), "warning cover-size 2.50 times", true},
		{"gif", file(func(b *bytes.Buffer) error { return gif.Encode(b, blank(1000, 1600), nil) }), "info cover-format GIF", true},
		{"drawing", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 3"/>`), "warning cover-format SVG", true},
		{"heavy", append(asPNG(1600, 2560), make([]byte, 6<<20)...), "info cover-size 5 MB", true},
		{"text", []byte("no picture"), "error cover-format no picture", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var seen diag.Collector
			folder := fstest.MapFS{"book.yaml": {Data: []byte("title: T\ncover: c.png\n")}, "c.png": {Data: tt.data}, "a.md": {Data: []byte("# A\n\ntext\n")}}
			book, err := notes.Load(context.Background(), folder, notes.Options{}, seen.Report)
			if err != nil {
				t.Fatal(err)
			}
			if (book.Meta.Cover != "") != tt.kept {
				t.Errorf("the cover is %q", book.Meta.Cover)
			}
			got := ""
			for _, d := range seen.List() {
				if d.Pos.File != "book.yaml" || d.Pos.Line != 2 {
					t.Errorf("reported at %v", d.Pos)
				}
				got += fmt.Sprintf("%v %s %s", d.Severity, d.Code, d.Message)
			}
			for _, word := range strings.SplitN(tt.want, " ", 3) {
				if !strings.Contains(got, word) || tt.want == "" && got != "" {
					t.Errorf("reported %q, want %q", got, tt.want)
				}
			}
		})
	}
}
