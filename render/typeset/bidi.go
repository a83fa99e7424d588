package typeset

import (
	"slices"
	"strings"
	"unicode"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/notes/tree"
)

// direction is the base direction of a paragraph.
type direction uint8

const (
	autoDirection direction = iota // by its text and language
	leftToRight
	rightToLeft
)

// rtlLanguages are written from right to left.
var rtlLanguages = []string{"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}

// isRTLLanguage reports whether a language (BCP 47) is written from right to left.
func isRTLLanguage(lang string) bool {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return slices.Contains(rtlLanguages, base)
}

// textRTL returns the direction of a text: in a language that is written from right to left it runs so if it has any letter
// of that kind, in others if its first letter is of that kind (UAX 9, P2).
func textRTL(text, lang string) bool {
	if isRTLLanguage(lang) {
		return strings.IndexFunc(text, isRTL) >= 0
	}
	return shape.BaseRTL(text)
}

func isRTL(r rune) bool {
	return r >= 0x590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
}

// direction is the base direction of the content.
func (c *content) direction() bool {
	switch c.dir {
	case leftToRight:
		return false
	case rightToLeft:
		return true
	}
	return textRTL(c.text, c.lang)
}

// blocksRTL is the direction of the first text among blocks.
func blocksRTL(list tree.Blocks, lang string) bool {
	for _, b := range list {
		switch b := b.(type) {
		case *tree.Paragraph:
			return textRTL(tree.PlainText(b.Text), lang)
		case *tree.List:
			for _, li := range b.Items {
				return blocksRTL(li.Body, lang)
			}
		default: // the next block decides
		}
	}
	return false
}
