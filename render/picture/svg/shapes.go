package svg

import (
	"math"
	"strings"
)

// kappa is the distance of the control points of a quarter of a circle from its ends, in radii.
const kappa = 0.5522847498

// outline gives the steps of a shape (§9); known is false for elements that are none.
func (p *painter) outline(e *element, st style) (steps []step, known bool) {
	x := func(name string, or float64) float64 { return p.size(e, name, or, p.view.x, st) }
	y := func(name string, or float64) float64 { return p.size(e, name, or, p.view.y, st) }
	diagonal := math.Hypot(p.view.x, p.view.y) / math.Sqrt2
	switch e.name {
	case "path":
		return pathData(e.attrs["d"]), true
	case "rect":
		rx, ry := x("rx", -1), y("ry", -1)
		if rx < 0 {
			rx = max(ry, 0)
		}
		if ry < 0 {
			ry = rx
		}
		return rect(x("x", 0), y("y", 0), x("width", 0), y("height", 0), rx, ry), true
	case "circle":
		r := p.size(e, "r", 0, diagonal, st)
		return ellipse(x("cx", 0), y("cy", 0), r, r), true
	case "ellipse":
		rx, ry := x("rx", -1), y("ry", -1)
		if rx < 0 { // auto: as the other one
			rx = ry
		}
		if ry < 0 {
			ry = rx
		}
		return ellipse(x("cx", 0), y("cy", 0), rx, ry), true
	case "line":
		return []step{{'M', [3]point{{x("x1", 0), y("y1", 0)}}}, {'L', [3]point{{x("x2", 0), y("y2", 0)}}}}, true
	case "polyline", "polygon":
		n := numbers(e.attrs["points"])
		for i := 0; i+1 < len(n); i += 2 {
			op := byte('L')
			if i == 0 {
				op = 'M'
			}
			steps = append(steps, step{op, [3]point{{n[i], n[i+1]}}})
		}
		if e.name == "polygon" && len(steps) > 0 {
			steps = append(steps, step{op: 'Z'})
		}
		return steps, true
	}
	return nil, false
}

// size reads a length of an attribute in the units of the element's type.
func (p *painter) size(e *element, name string, or, whole float64, st style) float64 {
	v := e.attrs[name]
	if css := p.own(e)[name]; css != "" { // geometry may be a property, too (SVG 2 §7)
		v = css
	}
	if v == "" {
		return or
	}
	if f, ok := lengthOf(v, st.size, whole); ok {
		return f
	}
	return or
}

func rect(x, y, w, h, rx, ry float64) []step {
	if w <= 0 || h <= 0 {
		return nil
	}
	rx, ry = min(rx, w/2), min(ry, h/2)
	m := func(a, b float64) step { return step{'M', [3]point{{a, b}}} }
	l := func(a, b float64) step { return step{'L', [3]point{{a, b}}} }
	if rx <= 0 || ry <= 0 {
		return []step{m(x, y), l(x+w, y), l(x+w, y+h), l(x, y+h), {op: 'Z'}}
	}
	c := func(a, b, c, d, e, f float64) step { return step{'C', [3]point{{a, b}, {c, d}, {e, f}}} }
	dx, dy := rx*(1-kappa), ry*(1-kappa)
	r, b := x+w, y+h
	return []step{
		m(x+rx, y), l(r-rx, y), c(r-dx, y, r, y+dy, r, y+ry), l(r, b-ry), c(r, b-dy, r-dx, b, r-rx, b),
		l(x+rx, b), c(x+dx, b, x, b-dy, x, b-ry), l(x, y+ry), c(x, y+dy, x+dx, y, x+rx, y), {op: 'Z'},
	}
}

func ellipse(x, y, rx, ry float64) []step {
	if rx <= 0 || ry <= 0 {
		return nil
	}
	c := func(a, b, c, d, e, f float64) step { return step{'C', [3]point{{a, b}, {c, d}, {e, f}}} }
	kx, ky := rx*kappa, ry*kappa
	return []step{ // from the right, clockwise, which dashes show (SVG 2 §10.4)
		{'M', [3]point{{x + rx, y}}}, c(x+rx, y+ky, x+kx, y+ry, x, y+ry), c(x-kx, y+ry, x-rx, y+ky, x-rx, y),
		c(x-rx, y-ky, x-kx, y-ry, x, y-ry), c(x+kx, y-ry, x+rx, y-ky, x+rx, y), {op: 'Z'},
	}
}

// markers draws the arrow heads and dots of a path (§11.6).
func (p *painter) markers(steps []step, m matrix, st style) {
	if st.hidden || st.start == "" && st.mid == "" && st.end == "" {
		return
	}
	var at []point
	var in, out []float64 // directions before and behind each point
	var start point
	for i := range steps {
		s := &steps[i]
		from := start
		if len(at) > 0 {
			from = at[len(at)-1]
		}
		to := s.end()
		switch s.op {
		case 'M':
			start = to
			at, in, out = append(at, to), append(in, math.NaN()), append(out, math.NaN())
			continue
		case 'Z':
			to = start
		}
		first, last := direction(from, to), direction(from, to)
		if s.op == 'C' {
			first, last = curveDirections(from, s.p)
		}
		if len(out) > 0 {
			out[len(out)-1] = first
		}
		at, in, out = append(at, to), append(in, last), append(out, math.NaN())
	}
	for i := range at {
		name := st.mid
		switch i {
		case 0:
			name = st.start
		case len(at) - 1:
			name = st.end
		}
		angle := in[i]
		switch {
		case math.IsNaN(angle):
			angle = out[i]
		case !math.IsNaN(out[i]):
			angle = math.Atan2(math.Sin(in[i])+math.Sin(out[i]), math.Cos(in[i])+math.Cos(out[i]))
		}
		if math.IsNaN(angle) {
			angle = 0
		}
		p.marker(name, at[i], angle, i == 0, m, st)
	}
}

func direction(a, b point) float64 {
	if a == b {
		return math.NaN()
	}
	return math.Atan2(b.y-a.y, b.x-a.x)
}

func curveDirections(from point, c [3]point) (first, last float64) {
	first, last = direction(from, c[0]), direction(c[1], c[2])
	if math.IsNaN(first) {
		first = direction(from, c[1])
	}
	if math.IsNaN(first) {
		first = direction(from, c[2])
	}
	if math.IsNaN(last) {
		last = direction(c[0], c[2])
	}
	if math.IsNaN(last) {
		last = direction(from, c[2])
	}
	return first, last
}

func (p *painter) marker(name string, at point, angle float64, first bool, m matrix, st style) {
	e := p.reference(name)
	if e == nil || e.name != "marker" {
		return
	}
	p.within(e, func() { p.placeMarker(e, at, angle, first, m, st) })
}

func (p *painter) placeMarker(e *element, at point, angle float64, first bool, m matrix, st style) {
	switch v := e.attrs["orient"]; v {
	case "auto":
	case "auto-start-reverse":
		if first {
			angle += math.Pi
		}
	default:
		n, _ := lengthOf(strings.TrimSuffix(v, "deg"), 16, 0)
		angle = n * math.Pi / 180
	}
	unit := st.width
	if e.attrs["markerUnits"] == "userSpaceOnUse" {
		unit = 1
	}
	m = m.mul(translate(at.x, at.y)).mul(rotation(angle)).mul(matrix{unit, 0, 0, unit, 0, 0})
	w, h := p.length(e, "markerWidth", 3, p.view.x), p.length(e, "markerHeight", 3, p.view.y)
	if w <= 0 || h <= 0 {
		return
	}
	inner := p.styleAt(e)
	context := st.within()
	inner.contextFill, inner.contextStroke = context.contextFill, context.contextStroke
	ref := point{p.length(e, "refX", 0, w), p.length(e, "refY", 0, h)}
	was, frame := p.view, [4]float64{0, 0, w, h}
	if box, ok := viewBox(e); ok {
		k := fitBox(box, w, h, e.attrs["preserveAspectRatio"])
		k[4], k[5] = 0, 0
		m = m.mul(k)
		p.view = point{box[2], box[3]}
		frame = [4]float64{box[0], box[1], w / k[0], h / k[3]}
		// The view box is placed in the frame as its aspect ratio says.
		full := fitBox(box, w, h, e.attrs["preserveAspectRatio"])
		frame[0], frame[1] = -full[4]/full[0], -full[5]/full[3]
	}
	m = m.mul(translate(-ref.x, -ref.y))
	marks := p.collect(func() { p.children(e, m, inner) })
	p.view = was
	p.framed(marks, e, m, frame[0], frame[1], frame[2], frame[3])
}
