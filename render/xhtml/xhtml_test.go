package xhtml_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render/words"
	"github.com/evbook/evbook/render/xhtml"
)

// site returns what the pages of a test book share: every event, talk and chapter has the page ID.xhtml.
func site(book *tree.Book, c *diag.Collector) *xhtml.Site {
	x := xhtml.NewIndex()
	page := func(id string, n tree.Node) {
		x.Page(id, id+".xhtml")
		x.Add(id+".xhtml", n)
	}
	for n := range tree.All(book) {
		switch n := n.(type) {
		case *tree.Event:
			page(n.ID, n)
		case *tree.Section:
			if n.ID == "conf-exhibitors" {
				page(n.ID, n)
			}
		case *tree.Talk:
			page(n.ID, n)
		case *tree.Chapter:
			page(n.ID, n)
		}
	}
	return &xhtml.Site{
		Words: words.For("en"), Lang: "en", Index: x, Raw: []string{"html", "epub"}, EPUB: true, Report: c.Report,
		Picture: func(img *tree.Image) (xhtml.Picture, bool) {
			return xhtml.Picture{Href: "../" + img.Path, Width: 8, Height: 4}, img.Path == treetest.ImagePath
		},
	}
}

// Every kind of page of the sample book, with every kind of node, as it is written.
func TestPages(t *testing.T) {
	book := treetest.Every()
	var c diag.Collector
	s := site(book, &c)
	event := book.Events[0]
	for _, tt := range []struct {
		name  string
		write func(*xhtml.Page)
	}{
		{"title", func(p *xhtml.Page) { p.TitlePage(&book.Meta) }},
		{"welcome", func(p *xhtml.Page) { p.Chapter(book.Front[0]) }},
		{"credits", func(p *xhtml.Page) { p.Chapter(book.Back[0]) }},
		{"conf", func(p *xhtml.Page) { p.Event(event) }},
		{"misc", func(p *xhtml.Page) { p.Event(book.Events[1]) }},
		{"conf-exhibitors", func(p *xhtml.Page) { p.Section(event.Sections[1]) }},
		{"conf-talk", func(p *xhtml.Page) { p.Talk(event.Sections[0].Talks[0], event.Title) }},
		{"conf-second", func(p *xhtml.Page) { p.Talk(event.Sections[0].Talks[1], event.Title) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := s.NewPage(tt.name+".xhtml", "")
			tt.write(p)
			doc := xhtml.Document(xhtml.Head{Title: tt.name, Lang: "en", Styles: []string{"../css/book.css"}, Type: "bodymatter", EPUB: true}, p.Done())
			if err := strict(doc); err != nil {
				t.Error(err)
			}
			golden.Check(t, filepath.Join("testdata", tt.name+".xhtml"), doc)
		})
	}
	for _, d := range c.List() {
		t.Errorf("unexpected: %v", d)
	}
}

// Nothing of the sample book is lost.
func TestWords(t *testing.T) {
	book := treetest.Every()
	var c diag.Collector
	s := site(book, &c)
	var b strings.Builder
	add := func(write func(*xhtml.Page)) {
		p := s.NewPage("x.xhtml", "")
		write(p)
		b.WriteString(string(p.Done()))
	}
	for _, ch := range append(book.Front, book.Back...) {
		add(func(p *xhtml.Page) { p.Chapter(ch) })
	}
	for _, e := range book.Events {
		add(func(p *xhtml.Page) { p.Event(e) })
	}
	add(func(p *xhtml.Page) { p.Section(book.Events[0].Sections[1]) })
	for talk, at := range book.AllTalks() {
		add(func(p *xhtml.Page) { p.Talk(talk, at.Event.Title) })
	}
	for _, w := range treetest.EveryWords() {
		if !strings.Contains(b.String(), w) {
			t.Errorf("%q is not on any page", w)
		}
	}
}

// A page for a web site has roles, but no attributes of EPUB.
func TestWithoutEPUB(t *testing.T) {
	book := treetest.Every()
	var c diag.Collector
	s := site(book, &c)
	s.EPUB = false
	p := s.NewPage("conf-talk.xhtml", "")
	p.Talk(book.Events[0].Sections[0].Talks[0], nil)
	doc := string(xhtml.Document(xhtml.Head{Title: "x", Lang: "en", Type: "bodymatter"}, p.Done()))
	if strings.Contains(doc, "epub") || !strings.Contains(doc, `role="doc-noteref"`) {
		t.Errorf("want roles and no epub:type in\n%s", doc)
	}
}

// blocks returns the body of a page with these blocks, in a book that has a page "other" with the heading "there".
func blocks(t *testing.T, c *diag.Collector, body ...tree.Block) string {
	t.Helper()
	other := &tree.Talk{ID: "other", Body: tree.Blocks{&tree.Heading{Level: 1, ID: "there", Text: text("There")}}}
	talk := &tree.Talk{ID: "page", Body: body}
	book := &tree.Book{Events: []*tree.Event{{ID: "e", Sections: []*tree.Section{{Talks: []*tree.Talk{talk, other}}}}}}
	p := site(book, c).NewPage("page.xhtml", "")
	p.Number(talk)
	p.Blocks(body)
	p.Notes()
	out := string(p.Done())
	if err := strict([]byte(`<x xmlns:epub="e">` + out + `</x>`)); err != nil {
		t.Errorf("%v in %s", err, out)
	}
	return strings.TrimSpace(out)
}

func text(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }

func para(in ...tree.Inline) *tree.Paragraph { return &tree.Paragraph{Text: in} }

// Single constructs whose mark-up matters to a reading system or a checker.
func TestMarkup(t *testing.T) {
	note := func(id string, body ...tree.Block) *tree.Footnote { return &tree.Footnote{ID: id, Body: body} }
	for _, tt := range []struct {
		name string
		in   tree.Block
		want string
		code diag.Code // of the one diagnostic, or none
	}{
		{"text is escaped", para(&tree.Text{Text: "a < b & ]]> \x01 \xff"}), "<p>a &lt; b &amp; ]]&gt; \uFFFD \uFFFD</p>", ""},
		{"empty paragraph", para(), "", ""},
		{"link to a page", para(&tree.Link{Target: "other", Text: text("x")}), `<p><a href="other.xhtml">x</a></p>`, ""},
		{"link to a place", para(&tree.Link{Target: "there", Text: text("x")}), `<p><a href="other.xhtml#there">x</a></p>`, ""},
		{"link to nowhere", para(&tree.Link{Target: "gone", Text: text("x")}), `<p>x</p>`, xhtml.CodeLink},
		{"link to a script", para(&tree.Link{URL: "javascript:x", Text: text("x")}), `<p>x</p>`, xhtml.CodeLink},
		{"link without text", para(&tree.Link{URL: "https://example.org/"}),
			`<p><a href="https://example.org/" class="ext" aria-label="https://example.org/">https://example.org/</a></p>`, ""},
		{"link in a link", para(&tree.Link{URL: "https://example.org/", Text: tree.Inlines{&tree.Link{URL: "https://example.com/", Text: text("x")}}}),
			`<p><a href="https://example.org/" class="ext">x</a></p>`, ""},
		{"soft break between Latin words", para(&tree.Text{Text: "a"}, &tree.Break{Soft: true}, &tree.Text{Text: "b"}), "<p>a\nb</p>", ""},
		{"soft break between Chinese characters", para(&tree.Text{Text: "中"}, &tree.Break{Soft: true}, &tree.Text{Text: "文"}), "<p>中文</p>", ""},
		{"language", para(&tree.Span{Lang: "ar", Text: text("x")}), `<p><span lang="ar" xml:lang="ar" dir="rtl">x</span></p>`, ""},
		{"language that is none", para(&tree.Span{Lang: "no such!", Text: text("x")}), `<p><span>x</span></p>`, ""},
		{"language in another direction", &tree.Div{Attrs: map[string]string{"lang": "he"}, Body: tree.Blocks{para(&tree.Span{Lang: "fr", Text: text("x")})}},
			"<div lang=\"he\" xml:lang=\"he\" dir=\"rtl\">\n<p><span lang=\"fr\" xml:lang=\"fr\" dir=\"ltr\">x</span></p>\n</div>", ""},
		{"author's class", para(&tree.Span{Class: "alert smallcaps", Text: text("x")}), `<p><span class="x-alert smallcaps">x</span></p>`, ""},
		{"heading below a skipped level", &tree.Heading{Level: 5, ID: "h", Text: text("x")}, `<h2 id="h">x</h2>`, ""},
		{"heading without words", &tree.Heading{Level: 1, ID: "h"}, `<div id="h"></div>`, ""},
		{"list from another number", &tree.List{Ordered: true, Start: 4, Items: []*tree.ListItem{{Body: tree.Blocks{para(text("x")...)}}}},
			"<ol start=\"4\">\n<li>x</li>\n</ol>", ""},
		{"empty list", &tree.List{}, "", ""},
		{"definition without a definition", &tree.DefinitionList{Items: []*tree.Definition{{Terms: []tree.Inlines{text("x")}}}},
			"<dl>\n<dt>x</dt>\n<dd></dd></dl>", ""},
		{"raw text for another format", &tree.RawBlock{Format: "latex", Text: `\x`}, "", xhtml.CodeRawFormat},
		{"script", &tree.RawBlock{Format: "html", Text: `<p onclick="x">a<script>b</script></p>`}, "<p>a</p>", xhtml.CodeRawHTML},
		{"unclosed elements", &tree.RawBlock{Format: "html", Text: `<p>a<b>b<br>&nbsp;<p>c`}, "<p>a<b>b<br/>\u00a0</b></p><p><b>c</b></p>", ""},
		{"list item alone", &tree.RawBlock{Format: "html", Text: `<li>a</li>`}, "<div>a</div>", ""},
		{"block in running text", para(&tree.RawInline{Format: "html", Text: `<div>a</div>`}), "<p>a</p>", ""},
		{"picture without alternative text", para(&tree.Image{Path: treetest.ImagePath}),
			`<p><img src="../images/dot.png" alt="" width="8" height="4"/></p>`, diag.CodeImageAlt},
		{"picture with a size", para(&tree.Image{Path: treetest.ImagePath, Alt: "x", Width: "50", Height: "calc(1)"}),
			`<p><img src="../images/dot.png" alt="x" width="8" height="4" style="width: 50px"/></p>`, xhtml.CodeImageSize},
		{"missing picture", para(&tree.Image{Path: "gone.png", Alt: "x"}), `<p><span class="no-image">x</span></p>`, ""},
		{"picture in the web", para(&tree.Image{URL: "https://example.org/a b.png", Alt: "x"}),
			`<p><a href="https://example.org/a%20b.png" class="no-image ext">x</a></p>`, ""},
		{"note in a link", para(&tree.Link{URL: "https://example.org/", Text: tree.Inlines{&tree.Text{Text: "x"}, note("n")}}),
			`<p><a href="https://example.org/" class="ext">x</a>` +
				`<a epub:type="noteref" role="doc-noteref" class="noteref" href="#n" id="_ref-n">1</a></p>` + "\n" +
				`<div class="footnotes">` + "\n" + `<aside epub:type="footnote" role="doc-footnote" class="footnote" id="n"><p>` +
				`<a epub:type="backlink" role="doc-backlink" class="backlink" href="#_ref-n" title="Back to the text">1</a>. </p></aside>` + "\n</div>", ""},
		{"reference to a note that is not there", para(&tree.FootnoteRef{Target: "gone", Number: 7}), "<p><sup>7</sup></p>", xhtml.CodeNoteRef},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var c diag.Collector
			if got := blocks(t, &c, tt.in); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			var codes []diag.Code
			for _, d := range c.List() {
				codes = append(codes, d.Code)
			}
			if want := tt.code; fmt.Sprint(codes) != "["+string(want)+"]" {
				t.Errorf("diagnostics %v, want %q", codes, want)
			}
		})
	}
}

// Notes inside notes are numbered in the order of the text, and all of them are printed.
func TestNotesInNotes(t *testing.T) {
	inner := &tree.Footnote{ID: "inner", Body: tree.Blocks{para(text("innertext")...)}}
	outer := &tree.Footnote{ID: "outer", Body: tree.Blocks{para(&tree.Text{Text: "outertext"}, inner)}}
	last := &tree.Footnote{ID: "last", Body: tree.Blocks{&tree.CodeBlock{Text: "lasttext"}}}
	var c diag.Collector
	out := blocks(t, &c, para(outer, &tree.FootnoteRef{Target: "inner"}, last))
	for _, want := range []string{`href="#outer" id="_ref-outer">1<`, `href="#inner" id="_ref-inner">2<`, `href="#inner" id="_ref2-inner">2<`,
		`href="#last" id="_ref-last">3<`, "innertext", "outertext", "lasttext"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in %s", want, out)
		}
	}
	first, second, third := strings.Index(out, "outertext"), strings.Index(out, "innertext"), strings.Index(out, "lasttext")
	if first > second || second > third {
		t.Errorf("the notes are out of order in %s", out)
	}
}

// A node of a type that the package does not know is a fault of the program, named by its type.
func TestForeignNodes(t *testing.T) {
	type foreign struct{ tree.Block }
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, "foreign") {
			t.Errorf("panic %q does not name the type", got)
		}
	}()
	p := (&xhtml.Site{Index: xhtml.NewIndex()}).NewPage("x.xhtml", "en")
	p.Blocks(tree.Blocks{foreign{&tree.Rule{}}})
}

// strict parses XML as strictly as encoding/xml can and finds ids that stand twice.
func strict(doc []byte) error {
	d := xml.NewDecoder(bytes.NewReader(doc))
	ids := map[string]bool{}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := tok.(xml.StartElement); ok {
			seen := map[xml.Name]bool{}
			for _, a := range e.Attr {
				if seen[a.Name] {
					return fmt.Errorf("attribute %s twice", a.Name.Local)
				}
				seen[a.Name] = true
				if a.Name.Local == "id" && ids[a.Value] {
					return fmt.Errorf("id %s twice", a.Value)
				}
				if a.Name.Local == "id" {
					ids[a.Value] = true
				}
			}
		}
	}
}
