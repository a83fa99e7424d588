package lint

import "strings"

// refKind is what a reference is used for.
type refKind uint8

const (
	refLink     refKind = iota // a hyperlink
	refCite                    // cite of a quotation, ins, del
	refMeta                    // link in the package document
	refNavTOC                  // an entry of the contents
	refNavPages                // an entry of the page list
	refImage
	refAudio
	refVideo
	refFont
	refStyle
	refTrack
	refSymbol // use in SVG
	refPaint  // fill or stroke in SVG
	refClip
	refGeneric // object, embed, iframe, input, url() in CSS
	refGuide
)

// reference is one use of a target.
type reference struct {
	kind     refKind
	to       target
	off      int
	fallback bool // the document itself offers something else
	tag      string
}

// checkReferences follows every reference of every resource, in the order of the manifest.
func (c *checker) checkReferences() {
	undeclared := map[string]bool{}
	for _, r := range c.pkg.all {
		for i := range r.refs {
			c.checkReference(r, &r.refs[i], undeclared)
		}
	}
	for _, r := range c.pkg.all {
		c.checkOrder(r, refNavTOC, "toc")
	}
}

func (c *checker) checkReference(from *resource, ref *reference, undeclared map[string]bool) {
	to := &ref.to
	if to.scheme == "data" {
		checkData(from.file, ref)
		return
	}
	if to.bad || ref.kind == refNavTOC || ref.kind == refNavPages {
		return
	}
	if to.remote() {
		c.checkRemote(from, ref, undeclared)
		return
	}
	f := from.file
	target := c.resources[to.path]
	if target != nil {
		switch ref.kind {
		case refMeta, refLink, refCite: // these lead to a place, they do not make it part of the page
		default:
			target.used = true
		}
		target.linked = target.linked || ref.kind == refLink
	}
	if target == nil {
		switch e := c.entries[to.path]; {
		case e == nil && ref.kind == refMeta:
			f.at(ref.off, "RSC-007w", "%q is not in the EPUB", to.raw)
		case e == nil:
			f.at(ref.off, "RSC-007", "%q is not in the EPUB", to.raw)
		case ref.kind != refMeta && !undeclared[to.path]:
			undeclared[to.path] = true
			f.at(ref.off, "RSC-008", "%q is used, but not listed in the manifest", to.path)
		}
		return
	}
	switch ref.kind {
	case refImage, refAudio, refVideo, refGeneric, refGuide:
		if !ref.fallback && ref.kind != refGuide && !coreType(target.mediaType) && !c.fallsBack(target, coreType) {
			f.at(ref.off, "RSC-032", "%q of type %q is foreign to EPUB and has no fallback", to.raw, target.mediaType)
		}
	}
	if !c.checkKind(f, ref, target) {
		return
	}
	c.checkFragment(f, ref, target)
}

// checkData wants what a data URL holds to be of a core media type.
func checkData(f *file, ref *reference) {
	switch ref.kind {
	case refImage, refAudio, refVideo, refGeneric:
		mediaType, _, _ := strings.Cut(strings.TrimPrefix(ref.to.raw, "data:"), ",")
		mediaType = strings.ToLower(strings.TrimSpace(strings.TrimSuffix(mediaType, ";base64")))
		if base, _, _ := strings.Cut(mediaType, ";"); !ref.fallback && !coreType(mediaType) && !coreType(base) {
			f.at(ref.off, "RSC-032", "a data URL of type %q is foreign to EPUB and has no fallback", base)
		}
	}
}

// checkKind asks whether a reference of its kind may point to target.
func (c *checker) checkKind(f *file, ref *reference, target *resource) bool {
	to := &ref.to
	switch ref.kind {
	case refLink:
		if strings.HasPrefix(to.fragment, "epubcfi(") {
			return false
		}
		if !c.pkg.isPage(target.mediaType) && !c.fallsBack(target, c.pkg.isPage) {
			f.at(ref.off, "RSC-010", "the link %q leads to a file of type %q, which a reader cannot open as a page", to.raw, target.mediaType)
			return false
		}
		if target.spine < 0 {
			f.at(ref.off, "RSC-011", "the link %q leads to a file that is not in the spine", to.raw)
			return false
		}
	case refImage:
		if to.hasFragment && target.mediaType != "image/svg+xml" {
			f.at(ref.off, "RSC-009", "the fragment of %q means nothing in an image of type %q", to.raw, target.mediaType)
			return false
		}
	case refStyle:
		if to.hasFragment {
			f.at(ref.off, "RSC-013", "the style sheet %q must not have a fragment", to.raw)
			return false
		}
	case refSymbol, refPaint, refClip:
		if !to.hasFragment {
			f.at(ref.off, "RSC-015", "%q must point to an element of an SVG image", to.raw)
			return false
		}
	}
	return true
}

func (c *checker) checkFragment(f *file, ref *reference, target *resource) {
	to := &ref.to
	if !to.hasFragment || to.fragment == "" || !contentType(target.mediaType) || !target.parsed {
		return
	}
	if strings.ContainsAny(to.fragment, "(=") && (strings.HasSuffix(to.fragment, ")") || target.mediaType == "image/svg+xml") ||
		strings.HasPrefix(to.fragment, "xywh=") || strings.HasPrefix(to.fragment, ":~:") {
		return // svgView(…), xywh=…, epubcfi(…), text fragments: not ids
	}
	id, ok := target.ids[to.fragment]
	if !ok {
		f.at(ref.off, "RSC-012", "there is no element with the id %q in %s", to.fragment, to.path)
		return
	}
	want := idPlain
	switch ref.kind {
	case refSymbol:
		want = idSymbol
	case refPaint:
		want = idPaint
	case refClip:
		want = idClip
	case refLink, refCite:
	default:
		return
	}
	strict := ref.kind == refPaint || ref.kind == refClip
	if id.kind != want && (strict || id.kind != idPlain) {
		f.at(ref.off, "RSC-014", "the element with the id %q is not of a kind that can be used here", to.fragment)
	}
}

// checkRemote allows audio, video and fonts out of the container (EPUB 3.3 §3.6), hyperlinks anyway.
func (c *checker) checkRemote(from *resource, ref *reference, undeclared map[string]bool) {
	switch ref.kind {
	case refLink, refCite, refMeta, refGuide:
		if ref.kind == refGuide {
			from.file.at(ref.off, "RSC-006", "%q is not in the EPUB", ref.to.raw)
		}
		return
	}
	to, _, _ := strings.Cut(ref.to.raw, "#")
	item := c.pkg.remote[to]
	if item != nil {
		item.used = true
	}
	allowed := ref.kind == refFont || ref.kind == refAudio || ref.kind == refVideo
	if item != nil {
		allowed = allowed || audioType(item.mediaType) || videoType(item.mediaType) || fontType(item.mediaType)
	}
	if c.pkg.version == "2.0" {
		allowed = false
	}
	switch {
	case !allowed:
		from.file.at(ref.off, "RSC-006", "%q is not in the EPUB: only audio, video and fonts may stay outside", to)
	case ref.to.scheme != "https":
		from.file.at(ref.off, "RSC-031", "%q should be fetched by https", to)
	}
	if allowed && item == nil && !undeclared[to] {
		undeclared[to] = true
		from.file.at(ref.off, "RSC-008", "%q is used, but not listed in the manifest", to)
	}
}

// checkOrder wants the entries of a navigation list in reading order (NAV-011).
func (c *checker) checkOrder(r *resource, kind refKind, list string) {
	spine, anchor := -1, -1
	for i := range r.refs {
		ref := &r.refs[i]
		if ref.kind != kind || ref.to.remote() || ref.to.bad {
			continue
		}
		target := c.resources[ref.to.path]
		if target == nil || target.spine < 0 {
			continue
		}
		if target.spine < spine {
			r.file.at(ref.off, "NAV-011", "%q stands out of reading order in the %s list: its file comes earlier in the spine", ref.to.raw, list)
			spine, anchor = target.spine, -1
			continue
		}
		if target.spine > spine {
			spine, anchor = target.spine, -1
		}
		at := 0
		if ref.to.fragment != "" {
			id, ok := target.ids[ref.to.fragment]
			if !ok {
				continue
			}
			at = id.order
		}
		if at < anchor {
			r.file.at(ref.off, "NAV-011", "%q stands out of reading order in the %s list", ref.to.raw, list)
		}
		anchor = at
	}
}

// fallsBack follows the fallback chain of r to a resource whose type is good.
func (c *checker) fallsBack(r *resource, good func(string) bool) bool {
	for range len(c.pkg.all) {
		if r = c.pkg.byID[r.fallback]; r == nil {
			return false
		}
		if good(r.mediaType) {
			return true
		}
	}
	return false
}
