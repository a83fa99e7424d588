package resolve

import (
	"fmt"

	"github.com/evbook/evbook/notes/tree"
)

// rewrite resolves the links and images of a piece.
func (r *resolver) rewrite(o owner) {
	*o.title = r.inlines(o, *o.title)
	for i := range o.facts {
		o.facts[i].Value = r.inlines(o, o.facts[i].Value)
	}
	for i := range o.links {
		o.links[i].Note = r.inlines(o, o.links[i].Note)
	}
	*o.blocks = r.blocks(o, *o.blocks)
}

func (r *resolver) blocks(o owner, in tree.Blocks) tree.Blocks {
	for i, b := range in {
		in[i] = r.block(o, b)
	}
	return in
}

// block resolves what is inside b. Only a figure may turn into another block: a paragraph, when its image is missing.
func (r *resolver) block(o owner, b tree.Block) tree.Block {
	switch b := b.(type) {
	case *tree.Paragraph:
		b.Text = r.inlines(o, b.Text)
	case *tree.Heading:
		b.Text = r.inlines(o, b.Text)
	case *tree.List:
		for _, item := range b.Items {
			item.Body = r.blocks(o, item.Body)
		}
	case *tree.DefinitionList:
		for _, d := range b.Items {
			for i := range d.Terms {
				d.Terms[i] = r.inlines(o, d.Terms[i])
			}
			for i := range d.Defs {
				d.Defs[i] = r.blocks(o, d.Defs[i])
			}
		}
	case *tree.Table:
		b.Caption = r.inlines(o, b.Caption)
		r.cells(o, b.Header)
		for _, row := range b.Rows {
			r.cells(o, row.Cells)
		}
	case *tree.CodeBlock:
		b.Caption = r.inlines(o, b.Caption)
	case *tree.Quote:
		b.Body = r.blocks(o, b.Body)
	case *tree.Alert:
		b.Title = r.inlines(o, b.Title)
		b.Body = r.blocks(o, b.Body)
	case *tree.Figure:
		return r.figure(o, b)
	case *tree.Div:
		b.Body = r.blocks(o, b.Body)
	case *tree.Rule, *tree.MathBlock, *tree.RawBlock:
	default:
		panic(fmt.Sprintf("resolve: unexpected block %T", b))
	}
	return b
}

func (r *resolver) cells(o owner, cells []*tree.Cell) {
	for _, c := range cells {
		c.Text = r.inlines(o, c.Text)
	}
}

// figure resolves a figure's image. When the image is missing, the words about it stay as a paragraph.
func (r *resolver) figure(o owner, f *tree.Figure) tree.Block {
	f.Caption = r.inlines(o, f.Caption)
	if r.here != nil {
		return f
	}
	text := r.image(o, f.Image)
	if text == nil {
		return f
	}
	if len(f.Caption) > 0 {
		text = append(append(text, &tree.Text{At: f.At, Text: " – "}), f.Caption...)
	}
	return &tree.Paragraph{At: f.At, Text: text}
}

// inlines resolves running text. A node may be replaced by several: the text of a link that leads nowhere stays.
func (r *resolver) inlines(o owner, in tree.Inlines) tree.Inlines {
	changed := false
	out := in[:0:0]
	for _, n := range in {
		got := r.inline(o, n)
		if len(got) != 1 || got[0] != n {
			changed = true
		}
		out = append(out, got...)
	}
	if !changed {
		return in
	}
	return joinTexts(out)
}

// joinTexts joins neighbouring texts, which a link that became text leaves behind.
func joinTexts(in tree.Inlines) tree.Inlines {
	out := in[:0]
	for _, n := range in {
		if t, ok := n.(*tree.Text); ok && len(out) > 0 {
			if last, ok := out[len(out)-1].(*tree.Text); ok {
				last.Text += t.Text
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

func (r *resolver) inline(o owner, n tree.Inline) tree.Inlines {
	switch n := n.(type) {
	case *tree.Link:
		n.Text = r.inlines(o, n.Text)
		if r.here == nil {
			return r.link(o, n)
		}
		if n.Target != "" && !r.here[n.Target] {
			return n.Text
		}
	case *tree.Image:
		if r.here != nil {
			break
		}
		if text := r.image(o, n); text != nil {
			return text
		}
	case *tree.Emph:
		n.Text = r.inlines(o, n.Text)
	case *tree.Strong:
		n.Text = r.inlines(o, n.Text)
	case *tree.Strike:
		n.Text = r.inlines(o, n.Text)
	case *tree.Span:
		n.Text = r.inlines(o, n.Text)
		if n.Class == wikiLink || n.Class == wikiEmbed {
			return r.wiki(o, n)
		}
	case *tree.Footnote:
		n.Body = r.blocks(o, n.Body)
	case *tree.Text, *tree.Code, *tree.FootnoteRef, *tree.Math, *tree.Break, *tree.RawInline:
	default:
		panic(fmt.Sprintf("resolve: unexpected inline %T", n))
	}
	return tree.Inlines{n}
}
