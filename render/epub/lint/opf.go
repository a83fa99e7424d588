package lint

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
)

// packageDoc is what the package document says.
type packageDoc struct {
	path, dir string
	version   string // "3.0" or "2.0"
	file      *file
	doc       *document
	self      *resource
	items     []*resource // the manifest
	all       []*resource // self and items
	byID      map[string]*resource
	remote    map[string]*resource // by URL
	spine     []*resource
	toc       *resource // the NCX that the spine names
	uid       string    // the text of the unique identifier
	prefixes  map[string]string
	fixed     bool // rendition:layout pre-paginated
	overlays  map[string]bool
}

// resource is an item of the manifest, or the package document itself.
type resource struct {
	id, path, mediaType string
	props               []string
	fallback            string
	off                 int
	file                *file
	spine               int // position, -1 outside
	linear, fixed       bool
	remote              bool
	used, linked        bool // something refers to it; a hyperlink does
	parsed              bool // ids are known
	scripted            bool
	ids                 map[string]idInfo
	refs                []reference
}

func (r *resource) hasProp(name string) bool { return slices.Contains(r.props, name) }

// idInfo is an element that can be pointed at.
type idInfo struct {
	order int
	kind  idKind
}

type idKind uint8

const (
	idPlain idKind = iota
	idSymbol
	idPaint
	idClip
)

// readPackage reads the package document at path into c.pkg.
func (c *checker) readPackage(path string) {
	e := c.entries[path]
	data, ok := c.read(e, c.opt.Limits.Text)
	if !ok {
		return
	}
	f := e.file
	doc := f.parse(data, false)
	if doc == nil {
		return
	}
	p := &packageDoc{path: path, dir: dirOf(path), file: f, doc: doc, byID: map[string]*resource{}, remote: map[string]*resource{}, overlays: map[string]bool{}}
	c.resources = map[string]*resource{}
	root := &doc.nodes[doc.root]
	version, _ := root.get("version")
	switch {
	case version == "2.0" || version == "3.0":
		p.version = version
	case strings.HasPrefix(version, "3."):
		f.at(root.off, "OPF-001", `the version of the package document is %q: it must be "3.0" for every version 3.x`, version)
		return
	default:
		f.at(root.off, "OPF-001", "the version of the package document is %q: it must be 3.0 or 2.0", version)
		return
	}
	if p.version == "2.0" && c.rootfiles > 1 {
		c.container.whole("PKG-013", "container.xml names %d package documents: EPUB 2 allows one", c.rootfiles)
	}
	if doc.doctype != nil && (doc.doctype.hasPublic || doc.doctype.hasSystem) && p.version == "3.0" {
		f.at(doc.doctype.off, "OPF-073", "the package document must not name an external document type")
	}
	if !root.is(nsOPF, "package") {
		f.at(root.off, "RSC-005", "the root element must be package of the namespace %s", nsOPF)
		return
	}
	p.self = &resource{path: path, mediaType: "application/oebps-package+xml", file: f, spine: -1, used: true, linear: true}
	p.all = append(p.all, p.self)
	c.resources[path] = p.self
	c.pkg = p
	p.checkIDs()
	if p.version == "3.0" {
		prefix, _ := root.get("prefix")
		p.prefixes = f.parsePrefixes(root.off, prefix, packageReserved)
	}
	p.structure()
	p.checkPackageAttrs(root)
	p.metadata()
	c.manifest()
	c.readSpine()
	c.guide()
	p.checkManifest()
}

// checkIDs wants ids to be names and unique.
func (p *packageDoc) checkIDs() {
	seen := map[string]bool{}
	for i := range p.doc.nodes {
		n := &p.doc.nodes[i]
		id, ok := n.get("id")
		if !ok || n.name == "" {
			continue
		}
		id = strings.TrimSpace(id)
		if !isNCName(id) {
			p.file.at(n.off, "RSC-005", "the id %q is not a name: it must begin with a letter or underscore and hold no colon or space", id)
		}
		if seen[id] {
			p.file.at(n.off, "RSC-005", "the id %q is given twice", id)
		}
		seen[id] = true
	}
}

// structure wants metadata, manifest, spine and what may follow, each once and in this order.
func (p *packageDoc) structure() {
	order := []string{"metadata", "manifest", "spine", "guide", "bindings", "collection"}
	if p.version == "2.0" {
		order = []string{"metadata", "manifest", "spine", "tours", "guide"}
	}
	seen := map[string]bool{}
	last := -1
	p.doc.children(p.doc.root, func(_ int32, n *node) {
		k := slices.Index(order, n.name)
		switch {
		case n.space != nsOPF || k < 0:
			p.file.at(n.off, "RSC-005", "the element %q is not allowed here", n.name)
			return
		case k < last:
			p.file.at(n.off, "RSC-005", "the element %q must stand before %q", n.name, order[last])
		case seen[n.name] && n.name != "collection":
			p.file.at(n.off, "RSC-005", "the element %q is given twice", n.name)
		}
		seen[n.name] = true
		last = max(last, k)
		if n.name == "bindings" {
			p.file.at(n.off, "RSC-017", "the element bindings is deprecated")
		}
	})
	for _, name := range order[:3] {
		if !seen[name] {
			p.file.at(p.doc.nodes[p.doc.root].off, "RSC-005", "the element %q is missing", name)
		}
	}
}

func (p *packageDoc) checkPackageAttrs(root *node) {
	f := p.file
	p.allow(root, "version", "unique-identifier", "id", "prefix", "dir")
	if lang, ok := root.getNS(nsXML, "lang"); ok && lang != "" && !isLanguage(lang) {
		f.at(root.off, "RSC-005", "the language %q is not a language tag", lang)
	}
	if dir, ok := root.get("dir"); ok && dir != "ltr" && dir != "rtl" && dir != "auto" {
		f.at(root.off, "RSC-005", "dir must be ltr, rtl or auto")
	}
	uid, ok := root.get("unique-identifier")
	uid = strings.TrimSpace(uid)
	if !ok || uid == "" {
		f.at(root.off, "OPF-048", "the attribute unique-identifier is missing or empty")
		return
	}
	for i := range p.doc.nodes {
		n := &p.doc.nodes[i]
		if id, _ := n.get("id"); n.is(nsDC, "identifier") && strings.TrimSpace(id) == uid {
			p.uid = strings.TrimSpace(p.doc.content(int32(i)))
			return
		}
	}
	f.at(root.off, "OPF-030", "unique-identifier names %q, but no dc:identifier has this id", uid)
}

// allow wants no attribute without namespace on n but the names given.
func (p *packageDoc) allow(n *node, names ...string) {
	for i := range n.attrs {
		a := &n.attrs[i]
		if a.space == "" && !slices.Contains(names, a.local) || a.space == nsOPF && p.version == "3.0" {
			p.file.at(a.off, "RSC-005", "the attribute %q is not allowed on %s", a.local, n.name)
		}
	}
}

// section calls f for each child of the element name of the package.
func (p *packageDoc) section(name string, f func(int32, *node)) (found *node) {
	p.doc.children(p.doc.root, func(i int32, n *node) {
		if n.is(nsOPF, name) && found == nil {
			found = n
			p.doc.children(i, f)
		}
	})
	return found
}

var mediaTypePattern = lazyregexp.New(`^[a-zA-Z0-9!#$&+\-^_]+/[a-zA-Z0-9!#$&+\-^_]+.*$`)

// manifest reads the items.
func (c *checker) manifest() {
	p := c.pkg
	count := 0
	p.section("manifest", func(_ int32, n *node) {
		if !n.is(nsOPF, "item") {
			p.file.at(n.off, "RSC-005", "the element %q is not allowed in the manifest", n.name)
			return
		}
		count++
		c.item(n)
	})
	if count == 0 {
		p.file.at(p.doc.nodes[p.doc.root].off, "RSC-005", "the manifest must have an item")
	}
}

func (c *checker) item(n *node) {
	p, f := c.pkg, c.pkg.file
	allowed := []string{"id", "href", "media-type", "fallback", "media-overlay", "properties"}
	if p.version == "2.0" {
		allowed = []string{"id", "href", "media-type", "fallback", "fallback-style", "required-namespace", "required-modules"}
	}
	p.allow(n, allowed...)
	id, hasID := n.get("id")
	href, hasHref := n.get("href")
	mediaType, hasType := n.get("media-type")
	for _, m := range []struct {
		name string
		ok   bool
	}{{"id", hasID}, {"href", hasHref}, {"media-type", hasType}} {
		if !m.ok {
			f.at(n.off, "RSC-005", "the item has no attribute %q", m.name)
		}
	}
	mediaType = strings.TrimSpace(mediaType)
	if hasType && !mediaTypePattern.MatchString(mediaType) {
		f.at(n.off, "RSC-005", "%q is not a media type", mediaType)
	}
	if !hasID || !hasHref {
		return
	}
	r := &resource{id: strings.TrimSpace(id), mediaType: mediaType, off: n.off, spine: -1, linear: true}
	r.fallback, _ = n.get("fallback")
	r.fallback = strings.TrimSpace(r.fallback)
	if overlay, ok := n.get("media-overlay"); ok {
		p.overlays[strings.TrimSpace(overlay)] = true
	}
	if props, ok := n.get("properties"); ok && p.version == "3.0" {
		r.props = f.properties(n.off, props, p.prefixes, itemVocab)
		for _, prop := range r.props {
			if types := itemProperties[prop]; types != nil && !slices.ContainsFunc(types, func(t string) bool {
				return t == mediaType || strings.HasSuffix(t, "/") && strings.HasPrefix(mediaType, t)
			}) {
				f.at(n.off, "OPF-012", "the property %q is not for files of type %q", prop, mediaType)
			}
		}
	}
	to := f.resolve(n.off, p.dir, href)
	c.register(r, to)
}

// register adds r to the manifest under the place that to names.
func (c *checker) register(r *resource, to target) {
	p, f := c.pkg, c.pkg.file
	if p.byID[r.id] == nil {
		p.byID[r.id] = r
	}
	switch {
	case to.scheme == "data":
		f.at(r.off, "RSC-029", "a data URL must not be an item of the manifest")
		return
	case to.remote():
		r.remote = true
		r.path = to.raw
		r.file = f
		if p.remote[to.raw] != nil {
			f.at(r.off, "OPF-074", "%q is listed twice", to.raw)
			return
		}
		p.remote[to.raw] = r
		p.items = append(p.items, r)
		p.all = append(p.all, r)
		return
	}
	r.path = to.path
	if to.hasFragment {
		f.at(r.off, "OPF-091", "the href of an item must not have a fragment")
	}
	if to.path == p.path {
		f.at(r.off, "OPF-099", "the manifest must not list the package document")
		return
	}
	if c.resources[to.path] != nil {
		f.at(r.off, "OPF-074", "%q is listed twice", to.path)
		return
	}
	if strings.HasPrefix(to.path, "META-INF/") {
		f.at(r.off, "PKG-025", "a file of the book must not lie in META-INF")
	}
	if better := preferredType(r.mediaType, to.path); better != "" && p.version == "3.0" {
		f.at(r.off, "OPF-090", "%q is an outdated name of the media type %q", r.mediaType, better)
	}
	if e := c.entries[to.path]; e != nil {
		r.file = e.file
	} else {
		r.file = c.newFile(to.path)
		f.at(r.off, "RSC-001", "%q is listed in the manifest, but not in the EPUB", to.path)
	}
	c.resources[to.path] = r
	p.items = append(p.items, r)
	p.all = append(p.all, r)
}

// checkManifest looks at the items in the light of each other.
func (p *packageDoc) checkManifest() {
	f := p.file
	navs, covers := 0, 0
	for _, r := range p.items {
		if r.hasProp("nav") {
			navs++
		}
		if r.hasProp("cover-image") {
			covers++
			r.used = true
		}
		if r.fallback != "" {
			p.checkFallback(r)
		}
		if p.overlays[r.id] {
			r.used = true
			if r.mediaType != "application/smil+xml" {
				f.at(r.off, "RSC-005", "the media overlay %q must be of type application/smil+xml", r.id)
			}
		}
	}
	root := &p.doc.nodes[p.doc.root]
	if p.version == "3.0" && navs != 1 {
		f.at(root.off, "RSC-005", "exactly one item must have the property nav: there are %d", navs)
	}
	if covers > 1 {
		f.at(root.off, "RSC-005", "only one item may have the property cover-image: there are %d", covers)
	}
}

func (p *packageDoc) checkFallback(r *resource) {
	seen := map[*resource]bool{}
	for next := r; next.fallback != ""; {
		if seen[next] {
			p.file.at(r.off, "OPF-045", "the fallbacks of %q lead back to itself", r.id)
			return
		}
		seen[next] = true
		to := p.byID[next.fallback]
		if to == nil {
			if next == r {
				p.file.at(r.off, "OPF-040", "fallback names %q, but no item has this id", r.fallback)
			}
			return
		}
		to.used = true
		next = to
	}
}
