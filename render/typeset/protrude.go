package typeset

import (
	"unicode/utf8"

	"github.com/evbook/evbook/layouts/unit"
)

// protrusion tells how far a box may hang into the margins by its first and last character.
func (s *setter) protrusion(f *frag, text string) (left, right int64) {
	if f.opts.RTL || len(f.glyphs) == 0 {
		return 0, 0
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	if l := hang(first, f.span.look.italic).left; l != 0 {
		left = int64(s.advance(f, first)) * l / 1000
	}
	if r := hang(last, f.span.look.italic).right; r != 0 {
		right = int64(s.advance(f, last)) * r / 1000
	}
	return left, right
}

// advance is the nominal width of a character in the frag's font.
func (s *setter) advance(f *frag, r rune) unit.Len {
	id, ok := f.font.GlyphID(r)
	if !ok {
		return 0
	}
	return scale(f.font.GlyphAdvance(id), f.span.look.size, f.font.UnitsPerEm())
}

// overhang is how much of a character's width hangs into the margins, in thousandths.
type overhang struct{ left, right int64 }

// hang follows what the pdfTeX community found to look even: light characters hang most, letters with slanting or round
// sides a little.
func hang(r rune, italic bool) overhang {
	h := hangs[r]
	if italic {
		switch r {
		case '.', ',':
			h.right = 500
		case ':', ';', '-', '\u2010':
			h.right = 300
		}
	}
	return h
}

var hangs = map[rune]overhang{
	'.': {0, 700}, ',': {0, 500}, ':': {0, 500}, ';': {0, 300}, '!': {0, 100}, '?': {0, 100}, '…': {0, 150},
	'-': {500, 500}, '\u2010': {500, 500}, '–': {200, 200}, '—': {150, 150},
	'‘': {300, 400}, '’': {300, 400}, '“': {300, 300}, '”': {300, 300}, '«': {200, 200}, '»': {200, 200}, '„': {400, 0}, '‚': {400, 0},
	'\'': {300, 400}, '"': {300, 300}, '(': {100, 0}, ')': {0, 200}, '[': {80, 0}, ']': {0, 100}, '*': {200, 200},
	'A': {50, 50}, 'T': {50, 50}, 'V': {50, 50}, 'W': {50, 50}, 'X': {50, 50}, 'Y': {50, 50},
	'v': {50, 50}, 'w': {50, 50}, 'x': {50, 50}, 'y': {50, 50}, '1': {50, 50}, '4': {50, 50}, '7': {50, 50},
	'K': {0, 50}, 'L': {0, 50}, 'k': {0, 50}, 'r': {0, 50},
	// The blank half of full-width signs: their ink ends with the line.
	'、': {0, 500}, '。': {0, 500}, '，': {0, 500}, '．': {0, 500}, '」': {0, 500}, '』': {0, 500}, '）': {0, 500}, '】': {0, 500},
	'》': {0, 500}, '〉': {0, 500}, '〕': {0, 500}, '］': {0, 500}, '｝': {0, 500},
	'「': {500, 0}, '『': {500, 0}, '（': {500, 0}, '【': {500, 0}, '《': {500, 0}, '〈': {500, 0}, '〔': {500, 0}, '［': {500, 0}, '｛': {500, 0},
}
