package epub

import (
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/xhtml"
)

// planAppendices plans the pages that are made from the notes, and the places in talks that they lead to.
func (p *publication) planAppendices() {
	f := p.site.Facts
	for _, item := range f.Items() {
		if place, ok := p.site.Index.Place(item.Place.Talk.ID); ok {
			p.site.Index.Point(item.Anchor, place.File)
		}
	}
	indexed := false
	for _, a := range f.Appendices() {
		name := p.fileName(a.ID())
		p.site.Index.Page(a.ID(), name)
		title := f.Title(a, p.words)
		p.add(&document{name: name, title: title, matter: "backmatter", write: func(w *xhtml.Page) { w.Appendix(a, p.job.Generator) }})
		p.toc = append(p.toc, &entry{title: title, href: pageFolder + name})
		switch a {
		case derive.Speakers, derive.Topics:
			// The guide of EPUB 2 knows one index.
			guide := "index"
			if indexed {
				guide = ""
			}
			indexed = true
			p.marks = append(p.marks, landmark{"index", guide, title, pageFolder + name})
		case derive.Colophon:
			p.marks = append(p.marks, landmark{"colophon", "colophon", title, pageFolder + name})
		case derive.Actions, derive.Chronology:
			p.marks = append(p.marks, landmark{"appendix", "", title, pageFolder + name})
		}
	}
}
