package lint

import (
	"slices"
	"strings"
)

// readSpine reads the reading order.
func (c *checker) readSpine() {
	p, f := c.pkg, c.pkg.file
	count := 0
	linear := false
	seen := map[string]bool{}
	spine := p.section("spine", func(_ int32, n *node) {
		if !n.is(nsOPF, "itemref") {
			f.at(n.off, "RSC-005", "the element %q is not allowed in the spine", n.name)
			return
		}
		count++
		if p.itemref(n, seen) {
			linear = true
		}
	})
	if spine == nil {
		return
	}
	if count == 0 {
		f.at(spine.off, "RSC-005", "the spine must have an itemref")
	} else if !linear && len(p.spine) > 0 {
		f.at(spine.off, "OPF-033", "no item of the spine is linear")
	}
	p.spineAttrs(spine)
}

func (p *packageDoc) spineAttrs(spine *node) {
	f := p.file
	if p.version == "3.0" {
		p.allow(spine, "id", "toc", "page-progression-direction")
	} else {
		p.allow(spine, "id", "toc")
	}
	if d, ok := spine.get("page-progression-direction"); ok && d != "ltr" && d != "rtl" && d != "default" {
		f.at(spine.off, "RSC-005", "page-progression-direction must be ltr, rtl or default")
	}
	if spine.has("page-map") {
		f.at(spine.off, "OPF-062", "page-map is Adobe's and outdated")
	}
	const ncx = "application/x-dtbncx+xml"
	toc, ok := spine.get("toc")
	if ok {
		switch r := p.byID[strings.TrimSpace(toc)]; {
		case r == nil:
			f.at(spine.off, "OPF-049", "toc names %q, but no item has this id", toc)
		case r.mediaType != ncx:
			f.at(spine.off, "OPF-050", "toc must name the NCX, not a file of type %q", r.mediaType)
		default:
			p.toc = r
			r.used = true
		}
		return
	}
	if p.version == "2.0" {
		f.at(spine.off, "RSC-005", "the attribute toc is missing: EPUB 2 needs an NCX")
		return
	}
	for _, r := range p.items {
		if r.mediaType == ncx {
			f.at(spine.off, "RSC-005", "the attribute toc is missing, although there is an NCX")
			break
		}
	}
}

// itemref reads one place of the spine and reports whether it is linear.
func (p *packageDoc) itemref(n *node, seen map[string]bool) bool {
	f := p.file
	p.allow(n, "idref", "linear", "id", "properties")
	linear, ok := n.get("linear")
	if ok && linear != "yes" && linear != "no" {
		f.at(n.off, "RSC-005", "linear must be yes or no")
	}
	idref, ok := n.get("idref")
	idref = strings.TrimSpace(idref)
	if !ok {
		f.at(n.off, "RSC-005", "the itemref has no idref")
		return false
	}
	if seen[idref] {
		id := "RSC-005"
		if p.version == "2.0" {
			id = "OPF-034"
		}
		f.at(n.off, id, "the spine holds %q twice", idref)
		return linear != "no"
	}
	seen[idref] = true
	r := p.byID[idref]
	if r == nil {
		f.at(n.off, "OPF-049", "idref names %q, but no item has this id", idref)
		return false
	}
	r.spine = len(p.spine)
	r.used = true
	r.linear = linear != "no"
	p.spine = append(p.spine, r)
	r.fixed = p.fixed
	if props, ok := n.get("properties"); ok && p.version == "3.0" {
		list := f.properties(n.off, props, p.prefixes, itemrefVocab)
		for _, group := range exclusiveItemref {
			if k := countPrefixed(list, group); k > 1 {
				f.at(n.off, "RSC-005", "%d properties of the itemref exclude each other", k)
			}
		}
		r.fixed = r.fixed && !slices.Contains(list, "rendition:layout-reflowable") || slices.Contains(list, "rendition:layout-pre-paginated")
	}
	p.spineType(r)
	return r.linear
}

// isPage reports whether a reader can open a file of type t as a page.
func (p *packageDoc) isPage(t string) bool {
	return contentType(t) || t == "text/html" || t == "text/x-oeb1-document" || p.version == "2.0" && t == "application/x-dtbook+xml"
}

// spineType wants a content document, or a way to one.
func (p *packageDoc) spineType(r *resource) {
	good := contentType
	if p.version == "2.0" {
		good = p.isPage
	}
	if good(r.mediaType) {
		return
	}
	if r.fallback == "" {
		p.file.at(r.off, "OPF-043", "a file of type %q is in the spine without a fallback", r.mediaType)
		return
	}
	next := r
	for range len(p.items) + 1 {
		if next = p.byID[next.fallback]; next == nil {
			break
		}
		if good(next.mediaType) {
			return
		}
	}
	p.file.at(r.off, "OPF-044", "the fallbacks of a file of type %q in the spine lead to no content document", r.mediaType)
}

// guide checks the guide of EPUB 2, which may stand in EPUB 3 too.
func (c *checker) guide() {
	p, f := c.pkg, c.pkg.file
	count := 0
	seen := map[string]bool{}
	g := p.section("guide", func(_ int32, n *node) {
		if !n.is(nsOPF, "reference") {
			f.at(n.off, "RSC-005", "the element %q is not allowed in the guide", n.name)
			return
		}
		count++
		kind, hasType := n.get("type")
		href, hasHref := n.get("href")
		if !hasType || !hasHref {
			f.at(n.off, "RSC-005", "a reference needs type and href")
		}
		if !hasHref {
			return
		}
		key := strings.ToLower(kind + " " + href)
		if seen[key] && p.version == "3.0" {
			f.at(n.off, "RSC-017", "the guide has two references of the same type to the same place")
		}
		seen[key] = true
		to := f.resolve(n.off, p.dir, href)
		p.self.refs = append(p.self.refs, reference{kind: refGuide, to: to, off: n.off, tag: "reference"})
		switch r := c.resources[to.path]; {
		case r == nil:
			f.at(n.off, "OPF-031", "the guide points to %q, which the manifest does not list", href)
		case !p.isPage(r.mediaType):
			f.at(n.off, "OPF-032", "the guide points to %q, which is no content document", href)
		}
	})
	if g != nil && count == 0 && p.version == "3.0" {
		f.at(g.off, "RSC-005", "the guide must have a reference")
	}
}
