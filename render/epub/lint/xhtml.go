package lint

import (
	"slices"
	"strconv"
	"strings"
)

// page is the check of one content document, XHTML or SVG.
type page struct {
	c        *checker
	f        *file
	r        *resource
	doc      *document
	dir      string
	state    []state // by node
	needs    map[string]bool
	allows   map[string]bool
	prefixes map[string]string
	viewport bool
	css      bool
}

// state is what the elements inside an element have to know.
type state struct {
	model     model
	spec      *spec // nil outside HTML
	ancestors uint32
	foreign   bool // inside an element that allows anything
}

// watched are the ancestors that forbid or demand something further down, each a bit of state.ancestors.
var watched = []string{"a", "button", "audio", "video", "address", "form", "header", "footer", "dfn", "caption", "progress", "meter", "label", "map", "table", "picture"}

var watchedBit = func() map[string]uint32 {
	m := map[string]uint32{}
	for i, n := range watched {
		m[n] = 1 << i
	}
	return m
}()

// xhtml checks an XHTML content document.
func (c *checker) xhtml(r *resource, e *entry) {
	data, ok := c.read(e, c.opt.Limits.Text)
	if !ok {
		return
	}
	f := e.file
	if limit := c.opt.Budgets.Document; limit > 0 && int64(len(data)) > limit {
		f.whole("EVB-001", "the document has %s, more than %s: e-readers open it slowly", bytesText(int64(len(data))), bytesText(limit))
	}
	doc := f.parse(data, true)
	if doc == nil {
		return
	}
	defer doc.release()
	p := c.newPage(r, f, doc)
	p.checkDoctype()
	root := &doc.nodes[doc.root]
	if c.pkg.version == "2.0" {
		p.collect() // XHTML 1.1 has another content model: links and ids only
		return
	}
	if !root.is(nsXHTML, "html") {
		f.at(root.off, "RSC-005", "the root element must be html of the namespace %s", nsXHTML)
		p.collect()
		return
	}
	prefix, _ := root.getNS(nsOPS, "prefix")
	p.prefixes = f.parsePrefixes(root.off, prefix, contentReserved)
	for _, d := range doc.prefixes {
		if d.prefix == "epub" && d.uri != nsOPS {
			f.at(d.off, "HTM-010", "the prefix epub stands for %q, not for %s", d.uri, nsOPS)
		}
	}
	p.collect()
	p.validate()
	p.checkIDRefs()
	if r.hasProp("nav") {
		p.nav()
	}
	if r.fixed && !p.viewport {
		f.whole("HTM-046", "a page of fixed layout must have a viewport meta element")
	}
	p.checkProperties()
}

func (c *checker) newPage(r *resource, f *file, doc *document) *page {
	return &page{c: c, f: f, r: r, doc: doc, dir: dirOf(r.path), needs: map[string]bool{}, allows: map[string]bool{}}
}

// checkDoctype allows <!DOCTYPE html> and the legacy string of HTML only, and in EPUB 2 XHTML 1.1.
func (p *page) checkDoctype() {
	dt := p.doc.doctype
	if dt == nil {
		return
	}
	if p.c.pkg.version == "2.0" {
		if dt.hasPublic && dt.public != "-//W3C//DTD XHTML 1.1//EN" {
			p.f.at(dt.off, "HTM-004", "the document type must be that of XHTML 1.1")
		}
		return
	}
	if strings.EqualFold(dt.name, "html") && (dt.hasPublic || dt.hasSystem && dt.system != "about:legacy-compat") {
		p.f.at(dt.off, "HTM-004", "the document type must be <!DOCTYPE html>")
	}
}

// validate checks every element against the content model of HTML, MathML and SVG.
func (p *page) validate() {
	p.state = make([]state, len(p.doc.nodes))
	all := elements()
	p.state[0] = state{model: modelList, spec: &spec{extra: map[string]bool{"html": true}}}
	for i := 1; i < len(p.doc.nodes); i++ {
		n := &p.doc.nodes[i]
		parent := &p.state[n.parent]
		if n.name == "" {
			p.text(n, parent)
			continue
		}
		if parent.foreign {
			p.state[i] = *parent
			continue
		}
		st := state{ancestors: parent.ancestors}
		switch n.space {
		case nsXHTML:
			if p.r.mediaType == "image/svg+xml" && parent.model != modelFlow && parent.model != modelPhrasing {
				st.foreign = true // HTML in an SVG file, such as a link to a style sheet
				break
			}
			p.html(int32(i), n, parent, &st, all)
		case nsSVG:
			p.svgElement(int32(i), n, parent, &st)
		case nsMathML:
			p.math(int32(i), n, parent, &st)
		case nsOPS:
			p.switchElement(n, parent, &st)
		default:
			st.foreign = true
			if parent.spec != nil && p.doc.nodes[n.parent].space != nsOPS {
				p.f.at(n.off, "RSC-005", "the element %q of the namespace %q is not allowed here", n.name, n.space)
			}
		}
		p.state[i] = st
	}
}

// text wants none where only elements may stand.
func (p *page) text(n *node, parent *state) {
	if parent.foreign || parent.spec == nil {
		return
	}
	if (parent.model == modelList || parent.model == modelNone) && strings.TrimLeft(n.text, " \t\r\n") != "" {
		p.f.at(n.off, "RSC-005", "text is not allowed directly inside %s", parent.spec.name)
	}
}

// html checks one HTML element and fills its state.
func (p *page) html(i int32, n *node, parent, st *state, all map[string]*spec) {
	s := all[n.name]
	if s == nil {
		st.model, st.spec = modelFlow, &spec{name: n.name}
		if strings.Contains(n.name, "-") { // a custom element
			return
		}
		p.f.at(n.off, "RSC-005", "the element %q is not allowed: %s", n.name, obsolete(n.name))
		return
	}
	if !p.allowed(n, s, parent) {
		where := "here"
		if parent.spec != nil && parent.spec.name != "" {
			where = "inside " + parent.spec.name
		}
		p.f.at(n.off, "RSC-005", "the element %q is not allowed %s", n.name, where)
	}
	for _, a := range forbiddenAncestors[n.name] {
		if st.ancestors&watchedBit[a] != 0 {
			p.f.at(n.off, "RSC-005", "the element %q must not appear inside %s", n.name, a)
		}
	}
	if n.name == "area" && st.ancestors&watchedBit["map"] == 0 {
		p.f.at(n.off, "RSC-005", "an area must lie inside a map")
	}
	if bit := watchedBit[n.name]; bit != 0 {
		st.ancestors |= bit
	}
	st.spec, st.model = s, s.model
	switch s.model {
	case modelAny:
		st.foreign = true
	case modelTransparent:
		st.model = modelFlow
		if parent.model == modelPhrasing {
			st.model = modelPhrasing
		}
	}
	if n.name == "time" && !n.has("datetime") {
		st.model = modelText
	}
	if n.name == "div" && parent.spec != nil && parent.spec.name == "dl" {
		st.model, st.spec = modelList, divInList
	}
	p.attributes(n, s)
	p.structure(i, n)
}

var divInList = &spec{name: "div", extra: names("dt dd script template")}

// allowed reports whether the parent may hold an element of spec s.
func (p *page) allowed(n *node, s *spec, parent *state) bool {
	if parent.spec == nil { // inside MathML or SVG that takes HTML
		return parent.model == modelFlow && s.flow || parent.model == modelPhrasing && s.phrasing
	}
	if parent.spec.extra[n.name] {
		return true
	}
	switch parent.model {
	case modelFlow:
		return s.flow
	case modelPhrasing:
		return s.phrasing
	}
	return false
}

// obsolete says what to use instead of an element that HTML has dropped.
func obsolete(name string) string {
	switch name {
	case "center", "font", "basefont", "big", "blink", "marquee", "nobr", "spacer":
		return "use CSS"
	case "strike":
		return "use s or del"
	case "tt":
		return "use code, samp or CSS"
	case "acronym":
		return "use abbr"
	case "dir":
		return "use ul"
	case "applet", "bgsound", "noembed":
		return "use object or audio"
	case "frame", "frameset", "noframes":
		return "EPUB has no frames"
	case "xmp", "plaintext", "listing":
		return "use pre"
	case "noscript":
		return "XHTML has no noscript"
	}
	if name != strings.ToLower(name) {
		return "names of elements are lower case"
	}
	return "HTML does not know it"
}

// switchElement passes through the deprecated epub:switch and epub:trigger.
func (p *page) switchElement(n *node, parent, st *state) {
	switch n.name {
	case "switch", "trigger":
		p.f.at(n.off, "RSC-017", "epub:%s is deprecated", n.name)
	case "case", "default":
	default:
		p.f.at(n.off, "RSC-005", "the element epub:%s is not known", n.name)
	}
	*st = *parent
}

// special checks what the attributes of an element mean together.
func (p *page) special(n *node) {
	switch n.name {
	case "meta":
		p.meta(n)
	case "img":
		if n.has("ismap") && !p.inLink(n) {
			p.f.at(n.off, "RSC-005", "an image with ismap must lie inside a link")
		}
	case "bdo":
		if !n.has("dir") {
			p.f.at(n.off, "RSC-005", "the element bdo must have the attribute dir")
		}
	case "object":
		if !n.has("data") && !n.has("type") {
			p.f.at(n.off, "RSC-005", "an object needs data or type")
		}
	case "link":
		rel, hasRel := n.get("rel")
		if !hasRel && !n.has("property") && !n.has("itemprop") { // RDFa and microdata
			p.f.at(n.off, "RSC-005", "the element link must have the attribute rel")
		}
		words := strings.Fields(rel)
		if title, _ := n.get("title"); slices.Contains(words, "alternate") && slices.Contains(words, "stylesheet") && title == "" {
			p.f.at(n.off, "CSS-015", "an alternative style sheet must have a title")
		}
		if n.has("sizes") && rel != "icon" {
			p.f.at(n.off, "RSC-005", "sizes is only for icons")
		}
	case "area":
		if n.has("href") != n.has("alt") {
			p.f.at(n.off, "RSC-005", "an area needs href and alt together")
		}
	case "base", "embed", "rp":
		p.f.at(n.off, "HTM-055", "the element %q is discouraged", n.name)
	case "map":
		id, hasID := n.get("id")
		if name, _ := n.get("name"); hasID && id != name {
			p.f.at(n.off, "RSC-005", "the id of a map must be its name")
		}
	}
}

func (p *page) inLink(n *node) bool {
	for i := n.parent; i != 0; i = p.doc.nodes[i].parent {
		if m := &p.doc.nodes[i]; m.is(nsXHTML, "a") && m.has("href") {
			return true
		}
	}
	return false
}

// meta checks the three kinds of meta element, and the viewport.
func (p *page) meta(n *node) {
	name, hasName := n.get("name")
	content, hasContent := n.get("content")
	equiv, hasEquiv := n.get("http-equiv")
	charset, hasCharset := n.get("charset")
	switch {
	case hasCharset:
		if !strings.EqualFold(charset, "utf-8") {
			p.f.at(n.off, "RSC-005", "the charset must be utf-8")
		}
	case hasEquiv:
		switch strings.ToLower(equiv) {
		case "content-type":
			if got := strings.ToLower(strings.ReplaceAll(content, " ", "")); got != "text/html;charset=utf-8" {
				p.f.at(n.off, "RSC-005", `the content must be "text/html; charset=utf-8"`)
			}
		case "refresh", "default-style", "content-security-policy", "x-ua-compatible":
		default:
			p.f.at(n.off, "RSC-005", "http-equiv %q is not allowed", equiv)
		}
		if !hasContent {
			p.f.at(n.off, "RSC-005", "the meta element has no content")
		}
	case !hasName && !n.has("itemprop") && !n.has("property"):
		p.f.at(n.off, "RSC-005", "a meta element needs name, http-equiv or charset")
	case !hasContent:
		p.f.at(n.off, "RSC-005", "the meta element has no content")
	case hasName && strings.TrimSpace(name) == "":
		p.f.at(n.off, "RSC-005", "the name of a meta element is empty")
	}
	if strings.TrimSpace(name) == "viewport" {
		p.checkViewport(n, content)
	}
}

// checkViewport wants width and height on pages of fixed layout (EPUB 3.3 §8.2.2.6).
func (p *page) checkViewport(n *node, content string) {
	if !p.r.fixed {
		p.f.at(n.off, "HTM-060b", "the viewport is ignored in a reflowable document")
		return
	}
	if p.viewport {
		p.f.at(n.off, "HTM-060a", "only the first viewport counts")
		return
	}
	p.viewport = true
	values := map[string][]string{}
	for part := range strings.FieldsFuncSeq(content, func(r rune) bool { return r == ',' || r == ';' }) {
		key, value, ok := strings.Cut(part, "=")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "" || ok && value == "" || !ok && (key == "width" || key == "height") {
			p.f.at(n.off, "HTM-047", "the viewport %q is malformed", content)
			return
		}
		values[key] = append(values[key], value)
	}
	for _, key := range []string{"width", "height"} {
		switch list := values[key]; {
		case len(list) == 0:
			p.f.at(n.off, "HTM-056", "the viewport has no %s", key)
		case len(list) > 1:
			p.f.at(n.off, "HTM-059", "the viewport has more than one %s", key)
		default:
			if v, err := strconv.ParseFloat(list[0], 64); list[0] != "device-"+key && (err != nil || v <= 0) {
				p.f.at(n.off, "HTM-057", "the %s of the viewport must be a positive number", key)
			}
		}
	}
}
