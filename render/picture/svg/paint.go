package svg

import (
	"math"
	"slices"
	"strings"

	"github.com/evbook/evbook/layouts"
)

// painter turns a tree into marks.
type painter struct {
	root  *element
	rules *sheet
	ids   map[string]*element
	marks []mark
	lost  map[string]bool

	view    point      // width and height of the view box, which percentages are of
	using   []*element // referenced elements that are being drawn
	steps   int
	visits  int
	tooMuch bool
}

func (p *painter) index(e *element) {
	if id := e.attrs["id"]; id != "" && p.ids[id] == nil {
		p.ids[id] = e
	}
	for _, c := range e.children {
		p.index(c)
	}
}

// picture draws the tree.
func (p *painter) picture() *Picture {
	e := p.root
	pic := &Picture{}
	if t := e.first("title"); t != nil {
		pic.Title = strings.Join(strings.Fields(t.content()), " ")
	}
	if d := e.first("desc"); d != nil {
		pic.Desc = strings.Join(strings.Fields(d.content()), " ")
	}
	box, hasBox := viewBox(e)
	// Without a size the view box is one; without that it is that of a frame in a page (CSS 2.1 §10.3.2).
	w, okW := sizeOf(e.attrs["width"])
	h, okH := sizeOf(e.attrs["height"])
	switch {
	case hasBox && okW && !okH:
		h = w * box[3] / box[2]
	case hasBox && okH && !okW:
		w = h * box[2] / box[3]
	case hasBox && !okW:
		w, h = box[2], box[3]
	case !okW || !okH:
		if !okW {
			w = 300
		}
		if !okH {
			h = 150
		}
	}
	pic.Width, pic.Height = min(max(w, 1), maxNumber), min(max(h, 1), maxNumber)
	m := identity
	p.view = point{pic.Width, pic.Height}
	if hasBox {
		m = fitBox(box, pic.Width, pic.Height, e.attrs["preserveAspectRatio"])
		p.view = point{box[2], box[3]}
	}
	st := rootStyle().inherit(p.own(e))
	p.children(e, m, st)
	for _, k := range p.marks {
		inside, over := true, k.text != nil // of text the size is not known yet
		if k.path != nil {
			lo, hi := bounds(k.path.steps)
			w := k.path.width / 2
			if k.path.stroke == "" {
				w = 0
			}
			inside = hi.x+w > 0 && hi.y+w > 0 && lo.x-w < pic.Width && lo.y-w < pic.Height
			over = lo.x-w < -0.5 || lo.y-w < -0.5 || hi.x+w > pic.Width+0.5 || hi.y+w > pic.Height+0.5
		} else if at := k.text.m.apply(k.text.at); at.x < -pic.Width || at.x > 2*pic.Width || at.y < -pic.Height || at.y > 2*pic.Height {
			inside = false
		} else {
			over = at.x < 0 || at.y < 0 || at.x > pic.Width || at.y > pic.Height
		}
		if inside {
			pic.marks = append(pic.marks, k)
			pic.Overflows = pic.Overflows || over
		}
	}
	return pic
}

// sizeOf reads a width or height of the picture; a percentage is none.
func sizeOf(v string) (float64, bool) {
	if strings.HasSuffix(strings.TrimSpace(v), "%") {
		return 0, false
	}
	f, ok := lengthOf(v, 16, 0)
	return f, ok && f > 0
}

func viewBox(e *element) (box [4]float64, ok bool) {
	n := numbers(e.attrs["viewBox"])
	if len(n) != 4 || n[2] <= 0 || n[3] <= 0 {
		return box, false
	}
	return [4]float64(n), true
}

// fitBox brings a view box into a frame (§7.8).
func fitBox(box [4]float64, w, h float64, aspect string) matrix {
	sx, sy := w/box[2], h/box[3]
	fields := strings.Fields(strings.TrimPrefix(aspect, "defer"))
	if len(fields) > 0 && fields[0] == "none" {
		return matrix{sx, 0, 0, sy, -box[0] * sx, -box[1] * sy}
	}
	s := min(sx, sy)
	if len(fields) > 1 && fields[1] == "slice" {
		s = max(sx, sy)
	}
	ax, ay := 0.5, 0.5
	if len(fields) > 0 {
		for part, v := range map[string]*float64{"xMin": &ax, "YMin": &ay} {
			if strings.Contains(fields[0], part) {
				*v = 0
			}
		}
		for part, v := range map[string]*float64{"xMax": &ax, "YMax": &ay} {
			if strings.Contains(fields[0], part) {
				*v = 1
			}
		}
	}
	return matrix{s, 0, 0, s, (w-box[2]*s)*ax - box[0]*s, (h-box[3]*s)*ay - box[1]*s}
}

func (p *painter) children(e *element, m matrix, st style) {
	for _, c := range e.children {
		p.element(c, m, st)
	}
}

// unseen are elements that paint nothing where they stand.
var unseen = map[string]bool{
	"": true, "defs": true, "symbol": true, "style": true, "title": true, "desc": true, "metadata": true, "clipPath": true, "mask": true,
	"marker": true, "pattern": true, "linearGradient": true, "radialGradient": true, "filter": true, "solidColor": true, "hatch": true,
	"view": true, "cursor": true, "font": true, "font-face": true,
}

// element draws an element.
func (p *painter) element(e *element, m matrix, st style) {
	if p.visits++; p.visits > maxMarks || len(p.marks) >= maxMarks || p.steps >= maxSteps {
		p.tooMuch = true
		return
	}
	if unseen[e.name] {
		return
	}
	props := p.own(e)
	if props["display"] == "none" {
		return
	}
	st = st.inherit(props)
	for _, name := range []string{"filter", "mask", "clip-path"} {
		if v := props[name]; v != "" && v != "none" && !(name == "clip-path" && p.clipsNothing(v)) {
			p.lost[name] = true
		}
	}
	if v := e.attrs["transform"]; v != "" {
		m = m.mul(transform(v))
	}
	switch e.name {
	case "g", "a":
		p.children(e, m, st)
	case "switch":
		for _, c := range e.children {
			if c.name != "" && c.name != "foreignObject" && c.attrs["requiredFeatures"] == "" && c.attrs["requiredExtensions"] == "" {
				p.element(c, m, st)
				break
			}
		}
	case "svg":
		w, h := p.length(e, "width", p.view.x, p.view.x), p.length(e, "height", p.view.y, p.view.y)
		p.frame(e, m.mul(translate(p.length(e, "x", 0, p.view.x), p.length(e, "y", 0, p.view.y))), st, w, h)
	case "use":
		p.use(e, m, st)
	case "text":
		p.text(e, m, st)
	case "script", "animate", "animateTransform", "animateMotion", "animateColor", "set":
		p.lost[e.name] = true
	default:
		steps, known := p.outline(e, st)
		if !known {
			p.lost[e.name] = true
			return
		}
		p.shape(steps, m, st)
		if e.name != "rect" && e.name != "circle" && e.name != "ellipse" {
			p.markers(steps, m, st)
		}
	}
}

// clipsNothing reports whether a clip is one of those that programs put around everything: a rectangle as large as the view box.
func (p *painter) clipsNothing(v string) bool {
	c := p.reference(v)
	if c == nil || c.name != "clipPath" || c.attrs["clipPathUnits"] == "objectBoundingBox" {
		return false
	}
	var shapes []*element
	for _, e := range c.children {
		if e.name != "" {
			shapes = append(shapes, e)
		}
	}
	if len(shapes) != 1 || shapes[0].attrs["transform"] != "" {
		return false
	}
	steps, ok := p.outline(shapes[0], rootStyle())
	if !ok || len(steps) < 4 {
		return false
	}
	lo, hi := bounds(steps)
	return shapes[0].name == "rect" && lo.x <= 0.5 && lo.y <= 0.5 && hi.x >= p.view.x-0.5 && hi.y >= p.view.y-0.5
}

func bounds(steps []step) (lo, hi point) {
	lo, hi = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for i := range steps {
		for _, q := range steps[i].p[:steps[i].points()] {
			lo, hi = point{min(lo.x, q.x), min(lo.y, q.y)}, point{max(hi.x, q.x), max(hi.y, q.y)}
		}
	}
	return lo, hi
}

// frame draws what stands in a frame of its own with a view box.
func (p *painter) frame(e *element, m matrix, st style, w, h float64) {
	was := p.view
	if box, ok := viewBox(e); ok && w > 0 && h > 0 {
		m = m.mul(fitBox(box, w, h, e.attrs["preserveAspectRatio"]))
		p.view = point{box[2], box[3]}
	}
	p.children(e, m, st)
	p.view = was
}

// reference finds what "#id" or "url(#id)" names.
func (p *painter) reference(v string) *element {
	v = strings.TrimSpace(v)
	if rest, ok := strings.CutPrefix(v, "url("); ok {
		v, _, _ = strings.Cut(rest, ")")
		v = strings.Trim(v, `"' `)
	}
	id, ok := strings.CutPrefix(v, "#")
	if !ok {
		return nil
	}
	return p.ids[id]
}

// use draws another element here (§5.6).
func (p *painter) use(e *element, m matrix, st style) {
	to := p.reference(e.attrs["href"])
	if to == nil {
		p.lost["use of another file"] = true
		return
	}
	if len(p.using) >= maxUses || slices.Contains(p.using, to) {
		p.lost["use in a circle"] = true
		return
	}
	p.using = append(p.using, to)
	defer func() { p.using = p.using[:len(p.using)-1] }()
	m = m.mul(translate(p.length(e, "x", 0, p.view.x), p.length(e, "y", 0, p.view.y)))
	if to.name != "symbol" && to.name != "svg" {
		p.element(to, m, st)
		return
	}
	w, h := p.length(e, "width", p.length(to, "width", p.view.x, p.view.x), p.view.x), p.length(e, "height", p.length(to, "height", p.view.y, p.view.y), p.view.y)
	st = st.inherit(p.own(to))
	p.frame(to, m, st, w, h)
}

// length reads a length of an attribute.
func (p *painter) length(e *element, name string, or, whole float64) float64 {
	if f, ok := lengthOf(e.attrs[name], 16, whole); ok {
		return f
	}
	return or
}

// shape paints an outline.
func (p *painter) shape(steps []step, m matrix, st style) {
	if st.hidden || len(steps) == 0 || st.opacity <= 0 {
		return
	}
	out := path{
		evenOdd: st.evenOdd, cap: st.cap, join: st.join, miter: st.miter, width: st.width * m.scale(), dashOffset: st.dashOffset * m.scale(),
	}
	out.fill, out.fillOpacity = p.paint(st.fill, st, st.fillOpacity)
	out.stroke, out.strokeOpacity = p.paint(st.stroke, st, st.strokeOpacity)
	if out.width <= 0 {
		out.stroke = ""
	}
	if out.fill == "" && out.stroke == "" {
		return
	}
	for _, d := range st.dash {
		out.dash = append(out.dash, d*m.scale())
	}
	out.steps = make([]step, len(steps))
	for i := range steps {
		out.steps[i].op = steps[i].op
		for n := range steps[i].points() {
			out.steps[i].p[n] = m.apply(steps[i].p[n])
		}
	}
	p.steps += len(steps)
	p.marks = append(p.marks, mark{path: &out})
}

// color is the layouts' form of a colour.
func color(c string) layouts.Color { return layouts.Color(c) }

// paint finds the colour of a paint and its opacity; "" is none. A gradient has the mean of its colours.
func (p *painter) paint(v string, st style, opacity float64) (string, float64) {
	opacity *= st.opacity
	if rest, ok := strings.CutPrefix(strings.TrimSpace(v), "url("); ok {
		server := p.reference(v)
		_, fallback, _ := strings.Cut(rest, ")")
		if server != nil && strings.HasSuffix(server.name, "Gradient") {
			c, alpha, ok := p.gradient(server, st, 0)
			if ok {
				p.lost["gradient"] = true
				return visible(string(c), alpha*opacity)
			}
		} else {
			p.lost["pattern"] = true
		}
		if v = strings.TrimSpace(fallback); v == "" {
			return "", 0
		}
	}
	if strings.EqualFold(v, "currentColor") {
		v = st.color
	}
	c, alpha, ok := colorOf(v)
	if !ok {
		p.lost["colour "+v] = true
		return "", 0
	}
	return visible(string(c), alpha*opacity)
}

// visible drops what is wholly transparent.
func visible(c string, opacity float64) (string, float64) {
	if c == "" || opacity < 0.002 {
		return "", 0
	}
	return c, min(opacity, 1)
}

// gradient is the mean colour of a gradient, each stop counting for as much of the way as is nearest to it.
func (p *painter) gradient(e *element, st style, depth int) (c layouts.Color, alpha float64, ok bool) {
	type stop struct{ at, r, g, b, a float64 }
	var stops []stop
	for _, s := range e.children {
		if s.name != "stop" {
			continue
		}
		props := p.own(s)
		for _, name := range []string{"stop-color", "stop-opacity"} {
			if v, ok := s.attrs[name]; ok && props[name] == "" {
				props[name] = v
			}
		}
		v := props["stop-color"]
		if v == "" {
			v = "black"
		}
		if strings.EqualFold(v, "currentColor") {
			v = st.color
		}
		col, a, ok := colorOf(v)
		if !ok {
			continue
		}
		if o, ok := lengthOf(props["stop-opacity"], 16, 1); ok {
			a *= min(max(o, 0), 1)
		}
		at, _ := lengthOf(s.attrs["offset"], 16, 1)
		r, g, b, _ := col.RGB()
		stops = append(stops, stop{min(max(at, 0), 1), float64(r), float64(g), float64(b), a})
	}
	if len(stops) == 0 {
		if to := p.reference(e.attrs["href"]); to != nil && depth < maxUses && to != e {
			return p.gradient(to, st, depth+1)
		}
		return "", 0, false
	}
	var sum stop
	whole, colored := 0.0, 0.0
	for i, s := range stops {
		from, to := 0.0, 1.0
		if i > 0 {
			from = (stops[i-1].at + s.at) / 2
		}
		if i+1 < len(stops) {
			to = (s.at + stops[i+1].at) / 2
		}
		w := max(to-from, 1e-6)
		whole += w
		colored += w * s.a
		sum.r, sum.g, sum.b, sum.a = sum.r+w*s.a*s.r, sum.g+w*s.a*s.g, sum.b+w*s.a*s.b, sum.a+w*s.a
	}
	if colored == 0 {
		return "", 0, true
	}
	return hex(sum.r/colored, sum.g/colored, sum.b/colored), sum.a / whole, true
}
