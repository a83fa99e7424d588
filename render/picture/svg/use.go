package svg

import (
	"strings"
)

// frame draws what stands in a frame of its own with a view box, and hides what reaches beyond it.
func (p *painter) frame(e *element, m matrix, st style, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	was, outer := p.view, m
	p.view = point{w, h}
	if box, ok := viewBox(e); ok {
		m = m.mul(fitBox(box, w, h, e.attrs["preserveAspectRatio"]))
		p.view = point{box[2], box[3]}
	}
	marks := p.collect(func() { p.children(e, m, st) })
	p.view = was
	p.framed(marks, e, outer, 0, 0, w, h)
}

// framed adds marks inside of a rectangle. It is a clip only if something reaches beyond it.
func (p *painter) framed(marks []mark, e *element, m matrix, x, y, w, h float64) {
	if len(marks) == 0 {
		return
	}
	const slack = 0.05
	visible := p.own(e)["overflow"]
	if inv, ok := m.inverse(); visible == "visible" || visible == "auto" || ok && inside(moved(marks, inv), point{x - slack, y - slack}, point{x + w + slack, y + h + slack}) {
		p.marks = append(p.marks, marks...)
		return
	}
	p.add(mark{group: &group{marks: marks, clips: []clip{{steps: m.outline(rect(x, y, w, h, 0, 0))}}}})
}

// inside reports whether marks are within a box. Of text that is not known.
func inside(marks []mark, a, b point) bool {
	lo, hi, rough := reach(marks)
	return !rough && lo.x >= a.x && lo.y >= a.y && hi.x <= b.x && hi.y <= b.y
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
	href := strings.TrimSpace(e.attrs["href"])
	to := p.reference(href)
	if to == nil {
		if href != "" && !strings.HasPrefix(href, "#") {
			p.lost["use of another file"] = true
		}
		return
	}
	drawn := p.within(to, func() {
		m := m.mul(translate(p.length(e, "x", 0, p.view.x), p.length(e, "y", 0, p.view.y)))
		st := st.within()
		if to.name != "symbol" && to.name != "svg" {
			p.element(to, m, st)
			return
		}
		w, h := p.length(e, "width", p.length(to, "width", p.view.x, p.view.x), p.view.x), p.length(e, "height", p.length(to, "height", p.view.y, p.view.y), p.view.y)
		props := p.own(to)
		inner := st.inherit(props)
		m = m.mul(p.transformOf(to, props))
		if to.name == "svg" {
			m = m.mul(translate(p.length(to, "x", 0, p.view.x), p.length(to, "y", 0, p.view.y)))
		}
		p.effects(props, m, inner, func() { p.frame(to, m, inner, w, h) })
	})
	if !drawn {
		p.lost["use in a circle"] = true
	}
}

// within is the style of what is used by an element, or marks its path: its paints are those of the context.
func (st style) within() style {
	context := func(v string) string {
		switch v {
		case "context-fill":
			return st.contextFill
		case "context-stroke":
			return st.contextStroke
		}
		return v
	}
	st.contextFill, st.contextStroke = context(st.fill), context(st.stroke)
	return st
}
