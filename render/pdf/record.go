package pdf

import (
	"errors"
	"fmt"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/typeset"
)

// geometry is the paper of a page and the place of its type area.
type geometry struct {
	width, height    unit.Len // trimmed page
	left, top        unit.Len // margins: from the trim edge to the type area
	areaW, areaH     unit.Len // type area
	bleed            unit.Len
	offsetX, offsetY unit.Len // from the edge of the paper to the trim edge
	turned           bool     // contents run from the foot of the paper to its head, see [typeset.Page]
	upright          bool     // what comes now does not
}

// markSpace is what a page with bleed has beyond the bleed, for crop marks.
const markSpace = 18 * unit.Pt

func pageGeometry(p *typeset.Page) geometry {
	g := geometry{
		width: p.Width, height: p.Height, left: p.Left, top: p.Top,
		bleed: p.Bleed, turned: p.Turned,
	}
	g.areaW, g.areaH = p.Area()
	if p.Bleed > 0 {
		g.offsetX = p.Bleed + markSpace
		g.offsetY = g.offsetX
	}
	return g
}

// point gives a place measured from the type area's top left corner in the coordinates of the page's contents: from the
// paper's bottom left. On a turned page they are turned with the contents, as [geometry.turn] says.
func (g *geometry) point(x, y unit.Len) (milli, milli) {
	if g.turned && !g.upright {
		return points(g.offsetY + g.height - g.top - g.areaW + x), points(g.offsetX + g.width - g.left - y)
	}
	return points(g.offsetX + g.left + x), points(g.offsetY + g.height - g.top - y)
}

// place gives the same in the coordinates of the paper, which links, destinations and boxes of figures are in.
func (g *geometry) place(x, y unit.Len) (milli, milli) {
	u, v := g.point(x, y)
	if g.turned && !g.upright {
		return g.span() - v, u
	}
	return u, v
}

// span is the width of the paper.
func (g *geometry) span() milli { return points(g.width + 2*g.offsetX) }

// turn is the operator that turns the contents of a page by a quarter, the top of them to the left of the paper; back turns
// what comes behind it upright again (§8.3.4).
func (g *geometry) turn(back bool) string {
	w := string(appendMilli(nil, g.span()))
	if back {
		return "0 -1 1 0 0 " + w + " cm"
	}
	return "0 1 -1 0 " + w + " 0 cm"
}

// turned90 is the same as a matrix.
func (g *geometry) turned90() drawing.Matrix {
	return drawing.Matrix{0, 1, -1, 0, float64(g.span()) / 1000, 0}
}

// record is what was done on one page, in order.
type record struct {
	geometry
	label  string
	events []event
	err    error // the first misuse by a component

	// set in the structure pass
	marks  []mark
	rich   bool // there is more on the page than plain marks
	annots []*annotation

	// numbers of its objects
	ref, contents, parents ref
	resources              ref   // of a rich page
	used                   *used // by a rich page
}

// event is a step of a page: one of the types below. For painting steps, mark is the marked content that the step belongs
// to, as an index of the page's marks; the structure pass sets it.
type event struct {
	step any
	mark int
}

// The steps that paint. Coordinates are PDF's.
type (
	runStep struct {
		x, y milli
		run  *typeset.Run
	}
	fillStep struct {
		x, y, w, h milli // bottom left corner
		color      layouts.Color
	}
	lineStep struct {
		x1, y1, x2, y2, width milli
		color                 layouts.Color
		dash                  milli // length of dashes and gaps, 0 for none
	}
	frameStep struct {
		x, y, w, h, width milli
		color             layouts.Color
	}
	pathStep struct {
		x, y milli
		path *typeset.Path
	}
	pictureStep struct {
		x, y milli
		pic  *drawing.Picture
	}
	groupStep struct { // what comes until its end is shown as the group says
		x, y  milli
		group *drawing.Group
	}
	endGroupStep struct{}
	clipStep     struct{ x, y, w, h milli } // what comes next shows inside only
	unclipStep   struct{}
	imageStep    struct {
		x, y, w, h milli
		img        *typeset.Image
	}
	cellsStep struct { // a pattern of filled squares: the modules of a code
		x, y, w, h milli
		cells      *modules
	}
)

// The steps that do not paint.
type (
	turnStep     struct{ upright bool }
	beginStep    struct{ elem *typeset.Elem }
	artifactStep struct{ kind typeset.ArtifactKind }
	endStep      struct{}
	attachStep   struct{ elem *typeset.Elem }
	linkStep     struct {
		x, y, w, h milli
		to         typeset.Target
		contents   string
		elem       *typeset.Elem
	}
	anchorStep struct {
		x, y milli
		name string
	}
)

func (r *record) add(step any) { r.events = append(r.events, event{step: step}) }

func (r *record) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

var errEnd = errors.New("end of marked content that was not begun")
