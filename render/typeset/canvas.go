package typeset

import (
	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
)

// Canvas is what evbook's components draw on: maroto's provider, and beside it what a book page needs and maroto does
// not have. Components reach it by a type assertion on the provider that maroto hands them; without it (on maroto's own
// provider) they fall back to plain provider calls.
//
// Coordinates are measured from the top left corner of the page's type area (as maroto's cells are, so that a component
// can use its cell as it is), y grows downwards, text is placed by its baseline. They may be negative: margins are
// paper too.
//
// Everything painted belongs to a structure element or is an artifact; painting outside both is an artifact.
type Canvas interface {
	core.Provider

	// Glyphs paints a shaped run with the origin of its first glyph at x on the baseline y.
	Glyphs(x, y unit.Len, run *Run)
	// FillRect fills a rectangle whose top left corner is (x, y).
	FillRect(x, y, w, h unit.Len, color layouts.Color)
	// StrokeLine draws a straight line, centred on the two points.
	StrokeLine(x1, y1, x2, y2, width unit.Len, color layouts.Color)
	// DrawPath fills and strokes a path whose coordinates are relative to (x, y).
	DrawPath(x, y unit.Len, path *Path)
	// DrawImage paints a picture into a box whose top left corner is (x, y).
	DrawImage(x, y, w, h unit.Len, img *Image)

	// DrawPicture paints a picture of a drawing whose top left corner is (x, y).
	DrawPicture(x, y unit.Len, pic *drawing.Picture)
	// BeginGroup shows what is painted until the EndGroup that belongs to it as the group says, whose clips and mask are
	// relative to (x, y); its marks are painted by the caller. All of it belongs to one structure element.
	BeginGroup(x, y unit.Len, group *drawing.Group)
	// EndGroup ends the innermost BeginGroup.
	EndGroup()

	// Clip keeps what is painted until the next Unclip inside a box whose top left corner is (x, y). It is not nested.
	Clip(x, y, w, h unit.Len)
	// Unclip ends what Clip began.
	Unclip()

	// Begin opens marked content that belongs to e; the next End closes it. Begin may be nested: what is painted between
	// an inner Begin and its End belongs to the inner element alone. An element is attached to its parent, behind what
	// the parent holds by then, at its first Begin or Attach in page order; later Begins on the same or another page
	// continue it.
	Begin(e *Elem)
	// BeginArtifact opens content that is no part of the text: folios, rules, tints. The next End closes it.
	BeginArtifact(kind ArtifactKind)
	// End closes the innermost Begin or BeginArtifact.
	End()
	// Attach puts e in its place in reading order before any of its content is painted: a footnote at its call.
	Attach(e *Elem)

	// Link makes a rectangle of the page lead to a target. e is the structure element (role Link) that holds the link's
	// text; contents describes the link to those who cannot see it.
	Link(x, y, w, h unit.Len, to Target, contents string, e *Elem)
	// Anchor names a place of the page, for links within the book.
	Anchor(name string, x, y unit.Len)

	// Upright says whether what follows on a turned page stands as on other pages: its coordinates are measured from the top
	// left corner of the type area of the paper. On other pages it changes nothing.
	Upright(on bool)
}

// Target is where a link leads: a URL, or the name of an anchor in the book.
type Target struct {
	URL    string
	Anchor string
}

// Run is a sequence of shaped glyphs of one face and size, in visual order.
type Run struct {
	Face   *fonts.Face
	Size   unit.Len
	Color  layouts.Color
	Expand float64 // change of the glyphs' widths: 0.01 is 1 % wider; 0 is as drawn. Advances include it already.
	Lang   string  // BCP 47 when it differs from the language of the structure element
	Glyphs []Glyph
}

// Glyph is a glyph and the distance to the next.
type Glyph struct {
	// Text is what the glyph stands for in reading order: one character, several for a ligature, "\u00AD" for a hyphen
	// made by hyphenation, "" for the second and later glyphs of a cluster.
	Text    string
	Advance unit.Short // to the next glyph's origin: the font's width, kerning and justification included
	DX, DY  unit.Short // displacement of the drawing: right and up
	ID      uint16
}

// Width returns the sum of the advances.
func (r *Run) Width() unit.Len {
	var w unit.Len
	for _, g := range r.Glyphs {
		w += g.Advance.Len()
	}
	return w
}

// Path, PathOp and Point are those of figures.
type (
	Path   = drawing.Path
	PathOp = drawing.Op
	Point  = drawing.Point
)

// Image is a picture ready for the page: JPEG is embedded as it is, PNG is decoded.
type Image = drawing.Bitmap

// ArtifactKind says what an artifact is, for PDF's artifact properties.
type ArtifactKind uint8

// The kinds of artifacts.
const (
	ArtifactLayout     ArtifactKind = iota // rules, tints, leaders, marks
	ArtifactHeader                         // running heads
	ArtifactFooter                         // folios at the foot
	ArtifactBackground                     // covers, page backgrounds
)

// Elem is a structure element of the tagged PDF. The typesetter makes elements with their parents; the order among the
// children of an element follows from the order of painting (see [Canvas]).
type Elem struct {
	Parent *Elem
	// Role is a standard structure type of PDF 1.7 (§14.8.4): Document, Part, Sect, P, H1–H6, L, LI, Lbl, LBody, Table,
	// THead, TBody, TR, TH, TD, Code, BlockQuote, Figure, Caption, Note, Reference, Link, Span, TOC, TOCI, Index…
	Role       string
	ID         string // unique, for notes
	Title      string
	Lang       string // BCP 47 when it differs from the parent's
	Alt        string
	ActualText string
	Scope      string       // Row or Column, for TH
	Numbering  string       // ListNumbering of an L: None, Disc, Circle, Square, Decimal…
	BBox       *[4]unit.Len // x, y, w, h of a figure in the coordinates of the canvas of its page; set when it is painted
	ColSpan    int
	RowSpan    int
}

// Child makes a new element below e.
func (e *Elem) Child(role string) *Elem { return &Elem{Parent: e, Role: role} }
