package xhtml

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/evbook/evbook/notes/tree"
)

// Place is where something stands in the finished pages: a file, and an anchor in it unless it is the file's beginning.
type Place struct{ File, Anchor string }

// Href returns a reference to p from the file from, which lies in the same folder.
func (p Place) Href(from string) string {
	switch {
	case p.Anchor == "":
		return p.File
	case p.File == from:
		return "#" + p.Anchor
	}
	return p.File + "#" + p.Anchor
}

// Index knows where every node with an id stands. It is filled before the pages are written and read-only afterwards.
type Index struct {
	places map[string]Place
	taken  map[Place]bool
}

// NewIndex returns an empty index.
func NewIndex() *Index { return &Index{places: map[string]Place{}, taken: map[Place]bool{}} }

// Page says that the node with this id is the file itself.
func (x *Index) Page(id, file string) { x.Part(id, Place{File: file}) }

// Part says that the node with this id begins at a place, whose anchor is written by somebody else.
func (x *Index) Part(id string, at Place) {
	x.taken[at] = true
	if _, ok := x.places[id]; !ok && id != "" {
		x.places[id] = at
	}
}

// Add says that root is printed in file, with everything below it but sections, talks and chapters, which are added by
// themselves: headings, figures, footnotes and whatever else has an id.
func (x *Index) Add(file string, root tree.Node) {
	own(root, func(n tree.Node) {
		switch n := n.(type) {
		case *tree.Heading:
			x.add(n.ID, file)
		case *tree.Figure:
			x.add(n.ID, file)
		case *tree.Div:
			x.add(n.ID, file)
		case *tree.Span:
			x.add(n.ID, file)
		case *tree.Footnote:
			x.add(n.ID, file)
		}
	})
}

// own visits root and everything below it that is printed on the same page: not the sections, talks and chapters below an
// event or section, which are added by themselves.
func own(root tree.Node, visit func(tree.Node)) {
	tree.Walk(root, func(n tree.Node, path []tree.Node) bool {
		switch n.(type) {
		case *tree.Event, *tree.Section, *tree.Talk, *tree.Chapter:
			if len(path) > 0 {
				return false
			}
		}
		visit(n)
		return true
	})
}

// Point says that something with this id that is no node with an id of its own, such as an action item, is printed in file.
func (x *Index) Point(id, file string) { x.add(id, file) }

func (x *Index) add(id, file string) {
	if id == "" {
		return
	}
	if _, ok := x.places[id]; ok {
		return // the first one keeps it; the resolver has seen to it that there is no second
	}
	p := Place{file, Anchor(id)}
	for x.taken[p] { // ids such as a/b and a-b
		p.Anchor += "." + shortHash(id)
	}
	x.taken[p] = true
	x.places[id] = p
}

// Place returns where the node with the id stands.
func (x *Index) Place(id string) (Place, bool) {
	p, ok := x.places[id]
	return p, ok
}

// Anchor turns an id of the tree into an XML name of ASCII letters, digits, hyphens, underscores and stops that is fit for
// ids, fragments and file names. Slashes and spaces become hyphens; when anything else cannot be kept, a short hash of the
// id takes its place, so that ids in any script give different names. Names of the form _x are left free for the pages'
// own anchors.
func Anchor(id string) string {
	var b strings.Builder
	kept := true
	for _, r := range norm.NFKD.String(id) {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			b.WriteRune(r)
		case r == '/' || r == ' ':
			b.WriteByte('-')
		default:
			kept = false
		}
	}
	name := b.String()
	if name == "" || !('a' <= name[0]|0x20 && name[0]|0x20 <= 'z') {
		// Ids such as "2012-review" are common and stay legible; "x-…" itself has to stay unique.
		name, kept = "x-"+name, kept && name != "" && name[0] != '_' && name[0] != '-' && name[0] != '.'
	} else if strings.HasPrefix(name, "x-") {
		kept = false
	}
	const longest = 56
	if kept && len(name) <= longest {
		return name
	}
	if len(name) > longest-9 {
		name = name[:longest-9]
		if i := strings.LastIndexByte(name, '-'); i > longest/2 { // between words
			name = name[:i]
		}
	}
	return strings.TrimRight(name, "-.") + "-" + shortHash(id)
}

// shortHash returns eight hexadecimal digits that stand for s.
func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
