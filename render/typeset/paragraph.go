package typeset

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/typeset/hyphen"
	"github.com/evbook/evbook/render/typeset/linebreak"
)

// piece says what an item of a broken paragraph prints.
type piece struct {
	kind       pieceKind
	frag       *frag
	start, end int // bytes of the paragraph
	span       *span
}

type pieceKind uint8

const (
	pieceNothing pieceKind = iota
	pieceText
	pieceSpace
	pieceHyphen // a penalty that prints a hyphen
	piecePicture
	pieceGlue // space that prints nothing: between the squares of Chinese and Japanese
)

// The prices of breaks other than hyphens, on TeX's scale.
const (
	penaltyDash      = 30  // behind a hyphen or dash that the author wrote
	penaltyPath      = 120 // inside a URL or path
	penaltyName      = 900 // inside a short one, such as pkg_resources; see wholeNames
	penaltyEmergency = 800 // anywhere in a word that is wider than the measure: rather than that the line before it stays short
)

// longestName is the number of characters up to which a name is taken in at a glance and had better stay whole.
const longestName = 16

// itemiser makes the items of a paragraph for the line breaker.
type itemiser struct {
	s       *setter
	c       *content
	measure unit.Len // of the narrowest line: words beyond it may break anywhere
	items   []linebreak.Item
	pieces  []piece
	breaks  []bool // by byte: whether Unicode's rules allow a break before it, inside a word
	allowed bool   // hyphenation
	whole   bool   // words are not to be broken
}

// items cuts a paragraph into boxes, glue and penalties; whole leaves each word in one box, for a paragraph whose words nobody will
// break. They are good until the next call.
func (s *setter) items(c *content, measure unit.Len, whole bool) ([]linebreak.Item, []piece) {
	s.shaped(c)
	d := s.work()
	d.breaks = append(d.breaks[:0], make([]bool, len(c.text)+1)...)
	it := &itemiser{s: s, c: c, measure: measure, allowed: c.style.hyphenate, whole: whole, items: d.items[:0], pieces: d.pieces[:0], breaks: d.breaks}
	if !whole {
		shape.InnerBreaks(c.text, func(at int) { it.breaks[at] = true })
	}
	frag := 0
	for i := range c.spans {
		sp := &c.spans[i]
		if sp.picture != nil {
			it.penaltyAt(sp.start)
			it.push(linebreak.Item{Kind: linebreak.Box, Width: int64(sp.picture.W), Rigid: true}, piece{kind: piecePicture, start: sp.start, end: sp.end, span: sp})
			continue
		}
		for at := sp.start; at < sp.end; {
			if n := isBreakChar(c.text[at:]); n > 0 {
				if at+n == sp.end && it.markAfter(i) {
					it.never(at)
				}
				it.space(sp, at, n)
				at += n
				continue
			}
			if frag < len(c.frags) && c.frags[frag].start == at {
				it.frag(c.frags[frag])
				at = c.frags[frag].end
				frag++
				continue
			}
			at++ // no font at all: nothing can be printed
		}
	}
	d.items, d.pieces = it.items, it.pieces
	return it.items, it.pieces
}

func (it *itemiser) push(item linebreak.Item, p piece) {
	it.items = append(it.items, item)
	it.pieces = append(it.pieces, p)
}

// space pushes what a space or line separator stands for.
func (it *itemiser) space(sp *span, at, n int) {
	switch text := it.c.text[at : at+n]; text {
	case "\u2028":
		it.push(linebreak.Item{Kind: linebreak.Penalty, Penalty: linebreak.Force}, piece{start: at, end: at + n})
		return
	case "\u200B":
		it.push(linebreak.Item{Kind: linebreak.Penalty}, piece{start: at, end: at + n})
		return
	case " ":
		// Code may begin with a space that no break swallows.
		if sp.fixed {
			it.never(at)
		}
	default:
		it.never(at)
	}
	w := it.s.spaceWidth(&sp.look)
	g := linebreak.Item{Kind: linebreak.Glue, Width: int64(w), Stretch: int64(w / 2), Shrink: int64(w / 4)}
	switch {
	case strings.HasPrefix(it.c.text[at:], "\u202F"): // narrow no-break space: two thirds, rigid
		g = linebreak.Item{Kind: linebreak.Glue, Width: int64(w * 2 / 3)}
	case sp.look.code:
		g.Stretch = int64(w / 4) // it is twice as wide as the text's
	}
	it.push(g, piece{kind: pieceSpace, start: at, end: at + n, span: sp})
}

// markAfter reports whether the mark of a note follows a span: it does not begin a line, even where the author put a space
// before it.
func (it *itemiser) markAfter(i int) bool {
	if i+1 >= len(it.c.spans) {
		return false
	}
	switch it.c.spans[i+1].node.(type) {
	case *tree.Footnote, *tree.FootnoteRef:
		return true
	}
	return false
}

func (it *itemiser) never(at int) {
	it.push(linebreak.Item{Kind: linebreak.Penalty, Penalty: linebreak.Never}, piece{start: at, end: at})
}

// spaceWidth is the width of the space of a look: a little less for code, whose full cell looks like a hole in text.
func (s *setter) spaceWidth(l *look) unit.Len {
	chain := s.chain(l)
	if len(chain) == 0 {
		return l.size / 4
	}
	return scale(chain[0].Metrics().Space, l.size, chain[0].UnitsPerEm()) + l.size.Mul(l.tracking)
}

// penaltyAt pushes a free break if the text may be broken at a place where no space is.
func (it *itemiser) penaltyAt(at int) {
	n := len(it.items)
	if n == 0 || it.items[n-1].Kind != linebreak.Box || !it.breaks[at] {
		return
	}
	p := linebreak.Item{Kind: linebreak.Penalty}
	if r, _ := utf8.DecodeLastRuneInString(it.c.text[:at]); unicode.Is(unicode.Pd, r) {
		p.Penalty, p.Flagged = penaltyDash, true
	}
	it.push(p, piece{start: at, end: at})
}

// cut is a place inside a frag where a line may end.
type cut struct {
	at     int
	hyphen bool
	price  int32
	glue   *linebreak.Item // between wide characters
}

// frag pushes the boxes of a frag and the breaks inside it.
func (it *itemiser) frag(f *frag) {
	it.joint(f)
	switch {
	case it.whole && !f.wide:
		it.box(f, f.start, f.end, f.width)
		return
	case !it.alone(f):
		it.parts(f)
		return
	}
	p := plan{protrude: it.c.style.protrude}
	if it.allowed && !f.span.look.caps {
		p.hyphens = it.hyphenator(f)
	}
	if !it.planned(f, p) {
		n := len(it.items)
		it.parts(f)
		it.remember(f, p, n)
	}
}

func (it *itemiser) parts(f *frag) {
	cuts := it.cuts(f)
	d := it.s.work()
	places := d.places[:0]
	places = append(places, f.start)
	for _, c := range cuts {
		places = append(places, c.at)
	}
	places = append(places, f.end)
	widths := f.widths(d.widths[:0], places)
	d.cuts, d.places, d.widths = cuts, places, widths
	for i, w := range widths {
		a, b := places[i], places[i+1]
		it.box(f, a, b, w)
		if i == len(cuts) {
			break
		}
		if cuts[i].glue != nil {
			it.squares(b, *cuts[i].glue, f.span)
			continue
		}
		p := linebreak.Item{Kind: linebreak.Penalty, Penalty: cuts[i].price}
		q := piece{start: b, end: b}
		if cuts[i].hyphen {
			p.Auto, p.Flagged, p.Penalty = true, true, 0
			h := it.s.hyphenGlyph(f)
			p.Width = int64(h.Advance)
			if it.c.style.protrude {
				p.Right = int64(h.Advance) / 2
			}
			// A break inside a ligature or a kerned pair changes the width of what stands before it.
			if i := slices.Index(f.starts, int32(b-f.start)); i < 0 {
				before := it.s.slice(it.c, f, a, b)
				p.Width += int64(glyphsWidth(before) - w)
			}
			q = piece{kind: pieceHyphen, frag: f, start: b, end: b, span: f.span}
		} else if r, _ := utf8.DecodeLastRuneInString(it.c.text[:b]); unicode.Is(unicode.Pd, r) {
			p.Flagged = true
		}
		it.push(p, q)
	}
}

// box pushes the bytes from a to b of a frag, whose width is w.
func (it *itemiser) box(f *frag, a, b int, w unit.Len) {
	box := linebreak.Item{Kind: linebreak.Box, Width: int64(w), Rigid: f.rigid}
	if !it.whole { // lines that are not broken are not spaced either
		box.Letters = f.letters(a, b)
	}
	if (it.c.style.protrude || f.wide && it.c.style.justify) && !f.span.look.code && !it.c.rtl {
		box.Left, box.Right = it.s.protrusion(f, it.c.text[a:b])
	}
	it.push(box, piece{kind: pieceText, frag: f, start: a, end: b, span: f.span})
}

// cuts lists the places where a frag may be broken, in ascending order. They are good until the next call.
func (it *itemiser) cuts(f *frag) []cut {
	word := it.c.text[f.start:f.end]
	if f.span.fixed {
		return nil
	}
	cuts := it.s.work().cuts[:0]
	switch {
	case f.span.path, f.path:
		price := int32(penaltyPath)
		if utf8.RuneCountInString(word) <= longestName {
			price = penaltyName
		}
		for _, at := range linebreak.PathBreaks(word) {
			cuts = append(cuts, cut{at: f.start + at, price: price})
		}
	case f.wide:
		cuts = it.wideCuts(f)
	default:
		for at := f.start + 1; at < f.end; at++ {
			if !it.breaks[at] {
				if beginsSyllable(word[:at-f.start], word[at-f.start:]) {
					cuts = append(cuts, cut{at: at, price: penaltySyllable})
				}
				continue
			}
			price := int32(0)
			if r, _ := utf8.DecodeLastRuneInString(word[:at-f.start]); unicode.Is(unicode.Pd, r) {
				price = penaltyDash
			} else if isHangul(r) {
				price = penaltyHangul
			}
			cuts = append(cuts, cut{at: at, price: price})
		}
		if it.allowed && !f.span.look.caps {
			for _, at := range it.hyphens(f, word) {
				cuts = append(cuts, cut{at: f.start + at, hyphen: true})
			}
		}
	}
	order := func(a, b cut) int { return a.at - b.at }
	slices.SortStableFunc(cuts, order)
	cuts = slices.CompactFunc(cuts, func(a, b cut) bool { return a.at == b.at })
	if f.width > it.measure {
		cuts = append(cuts, it.emergency(f, cuts)...)
		slices.SortFunc(cuts, order)
	}
	return cuts
}

func looksLikePath(word string) bool {
	return linebreak.IsPath(word) || strings.HasPrefix(word, "www.") || len(word) > longestName && isHash(word)
}

// isHash reports whether a long word is a hash, a key or a number of the kind that machines give: letters and figures mixed.
func isHash(word string) bool {
	letters, figures := 0, 0
	for i := range len(word) {
		switch c := word[i]; {
		case '0' <= c && c <= '9':
			figures++
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			letters++
		case c != '-' && c != '.' && c != ',' && c != ')' && c != ':':
			return false
		}
	}
	return letters > 0 && figures > 0
}

// emergency lets what is wider than the measure between two cuts break between any two characters.
func (it *itemiser) emergency(f *frag, cuts []cut) []cut {
	places := []int{f.start}
	for _, c := range cuts {
		places = append(places, c.at)
	}
	places = append(places, f.end)
	var more []cut
	for i, w := range f.widths(nil, places) {
		if w <= it.measure {
			continue
		}
		part := it.c.text[places[i]:places[i+1]]
		for _, at := range shape.Graphemes(part) {
			if at > 0 && at < len(part) {
				more = append(more, cut{at: places[i] + at, price: penaltyEmergency})
			}
		}
	}
	return more
}

// hyphens returns the places to hyphenate a frag: only a frag that is a whole word, since the rules need all its letters.
func (it *itemiser) hyphens(f *frag, word string) []int {
	if r, _ := utf8.DecodeLastRuneInString(it.c.text[:f.start]); f.start > 0 && unicode.IsLetter(r) {
		return nil
	}
	if r, _ := utf8.DecodeRuneInString(it.c.text[f.end:]); f.end < len(it.c.text) && unicode.IsLetter(r) {
		return nil
	}
	h := it.hyphenator(f)
	if h == nil {
		return nil
	}
	return h.Breaks(word)
}

func (it *itemiser) hyphenator(f *frag) *hyphen.Hyphenator {
	d, lang := it.s.work(), cmpOr(f.span.lang, it.c.lang)
	if d.hyphenLang != lang {
		d.hyphens, d.hyphenLang = hyphen.For(lang), lang
	}
	return d.hyphens
}

// hyphenGlyph returns the hyphen that a broken word ends in.
func (s *setter) hyphenGlyph(f *frag) Glyph {
	r := '\u2010'
	id, ok := f.font.GlyphID(r)
	if !ok {
		id, ok = f.font.GlyphID('-')
		if !ok {
			return Glyph{}
		}
	}
	return Glyph{ID: id, Advance: scale(f.font.GlyphAdvance(id), f.span.look.size, f.font.UnitsPerEm()).Short(), Text: "\u00AD"}
}

func glyphsWidth(g []Glyph) unit.Len {
	var w unit.Len
	for i := range g {
		w += g[i].Advance.Len()
	}
	return w
}
