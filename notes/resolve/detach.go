package resolve

import (
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// Detach makes a part of a resolved book stand alone: links to what is not in b become their text. It changes b in place.
func Detach(b *tree.Book) {
	here := map[string]bool{}
	for n := range tree.All(b) {
		if id := idOf(n); id != "" {
			here[id] = true
		}
	}
	r := &resolver{here: here, report: func(diag.Diagnostic) {}}
	r.eachOwner(b, r.rewrite)
}

// idOf returns the id of a node, or nothing for kinds of nodes that have none.
func idOf(n tree.Node) string {
	switch n := n.(type) {
	case *tree.Event:
		return n.ID
	case *tree.Section:
		return n.ID
	case *tree.Talk:
		return n.ID
	case *tree.Chapter:
		return n.ID
	case *tree.Heading:
		return n.ID
	case *tree.Figure:
		return n.ID
	case *tree.Div:
		return n.ID
	case *tree.Span:
		return n.ID
	case *tree.Footnote:
		return n.ID
	}
	return ""
}
