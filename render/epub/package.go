package epub

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/evbook/evbook/render/words"
	"github.com/evbook/evbook/render/xhtml"
)

// packageDocument writes the package document (EPUB 3.3 §5), with what EPUB 2 wants beside it.
func (p *publication) packageDocument() []byte {
	var w xhtml.Writer
	attrs := []xhtml.Attr{xhtml.A("xmlns", "http://www.idpf.org/2007/opf"), xhtml.A("version", "3.0"),
		xhtml.A("unique-identifier", "id"), xhtml.A("xml:lang", p.lang)}
	rtl := words.RightToLeft(p.lang)
	if rtl {
		attrs = append(attrs, xhtml.A("dir", "rtl"))
	}
	if len(p.fonts) > 0 {
		attrs = append(attrs, xhtml.A("prefix", ibooksPrefix))
	}
	w.Start("package", attrs...)
	w.Line()
	p.metadata(&w)
	p.manifest(&w)
	p.spine(&w, rtl)
	w.Start("guide")
	w.Line()
	for _, l := range p.landmarks() {
		if l.guide == "" { // a place that EPUB 2 has no word for
			continue
		}
		w.Void("reference", xhtml.A("type", l.guide), xhtml.A("title", l.title), xhtml.A("href", l.href))
		w.Line()
	}
	w.End()
	w.Line()
	w.End()
	w.Line()
	return append([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), w.Done()...)
}

func (p *publication) manifest(w *xhtml.Writer) {
	w.Start("manifest")
	w.Line()
	item := func(id, href, mediaType string, props ...string) {
		w.Void("item", xhtml.A("id", id), xhtml.A("href", href), xhtml.A("media-type", mediaType),
			xhtml.Opt("properties", strings.Join(props, " ")))
		w.Line()
	}
	item("nav", navFile, "application/xhtml+xml", "nav")
	item("ncx", ncxFile, "application/x-dtbncx+xml")
	for _, d := range p.docs {
		item(itemID(pageFolder+d.name), pageFolder+d.name, "application/xhtml+xml", d.props...)
	}
	for _, r := range p.resources() {
		var props []string
		if p.cover != nil && r.href == pictureFolder+p.cover.Name {
			props = []string{"cover-image"}
		}
		item(itemID(r.href), r.href, r.mediaType, props...)
	}
	w.End()
	w.Line()
}

// itemID makes a manifest id of a path. It depends on nothing else, because reading systems keep bookmarks by it.
func itemID(href string) string {
	name := path.Base(href)
	if strings.HasPrefix(href, pageFolder) {
		name = strings.TrimSuffix(name, ".xhtml")
	}
	return strings.TrimSuffix(path.Dir(href), "s") + "-" + name
}

// spine lists the reading order: cover, title page, contents, then everything else.
func (p *publication) spine(w *xhtml.Writer, rtl bool) {
	direction := xhtml.Attr{}
	if rtl {
		direction = xhtml.A("page-progression-direction", "rtl")
	}
	w.Start("spine", xhtml.A("toc", "ncx"), direction)
	w.Line()
	for _, d := range p.docs {
		w.Void("itemref", xhtml.A("idref", itemID(pageFolder+d.name)))
		w.Line()
		if d.name == titlePage {
			w.Void("itemref", xhtml.A("idref", "nav"))
			w.Line()
		}
	}
	w.End()
	w.Line()
}

// modified is the time of the last change in the one form that is allowed (EPUB 3.3 §5.5.5).
func modified(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// subjects returns what the book is about: its own subjects, then the tags of its talks, each once.
func (p *publication) subjects() []string {
	var out []string
	seen := map[string]bool{}
	add := func(list []string) {
		for _, s := range list {
			if s = strings.TrimSpace(s); s != "" && !seen[strings.ToLower(s)] {
				seen[strings.ToLower(s)] = true
				out = append(out, s)
			}
		}
	}
	add(p.book.Meta.Subjects)
	var tags []string
	for t := range p.book.AllTalks() {
		tags = append(tags, t.Tags...)
	}
	slices.Sort(tags)
	add(tags)
	return out
}
