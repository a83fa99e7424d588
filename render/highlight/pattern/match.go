package pattern

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2/syntax"
)

// ErrSteps says that a match would take more steps than were left.
var ErrSteps = errors.New("the match takes too many steps")

// A Machine runs programs on one text. It is for one goroutine; its memory is used again from match to match.
type Machine struct {
	Text []rune
	// Steps is how many steps are left for all matches to come: an instruction is one, and so is a character in a
	// repetition. One takes a few nanoseconds.
	Steps int

	// Groups has the begin and the end of each group of the last match, by their numbers, -1 for a group that took no part.
	// The zeroth is the whole match.
	Groups []int32

	regs  []int32
	stack []entry
}

// An entry of the stack is a way to go when the one being tried fails, or a value to put back on the way there.
type entry struct {
	kind entryKind
	at   int32 // instruction, register or group
	a, b int32
}

type entryKind uint8

const (
	tryAt      entryKind = iota // go on with instruction at, position a
	tryGreedy                   // give up one character of those between b and a
	tryLazy                     // take one character more at a, at most b
	tryBack                     // give up one character of those between a and b, looking back
	tryTargets                  // go on with the alternatives from number b on, position a
	tryCount                    // one round more of the lazy loop at position a
	undoReg                     // register at was a
	undoRegs                    // registers at and at+1 were a and b
	undoGroup                   // group at was from a to b
)

// Match tries p at pos, not behind it, and reports whether it matches there; Groups then has what. The error is ErrSteps.
func (m *Machine) Match(p *Program, pos int) (bool, error) {
	if !p.begin.at(m.Text, pos) {
		m.Steps--
		return false, nil
	}
	m.Groups = reset(m.Groups, 2*p.groups, -1)
	m.regs = reset(m.regs, p.regs, 0)
	m.stack = m.stack[:0]
	end, err := m.run(p, int32(pos))
	if err != nil || end < 0 {
		return false, err
	}
	m.Groups[0], m.Groups[1] = int32(pos), end
	return true, nil
}

func reset(s []int32, n int, value int32) []int32 {
	if cap(s) < n {
		s = make([]int32, n)
	}
	s = s[:n]
	for i := range s {
		s[i] = value
	}
	return s
}

// run returns where the match that begins at start ends, -1 if there is none.
func (m *Machine) run(p *Program, start int32) (int32, error) {
	var (
		text = m.Text
		end  = int32(len(text))
		code = p.code
		pc   = p.entry
		pos  = start
	)
	for {
		if m.Steps--; m.Steps < 0 {
			return -1, ErrSteps
		}
		i := &code[pc]
		ok := false // whether to go on with i.next
		switch i.op {
		case opMatch:
			return pos, nil
		case opFail:
		case opOne:
			if ok = pos < end && text[pos] == i.ch; ok {
				pos++
			}
		case opNotone:
			if ok = pos < end && text[pos] != i.ch; ok {
				pos++
			}
		case opSet:
			if ok = pos < end && i.set.has(text[pos]); ok {
				pos++
			}
		case opMulti:
			if ok = has(text[pos:], i.more.str); ok {
				pos += int32(len(i.more.str))
			}
		case opGreedy, opAtomic:
			from := pos
			pos = takeWhile(i.set, text, pos, i.max)
			m.Steps -= int(pos - from)
			if ok = pos-from >= i.min; ok && i.op == opGreedy && pos > from+i.min {
				m.push(entry{tryGreedy, pc, pos, from + i.min})
			}
		case opLazy:
			from := pos
			if i.min > 0 {
				pos = takeWhile(i.set, text, pos, i.min)
				m.Steps -= int(pos - from)
			}
			if ok = pos-from == i.min; ok && i.max > i.min {
				m.push(entry{tryLazy, pc, pos, i.max - i.min})
			}
		case opSplit:
			if p.starts[i.alt].at(text, int(pos)) {
				m.push(entry{tryAt, i.alt, pos, 0})
			}
			ok = true
		case opAlternate:
			if at := m.alternative(p, pc, pos, 0); at >= 0 {
				pc = at
				continue
			}
		case opMark:
			m.push(entry{undoReg, i.reg, m.regs[i.reg], 0})
			m.regs[i.reg] = pos
			ok = true
		case opCapture:
			g := m.Groups[2*i.ch : 2*i.ch+2]
			m.push(entry{undoGroup, i.ch, g[0], g[1]})
			g[0], g[1] = min(m.regs[i.reg], pos), max(m.regs[i.reg], pos)
			ok = true
		case opReference, opReferenceFold:
			if n := m.reference(i, pos); n >= 0 {
				pos += n
				m.Steps -= int(n)
				ok = true
			}
		case opLook, opOnce:
			m.regs[i.reg], m.regs[i.reg+1] = int32(len(m.stack)), pos
			ok = true
		case opLookEnd:
			m.commit(m.regs[i.reg])
			pos = m.regs[i.reg+1]
			ok = true
		case opOnceEnd:
			m.commit(m.regs[i.reg])
			ok = true
		case opNotLook:
			m.regs[i.reg] = int32(len(m.stack))
			m.push(entry{tryAt, i.alt, pos, 0})
			ok = true
		case opNotLookEnd:
			m.rewind(m.regs[i.reg])
		case opCountStart, opCountFirst:
			mark := pos
			if i.op == opCountStart {
				mark = -1
			}
			m.setRegs(i.reg, mark, i.min)
			ok = true
		case opCount:
			mark, count := m.regs[i.reg], m.regs[i.reg+1]
			if count >= i.max || mark == pos && count >= 0 {
				ok = true
				break
			}
			if count >= 0 {
				m.push(entry{tryAt, i.next, pos, 0})
			}
			m.setRegs(i.reg, pos, count+1)
			pc = i.alt
			continue
		case opCountLazy:
			if count := m.regs[i.reg+1]; count < 0 {
				m.setRegs(i.reg, pos, count+1)
				pc = i.alt
				continue
			}
			m.push(entry{tryCount, pc, pos, 0})
			ok = true
		default:
			if i.op < opLineStart {
				pos, ok = m.lookBack(pc, i, pos)
			} else {
				ok = m.holds(i.op, pos, start)
			}
		}
		if ok {
			pc = i.next
			continue
		}
		if pc, pos = m.back(p); pc < 0 {
			return -1, nil
		}
	}
}

// lookBack runs an instruction of a lookbehind, which matches what stands before pos. It returns the position before that,
// and whether it matched.
func (m *Machine) lookBack(pc int32, i *inst, pos int32) (int32, bool) {
	text := m.Text
	switch i.op {
	case opOneBack:
		return pos - 1, pos > 0 && text[pos-1] == i.ch
	case opNotoneBack:
		return pos - 1, pos > 0 && text[pos-1] != i.ch
	case opSetBack:
		return pos - 1, pos > 0 && i.set.has(text[pos-1])
	case opMultiBack:
		n := int32(len(i.more.str))
		return pos - n, pos >= n && has(text[pos-n:], i.more.str)
	}
	limit := i.max
	if i.op == opLazyBack {
		limit = i.min
	}
	from := pos
	for pos > 0 && from-pos < limit && i.set.has(text[pos-1]) {
		pos--
	}
	m.Steps -= int(from - pos)
	if from-pos < i.min {
		return pos, false
	}
	if i.op == opGreedyBack && from-pos > i.min {
		m.push(entry{tryBack, pc, pos, from - i.min})
	}
	if i.op == opLazyBack && i.max > i.min {
		m.push(entry{tryLazy, pc, pos, i.max - i.min})
	}
	return pos, true
}

// holds reports whether an assertion does at pos, in a match that began at start.
func (m *Machine) holds(o op, pos, start int32) bool {
	text, end := m.Text, int32(len(m.Text))
	switch o {
	case opLineStart:
		return pos == 0 || text[pos-1] == '\n'
	case opLineEnd:
		return pos == end || text[pos] == '\n'
	case opBoundary:
		return boundary(text, pos)
	case opNoBoundary:
		return !boundary(text, pos)
	case opTextStart:
		return pos == 0
	case opMatchStart:
		return pos == start
	case opTextEndLine:
		return pos == end || pos == end-1 && text[pos] == '\n'
	}
	return pos == end // opTextEnd
}

func (m *Machine) push(e entry) { m.stack = append(m.stack, e) }

func (m *Machine) setRegs(reg, a, b int32) {
	m.push(entry{undoRegs, reg, m.regs[reg], m.regs[reg+1]})
	m.regs[reg], m.regs[reg+1] = a, b
}

// reference returns the length of what the group of i matched if it stands at pos too, else -1.
func (m *Machine) reference(i *inst, pos int32) int32 {
	from, to := m.Groups[2*i.ch], m.Groups[2*i.ch+1]
	if from < 0 || int(pos+to-from) > len(m.Text) {
		return -1
	}
	for n := range to - from {
		a, b := m.Text[from+n], m.Text[pos+n]
		if a != b && (i.op == opReference || unicode.ToLower(a) != unicode.ToLower(b)) {
			return -1
		}
	}
	return to - from
}

// takeWhile returns where the characters of s that stand at pos end, at most limit of them.
func takeWhile(s *set, text []rune, pos, limit int32) int32 {
	end := int32(len(text))
	if limit < end-pos {
		end = pos + limit
	}
	for pos < end && s.has(text[pos]) {
		pos++
	}
	return pos
}

func has(text, prefix []rune) bool {
	if len(text) < len(prefix) {
		return false
	}
	for i, r := range prefix {
		if text[i] != r {
			return false
		}
	}
	return true
}

func boundary(text []rune, pos int32) bool {
	before := pos > 0 && isWord(text[pos-1])
	return before != (int(pos) < len(text) && isWord(text[pos]))
}

func isWord(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	}
	return syntax.IsWordChar(r)
}
