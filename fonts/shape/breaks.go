package shape

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// BreakOp is a place where a line may end.
type BreakOp struct {
	Pos  int  // byte offset in the text: the line ends before it
	Must bool // the line ends here in any case: a line or paragraph separator
}

// segmenters keeps the working memory of the Unicode algorithms.
var segmenters = sync.Pool{New: func() any { return new(segmentation) }}

type segmentation struct {
	seg  segmenter.Segmenter
	text []rune
	pos  []int // byte offset of each rune, and the length of the text
}

func (s *segmentation) init(text string) {
	s.text, s.pos = s.text[:0], s.pos[:0]
	for i, r := range text {
		s.text = append(s.text, r)
		s.pos = append(s.pos, i)
	}
	s.pos = append(s.pos, len(text))
	s.seg.Init(s.text)
}

// Breaks returns the places where a line may end by the Unicode line breaking algorithm (UAX 14), in ascending order,
// without the one at the end of the text. Spaces belong to the line that ends behind them. Chinese and Japanese follow its
// strict rules: small kana, prolonged sound marks and closing punctuation do not begin a line (kinsoku).
//
// Soft hyphens (U+00AD) are no such places: they are the business of hyphenation.
//
// Fine typesetting tailors it: no break before an em dash, none after a hyphen at the beginning of a word ("--format") or
// with less than two letters on either side ("e-mail"), none after a slash behind a figure or next to a single letter ("100/s",
// "I/O"). It adds those at a space before a word such as "/usr", ".gitignore" or ":name". lang (BCP 47) adds the rules of a language: in French nothing breaks
// at the space before double punctuation and inside guillemets.
func Breaks(text, lang string) []BreakOp {
	s := segmenters.Get().(*segmentation)
	defer segmenters.Put(s)
	s.init(text)
	french := lang == "fr" || strings.HasPrefix(lang, "fr-")
	var out []BreakOp
	for it := s.seg.LineIterator(); it.Next(); {
		line := it.Line()
		at := line.Offset + len(line.Text)
		for i := line.Offset + 1; i < at; i++ {
			if s.text[i-1] == ' ' && s.opens(i) {
				out = append(out, BreakOp{Pos: s.pos[i]})
			}
		}
		if at >= len(s.text) {
			break
		}
		if line.IsMandatoryBreak || !s.unwanted(at, french) {
			out = append(out, BreakOp{Pos: s.pos[at], Must: line.IsMandatoryBreak})
		}
	}
	return out
}

// opens reports whether a word begins with the sign at a rune that Unicode takes for the end of one: "/usr", ".gitignore",
// "!important", ":name".
func (s *segmentation) opens(at int) bool {
	if !strings.ContainsRune("/.:!", s.text[at]) {
		return false
	}
	rest := s.text[at+1:]
	if len(rest) > 1 && rest[0] == '.' && rest[1] == '/' {
		return true
	}
	return len(rest) > 0 && (unicode.IsLetter(rest[0]) || unicode.IsDigit(rest[0]) || strings.ContainsRune("/_=", rest[0]))
}

// unwanted reports whether a break that Unicode allows before the rune at is none in fine typesetting.
func (s *segmentation) unwanted(at int, french bool) bool {
	prev, next := s.text[at-1], s.text[at]
	switch {
	case next == '—' && prev != ' ', prev == '\u00AD', prev == '!' && (at == 1 || s.text[at-2] == ' '):
		return true
	case prev == '+' && next == '+': // C++
		return true
	case french && prev == ' ':
		return strings.ContainsRune(":;!?»›", next) || at >= 2 && (s.text[at-2] == '«' || s.text[at-2] == '‹')
	case prev == '-' || prev == '\u2010':
		return s.letters(at-2, -1) < 2 || s.letters(at, 1) < 2
	case prev == '/':
		return s.letters(at-2, -1) < 2 || s.letters(at, 1) < 2 || unicode.IsDigit(s.text[at-2])
	}
	return false
}

// letters counts the letters and digits from a rune on in a direction, up to two.
func (s *segmentation) letters(at, step int) int {
	n := 0
	for ; at >= 0 && at < len(s.text) && n < 2; at += step {
		if r := s.text[at]; !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) {
			break
		}
		n++
	}
	return n
}

// EachGrapheme calls f with the bounds of each user-perceived character (UAX 29), in order.
func EachGrapheme(text string, f func(start, end int)) {
	if simple(text) {
		for i := range len(text) {
			f(i, i+1)
		}
		return
	}
	at := Graphemes(text)
	for i := range len(at) - 1 {
		f(at[i], at[i+1])
	}
}

// Graphemes returns the byte offsets at which user-perceived characters begin (UAX 29), with len(text) at the end.
func Graphemes(text string) []int {
	out := make([]int, 0, len(text)+1)
	if simple(text) {
		for i := range len(text) + 1 {
			out = append(out, i)
		}
		return out
	}
	s := segmenters.Get().(*segmentation)
	defer segmenters.Put(s)
	s.init(text)
	for it := s.seg.GraphemeIterator(); it.Next(); {
		out = append(out, s.pos[it.Grapheme().Offset])
	}
	return append(out, len(text))
}

// simple reports whether every byte is a character of its own.
func simple(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf || text[i] == '\r' {
			return false
		}
	}
	return true
}
