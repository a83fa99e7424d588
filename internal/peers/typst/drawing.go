package typst

import (
	"fmt"
	"strings"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
)

// drawing writes a figure of paths and lines of type with Typst's own shapes.
func (w *writer) drawing(d *drawing.Drawing) {
	alt := strings.TrimSpace(strings.TrimSuffix(d.Title, ".") + ". " + d.Desc)
	w.markup("#drawing(%s, %s, %s)[\n", length(d.Width), length(d.Height), quote(alt))
	for _, m := range d.Marks {
		switch m := m.(type) {
		case *drawing.Path:
			w.path(m)
		case *drawing.Text:
			w.line(m)
		}
	}
	w.markup("]\n\n")
}

func (w *writer) path(p *drawing.Path) {
	look := fmt.Sprintf("fill: %s", paint(p.Fill, p.FillOpacity))
	if p.Stroke != "" && p.Width > 0 {
		look += fmt.Sprintf(", stroke: %s + %s", length(p.Width), paint(p.Stroke, p.StrokeOpacity))
	}
	if x, y, width, height, ok := rectangle(p.Ops); ok {
		w.markup("#place(dx: %s, dy: %s, rect(width: %s, height: %s, %s))\n", length(x), length(y), length(width), length(height), look)
		return
	}
	w.markup("#place(curve(%s", look)
	if p.EvenOdd {
		w.markup(", fill-rule: \"even-odd\"")
	}
	for _, o := range p.Ops {
		switch o.Op {
		case 'M':
			w.markup(", curve.move(%s)", point(o.P[0]))
		case 'L':
			w.markup(", curve.line(%s)", point(o.P[0]))
		case 'C':
			w.markup(", curve.cubic(%s, %s, %s)", point(o.P[0]), point(o.P[1]), point(o.P[2]))
		case 'Z':
			w.markup(", curve.close(mode: \"straight\")")
		}
	}
	w.markup("))\n")
}

// rectangle reports whether a path is a rectangle along the axes.
func rectangle(ops []drawing.Op) (x, y, width, height unit.Len, ok bool) {
	if len(ops) != 5 || ops[0].Op != 'M' || ops[4].Op != 'Z' {
		return
	}
	a, c := ops[0].P[0], ops[2].P[0]
	for i, o := range ops[1:4] {
		if o.Op != 'L' || o.P[0] != (drawing.Point{X: []unit.Len{c.X, c.X, a.X}[i], Y: []unit.Len{a.Y, c.Y, c.Y}[i]}) {
			return
		}
	}
	return min(a.X, c.X), min(a.Y, c.Y), max(a.X, c.X) - min(a.X, c.X), max(a.Y, c.Y) - min(a.Y, c.Y), true
}

func point(p drawing.Point) string { return fmt.Sprintf("(%s, %s)", length(p.X), length(p.Y)) }

func paint(c layouts.Color, opacity float64) string {
	switch {
	case c == "":
		return "none"
	case c == drawing.Ink:
		return "black"
	case opacity > 0 && opacity < 1:
		return fmt.Sprintf("rgb(%s).transparentize(%.3g%%)", quote(string(c)), 100*(1-opacity))
	}
	return fmt.Sprintf("rgb(%s)", quote(string(c)))
}

// line writes a line of type on its baseline.
func (w *writer) line(t *drawing.Text) {
	x, _, _, _ := t.Bounds()
	name := map[drawing.Use]string{drawing.Body: w.Layout.Fonts.Text, drawing.Heading: w.Layout.Fonts.Heading, drawing.Code: w.Layout.Fonts.Code}[t.Font.Use]
	style := "normal"
	if t.Font.Italic {
		style = "italic"
	}
	color := t.Color
	if color == "" {
		color = drawing.Ink
	}
	w.markup("#place(dx: %s, dy: %s, type-line(%s, %s, %d, %s, %s)[", length(x), length(t.Y),
		quote(name), length(t.Font.Size), max(t.Font.Weight, fonts.Regular), quote(style), paint(color, 0))
	id, inside := strings.CutPrefix(t.Link, "#")
	switch {
	case t.Link == "":
	case inside:
		w.markup("#link(label(%s))[", quote(id))
	default:
		w.markup("#link(%s)[", quote(t.Link))
	}
	w.text(t.String)
	if t.Link != "" {
		w.markup("]")
	}
	w.markup("])\n")
}
