package notes

import (
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/evbook/evbook/notes/diag"
)

// readTOML reads a TOML document. Keys keep the order of the document; places are those of the keys.
func readTOML(file, text string, line int, report diag.Reporter) []field {
	var raw map[string]any
	meta, err := toml.Decode(text, &raw)
	if err != nil {
		d := diag.Diagnostic{Severity: diag.Error, Code: CodeFrontMatter, Pos: diag.Pos{File: file, Line: line + 1}, Message: err.Error()}
		if at, ok := errors.AsType[toml.ParseError](err); ok {
			d.Message = at.Message
			d.Pos.Line = line + at.Position.Line
			d.Pos.Col = max(1, at.Position.Col)
			if d.Message == "" {
				d.Message = "the TOML cannot be read here"
			}
		}
		report(d)
		return nil
	}
	t := &tomlReader{file: file, line: line, lines: strings.Split(text, "\n"), order: map[string]int{}}
	for i, k := range meta.Keys() {
		t.order[k.String()] = i
	}
	return t.fields(raw, "")
}

type tomlReader struct {
	file  string
	line  int
	lines []string
	order map[string]int
	from  int // the line after the last key found: keys are looked up in order
}

func (t *tomlReader) fields(m map[string]any, prefix string) []field {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := t.order[toml.Key{prefix + keys[i]}.String()], t.order[toml.Key{prefix + keys[j]}.String()]
		if a != b {
			return a < b
		}
		return keys[i] < keys[j]
	})
	var out []field
	for _, k := range keys {
		f := field{key: k, name: foldKey(k), pos: t.find(k)}
		f.value = t.value(m[k], f.pos)
		out = append(out, f)
	}
	return out
}

// find looks for the line that sets a key.
func (t *tomlReader) find(key string) diag.Pos {
	want := regexp.MustCompile(`^\s*\[*\s*["']?(` + regexp.QuoteMeta(key) + `)["']?\s*(?:[=.\]]|$)`)
	for i := range t.lines {
		at := (t.from + i) % len(t.lines)
		if m := want.FindStringSubmatchIndex(t.lines[at]); m != nil {
			t.from = at + 1
			return diag.Pos{File: t.file, Line: t.line + at + 1, Col: m[2] + 1}
		}
	}
	return diag.Pos{File: t.file, Line: t.line + 1}
}

func (t *tomlReader) value(raw any, pos diag.Pos) value {
	v := value{kind: scalar, pos: pos}
	switch raw := raw.(type) {
	case map[string]any:
		v.kind, v.fields = mapping, t.fields(raw, "")
	case []map[string]any:
		v.kind = list
		for _, item := range raw {
			v.items = append(v.items, t.value(item, pos))
		}
	case []any:
		v.kind = list
		for _, item := range raw {
			v.items = append(v.items, t.value(item, pos))
		}
	case time.Time:
		switch raw.Location().String() {
		case "date-local":
			v.text = raw.Format(time.DateOnly)
		case "time-local":
			v.text = raw.Format("15:04:05")
		default:
			v.text = raw.Format("2006-01-02T15:04:05Z07:00")
		}
	default:
		v.text = fmt.Sprint(raw)
	}
	return v
}
