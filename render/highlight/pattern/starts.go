package pattern

import (
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2/syntax"
)

// A set is a set of characters with its ASCII part as bits.
type set struct {
	ascii [2]uint64
	rest  rest
	one   rune            // for restOne and restNotOne
	full  *syntax.CharSet // for restSome
}

// A rest says which characters above ASCII a set has.
type rest uint8

const (
	restNone rest = iota
	restAll
	restOne
	restNotOne
	restSome
)

func (s *set) has(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return s.ascii[r>>6]&(1<<(r&63)) != 0
	}
	switch s.rest {
	case restNone:
		return false
	case restAll:
		return true
	case restOne:
		return r == s.one
	case restNotOne:
		return r != s.one
	}
	return s.full.CharIn(r)
}

func oneSet(r rune) *set {
	s := &set{one: r}
	if r < utf8.RuneSelf {
		s.ascii[r>>6] = 1 << (r & 63)
	} else {
		s.rest = restOne
	}
	return s
}

func notoneSet(r rune) *set {
	s := &set{ascii: [2]uint64{^uint64(0), ^uint64(0)}, rest: restAll, one: r}
	if r < utf8.RuneSelf {
		s.ascii[r>>6] &^= 1 << (r & 63)
	} else {
		s.rest = restNotOne
	}
	return s
}

func charSet(c *syntax.CharSet) *set {
	s := &set{rest: restSome, full: c}
	for r := range rune(utf8.RuneSelf) {
		if c.CharIn(r) {
			s.ascii[r>>6] |= 1 << (r & 63)
		}
	}
	if known := c.Analyze(); known.OnlyRanges && known.ContainsOnlyAscii {
		s.rest = restNone
	}
	return s
}

// starts says what can stand at the place where a match begins: characters or the end of the text. It may say too much,
// not too little.
type starts struct {
	ascii [2]uint64
	rest  bool // characters above ASCII
	end   bool
}

var (
	anything = starts{ascii: [2]uint64{^uint64(0), ^uint64(0)}, rest: true, end: true}
	lineEnd  = starts{ascii: [2]uint64{1 << '\n', 0}, end: true}
)

// startsOf is what a character of s can begin with; when it is looked for backwards, that says nothing.
func startsOf(s *set, back bool) starts {
	if back {
		return anything
	}
	return starts{ascii: s.ascii, rest: s.rest != restNone}
}

func (s starts) has(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return s.ascii[r>>6]&(1<<(r&63)) != 0
	}
	return s.rest
}

// at reports whether a match can begin at pos of text.
func (s *starts) at(text []rune, pos int) bool {
	if pos >= len(text) {
		return s.end
	}
	if r := text[pos]; uint32(r) < utf8.RuneSelf {
		return s.ascii[r>>6]&(1<<(r&63)) != 0
	}
	return s.rest
}

func (s starts) or(t starts) starts {
	return starts{[2]uint64{s.ascii[0] | t.ascii[0], s.ascii[1] | t.ascii[1]}, s.rest || t.rest, s.end || t.end}
}

func (s starts) and(t starts) starts {
	return starts{[2]uint64{s.ascii[0] & t.ascii[0], s.ascii[1] & t.ascii[1]}, s.rest && t.rest, s.end && t.end}
}
