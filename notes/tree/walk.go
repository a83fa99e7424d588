package tree

import (
	"fmt"
	"iter"
	"slices"
)

// Children returns the nodes directly below n in reading order: titles before bodies, headers before rows, a footnote's
// body at the footnote. It is the one place that knows where nodes hide; it panics on a nil node or a foreign type.
func Children(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) { children(n, func(c Node) bool { return yield(c) }) }
}

// children is Children without the iterator's clothes; it reports whether yield never returned false.
func children(n Node, yield func(Node) bool) bool {
	switch n := n.(type) {
	case *Book:
		return each(n.Front, yield) && each(n.Events, yield) && each(n.Back, yield)
	case *Event:
		return each(n.Title, yield) && facts(n.Facts, yield) && each(n.Intro, yield) && each(n.Sections, yield)
	case *Section:
		return each(n.Title, yield) && each(n.Intro, yield) && each(n.Talks, yield) && each(n.Sections, yield)
	case *Talk:
		if !each(n.Title, yield) {
			return false
		}
		for _, l := range n.Links {
			if !each(l.Note, yield) {
				return false
			}
		}
		return facts(n.Facts, yield) && each(n.Body, yield)
	case *Chapter:
		return each(n.Title, yield) && facts(n.Facts, yield) && each(n.Body, yield)

	case *Paragraph:
		return each(n.Text, yield)
	case *Heading:
		return each(n.Text, yield)
	case *List:
		return each(n.Items, yield)
	case *ListItem:
		return each(n.Body, yield)
	case *DefinitionList:
		return each(n.Items, yield)
	case *Definition:
		for _, t := range n.Terms {
			if !each(t, yield) {
				return false
			}
		}
		for _, d := range n.Defs {
			if !each(d, yield) {
				return false
			}
		}
		return true
	case *Table:
		return each(n.Caption, yield) && each(n.Header, yield) && each(n.Rows, yield)
	case *TableRow:
		return each(n.Cells, yield)
	case *Cell:
		return each(n.Text, yield)
	case *CodeBlock:
		return each(n.Caption, yield)
	case *Quote:
		return each(n.Body, yield)
	case *Alert:
		return each(n.Title, yield) && each(n.Body, yield)
	case *Figure:
		return (n.Image == nil || yield(n.Image)) && each(n.Caption, yield)
	case *Div:
		return each(n.Body, yield)
	case *Rule, *MathBlock, *RawBlock:
		return true

	case *Emph:
		return each(n.Text, yield)
	case *Strong:
		return each(n.Text, yield)
	case *Strike:
		return each(n.Text, yield)
	case *Link:
		return each(n.Text, yield)
	case *Span:
		return each(n.Text, yield)
	case *Footnote:
		return each(n.Body, yield)
	case *Text, *Code, *Image, *FootnoteRef, *Math, *Break, *RawInline:
		return true
	}
	panic(fmt.Sprintf("tree: unexpected node %T", n))
}

func each[N Node](list []N, yield func(Node) bool) bool {
	for _, n := range list {
		if !yield(n) {
			return false
		}
	}
	return true
}

func facts(list []Fact, yield func(Node) bool) bool {
	for _, f := range list {
		if !each(f.Value, yield) {
			return false
		}
	}
	return true
}

// Walk visits root and everything below it, parents first. f gets the node and the path of its ancestors, outermost
// first; when it returns false, the node's children are left out. The path is used again for the next node: clone it to
// keep it.
func Walk(root Node, f func(n Node, path []Node) bool) {
	path := make([]Node, 0, 16)
	var visit func(Node) bool
	visit = func(n Node) bool {
		if f(n, path) {
			path = append(path, n)
			children(n, visit)
			path = path[:len(path)-1]
		}
		return true
	}
	visit(root)
}

// All returns root and everything below it, parents first.
func All(root Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		var visit func(Node) bool
		visit = func(n Node) bool { return yield(n) && children(n, visit) }
		visit(root)
	}
}

// AllTalks returns the talks of the book in reading order, each with its event and the sections that hold it, outermost
// first. The path is used again for the next talk: clone it to keep it.
func (b *Book) AllTalks() iter.Seq2[*Talk, TalkPath] {
	return func(yield func(*Talk, TalkPath) bool) {
		var sections func(TalkPath, []*Section) bool
		sections = func(at TalkPath, list []*Section) bool {
			for _, s := range list {
				below := TalkPath{at.Event, append(at.Sections, s)}
				for _, t := range s.Talks {
					if !yield(t, below) {
						return false
					}
				}
				if !sections(below, s.Sections) {
					return false
				}
			}
			return true
		}
		for _, e := range b.Events {
			if !sections(TalkPath{Event: e}, e.Sections) {
				return
			}
		}
	}
}

// TalkPath says where a talk stands.
type TalkPath struct {
	Event    *Event
	Sections []*Section
}

// Clone returns a path that the caller may keep.
func (p TalkPath) Clone() TalkPath { return TalkPath{p.Event, slices.Clone(p.Sections)} }
