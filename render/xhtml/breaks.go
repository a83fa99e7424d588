package xhtml

import (
	"cmp"
	"slices"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// PageBreak is the beginning of a page of a printed edition.
type PageBreak struct {
	Label  string // the number of the page, as it is printed
	Anchor string // id of its mark, unique in the book
	At     tree.Place
}

// Breaks are the page breaks of a printed edition by what they stand in. The zero Breaks has none.
type Breaks struct {
	list []PageBreak
	at   map[tree.Place][]int // key: a place without its letters; value: indexes of list in the order of the letters
}

// NewBreaks returns the page breaks in list, which are in the order of the pages.
func NewBreaks(list []PageBreak) Breaks {
	b := Breaks{list: list, at: map[tree.Place][]int{}}
	for i, pb := range list {
		key := pb.At
		key.Letters = 0
		if !key.IsZero() {
			b.at[key] = append(b.at[key], i)
		}
	}
	for _, l := range b.at {
		slices.SortStableFunc(l, func(i, k int) int { return cmp.Compare(list[i].At.Letters, list[k].At.Letters) })
	}
	return b
}

// Mark is the mark-up of a page break in the finished body of a page.
type Mark struct {
	Break      int // index among the book's page breaks
	Start, End int // bytes of the body
}

// BreaksAt writes the marks of the pages that begin at a place. Renderers of whole pages call it for what they write
// themselves; blocks and running text do it on their own.
func (p *Page) BreaksAt(at tree.Place) {
	for _, i := range p.site.Breaks.at[at] {
		if p.site.Breaks.list[i].At.Letters == 0 {
			p.mark(i)
		}
	}
}

// Origin is the place in the notes that the mark-up from a byte of the body on is made from.
type Origin struct {
	Start int
	Pos   diag.Pos
}

// begin notes where a node comes from, and marks the pages that begin with it.
func (p *Page) begin(n tree.Node) {
	if src := n.Pos(); !src.IsZero() {
		p.Origins = append(p.Origins, Origin{p.b.Len(), src})
	}
	if len(p.site.Breaks.at) > 0 {
		p.BreaksAt(tree.Place{Node: n})
	}
}

// entry writes the marks of pages that begin with the entry for n in a list of contents.
func (p *Page) entry(n tree.Node) {
	if len(p.site.Breaks.at) > 0 {
		p.BreaksAt(tree.Place{Node: n, Entry: true})
	}
}

func (p *Page) mark(i int) {
	start := p.b.Len()
	p.Fragment(p.site.Breaks.Mark(i))
	p.Marks = append(p.Marks, Mark{i, start, p.b.Len()})
}

// Mark returns the mark-up of the page break with an index (EPUB Accessibility 1.1 §3.2: role and label are what assistive
// technology reads).
func (b Breaks) Mark(i int) Fragment {
	var w Writer
	w.Element("span", "", A("epub:type", "pagebreak"), A("role", "doc-pagebreak"), A("id", b.list[i].Anchor), A("aria-label", b.list[i].Label))
	return w.Done()
}

// cutter writes the text of a node in pieces, with the marks of page breaks between them.
type cutter struct {
	page *Page
	todo []int // page breaks, in order
	seen int   // letters written so far
}

// cutter returns a cutter for a node's text. With block, the breaks at the node's beginning are done already.
func (p *Page) cutter(n tree.Node, block bool) *cutter {
	if len(p.site.Breaks.at) == 0 {
		return nil
	}
	todo := p.site.Breaks.at[tree.Place{Node: n}]
	for block && len(todo) > 0 && p.site.Breaks.list[todo[0]].At.Letters == 0 {
		todo = todo[1:]
	}
	if len(todo) == 0 {
		return nil
	}
	return &cutter{page: p, todo: todo}
}

// write calls out with s, or with its pieces and marks between them. The nil cutter has no marks.
func (c *cutter) write(s string, out func(string)) {
	if c == nil {
		out(s)
		return
	}
	for len(c.todo) > 0 {
		at, ok := tree.BeforeLetter(s, c.page.site.Breaks.list[c.todo[0]].At.Letters-c.seen)
		if !ok {
			break
		}
		if at > 0 {
			out(s[:at])
			c.seen += tree.CountLetters(s[:at])
			s = s[at:]
		}
		c.page.mark(c.todo[0])
		c.todo = c.todo[1:]
	}
	out(s)
	c.seen += tree.CountLetters(s)
}

// leafText writes the text of an inline node.
func (p *Page) leafText(n tree.Node, s string) { p.cutter(n, false).write(s, p.Text) }
