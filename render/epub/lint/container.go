package lint

import "strings"

// checkContainer reads META-INF/container.xml and returns the path of the package document, "" if there is none.
func (c *checker) checkContainer() string {
	e := c.entries["META-INF/container.xml"]
	if e == nil {
		c.container.whole("RSC-002", "META-INF/container.xml is missing")
		return ""
	}
	data, ok := c.read(e, c.opt.Limits.Text)
	if !ok {
		return ""
	}
	doc := e.file.parse(data, false)
	if doc == nil {
		return ""
	}
	c.readEncryption()
	c.roots = map[string]bool{}
	f := e.file
	root := &doc.nodes[doc.root]
	if !root.is(nsContainer, "container") {
		f.at(root.off, "RSC-005", "the root element must be container of the namespace %s", nsContainer)
	}
	if v, _ := root.get("version"); v != "1.0" {
		f.at(root.off, "RSC-005", `the attribute version must be "1.0"`)
	}
	var found string
	rootfiles := 0
	doc.children(doc.root, func(i int32, n *node) {
		switch {
		case n.is(nsContainer, "rootfiles"):
			doc.children(i, func(_ int32, r *node) {
				if !r.is(nsContainer, "rootfile") {
					f.at(r.off, "RSC-005", "the element %q is not allowed here", r.name)
					return
				}
				rootfiles++
				path := c.rootfile(f, r)
				if found == "" {
					found = path
				}
			})
		case n.is(nsContainer, "links"):
		default:
			f.at(n.off, "RSC-005", "the element %q is not allowed here", n.name)
		}
	})
	if rootfiles == 0 {
		f.at(root.off, "RSC-005", "container.xml must name a package document in a rootfile element")
	}
	if found == "" {
		f.whole("RSC-003", "there is no rootfile of the media type application/oebps-package+xml")
		return ""
	}
	if c.entries[found] == nil {
		f.whole("OPF-002", "the package document %q is not in the EPUB", found)
		return ""
	}
	return found
}

// rootfile returns the path that n names if it is a package document.
func (c *checker) rootfile(f *file, n *node) string {
	path, ok := n.get("full-path")
	switch {
	case !ok:
		f.at(n.off, "OPF-016", "the rootfile element has no full-path")
	case path == "":
		f.at(n.off, "OPF-017", "the full-path of the rootfile element is empty")
	}
	path = strings.TrimSpace(path)
	c.roots[path] = true
	if mediaType, _ := n.get("media-type"); mediaType != "application/oebps-package+xml" {
		return "" // another rendition, such as a PDF
	}
	c.rootfiles++
	return path
}

// readEncryption notes which files are encrypted or obfuscated: their content is not checked.
func (c *checker) readEncryption() {
	c.encrypted = map[string]string{}
	e := c.entries["META-INF/encryption.xml"]
	if e == nil {
		return
	}
	data, ok := c.read(e, c.opt.Limits.Text)
	if !ok {
		return
	}
	doc := e.file.parse(data, false)
	if doc == nil {
		return
	}
	if root := &doc.nodes[doc.root]; !root.is(nsContainer, "encryption") {
		e.file.at(root.off, "RSC-005", "the root element must be encryption of the namespace %s", nsContainer)
	}
	algorithm := ""
	for i := range doc.nodes {
		switch n := &doc.nodes[i]; {
		case n.is(nsEnc, "EncryptedData"):
			algorithm = ""
		case n.is(nsEnc, "EncryptionMethod"):
			if algorithm == "" {
				algorithm, _ = n.get("Algorithm")
			}
		case n.is(nsEnc, "CipherReference"):
			uri, _ := n.get("URI")
			path := unescape(uri)
			if c.entries[path] == nil {
				e.file.at(n.off, "RSC-007", "%q is not in the EPUB", uri)
				continue
			}
			c.encrypted[path] = algorithm
		}
	}
}

// obfuscated reports whether algorithm only mangles the start of a font (EPUB 3.3 §4.4, and Adobe's older way).
func obfuscated(algorithm string) bool {
	return algorithm == "http://www.idpf.org/2008/embedding" || algorithm == "http://ns.adobe.com/pdf/enc#RC"
}
