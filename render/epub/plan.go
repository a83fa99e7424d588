package epub

import (
	"cmp"
	"strings"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/derive"
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
	names map[string]bool

	images *web.Store
	cover  *web.Picture
	styles []resource
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
		names: map[string]bool{coverPage: true, titlePage: true, navFile: true},
	}
	p.options = readOptions(job.Options, job.Report)
	p.images = web.NewStore(job.Assets, job.Report)
	p.site = &xhtml.Site{
		Words: p.words, Lang: lang, Index: xhtml.NewIndex(), Picture: p.picture,
		Raw: []string{"epub", "html", "xhtml"}, EPUB: true, Facts: derive.New(job.Book), Report: job.Report,
		NoMathML: p.options.profile == kindle, PlainTables: p.options.profile == kindle,
	}
	var err error
	if p.styles, err = styleSheets(job.Layout, p.options.profile); err != nil {
		return nil, err
	}
	if path := job.Book.Meta.Cover; path != "" {
		p.planCover(path)
	}
	p.add(&document{name: titlePage, title: p.title, matter: "frontmatter", write: func(w *xhtml.Page) {
		meta := job.Book.Meta
		meta.Title = p.title
		w.TitlePage(&meta)
	}})
	for _, c := range job.Book.Front {
		p.planChapter(c, "frontmatter")
	}
	for _, e := range job.Book.Events {
		p.planEvent(e)
	}
	for _, c := range job.Book.Back {
		p.planChapter(c, "backmatter")
	}
	if p.body == "" { // a book of chapters only begins with the first of them
		chapters := len(job.Book.Front) + len(job.Book.Back)
		p.body = p.docs[len(p.docs)-max(chapters, 1)].name
	}
	p.planAppendices()
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

func (p *publication) planCover(path string) {
	pic, ok := p.images.Cover(path)
	if !ok {
		return
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

// fileName returns a name for the page of the node with this id. It depends on the id only, so that a rebuilt book keeps
// its readers' places; file names must differ in more than letter case.
func (p *publication) fileName(id string) string {
	name := strings.ToLower(xhtml.Anchor(cmp.Or(id, "page"))) + ".xhtml"
	for p.names[name] {
		name = "x-" + name
	}
	p.names[name] = true
	return name
}

func (p *publication) planChapter(c *tree.Chapter, matter string) {
	name := p.fileName(c.ID)
	p.site.Index.Page(c.ID, name)
	p.site.Index.Add(name, c)
	d := &document{name: name, title: label(c.Title, c.ID), matter: matter, pos: c.Src, write: func(w *xhtml.Page) { w.Chapter(c) }}
	p.add(d)
	p.toc = append(p.toc, &entry{title: d.title, href: pageFolder + name, children: p.headings(name, c.Body)})
}

func (p *publication) planEvent(e *tree.Event) {
	name := p.fileName(e.ID)
	p.site.Index.Page(e.ID, name)
	p.site.Index.Add(name, e)
	p.body = cmp.Or(p.body, name)
	d := &document{name: name, title: label(e.Title, e.ID), matter: "bodymatter", pos: e.Src, write: func(w *xhtml.Page) { w.Event(e) }}
	p.add(d)
	top := &entry{title: d.title, href: pageFolder + name}
	p.toc = append(p.toc, top)
	p.planSections(e, e.Sections, name, top)
}

// planSections plans the pages below an event or section. A titled section has a page of its own when it is one of several
// or has sections below it; else what it says is printed on the page above, called page.
func (p *publication) planSections(e *tree.Event, sections []*tree.Section, page string, above *entry) {
	for _, s := range sections {
		here, at := page, above
		if len(s.Title) > 0 && (len(sections) > 1 || len(s.Sections) > 0) {
			here = p.fileName(s.ID)
			p.site.Index.Page(s.ID, here)
			d := &document{name: here, title: label(s.Title, s.ID), matter: "bodymatter", pos: s.Src,
				write: func(w *xhtml.Page) { w.Section(s) }}
			p.add(d)
			at = &entry{title: d.title, href: pageFolder + here}
			above.children = append(above.children, at)
		} else {
			p.site.Index.Page(s.ID, page)
		}
		p.site.Index.Add(here, s)
		for _, t := range s.Talks {
			p.planTalk(e, t, at)
		}
		p.planSections(e, s.Sections, here, at)
	}
}

func (p *publication) planTalk(e *tree.Event, t *tree.Talk, above *entry) {
	name := p.fileName(t.ID)
	p.site.Index.Page(t.ID, name)
	p.site.Index.Add(name, t)
	d := &document{name: name, title: label(t.Title, t.ID), lang: t.Language, matter: "bodymatter", pos: t.Src,
		write: func(w *xhtml.Page) { w.Talk(t, e.Title) }}
	p.add(d)
	above.children = append(above.children, &entry{title: d.title, href: pageFolder + name, children: p.headings(name, t.Body)})
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

// label returns the words of a title, or what stands for them: labels must not be empty.
func label(title tree.Inlines, id string) string { return cmp.Or(tree.PlainText(title), id, "—") }

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
