// Package html writes a book as one HTML file that needs nothing beside it: pictures, style sheet and all are inside, and
// a browser that shows it asks for nothing else.
//
// The text comes from render/xhtml. The file is HTML in the syntax that XML parsers read in the same way (polyglot
// mark-up), so that other programs can take it apart without guessing. It has no scripts.
package html

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/figures"
	"github.com/evbook/evbook/render/picture/web"
	"github.com/evbook/evbook/render/words"
	"github.com/evbook/evbook/render/xhtml"
)

// Format describes the format for a registry.
func Format() render.Format {
	return render.Format{
		Name: "html", Ext: ".html", MediaType: "text/html",
		Doc: "one web page that holds everything, for browsers",
		New: func() render.Renderer { return renderer{} },
	}
}

type renderer struct{}

// Render writes the book as an HTML file. It is safe for concurrent use, also with itself.
func (renderer) Render(ctx context.Context, job *render.Job, w io.Writer) (render.Result, error) {
	d, err := newDocument(job)
	if err != nil {
		return render.Result{}, err
	}
	if err := d.write(ctx); err != nil {
		return render.Result{}, err
	}
	page, err := d.page()
	if err != nil {
		return render.Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return render.Result{}, err
	}
	if _, err := w.Write(page); err != nil {
		return render.Result{}, fmt.Errorf("write HTML: %w", err)
	}
	return render.Result{}, nil
}

// document is an HTML file in the making.
type document struct {
	job     *render.Job
	book    *tree.Book
	words   *words.Words
	lang    string
	title   string
	options options

	site   *xhtml.Site
	images *web.Store
	cover  *web.Picture
	drawn  *drawing.Drawing // the cover of a book that brings none
	parts  []*xhtml.Part
	bodies map[*xhtml.Part]*body
	style  string
}

// body is the text of a part without the parts below it, which stand between head and tail.
type body struct{ head, tail xhtml.Fragment }

func newDocument(job *render.Job) (*document, error) {
	lang := cmp.Or(words.Tag(job.Book.Meta.Language), "en")
	d := &document{
		job: job, book: job.Book, words: words.For(lang), lang: lang,
		title:  cmp.Or(strings.TrimSpace(job.Book.Meta.Title), "Untitled"),
		images: web.NewStore(job.Assets, job.Report), bodies: map[*xhtml.Part]*body{},
	}
	d.options = readOptions(job.Options, job.Report)
	d.site = &xhtml.Site{
		Words: d.words, Lang: lang, Index: xhtml.NewIndex(), Picture: d.picture, Raw: []string{"html", "xhtml"},
		Figures: figures.ForScreens(job.Fonts, job.Layout, lang, d.words),
		Scroll:  true, Facts: derive.New(job.Book), Report: job.Report,
	}
	var err error
	if d.style, err = d.styleSheet(); err != nil {
		return nil, err
	}
	if path := job.Book.Meta.Cover; path != tree.NoCover {
		ok := false
		if path != "" {
			d.cover, ok = d.images.Cover(path)
		}
		if !ok {
			d.drawn, _ = figures.ScreenCover(d.site.Facts, job.Fonts, job.Layout)
		}
	}
	d.parts = d.site.Plan(job.Book, job.Generator, func(name string) xhtml.Place { return xhtml.Place{Anchor: name} })
	return d, nil
}

// picture is what the text asks for the pictures of the tree.
func (d *document) picture(img *tree.Image) (xhtml.Picture, bool) {
	pic, ok := d.images.Find(img)
	if !ok {
		return xhtml.Picture{}, false
	}
	return xhtml.Picture{Href: pic.DataURL(), Width: pic.Width, Height: pic.Height}, true
}

// write writes the text of all parts, several at a time.
func (d *document) write(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var each func(parts []*xhtml.Part, level int)
	each = func(parts []*xhtml.Part, level int) {
		for _, part := range parts {
			b := new(body)
			d.bodies[part] = b
			group.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				if part.Appendix == derive.Colophon { // says how many pages the PDF has that is made at the same time
					m, err := d.job.Pages.Wait(ctx)
					if err != nil {
						return err
					}
					if m != nil {
						d.site.PrintPages = cmp.Or(m.Count, len(m.Pages)) // nobody else reads it
					}
				}
				page := d.site.NewSection(part.Place, min(level, 6), part.Lang)
				part.Write(page)
				all := page.Done()
				b.head, b.tail = all[:page.Inner], all[page.Inner:]
				return nil
			})
			each(part.Parts, level+1)
		}
	}
	each(d.parts, 2) // the first level is the book's title
	return group.Wait()
}

// page puts the file together.
func (d *document) page() ([]byte, error) {
	text := d.body()
	if d.options.embed {
		rules, err := fontSheet(string(text))
		if err != nil {
			return nil, err
		}
		d.style += rules
	}
	d.addOwnStyle()
	var w xhtml.Writer
	w.Start("html", append([]xhtml.Attr{xhtml.A("xmlns", xhtml.Namespace)}, xhtml.Lang(d.lang)...)...)
	w.Line()
	d.head(&w)
	w.Fragment(text)
	w.Line()
	w.End()
	w.Line()
	return append([]byte("<!DOCTYPE html>\n"), w.Done()...), nil
}

// body returns what is seen of the page.
func (d *document) body() xhtml.Fragment {
	var w xhtml.Writer
	w.Start("body")
	w.Line()
	w.Element("a", d.words.StartOfText, xhtml.A("class", "skip"), xhtml.A("href", "#"+textID))
	w.Line()
	d.titleBlock(&w)
	d.contents(&w)
	w.Start("main", xhtml.A("id", textID))
	w.Line()
	d.text(&w, d.parts)
	w.End()
	w.Line()
	if len(d.parts) > 0 {
		w.Start("footer")
		w.Element("a", d.words.Contents, xhtml.A("class", "up"), xhtml.A("href", "#"+tocID))
		w.End()
		w.Line()
	}
	w.End()
	return w.Done()
}

// text writes parts, each with the parts below it inside.
func (d *document) text(w *xhtml.Writer, parts []*xhtml.Part) {
	for _, part := range parts {
		b := d.bodies[part]
		w.Fragment(b.head)
		if len(part.Parts) > 0 {
			w.Line()
			d.text(w, part.Parts)
		}
		w.Fragment(b.tail)
		w.Line()
	}
}
