package drawing

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// SVG returns the figure as an svg element of SVG 1.1 that stands in an XML document or is one. A point of the drawing is a
// unit of the element's coordinates. Text stays text, in the reader's typefaces, and takes the width that it was measured
// with. The element is an image to assistive technology, named by its title and described by its description, or a group where the figure
// has links. Its ids begin with id, which must be a name of its own in the document.
//
// link turns the target of a link within the book into an address; with nil, or for "", the text is no link.
func (d *Drawing) SVG(id string, link func(target string) string) string {
	w := svgWriter{link: link, id: id}
	role, refers := "img", false
	All(d.Marks, func(m Mark) {
		if m, ok := m.(*Text); ok && w.href(m) != "" {
			role = "group"
		}
	})
	Bitmaps(d.Marks, func(*Bitmap) { refers = true })
	w.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	if role == "group" || refers {
		w.raw(` xmlns:xlink="http://www.w3.org/1999/xlink"`)
	}
	w.attr("viewBox", "0 0 "+number(d.Width)+" "+number(d.Height))
	w.attr("width", number(d.Width))
	w.attr("height", number(d.Height))
	w.attr("role", role)
	if d.Lang != "" {
		w.attr("xml:lang", d.Lang)
	}
	if d.Title != "" {
		w.attr("aria-labelledby", id+"-title")
	}
	if d.Desc != "" {
		w.attr("aria-describedby", id+"-desc")
	}
	w.raw(">\n")
	for _, e := range []struct{ name, text string }{{"title", d.Title}, {"desc", d.Desc}} {
		if e.text != "" {
			w.raw("<" + e.name)
			w.attr("id", id+"-"+e.name)
			w.raw(">")
			w.text(e.text)
			w.raw("</" + e.name + ">\n")
		}
	}
	w.marks(d.Marks)
	w.raw("</svg>")
	return w.b.String()
}

// File returns the figure as an SVG file.
func (d *Drawing) File(id string) []byte {
	return []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + d.SVG(id, nil) + "\n")
}

type svgWriter struct {
	b    strings.Builder
	link func(string) string
	id   string // what ids begin with
	defs int    // how many things were given ids
}

func (w *svgWriter) marks(marks []Mark) {
	for _, m := range marks {
		switch m := m.(type) {
		case *Path:
			w.path(m)
		case *Text:
			w.line(m)
		case *Picture:
			w.picture(m)
		case *Group:
			w.group(m)
		}
	}
}

func (w *svgWriter) raw(s string) { w.b.WriteString(s) }

var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	escapeAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;")
)

func (w *svgWriter) text(s string) { w.raw(escapeText.Replace(legal(s))) }

func (w *svgWriter) attr(name, value string) {
	w.raw(" " + name + `="` + escapeAttr.Replace(legal(value)) + `"`)
}

// legal leaves out what XML 1.0 (§2.2) does not allow in a document.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r >= ' ' && r <= 0xD7FF, r >= 0xE000 && r <= 0xFFFD, r >= 0x10000:
			return r
		}
		return -1
	}, s)
}

func (w *svgWriter) path(p *Path) {
	if len(p.Ops) == 0 || p.Fill == "" && p.Stroke == "" {
		return
	}
	if inv, ok := p.Pen.Inverse(); ok && p.Stroke != "" { // the stroke is drawn in coordinates of its own
		fill, stroke := *p, *p
		fill.Stroke, fill.StrokeWith = "", nil
		stroke.Fill, stroke.FillWith, stroke.StrokeWith, stroke.Pen = "", nil, nil, Matrix{}
		stroke.Ops = slices.Clone(p.Ops)
		for i := range stroke.Ops {
			for k, q := range stroke.Ops[i].P {
				x, y := q.X.Pt(), q.Y.Pt()
				stroke.Ops[i].P[k] = Point{unit.FromPt(inv[0]*x + inv[2]*y), unit.FromPt(inv[1]*x + inv[3]*y)}
			}
		}
		w.path(&fill)
		w.raw("<g")
		w.attr("transform", Matrix{p.Pen[0], p.Pen[1], p.Pen[2], p.Pen[3], 0, 0}.String())
		w.raw(">")
		w.path(&stroke)
		w.raw("</g>\n")
		return
	}
	fill, stroke := w.paint(p.FillWith, p.Fill), w.paint(p.StrokeWith, p.Stroke)
	w.raw("<path")
	w.attr("d", pathData(p.Ops))
	w.attr("fill", cmp.Or(fill, "none"))
	if p.Fill != "" {
		w.opacity("fill-opacity", p.FillOpacity)
		if p.EvenOdd {
			w.attr("fill-rule", "evenodd")
		}
	}
	if p.Stroke != "" {
		w.stroke(p, stroke)
	}
	w.raw("/>\n")
}

func (w *svgWriter) stroke(p *Path, paint string) {
	w.attr("stroke", paint)
	w.attr("stroke-width", number(p.Width))
	w.opacity("stroke-opacity", p.StrokeOpacity)
	if p.Cap != Butt {
		w.attr("stroke-linecap", []string{"butt", "round", "square"}[p.Cap])
	}
	switch {
	case p.Join != Mitre:
		w.attr("stroke-linejoin", []string{"miter", "round", "bevel"}[p.Join])
	case p.miter() != 4: // which is SVG's default
		w.attr("stroke-miterlimit", decimal(p.miter()))
	}
	if len(p.Dash) > 0 {
		var list []string
		for _, l := range p.Dash {
			list = append(list, number(l))
		}
		w.attr("stroke-dasharray", strings.Join(list, " "))
		if p.DashOffset != 0 {
			w.attr("stroke-dashoffset", number(p.DashOffset))
		}
	}
}

func (w *svgWriter) opacity(name string, v float64) {
	if v > 0 && v < 1 {
		w.attr(name, decimal(v))
	}
}

// miter returns the limit of mitred joins.
func (p *Path) miter() float64 { return cmp.Or(p.Miter, 10) }

func (w *svgWriter) href(t *Text) string {
	target, inside := strings.CutPrefix(t.Link, "#")
	if !inside {
		return t.Link
	}
	if w.link == nil {
		return ""
	}
	return w.link(target)
}

// The generic families of uses: a reading system has its own idea of them, and the reader may have, too.
var generic = [...]string{Body: "serif", Heading: "sans-serif", Code: "monospace"}

func (w *svgWriter) line(t *Text) {
	href := w.href(t)
	if href != "" {
		w.raw("<a")
		w.attr("xlink:href", href)
		w.raw(">")
	}
	w.raw("<text")
	w.attr("x", number(t.X))
	w.attr("y", number(t.Y))
	w.attr("font-family", generic[t.Font.Use])
	w.attr("font-size", number(t.Font.Size))
	if t.Font.Weight > 400 {
		w.attr("font-weight", strconv.Itoa(t.Font.Weight))
	}
	if t.Font.Italic {
		w.attr("font-style", "italic")
	}
	w.attr("fill", string(cmp.Or(t.Color, layouts.Color(Ink))))
	w.opacity("fill-opacity", t.Opacity)
	anchor := t.Anchor
	if t.RTL { // the start of such a line is on the right
		anchor = Right - anchor
		w.attr("direction", "rtl")
	}
	if anchor != Left {
		w.attr("text-anchor", [...]string{"start", "middle", "end"}[anchor])
	}
	if t.Width > 0 {
		w.attr("textLength", number(t.Width))
		w.attr("lengthAdjust", "spacingAndGlyphs")
	}
	w.raw(">")
	w.text(t.String)
	w.raw("</text>")
	if href != "" {
		w.raw("</a>")
	}
	w.raw("\n")
}

func pathData(ops []Op) string {
	var b strings.Builder
	for _, op := range ops {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(op.Op)
		n := map[byte]int{'M': 1, 'L': 1, 'C': 3}[op.Op]
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(number(op.P[i].X) + " " + number(op.P[i].Y))
		}
	}
	return b.String()
}

// number writes a length in points, rounded to hundredths.
func number(l unit.Len) string {
	sign := ""
	if l < 0 {
		sign, l = "-", -l
	}
	h := (int64(l)*100 + int64(unit.Pt)/2) / int64(unit.Pt)
	s := strconv.FormatInt(h/100, 10)
	if f := h % 100; f != 0 {
		s += strings.TrimRight("."+strconv.FormatInt(100+f, 10)[1:], "0")
	}
	if s == "0" {
		return s
	}
	return sign + s
}

// decimal writes a number with at most three places.
func decimal(f float64) string {
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(f, 'f', 3, 64), "0"), ".")
}
