package xhtml

import (
	"github.com/evbook/evbook/render/words"
)

// Namespaces of the documents.
const (
	Namespace     = "http://www.w3.org/1999/xhtml"
	NamespaceEPUB = "http://www.idpf.org/2007/ops"
	NamespaceSVG  = "http://www.w3.org/2000/svg"
)

// Head is what a document says of itself before its body.
type Head struct {
	Title  string
	Lang   string   // BCP 47
	Styles []string // addresses of the style sheets, in order
	Type   string   // epub:type of the body: frontmatter, bodymatter, backmatter; only with EPUB
	EPUB   bool
}

// Document returns a whole file around a body: HTML in XML syntax, as EPUB 3.3 §6.1 wants it.
func Document(h Head, body Fragment) []byte {
	var w Writer
	w.b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n")
	attrs := []Attr{A("xmlns", Namespace)}
	typ := Attr{}
	if h.EPUB {
		attrs = append(attrs, A("xmlns:epub", NamespaceEPUB))
		typ = Opt("epub:type", h.Type)
	}
	w.Start("html", append(attrs, Lang(h.Lang)...)...)
	w.Line()
	w.Start("head")
	w.Line()
	w.Void("meta", A("charset", "utf-8"))
	w.Line()
	w.Element("title", firstOf(h.Title, "—"))
	w.Line()
	for _, href := range h.Styles {
		w.Void("link", A("rel", "stylesheet"), A("type", "text/css"), A("href", href))
		w.Line()
	}
	w.End()
	w.Line()
	w.Start("body", typ)
	w.Line()
	w.Fragment(body)
	w.Line()
	w.End()
	w.Line()
	w.End()
	w.Line()
	return []byte(w.Done())
}

// direction returns rtl for languages written from right to left, and nothing for all others.
func direction(lang string) string {
	if words.RightToLeft(lang) {
		return "rtl"
	}
	return ""
}
