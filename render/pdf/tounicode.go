package pdf

import (
	"fmt"
	"unicode/utf8"
)

// perBlock is the largest number of entries of a bfchar block (Adobe Technical Note 5014).
const perBlock = 100

// toUnicode makes the map from a font's codes to text (§9.10.3).
func toUnicode(f *font) []byte {
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 0; from < len(f.used); from += perBlock {
		block := f.used[from:min(from+perBlock, len(f.used))]
		b = fmt.Appendf(b, "%d beginbfchar\n", len(block))
		for i, u := range block {
			b = fmt.Appendf(b, "<%04X> ", from+i+1)
			var utf16 []byte
			for _, r := range f.codeText(u) {
				utf16 = appendUTF16(utf16, r)
			}
			b = append(appendHex(b, utf16), '\n')
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}

// codeText is the text of a code: never empty, and without the characters that PDF/A-2 §6.2.11.7.2 forbids. A glyph that
// stands for no text of its own (part of a cluster) has the character it shows; readers do not see it, because the whole
// cluster has a replacement text.
func (f *font) codeText(u use) string {
	if u.text == "" {
		if r := f.sfnt.Rune(u.gid); r > 0 {
			return safeText(string(r))
		}
		return "\u200B"
	}
	return safeText(u.text)
}

// safeText replaces characters that must not stand in a map to Unicode.
func safeText(s string) string {
	for _, r := range s {
		if forbidden(r) {
			out := make([]rune, 0, len(s))
			for _, r := range s {
				if forbidden(r) {
					r = utf8.RuneError
				}
				out = append(out, r)
			}
			return string(out)
		}
	}
	return s
}

func forbidden(r rune) bool { return r == 0 || r == 0xFEFF || r == 0xFFFE || r >= 0xD800 && r < 0xE000 }

// private reports whether s has characters of a private use area, which say nothing without the font.
func private(s string) bool {
	for _, r := range s {
		if r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 {
			return true
		}
	}
	return false
}
