package lint

import "strings"

// job returns what is to be done for the file e.
func (c *checker) job(e *entry) func() {
	switch e.name {
	case "META-INF/container.xml", "META-INF/encryption.xml":
		return nil
	}
	r := c.resources[e.name]
	if c.pkg != nil && e.name == c.pkg.path {
		return nil
	}
	if algorithm, ok := c.encrypted[e.name]; ok {
		return func() {
			if !obfuscated(algorithm) {
				e.file.whole("RSC-004", "the file is encrypted: its content was not checked")
			} else if r != nil && !coreFont(r.mediaType) {
				e.file.whole("PKG-026", "only fonts may be obfuscated, not files of type %q", r.mediaType)
			}
			c.head(e, 0)
		}
	}
	if r == nil {
		return func() { c.unlisted(e) }
	}
	if r.mediaType == "" {
		return func() { c.head(e, 0) }
	}
	switch r.mediaType {
	case "application/xhtml+xml":
		return func() { c.xhtml(r, e) }
	case "image/svg+xml":
		return func() { c.svg(r, e) }
	case "text/css":
		return func() { c.stylesheet(r, e) }
	case "application/x-dtbncx+xml":
		return func() { c.ncx(r, e) }
	case "application/smil+xml", "application/pls+xml", "application/vnd.epub.search-key-map+xml":
		return func() {
			if data, ok := c.read(e, c.opt.Limits.Text); ok {
				if doc := e.file.parse(data, false); doc != nil && doc.doctype != nil && (doc.doctype.hasPublic || doc.doctype.hasSystem) {
					e.file.at(doc.doctype.off, "OPF-073", "the file must not name an external document type")
				}
			}
		}
	}
	if strings.HasPrefix(r.mediaType, "image/") {
		return func() { c.image(r, e) }
	}
	return func() { c.head(e, 0) }
}

// unlisted reports a file that no manifest lists.
func (c *checker) unlisted(e *entry) {
	c.head(e, 0)
	if c.pkg == nil || e.name == "mimetype" || c.roots[e.name] || strings.HasPrefix(e.name, "META-INF/") {
		return
	}
	for _, ref := range c.pkg.self.refs {
		if ref.kind == refMeta && ref.to.path == e.name {
			return // a linked record
		}
	}
	e.file.whole("OPF-003", "the file is not listed in the manifest")
}

// checkUse looks for resources that nothing leads to.
func (c *checker) checkUse() {
	p := c.pkg
	scripted := false
	for _, r := range p.items {
		scripted = scripted || r.scripted
	}
	for _, r := range p.items {
		if r.remote && !audioType(r.mediaType) && !videoType(r.mediaType) && !fontType(r.mediaType) && r.mediaType != "application/x-shockwave-flash" {
			if r.spine >= 0 || !r.used && !scripted {
				p.file.at(r.off, "RSC-006", "%q is not in the EPUB: only audio, video and fonts may stay outside", r.path)
			} else if !r.used {
				p.file.at(r.off, "RSC-006b", "%q is not in the EPUB", r.path)
			}
		}
		if !r.used && !r.hasProp("nav") && p.version == "3.0" {
			p.file.at(r.off, "OPF-097", "%q is in the manifest, but nothing uses it", r.path)
		}
		if r.spine >= 0 && !r.linear && !r.linked && p.version == "3.0" {
			id := "OPF-096"
			if scripted {
				id = "OPF-096b"
			}
			p.file.at(r.off, id, "%q is not linear and no link leads to it", r.path)
		}
	}
}

func contentType(t string) bool { return t == "application/xhtml+xml" || t == "image/svg+xml" }
func audioType(t string) bool   { return strings.HasPrefix(t, "audio/") }
func videoType(t string) bool   { return strings.HasPrefix(t, "video/") }

func fontType(t string) bool {
	return strings.HasPrefix(t, "font/") || strings.HasPrefix(t, "application/font-") || t == "application/vnd.ms-opentype" || t == "application/x-font-ttf"
}

// coreFont reports whether t is a font type that every reader has to know, by any of its names.
func coreFont(t string) bool { return fontType(t) && coreType(t) }

// coreType reports whether t is a core media type (EPUB 3.3 §3.2), by any of its names.
func coreType(t string) bool {
	switch t {
	case "image/gif", "image/jpeg", "image/png", "image/webp", "image/svg+xml", "audio/mpeg", "audio/mp4",
		"application/xhtml+xml", "text/css", "font/ttf", "font/otf", "font/woff", "font/woff2", "application/font-sfnt", "application/font-woff",
		"application/vnd.ms-opentype", "application/x-font-ttf", "application/javascript", "text/javascript", "application/ecmascript",
		"application/pls+xml", "application/smil+xml":
		return true
	}
	if base, codecs, ok := strings.Cut(t, ";"); ok && strings.TrimSpace(base) == "audio/ogg" {
		return strings.TrimSpace(codecs) == "codecs=opus"
	}
	return videoType(t)
}

// preferredType returns the present name of an outdated media type, "" if t is not outdated.
func preferredType(t, path string) string {
	switch t {
	case "application/font-sfnt":
		if strings.HasSuffix(path, ".otf") {
			return "font/otf"
		}
		return "font/ttf"
	case "application/vnd.ms-opentype":
		return "font/otf"
	case "application/font-woff":
		return "font/woff"
	case "application/x-font-ttf":
		return "font/ttf"
	case "text/javascript", "application/ecmascript":
		return "application/javascript"
	}
	return ""
}

// knownSchemes are the URI schemes that EPUBCheck takes for registered.
var knownSchemes = names(`aaa aaas acap cap cid crid data dav dict dns fax file ftp go gopher h323 http https icap im imap info ipp irc
	iris iris.beep iris.xpc iris.xpcs iris.lwz javascript ldap mailto mid modem msrp msrps mtqp mupdate news nfs nntp opaquelocktoken
	pop pres rtsp service shttp sip sips snmp soap.beep soap.beeps tag tel telnet tftp thismessage tip tv urn vemmi xmlrpc.beep
	xmlrpc.beeps xmpp z39.50r z39.50s afs dtn iax mailserver pack tn3270 prospero snews videotex wais`)
