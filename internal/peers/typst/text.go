package typst

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text writes running text. Only what Typst would take for mark-up is escaped (Typst reference, "Syntax"): most text stays as
// an author would type it.
func (w *writer) text(s string) {
	if w.call && s != "" && strings.ContainsRune("([.;", rune(s[0])) {
		w.b.WriteByte(';') // ends the call
	}
	w.call = false
	at := position{first: true}
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		if at.escaped(r, next) {
			w.b.WriteByte('\\')
		}
		if unicode.IsControl(r) {
			r = ' '
		}
		w.b.WriteRune(r)
		at.behind(r)
	}
}

// position is a place in a text. A text may begin a line of the source, where more signs have a meaning.
type position struct {
	first  bool // nothing but spaces before
	number bool // nothing but a number before
	last   rune
}

func (p *position) behind(r rune) {
	digit := r >= '0' && r <= '9'
	p.number = digit && (p.first || p.number)
	p.first = p.first && r == ' '
	p.last = r
}

// escaped reports whether a sign that is followed by next means something to Typst.
func (p *position) escaped(r, next rune) bool {
	switch r {
	case '\\', '#', '$', '*', '_', '`', '<', '>', '@', '[', ']', '~', '"', '\'':
		return true
	case '/': // a comment, an address, a term
		return next == '/' || next == '*' || p.first
	case '-': // a dash, a soft hyphen, a minus, an item
		return next == '-' || next == '?' || next >= '0' && next <= '9' || p.first || p.last == '-'
	case '=', '+': // a heading, an item
		return p.first || p.last == r
	case '.': // an ellipsis, a numbered item
		return next == '.' || p.number
	}
	return false
}

// quote writes a string of Typst's.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// label attaches an id to what stands before it.
func (w *writer) label(id string) {
	if id != "" {
		w.markup(" #label(%s)", quote(id))
	}
}

// called says that the last thing written is a call.
func (w *writer) called() { w.call = true }
