package svg

import (
	"math"
	"slices"
)

// pattern makes a pattern for an area (§13.3).
func (p *painter) pattern(e *element, a *area) (c string, alpha float64, s *server, ok bool) {
	attr := p.inherited(e)
	content := e
	for n := 0; content != nil && !hasElements(content) && n < maxUses; n++ {
		content = p.reference(content.attrs["href"])
	}
	if content == nil || content.name != "pattern" {
		return "", 0, nil, false
	}
	_, hasBox := a.box()
	units, _ := attr("patternUnits")
	whole := p.view
	if units != "userSpaceOnUse" {
		whole = point{1, 1}
	}
	number := func(name string, of float64) float64 {
		v, _ := attr(name)
		f, _ := lengthOf(v, 16, of)
		return f
	}
	// The tile in the coordinates of the element; its contents have their origin in its corner.
	x, y, w, h := number("x", whole.x), number("y", whole.y), number("width", whole.x), number("height", whole.y)
	bw, bh := a.hi.x-a.lo.x, a.hi.y-a.lo.y
	contents, _ := attr("patternContentUnits")
	view, _ := attr("viewBox")
	if !hasBox && (units != "userSpaceOnUse" || contents == "objectBoundingBox" && view == "") {
		return "", 0, nil, false
	}
	if units != "userSpaceOnUse" {
		x, y, w, h = a.lo.x+x*bw, a.lo.y+y*bh, w*bw, h*bh
	}
	if !(w > 0 && h > 0) {
		return "", 0, nil, true
	}
	m := a.m
	if v, ok := attr("patternTransform"); ok {
		m = m.mul(transform(v))
	}
	t := &tile{w: w, h: h, m: m.mul(translate(x, y))}
	inner := identity
	if n := numbers(view); len(n) == 4 && n[2] > 0 && n[3] > 0 {
		aspect, _ := attr("preserveAspectRatio")
		inner = fitBox([4]float64(n), w, h, aspect)
	} else if contents == "objectBoundingBox" {
		inner = matrix{bw, 0, 0, bh, 0, 0}
	}
	k := t.m.scale()
	if _, ok := t.m.inverse(); !ok || k <= 0 || math.IsInf(k, 0) {
		return "", 0, nil, true
	}
	was := p.view
	drawn := p.within(e, func() { t.marks = p.collect(func() { p.children(content, inner, p.styleAt(content)) }) })
	p.view = was
	if !drawn {
		p.lost["pattern in a circle"] = true
		return "", 0, nil, false
	}
	if len(t.marks) == 0 {
		return "", 0, nil, true
	}
	return dominant(t.marks), 1, &server{tile: t}, true
}

func hasElements(e *element) bool {
	for _, c := range e.children {
		if c.name != "" && !(c.name == "title" || c.name == "desc") {
			return true
		}
	}
	return false
}

// dominant is a colour that stands for marks.
func dominant(list []mark) string {
	for _, m := range slices.Backward(list) {
		switch {
		case m.path != nil && m.path.fill != "":
			return m.path.fill
		case m.path != nil && m.path.stroke != "":
			return m.path.stroke
		case m.group != nil && len(m.group.marks) > 0:
			return dominant(m.group.marks)
		}
	}
	return "#808080"
}
