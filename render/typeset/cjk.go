package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/typeset/linebreak"
)

// Text in Chinese and Japanese has no spaces to widen: its lines are justified between characters. The rules are those of JIS X
// 4051 and of the W3C's requirements for Chinese and Japanese layout, as far as one face can follow them: signs that fill
// half of their square lose the other half beside each other and at the ends of lines, and an eighth of an em parts ideographs
// from Latin letters and figures.

// penaltyHangul is the price of a break inside a Korean word: allowed, but a space is better.
const penaltyHangul = 200

// penaltySyllable is the price of a break inside a Thai or Lao word.
const penaltySyllable = 100

// Signs that fill the left or the right half of their square.
const (
	leftHalf  = "、。，．」』）】》〉〕］｝｣"
	rightHalf = "「『（【《〈〔［｛｢"
)

// isWide reports whether a character stands in a square of its own: ideographs, kana, full-width forms.
func isWide(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r <= 0x312F, r >= 0x3190 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF,
		r >= 0xFE30 && r <= 0xFE4F, r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1B000 && r <= 0x1B2FF, r >= 0x20000 && r <= 0x3FFFF:
		return true
	}
	return false
}

func hasWide(text string) bool { return strings.IndexFunc(text, isWide) >= 0 }

func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

// between returns the glue between two characters of which one at least is wide, and whether there is any.
func between(prev, next rune, size unit.Len) (linebreak.Item, bool) {
	g := linebreak.Item{Kind: linebreak.Glue}
	a, b := isWide(prev), isWide(next)
	switch {
	case a && b:
		closed, opens := strings.ContainsRune(leftHalf, prev), strings.ContainsRune(rightHalf, next)
		g.Stretch, g.Shrink = int64(size/20), 0
		switch {
		case closed && (opens || strings.ContainsRune(leftHalf, next)), strings.ContainsRune(rightHalf, prev) && opens:
			g.Width = -int64(size / 2)
		case closed || opens:
			g.Stretch, g.Shrink = int64(size/10), int64(size/4)
		}
		return g, true
	case isLetter(prev) && isLetter(next):
		g.Width, g.Stretch, g.Shrink = int64(size/8), int64(size/8), int64(size/16)
		return g, true
	}
	return g, false
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// around returns the characters before and after a place in the text.
func (c *content) around(at int) (prev, next rune) {
	prev, _ = utf8.DecodeLastRuneInString(c.text[:at])
	next, _ = utf8.DecodeRuneInString(c.text[at:])
	return prev, next
}

// joint pushes what stands between the last box and a frag that follows it without a space.
func (it *itemiser) joint(f *frag) {
	if n := len(it.items); n > 0 && it.items[n-1].Kind == linebreak.Box && f.start > 0 {
		if g, ok := gapAt(it.c, f.start, f.span.look.size); ok {
			it.squares(f.start, g, f.span)
			return
		}
	}
	it.penaltyAt(f.start)
}

func gapAt(c *content, at int, size unit.Len) (linebreak.Item, bool) {
	prev, next := c.around(at)
	return between(prev, next, size)
}

// squares pushes glue between wide characters, where a line may end if Unicode's rules let it.
func (it *itemiser) squares(at int, glue linebreak.Item, sp *span) {
	p := linebreak.Item{Kind: linebreak.Penalty, Penalty: linebreak.Never}
	if it.breaks[at] {
		p.Penalty = 0
	}
	it.push(p, piece{start: at, end: at})
	it.push(glue, piece{kind: pieceGlue, start: at, end: at, span: sp})
}

// wideCuts lists the places between the characters of a frag that is written in squares.
func (it *itemiser) wideCuts(f *frag) []cut {
	var cuts []cut
	for i, r := range it.c.text[f.start:f.end] {
		at := f.start + i
		if i == 0 || unicode.In(r, unicode.M) {
			continue
		}
		if g, ok := gapAt(it.c, at, f.span.look.size); ok {
			cuts = append(cuts, cut{at: at, glue: &g})
		} else if it.breaks[at] {
			cuts = append(cuts, cut{at: at})
		}
	}
	return cuts
}

// beginsSyllable reports whether a syllable of Thai or Lao surely begins at a place: before a vowel that is written before its
// consonant. These scripts have no spaces between words, and to find the words takes a dictionary; lines that break between such
// syllables are readable, if not always between words.
func beginsSyllable(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if !leadingVowel(next) {
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(before)
	return !leadingVowel(prev) && unicode.In(prev, unicode.Thai, unicode.Lao)
}

func leadingVowel(r rune) bool { return r >= 0xE40 && r <= 0xE44 || r >= 0xEC0 && r <= 0xEC4 }
