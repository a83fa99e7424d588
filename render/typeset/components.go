package typeset

import (
	"strings"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// leaf holds what all components share: they need no configuration, and their row knows their height.
type leaf struct{}

// SetConfig does nothing: the components are finished when they are made.
func (leaf) SetConfig(*entity.Config) {}

// GetHeight is zero: rows are made with their height.
func (leaf) GetHeight(core.Provider, *entity.Cell) float64 { return 0 }

func structure(kind string, value any, details map[string]any) *node.Node[core.Structure] {
	return node.New(core.Structure{Type: kind, Value: value, Details: details})
}

// origin returns the top left corner of a cell. Cells come in floating-point millimetres, sums of lengths that were exact:
// rounding finds the exact length again.
func origin(cell *entity.Cell) (x, y unit.Len) { return unit.FromMM(cell.X), unit.FromMM(cell.Y) }

// Line is a line of text: runs on a common baseline.
type Line struct {
	leaf
	Baseline unit.Len // below the top of the row
	Parts    []Part   // from left to right
	Artifact bool     // a repetition or furniture: no part of the text
	Kind     ArtifactKind

	mirror   unit.Len   // width of the type area if the page is mirrored, see mirror.go
	frame    frame      // of a listing
	pictures []*Picture // in the line, with their places on it
	flush    bool       // justified
	short    bool       // of justified text, but only holes would bring it to the margin
	tracked  bool       // justified with the help of letterspace
	narrow   bool       // of a measure that is too narrow to be justified
}

// Part is a run of a line with what belongs to it.
type Part struct {
	X    unit.Len // from the left edge of the type area
	Rise unit.Len // of the baseline
	Run  *Run
	Elem *Elem // the structure element of the text
	Link *Link // where it leads, nil for plain text

	Underline, Strike bool
	Back              layouts.Color // background, empty for none
	Attach            []*Elem       // elements that come behind the part in reading order: footnotes

	ref *pageRef // the number of a page, not known yet
}

// Link is a reference from a piece of text. All parts of a link share one Link.
type Link struct {
	To       Target
	Contents string
	Elem     *Elem
}

// Text returns the text of the line in the order of its parts.
func (l *Line) Text() string {
	var b strings.Builder
	for i := range l.Parts {
		for _, g := range l.Parts[i].Run.Glyphs {
			b.WriteString(g.Text)
		}
	}
	return b.String()
}

// GetStructure describes the line for page goldens.
func (l *Line) GetStructure() *node.Node[core.Structure] {
	d := map[string]any{"baseline": l.Baseline.String()}
	if len(l.Parts) > 0 {
		d["x"] = l.Parts[0].X.String()
	}
	if l.Artifact {
		d["artifact"] = true
	}
	return structure("typeset.line", l.Text(), d)
}

// Render draws the line.
func (l *Line) Render(provider core.Provider, cell *entity.Cell) {
	c, ok := provider.(Canvas)
	if !ok {
		l.renderPlain(provider, cell)
		return
	}
	x0, y0 := origin(cell)
	shift := l.shift()
	x0 += shift
	base := y0 + l.Baseline
	for i := 0; i < len(l.Parts); {
		// Neighbours of the same element share one piece of marked content.
		j := i + 1
		for j < len(l.Parts) && l.Parts[j].Elem == l.Parts[i].Elem && len(l.Parts[j-1].Attach) == 0 {
			j++
		}
		l.backs(c, x0, base, l.Parts[i:j])
		if l.Artifact || l.Parts[i].Elem == nil {
			c.BeginArtifact(l.Kind)
		} else {
			c.Begin(l.Parts[i].Elem)
		}
		for _, p := range l.Parts[i:j] {
			c.Glyphs(x0+p.X, base-p.Rise, p.Run)
		}
		c.End()
		l.strokes(c, x0, base, l.Parts[i:j])
		if !l.Artifact {
			for _, e := range l.Parts[j-1].Attach {
				c.Attach(e)
			}
		}
		i = j
	}
	l.links(c, x0, base)
	inner := *cell
	inner.X += shift.MM()
	for _, p := range l.pictures {
		p.Render(provider, &inner)
	}
}

// backs paints the backgrounds of parts, strokes the lines under and through them.
func (l *Line) backs(c Canvas, x0, base unit.Len, parts []Part) {
	for _, p := range parts {
		if p.Back != "" {
			c.BeginArtifact(ArtifactLayout)
			c.FillRect(x0+p.X, base-p.Run.Size.Mul(0.82), inkWidth(p.Run), p.Run.Size.Mul(1.08), p.Back)
			c.End()
		}
	}
}

func (l *Line) strokes(c Canvas, x0, base unit.Len, parts []Part) {
	for _, p := range parts {
		w := p.Run.Size.Mul(0.05)
		for _, s := range []struct {
			on bool
			y  unit.Len
		}{{p.Underline, p.Run.Size.Mul(0.12)}, {p.Strike, -p.Run.Size.Mul(0.24)}} {
			if s.on {
				c.BeginArtifact(ArtifactLayout)
				c.StrokeLine(x0+p.X, base+s.y, x0+p.X+inkWidth(p.Run), base+s.y, w, p.Run.Color)
				c.End()
			}
		}
	}
}

// inkWidth is the width of a run without a space at its end.
func inkWidth(r *Run) unit.Len {
	w := r.Width()
	if n := len(r.Glyphs); n > 0 && r.Glyphs[n-1].Text == " " {
		w -= r.Glyphs[n-1].Advance.Len()
	}
	return w
}

// links makes one rectangle for each link of the line, from ascender to descender.
func (l *Line) links(c Canvas, x0, base unit.Len) {
	if l.Artifact {
		return
	}
	for i := 0; i < len(l.Parts); {
		link := l.Parts[i].Link
		j := i + 1
		for j < len(l.Parts) && l.Parts[j].Link == link {
			j++
		}
		if link != nil {
			size := l.Parts[i].Run.Size
			left, right := l.Parts[i].X, l.Parts[i].X+inkWidth(l.Parts[i].Run)
			for _, p := range l.Parts[i+1 : j] { // from right to left in some scripts
				left, right = min(left, p.X), max(right, p.X+inkWidth(p.Run))
			}
			top := base - l.Parts[i].Rise - size.Mul(0.82)
			c.Link(x0+left, top, right-left, size.Mul(1.1), link.To, link.Contents, link.Elem)
		}
		i = j
	}
}

// renderPlain draws the words with the calls that every provider has: places are right, letters are not kerned.
func (l *Line) renderPlain(provider core.Provider, cell *entity.Cell) {
	for _, p := range l.Parts {
		x := p.X
		var word strings.Builder
		start := x
		flush := func() {
			if word.Len() > 0 {
				size := p.Run.Size
				prop := &props.Text{
					Top: max(0, (l.Baseline - p.Rise - size).MM()), Left: max(0, start.MM()),
					Family: p.Run.Face.Family, Style: faceStyle(p.Run), Size: size.Pt(), Color: rgb(p.Run.Color),
				}
				if p.Link != nil && p.Link.To.URL != "" {
					prop.Hyperlink = &p.Link.To.URL
				}
				provider.AddText(word.String(), cell, prop)
			}
			word.Reset()
		}
		for _, g := range p.Run.Glyphs {
			if g.Text == " " {
				flush()
			} else {
				if word.Len() == 0 {
					start = x
				}
				word.WriteString(strings.ReplaceAll(g.Text, "\u00AD", "-"))
			}
			x += g.Advance.Len()
		}
		flush()
	}
}

func faceStyle(r *Run) fontstyle.Type {
	bold, italic := r.Face.Weight >= 600, r.Face.Italic
	switch {
	case bold && italic:
		return fontstyle.BoldItalic
	case bold:
		return fontstyle.Bold
	case italic:
		return fontstyle.Italic
	}
	return fontstyle.Normal
}

func rgb(c layouts.Color) *props.Color {
	r, g, b, _ := c.RGB()
	return &props.Color{Red: int(r), Green: int(g), Blue: int(b)}
}

// Box is a filled rectangle behind the text: the tint of a listing, a rule of a table, the bar beside a quotation.
type Box struct {
	leaf
	X, Y, W, H unit.Len // Y below the top of the row
	Color      layouts.Color

	mirror unit.Len
}

// GetStructure describes the box for page goldens.
func (b *Box) GetStructure() *node.Node[core.Structure] {
	return structure("typeset.box", string(b.Color), map[string]any{"x": b.X.String(), "y": b.Y.String(), "w": b.W.String(), "h": b.H.String()})
}

// Render fills the box. A provider without rectangles gets a line of the same thickness.
func (b *Box) Render(provider core.Provider, cell *entity.Cell) {
	c, ok := provider.(Canvas)
	if !ok {
		if b.H < 3*unit.Pt && b.W > 0 && cell.Width > 0 {
			provider.AddLine(cell, &props.Line{
				Color: rgb(b.Color), Thickness: b.H.MM(), SizePercent: min(100, 100*b.W.MM()/cell.Width), OffsetPercent: 5,
			})
		}
		return
	}
	x0, y0 := origin(cell)
	c.BeginArtifact(ArtifactLayout)
	c.FillRect(x0+other(b.mirror, b.X, b.W), y0+b.Y, b.W, b.H, b.Color)
	c.End()
}

// Drawing is a path: a check box, the mark of a wrapped line. With an element it is content, else an artifact.
type Drawing struct {
	leaf
	X, Y unit.Len
	Path *Path
	Elem *Elem
	Name string // what it shows, for page goldens

	mirror unit.Len
	frame  frame
}

// GetStructure describes the drawing for page goldens.
func (d *Drawing) GetStructure() *node.Node[core.Structure] {
	return structure("typeset.drawing", d.Name, map[string]any{"x": d.X.String(), "y": d.Y.String()})
}

// Render draws the path.
func (d *Drawing) Render(provider core.Provider, cell *entity.Cell) {
	c, ok := provider.(Canvas)
	if !ok {
		return
	}
	x0, y0 := origin(cell)
	if d.Elem != nil {
		c.Begin(d.Elem)
	} else {
		c.BeginArtifact(ArtifactLayout)
	}
	c.DrawPath(x0+d.X+d.shift(), y0+d.Y, d.Path)
	c.End()
}

// Picture is an image at its size on the page.
type Picture struct {
	leaf
	X, Y, W, H unit.Len
	Image      *Image
	Art        *Artwork // instead of an image, for what is drawn
	Elem       *Elem    // a Figure; nil for decoration

	mirror unit.Len
}

// GetStructure describes the picture for page goldens.
func (p *Picture) GetStructure() *node.Node[core.Structure] {
	d := map[string]any{"x": p.X.String(), "w": p.W.String(), "h": p.H.String()}
	if p.Elem != nil {
		d["alt"] = p.Elem.Alt
	}
	if p.Art != nil {
		return structure("typeset.picture", "drawing", d)
	}
	return structure("typeset.picture", p.Image.Format, d)
}

// Render draws the picture.
func (p *Picture) Render(provider core.Provider, cell *entity.Cell) {
	if p.Art != nil {
		art := *p.Art
		art.X, art.Y, art.mirror = p.X, p.Y, p.mirror
		art.Render(provider, cell)
		return
	}
	c, ok := provider.(Canvas)
	if !ok {
		p.renderPlain(provider, cell)
		return
	}
	x := other(p.mirror, p.X, p.W)
	x0, y0 := origin(cell)
	if p.Elem != nil {
		p.Elem.BBox = &[4]unit.Len{x0 + x, y0 + p.Y, p.W, p.H}
		c.Begin(p.Elem)
	} else {
		c.BeginArtifact(ArtifactLayout)
	}
	c.DrawImage(x0+x, y0+p.Y, p.W, p.H, p.Image)
	c.End()
}

// Anchors names the place of a row.
type Anchors struct {
	leaf
	Names []string
}

// GetStructure describes the anchors for page goldens.
func (a *Anchors) GetStructure() *node.Node[core.Structure] {
	return structure("typeset.anchors", strings.Join(a.Names, " "), nil)
}

// Render names the cell's place.
func (a *Anchors) Render(provider core.Provider, cell *entity.Cell) {
	if c, ok := provider.(Canvas); ok {
		x, y := origin(cell)
		for _, n := range a.Names {
			c.Anchor(n, x, y)
		}
	}
}

// Openings puts structure elements in their place that have no content of their own at that place.
type Openings struct {
	leaf
	Elems []*Elem
}

// GetStructure describes the elements for page goldens.
func (o *Openings) GetStructure() *node.Node[core.Structure] {
	var roles []string
	for _, e := range o.Elems {
		roles = append(roles, e.Role)
	}
	return structure("typeset.openings", strings.Join(roles, " "), nil)
}

// Render attaches the elements.
func (o *Openings) Render(provider core.Provider, _ *entity.Cell) {
	if c, ok := provider.(Canvas); ok {
		for _, e := range o.Elems {
			c.Attach(e)
		}
	}
}

// renderPlain draws the picture with the call that every provider has.
func (p *Picture) renderPlain(provider core.Provider, cell *entity.Cell) {
	ext := extension.Png
	if p.Image.Format == "jpeg" {
		ext = extension.Jpg
	}
	box := *cell
	box.X += p.X.MM()
	box.Y += p.Y.MM()
	box.Width, box.Height = p.W.MM(), p.H.MM()
	provider.AddImageFromBytes(p.Image.Data, &box, &props.Rect{Percent: 100}, ext)
}
