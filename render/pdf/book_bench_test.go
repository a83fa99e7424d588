package pdf_test

import (
	"context"
	"io"
	"io/fs"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/internal/bigbook"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/typeset"
)

// BenchmarkBook measures the stages from a folder of notes to a PDF over whole books. Every stage but the first begins with
// what the one before made; faces are parsed and words shaped once, before the first round.
func BenchmarkBook(b *testing.B) {
	for _, book := range []struct {
		name  string
		fsys  fs.FS
		words int
	}{{"bundled", notes.Bundled(), 17_500}, {"90000 words", bigbook.FS(), 91_000}} {
		b.Run(book.name, func(b *testing.B) { stages(b, book.fsys, book.words) })
	}
}

func stages(b *testing.B, fsys fs.FS, words int) {
	quiet := func(diag.Diagnostic) {}
	layout, err := layouts.Load(layouts.Default)
	if err != nil {
		b.Fatal(err)
	}
	tree, err := notes.Load(context.Background(), fsys, notes.Options{}, quiet)
	if err != nil {
		b.Fatal(err)
	}
	in := typeset.Input{Book: tree, Layout: layout, Fonts: fonts.Bundled(), Assets: fsys, Report: quiet}
	doc, err := typeset.Set(context.Background(), in)
	if err != nil {
		b.Fatal(err)
	}
	rates := func(b *testing.B) {
		b.ReportMetric(float64(len(doc.Pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
		b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
	}
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			if _, err := notes.Load(context.Background(), fsys, notes.Options{}, quiet); err != nil {
				b.Fatal(err)
			}
		}
		rates(b)
	})
	b.Run("typeset", func(b *testing.B) {
		for b.Loop() {
			if _, err := typeset.Set(context.Background(), in); err != nil {
				b.Fatal(err)
			}
		}
		rates(b)
	})
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			if err := pdf.Write(context.Background(), doc, io.Discard, pdf.Options{}); err != nil {
				b.Fatal(err)
			}
		}
		rates(b)
	})
}
