package lint_test

import (
	"archive/zip"
	"strings"
)

// soundCases are books in which EPUBCheck finds no error and no warning.
func soundCases() []testCase {
	return []testCase{
		{"plain", func(*book) {}},
		body("inline", `<p><abbr title="x">a</abbr> <b>b</b> <bdi>c</bdi> <bdo dir="rtl">d</bdo> <cite>e</cite> <code>f</code> <data value="1">g</data>
<del datetime="2020-01-01">h</del> <dfn>i</dfn> <em>j</em> <i>k</i> <ins>l</ins> <kbd>m</kbd> <mark>n</mark> <q>o</q> <s>p</s> <samp>q</samp>
<small>r</small> <span>s</span> <strong>t</strong> <sub>u</sub> <sup>v</sup> <time datetime="2020-01-01">w</time> <u>x</u> <var>y</var> <wbr/>
<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><br/></p>`),
		body("blocks", `<article><header><h2>x</h2></header><p>y</p><footer><p>z</p></footer></article><address>a</address><hr/>
<details open="open"><summary>s</summary><p>t</p></details><main><p>m</p></main><div><div>text<p>and p</p></div></div>
<hgroup><h2>h</h2><p>sub</p></hgroup><section><h2 hidden="hidden">x</h2></section><menu><li>x</li></menu>`),
		body("lists", `<ol start="3" reversed="reversed" type="i"><li value="7">x<ul><li>y</li></ul></li></ol><ul></ul>
<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd><dt>e</dt><dd>f</dd></dl><dl><div><dt>a</dt><dd>b</dd></div></dl>`),
		body("tables", `<table border="1"><caption><p>c</p></caption><colgroup><col span="2"/></colgroup><colgroup span="1"></colgroup>
<thead><tr><th id="a1" scope="col">A</th><th colspan="2">B</th></tr></thead><tbody><tr><td headers="a1">1</td><td rowspan="2"><p>2</p></td><td/></tr><tr><td/><td/></tr></tbody>
<tbody></tbody><tfoot><tr><td colspan="3">f</td></tr></tfoot></table><table><tr><td>x</td></tr></table>`),
		body("figures", `<figure><figcaption>c</figcaption><p>x</p></figure><figure><p>x</p><figcaption><p>c</p></figcaption></figure>
<figure><pre>x</pre></figure><picture><source srcset="img/dot.png" type="image/png"/><img src="img/dot.png" alt=""/></picture>`),
		body("semantics", `<section epub:type="endnotes" role="doc-endnotes"><h2>Notes</h2><ol><li id="en1"><p>x <a role="doc-backlink" href="#p2">back</a></p></li></ol></section>
<aside epub:type="tip" role="doc-tip"><p>x</p></aside><p role="note" aria-label="x">y</p><span role="img" aria-label="done">☑</span>
<div role="region" aria-label="code" tabindex="0"><pre>x</pre></div><hr role="doc-pagebreak" epub:type="pagebreak" id="p3" aria-label="3"/>`),
		body("attributes", `<p data-line="4" title="x" class="a b" dir="auto" translate="no" style="color: red; margin: 0 1em" accesskey="x" tabindex="-1" hidden="">x</p>
<p xml:space="preserve" contenteditable="false" itemscope="" itemtype="http://schema.org/Person"><span itemprop="name">N</span></p>`),
		body("links", `<p><a href="mailto:a@example.com">m</a> <a href="tel:+1">t</a> <a href="https://example.com/a%20b?c=d#e">h</a> <a href="#t1">i</a>
<a href="./c1.xhtml#h1" target="_blank" rel="noopener" hreflang="en">j</a> <a id="anchor"></a> <a href="https://münchen.example/é">k</a> <a href="urn:isbn:123">u</a></p>
<a href="c1.xhtml"><p>block</p></a>`),
		{"maths", func(b *book) {
			b.replace(opf, `<item id="c2" `, `<item id="c2" properties="mathml" `)
			b.body(`<p><math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x" display="block"><semantics><mrow><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup><mo>=</mo>
<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt><mroot><mi>a</mi><mn>3</mn></mroot><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mtext>if <em xmlns="http://www.w3.org/1999/xhtml">x</em></mtext><mspace width="1em"/>
<mtable><mtr><mtd><mi>a</mi></mtd></mtr></mtable><mfenced><mi>x</mi></mfenced><mstyle displaystyle="true"><mi>y</mi></mstyle></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math></p>`)
		}},
		{"drawings", func(b *book) {
			b.replace(opf, `<item id="c2" `, `<item id="c2" properties="svg" `)
			b.body(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" role="img" aria-label="x" width="100%">
<defs><symbol id="sy"><path d="M0 0"/></symbol><clipPath id="cl"><rect width="1" height="1"/></clipPath></defs><use xlink:href="#sy"/><g epub:type="figure"></g><text x="1">t</text>
<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><image xlink:href="img/dot.png" width="1" height="1"/></svg>`)
			b.replace("EPUB/c2.xhtml", ` epub:type="figure"`, "")
		}},
		{"script", func(b *book) {
			b.replace(opf, `<item id="c2" `, `<item id="c2" properties="scripted" `)
			b.item(`id="js" href="a.js" media-type="application/javascript"`)
			b.add("EPUB/a.js", "var x = 1 < 2;")
			b.replace("EPUB/c2.xhtml", `</title>`, `</title><script src="a.js"></script>`)
			b.body(`<p onclick="x()">x</p><script type="application/json">{"a": 1}</script>`)
		}},
		{"audio", func(b *book) {
			b.item(`id="mp3" href="a.mp3" media-type="audio/mpeg"`)
			b.add("EPUB/a.mp3", "ID3........")
			b.body(`<audio controls="controls"><source src="a.mp3" type="audio/mpeg"/><p>No sound.</p></audio>`)
		}},
		{"remote-audio", func(b *book) {
			b.item(`id="far" href="https://example.com/a.mp3" media-type="audio/mpeg"`)
			b.replace(opf, `<item id="c2" `, `<item id="c2" properties="remote-resources" `)
			b.body(`<audio src="https://example.com/a.mp3" controls="controls"></audio>`)
		}},
		{"styles", func(b *book) {
			b.css(`/* comment { */ a:not(.b):nth-child(2n+1)::before, b > c + d ~ e { content: "\201C} \"" attr(title); color: rgb(1 2 3 / 50%) !important }
@media screen and (max-width: 30em) { @supports (display: grid) { p { --x: 1px; width: calc(1px + var(--x)) } } }
@page { margin: 1em; } @layer base; @layer base { p { margin: 0 } } @container (min-width: 1px) { p { margin: 0 } }
@keyframes k { from { top: 0 } 50% { top: 1px } to { top: 2px } } p:is(h1, h2) { color: light-dark(red, blue); background: #fff url( "img/dot.png" ) }
[epub|type~="noteref"] { vertical-align: super } p { filter: alpha(opacity=50); _zoom: 1 } .a\:b { color: red } @media amzn-kf8 { p { color: red } }
p { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }`)
			b.replace("EPUB/c2.xhtml", `</title>`, `</title><style>p > a { color: red }</style>`)
		}},
		{"metadata", func(b *book) {
			b.replace(opf, `dir="ltr"`, `dir="ltr" prefix="ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/ calibre: https://calibre-ebook.com"`)
			b.meta(`<dc:language>zh-Hant-TW</dc:language><dc:identifier id="isbn">urn:isbn:9780000000002</dc:identifier>
<meta refines="#isbn" property="identifier-type" scheme="onix:codelist5">15</meta><dc:contributor xml:lang="de" dir="ltr">X</dc:contributor><dc:source id="src">urn:isbn:1</dc:source>
<meta refines="#src" property="source-of">pagination</meta><meta property="pageBreakSource">urn:isbn:1</meta><meta property="ibooks:specified-fonts">true</meta>
<meta property="a11y:certifiedBy" refines="#conf">Me</meta><meta property="dcterms:conformsTo" id="conf">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>
<meta refines="#topic" property="authority">BISAC</meta><meta refines="#topic" property="term">X</meta><link rel="dcterms:rights" href="https://example.com/"/>
<meta property="rendition:layout">reflowable</meta><meta property="calibre:series">x</meta><meta refines="#series" property="group-position">2.1</meta><dc:rights>All</dc:rights>`)
		}},
		{"fixed-layout", func(b *book) {
			b.replace(opf, `<itemref idref="c2"/>`, `<itemref idref="c2" properties="rendition:layout-pre-paginated page-spread-left"/>`)
			b.replace("EPUB/c2.xhtml", `<title>`, `<meta name="viewport" content="width=600, height=800"/><title>`)
		}},
		{"nonlinear-linked", func(b *book) {
			b.replace(opf, `<itemref idref="cover"/>`, `<itemref idref="cover" linear="no"/>`)
			b.body(`<p><a href="cover.xhtml">cover</a></p>`)
		}},
		{"no-ncx-no-guide", func(b *book) {
			b.replace(opf, `<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`, "")
			b.replace(opf, ` toc="ncx"`, "")
			m := b.files[opf]
			b.files[opf] = m[:strings.Index(m, "<guide>")] + "</package>"
			b.remove("EPUB/toc.ncx")
		}},
		{"nav-with-spans", func(b *book) {
			b.replace("EPUB/nav.xhtml", `<a href="c1.xhtml">One</a>`, `<span>Part <em>one</em></span>`)
			b.replace("EPUB/nav.xhtml", `</ol>
</nav>
<nav epub:type="landmarks"`, `</ol>
</nav>
<nav epub:type="lot"><h2>Tables</h2><ol><li><a href="c2.xhtml#t1">T</a></li></ol></nav>
<nav epub:type="landmarks"`)
		}},
		{"foreign-with-fallback", func(b *book) {
			b.item(`id="tiff" href="a.tiff" media-type="image/tiff" fallback="dot"`)
			b.add("EPUB/a.tiff", "II*\x00........")
			b.body(`<p><img src="a.tiff" alt=""/></p><object data="a.tiff" type="image/tiff"><p>no</p></object>`)
		}},
		{"svg-in-spine", func(b *book) {
			b.replace(opf, `<itemref idref="c2"/>`, `<itemref idref="c2"/><itemref idref="drawing"/>`)
		}},
		{"byte-order-mark-and-crlf", func(b *book) {
			b.files["EPUB/c2.xhtml"] = "\ufeff" + strings.ReplaceAll(b.files["EPUB/c2.xhtml"], "\n", "\r\n")
			b.files["EPUB/style.css"] = "\ufeff" + b.files["EPUB/style.css"]
		}},
		{"internal-entities", func(b *book) {
			b.replace("EPUB/c2.xhtml", `<!DOCTYPE html>`, `<!DOCTYPE html [<!ENTITY nbsp "&#160;"><!ENTITY two "a&nbsp;b">]>`)
			b.body(`<p>&two;&#x1F600;</p>`)
		}},
		{"all-stored", func(b *book) { b.entry = func(h *zip.FileHeader) { h.Method = zip.Store } }},
		{"percent-encoded-names", func(b *book) {
			b.files["EPUB/img/a+b(1).png"] = plainPNG
			b.item(`id="plus" href="img/a%2Bb(1).png" media-type="image/png"`)
			b.body(`<p><img src="img/a+b%281%29.png" alt=""/></p>`)
		}},
		{"no-doctype-no-declaration", func(b *book) {
			b.files["EPUB/c2.xhtml"] = strings.TrimPrefix(b.files["EPUB/c2.xhtml"], "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n")
		}},
	}
}
