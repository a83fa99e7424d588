package lint_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
)

// testCase is the sound book with something done to it.
type testCase struct {
	name string
	do   func(*book)
}

const opf = "EPUB/package.opf"

// body, in, sub, css and manifest make the most usual cases.
func body(name, s string) testCase { return testCase{name, func(b *book) { b.body(s) }} }
func css(name, s string) testCase  { return testCase{name, func(b *book) { b.css(s) }} }
func in(name, file, old, with string) testCase {
	return testCase{name, func(b *book) { b.replace(file, old, with) }}
}
func meta(name, s string) testCase { return testCase{name, func(b *book) { b.meta(s) }} }

// brokenCases have one fault each.
func brokenCases() []testCase {
	all := containerCases()
	all = append(all, packageCases()...)
	all = append(all, navigationCases()...)
	all = append(all, contentCases()...)
	return append(all, resourceCases()...)
}

func containerCases() []testCase {
	return []testCase{
		{"zip-mimetype-not-first", func(b *book) { b.files["META-INF/a.xml"] = "<a/>"; b.order = nil; b.raw = swapFirst }},
		{"zip-mimetype-wrong", func(b *book) { b.files["mimetype"] = "application/epub+zap" }},
		{"zip-mimetype-newline", func(b *book) { b.files["mimetype"] += "\n" }},
		{"zip-mimetype-extra-field", func(b *book) {
			b.entry = func(h *zip.FileHeader) {
				if h.Name == "mimetype" {
					h.Extra = []byte{0x55, 0x54, 5, 0, 1, 0, 0, 0, 0}
				}
			}
		}},
		{"zip-mimetype-deflated", func(b *book) {
			b.entry = func(h *zip.FileHeader) { h.Method = zip.Deflate }
		}},
		{"zip-no-mimetype", func(b *book) { b.remove("mimetype") }},
		{"zip-not-a-zip", func(b *book) { b.raw = func(d []byte) []byte { return append([]byte("<html>"), d...) } }},
		{"zip-truncated", func(b *book) { b.raw = func(d []byte) []byte { return d[:len(d)/2] } }},
		{"zip-too-short", func(b *book) { b.raw = func([]byte) []byte { return []byte("PK\x03\x04") } }},
		{"zip-duplicate-entry", func(b *book) { b.extra = []string{"EPUB/style.css"} }},
		{"zip-names-differ-in-case", func(b *book) { b.add("EPUB/Style.css", "p{}") }},
		{"zip-name-with-colon", func(b *book) { b.add("EPUB/a:b.txt", "x") }},
		{"zip-name-ends-in-dot", func(b *book) { b.add("EPUB/ab.", "x") }},
		{"container-missing", func(b *book) { b.remove("META-INF/container.xml") }},
		in("container-malformed", "META-INF/container.xml", "</rootfiles>", ""),
		in("container-no-rootfile", "META-INF/container.xml", `<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>`, ""),
		in("container-wrong-path", "META-INF/container.xml", "EPUB/package.opf", "EPUB/other.opf"),
		in("container-wrong-type", "META-INF/container.xml", "application/oebps-package+xml", "text/xml"),
		in("container-no-full-path", "META-INF/container.xml", `full-path="EPUB/package.opf" `, ""),
		in("container-wrong-version", "META-INF/container.xml", `version="1.0" xmlns`, `version="2.0" xmlns`),
		in("container-wrong-namespace", "META-INF/container.xml", "urn:oasis:names:tc:opendocument:xmlns:container", "urn:x"),
		in("container-unknown-element", "META-INF/container.xml", "</rootfiles>", "</rootfiles><foo/>"),
	}
}

// swapFirst exchanges the names of the first entry, mimetype, and of META-INF, so that another file comes first.
func swapFirst(d []byte) []byte {
	return bytes.ReplaceAll(d, []byte("mimetype"), []byte("mimetyqe"))
}

func packageCases() []testCase {
	cases := []testCase{
		in("opf-malformed", opf, "</metadata>", ""),
		in("opf-entity", opf, "A small book", "A&nbsp;small book"),
		in("opf-version-4", opf, `version="3.0"`, `version="4.0"`),
		in("opf-version-3.3", opf, `version="3.0" unique`, `version="3.3" unique`),
		in("opf-no-version", opf, ` version="3.0"`, ""),
		in("opf-wrong-namespace", opf, "http://www.idpf.org/2007/opf", "http://example.org/opf"),
		in("opf-no-unique-identifier", opf, ` unique-identifier="uid"`, ""),
		in("opf-unique-identifier-unresolved", opf, `unique-identifier="uid"`, `unique-identifier="other"`),
		in("opf-no-identifier", opf, `<dc:identifier id="uid">urn:uuid:6f9619ff-8b86-5d11-b42d-00cf4fc964ff</dc:identifier>`, ""),
		in("opf-no-title", opf, "<dc:title id=\"title\">A small book</dc:title>\n    <meta refines=\"#title\" property=\"title-type\">main</meta>", ""),
		in("opf-no-language", opf, "<dc:language>en</dc:language>", ""),
		in("opf-empty-title", opf, "A small book", ""),
		in("opf-empty-creator", opf, "Ann Author", " "),
		in("opf-bad-language", opf, "<dc:language>en", "<dc:language>en_GB"),
		in("opf-bad-xml-lang", opf, `xml:lang="en" dir`, `xml:lang="en_GB" dir`),
		in("opf-bad-dir", opf, `dir="ltr"`, `dir="left"`),
		in("opf-bad-date", opf, "2024-05-01</dc:date>", "1 May 2024</dc:date>"),
		in("opf-bad-month", opf, "2024-05-01</dc:date>", "2024-13-01</dc:date>"),
		meta("opf-two-dates", "<dc:date>2020</dc:date>"),
		in("opf-no-modified", opf, `<meta property="dcterms:modified">2024-05-01T10:00:00Z</meta>`, ""),
		in("opf-modified-offset", opf, "10:00:00Z", "10:00:00+02:00"),
		in("opf-modified-date-only", opf, "2024-05-01T10:00:00Z", "2024-05-01"),
		meta("opf-modified-twice", `<meta property="dcterms:modified">2024-05-01T10:00:00Z</meta>`),
		in("opf-bad-uuid", opf, `urn:uuid:6f9619ff-8b86-5d11-b42d-00cf4fc964ff</dc:identifier>`, `urn:uuid:6f9619ff</dc:identifier>`),
		in("opf-duplicate-id", opf, `<item id="c2"`, `<item id="c1"`),
		in("opf-id-with-digit", opf, `id="style"`, `id="1style"`),
		in("opf-id-with-space", opf, `id="style"`, `id="my style"`),
		in("opf-refines-unresolved", opf, `refines="#author" property="file-as"`, `refines="#nobody" property="file-as"`),
		in("opf-refines-absolute", opf, `refines="#author" property="file-as"`, `refines="http://a/b" property="file-as"`),
		in("opf-role-refines-title", opf, `refines="#author" property="role"`, `refines="#title" property="role"`),
		in("opf-collection-type-alone", opf, ` refines="#series" property="collection-type"`, ` property="collection-type"`),
		meta("opf-file-as-twice", `<meta refines="#author" property="file-as">Other</meta>`),
		meta("opf-authority-without-term", `<meta refines="#topic" property="authority">BISAC</meta>`),
		meta("opf-unknown-property", `<meta property="foo">x</meta>`),
		meta("opf-unknown-prefix", `<meta property="foo:bar">x</meta>`),
		meta("opf-malformed-property", `<meta property="foo:">x</meta>`),
		meta("opf-unknown-rendition", `<meta property="rendition:foo">x</meta>`),
		meta("opf-bad-rendition-layout", `<meta property="rendition:layout">fixed</meta>`),
		meta("opf-empty-meta", `<meta property="schema:accessibilitySummary"></meta>`),
		meta("opf-meta-without-property", `<meta name="foo"/>`),
		meta("opf-unknown-dc", `<dc:foo>x</dc:foo>`),
		meta("opf-unknown-metadata-element", `<foo>x</foo>`),
		meta("opf-dc-attribute", `<dc:contributor role="edt">x</dc:contributor>`),
		meta("opf-old-opf-role", `<dc:contributor xmlns:opf="http://www.idpf.org/2007/opf" opf:role="edt">x</dc:contributor>`),
		meta("opf-link-without-rel", `<link href="https://example.com/x"/>`),
		meta("opf-link-unknown-rel", `<link rel="foo" href="https://example.com/x"/>`),
		meta("opf-link-local-without-type", `<link rel="record" href="c1.xhtml"/>`),
		meta("opf-link-missing-file", `<link rel="record" href="record.xml" media-type="text/xml"/>`),
		in("opf-bad-prefix", opf, `dir="ltr"`, `dir="ltr" prefix="foo http://example.com/"`),
		in("opf-prefix-redefined", opf, `dir="ltr"`, `dir="ltr" prefix="dcterms: http://example.com/"`),
		in("opf-package-attribute", opf, `dir="ltr"`, `dir="ltr" lang="en"`),
		in("manifest-missing-file", opf, `href="style.css"`, `href="styles.css"`),
		{"manifest-undeclared-file", func(b *book) { b.add("EPUB/extra.txt", "x") }},
		{"manifest-undeclared-used", func(b *book) {
			b.add("EPUB/extra.png", plainPNG)
			b.body(`<p><img src="extra.png" alt=""/></p>`)
		}},
		{"manifest-duplicate-href", func(b *book) { b.item(`id="again" href="style.css" media-type="text/css"`) }},
		{"manifest-no-id", func(b *book) { b.replace(opf, `<item id="dot" `, `<item `) }},
		{"manifest-no-href", func(b *book) { b.item(`id="again" media-type="text/css"`) }},
		{"manifest-no-type", func(b *book) { b.replace(opf, ` media-type="image/png"`, "") }},
		{"manifest-bad-type", func(b *book) { b.replace(opf, `"image/png"`, `"png"`) }},
		{"manifest-fragment", func(b *book) { b.replace(opf, `img/drawing.svg"`, `img/drawing.svg#g"`) }},
		{"manifest-opf-itself", func(b *book) { b.item(`id="self" href="package.opf" media-type="application/xml"`) }},
		{"manifest-remote-image", func(b *book) { b.item(`id="far" href="https://example.com/a.png" media-type="image/png"`) }},
		{"manifest-data-url", func(b *book) { b.item(`id="data" href="data:text/css,p{}" media-type="text/css"`) }},
		{"manifest-in-meta-inf", func(b *book) {
			b.item(`id="m" href="../META-INF/a.xml" media-type="application/xml"`)
			b.add("META-INF/a.xml", "<a/>")
		}},
		{"manifest-unknown-attribute", func(b *book) { b.replace(opf, `<item id="dot" `, `<item id="dot" foo="bar" `) }},
		{"manifest-unknown-property", func(b *book) { b.replace(opf, `properties="svg mathml"`, `properties="svg mathml foo"`) }},
		{"manifest-nav-missing", func(b *book) { b.replace(opf, ` properties="nav"`, "") }},
		{"manifest-nav-twice", func(b *book) { b.replace(opf, `<item id="c2" `, `<item id="c2" properties="nav" `) }},
		{"manifest-cover-twice", func(b *book) { b.replace(opf, `<item id="dot" `, `<item id="dot" properties="cover-image" `) }},
		{"manifest-cover-on-xhtml", func(b *book) { b.replace(opf, `<item id="c2" `, `<item id="c2" properties="cover-image" `) }},
		in("manifest-svg-missing", opf, `properties="svg mathml"`, `properties="mathml"`),
		in("manifest-mathml-missing", opf, `properties="svg mathml"`, `properties="svg"`),
		in("manifest-svg-superfluous", opf, `<item id="c2" `, `<item id="c2" properties="svg" `),
		in("manifest-scripted-superfluous", opf, `<item id="c2" `, `<item id="c2" properties="scripted" `),
		in("manifest-remote-superfluous", opf, `<item id="c2" `, `<item id="c2" properties="remote-resources" `),
		in("manifest-fallback-unresolved", opf, `<item id="dot" `, `<item id="dot" fallback="none" `),
		in("manifest-fallback-circle", opf, `<item id="dot" `, `<item id="dot" fallback="dot" `),
		{"manifest-foreign-image", func(b *book) {
			b.item(`id="tiff" href="a.tiff" media-type="image/tiff"`)
			b.add("EPUB/a.tiff", "II*\x00........")
			b.body(`<p><img src="a.tiff" alt=""/></p>`)
		}},
		{"manifest-unused-file", func(b *book) { b.item(`id="u" href="u.css" media-type="text/css"`); b.add("EPUB/u.css", "p{}") }},
		{"manifest-order", func(b *book) {
			m := b.files[opf]
			i, j := strings.Index(m, "<manifest>"), strings.Index(m, "<spine")
			k := strings.Index(m, "<guide>")
			b.files[opf] = m[:i] + m[j:k] + m[i:j] + m[k:]
		}},
		in("spine-unresolved", opf, `idref="c2"`, `idref="c3"`),
		in("spine-duplicate", opf, `<itemref idref="c2"/>`, `<itemref idref="c2"/><itemref idref="c2"/>`),
		in("spine-bad-linear", opf, `<itemref idref="c2"/>`, `<itemref idref="c2" linear="false"/>`),
		{"spine-nonlinear-unreachable", func(b *book) {
			b.replace(opf, `<itemref idref="cover"/>`, `<itemref idref="cover" linear="no"/>`)
			b.replace("EPUB/nav.xhtml", `<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>`, "")
		}},
		{"spine-all-nonlinear", func(b *book) { b.files[opf] = strings.ReplaceAll(b.files[opf], `<itemref `, `<itemref linear="no" `) }},
		in("spine-image", opf, `<itemref idref="c2"/>`, `<itemref idref="c2"/><itemref idref="dot"/>`),
		in("spine-no-toc", opf, ` toc="ncx"`, ""),
		in("spine-toc-unresolved", opf, `toc="ncx"`, `toc="toc"`),
		in("spine-toc-wrong-type", opf, `toc="ncx"`, `toc="nav"`),
		in("spine-bad-direction", opf, `page-progression-direction="ltr"`, `page-progression-direction="left"`),
		in("spine-unknown-property", opf, `<itemref idref="c2"/>`, `<itemref idref="c2" properties="foo"/>`),
		in("spine-exclusive-properties", opf, `<itemref idref="c2"/>`, `<itemref idref="c2" properties="page-spread-left page-spread-right"/>`),
		{"spine-empty", func(b *book) {
			m := b.files[opf]
			i, j := strings.Index(m, "<itemref"), strings.Index(m, "</spine>")
			b.files[opf] = m[:i] + m[j:]
		}},
		in("guide-unresolved", opf, `href="cover.xhtml"/>
  </guide>`, `href="cover2.xhtml"/>
  </guide>`),
		in("guide-to-image", opf, `href="cover.xhtml"/>
  </guide>`, `href="cover.jpg"/>
  </guide>`),
		in("guide-no-type", opf, `<reference type="cover" `, `<reference `),
	}
	return cases
}

func navigationCases() []testCase {
	const nav, ncx = "EPUB/nav.xhtml", "EPUB/toc.ncx"
	return []testCase{
		in("nav-no-toc", nav, `epub:type="toc" role="doc-toc"`, `epub:type="lot" role="doc-toc"`),
		in("nav-two-tocs", nav, `epub:type="page-list" hidden`, `epub:type="toc" hidden`),
		in("nav-two-landmarks", nav, `epub:type="page-list" hidden`, `epub:type="landmarks" hidden`),
		in("nav-empty-label", nav, `>Two</a>`, `></a>`),
		in("nav-empty-heading", nav, `<h1>Contents</h1>`, `<h1></h1>`),
		in("nav-paragraph", nav, `<h1>Contents</h1>`, `<h1>Contents</h1><p>x</p>`),
		in("nav-ul", nav, "<ol>\n<li><a href=\"c1.xhtml#s1\">One and a half</a></li>\n</ol>", `<ul><li><a href="c1.xhtml#s1">x</a></li></ul>`),
		in("nav-span-without-list", nav, `<a href="c2.xhtml">Two</a>`, `<span>Two</span>`),
		in("nav-empty-ol", nav, "<ol>\n<li><a href=\"c1.xhtml#s1\">One and a half</a></li>\n</ol>", `<ol></ol>`),
		in("nav-two-links", nav, `<a href="c2.xhtml">Two</a>`, `<a href="c2.xhtml">Two</a><a href="c2.xhtml">Two</a>`),
		in("nav-list-before-link", nav, "<li><a href=\"c1.xhtml\">One</a>\n<ol>", "<li><ol>"),
		in("nav-missing-target", nav, `<a href="c2.xhtml">Two`, `<a href="c3.xhtml">Two`),
		in("nav-missing-fragment", nav, `c1.xhtml#s1`, `c1.xhtml#s9`),
		in("nav-remote", nav, `<a href="c2.xhtml">Two`, `<a href="https://example.com/">Two`),
		in("nav-to-image", nav, `<a href="c2.xhtml">Two`, `<a href="cover.jpg">Two`),
		in("nav-order-of-files", nav, `<li><a href="c2.xhtml">Two</a></li>`, `<li><a href="c2.xhtml">Two</a></li><li><a href="cover.xhtml">C</a></li>`),
		in("nav-order-in-file", nav, `<a href="c1.xhtml">One</a>`, `<a href="c1.xhtml#fn1">One</a>`),
		in("nav-landmark-without-type", nav, `<a epub:type="cover" `, `<a `),
		in("nav-landmark-twice", nav, `<li><a epub:type="bodymatter"`, `<li><a epub:type="cover" href="cover.xhtml">C</a></li><li><a epub:type="bodymatter"`),
		in("nav-other-without-heading", nav, `epub:type="page-list"`, `epub:type="lot"`),
		in("nav-nested-page-list", nav, `<li><a href="c2.xhtml#p2">2</a></li>`, `<li><a href="c2.xhtml#p2">2</a><ol><li><a href="c2.xhtml#p2">3</a></li></ol></li>`),
		in("ncx-wrong-uid", ncx, "6f9619ff", "6f961900"),
		in("ncx-malformed", ncx, "</navMap>", ""),
		in("ncx-wrong-version", ncx, `version="2005-1"`, `version="2"`),
		in("ncx-no-version", ncx, ` version="2005-1"`, ""),
		in("ncx-missing-target", ncx, `src="c2.xhtml"`, `src="c3.xhtml"`),
		in("ncx-missing-fragment", ncx, `#s1`, `#s9`),
		in("ncx-duplicate-id", ncx, `id="n2"`, `id="n1"`),
		in("ncx-no-id", ncx, ` id="n2"`, ""),
		in("ncx-id-digit", ncx, `id="n2"`, `id="2"`),
		in("ncx-no-label", ncx, `<navLabel><text>Two</text></navLabel>`, ""),
		in("ncx-no-content", ncx, `<content src="c2.xhtml"/>`, ""),
		in("ncx-no-title", ncx, `<docTitle><text>A small book</text></docTitle>`, ""),
		in("ncx-empty-label", ncx, `<text>Two</text>`, `<text></text>`),
		in("ncx-play-order-gap", ncx, `playOrder="3"`, `playOrder="5"`),
		in("ncx-play-order-twice", ncx, `playOrder="3"`, `playOrder="2"`),
		in("ncx-unknown-element", ncx, `</docTitle>`, `</docTitle><foo/>`),
		in("ncx-empty-map", ncx, `<navPoint id="n3" playOrder="3"><navLabel><text>Two</text></navLabel><content src="c2.xhtml"/></navPoint>`, "<navPoint/>"),
	}
}

func contentCases() []testCase {
	const c2 = "EPUB/c2.xhtml"
	return []testCase{
		body("xml-unclosed", `<p>open`),
		body("xml-named-entity", `<p>a&nbsp;b</p>`),
		body("xml-bare-ampersand", `<p>a & b</p>`),
		body("xml-double-hyphen", `<!-- a -- b -->`),
		body("xml-attribute-twice", `<p class="a" class="b">x</p>`),
		body("xml-attribute-unquoted", `<p class=a>x</p>`),
		body("xml-attribute-without-value", `<p hidden>x</p>`),
		body("xml-control-character", "<p>a\x01b</p>"),
		body("xml-undeclared-prefix", `<p foo:bar="x">x</p>`),
		body("xml-invalid-utf8", "<p>a\xff</p>"),
		body("xml-bad-char-reference", `<p>&#0;</p>`),
		body("xml-less-than", `<p>1 < 2</p>`),
		body("xml-cdata-end", `<p>]]></p>`),
		body("xml-overlap", `<p><b><i>x</b></i></p>`),
		in("xml-declaration-late", c2, `<?xml version`, "\n<?xml version"),
		in("xml-version-1.1", c2, `version="1.0"`, `version="1.1"`),
		in("xml-latin1", c2, `encoding="UTF-8"`, `encoding="ISO-8859-1"`),
		in("doctype-xhtml11", c2, `<!DOCTYPE html>`, `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">`),
		in("doctype-external-entity", c2, `<!DOCTYPE html>`, `<!DOCTYPE html [<!ENTITY foo SYSTEM "foo.xml">]>`),
		in("html-namespace-missing", c2, ` xmlns="http://www.w3.org/1999/xhtml"`, ""),
		in("html-no-title", c2, `<title>Two</title>`, ""),
		in("html-empty-title", c2, `<title>Two</title>`, "<title> </title>"),
		in("html-lang-differs", c2, `lang="en" xml:lang="en"`, `lang="de" xml:lang="en"`),
		in("html-bad-lang", c2, `lang="en" xml:lang="en"`, `lang="en_GB" xml:lang="en_GB"`),
		in("html-two-charsets", c2, `<meta charset="utf-8"/>`, `<meta charset="utf-8"/><meta charset="utf-8"/>`),
		in("html-wrong-charset", c2, `<meta charset="utf-8"/>`, `<meta charset="latin1"/>`),
		in("html-wrong-content-type", c2, `<meta charset="utf-8"/>`, `<meta http-equiv="Content-Type" content="application/xhtml+xml; charset=utf-8"/>`),
		in("html-meta-without-content", c2, `<meta charset="utf-8"/>`, `<meta name="author"/>`),
		in("html-p-in-head", c2, `<title>`, `<p>x</p><title>`),
		in("html-two-titles", c2, `<title>`, `<title>x</title><title>`),
		in("html-no-head", c2, "<head>\n<meta charset=\"utf-8\"/>\n<title>Two</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>", ""),
		body("html-duplicate-id", `<p id="p2">x</p>`),
		body("html-id-with-space", `<p id="a b">x</p>`),
		body("html-block-in-p", `<p>x<div>y</div></p>`),
		body("html-block-in-span", `<span><p>y</p></span>`),
		body("html-p-in-h2", `<h2><p>y</p></h2>`),
		body("html-text-in-ul", `<ul>text<li>x</li></ul>`),
		body("html-p-in-ul", `<ul><p>x</p></ul>`),
		body("html-nested-ul", `<ul><li>x</li><ul><li>y</li></ul></ul>`),
		body("html-li-outside-list", `<li>x</li>`),
		body("html-td-outside-row", `<table><td>x</td></table>`),
		body("html-text-in-tr", `<table><tr>x<td>x</td></tr></table>`),
		body("html-caption-late", `<table><tr><td>x</td></tr><caption>c</caption></table>`),
		body("html-tfoot-first", `<table><tfoot><tr><td>x</td></tr></tfoot><tbody><tr><td>x</td></tr></tbody></table>`),
		body("html-dl-without-dd", `<dl><dt>x</dt></dl>`),
		body("html-dl-with-p", `<dl><p>x</p></dl>`),
		body("html-dd-first", `<dl><dd>x</dd><dt>y</dt></dl>`),
		body("html-figcaption-alone", `<figcaption>x</figcaption>`),
		body("html-figcaption-middle", `<figure><p>a</p><figcaption>x</figcaption><p>b</p></figure>`),
		body("html-nested-links", `<p><a href="c1.xhtml">a<a href="c1.xhtml">b</a></a></p>`),
		body("html-button-in-link", `<p><a href="c1.xhtml">a<button>b</button></a></p>`),
		body("html-nested-form", `<form><p>x</p><form><p>y</p></form></form>`),
		body("html-center", `<center>x</center>`),
		body("html-font", `<p><font color="red">x</font></p>`),
		body("html-tt", `<p><tt>x</tt></p>`),
		body("html-strike", `<p><strike>x</strike></p>`),
		body("html-big", `<p><big>x</big></p>`),
		body("html-acronym", `<p><acronym>x</acronym></p>`),
		body("html-noscript", `<noscript><p>x</p></noscript>`),
		body("html-unknown-element", `<foo>x</foo>`),
		body("html-upper-case", `<P>x</P>`),
		body("html-style-in-body", `<style>p{}</style>`),
		body("html-script-unlisted", `<script>var x;</script>`),
		body("html-onclick-unlisted", `<p onclick="x()">x</p>`),
		body("html-align-p", `<p align="center">x</p>`),
		body("html-align-td", `<table><tr><td align="right">x</td></tr></table>`),
		body("html-valign-td", `<table><tr><td valign="top">x</td></tr></table>`),
		body("html-bgcolor", `<table bgcolor="red"><tr><td>x</td></tr></table>`),
		body("html-cellpadding", `<table cellpadding="2"><tr><td>x</td></tr></table>`),
		body("html-table-border-2", `<table border="2"><tr><td>x</td></tr></table>`),
		body("html-table-width", `<table width="100%"><tr><td>x</td></tr></table>`),
		body("html-table-summary", `<table summary="x"><tr><td>x</td></tr></table>`),
		body("html-scope-on-td", `<table><tr><td scope="row">x</td></tr></table>`),
		body("html-colspan-0", `<table><tr><td colspan="0">x</td></tr></table>`),
		body("html-headers-unresolved", `<table><tr><td headers="none">x</td></tr></table>`),
		body("html-a-name-with-space", `<p><a name="a b">x</a></p>`),
		body("html-img-width-percent", `<p><img src="img/dot.png" alt="" width="50%"/></p>`),
		body("html-img-align", `<p><img src="img/dot.png" alt="" align="left"/></p>`),
		body("html-img-without-src", `<p><img alt="x"/></p>`),
		body("html-img-empty-src", `<p><img alt="x" src=""/></p>`),
		body("html-img-border-1", `<p><img src="img/dot.png" alt="" border="1"/></p>`),
		body("html-ol-type-x", `<ol type="x"><li>x</li></ol>`),
		body("html-ol-start-x", `<ol start="x"><li>x</li></ol>`),
		body("html-ul-type", `<ul type="disc"><li>x</li></ul>`),
		body("html-br-clear", `<p>x<br clear="all"/></p>`),
		body("html-text-in-br", `<p>x<br>y</br></p>`),
		body("html-hr-width", `<hr width="50"/>`),
		body("html-pre-width", `<pre width="50">x</pre>`),
		body("html-unknown-attribute", `<p foo="bar">x</p>`),
		body("html-bad-dir", `<p dir="left">x</p>`),
		body("html-bad-tabindex", `<p tabindex="x">x</p>`),
		body("html-bdo-without-dir", `<p><bdo>x</bdo></p>`),
		body("html-object-without-data", `<object>x</object>`),
		body("html-details-without-summary", `<details><p>x</p></details>`),
		body("html-input-without-label", `<p><label for="none">x</label></p>`),
		body("html-map-without-name", `<map><area alt="a" href="c1.xhtml"/></map>`),
		body("html-area-outside-map", `<p><area alt="a" href="c1.xhtml"/></p>`),
		body("html-ruby-without-rt", `<p><ruby>x</ruby></p>`),
		body("html-video-nested", `<video><video></video></video>`),
		body("html-picture-without-img", `<picture><source srcset="img/dot.png"/></picture>`),
		body("html-hgroup-without-heading", `<hgroup><p>x</p></hgroup>`),
		body("html-fieldset-legend-late", `<fieldset><p>x</p><legend>y</legend></fieldset>`),
		body("html-select-with-p", `<form><select><p>x</p></select></form>`),
		body("html-data-attribute-bad", `<p data-="x">x</p>`),
		body("role-unknown", `<p role="foo">x</p>`),
		body("role-on-li", `<ul><li role="doc-footnote">x</li></ul>`),
		body("role-on-h2", `<h2 role="doc-chapter">x</h2>`),
		body("role-on-aside", `<aside role="doc-chapter">x</aside>`),
		body("role-on-main-twice", `<main role="region">x</main>`),
		body("role-two-words", `<section role="doc-chapter region">x</section>`),
		body("role-deprecated", `<section role="doc-endnotes"><ol><li role="doc-endnote">x</li></ol></section>`),
		body("aria-unknown", `<p aria-foo="x">x</p>`),
		body("aria-needs-role", `<p aria-checked="true">x</p>`),
		body("aria-labelledby-unresolved", `<p aria-labelledby="none">x</p>`),
		body("aria-describedby-unresolved", `<p aria-describedby="none">x</p>`),
		body("type-unknown-prefix", `<p epub:type="foo:bar">x</p>`),
		body("type-malformed", `<p epub:type="foo:">x</p>`),
		body("type-unknown", `<p epub:type="foo">x</p>`),
		body("type-on-col", `<table><colgroup><col epub:type="chapter"/></colgroup><tr><td>x</td></tr></table>`),
		in("type-on-head", c2, `<head>`, `<head epub:type="chapter">`),
		in("type-bad-prefix-attribute", c2, `lang="en" xml`, `epub:prefix="foo" lang="en" xml`),
		in("viewport-in-reflowable", c2, `<title>`, `<meta name="viewport" content="width=600"/><title>`),
		{"viewport-missing-in-fixed", func(b *book) { b.meta(`<meta property="rendition:layout">pre-paginated</meta>`) }},
		{"viewport-without-height", func(b *book) {
			b.replace(opf, `<itemref idref="c2"/>`, `<itemref idref="c2" properties="rendition:layout-pre-paginated"/>`)
			b.replace(c2, `<title>`, `<meta name="viewport" content="width=600"/><title>`)
		}},
		{"viewport-malformed", func(b *book) {
			b.replace(opf, `<itemref idref="c2"/>`, `<itemref idref="c2" properties="rendition:layout-pre-paginated"/>`)
			b.replace(c2, `<title>`, `<meta name="viewport" content="width=;height=2"/><title>`)
		}},
		body("svg-unlisted", `<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>`),
		body("svg-type-on-title", `<svg xmlns="http://www.w3.org/2000/svg"><title epub:type="x">x</title></svg>`),
		body("mathml-unlisted", `<p><math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><mi>x</mi></math></p>`),
		in("mathml-mfrac-three", "EPUB/c1.xhtml", `<mi>a</mi><mi>b</mi>`, `<mi>a</mi><mi>b</mi><mi>c</mi>`),
		in("mathml-msup-one", "EPUB/c1.xhtml", `<mfrac><mi>a</mi><mi>b</mi></mfrac>`, `<msup><mi>a</mi></msup>`),
		in("mathml-unknown", "EPUB/c1.xhtml", `<mi>a</mi><mi>b</mi>`, `<mi>a</mi><foo>b</foo>`),
		in("mathml-content", "EPUB/c1.xhtml", `<mfrac><mi>a</mi><mi>b</mi></mfrac>`, `<apply><plus/><ci>a</ci></apply>`),
		in("mathml-text", "EPUB/c1.xhtml", `<mfrac><mi>a</mi>`, `<mfrac>x<mi>a</mi>`),
		in("mathml-no-alttext", "EPUB/c1.xhtml", ` alttext="a/b"`, ""),
		in("mathml-bad-annotation", "EPUB/c1.xhtml", `<mfrac><mi>a</mi><mi>b</mi></mfrac>`, `<semantics><mi>a</mi><annotation-xml encoding="MathML-Content"><ci>a</ci></annotation-xml></semantics>`),
		body("epub-switch", `<epub:switch id="sw"><epub:default><p>x</p></epub:default></epub:switch>`),
		body("foreign-element", `<x xmlns="http://example.com/">y</x>`),
	}
}

func resourceCases() []testCase {
	return []testCase{
		body("link-missing-file", `<p><a href="c9.xhtml">x</a></p>`),
		body("link-missing-fragment", `<p><a href="c1.xhtml#none">x</a></p>`),
		body("link-own-fragment", `<p><a href="#none">x</a></p>`),
		body("link-to-image", `<p><a href="img/dot.png">x</a></p>`),
		body("link-case", `<p><a href="C1.xhtml">x</a></p>`),
		{"link-outside-spine", func(b *book) {
			b.item(`id="c3" href="c3.xhtml" media-type="application/xhtml+xml"`)
			b.add("EPUB/c3.xhtml", page("Three", "<p>x</p>"))
			b.body(`<p><a href="c3.xhtml">x</a></p>`)
		}},
		body("link-space", `<p><a href="c 1.xhtml">x</a></p>`),
		body("link-space-remote", `<p><a href="https://example.com/a b">x</a></p>`),
		body("link-bad-percent", `<p><a href="https://example.com/%zz">x</a></p>`),
		body("link-no-host", `<p><a href="https://">x</a></p>`),
		body("link-one-slash", `<p><a href="http:/example.com">x</a></p>`),
		body("link-braces", `<p><a href="https://example.com/{x}">x</a></p>`),
		body("link-bad-port", `<p><a href="https://example.com:abc/">x</a></p>`),
		body("link-two-hashes", `<p><a href="c1.xhtml#a#b">x</a></p>`),
		body("link-file", `<p><a href="file:///etc/passwd">x</a></p>`),
		body("link-unregistered", `<p><a href="foo:bar">x</a></p>`),
		body("link-data", `<p><a href="data:text/plain,x">x</a></p>`),
		body("link-empty", `<p><a href="">x</a></p>`),
		body("link-query", `<p><a href="c1.xhtml?a=b">x</a></p>`),
		body("link-out-of-container", `<p><a href="../../c1.xhtml">x</a></p>`),
		body("link-cite-missing", `<blockquote cite="c9.xhtml"><p>x</p></blockquote>`),
		body("image-missing", `<p><img src="img/none.png" alt=""/></p>`),
		body("image-remote", `<p><img src="https://example.com/a.png" alt=""/></p>`),
		body("image-fragment", `<p><img src="img/dot.png#x" alt=""/></p>`),
		body("image-srcset-missing", `<p><img src="img/dot.png" srcset="img/none.png 2x" alt=""/></p>`),
		body("iframe-remote", `<iframe src="https://example.com/"></iframe>`),
		body("object-missing", `<object data="none.png" type="image/png">x</object>`),
		body("audio-remote-unlisted", `<audio src="https://example.com/a.mp3" controls="controls"></audio>`),
		body("audio-missing", `<audio src="a.mp3"></audio>`),
		in("stylesheet-missing", "EPUB/c2.xhtml", `href="style.css"`, `href="none.css"`),
		in("stylesheet-remote", "EPUB/c2.xhtml", `href="style.css"`, `href="https://example.com/a.css"`),
		css("css-nested", `p { color: red; a { color: blue } }`),
		css("css-nested-ampersand", `p { &:hover { color: blue } }`),
		css("css-unclosed", `p { color: red`),
		css("css-brace", `p { color: red }}`),
		css("css-no-colon", `p { color red }`),
		css("css-no-value", `p { color: ; }`),
		css("css-two-semicolons", `p { color: red;; }`),
		css("css-star-hack", `p { *zoom: 1 }`),
		css("css-empty-selector", `a, { color: red }`),
		css("css-unclosed-string", "p { content: \"x\n; }"),
		css("css-unclosed-comment", `/* x`),
		css("css-unclosed-paren", `p { width: calc(1px }`),
		css("css-direction", `p { direction: rtl }`),
		css("css-unicode-bidi", `p { unicode-bidi: embed }`),
		css("css-fixed", `p { position: fixed }`),
		css("css-image-missing", `p { background: url(none.png) }`),
		css("css-image-missing-quoted", `p { background: url("none.png") }`),
		css("css-image-remote", `p { background: url(https://example.com/a.png) }`),
		css("css-import-missing", `@import "none.css";`),
		css("css-font-missing", `@font-face { font-family: x; src: url(none.ttf) }`),
		css("css-font-remote", `@font-face { font-family: x; src: url(https://example.com/a.ttf) }`),
		css("css-font-face-empty", `@font-face { }`),
		{"css-charset", func(b *book) { b.files["EPUB/style.css"] = `@charset "iso-8859-1"; p{}` }},
		{"css-utf16", func(b *book) { b.files["EPUB/style.css"] = "\xff\xfe" + utf16("p{}") }},
		body("css-style-attribute", `<p style="color">x</p>`),
		body("css-style-attribute-direction", `<p style="direction: rtl">x</p>`),
		in("css-style-element", "EPUB/c2.xhtml", `</title>`, `</title><style>p { color: red</style>`),
		in("css-style-element-url", "EPUB/c2.xhtml", `</title>`, `</title><style>p { background: url(none.png) }</style>`),
		{"image-png-as-jpeg", func(b *book) { b.files["EPUB/cover.jpg"] = plainPNG }},
		{"image-jpeg-as-png", func(b *book) { b.files["EPUB/img/dot.png"] = coverJPEG }},
		{"image-text-as-png", func(b *book) { b.files["EPUB/img/dot.png"] = "not an image at all" }},
		{"image-empty", func(b *book) { b.files["EPUB/img/dot.png"] = "" }},
		{"image-extension", func(b *book) {
			b.item(`id="w" href="w.jpg" media-type="image/png"`)
			b.add("EPUB/w.jpg", plainPNG)
			b.body(`<p><img src="w.jpg" alt=""/></p>`)
		}},
		in("svg-malformed", "EPUB/img/drawing.svg", "</defs>", ""),
		in("svg-wrong-root", "EPUB/img/drawing.svg", "http://www.w3.org/2000/svg", "http://example.com/"),
		in("svg-paint-missing", "EPUB/img/drawing.svg", "url(#g)", "url(#none)"),
		in("svg-image-missing", "EPUB/img/drawing.svg", "</defs>", `</defs><image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="none.png"/>`),
		in("svg-use-without-fragment", "EPUB/img/drawing.svg", "</defs>", `</defs><use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="drawing.svg"/>`),
		in("svg-duplicate-id", "EPUB/img/drawing.svg", "<rect ", `<rect id="g" `),
		in("svg-doctype", "EPUB/img/drawing.svg", "<svg ", `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.0//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd"><svg `),
	}
}

func utf16(s string) string {
	var b []byte
	for _, r := range s {
		b = binary.LittleEndian.AppendUint16(b, uint16(r))
	}
	return string(b)
}
