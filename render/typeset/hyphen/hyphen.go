// Package hyphen finds the places at which words may be hyphenated, by Franklin M. Liang's method ("Word Hy-phen-a-tion by
// Com-put-er", 1983) with the patterns of the TeX community. The patterns are embedded; each keeps its licence beside it in
// the folder data.
package hyphen

// Hyphenator hyphenates words of one language. It is safe for concurrent use.
type Hyphenator struct {
	lang string
}

// For returns the hyphenator of a language, given as a BCP 47 tag: of the language with its script and region if there is
// one, else of the language alone. It returns nil if there are no patterns for it. The same hyphenator is returned on every
// call.
func For(lang string) *Hyphenator {
	return nil
}

// Languages returns the tags of the languages that have patterns, sorted.
func Languages() []string {
	return nil
}

// Lang returns the tag of the patterns.
func (h *Hyphenator) Lang() string { return h.lang }

// Breaks returns the byte offsets in word at which it may be hyphenated, in ascending order. It keeps the language's
// minima of letters at the beginning and the end, honours the list of exceptions, and takes soft hyphens (U+00AD) in the
// word for the only places if there are any. Letters may be in any case. Punctuation around the word is skipped; a word
// with anything but letters, marks, apostrophes and hyphens inside has no breaks. Callers must not change the result.
func (h *Hyphenator) Breaks(word string) []int {
	return nil
}
