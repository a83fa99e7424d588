package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/evbook/evbook/render/typeset"
)

// standardTypes are the structure types of PDF 1.7 (§14.8.4).
var standardTypes = map[string]bool{
	"Document": true, "Part": true, "Art": true, "Sect": true, "Div": true, "BlockQuote": true, "Caption": true,
	"TOC": true, "TOCI": true, "Index": true, "NonStruct": true, "Private": true, "P": true, "H": true, "H1": true,
	"H2": true, "H3": true, "H4": true, "H5": true, "H6": true, "L": true, "LI": true, "Lbl": true, "LBody": true,
	"Table": true, "TR": true, "TH": true, "TD": true, "THead": true, "TBody": true, "TFoot": true, "Span": true,
	"Quote": true, "Note": true, "Reference": true, "BibEntry": true, "Code": true, "Link": true, "Annot": true,
	"Ruby": true, "RB": true, "RT": true, "RP": true, "Warichu": true, "WT": true, "WP": true, "Figure": true,
	"Formula": true, "Form": true,
}

// roleMap gives the standard type of roles that only later versions of PDF know; anything else is a division.
var roleMap = map[string]string{
	"Em": "Span", "Strong": "Span", "Sub": "Span", "Title": "P", "Aside": "Div", "FENote": "Note", "DocumentFragment": "Div",
}

// perTask is how many elements are written by one goroutine: two full object streams.
const perTask = 2 * perPack

// elements gives the tasks that write the structure elements (§14.7.2), each into a section of its own.
func (t *tree) elements(out *file, root ref, pages []*record) []func() error {
	var tasks []func() error
	for list := range slices.Chunk(t.order, perTask) {
		s := out.section()
		tasks = append(tasks, func() error {
			for _, n := range list {
				n.write(s, root, pages)
			}
			s.finish()
			return nil
		})
	}
	return tasks
}

// writeTree sets the root of the structure tree (§14.7) and adds what leads from pages and names to elements.
func (a *assembly) writeTree(s *section, rootRef ref, pages []*record) {
	t := a.tree
	root := dict{{"Type", name("StructTreeRoot")}, {"K", t.root.ref}}
	root.add("ParentTree", a.parentTree(s, pages))
	root.add("ParentTreeNextKey", len(pages)+len(a.annots))
	if ids := t.idTree(s); ids != 0 {
		root.add("IDTree", ids)
	}
	if roles := t.roles(); len(roles) > 0 {
		root.add("RoleMap", roles)
	}
	s.set(rootRef, root)
}

// roles maps the roles that are no standard types (§14.8.4), sorted.
func (t *tree) roles() dict {
	var met []string
	roles := dict{}
	for _, n := range t.order {
		if slices.Contains(met, n.role) {
			continue
		}
		met = append(met, n.role)
		if !standardTypes[n.role] {
			roles.add(name(n.role), name(cmp.Or(roleMap[n.role], "Div")))
		}
	}
	slices.SortFunc(roles, func(a, b member) int { return cmp.Compare(a.key, b.key) })
	return roles
}

// write sets the structure element dictionary (§14.7.2).
func (n *node) write(s *section, root ref, pages []*record) {
	e := n.elem
	b := appendName(append(s.begin(n.ref), "<</S"...), name(n.role))
	parent := root
	if n.parent != nil {
		parent = n.parent.ref
	}
	b = appendRef(append(b, "/P "...), parent)
	if n.page >= 0 {
		b = appendRef(append(b, "/Pg "...), pages[n.page].ref)
	}
	b = n.appendKids(b, pages)
	if n.id != "" {
		b = appendText(append(b, "/ID"...), n.id)
	}
	if e.Title != "" {
		b = appendText(append(b, "/T"...), e.Title)
	}
	if e.Lang != "" {
		b = appendText(append(b, "/Lang"...), e.Lang)
	}
	if n.alt != "" {
		b = appendText(append(b, "/Alt"...), n.alt)
	}
	if e.ActualText != "" {
		b = appendText(append(b, "/ActualText"...), e.ActualText)
	}
	if attrs := n.attributes(pages); len(attrs) == 1 {
		b = appendValue(append(b, "/A"...), attrs[0])
	} else if len(attrs) > 1 {
		b = appendValue(append(b, "/A"...), attrs)
	}
	s.end(append(b, ">>"...))
}

// appendKids writes the entry of what is in an element, if there is anything.
func (n *node) appendKids(b []byte, pages []*record) []byte {
	switch len(n.kids) {
	case 0:
		return b
	case 1:
		return n.appendKid(append(b, "/K "...), &n.kids[0], pages)
	}
	b = append(b, "/K["...)
	for i := range n.kids {
		if i > 0 {
			b = append(b, ' ')
		}
		b = n.appendKid(b, &n.kids[i], pages)
	}
	return append(b, ']')
}

func (n *node) appendKid(b []byte, k *kid, pages []*record) []byte {
	switch {
	case k.node != nil:
		return appendRef(b, k.node.ref)
	case k.annot != nil:
		b = appendRef(append(b, "<</Type/OBJR/Obj "...), k.annot.ref)
		b = appendRef(append(b, "/Pg "...), pages[k.page].ref)
	case int(k.page) == n.page:
		return appendInt(b, int(k.mcid))
	default:
		b = appendRef(append(b, "<</Type/MCR/Pg "...), pages[k.page].ref)
		b = appendInt(append(b, "/MCID "...), int(k.mcid))
	}
	return append(b, ">>"...)
}

// attributes makes the attribute objects (§14.8.5).
func (n *node) attributes(pages []*record) array {
	e := n.elem
	var list array
	if e.Numbering != "" && n.role == "L" {
		list = append(list, dict{{"O", name("List")}, {"ListNumbering", name(e.Numbering)}})
	}
	if e.Scope != "" && n.role == "TH" || e.ColSpan > 1 || e.RowSpan > 1 {
		cell := dict{{"O", name("Table")}}
		if e.Scope != "" && n.role == "TH" {
			cell.add("Scope", name(e.Scope))
		}
		if e.ColSpan > 1 {
			cell.add("ColSpan", e.ColSpan)
		}
		if e.RowSpan > 1 {
			cell.add("RowSpan", e.RowSpan)
		}
		list = append(list, cell)
	}
	if e.BBox != nil && n.page >= 0 {
		g := &pages[n.page].geometry
		x1, y1 := g.place(e.BBox[0], e.BBox[1])
		x2, y2 := g.place(e.BBox[0]+e.BBox[2], e.BBox[1]+e.BBox[3])
		list = append(list, dict{{"O", name("Layout")}, {"BBox", array{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}}})
	}
	return list
}

// parentTree leads from marked content and annotations back to their elements (§14.7.4.4): key i is page i, the keys
// behind are the annotations'.
func (a *assembly) parentTree(s *section, pages []*record) ref {
	return writeLeaves(s, "Nums", len(pages)+len(a.annots), appendInt, func(b []byte, i int) []byte {
		if i < len(pages) {
			return appendRef(b, pages[i].parents)
		}
		return appendRef(b, a.annots[i-len(pages)].node.ref)
	})
}

// writeParents sets the list of the elements that the marked content of a page belongs to.
func (p *record) writeParents(s *section) {
	b := append(s.begin(p.parents), '[')
	for i := range p.marks {
		if n := p.marks[i].node; n != nil {
			b = append(appendRef(b, n.ref), ' ')
		}
	}
	s.end(append(b, ']'))
}

// idTree finds elements by their IDs; 0 if there are none.
func (t *tree) idTree(s *section) ref {
	var named []*node
	for _, n := range t.order {
		if n.id != "" {
			named = append(named, n)
		}
	}
	if len(named) == 0 {
		return 0
	}
	slices.SortFunc(named, func(a, b *node) int { return cmp.Compare(a.id, b.id) })
	return writeLeaves(s, "Names", len(named),
		func(b []byte, i int) []byte { return appendText(b, named[i].id) },
		func(b []byte, i int) []byte { return appendRef(b, named[i].ref) })
}

// perLeaf is how many entries a leaf of a number or name tree holds.
const perLeaf = 64

// writeLeaves makes a name or number tree (§7.9.6, §7.9.7) of n sorted keys and their values: a root and its leaves.
func writeLeaves(s *section, kind name, n int, key, value func(b []byte, i int) []byte) ref {
	root := s.file.reserve()
	var kids array
	for from := 0; from < n; from += perLeaf {
		to := min(from+perLeaf, n)
		leaf := s.file.reserve()
		b := key(append(s.begin(leaf), "<</Limits["...), from)
		b = key(append(b, ' '), to-1)
		b = append(appendName(append(b, ']'), kind), '[')
		for i := from; i < to; i++ {
			b = append(key(b, i), ' ')
			b = append(value(b, i), ' ')
		}
		s.end(append(b, "]>>"...))
		kids = append(kids, leaf)
	}
	if len(kids) == 0 {
		s.set(root, dict{{kind, array{}}})
	} else {
		s.set(root, dict{{"Kids", kids}})
	}
	return root
}

// repair makes the tree keep the rules of PDF/UA that depend on more than one element, whatever the typesetter painted.
func (t *tree) repair() {
	ids := make(map[string]bool)
	for _, n := range t.order {
		if n.id == "" {
			continue
		}
		if ids[n.id] {
			n.id = "" // a second element of the same name would make the first one unreachable
			continue
		}
		ids[n.id] = true
	}
	level, notes := 0, 0
	t.walk(t.root, func(n *node) {
		switch n.role {
		case "H1", "H2", "H3", "H4", "H5", "H6":
			// Levels go down one at a time, and the first is 1 (ISO 14289-1 §7.4.2).
			level = min(int(n.role[1]-'0'), level+1)
			n.role = fmt.Sprintf("H%d", level)
		case "Note":
			for n.id == "" { // every note has an ID (ISO 14289-1 §7.9)
				notes++
				if id := fmt.Sprintf("note.%d", notes); !ids[id] {
					n.id, ids[id] = id, true
				}
			}
		case "Figure", "Formula":
			if n.alt == "" && n.elem.ActualText == "" { // ISO 14289-1 §7.3; the typesetter has reported it
				n.alt = cmp.Or(n.elem.Title, n.role)
			}
		case "Table":
			t.squareTable(n)
			n.needBody()
		}
	})
}

// needBody makes the head of a table without rows below it the body: a head asks for one (ISO 14289-1 §7.2).
func (n *node) needBody() {
	var head *node
	for _, k := range n.kids {
		switch {
		case k.node == nil:
		case k.node.role == "TBody":
			return
		case k.node.role == "THead":
			head = k.node
		}
	}
	if head != nil {
		head.role = "TBody"
	}
}

// walk visits n and what is below it in reading order. Kids that f adds to the visited node are visited too.
func (t *tree) walk(n *node, f func(*node)) {
	f(n)
	for i := 0; i < len(n.kids); i++ {
		if k := n.kids[i].node; k != nil {
			t.walk(k, f)
		}
	}
}

// squareTable gives all rows of a table the same number of columns (ISO 14289-1 §7.2) by adding empty cells.
func (t *tree) squareTable(table *node) {
	var rows []*node
	t.walk(table, func(n *node) {
		if n.role == "TR" {
			rows = append(rows, n)
		}
	})
	widths := make([]int, len(rows))
	widest := 0
	for i, row := range rows {
		for _, k := range row.kids {
			if k.node == nil {
				continue
			}
			cols, depth := max(k.node.elem.ColSpan, 1), max(k.node.elem.RowSpan, 1)
			for j := i; j < min(i+depth, len(rows)); j++ {
				widths[j] += cols
			}
		}
	}
	for _, w := range widths {
		widest = max(widest, w)
	}
	for i, row := range rows {
		for range widest - widths[i] {
			t.attach(&typeset.Elem{Parent: row.elem, Role: "TD"})
		}
	}
}
