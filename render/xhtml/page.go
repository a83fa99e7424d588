// Package xhtml turns the tree into XHTML: the bodies of the pages of an EPUB or a web site. It handles every node of
// notes/tree, writes through an XML-safe [Writer] only, and leaves to its caller how files are called, where links lead
// and which pictures there are.
package xhtml

import (
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/figures"
	"github.com/evbook/evbook/render/words"
)

// Codes of the diagnostics of this package.
const (
	CodeRawFormat diag.Code = "raw-format"        // raw text for another format was left out
	CodeRawHTML   diag.Code = "raw-html"          // a piece of raw HTML that has no place in a book was left out
	CodeLink      diag.Code = "link-unusable"     // an address that no reader can follow; the text is kept
	CodeNoteRef   diag.Code = "footnote-unknown"  // a reference to a note that is not in the book
	CodeMath      diag.Code = "math-source"       // a formula that is printed as its source
	CodeImageSize diag.Code = "image-size-syntax" // a width or height that is no CSS length
)

// Site is what all pages of a book have in common. It must not be changed while pages are written; several pages may be
// written at the same time.
type Site struct {
	Words *words.Words
	Lang  string // BCP 47 language of the book
	Index *Index
	// Picture returns the file for a picture, and false if there is none: then its alternative text is printed. It must be
	// safe for concurrent use.
	Picture func(*tree.Image) (Picture, bool)
	// Raw lists the formats of raw text that these pages are written in, such as html and epub.
	Raw []string
	// Breaks are the page breaks of the printed edition that are to be marked.
	Breaks Breaks
	// PrintPages is the number of pages of the printed edition, 0 if there is none.
	PrintPages int
	// NoMathML has formulas printed as their TeX source, PlainTables leaves out what turns the rows of wide tables into
	// records on narrow pages: for reading systems that do not know the one or the other.
	NoMathML, PlainTables bool
	// Scroll puts tables and formulas that may be too wide for a narrow page into boxes of their own that scroll. Without it,
	// wide tables are marked so that a style sheet can turn their rows into records.
	Scroll bool
	// EPUB asks for epub:type attributes beside the ARIA roles.
	EPUB bool
	// Facts are what the book says as a whole. Without them, pages have no lines and figures that are made from the notes.
	Facts *derive.Facts
	// Figures says how figures that are made from the notes are drawn; nil leaves them out.
	Figures *figures.Style
	Report  diag.Reporter
}

// Picture is an image file as pages use it.
type Picture struct {
	Href          string // relative to the page, or a URL that holds the picture
	Width, Height int    // natural size in CSS pixels; 0 when unknown
}

// Found says what a page turned out to hold; it decides about a book's accessibility metadata.
type Found struct {
	Images, NoAlt int // pictures, and those of them without alternative text
	Tables, Code  int
	MathML, TeX   int // formulas, by the form in which they are printed
	Notes         int // footnotes
}

// Add adds what another page holds.
func (f *Found) Add(g Found) {
	f.Images += g.Images
	f.NoAlt += g.NoAlt
	f.Tables += g.Tables
	f.Code += g.Code
	f.MathML += g.MathML
	f.TeX += g.TeX
	f.Notes += g.Notes
}

// Page writes the body of one file, or a section of one. It is for one goroutine.
type Page struct {
	Writer
	site  *Site
	at    Place  // where it stands
	file  string // that it stands in
	top   int    // level of its title
	lang  string // of the text being written
	Found Found
	Marks []Mark // of page breaks, in the order of the text
	// Inner is where, in bytes of the body, sections that stand below the page's own can be put in.
	Inner int
	// Origins say what in the notes the page is made from, in the order of the text.
	Origins []Origin

	placed  map[string]bool // ids that have their anchor
	numbers map[string]int  // footnote id → number on this page
	next    int             // number of the next footnote
	refs    map[string]int  // footnote id → references so far
	queue   []*tree.Footnote

	depth   int         // of the last heading, 1 being the page's title
	event   string      // id of the event that the page belongs to
	opens   tree.Node   // the event that the page begins, if that has no page of its own
	inLink  int         // depth of links, which must not nest
	held    []tree.Node // notes called inside a link, set behind it
	anchors int         // own anchors so far, see ownID

	lettered bool // the page is an index with letters
	dialogue bool // the text is minutes: paragraphs are turns of speakers
}

// NewPage returns a page that will stand in the given file, in the given language; the empty one is the book's.
func (s *Site) NewPage(file, lang string) *Page {
	if lang == "" {
		lang = s.Lang
	}
	return &Page{
		site: s, at: Place{File: file}, file: file, lang: lang, top: 1, depth: 1,
		placed: map[string]bool{}, numbers: map[string]int{}, refs: map[string]int{},
	}
}

// NewSection returns a page that is a section of a longer document and stands at the given place there. Its title is a
// heading of the given level, 1 to 6; its own anchors end in the place's anchor, so that they are unique in the document.
func (s *Site) NewSection(at Place, level int, lang string) *Page {
	p := s.NewPage(at.File, lang)
	p.at, p.top = at, level
	return p
}

// own returns the name of one of the page's own anchors.
func (p *Page) own(name string) string {
	if p.at.Anchor == "" {
		return "_" + name
	}
	return "_" + name + "-" + p.at.Anchor
}

// titleID is the anchor of the page's own title.
func (p *Page) titleID() string { return p.own("title") }

// section opens the element that holds the page. In a longer document, talks and groups of talks are no landmarks: there
// may be a thousand of them, of which some have the same title.
func (p *Page) section(class string, attrs ...Attr) {
	element, label := "section", A("aria-labelledby", p.titleID())
	if p.at.Anchor != "" {
		switch class {
		case "talk":
			element = "article"
			attrs = nil // of roles, an article has its own only
		case "section":
			label = Attr{}
		}
	}
	attrs = append(attrs, Opt("id", p.at.Anchor), A("class", class), label)
	if p.at.Anchor != "" && p.lang != p.site.Lang { // else the document says so
		attrs = append(attrs, LangWithin(p.lang, p.site.Lang)...)
	}
	p.Start(element, attrs...)
	p.Line()
}

// end closes it and notes where sections below it can be put in.
func (p *Page) end() {
	p.Inner = p.b.Len()
	p.End()
}

// epubType returns the attributes that give an element its meaning: the role, and in EPUB the epub:type that goes with it
// (EPUB 3.3 §5.2.1 and EPUB Accessibility: epub:type alone means nothing to assistive technology).
func (p *Page) epubType(typ, role string) (Attr, Attr) {
	if !p.site.EPUB {
		typ = ""
	}
	return Opt("epub:type", typ), Opt("role", role)
}

// anchor returns the id attribute for a node of the tree, or none: of several nodes with one id the first gets it.
func (p *Page) anchor(id string) Attr {
	place, ok := p.site.Index.Place(id)
	if !ok || place.File != p.file || p.placed[id] {
		return Attr{}
	}
	p.placed[id] = true
	return Opt("id", place.Anchor)
}

// plain returns the plain words of inlines; it is what labels and titles are made of.
func plain(in tree.Inlines) string { return strings.TrimSpace(tree.PlainText(in)) }
