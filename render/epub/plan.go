package epub

import (
	"cmp"
	"strings"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/figures"
	"github.com/evbook/evbook/render/picture/web"
	"github.com/evbook/evbook/render/words"
	"github.com/evbook/evbook/render/xhtml"
)

// Folders and files of the container below its root EPUB, as the library lays them out.
const (
	root       = "EPUB/"
	pageFolder = "xhtml/"
	navFile    = "nav.xhtml"
	ncxFile    = "toc.ncx"
	opfFile    = "package.opf"

	coverPage = "cover.xhtml"
	titlePage = "title.xhtml"
)

// publication is an EPUB in the making.
type publication struct {
	job   *render.Job
	book  *tree.Book
	words *words.Words
	lang  string
	title string

	site  *xhtml.Site
	docs  []*document // in reading order, without the contents
	toc   []*entry
	body  string     // name of the page where the text begins
	marks []landmark // of the appendices

	images *web.Store
	cover  *web.Picture
	styles []resource
	fonts  []resource
	found  xhtml.Found
	options
	pages pageList
}

// resource is a file of the container that is no page.
type resource struct {
	href      string // relative to the package document
	mediaType string
	data      []byte
}

// newPublication plans the pages of a book: which there are, what they are called, and what stands where.
func newPublication(job *render.Job) (*publication, error) {
	lang := cmp.Or(words.Tag(job.Book.Meta.Language), "en")
	p := &publication{
		job: job, book: job.Book, words: words.For(lang), lang: lang,
		title: cmp.Or(strings.TrimSpace(job.Book.Meta.Title), "Untitled"),
	}
	p.options = readOptions(job.Options, job.Report)
	p.images = web.NewStore(job.Assets, job.Report)
	p.site = &xhtml.Site{
		Words: p.words, Lang: lang, Index: xhtml.NewIndex(), Picture: p.picture,
		Raw: []string{"epub", "html", "xhtml"}, EPUB: true, Facts: derive.New(job.Book), Report: job.Report,
		Figures:  figures.ForScreens(job.Fonts, job.Layout, lang, p.words),
		NoMathML: p.options.profile == kindle, PlainTables: p.options.profile == kindle,
	}
	var err error
	if p.styles, err = styleSheets(job.Layout, p.options.profile); err != nil {
		return nil, err
	}
	p.planCover()
	p.add(&document{name: titlePage, title: p.title, matter: "frontmatter", write: func(w *xhtml.Page) {
		meta := job.Book.Meta
		meta.Title = p.title
		w.TitlePage(&meta)
	}})
	at := func(name string) xhtml.Place { return xhtml.Place{File: name + ".xhtml"} }
	parts := p.site.Plan(job.Book, job.Generator, at)
	for _, part := range parts {
		if part.Matter == "bodymatter" {
			p.body = cmp.Or(p.body, part.Place.File)
		}
		p.toc = append(p.toc, p.place(part))
	}
	if p.body == "" { // a book of chapters only begins with the first of them
		p.body = titlePage
		if len(parts) > 0 && parts[0].Node != nil {
			p.body = parts[0].Place.File
		}
	}
	if p.options.profile == kindle {
		for _, e := range p.toc {
			e.children = flat(e.children)
		}
	}
	if len(p.toc) == 0 { // contents must not be empty
		p.toc = []*entry{{title: p.words.TitlePage, href: pageFolder + titlePage}}
	}
	return p, nil
}

// planCover plans the page of the cover: that of the notes, or else one that is drawn.
func (p *publication) planCover() {
	path := p.book.Meta.Cover
	if path == tree.NoCover {
		return
	}
	var pic *web.Picture
	ok := false
	if path != "" {
		pic, ok = p.images.Cover(path)
	}
	if !ok {
		pic = p.images.Add(figures.CoverPNG(p.site.Facts, p.job.Fonts, p.job.Layout), "image/png", figures.CoverWidth, figures.CoverHeight)
	}
	p.cover = pic
	alt := strings.Replace(p.words.CoverOf, "%s", p.title, 1)
	p.add(&document{name: coverPage, title: p.title, matter: "frontmatter", write: func(w *xhtml.Page) {
		w.CoverPage(asPicture(pic), alt)
	}})
}

// pictureFolder holds the pictures, relative to the package document.
const pictureFolder = "images/"

// picture is what pages ask for the pictures of the tree.
func (p *publication) picture(img *tree.Image) (xhtml.Picture, bool) {
	pic, ok := p.images.Find(img)
	if !ok {
		return xhtml.Picture{}, false
	}
	return asPicture(pic), true
}

func asPicture(p *web.Picture) xhtml.Picture {
	return xhtml.Picture{Href: "../" + pictureFolder + p.Name, Width: p.Width, Height: p.Height}
}

func (p *publication) add(d *document) {
	d.lang = cmp.Or(words.Tag(d.lang), p.lang)
	p.docs = append(p.docs, d)
}

// place plans the page of a part and those of the parts below it, and returns the entry of the contents.
func (p *publication) place(part *xhtml.Part) *entry {
	d := &document{name: part.Place.File, title: part.Title, lang: part.Lang, matter: part.Matter, write: part.Write}
	e := &entry{title: part.Title, href: pageFolder + d.name}
	p.add(d)
	switch n := part.Node.(type) {
	case *tree.Chapter:
		e.children = p.headings(d.name, n.Body)
	case *tree.Talk:
		e.children = p.headings(d.name, n.Body)
	}
	if part.Node != nil {
		d.pos = part.Node.Pos()
	} else if part.Appendix != "" {
		p.mark(part.Appendix, part.Title, e.href)
	}
	for _, below := range part.Parts {
		e.children = append(e.children, p.place(below))
	}
	return e
}

// flat brings what is below an entry of the contents to one level. Headings inside pages that are deeper are left out.
func flat(list []*entry) []*entry {
	var out []*entry
	for _, e := range list {
		below := e.children
		e.children = nil
		out = append(out, e)
		for _, f := range flat(below) {
			if !f.heading {
				out = append(out, f)
			}
		}
	}
	return out
}

// headingDepth is how many levels of headings inside a page are listed in the navigation.
const headingDepth = 2

// headings returns entries for the headings of a page, nested by level.
func (p *publication) headings(file string, body tree.Blocks) []*entry {
	top := &entry{}
	stack := []*entry{top}
	levels := []int{0}
	tree.Walk(&tree.Div{Body: body}, func(n tree.Node, _ []tree.Node) bool {
		h, ok := n.(*tree.Heading)
		if !ok {
			_, note := n.(*tree.Footnote) // printed elsewhere
			return !note
		}
		title := tree.PlainText(h.Text)
		place, known := p.site.Index.Place(h.ID)
		level := max(h.Level, 1)
		if level > headingDepth || title == "" || !known || place.File != file {
			return false
		}
		for levels[len(levels)-1] >= level {
			stack, levels = stack[:len(stack)-1], levels[:len(levels)-1]
		}
		e := &entry{title: title, href: pageFolder + place.File + "#" + place.Anchor, heading: true}
		at := stack[len(stack)-1]
		at.children = append(at.children, e)
		stack, levels = append(stack, e), append(levels, level)
		return false
	})
	return top.children
}
