package epub

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evbook/evbook/render/xhtml"
)

// nav writes the navigation document (EPUB 3.3 §7): the contents, which readers also turn to as a page of the book, and
// the landmarks. Headings inside pages are listed for the reading system's own contents and hidden on the page (§7.4.3).
func (p *publication) nav() []byte {
	var w xhtml.Writer
	for _, i := range p.pages.inNav {
		w.Fragment(p.pages.marks.Mark(i))
	}
	w.Start("nav", xhtml.A("epub:type", "toc"), xhtml.A("role", "doc-toc"), xhtml.A("id", "toc"),
		xhtml.A("aria-labelledby", "toc-title"))
	w.Line()
	w.Element("h1", p.words.Contents, xhtml.A("id", "toc-title"))
	w.Line()
	navList(&w, p.toc)
	w.End()
	w.Line()
	w.Start("nav", xhtml.A("epub:type", "landmarks"), xhtml.A("aria-label", p.words.Landmarks), xhtml.A("hidden", "hidden"))
	w.Line()
	w.Start("ol")
	w.Line()
	for _, l := range p.landmarks() {
		w.Start("li")
		w.Element("a", l.title, xhtml.A("epub:type", l.typ), xhtml.A("href", l.href))
		w.End()
		w.Line()
	}
	w.End()
	w.Line()
	w.End()
	p.pageNav(&w)
	head := xhtml.Head{Title: p.words.Contents, Lang: p.lang, Type: "frontmatter", EPUB: true}
	for _, s := range p.styles {
		head.Styles = append(head.Styles, s.href)
	}
	return xhtml.Document(head, w.Done())
}

// pageNav writes the list of pages (EPUB 3.3 §7.4.4).
func (p *publication) pageNav(w *xhtml.Writer) {
	if len(p.pages.breaks) == 0 {
		return
	}
	w.Line()
	w.Start("nav", xhtml.A("epub:type", "page-list"), xhtml.A("role", "doc-pagelist"), xhtml.A("aria-label", p.words.Pages), xhtml.A("hidden", "hidden"))
	w.Line()
	w.Start("ol")
	w.Line()
	for i, b := range p.pages.breaks {
		w.Start("li")
		w.Element("a", b.Label, xhtml.A("href", p.pages.hrefs[i]))
		w.End()
		w.Line()
	}
	w.End()
	w.Line()
	w.End()
}

func navList(w *xhtml.Writer, entries []*entry) {
	var hidden xhtml.Attr
	if entries[0].heading {
		hidden = xhtml.A("hidden", "hidden")
	}
	w.Start("ol", hidden)
	w.Line()
	for _, e := range entries {
		w.Start("li")
		w.Element("a", e.title, xhtml.A("href", e.href))
		if len(e.children) > 0 {
			w.Line()
			navList(w, e.children)
		}
		w.End()
		w.Line()
	}
	w.End()
	w.Line()
}

type landmark struct{ typ, guide, title, href string }

// landmarks returns the places that reading systems offer beside the contents, also under their names in EPUB 2.
func (p *publication) landmarks() []landmark {
	var list []landmark
	if p.cover != nil {
		list = append(list, landmark{"cover", "cover", p.words.Cover, pageFolder + coverPage})
	}
	list = append(list,
		landmark{"titlepage", "title-page", p.words.TitlePage, pageFolder + titlePage},
		landmark{"toc", "toc", p.words.Contents, navFile + "#toc"},
		landmark{"bodymatter", "text", p.words.StartOfText, pageFolder + p.body})
	return append(list, p.marks...)
}

// ncx writes the contents in the form of EPUB 2 (OPF 2.0.1 §2.4.1), for old reading systems.
func (p *publication) ncx() []byte {
	var w xhtml.Writer
	w.Start("ncx", xhtml.A("xmlns", "http://www.daisy.org/z3986/2005/ncx/"), xhtml.A("version", "2005-1"), xhtml.A("xml:lang", p.lang))
	w.Line()
	w.Start("head")
	w.Line()
	for _, m := range [][2]string{{"dtb:uid", p.identifier()}, {"dtb:depth", strconv.Itoa(depth(p.toc))},
		{"dtb:totalPageCount", strconv.Itoa(len(p.pages.breaks))}, {"dtb:maxPageNumber", strconv.Itoa(p.pages.last())}} {
		w.Void("meta", xhtml.A("name", m[0]), xhtml.A("content", m[1]))
		w.Line()
	}
	w.End()
	w.Line()
	ncxText(&w, "docTitle", p.title)
	for _, c := range p.book.Meta.Creators {
		if strings.TrimSpace(c.Name) != "" {
			ncxText(&w, "docAuthor", c.Name)
		}
	}
	w.Start("navMap")
	w.Line()
	order := p.ncxOrder()
	ncxPoints(&w, p.toc, order)
	w.End()
	w.Line()
	p.ncxPages(&w, order)
	w.End()
	w.Line()
	return append([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), w.Done()...)
}

func ncxText(w *xhtml.Writer, element, text string) {
	w.Start(element)
	w.Element("text", text)
	w.End()
	w.Line()
}

// ncxOrder numbers the places that the NCX names in the order of the text.
type ncxOrder map[string]int

func (o ncxOrder) of(href string) string { return strconv.Itoa(o[href]) }

// ncxOrder finds the order of all places in contents and list of pages.
func (p *publication) ncxOrder() ncxOrder {
	file := map[string]int{}
	for i, name := range p.spineNames() {
		file[name] = i
	}
	ids := map[string]map[string]int{} // of a page: where they stand
	for _, d := range p.docs {
		ids[d.name] = idPlaces(string(d.body))
	}
	type spot struct {
		href       string
		file, byte int
	}
	var spots []spot
	seen := map[string]bool{}
	see := func(href string) {
		if seen[href] {
			return
		}
		seen[href] = true
		name, anchor, _ := strings.Cut(strings.TrimPrefix(href, pageFolder), "#")
		at := 0
		if anchor != "" {
			at = ids[name][anchor]
		}
		spots = append(spots, spot{href, file[name], at})
	}
	var all func([]*entry)
	all = func(list []*entry) {
		for _, e := range list {
			see(e.href)
			all(e.children)
		}
	}
	all(p.toc)
	for _, href := range p.pages.hrefs {
		see(href)
	}
	slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.byte, b.byte)) })
	order := ncxOrder{}
	for i, s := range spots {
		order[s.href] = i + 1
	}
	return order
}

// idPlaces finds the ids of a page and says how many bytes stand before each, and one more.
func idPlaces(body string) map[string]int {
	const mark = ` id="`
	places := map[string]int{}
	for at := 0; ; {
		i := strings.Index(body[at:], mark)
		if i < 0 {
			return places
		}
		at += i + len(mark)
		end := strings.IndexByte(body[at:], '"')
		if end < 0 {
			return places
		}
		if id := body[at : at+end]; places[id] == 0 {
			places[id] = at - len(mark) + 1
		}
		at += end
	}
}

func ncxPoints(w *xhtml.Writer, entries []*entry, order ncxOrder) {
	for _, e := range entries {
		n := order.of(e.href)
		w.Start("navPoint", xhtml.A("id", "n"+n), xhtml.A("playOrder", n))
		w.Start("navLabel")
		w.Element("text", e.title)
		w.End()
		w.Void("content", xhtml.A("src", e.href))
		w.Line()
		ncxPoints(w, e.children, order)
		w.End()
		w.Line()
	}
}

func depth(entries []*entry) int {
	deepest := 0
	for _, e := range entries {
		deepest = max(deepest, 1+depth(e.children))
	}
	return deepest
}
