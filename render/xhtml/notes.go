package xhtml

import (
	"slices"
	"strconv"

	"github.com/evbook/evbook/notes/tree"
)

// Number gives the footnotes of root, and of what stands on the same page below it, their numbers in the order of the
// text. It must be called for everything that the page will hold before anything is written.
func (p *Page) Number(root tree.Node) {
	own(root, func(n tree.Node) {
		if note, ok := n.(*tree.Footnote); ok {
			p.number(note)
		}
	})
}

// Notes writes the footnotes that were called so far, each an aside of its own behind the text: reading systems show them
// as pop-ups, or in the flow where they are.
func (p *Page) Notes() {
	if len(p.queue) == 0 {
		return
	}
	p.Start("div", A("class", "footnotes"))
	p.Line()
	for len(p.queue) > 0 { // a note may call further notes, whose numbers come before those of later ones
		first := 0
		for i, n := range p.queue {
			if p.numbers[n.ID] < p.numbers[p.queue[first].ID] {
				first = i
			}
		}
		n := p.queue[first]
		p.queue = slices.Delete(p.queue, first, first+1)
		p.note(n)
	}
	p.End()
	p.Line()
}

func (p *Page) note(n *tree.Footnote) {
	p.Found.Notes++
	place, _ := p.site.Index.Place(n.ID)
	typ, role := p.epubType("footnote", "doc-footnote")
	p.Start("aside", typ, role, A("class", "footnote"), p.anchor(n.ID))
	body := n.Body
	p.Start("p")
	if p.refs[n.ID] > 0 {
		typ, role := p.epubType("backlink", "doc-backlink")
		p.Element("a", strconv.Itoa(p.numbers[n.ID]), typ, role, A("class", "backlink"),
			A("href", "#"+refAnchor(place, 1)), A("title", p.site.Words.BackToText))
	} else {
		p.Text(strconv.Itoa(p.numbers[n.ID]))
	}
	p.Text(". ")
	if len(body) > 0 {
		if par, ok := body[0].(*tree.Paragraph); ok {
			p.Inlines(par.Text)
			body = body[1:]
		}
	}
	p.End()
	p.Blocks(body)
	p.End()
	p.Line()
}
