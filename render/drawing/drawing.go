// Package drawing holds figures as short lists of paths and lines of type, which every format can show: pages set them with
// their own typesetter, XHTML has them as SVG, and covers are turned into pixels.
//
// Lengths are those of package unit. The origin of a drawing is its top left corner, y grows downwards, text stands on its
// baseline.
package drawing

import (
	"strings"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// Drawing is a figure. It is read-only once made.
type Drawing struct {
	Width, Height unit.Len
	// Title says in a few words what the figure is, Desc what it shows, for those who cannot see it.
	Title, Desc string
	Lang        string // BCP 47 language of Title, Desc and the text in the figure; "" for that of what surrounds it
	Marks       []Mark // from the back to the front
}

// Mark is a part of a drawing: *Path, *Text, *Picture or *Group.
type Mark interface{ mark() }

// Ink stands for the colour of the text around a figure, which differs where pages are shown light on dark. Where nothing
// surrounds the figure it is black.
const Ink layouts.Color = "currentColor"

// Path is made of lines and Bézier curves.
type Path struct {
	Ops    []Op
	Fill   layouts.Color // empty: not filled
	Stroke layouts.Color // empty: not stroked
	Width  unit.Len      // of the stroke
	// FillWith and StrokeWith are painted with instead of Fill and Stroke, which are then set nevertheless: they stand for them
	// where there are only plain colours.
	FillWith, StrokeWith Paint
	// EvenOdd chooses the even-odd rule for filling instead of the non-zero winding rule.
	EvenOdd bool
	// FillOpacity and StrokeOpacity are greater than 0 and at most 1, which 0 stands for, too: what is wholly transparent
	// is no part of a drawing.
	FillOpacity, StrokeOpacity float64
	Cap                        Cap
	Join                       Join
	Miter                      float64    // limit of mitred joins, at least 1; 0 stands for 10
	Dash                       []unit.Len // lengths of dashes and gaps by turns; empty: solid
	DashOffset                 unit.Len   // where in the pattern the stroke begins
	// Pen is what the stroke is drawn with: a circle that the first four numbers of the matrix stretch or slant. Width and Dash
	// are measured before that. The zero Matrix stands for a circle.
	Pen Matrix
}

// Op is a step of a path: 'M' move, 'L' line, 'C' cubic curve (two control points and the end), 'Z' close.
type Op struct {
	Op byte
	P  [3]Point
}

// Point is a place in a drawing.
type Point struct{ X, Y unit.Len }

// Cap is the shape of the ends of strokes; the numbers are those of PDF (ISO 32000-1, table 54).
type Cap uint8

// The shapes of ends.
const (
	Butt Cap = iota
	RoundCap
	Square
)

// Join is the shape of the corners of strokes; the numbers are those of PDF (ISO 32000-1, table 55).
type Join uint8

// The shapes of corners.
const (
	Mitre Join = iota
	RoundJoin
	Bevel
)

// Text is a line of type.
type Text struct {
	X, Y   unit.Len // on the baseline
	Anchor Anchor
	Font   Font
	Color  layouts.Color // empty: Ink
	// Opacity is that of the letters, as of paths. Pages, which have no use for it, are given colours without.
	Opacity float64
	String  string
	Width   unit.Len // as it was measured; SVG has it so that the line is as long in other typefaces
	RTL     bool     // the line runs from right to left
	Link    string   // a URL, or the id of something in the book behind a "#"; empty: none
	// Spacing is added behind every character but the last; Stretch makes the letters wider (1.1) or narrower (0.9), 0 is as
	// drawn. Width is with both.
	Spacing unit.Len
	Stretch float64
}

// Font says how a line of type is set.
type Font struct {
	Use    Use
	Size   unit.Len
	Weight int // as fonts.Regular; 0 is that
	Italic bool
}

// Use is which of a book's typefaces is taken.
type Use uint8

// The uses.
const (
	Body Use = iota
	Heading
	Code
)

// Anchor says which point of a line of type its X is. Left and right are those of the page, whatever the direction.
type Anchor uint8

// The anchors.
const (
	Left Anchor = iota
	Middle
	Right
)

func (*Path) mark() {}
func (*Text) mark() {}

// Measurer measures lines of type as a back end will set them.
type Measurer interface {
	Measure(text string, f Font) unit.Len
}

// Add adds marks in front of the others.
func (d *Drawing) Add(marks ...Mark) { d.Marks = append(d.Marks, marks...) }

// Bounds returns the box that a line of type takes up, from above its ascenders to below its descenders.
func (t *Text) Bounds() (left, top, right, bottom unit.Len) {
	left = t.X
	switch t.Anchor {
	case Middle:
		left -= t.Width / 2
	case Right:
		left -= t.Width
	}
	return left, t.Y - t.Font.Size.Mul(0.74), left + t.Width, t.Y + t.Font.Size.Mul(0.24)
}

// Words returns all text in the figure, line by line.
func (d *Drawing) Words() string {
	var lines []string
	All(d.Marks, func(m Mark) {
		if t, ok := m.(*Text); ok {
			lines = append(lines, t.String)
		}
	})
	return strings.Join(lines, "\n")
}
