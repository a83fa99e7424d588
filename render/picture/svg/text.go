package svg

import (
	"strings"

	"github.com/evbook/evbook/render/drawing"
)

// text is a run of lines of type that follow each other from an anchored point: a text chunk (§10.5).
type text struct {
	m      matrix // to pixels of the picture
	at     point
	anchor string
	spans  []textSpan
}

// textSpan is a piece of one look.
type textSpan struct {
	text     string
	style    style
	color    string
	opacity  float64
	dx, dy   float64
	baseline float64 // how far it is lowered for its baseline property
}

// texter collects the chunks of a text element.
type texter struct {
	p      *painter
	m      matrix
	chunks []*text
	space  bool // the text so far ends in a space
	keep   bool // spaces are kept as they are
}

// text draws a text element.
func (p *painter) text(e *element, m matrix, st style) {
	t := &texter{p: p, m: m, space: true}
	t.chunks = append(t.chunks, &text{m: m, anchor: st.anchor})
	t.element(e, st, 0)
	for _, c := range t.chunks {
		if n := len(c.spans); n > 0 {
			c.spans[n-1].text = strings.TrimRight(c.spans[n-1].text, " ")
		}
		for i := 0; i < len(c.spans); {
			if c.spans[i].text == "" && c.spans[i].dx == 0 && c.spans[i].dy == 0 {
				c.spans = append(c.spans[:i], c.spans[i+1:]...)
				continue
			}
			i++
		}
		if len(c.spans) > 0 {
			p.marks = append(p.marks, mark{text: c})
		}
	}
}

// element adds the text of an element whose style is st.
func (t *texter) element(e *element, st style, depth int) {
	if depth > maxDepth {
		return
	}
	keep := t.keep
	if v := e.attrs["xml:space"]; v != "" {
		t.keep = v == "preserve"
	}
	xs, ys := t.list(e, "x", st, t.p.view.x), t.list(e, "y", st, t.p.view.y)
	dx, dy := t.list(e, "dx", st, t.p.view.x), t.list(e, "dy", st, t.p.view.y)
	last := t.chunks[len(t.chunks)-1]
	if len(xs) > 0 || len(ys) > 0 && len(last.spans) > 0 {
		last = t.chunk(last, st)
	}
	if len(xs) > 0 {
		last.at.x = xs[0]
	}
	if len(ys) > 0 {
		last.at.y = ys[0]
	}
	if len(dx) > 0 || len(dy) > 0 {
		s := textSpan{style: st}
		if len(dx) > 0 {
			s.dx = dx[0]
		}
		if len(dy) > 0 {
			s.dy = dy[0]
		}
		last.spans = append(last.spans, s)
	}
	for _, c := range e.children {
		switch c.name {
		case "":
			t.add(c.text, st, xs)
			xs = nil
		case "tspan", "a":
			props := t.p.own(c)
			if props["display"] != "none" {
				inner := st.inherit(props)
				if inner.baseline == "" {
					inner.baseline = st.baseline
				}
				t.element(c, inner, depth+1)
			}
		case "title", "desc":
		default:
			t.p.lost[c.name] = true
			t.add(c.content(), st, nil)
		}
	}
	t.keep = keep
}

// list reads a list of lengths.
func (t *texter) list(e *element, name string, st style, whole float64) (out []float64) {
	for _, f := range strings.FieldsFunc(e.attrs[name], isSeparator) {
		n, ok := lengthOf(f, st.size, whole)
		if !ok {
			break
		}
		out = append(out, n)
	}
	return out
}

// chunk begins a new chunk where the last one ends in height.
func (t *texter) chunk(last *text, st style) *text {
	c := &text{m: t.m, at: last.at, anchor: st.anchor}
	for _, s := range last.spans {
		c.at.y += s.dy
	}
	t.chunks = append(t.chunks, c)
	t.space = true
	return c
}

// add appends text. With several places each character has its own until they are used up.
func (t *texter) add(s string, st style, xs []float64) {
	if st.hidden {
		return
	}
	s = t.collapse(s)
	if len(xs) > 1 {
		runes := []rune(s)
		for i := 1; i < len(xs) && len(runes) > 1; i++ {
			t.span(string(runes[:1]), st)
			runes = runes[1:]
			c := t.chunk(t.chunks[len(t.chunks)-1], st)
			c.at.x = xs[i]
		}
		s = string(runes)
	}
	t.span(s, st)
}

func (t *texter) span(s string, st style) {
	if s == "" {
		return
	}
	c := t.chunks[len(t.chunks)-1]
	if len(c.spans) == 0 {
		c.anchor = st.anchor
	}
	col, opacity := t.p.paint(st.fill, st, st.fillOpacity)
	if col == "" {
		if col, opacity = t.p.paint(st.stroke, st, st.strokeOpacity); col == "" {
			return
		}
	}
	lower := 0.0
	switch st.baseline {
	case "middle", "central":
		lower = st.size * 0.32
	case "hanging", "text-before-edge", "before-edge", "text-top":
		lower = st.size * 0.74
	case "text-after-edge", "after-edge", "ideographic", "text-bottom":
		lower = -st.size * 0.22
	}
	c.spans = append(c.spans, textSpan{text: s, style: st, color: col, opacity: opacity, baseline: lower})
}

// collapse makes one space of several (§10.15).
func (t *texter) collapse(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' || r == '\r' {
			r = ' '
		}
		if r == ' ' && t.space && !t.keep {
			continue
		}
		t.space = r == ' '
		if r >= ' ' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// font chooses a typeface of the book for a span.
func (s *textSpan) font(k float64) drawing.Font {
	f := drawing.Font{Use: drawing.Heading, Size: length(s.style.size * k), Italic: s.style.italic}
	switch w := s.style.weight; {
	case w >= 650:
		f.Weight = 700
	case w >= 550:
		f.Weight = 600
	default:
		f.Weight = 400
	}
	switch family := strings.ToLower(s.style.family); {
	case strings.Contains(family, "mono") || strings.Contains(family, "courier") || strings.Contains(family, "consol") || strings.Contains(family, "menlo"):
		f.Use = drawing.Code
	case strings.Contains(family, "sans"):
	case strings.Contains(family, "serif") || strings.Contains(family, "times") || strings.Contains(family, "georgia") || strings.Contains(family, "roman"):
		f.Use = drawing.Body
	}
	return f
}

// marks sets the chunk at k points a pixel: as lines of type, as outlines where they are not level.
func (t *text) marks(k float64, s Setter) []drawing.Mark {
	level := t.m.level()
	size := 1.0 // of type, in units of the chunk
	if level {
		size = k * t.m.scale()
	}
	widths, sum := make([]float64, len(t.spans)), 0.0
	for i := range t.spans {
		if t.spans[i].text != "" {
			widths[i] = advance(s, t.spans[i].text, t.spans[i].font(size)) / size
		}
		sum += widths[i] + t.spans[i].dx
	}
	at := t.at
	switch t.anchor {
	case "middle":
		at.x -= sum / 2
	case "end":
		at.x -= sum
	}
	var out []drawing.Mark
	for i := range t.spans {
		sp := &t.spans[i]
		at.x, at.y = at.x+sp.dx, at.y+sp.dy
		if sp.text == "" || sp.style.size <= 0 {
			continue
		}
		base := point{at.x, at.y + sp.baseline}
		if q := t.m.apply(base); level {
			// A line of type has no space at its ends.
			lead := len(sp.text) - len(strings.TrimLeft(sp.text, " "))
			if lead > 0 {
				q = t.m.apply(point{base.x + advance(s, sp.text[:lead], sp.font(size))/size, base.y})
			}
			if line := strings.TrimSpace(sp.text); line != "" {
				out = append(out, &drawing.Text{
					X: length(q.x * k), Y: length(q.y * k), Font: sp.font(size), Color: color(sp.color), Opacity: sp.opacity, String: line,
					Width: length(widths[i] * size), RTL: sp.style.rtl,
				})
			}
		} else {
			out = append(out, t.tilted(sp, base, k, s))
		}
		at.x += widths[i]
	}
	return out
}

// advance is the width of text with the spaces at its ends, in points: a line of type is measured without.
func advance(s Setter, text string, f drawing.Font) float64 {
	const stop = "|"
	return s.Measure(stop+text+stop, f).Pt() - s.Measure(stop+stop, f).Pt()
}

// tilted sets a span as outlines.
func (t *text) tilted(sp *textSpan, base point, k float64, s Setter) drawing.Mark {
	d := &drawing.Path{Fill: color(sp.color), FillOpacity: sp.opacity}
	move := func(p drawing.Point) drawing.Point {
		q := t.m.apply(point{base.x + p.X.Pt(), base.y + p.Y.Pt()})
		return drawing.Point{X: length(q.x * k), Y: length(q.y * k)}
	}
	for _, op := range s.Outlines(sp.text, sp.font(1)) {
		for i := range op.P {
			op.P[i] = move(op.P[i])
		}
		d.Ops = append(d.Ops, op)
	}
	return d
}
