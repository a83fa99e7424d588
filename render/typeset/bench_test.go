package typeset

import (
	"context"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
)

func bundled() *fonts.Set { return fonts.Bundled() }

// BenchmarkSet measures whole books, warm: the faces are parsed and common words shaped.
func BenchmarkSet(b *testing.B) {
	l, err := layouts.Load("a5")
	if err != nil {
		b.Fatal(err)
	}
	book, assets := torture(b, 1), tortureAssets(b)
	pages := 0
	for b.Loop() {
		doc, err := Set(context.Background(), Input{Book: book, Layout: l, Fonts: fonts.Bundled(), Assets: assets})
		if err != nil {
			b.Fatal(err)
		}
		pages += len(doc.Pages)
	}
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}
