package svg

import (
	"math"
	"strings"
)

// shape paints an outline.
func (p *painter) shape(steps []step, m matrix, st style) {
	if st.hidden || len(steps) == 0 {
		return
	}
	p.steps += len(steps)
	if p.clipping {
		p.add(mark{path: &path{steps: m.outline(steps), fill: "#ffffff", fillOpacity: 1, evenOdd: st.clipEvenOdd}})
		return
	}
	p.painted(steps, m, st)
}

// painted adds a path with the paints of a style.
func (p *painter) painted(steps []step, m matrix, st style) {
	scale := m.scale()
	if st.fixedStroke {
		scale = 1
	}
	out := path{
		evenOdd: st.evenOdd, cap: st.cap, join: st.join, miter: st.miter, width: st.width * scale, dashOffset: st.dashOffset * scale,
	}
	lo, hi := bounds(steps)
	area := &area{m: m, lo: lo, hi: hi, grow: st.width}
	out.fill, out.fillOpacity, out.fillWith = p.paint(st.fill, st, st.fillOpacity, area)
	out.stroke, out.strokeOpacity, out.strokeWith = p.paint(st.stroke, st, st.strokeOpacity, area)
	if out.width <= 0 {
		out.stroke, out.strokeWith = "", nil
	}
	if out.fill == "" && out.stroke == "" {
		return
	}
	if out.stroke != "" && !st.fixedStroke {
		out.pen = m.pen()
	}
	for _, d := range st.dash {
		out.dash = append(out.dash, d*scale)
	}
	out.steps = m.outline(steps)
	fill := out.fillWith != nil && out.fillWith.tile != nil && out.fillOpacity < 1
	stroke := out.strokeWith != nil && out.strokeWith.tile != nil && out.strokeOpacity < 1
	if fill || stroke { // tiles are not transparent themselves
		p.dimmed(out)
		return
	}
	if st.strokeFirst && out.fill != "" && out.stroke != "" {
		stroke := out
		stroke.fill, stroke.fillWith = "", nil
		p.add(mark{path: &stroke})
		out.stroke, out.strokeWith = "", nil
	}
	p.add(mark{path: &out})
}

// dimmed adds a path whose tiles are transparent: its fill and its stroke each as a group.
func (p *painter) dimmed(out path) {
	fill, stroke := out, out
	fill.stroke, fill.strokeWith, fill.fillOpacity = "", nil, 1
	stroke.fill, stroke.fillWith, stroke.strokeOpacity = "", nil, 1
	if out.fill != "" {
		p.add(mark{group: &group{marks: []mark{{path: &fill}}, opacity: out.fillOpacity}})
	}
	if out.stroke != "" {
		p.add(mark{group: &group{marks: []mark{{path: &stroke}}, opacity: out.strokeOpacity}})
	}
}

// area is what a paint is for: a box in the coordinates that m takes to pixels.
type area struct {
	m      matrix
	lo, hi point
	grow   float64 // how far strokes reach beyond the box, in its coordinates
}

// box is the matrix that takes the unit square to the box of the area; ok is false if it has no area.
func (a *area) box() (m matrix, ok bool) {
	w, h := a.hi.x-a.lo.x, a.hi.y-a.lo.y
	return a.m.mul(matrix{w, 0, 0, h, a.lo.x, a.lo.y}), w > 0 && h > 0 && !math.IsInf(w, 0) && !math.IsInf(h, 0)
}

// paint finds what to paint with: a colour and its opacity, and what stands for it where there is more. An empty colour is
// none.
func (p *painter) paint(v string, st style, opacity float64, a *area) (string, float64, *server) {
	switch v {
	case "context-fill":
		v = st.contextFill
	case "context-stroke":
		v = st.contextStroke
	}
	if rest, ok := strings.CutPrefix(strings.TrimSpace(v), "url("); ok {
		e := p.reference(v)
		_, fallback, _ := strings.Cut(rest, ")")
		if e != nil {
			c, alpha, s, ok := p.server(e, a)
			if ok {
				c, alpha = visible(c, alpha*opacity)
				return c, alpha, s
			}
		}
		if v = strings.TrimSpace(fallback); v == "" {
			return "", 0, nil
		}
	}
	if strings.EqualFold(v, "currentColor") {
		v = st.color
	}
	if v == "" {
		return "", 0, nil
	}
	c, alpha, ok := colorOf(v)
	if !ok {
		p.lost["colour "+v] = true
		return "", 0, nil
	}
	out, alpha := visible(string(c), alpha*opacity)
	return out, alpha, nil
}

// server makes what an element paints with. c is a colour that stands for it.
func (p *painter) server(e *element, a *area) (c string, alpha float64, s *server, ok bool) {
	switch e.name {
	case "linearGradient", "radialGradient":
		return p.gradient(e, a)
	case "pattern":
		return p.pattern(e, a)
	}
	return "", 0, nil, false
}

// visible drops what is wholly transparent.
func visible(c string, opacity float64) (string, float64) {
	if c == "" || opacity < 0.002 {
		return "", 0
	}
	return c, min(opacity, 1)
}
