package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/tree"
)

// figure makes a figure of running text that is an image and nothing else, or returns nil. An image inside a link keeps
// its link and stays in a paragraph.
func (c *converter) figure(mark tree.At, in tree.Inlines) tree.Block {
	if len(in) != 1 {
		return nil
	}
	img, ok := in[0].(*tree.Image)
	if !ok {
		return nil
	}
	f := &tree.Figure{At: mark, Image: img}
	if img.Title != "" {
		f.Caption = tree.Inlines{&tree.Text{At: img.At, Text: img.Title}}
		c.typography(f.Caption)
	}
	return f
}

var (
	attributeList = lazyregexp.New(`^\{:?\s*([^{}\n]*)\}`)
	attributeSize = lazyregexp.New(`(?:^|\s)(width|height)\s*=\s*"?([0-9.]+(?:%|[a-z]{1,4})?)"?`)
)

// imageAttributes reads a list such as {width=50%} right after an image, in the manner of pandoc and kramdown. Only a
// list that gives a size, a class or an id is taken for one.
func (w *inlineWriter) imageAttributes(n ast.Node, img *tree.Image) {
	next, ok := n.NextSibling().(*ast.Text)
	if !ok {
		return
	}
	m := attributeList.FindSubmatchIndex(next.Segment.Value(w.c.text))
	if m == nil || next.Segment.Padding > 0 {
		return
	}
	list := string(w.c.text[next.Segment.Start+m[2] : next.Segment.Start+m[3]])
	sizes := attributeSize.FindAllStringSubmatch(list, -1)
	if len(sizes) == 0 && !strings.HasPrefix(list, ".") && !strings.HasPrefix(list, "#") {
		return
	}
	for _, s := range sizes {
		if s[1] == "width" {
			img.Width = s[2]
		} else {
			img.Height = s[2]
		}
	}
	next.Segment.Start += m[1]
}
