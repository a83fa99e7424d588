// Package resolve connects what the files of a book say about each other: it gives every part a stable id, turns links
// between notes into references, numbers footnotes, and finds the images. What leads nowhere is reported at its place, and
// its text is kept.
package resolve

import (
	"io/fs"
	"iter"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// The codes of what this package reports.
const (
	CodeLink          diag.Code = "link-unresolved"      // a link to a note that does not exist
	CodeAnchor        diag.Code = "anchor-unresolved"    // a link to a heading that does not exist
	CodeLinkOutside   diag.Code = "link-outside-book"    // a link to a file that is no part of the book
	CodeLinkScheme    diag.Code = "link-scheme"          // a link that no reader should follow
	CodeLinkEmpty     diag.Code = "link-empty"           // a link without a destination
	CodeImageMissing  diag.Code = "image-missing"        // an image that does not exist
	CodeImageData     diag.Code = "image-in-text"        // an image inside the text itself (data:)
	CodeIDTwice       diag.Code = "id-duplicate"         // two elements with one id
	CodeURLWithoutWeb diag.Code = "url-without-scheme"   // www.example.com for https://www.example.com
	CodeWiki          diag.Code = "wiki-link-unresolved" // a wiki link to nothing
)

// Options say what lies beside the tree.
type Options struct {
	// Files is the notes folder. Images are looked up in it; without it they are not checked.
	Files fs.FS
	// LeftOut names notes that exist but are not in the book, such as drafts, with the reason.
	LeftOut map[string]string
	// Unselected names notes that the selection leaves out of this book, with the reason. Links to them are no fault.
	Unselected map[string]string
	// Included names the files whose text is part of another, with that other file: links to them lead there.
	Included map[string]string
	// Fetched finds the file of an image on the web below Files, by its address. Nil says that such images are not
	// fetched, which is reported.
	Fetched func(address string) (path string, ok bool)
}

// Resolve completes b in place: afterwards it is read-only. Every event, section, talk, chapter, heading and footnote has
// an id that is unique in the book and a valid XML name of lower-case ASCII letters, digits and hyphens; ids depend on
// paths and headings only, so that a rebuilt book keeps its readers' bookmarks.
func Resolve(b *tree.Book, opt Options, report diag.Reporter) {
	r := &resolver{
		opt: opt, report: report,
		targets: map[string]string{}, folded: map[string][]string{}, names: map[string][]string{},
		anchors: map[string]map[string]string{},
	}
	r.assignIDs(b)
	for _, p := range sortedKeys(opt.Included) {
		if id := r.ownerOf(opt.Included[p]); id != "" {
			r.addTarget(p, id)
		}
	}
	r.eachOwner(b, r.innerIDs)
	r.eachOwner(b, r.rewrite)
}

// resolver holds what is known of the book.
type resolver struct {
	opt    Options
	report diag.Reporter

	targets map[string]string            // path of a file or folder → id
	folded  map[string][]string          // path in lower case without extension → paths
	names   map[string][]string          // base name in lower case without extension → paths
	anchors map[string]map[string]string // file → anchor → id

	here map[string]bool // for Detach: the ids that are left; everything else has been resolved before
}

// owner is a piece of the book whose text comes from one file.
type owner struct {
	id     string
	file   string // where the text stands; for events and sections the opening page's, known from its nodes
	title  *tree.Inlines
	facts  []tree.Fact
	links  []tree.LabelledLink
	blocks *tree.Blocks
}

// nodes returns all nodes of the piece in reading order.
func (o owner) nodes() iter.Seq[tree.Node] {
	return func(yield func(tree.Node) bool) {
		inlines := func(in tree.Inlines) bool {
			for _, n := range in {
				for n := range tree.All(n) {
					if !yield(n) {
						return false
					}
				}
			}
			return true
		}
		if !inlines(*o.title) {
			return
		}
		for _, l := range o.links {
			if !inlines(l.Note) {
				return
			}
		}
		for _, f := range o.facts {
			if !inlines(f.Value) {
				return
			}
		}
		for _, b := range *o.blocks {
			for n := range tree.All(b) {
				if !yield(n) {
					return
				}
			}
		}
	}
}

// eachOwner calls f for every piece of the book in reading order.
func (r *resolver) eachOwner(b *tree.Book, f func(owner)) {
	chapters := func(list []*tree.Chapter) {
		for _, c := range list {
			f(owner{id: c.ID, file: c.Path, title: &c.Title, facts: c.Facts, blocks: &c.Body})
		}
	}
	var sections func([]*tree.Section)
	sections = func(list []*tree.Section) {
		for _, s := range list {
			f(owner{id: s.ID, file: s.Src.File, title: &s.Title, blocks: &s.Intro})
			for _, t := range s.Talks {
				f(owner{id: t.ID, file: t.Path, title: &t.Title, facts: t.Facts, links: t.Links, blocks: &t.Body})
			}
			sections(s.Sections)
		}
	}
	chapters(b.Front)
	for _, e := range b.Events {
		f(owner{id: e.ID, file: e.Src.File, title: &e.Title, facts: e.Facts, blocks: &e.Intro})
		sections(e.Sections)
	}
	chapters(b.Back)
}
