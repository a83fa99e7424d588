// Package tree is the document model of evbook: what the notes say, free of Markdown and free of any output format.
//
// The tree is made of plain structs behind two sealed interfaces, [Block] and [Inline]. Children are slices, there are
// no parent pointers, and every node carries its source position. After notes.Load has resolved it, a tree is read-only:
// renderers share it and run at the same time.
package tree

import "github.com/evbook/evbook/notes/diag"

// Node is any [Block] or [Inline].
type Node interface {
	// Pos is where the node begins in its source file; zero for nodes that the program made.
	Pos() diag.Pos
	node()
}

// At is embedded in every node and holds its source position.
type At struct {
	Src diag.Pos `json:"src,omitzero"`
}

// Pos returns the source position.
func (a At) Pos() diag.Pos { return a.Src }

func (At) node() {}

// Book is a whole book: title matter, front chapters, events, back chapters.
type Book struct {
	At
	Meta   Meta       `json:"meta"`
	Front  []*Chapter `json:"front,omitempty"`  // before the events: welcome, preface
	Events []*Event   `json:"events,omitempty"` // the parts of the book, in reading order
	Back   []*Chapter `json:"back,omitempty"`   // after the events: credits, appendices
}

// SubjectCode is the place of a subject in a scheme such as BISAC, THEMA or LCSH.
type SubjectCode struct {
	Subject   string `json:"subject"` // one of the subjects of the book
	Authority string `json:"authority"`
	Term      string `json:"term"` // the code within the scheme
}

// Meta is what the title page and the package documents say of the book.
type Meta struct {
	Title       string   `json:"title"`
	Subtitle    string   `json:"subtitle,omitempty"`
	Creators    []Person `json:"creators,omitempty"`     // on the title page, in order
	Contributor []Person `json:"contributors,omitempty"` // named in the metadata and the colophon
	Language    string   `json:"language"`               // BCP 47; never empty after loading
	Publisher   string   `json:"publisher,omitempty"`
	Rights      string   `json:"rights,omitempty"`
	Description string   `json:"description,omitempty"`
	RightsLink  string   `json:"rightsLink,omitempty"` // the address of the licence
	Subjects    []string `json:"subjects,omitempty"`
	// SubjectCodes says of some subjects which term of a published scheme they are.
	SubjectCodes []SubjectCode `json:"subjectCodes,omitempty"`
	Identifier   string        `json:"identifier,omitempty"`  // a URN such as urn:uuid:… or urn:isbn:…; stable over rebuilds
	Identifiers  []string      `json:"identifiers,omitempty"` // further identifiers, such as the ISBN of a printed edition
	Series       string        `json:"series,omitempty"`
	SeriesIndex  string        `json:"seriesIndex,omitempty"`
	Date         Date          `json:"date,omitzero"`   // publication date; by default the newest date in the notes
	Cover        string        `json:"cover,omitempty"` // path of the cover image, relative to the notes folder; empty: one is made; see NoCover
	// Appendix lists the appendices that are made from the notes: speakers, topics, chronology, actions, colophon; empty: all
	// that the notes have something to say in, "none": none.
	Appendix []string `json:"appendix,omitempty"`
	// Minutes lists what of minutes is set in a way of its own: dialogue, attendees; empty: all of it, "none": nothing.
	Minutes []string `json:"minutes,omitempty"`
	// Todo says that a paragraph that begins with "TODO:" is an open task. It is one in any case as an item of a list.
	Todo bool `json:"todo,omitempty"`
	// Figures lists the figures that are drawn from the notes: schedule, timeline; empty: all, "none": none.
	Figures []string `json:"figures,omitempty"`
	// Accessibility is what the publisher states; nil: nothing. What a program can find out by itself is not stated here.
	Accessibility *Accessibility `json:"accessibility,omitempty"`
	Extra         []Fact         `json:"extra,omitempty"` // keys of book.yaml that the program does not know
}

// Accessibility is a publisher's statement that somebody has verified a book's accessibility (EPUB Accessibility 1.1 §2.4).
type Accessibility struct {
	At
	ConformsTo  string `json:"conformsTo"`           // "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
	CertifiedBy string `json:"certifiedBy"`          // who has verified it
	Credential  string `json:"credential,omitempty"` // the right to do so, in words or as a URL
	Report      string `json:"report,omitempty"`     // URL of the report
}

// NoCover as the path of a cover says that the book is to have none.
const NoCover = "none"

// Person is an author, speaker or other contributor.
type Person struct {
	Name string `json:"name"`           // as printed: "Łukasz Langa"
	Sort string `json:"sort,omitempty"` // as sorted: "Langa, Łukasz"; empty: derived from Name
	Role string `json:"role,omitempty"` // MARC relator code: aut, edt, spk, ant…; empty: by context
	ID   string `json:"id,omitempty"`   // the same for every mention of the same person
	URL  string `json:"url,omitempty"`  // home page, from the register of speakers
}

// Event is a part of the book: a conference, or any folder of notes.
type Event struct {
	At
	ID       string     `json:"id"`             // unique in the book, stable: derived from the folder's path
	Path     string     `json:"path,omitempty"` // folder, relative to the notes folder
	Title    Inlines    `json:"title"`
	Start    Date       `json:"start,omitzero"`
	End      Date       `json:"end,omitzero"`
	Venue    string     `json:"venue,omitempty"`
	Site     string     `json:"site,omitempty"` // URL
	Facts    []Fact     `json:"facts,omitempty"`
	Intro    Blocks     `json:"intro,omitempty"` // the opening page's text
	Sections []*Section `json:"sections,omitempty"`
	Implied  bool       `json:"implied,omitempty"` // the notes have no folders: the only part, which needs no opener
}

// SectionKind says what the entries of a section are.
type SectionKind string

// The section kinds.
const (
	Talks      SectionKind = "talks"
	Exhibitors SectionKind = "exhibitors"
	Other      SectionKind = "other"
)

// Section is a group of talks in an event. A section without a title is an event's only or first group and prints no
// heading of its own. Nested folders are nested sections.
type Section struct {
	At
	ID       string      `json:"id"`
	Path     string      `json:"path,omitempty"`
	Title    Inlines     `json:"title,omitempty"`
	Kind     SectionKind `json:"kind"`
	Intro    Blocks      `json:"intro,omitempty"`
	Talks    []*Talk     `json:"talks,omitempty"`
	Sections []*Section  `json:"sections,omitempty"`
}

// Talk is one file of notes: a talk, an exhibitor's entry, or a plain chapter when it has no speakers.
type Talk struct {
	At
	ID       string         `json:"id"`             // unique in the book, stable: derived from the file's path
	Path     string         `json:"path,omitempty"` // file, relative to the notes folder
	Title    Inlines        `json:"title"`
	Date     Date           `json:"date,omitzero"`
	Start    Clock          `json:"start,omitempty"`
	End      Clock          `json:"end,omitempty"`
	Track    string         `json:"track,omitempty"`
	Speakers []Person       `json:"speakers,omitempty"`
	Links    []LabelledLink `json:"links,omitempty"` // slides and video first, with their labels
	Facts    []Fact         `json:"facts,omitempty"` // front-matter keys that have no field of their own, in order
	Tags     []string       `json:"tags,omitempty"`
	Language string         `json:"language,omitempty"` // BCP 47 when it differs from the book's
	Body     Blocks         `json:"body,omitempty"`
}

// Chapter is a piece of front or back matter.
type Chapter struct {
	At
	ID    string  `json:"id"`
	Path  string  `json:"path,omitempty"`
	Title Inlines `json:"title"`
	Role  string  `json:"role,omitempty"` // preface, introduction, acknowledgments, colophon, appendix…; empty: plain
	Facts []Fact  `json:"facts,omitempty"`
	Body  Blocks  `json:"body,omitempty"`
}

// Fact is a labelled value that an author wrote in front matter.
type Fact struct {
	Label string  `json:"label"` // as printed: "Held at"
	Key   string  `json:"key,omitempty"`
	Value Inlines `json:"value"`
}

// LabelledLink is a link of a talk's header.
type LabelledLink struct {
	Label string  `json:"label"`         // as printed: "Slides"
	Key   string  `json:"key,omitempty"` // what it leads to: slides, video, site or archived; empty: something else
	URL   string  `json:"url"`
	Note  Inlines `json:"note,omitempty"` // a remark after the link
}

// Block is one of *Paragraph, *Heading, *List, *DefinitionList, *Table, *CodeBlock, *Quote, *Alert, *Figure, *Rule,
// *MathBlock, *RawBlock and *Div.
//
//sumtype:decl
type Block interface {
	Node
	block()
}

// Inline is one of *Text, *Emph, *Strong, *Strike, *Code, *Link, *Image, *Footnote, *FootnoteRef, *Math, *Break, *Span
// and *RawInline.
//
//sumtype:decl
type Inline interface {
	Node
	inline()
}

// Blocks and Inlines are named so that they carry the JSON codec.
type (
	Blocks  []Block
	Inlines []Inline
)

// The blocks.
type (
	// Paragraph is running text.
	Paragraph struct {
		At
		Text Inlines `json:"text"`
	}
	// Heading opens a section of a talk. Level is 1 for the first level below the talk's title; levels are normalised
	// (the first is 1 and none is skipped on the way down). ID is unique in the book.
	Heading struct {
		At
		Level int     `json:"level"`
		ID    string  `json:"id"`
		Text  Inlines `json:"text"`
	}
	// List is an ordered or unordered list; it has at least one item. A loose list has paragraphs set apart.
	List struct {
		At
		Ordered bool        `json:"ordered,omitempty"`
		Start   int         `json:"start,omitempty"` // number of the first item of an ordered list
		Loose   bool        `json:"loose,omitempty"`
		Items   []*ListItem `json:"items"`
	}
	// DefinitionList is a list of terms with definitions.
	DefinitionList struct {
		At
		Items []*Definition `json:"items"`
	}
	// Table is a table with a header row. Every row has len(Align) cells.
	Table struct {
		At
		Caption Inlines     `json:"caption,omitempty"`
		Align   []Align     `json:"align"`
		Header  []*Cell     `json:"header,omitempty"`
		Rows    []*TableRow `json:"rows,omitempty"`
	}
	// CodeBlock is a listing. Text has its line ends as "\n", none after the last line; tabs are kept.
	CodeBlock struct {
		At
		Language string  `json:"language,omitempty"` // first word of the info string, lower case
		Info     string  `json:"info,omitempty"`     // the rest of the info string
		Caption  Inlines `json:"caption,omitempty"`
		Text     string  `json:"text"`
		First    int     `json:"first,omitempty"` // line of the file that the first line of Text stands on; 0 if Text is no piece of the file
	}
	// Quote is a quotation.
	Quote struct {
		At
		Body Blocks `json:"body"`
	}
	// Alert is a GitHub-style call-out. Kind is note, tip, important, warning or caution.
	Alert struct {
		At
		Kind  string  `json:"alert"`
		Title Inlines `json:"title,omitempty"` // empty: the kind's name in the book's language
		Body  Blocks  `json:"body"`
	}
	// Figure is an image alone in its paragraph, with its caption.
	Figure struct {
		At
		ID      string  `json:"id,omitempty"`
		Image   *Image  `json:"image"`
		Caption Inlines `json:"caption,omitempty"`
	}
	// Rule is a thematic break.
	Rule struct{ At }
	// MathBlock is a displayed formula in TeX notation.
	MathBlock struct {
		At
		TeX string `json:"tex"`
	}
	// RawBlock is text for one output format only.
	RawBlock struct {
		At
		Format string `json:"format"`
		Text   string `json:"text"`
	}
	// Div groups blocks; renderers that do not know its class print its body.
	Div struct {
		At
		Class string            `json:"class,omitempty"`
		ID    string            `json:"id,omitempty"`
		Attrs map[string]string `json:"attrs,omitempty"`
		Body  Blocks            `json:"body"`
	}
)

// Task says whether a list item is a task.
type Task uint8

// The states of a list item.
const (
	NoTask Task = iota
	TaskOpen
	TaskDone
)

// ListItem is an item of a [List].
type ListItem struct {
	At
	Task Task   `json:"task,omitempty"`
	Body Blocks `json:"body"`
}

// Definition is a group of terms with their definitions.
type Definition struct {
	At
	Terms []Inlines `json:"terms"`
	Defs  []Blocks  `json:"defs"`
}

// TableRow is a row of a table's body.
type TableRow struct {
	At
	Cells []*Cell `json:"cells"`
}

// Cell is a cell of a table.
type Cell struct {
	At
	Text Inlines `json:"text"`
}

// Align is the alignment of a table column.
type Align string

// The alignments; the zero Align leaves it to the renderer.
const (
	AlignDefault Align = ""
	AlignLeft    Align = "left"
	AlignCenter  Align = "center"
	AlignRight   Align = "right"
)

// The inlines.
type (
	// Text is plain text with typographic quotes and dashes already in place.
	Text struct {
		At
		Text string `json:"text"`
	}
	// Emph is emphasised text.
	Emph struct {
		At
		Text Inlines `json:"text"`
	}
	// Strong is strongly emphasised text.
	Strong struct {
		At
		Text Inlines `json:"text"`
	}
	// Strike is deleted text.
	Strike struct {
		At
		Text Inlines `json:"text"`
	}
	// Code is a piece of code in running text, verbatim.
	Code struct {
		At
		Text string `json:"text"`
	}
	// Link leads to a URL or, when Target is set, to a node of the book by its id. URL then keeps what the author wrote.
	Link struct {
		At
		URL    string  `json:"url,omitempty"`
		Target string  `json:"target,omitempty"`
		Title  string  `json:"title,omitempty"`
		Auto   bool    `json:"auto,omitempty"` // the text is the URL itself
		Text   Inlines `json:"text"`
	}
	// Image is a picture in running text. Path is relative to the notes folder; URL is set for a remote picture instead.
	Image struct {
		At
		Path   string `json:"path,omitempty"`
		URL    string `json:"url,omitempty"`
		Alt    string `json:"alt,omitempty"`
		Title  string `json:"title,omitempty"`
		Width  string `json:"width,omitempty"` // a CSS length or percentage, as the author wrote it
		Height string `json:"height,omitempty"`
	}
	// Footnote is a note at its first reference. Number counts from 1 in a talk; ID is unique in the book.
	Footnote struct {
		At
		ID     string `json:"id"`
		Number int    `json:"number"`
		Body   Blocks `json:"body"`
	}
	// FootnoteRef is a second or later reference to the note with the id Target.
	FootnoteRef struct {
		At
		Target string `json:"target"`
		Number int    `json:"number"`
	}
	// Math is a formula in running text, in TeX notation.
	Math struct {
		At
		TeX string `json:"tex"`
	}
	// Break is a line break; a soft one stands where the source's line ended and is set as a space.
	Break struct {
		At
		Soft bool `json:"soft,omitempty"`
	}
	// Span groups inlines. Class is one of kbd, sub, sup, mark, abbr, ins, small, smallcaps, or an author's own.
	Span struct {
		At
		Class string            `json:"class,omitempty"`
		ID    string            `json:"id,omitempty"`
		Lang  string            `json:"lang,omitempty"`
		Attrs map[string]string `json:"attrs,omitempty"`
		Text  Inlines           `json:"text"`
	}
	// RawInline is text for one output format only.
	RawInline struct {
		At
		Format string `json:"format"`
		Text   string `json:"text"`
	}
)

func (*Paragraph) block()      {}
func (*Heading) block()        {}
func (*List) block()           {}
func (*DefinitionList) block() {}
func (*Table) block()          {}
func (*CodeBlock) block()      {}
func (*Quote) block()          {}
func (*Alert) block()          {}
func (*Figure) block()         {}
func (*Rule) block()           {}
func (*MathBlock) block()      {}
func (*RawBlock) block()       {}
func (*Div) block()            {}

func (*Text) inline()        {}
func (*Emph) inline()        {}
func (*Strong) inline()      {}
func (*Strike) inline()      {}
func (*Code) inline()        {}
func (*Link) inline()        {}
func (*Image) inline()       {}
func (*Footnote) inline()    {}
func (*FootnoteRef) inline() {}
func (*Math) inline()        {}
func (*Break) inline()       {}
func (*Span) inline()        {}
func (*RawInline) inline()   {}
