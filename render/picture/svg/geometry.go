package svg

import (
	"math"
	"strconv"
	"strings"
)

// matrix is a transformation [a b c d e f] (§7.4).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// mul is the transformation that applies n first and m then.
func (m matrix) mul(n matrix) matrix {
	out := matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1], m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
	for i, v := range out {
		if math.IsNaN(v) || math.Abs(v) > maxNumber*maxNumber {
			out[i] = 0
		}
	}
	return out
}

func (m matrix) apply(p point) point {
	return point{m[0]*p.x + m[2]*p.y + m[4], m[1]*p.x + m[3]*p.y + m[5]}
}

// inverse undoes a transformation; ok is false for one that leaves no area.
func (m matrix) inverse() (out matrix, ok bool) {
	d := m[0]*m[3] - m[1]*m[2]
	if math.Abs(d) < 1e-18 || math.IsNaN(d) {
		return identity, false
	}
	out = matrix{m[3] / d, -m[1] / d, -m[2] / d, m[0] / d, 0, 0}
	out[4] = -(out[0]*m[4] + out[2]*m[5])
	out[5] = -(out[1]*m[4] + out[3]*m[5])
	return out, true
}

// box is the box around a transformed box.
func (m matrix) box(lo, hi point) (point, point) {
	a, b := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, q := range []point{lo, {hi.x, lo.y}, {lo.x, hi.y}, hi} {
		q = m.apply(q)
		a, b = point{min(a.x, q.x), min(a.y, q.y)}, point{max(b.x, q.x), max(b.y, q.y)}
	}
	return a, b
}

// outline transforms the steps of a path.
func (m matrix) outline(steps []step) []step {
	out := make([]step, len(steps))
	for i := range steps {
		out[i].op = steps[i].op
		for n := range steps[i].points() {
			out[i].p[n] = m.apply(steps[i].p[n])
		}
	}
	return out
}

// scale is by how much lengths grow on the whole.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2])) }

// pen is the shape that a round pen has after a transformation, as large as before; zero if it stays round.
func (m matrix) pen() matrix {
	s := m.scale()
	if s <= 0 {
		return matrix{}
	}
	n := matrix{m[0] / s, m[1] / s, m[2] / s, m[3] / s, 0, 0}
	p, q, r := n[0]*n[0]+n[1]*n[1], n[2]*n[2]+n[3]*n[3], n[0]*n[2]+n[1]*n[3]
	const even, most = 0.03, 1e4
	if math.Abs(p-1) < even && math.Abs(q-1) < even && math.Abs(r) < even || !(p < most && q < most) {
		return matrix{}
	}
	return n
}

// level reports whether text keeps its shape: it is moved and scaled evenly, not turned, slanted or mirrored.
func (m matrix) level() bool {
	s := math.Abs(m[0]) + math.Abs(m[3])
	return m[0] > 0 && m[3] > 0 && math.Abs(m[1])+math.Abs(m[2]) < s*1e-3 && math.Abs(m[0]-m[3]) < s*0.02
}

func translate(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

// transform reads a list of transformations (§7.6).
func transform(v string) matrix {
	m := identity
	for range 64 {
		open := strings.IndexByte(v, '(')
		if open < 0 {
			break
		}
		end := strings.IndexByte(v[open:], ')')
		if end < 0 {
			break
		}
		name := strings.Trim(v[:open], ", \t\r\n")
		a := numbers(v[open+1 : open+end])
		v = v[open+end+1:]
		arg := func(i int, or float64) float64 {
			if i < len(a) {
				return a[i]
			}
			return or
		}
		switch name {
		case "matrix":
			if len(a) == 6 {
				m = m.mul(matrix(a))
			}
		case "translate":
			m = m.mul(translate(arg(0, 0), arg(1, 0)))
		case "scale":
			m = m.mul(matrix{arg(0, 1), 0, 0, arg(1, arg(0, 1)), 0, 0})
		case "rotate":
			x, y := arg(1, 0), arg(2, 0)
			m = m.mul(translate(x, y)).mul(rotation(arg(0, 0) * math.Pi / 180)).mul(translate(-x, -y))
		case "skewX":
			m = m.mul(matrix{1, 0, math.Tan(arg(0, 0) * math.Pi / 180), 1, 0, 0})
		case "skewY":
			m = m.mul(matrix{1, math.Tan(arg(0, 0) * math.Pi / 180), 0, 1, 0, 0})
		}
	}
	return m
}

func rotation(r float64) matrix {
	sin, cos := math.Sincos(r)
	return matrix{cos, sin, -sin, cos, 0, 0}
}

// numbers reads numbers with spaces or commas between them, up to the first that is none.
func numbers(v string) []float64 {
	s := scanner{v: v}
	var out []float64
	for len(out) < maxSteps {
		n, ok := s.number()
		if !ok {
			break
		}
		out = append(out, n)
	}
	return out
}

// scanner reads the numbers of attributes, which need no space between them where the sign or the point tells them apart.
type scanner struct {
	v string
	i int
}

func (s *scanner) space() {
	for s.i < len(s.v) && isSeparator(rune(s.v[s.i])) {
		s.i++
	}
}

func (s *scanner) number() (float64, bool) {
	s.space()
	start, i := s.i, s.i
	digits := func() bool {
		from := i
		for i < len(s.v) && s.v[i] >= '0' && s.v[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(s.v) && (s.v[i] == '+' || s.v[i] == '-') {
		i++
	}
	ok := digits()
	if i < len(s.v) && s.v[i] == '.' {
		i++
		ok = digits() || ok
	}
	if !ok {
		return 0, false
	}
	if i+1 < len(s.v) && (s.v[i] == 'e' || s.v[i] == 'E') {
		was := i
		if i++; s.v[i] == '+' || s.v[i] == '-' {
			i++
		}
		if !digits() {
			i = was
		}
	}
	f, err := strconv.ParseFloat(s.v[start:i], 64)
	s.i = i
	if err != nil || math.IsNaN(f) {
		f = 0
	}
	return min(max(f, -maxNumber), maxNumber), true
}

// flag reads a flag of an arc: one digit, which needs no space behind it.
func (s *scanner) flag() (bool, bool) {
	s.space()
	if s.i < len(s.v) && (s.v[s.i] == '0' || s.v[s.i] == '1') {
		s.i++
		return s.v[s.i-1] == '1', true
	}
	return false, false
}

type point struct{ x, y float64 }

// step is a part of a path: M, L, C or Z, with as many points as it has.
type step struct {
	op byte
	p  [3]point
}

func (s *step) points() int {
	switch s.op {
	case 'C':
		return 3
	case 'Z':
		return 0
	}
	return 1
}

// end is where a step leads.
func (s *step) end() point { return s.p[max(s.points()-1, 0)] }
