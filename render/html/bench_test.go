package html_test

import (
	"context"
	"io"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/html"
	"github.com/evbook/evbook/render/rendertest"
	"github.com/evbook/evbook/render/rendertest/samples"
)

func BenchmarkRender(b *testing.B) {
	for _, s := range samples.All() {
		if s.Name != "bundled" && s.Name != "large" {
			continue
		}
		b.Run(s.Name, func(b *testing.B) {
			job := rendertest.Job(b, s.Make(), "", new(diag.Collector).Report)
			for b.Loop() {
				if _, err := html.Format().New().Render(context.Background(), job, io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
