package lint_test

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"
)

// book is a small EPUB that can be broken in one place at a time.
type book struct {
	t     *testing.T
	files map[string]string
	order []string // names written before the others
	// raw changes the finished archive.
	raw func([]byte) []byte
	// entry changes the header of a file before it is written.
	entry func(*zip.FileHeader)
	extra []string // names written once more, with the content of the file
}

// replace changes the first old in the file name, which must be there.
func (b *book) replace(name, old, with string) {
	b.t.Helper()
	if !strings.Contains(b.files[name], old) {
		b.t.Fatalf("%s does not hold %q", name, old)
	}
	b.files[name] = strings.Replace(b.files[name], old, with, 1)
}

func (b *book) add(name, content string) { b.files[name] = content }

func (b *book) remove(name string) { delete(b.files, name) }

// item adds an item to the manifest.
func (b *book) item(attrs string) {
	b.t.Helper()
	b.replace("EPUB/package.opf", "</manifest>", "  <item "+attrs+"/>\n  </manifest>")
}

// meta adds to the metadata.
func (b *book) meta(s string) {
	b.t.Helper()
	b.replace("EPUB/package.opf", "</metadata>", "  "+s+"\n  </metadata>")
}

// body puts s where the second chapter has room for it.
func (b *book) body(s string) {
	b.t.Helper()
	b.replace("EPUB/c2.xhtml", "<!-- here -->", s)
}

// css adds to the style sheet.
func (b *book) css(s string) { b.files["EPUB/style.css"] += s + "\n" }

// bytes writes the book: mimetype first and stored, the rest deflated and sorted.
func (b *book) bytes() []byte {
	b.t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	names := slices.Sorted(maps.Keys(b.files))
	order := append([]string{"mimetype"}, b.order...)
	slices.SortStableFunc(names, func(x, y string) int {
		place := func(n string) int {
			if i := slices.Index(order, n); i >= 0 {
				return i
			}
			return len(order)
		}
		return place(x) - place(y)
	})
	for _, name := range append(names, b.extra...) {
		data := []byte(b.files[name])
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if name == "mimetype" {
			h.Method = zip.Store
		}
		if b.entry != nil {
			b.entry(h)
		}
		b.write(w, h, data)
	}
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	if b.raw != nil {
		return b.raw(buf.Bytes())
	}
	return buf.Bytes()
}

func (b *book) write(w *zip.Writer, h *zip.FileHeader, data []byte) {
	b.t.Helper()
	var out interface{ Write([]byte) (int, error) }
	var err error
	if h.Method == zip.Store {
		h.CRC32 = crc32.ChecksumIEEE(data)
		h.UncompressedSize64, h.CompressedSize64 = uint64(len(data)), uint64(len(data))
		out, err = w.CreateRaw(h)
	} else {
		out, err = w.CreateHeader(h)
	}
	if err == nil {
		_, err = out.Write(data)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

func picture(encode func(*bytes.Buffer, image.Image) error) string {
	img := image.NewGray(image.Rect(0, 0, 16, 24))
	for i := range 16 {
		img.SetGray(i, i, color.Gray{200})
	}
	var b bytes.Buffer
	if err := encode(&b, img); err != nil {
		panic(err)
	}
	return b.String()
}

var (
	coverJPEG = picture(func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) })
	plainPNG  = picture(func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) })
)

// page wraps body in an XHTML document.
func page(title, body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head>
<meta charset="utf-8"/>
<title>` + title + `</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
` + body + `
</body>
</html>
`
}

// sound returns a book in which EPUBCheck finds nothing.
func sound(t *testing.T) *book {
	b := &book{t: t, files: map[string]string{
		"mimetype": "application/epub+zip",
		"META-INF/container.xml": `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
`,
		"EPUB/package.opf": `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid" xml:lang="en" dir="ltr">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="uid">urn:uuid:6f9619ff-8b86-5d11-b42d-00cf4fc964ff</dc:identifier>
    <dc:title id="title">A small book</dc:title>
    <meta refines="#title" property="title-type">main</meta>
    <dc:language>en</dc:language>
    <dc:creator id="author">Ann Author</dc:creator>
    <meta refines="#author" property="role" scheme="marc:relators">aut</meta>
    <meta refines="#author" property="file-as">Author, Ann</meta>
    <dc:date>2024-05-01</dc:date>
    <dc:subject id="topic">Notes</dc:subject>
    <meta property="belongs-to-collection" id="series">Small books</meta>
    <meta refines="#series" property="collection-type">series</meta>
    <meta property="dcterms:modified">2024-05-01T10:00:00Z</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta name="cover" content="cover-image"/>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
    <item id="c1" href="c1.xhtml" media-type="application/xhtml+xml" properties="svg mathml"/>
    <item id="c2" href="c2.xhtml" media-type="application/xhtml+xml"/>
    <item id="style" href="style.css" media-type="text/css"/>
    <item id="cover-image" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>
    <item id="dot" href="img/dot.png" media-type="image/png"/>
    <item id="drawing" href="img/drawing.svg" media-type="image/svg+xml"/>
  </manifest>
  <spine toc="ncx" page-progression-direction="ltr">
    <itemref idref="cover"/>
    <itemref idref="nav"/>
    <itemref idref="c1"/>
    <itemref idref="c2"/>
  </spine>
  <guide>
    <reference type="cover" title="Cover" href="cover.xhtml"/>
  </guide>
</package>
`,
		"EPUB/nav.xhtml": page("Contents", `<nav epub:type="toc" role="doc-toc" id="toc">
<h1>Contents</h1>
<ol>
<li><a href="c1.xhtml">One</a>
<ol>
<li><a href="c1.xhtml#s1">One and a half</a></li>
</ol>
</li>
<li><a href="c2.xhtml">Two</a></li>
</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden">
<ol>
<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>
<li><a epub:type="bodymatter" href="c1.xhtml">Start</a></li>
</ol>
</nav>
<nav epub:type="page-list" hidden="hidden">
<ol>
<li><a href="c1.xhtml#p1">1</a></li>
<li><a href="c2.xhtml#p2">2</a></li>
</ol>
</nav>`),
		"EPUB/toc.ncx": `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="en">
  <head>
    <meta name="dtb:uid" content="urn:uuid:6f9619ff-8b86-5d11-b42d-00cf4fc964ff"/>
    <meta name="dtb:depth" content="2"/>
  </head>
  <docTitle><text>A small book</text></docTitle>
  <navMap>
    <navPoint id="n1" playOrder="1"><navLabel><text>One</text></navLabel><content src="c1.xhtml"/>
      <navPoint id="n2" playOrder="2"><navLabel><text>One and a half</text></navLabel><content src="c1.xhtml#s1"/></navPoint>
    </navPoint>
    <navPoint id="n3" playOrder="3"><navLabel><text>Two</text></navLabel><content src="c2.xhtml"/></navPoint>
  </navMap>
</ncx>
`,
		"EPUB/cover.xhtml": page("Cover", `<section epub:type="cover"><img src="cover.jpg" alt="Cover" role="doc-cover" width="16" height="24"/></section>`),
		"EPUB/c1.xhtml": page("One", `<section epub:type="chapter" role="doc-chapter" aria-labelledby="h1">
<h1 id="h1">One</h1>
<p><span epub:type="pagebreak" role="doc-pagebreak" id="p1" aria-label="1"></span>Text with <em>emphasis</em>, a
<a href="https://example.com/?q=1">link</a>, a <a href="c2.xhtml#t1">cross-reference</a> and a
note<a epub:type="noteref" role="doc-noteref" href="#fn1" id="ref1">1</a>.</p>
<h2 id="s1">Half</h2>
<figure><img src="img/dot.png" alt="A dot"/><figcaption>A dot.</figcaption></figure>
<p><img src="img/drawing.svg" alt="A drawing"/></p>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Circle</title><circle cx="5" cy="5" r="4"/></svg>
<p><math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a/b"><mfrac><mi>a</mi><mi>b</mi></mfrac></math></p>
<aside epub:type="footnote" role="doc-footnote" id="fn1"><p><a role="doc-backlink" href="#ref1">1</a>. A note.</p></aside>
</section>`),
		"EPUB/c2.xhtml": page("Two", `<section epub:type="chapter" role="doc-chapter">
<h1>Two</h1>
<p id="p2">Text.</p>
<!-- here -->
<table id="t1">
<caption>Table</caption>
<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr></tbody>
</table>
<dl><dt>Term</dt><dd>Meaning</dd></dl>
<ul><li>One</li><li><p>Two</p></li></ul>
<pre><code class="go">x := 1</code></pre>
<blockquote><p>Said.</p></blockquote>
</section>`),
		"EPUB/style.css": `@charset "utf-8";
@namespace epub "http://www.idpf.org/2007/ops";
body { margin: 0 2%; }
p.dot { background: url(img/dot.png) no-repeat; }
@media (prefers-color-scheme: dark) { a { color: #9cf; } }
`,
		"EPUB/cover.jpg":   coverJPEG,
		"EPUB/img/dot.png": plainPNG,
		"EPUB/img/drawing.svg": `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Square</title>
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
<rect width="10" height="10" fill="url(#g)"/></svg>
`,
	}}
	return b
}
