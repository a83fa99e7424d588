package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// blockTags are the elements of layout that the tree can hold or that only group what is inside them.
var blockTags = map[string]bool{
	"address": true, "article": true, "aside": true, "blockquote": true, "caption": true, "center": true, "col": true,
	"colgroup": true, "dd": true, "details": true, "div": true, "dl": true, "dt": true, "figcaption": true, "figure": true,
	"footer": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "header": true, "hr": true,
	"li": true, "main": true, "nav": true, "ol": true, "p": true, "picture": true, "pre": true, "section": true,
	"source": true, "summary": true, "table": true, "tbody": true, "td": true, "tfoot": true, "th": true, "thead": true,
	"tr": true, "ul": true,
}

// htmlBlock converts a block of raw HTML. Tags that the tree has no form for are turned into text first; what is left is
// parsed as a browser would, so that unclosed elements do no harm, and only known elements are taken over.
func (c *converter) htmlBlock(n *ast.HTMLBlock) tree.Blocks {
	var raw strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		raw.Write(seg.Value(c.text))
	}
	if n.HasClosure() {
		raw.Write(n.ClosureLine.Value(c.text))
	}
	pos := c.pos(n)
	c.reportSwallowed(n)
	clean := c.knownHTML(raw.String(), pos)
	if strings.TrimSpace(clean) == "" {
		return nil
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(clean), body)
	if err != nil { // too deep for the parser: show what was typed
		c.reportTag("", raw.String(), pos)
		return tree.Blocks{&tree.Paragraph{At: tree.At{Src: pos}, Text: tree.Inlines{&tree.Text{At: tree.At{Src: pos}, Text: strings.TrimSpace(raw.String())}}}}
	}
	w := &htmlWriter{c: c, at: tree.At{Src: pos}}
	for _, n := range nodes {
		w.node(n)
	}
	return w.finish()
}

// reportSwallowed reports a code fence right below a tag: without an empty line between them it is part of the HTML
// (CommonMark 0.31, 4.6), which hardly anybody means. An element that ends by a tag of its own, such as pre, may hold one.
func (c *converter) reportSwallowed(n *ast.HTMLBlock) {
	if n.HTMLBlockType < ast.HTMLBlockType6 {
		return
	}
	for i := 1; i < n.Lines().Len(); i++ {
		seg := n.Lines().At(i)
		if line := strings.TrimSpace(string(seg.Value(c.text))); strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
			c.report(diag.Diagnostic{Severity: diag.Warning, Code: CodeFenceInHTML, Pos: c.at(seg.Start), Message: "the code fence is part of the HTML above it: nothing there is code",
				Hints: []string{"put an empty line before the fence"}})
			return
		}
	}
}

// knownHTML returns raw with comments and scripts removed and with everything that is not a known tag escaped.
func (c *converter) knownHTML(raw string, pos diag.Pos) string {
	var b strings.Builder
	line := pos
	advance := func(s string) {
		if k := strings.Count(s, "\n"); k > 0 {
			line = diag.Pos{File: pos.File, Line: line.Line + k}
		}
	}
	for raw != "" {
		i := strings.IndexByte(raw, '<')
		if i < 0 {
			b.WriteString(raw)
			break
		}
		b.WriteString(raw[:i])
		advance(raw[:i])
		raw = raw[i:]
		n, keep := c.markup(raw, line)
		if keep {
			b.WriteString(raw[:n])
		} else if n == 1 {
			b.WriteString("&lt;")
		}
		advance(raw[:n])
		raw = raw[n:]
	}
	return b.String()
}

// markup looks at the "<" at the beginning of raw. It returns how much to take, and whether to keep that as a tag; one
// byte that is not kept is a literal "<", more are dropped.
func (c *converter) markup(raw string, pos diag.Pos) (n int, keep bool) {
	if strings.HasPrefix(raw, "<!--") {
		if end := strings.Index(raw[4:], "-->"); end >= 0 {
			return end + 7, false
		}
		return len(raw), false
	}
	m := tagName.FindStringSubmatch(raw)
	whole := tagWhole.FindString(raw)
	if m == nil || whole == "" {
		if m != nil {
			c.reportTag(m[2], raw, pos)
		}
		return 1, false
	}
	name := strings.ToLower(m[2])
	if droppedTags[name] {
		return c.drop(name, raw, whole, pos), false
	}
	if inlineTags[name] || blockTags[name] {
		return len(whole), true
	}
	c.reportTag(name, whole, pos)
	return 1, false
}

// drop reports an element that never reaches a book and returns its length.
func (c *converter) drop(name, raw, whole string, pos diag.Pos) int {
	c.report.Warnf(CodeHTMLDropped, pos, "<%s> is left out: a book runs no scripts and has its own styles", name)
	end := strings.Index(strings.ToLower(raw), "</"+name)
	switch {
	case end < 0 && (name == "script" || name == "style"): // a browser, too, would read on to the end
		return len(raw)
	case end < 0:
		return len(whole)
	}
	if gt := strings.IndexByte(raw[end:], '>'); gt >= 0 {
		return end + gt + 1
	}
	return len(raw)
}
