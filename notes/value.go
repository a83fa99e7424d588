package notes

import (
	"strings"

	"github.com/evbook/evbook/notes/diag"
)

// valueKind is the shape of a value in front matter or book.yaml.
type valueKind uint8

const (
	nothing valueKind = iota // empty, null or ~
	scalar
	list
	mapping
)

var kindNames = [...]string{"nothing", "a text", "a list", "a mapping"}

// value is a value of front matter or book.yaml, the same for YAML, TOML and field lists. Scalars keep the text that the
// author wrote, so that 1.10 does not become 1.1.
type value struct {
	kind   valueKind
	text   string
	items  []value
	fields []field
	pos    diag.Pos
}

// field is a key with its value.
type field struct {
	key   string // as written
	name  string // in lower case, with hyphens for underscores and spaces
	pos   diag.Pos
	value value
}

func foldKey(key string) string {
	return withHyphens.Replace(strings.ToLower(strings.TrimSpace(key)))
}

// plain writes a value as running text: items after commas, fields as "key: value" after semicolons.
func (v value) plain() string {
	var parts []string
	switch v.kind {
	case scalar:
		return strings.TrimSpace(v.text)
	case list:
		for _, item := range v.items {
			parts = append(parts, item.plain())
		}
		return strings.Join(parts, ", ")
	case mapping:
		for _, f := range v.fields {
			parts = append(parts, f.key+": "+f.value.plain())
		}
		return strings.Join(parts, "; ")
	}
	return ""
}

// get returns the field with the given folded name.
func (v value) get(name string) (field, bool) {
	for _, f := range v.fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// dropRepeated reports keys that are given twice; the last one counts, as in most readers of YAML.
func dropRepeated(fields []field, report diag.Reporter) []field {
	last := make(map[string]int, len(fields))
	for i, f := range fields {
		last[f.name] = i
	}
	if len(last) == len(fields) {
		return fields
	}
	var out []field
	for i, f := range fields {
		if k := last[f.name]; k != i {
			report(diag.Diagnostic{
				Severity: diag.Error, Code: CodeKeyTwice, Pos: fields[k].pos, Message: "the key " + f.key + " is given twice: this one counts",
				Related: []diag.Related{{Pos: f.pos, Message: "first given here"}},
			})
			continue
		}
		out = append(out, f)
	}
	return out
}

var withHyphens = strings.NewReplacer("_", "-", " ", "-")
