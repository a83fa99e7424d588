package tree

import "unicode"

// Place is a place in the text of a book: where a printed page begins, say. Renderers of the same tree agree on places
// though each has line ends, hyphens and spaces of its own, since only letters are counted. The zero Place is nowhere.
type Place struct {
	Node Node // the block or the piece of text; nil with ID or nowhere
	// ID names a page that renderers make without a node for it: [CoverPage], [TitlePage], [ContentsPage], an appendix.
	ID string
	// Entry means the entry for Node in the list of contents of its event, not the node itself.
	Entry bool
	// Letters is how many of the node's letters (see [CountLetters]) stand before the place; 0 is the node's beginning.
	Letters int
}

// The ids of the pages that every book has.
const (
	CoverPage    = "_cover"
	TitlePage    = "_title"
	ContentsPage = "_contents"
)

// IsZero reports whether p is nowhere.
func (p Place) IsZero() bool { return p.Node == nil && p.ID == "" }

// isLetter reports whether r counts in places: everything that prints ink does, so that spaces put in or taken out do not
// matter.
func isLetter(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r)
}

// CountLetters returns the number of characters of s without white space, control and format characters.
func CountLetters(s string) int {
	n := 0
	for _, r := range s {
		if isLetter(r) {
			n++
		}
	}
	return n
}

// BeforeLetter returns the byte of s at which the letter stands that n others precede, and false if s has no more than n.
func BeforeLetter(s string, n int) (int, bool) {
	for i, r := range s {
		if !isLetter(r) {
			continue
		}
		if n == 0 {
			return i, true
		}
		n--
	}
	return len(s), false
}
