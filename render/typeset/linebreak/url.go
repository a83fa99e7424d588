package linebreak

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// separators are the signs before which an address or a path may be broken. The sign begins the next line, so that no
// reader takes it for the end of the name (The Chicago Manual of Style, 17th edition, 7.46).
const separators = `/\.?&=#_-~%+@`

// openers are the signs behind which code may be broken: what they open or part begins the next line.
const openers = "([{,;:"

// longestPart is the number of characters without a separator from which on a name may be broken anywhere: hashes, keys.
const longestPart = 24

// IsPath reports whether a word is an address, a path, a file name or an identifier, for which PathBreaks finds the breaks
// and hyphenation would do harm. Two words with a slash between them ("and/or"), numbers and abbreviations with full stops
// are none.
func IsPath(word string) bool {
	if strings.Contains(word, "://") || strings.Contains(word, "::") || strings.Count(word, "/") > 1 {
		return true
	}
	for i, r := range word {
		switch r {
		case '_', '@', '=', '#', '?', '\\':
			if alnumBefore(word[:i]) > 0 && alnumAfter(word[i+1:]) > 0 {
				return true
			}
		case '.':
			next, _ := utf8.DecodeRuneInString(word[i+1:])
			if unicode.IsLetter(next) && alnumBefore(word[:i]) > 1 && alnumAfter(word[i+1:]) > 1 {
				return true
			}
		case '/':
			if i == 0 && alnumAfter(word[1:]) > 0 {
				return true
			}
		}
	}
	return false
}

// alnumBefore counts the letters and figures at the end of s, alnumAfter those at its beginning, up to two.
func alnumBefore(s string) int {
	n := 0
	for n < 2 {
		r, size := utf8.DecodeLastRuneInString(s)
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			break
		}
		s = s[:len(s)-size]
		n++
	}
	return n
}

func alnumAfter(s string) int {
	n := 0
	for _, r := range s {
		if n == 2 || !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			break
		}
		n++
	}
	return n
}

// PathBreaks returns the byte offsets at which a URL, a path or another long name without spaces may be broken, in
// ascending order. Such a break adds no hyphen; the sign that separates stays at the beginning of the next line (before
// / . ? & = # _ - and their like), but opening brackets, commas, colons, semicolons and "://" at the end of theirs. There is none
// within another row of signs or in the number of a version, and none that leaves less than two bytes on either side or nothing
// but signs behind it. Names put together from capitalised words may be broken between two of at least four letters. A part of more than 24 characters without a sign may be broken at any of them, two characters from its ends.
func PathBreaks(s string) []int {
	var out []int
	begin := 0
	var prev rune
	if k := strings.Index(s, "://"); k >= 0 {
		begin, prev = k+len("://"), '/'
		if alnumAfter(s[begin:]) == 2 {
			out = append(out, begin)
		}
	}
	part := begin // where the current part begins
	for i, r := range s[begin:] {
		i += begin
		if unicode.IsUpper(r) && unicode.IsLower(prev) && camel(s[part:i]) && camel(s[i:]) {
			out = append(anywhere(out, s, part, i), i)
			part = i
		}
		if strings.ContainsRune(openers, prev) && alnumAfter(s[i:]) > 0 && i >= 2 && len(s)-i >= 2 && !unicode.IsNumber(r) {
			out = append(anywhere(out, s, part, i), i)
			part = i
		}
		if strings.ContainsRune(separators, r) && !strings.ContainsRune(separators, prev) {
			out = anywhere(out, s, part, i)
			if i >= 2 && len(s)-i >= 2 && says(s[i:]) && !inNumber(prev, s[i:]) {
				out = append(out, i)
			}
			part = i
		}
		prev = r
	}
	return anywhere(out, s, part, len(s))
}

// camel reports whether a part of a name that is put together from capitalised words begins, but for signs, with one of at least four letters:
// "LineItem" may be broken before its second capital, "setUp" may not.
func camel(s string) bool {
	n := 0
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	for i, r := range s {
		if !unicode.IsLetter(r) || i > 0 && unicode.IsUpper(r) {
			break
		}
		n++
	}
	return n >= 4
}

// says reports whether a string has more than signs: "__init__" does not end in a line of "__".
func says(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

// inNumber reports whether a full stop at the beginning of rest stands between figures: 1.4.3.
func inNumber(before rune, rest string) bool {
	return unicode.IsNumber(before) && len(rest) > 1 && rest[0] == '.' && '0' <= rest[1] && rest[1] <= '9'
}

// anywhere adds the breaks within s[start:end] if that is too long to be kept together.
func anywhere(out []int, s string, start, end int) []int {
	n := utf8.RuneCountInString(s[start:end])
	if n <= longestPart {
		return out
	}
	k := 0
	for i := range s[start:end] {
		if k >= 2 && k <= n-2 && !joined(s[start+i:]) {
			out = append(out, start+i)
		}
		k++
	}
	return out
}

// joined reports whether a string begins with a character that continues the one before it: a mark or a joiner.
func joined(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.M) || r == '\u200D' || r >= 0x1F3FB && r <= 0x1F3FF
}
