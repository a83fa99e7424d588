package shape

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/norm"
)

// Item is a stretch of text that can be shaped with one call.
type Item struct {
	Start, End int   // bytes of the text
	Font       *Font // the first of the chain that has all the characters of each cluster in it
	Script     Script
	Level      uint8 // embedding level of the bidirectional algorithm (UAX 9): odd is right to left
	Missing    bool  // no font of the chain has the characters; Font is the first, which shows its .notdef box
}

// RTL reports whether the item runs from right to left.
func (it Item) RTL() bool { return it.Level&1 == 1 }

// Fallback finds a font for a character cluster that the fonts at hand do not have, nil if there is none. script is the
// cluster's own or, for signs that scripts share, that of its neighbours.
type Fallback func(cluster string, script Script, emoji bool) *Font

// Itemise cuts a paragraph into items; see [Paragraph.Items].
func Itemise(text string, chain []*Font, baseRTL bool) []Item {
	return NewParagraph(text, baseRTL).Items(0, len(text), chain, nil)
}

// Paragraph is a text with what the algorithms of Unicode say of it as a whole: the direction and the script of each
// character depend on all of its paragraph, also where its look changes. It must not be used concurrently.
type Paragraph struct {
	text     string
	rtl      bool
	simple   bool  // left to right and Latin: no algorithm has anything to say
	clusters []int // offsets, with len(text) at the end; nil until they are needed
	levels   []uint8
	scripts  []Script
	isolated [][2]int
}

// NewParagraph returns a paragraph whose base direction is right to left or left to right.
func NewParagraph(text string, baseRTL bool) *Paragraph {
	return &Paragraph{text: text, rtl: baseRTL, simple: !baseRTL && latin(text)}
}

// Isolate lets a part of the text run from left to right as a whole, as if it were one Latin word: code, an address. It must
// be called before anything else.
func (p *Paragraph) Isolate(start, end int) {
	if !p.simple {
		p.isolated = append(p.isolated, [2]int{start, end})
	}
}

// Level returns the embedding level of the character that begins at a byte.
func (p *Paragraph) Level(at int) uint8 {
	if p.simple {
		return 0
	}
	p.analyse()
	return p.levels[at]
}

func (p *Paragraph) analyse() {
	if p.clusters == nil {
		p.clusters = Graphemes(p.text)
		p.levels = levelsOf(p.text, p.rtl, p.isolated)
		p.scripts = scriptsOf(p.text, p.clusters)
	}
}

// Items cuts a part of the paragraph into items, in logical order, by direction (UAX 9), script (UAX 24) and font. Their
// offsets are those of the paragraph. chain holds the fonts to try for each character cluster (UAX 29), best first, and must
// not be empty; more, if it is not nil, is asked for what they do not have. A cluster is never divided between fonts, and
// spaces stay with the font before them. Emoji (by their selector, their modifiers or their nature) prefer fonts whose
// family is called "… Emoji", characters with a text selector the others.
func (p *Paragraph) Items(start, end int, chain []*Font, more Fallback) []Item {
	if start >= end {
		return nil
	}
	if text := p.text[start:end]; p.simple && !chain[0].emoji() && chain[0].hasAll(strings.TrimFunc(text, isSpace)) {
		return []Item{{Start: start, End: end, Font: chain[0], Script: "Latn"}}
	}
	p.analyse()
	items := make([]Item, 0, 8)
	var last *Font
	first, _ := slices.BinarySearch(p.clusters, start)
	for i := first; i+1 < len(p.clusters) && p.clusters[i] < end; i++ {
		from, to := p.clusters[i], min(p.clusters[i+1], end)
		it := Item{Start: from, End: to, Script: p.scripts[i], Level: p.levels[from]}
		it.Font, it.Missing = pick(p.text[from:to], it.Script, chain, more, last)
		last = it.Font
		items = join(items, it, p.text)
	}
	// A look that begins inside a cluster begins with marks: they stand by themselves.
	if first < len(p.clusters) && (len(items) == 0 || items[0].Start > start) {
		to := min(p.clusters[first], end)
		it := Item{Start: start, End: to, Script: p.scripts[max(first-1, 0)], Level: p.levels[start]}
		it.Font, it.Missing = pick(p.text[start:to], it.Script, chain, more, nil)
		items = slices.Insert(items, 0, it)
	}
	return items
}

// join adds an item to those before it, as a part of the last if it can be shaped with it.
func join(items []Item, it Item, text string) []Item {
	if k := len(items) - 1; k >= 0 {
		p := &items[k]
		if p.Font == it.Font && p.Level == it.Level && p.Missing == it.Missing {
			if p.Script != it.Script && blank(text[p.Start:p.End]) {
				p.Script = it.Script // spaces go with what follows in their font
			}
			if p.Script == it.Script {
				p.End = it.End
				return items
			}
		}
	}
	return append(items, it)
}

func blank(text string) bool { return strings.TrimFunc(text, isSpace) == "" }

// pick chooses the font for a cluster.
func pick(cluster string, script Script, chain []*Font, more Fallback, last *Font) (f *Font, missing bool) {
	r, size := utf8.DecodeRuneInString(cluster)
	if size == len(cluster) && (isSpace(r) || ignorable(r)) {
		if last != nil && !last.emoji() {
			return last, false
		}
		return chain[0], false
	}
	emoji := wantsEmoji(cluster, r)
	for _, want := range []bool{emoji, !emoji} {
		for _, f := range chain {
			if f.emoji() == want && f.Shows(cluster) {
				return f, false
			}
		}
		if want == emoji && more != nil {
			if f := more(cluster, script, emoji); f != nil {
				return f, false
			}
		}
	}
	return chain[0], true
}

// emoji reports whether the font draws emoji.
func (f *Font) emoji() bool { return strings.HasSuffix(f.face.Family, "Emoji") }

// Shows reports whether the font has a whole cluster, composed or decomposed.
func (f *Font) Shows(cluster string) bool {
	all := true
	for _, r := range cluster {
		all = all && f.Has(r)
	}
	return all || len(cluster) > 2 && f.hasAll(norm.NFC.String(cluster))
}

// wantsEmoji reports whether a cluster that begins with r is to be shown as an emoji.
func wantsEmoji(cluster string, r rune) bool {
	switch {
	case strings.ContainsRune(cluster, '\uFE0E'):
		return false
	case strings.ContainsRune(cluster, '\uFE0F'), strings.ContainsRune(cluster, '\u20E3'):
		return true
	}
	return r >= 0x1F1E6 && r <= 0x1F1FF || r >= 0x1F300 && r <= 0x1FAFF
}

// levelsOf returns the embedding level at each byte at which a character begins.
func levelsOf(text string, baseRTL bool, isolated [][2]int) []uint8 {
	out := make([]uint8, len(text))
	runes := make([]rune, 0, len(text))
	pos := make([]int, 0, len(text))
	for i, r := range text {
		// Paragraph separators would end the algorithm's paragraph; here the caller says what a paragraph is.
		if r == '\n' || r == '\r' || r == '\u2029' || r == 0x85 || r >= 0x1C && r <= 0x1E {
			r = ' '
		}
		for len(isolated) > 0 && i >= isolated[0][1] {
			isolated = isolated[1:]
		}
		if len(isolated) > 0 && i >= isolated[0][0] {
			r = 'a'
		}
		runes, pos = append(runes, r), append(pos, i)
	}
	dir := bidi.LeftToRight
	if baseRTL {
		dir = bidi.RightToLeft
	}
	var par bidi.Paragraph
	runs := par.Segment(runes, dir)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		for k := run.Start; k < run.End; k++ {
			out[pos[k]] = uint8(run.Level)
		}
	}
	return out
}

// pairs holds the brackets and quotation marks that take the script of their partner.
const pairs = "()[]{}<>«»‹›“”‘’「」『』（）〈〉《》【】"

// scriptsOf returns the script of each cluster. Characters that many scripts share take the script of the letters before
// them, at the beginning of those behind; closing brackets that of the opening one.
func scriptsOf(text string, clusters []int) []Script {
	out := make([]Script, len(clusters)-1)
	var open []struct {
		closing rune
		script  Script
	}
	var current Script
	for i := range out {
		r, _ := utf8.DecodeRuneInString(text[clusters[i]:])
		if s := language.LookupScript(r); s.Strong() && s != language.Unknown {
			current = Script(s.String())
		} else if k := strings.IndexRune(pairs, r); k >= 0 {
			_, size := utf8.DecodeRuneInString(pairs[k:])
			j := slices.IndexFunc(open, func(o struct {
				closing rune
				script  Script
			}) bool {
				return o.closing == r
			})
			if j >= 0 {
				out[i], open = open[j].script, open[:j]
				continue
			}
			closing, _ := utf8.DecodeRuneInString(pairs[k+size:])
			if len(open) < 32 {
				open = append(open, struct {
					closing rune
					script  Script
				}{closing, current})
			}
		}
		out[i] = current
	}
	next := Script("Latn")
	for i := len(out) - 1; i >= 0; i-- {
		if out[i] == "" {
			out[i] = next
		}
		next = out[i]
	}
	return out
}

// VisualOrder returns the order in which items of one line with these levels are placed from left to right (UAX 9, L2).
func VisualOrder(levels []uint8) []int {
	order := make([]int, len(levels))
	highest, lowestOdd := uint8(0), uint8(255)
	for i, l := range levels {
		order[i] = i
		highest = max(highest, l)
		if l&1 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for level := highest; level >= lowestOdd; level-- {
		for i := 0; i < len(order); {
			if levels[order[i]] < level {
				i++
				continue
			}
			j := i
			for j < len(order) && levels[order[j]] >= level {
				j++
			}
			slices.Reverse(order[i:j])
			i = j
		}
	}
	return order
}

// BaseRTL reports whether the first strong character of the text is right to left (UAX 9, P2 and P3).
func BaseRTL(text string) bool {
	if latin(text) {
		return false
	}
	var par bidi.Paragraph
	for _, r := range text {
		if !language.LookupScript(r).Strong() {
			continue
		}
		runs := par.Segment([]rune{r}, bidi.Neutral)
		return runs.NumRuns() > 0 && runs.Run(0).Level&1 == 1
	}
	return false
}
