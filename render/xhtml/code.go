package xhtml

import (
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/highlight"
)

// code writes a listing. Tokens carry classes, the style sheet gives them their look. A reader in a right-to-left book
// still reads code from left to right.
func (p *Page) code(n *tree.CodeBlock) {
	p.Found.Code++
	if len(n.Caption) > 0 {
		p.Start("figure", A("class", "listing"))
		p.Line()
		p.styled("figcaption", n.Caption)
		p.Line()
		defer func() { p.Line(); p.End() }()
	}
	var dir Attr
	if direction(p.lang) != "" {
		dir = A("dir", "ltr")
	}
	p.Start("pre", dir)
	if lang := className(n.Language); lang != "" {
		p.Start("code", A("class", "language-"+lang[len("x-"):]))
	} else {
		p.Start("code")
	}
	cut := p.cutter(n, true)
	for i, line := range highlight.Lines(n.Language, n.Text) {
		if i > 0 {
			p.Text("\n")
		}
		for _, token := range line {
			if token.Kind == highlight.Plain {
				cut.write(token.Text, p.Text)
			} else {
				cut.write(token.Text, func(s string) { p.Element("span", s, A("class", "hl-"+string(token.Kind))) })
			}
		}
	}
	p.End()
	p.End()
}
