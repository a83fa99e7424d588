package epub_test

import (
	"context"
	"io"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/epub"
	samplebooks "github.com/evbook/evbook/render/rendertest/samples"
)

func BenchmarkRender(b *testing.B) {
	for _, s := range []struct {
		name string
		book func() *tree.Book
	}{{"bundled", bundled}, {"300 talks", samplebooks.Large}} {
		b.Run(s.name, func(b *testing.B) {
			job := newJob(s.book(), new(diag.Collector))
			for b.Loop() {
				if _, err := epub.Format().New().Render(context.Background(), job, io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
