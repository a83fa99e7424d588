package notes

import (
	"bytes"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/markdown"
)

// maxFrontMatter is the size in bytes beyond which a leading block is no front matter.
const maxFrontMatter = 256 << 10

// splitFrontMatter reads the front matter of a file: YAML between lines of three hyphens, TOML between lines of three plus
// signs, or a field list such as ":Speaker: Jane Doe" at the top. It returns the fields and the byte offset at which the
// text begins. A leading rule that opens no front matter belongs to the text.
func splitFrontMatter(src *markdown.Source, report diag.Reporter) ([]field, int) {
	text := src.Text()
	first, rest := cutLine(text, 0)
	switch strings.TrimRight(first, " \t") {
	case "---":
		return fencedFrontMatter(src, rest, report, []string{"---", "..."}, func(body string) ([]field, bool) {
			return readYAML(src.File(), body, 1, report)
		})
	case "+++":
		return fencedFrontMatter(src, rest, report, []string{"+++"}, func(body string) ([]field, bool) {
			return readTOML(src.File(), body, 1, report), true
		})
	}
	return fieldList(src)
}

// cutLine returns the line of s that begins at off, without its end, and the offset of the next line.
func cutLine(s []byte, off int) (string, int) {
	if i := bytes.IndexByte(s[off:], '\n'); i >= 0 {
		return string(s[off : off+i]), off + i + 1
	}
	return string(s[off:]), len(s)
}

// fencedFrontMatter finds the closing fence and has the lines before it read.
func fencedFrontMatter(src *markdown.Source, start int, report diag.Reporter, ends []string, read func(string) ([]field, bool)) ([]field, int) {
	text := src.Text()
	for off := start; off < len(text) && off-start < maxFrontMatter; {
		line, next := cutLine(text, off)
		line = strings.TrimRight(line, " \t")
		for _, end := range ends {
			if line != end {
				continue
			}
			fields, ok := read(string(text[start:off]))
			if !ok {
				return nil, 0
			}
			return fields, next
		}
		off = next
	}
	if line, _ := cutLine(text, min(start, len(text))); lenientField.MatchString(line) {
		report(diag.Diagnostic{
			Severity: diag.Error, Code: CodeFrontMatter, Pos: src.LinePos(1, 1), Message: "the front matter has no end",
			Hints: []string{"close it with a line of " + ends[0]},
		})
	}
	return nil, 0
}

var listField = lazyregexp.New(`^:([A-Za-z][A-Za-z0-9 _-]*):(?:[ \t]+(.*))?$`)

// fieldList reads a field list as reStructuredText has it. The list must fill the file's first paragraph, and its first
// key must be one of ours or begin with a capital, so that emoji shortcodes are not taken for it.
func fieldList(src *markdown.Source) ([]field, int) {
	text := src.Text()
	var out []field
	off := 0
	for n := 1; off < len(text); n++ {
		line, next := cutLine(text, off)
		if strings.TrimSpace(line) == "" {
			break
		}
		m := listField.FindStringSubmatchIndex(line)
		if m == nil {
			return nil, 0
		}
		f := field{key: line[m[2]:m[3]], pos: src.LinePos(n, 2)}
		f.name, f.value.pos = foldKey(f.key), f.pos
		if m[4] >= 0 {
			f.value = unquoted(line[m[4]:])
			f.value.pos = src.LinePos(n, len([]rune(line[:m[4]]))+1)
		}
		out = append(out, f)
		off = next
	}
	if len(out) == 0 || !knownKeys[out[0].name] && !(out[0].key[0] >= 'A' && out[0].key[0] <= 'Z') {
		return nil, 0
	}
	return out, off
}
