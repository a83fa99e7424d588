package markdown

import (
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// unescape resolves backslash escapes and character references (CommonMark 0.31, 2.4 and 2.5).
func unescape(raw []byte) string {
	s, _ := unescapeGuarded(raw)
	return s
}

// unescapeGuarded is unescape that also gives the byte offsets, in the result, of the characters that came out of an
// escape: whoever writes \" or &quot; wants that very character, so typography leaves it alone.
func unescapeGuarded(raw []byte) (string, []int) {
	out := make([]byte, 0, len(raw))
	var guards []int
	for i := 0; i < len(raw); {
		switch {
		case raw[i] == '\\' && i+1 < len(raw) && util.IsPunct(raw[i+1]):
			guards = append(guards, len(out))
			out = append(out, raw[i+1])
			i += 2
		case raw[i] == '&':
			if s, n := reference(raw[i:]); n > 0 {
				guards = append(guards, len(out))
				out = append(out, s...)
				i += n
				continue
			}
			fallthrough
		default:
			out = append(out, raw[i])
			i++
		}
	}
	return string(out), guards
}

// reference reads a character reference at the beginning of s and returns its text and its length in s, or 0.
func reference(s []byte) (string, int) {
	end := 1
	for end < len(s) && end < 40 && (s[end] == '#' || util.IsAlphaNumeric(s[end])) {
		end++
	}
	if end >= len(s) || s[end] != ';' || end == 1 {
		return "", 0
	}
	name := string(s[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	digits, base, limit := name[1:], 10, 7
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, limit = digits[1:], 16, 6
	}
	if len(digits) == 0 || len(digits) > limit {
		return "", 0
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return "", 0
	}
	r := rune(v)
	if v == 0 || v > utf8.MaxRune || !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return string(r), end + 1
}
