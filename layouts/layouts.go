// Package layouts holds the page designs of evbook as data: page geometry, typefaces, a type scale and style sheets. A
// layout extends another by name, so that a user's own layout says only what differs.
package layouts

import (
	"embed"

	"github.com/evbook/evbook/layouts/unit"
)

//go:embed all:data
var data embed.FS

// Layout is a complete page design: every field is set once it is loaded.
type Layout struct {
	Name    string `yaml:"name"`
	Extends string `yaml:"extends"` // name of the layout that this one changes; empty: none
	Doc     string `yaml:"doc"`     // one line for --help

	Page   Page            `yaml:"page"`
	Fonts  Fonts           `yaml:"fonts"`
	Text   Text            `yaml:"text"`
	Styles map[Role]*Style `yaml:"styles"`
	Colors Colors          `yaml:"colors"`
	Code   Code            `yaml:"code"`
	Talks  Talks           `yaml:"talks"`
	Front  Front           `yaml:"front"`
}

// Talks says how talks follow each other.
type Talks struct {
	RunOn bool `yaml:"runOn"` // a talk begins below the last one where there is room, not always on a new page
}

// Front says what stands before the text besides title page, imprint and contents.
type Front struct {
	HalfTitle bool `yaml:"halfTitle"` // a page with nothing but the title before the title page
	Tables    bool `yaml:"tables"`    // a list of the tables that have captions
	Figures   bool `yaml:"figures"`   // a list of the pictures that have
}

// Page is the geometry of a page. Margins of a mirrored layout are those of a recto (right-hand, odd) page; versos swap
// inner and outer.
type Page struct {
	Width    unit.Len `yaml:"width"`
	Height   unit.Len `yaml:"height"`
	Mirrored bool     `yaml:"mirrored"`
	Inner    unit.Len `yaml:"inner"`  // margin at the spine
	Outer    unit.Len `yaml:"outer"`  // margin at the fore-edge
	Top      unit.Len `yaml:"top"`    // from the trim edge to the top of the type area
	Bottom   unit.Len `yaml:"bottom"` // from the bottom of the type area to the trim edge
	Head     unit.Len `yaml:"head"`   // distance of the running head's baseline above the type area
	Foot     unit.Len `yaml:"foot"`   // distance of the folio's baseline below the type area
	Recto    bool     `yaml:"recto"`  // events and front matter open on right-hand pages
	Bleed    unit.Len `yaml:"bleed"`  // beyond the trim edge; 0 for none, and then no crop marks
	// Binding is what the spine of the bound book swallows of each page: the type area is moved away from it by that much.
	Binding unit.Len `yaml:"binding"`
}

// Fonts names the families by use.
type Fonts struct {
	Text    string `yaml:"text"`
	Heading string `yaml:"heading"`
	Code    string `yaml:"code"`
}

// Text says how running text is set.
type Text struct {
	Size       unit.Len `yaml:"size"`
	Leading    unit.Len `yaml:"leading"` // distance of baselines; the page's grid
	Justify    bool     `yaml:"justify"`
	Hyphenate  bool     `yaml:"hyphenate"`
	Protrusion bool     `yaml:"protrusion"`
	Expansion  float64  `yaml:"expansion"` // largest change of glyph widths, 0–0.03; 0.02 = ±2 %
	Indent     unit.Len `yaml:"indent"`    // first-line indent; 0: paragraphs are set apart by ParSkip
	ParSkip    unit.Len `yaml:"parskip"`
	ListIndent unit.Len `yaml:"listIndent"` // per level
	Oldstyle   bool     `yaml:"oldstyle"`   // old-style figures in running text
	// Grid sets the baselines of running text whole leadings below the first one of the page, so that lines of facing
	// pages are level; spaces of headings, listings and the like are fitted to it.
	Grid bool `yaml:"grid"`
	// PageRefs prints the page of its target behind each link within the book: "(p. 12)".
	PageRefs bool `yaml:"pageRefs"`
	// URLNotes prints the address behind each link that leads out of the book as a footnote, unless the link's text is the
	// address: on paper nobody can follow it otherwise.
	URLNotes bool `yaml:"urlNotes"`
}

// Role is a use of type on the page.
type Role string

// The roles. Every layout has a style for each.
const (
	RoleTitle     Role = "title"    // book title on the title page
	RoleSubtitle  Role = "subtitle" // subtitle on the title page
	RoleAuthor    Role = "author"
	RolePart      Role = "part"    // event title on its opener
	RoleChapter   Role = "chapter" // talk title
	RoleHeading1  Role = "heading1"
	RoleHeading2  Role = "heading2"
	RoleHeading3  Role = "heading3" // and below
	RoleSection   Role = "section"  // title of a section of talks
	RoleMeta      Role = "meta"     // talk header, fact tables
	RoleTable     Role = "table"
	RoleCode      Role = "code"
	RoleQuote     Role = "quote"
	RoleCaption   Role = "caption"
	RoleFootnote  Role = "footnote"
	RoleRunning   Role = "running" // running heads
	RoleFolio     Role = "folio"
	RoleTOCPart   Role = "tocPart"
	RoleTOCEntry  Role = "tocEntry"
	RoleTOCAuthor Role = "tocAuthor"
)

// Style is the type of one role.
type Style struct {
	Family    string   `yaml:"family"` // text, heading, code, or a family's own name
	Size      unit.Len `yaml:"size"`
	Leading   unit.Len `yaml:"leading"`
	Weight    int      `yaml:"weight"`
	Italic    bool     `yaml:"italic"`
	SmallCaps bool     `yaml:"smallCaps"`
	Tracking  float64  `yaml:"tracking"` // letterspace in em
	Color     Color    `yaml:"color"`    // empty: the text colour
	Before    unit.Len `yaml:"before"`   // space above, not at the head of a page
	After     unit.Len `yaml:"after"`    // space below
}

// Color is a colour of the sRGB space as #rrggbb.
type Color string

// Colors are the few colours of a layout.
type Colors struct {
	Text   Color `yaml:"text"`
	Muted  Color `yaml:"muted"` // labels, folios
	Accent Color `yaml:"accent"`
	Link   Color `yaml:"link"`
	Rule   Color `yaml:"rule"`
	Tint   Color `yaml:"tint"` // background of code
}

// Token is the look of a kind of token in listings.
type Token struct {
	Color  Color `yaml:"color"`
	Dark   Color `yaml:"dark"` // the colour on a dark background, for screens
	Bold   bool  `yaml:"bold"`
	Italic bool  `yaml:"italic"`
}

// Code says how listings are set.
type Code struct {
	// Tokens is the look of highlighted tokens by kind (the kinds of render/highlight): colours with a contrast of at
	// least 4.5:1 on the tint and on white, still distinct without colour by weight or slant where it matters.
	Tokens  map[string]Token `yaml:"tokens"`
	Padding unit.Len         `yaml:"padding"`
	Numbers bool             `yaml:"numbers"` // of lines, unless a listing says otherwise (```go linenos=false)
	Tab     int              `yaml:"tab"`     // columns of a tab stop
}
