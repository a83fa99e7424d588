package lint

import (
	"strconv"
	"strings"
)

// ncxCheck is the check of an NCX, the navigation of EPUB 2.
type ncxCheck struct {
	f     *file
	r     *resource
	dir   string
	doc   *document
	order []playOrder
}

type playOrder struct {
	value, src string
	off        int
}

// ncx checks the NCX (OPF 2.0.1 §2.4.1 and DAISY NCX 2005-1).
func (c *checker) ncx(r *resource, e *entry) {
	data, ok := c.read(e, c.opt.Limits.Text)
	if !ok {
		return
	}
	f := e.file
	doc := f.parse(data, false)
	if doc == nil {
		return
	}
	if dt := doc.doctype; dt != nil && (dt.hasPublic || dt.hasSystem) && (dt.public != "-//NISO//DTD ncx 2005-1//EN" || dt.system != "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd") {
		f.at(dt.off, "OPF-073", "the document type must be that of NCX 2005-1, or have no external part")
	}
	k := &ncxCheck{f: f, r: r, dir: dirOf(r.path), doc: doc}
	root := &doc.nodes[doc.root]
	if !root.is(nsNCX, "ncx") {
		f.at(root.off, "RSC-005", "the root element must be ncx of the namespace %s", nsNCX)
		return
	}
	if v, _ := root.get("version"); v != "2005-1" {
		f.at(root.off, "RSC-005", `the attribute version must be "2005-1"`)
	}
	k.ids()
	k.top(c.pkg.uid)
	k.playOrder()
}

func (k *ncxCheck) ids() {
	seen := map[string]bool{}
	for i := range k.doc.nodes {
		n := &k.doc.nodes[i]
		id, ok := n.get("id")
		if !ok {
			continue
		}
		if id = strings.TrimSpace(id); !isNCName(id) {
			k.f.at(n.off, "RSC-005", "the id %q is not a name: it must begin with a letter or underscore and hold no colon or space", id)
		}
		if seen[id] {
			k.f.at(n.off, "RSC-005", "the id %q is given twice", id)
		}
		seen[id] = true
	}
}

// top checks head, titles, map and lists.
func (k *ncxCheck) top(uid string) {
	root := &k.doc.nodes[k.doc.root]
	rank := map[string]int{"head": 1, "docTitle": 2, "docAuthor": 3, "navMap": 4, "pageList": 5, "navList": 6}
	seen := map[string]int{}
	last := 0
	k.doc.children(k.doc.root, func(i int32, n *node) {
		at, ok := rank[n.name]
		if !ok || n.space != nsNCX {
			k.f.at(n.off, "RSC-005", "the element %q is not allowed here", n.name)
			return
		}
		if at < last || seen[n.name] > 0 && n.name != "docAuthor" && n.name != "navList" {
			k.f.at(n.off, "RSC-005", "the element %q is not allowed here", n.name)
		}
		seen[n.name]++
		last = max(last, at)
		switch n.name {
		case "head":
			k.head(i, n, uid)
		case "docTitle", "docAuthor":
			k.labelled(i, n)
		case "navMap":
			k.points(i, n, "navPoint")
		case "pageList":
			k.points(i, n, "pageTarget")
		case "navList":
			k.points(i, n, "navTarget")
		}
	})
	for _, name := range []string{"head", "docTitle", "navMap"} {
		if seen[name] == 0 {
			k.f.at(root.off, "RSC-005", "the element %q is missing", name)
		}
	}
}

func (k *ncxCheck) head(i int32, n *node, uid string) {
	metas := 0
	k.doc.children(i, func(_ int32, m *node) {
		if m.name != "meta" {
			k.f.at(m.off, "RSC-005", "the element %q is not allowed in the head", m.name)
			return
		}
		metas++
		name, hasName := m.get("name")
		content, hasContent := m.get("content")
		if !hasName || !hasContent {
			k.f.at(m.off, "RSC-005", "a meta element needs name and content")
		}
		if name == "dtb:uid" {
			switch {
			case uid == "": // reported in the package document
			case strings.TrimSpace(content) != uid:
				k.f.at(m.off, "NCX-001", "the identifier of the NCX is %q, that of the package document %q", content, uid)
			case content != strings.TrimSpace(content):
				k.f.at(m.off, "NCX-004", "the identifier of the NCX begins or ends in a space")
			}
		}
	})
	if metas == 0 {
		k.f.at(n.off, "RSC-005", "the head must have a meta element")
	}
}

// labelled wants a text child.
func (k *ncxCheck) labelled(i int32, n *node) {
	texts := 0
	k.doc.children(i, func(t int32, c *node) {
		switch c.name {
		case "text":
			if texts++; strings.TrimSpace(k.doc.content(t)) == "" {
				k.f.at(c.off, "NCX-006", "the text of %s is empty", n.name)
			}
		case "img", "audio":
		default:
			k.f.at(c.off, "RSC-005", "the element %q is not allowed in %s", c.name, n.name)
		}
	})
	if texts != 1 {
		k.f.at(n.off, "RSC-005", "%s must hold one text", n.name)
	}
}

// points checks the entries called name in the element i.
func (k *ncxCheck) points(i int32, n *node, name string) {
	count := 0
	k.doc.children(i, func(at int32, c *node) {
		switch c.name {
		case name:
			count++
			k.point(at, c, name)
		case "navInfo", "navLabel":
			k.labelled(at, c)
		default:
			k.f.at(c.off, "RSC-005", "the element %q is not allowed in %s", c.name, n.name)
		}
	})
	if count == 0 {
		k.f.at(n.off, "RSC-005", "%s must have a %s", n.name, name)
	}
}

func (k *ncxCheck) point(i int32, n *node, name string) {
	if !n.has("id") && name != "pageTarget" {
		k.f.at(n.off, "RSC-005", "a %s must have an id", name)
	}
	if kind, ok := n.get("type"); name == "pageTarget" && (!ok || kind != "front" && kind != "normal" && kind != "special") {
		k.f.at(n.off, "RSC-005", "the type of a pageTarget must be front, normal or special")
	}
	labels, contents, src := 0, 0, ""
	k.doc.children(i, func(at int32, c *node) {
		switch {
		case c.name == "navLabel" && contents == 0:
			labels++
			k.labelled(at, c)
		case c.name == "content" && contents == 0:
			contents++
			var ok bool
			if src, ok = c.get("src"); !ok {
				k.f.at(c.off, "RSC-005", "content must have src")
				return
			}
			to := k.f.resolve(c.off, k.dir, src)
			if to.remote() {
				return
			}
			k.r.refs = append(k.r.refs, reference{kind: refLink, to: to, off: c.off, tag: "content"})
		case c.name == "navPoint" && name == "navPoint" && contents == 1:
			k.point(at, c, name)
		default:
			k.f.at(c.off, "RSC-005", "the element %q is not allowed here", c.name)
		}
	})
	if labels == 0 || contents == 0 {
		k.f.at(n.off, "RSC-005", "a %s needs navLabel and content", name)
	}
	if v, ok := n.get("playOrder"); ok {
		k.order = append(k.order, playOrder{v, src, n.off})
	}
}

// playOrder wants numbers from 1 without gaps, the same for the same target.
func (k *ncxCheck) playOrder() {
	if len(k.order) == 0 {
		return
	}
	at := map[int]string{}
	of := map[string]int{}
	for _, o := range k.order {
		n, err := strconv.Atoi(strings.TrimSpace(o.value))
		if err != nil {
			k.f.at(o.off, "RSC-005", "the playOrder %q is no number", o.value)
			continue
		}
		if src, ok := at[n]; ok && src != o.src {
			k.f.at(o.off, "RSC-005", "the playOrder %d is given to two places", n)
		}
		if m, ok := of[o.src]; ok && m != n {
			k.f.at(o.off, "RSC-005", "the place %q has two playOrder values", o.src)
		}
		at[n], of[o.src] = o.src, n
	}
	for _, o := range k.order {
		n, err := strconv.Atoi(strings.TrimSpace(o.value))
		if _, ok := at[n-1]; err == nil && n > 1 && !ok {
			k.f.at(o.off, "RSC-005", "the playOrder values have a gap before %d", n)
		}
	}
}
