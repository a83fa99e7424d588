package svg

import (
	"strings"
	"unicode/utf8"

	"github.com/evbook/evbook/render/drawing"
)

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

// typeSize is how large type is in the measure of a chunk's own coordinates: that of the page where it is level, else 1.
func (g *setting) typeSize(t *text) float64 {
	if t.level() {
		return g.k * t.m.scale()
	}
	return 1
}

func (t *text) level() bool { return t.m.level() && t.track == nil }

// fitting is how a chunk is made as long as it is to be.
type fitting struct {
	stretch float64 // of the letters
	space   float64 // behind each character, in units of the chunk
}

// narrowest and widest are how far letters are stretched before the space between them is.
const narrowest, widest = 0.75, 1.1

// fit measures the spans of a chunk: their widths when fitted, and their sum with the distances between them.
func (g *setting) fit(t *text) (widths []float64, sum float64, f fitting) {
	size := g.typeSize(t)
	widths = make([]float64, len(t.spans))
	natural, fixed, chars := 0.0, 0.0, 0
	for i := range t.spans {
		s := &t.spans[i]
		if s.text != "" {
			widths[i] = advance(g.s, s.text, s.font(size)) / size
			n := utf8.RuneCountInString(s.text)
			chars += n
			fixed += s.style.letters*float64(n) + s.style.words*float64(strings.Count(s.text, " "))
		}
		natural += widths[i]
		fixed += s.dx
	}
	f.stretch = 1
	if want := t.length - fixed; t.length > 0 && want > 0 && natural > 0 {
		f.stretch = want / natural
		if !t.glyphs {
			f.stretch = min(max(f.stretch, narrowest), widest)
		} else {
			f.stretch = min(max(f.stretch, 0.1), 10)
		}
		if chars > 1 {
			f.space = (want - natural*f.stretch) / float64(chars-1)
		}
	}
	for i := range t.spans {
		s := &t.spans[i]
		n := float64(utf8.RuneCountInString(s.text))
		widths[i] = widths[i]*f.stretch + n*(f.space+s.style.letters) + s.style.words*float64(strings.Count(s.text, " "))
		sum += widths[i] + s.dx
	}
	return widths, sum - f.space, f
}

// text sets the chunk: as lines of type, as outlines where they are not level or are painted with more than a colour.
func (g *setting) text(t *text) (out []drawing.Mark) {
	widths, sum, f := g.fit(t)
	if t.track != nil {
		return g.alongTrack(t, sum, f)
	}
	at := t.at
	switch t.anchor {
	case "middle":
		at.x -= sum / 2
	case "end":
		at.x -= sum
	}
	for i := range t.spans {
		s := &t.spans[i]
		at.x, at.y = at.x+s.dx, at.y+s.dy
		if s.text == "" || s.style.size <= 0 {
			continue
		}
		out = append(out, g.span(t, s, point{at.x, at.y + s.baseline}, widths[i], f)...)
		at.x += widths[i]
	}
	return out
}

// span sets a span whose baseline begins at base.
func (g *setting) span(t *text, s *textSpan, base point, width float64, f fitting) (out []drawing.Mark) {
	if s.fill == "" && s.stroke == "" {
		return nil
	}
	var stroke, fill []drawing.Mark
	m := t.m.mul(translate(base.x, base.y))
	if s.turn != 0 {
		m = m.mul(rotation(s.turn))
	}
	asType := t.level() && s.turn == 0 && !g.outlines && s.fill != "" && s.fillWith == nil && f.stretch > 0.3 && f.stretch < 3
	if !asType || s.stroke != "" {
		ops := g.outline(s, m, f)
		if s.stroke != "" {
			stroke = append(stroke, &drawing.Path{
				Ops: ops, Stroke: color(s.stroke), StrokeWith: g.paint(s.strokeWith), StrokeOpacity: s.strokeOpacity,
				Width: length(s.style.width * m.scale() * g.k), Miter: s.style.miter, Join: joinOf(s.style.join),
			})
		}
		if s.fill != "" && !asType {
			fill = append(fill, &drawing.Path{Ops: ops, Fill: color(s.fill), FillWith: g.paint(s.fillWith), FillOpacity: s.fillOpacity})
		}
	}
	if asType {
		fill = append(fill, g.line(t, s, base, width, f)...)
	}
	if s.style.underline || s.style.through {
		fill = append(fill, g.rules(s, m, width)...)
	}
	if s.style.strokeFirst {
		return append(stroke, fill...)
	}
	return append(fill, stroke...)
}

func joinOf(v string) drawing.Join {
	switch v {
	case "round":
		return drawing.RoundJoin
	case "bevel":
		return drawing.Bevel
	}
	return drawing.Mitre
}

// line sets a level span as a line of type.
func (g *setting) line(t *text, s *textSpan, base point, width float64, f fitting) []drawing.Mark {
	size := g.typeSize(t)
	font := s.font(size)
	spacing := f.space + s.style.letters
	// A line of type has no space at its ends.
	if lead := len(s.text) - len(strings.TrimLeft(s.text, " ")); lead > 0 {
		base.x += advance(g.s, s.text[:lead], font)/size*f.stretch + spacing*float64(lead)
	}
	str := strings.TrimSpace(s.text)
	if str == "" {
		return nil
	}
	q := t.m.apply(base)
	line := &drawing.Text{
		X: length(q.x * g.k), Y: length(q.y * g.k), Font: font, Color: color(s.fill), Opacity: s.fillOpacity, String: str,
		Width: length(width * size), RTL: s.style.rtl, Spacing: length(spacing * size),
	}
	if f.stretch != 1 {
		line.Stretch = f.stretch
	}
	if s.fillOpacity < 0.999 { // pages have no use for the opacity of type
		return []drawing.Mark{&drawing.Group{Marks: []drawing.Mark{line}, Opacity: s.fillOpacity}}
	}
	return []drawing.Mark{line}
}

// rules are the lines under and through a span.
func (g *setting) rules(s *textSpan, m matrix, width float64) (out []drawing.Mark) {
	c := s.fill
	if c == "" {
		c = s.stroke
	}
	for _, r := range []struct {
		on bool
		y  float64
	}{{s.style.underline, 0.11}, {s.style.through, -0.26}} {
		if r.on {
			steps := m.outline(rect(0, s.style.size*r.y, width, s.style.size*0.06, 0, 0))
			out = append(out, &drawing.Path{Ops: g.ops(steps), Fill: color(c), FillOpacity: max(s.fillOpacity, s.strokeOpacity)})
		}
	}
	return out
}

// advance is the width of text with the spaces at its ends, in points: a line of type is measured without.
func advance(s Setter, text string, f drawing.Font) float64 {
	const stop = "|"
	return s.Measure(stop+text+stop, f).Pt() - s.Measure(stop+stop, f).Pt()
}

// outline draws a span from the origin of m on, in points of the drawing.
func (g *setting) outline(s *textSpan, m matrix, f fitting) (ops []drawing.Op) {
	spacing := f.space + s.style.letters
	if spacing == 0 && s.style.words == 0 {
		return g.glyphs(s, s.text, m.mul(matrix{f.stretch, 0, 0, 1, 0, 0}))
	}
	x := 0.0
	for rest := s.text; rest != ""; {
		n := clusterLength(rest)
		ops = append(ops, g.glyphs(s, rest[:n], m.mul(matrix{f.stretch, 0, 0, 1, x, 0}))...)
		x += advance(g.s, rest[:n], s.font(1))*f.stretch + spacing
		if rest[0] == ' ' {
			x += s.style.words
		}
		rest = rest[n:]
	}
	return ops
}

// glyphs draws letters whose baseline begins at the origin of m.
func (g *setting) glyphs(s *textSpan, str string, m matrix) []drawing.Op {
	ops := g.s.Outlines(str, s.font(1))
	out := make([]drawing.Op, len(ops))
	for i, op := range ops {
		out[i].Op = op.Op
		for n := range op.P {
			q := m.apply(point{op.P[n].X.Pt(), op.P[n].Y.Pt()})
			out[i].P[n] = drawing.Point{X: length(q.x * g.k), Y: length(q.y * g.k)}
		}
	}
	return out
}
