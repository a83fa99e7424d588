// Package epub writes a book as an EPUB 3.3 publication that older reading systems can open as well.
//
// The pages come from render/xhtml. The go-epub library assembles the container from them; a finishing pass then reads
// the container back, checks that nothing is missing, and writes what the library cannot: the package document with full
// metadata, the navigation, the heads of the pages, and an archive whose bytes depend on the book alone.
package epub

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/xhtml"
)

// MediaType is the media type of an EPUB (OCF 3.3 §4.3).
const MediaType = "application/epub+zip"

// Format describes the format for a registry.
func Format() render.Format {
	return render.Format{
		Name: "epub", Ext: ".epub", MediaType: MediaType,
		Doc:    "electronic book (EPUB 3.3), for reading systems and phones",
		ExtFor: ending,
		New:    func() render.Renderer { return renderer{} },
	}
}

type renderer struct{}

// Render writes the book as an EPUB. It is safe for concurrent use, also with itself.
func (renderer) Render(ctx context.Context, job *render.Job, w io.Writer) (render.Result, error) {
	p, err := newPublication(job)
	if err != nil {
		return render.Result{}, err
	}
	if err := p.awaitPages(ctx); err != nil {
		return render.Result{}, err
	}
	if err := p.writePages(ctx); err != nil {
		return render.Result{}, err
	}
	p.placePages()
	if p.options.embed {
		if err := p.embedFonts(); err != nil {
			return render.Result{}, fmt.Errorf("embed fonts: %w", err)
		}
	}
	if p.options.profile == kobo {
		for _, d := range p.docs {
			d.body = koboSpans(d.body)
		}
	}
	packed, err := p.assemble(ctx)
	if err != nil {
		return render.Result{}, fmt.Errorf("assemble EPUB: %w", err)
	}
	files, err := p.finish(packed)
	if err != nil {
		return render.Result{}, fmt.Errorf("finish EPUB: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return render.Result{}, err
	}
	checked := make(chan struct{})
	go func() {
		defer close(checked)
		p.check(files)
	}()
	size := &counter{w: w}
	err = writeArchive(size, files, job.Time, true)
	<-checked
	if err != nil {
		return render.Result{}, fmt.Errorf("write EPUB: %w", err)
	}
	p.checkSize(size.n)
	return render.Result{}, nil
}

// counter counts the bytes that it passes on.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// writePages writes the bodies of all pages, several at a time.
func (p *publication) writePages(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, d := range p.docs {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			page := p.site.NewPage(d.name, d.lang)
			d.write(page)
			d.body, d.found, d.marks, d.origins = page.Done(), page.Found, page.Marks, page.Origins
			d.plain = d.body
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, d := range p.docs {
		p.found.Add(d.found)
	}
	return nil
}

// document is one page of the book.
type document struct {
	name   string // file name; pages lie in the folder xhtml
	title  string
	lang   string // BCP 47
	matter string // frontmatter, bodymatter or backmatter
	write  func(*xhtml.Page)

	body    xhtml.Fragment
	found   xhtml.Found
	marks   []xhtml.Mark   // of page breaks, in the order of the text
	plain   xhtml.Fragment // the body without marks of pages
	origins []xhtml.Origin
	pos     diag.Pos // of what the page is made from
	props   []string // properties of the manifest item, found by inspection
}

// entry is an entry of the contents.
type entry struct {
	title    string
	href     string // relative to the package document
	heading  bool   // a heading inside a page: not shown in the visible contents
	children []*entry
}
