package figures

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/words"
)

// runsLeft reports whether a line of text runs from right to left: in such a language if it has letters of that kind, in
// others if its first letter is one.
func runsLeft(text, lang string) bool {
	if words.RightToLeft(lang) {
		return strings.IndexFunc(text, func(r rune) bool {
			return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
		}) >= 0
	}
	return shape.BaseRTL(text)
}

// wrap divides text into lines of at most the given width, where its language lets lines end; a word that is wider is divided
// between characters.
func wrap(m drawing.Measurer, text, lang string, f drawing.Font, width unit.Len) []string {
	lines, _ := wrapWords(m, text, lang, f, width)
	return lines
}

// wrapWords is wrap; it also says whether all words are whole.
func wrapWords(m drawing.Measurer, text, lang string, f drawing.Font, width unit.Len) (lines []string, whole bool) {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r != '\u00a0' && unicode.IsSpace(r) }), " ")
	width = max(width, 0)
	whole = true
	from, end := 0, 0 // of the line, and where it could end
	take := func(to int) {
		if line := strings.TrimSpace(text[from:to]); line != "" {
			lines = append(lines, line)
		}
		from, end = to, to
	}
	fits := func(to int) bool { return m.Measure(strings.TrimSpace(text[from:to]), f) <= width }
	var stops []int
	for _, b := range shape.Breaks(text, lang) {
		stops = append(stops, b.Pos)
	}
	for _, at := range append(stops, len(text)) {
		if fits(at) {
			end = at
			continue
		}
		if end > from {
			take(end)
		}
		for !fits(at) { // a word wider than the line
			whole = false
			take(from + cut(text[from:at], func(n int) bool { return fits(from + n) }))
		}
		end = at
	}
	take(len(text))
	return lines, whole
}

// cut returns the length of the longest beginning of a text, at least one character, that fits.
func cut(text string, fits func(n int) bool) int {
	clusters := shape.Graphemes(text)
	best := len(text)
	for i, n := range clusters {
		if i > 0 && (i == 1 || fits(n)) {
			best = n
		} else if i > 1 {
			break
		}
	}
	return best
}

// clip sets text in at most n lines; what is left out is marked by an ellipsis.
func clip(m drawing.Measurer, text, lang string, f drawing.Font, width unit.Len, n int) []string {
	lines := wrap(m, text, lang, f, width)
	if len(lines) <= n {
		return lines
	}
	lines = lines[:n]
	last := lines[n-1]
	for m.Measure(last+"…", f) > width && last != "" {
		if i := strings.LastIndexByte(last, ' '); i > 0 {
			last = last[:i]
		} else {
			_, size := utf8.DecodeLastRuneInString(last)
			last = last[:len(last)-size]
		}
	}
	lines[n-1] = strings.TrimRight(last, " ,;:.–—-") + "…"
	return lines
}

// balanced divides text into as few lines as wrap does, of about the same length.
func balanced(m drawing.Measurer, text, lang string, f drawing.Font, width unit.Len) []string {
	best := wrap(m, text, lang, f, width)
	lo, hi := width/3, width
	for range 6 {
		mid := (lo + hi) / 2
		if try, whole := wrapWords(m, text, lang, f, mid); len(try) == len(best) && whole {
			best, hi = try, mid
		} else {
			lo = mid
		}
	}
	return best
}
