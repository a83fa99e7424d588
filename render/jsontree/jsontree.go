// Package jsontree writes a book's tree as JSON: what filters and renderers outside evbook read.
package jsontree

import (
	"context"
	"io"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
)

// Format returns the format "json".
func Format() render.Format {
	return render.Format{
		Name: "json", Ext: ".json", MediaType: "application/json", Doc: "the document tree, for other programs",
		New: func() render.Renderer { return renderer{} },
	}
}

type renderer struct{}

func (renderer) Render(ctx context.Context, job *render.Job, w io.Writer) (render.Result, error) {
	if err := ctx.Err(); err != nil {
		return render.Result{}, err
	}
	return render.Result{}, tree.Encode(w, job.Book)
}
