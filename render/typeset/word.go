package typeset

import (
	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/typeset/hyphen"
	"github.com/evbook/evbook/render/typeset/linebreak"
)

// desk is the working memory of a goroutine that sets chapters: what is used again and again, and words that it has
// shaped before. It serves one setter at a time.
type desk struct {
	items  []linebreak.Item
	pieces []piece
	breaks []bool
	bits   []bit
	places []int
	widths []unit.Len
	cuts   []cut
	shaped []shape.Glyph
	opts   *shape.Options // of the last item
	slabs  slabs

	words    map[wordKey]*wordList
	lastKey  wordKey
	lastList *wordList

	chains    map[chainKey][]*shape.Font
	lastChain chainKey
	chain     []*shape.Font

	code *tokenBook

	hyphens    *hyphen.Hyphenator // of the language of the last word
	hyphenLang string
}

func newDesk() *desk {
	return &desk{words: map[wordKey]*wordList{}, chains: map[chainKey][]*shape.Font{}}
}

// work is the setter's desk.
func (s *setter) work() *desk {
	if s.desk == nil {
		s.desk = newDesk()
	}
	return s.desk
}

// chain is [faces.chain], remembered.
func (s *setter) chain(l *look) []*shape.Font {
	d, key := s.work(), l.key()
	if d.chain != nil && key == d.lastChain {
		return d.chain
	}
	c, ok := d.chains[key]
	if !ok {
		c = s.faces.chain(l)
		d.chains[key] = c
	}
	d.chain, d.lastChain = c, key
	return c
}

// wordKey is what the glyphs of a word depend on beside its letters.
type wordKey struct {
	font     *shape.Font
	lang     string
	script   shape.Script
	rtl      bool
	italic   bool
	caps     bool
	code     bool
	raised   byte
	figures  figures
	size     unit.Len
	tracking float64
}

// word is a shaped word; many frags share it, and nobody changes it.
type word struct {
	glyphs       []Glyph
	starts, ends []int32 // for each glyph, its cluster in the bytes of the word
	width        unit.Len
	wide         bool // it has characters in squares of their own: Chinese, Japanese
	path         bool // it looks like an address

	plans []plan
}

// plan is the items of a word whose breaks depend on itself alone.
type plan struct {
	hyphens  *hyphen.Hyphenator // nil: it is not hyphenated
	protrude bool
	items    []linebreak.Item
	pieces   []piece // with places in the word and without frag and span
}

// wordList holds the words of a key.
type wordList struct {
	style shape.Style
	words map[string]*word
}

// longestWord is the length in bytes of the longest word that is remembered.
const longestWord = 64

// word returns a word shaped as a frag says, whose text it is.
func (s *setter) word(f *frag, text string) *word {
	if len(text) > longestWord {
		return s.shapeWord(f, f.font.Style(*f.opts), text)
	}
	d, l := s.work(), &f.span.look
	key := wordKey{f.font, f.opts.Lang, f.opts.Script, f.opts.RTL, l.italic, l.caps, l.code, l.script, l.figures, l.size, l.tracking}
	if d.lastList == nil || key != d.lastKey {
		list := d.words[key]
		if list == nil {
			list = &wordList{f.font.Style(*f.opts), map[string]*word{}}
			d.words[key] = list
		}
		d.lastKey, d.lastList = key, list
	}
	w := d.lastList.words[text]
	if w == nil {
		w = s.shapeWord(f, d.lastList.style, text)
		d.lastList.words[text] = w
	}
	return w
}

func (s *setter) shapeWord(f *frag, st shape.Style, text string) *word {
	w := &carve(&s.work().slabs.words, 1, 128)[0]
	w.wide, w.path = hasWide(text), looksLikePath(text)
	w.glyphs, w.starts, w.ends = s.glyphsWith(f, st, text)
	w.width = glyphsWidth(w.glyphs)
	return w
}

// planned pushes the items of a frag as they were made before for the same word; ok is false if there are none, or if
// they depend on what stands around the word.
func (it *itemiser) planned(f *frag, p plan) bool {
	for i := range f.word.plans {
		if q := &f.word.plans[i]; q.hyphens == p.hyphens && q.protrude == p.protrude {
			it.items = append(it.items, q.items...)
			for _, x := range q.pieces {
				x.start += f.start
				x.end += f.start
				if x.kind != pieceNothing {
					x.frag, x.span = f, f.span
				}
				it.pieces = append(it.pieces, x)
			}
			return true
		}
	}
	return false
}

// remember keeps the items from n on as the plan of a frag's word.
func (it *itemiser) remember(f *frag, p plan, n int) {
	d := it.s.work()
	p.items, p.pieces = carve(&d.slabs.planned, len(it.items)-n, 256), carve(&d.slabs.places, len(it.pieces)-n, 256)
	copy(p.items, it.items[n:])
	for i, x := range it.pieces[n:] {
		x.start -= f.start
		x.end -= f.start
		x.frag, x.span = nil, nil
		p.pieces[i] = x
	}
	f.word.plans = append(f.word.plans, p)
}

// alone reports whether the breaks of a frag depend on its word alone: nothing but spaces stands around it, and neither the
// rules of Unicode nor its length break it.
func (it *itemiser) alone(f *frag) bool {
	text := it.c.text
	if f.wide || f.path || f.span.path || f.span.fixed || f.width > it.measure || f.opts.RTL || it.c.rtl {
		return false
	}
	if f.start > 0 && isBreakChar(text[f.start-1:]) != 1 || f.end < len(text) && isBreakChar(text[f.end:]) == 0 {
		return false
	}
	for _, b := range it.breaks[f.start+1 : f.end] {
		if b {
			return false
		}
	}
	return true
}

// slabs are memory from which small things that stay are cut: there are hundreds of thousands of them in a book, and each piece of
// memory of its own takes time and rounding.
type slabs struct {
	frags    []frag
	words    []word
	glyphs   []Glyph
	clusters []int32
	planned  []linebreak.Item
	places   []piece
	lines    []Line
	parts    []Part
	runs     []Run
	rows     []vrow
	comps    []core.Component
}

// carve takes n things from a slab, which is a new one of size things if there is not enough left of it. What is appended to them goes
// elsewhere.
func carve[T any](slab *[]T, n, size int) []T {
	if len(*slab) < n {
		*slab = make([]T, max(n, size))
	}
	out := (*slab)[:n:n]
	*slab = (*slab)[n:]
	return out
}
