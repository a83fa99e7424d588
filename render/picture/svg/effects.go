package svg

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/render/drawing"
)

// effects paints an element and does to it as a whole what its properties ask for: a clip, a mask, transparency (§14).
func (p *painter) effects(props map[string]string, m matrix, st style, paint func()) {
	set := func(name string) string {
		v := props[name]
		if v == "none" || v == "inherit" {
			return ""
		}
		return resolve(v, st.vars, 0)
	}
	if v := set("filter"); v != "" && p.filters(v) {
		p.lost["filter"] = true
	}
	opacity := 1.0
	if v := set("opacity"); v != "" {
		if f, ok := lengthOf(v, 16, 1); ok {
			opacity = min(max(f, 0), 1)
		}
	}
	clipTo, maskBy, blend := set("clip-path"), set("mask"), blendOf(set("mix-blend-mode"))
	if opacity < 0.002 {
		return
	}
	if opacity == 1 && clipTo == "" && maskBy == "" && blend == "" {
		paint()
		return
	}
	marks := p.collect(paint)
	if len(marks) == 0 {
		return
	}
	g := &group{marks: marks, opacity: opacity, blend: blend}
	a := p.areaOf(marks, m)
	if clipTo != "" && !p.clip(g, clipTo, a) {
		return
	}
	if maskBy != "" && !p.mask(g, maskBy, a) {
		return
	}
	p.add(p.simplest(g))
}

// filters reports whether a value is a filter that does something.
func (p *painter) filters(v string) bool {
	if !strings.HasPrefix(v, "url(") {
		return true
	}
	e := p.reference(v)
	if e == nil {
		return false
	}
	for _, c := range e.children {
		if strings.HasPrefix(c.name, "fe") && c.name != "feFlood" && c.name != "feBlend" {
			return true
		}
	}
	return false
}

// simplest makes one mark of a group, without the group where its opacity is that of a path.
func (p *painter) simplest(g *group) mark {
	g.clips = slices.DeleteFunc(g.clips, func(c clip) bool {
		const slack = 0.5
		lo, hi := bounds(c.steps)
		if !boxed(c.steps) {
			return false
		}
		return lo.x <= slack && lo.y <= slack && hi.x >= p.whole.x-slack && hi.y >= p.whole.y-slack || inside(g.marks, lo, hi)
	})
	if len(g.clips) == 0 && g.opacity == 1 && g.mask == nil && g.blend == "" {
		p.marks = append(p.marks, g.marks[:len(g.marks)-1]...)
		return g.marks[len(g.marks)-1]
	}
	if len(g.marks) != 1 || g.mask != nil || g.blend != "" {
		return mark{group: g}
	}
	if path := g.marks[0].path; path != nil && (path.fill == "" || path.stroke == "") {
		path.fillOpacity *= g.opacity
		path.strokeOpacity *= g.opacity
		g.opacity = 1
	}
	if len(g.clips) == 0 && g.opacity == 1 {
		return g.marks[0]
	}
	return mark{group: g}
}

// boxed reports whether a path is a rectangle along the edges of the page.
func boxed(steps []step) bool {
	if len(steps) < 4 || len(steps) > 6 {
		return false
	}
	for i := range steps {
		s := &steps[i]
		switch {
		case i == 0 && s.op == 'M', i >= 4 && s.op == 'Z':
		case i > 0 && s.op == 'L':
			if a, b := steps[i-1].end(), s.end(); a.x != b.x && a.y != b.y || i >= 2 && i < 4 && turnless(steps[i-2].end(), a, b) {
				return false
			}
		default:
			return false
		}
	}
	a, b := steps[3].end(), steps[0].end()
	return a.x == b.x || a.y == b.y
}

// turnless reports whether three points lie on a line along an edge of the page.
func turnless(a, b, c point) bool { return a.x == b.x && b.x == c.x || a.y == b.y && b.y == c.y }

// blendModes are the modes that PDF has, too.
var blendModes = map[string]drawing.Blend{
	"multiply": "Multiply", "screen": "Screen", "overlay": "Overlay", "darken": "Darken", "lighten": "Lighten", "color-dodge": "ColorDodge",
	"color-burn": "ColorBurn", "hard-light": "HardLight", "soft-light": "SoftLight", "difference": "Difference", "exclusion": "Exclusion",
	"hue": "Hue", "saturation": "Saturation", "color": "Color", "luminosity": "Luminosity",
}

func blendOf(v string) drawing.Blend { return blendModes[v] }

// areaOf is the box around marks in the coordinates that m takes to pixels, strokes left out where that can be.
func (p *painter) areaOf(marks []mark, m matrix) *area {
	a := &area{m: m}
	inv, ok := m.inverse()
	if !ok {
		return a
	}
	marks = unstroked(marks)
	if m[1] != 0 || m[2] != 0 { // a box that is turned is not the box around what is in it
		a.lo, a.hi, _ = reach(moved(marks, inv))
		return a
	}
	lo, hi, _ := reach(marks)
	a.lo, a.hi = inv.box(lo, hi)
	return a
}

// unstroked are marks as if they had no strokes.
func unstroked(marks []mark) []mark {
	out := make([]mark, len(marks))
	for i, m := range marks {
		out[i] = m
		if m.path != nil && m.path.stroke != "" {
			path := *m.path
			path.stroke = ""
			out[i].path = &path
		}
		if m.group != nil && len(m.group.clips) == 0 {
			inner := *m.group
			inner.marks = unstroked(inner.marks)
			out[i].group = &inner
		}
	}
	return out
}

// contents paints what a clip path or a mask holds. It is not drawn, and noted as lost, if that refers to itself.
func (p *painter) contents(e *element, clipping bool, paint func()) (marks []mark, drawn bool) {
	name, was := "mask", p.clipping
	if clipping {
		name = "clip-path"
	}
	drawn = p.within(e, func() {
		p.clipping = clipping
		marks = p.collect(paint)
		p.clipping = was
	})
	if !drawn {
		p.lost[name+" in a circle"] = true
	}
	return marks, drawn
}

// clip has a group show inside a clip path (§14.3). What is more than paths becomes a mask. It reports whether anything can
// show.
func (p *painter) clip(g *group, v string, a *area) bool {
	e := p.reference(v)
	if e == nil {
		if !strings.HasPrefix(v, "url(") {
			p.lost["clip-path"] = true
		}
		return true // a clip that is not there clips nothing
	}
	if e.name != "clipPath" {
		return true
	}
	m := a.m
	if e.attrs["clipPathUnits"] == "objectBoundingBox" {
		var ok bool
		if m, ok = a.box(); !ok {
			return false
		}
	}
	if v := e.attrs["transform"]; v != "" {
		m = m.mul(transform(v))
	}
	marks, drawn := p.contents(e, true, func() { p.clipMarks(e, m) })
	if len(marks) == 0 {
		return !drawn
	}
	if c, ok := union(marks); ok {
		g.clips = append(g.clips, c)
	} else {
		inner := *g
		*g = group{marks: []mark{{group: &inner}}, opacity: 1, mask: &mask{marks: marks, alpha: true}}
	}
	if v := p.own(e)["clip-path"]; v != "" && v != "none" {
		ok := true
		p.within(e, func() { ok = p.clip(g, v, a) })
		return ok
	}
	return true
}

// clipMarks collects the outlines of a clip path's children. Those with clips of their own show inside of them.
func (p *painter) clipMarks(e *element, m matrix) {
	st := p.styleAt(e)
	for _, c := range e.children {
		switch c.name {
		case "", "g", "svg", "image", "foreignObject", "switch":
			continue
		}
		marks := p.collect(func() { p.element(c, m, st) })
		if v := p.own(c)["clip-path"]; v != "" && v != "none" && len(marks) > 0 {
			g := &group{marks: marks, opacity: 1}
			inner := m
			if t := c.attrs["transform"]; t != "" {
				inner = m.mul(transform(t))
			}
			if !p.clip(g, v, p.areaOf(marks, inner)) {
				continue
			}
			marks = []mark{{group: g}}
		}
		p.marks = append(p.marks, marks...)
	}
}

// union makes one clip of paths. ok is false where one path cannot say that: with type or clips in it, or with areas of
// different rules that overlap.
func union(marks []mark) (c clip, ok bool) {
	for _, m := range marks {
		if m.path == nil {
			return c, false
		}
	}
	if len(marks) == 1 {
		return clip{marks[0].path.steps, marks[0].path.evenOdd}, true
	}
	if apart(marks) {
		mixed := false
		for _, m := range marks {
			mixed = mixed || m.path.evenOdd != marks[0].path.evenOdd
			c.steps = append(c.steps, m.path.steps...)
		}
		c.evenOdd = marks[0].path.evenOdd
		return c, !mixed
	}
	// With the non-zero rule areas unite if all of them turn the same way.
	for _, m := range marks {
		if m.path.evenOdd || parts(m.path.steps) > 1 {
			return c, false
		}
		c.steps = append(c.steps, turning(m.path.steps)...)
	}
	return c, true
}

// apart reports whether the boxes of all paths are clear of each other.
func apart(marks []mark) bool {
	if len(marks) > 64 {
		return false
	}
	type box struct{ lo, hi point }
	var boxes []box
	for _, m := range marks {
		lo, hi := bounds(m.path.steps)
		for _, b := range boxes {
			if lo.x < b.hi.x && b.lo.x < hi.x && lo.y < b.hi.y && b.lo.y < hi.y {
				return false
			}
		}
		boxes = append(boxes, box{lo, hi})
	}
	return true
}

// parts counts the parts of a path.
func parts(steps []step) (n int) {
	for i := range steps {
		if steps[i].op == 'M' {
			n++
		}
	}
	return n
}

// turning gives a path of one part that turns clockwise on the page.
func turning(steps []step) []step {
	area := 0.0
	var first, at point
	for i := range steps {
		s := &steps[i]
		for n, q := range s.p[:s.points()] {
			if i == 0 && n == 0 {
				first = q
			} else {
				area += at.x*q.y - q.x*at.y
			}
			at = q
		}
	}
	if area += at.x*first.y - first.x*at.y; area >= 0 {
		return steps
	}
	out := []step{{op: 'M', p: [3]point{at}}}
	for i := len(steps) - 1; i > 0; i-- {
		s := steps[i]
		if s.op == 'Z' {
			continue
		}
		to := steps[i-1].end()
		for k := i - 1; steps[k].op == 'Z' && k > 0; k-- {
			to = steps[k-1].end()
		}
		if s.op == 'C' {
			out = append(out, step{'C', [3]point{s.p[1], s.p[0], to}})
		} else {
			out = append(out, step{'L', [3]point{to}})
		}
	}
	return append(out, step{op: 'Z'})
}

// mask has a group show through a mask (§14.4). It reports whether anything can show.
func (p *painter) mask(g *group, v string, a *area) bool {
	e := p.reference(v)
	if e == nil || e.name != "mask" {
		if !strings.HasPrefix(v, "url(") || strings.Contains(v, ",") {
			p.lost["mask"] = true
		}
		return true
	}
	box, hasBox := a.box()
	region, whole := box, point{1, 1}
	if e.attrs["maskUnits"] == "userSpaceOnUse" {
		region, whole = a.m, p.view
	} else if !hasBox {
		return false
	}
	side := func(name, or string, of float64) float64 {
		if f, ok := lengthOf(e.attrs[name], 16, of); ok {
			return f
		}
		f, _ := lengthOf(or, 16, of)
		return f
	}
	x, y := side("x", "-10%", whole.x), side("y", "-10%", whole.y)
	w, h := side("width", "120%", whole.x), side("height", "120%", whole.y)
	if w <= 0 || h <= 0 {
		return false
	}
	m := a.m
	if e.attrs["maskContentUnits"] == "objectBoundingBox" {
		if !hasBox {
			return false
		}
		m = box
	}
	st := p.styleAt(e)
	marks, drawn := p.contents(e, false, func() { p.children(e, m, st) })
	if len(marks) == 0 {
		return !drawn
	}
	shown := &group{marks: marks, opacity: 1, clips: []clip{{steps: region.outline(rect(x, y, w, h, 0, 0))}}}
	props := p.own(e)
	if v := props["clip-path"]; v != "" && v != "none" && !p.clip(shown, v, a) {
		return false
	}
	list := []mark{{group: shown}}
	if v := props["mask"]; v != "" && v != "none" {
		ok := true
		p.within(e, func() { ok = p.mask(shown, v, a) })
		if !ok {
			return false
		}
	}
	if g.mask != nil { // of a clip
		inner := *g
		*g = group{marks: []mark{{group: &inner}}, opacity: 1}
	}
	g.mask = &mask{marks: list, alpha: props["mask-type"] == "alpha"}
	return true
}
