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

// Itemise cuts a paragraph into items, in logical order, by direction (UAX 9), script (UAX 24) and font. chain holds the
// fonts to try for each character cluster (UAX 29), best first, and must not be empty; a cluster is never divided between
// fonts, and spaces stay with the font before them. Emoji (by their selector, their modifiers or their nature) prefer the
// fonts of the chain whose family is called "… Emoji", characters with a text selector the others. baseRTL is the direction of
// the paragraph.
func Itemise(text string, chain []*Font, baseRTL bool) []Item {
	if text == "" {
		return nil
	}
	if !baseRTL && simple(text) && chain[0].hasAll(strings.TrimFunc(text, isSpace)) {
		return []Item{{End: len(text), Font: chain[0], Script: "Latn"}}
	}
	clusters := Graphemes(text)
	n := len(clusters) - 1
	items := make([]Item, 0, 8)
	levels := levelsOf(text, baseRTL)
	scripts := scriptsOf(text, clusters)
	var last *Font
	for i := range n {
		start, end := clusters[i], clusters[i+1]
		font, missing := pick(text[start:end], chain, last)
		last = font
		it := Item{Start: start, End: end, Font: font, Script: scripts[i], Level: levels[start], Missing: missing}
		if k := len(items) - 1; k >= 0 {
			p := &items[k]
			if same := p.Font == it.Font && p.Level == it.Level && p.Missing == it.Missing; same && p.Script != it.Script && blank(text[p.Start:p.End]) {
				p.Script = it.Script // spaces go with what follows in their font
			}
			if p.Font == it.Font && p.Script == it.Script && p.Level == it.Level && p.Missing == it.Missing {
				p.End = end
				continue
			}
		}
		items = append(items, it)
	}
	return items
}

func blank(text string) bool { return strings.TrimFunc(text, isSpace) == "" }

// pick chooses the font for a cluster.
func pick(cluster string, chain []*Font, last *Font) (f *Font, missing bool) {
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
			if f.emoji() == want && f.shows(cluster) {
				return f, false
			}
		}
	}
	return chain[0], true
}

// emoji reports whether the font draws emoji.
func (f *Font) emoji() bool { return strings.HasSuffix(f.face.Family, "Emoji") }

// shows reports whether the font has a whole cluster, composed or decomposed.
func (f *Font) shows(cluster string) bool {
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
func levelsOf(text string, baseRTL bool) []uint8 {
	out := make([]uint8, len(text))
	runes := make([]rune, 0, len(text))
	pos := make([]int, 0, len(text))
	for i, r := range text {
		// Paragraph separators would end the algorithm's paragraph; here the caller says what a paragraph is.
		if r == '\n' || r == '\r' || r == '\u2029' || r == 0x85 || r >= 0x1C && r <= 0x1E {
			r = ' '
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
	if simple(text) {
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
