package lint

import (
	"slices"
	"strings"
)

// structure checks the order and number of children where HTML prescribes it.
func (p *page) structure(i int32, n *node) {
	switch n.name {
	case "html":
		p.sequence(i, n, "head", "body")
	case "head":
		p.head(i, n)
	case "title":
		if strings.TrimSpace(p.doc.content(i)) == "" {
			p.f.at(n.off, "RSC-005", "the title is empty")
		}
	case "table":
		p.table(i, n)
	case "dl":
		p.definitions(i, n)
	case "div":
		if parent := &p.doc.nodes[n.parent]; parent.is(nsXHTML, "dl") {
			p.groups(i, n)
		}
	case "figure":
		p.figure(i)
	case "details":
		p.firstOnly(i, n, "summary", true)
	case "fieldset":
		p.firstOnly(i, n, "legend", false)
	case "picture":
		p.picture(i, n)
	case "hgroup":
		headings := 0
		p.doc.children(i, func(_ int32, c *node) {
			if isHeading(c.name) {
				headings++
			}
		})
		if headings != 1 {
			p.f.at(n.off, "RSC-005", "hgroup must hold exactly one heading")
		}
	case "ruby":
		p.ruby(i, n)
	case "audio", "video":
		p.media(i, n)
	case "map":
		if p.doc.nodes[i].first == 0 {
			p.f.at(n.off, "RSC-005", "the map is empty")
		}
	case "colgroup":
		if n.has("span") && p.doc.nodes[i].first != 0 {
			p.f.at(n.off, "RSC-005", "a colgroup with span must be empty")
		}
	}
}

func isHeading(name string) bool {
	return len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'
}

// sequence wants exactly the children named, in their order.
func (p *page) sequence(i int32, n *node, want ...string) {
	k := 0
	p.doc.children(i, func(_ int32, c *node) {
		switch at := slices.Index(want, c.name); {
		case at < 0 || c.space != nsXHTML: // reported as not allowed
		case at < k:
			p.f.at(c.off, "RSC-005", "the element %q is not allowed here", c.name)
		case at > k:
			p.f.at(c.off, "RSC-005", "the element %q must come before %q", want[k], c.name)
			k = at + 1
		default:
			k++
		}
	})
	if k < len(want) {
		p.f.at(n.off, "RSC-005", "the element %q is missing in %s", want[k], n.name)
	}
}

func (p *page) head(i int32, n *node) {
	titles, bases := 0, 0
	p.doc.children(i, func(_ int32, c *node) {
		switch c.name {
		case "title":
			if titles++; titles > 1 {
				p.f.at(c.off, "RSC-005", "there is a second title")
			}
		case "base":
			if bases++; bases > 1 {
				p.f.at(c.off, "RSC-005", "there is a second base")
			}
		}
	})
	if titles == 0 {
		p.f.at(n.off, "RSC-017", "the head should have a title")
	}
}

// table wants caption, colgroup, thead, the rows and tfoot in this order.
func (p *page) table(i int32, _ *node) {
	const (
		caption = iota
		colgroup
		thead
		body
		tfoot
	)
	place := map[string]int{"caption": caption, "colgroup": colgroup, "thead": thead, "tbody": body, "tr": body, "tfoot": tfoot}
	last := -1
	rows := ""
	p.doc.children(i, func(_ int32, c *node) {
		k, ok := place[c.name]
		if !ok || c.space != nsXHTML {
			return
		}
		switch {
		case k < last, k == last && k != colgroup && k != body:
			p.f.at(c.off, "RSC-005", "the element %q is not allowed here in the table", c.name)
		case k == body && rows != "" && rows != c.name:
			p.f.at(c.off, "RSC-005", "a table must not mix tbody and tr")
		}
		if k == body {
			rows = c.name
		}
		last = max(last, k)
	})
}

// definitions wants groups of dt and dd, or of div, in a list.
func (p *page) definitions(i int32, n *node) {
	divs, plain := 0, 0
	p.doc.children(i, func(_ int32, c *node) {
		switch c.name {
		case "div":
			divs++
		case "dt", "dd":
			plain++
		}
	})
	if divs > 0 && plain > 0 {
		p.f.at(n.off, "RSC-005", "a definition list must not mix div with dt and dd")
		return
	}
	if plain > 0 {
		p.groups(i, n)
	}
}

// groups wants each dt followed by a dd, and no dd without a dt before it.
func (p *page) groups(i int32, n *node) {
	last := ""
	p.doc.children(i, func(_ int32, c *node) {
		switch {
		case c.name == "dd" && last == "":
			p.f.at(c.off, "RSC-005", "a dd must follow a dt")
		case c.name == "dt" && last == "dd" && n.name == "div":
			p.f.at(c.off, "RSC-005", "a div of a definition list holds one group only")
		}
		if c.name == "dt" || c.name == "dd" {
			last = c.name
		}
	})
	if last != "dd" {
		p.f.at(n.off, "RSC-005", "the last dt of %s has no dd", n.name)
	}
}

// figure wants one figcaption at most, first or last.
func (p *page) figure(i int32) {
	var captions []*node
	var at []int32
	p.doc.children(i, func(k int32, c *node) {
		if c.name == "figcaption" {
			captions = append(captions, c)
			at = append(at, k)
		}
	})
	if len(captions) == 0 {
		return
	}
	if len(captions) > 1 {
		p.f.at(captions[1].off, "RSC-005", "there is a second figcaption")
		return
	}
	// Elements before it make it no first child, elements after it no last; text beside it does not count.
	before, after := false, false
	p.doc.children(i, func(k int32, _ *node) {
		before = before || k < at[0]
		after = after || k > at[0]
	})
	if before && after {
		p.f.at(captions[0].off, "RSC-005", "a figcaption must be the first or last thing in its figure")
	}
}

// firstOnly wants an element called name as first child and nowhere else.
func (p *page) firstOnly(i int32, n *node, name string, required bool) {
	k, found := 0, 0
	p.doc.children(i, func(_ int32, c *node) {
		if c.name == name {
			if found++; found > 1 || k > 0 {
				p.f.at(c.off, "RSC-005", "the element %q must be the first of its %s, and the only one", name, n.name)
			}
		}
		k++
	})
	if required && found == 0 {
		p.f.at(n.off, "RSC-005", "the element %s must begin with %s", n.name, name)
	}
}

func (p *page) picture(i int32, n *node) {
	images := 0
	p.doc.children(i, func(_ int32, c *node) {
		switch c.name {
		case "img":
			images++
		case "source":
			if images > 0 {
				p.f.at(c.off, "RSC-005", "a source must stand before the img")
			}
			if !c.has("srcset") {
				p.f.at(c.off, "RSC-005", "a source of a picture must have srcset")
			}
			if c.has("src") {
				p.f.at(c.off, "RSC-005", "a source of a picture must not have src")
			}
		}
	})
	if images != 1 {
		p.f.at(n.off, "RSC-005", "a picture must hold exactly one img")
	}
}

// ruby wants annotations (rt) after what they annotate, and parentheses (rp) in pairs.
func (p *page) ruby(i int32, n *node) {
	base, annotated := false, false
	for c := p.doc.nodes[i].first; c != 0; c = p.doc.nodes[c].nxt {
		switch m := &p.doc.nodes[c]; {
		case m.name == "" && strings.TrimSpace(m.text) == "", m.name == "rp":
		case m.name == "rt" || m.name == "rtc":
			annotated = true
		default:
			base, annotated = true, false
		}
	}
	if base && !annotated || p.doc.nodes[i].first == 0 {
		p.f.at(n.off, "RSC-005", "a ruby must end in an annotation (rt)")
	}
}

// media wants the sources and tracks of audio and video first, and no source beside src.
func (p *page) media(i int32, n *node) {
	rank := 0
	p.doc.children(i, func(_ int32, c *node) {
		k := 2
		switch c.name {
		case "source":
			k = 0
			if n.has("src") {
				p.f.at(c.off, "RSC-005", "a %s with src must not have a source", n.name)
			}
			if !c.has("src") {
				p.f.at(c.off, "RSC-005", "a source of %s must have src", n.name)
			}
		case "track":
			k = 1
		}
		if k < rank {
			p.f.at(c.off, "RSC-005", "the element %q is not allowed here", c.name)
		}
		rank = max(rank, k)
	})
}

// math checks an element of MathML: presentation mark-up, with the number of arguments that it needs.
func (p *page) math(i int32, n *node, parent, st *state) {
	st.spec, st.model = nil, modelNone
	inMath := p.doc.nodes[n.parent].space == nsMathML
	if n.name == "math" {
		if !inMath && parent.spec != nil && parent.model != modelFlow && parent.model != modelPhrasing {
			p.f.at(n.off, "RSC-005", "the element math is not allowed here")
		}
		if alt := n.has("alttext"); !alt && !p.hasAnnotation(i) {
			p.f.at(n.off, "ACC-009", "the formula has neither alttext nor an annotation")
		}
	} else if !inMath {
		p.f.at(n.off, "RSC-005", "the element %q must lie inside math", n.name)
	}
	want, known := mathChildren[n.name]
	switch {
	case n.name == "annotation-xml":
		p.annotation(n)
		st.foreign = true
		return
	case !known:
		if !p.inside(n, "annotation-xml") {
			p.f.at(n.off, "RSC-005", "the element %q of MathML is not known, or is no presentation mark-up", n.name)
		}
		st.foreign = true
		return
	case n.name == "mtext":
		st.model = modelPhrasing
	case want > 0:
		count := 0
		p.doc.children(i, func(int32, *node) { count++ })
		if count != want {
			p.f.at(n.off, "RSC-005", "%s needs %d arguments, not %d", n.name, want, count)
		}
	}
	for k := range n.attrs {
		a := &n.attrs[k]
		switch {
		case a.space == nsOPS && a.local == "type":
			p.epubType(n, a)
		case a.space == "" && strings.HasPrefix(a.local, "on"):
			p.f.at(a.off, "RSC-005", "the attribute %q is not allowed in MathML", a.local)
		}
	}
	if want != -2 && want != 0 {
		for c := p.doc.nodes[i].first; c != 0; c = p.doc.nodes[c].nxt {
			if m := &p.doc.nodes[c]; m.name == "" && strings.TrimSpace(m.text) != "" {
				p.f.at(m.off, "RSC-005", "text is not allowed directly inside %s", n.name)
			}
		}
	}
}

// annotation checks the encoding of an annotation-xml (EPUB 3.3 §6.1.4.3).
func (p *page) annotation(n *node) {
	encoding, _ := n.get("encoding")
	switch encoding {
	case "application/mathml-presentation+xml", "MathML-Presentation", "MathML", "image/svg+xml", "SVG1.1", "application/xhtml+xml", "text/html":
	case "application/mathml-content+xml", "MathML-Content":
		if name, _ := n.get("name"); name != "contentequiv" {
			p.f.at(n.off, "RSC-005", `an annotation with the encoding %q must have the name "contentequiv"`, encoding)
		}
	default:
		p.f.at(n.off, "RSC-005", "the encoding %q of an annotation is not allowed", encoding)
	}
}

func (p *page) hasAnnotation(i int32) bool {
	end := p.doc.after(i)
	for k := i; k < end; k++ {
		if p.doc.nodes[k].is(nsMathML, "annotation-xml") {
			return true
		}
	}
	return false
}

// inside reports whether n lies in an element called name.
func (p *page) inside(n *node, name string) bool {
	for i := n.parent; i != 0; i = p.doc.nodes[i].parent {
		if p.doc.nodes[i].name == name {
			return true
		}
	}
	return false
}

// svgTyped are the elements of SVG that may have epub:type: those that show something.
var svgTyped = names(`svg a audio canvas circle ellipse g iframe image line path polygon polyline rect switch symbol text textPath
	tspan unknown use video`)

// svgElement checks an element of SVG. What SVG allows inside itself is not checked, as EPUBCheck does not either.
func (p *page) svgElement(i int32, n *node, parent, st *state) {
	st.spec, st.model = nil, modelNone
	inSVG := p.doc.nodes[n.parent].space == nsSVG || n.parent == 0
	if !inSVG && (n.name != "svg" || parent.spec != nil && parent.model != modelFlow && parent.model != modelPhrasing) {
		p.f.at(n.off, "RSC-005", "the element %q of SVG is not allowed here", n.name)
	}
	switch n.name {
	case "foreignObject":
		st.model = modelFlow
	case "title", "desc", "metadata":
		st.foreign = true
	}
	for k := range n.attrs {
		a := &n.attrs[k]
		switch {
		case a.space == nsOPS && a.local == "type" && svgTyped[n.name]:
			p.epubType(n, a)
		case a.space == nsOPS && !(a.local == "prefix" && i == p.doc.root):
			p.f.at(a.off, "RSC-005", "the attribute epub:%s is not allowed on %s", a.local, n.name)
		case a.space == "" && a.local == "id" && (a.value == "" || hasSpace(a.value)):
			p.f.at(a.off, "RSC-005", "the id %q must be one word without spaces", a.value)
		}
	}
}
