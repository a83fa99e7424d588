package drawing

import "math"

// outline turns strokes into areas to fill: a box around each straight piece, all turning the same way so that they unite
// under the non-zero rule, and a mitred or bevelled corner between two of them. half is half the width of the stroke.
func outline(segs []seg, half, miter float32) []seg {
	var out []seg
	for _, line := range polylines(segs) {
		n := len(line.points)
		for i := 0; i+1 < n; i++ {
			out = append(out, strip(line.points[i], line.points[i+1], half)...)
		}
		for i := range n {
			switch {
			case i > 0 && i+1 < n:
				out = append(out, corner(line.points[i-1], line.points[i], line.points[i+1], half, miter)...)
			case i == 0 && line.closed && n > 2:
				out = append(out, corner(line.points[n-2], line.points[0], line.points[1], half, miter)...)
			}
		}
	}
	return out
}

type polyline struct {
	points [][2]float32 // a closed one ends with its first point
	closed bool
}

// flat is into how many lines a curve is divided: enough for what is a page high.
const flat = 24

// polylines flattens outlines. Points that lie on their predecessors are left out.
func polylines(segs []seg) []polyline {
	var out []polyline
	var cur polyline
	add := func(p [2]float32) {
		if n := len(cur.points); n == 0 || cur.points[n-1] != p {
			cur.points = append(cur.points, p)
		}
	}
	flush := func() {
		if len(cur.points) > 1 {
			out = append(out, cur)
		}
		cur = polyline{}
	}
	for _, s := range segs {
		switch s.op {
		case 'M':
			flush()
			add(s.p[0])
		case 'L':
			add(s.p[0])
		case 'C':
			if n := len(cur.points); n > 0 {
				from := cur.points[n-1]
				for k := 1; k <= flat; k++ {
					add(cubic(from, s.p, float32(k)/flat))
				}
			}
		case 'Z':
			if len(cur.points) > 0 {
				start := cur.points[0]
				add(start)
				cur.closed = true
				flush()
				add(start)
			}
		}
	}
	flush()
	return out
}

// cubic returns the point of a cubic curve at t.
func cubic(from [2]float32, p [3][2]float32, t float32) (out [2]float32) {
	u := 1 - t
	for i := range out {
		out[i] = u*u*u*from[i] + 3*u*u*t*p[0][i] + 3*u*t*t*p[1][i] + t*t*t*p[2][i]
	}
	return out
}

// normal returns the vector of the given length that stands on the left of a line.
func normal(a, b [2]float32, length float32) [2]float32 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	d := float32(math.Hypot(float64(dx), float64(dy)))
	return [2]float32{-dy / d * length, dx / d * length}
}

func plus(a, b [2]float32, k float32) [2]float32 { return [2]float32{a[0] + k*b[0], a[1] + k*b[1]} }

func polygon(points ...[2]float32) []seg {
	var area float32
	for i, p := range points {
		q := points[(i+1)%len(points)]
		area += p[0]*q[1] - q[0]*p[1]
	}
	if area < 0 { // all turn the same way
		for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
			points[i], points[j] = points[j], points[i]
		}
	}
	var out []seg
	for i, p := range points {
		s := seg{op: 'L', p: [3][2]float32{p}}
		if i == 0 {
			s.op = 'M'
		}
		out = append(out, s)
	}
	return append(out, seg{op: 'Z'})
}

func strip(a, b [2]float32, half float32) []seg {
	n := normal(a, b, half)
	return polygon(plus(a, n, 1), plus(b, n, 1), plus(b, n, -1), plus(a, n, -1))
}

// corner fills the wedge on the outer side of a bend at b.
func corner(a, b, c [2]float32, half, miter float32) []seg {
	n1, n2 := normal(a, b, half), normal(b, c, half)
	cross := n1[0]*n2[1] - n1[1]*n2[0]
	side := float32(1)
	if cross > 0 {
		side = -1
	}
	p, q := plus(b, n1, side), plus(b, n2, side)
	sum := [2]float32{n1[0] + n2[0], n1[1] + n2[1]}
	square := sum[0]*sum[0] + sum[1]*sum[1]
	if square == 0 {
		return nil
	}
	// The tip lies at half/cos(φ/2) from b, φ being the angle of the bend; the limit is on that over half (SVG 1.1, §11.4).
	if ratio := 2 * half / float32(math.Sqrt(float64(square))); ratio <= miter {
		tip := plus(b, sum, side*2*half*half/square)
		return polygon(b, p, tip, q)
	}
	return polygon(b, p, q)
}
