package pdf

import (
	"context"
	"io"

	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/typeset"
)

// Format is the PDF format of books.
func Format() render.Format {
	return render.Format{
		Name: "pdf", Ext: ".pdf", MediaType: "application/pdf", Paged: true,
		Doc:     "typeset pages, tagged and archivable (PDF/UA-1, PDF/A-2a)",
		New:     func() render.Renderer { return renderer{} },
		Prepare: typeset.Prepare,
	}
}

type renderer struct{}

// Render implements [render.Renderer].
func (renderer) Render(ctx context.Context, job *render.Job, w io.Writer) (render.Result, error) {
	defer job.Pages.Set(nil) // after an error nobody waits in vain
	o := readOptions(job.Options, job.Report)
	doc, err := typeset.Set(ctx, typeset.Input{
		Book: job.Book, Layout: o.layout(job.Layout), QR: o.qr, Fonts: job.Fonts, Assets: job.Assets, Time: job.Time,
		Generator: job.Generator, Report: job.Report, FontDirs: job.FontDirs, SystemFonts: job.SystemFonts,
	})
	if err != nil {
		return render.Result{}, err
	}
	job.Pages.Set(pageMap(doc))
	if err := Write(ctx, doc, w, Options{Fonts: job.Fonts, Report: job.Report, Password: o.password}); err != nil {
		return render.Result{}, err
	}
	return render.Result{Pages: len(doc.Pages)}, nil
}

// pageMap says where the pages of a document begin.
func pageMap(doc *typeset.Document) *render.PageMap {
	m := &render.PageMap{Count: len(doc.Pages)}
	for _, p := range doc.Pages {
		if p.Label != "" || !p.Begins.IsZero() { // else it is the inner side of the cover, which nobody looks up
			m.Pages = append(m.Pages, render.PageStart{Label: p.Label, Begins: p.Begins})
		}
	}
	return m
}
