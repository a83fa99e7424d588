package typeset

import (
	"cmp"
	"slices"
	"strings"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
)

// Artwork is a figure made of paths and lines of type, at its size on the page. Its element, a Figure with an alternative
// text, holds all of it; without one the figure is decoration.
type Artwork struct {
	leaf
	X, Y    unit.Len // of the figure's top left corner; Y below the top of the row
	Drawing *drawing.Drawing
	Elem    *Elem
	Kind    ArtifactKind // of decoration
	Clip    bool         // parts of the drawing reach beyond it and are not shown

	mirror unit.Len
	lines  []*Line // the figure's lines of type, in its order
}

// artwork sets the lines of a figure. Elem is given the figure's text alternative.
func (s *setter) artwork(d *drawing.Drawing, x unit.Len, elem *Elem) *Artwork {
	a := &Artwork{X: x, Drawing: d, Elem: elem}
	if elem != nil && elem.Alt == "" {
		elem.Alt = strings.TrimSpace(strings.TrimSuffix(d.Title, ".") + ". " + d.Desc)
		if d.Lang != s.lang {
			elem.Lang = d.Lang
		}
	}
	drawing.All(d.Marks, func(m drawing.Mark) {
		if t, ok := m.(*drawing.Text); ok {
			a.lines = append(a.lines, s.lineOf(t, elem))
		}
	})
	return a
}

// figureStyle is the style of a line of type in a figure.
func (e *engine) figureStyle(f drawing.Font) style {
	l := look{family: e.layout.Fonts.Text, weight: cmpOr(f.Weight, fonts.Regular), italic: f.Italic, size: f.Size, color: e.layout.Colors.Text}
	switch f.Use {
	case drawing.Heading:
		l.family = e.layout.Fonts.Heading
	case drawing.Code:
		l.family, l.code = e.layout.Fonts.Code, true
	}
	return style{look: l, leading: f.Size.Mul(1.2)}
}

// lineOf sets a line of type with its place in the figure.
func (s *setter) lineOf(t *drawing.Text, elem *Elem) *Line {
	st := s.figureStyle(t.Font)
	if t.Color != "" && t.Color != drawing.Ink {
		st.look.color = t.Color
	}
	line := &Line{Baseline: t.Y, Artifact: elem == nil, Kind: ArtifactLayout}
	var link *Link
	if t.Link != "" && elem != nil {
		link = &Link{Contents: t.String, Elem: elem.Child("Link")}
		if id, inside := strings.CutPrefix(t.Link, "#"); inside {
			link.To.Anchor = id
		} else {
			link.To.URL = t.Link
		}
	}
	parts, left, right := s.unbroken(t.String, st, t.RTL, elem)
	if t.Spacing != 0 || t.Stretch > 0 && t.Stretch != 1 {
		left, right = spread(parts, t)
	}
	at, _, _, _ := (&drawing.Text{X: t.X, Anchor: t.Anchor, Width: right - left}).Bounds()
	for _, p := range parts {
		p.X += at - left
		if p.Link = link; link != nil {
			p.Elem = link.Elem
		}
		line.Parts = append(line.Parts, p)
	}
	return line
}

// spread stretches and spaces the runs of a line as its text wants it, and returns its edges.
func spread(parts []Part, t *drawing.Text) (left, right unit.Len) {
	stretch := t.Stretch
	if stretch <= 0 {
		stretch = 1
	}
	x := unit.Len(0)
	order := make([]*Part, len(parts))
	for i := range parts {
		order[i] = &parts[i]
	}
	slices.SortStableFunc(order, func(a, b *Part) int { return cmp.Compare(a.X, b.X) })
	for i, p := range order {
		if i == 0 {
			x, left = p.X, p.X
		}
		run := *p.Run
		run.Glyphs = slices.Clone(run.Glyphs)
		run.Expand = (1+run.Expand)*stretch - 1
		for k := range run.Glyphs {
			g := &run.Glyphs[k]
			g.Advance, g.DX = g.Advance.Len().Mul(stretch).Short(), g.DX.Len().Mul(stretch).Short()
			if g.Text != "" {
				g.Advance += t.Spacing.Short()
			}
		}
		p.X, p.Run = x, &run
		x += run.Width()
	}
	return left, x - t.Spacing
}

// unbroken sets text in a single line and returns it with its left and right edges.
func (s *setter) unbroken(text string, st style, rtl bool, elem *Elem) (parts []Part, left, right unit.Len) {
	c := s.text(text, st, elem)
	c.dir = leftToRight
	if rtl {
		c.dir = rightToLeft
	}
	for _, l := range s.lines(c, 0, unit.Max/4) {
		parts = append(parts, l.line.Parts...)
	}
	for i, p := range parts {
		if i == 0 {
			left, right = p.X, p.X
		}
		left, right = min(left, p.X), max(right, p.X+p.Run.Width())
	}
	return parts, left, right
}

// Measure implements [drawing.Measurer]: the width of a line as the figure will be set. It shapes the text without making
// lines of it, for figures are measured a lot before they are set once.
func (e *engine) Measure(text string, f drawing.Font) unit.Len {
	l := e.figureStyle(f).look
	chain := e.faces.chain(&l)
	if text == "" || len(chain) == 0 {
		return 0
	}
	var w unit.Len
	for _, it := range shape.NewParagraph(text, false).Items(0, len(text), chain, e.faces.beyond(&l)) {
		glyphs := it.Font.Shape(text[it.Start:it.End], shape.Options{Lang: e.root.Lang, Script: it.Script, RTL: it.RTL(), Features: l.features(it.Font)})
		for i := range glyphs { // each rounded, as on the page
			w += scale(glyphs[i].Advance, f.Size, it.Font.UnitsPerEm())
		}
	}
	return w
}

// GetStructure describes the figure for page goldens.
func (a *Artwork) GetStructure() *node.Node[core.Structure] {
	d := map[string]any{"x": a.X.String(), "w": a.Drawing.Width.String(), "h": a.Drawing.Height.String(), "words": a.Drawing.Words()}
	if a.Elem != nil {
		d["alt"] = a.Elem.Alt
	}
	return structure("typeset.artwork", a.Drawing.Title, d)
}

// Render draws the figure. A provider without paths gets its words.
func (a *Artwork) Render(provider core.Provider, cell *entity.Cell) {
	box := *cell
	box.X += other(a.mirror, a.X, a.Drawing.Width).MM()
	box.Y += a.Y.MM()
	c, ok := provider.(Canvas)
	if !ok {
		for _, l := range a.lines {
			l.renderPlain(provider, &box)
		}
		return
	}
	x, y := origin(&box)
	if a.Elem != nil {
		a.Elem.BBox = &[4]unit.Len{x, y, a.Drawing.Width, a.Drawing.Height}
		c.Begin(a.Elem)
	} else {
		c.BeginArtifact(a.Kind)
	}
	if a.Clip {
		c.Clip(x, y, a.Drawing.Width, a.Drawing.Height)
	}
	a.marks(a.Drawing.Marks, 0, c, &box)
	if a.Clip {
		c.Unclip()
	}
	c.End()
}

// marks draws a list of marks; k is the number of lines of type before it, and behind it the result.
func (a *Artwork) marks(list []drawing.Mark, k int, c Canvas, box *entity.Cell) int {
	x, y := origin(box)
	for _, m := range list {
		switch m := m.(type) {
		case *drawing.Path:
			c.DrawPath(x, y, m)
		case *drawing.Picture:
			c.DrawPicture(x, y, m)
		case *drawing.Text:
			a.lines[k].Kind = a.Kind
			a.lines[k].Render(c, box)
			k++
		case *drawing.Group:
			c.BeginGroup(x, y, m)
			k = a.marks(m.Marks, k, c, box)
			c.EndGroup()
		}
	}
	return k
}
