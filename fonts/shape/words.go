package shape

import (
	"unicode/utf8"
)

// InnerBreaks calls f with each place inside a word at which a line may end, in ascending order: those of [Breaks] that do not
// stand next to a space. Words are what U+0020 separates; what is around a word has no influence on it (the rules of UAX 14 treat the
// ends of the text and spaces alike there), so that most words need no more than a glance.
func InnerBreaks(text string, f func(at int)) {
	var s *segmentation
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			i++
			continue
		}
		end, whole := wordAt(text, i)
		if !whole {
			if s == nil {
				s = segmenters.Get().(*segmentation)
				defer segmenters.Put(s)
			}
			s.inner(text[i:end], i, f)
		}
		i = end
	}
}

// inner calls f with the places inside a word that begins at a byte of the text.
func (s *segmentation) inner(word string, start int, f func(at int)) {
	s.init(word)
	for it := s.seg.LineIterator(); it.Next(); {
		line := it.Line()
		at := line.Offset + len(line.Text)
		if at < len(s.text) && (line.IsMandatoryBreak || !s.unwanted(at, false)) {
			f(start + s.pos[at])
		}
	}
}

// The parts of a word that has no place to break: opening punctuation, letters and figures with apostrophes among them, closing
// punctuation. Of each part all may be missing.
const (
	partOpening = iota
	partLetters
	partApostrophe
	partClosing
)

// wordAt returns the end of the word that begins at start, and whether it is seen at a glance that no line may end in it
// (UAX 14, LB13, LB14, LB19, LB22, LB23, LB28 and LB30: letters and figures hold together, opening signs hold to what follows,
// closing ones to what they follow).
func wordAt(text string, start int) (end int, whole bool) {
	part := partOpening
	whole = true
	for end = start; end < len(text) && text[end] != ' '; {
		c, size := rune(text[end]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[end:])
		}
		end += size
		if !whole {
			continue
		}
		switch {
		case isPlainLetter(c):
			whole = part != partClosing
			part = partLetters
		case c == '\'' || c == '’' || c == '"' || c == '“' || c == '”' || c == '‘':
			switch part {
			case partLetters:
				part = partApostrophe
			case partApostrophe:
				part = partClosing
			}
		case c == '(' || c == '[':
			whole = part == partOpening
		case c == ')' || c == ']' || c == ',' || c == '.' || c == ';' || c == ':' || c == '!' || c == '?' || c == '…':
			whole = part != partOpening
			part = partClosing
		default:
			whole = false
		}
	}
	return end, whole
}

// isPlainLetter reports whether a character is a letter or figure of the Latin script for which the algorithms of Unicode have
// no rules of their own: no combining mark, nothing that runs from right to left.
func isPlainLetter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	default:
		return r >= 0xC0 && r <= 0x24F && r != '×' && r != '÷'
	}
}

// latin reports whether a text holds nothing but characters of which every one is a cluster, runs from left to right in such a
// paragraph and is of the Latin script or follows it: ASCII, the letters of Western and Central Europe, quotation marks, dashes,
// dots and the like.
func latin(text string) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c == '\r' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r >= 0xC0 && r <= 0x24F, r >= 0x2010 && r <= 0x2027, r == 0xA0, r == 0x202F, r == '§', r == '°', r == '·', r == '«', r == '»', r == '€':
		default:
			return false
		}
		i += size
	}
	return true
}
