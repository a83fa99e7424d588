// Package pattern runs regular expressions of regexp2's dialect (the one of .NET, in which chroma's lexers are written) at
// one place of a text, with a bound on the work. regexp2 parses and simplifies them; this package compiles the tree to a
// program for a backtracking machine of its own. Against regexp2's runner it knows three things more: with which characters
// a match can begin, so that most rules of a lexer need not be tried; how many steps it has taken, so that a pattern that
// would go on for hours ends after the same work on every machine; and it allocates nothing while it runs.
//
// What a match is, is regexp2's: the same alternatives are tried in the same order with the same groups. Conditions
// ((?(1)a|b)), balancing groups and patterns from right to left are not supported, lookbehinds are.
package pattern

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/dlclark/regexp2/v2/syntax"
)

// ErrUnsupported says that the pattern has a construct this package does not know.
var ErrUnsupported = errors.New("the construct is not supported")

// A Program is a compiled pattern. It is not changed by running it.
type Program struct {
	begin  starts // with what a match can begin
	entry  int32
	code   []inst
	starts []starts // by instruction: with what a match from there on can begin
	groups int      // with the zeroth, the whole match
	regs   int
}

// Groups is the number of capturing groups with the zeroth, the whole match.
func (p *Program) Groups() int { return p.groups }

// CanStart reports whether a match can begin before r. False is certain, true is not.
func (p *Program) CanStart(r rune) bool { return p.begin.has(r) }

type op uint8

const (
	opMatch         op = iota // the end
	opFail                    // matches nothing
	opOne                     // ch
	opNotone                  // any but ch
	opSet                     // set
	opMulti                   // str
	opOneBack                 // the same before the position, for lookbehinds
	opNotoneBack              //
	opSetBack                 //
	opMultiBack               //
	opGreedy                  // min to max characters of set, as many as possible
	opLazy                    // as few as possible
	opAtomic                  // as many as possible, for good
	opGreedyBack              //
	opLazyBack                //
	opAtomicBack              //
	opSplit                   // next, and if it fails alt
	opAlternate               // the first of targets that succeeds
	opMark                    // reg = position
	opCapture                 // group ch from reg to the position
	opReference               // what group ch matched
	opReferenceFold           // the same in small or capital letters
	opLook                    // the body at next; opLookEnd goes on from here
	opLookEnd                 //
	opNotLook                 // the body at next; when it fails, alt
	opNotLookEnd              //
	opOnce                    // the body at next, with no way back into it from opOnceEnd on
	opOnceEnd                 //
	opCountStart              // reg = no mark, reg+1 = count (in min)
	opCountFirst              // reg = position, reg+1 = count (in min)
	opCount                   // again from alt up to max times, or next
	opCountLazy               // next, or again from alt up to max times
	opLineStart               // assertions
	opLineEnd                 //
	opBoundary                //
	opNoBoundary              //
	opTextStart               //
	opMatchStart              //
	opTextEndLine             //
	opTextEnd                 //
)

type inst struct {
	op       op
	next     int32
	alt      int32
	reg      int32
	min, max int32
	ch       rune
	set      *set
	more     *more
}

// more is what few instructions need.
type more struct {
	str     []rune
	targets []int32
	byStart *table // for many targets
}

// Compile parses expression and compiles it. The error is the parser's, or wraps ErrUnsupported.
func Compile(expression string) (*Program, error) {
	tree, err := syntax.Parse(expression, syntax.ParseOptions{})
	if err != nil {
		return nil, err
	}
	if tree.Options&syntax.RightToLeft != 0 {
		return nil, fmt.Errorf("from right to left: %w", ErrUnsupported)
	}
	c := compiler{prog: &Program{groups: tree.Captop}, numbers: map[int]int32{}}
	if tree.Capnumlist != nil && len(tree.Capnumlist) != tree.Captop {
		c.prog.groups = len(tree.Capnumlist)
		for i, number := range tree.Capnumlist {
			c.numbers[number] = int32(i)
		}
	}
	end := c.emit(inst{op: opMatch}, anything)
	c.prog.entry = c.node(tree.Root, end)
	if c.err != nil {
		return nil, c.err
	}
	c.prog.begin = c.prog.starts[c.prog.entry]
	return c.prog, nil
}

// A compiler writes the instructions of a tree from the end to its beginning, so that each knows what follows it.
type compiler struct {
	prog    *Program
	numbers map[int]int32 // of the groups, when the tree does not number them in sequence
	err     error
}

func (c *compiler) emit(i inst, s starts) int32 {
	c.prog.code = append(c.prog.code, i)
	c.prog.starts = append(c.prog.starts, s)
	return int32(len(c.prog.code) - 1)
}

func (c *compiler) registers(n int) int32 {
	c.prog.regs += n
	return int32(c.prog.regs - n)
}

func (c *compiler) unsupported(n *syntax.RegexNode) int32 {
	c.err = fmt.Errorf("node %d: %w", n.T, ErrUnsupported)
	return 0
}

func (c *compiler) group(number int) int32 {
	if i, ok := c.numbers[number]; ok {
		return i
	}
	return int32(number)
}

// node compiles n, followed by the instruction next, and returns where it begins.
func (c *compiler) node(n *syntax.RegexNode, next int32) int32 {
	after := c.prog.starts[next]
	switch n.T {
	case syntax.NtEmpty, syntax.NtUpdateBumpalong:
		return next
	case syntax.NtNothing:
		return c.emit(inst{op: opFail}, starts{})
	case syntax.NtGroup:
		return c.node(n.Children[0], next)
	case syntax.NtConcatenate:
		for _, child := range slices.Backward(n.Children) { // they are in the order they are matched in, in lookbehinds too
			next = c.node(child, next)
		}
		return next
	case syntax.NtAlternate:
		return c.alternate(n, next)
	case syntax.NtCapture:
		return c.capture(n, next)
	case syntax.NtLoop, syntax.NtLazyloop:
		return c.loop(n, next)
	case syntax.NtPosLook:
		reg := c.registers(2)
		end := c.emit(inst{op: opLookEnd, next: next, reg: reg}, anything)
		body := c.node(n.Children[0], end)
		return c.emit(inst{op: opLook, next: body, reg: reg}, after.and(c.prog.starts[body]))
	case syntax.NtNegLook:
		reg := c.registers(2)
		end := c.emit(inst{op: opNotLookEnd, reg: reg}, anything)
		body := c.node(n.Children[0], end)
		return c.emit(inst{op: opNotLook, next: body, alt: next, reg: reg}, after)
	case syntax.NtAtomic:
		reg := c.registers(2)
		end := c.emit(inst{op: opOnceEnd, next: next, reg: reg}, after)
		body := c.node(n.Children[0], end)
		return c.emit(inst{op: opOnce, next: body, reg: reg}, c.prog.starts[body])
	case syntax.NtRef:
		o := opReference
		if n.Options&syntax.IgnoreCase != 0 {
			o = opReferenceFold
		}
		if n.Options&syntax.RightToLeft != 0 {
			return c.unsupported(n)
		}
		return c.emit(inst{op: o, next: next, ch: c.group(n.M)}, anything)
	}
	if o, s, ok := assertion(n.T); ok {
		return c.emit(inst{op: o, next: next}, after.and(s))
	}
	return c.characters(n, next)
}

func assertion(t syntax.NodeType) (op, starts, bool) {
	switch t {
	case syntax.NtBol:
		return opLineStart, anything, true
	case syntax.NtEol:
		return opLineEnd, lineEnd, true
	case syntax.NtBoundary:
		return opBoundary, anything, true
	case syntax.NtNonboundary:
		return opNoBoundary, anything, true
	case syntax.NtBeginning:
		return opTextStart, anything, true
	case syntax.NtStart:
		return opMatchStart, anything, true
	case syntax.NtEndZ:
		return opTextEndLine, lineEnd, true
	case syntax.NtEnd:
		return opTextEnd, starts{end: true}, true
	}
	return 0, starts{}, false
}

// characters compiles the nodes that match one or many characters each by itself.
func (c *compiler) characters(n *syntax.RegexNode, next int32) int32 {
	back := n.Options&syntax.RightToLeft != 0
	i := inst{next: next, ch: n.Ch}
	turn := op(0) // from an operation to the one that looks back
	if back {
		turn = opOneBack - opOne
	}
	switch n.T {
	case syntax.NtMulti:
		if n.Options&syntax.IgnoreCase != 0 || len(n.Str) == 0 {
			return c.unsupported(n)
		}
		i.op, i.more = opMulti+turn, &more{str: n.Str}
		return c.emit(i, startsOf(oneSet(n.Str[0]), back))
	case syntax.NtOne:
		i.op = opOne + turn
		return c.emit(i, startsOf(oneSet(n.Ch), back))
	case syntax.NtNotone:
		i.op = opNotone + turn
		return c.emit(i, startsOf(notoneSet(n.Ch), back))
	case syntax.NtSet:
		i.op, i.set = opSet+turn, charSet(n.Set)
		return c.emit(i, startsOf(i.set, back))
	}
	switch {
	case n.IsOneFamily():
		i.set = oneSet(n.Ch)
	case n.IsNotoneFamily():
		i.set = notoneSet(n.Ch)
	case n.IsSetFamily():
		i.set = charSet(n.Set)
	default:
		return c.unsupported(n)
	}
	i.min, i.max = int32(n.M), int32(n.N)
	if back {
		turn = opGreedyBack - opGreedy
	}
	switch n.T {
	case syntax.NtOneloop, syntax.NtNotoneloop, syntax.NtSetloop:
		i.op = opGreedy + turn
	case syntax.NtOnelazy, syntax.NtNotonelazy, syntax.NtSetlazy:
		i.op = opLazy + turn
	default:
		i.op = opAtomic + turn
	}
	s := startsOf(i.set, back)
	if n.M == 0 && !back {
		s = s.or(c.prog.starts[next])
	}
	return c.emit(i, s)
}

// manyTargets is the number of alternatives from which on a table says which of them can begin with a character.
const manyTargets = 10

func (c *compiler) alternate(n *syntax.RegexNode, next int32) int32 {
	targets := make([]int32, len(n.Children))
	var s starts
	for i, child := range n.Children {
		targets[i] = c.node(child, next)
		s = s.or(c.prog.starts[targets[i]])
	}
	more := &more{targets: targets}
	if len(targets) >= manyTargets && n.Options&syntax.RightToLeft == 0 {
		more.byStart = c.table(targets)
	}
	return c.emit(inst{op: opAlternate, more: more}, s)
}

func (c *compiler) capture(n *syntax.RegexNode, next int32) int32 {
	if n.N != -1 {
		return c.unsupported(n)
	}
	if n.M == 0 {
		return c.node(n.Children[0], next)
	}
	reg := c.registers(1)
	end := c.emit(inst{op: opCapture, next: next, reg: reg, ch: c.group(n.M)}, c.prog.starts[next])
	body := c.node(n.Children[0], end)
	return c.emit(inst{op: opMark, next: body, reg: reg}, c.prog.starts[body])
}

// loop compiles repetitions of more than single characters. A round that matched nothing is the last one.
func (c *compiler) loop(n *syntax.RegexNode, next int32) int32 {
	lazy := n.T == syntax.NtLazyloop
	child := n.Children[0]
	after := c.prog.starts[next]
	if n.M == 0 && n.N == 1 {
		body := c.node(child, next)
		return c.split(body, next, lazy, after.or(c.prog.starts[body]))
	}
	if n.M <= 1 && n.N == math.MaxInt32 && !mayBeEmpty(child) {
		again := c.emit(inst{op: opSplit}, anything) // its starts are not known before the body is
		body := c.node(child, again)
		i := inst{op: opSplit, next: body, alt: next}
		if lazy {
			i.next, i.alt = next, body
		}
		c.prog.code[again], c.prog.starts[again] = i, after.or(c.prog.starts[body])
		if n.M == 1 {
			return body
		}
		return again
	}
	i := inst{op: opCount, next: next, reg: c.registers(2), max: math.MaxInt32}
	if lazy {
		i.op = opCountLazy
	}
	if n.N != math.MaxInt32 {
		i.max = int32(n.N - n.M)
	}
	count := c.emit(i, anything)
	body := c.node(child, count)
	c.prog.code[count].alt = body
	c.prog.starts[count] = after.or(c.prog.starts[body])
	if n.M == 0 {
		return c.emit(inst{op: opCountStart, next: count, reg: i.reg}, c.prog.starts[count])
	}
	return c.emit(inst{op: opCountFirst, next: body, reg: i.reg, min: int32(1 - n.M)}, c.prog.starts[body])
}

func (c *compiler) split(body, next int32, lazy bool, s starts) int32 {
	if lazy {
		body, next = next, body
	}
	return c.emit(inst{op: opSplit, next: body, alt: next}, s)
}

// mayBeEmpty reports whether n can match without a character. True is not certain.
func mayBeEmpty(n *syntax.RegexNode) bool {
	switch n.T {
	case syntax.NtOne, syntax.NtNotone, syntax.NtSet, syntax.NtMulti, syntax.NtNothing:
		return false
	case syntax.NtConcatenate:
		for _, child := range n.Children {
			if !mayBeEmpty(child) {
				return false
			}
		}
		return true
	case syntax.NtAlternate:
		return slices.ContainsFunc(n.Children, mayBeEmpty)
	case syntax.NtCapture, syntax.NtGroup, syntax.NtAtomic:
		return mayBeEmpty(n.Children[0])
	case syntax.NtLoop, syntax.NtLazyloop:
		return n.M == 0 || mayBeEmpty(n.Children[0])
	}
	if n.IsOneFamily() || n.IsNotoneFamily() || n.IsSetFamily() {
		return n.M == 0
	}
	return true
}
