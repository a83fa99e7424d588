package pdf

import (
	"github.com/evbook/evbook/render/drawing"
)

// shading is a gradient, of its colours or of its opacity (§8.7.4.5).
type shading struct {
	gradient *drawing.Gradient
	alpha    bool
}

// dict gives the shading dictionary: axial (type 2) from 0 to 1 on the x axis, or radial (type 3) to the unit circle.
func (s shading) dict(out *section) dict {
	g := s.gradient
	space := name("DeviceRGB")
	if s.alpha {
		space = "DeviceGray"
	}
	d := dict{{"ShadingType", 2}, {"ColorSpace", space}, {"Coords", array{0, 0, 1, 0}}}
	if g.Radial {
		d = dict{{"ShadingType", 3}, {"ColorSpace", space}, {"Coords", array{real(g.FX), real(g.FY), real(g.FR), 0, 0, 1}}}
	}
	d.add("Extend", array{true, true})
	d.add("Function", s.function(out))
	return d
}

// function gives the colours along the gradient: exponential functions from stop to stop, stitched together (§7.10.3,
// §7.10.4).
func (s shading) function(out *section) any {
	type piece struct {
		from, to array
		end      milli
	}
	var pieces []piece
	at, last := milli(0), s.color(0)
	add := func(end milli, from, to array) {
		if end > at { // stops at the same place make an edge
			pieces = append(pieces, piece{from, to, end})
			at = end
		}
	}
	for i := range s.gradient.Stops {
		here := s.color(i)
		end := min(milli(s.gradient.Stops[i].At*100_000+0.5), 100_000)
		if i == 0 {
			add(end, here, here)
		} else {
			add(end, last, here)
		}
		last = here
	}
	add(100_000, last, last)
	if len(pieces) == 1 {
		return out.share(exponential(pieces[0].from, pieces[0].to))
	}
	var functions, bounds, encode array
	for i, p := range pieces {
		functions = append(functions, out.share(exponential(p.from, p.to)))
		encode = append(encode, 0, 1)
		if i+1 < len(pieces) {
			bounds = append(bounds, real(float64(p.end)/100_000))
		}
	}
	return out.share(dict{
		{"FunctionType", 3}, {"Domain", array{0, 1}}, {"Functions", functions}, {"Bounds", bounds}, {"Encode", encode},
	})
}

func exponential(from, to array) dict {
	return dict{{"FunctionType", 2}, {"Domain", array{0, 1}}, {"C0", from}, {"C1", to}, {"N", 1}}
}

// color gives the components of a stop.
func (s shading) color(i int) array {
	stop := &s.gradient.Stops[i]
	if s.alpha {
		return array{milli(min(max(stop.Opacity, 0), 1)*1000 + 0.5)}
	}
	r, g, b := parseColor(stop.Color)
	return array{channel(r), channel(g), channel(b)}
}

// shadingPattern paints with a shading (§8.7.4.1).
type shadingPattern struct {
	shading
	matrix drawing.Matrix
}

func (p *shadingPattern) write(out *section) ref {
	return out.add(dict{
		{"Type", name("Pattern")}, {"PatternType", 2}, {"Matrix", reals(p.matrix)}, {"Shading", p.shading.dict(out)},
	})
}

// tilingPattern repeats a tile, which hangs from the origin (§8.7.3).
type tilingPattern struct {
	width, height milli
	matrix        drawing.Matrix
	data          []byte // deflated
	used          *used
}

func (p *tilingPattern) write(out *section) ref {
	return out.addStream(dict{
		{"Type", name("Pattern")}, {"PatternType", 1}, {"PaintType", 1}, {"TilingType", 1},
		{"BBox", array{milli(0), -p.height, p.width, milli(0)}}, {"XStep", p.width}, {"YStep", p.height},
		{"Matrix", reals(p.matrix)}, {"Resources", p.used.dict(out)}, flate,
	}, p.data)
}

func reals(m drawing.Matrix) array {
	var out array
	for _, v := range m {
		out = append(out, real(v))
	}
	return out
}
