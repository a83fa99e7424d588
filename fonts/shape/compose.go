package shape

import (
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/go-text/typesetting/font/opentype"
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

	// What is known of ASCII is read without a lock, since words are put together on all processors.
	ascii [utf8.RuneSelf]atomic.Pointer[letter]
	rows  [utf8.RuneSelf]atomic.Pointer[kernRow]

	lock    sync.RWMutex
	letters map[rune]*letter // the others
	kerns   map[pair]int32   // what kerning adds to the first one's advance, unless rows have it
}

// kernRow is what kerning adds to the advance of an ASCII character before another: twice the value, and one for being known.
type kernRow [utf8.RuneSelf]atomic.Int32

// pair is two characters that stand side by side.
type pair struct{ first, second rune }

// letter is what HarfBuzz makes of a character. Nobody changes it.
type letter struct {
	glyph   Glyph
	nominal uint16 // the glyph that the font has for the character, before lookups of one glyph such as those for old-style figures
	plain   bool
	kerns   bool             // it may be the first of a pair
	joins   []tables.GlyphID // the glyphs before which it may become a ligature
}

// meets reports whether the letter may become a ligature with the next one.
func (l *letter) meets(next *letter) bool {
	return l.joins != nil && (slices.Contains(l.joins, tables.GlyphID(next.nominal)) || slices.Contains(l.joins, tables.GlyphID(next.glyph.ID)))
}

// newComposer returns nil if words cannot be put together.
func newComposer(f *Font, st *style) *composer {
	if st.props.Direction != harfbuzz.LeftToRight || !st.guess && st.props.Script != language.Latin || f.inventory().opaque {
		return nil
	}
	v := f.inventory()
	c := &composer{font: f, style: st, letters: map[rune]*letter{}, kerns: map[pair]int32{}}
	c.direct = v.pairs != nil && !slices.ContainsFunc(st.features, func(f harfbuzz.Feature) bool { return slices.Contains(v.tags, f.Tag) })
	return c
}

// compose adds the glyphs of a word to a list; it is not ok if the word is to be shaped as a whole.
func (c *composer) compose(list []Glyph, word string) (out []Glyph, ok bool) {
	for {
		out, missing, ok := c.put(list, word)
		if missing == (pair{}) {
			return out, ok
		}
		c.learn(missing)
	}
}

// put is compose with what is known by now; missing is the first pair, or the first letter, that is not.
func (c *composer) put(list []Glyph, word string) (out []Glyph, missing pair, ok bool) {
	out = slices.Grow(list, len(word))
	var last rune
	before := &letter{}
	for i := 0; i < len(word); {
		r, size := rune(word[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(word[i:])
		}
		l := c.known(r)
		switch {
		case l == nil:
			return list, pair{0, r}, false
		case !l.plain, before.meets(l):
			return list, pair{}, false
		}
		if before.kerns {
			k, ok := c.kern(pair{last, r})
			if !ok {
				return list, pair{last, r}, false
			}
			out[len(out)-1].Advance += k
		}
		g := l.glyph
		g.Cluster, g.End = int32(i), int32(i+size)
		out = append(out, g)
		last, before = r, l
		i += size
	}
	return out, pair{}, true
}

// known returns what is known of a character, or nil.
func (c *composer) known(r rune) *letter {
	if r < utf8.RuneSelf {
		return c.ascii[r].Load()
	}
	c.lock.RLock()
	defer c.lock.RUnlock()
	return c.letters[r]
}

// kern returns what kerning does to a pair, if that is known.
func (c *composer) kern(p pair) (k int32, ok bool) {
	if p.first < utf8.RuneSelf && p.second < utf8.RuneSelf {
		row := c.rows[p.first].Load()
		if row == nil {
			return 0, false
		}
		k = row[p.second].Load()
		return k >> 1, k&1 == 1
	}
	c.lock.RLock()
	defer c.lock.RUnlock()
	k, ok = c.kerns[p]
	return k, ok
}

// setKern keeps what kerning does to a pair.
func (c *composer) setKern(p pair, k int32) {
	if p.first < utf8.RuneSelf && p.second < utf8.RuneSelf {
		row := &c.rows[p.first]
		if row.Load() == nil {
			row.CompareAndSwap(nil, new(kernRow))
		}
		row.Load()[p.second].Store(k<<1 | 1)
		return
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	c.kerns[p] = k
}

// learn looks at a pair, or at a letter if the pair has but one.
func (c *composer) learn(p pair) {
	second := c.letter(p.second)
	if p.first == 0 {
		return
	}
	first := c.letter(p.first)
	var k int32
	if c.direct {
		c.font.tables.RLock()
		k = c.font.inventory().kern(tables.GlyphID(first.glyph.ID), tables.GlyphID(second.glyph.ID))
		c.font.tables.RUnlock()
	} else {
		k = c.shape(string([]rune{p.first, p.second}))[0].Advance - first.glyph.Advance
	}
	c.setKern(p, k)
}

// letter looks at a character. Lookups that know no context, such as those for the forms of a language, show in what becomes
// of it alone.
func (c *composer) letter(r rune) *letter {
	if l := c.known(r); l != nil {
		return l
	}
	l := &letter{}
	if id, ok := c.font.GlyphID(r); ok && composable(r) {
		*l = c.look(r, id)
	}
	if r < utf8.RuneSelf {
		c.ascii[r].Store(l)
		return l
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	c.letters[r] = l
	return l
}

// look looks at a character that has a glyph.
func (c *composer) look(r rune, id uint16) (l letter) {
	b := c.font.begins(id)
	if !c.inert(b) {
		return letter{}
	}
	l = letter{nominal: id, kerns: b.kerns, joins: b.joins, plain: true}
	if !b.alone && !c.wants(b.features) {
		l.glyph = Glyph{ID: id, Advance: c.font.GlyphAdvance(id)}
		return l
	}
	glyphs := c.shape(string(r))
	if len(glyphs) != 1 {
		return letter{}
	}
	if l.glyph = glyphs[0]; l.glyph.ID != id { // it has become another, which lookups may begin at, too
		b := c.font.begins(l.glyph.ID)
		if !c.inert(b) || !c.font.inventory().basics[tables.GlyphID(l.glyph.ID)] {
			return letter{}
		}
		l.kerns, l.joins = b.kerns, slices.Concat(l.joins, b.joins)
	}
	return l
}

// inert reports whether nothing that is on in the style and looks at context begins at a glyph.
func (c *composer) inert(b beginning) bool { return !b.lookups && !c.wants(b.contexts) }

// wants reports whether the style names one of some features.
func (c *composer) wants(tags []opentype.Tag) bool {
	return slices.ContainsFunc(c.style.features, func(f harfbuzz.Feature) bool { return slices.Contains(tags, f.Tag) })
}

// begins returns what begins at a glyph.
func (f *Font) begins(id uint16) beginning {
	v := f.inventory()
	f.tables.RLock()
	defer f.tables.RUnlock()
	return v.of(id)
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
	for _, l := range f.parsed.GSUB.Lookups { // the other forms of figures
		for _, sub := range l.Subtables {
			for r := '0'; r <= '9'; r++ {
				if id, ok := f.GlyphID(r); ok {
					if to, ok := replaced(sub, tables.GlyphID(id)); ok {
						out[to] = true
					}
				}
			}
		}
	}
	return out
}

// replaced returns what a lookup of one glyph makes of a glyph.
func replaced(sub tables.GSUBLookup, id tables.GlyphID) (tables.GlyphID, bool) {
	if sub, ok := sub.(tables.SingleSubs); ok {
		switch d := sub.Data.(type) {
		case tables.SingleSubstData1:
			if _, ok := d.Coverage.Index(id); ok {
				return tables.GlyphID(int(id) + int(d.DeltaGlyphID)), true
			}
		case tables.SingleSubstData2:
			if i, ok := d.Coverage.Index(id); ok && i < len(d.SubstituteGlyphIDs) {
				return d.SubstituteGlyphIDs[i], true
			}
		}
	}
	return 0, false
}
