package drawing

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/evbook/evbook/layouts"
)

// def opens an element with an id of its own, which it returns.
func (w *svgWriter) def(element string) string {
	w.defs++
	id := w.id + "-" + strconv.Itoa(w.defs)
	w.raw("<" + element)
	w.attr("id", id)
	return id
}

// paint defines a paint and returns what refers to it; without one that is the colour.
func (w *svgWriter) paint(p Paint, c layouts.Color) string {
	var id string
	switch p := p.(type) {
	case *Gradient:
		id = w.gradient(p)
	case *Tiling:
		id = w.tiling(p)
	default:
		return string(c)
	}
	return "url(#" + id + ") " + string(c)
}

func (w *svgWriter) gradient(g *Gradient) (id string) {
	element := "linearGradient"
	if g.Radial {
		element = "radialGradient"
	}
	id = w.def(element)
	w.attr("gradientUnits", "userSpaceOnUse")
	if g.Radial {
		w.attr("cx", "0")
		w.attr("cy", "0")
		w.attr("r", "1")
		w.attr("fx", fine(g.FX))
		w.attr("fy", fine(g.FY))
		if g.FR > 0 { // of SVG 2; earlier readers take a point
			w.attr("fr", fine(g.FR))
		}
	} else {
		w.attr("x1", "0")
		w.attr("x2", "1")
	}
	w.attr("gradientTransform", g.Matrix.String())
	w.raw(">")
	for _, s := range g.Stops {
		w.raw("<stop")
		w.attr("offset", fine(s.At))
		w.attr("stop-color", string(s.Color))
		if s.Opacity < 1 {
			w.attr("stop-opacity", decimal(s.Opacity))
		}
		w.raw("/>")
	}
	w.raw("</" + element + ">\n")
	return id
}

func (w *svgWriter) tiling(t *Tiling) (id string) {
	inner := svgWriter{id: w.id, defs: w.defs + 1}
	inner.marks(t.Marks)
	id = w.def("pattern")
	w.defs = inner.defs
	w.attr("patternUnits", "userSpaceOnUse")
	w.attr("width", number(t.Width))
	w.attr("height", number(t.Height))
	w.attr("patternTransform", t.Matrix.String())
	w.raw(">\n" + inner.b.String() + "</pattern>\n")
	return id
}

func (w *svgWriter) picture(p *Picture) {
	w.raw(`<image width="1" height="1" preserveAspectRatio="none"`)
	w.attr("transform", p.Matrix.String())
	w.attr("xlink:href", "data:image/"+p.Bitmap.Format+";base64,"+base64.StdEncoding.EncodeToString(p.Bitmap.Data))
	w.raw("/>\n")
}

// group writes a group as an element for each of its clips, the innermost of which is transparent, masked and blended.
func (w *svgWriter) group(g *Group) {
	open := 1
	for _, c := range g.Clips {
		id := w.def("clipPath")
		w.raw("><path")
		w.attr("d", pathData(c.Ops))
		if c.EvenOdd {
			w.attr("clip-rule", "evenodd")
		}
		w.raw("/></clipPath>\n<g")
		w.attr("clip-path", "url(#"+id+")")
		w.raw(">\n")
		open++
	}
	mask := ""
	if g.Mask != nil {
		mask = w.mask(g)
	}
	w.raw("<g")
	if mask != "" {
		w.attr("mask", "url(#"+mask+")")
	}
	w.opacity("opacity", g.Opacity)
	if g.Blend != "" {
		w.attr("style", "mix-blend-mode:"+cssBlend(g.Blend))
	}
	w.raw(">\n")
	w.marks(g.Marks)
	w.raw(strings.Repeat("</g>", open) + "\n")
}

func (w *svgWriter) mask(g *Group) (id string) {
	b := g.Bounds()
	if b.Empty() {
		b = Box{}
	}
	id = w.def("mask")
	w.attr("maskUnits", "userSpaceOnUse")
	w.attr("x", number(b.Left))
	w.attr("y", number(b.Top))
	w.attr("width", number(b.Right-b.Left))
	w.attr("height", number(b.Bottom-b.Top))
	if g.Mask.Alpha {
		w.attr("style", "mask-type:alpha")
	}
	w.raw(">\n")
	w.marks(g.Mask.Marks)
	w.raw("</mask>\n")
	return id
}

// cssBlend spells a blend mode as CSS does: ColorDodge is color-dodge.
func cssBlend(b Blend) string {
	var out strings.Builder
	for i, r := range string(b) {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				out.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// String is the matrix in the notation of SVG.
func (m Matrix) String() string {
	list := make([]string, len(m))
	for i, v := range m {
		list[i] = fine(v)
	}
	return "matrix(" + strings.Join(list, " ") + ")"
}

// fine writes a number with at most five places.
func fine(f float64) string {
	s := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(f, 'f', 5, 64), "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}
