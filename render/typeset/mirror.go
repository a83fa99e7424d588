package typeset

import (
	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts/unit"
)

// A book in a language that is written from right to left is bound at the right, and all of its pages are mirrored: indents,
// marks of lists, columns of tables, running heads. It is set as any other, with the beginning of lines at the left, and
// everything is moved to the other side when it is drawn; what is inside a line keeps its order, which the text's own
// directions have settled, and listings run from left to right inside their boxes.

// mirror has components drawn on the other side of a type area of width w.
func mirror(comps []core.Component, w unit.Len) {
	for _, c := range comps {
		switch c := c.(type) {
		case *Line:
			c.mirror = w
		case *Box:
			c.mirror = w
		case *Drawing:
			c.mirror = w
		case *Picture:
			c.mirror = w
		case *Artwork:
			c.mirror = w
		case *QRCode:
			c.mirror = w
		case *PageNumber:
			c.mirror = w
			if c.line != nil {
				c.line.mirror = w
			}
		case *Shifted:
			if !c.mirrored {
				c.mirrored, c.DX = true, -c.DX
			}
			mirror([]core.Component{c.Component}, w)
		case *Upright:
			mirror(c.Comps, w)
		}
	}
}

// mirror moves what is drawn on a page to the other side if the book is written from right to left.
func (a *assembler) mirror(comps []core.Component, turned bool) {
	switch g := &a.e.layout.Page; {
	case !a.e.rtl:
	case turned:
		mirror(comps, g.TextHeight())
	default:
		mirror(comps, g.TextWidth())
	}
}

// against reports whether lines begin at the side where those of the book end. In a book that is written from right to left
// only running text in letters from left to right does: its titles and entries stand with the others.
func (s *setter) against(c *content) bool { return c.rtl != s.rtl && (c.style.justify || !s.rtl) }

// other is the place of something from x on, so wide, on a mirrored page.
func other(mirror, x, w unit.Len) unit.Len {
	if mirror == 0 {
		return x
	}
	return mirror - x - w
}

// frame is the box that something keeps its place in.
type frame struct{ x, w unit.Len }

// shift is by how much a line is moved to the other side: as a whole, or with its frame.
func (l *Line) shift() unit.Len {
	switch {
	case l.mirror == 0:
		return 0
	case l.frame.w > 0:
		return l.mirror - 2*l.frame.x - l.frame.w
	}
	left, right := unit.Max, -unit.Max
	for _, p := range l.Parts {
		left, right = min(left, p.X), max(right, p.X+inkWidth(p.Run))
	}
	for _, p := range l.pictures {
		left, right = min(left, p.X), max(right, p.X+p.W)
	}
	if left > right {
		return 0
	}
	return l.mirror - right - left
}

// shift is the same for a drawing.
func (d *Drawing) shift() unit.Len {
	switch {
	case d.mirror == 0:
		return 0
	case d.frame.w > 0:
		return d.mirror - 2*d.frame.x - d.frame.w
	}
	var right unit.Len
	for _, op := range d.Path.Ops {
		for _, p := range op.P {
			right = max(right, p.X)
		}
	}
	return d.mirror - 2*d.X - right
}
