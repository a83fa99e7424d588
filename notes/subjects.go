package notes

import (
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

var subjectKeys = []string{"name", "authority", "term"}

// subjects reads what the book is about: texts, and mappings of a name to a term of a published scheme.
func (c *Config) subjects(r reader, f field) {
	if f.value.kind != list {
		c.Meta.Subjects = r.texts(f)
		return
	}
	for _, v := range f.value.items {
		if v.kind != mapping {
			one := f
			one.value.items = []value{v}
			c.Meta.Subjects = append(c.Meta.Subjects, r.texts(one)...)
			continue
		}
		var code tree.SubjectCode
		for _, inner := range v.fields {
			switch inner.name {
			case "name":
				code.Subject = strings.TrimSpace(r.text(inner))
			case "authority":
				code.Authority = strings.TrimSpace(r.text(inner))
			case "term":
				code.Term = strings.TrimSpace(r.text(inner))
			default:
				c.unknownIn(r, inner, f.key, subjectKeys)
			}
		}
		if code.Subject != "" {
			c.Meta.Subjects = append(c.Meta.Subjects, code.Subject)
		}
		if code.Subject == "" || code.Authority == "" || code.Term == "" {
			r.report.Errorf(CodeType, v.pos, "a mapping of %s wants name, authority (the scheme, such as BISAC) and term (the code in it)", f.key)
			continue
		}
		c.Meta.SubjectCodes = append(c.Meta.SubjectCodes, code)
	}
}
