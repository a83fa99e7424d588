package shape

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// Feature switches an OpenType feature: Value 0 is off, 1 is on, more choose among alternates.
type Feature struct {
	Tag   string // four letters: "smcp", "onum", "tnum", "liga", "sups", "frac"; others are ignored
	Value uint32
}

// Script is an ISO 15924 code such as "Latn", "" for unknown.
type Script string

// Options say how text is shaped. The zero value is left to right in the script of the text's letters with the features that
// are on by default: kern, liga, calt, ccmp, mark…
type Options struct {
	Lang     string // BCP 47; chooses localised forms
	Script   Script
	RTL      bool
	Features []Feature
}

// Glyph is a glyph of shaped text. Lengths are in font units, y upwards.
type Glyph struct {
	ID      uint16
	Advance int32 // to the next glyph's origin
	DX, DY  int32 // displacement of the drawing
	// Cluster and End are the byte offsets in the text between which the characters lie that the glyph stands for. All
	// glyphs of a cluster have the same: several characters with one glyph are a ligature, several glyphs with one
	// character a base with its marks. In left-to-right text clusters ascend, in right-to-left text they descend.
	Cluster, End int32
}

// Advance returns the sum of the glyphs' advances.
func Advance(glyphs []Glyph) int32 {
	var w int32
	for i := range glyphs {
		w += glyphs[i].Advance
	}
	return w
}

// style is a font with options: the features in HarfBuzz's form and the words shaped so far.
type style struct {
	props    harfbuzz.SegmentProperties
	guess    bool // the script is taken from the text
	features []harfbuzz.Feature
	wordwise bool
	composer *composer // nil: words are shaped as a whole

	lock   sync.RWMutex
	words  map[string][]Glyph
	spaced map[string]spaced
}

// spaced is a word between spaces.
type spaced struct {
	glyphs []Glyph // as they are before a space
	before int32   // kerning between the space before it and the word
	after  int32   // kerning between the word and the space behind it, which is in the glyphs too
}

// strip takes the spaces off the glyphs of a word between two spaces and returns the one before it and the word's glyphs.
// It is not ok if a space belongs to a cluster of the word.
func (f *Font) strip(glyphs []Glyph, length int, rtl bool) (first Glyph, word []Glyph, ok bool) {
	n := len(glyphs)
	if n < 2 {
		return Glyph{}, nil, false
	}
	first, last := glyphs[0], glyphs[n-1]
	if rtl {
		first, last = last, first
	}
	if first.ID != uint16(f.space) || last.ID != uint16(f.space) || first.End != 1 || last.Cluster != int32(length)+1 {
		return Glyph{}, nil, false
	}
	word = slices.Clone(glyphs[1 : n-1])
	for i := range word {
		word[i].Cluster--
		word[i].End--
	}
	return first, word, true
}

// longest is the length in bytes of the longest text that is worth remembering.
const longest = 64

// Shape shapes text in one direction, script and font, and returns its glyphs in visual order (left to right). Characters
// that the font does not have get glyph 0; tabs and line ends are shaped as spaces; soft hyphens and other invisible
// characters give no glyph and belong to the cluster before them. Results are cached and shared: callers must not change
// them.
//
// Text with spaces is put together from its words unless the font does more with the space than kern it, so that a word is
// shaped once for a whole book. The glyphs are the same either way.
func (f *Font) Shape(text string, o Options) []Glyph { return f.shapeWith(text, f.style(o)) }

func (f *Font) shapeWith(text string, st *style) []Glyph {
	if text == "" {
		return nil
	}
	if !st.wordwise || strings.IndexByte(text, ' ') < 0 || text == " " || strings.Contains(text, "  ") || strings.ContainsRune(text, '\u2044') {
		return f.whole(text, st)
	}
	out := make([]Glyph, 0, len(text))
	for start := 0; start < len(text); {
		end := nextPiece(text, start)
		piece := f.piece(text, start, end, st)
		for _, g := range piece {
			g.Cluster += int32(start)
			g.End += int32(start)
			out = append(out, g)
		}
		if text[start:end] == " " && end < len(text) && f.spacing.kerns {
			out[len(out)-1].Advance += f.between(text[end:nextPiece(text, end)], st).before
		}
		start = end
	}
	if st.props.Direction == harfbuzz.RightToLeft {
		reversePieces(out)
	}
	return out
}

// Style is a font with options, for those who shape many words with them. It is safe for concurrent use.
type Style struct {
	font  *Font
	style *style
}

// Style returns the font with options.
func (f *Font) Style(o Options) Style { return Style{f, f.style(o)} }

// Append adds the glyphs of a text to a list, as [Font.Shape] gives them.
func (s Style) Append(list []Glyph, text string) []Glyph {
	if s.style.composer != nil {
		if out, ok := s.style.composer.compose(list, text); ok {
			return out
		}
	}
	return append(list, s.font.shapeWith(text, s.style)...)
}

// SpaceKern returns the kerning of a space between two words: what is to be added to the width of the space when the words
// are shaped by themselves. Either word may be empty.
func (f *Font) SpaceKern(before, after string, o Options) int32 {
	st := f.style(o)
	if !f.spacing.kerns && !f.spacing.whole {
		return 0
	}
	var kern int32
	if before != "" {
		kern += f.between(before, st).after
	}
	if after != "" {
		kern += f.between(after, st).before
	}
	return kern
}

// piece shapes a word of the text as it is where it stands.
func (f *Font) piece(text string, start, end int, st *style) []Glyph {
	if f.spacing.kerns && end < len(text) && text[start:end] != " " {
		return f.between(text[start:end], st).glyphs
	}
	return f.whole(text[start:end], st)
}

// between shapes a word between two spaces.
func (f *Font) between(word string, st *style) spaced {
	st.lock.RLock()
	s, ok := st.spaced[word]
	st.lock.RUnlock()
	if ok {
		return s
	}
	space := Advance(f.whole(" ", st))
	e := f.take()
	glyphs := e.shape(" "+word+" ", st)
	f.give(e)
	s = spaced{glyphs: f.whole(word, st)}
	if first, inner, ok := f.strip(glyphs, len(word), st.props.Direction == harfbuzz.RightToLeft); ok {
		s.before = first.Advance - space
		s.after = Advance(inner) - Advance(s.glyphs)
		s.glyphs = inner
	}
	if len(word) <= longest {
		st.lock.Lock()
		st.spaced[strings.Clone(word)] = s
		st.lock.Unlock()
	}
	return s
}

// nextPiece returns the end of the word or the space at start. A space that carries a mark or a joiner belongs to the word
// that it is in.
func nextPiece(text string, start int) int {
	if text[start] == ' ' && !attached(text[start+1:]) {
		return start + 1
	}
	for i := start + 1; i < len(text); i++ {
		if text[i] == ' ' && !attached(text[i+1:]) {
			return i
		}
	}
	return len(text)
}

func attached(rest string) bool {
	if rest == "" || rest[0] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.In(r, unicode.M) || ignorable(r)
}

// reversePieces puts words shaped from right to left, which stand one behind the other in the order of the text, into
// visual order: the whole is reversed, and then each word again.
func reversePieces(glyphs []Glyph) {
	slices.Reverse(glyphs)
	for i := 0; i < len(glyphs); {
		j := i + 1
		for j < len(glyphs) && glyphs[j].Cluster >= glyphs[j-1].Cluster {
			j++
		}
		slices.Reverse(glyphs[i:j])
		i = j
	}
}

// whole shapes text that is not put together, by the cache if it can.
func (f *Font) whole(text string, st *style) []Glyph {
	st.lock.RLock()
	glyphs, ok := st.words[text]
	st.lock.RUnlock()
	if ok {
		return glyphs
	}
	if st.composer != nil {
		if glyphs, ok = st.composer.compose(nil, text); ok {
			return glyphs // quicker than to remember it
		}
	}
	e := f.take()
	glyphs = e.shape(text, st)
	f.give(e)
	if len(text) <= longest {
		st.lock.Lock()
		st.words[strings.Clone(text)] = glyphs
		st.lock.Unlock()
	}
	return glyphs
}

// style returns the font's cache for the options.
func (f *Font) style(o Options) *style {
	var mem [96]byte
	key := append(append(append(mem[:0], o.Lang...), '|'), o.Script...)
	key = strconv.AppendBool(append(key, '|'), o.RTL)
	for _, feat := range o.Features {
		key = append(append(key, '|'), feat.Tag...)
		key = strconv.AppendUint(append(key, '='), uint64(feat.Value), 10)
	}
	f.stylesLock.RLock()
	st := f.styles[string(key)]
	f.stylesLock.RUnlock()
	if st != nil {
		return st
	}
	f.stylesLock.Lock()
	defer f.stylesLock.Unlock()
	if st = f.styles[string(key)]; st == nil {
		st = newStyle(o)
		st.wordwise = f.spacing.wordwise(o.Features)
		st.composer = newComposer(f, st)
		f.styles[string(key)] = st
	}
	return st
}

func newStyle(o Options) *style {
	st := &style{words: map[string][]Glyph{}, spaced: map[string]spaced{}}
	// The language is never left to HarfBuzz, which would ask the machine's locale.
	st.props.Language = language.NewLanguage("und")
	if o.Lang != "" {
		st.props.Language = language.NewLanguage(o.Lang)
	}
	st.props.Direction = harfbuzz.LeftToRight
	if o.RTL {
		st.props.Direction = harfbuzz.RightToLeft
	}
	script, err := language.ParseScript(string(o.Script))
	st.props.Script, st.guess = script, err != nil
	for _, feat := range o.Features {
		if len(feat.Tag) == 4 {
			st.features = append(st.features, harfbuzz.Feature{
				Tag: opentype.MustNewTag(feat.Tag), Value: feat.Value,
				Start: harfbuzz.FeatureGlobalStart, End: harfbuzz.FeatureGlobalEnd,
			})
		}
	}
	return st
}
