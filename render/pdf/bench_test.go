package pdf_test

import (
	"context"
	"io"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/rendertest"
	"github.com/evbook/evbook/render/typeset"
)

// BenchmarkWrite measures drawing and writing alone: the pages of the sample book, set once and repeated.
func BenchmarkWrite(b *testing.B) {
	job := rendertest.Job(b, rendertest.Book(), "", func(diag.Diagnostic) {})
	doc, err := typeset.Set(b.Context(), typeset.Input{
		Book: job.Book, Layout: job.Layout, Fonts: job.Fonts, Assets: job.Assets, Time: job.Time, Report: job.Report,
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := pdf.Write(context.Background(), doc, io.Discard, pdf.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(doc.Pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
