package lint

import "strings"

func (p *page) svgRefs(i int32, n *node) {
	switch n.name {
	case "svg":
		if p.r.mediaType != "image/svg+xml" {
			p.needs["svg"] = true
		}
	case "a":
		if v, ok := n.getNS(nsXLink, "href"); ok {
			p.link(n, v)
		}
		if !p.labelled(i, n) {
			p.f.at(n.off, "ACC-011", "the link in the image has no label")
		}
	case "image":
		p.ref(n, nsXLink, "href", refImage, false)
		p.ref(n, "", "href", refImage, false)
	case "use":
		p.ref(n, nsXLink, "href", refSymbol, false)
	case "font-face-uri":
		p.ref(n, nsXLink, "href", refFont, false)
	case "script":
		if kind, ok := n.get("type"); !ok || javascript(kind) {
			p.script()
		}
	case "style":
		p.css = true
		if text := p.doc.content(i); text != "" {
			p.styleText(i, text)
		}
	}
	p.paint(n, "fill")
	p.paint(n, "stroke")
}

func (p *page) labelled(i int32, n *node) bool {
	if title, _ := n.getNS(nsXLink, "title"); title != "" || attrOf(n, "aria-label") != "" {
		return true
	}
	end := p.doc.after(i)
	for k := i + 1; k < end; k++ {
		if name := p.doc.nodes[k].name; name == "title" || name == "text" {
			return true
		}
	}
	return false
}

// paint follows fill="url(#id)".
func (p *page) paint(n *node, name string) {
	v, ok := n.get(name)
	if !ok || !strings.HasPrefix(v, "url(") {
		return
	}
	inner, _, _ := strings.Cut(v[4:], ")")
	inner = strings.Trim(strings.TrimSpace(inner), `"'`)
	to := p.f.resolve(n.off, p.dir, inner)
	p.r.refs = append(p.r.refs, reference{kind: refPaint, to: to, off: n.off, tag: n.name})
}

// svg checks an SVG content document.
func (c *checker) svg(r *resource, e *entry) {
	data, ok := c.read(e, c.opt.Limits.Text)
	if !ok {
		return
	}
	f := e.file
	c.imageBudget(f, int64(len(data)), 0, 0)
	doc := f.parse(data, false)
	if doc == nil {
		return
	}
	if dt := doc.doctype; dt != nil && (dt.hasPublic || dt.hasSystem) && dt.public != "-//W3C//DTD SVG 1.1//EN" && c.pkg.version == "3.0" {
		f.at(dt.off, "OPF-073", "the document type must be that of SVG 1.1, or have no external part")
	}
	defer doc.release()
	p := c.newPage(r, f, doc)
	root := &doc.nodes[doc.root]
	if !root.is(nsSVG, "svg") {
		f.at(root.off, "RSC-005", "the root element must be svg of the namespace %s", nsSVG)
		return
	}
	prefix, _ := root.getNS(nsOPS, "prefix")
	p.prefixes = f.parsePrefixes(root.off, prefix, contentReserved)
	for i := range doc.pis {
		p.stylesheetPI(&doc.pis[i])
	}
	p.collect()
	if c.pkg.version == "2.0" {
		return
	}
	p.validate()
	if r.fixed && !root.has("viewBox") {
		f.at(root.off, "HTM-048", "an SVG page of fixed layout must have a viewBox")
	}
	p.checkProperties()
}

// stylesheetPI follows <?xml-stylesheet href="…"?>.
func (p *page) stylesheetPI(pi *procInst) {
	if pi.target != "xml-stylesheet" {
		return
	}
	_, rest, ok := strings.Cut(pi.data, "href=")
	if !ok || rest == "" {
		return
	}
	href, _, _ := strings.Cut(rest[1:], rest[:1])
	to := p.f.resolve(pi.off, p.dir, href)
	p.r.refs = append(p.r.refs, reference{kind: refStyle, to: to, off: pi.off, tag: "xml-stylesheet"})
}
