package notes

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
)

// maxValueDepth bounds the nesting of values; front matter that is deeper is not meant.
const maxValueDepth = 16

// maxValues bounds how many values a document holds once aliases stand for what they name: a few lines of aliases of aliases
// can mean billions.
const maxValues = 50_000

// yamlReader turns a YAML document into fields.
type yamlReader struct {
	file    string
	line    int // lines of the file before the document
	report  diag.Reporter
	anchors map[string]ast.Node
	values  int
}

// readYAML reads a mapping in YAML. line is the number of lines of the file before it. When the text is not valid YAML the
// error is reported, and what can be read line by line is returned, so that one unquoted colon does not cost a title.
func readYAML(file, text string, line int, report diag.Reporter) (fields []field, isMapping bool) {
	r := &yamlReader{file: file, line: line, report: report, anchors: map[string]ast.Node{}}
	doc, err := r.parse(text)
	if err != nil {
		if mended, at := quoteValues(text); at > 0 {
			if again, failed := r.parse(mended); failed == nil && again != nil {
				r.report(diag.Diagnostic{
					Severity: diag.Warning, Code: CodeFrontMatter, Pos: r.errorPos(err, at), Message: "a value with a colon or a reserved character needs quotes: it is read as if it had them",
					Hints: []string{`put quotes around it: title: "Vim: the good parts"`},
				})
				doc, err = again, nil
			}
		}
	}
	if err != nil {
		fields = r.lenient(text)
		if len(fields) > 0 {
			r.syntaxError(err)
		}
		return dropRepeated(fields, report), len(fields) > 0
	}
	if doc == nil {
		return nil, true // empty, or comments only
	}
	v := r.value(doc, 0)
	if v.kind != mapping {
		return nil, v.kind == nothing
	}
	return dropRepeated(v.fields, report), true
}

// parse calls the YAML library, whose panics on broken text count as errors.
func (r *yamlReader) parse(text string) (body ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			body, err = nil, fmt.Errorf("the YAML cannot be read: %v", p)
		}
	}()
	f, err := parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, err
	}
	for _, d := range f.Docs {
		if d.Body != nil {
			return d.Body, nil
		}
	}
	return nil, nil
}

// syntaxError reports an error of the YAML library at its place.
func (r *yamlReader) syntaxError(err error) {
	d := diag.Diagnostic{Severity: diag.Error, Code: CodeFrontMatter, Pos: r.errorPos(err, 1), Message: err.Error()}
	if at, ok := errors.AsType[yaml.Error](err); ok {
		d.Message = at.GetMessage()
	}
	switch {
	case strings.Contains(d.Message, "mapping value is not allowed"):
		d.Hints = append(d.Hints, `a value with a colon needs quotes: title: "Vim: the good parts"`)
	case strings.Contains(d.Message, "reserved character"):
		d.Hints = append(d.Hints, "put the value between quotes")
	case strings.Contains(d.Message, "tab character"):
		d.Hints = append(d.Hints, "indent with spaces")
	}
	r.report(d)
}

// errorPos returns the place of an error of the YAML library, or the given line when it has none.
func (r *yamlReader) errorPos(err error, line int) diag.Pos {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil && at.GetToken().Position != nil {
		return r.place(at.GetToken().Position.Line, at.GetToken().Position.Column)
	}
	return r.place(line, 1)
}

var bareValue = lazyregexp.New(`^(\s*(?:- +)?[A-Za-z][A-Za-z0-9 _-]*:[ \t]+|\s*- +)([^\s"'\[{|>&*!#-].*)$`)

// quoteValues puts quotes around the values of single lines that YAML cannot take as they are, the commonest fault in
// front matter: "title: Vim: the good parts". It returns the first line changed, or 0.
func quoteValues(text string) (string, int) {
	lines := strings.Split(text, "\n")
	first := 0
	for i, line := range lines {
		m := bareValue.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		v := strings.TrimRight(m[2], " \t")
		if !strings.Contains(v, ": ") && !strings.HasSuffix(v, ":") && !strings.ContainsAny(v[:1], "@`%") {
			continue
		}
		if strings.HasSuffix(m[1], "- ") && lenientField.MatchString(v) && !strings.ContainsAny(v[:1], "@`%") {
			continue // an item that is a mapping
		}
		lines[i] = m[1] + "'" + strings.ReplaceAll(v, "'", "''") + "'"
		if first == 0 {
			first = i + 1
		}
	}
	return strings.Join(lines, "\n"), first
}

func (r *yamlReader) place(line, col int) diag.Pos {
	return diag.Pos{File: r.file, Line: max(1, r.line+line), Col: max(1, col)}
}

func (r *yamlReader) pos(n ast.Node) diag.Pos {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return diag.Pos{File: r.file, Line: r.line + 1}
	}
	p := n.GetToken().Position
	return r.place(p.Line, p.Column)
}

// value converts a node and everything below it.
func (r *yamlReader) value(n ast.Node, depth int) value {
	v := value{pos: r.pos(n)}
	if r.values++; r.values > maxValues {
		if r.values == maxValues+1 {
			r.report.Errorf(CodeType, v.pos, "more than %d values: the rest is left out", maxValues)
		}
		return v
	}
	if depth > maxValueDepth {
		r.report.Errorf(CodeType, v.pos, "values are nested more than %d deep: the inner ones are left out", maxValueDepth)
		return v
	}
	switch n := n.(type) {
	case nil, *ast.NullNode:
	case *ast.MappingNode:
		v.kind = mapping
		for _, kv := range n.Values {
			v.fields = append(v.fields, r.field(kv, depth))
		}
		if len(n.Values) > 0 {
			v.pos = v.fields[0].pos
		}
	case *ast.MappingValueNode:
		v.kind = mapping
		v.fields = []field{r.field(n, depth)}
		v.pos = v.fields[0].pos
	case *ast.SequenceNode:
		v.kind = list
		for _, item := range n.Values {
			v.items = append(v.items, r.value(item, depth+1))
		}
	case *ast.LiteralNode:
		v.kind, v.text = scalar, n.Value.Value
	case *ast.StringNode:
		v.kind, v.text = scalar, n.Value
	case *ast.AnchorNode:
		r.anchors[n.Name.String()] = n.Value
		return r.value(n.Value, depth+1)
	case *ast.AliasNode:
		target, ok := r.anchors[n.Value.String()]
		if !ok {
			r.report.Errorf(CodeFrontMatter, v.pos, "no anchor is called %s", n.Value.String())
			return v
		}
		v = r.value(target, depth+1)
	case *ast.TagNode:
		return r.value(n.Value, depth+1)
	default: // numbers, booleans and the like, as they were written
		v.kind, v.text = scalar, n.GetToken().Value
	}
	return v
}

func (r *yamlReader) field(kv *ast.MappingValueNode, depth int) field {
	key := kv.Key.String()
	switch k := kv.Key.(type) {
	case *ast.StringNode:
		key = k.Value
	case *ast.MappingKeyNode:
		key = k.Value.String()
	}
	f := field{key: key, name: foldKey(key), pos: r.pos(kv.Key)}
	f.value = r.value(kv.Value, depth+1)
	if f.value.kind == nothing {
		f.value.pos = f.pos
	}
	return f
}

var (
	lenientField = lazyregexp.New(`^([A-Za-z][A-Za-z0-9 _-]*):(?:[ \t]+(.*))?$`)
	lenientItem  = lazyregexp.New(`^\s*- +(.*)$`)
)

// lenient reads "key: value" and "- item" line by line from text that is not valid YAML.
func (r *yamlReader) lenient(text string) []field {
	var out []field
	for i, line := range strings.Split(text, "\n") {
		if m := lenientField.FindStringSubmatchIndex(line); m != nil {
			f := field{key: line[m[2]:m[3]], pos: r.place(i+1, 1)}
			f.name, f.value.pos = foldKey(f.key), f.pos
			if m[4] >= 0 {
				f.value = unquoted(line[m[4]:])
				f.value.pos = r.place(i+1, len([]rune(line[:m[4]]))+1)
			}
			out = append(out, f)
			continue
		}
		if m := lenientItem.FindStringSubmatch(line); m != nil && len(out) > 0 {
			f := &out[len(out)-1].value
			if f.kind == nothing || f.kind == list {
				item := unquoted(m[1])
				item.pos = r.place(i+1, len([]rune(line))-len([]rune(m[1]))+1)
				f.kind, f.items = list, append(f.items, item)
			}
		}
	}
	return out
}

func unquoted(s string) value {
	s = strings.TrimSpace(s)
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		s = s[1 : len(s)-1]
	}
	if s == "" {
		return value{}
	}
	return value{kind: scalar, text: s}
}
