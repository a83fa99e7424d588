package drawing

import (
	"math"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// Matrix is a transformation: x' = m[0]·x + m[2]·y + m[4], y' = m[1]·x + m[3]·y + m[5].
type Matrix [6]float64

// Inverse undoes a transformation; ok is false for one that leaves no area.
func (m Matrix) Inverse() (out Matrix, ok bool) {
	d := m[0]*m[3] - m[1]*m[2]
	if math.Abs(d) < 1e-18 || math.IsNaN(d) {
		return Matrix{1, 0, 0, 1, 0, 0}, false
	}
	out = Matrix{m[3] / d, -m[1] / d, -m[2] / d, m[0] / d, 0, 0}
	out[4] = -(out[0]*m[4] + out[2]*m[5])
	out[5] = -(out[1]*m[4] + out[3]*m[5])
	return out, true
}

// Paint is what an area is filled with instead of a colour: *Gradient or *Tiling.
type Paint interface{ paint() }

// Gradient passes from colour to colour. A linear one runs along the x axis from 0 to 1, a radial one from a circle around
// (FX, FY) to the unit circle around the origin; Matrix takes that place to the drawing, whose unit is the point. Beyond its
// ends a gradient goes on in the colours that it has there.
type Gradient struct {
	Radial     bool
	FX, FY, FR float64 // the inner circle of a radial gradient, which lies within the unit circle
	Matrix     Matrix
	Stops      []Stop // at least two, in order. Shared between gradients: never changed.
}

// Stop is a colour at a place of a gradient.
type Stop struct {
	At      float64 // from 0 to 1
	Color   layouts.Color
	Opacity float64 // from 0 to 1
}

// Opaque reports whether nothing shows through a gradient.
func (g *Gradient) Opaque() bool {
	for i := range g.Stops {
		if g.Stops[i].Opacity < 0.999 {
			return false
		}
	}
	return true
}

// Tiling repeats a tile in rows and columns. A tile lies between the origin and (Width, Height) of its own coordinates, which
// Matrix takes to the drawing, whose unit is the point; what reaches beyond it is not to be seen.
type Tiling struct {
	Width, Height unit.Len
	Matrix        Matrix
	Marks         []Mark // no *Text: outlines stand for it
}

func (*Gradient) paint() {}
func (*Tiling) paint()   {}

// Group is a list of marks that are shown as one: inside of clips, behind a mask, or as a whole transparent.
type Group struct {
	Marks   []Mark
	Clips   []Clip  // the group shows where it is inside all of them
	Mask    *Mask   // nil: none
	Opacity float64 // greater than 0 and at most 1, which 0 stands for, too
	Blend   Blend
}

// Clip is an area that things show in.
type Clip struct {
	Ops     []Op
	EvenOdd bool // as of paths
}

// Mask is a picture whose light is the opacity of what is behind it: white shows it, black and emptiness hide it.
type Mask struct {
	Marks []Mark // no *Text: outlines stand for it
	Alpha bool   // it is the mask's opacity that counts, not its light
}

// Blend is how the colours of a group mix with those behind it; the names are those of CSS in the spelling of PDF
// (ISO 32000-1, §11.3.5). Empty stands for Normal.
type Blend string

// Bitmap is a picture made of dots. Pictures with the same Key are stored once.
type Bitmap struct {
	Key           string // hash of the content
	Data          []byte // the file
	Format        string // "jpeg" or "png"
	Width, Height int    // in dots
}

// Picture is a bitmap in a drawing. Matrix takes the square between the origin and (1, 1), whose top is at y = 0, to the
// drawing, whose unit is the point.
type Picture struct {
	Bitmap *Bitmap
	Matrix Matrix
}

func (*Group) mark()   {}
func (*Picture) mark() {}

// Plain reports whether a group does no more than clip.
func (g *Group) Plain() bool {
	return g.Mask == nil && (g.Opacity <= 0 || g.Opacity >= 1) && g.Blend == ""
}

// All calls f for the marks of a list and for those of its groups, from the back to the front. Masks and tiles are left out.
func All(marks []Mark, f func(Mark)) {
	for _, m := range marks {
		f(m)
		if g, ok := m.(*Group); ok {
			All(g.Marks, f)
		}
	}
}

// Bitmaps calls f for every bitmap in a list of marks, masks and tiles included.
func Bitmaps(marks []Mark, f func(*Bitmap)) {
	tiles := func(p Paint) {
		if t, ok := p.(*Tiling); ok {
			Bitmaps(t.Marks, f)
		}
	}
	for _, m := range marks {
		switch m := m.(type) {
		case *Picture:
			f(m.Bitmap)
		case *Path:
			tiles(m.FillWith)
			tiles(m.StrokeWith)
		case *Group:
			if m.Mask != nil {
				Bitmaps(m.Mask.Marks, f)
			}
			Bitmaps(m.Marks, f)
		}
	}
}

// Box is a rectangle from its top left to its bottom right corner.
type Box struct{ Left, Top, Right, Bottom unit.Len }

// Empty reports whether there is nothing in a box.
func (b Box) Empty() bool { return b.Left >= b.Right || b.Top >= b.Bottom }

var nowhere = Box{unit.Max, unit.Max, -unit.Max, -unit.Max}

func (b Box) union(c Box) Box {
	return Box{min(b.Left, c.Left), min(b.Top, c.Top), max(b.Right, c.Right), max(b.Bottom, c.Bottom)}
}

// grow moves the sides of a box outwards.
func (b Box) grow(l unit.Len) Box {
	return Box{b.Left - l, b.Top - l, b.Right + l, b.Bottom + l}
}

// extent is the box around the points of a path, control points included.
func extent(ops []Op) Box {
	b := nowhere
	for i := range ops {
		n := 1
		switch ops[i].Op {
		case 'C':
			n = 3
		case 'Z':
			n = 0
		}
		for _, p := range ops[i].P[:n] {
			b = b.union(Box{p.X, p.Y, p.X, p.Y})
		}
	}
	return b
}

// Bounds is a box that holds the path with its stroke.
func (p *Path) Bounds() Box {
	b := extent(p.Ops)
	if p.Stroke == "" {
		return b
	}
	reach := p.Width
	if p.Join == Mitre {
		reach = p.Width.Mul(max(1, min(p.miter(), 10)) / 2)
	}
	if p.Pen != (Matrix{}) {
		reach = reach.Mul(max(math.Abs(p.Pen[0])+math.Abs(p.Pen[2]), math.Abs(p.Pen[1])+math.Abs(p.Pen[3])))
	}
	return b.grow(max(reach, p.Width))
}

// Bounds is a box that holds the group. Lines of type are given some room around, since they are measured only roughly.
func (g *Group) Bounds() Box {
	b := nowhere
	for _, m := range g.Marks {
		switch m := m.(type) {
		case *Path:
			b = b.union(m.Bounds())
		case *Group:
			b = b.union(m.Bounds())
		case *Picture:
			for _, q := range [][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
				x := unit.FromPt(m.Matrix[0]*q[0] + m.Matrix[2]*q[1] + m.Matrix[4])
				y := unit.FromPt(m.Matrix[1]*q[0] + m.Matrix[3]*q[1] + m.Matrix[5])
				b = b.union(Box{x, y, x, y})
			}
		case *Text:
			left, top, right, bottom := m.Bounds()
			b = b.union(Box{left, top, right, bottom}.grow(m.Font.Size))
		}
	}
	for _, c := range g.Clips {
		e := extent(c.Ops)
		b = Box{max(b.Left, e.Left), max(b.Top, e.Top), min(b.Right, e.Right), min(b.Bottom, e.Bottom)}
	}
	return b
}
