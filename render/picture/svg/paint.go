package svg

import (
	"math"
	"slices"
	"strings"

	"github.com/evbook/evbook/render/drawing"
)

// painter turns a tree into marks.
type painter struct {
	root   *element
	rules  *sheet
	opt    *Options
	ids    map[string]*element
	props  map[*element]map[string]string
	stops  map[*element][]drawing.Stop
	tracks map[*element]*track
	marks  []mark
	lost   map[string]bool

	base     style      // that the root begins with
	view     point      // width and height of the view box, which percentages are of
	whole    point      // width and height of the picture, in its pixels
	using    []*element // referenced elements that are being drawn
	clipping bool       // only outlines are wanted
	*budget
	bitmaps map[string]*bitmap // by their addresses
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
	p.whole = p.view
	if hasBox {
		m = fitBox(box, pic.Width, pic.Height, e.attrs["preserveAspectRatio"])
		p.view = point{box[2], box[3]}
	}
	st := rootStyle()
	st.diagonal = math.Hypot(p.view.x, p.view.y) / math.Sqrt2
	p.base = st
	st = st.inherit(p.own(e))
	p.effects(p.own(e), m, st, func() { p.children(e, m, st) })
	pic.marks = p.marks
	for i, m := range slices.Backward(pic.marks) {
		inside, over := pic.holds(m)
		if !inside {
			pic.marks = slices.Delete(pic.marks, i, i+1)
		}
		pic.Overflows = pic.Overflows || inside && over
	}
	return pic
}

// holds reports whether a mark shows within the edges of the picture, and beyond them.
func (pic *Picture) holds(m mark) (inside, over bool) {
	lo, hi, rough := reach([]mark{m})
	inside = hi.x > 0 && hi.y > 0 && lo.x < pic.Width && lo.y < pic.Height
	if rough { // of text the size is not known yet
		inside = hi.x > -pic.Width && hi.y > -pic.Height && lo.x < 2*pic.Width && lo.y < 2*pic.Height
	}
	return inside, lo.x < -0.5 || lo.y < -0.5 || hi.x > pic.Width+0.5 || hi.y > pic.Height+0.5
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

// collect paints into a list of its own.
func (p *painter) collect(paint func()) []mark {
	was := p.marks
	p.marks = nil
	paint()
	out := p.marks
	p.marks = was
	return out
}

// within paints what an element refers to, unless that leads in a circle or too deep.
func (p *painter) within(e *element, paint func()) bool {
	if len(p.using) >= maxUses || slices.Contains(p.using, e) {
		return false
	}
	p.using = append(p.using, e)
	paint()
	p.using = p.using[:len(p.using)-1]
	return true
}

func (p *painter) add(m mark) {
	p.budget.marks++
	p.marks = append(p.marks, m)
}

// styleAt is the style of an element that is not painted where it stands.
func (p *painter) styleAt(e *element) style {
	var chain []*element
	for ; e != nil; e = e.parent {
		chain = append(chain, e)
	}
	st := p.base
	for _, e := range slices.Backward(chain) {
		st = st.inherit(p.own(e))
	}
	return st
}

// unseen are elements that paint nothing where they stand.
var unseen = map[string]bool{
	"": true, "defs": true, "symbol": true, "style": true, "title": true, "desc": true, "metadata": true, "clipPath": true, "mask": true,
	"marker": true, "pattern": true, "linearGradient": true, "radialGradient": true, "filter": true, "solidColor": true, "hatch": true,
	"view": true, "cursor": true, "font": true, "font-face": true,
}

// element draws an element.
func (p *painter) element(e *element, m matrix, st style) {
	if p.visits++; p.spent() || unseen[e.name] {
		return
	}
	props := p.own(e)
	if props["display"] == "none" {
		return
	}
	st = st.inherit(props)
	m = m.mul(p.transformOf(e, props))
	if p.clipping {
		p.paintElement(e, m, st)
		return
	}
	p.effects(props, m, st, func() { p.paintElement(e, m, st) })
}

// transformOf is the transformation of an element: that of the property, else that of the attribute, around its origin.
func (p *painter) transformOf(e *element, props map[string]string) matrix {
	v := e.attrs["transform"]
	if css := props["transform"]; css != "" && css != "none" && !strings.Contains(css, "%") {
		v = strings.NewReplacer("px", "", "deg", "", "translateX(", "translate(").Replace(css)
	}
	if v == "" {
		return identity
	}
	m := transform(v)
	if o := props["transform-origin"]; o != "" {
		x, y := p.origin(o)
		m = translate(x, y).mul(m).mul(translate(-x, -y))
	}
	return m
}

// origin reads the point that a transformation leaves where it is (CSS Transforms 1 §5), in the picture.
func (p *painter) origin(v string) (x, y float64) {
	of := func(v string, whole float64) float64 {
		switch v {
		case "left", "top":
			return 0
		case "center":
			return whole / 2
		case "right", "bottom":
			return whole
		}
		f, _ := lengthOf(v, 16, whole)
		return f
	}
	f := strings.Fields(v)
	switch {
	case len(f) == 1 && (f[0] == "top" || f[0] == "bottom"):
		return p.view.x / 2, of(f[0], p.view.y)
	case len(f) == 1:
		return of(f[0], p.view.x), p.view.y / 2
	case f[0] == "top" || f[0] == "bottom" || f[1] == "left" || f[1] == "right":
		return of(f[1], p.view.x), of(f[0], p.view.y)
	}
	return of(f[0], p.view.x), of(f[1], p.view.y)
}

func (p *painter) paintElement(e *element, m matrix, st style) {
	switch e.name {
	case "g", "a":
		p.children(e, m, st)
	case "switch":
		p.choose(e, m, st)
	case "svg":
		w, h := p.length(e, "width", p.view.x, p.view.x), p.length(e, "height", p.view.y, p.view.y)
		p.frame(e, m.mul(translate(p.length(e, "x", 0, p.view.x), p.length(e, "y", 0, p.view.y))), st, w, h)
	case "use":
		p.use(e, m, st)
	case "image":
		p.image(e, m, st)
	case "foreignObject":
		p.foreign(e, m, st)
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
		if e.name != "rect" && e.name != "circle" && e.name != "ellipse" && !p.clipping {
			p.markers(steps, m, st)
		}
	}
}

// choose draws the child of a switch that is the one to draw (§5.8): a page inside the picture only if it is of plain text, or
// if there is nothing else.
func (p *painter) choose(e *element, m matrix, st style) {
	var page *element
	for _, c := range e.children {
		switch {
		case !p.chosen(c):
		case c.name != "foreignObject" || plainPage(c):
			p.element(c, m, st)
			return
		case page == nil:
			page = c
		}
	}
	if page != nil {
		p.element(page, m, st)
	}
}

// drawable are elements that a switch can choose.
var drawable = map[string]bool{
	"g": true, "a": true, "svg": true, "use": true, "image": true, "foreignObject": true, "text": true, "switch": true, "path": true, "rect": true,
	"circle": true, "ellipse": true, "line": true, "polyline": true, "polygon": true,
}

// chosen reports whether a child of a switch may be drawn.
func (p *painter) chosen(e *element) bool {
	if !drawable[e.name] {
		return false
	}
	if v, ok := e.attrs["requiredExtensions"]; ok && v != nsHTML {
		return false
	}
	if v, ok := e.attrs["systemLanguage"]; ok {
		lang := strings.ToLower(p.opt.Lang)
		if lang == "" {
			lang = "en"
		}
		base, _, _ := strings.Cut(lang, "-")
		for tag := range strings.SplitSeq(strings.ToLower(v), ",") {
			if tag = strings.TrimSpace(tag); tag == lang || tag == base || strings.HasPrefix(tag, base+"-") {
				return true
			}
		}
		return false
	}
	return true
}

// length reads a length of an attribute.
func (p *painter) length(e *element, name string, or, whole float64) float64 {
	v, ok := e.attrs[name]
	if !ok {
		return or
	}
	if f, ok := lengthOf(v, 16, whole); ok {
		return f
	}
	return or
}
