package lint

import "strings"

// collect notes the ids of a content document, what it refers to, and what its item must say about it.
func (p *page) collect() {
	d := p.doc
	d.ids = map[string]int32{}
	p.r.ids = map[string]idInfo{}
	order := 0
	for i := 1; i < len(d.nodes); i++ {
		n := &d.nodes[i]
		if n.name == "" {
			continue
		}
		if id, ok := n.get("id"); ok {
			order++
			if d.ids[id] != 0 {
				p.f.at(n.off, "RSC-005", "the id %q is given twice", id)
			} else {
				d.ids[id] = int32(i)
				p.r.ids[id] = idInfo{order: order, kind: kindOfID(n)}
			}
		}
		p.handlers(n)
		switch n.space {
		case nsXHTML:
			p.htmlRefs(int32(i), n)
		case nsSVG:
			p.svgRefs(int32(i), n)
		case nsMathML:
			if n.name == "math" {
				p.needs["mathml"] = true
				p.ref(n, "", "altimg", refImage, false)
			}
		case nsOPS:
			if n.name == "switch" {
				p.needs["switch"] = true
			}
		}
	}
	p.r.parsed = true
}

func kindOfID(n *node) idKind {
	if n.space == nsSVG {
		switch n.name {
		case "linearGradient", "radialGradient", "pattern":
			return idPaint
		case "clipPath":
			return idClip
		case "symbol":
			return idSymbol
		}
	}
	return idPlain
}

// handlers looks for event handlers and style attributes.
func (p *page) handlers(n *node) {
	for i := range n.attrs {
		a := &n.attrs[i]
		switch {
		case a.space != "":
		case len(a.local) > 3 && a.local[0] == 'o' && a.local[1] == 'n' && scriptHandlers[a.local]:
			p.script()
		case a.local == "style" && n.space == nsXHTML && a.value != "":
			p.declarations(a.value, a.off)
		}
	}
}

// scriptHandlers are the event handlers that make a document scripted in EPUBCheck's eyes.
var scriptHandlers = func() map[string]bool {
	m := map[string]bool{}
	for e := range strings.FieldsSeq(`afterprint beforeprint beforeunload error haschange load message offline pagehide pageshow popstate
		redo resize storage undo unload blur change contextmenu focus formchange forminput input invalid reset select submit keydown
		keypress keyup abort canplay canplaythrough durationchange emptied ended loadeddata loadedmetadata loadstart pause play playing
		progress ratechange readystatechange seeked seeking stalled suspend timeupdate volumechange waiting click dblclick drag dragend
		dragenter dragleave dragover dragstart drop mousedown mousemove mouseout mouseover mouseup mousewheel scroll`) {
		m["on"+e] = true
	}
	return m
}()

func (p *page) script() {
	p.needs["scripted"] = true
	p.r.scripted = true
}

// ref notes the reference in the attribute name of n, if it is there.
func (p *page) ref(n *node, space, name string, kind refKind, fallback bool) {
	value, ok := n.getNS(space, name)
	if !ok || strings.TrimSpace(value) == "" {
		return
	}
	p.refer(n, value, kind, fallback)
}

func (p *page) refer(n *node, value string, kind refKind, fallback bool) {
	to := p.f.resolve(n.off, p.dir, value)
	p.r.refs = append(p.r.refs, reference{kind: kind, to: to, off: n.off, fallback: fallback, tag: n.name})
	switch kind {
	case refLink, refCite, refStyle:
		return
	}
	if to.remote() && to.scheme != "data" {
		p.needs["remote-resources"] = true
	}
	if r := p.c.resources[to.path]; r != nil && r.mediaType == "image/svg+xml" && !to.remote() {
		p.allows["svg"] = true
	}
}

// link notes a hyperlink.
func (p *page) link(n *node, value string) {
	value = strings.TrimSpace(value)
	if value == "" {
		p.f.at(n.off, "HTM-045", "the link is empty: it leads to its own page")
		return
	}
	if value == "." {
		return
	}
	to := p.f.resolve(n.off, p.dir, value)
	switch {
	case to.scheme == "data":
		p.f.at(n.off, "RSC-029", "a link must not lead to a data URL")
		return
	case to.remote():
		if !knownSchemes[to.scheme] {
			p.f.at(n.off, "HTM-025", "the scheme %q is not a registered one", to.scheme)
		}
		return
	}
	p.r.refs = append(p.r.refs, reference{kind: refLink, to: to, off: n.off, tag: n.name})
}

func (p *page) htmlRefs(i int32, n *node) {
	switch n.name {
	case "a", "area":
		if v, ok := n.get("href"); ok {
			p.link(n, v)
		}
	case "img":
		inPicture := p.doc.nodes[n.parent].is(nsXHTML, "picture")
		p.ref(n, "", "src", refImage, inPicture)
		p.srcset(n, inPicture)
		if inPicture {
			if to := p.f.quiet(p.dir, attrOf(n, "src")); p.typeOf(to) != "" && !imageType(p.typeOf(to)) {
				p.f.at(n.off, "MED-003", "the img of a picture must be a GIF, JPEG, PNG, SVG or WebP image")
			}
		}
	case "source":
		p.source(n)
	case "link":
		rel, _ := n.get("rel")
		href, ok := n.get("href")
		if !ok {
			break
		}
		if strings.Contains(strings.ToLower(rel), "stylesheet") {
			p.css = true
			p.refer(n, href, refStyle, false)
		} else {
			p.f.resolve(n.off, p.dir, href)
		}
	case "script":
		kind, ok := n.get("type")
		if !ok || javascript(kind) {
			p.script()
			p.ref(n, "", "src", refGeneric, false)
		} else if n.has("src") {
			p.ref(n, "", "src", refGeneric, true)
		}
	case "form":
		p.needs["scripted"] = true
	case "object":
		p.ref(n, "", "data", refGeneric, p.palpable(i))
	case "iframe", "embed", "input":
		p.ref(n, "", "src", refGeneric, false)
	case "track":
		p.ref(n, "", "src", refTrack, false)
	case "audio":
		p.mediaRef(n, refAudio, false)
	case "video":
		p.ref(n, "", "poster", refImage, false)
		p.mediaRef(n, refVideo, false)
	case "blockquote", "q", "ins", "del":
		p.ref(n, "", "cite", refCite, false)
	case "style":
		p.css = true
		if text := p.doc.content(i); text != "" {
			p.styleText(i, text)
		}
	}
	if n.name == "source" || n.name == "object" || n.name == "embed" {
		p.declaredType(n)
	}
}

func attrOf(n *node, name string) string {
	v, _ := n.get(name)
	return v
}

// quiet resolves without reporting.
func (f *file) quiet(dir, raw string) target {
	q := file{path: f.path, least: Fatal + 1, count: map[string]int{}}
	return q.resolve(0, dir, raw)
}

// typeOf returns the media type of what to names, "" if the manifest does not list it.
func (p *page) typeOf(to target) string {
	if to.remote() {
		if r := p.c.pkg.remote[to.raw]; r != nil {
			return r.mediaType
		}
		return ""
	}
	if r := p.c.resources[to.path]; r != nil {
		return r.mediaType
	}
	return ""
}

// declaredType compares a type attribute with the manifest.
func (p *page) declaredType(n *node) {
	declared, ok := n.get("type")
	if !ok {
		return
	}
	src := attrOf(n, "src") + attrOf(n, "data")
	if src == "" {
		return
	}
	declared, _, _ = strings.Cut(declared, ";")
	real, _, _ := strings.Cut(p.typeOf(p.f.quiet(p.dir, src)), ";")
	if declared, real = strings.TrimSpace(declared), strings.TrimSpace(real); real != "" && declared != real {
		p.f.at(n.off, "OPF-013", "the type is given as %q, but the manifest says %q", declared, real)
	}
}

func (p *page) source(n *node) {
	switch parent := &p.doc.nodes[n.parent]; parent.name {
	case "picture":
		p.srcset(n, true)
		first, _, _ := strings.Cut(strings.TrimSpace(attrOf(n, "srcset")), " ")
		if t := p.typeOf(p.f.quiet(p.dir, first)); t != "" && !imageType(t) && attrOf(n, "type") == "" {
			p.f.at(n.off, "MED-007", "a source of type %q must say so in its type attribute", t)
		}
	case "audio", "video":
		kind := refVideo
		if parent.name == "audio" {
			kind = refAudio
		}
		fallback := false
		p.doc.children(n.parent, func(_ int32, c *node) {
			if c.name == "source" {
				fallback = fallback || coreType(attrOf(c, "type")) || coreType(p.typeOf(p.f.quiet(p.dir, attrOf(c, "src"))))
			}
		})
		p.mediaRef(n, kind, fallback)
	}
}

func (p *page) mediaRef(n *node, kind refKind, fallback bool) {
	p.ref(n, "", "src", kind, fallback)
}

func (p *page) srcset(n *node, fallback bool) {
	v, ok := n.get("srcset")
	if !ok {
		return
	}
	if strings.HasPrefix(strings.TrimSpace(v), "data:") {
		return // a data URL in one piece or wrapped over lines: nothing to follow
	}
	for {
		v = strings.TrimLeft(v, " \t\r\n,")
		if v == "" {
			return
		}
		end := strings.IndexAny(v, " \t\r\n")
		if end < 0 {
			end = len(v)
		}
		url := v[:end] // a URL may hold commas, but not end in one
		v = v[end:]
		if trimmed := strings.TrimRight(url, ","); trimmed != url {
			url = trimmed
		} else if _, rest, ok := strings.Cut(v, ","); ok {
			v = rest
		} else {
			v = ""
		}
		p.refer(n, url, refImage, fallback)
	}
}

// palpable reports whether an object holds something to show instead of its data.
func (p *page) palpable(i int32) bool {
	end := p.doc.after(i)
	for k := i + 1; k < end; k++ {
		n := &p.doc.nodes[k]
		if n.name == "" && strings.TrimSpace(n.text) != "" {
			return true
		}
		if n.has("hidden") {
			k = p.doc.after(k) - 1
			continue
		}
		switch n.name {
		case "img", "svg", "math", "audio", "video", "iframe", "canvas", "embed", "object", "picture":
			return true
		}
	}
	return false
}

func imageType(t string) bool {
	switch t {
	case "image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp":
		return true
	}
	return false
}

func javascript(t string) bool {
	t, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(t)), ";")
	switch t {
	case "application/javascript", "text/javascript", "application/ecmascript", "text/ecmascript", "application/x-javascript",
		"application/x-ecmascript", "text/jscript", "text/livescript", "text/x-javascript", "text/x-ecmascript":
		return true
	}
	return false
}
