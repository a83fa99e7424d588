package shape

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
// fonts to try for each character cluster, best first; a cluster (UAX 29) is never divided between fonts, and spaces,
// punctuation and marks stay with the font of their neighbours if it has them. Emoji with a presentation selector or a
// joiner prefer the font that draws the whole sequence. baseRTL is the direction of the paragraph.
func Itemise(text string, chain []*Font, baseRTL bool) []Item { return nil }

// VisualOrder returns the order in which items of one line with these levels are placed from left to right (UAX 9, L2).
func VisualOrder(levels []uint8) []int { return nil }

// BaseRTL reports whether the first strong character of the text is right to left (UAX 9, P2 and P3).
func BaseRTL(text string) bool { return false }
