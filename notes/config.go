package notes

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

// Config is what book.yaml says. The zero Config is that of a folder without one.
type Config struct {
	Meta   tree.Meta // Language is empty when book.yaml does not give one
	Layout string    // name of the layout; empty: the program's default
	// Formats are the formats to build, in order; empty: the program's default.
	Formats  []FormatConfig
	Order    []string  // paths or patterns of what comes first, in order
	ByName   bool      // order by name alone: dates and weights do not count
	Ignore   []string  // patterns of files and folders to leave out
	Front    []string  // root files that stand before the events, in order
	Back     []string  // root files that stand after them
	Speakers []Speaker // the register of speakers
	File     string    // the file's name; empty when there is none

	pos      map[string]diag.Pos // places of the patterns in Order, Front and Back
	coverPos diag.Pos
}

// FormatConfig is a format to build with its own options.
type FormatConfig struct {
	Name    string
	Options []FormatOption // in the order of book.yaml; the format says what they mean
	Pos     diag.Pos
}

// FormatOption is a setting of a format. It converts to render.Option.
type FormatOption struct {
	Name, Value string
	Pos         diag.Pos
}

// configNames are the names under which book.yaml is looked for, in this order.
var configNames = []string{"book.yaml", "book.yml"}

// configKeys are the keys of book.yaml. They and configAliases are published in schema/book.schema.json.
var configKeys = []string{
	"title", "subtitle", "authors", "contributors", "language", "publisher", "rights", "rights-link", "description", "subjects",
	"identifier", "identifiers", "isbn", "series", "series-index", "date", "cover", "layout", "formats", "order", "ignore",
	"front", "back", "speakers", "appendix", "minutes", "todo", "figures", "accessibility",
}

// appendices are the values of the key appendix; render/derive makes them.
var appendices = []string{"speakers", "topics", "chronology", "actions", "colophon"}

// minutesWays are the values of the key minutes.
var minutesWays = []string{"dialogue", "attendees"}

// figures are the values of the key figures; render/figures draws them.
var figures = []string{"schedule", "timeline"}

// configAliases are other words for keys of book.yaml.
var configAliases = map[string]string{
	"author": "authors", "contributor": "contributors", "lang": "language", "copyright": "rights", "license": "rights",
	"subject": "subjects", "keywords": "subjects", "tags": "subjects", "id": "identifier", "format": "formats",
	"appendices": "appendix",
}

// BookSchema is the JSON Schema (draft 2020-12) of book.yaml.
//
//go:embed schema/book.schema.json
var BookSchema string

// ReadConfig reads book.yaml below fsys, strictly: unknown keys and values of the wrong type are reported at their place.
// Without such a file it returns the zero Config. The error is for a file that cannot be read at all.
func ReadConfig(fsys fs.FS, report diag.Reporter) (*Config, error) {
	c := &Config{pos: map[string]diag.Pos{}}
	for _, name := range configNames {
		if info, err := fs.Stat(fsys, name); err == nil && info.IsDir() {
			continue // a folder that happens to be called so
		}
		data, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		c.File = name
		src := markdown.NewSource(name, data, report)
		fields, ok := readYAML(name, string(src.Text()), 0, report)
		if !ok {
			report.Errorf(CodeFrontMatter, diag.Pos{File: name, Line: 1, Col: 1}, "%s holds no keys and values", name)
		}
		c.read(reader{report: report}, fields)
		return c, nil
	}
	return c, nil
}

func (c *Config) read(r reader, fields []field) {
	m := &c.Meta
	for i, f := range fields {
		if name, ok := configAliases[f.name]; ok {
			fields[i].name = name
		}
	}
	for _, f := range fields { // it decides the form of quotation marks in the other values
		if f.name == "language" {
			m.Language = r.language(f)
			r.lang = m.Language
		}
	}
	for _, f := range fields {
		switch f.name {
		case "title":
			m.Title = r.prose(f)
		case "subtitle":
			m.Subtitle = r.prose(f)
		case "authors":
			people, facts := r.people(f, "aut")
			m.Creators = append(m.Creators, people...)
			m.Extra = append(m.Extra, facts...)
		case "contributors":
			people, facts := r.people(f, "ctb")
			m.Contributor = append(m.Contributor, people...)
			m.Extra = append(m.Extra, facts...)
		case "language": // read above
		case "publisher":
			m.Publisher = r.prose(f)
		case "rights":
			m.Rights = r.prose(f)
		case "description":
			m.Description = r.prose(f)
		case "subjects":
			c.subjects(r, f)
		case "rights-link":
			address := r.text(f)
			if m.RightsLink = r.webURL(address, f, f.value.pos); m.RightsLink == "" && address != "" {
				r.report.Errorf(CodeType, f.value.pos, "%s wants the address of a licence in the web, not %q", f.key, address)
			}
		case "identifier", "identifiers", "isbn":
			c.identifiers(r, f)
		case "series":
			c.series(r, f)
		case "series-index":
			m.SeriesIndex = r.text(f)
		case "date":
			m.Date, _, _ = r.date(f)
		case "cover":
			c.cover(r, f)
		case "layout":
			c.Layout = r.text(f)
		case "formats":
			c.formats(r, f)
		case "order":
			c.order(r, f)
		case "ignore":
			c.Ignore = r.texts(f)
		case "front":
			c.Front = c.paths(r, f)
		case "back":
			c.Back = c.paths(r, f)
		case "speakers":
			c.speakers(r, f)
		case "appendix":
			c.Meta.Appendix = r.choices(f, "appendix", appendices)
		case "minutes":
			c.Meta.Minutes = r.choices(f, "way of setting minutes", minutesWays)
		case "todo":
			c.Meta.Todo = r.flag(f)
		case "figures":
			c.Meta.Figures = r.choices(f, "figure", figures)
		case "accessibility":
			c.accessibility(r, f)
		default:
			c.unknownIn(r, f, "book.yaml", configKeys)
		}
	}
}

// identifiers reads one identifier or a list of them. The first in the file is the book's; the others are kept beside it.
func (c *Config) identifiers(r reader, f field) {
	values := []value{f.value}
	if f.value.kind == list && f.name != "isbn" {
		values = f.value.items
	}
	for _, v := range values {
		if v.kind == nothing {
			continue
		}
		one := field{key: f.key, name: f.name, pos: f.pos, value: v}
		id := ""
		if f.name == "isbn" {
			id = c.isbn(r, one, r.text(one))
		} else {
			id = c.identifier(r, one)
		}
		switch {
		case id == "":
		case c.Meta.Identifier == "":
			c.Meta.Identifier = id
		default:
			c.Meta.Identifiers = append(c.Meta.Identifiers, id)
		}
	}
}

var seriesKeys = []string{"name", "index", "title", "number", "position"}

var speakerKeys = []string{"name", "sort", "aliases", "url"}

// unknownIn reports a key that means nothing there and keeps it.
func (c *Config) unknownIn(r reader, f field, where string, known []string) {
	d := diag.Diagnostic{Severity: diag.Warning, Code: CodeKeyUnknown, Pos: f.pos, Message: where + " knows no key " + f.key}
	if near := diag.Nearest(f.name, known); near != "" {
		d.Hints = append(d.Hints, "did you mean "+near+"?")
	}
	r.report(d)
	if fact, ok := r.fact(f); ok {
		c.Meta.Extra = append(c.Meta.Extra, fact)
	}
}

// cover reads the path of the cover's image; none and false ask for no cover, true for the one that is made by default.
func (c *Config) cover(r reader, f field) {
	c.coverPos = f.value.pos
	switch name := r.text(f); strings.ToLower(name) {
	case "none", "false":
		c.Meta.Cover = tree.NoCover
	case "true":
		c.Meta.Cover = ""
	default:
		c.Meta.Cover = name
	}
}

// choices reads a list of words, each one of known. It returns nothing for all of them, and "none" for none, false and an
// empty list.
func (r reader) choices(f field, what string, known []string) []string {
	var out []string
	for _, name := range r.texts(f) {
		switch name = strings.ToLower(name); {
		case name == "all" || name == "true":
			return nil
		case slices.Contains(known, name):
			out = append(out, name)
		case name != "none" && name != "false":
			d := diag.Diagnostic{
				Severity: diag.Error, Code: CodeChoice, Pos: f.value.pos,
				Message: "there is no " + what + " " + name + ": known are " + strings.Join(known, ", ") + " and none",
			}
			if near := diag.Nearest(name, known); near != "" {
				d.Hints = append(d.Hints, "did you mean "+near+"?")
			}
			r.report(d)
		}
	}
	if len(out) == 0 {
		return []string{"none"}
	}
	return out
}

// identifier reads an identifier; ISBNs and UUIDs become URNs.
func (c *Config) identifier(r reader, f field) string {
	s := r.text(f)
	low := strings.ToLower(s)
	switch {
	case strings.HasPrefix(low, "isbn"):
		return c.isbn(r, f, strings.TrimLeft(s[4:], ": "))
	case strings.HasPrefix(low, "urn:isbn:"):
		return c.isbn(r, f, s[9:])
	case len(s) == 36 && strings.Count(s, "-") == 4 && strings.Trim(low, "0123456789abcdef-") == "":
		return "urn:uuid:" + low
	}
	return s
}

// isbn checks the digits of an ISBN (ISO 2108) and returns its URN; a wrong one is reported and kept.
func (c *Config) isbn(r reader, f field, s string) string {
	digits := strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(s))
	if !validISBN(digits) {
		r.report.Errorf(CodeChoice, f.value.pos, "%q is no ISBN: its check digit or its length is wrong", s)
	}
	return "urn:isbn:" + digits
}

func validISBN(s string) bool {
	sum := 0
	for i, d := range s {
		v := int(d - '0')
		if d == 'X' && len(s) == 10 && i == 9 {
			v = 10
		} else if d < '0' || d > '9' {
			return false
		}
		if len(s) == 10 {
			sum += (10 - i) * v
		} else {
			sum += v * (1 + 2*(i%2))
		}
	}
	return len(s) == 10 && sum%11 == 0 || len(s) == 13 && sum%10 == 0 && (strings.HasPrefix(s, "978") || strings.HasPrefix(s, "979"))
}

// series reads a name, or a mapping with name and index.
func (c *Config) series(r reader, f field) {
	if f.value.kind != mapping {
		c.Meta.Series = r.text(f)
		return
	}
	for _, inner := range f.value.fields {
		switch inner.name {
		case "name", "title":
			c.Meta.Series = r.text(inner)
		case "index", "number", "position":
			c.Meta.SeriesIndex = r.text(inner)
		default:
			c.unknownIn(r, inner, "a series", seriesKeys)
		}
	}
}

// formats reads names, a mapping of names to options, or a list of both.
func (c *Config) formats(r reader, f field) {
	switch f.value.kind {
	case mapping:
		c.formatOptions(r, f.value.fields)
	case list:
		for _, item := range f.value.items {
			if item.kind == mapping {
				c.formatOptions(r, item.fields)
				continue
			}
			c.formatNames(r, field{key: f.key, name: f.name, pos: item.pos, value: value{kind: list, items: []value{item}, pos: item.pos}})
		}
	default:
		c.formatNames(r, f)
	}
}

func (c *Config) formatNames(r reader, f field) {
	for _, name := range r.texts(f) {
		c.Formats = append(c.Formats, FormatConfig{Name: strings.ToLower(name), Pos: f.value.pos})
	}
}

func (c *Config) formatOptions(r reader, fields []field) {
	for _, inner := range fields {
		fc := FormatConfig{Name: strings.ToLower(inner.key), Pos: inner.pos}
		switch inner.value.kind {
		case nothing:
		case mapping:
			for _, o := range inner.value.fields {
				fc.Options = append(fc.Options, FormatOption{Name: o.name, Value: o.value.plain(), Pos: o.pos})
			}
		default:
			r.report.Errorf(CodeType, inner.value.pos, "the options of %s are a mapping", inner.key)
		}
		c.Formats = append(c.Formats, fc)
	}
}

// order reads "date", "name", or the paths of what comes first.
func (c *Config) order(r reader, f field) {
	if f.value.kind == scalar {
		switch s := strings.ToLower(r.text(f)); s {
		case "date":
			return
		case "name":
			c.ByName = true
			return
		default:
			if !strings.ContainsAny(s, ",/.*") {
				r.report(diag.Diagnostic{
					Severity: diag.Error, Code: CodeChoice, Pos: f.value.pos, Message: "order is date, name, or a list of paths, not " + s,
				})
				return
			}
		}
	}
	c.Order = c.paths(r, f)
}

// paths reads a list of paths and remembers their places.
func (c *Config) paths(r reader, f field) []string {
	out := r.texts(f)
	for i, p := range out {
		p = strings.TrimSuffix(strings.TrimPrefix(p, "./"), "/")
		out[i] = p
		c.pos[p] = f.value.pos
		if k := slices.IndexFunc(f.value.items, func(v value) bool { return strings.Contains(v.text, p) }); k >= 0 {
			c.pos[p] = f.value.items[k].pos
		}
	}
	return out
}
