package lint

import (
	"strings"
	"unicode/utf8"
)

func (k *cssCheck) charset() {
	rest, ok := strings.CutPrefix(k.s, `@charset "`)
	if !ok {
		return
	}
	name, _, _ := strings.Cut(rest, `"`)
	switch {
	case strings.EqualFold(name, "utf-8"):
	case strings.EqualFold(name, "utf-16"):
		k.report(0, "CSS-003", "the style sheet is encoded as UTF-16: UTF-8 is better understood")
	default:
		k.report(0, "CSS-004", "the character set %q is not allowed: style sheets must be UTF-8", name)
	}
}

// space moves over white space, comments and the brackets of HTML comments.
func (k *cssCheck) space() {
	for k.pos < len(k.s) {
		switch c := k.s[k.pos]; {
		case isSpace(c) || c == '\f':
			k.pos++
		case strings.HasPrefix(k.s[k.pos:], "/*"):
			end := strings.Index(k.s[k.pos+2:], "*/")
			if end < 0 {
				k.fail(k.pos, "the comment is not closed")
				k.pos = len(k.s)
				return
			}
			k.pos += end + 4
		default:
			return
		}
	}
}

// ident reads an identifier, escapes included; "" if there is none.
func (k *cssCheck) ident() string {
	start := k.pos
	for k.pos < len(k.s) {
		c := k.s[k.pos]
		switch {
		case c == '\\' && k.pos+1 < len(k.s):
			k.pos += 2
		case c == '-' || c == '_' || c >= utf8.RuneSelf || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' && k.pos > start:
			k.pos++
		default:
			return k.s[start:k.pos]
		}
	}
	return k.s[start:k.pos]
}

func (k *cssCheck) digits() bool {
	start := k.pos
	for k.pos < len(k.s) && (k.s[k.pos] >= '0' && k.s[k.pos] <= '9' || k.s[k.pos]|0x20 >= 'a' && k.s[k.pos]|0x20 <= 'z') {
		k.pos++
	}
	return k.pos > start
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// bracket moves behind the closing partner of the bracket at pos.
func (k *cssCheck) bracket(open, closing byte) bool {
	start, depth := k.pos, 0
	for k.pos < len(k.s) {
		switch c := k.s[k.pos]; c {
		case '"', '\'':
			if _, ok := k.str(); !ok {
				return false
			}
			continue
		case '\\':
			k.pos++
		case open:
			depth++
		case closing:
			if depth--; depth == 0 {
				k.pos++
				return true
			}
		case '{', '}':
			k.fail(start, "a %q is not closed", string(open))
			return false
		}
		k.pos++
	}
	k.fail(start, "a %q is not closed", string(open))
	return false
}

// str reads a quoted string.
func (k *cssCheck) str() (string, bool) {
	start := k.pos
	quote := k.s[start]
	for k.pos++; k.pos < len(k.s); k.pos++ {
		switch k.s[k.pos] {
		case quote:
			k.pos++
			return k.s[start+1 : k.pos-1], true
		case '\\':
			k.pos++
		case '\n':
			k.fail(start, "a string is not closed on its line")
			return "", false
		}
	}
	k.pos = len(k.s)
	k.fail(start, "a string is not closed")
	return "", false
}

func (k *cssCheck) isURL() bool {
	return k.pos+4 <= len(k.s) && strings.EqualFold(k.s[k.pos:k.pos+4], "url(")
}

// urlToken reads url(…) with or without quotation marks.
func (k *cssCheck) urlToken() (string, bool) {
	start := k.pos
	k.pos += 4
	for k.pos < len(k.s) && isSpace(k.s[k.pos]) {
		k.pos++
	}
	if k.pos < len(k.s) && (k.s[k.pos] == '"' || k.s[k.pos] == '\'') {
		v, ok := k.str()
		k.space()
		if !ok || k.pos >= len(k.s) || k.s[k.pos] != ')' {
			k.fail(start, "a url( is not closed")
			return "", false
		}
		k.pos++
		return v, true
	}
	end := strings.IndexByte(k.s[k.pos:], ')')
	if end <= 0 {
		k.fail(start, "a url( is empty or not closed")
		k.pos = len(k.s)
		return "", false
	}
	v := strings.TrimSpace(k.s[k.pos : k.pos+end])
	k.pos += end + 1
	return v, true
}

func wordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '%' || c >= utf8.RuneSelf
}

// recover moves behind the "}" that ends what could not be read.
func (k *cssCheck) recover() {
	depth := 0
	for ; k.pos < len(k.s); k.pos++ {
		switch k.s[k.pos] {
		case '{':
			depth++
		case '}':
			if depth--; depth <= 0 {
				k.pos++
				return
			}
		}
	}
}

// skipBlock moves behind the "}" of the block that pos is in.
func (k *cssCheck) skipBlock() {
	for depth := 1; k.pos < len(k.s); k.pos++ {
		switch k.s[k.pos] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				k.pos++
				return
			}
		}
	}
	k.fail(k.pos, `a "}" is missing at the end`)
}
