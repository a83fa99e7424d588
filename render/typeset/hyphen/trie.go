package hyphen

import "slices"

// trie holds the patterns of a language by their letters; a full stop stands for either end of a word.
type trie struct {
	nodes []trieNode
	digit []byte // the values of the patterns, one behind the other
	// The first two levels are tables, since most of the search is there: by ASCII, and by class.
	root  [128]int32
	pairs [classes * classes]int32
}

// classes are those of the letters a to z and of the full stop; other characters have none.
const classes = 27

// class returns the class of a character, classes for those that have none.
func class(r rune) int32 {
	switch {
	case r >= 'a' && r <= 'z':
		return r - 'a'
	case r == '.':
		return classes - 1
	}
	return classes
}

// trieNode is a letter of patterns. Its children are a linked list.
type trieNode struct {
	letter       rune
	child, next  int32 // indices of nodes, 0 for none
	value, count int32 // the pattern that ends here has the values digit[value:value+count]
}

// grow makes room for the patterns of a file of so many bytes.
func (t *trie) grow(size int) {
	t.nodes = slices.Grow(t.nodes, size/4)
	t.digit = slices.Grow(t.digit, size)
}

// add adds a pattern such as "hy3ph" or ".in1": figures are the values of the places between the letters.
func (t *trie) add(pattern string) {
	if len(t.nodes) == 0 {
		t.nodes = append(t.nodes, trieNode{})
	}
	at, value := int32(0), int32(len(t.digit))
	t.digit = append(t.digit, 0)
	for _, r := range pattern {
		if r >= '0' && r <= '9' {
			t.digit[len(t.digit)-1] = byte(r - '0')
			continue
		}
		t.digit = append(t.digit, 0)
		at = t.descend(at, r)
	}
	n := &t.nodes[at]
	n.value, n.count = value, int32(len(t.digit))-value
}

// descend returns the child of a node for a letter, which it makes if it is not there.
func (t *trie) descend(at int32, r rune) int32 {
	if k := t.find(at, r); k != 0 {
		return k
	}
	k := int32(len(t.nodes))
	t.nodes = append(t.nodes, trieNode{letter: r, next: t.nodes[at].child})
	t.nodes[at].child = k
	if at == 0 && r < rune(len(t.root)) {
		t.root[r] = k
	}
	if first := class(t.nodes[at].letter); first < classes && class(r) < classes && t.root[t.nodes[at].letter] == at {
		t.pairs[first*classes+class(r)] = k
	}
	return k
}

// find returns the child of a node for a letter, 0 if there is none.
func (t *trie) find(at int32, r rune) int32 {
	if at == 0 && r < rune(len(t.root)) {
		return t.root[r]
	}
	k := t.nodes[at].child
	for k != 0 && t.nodes[k].letter != r {
		k = t.nodes[k].next
	}
	return k
}

// values returns for each place of a word (before its first letter, between letters, behind the last one) the greatest
// value that a matching pattern gives it.
func (t *trie) values(letters []rune) []byte {
	out := make([]byte, len(letters)+1)
	if len(t.nodes) == 0 {
		return out
	}
	letter := func(i int) rune {
		if i >= 0 && i < len(letters) {
			return letters[i]
		}
		return '.'
	}
	for start := -1; start <= len(letters); start++ {
		at := int32(0)
		first := int32(classes)
		for i := start; i <= len(letters); i++ {
			r := letter(i)
			c := class(r)
			if i == start {
				first = c
			}
			if i == start+1 && first < classes && c < classes {
				at = t.pairs[first*classes+c]
			} else {
				at = t.find(at, r)
			}
			if at == 0 {
				break
			}
			n := &t.nodes[at]
			for k, v := range t.digit[n.value : n.value+n.count] {
				// The first value stands before the pattern's first letter, which is at start.
				if p := start + k; v != 0 && p >= 0 && p <= len(letters) {
					out[p] = max(out[p], v)
				}
			}
		}
	}
	return out
}

// knows reports whether any pattern has the letter.
func (t *trie) knows(r rune) bool {
	return slices.ContainsFunc(t.nodes, func(n trieNode) bool { return n.letter == r })
}
