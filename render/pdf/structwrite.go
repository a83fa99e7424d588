package pdf

import (
	"cmp"
	"context"
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

// writeTree adds the structure tree (§14.7) and returns its root.
func (a *assembly) writeTree(ctx context.Context, out *file, pages []*record) (ref, error) {
	t := a.tree
	rootRef := out.reserve()
	for _, n := range t.order {
		n.ref = out.reserve()
	}
	for _, p := range pages {
		for _, annot := range p.annots {
			annot.ref = out.reserve()
		}
	}
	// All numbers are given out: the elements may be written at the same time.
	const perTask = 512
	err := parallel(ctx, (len(t.order)+perTask-1)/perTask, func(i int) error {
		for _, n := range t.order[i*perTask : min((i+1)*perTask, len(t.order))] {
			out.set(n.ref, n.object(rootRef, pages))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	roles := dict{}
	for _, n := range t.order {
		if !standardTypes[n.role] && !slices.ContainsFunc(roles, func(m member) bool { return m.key == name(n.role) }) {
			roles.add(name(n.role), name(cmp.Or(roleMap[n.role], "Div")))
		}
	}
	slices.SortFunc(roles, func(a, b member) int { return cmp.Compare(a.key, b.key) })
	root := dict{{"Type", name("StructTreeRoot")}, {"K", t.root.ref}}
	parents, next := a.parentTree(out, pages)
	root.add("ParentTree", parents)
	root.add("ParentTreeNextKey", next)
	if ids := t.idTree(out); ids != 0 {
		root.add("IDTree", ids)
	}
	if len(roles) > 0 {
		root.add("RoleMap", roles)
	}
	out.set(rootRef, root)
	return rootRef, nil
}

// object makes the structure element dictionary (§14.7.2).
func (n *node) object(root ref, pages []*record) dict {
	e := n.elem
	d := dict{{"S", name(n.role)}}
	if n.parent != nil {
		d.add("P", n.parent.ref)
	} else {
		d.add("P", root)
	}
	if n.page >= 0 {
		d.add("Pg", pages[n.page].ref)
	}
	if kids := n.kidArray(pages); len(kids) == 1 {
		d.add("K", kids[0])
	} else if len(kids) > 1 {
		d.add("K", kids)
	}
	if n.id != "" {
		d.add("ID", text(n.id))
	}
	for _, s := range []struct {
		key   name
		value string
	}{{"T", e.Title}, {"Lang", e.Lang}, {"Alt", n.alt}, {"ActualText", e.ActualText}} {
		if s.value != "" {
			d.add(s.key, text(s.value))
		}
	}
	if attrs := n.attributes(pages); len(attrs) == 1 {
		d.add("A", attrs[0])
	} else if len(attrs) > 1 {
		d.add("A", attrs)
	}
	return d
}

func (n *node) kidArray(pages []*record) array {
	kids := make(array, 0, len(n.kids))
	for _, k := range n.kids {
		switch {
		case k.node != nil:
			kids = append(kids, k.node.ref)
		case k.annot != nil:
			kids = append(kids, dict{{"Type", name("OBJR")}, {"Obj", k.annot.ref}, {"Pg", pages[k.page].ref}})
		case k.page == n.page:
			kids = append(kids, k.mcid)
		default:
			kids = append(kids, dict{{"Type", name("MCR")}, {"Pg", pages[k.page].ref}, {"MCID", k.mcid}})
		}
	}
	return kids
}

// attributes makes the attribute objects (§14.8.5).
func (n *node) attributes(pages []*record) array {
	e := n.elem
	var list array
	if e.Numbering != "" && n.role == "L" {
		list = append(list, dict{{"O", name("List")}, {"ListNumbering", name(e.Numbering)}})
	}
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
	if len(cell) > 1 {
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

// perLeaf is how many entries a leaf of a number or name tree holds.
const perLeaf = 64

// parentTree leads from marked content and annotations back to their elements (§14.7.4.4): key i is page i, the keys
// behind are the annotations'.
func (a *assembly) parentTree(out *file, pages []*record) (ref, int) {
	var entries array // of numbers and values
	for i, p := range pages {
		var list array
		for _, m := range p.marks {
			if m.node != nil {
				list = append(list, m.node.ref)
			}
		}
		entries = append(entries, i, out.add(list))
	}
	next := len(pages)
	for _, p := range pages {
		for _, annot := range p.annots {
			annot.parent = next
			entries = append(entries, next, annot.node.ref)
			next++
		}
	}
	return writeLeaves(out, "Nums", entries), next
}

// idTree finds elements by their IDs; 0 if there are none.
func (t *tree) idTree(out *file) ref {
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
	var entries array
	for _, n := range named {
		entries = append(entries, text(n.id), n.ref)
	}
	return writeLeaves(out, "Names", entries)
}

// writeLeaves makes a name or number tree (§7.9.6, §7.9.7) of pairs of sorted keys and values: a root and its leaves.
func writeLeaves(out *file, kind name, entries array) ref {
	var kids array
	for len(entries) > 0 {
		n := min(len(entries), 2*perLeaf)
		leaf := entries[:n]
		kids = append(kids, out.add(dict{{"Limits", array{leaf[0], leaf[n-2]}}, {kind, leaf}}))
		entries = entries[n:]
	}
	if len(kids) == 0 {
		return out.add(dict{{kind, array{}}})
	}
	return out.add(dict{{"Kids", kids}})
}

// repair makes the tree keep the rules of PDF/UA that depend on more than one element, whatever the typesetter painted.
func (t *tree) repair() {
	ids := make(map[string]bool)
	for _, n := range t.order {
		if n.id != "" && ids[n.id] {
			n.id = "" // a second element of the same name would make the first one unreachable
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
		}
	})
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
