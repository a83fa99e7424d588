package shape

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// composer puts words of plain letters together from what HarfBuzz made of the letters alone and in pairs: the result is the
// same, and a book has far fewer pairs than words. A letter is plain if no lookup that is on can begin at its glyph in a word of
// such letters, but for kerning that changes nothing but the advance of the first of two neighbours (see [inventory]). A word with
// any other letter, such as the f of "fi", is shaped as a whole.
type composer struct {
	font   *Font
	style  *style
	direct bool // kerning is read from the font's tables

	lock    sync.RWMutex
	letters map[rune]letter
	kerns   map[[2]rune]int32 // what kerning adds to the first one's advance
}

// letter is what HarfBuzz makes of a character.
type letter struct {
	glyph Glyph
	plain bool
	kerns bool // it may be the first of a pair
}

// newComposer returns nil if words cannot be put together.
func newComposer(f *Font, st *style) *composer {
	if st.props.Direction != harfbuzz.LeftToRight || !st.guess && st.props.Script != language.Latin || f.inventory().opaque {
		return nil
	}
	v := f.inventory()
	c := &composer{font: f, style: st, letters: map[rune]letter{}, kerns: map[[2]rune]int32{}}
	c.direct = v.pairs != nil && !slices.ContainsFunc(st.features, func(f harfbuzz.Feature) bool { return slices.Contains(v.tags, f.Tag) })
	return c
}

// compose adds the glyphs of a word to a list; it is not ok if the word is to be shaped as a whole.
func (c *composer) compose(list []Glyph, word string) (out []Glyph, ok bool) {
	out = slices.Grow(list, len(word))
	var last rune
	var before letter
	for i := 0; i < len(word); {
		r, size := rune(word[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(word[i:])
		}
		l := c.letter(r)
		if !l.plain {
			return list, false
		}
		if before.kerns {
			out[len(out)-1].Advance += c.kern(last, r, before, l)
		}
		g := l.glyph
		g.Cluster, g.End = int32(i), int32(i+size)
		out = append(out, g)
		last, before = r, l
		i += size
	}
	return out, true
}

// letter looks at a character. Lookups that know no context, such as those for the forms of a language, show in what becomes
// of it alone.
func (c *composer) letter(r rune) letter {
	c.lock.RLock()
	l, ok := c.letters[r]
	c.lock.RUnlock()
	if ok {
		return l
	}
	if id, ok := c.font.GlyphID(r); ok && composable(r) {
		b := c.font.begins(id)
		l.plain = !b.lookups && !slices.ContainsFunc(c.style.features, func(f harfbuzz.Feature) bool { return slices.Contains(b.features, f.Tag) })
		if l.plain {
			glyphs := c.shape(string(r))
			l.plain = len(glyphs) == 1 && glyphs[0].ID == id
			l.glyph, l.kerns = glyphs[0], b.kerns
		}
	}
	c.lock.Lock()
	c.letters[r] = l
	c.lock.Unlock()
	return l
}

// begins returns what begins at a glyph.
func (f *Font) begins(id uint16) beginning {
	v := f.inventory()
	f.tables.RLock()
	defer f.tables.RUnlock()
	return v.of(id)
}

// kern returns what kerning adds between two letters.
func (c *composer) kern(a, b rune, first, second letter) int32 {
	pair := [2]rune{a, b}
	c.lock.RLock()
	k, ok := c.kerns[pair]
	c.lock.RUnlock()
	if ok {
		return k
	}
	if c.direct {
		c.font.tables.RLock()
		k = c.font.inventory().kern(tables.GlyphID(first.glyph.ID), tables.GlyphID(second.glyph.ID))
		c.font.tables.RUnlock()
	} else {
		k = c.shape(string(pair[:]))[0].Advance - first.glyph.Advance
	}
	c.lock.Lock()
	c.kerns[pair] = k
	c.lock.Unlock()
	return k
}

func (c *composer) shape(text string) []Glyph {
	e := c.font.take()
	defer c.font.give(e)
	return e.shape(text, c.style)
}

// composable reports whether a character may be part of a word that is put together.
func composable(r rune) bool {
	return isPlainLetter(r) || r > ' ' && r < 0x7F || r >= 0x2010 && r <= 0x201F
}

// basics are the glyphs of all composable characters that a font has.
func (f *Font) basics() map[tables.GlyphID]bool {
	out := map[tables.GlyphID]bool{}
	for _, span := range [][2]rune{{'!', '~'}, {0xC0, 0x24F}, {0x2010, 0x201F}} {
		for r := span[0]; r <= span[1]; r++ {
			if id, ok := f.GlyphID(r); ok && composable(r) {
				out[tables.GlyphID(id)] = true
			}
		}
	}
	return out
}
