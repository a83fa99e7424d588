// Package svg reads pictures in SVG as drawings: paths and lines of type that a page sets in its own typefaces. It knows what
// still pictures are made of – shapes, paths, transforms, groups and their reuse, fills and strokes with colours, gradients and
// patterns, markers, clips and masks, bitmaps, text in spans and along paths, the plain text of web pages inside, style
// attributes and rules – and says what else a file asks for: filters and what moves.
//
// Files come from anywhere. Sizes, depths, numbers and repetitions are bounded, references in a circle end, entities are no
// more than names for strings.
//
// Section numbers in comments are those of SVG 1.1 (second edition).
package svg

import (
	"errors"
	"math"
	"slices"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
)

// Picture is a picture that was read. It is read-only.
type Picture struct {
	// Width and Height are the size at which the file wants to be shown, in CSS pixels (1/96 inch).
	Width, Height float64
	// Title and Desc are what the file says of itself.
	Title, Desc string
	// Lost lists what is in the file and not in the drawing: names of elements or properties, sorted.
	Lost []string

	// Overflows says that parts reach beyond the picture's edges, where they are not to be seen.
	Overflows bool

	marks []mark
}

// Setter measures type and draws its outlines, for text that is not level. Drawings have it set later.
type Setter interface {
	drawing.Measurer
	// Outlines returns the outlines of a line of type whose baseline begins at the origin.
	Outlines(text string, f drawing.Font) []drawing.Op
}

// Options say where a picture gets what is outside of it. The zero Options has a picture without bitmaps.
type Options struct {
	// Open returns the contents of a file that the picture names, as it names it: a path relative to the picture's own. nil:
	// there are none.
	Open func(href string) ([]byte, error)
	// Bitmap makes the contents of a file ready for a page. nil: there are no bitmaps.
	Bitmap func(data []byte) (*drawing.Bitmap, error)
	// Lang is the language of the reader, which chooses between alternatives; "" stands for English.
	Lang string
}

// The limits of what is read.
const (
	maxBytes    = 16 << 20
	maxElements = 200_000
	maxDepth    = 200
	maxMarks    = 100_000
	maxSteps    = 2_000_000 // of all paths
	maxStops    = 200_000   // of all gradients
	maxText     = 2_000_000 // bytes
	maxFiles    = 1000      // that the picture names
	maxUses     = 24        // references inside each other
	maxNumber   = 1e6       // of a coordinate, in pixels
)

// budget counts what is used of the limits; pictures in pictures share it.
type budget struct {
	elements, visits, marks, steps, stops, text, files int
	depth                                              int // pictures in pictures
}

// spent reports whether there is more than a page can show.
func (b *budget) spent() bool {
	return b.visits > maxMarks || b.marks > maxMarks || b.steps > maxSteps || b.text > maxText
}

// The errors of Read.
var (
	ErrNoSVG   = errors.New("the file has no svg element")
	ErrTooMuch = errors.New("the picture has more parts than a page can show")
	ErrNothing = errors.New("nothing in the picture can be drawn")
)

// Read reads a picture. An error says that there is nothing to draw, or too much.
func Read(data []byte, opt Options) (*Picture, error) {
	return read(data, &opt, &budget{})
}

func read(data []byte, opt *Options, b *budget) (*Picture, error) {
	if len(data) > maxBytes {
		return nil, ErrTooMuch
	}
	root, rules, err := parse(data, b)
	if err != nil {
		return nil, err
	}
	p := &painter{
		root: root, rules: rules, opt: opt, budget: b, lost: map[string]bool{}, ids: map[string]*element{},
		props: map[*element]map[string]string{}, stops: map[*element][]drawing.Stop{}, tracks: map[*element]*track{}, bitmaps: map[string]*bitmap{},
	}
	p.index(root)
	pic := p.picture()
	if rules.over {
		p.lost["style rules beyond measure"] = true
	}
	for what := range p.lost {
		pic.Lost = append(pic.Lost, what)
	}
	slices.Sort(pic.Lost)
	switch {
	case b.spent():
		return nil, ErrTooMuch
	case len(pic.marks) == 0:
		return pic, ErrNothing
	}
	return pic, nil
}

// Drawing returns the picture at a width; the height follows.
func (p *Picture) Drawing(width unit.Len, s Setter) *drawing.Drawing {
	k := width.Pt() / p.Width // points in a pixel
	d := &drawing.Drawing{Width: width, Height: unit.FromPt(p.Height * k), Title: p.Title, Desc: p.Desc}
	d.Add((&setting{k, s, false}).marks(p.marks)...)
	return d
}

// length turns a number of points into a length, whatever the number.
func length(pt float64) unit.Len {
	if math.IsNaN(pt) {
		return 0
	}
	return unit.FromPt(min(max(pt, -maxNumber), maxNumber))
}
