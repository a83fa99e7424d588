package epub

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/picture/web"
	"github.com/evbook/evbook/render/xhtml"
)

// CodeClaim is the code of a statement on accessibility in book.yaml that the book itself contradicts.
const CodeClaim diag.Code = "accessibility-claim"

// accessibility writes the metadata of EPUB Accessibility 1.1 §2 from what the pages hold, and claims nothing else.
// Conformance is for people to state, not for a program: see conformance.
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
	if slices.ContainsFunc(p.marks, func(l landmark) bool { return l.guide == "index" }) {
		features = append(features, "index")
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
	p.conformance(m, described)
}

// conformance writes what book.yaml states (EPUB Accessibility 1.1 §2.4): to what the book conforms, who has verified it and
// with what right. WCAG wants a text for every picture; where one lacks, the statement is false and is left out.
func (p *publication) conformance(m metaWriter, described bool) {
	a := p.book.Meta.Accessibility
	if a == nil {
		return
	}
	if !described {
		p.job.Report(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeClaim, Pos: a.Src,
			Message: fmt.Sprintf("%d pictures have no alternative text: the book does not conform to %s", p.found.NoAlt, a.ConformsTo),
			Hints:   []string{"the EPUB states no conformance; write texts for the pictures between the brackets of ![]()"},
		})
		return
	}
	m.property("dcterms:conformsTo", a.ConformsTo, xhtml.A("id", "conformance"))
	m.property("a11y:certifiedBy", a.CertifiedBy, xhtml.A("refines", "#conformance"), xhtml.A("id", "certifier"))
	if href, ok := xhtml.CleanURL(a.Credential); ok && strings.HasPrefix(href, "http") {
		m.link("a11y:certifierCredential", "certifier", href)
	} else {
		m.refine("certifier", "a11y:certifierCredential", a.Credential)
	}
	if href, ok := xhtml.CleanURL(a.Report); ok {
		m.link("a11y:certifierReport", "certifier", href)
	}
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
