package svg

import (
	"math"
	"strconv"
	"strings"

	"github.com/evbook/evbook/render/drawing"
)

// maxPeriods is how often the colours of a gradient are repeated at most. More are so narrow that their mean colour looks the
// same.
const maxPeriods = 200

// inherited finds an attribute of a gradient or pattern: its own, or that of what it refers to (§13.2.2).
func (p *painter) inherited(e *element) func(name string) (string, bool) {
	chain := []*element{e}
	for to := p.reference(e.attrs["href"]); to != nil && len(chain) < maxUses; to = p.reference(to.attrs["href"]) {
		chain = append(chain, to)
	}
	return func(name string) (string, bool) {
		for _, e := range chain {
			if v, ok := e.attrs[name]; ok {
				return v, true
			}
		}
		return "", false
	}
}

// gradient makes a gradient for an area. One whose colours are all the same is a colour.
func (p *painter) gradient(e *element, a *area) (c string, alpha float64, s *server, ok bool) {
	stops := p.stopsOf(e)
	if len(stops) == 0 {
		return "", 0, nil, true // paints nothing (§13.2.4)
	}
	if last := stops[len(stops)-1]; len(stops) == 1 {
		return string(last.Color), last.Opacity, nil, true
	}
	attr := p.inherited(e)
	m, whole := a.m, p.view
	if v, _ := attr("gradientUnits"); v != "userSpaceOnUse" {
		if m, ok = a.box(); !ok {
			return "", 0, nil, false
		}
		whole = point{1, 1}
	}
	if v, ok := attr("gradientTransform"); ok {
		m = m.mul(transform(v))
	}
	g := &drawing.Gradient{Radial: e.name == "radialGradient", Stops: stops}
	place, ok := p.placeGradient(g, attr, whole)
	last := stops[len(stops)-1]
	if _, invertible := m.mul(place).inverse(); !ok || !invertible { // a gradient without length is of its last colour
		return string(last.Color), last.Opacity, nil, true
	}
	if spread, _ := attr("spreadMethod"); spread == "repeat" || spread == "reflect" {
		place, ok = unroll(g, m, place, a, spread == "reflect")
		p.budget.stops += len(g.Stops)
		if !ok || p.budget.stops > maxStops {
			c, alpha = mean(stops)
			return c, alpha, nil, true
		}
	}
	g.Matrix = drawing.Matrix(m.mul(place))
	c, alpha = mean(g.Stops)
	if even := g.Stops[0].Opacity; uniform(g.Stops) && even < 1 {
		// An opacity that is the same everywhere is that of the path.
		g.Stops = append([]drawing.Stop(nil), g.Stops...)
		for i := range g.Stops {
			g.Stops[i].Opacity = 1
		}
		return c, even, &server{gradient: g}, true
	}
	if alpha <= 0 {
		return "", 0, nil, true
	}
	return c, 1, &server{gradient: g}, true
}

func uniform(stops []drawing.Stop) bool {
	for i := range stops {
		if stops[i].Opacity != stops[0].Opacity {
			return false
		}
	}
	return true
}

// placeGradient reads where a gradient runs: the result takes the gradient's own place, see [drawing.Gradient], to the
// coordinates that it is given in. ok is false if it has no length.
func (p *painter) placeGradient(g *drawing.Gradient, attr func(string) (string, bool), whole point) (m matrix, ok bool) {
	number := func(name, or string, of float64) float64 {
		v, ok := attr(name)
		if !ok {
			v = or
		}
		f, ok := lengthOf(v, 16, of)
		if !ok {
			f, _ = lengthOf(or, 16, of)
		}
		return f
	}
	if !g.Radial {
		x1, y1 := number("x1", "0%", whole.x), number("y1", "0%", whole.y)
		dx, dy := number("x2", "100%", whole.x)-x1, number("y2", "0%", whole.y)-y1
		return matrix{dx, dy, -dy, dx, x1, y1}, dx != 0 || dy != 0
	}
	cx, cy := number("cx", "50%", whole.x), number("cy", "50%", whole.y)
	r := number("r", "50%", math.Hypot(whole.x, whole.y)/math.Sqrt2)
	if r <= 0 {
		return identity, false
	}
	fx, fy := cx, cy
	if _, ok := attr("fx"); ok {
		fx = number("fx", "50%", whole.x)
	}
	if _, ok := attr("fy"); ok {
		fy = number("fy", "50%", whole.y)
	}
	g.FX, g.FY = (fx-cx)/r, (fy-cy)/r
	g.FR = min(max(number("fr", "0%", math.Hypot(whole.x, whole.y)/math.Sqrt2)/r, 0), 0.99)
	// A focus outside of the circle is moved to its edge (§13.2.3); inside of it there is no edge where all colours meet.
	if d, most := math.Hypot(g.FX, g.FY), 0.99-g.FR; d > most {
		g.FX, g.FY = g.FX/d*most, g.FY/d*most
	}
	return matrix{r, 0, 0, r, cx, cy}, true
}

// unroll repeats the stops of a gradient as often as an area is long. ok is false if that is too often.
func unroll(g *drawing.Gradient, m, place matrix, a *area, reflect bool) (matrix, bool) {
	inv, ok := m.mul(place).inverse()
	if !ok {
		return place, false
	}
	grow := a.grow
	lo, hi := a.m.box(point{a.lo.x - grow, a.lo.y - grow}, point{a.hi.x + grow, a.hi.y + grow})
	lo, hi = inv.box(lo, hi)
	from, to := 0.0, 0.0
	if g.Radial { // the circle at t lies around f + t·(c−f) with the radius fr + t·(1−fr)
		d := math.Hypot(max(math.Abs(lo.x), math.Abs(hi.x)), max(math.Abs(lo.y), math.Abs(hi.y)))
		f := math.Hypot(g.FX, g.FY)
		to = math.Ceil((d + f) / max(1-f, 0.01))
	} else {
		from, to = math.Floor(lo.x), math.Ceil(hi.x)
	}
	n := to - from
	if !(n >= 1) {
		n = 1
	}
	if n > maxPeriods || n*float64(len(g.Stops)) > 20*maxPeriods {
		return place, false
	}
	var stops []drawing.Stop
	for i := range int(n) {
		backwards := reflect && (int(from)+i)%2 != 0
		for k := range g.Stops {
			s := g.Stops[k]
			if backwards {
				s = g.Stops[len(g.Stops)-1-k]
				s.At = 1 - s.At
			}
			s.At = (s.At + float64(i)) / n
			if k == 0 && s.At > float64(i)/n+1e-9 { // a period begins with its first colour
				first := s
				first.At = float64(i) / n
				stops = append(stops, first)
			}
			stops = append(stops, s)
		}
		if end := stops[len(stops)-1]; end.At < float64(i+1)/n-1e-9 {
			end.At = float64(i+1) / n
			stops = append(stops, end)
		}
	}
	g.Stops = stops
	if !g.Radial {
		return place.mul(matrix{n, 0, 0, n, from, 0}), true
	}
	// The outer circle is the one at n.
	c, r := point{g.FX * (1 - n), g.FY * (1 - n)}, g.FR+n*(1-g.FR)
	g.FX, g.FY, g.FR = (g.FX-c.x)/r, (g.FY-c.y)/r, g.FR/r
	return place.mul(matrix{r, 0, 0, r, c.x, c.y}), true
}

// stopsOf reads the stops of a gradient, or of the one that it refers to.
func (p *painter) stopsOf(e *element) []drawing.Stop {
	seen := 0
	for ; e != nil && seen < maxUses; seen++ {
		if list, ok := p.stops[e]; ok {
			if len(list) > 0 {
				return list
			}
		} else if list := p.readStops(e); len(list) > 0 {
			return list
		}
		e = p.reference(e.attrs["href"])
	}
	return nil
}

// mostStops is how many stops a gradient has at most; further ones are passed over.
const mostStops = 256

func (p *painter) readStops(e *element) []drawing.Stop {
	var out []drawing.Stop
	last := 0.0
	for _, s := range e.children {
		if s.name != "stop" {
			continue
		}
		if len(out) == mostStops {
			p.lost["stops of a gradient"] = true
			break
		}
		props := (&style{}).vary(p.own(s))
		v := props["stop-color"]
		switch {
		case v == "":
			v = "black"
		case strings.EqualFold(v, "currentColor"):
			v = p.styleAt(s).color
		}
		c, alpha, ok := colorOf(v)
		if !ok && strings.Contains(v, "(") {
			p.lost["colour "+v] = true
		}
		if !ok {
			alpha = 1
		}
		if c == "" { // transparent is a black that is not seen
			c = "#000000"
		}
		if o, ok := lengthOf(props["stop-opacity"], 16, 1); ok {
			alpha *= min(max(o, 0), 1)
		}
		at, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s.attrs["offset"]), "%"), 64)
		switch {
		case err != nil || math.IsNaN(at):
			at = 0
		case strings.HasSuffix(strings.TrimSpace(s.attrs["offset"]), "%"):
			at /= 100
		}
		last = max(last, min(max(at, 0), 1))
		out = append(out, drawing.Stop{At: last, Color: c, Opacity: alpha})
	}
	p.stops[e] = out
	p.budget.stops += len(out)
	return out
}

// mean is the mean colour of a gradient and its opacity, each stop counting for as much of the way as is nearest to it.
func mean(stops []drawing.Stop) (c string, alpha float64) {
	var r, g, b, colored, whole float64
	for i, s := range stops {
		from, to := 0.0, 1.0
		if i > 0 {
			from = (stops[i-1].At + s.At) / 2
		}
		if i+1 < len(stops) {
			to = (s.At + stops[i+1].At) / 2
		}
		w := max(to-from, 1e-6)
		whole += w
		w *= s.Opacity
		colored += w
		cr, cg, cb, _ := s.Color.RGB()
		r, g, b = r+w*float64(cr), g+w*float64(cg), b+w*float64(cb)
	}
	if colored == 0 {
		return "", 0
	}
	return string(hex(r/colored, g/colored, b/colored)), colored / whole
}
