package pdf

import (
	"slices"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
)

// upright is the matrix that changes nothing.
var upright = drawing.Matrix{1, 0, 0, 1, 0, 0}

// unknown is a graphics state in which everything has to be set: that in which a form or a tile begins, which is painted
// from many places.
var unknown = graphics{stretch: -1, rise: -1, fill: "-", stroke: "-", width: -1, dash: -1}

// save keeps the graphics state until restore.
func (c *content) save() {
	c.outside = append(c.outside, c.graphics)
	c.op("q")
}

func (c *content) restore() {
	n := len(c.outside) - 1
	c.op("Q")
	c.graphics, c.outside = c.outside[n], c.outside[:n]
}

// around is what a content stream keeps while another one is written.
type around struct {
	b        []byte
	graphics graphics
	outside  []graphics
	base     drawing.Matrix
	used     *used
}

// begin begins a stream of its own; the result is what end goes back to.
func (c *content) begin() around {
	s := around{c.b, c.graphics, c.outside, c.base, c.used}
	c.b, c.graphics, c.outside, c.base, c.used = nil, unknown, nil, upright, new(used)
	return s
}

// end ends a stream and gives its contents and what they use.
func (c *content) end(s around) ([]byte, *used) {
	c.endText()
	b, u := c.b, c.used
	c.b, c.graphics, c.outside, c.base, c.used = s.b, s.graphics, s.outside, s.base, s.used
	return deflate(b), u
}

// openGroup is a group that was begun. Those that only clip are written where they stand, others become forms.
type openGroup struct {
	groupStep
	form   bool
	around around
}

func (c *content) beginGroup(s groupStep) {
	g := openGroup{groupStep: s, form: !s.group.Plain()}
	if g.form {
		g.around = c.begin()
	} else {
		c.save()
		c.clips(s)
	}
	c.groups = append(c.groups, g)
}

func (c *content) endGroup() {
	n := len(c.groups) - 1
	if n < 0 {
		return
	}
	g := c.groups[n]
	c.groups = c.groups[:n]
	if !g.form {
		c.restore()
		return
	}
	f := &form{space: "DeviceRGB", bbox: c.box(g.x, g.y, g.group.Bounds())}
	f.data, f.used = c.end(g.around)
	if f.bbox[0] >= f.bbox[2] || f.bbox[1] >= f.bbox[3] {
		return
	}
	c.save()
	c.clips(g.groupStep)
	if m := g.group.Mask; m != nil {
		c.mask(c.maskForm(g.groupStep, f.bbox), m.Alpha)
	}
	if b := string(g.group.Blend); b != "" {
		if !slices.Contains(c.used.blends, b) {
			c.used.blends = append(c.used.blends, b)
		}
		c.b = appendName(c.b, name("B"+b))
		c.op(" gs")
	}
	if o := opacity(g.group.Opacity); o != 1000 {
		c.state(transparency{o, o})
	}
	c.used.forms = append(c.used.forms, f)
	c.b = appendName(c.b, numbered("X", len(c.used.forms)-1))
	c.op(" Do")
	c.restore()
}

// state sets the opacity of what comes.
func (c *content) state(g transparency) {
	if !slices.Contains(c.used.states, g) {
		c.used.states = append(c.used.states, g)
	}
	c.b = appendName(c.b, g.resource())
	c.op(" gs")
}

// mask sets a soft mask (§11.6.5.3).
func (c *content) mask(f *form, alpha bool) {
	m := maskState{form: f, kind: "Luminosity"}
	if alpha {
		m.kind = "Alpha"
	}
	c.used.masks = append(c.used.masks, m)
	c.b = appendName(c.b, numbered("M", len(c.used.masks)-1))
	c.op(" gs")
}

// maskForm draws the mask of a group.
func (c *content) maskForm(s groupStep, bbox [4]milli) *form {
	was := c.begin()
	c.marks(s.x, s.y, s.group.Mask.Marks)
	f := &form{space: "DeviceRGB", bbox: bbox}
	f.data, f.used = c.end(was)
	return f
}

// clips keeps what comes inside the clips of a group.
func (c *content) clips(s groupStep) {
	for _, clip := range s.group.Clips {
		if len(clip.Ops) == 0 { // an area without points shows nothing
			c.op("0 0 0 0 re W n")
			continue
		}
		c.outline(s.x, s.y, clip.Ops)
		if clip.EvenOdd {
			c.op("W* n")
		} else {
			c.op("W n")
		}
	}
}

// box gives a box relative to (x, y) in the coordinates of the contents, rounded outwards.
func (c *content) box(x, y milli, b drawing.Box) [4]milli {
	if b.Empty() {
		return [4]milli{}
	}
	cut := func(l unit.Len) milli { return points(min(max(l, -farthest), farthest)) }
	return [4]milli{x + cut(b.Left) - 1, y - cut(b.Bottom) - 1, x + cut(b.Right) + 1, y - cut(b.Top) + 1}
}

// farthest is how far beyond a page boxes reach.
const farthest = 14400 * unit.Pt

// marks draws the marks of masks and tiles, which have no type among them.
func (c *content) marks(x, y milli, list []drawing.Mark) {
	for _, m := range list {
		switch m := m.(type) {
		case *drawing.Path:
			c.path(pathStep{x, y, m})
		case *drawing.Picture:
			c.drawPicture(pictureStep{x, y, m})
		case *drawing.Group:
			c.beginGroup(groupStep{x, y, m})
			c.marks(x, y, m.Marks)
			c.endGroup()
		}
	}
}

// drawPicture paints a bitmap whose matrix is that of its unit square, the top of which is at 0.
func (c *content) drawPicture(s pictureStep) {
	c.b = append(c.b, "q "...)
	c.matrix(placed(s.x, s.y, s.pic.Matrix, drawing.Matrix{1, 0, 0, -1, 0, 1}))
	c.bitmap(s.pic.Bitmap)
}

// matrix writes the numbers of a matrix.
func (c *content) matrix(m drawing.Matrix) {
	for _, v := range m {
		c.b = append(appendReal(c.b, v), ' ')
	}
}

// placed takes the coordinates of a drawing at (x, y), which grow downwards, to those of the contents; inner is applied first.
func placed(x, y milli, m, inner drawing.Matrix) drawing.Matrix {
	page := drawing.Matrix{1, 0, 0, -1, float64(x) / 1000, float64(y) / 1000}
	return times(times(page, m), inner)
}

// times is the matrix that applies n first and m then.
func times(m, n drawing.Matrix) drawing.Matrix {
	return drawing.Matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1], m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

// translucent reports whether a paint needs a mask.
func translucent(p drawing.Paint) bool {
	g, ok := p.(*drawing.Gradient)
	return ok && !g.Opaque()
}

// painted paints a path with its paints, behind a mask if a gradient lets through what is behind it.
func (c *content) painted(s pathStep, fill, stroke bool) {
	p := s.path
	c.save()
	for _, w := range []struct {
		on    bool
		paint drawing.Paint
		space string
		op    string
		color *layouts.Color
	}{{fill, p.FillWith, "/Pattern cs ", " scn", &c.fill}, {stroke, p.StrokeWith, "/Pattern CS ", " SCN", &c.stroke}} {
		if !w.on || w.paint == nil {
			continue
		}
		if g, ok := w.paint.(*drawing.Gradient); ok && !g.Opaque() {
			c.mask(c.gradientMask(s, g), false)
		}
		c.b = append(c.b, w.space...)
		c.b = appendName(c.b, c.pattern(s.x, s.y, w.paint))
		c.op(w.op)
		*w.color = "-"
	}
	c.paintPath(s, fill, stroke)
	c.restore()
}

// pattern makes a pattern of a paint and returns its name.
func (c *content) pattern(x, y milli, p drawing.Paint) name {
	switch p := p.(type) {
	case *drawing.Gradient:
		m := times(c.base, placed(x, y, p.Matrix, upright))
		c.used.patterns = append(c.used.patterns, &shadingPattern{shading{p, false}, m})
	case *drawing.Tiling:
		was := c.begin()
		c.marks(0, 0, p.Marks)
		data, u := c.end(was)
		m := times(c.base, placed(x, y, p.Matrix, drawing.Matrix{1, 0, 0, -1, 0, 0}))
		c.used.patterns = append(c.used.patterns, &tilingPattern{points(p.Width), points(p.Height), m, data, u})
	}
	return numbered("P", len(c.used.patterns)-1)
}

// gradientMask draws the opacity of a gradient as shades of grey.
func (c *content) gradientMask(s pathStep, g *drawing.Gradient) *form {
	was := c.begin()
	c.matrix(placed(s.x, s.y, g.Matrix, upright))
	c.used.shadings = append(c.used.shadings, shading{g, true})
	c.op("cm /S0 sh")
	f := &form{space: "DeviceGray", bbox: c.box(s.x, s.y, s.path.Bounds())}
	f.data, f.used = c.end(was)
	return f
}
