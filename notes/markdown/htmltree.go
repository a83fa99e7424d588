package markdown

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/evbook/evbook/notes/tree"
)

// htmlWriter turns parsed HTML into blocks. All nodes get the place of the HTML block.
type htmlWriter struct {
	c     *converter
	at    tree.At
	out   tree.Blocks
	text  tree.Inlines // of the paragraph being gathered
	depth int
}

// finish ends the last paragraph and returns the blocks.
func (w *htmlWriter) finish() tree.Blocks {
	w.paragraph()
	return w.out
}

// paragraph ends the paragraph being gathered.
func (w *htmlWriter) paragraph() {
	in := trimSpace(w.text)
	w.text = nil
	if len(in) == 0 {
		return
	}
	w.c.typography(in)
	if f := w.c.figure(w.at, in); f != nil {
		w.out = append(w.out, f)
		return
	}
	w.out = append(w.out, &tree.Paragraph{At: w.at, Text: in})
}

func (w *htmlWriter) block(b tree.Block) {
	w.paragraph()
	w.out = append(w.out, b)
}

// body converts what is below n by itself.
func (w *htmlWriter) body(n *html.Node) tree.Blocks {
	in := &htmlWriter{c: w.c, at: w.at, depth: w.depth + 1}
	in.children(n)
	return in.finish()
}

// inlines converts what is below n as running text, whatever it is.
func (w *htmlWriter) inlines(n *html.Node) tree.Inlines {
	in := &htmlWriter{c: w.c, at: w.at, depth: w.depth + 1}
	in.children(n)
	out := in.text
	for _, v := range slices.Backward(in.out) { // blocks in a cell or a heading: their text, one after the other
		var flat tree.Inlines
		for node := range tree.All(v) {
			switch node := node.(type) {
			case *tree.Paragraph:
				flat = append(flat, node.Text...)
				flat = append(flat, &tree.Break{At: w.at})
			case *tree.Cell: // of a table inside
				flat = append(flat, node.Text...)
				flat = append(flat, &tree.Text{At: w.at, Text: " "})
			case *tree.CodeBlock:
				flat = append(flat, &tree.Code{At: w.at, Text: node.Text}, &tree.Break{At: w.at})
			case *tree.Figure:
				flat = append(flat, node.Image, &tree.Break{At: w.at})
			case *tree.Heading:
				flat = append(flat, node.Text...)
				flat = append(flat, &tree.Break{At: w.at})
			}
		}
		out = append(flat, out...)
	}
	out = tidy(trimSpace(out))
	w.c.typography(out)
	return out
}

func (w *htmlWriter) children(n *html.Node) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		w.node(k)
	}
}

func (w *htmlWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.write(n.Data)
		return
	case html.ElementNode:
	default:
		return
	}
	if w.depth > maxDepth {
		w.children(n)
		return
	}
	switch n.Data {
	case "br":
		w.text = append(w.text, &tree.Break{At: w.at})
	case "hr":
		w.block(&tree.Rule{At: w.at})
	case "img":
		if img := imageOf(attrMap(n), w.at.Src); img != nil {
			w.text = append(w.text, img)
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.heading(n)
	case "pre":
		w.pre(n)
	case "blockquote":
		if body := w.body(n); len(body) > 0 {
			w.block(&tree.Quote{At: w.at, Body: body})
		}
	case "ul", "ol":
		w.list(n)
	case "table":
		w.table(n)
	case "figure":
		w.figure(n)
	case "summary", "dt", "caption":
		w.paragraph()
		if text := w.inlines(n); len(text) > 0 {
			w.out = append(w.out, &tree.Paragraph{At: w.at, Text: tree.Inlines{&tree.Strong{At: w.at, Text: text}}})
		}
	default:
		w.other(n)
	}
}

// other converts elements of running text and elements that only group.
func (w *htmlWriter) other(n *html.Node) {
	if !inlineTags[n.Data] {
		w.paragraph()
		if id := attrMap(n)["id"]; id != "" {
			w.text = append(w.text, &tree.Span{At: w.at, ID: id})
		}
		w.children(n)
		w.paragraph()
		return
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && blockTags[k.Data] { // a link around a heading, say: keep what is inside
			w.children(n)
			return
		}
	}
	in := &htmlWriter{c: w.c, at: w.at, depth: w.depth + 1}
	in.children(n)
	if el := element(openTag{name: n.Data, attrs: attrMap(n), pos: w.at.Src, text: append(flattenFigures(in.out), in.text...)}); el != nil {
		w.text = append(w.text, el)
	}
}

// flattenFigures gives the running text of blocks that stand where only running text can.
func flattenFigures(blocks tree.Blocks) tree.Inlines {
	var out tree.Inlines
	for _, b := range blocks {
		switch b := b.(type) {
		case *tree.Paragraph:
			out = append(out, b.Text...)
		case *tree.Figure:
			out = append(out, b.Image)
		default:
			out = append(out, &tree.Text{At: tree.At{Src: b.Pos()}, Text: tree.Words(b)})
		}
	}
	return out
}

// write adds text; runs of white space count as one space.
func (w *htmlWriter) write(s string) {
	if s == "" {
		return
	}
	fields := strings.Fields(s)
	text := strings.Join(fields, " ")
	if strings.TrimLeft(s, " \t\n\r\f") != s {
		text = " " + text
	}
	if len(fields) > 0 && strings.TrimRight(s, " \t\n\r\f") != s {
		text += " "
	}
	if k := len(w.text); k > 0 {
		if last, ok := w.text[k-1].(*tree.Text); ok {
			if strings.HasSuffix(last.Text, " ") {
				text = strings.TrimPrefix(text, " ")
			}
			last.Text += text
			return
		}
	}
	w.text = append(w.text, &tree.Text{At: w.at, Text: text})
}

func (w *htmlWriter) heading(n *html.Node) {
	text := w.inlines(n)
	if len(text) == 0 {
		return
	}
	w.block(&tree.Heading{At: w.at, ID: attrMap(n)["id"], Level: w.c.headingLevel(int(n.Data[1]-'0'), w.at.Src), Text: text})
}

// pre converts preformatted text; the class of a code element inside names the language.
func (w *htmlWriter) pre(n *html.Node) {
	b := &tree.CodeBlock{At: w.at}
	class := attrMap(n)["class"]
	if k := n.FirstChild; k != nil && k.Type == html.ElementNode && k.Data == "code" {
		class += " " + attrMap(k)["class"]
	}
	for f := range strings.FieldsSeq(class) {
		if lang, ok := strings.CutPrefix(f, "language-"); ok {
			b.Language = strings.ToLower(lang)
		}
	}
	b.Text = strings.Trim(textOf(n), "\n")
	w.block(b)
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Type == html.ElementNode && n.Data == "br" {
		return "\n"
	}
	var b strings.Builder
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		b.WriteString(textOf(k))
	}
	return b.String()
}

func (w *htmlWriter) list(n *html.Node) {
	l := &tree.List{At: w.at, Ordered: n.Data == "ol"}
	if l.Ordered {
		l.Start = 1
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.Type == html.ElementNode && k.Data == "li":
			l.Items = append(l.Items, &tree.ListItem{At: w.at, Body: w.body(k)})
		case k.Type == html.TextNode && strings.TrimSpace(k.Data) == "":
		default: // something between the items
			in := &htmlWriter{c: w.c, at: w.at, depth: w.depth + 1}
			in.node(k)
			if body := in.finish(); len(body) > 0 {
				l.Items = append(l.Items, &tree.ListItem{At: w.at, Body: body})
			}
		}
	}
	if len(l.Items) > 0 {
		w.block(l)
	}
}

// figure converts a figure element with one image; anything else is opened out.
func (w *htmlWriter) figure(n *html.Node) {
	var img *tree.Image
	var caption tree.Inlines
	images := 0
	var look func(*html.Node)
	look = func(n *html.Node) {
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			switch {
			case k.Type == html.ElementNode && k.Data == "img":
				images++
				img = imageOf(attrMap(k), w.at.Src)
			case k.Type == html.ElementNode && k.Data == "figcaption":
				caption = w.inlines(k)
			case k.Type == html.TextNode && strings.TrimSpace(k.Data) != "":
				images = 2 // text beside the image
			default:
				look(k)
			}
		}
	}
	look(n)
	if images != 1 || img == nil {
		w.paragraph()
		w.children(n)
		w.paragraph()
		return
	}
	w.block(&tree.Figure{At: w.at, ID: attrMap(n)["id"], Image: img, Caption: caption})
}

func attrMap(n *html.Node) map[string]string {
	out := make(map[string]string, len(n.Attr))
	for _, a := range n.Attr {
		out[a.Key] = a.Val
	}
	return out
}

// trimSpace removes white space and breaks at both ends of running text.
func trimSpace(in tree.Inlines) tree.Inlines {
	for len(in) > 0 {
		switch n := in[0].(type) {
		case *tree.Break:
			in = in[1:]
			continue
		case *tree.Text:
			if n.Text = strings.TrimLeft(n.Text, " \n\t"); n.Text == "" {
				in = in[1:]
				continue
			}
		default:
		}
		break
	}
	for len(in) > 0 {
		switch n := in[len(in)-1].(type) {
		case *tree.Break:
			in = in[:len(in)-1]
			continue
		case *tree.Text:
			if n.Text = strings.TrimRight(n.Text, " \n\t"); n.Text == "" {
				in = in[:len(in)-1]
				continue
			}
		default:
		}
		break
	}
	return in
}
