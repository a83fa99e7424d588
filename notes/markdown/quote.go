package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/tree"
)

// alertKinds maps the names that GitHub and Obsidian know to the five kinds of the tree.
var alertKinds = map[string]string{
	"note": "note", "tip": "tip", "important": "important", "warning": "warning", "caution": "caution",
	"info": "note", "todo": "note", "abstract": "note", "summary": "note", "tldr": "note", "example": "note",
	"question": "note", "help": "note", "faq": "note",
	"hint": "tip", "success": "tip", "check": "tip", "done": "tip",
	"attention": "warning", "failure": "caution", "fail": "caution", "danger": "caution", "error": "caution", "bug": "caution",
}

var alertMark = lazyregexp.New(`^\[!([A-Za-z]+)\][+-]?(?: +|$)`)

// quote converts a block quotation; one that begins with a mark such as [!NOTE] is an alert. What follows the mark in its
// line is the alert's title.
func (c *converter) quote(n *ast.Blockquote) tree.Blocks {
	mark := c.mark(n)
	body := c.blocks(n)
	if len(body) == 0 {
		return nil
	}
	if p := firstParagraph(body); p != nil {
		if a := c.takeAlert(p); a != nil {
			a.At = mark
			if len(p.Text) == 0 {
				body = body[1:]
			}
			a.Body = body
			return tree.Blocks{a}
		}
	}
	return tree.Blocks{&tree.Quote{At: mark, Body: body}}
}

// takeAlert cuts the mark and the title off the first line of p, or returns nil when there is no mark.
func (c *converter) takeAlert(p *tree.Paragraph) *tree.Alert {
	t, ok := p.Text[0].(*tree.Text)
	if !ok {
		return nil
	}
	m := alertMark.FindStringSubmatch(t.Text)
	if m == nil {
		return nil
	}
	kind := strings.ToLower(m[1])
	a := &tree.Alert{Kind: alertKinds[kind]}
	if a.Kind == "" {
		a.Kind = "note"
		a.Title = tree.Inlines{&tree.Text{At: t.At, Text: strings.ToUpper(kind[:1]) + kind[1:]}}
	}
	end := len(p.Text)
	for i, n := range p.Text {
		if _, ok := n.(*tree.Break); ok {
			end = i
			break
		}
	}
	first := p.Text[:end:end]
	t.Src = c.src.shift(t.Src, len(m[0]))
	if t.Text = t.Text[len(m[0]):]; t.Text == "" {
		first = first[1:]
	}
	if len(first) > 0 {
		a.Title = first
	}
	p.Text = p.Text[min(end+1, len(p.Text)):]
	if len(p.Text) > 0 {
		p.Src = p.Text[0].Pos()
	}
	return a
}
