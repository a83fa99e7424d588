// Package hyphen finds the places at which words may be hyphenated, by Franklin M. Liang's method ("Word Hy-phen-a-tion by
// Com-put-er", 1983) with the patterns of the TeX community. The patterns are embedded as hyph-utf8 has them: each file of
// the folder data begins with its licence, its version and the minima of its language.
package hyphen

import (
	"hash/maphash"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Hyphenator hyphenates words of one language. It is safe for concurrent use.
type Hyphenator struct {
	lang        string
	left, right int // letters that stay together at the beginning and the end of a word, at least
	patterns    trie
	exceptions  map[string][]int // lower-case word → rune offsets of its breaks
	apostrophe  bool             // the patterns know apostrophes, so that they are letters
	lower       unicode.SpecialCase

	seed  maphash.Seed
	known [16]shelf // what was found before, by a hash of the word
}

// shelf holds words with their breaks. There are several, so that those who hyphenate at the same time seldom meet.
type shelf struct {
	lock  sync.Mutex
	words map[string][]int
}

// shortest is the number of letters of the shortest word that is hyphenated.
const shortest = 5

// longest is the length in bytes of the longest word that is worth remembering.
const longest = 64

// Lang returns the tag of the patterns, as [Languages] lists them.
func (h *Hyphenator) Lang() string { return h.lang }

// Minima returns how many letters stay together at the beginning and at the end of a word, at least.
func (h *Hyphenator) Minima() (left, right int) { return h.left, h.right }

// Breaks returns the byte offsets in word at which it may be hyphenated, in ascending order. It keeps the language's
// minima of letters at the beginning and the end, leaves words of less than five letters whole, and honours the list of
// exceptions. Soft hyphens (U+00AD) are the only places if there are any; the offset is that of the soft hyphen, which
// is not to be printed. Punctuation around the word is skipped, and letters may be in any case.
//
// Parts of a word between hyphens, slashes, brackets (and, unless the language writes them within syllables, apostrophes)
// are words of their own. Those in capitals or with figures have no breaks; those with capitals inside may be broken before
// one, between parts of at least four letters ("Java-Script"). Addresses, file names and identifiers (anything with one of
// ._@:#&=\ inside) have none: see linebreak.PathBreaks for those.
//
// Callers must not change the result.
func (h *Hyphenator) Breaks(word string) []int {
	if len(word) < shortest {
		return nil
	}
	if len(word) > longest {
		return h.find(word)
	}
	k := &h.known[maphash.String(h.seed, word)%uint64(len(h.known))]
	k.lock.Lock()
	defer k.lock.Unlock()
	breaks, ok := k.words[word]
	if !ok {
		if k.words == nil {
			k.words = make(map[string][]int)
		}
		breaks = h.find(word)
		k.words[strings.Clone(word)] = breaks
	}
	return breaks
}

// find does the work of Breaks without the cache.
func (h *Hyphenator) find(word string) []int {
	if strings.ContainsRune(word, '\u00AD') {
		return softHyphens(word)
	}
	start := strings.IndexFunc(word, isWord)
	if start < 0 {
		return nil
	}
	end := strings.LastIndexFunc(word, isWord)
	_, size := utf8.DecodeRuneInString(word[end:])
	end += size

	var out []int
	part, figures := start, false
	for i, r := range word[start:end] {
		i += start
		switch {
		case isLetter(r) || isApostrophe(r) && h.apostrophe:
		case unicode.IsNumber(r):
			figures = true
		case separates(r):
			if !figures {
				out = h.part(out, word[part:i], part)
			}
			part, figures = i+utf8.RuneLen(r), false
		default:
			return nil
		}
	}
	if figures {
		return out
	}
	return h.part(out, word[part:end], part)
}

// softHyphens returns where the author allows breaks.
func softHyphens(word string) []int {
	var out []int
	for i, r := range word {
		if r == '\u00AD' && i > 0 && i+len("\u00AD") < len(word) {
			out = append(out, i)
		}
	}
	return out
}

// part adds the breaks of a part of a word that has nothing but letters; offset is its place in the word.
func (h *Hyphenator) part(out []int, word string, offset int) []int {
	letters := make([]rune, 0, 32)
	pos := make([]int, 0, 32)
	upper, inner := 0, 0
	for i, r := range word {
		if unicode.IsUpper(r) {
			if upper++; i > 0 {
				inner++
			}
		}
		letters, pos = append(letters, h.fold(r)), append(pos, i)
	}
	switch {
	case len(letters) < shortest || upper == len(letters):
		return out
	case inner > 0:
		return joints(out, word, offset)
	}
	for _, k := range h.hyphenate(letters) {
		out = append(out, offset+pos[k])
	}
	return out
}

// joints adds the breaks of a name that is put together from capitalised words.
func joints(out []int, word string, offset int) []int {
	const least = 4
	prev, count, at := ' ', 0, -1
	for i, r := range word {
		if unicode.IsUpper(r) && unicode.IsLower(prev) {
			if at >= 0 && count >= least {
				out = append(out, at)
			}
			at = -1
			if count >= least {
				at = offset + i
			}
			count = 0
		}
		count++
		prev = r
	}
	if at >= 0 && count >= least {
		out = append(out, at)
	}
	return out
}

// hyphenate returns the rune offsets of the breaks of a word in lower case.
func (h *Hyphenator) hyphenate(letters []rune) []int {
	if breaks, ok := h.exceptions[string(letters)]; ok {
		return breaks
	}
	values := h.patterns.values(letters)
	first, last := h.limits(letters)
	var out []int
	for k := first; k <= last; k++ {
		if values[k]&1 == 1 && !unicode.Is(unicode.M, letters[k]) && !isApostrophe(letters[k]) && !isApostrophe(letters[k-1]) {
			out = append(out, k)
		}
	}
	return out
}

// limits returns the first and the last place that the minima leave. Only letters count for them: no accents, no
// apostrophes.
func (h *Hyphenator) limits(letters []rune) (first, last int) {
	for n := 0; first < len(letters) && n < h.left; first++ {
		if unicode.IsLetter(letters[first]) {
			n++
		}
	}
	last = len(letters)
	for n := 0; last > 0 && n < h.right; {
		if last--; unicode.IsLetter(letters[last]) {
			n++
		}
	}
	return first, last
}

// fold puts a letter into the form that the patterns have.
func (h *Hyphenator) fold(r rune) rune {
	switch {
	case isApostrophe(r):
		return '\''
	case h.lower != nil:
		return h.lower.ToLower(r)
	}
	return unicode.ToLower(r)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.M, r) }

func isWord(r rune) bool { return isLetter(r) || unicode.IsNumber(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// separates reports whether a sign inside a word ends a part that is hyphenated by itself.
func separates(r rune) bool {
	return unicode.IsPunct(r) && !strings.ContainsRune(`._@:#&%*\`, r)
}
