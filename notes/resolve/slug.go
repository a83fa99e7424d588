package resolve

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latin spells letters that do not decompose into an ASCII letter and marks.
var latin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", 'ħ': "h", 'ŋ': "ng",
	'ĸ': "k", 'ſ': "s", 'ƒ': "f", 'ə': "e",
	// Cyrillic, by the common scheme for web addresses.
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'к': "k", 'л': "l",
	'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts",
	'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya", 'і': "i", 'є': "ye",
	'ґ': "g",
	// Greek.
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l",
	'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f",
	'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// Slug writes s with lower-case ASCII letters, digits and single hyphens, neither first nor last. Accents go, Greek and
// Cyrillic are spelt in Latin letters; lost reports whether letters or digits of other scripts were left out, so that the
// slug alone does not identify s. The slug may be empty.
func Slug(s string) (slug string, lost bool) {
	var b strings.Builder
	gap := false
	write := func(piece string) {
		if gap && b.Len() > 0 && piece != "" {
			b.WriteByte('-')
		}
		if piece != "" {
			gap = false
		}
		b.WriteString(piece)
	}
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			write(string(r))
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’':
		case r < 0x80:
			gap = true
		default:
			piece, ok := latin[r]
			if ok {
				write(piece)
				continue
			}
			gap = true
			lost = lost || unicode.IsLetter(r) || unicode.IsDigit(r)
		}
	}
	return b.String(), lost
}
