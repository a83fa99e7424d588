package svg

import "math"

// pathData reads the steps of a path (§8.3). As readers of SVG do, it takes what comes before a fault and leaves the rest.
func pathData(v string) []step {
	r := pathReader{s: scanner{v: v}}
	for r.one() && len(r.out) < maxSteps {
	}
	return r.out
}

type pathReader struct {
	s           scanner
	out         []step
	cmd         byte
	at, start   point
	cubic, quad point // the last control points, for smooth curves
	last        byte  // the command before, in upper case
}

// one reads a command or the arguments of another of the same.
func (r *pathReader) one() bool {
	r.s.space()
	if r.s.i >= len(r.s.v) {
		return false
	}
	if c := r.s.v[r.s.i]; c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
		r.cmd = c
		r.s.i++
	} else if r.cmd == 0 || r.cmd == 'Z' || r.cmd == 'z' {
		return false
	}
	if len(r.out) == 0 && r.cmd != 'M' && r.cmd != 'm' {
		return false
	}
	upper := r.cmd &^ 0x20
	relative := r.cmd != upper
	ok := r.draw(upper, relative)
	r.last = upper
	if upper == 'M' { // further points are lines
		r.cmd = 'L' | r.cmd&0x20
	}
	return ok
}

// pair reads a point.
func (r *pathReader) pair(relative bool) (point, bool) {
	x, ok := r.s.number()
	if !ok {
		return point{}, false
	}
	y, ok := r.s.number()
	if relative {
		x, y = x+r.at.x, y+r.at.y
	}
	return point{x, y}, ok
}

func (r *pathReader) line(to point) {
	r.out = append(r.out, step{'L', [3]point{to}})
	r.at = to
}

func (r *pathReader) curve(a, b, to point) {
	r.out = append(r.out, step{'C', [3]point{a, b, to}})
	r.at = to
}

// quadratic draws a quadratic curve as the cubic one that it is.
func (r *pathReader) quadratic(c, to point) {
	mix := func(p point) point { return point{p.x + (c.x-p.x)*2/3, p.y + (c.y-p.y)*2/3} }
	r.quad = c
	r.curve(mix(r.at), mix(to), to)
}

func mirror(p, about point) point { return point{2*about.x - p.x, 2*about.y - p.y} }

func (r *pathReader) draw(cmd byte, relative bool) bool {
	switch cmd {
	case 'Z':
		r.out = append(r.out, step{op: 'Z'})
		r.at = r.start
		return true
	case 'H', 'V':
		n, ok := r.s.number()
		if !ok {
			return false
		}
		to := r.at
		switch {
		case cmd == 'H' && relative:
			to.x += n
		case cmd == 'H':
			to.x = n
		case relative:
			to.y += n
		default:
			to.y = n
		}
		r.line(to)
		return true
	case 'A':
		return r.arc(relative)
	}
	var p [3]point
	n := map[byte]int{'M': 1, 'L': 1, 'T': 1, 'S': 2, 'Q': 2, 'C': 3}[cmd]
	if n == 0 {
		return false
	}
	for i := range n {
		var ok bool
		if p[i], ok = r.pair(relative); !ok {
			return false
		}
	}
	switch cmd {
	case 'M':
		r.out = append(r.out, step{'M', [3]point{p[0]}})
		r.at, r.start = p[0], p[0]
	case 'L':
		r.line(p[0])
	case 'C':
		r.cubic = p[1]
		r.curve(p[0], p[1], p[2])
	case 'S':
		first := r.at
		if r.last == 'C' || r.last == 'S' {
			first = mirror(r.cubic, r.at)
		}
		r.cubic = p[0]
		r.curve(first, p[0], p[1])
	case 'Q':
		r.quadratic(p[0], p[1])
	case 'T':
		c := r.at
		if r.last == 'Q' || r.last == 'T' {
			c = mirror(r.quad, r.at)
		}
		r.quadratic(c, p[0])
	}
	return true
}

// arc draws an elliptical arc as curves of a quarter at most (§F.6).
func (r *pathReader) arc(relative bool) bool {
	rx, ok1 := r.s.number()
	ry, ok2 := r.s.number()
	phi, ok3 := r.s.number()
	large, ok4 := r.s.flag()
	sweep, ok5 := r.s.flag()
	if !(ok1 && ok2 && ok3 && ok4 && ok5) {
		return false
	}
	to, ok := r.pair(relative)
	if !ok {
		return false
	}
	from := r.at
	rx, ry = math.Abs(rx), math.Abs(ry)
	if from == to {
		return true
	}
	if rx == 0 || ry == 0 {
		r.line(to)
		return true
	}
	sin, cos := math.Sincos(phi * math.Pi / 180)
	dx, dy := (from.x-to.x)/2, (from.y-to.y)/2
	x1, y1 := cos*dx+sin*dy, -sin*dx+cos*dy
	if l := x1*x1/(rx*rx) + y1*y1/(ry*ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	num := rx*rx*ry*ry - rx*rx*y1*y1 - ry*ry*x1*x1
	k := 0.0
	if den := rx*rx*y1*y1 + ry*ry*x1*x1; den > 0 {
		k = math.Sqrt(max(num, 0) / den)
	}
	if large == sweep {
		k = -k
	}
	cx1, cy1 := k*rx*y1/ry, -k*ry*x1/rx
	c := point{cos*cx1 - sin*cy1 + (from.x+to.x)/2, sin*cx1 + cos*cy1 + (from.y+to.y)/2}
	a := math.Atan2((y1-cy1)/ry, (x1-cx1)/rx)
	b := math.Atan2((-y1-cy1)/ry, (-x1-cx1)/rx)
	d := b - a
	switch {
	case sweep && d < 0:
		d += 2 * math.Pi
	case !sweep && d > 0:
		d -= 2 * math.Pi
	}
	m := matrix{rx * cos, rx * sin, -ry * sin, ry * cos, c.x, c.y}
	n := max(1, int(math.Ceil(math.Abs(d)/(math.Pi/2)-1e-9)))
	for i := range n {
		arcPiece(r, m, a+d*float64(i)/float64(n), d/float64(n))
	}
	r.out[len(r.out)-1].p[2] = to // without what rounding left
	r.at = to
	return true
}

// arcPiece draws d radians of the unit circle from a on, transformed.
func arcPiece(r *pathReader, m matrix, a, d float64) {
	t := 4.0 / 3 * math.Tan(d/4)
	s0, c0 := math.Sincos(a)
	s1, c1 := math.Sincos(a + d)
	r.curve(m.apply(point{c0 - t*s0, s0 + t*c0}), m.apply(point{c1 + t*s1, s1 - t*c1}), m.apply(point{c1, s1}))
}
