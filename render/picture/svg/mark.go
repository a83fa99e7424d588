package svg

import (
	"math"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
)

// mark is one of the parts of a picture, in its pixels.
type mark struct {
	path  *path
	text  *text
	page  *page
	group *group
	image *bitmapAt
}

// group is marks that are shown as one.
type group struct {
	marks   []mark
	clips   []clip
	mask    *mask
	opacity float64
	blend   drawing.Blend
}

type clip struct {
	steps   []step
	evenOdd bool
}

type mask struct {
	marks []mark
	alpha bool
}

// bitmapAt is a bitmap; the matrix takes the unit square to pixels.
type bitmapAt struct {
	bitmap *drawing.Bitmap
	m      matrix
}

// server is what paths are painted with instead of a colour.
type server struct {
	gradient *drawing.Gradient // in pixels
	tile     *tile
}

// tile is a tile of a pattern: its size in its own units, which m takes to pixels.
type tile struct {
	w, h  float64
	m     matrix
	marks []mark
}

// path is a path with its paint, in pixels of the picture.
type path struct {
	steps                      []step
	fill, stroke               string // colours, empty for none
	fillWith, strokeWith       *server
	fillOpacity, strokeOpacity float64
	width                      float64
	evenOdd                    bool
	cap, join                  string
	miter                      float64
	dash                       []float64
	dashOffset                 float64
	pen                        matrix // of the stroke, of an area as large as a circle's; zero: a circle
}

// setting makes a drawing of marks: k points a pixel, type by a setter.
type setting struct {
	k        float64
	s        Setter
	outlines bool // type is drawn as outlines
}

func (g *setting) marks(list []mark) []drawing.Mark {
	out := make([]drawing.Mark, 0, len(list))
	for _, m := range list {
		switch {
		case m.path != nil:
			out = append(out, g.path(m.path))
		case m.text != nil:
			out = append(out, g.text(m.text)...)
		case m.page != nil:
			out = append(out, g.page(m.page)...)
		case m.image != nil:
			out = append(out, &drawing.Picture{Bitmap: m.image.bitmap, Matrix: g.matrix(m.image.m)})
		case m.group != nil:
			out = append(out, g.group(m.group))
		}
	}
	return out
}

func (g *setting) group(m *group) *drawing.Group {
	out := &drawing.Group{Marks: g.marks(m.marks), Opacity: m.opacity, Blend: m.blend}
	for _, c := range m.clips {
		out.Clips = append(out.Clips, drawing.Clip{Ops: g.ops(c.steps), EvenOdd: c.evenOdd})
	}
	if m.mask != nil {
		inner := setting{g.k, g.s, true}
		out.Mask = &drawing.Mask{Marks: inner.marks(m.mask.marks), Alpha: m.mask.alpha}
	}
	return out
}

// matrix is a matrix to points.
func (g *setting) matrix(m matrix) drawing.Matrix {
	for i := range m {
		m[i] *= g.k
	}
	return drawing.Matrix(m)
}

func (g *setting) ops(steps []step) []drawing.Op {
	ops := make([]drawing.Op, len(steps))
	for i := range steps {
		s := &steps[i]
		ops[i].Op = s.op
		for n := range s.points() {
			ops[i].P[n] = drawing.Point{X: length(s.p[n].x * g.k), Y: length(s.p[n].y * g.k)}
		}
	}
	return ops
}

func (g *setting) paint(s *server) drawing.Paint {
	switch {
	case s == nil:
		return nil
	case s.gradient != nil:
		out := *s.gradient
		out.Matrix = g.matrix(matrix(out.Matrix))
		return &out
	}
	// The tile is drawn at about the size that it has on the page, so that its lengths are as exact as there.
	t := s.tile
	k := max(t.m.scale(), 1e-6)
	inner := setting{g.k * k, g.s, true}
	return &drawing.Tiling{
		Width: max(length(t.w*inner.k), unit.Pt/100), Height: max(length(t.h*inner.k), unit.Pt/100), Marks: inner.marks(t.marks),
		Matrix: drawing.Matrix{t.m[0] / k, t.m[1] / k, t.m[2] / k, t.m[3] / k, t.m[4] * g.k, t.m[5] * g.k},
	}
}

// path returns a path at k points a pixel.
func (g *setting) path(p *path) *drawing.Path {
	d := &drawing.Path{
		Fill: color(p.fill), Stroke: color(p.stroke), EvenOdd: p.evenOdd, FillOpacity: p.fillOpacity, StrokeOpacity: p.strokeOpacity,
		FillWith: g.paint(p.fillWith), StrokeWith: g.paint(p.strokeWith),
		Pen:   drawing.Matrix(p.pen),
		Width: length(p.width * g.k), Miter: p.miter, DashOffset: length(p.dashOffset * g.k), Ops: g.ops(p.steps),
	}
	switch p.cap {
	case "round":
		d.Cap = drawing.RoundCap
	case "square":
		d.Cap = drawing.Square
	}
	switch p.join {
	case "round":
		d.Join = drawing.RoundJoin
	case "bevel":
		d.Join = drawing.Bevel
	}
	for _, v := range p.dash {
		d.Dash = append(d.Dash, length(v*g.k))
	}
	return d
}

// color is the layouts' form of a colour.
func color(c string) layouts.Color { return layouts.Color(c) }

// bounds is the box around the points of a path, curves by their outermost points.
func bounds(steps []step) (lo, hi point) {
	lo, hi = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	var at, start point
	add := func(q point) {
		lo, hi = point{min(lo.x, q.x), min(lo.y, q.y)}, point{max(hi.x, q.x), max(hi.y, q.y)}
	}
	for i := range steps {
		s := &steps[i]
		switch s.op {
		case 'Z':
			at = start
			continue
		case 'M':
			start = s.p[0]
			if i+1 == len(steps) || steps[i+1].op == 'M' {
				continue // a point that nothing is drawn from
			}
		case 'C':
			for _, t := range extremes(at.x, s.p[0].x, s.p[1].x, s.p[2].x) {
				add(cubicAt(at, s.p, t))
			}
			for _, t := range extremes(at.y, s.p[0].y, s.p[1].y, s.p[2].y) {
				add(cubicAt(at, s.p, t))
			}
		}
		at = s.end()
		add(at)
	}
	return lo, hi
}

// extremes are the parameters at which a coordinate of a cubic curve turns back.
func extremes(a, b, c, d float64) []float64 {
	// The derivative is 3·(qa·t² + qb·t + qc).
	qa, qb, qc := d-a+3*(b-c), 2*(a-2*b+c), b-a
	var out []float64
	add := func(t float64) {
		if t > 0 && t < 1 {
			out = append(out, t)
		}
	}
	if math.Abs(qa) < 1e-9 {
		if qb != 0 {
			add(-qc / qb)
		}
		return out
	}
	if disc := qb*qb - 4*qa*qc; disc >= 0 {
		r := math.Sqrt(disc)
		add((-qb + r) / (2 * qa))
		add((-qb - r) / (2 * qa))
	}
	return out
}

func cubicAt(a point, p [3]point, t float64) point {
	u := 1 - t
	w := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
	return point{
		w[0]*a.x + w[1]*p[0].x + w[2]*p[1].x + w[3]*p[2].x,
		w[0]*a.y + w[1]*p[0].y + w[2]*p[1].y + w[3]*p[2].y,
	}
}

// reach is the box that marks take up; of text it is a guess. rough says that there is text in it.
func reach(list []mark) (lo, hi point, rough bool) {
	lo, hi = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	add := func(a, b point) {
		lo, hi = point{min(lo.x, a.x), min(lo.y, a.y)}, point{max(hi.x, b.x), max(hi.y, b.y)}
	}
	square := func(m matrix, x, y, w, h float64) {
		for _, q := range []point{{x, y}, {x + w, y}, {x, y + h}, {x + w, y + h}} {
			q = m.apply(q)
			add(q, q)
		}
	}
	for _, m := range list {
		switch {
		case m.path != nil:
			a, b := bounds(m.path.steps)
			w := m.path.width / 2
			if pen := m.path.pen; pen != (matrix{}) {
				w *= max(math.Abs(pen[0])+math.Abs(pen[2]), math.Abs(pen[1])+math.Abs(pen[3]))
			}
			if m.path.stroke == "" {
				w = 0
			}
			add(point{a.x - w, a.y - w}, point{b.x + w, b.y + w})
		case m.image != nil:
			square(m.image.m, 0, 0, 1, 1)
		case m.text != nil:
			x, y, w, h := m.text.guess()
			square(m.text.m, x, y, w, h)
			rough = true
		case m.page != nil:
			square(m.page.m, m.page.x, m.page.y, m.page.w, m.page.h)
			rough = true
		case m.group != nil:
			a, b, r := reach(m.group.marks)
			for _, c := range m.group.clips {
				ca, cb := bounds(c.steps)
				a, b = point{max(a.x, ca.x), max(a.y, ca.y)}, point{min(b.x, cb.x), min(b.y, cb.y)}
			}
			if a.x <= b.x && a.y <= b.y {
				add(a, b)
			}
			rough = rough || r
		}
	}
	return lo, hi, rough
}
