package drawing

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"strconv"

	"golang.org/x/image/vector"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// Raster draws a figure with the outlines of the typesetter's faces on a picture of the given width in pixels; the height
// follows. It is made for flat designs: the picture has a palette, and each edge is mixed with the ground alone, which is the
// first mark if that fills the figure and white otherwise, so that marks of different colours should not overlap. Strokes have
// butt ends and joins that are mitred up to their limit; dashes are drawn solid. Of gradients and tilings the plain colours
// are taken, of groups the marks alone, all pens are circles; bitmaps are left out.
func (t *Typesetter) Raster(d *Drawing, width int) *image.Paletted {
	scale := float64(width) / d.Width.Pt()
	bounds := image.Rect(0, 0, width, max(1, int(math.Round(d.Height.Pt()*scale))))
	r := &raster{bounds: bounds, scale: float32(scale), setter: t}
	ground, marks := color.NRGBA{255, 255, 255, 255}, d.Marks
	if c, ok := d.ground(); ok {
		ground, marks = paint(c, 1), marks[1:]
	}
	colors := d.colors(marks)
	steps := min(24, 255/max(1, len(colors)))
	img := image.NewPaletted(bounds, color.Palette{ground})
	for _, c := range colors {
		for k := 1; k <= steps; k++ {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(steps-k) + int(b)*k + steps/2) / steps) }
			img.Palette = append(img.Palette, color.NRGBA{mix(ground.R, c.R), mix(ground.G, c.G), mix(ground.B, c.B), 255})
		}
	}
	var mask image.Alpha
	r.paint = func(area image.Rectangle, c color.NRGBA) {
		w, h := area.Dx(), area.Dy()
		mask.Pix, mask.Stride, mask.Rect = slices.Grow(mask.Pix[:0], w*h)[:w*h], w, image.Rect(0, 0, w, h)
		r.vec.DrawOp = draw.Src
		r.vec.Draw(&mask, mask.Rect, image.Opaque, image.Point{})
		alpha := int(c.A)
		c.A = 255
		base := slices.Index(colors, c) * steps
		if base < 0 {
			return // there are more colours than a palette has
		}
		for y := range h {
			to := img.Pix[(area.Min.Y+y)*img.Stride+area.Min.X:][:w]
			for x, a := range mask.Pix[y*w:][:w] {
				if k := (int(a)*alpha/255*steps + 127) / 255; k > 0 {
					to[x] = uint8(base + k)
				}
			}
		}
	}
	r.marks(marks)
	return img
}

// colors returns the colours of marks, at most 255.
func (d *Drawing) colors(marks []Mark) []color.NRGBA {
	var out []color.NRGBA
	add := func(c layouts.Color) {
		if v := paint(c, 1); c != "" && len(out) < 255 && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	All(marks, func(m Mark) {
		switch m := m.(type) {
		case *Path:
			add(m.Fill)
			add(m.Stroke)
		case *Text:
			add(cmp.Or(m.Color, Ink))
		}
	})
	return out
}

func (r *raster) marks(marks []Mark) {
	All(marks, func(m Mark) {
		switch m := m.(type) {
		case *Path:
			r.path(m)
		case *Text:
			r.text(m)
		}
	})
}

// ground returns the colour of a first mark that fills the whole figure.
func (d *Drawing) ground() (layouts.Color, bool) {
	if len(d.Marks) == 0 {
		return "", false
	}
	p, ok := d.Marks[0].(*Path)
	if !ok || p.Fill == "" || p.FillWith != nil || p.Stroke != "" || p.FillOpacity > 0 && p.FillOpacity < 1 || !slices.Equal(p.Ops, Rect(0, 0, d.Width, d.Height)) {
		return "", false
	}
	return p.Fill, true
}

type raster struct {
	bounds image.Rectangle
	paint  func(area image.Rectangle, c color.NRGBA) // fills what vec holds
	scale  float32                                   // pixels in a point
	setter *Typesetter
	vec    vector.Rasterizer
}

// box is what a path touches, in pixels. Only that part of the picture is painted.
type box struct{ x0, y0, x1, y1 float32 }

func empty() box { return box{math.MaxFloat32, math.MaxFloat32, -math.MaxFloat32, -math.MaxFloat32} }

func (b *box) add(x, y float32) {
	b.x0, b.y0, b.x1, b.y1 = min(b.x0, x), min(b.y0, y), max(b.x1, x), max(b.y1, y)
}

// seg is a step of an outline in pixels.
type seg struct {
	op byte // M, L, Q, C, Z
	p  [3][2]float32
}

func (s *seg) points() int { return map[byte]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3}[s.op] }

// fill paints the inside of outlines.
func (r *raster) fill(segs []seg, c color.NRGBA) {
	b := empty()
	for i := range segs {
		for _, p := range segs[i].p[:segs[i].points()] {
			b.add(p[0], p[1])
		}
	}
	area := image.Rect(int(math.Floor(float64(b.x0))), int(math.Floor(float64(b.y0))), int(math.Ceil(float64(b.x1)))+1, int(math.Ceil(float64(b.y1)))+1)
	if b.x0 > b.x1 || b.x1 < -1e6 || b.x0 > 1e6 || b.y1 < -1e6 || b.y0 > 1e6 {
		return
	}
	area = area.Intersect(r.bounds)
	if area.Empty() {
		return
	}
	r.vec.Reset(area.Dx(), area.Dy())
	dx, dy := float32(area.Min.X), float32(area.Min.Y)
	for _, s := range segs {
		p := s.p
		for i := range p {
			p[i][0] -= dx
			p[i][1] -= dy
		}
		switch s.op {
		case 'M':
			r.vec.MoveTo(p[0][0], p[0][1])
		case 'L':
			r.vec.LineTo(p[0][0], p[0][1])
		case 'Q':
			r.vec.QuadTo(p[0][0], p[0][1], p[1][0], p[1][1])
		case 'C':
			r.vec.CubeTo(p[0][0], p[0][1], p[1][0], p[1][1], p[2][0], p[2][1])
		case 'Z':
			r.vec.ClosePath()
		}
	}
	r.paint(area, c)
}

func (r *raster) px(l unit.Len) float32 { return float32(l.Pt()) * r.scale }

func (r *raster) path(p *Path) {
	var segs []seg
	for _, op := range p.Ops {
		s := seg{op: op.Op}
		for i := range op.P {
			s.p[i] = [2]float32{r.px(op.P[i].X), r.px(op.P[i].Y)}
		}
		segs = append(segs, s)
	}
	if p.Fill != "" {
		r.fill(segs, paint(p.Fill, p.FillOpacity))
	}
	if p.Stroke != "" && p.Width > 0 {
		r.fill(outline(segs, r.px(p.Width)/2, float32(p.miter())), paint(p.Stroke, p.StrokeOpacity))
	}
}

func (r *raster) text(t *Text) {
	runs := r.setter.shape(t.String, t.Font, t.RTL)
	var width float32
	for _, run := range runs {
		for _, g := range run.glyphs {
			width += float32(g.Advance) * r.px(t.Font.Size) / float32(run.font.UnitsPerEm())
		}
	}
	x, y := r.px(t.X), r.px(t.Y)
	switch t.Anchor {
	case Middle:
		x -= width / 2
	case Right:
		x -= width
	}
	c := paint(cmp.Or(t.Color, Ink), t.Opacity)
	for _, run := range runs {
		k := r.px(t.Font.Size) / float32(run.font.UnitsPerEm())
		for _, g := range run.glyphs {
			var segs []seg
			for _, s := range run.font.Outline(g.ID) {
				out := seg{op: s.Op}
				for i, p := range s.P {
					out.p[i] = [2]float32{x + (float32(g.DX)+p.X)*k, y - (float32(g.DY)+p.Y)*k}
				}
				segs = append(segs, out)
			}
			if len(segs) > 0 {
				r.fill(segs, c)
			}
			x += float32(g.Advance) * k
		}
	}
}

// paint gives a colour with its opacity.
func paint(c layouts.Color, opacity float64) color.NRGBA {
	out := color.NRGBA{A: 255}
	if v, err := strconv.ParseUint(string(c[min(1, len(c)):]), 16, 32); err == nil && len(c) == 7 {
		out.R, out.G, out.B = uint8(v>>16), uint8(v>>8), uint8(v)
	}
	if opacity > 0 && opacity < 1 {
		out.A = uint8(math.Round(opacity * 255))
	}
	return out
}
