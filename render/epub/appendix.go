package epub

import (
	"slices"

	"github.com/evbook/evbook/render/derive"
)

// mark makes an appendix a landmark.
func (p *publication) mark(a derive.Appendix, title, href string) {
	l := landmark{"appendix", "", title, href}
	switch a {
	case derive.Speakers, derive.Topics:
		l.typ = "index"
		if !slices.ContainsFunc(p.marks, func(l landmark) bool { return l.guide == "index" }) { // the guide of EPUB 2 knows one index
			l.guide = "index"
		}
	case derive.Colophon:
		l.typ, l.guide = "colophon", "colophon"
	case derive.Actions, derive.Chronology:
	}
	p.marks = append(p.marks, l)
}
