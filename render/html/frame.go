package html

import (
	"fmt"
	"strings"

	"github.com/evbook/evbook/render/xhtml"
)

// Anchors of the file's own places. Names of the form _x are free for them.
const (
	textID     = "_text"
	tocID      = "_toc"
	tocTitleID = "_toc-title"
)

// titleBlock writes what the title page of a book says.
func (d *document) titleBlock(w *xhtml.Writer) {
	w.Start("header", xhtml.A("class", "book"))
	w.Line()
	if d.drawn != nil {
		w.Start("div", xhtml.A("class", "book-cover"))
		w.Fragment(xhtml.Fragment(d.drawn.SVG("_cover", nil)))
		w.End()
		w.Line()
	}
	if d.cover != nil {
		w.Void("img", xhtml.A("class", "book-cover"), xhtml.A("src", d.cover.DataURL()),
			xhtml.A("alt", strings.Replace(d.words.CoverOf, "%s", d.title, 1)))
		w.Line()
	}
	page := d.site.NewPage("", "")
	meta := d.book.Meta
	meta.Title = d.title
	page.TitlePage(&meta)
	w.Fragment(page.Done())
	w.Line()
	w.End()
	w.Line()
}

// contents writes the contents. What is below an entry can be folded away; on wide screens the style sheet puts the
// contents beside the text and unfolds them.
func (d *document) contents(w *xhtml.Writer) {
	if len(d.parts) == 0 {
		return
	}
	w.Start("nav", xhtml.A("id", tocID), xhtml.A("class", "contents"), xhtml.A("role", "doc-toc"), xhtml.A("aria-labelledby", tocTitleID))
	w.Line()
	w.Element("h2", d.words.Contents, xhtml.A("id", tocTitleID))
	w.Line()
	d.entries(w, d.parts)
	w.End()
	w.Line()
}

func (d *document) entries(w *xhtml.Writer, parts []*xhtml.Part) {
	w.Start("ol")
	w.Line()
	for _, part := range parts {
		w.Start("li")
		w.Element("a", part.Title, append(sectionLang(part.Lang, d.lang), xhtml.A("href", "#"+part.Place.Anchor))...)
		switch n := count(part); {
		case n == 1:
			w.Line()
			d.entries(w, part.Parts)
		case n > 1:
			w.Line()
			w.Start("details")
			w.Line()
			entries := fmt.Sprintf(d.words.Appendix().EventEntries, n)
			w.Element("summary", entries, xhtml.A("aria-label", part.Title+": "+entries))
			w.Line()
			d.entries(w, part.Parts)
			w.End()
		}
		w.End()
		w.Line()
	}
	w.End()
	w.Line()
}

// count returns the number of talks, or other innermost parts, below a part.
func count(part *xhtml.Part) int {
	n := 0
	for _, p := range part.Parts {
		n += max(count(p), 1)
	}
	return n
}

// sectionLang returns the attributes that state a language, if it is not the one around.
func sectionLang(lang, around string) []xhtml.Attr {
	if lang == "" || strings.EqualFold(lang, around) {
		return nil
	}
	return xhtml.LangWithin(lang, around)
}
