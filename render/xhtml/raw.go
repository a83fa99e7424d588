package xhtml

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// rawKind says how an element of raw HTML may stand among others.
type rawKind uint8

const (
	rawPhrasing rawKind = iota + 1 // in running text; holds running text
	rawBlock                       // among blocks; holds blocks and text
	rawTextual                     // among blocks; holds running text only
	rawVoid                        // in running text; holds nothing
	rawPart                        // has its place in a certain parent only
	rawDrop                        // must not stand in a book, nor what is inside it
)

// rawElements are the elements of raw HTML that pages take over. All others leave only their content.
var rawElements = map[atom.Atom]rawKind{
	atom.A: rawPhrasing, atom.Abbr: rawPhrasing, atom.B: rawPhrasing, atom.Bdi: rawPhrasing, atom.Cite: rawPhrasing,
	atom.Code: rawPhrasing, atom.Del: rawPhrasing, atom.Dfn: rawPhrasing, atom.Em: rawPhrasing, atom.I: rawPhrasing,
	atom.Ins: rawPhrasing, atom.Kbd: rawPhrasing, atom.Mark: rawPhrasing, atom.Q: rawPhrasing, atom.S: rawPhrasing,
	atom.Samp: rawPhrasing, atom.Small: rawPhrasing, atom.Span: rawPhrasing, atom.Strong: rawPhrasing, atom.Sub: rawPhrasing,
	atom.Sup: rawPhrasing, atom.U: rawPhrasing, atom.Var: rawPhrasing,
	atom.Br: rawVoid, atom.Wbr: rawVoid, atom.Img: rawVoid,
	atom.Div: rawBlock, atom.Section: rawBlock, atom.Article: rawBlock, atom.Blockquote: rawBlock, atom.Details: rawBlock,
	atom.Center: rawBlock, atom.Figure: rawBlock, atom.Ul: rawBlock, atom.Ol: rawBlock, atom.Dl: rawBlock, atom.Table: rawBlock,
	atom.P: rawTextual, atom.Pre: rawTextual, atom.Summary: rawTextual, atom.H1: rawTextual, atom.H2: rawTextual,
	atom.H3: rawTextual, atom.H4: rawTextual, atom.H5: rawTextual, atom.H6: rawTextual, atom.Hr: rawTextual,
	atom.Li: rawPart, atom.Dt: rawPart, atom.Dd: rawPart, atom.Figcaption: rawPart, atom.Caption: rawPart, atom.Thead: rawPart,
	atom.Tbody: rawPart, atom.Tfoot: rawPart, atom.Tr: rawPart, atom.Th: rawPart, atom.Td: rawPart,
	atom.Script: rawDrop, atom.Style: rawDrop, atom.Iframe: rawDrop, atom.Object: rawDrop, atom.Embed: rawDrop,
	atom.Template: rawDrop, atom.Noscript: rawDrop, atom.Svg: rawDrop, atom.Math: rawDrop, atom.Input: rawDrop,
	atom.Head: rawDrop, atom.Title: rawDrop, atom.Textarea: rawDrop, atom.Select: rawDrop, atom.Applet: rawDrop,
}

// rawParents says where parts may stand.
var rawParents = map[atom.Atom][]atom.Atom{
	atom.Li: {atom.Ul, atom.Ol}, atom.Dt: {atom.Dl}, atom.Dd: {atom.Dl}, atom.Figcaption: {atom.Figure}, atom.Caption: {atom.Table},
	atom.Thead: {atom.Table}, atom.Tbody: {atom.Table}, atom.Tfoot: {atom.Table},
	atom.Tr: {atom.Thead, atom.Tbody, atom.Tfoot}, atom.Th: {atom.Tr}, atom.Td: {atom.Tr},
}

// rawNames are elements that take another name: those that XHTML does not have, and headings, whose levels would not fit
// into the page's own.
var rawNames = map[atom.Atom]string{
	atom.Center: "div", atom.Details: "div", atom.Summary: "p", atom.Section: "div", atom.Article: "div",
	atom.H1: "p", atom.H2: "p", atom.H3: "p", atom.H4: "p", atom.H5: "p", atom.H6: "p",
}

// raw writes raw text that is meant for these pages. It is parsed as HTML and written anew, so that nothing unparsed
// reaches a file; text for other formats is left out, as its author meant it to be.
func (p *Page) raw(format, text string, pos diag.Pos, inline bool) {
	if !slices.Contains(p.site.Raw, format) {
		p.site.Report.Infof(CodeRawFormat, pos, "raw text for %q is left out of %s", format, strings.Join(p.site.Raw, " and "))
		return
	}
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(text), context)
	if err != nil {
		p.site.Report.Warnf(CodeRawHTML, pos, "raw HTML is left out: %v", err)
		return
	}
	w := rawWriter{page: p, pos: pos}
	for _, n := range nodes {
		if !inline && n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			p.Start("p") // loose text among blocks
			w.node(n, 0, true)
			p.End()
			continue
		}
		w.node(n, 0, inline)
	}
}

type rawWriter struct {
	page *Page
	pos  diag.Pos
}

// node writes n below parent; phrasing says that only running text may stand here.
func (w *rawWriter) node(n *html.Node, parent atom.Atom, phrasing bool) {
	switch n.Type {
	case html.TextNode:
		if strings.TrimSpace(n.Data) != "" || takesText(parent) {
			w.page.Text(n.Data)
		}
	case html.ElementNode:
		w.element(n, parent, phrasing)
	case html.ErrorNode, html.DocumentNode, html.CommentNode, html.DoctypeNode, html.RawNode:
		// comments are dropped: nothing of them is meant to be seen
	}
}

// takesText reports whether text may stand directly in an element.
func takesText(a atom.Atom) bool {
	switch a {
	case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr:
		return false
	}
	return true
}

func (w *rawWriter) element(n *html.Node, parent atom.Atom, phrasing bool) {
	p := w.page
	kind := rawElements[n.DataAtom]
	switch {
	case kind == rawDrop:
		p.site.Report.Warnf(CodeRawHTML, w.pos, "<%s> has no place in a book and is left out", n.Data)
		return
	case n.DataAtom == atom.Img:
		w.image(n)
		return
	case kind == rawVoid:
		p.Void(n.Data)
		return
	case n.DataAtom == atom.Hr:
		if !phrasing {
			p.Void("hr")
		}
		return
	case kind == 0, phrasing && kind != rawPhrasing, n.DataAtom == atom.A && (p.inLink > 0 || w.href(n) == ""):
		w.children(n, parent, phrasing)
		return
	}
	name := n.Data
	if other, ok := rawNames[n.DataAtom]; ok {
		name = other
	}
	self := n.DataAtom
	if kind == rawPart && !slices.Contains(rawParents[self], parent) || self == atom.Dl && !isDefinitionList(n) {
		name, self = "div", atom.Div // out of its place it is a block like any other
	}
	p.Start(name, w.attrs(n)...)
	if n.DataAtom == atom.A {
		p.inLink++
		defer func() { p.inLink-- }()
	}
	w.children(n, self, kind == rawPhrasing || kind == rawTextual || self == atom.Dt || self == atom.Caption)
	p.End()
}

// isDefinitionList reports whether a dl holds what it must: groups of terms with definitions, and nothing else.
func isDefinitionList(n *html.Node) bool {
	last := atom.Dd
	groups := 0
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.ElementNode && c.DataAtom == atom.Dt:
		case c.Type == html.ElementNode && c.DataAtom == atom.Dd && (last == atom.Dt || groups > 0):
			groups++
		case c.Type == html.CommentNode, c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
			continue
		default:
			return false
		}
		last = c.DataAtom
	}
	return groups > 0 && last == atom.Dd
}

// children writes what is inside n. An element that takes certain parts only gets whatever else there is in a part.
func (w *rawWriter) children(n *html.Node, parent atom.Atom, phrasing bool) {
	part := map[atom.Atom]string{atom.Ul: "li", atom.Ol: "li"}[parent]
	for c := range n.ChildNodes() {
		stray := part != "" && (c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" ||
			c.Type == html.ElementNode && !slices.Contains(rawParents[c.DataAtom], parent))
		if !stray {
			w.node(c, parent, phrasing)
			continue
		}
		w.page.Start(part)
		w.node(c, atom.Li, phrasing)
		w.page.End()
	}
}

func (w *rawWriter) attrs(n *html.Node) []Attr {
	var out []Attr
	seen := map[string]bool{}
	add := func(a ...Attr) {
		for _, a := range a {
			if a.Name != "" && !seen[a.Name] {
				seen[a.Name] = true
				out = append(out, a)
			}
		}
	}
	for _, a := range n.Attr {
		switch {
		case a.Namespace != "":
		case a.Key == "title":
			add(Opt("title", a.Val))
		case a.Key == "lang":
			add(Lang(a.Val)...)
		case a.Key == "href" && n.DataAtom == atom.A:
			add(A("href", w.href(n)), A("class", "ext"))
		case a.Key == "align" && a.Val == "center":
			add(A("class", "center"))
		case (a.Key == "colspan" || a.Key == "rowspan") && isSmallNumber(a.Val):
			add(A(a.Key, a.Val))
		case a.Key == "start" && n.DataAtom == atom.Ol && isSmallNumber(a.Val):
			add(A("start", a.Val))
		}
	}
	switch n.DataAtom {
	case atom.Th:
		add(A("scope", "col"))
	case atom.Center:
		add(A("class", "center"))
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary:
		add(A("class", "lead"))
	}
	return out
}

func (w *rawWriter) href(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "href" {
			href, _ := CleanURL(a.Val)
			return href
		}
	}
	return ""
}

// image hands a picture of raw HTML to the same path as all others. Its source is relative to the file that names it.
func (w *rawWriter) image(n *html.Node) {
	img := &tree.Image{At: tree.At{Src: w.pos}}
	for _, a := range n.Attr {
		switch a.Key {
		case "src":
			if _, ok := CleanURL(a.Val); ok {
				img.URL = a.Val
			} else {
				img.Path = path.Join(path.Dir(w.pos.File), a.Val)
			}
		case "alt":
			img.Alt = a.Val
		case "title":
			img.Title = a.Val
		case "width":
			img.Width = a.Val
		case "height":
			img.Height = a.Val
		}
	}
	w.page.image(img, "")
}

// isSmallNumber reports whether s is a whole number from 1 to 999.
func isSmallNumber(s string) bool {
	if len(s) == 0 || len(s) > 3 || s[0] == '0' {
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}
