package pdf

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/typeset"
)

// mark is a piece of marked content of a page (§14.6): of a structure element, or an artifact.
type mark struct {
	node     *node // nil for artifacts
	mcid     int
	artifact typeset.ArtifactKind
}

// open writes the operator that begins the marked content.
func (m *mark) open(b []byte) []byte {
	if m.node != nil {
		b = appendName(b, name(m.node.role))
		b = append(b, " <</MCID "...)
		b = strconv.AppendInt(b, int64(m.mcid), 10)
		return append(b, ">> BDC\n"...)
	}
	switch m.artifact {
	case typeset.ArtifactHeader:
		return append(b, "/Artifact <</Type/Pagination/Subtype/Header>> BDC\n"...)
	case typeset.ArtifactFooter:
		return append(b, "/Artifact <</Type/Pagination/Subtype/Footer>> BDC\n"...)
	case typeset.ArtifactBackground:
		return append(b, "/Artifact <</Type/Page>> BDC\n"...)
	}
	return append(b, "/Artifact <</Type/Layout>> BDC\n"...)
}

// node is an element of the structure tree with its place in it.
type node struct {
	elem   *typeset.Elem
	role   string // as written: headings may have another level than the element's
	parent *node
	kids   []kid
	page   int // of the first content, -1 for none
	ref    ref
	id     string
	alt    string
}

// kid is a child of a node: an element, an annotation, or else marked content of a page.
type kid struct {
	node  *node
	annot *annotation
	page  int32
	mcid  int32
}

// annotation is a link on a page.
type annotation struct {
	linkStep
	node   *node
	parent int // key in the parent tree
	ref    ref
}

// anchor is a named place.
type anchor struct {
	name string
	page int
	x, y milli
}

// tree is the structure tree while it is built.
type tree struct {
	root  *node
	nodes map[*typeset.Elem]*node
	order []*node // in the order of attaching
	spare []node  // memory for the next ones
	last  *node   // that was asked for: the lines of a paragraph follow each other
}

// newTree starts a tree with an element of role Document; nil makes one. size is about how many elements there will be.
func newTree(root *typeset.Elem, size int) *tree {
	if root == nil {
		root = &typeset.Elem{Role: "Document"}
	}
	t := &tree{nodes: make(map[*typeset.Elem]*node, size), order: make([]*node, 0, size)}
	t.root = t.add(root, nil)
	return t
}

// add makes the node of an element.
func (t *tree) add(e *typeset.Elem, parent *node) *node {
	if len(t.spare) == 0 {
		t.spare = make([]node, 128)
	}
	n := &t.spare[0]
	t.spare = t.spare[1:]
	*n = node{elem: e, role: e.Role, parent: parent, page: -1, id: e.ID, alt: e.Alt}
	t.nodes[e] = n
	t.order = append(t.order, n)
	return n
}

// attach gives the node of an element and puts it behind what its parent holds, if it is new.
func (t *tree) attach(e *typeset.Elem) *node {
	if t.last != nil && t.last.elem == e {
		return t.last
	}
	if n := t.nodes[e]; n != nil {
		t.last = n
		return n
	}
	parent := t.root
	if e.Parent != nil {
		parent = t.attach(e.Parent)
	}
	n := t.add(e, parent)
	parent.kids = append(parent.kids, kid{node: n})
	t.last = n
	return n
}

// layer is an open Begin or BeginArtifact.
type layer struct {
	node *node // nil for artifacts
	kind typeset.ArtifactKind
}

func (a *assembly) page(index int, p *record) error {
	if p.err != nil {
		return p.err
	}
	stack := a.stack[:0]
	stack = append(stack, layer{kind: typeset.ArtifactLayout}) // painting outside everything is an artifact
	marks := a.marks[:0]
	mcids, groups := 0, 0
	current := -1 // mark of the painting before
	for i := range p.events {
		e := &p.events[i]
		switch s := e.step.(type) {
		case beginStep:
			stack = append(stack, a.layer(s.elem))
			continue
		case artifactStep:
			stack = append(stack, layer{kind: s.kind})
			continue
		case endStep:
			stack = stack[:len(stack)-1]
			continue
		case attachStep:
			if s.elem != nil {
				a.tree.attach(s.elem)
			}
			continue
		case linkStep:
			a.link(p, index, s)
			continue
		case turnStep:
			current = -1 // marked content does not reach across
			continue
		case anchorStep:
			a.anchors = append(a.anchors, anchor{s.name, index, s.x, s.y})
			continue
		case imageStep:
			a.images.collect(s.img)
		case pictureStep:
			a.images.collect(s.pic.Bitmap)
		case pathStep:
			if s.path.FillWith != nil || s.path.StrokeWith != nil {
				p.rich = true
				drawing.Bitmaps([]drawing.Mark{s.path}, a.images.collect)
			}
		case groupStep:
			p.rich = true
			if m := s.group.Mask; m != nil {
				drawing.Bitmaps(m.Marks, a.images.collect)
			}
		}
		inside := groups > 0
		switch e.step.(type) {
		case groupStep:
			groups++
		case endGroupStep:
			groups--
		}
		if inside { // a group is one piece of marked content
			e.mark = current
			continue
		}
		top := stack[len(stack)-1]
		if current < 0 || marks[current].node != top.node || top.node == nil && marks[current].artifact != top.kind {
			m := mark{node: top.node, artifact: top.kind}
			if n := top.node; n != nil {
				m.mcid = mcids
				mcids++
				n.kids = append(n.kids, kid{page: int32(index), mcid: int32(m.mcid)})
				if n.page < 0 {
					n.page = index
				}
			}
			marks = append(marks, m)
			current = len(marks) - 1
		}
		e.mark = current
	}
	p.marks = slices.Clone(marks)
	a.stack, a.marks = stack, marks
	return nil
}

func (a *assembly) layer(e *typeset.Elem) layer {
	if e == nil {
		return layer{kind: typeset.ArtifactLayout}
	}
	return layer{node: a.tree.attach(e)}
}

// link puts an annotation into its Link element; an element of another role gets a Link of its own below it (ISO 14289-1
// §7.18.5).
func (a *assembly) link(p *record, page int, s linkStep) {
	var n *node
	if s.elem != nil {
		n = a.tree.attach(s.elem)
	} else {
		n = a.tree.root
	}
	if n.role != "Link" {
		n = a.tree.attach(n.elem.Child("Link"))
	}
	if n.page < 0 {
		n.page = page
	}
	annot := &annotation{linkStep: s, node: n}
	n.kids = append(n.kids, kid{page: int32(page), annot: annot})
	p.annots = append(p.annots, annot)
	a.annots = append(a.annots, annot)
}

// write sets the annotation's object (§12.5.6.5). A link to an anchor that no page has leads nowhere; it was reported.
func (l *annotation) write(s *section, p *record, known map[string]bool) {
	b := append(s.begin(l.ref), "<</Type/Annot/Subtype/Link/Rect"...)
	b = appendRect(b, l.x, l.y, l.x+l.w, l.y+l.h)
	b = appendRef(append(b, "/Border[0 0 0]/F 4/P "...), p.ref)
	b = appendInt(append(b, "/StructParent "...), l.parent)
	b = appendText(append(b, "/Contents"...), cmp.Or(l.contents, l.to.URL, l.to.Anchor, "link"))
	switch {
	case l.to.URL != "":
		b = appendOctets(append(b, "/A<</S/URI/URI"...), l.to.URL)
		b = append(b, ">>"...)
	case known[l.to.Anchor]:
		b = appendOctets(append(b, "/Dest"...), l.to.Anchor)
	}
	s.end(append(b, ">>"...))
}
