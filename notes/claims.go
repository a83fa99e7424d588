package notes

import (
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

var accessibilityKeys = []string{"conforms-to", "certified-by", "credential", "report"}

// conformance is the form in which EPUB Accessibility 1.1 §2.4.1 wants a claim, and the same without its beginning.
var conformance = lazyregexp.New(`^(?:EPUB Accessibility 1\.1 - )?WCAG (2\.[012])(?: Level)? (A{1,3})$`)

// accessibility reads what the publisher states about accessibility. A claim without the name of who has verified it, or the
// name without a claim, says nothing that may be printed: it is reported and left out.
func (c *Config) accessibility(r reader, f field) {
	if f.value.kind == nothing {
		return
	}
	if f.value.kind != mapping {
		r.report.Errorf(CodeType, f.value.pos, "%s wants a mapping with %s, not %s", f.key, strings.Join(accessibilityKeys, ", "), kindNames[f.value.kind])
		return
	}
	a := &tree.Accessibility{At: tree.At{Src: f.pos}}
	wrong := false
	for _, inner := range f.value.fields {
		switch inner.name {
		case "conforms-to":
			m := conformance.FindStringSubmatch(strings.Join(strings.Fields(r.text(inner)), " "))
			if m == nil {
				r.report(diag.Diagnostic{
					Severity: diag.Error, Code: CodeChoice, Pos: inner.value.pos, Message: inner.key + " wants a version and a level of WCAG",
					Hints: []string{"write it as WCAG 2.2 AA: the versions are 2.0, 2.1 and 2.2, the levels A, AA and AAA"},
				})
				wrong = true
				continue
			}
			a.ConformsTo = "EPUB Accessibility 1.1 - WCAG " + m[1] + " Level " + m[2]
		case "certified-by":
			a.CertifiedBy = r.text(inner)
		case "credential":
			a.Credential = r.text(inner)
		case "report":
			address := r.text(inner)
			if a.Report = r.webURL(address, inner, inner.value.pos); a.Report == "" && address != "" {
				r.report.Errorf(CodeType, inner.value.pos, "%s wants the address of a page in the web, not %q", inner.key, address)
			}
		default:
			c.unknownIn(r, inner, f.key, accessibilityKeys)
		}
	}
	if wrong {
		return
	}
	missing := ""
	switch {
	case a.ConformsTo == "":
		missing = "conforms-to, what is certified"
	case a.CertifiedBy == "":
		missing = "certified-by, the name of who has verified it"
	default:
		c.Meta.Accessibility = a
		return
	}
	r.report(diag.Diagnostic{
		Severity: diag.Error, Code: CodeClaim, Pos: f.pos, Message: f.key + " lacks " + missing,
		Hints: []string{"without both nothing is stated in the book"},
	})
}
