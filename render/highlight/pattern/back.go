package pattern

import "unicode/utf8"

// back goes to the last place where there was another way and returns the instruction and the position to go on with, or
// -1 if there was none.
func (m *Machine) back(p *Program) (pc, pos int32) {
	for n := len(m.stack) - 1; n >= 0; n-- {
		m.Steps--
		e := &m.stack[n]
		switch e.kind {
		case undoReg:
			m.regs[e.at] = e.a
			continue
		case undoRegs:
			m.regs[e.at], m.regs[e.at+1] = e.a, e.b
			continue
		case undoGroup:
			m.Groups[2*e.at], m.Groups[2*e.at+1] = e.a, e.b
			continue
		case tryAt:
			m.stack = m.stack[:n]
			return e.at, e.a
		case tryGreedy:
			i := &p.code[e.at]
			follow := &p.starts[i.next]
			from := e.a
			e.a--
			for e.a > e.b && !follow.at(m.Text, int(e.a)) {
				e.a--
			}
			m.Steps -= int(from - e.a)
			pos = e.a
			m.stack = m.stack[:n+1]
			if e.a == e.b {
				m.stack = m.stack[:n]
			}
			return i.next, pos
		case tryBack:
			i := &p.code[e.at]
			e.a++
			pos = e.a
			m.stack = m.stack[:n+1]
			if e.a == e.b {
				m.stack = m.stack[:n]
			}
			return i.next, pos
		case tryLazy:
			i := &p.code[e.at]
			if pos = m.more(p, i, e); pos < 0 {
				continue
			}
			m.stack = m.stack[:n+1]
			if e.b == 0 {
				m.stack = m.stack[:n]
			}
			return i.next, pos
		case tryTargets:
			at, a, b := e.at, e.a, e.b
			m.stack = m.stack[:n]
			if next := m.alternative(p, at, a, b); next >= 0 {
				return next, a
			}
		case tryCount:
			i := &p.code[e.at]
			at := e.a
			mark, count := m.regs[i.reg], m.regs[i.reg+1]
			m.stack = m.stack[:n]
			if count < i.max && mark != at {
				m.setRegs(i.reg, at, count+1)
				return i.alt, at
			}
		}
	}
	m.stack = m.stack[:0]
	return -1, 0
}

// more takes one character more for the lazy repetition i, or as many as it takes until what follows can begin, and
// returns the position behind, -1 if the next one does not fit.
func (m *Machine) more(p *Program, i *inst, e *entry) int32 {
	if i.op == opLazyBack {
		if e.a == 0 || !i.set.has(m.Text[e.a-1]) {
			return -1
		}
		e.a--
		e.b--
		return e.a
	}
	follow := &p.starts[i.next]
	for {
		if int(e.a) >= len(m.Text) || !i.set.has(m.Text[e.a]) {
			return -1
		}
		m.Steps--
		e.a++
		e.b--
		if e.b == 0 || follow.at(m.Text, int(e.a)) {
			return e.a
		}
	}
}

// alternative returns the first of the targets of the instruction at pc, from number first on, that can begin at pos, and
// remembers that there are more of them. It returns -1 if there is none.
func (m *Machine) alternative(p *Program, pc, pos, first int32) int32 {
	i := &p.code[pc]
	if t := i.more.byStart; t != nil && int(pos) < len(m.Text) && uint32(m.Text[pos]) < utf8.RuneSelf {
		targets := t.of(m.Text[pos])
		if int(first) >= len(targets) {
			return -1
		}
		if int(first)+1 < len(targets) {
			m.push(entry{tryTargets, pc, pos, first + 1})
		}
		return targets[first]
	}
	targets := i.more.targets
	for n := int(first); n < len(targets); n++ {
		if p.starts[targets[n]].at(m.Text, int(pos)) {
			if n+1 < len(targets) {
				m.push(entry{tryTargets, pc, pos, int32(n + 1)})
			}
			return targets[n]
		}
	}
	return -1
}

// commit forgets the other ways since the stack had the given height; values still have to be put back.
func (m *Machine) commit(height int32) {
	kept := m.stack[:height]
	for _, e := range m.stack[height:] {
		if e.kind >= undoReg {
			kept = append(kept, e)
		}
	}
	m.stack = kept
}

// rewind goes back to where the stack had the given height.
func (m *Machine) rewind(height int32) {
	for n := len(m.stack) - 1; n >= int(height); n-- {
		switch e := m.stack[n]; e.kind {
		case undoReg:
			m.regs[e.at] = e.a
		case undoRegs:
			m.regs[e.at], m.regs[e.at+1] = e.a, e.b
		case undoGroup:
			m.Groups[2*e.at], m.Groups[2*e.at+1] = e.a, e.b
		}
	}
	m.stack = m.stack[:height]
}
