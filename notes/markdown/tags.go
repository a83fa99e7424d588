package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
)

// Tag is a topic that an author marked in running text as Obsidian does: #testing, #languages/go.
type Tag struct {
	Name string // without the sign
	Src  diag.Pos
}

var inlineTag = lazyregexp.New(`#([\p{L}\p{M}\p{N}_/-]+)`)

var hexColour = lazyregexp.New(`^(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$`)

// preprocessor are the words that stand behind the sign in C.
var preprocessor = map[string]bool{
	"include": true, "define": true, "undef": true, "if": true, "ifdef": true, "ifndef": true, "elif": true, "else": true,
	"endif": true, "pragma": true, "error": true, "warning": true, "line": true, "import": true, "region": true, "endregion": true,
}

// tags collects the tags of a piece of text. A tag stands between white space, with an opening bracket before or a mark of
// punctuation after it if need be, and is not a number alone (an issue), a colour, or a directive of C. The text is printed all the same.
func (c *converter) tags(off int, raw []byte) {
	if bytes.IndexByte(raw, '#') < 0 {
		return
	}
	for _, m := range inlineTag.FindAllSubmatchIndex(raw, -1) {
		name := string(raw[m[2]:m[3]])
		if !spaceBefore(c.text, off+m[0]) || !endsWord(c.text, off+m[1]) || !isTag(name) {
			continue
		}
		name = strings.Trim(name, "/-")
		known := false
		for _, t := range c.found {
			known = known || strings.EqualFold(t.Name, name)
		}
		if !known {
			c.found = append(c.found, Tag{name, c.at(off + m[0])})
		}
	}
}

func spaceBefore(s []byte, off int) bool {
	if off == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRune(s[:off])
	return unicode.IsSpace(r) || r == '('
}

// endsWord reports whether white space or nothing follows at off, after marks of punctuation.
func endsWord(s []byte, off int) bool {
	for off < len(s) && strings.IndexByte(".,;:!?)]*_~|\"'", s[off]) >= 0 {
		off++
	}
	if off >= len(s) {
		return true
	}
	r, _ := utf8.DecodeRune(s[off:])
	return unicode.IsSpace(r)
}

func isTag(name string) bool {
	letters := strings.ContainsFunc(name, unicode.IsLetter)
	if !letters || preprocessor[name] {
		return false
	}
	return !hexColour.MatchString(name) || !strings.ContainsAny(name, "0123456789")
}
