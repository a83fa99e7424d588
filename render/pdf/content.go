package pdf

import (
	"math"
	"slices"
	"strconv"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/typeset"
)

// content writes the content streams of pages (§8, §9), one after the other. It keeps the graphics state that it has set, so
// that nothing is set twice.
type content struct {
	b      []byte
	fonts  *fontTable
	images *imageTable

	mark   int // open marked content as an index of the page's marks, -1 for none
	inText bool
	lineX  milli // start of the current text line
	lineY  milli

	graphics
	outside   []graphics // what was set before the clips and groups that are open
	groups    []openGroup
	base      drawing.Matrix // from the coordinates of the contents to those that they began with, in points
	used      *used
	glyphs    int // in the string that is open
	arrayOpen bool
}

// graphics is the part of the graphics state that operators set and that a saved state brings back.
type graphics struct {
	font         *font
	size         milli
	stretch      int64 // Tz in thousandths of a percent
	rise         milli
	fill, stroke layouts.Color
	width        milli
	dash         milli
}

// normalStretch is a Tz of 100 %.
const normalStretch = 100_000

func newContent(f *fontTable, images *imageTable) *content {
	return &content{fonts: f, images: images, used: new(used)}
}

// page writes all painting of a record to b. What was there of another page is gone, and so is what that used.
func (c *content) page(r *record) {
	*c = content{
		b: c.b[:0], fonts: c.fonts, images: c.images, mark: -1,
		graphics: graphics{stretch: normalStretch, fill: "#000000", stroke: "#000000", width: 1000},
		base:     upright, used: c.used.next(),
	}
	if r.turned {
		c.op(r.turn(false))
		c.base = r.turned90()
	}
	for i := range r.events {
		e := &r.events[i]
		switch s := e.step.(type) {
		case turnStep:
			c.setMark(r, -1)
			c.op(r.turn(s.upright))
			if c.base = r.turned90(); s.upright {
				c.base = upright
			}
			continue
		case beginStep, artifactStep, endStep, attachStep, linkStep, anchorStep:
			continue
		}
		c.setMark(r, e.mark)
		c.paint(e.step)
	}
	c.setMark(r, -1)
	if r.turned {
		c.op(r.turn(true))
	}
	c.cropMarks(&r.geometry)
}

// setMark closes the open marked content and opens another. Marked content and text objects nest properly: marked
// content is outside.
func (c *content) setMark(r *record, mark int) {
	if mark == c.mark {
		return
	}
	c.endText()
	if c.mark >= 0 {
		c.op("EMC")
	}
	if mark >= 0 {
		c.b = r.marks[mark].open(c.b)
	}
	c.mark = mark
}

func (c *content) paint(step any) {
	switch s := step.(type) {
	case runStep:
		c.run(s)
	case fillStep:
		c.endText()
		c.setFill(s.color)
		c.nums(s.x, s.y, s.w, s.h)
		c.op("re f")
	case lineStep:
		c.endText()
		c.setStroke(s.color, s.width, s.dash)
		c.nums(s.x1, s.y1)
		c.b = append(c.b, "m "...)
		c.nums(s.x2, s.y2)
		c.op("l S")
	case frameStep:
		c.endText()
		c.setStroke(s.color, s.width, 0)
		c.nums(s.x, s.y, s.w, s.h)
		c.op("re S")
	case pathStep:
		c.endText()
		c.path(s)
	case clipStep:
		c.endText()
		c.save()
		c.nums(s.x, s.y, s.w, s.h)
		c.op("re W n")
	case unclipStep:
		c.endText()
		c.restore()
	case groupStep:
		c.endText()
		c.beginGroup(s)
	case endGroupStep:
		c.endText()
		c.endGroup()
	case pictureStep:
		c.endText()
		c.drawPicture(s)
	case imageStep:
		c.endText()
		c.image(s)
	case cellsStep:
		c.endText()
		c.cells(s)
	}
}

// op writes an operator and ends the line.
func (c *content) op(s string) { c.b = append(append(c.b, s...), '\n') }

// nums writes numbers, each followed by a space.
func (c *content) nums(list ...milli) {
	for _, m := range list {
		c.b = append(appendMilli(c.b, m), ' ')
	}
}

func (c *content) setFill(color layouts.Color) {
	if color == "" {
		color = "#000000"
	}
	if color != c.fill {
		c.fill = color
		c.color(color, "g", "rg")
	}
}

func (c *content) setStroke(color layouts.Color, width, dash milli) {
	if color == "" {
		color = "#000000"
	}
	if color != c.stroke {
		c.stroke = color
		c.color(color, "G", "RG")
	}
	if width != c.width {
		c.width = width
		c.nums(width)
		c.op("w")
	}
	if dash != c.dash {
		c.dash = dash
		c.b = append(c.b, '[')
		if dash > 0 {
			c.nums(dash, dash)
		}
		c.op("] 0 d")
	}
}

// color writes a colour with the operator for grey or for RGB.
func (c *content) color(color layouts.Color, gray, rgb string) {
	r, g, b := parseColor(color)
	if r == g && g == b {
		c.nums(channel(r))
		c.op(gray)
		return
	}
	c.nums(channel(r), channel(g), channel(b))
	c.op(rgb)
}

// channel scales 0–255 to 0–1.
func channel(v uint8) milli { return milli((int(v)*1000 + 127) / 255) }

// parseColor reads #rrggbb or #rgb; anything else is black, since layouts are checked where they are loaded.
func parseColor(c layouts.Color) (r, g, b uint8) {
	s := string(c)
	if len(s) == 4 && s[0] == '#' {
		s = string([]byte{'#', s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	if len(s) != 7 || s[0] != '#' {
		return 0, 0, 0
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return 0, 0, 0
	}
	return uint8(v >> 16), uint8(v >> 8), uint8(v)
}

// path paints a path, its fill and its stroke one after the other if one of them needs a mask of its own.
func (c *content) path(s pathStep) {
	p := s.path
	switch {
	case p.Fill == "" && p.Stroke == "":
	case p.FillWith == nil && p.StrokeWith == nil:
		c.paintPath(s, true, true)
	case p.Fill != "" && p.Stroke != "" && (translucent(p.FillWith) || translucent(p.StrokeWith)):
		c.painted(s, true, false)
		c.painted(s, false, true)
	default:
		c.painted(s, p.Fill != "", p.Stroke != "")
	}
}

// paintPath fills a path, or strokes it, or both.
func (c *content) paintPath(s pathStep, fill, stroke bool) {
	p := s.path
	fill, stroke = fill && p.Fill != "", stroke && p.Stroke != ""
	if inv, ok := p.Pen.Inverse(); ok && stroke {
		if fill {
			c.paintPath(s, true, false)
		}
		c.penned(s, inv)
		return
	}
	if fill && p.FillWith == nil {
		c.setFill(p.Fill)
	}
	if stroke {
		color := p.Stroke
		if p.StrokeWith != nil {
			color = c.stroke // which is the pattern
		}
		c.setStroke(color, points(p.Width), 0)
	}
	special := c.strokeStyle(p)
	c.outline(s.x, s.y, p.Ops)
	paint := ""
	switch {
	case fill && stroke:
		paint = "B"
	case fill:
		paint = "f"
	default:
		paint = "S"
	}
	if p.EvenOdd && fill {
		paint += "*"
	}
	c.op(paint)
	if special {
		c.op("Q")
	}
}

// penned strokes a path with a pen that is no circle: in coordinates in which it is one (§8.4.3.2).
func (c *content) penned(s pathStep, inv drawing.Matrix) {
	p := s.path
	c.save()
	color := p.Stroke
	if p.StrokeWith != nil {
		color = c.stroke
	}
	c.setStroke(color, points(p.Width), 0)
	special := c.strokeStyle(p)
	c.matrix(drawing.Matrix{p.Pen[0], -p.Pen[1], -p.Pen[2], p.Pen[3], 0, 0}) // up and down are swapped
	c.op("cm")
	at := func(q typeset.Point) {
		x, y := float64(s.x)/1000+q.X.Pt(), float64(s.y)/1000-q.Y.Pt()
		c.b = append(appendReal(c.b, inv[0]*x-inv[2]*y), ' ')
		c.b = append(appendReal(c.b, inv[3]*y-inv[1]*x), ' ')
	}
	c.trace(p.Ops, at)
	c.op("S")
	if special {
		c.op("Q")
	}
	c.restore()
}

// outline writes the steps of a path that is relative to (x, y).
func (c *content) outline(x, y milli, ops []typeset.PathOp) {
	c.trace(ops, func(pt typeset.Point) { c.nums(x+points(pt.X), y-points(pt.Y)) })
}

// trace writes the steps of a path, whose points at writes.
func (c *content) trace(ops []typeset.PathOp, at func(typeset.Point)) {
	for i := range ops {
		switch op := &ops[i]; op.Op {
		case 'M', 'L':
			at(op.P[0])
			c.b = append(c.b, op.Op+'a'-'A', '\n')
		case 'C':
			at(op.P[0])
			at(op.P[1])
			at(op.P[2])
			c.op("c")
		case 'Z':
			c.op("h")
		}
	}
}

// strokeStyle saves the graphics state and sets what few paths want: transparency, ends and corners of strokes, dashes. It
// reports whether there was any of that; then the state is to be restored.
func (c *content) strokeStyle(p *typeset.Path) bool {
	g := transparency{opacity(p.FillOpacity), opacity(p.StrokeOpacity)}
	stroked := p.Stroke != "" && (p.Cap != 0 || p.Join != 0 || p.Miter != 0 || len(p.Dash) > 0)
	if g == opaque && !stroked {
		return false
	}
	c.op("q")
	if g != opaque {
		if !slices.Contains(c.used.states, g) {
			c.used.states = append(c.used.states, g)
		}
		c.b = appendName(c.b, g.resource())
		c.op(" gs")
	}
	if !stroked {
		return true
	}
	if p.Cap != 0 {
		c.b = append(c.b, '0'+byte(p.Cap))
		c.op(" J")
	}
	if p.Join != 0 {
		c.b = append(c.b, '0'+byte(p.Join))
		c.op(" j")
	}
	if p.Miter >= 1 {
		c.nums(milli(math.Round(p.Miter * 1000)))
		c.op("M")
	}
	if len(p.Dash) > 0 {
		c.b = append(c.b, '[')
		for _, l := range p.Dash {
			c.nums(points(l))
		}
		c.b = append(c.b, "] "...)
		c.nums(points(p.DashOffset))
		c.op("d")
	}
	return true
}

// transparency is the opacity of fills and strokes in thousandths.
type transparency struct{ fill, stroke milli }

var opaque = transparency{1000, 1000}

// opacity gives a path's opacity, where 0 stands for 1.
func opacity(v float64) milli {
	if v <= 0 || v >= 1 {
		return 1000
	}
	return milli(math.Round(v * 1000))
}

// resource is the name of the graphics state of a page.
func (g transparency) resource() name {
	return name("G" + strconv.FormatInt(int64(g.fill), 10) + "s" + strconv.FormatInt(int64(g.stroke), 10))
}

func (c *content) image(s imageStep) {
	c.b = append(c.b, "q "...)
	c.nums(s.w, 0, 0, s.h, s.x, s.y)
	c.bitmap(s.img)
}

// bitmap paints an image into the unit square of the matrix whose numbers were written, and restores the state.
func (c *content) bitmap(img *typeset.Image) {
	pic := c.images.byKey[img.Key]
	if !slices.Contains(c.used.images, pic) {
		c.used.images = append(c.used.images, pic)
	}
	c.b = append(c.b, "cm "...)
	c.b = appendName(c.b, pic.resource())
	c.op(" Do Q")
}

// cells fills the dark modules of a code as one path, runs of modules in a row as one rectangle.
func (c *content) cells(s cellsStep) {
	c.setFill("#000000")
	m := s.cells
	x := func(i int) milli { return s.x + milli(int64(s.w)*int64(i)/int64(m.w)) }
	y := func(i int) milli { return s.y + s.h - milli(int64(s.h)*int64(i)/int64(m.h)) }
	for row := range m.h {
		for from := 0; from < m.w; from++ {
			if !m.dark(from, row) {
				continue
			}
			to := from + 1
			for to < m.w && m.dark(to, row) {
				to++
			}
			c.nums(x(from), y(row+1), x(to)-x(from), y(row)-y(row+1))
			c.op("re")
			from = to
		}
	}
	c.op("f")
}

// Lengths of crop marks: they begin at the bleed, or a little outside the trim edge if that is farther.
const (
	cropGap   = 3 * unit.Pt
	cropWidth = unit.Pt / 4
)

// cropMarks draws two hair lines at each corner of a page with bleed.
func (c *content) cropMarks(g *geometry) {
	if g.bleed <= 0 {
		return
	}
	c.endText()
	c.op("/Artifact <</Type/Page>> BDC")
	c.setStroke("#000000", points(cropWidth), 0)
	gap := max(g.bleed, cropGap)
	line := func(x1, y1, x2, y2 unit.Len) {
		c.nums(points(x1), points(y1))
		c.b = append(c.b, "m "...)
		c.nums(points(x2), points(y2))
		c.op("l S")
	}
	for _, x := range []unit.Len{g.offsetX, g.offsetX + g.width} {
		line(x, 0, x, g.offsetY-gap)
		line(x, g.offsetY+g.height+gap, x, 2*g.offsetY+g.height)
	}
	for _, y := range []unit.Len{g.offsetY, g.offsetY + g.height} {
		line(0, y, g.offsetX-gap, y)
		line(g.offsetX+g.width+gap, y, 2*g.offsetX+g.width, y)
	}
	c.op("EMC")
}
