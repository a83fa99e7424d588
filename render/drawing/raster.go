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

// Raster draws the figure with the outlines of the typesetter's faces on a white picture of the given width in pixels; the
// height follows. Strokes have butt ends and joins that are mitred up to their limit; dashes are drawn solid.
func (t *Typesetter) Raster(d *Drawing, width int) *image.RGBA {
	scale := float64(width) / d.Width.Pt()
	height := max(1, int(math.Round(d.Height.Pt()*scale)))
	r := &raster{img: image.NewRGBA(image.Rect(0, 0, width, height)), scale: float32(scale), setter: t}
	ground, marks := color.Color(color.White), d.Marks
	if c, ok := d.ground(); ok { // far quicker than as a path
		ground, marks = paint(c, 1), marks[1:]
	}
	draw.Draw(r.img, r.img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	for _, m := range marks {
		switch m := m.(type) {
		case *Path:
			r.path(m)
		case *Text:
			r.text(m)
		}
	}
	return r.img
}

// ground returns the colour of a first mark that fills the whole figure.
func (d *Drawing) ground() (layouts.Color, bool) {
	if len(d.Marks) == 0 {
		return "", false
	}
	p, ok := d.Marks[0].(*Path)
	if !ok || p.Fill == "" || p.Stroke != "" || p.FillOpacity > 0 && p.FillOpacity < 1 || !slices.Equal(p.Ops, Rect(0, 0, d.Width, d.Height)) {
		return "", false
	}
	return p.Fill, true
}

type raster struct {
	img    *image.RGBA
	scale  float32 // pixels in a point
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
func (r *raster) fill(segs []seg, c color.Color) {
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
	area = area.Intersect(r.img.Bounds())
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
	r.vec.Draw(r.img, area, image.NewUniform(c), image.Point{})
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
func paint(c layouts.Color, opacity float64) color.Color {
	out := color.NRGBA{A: 255}
	if v, err := strconv.ParseUint(string(c[min(1, len(c)):]), 16, 32); err == nil && len(c) == 7 {
		out.R, out.G, out.B = uint8(v>>16), uint8(v>>8), uint8(v)
	}
	if opacity > 0 && opacity < 1 {
		out.A = uint8(math.Round(opacity * 255))
	}
	return out
}
