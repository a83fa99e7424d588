package epub

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/render/picture/web"
	"github.com/evbook/evbook/render/xhtml"
)

// accessibility writes the metadata of EPUB Accessibility 1.1 §2 from what the pages hold, and claims nothing else.
// Conformance is for people to state, not for a program.
func (p *publication) accessibility(m metaWriter) {
	f := p.found
	m.property("schema:accessMode", "textual")
	if f.Images > 0 {
		m.property("schema:accessMode", "visual")
	}
	described := f.NoAlt == 0
	if described {
		m.property("schema:accessModeSufficient", "textual")
	}
	if f.Images > 0 {
		m.property("schema:accessModeSufficient", "textual,visual")
	}
	features := []string{"tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "ARIA", "unlocked"}
	if f.Images > 0 && described {
		features = append(features, "alternativeText")
	}
	if f.MathML > 0 {
		features = append(features, "MathML")
	}
	if f.MathML+f.TeX > 0 { // as the text alternative, or as the text itself
		features = append(features, "latex")
	}
	if len(p.pages.breaks) > 0 {
		features = append(features, "pageBreakMarkers", "pageNavigation")
	}
	for _, feature := range features {
		m.property("schema:accessibilityFeature", feature)
	}
	hazard := "none"
	if p.animated() {
		hazard = "unknown" // a moving picture may flash
	}
	m.property("schema:accessibilityHazard", hazard)
	lang := xhtml.Attr{}
	if p.words.Lang != "en" || !strings.HasPrefix(strings.ToLower(p.lang), "en") {
		lang = xhtml.A("xml:lang", "en")
	}
	m.property("schema:accessibilitySummary", p.summary(described), lang)
}

func (p *publication) summary(described bool) string {
	f := p.found
	parts := []string{"The text can be enlarged and reflowed, and read aloud in the given order; contents, headings and landmarks lead through it."}
	if len(p.pages.breaks) > 0 {
		parts = append(parts, "The numbers of the pages of the PDF edition are marked, and a list of pages leads to them.")
	}
	if f.Images > 0 {
		if described {
			parts = append(parts, "All pictures have alternative texts.")
		} else {
			parts = append(parts, "Some pictures have no alternative text.")
		}
	}
	if f.Tables > 0 {
		parts = append(parts, "Tables have header cells.")
	}
	if f.Code > 0 {
		parts = append(parts, "Program listings are text, and colour is not needed to read them.")
	}
	if f.Notes > 0 {
		parts = append(parts, "Footnotes are linked both ways.")
	}
	if f.MathML > 0 {
		parts = append(parts, "Formulas are given in MathML, with their TeX notation as alternative text.")
	}
	if f.TeX > 0 {
		parts = append(parts, "Some formulas are given in TeX notation.")
	}
	if p.animated() {
		parts = append(parts, "There are moving pictures.")
	}
	return strings.Join(parts, " ")
}

// animated reports whether a picture moves.
func (p *publication) animated() bool {
	return slices.ContainsFunc(p.images.Used(), func(pic *web.Picture) bool { return pic.Animated })
}
