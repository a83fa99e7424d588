package resolve

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"sort"
	"strconv"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// sep joins the id of a piece and the name of something inside it. Slugs never hold two hyphens in a row, so that ids of
// pieces and ids inside them cannot meet.
const sep = "--"

// part is something with a path that needs an id.
type part struct {
	path string
	id   *string
}

// assignIDs derives the ids of chapters, events, sections and talks from their paths. Where two paths give the same id,
// each gets a piece of its path's hash, so that the ids do not depend on which comes first.
func (r *resolver) assignIDs(b *tree.Book) {
	parts := partsOf(b)
	count := map[string]int{"person": 1, "notes": 0}
	for _, p := range parts {
		count[ID(p.path)]++
	}
	taken := map[string]bool{}
	for _, p := range parts {
		id := ID(p.path)
		if count[id] > 1 {
			id += "-" + hash(p.path)
		}
		for n := 2; taken[id]; n++ { // the same path twice: only a tree made by hand has that
			id = ID(p.path) + "-" + hash(p.path) + "-" + strconv.Itoa(n)
		}
		taken[id] = true
		*p.id = id
		r.addTarget(p.path, id)
	}
}

// addTarget makes the part at p known to links.
func (r *resolver) addTarget(p, id string) {
	if _, ok := r.targets[p]; ok {
		return // an untitled section has its event's path, and the event came first
	}
	r.targets[p] = id
	stem := strings.ToLower(strings.TrimSuffix(p, path.Ext(p)))
	r.folded[stem] = append(r.folded[stem], p)
	if p != "." {
		base := path.Base(stem)
		r.names[base] = append(r.names[base], p)
	}
}

// partsOf lists everything that needs an id, in reading order.
func partsOf(b *tree.Book) []part {
	var out []part
	for _, c := range b.Front {
		out = append(out, part{c.Path, &c.ID})
	}
	var sections func([]*tree.Section, string)
	sections = func(list []*tree.Section, above string) {
		for i, s := range list {
			p := s.Path
			if p == "" || p == above { // files right in the folder of the event
				p = above + "/" + "section-" + strconv.Itoa(i+1)
			}
			out = append(out, part{p, &s.ID})
			for _, t := range s.Talks {
				out = append(out, part{t.Path, &t.ID})
			}
			sections(s.Sections, s.Path)
		}
	}
	for _, e := range b.Events {
		out = append(out, part{e.Path, &e.ID})
		sections(e.Sections, e.Path)
	}
	for _, c := range b.Back {
		out = append(out, part{c.Path, &c.ID})
	}
	return out
}

// ID makes an id of a slash-separated path: the extension goes, and what is no ASCII letter or digit becomes a hyphen.
func ID(p string) string {
	if p == "" || p == "." {
		return "notes"
	}
	dir, base := path.Split(p)
	switch ext := path.Ext(base); strings.ToLower(ext) {
	case ".md", ".markdown", ".mkd", ".mdown":
		base = strings.TrimSuffix(base, ext)
	}
	s, lost := Slug(dir + base)
	if lost || s == "" {
		s = strings.TrimPrefix(s+"-"+hash(p), "-")
	}
	if s[0] < 'a' || s[0] > 'z' {
		s = "n" + s
	}
	return s
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:3])
}

// innerIDs gives ids to the headings, notes, figures and anchors of a piece, and collects what links may call them:
// headings by GitHub's rule, everything by the id that the author gave.
func (r *resolver) innerIDs(o owner) {
	taken := map[string]bool{}
	github := map[string]int{}
	give := func(wanted string) string {
		s, lost := Slug(wanted)
		if lost {
			s = strings.Trim(s+"-"+hash(wanted), "-")
		}
		if s == "" {
			s = "x"
		}
		id := s
		for n := 1; taken[id]; n++ {
			id = s + "-" + strconv.Itoa(n)
		}
		taken[id] = true
		return o.id + sep + id
	}
	own := func(id *string, n tree.Node) {
		if *id == "" {
			return
		}
		wanted := *id
		*id = give(wanted)
		if !r.addAnchor(o, n, wanted, *id) {
			r.report.Warnf(CodeIDTwice, n.Pos(), "the id %q is given twice in this file: links lead to the first", wanted)
		}
	}
	for n := range o.nodes() { // ids that an author chose come before those that are derived
		switch n := n.(type) {
		case *tree.Heading:
			own(&n.ID, n)
		case *tree.Figure:
			own(&n.ID, n)
		case *tree.Div:
			own(&n.ID, n)
		case *tree.Span:
			own(&n.ID, n)
		}
	}
	for n := range o.nodes() {
		switch n := n.(type) {
		case *tree.Heading:
			anchor := tree.Slug(tree.PlainText(plain(n.Text)))
			k := github[anchor]
			github[anchor]++
			if k > 0 {
				anchor += "-" + strconv.Itoa(k)
			}
			if n.ID == "" {
				n.ID = give(tree.PlainText(n.Text))
			}
			r.addAnchor(o, n, anchor, n.ID)
		case *tree.Footnote:
			n.ID = o.id + sep + "note" + sep + strconv.Itoa(n.Number)
		case *tree.FootnoteRef:
			n.Target = o.id + sep + "note" + sep + strconv.Itoa(n.Number)
		}
	}
	// GitHub's page has an anchor for the title, too.
	r.addAnchor(o, nil, tree.Slug(tree.PlainText(*o.title)), o.id)
}

// plain undoes the typographic characters that GitHub does not see in a heading, so that anchors agree with its.
func plain(in tree.Inlines) tree.Inlines {
	s := tree.PlainText(in)
	return tree.Inlines{&tree.Text{Text: asTyped.Replace(s)}}
}

var asTyped = strings.NewReplacer("—", "---", "–", "--", "…", "")

// addAnchor makes id known as the target of file#anchor, for the file of n and, where that is included in another, for that
// of o, too. It reports whether the anchor was free.
func (r *resolver) addAnchor(o owner, n tree.Node, anchor, id string) bool {
	file := o.file
	if n != nil && n.Pos().File != "" {
		file = n.Pos().File
	}
	free := r.anchorIn(file, anchor, id)
	if file != o.file && !r.anchorIn(o.file, anchor, id) {
		free = false
	}
	return free
}

func (r *resolver) anchorIn(file, anchor, id string) bool {
	if file == "" || anchor == "" {
		return true
	}
	m := r.anchors[file]
	if m == nil {
		m = map[string]string{}
		r.anchors[file] = m
	}
	if _, ok := m[anchor]; ok {
		return false
	}
	m[anchor] = id
	return true
}

// sortedKeys returns the keys of m in order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
