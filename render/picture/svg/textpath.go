package svg

import (
	"math"
	"sort"

	"github.com/evbook/evbook/render/drawing"
)

// track is a path that text runs along, as straight pieces.
type track struct {
	points []point
	at     []float64 // the length of the path up to each point
}

// maxTrack bounds the pieces of a track.
const maxTrack = 20_000

func newTrack(steps []step) *track {
	t := &track{}
	add := func(q point) {
		n := len(t.points)
		if n == 0 {
			t.points, t.at = append(t.points, q), append(t.at, 0)
			return
		}
		if d := math.Hypot(q.x-t.points[n-1].x, q.y-t.points[n-1].y); d > 0 && n < maxTrack {
			t.points, t.at = append(t.points, q), append(t.at, t.at[n-1]+d)
		}
	}
	var at, start point
	for i := range steps {
		s := &steps[i]
		switch s.op {
		case 'M':
			if len(t.points) > 1 {
				return t // text runs along the first part
			}
			start, t.points, t.at = s.p[0], nil, nil
			add(start)
		case 'C':
			const pieces = 24
			for k := 1; k <= pieces; k++ {
				add(cubicAt(at, s.p, float64(k)/pieces))
			}
		case 'L':
			add(s.p[0])
		case 'Z':
			add(start)
			at = start
			continue
		}
		at = s.end()
	}
	return t
}

func (t *track) length() float64 {
	if len(t.at) == 0 {
		return 0
	}
	return t.at[len(t.at)-1]
}

func (t *track) box() (lo, hi point) {
	lo, hi = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, q := range t.points {
		lo, hi = point{min(lo.x, q.x), min(lo.y, q.y)}, point{max(hi.x, q.x), max(hi.y, q.y)}
	}
	return lo, hi
}

// place is the point at a length of the track, and the direction there.
func (t *track) place(at float64) (q point, angle float64) {
	i := min(max(sort.SearchFloat64s(t.at, at), 1), len(t.at)-1)
	a, b := t.points[i-1], t.points[i]
	k := (at - t.at[i-1]) / (t.at[i] - t.at[i-1])
	return point{a.x + k*(b.x-a.x), a.y + k*(b.y-a.y)}, math.Atan2(b.y-a.y, b.x-a.x)
}

// along adds the text of a textPath (§10.13): a chunk of its own.
func (t *texter) along(e *element, st style, depth int) {
	tr := t.p.track(e, st)
	if len(tr.points) < 2 {
		return // text on no path is not shown
	}
	last := t.last()
	if len(last.spans) > 0 {
		last = t.chunk(last, st)
	}
	last.track, last.anchor = tr, st.anchor
	last.offset, _ = lengthOf(e.attrs["startOffset"], st.size, tr.length())
	t.element(e, st, depth+1)
	end := &text{m: t.m, anchor: st.anchor}
	end.at, _ = tr.place(tr.length())
	t.chunks = append(t.chunks, end)
}

// track is the path that a textPath names or has, each of the picture's paths flattened once.
func (p *painter) track(e *element, st style) *track {
	to := p.reference(e.attrs["href"])
	if to == nil {
		steps := pathData(e.attrs["path"])
		p.budget.steps += len(steps)
		return newTrack(steps)
	}
	tr := p.tracks[to]
	if tr == nil {
		steps, _ := p.outline(to, st)
		tr = newTrack(p.transformOf(to, p.own(to)).outline(steps))
		p.tracks[to] = tr
	}
	return tr
}

// alongTrack sets a chunk along its path, letter by letter. What is beyond the ends of the path is not seen.
func (g *setting) alongTrack(t *text, sum float64, f fitting) []drawing.Mark {
	x, lift := t.offset+t.at.x, 0.0
	switch t.anchor {
	case "middle":
		x -= sum / 2
	case "end":
		x -= sum
	}
	var out []drawing.Mark
	for i := range t.spans {
		s := &t.spans[i]
		x, lift = x+s.dx, lift+s.dy
		spacing := f.space + s.style.letters
		fill := &drawing.Path{Fill: color(s.fill), FillWith: g.paint(s.fillWith), FillOpacity: s.fillOpacity}
		for rest := s.text; rest != ""; {
			n := clusterLength(rest)
			w := advance(g.s, rest[:n], s.font(1)) * f.stretch
			if mid := x + w/2; mid >= 0 && mid <= t.track.length() {
				q, angle := t.track.place(mid)
				m := t.m.mul(translate(q.x, q.y)).mul(rotation(angle)).mul(translate(-w/2, lift+s.baseline))
				fill.Ops = append(fill.Ops, g.glyphs(s, rest[:n], m.mul(matrix{f.stretch, 0, 0, 1, 0, 0}))...)
			}
			if x += w + spacing; rest[0] == ' ' {
				x += s.style.words
			}
			rest = rest[n:]
		}
		if len(fill.Ops) == 0 {
			continue
		}
		if s.stroke != "" {
			fill.Stroke, fill.StrokeWith, fill.StrokeOpacity = color(s.stroke), g.paint(s.strokeWith), s.strokeOpacity
			fill.Width = length(s.style.width * t.m.scale() * g.k)
		}
		if fill.Fill != "" || fill.Stroke != "" {
			out = append(out, fill)
		}
	}
	return out
}
