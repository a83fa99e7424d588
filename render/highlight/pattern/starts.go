package pattern

import (
	"math/bits"
	"sync"
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

// manyRanges is the number of ranges from which on asking for each character is no slower.
const manyRanges = 12

func charSet(c *syntax.CharSet) *set {
	for n := 1; n <= manyRanges; n++ {
		if ranges := c.GetIfNRanges(n); ranges != nil {
			return rangeSet(c, ranges)
		}
	}
	key := string(c.Hash())
	if known, ok := classes.Load(key); ok {
		return known.(*set)
	}
	s := &set{rest: restSome, full: c}
	for r := range rune(utf8.RuneSelf) {
		if c.CharIn(r) {
			s.ascii[r>>6] |= 1 << (r & 63)
		}
	}
	classes.Store(key, s)
	return s
}

// classes holds the sets with categories of Unicode, such as \w, by their contents: asking for 128 characters takes long.
var classes sync.Map

// rangeSet is the set of c, which consists of ranges alone.
func rangeSet(c *syntax.CharSet, ranges []syntax.SingleRange) *set {
	s := &set{full: c}
	for _, part := range ranges {
		for r := part.First; r <= part.Last && r < utf8.RuneSelf; r++ {
			s.ascii[r>>6] |= 1 << (r & 63)
		}
		if part.Last >= utf8.RuneSelf {
			s.rest = restSome
		}
	}
	if c.IsNegated() {
		s.ascii[0], s.ascii[1] = ^s.ascii[0], ^s.ascii[1]
		if s.rest == restNone {
			s.rest = restAll
		}
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

func (s *starts) has(r rune) bool {
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

// A table says which alternatives can begin with each ASCII character.
type table struct {
	from    [utf8.RuneSelf + 1]int32 // where those of a character begin in targets; they end where the next one's begin
	targets []int32
}

func (t *table) of(r rune) []int32 { return t.targets[t.from[r]:t.from[r+1]] }

func (c *compiler) table(targets []int32) *table {
	t := &table{}
	each := func(f func(r int, target int32)) {
		for _, target := range targets {
			for half, set := range c.prog.starts[target].ascii {
				for ; set != 0; set &= set - 1 {
					f(64*half+bits.TrailingZeros64(set), target)
				}
			}
		}
	}
	each(func(r int, _ int32) { t.from[r+1]++ })
	for r := range utf8.RuneSelf {
		t.from[r+1] += t.from[r]
	}
	t.targets = make([]int32, t.from[utf8.RuneSelf])
	next := t.from
	each(func(r int, target int32) {
		t.targets[next[r]] = target
		next[r]++
	})
	return t
}
