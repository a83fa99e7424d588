package typeset

import (
	"time"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// Document is a finished book: pages of rows of components, and what a file says beside its pages.
type Document struct {
	Title    string
	Authors  []string
	Subject  string
	Keywords []string
	Lang     string // BCP 47
	RTL      bool   // bound at the right: pages go from right to left
	Creator  string // program and version
	ID       string // seed of the file's identifier: the same for the same book
	Time     time.Time

	Root    *Elem // role Document
	Pages   []*Page
	Outline []*OutlineItem
}

// Page is a page of a document: a maroto page with its paper. The rows of a page fill exactly the type area's width; their
// heights add up to at most the type area's height. Running head and folio are drawn by components of zero-height rows.
type Page struct {
	core.Page
	Label                    string   // the printed or silent folio: "iii", "12"
	Width, Height            unit.Len // trimmed page
	Left, Top, Right, Bottom unit.Len // margins: from the trim edge to the type area
	// Turned says that the contents run from the foot of the paper to its head, the top of them at the left: they are as wide as
	// other pages are high. Paper and margins are those of any page. Furniture stands upright, see [Upright].
	Turned bool
	Bleed  unit.Len // paper beyond the trim edge; crop marks are drawn when it is not 0
	// Begins is the place in the notes at which the page's text begins; nowhere for blank pages and for those that hold
	// nothing but the rest of a footnote.
	Begins tree.Place
}

// OutlineItem is an entry of the outline (bookmarks).
type OutlineItem struct {
	Title    string
	Anchor   string
	Open     bool // its children show when the file is opened
	Children []*OutlineItem
}
