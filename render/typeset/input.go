package typeset

import (
	"io/fs"
	"time"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// Input is what a book is set from. Nothing in it is changed.
type Input struct {
	Book      *tree.Book
	Layout    *layouts.Layout
	Fonts     *fonts.Set
	Assets    fs.FS     // image paths of the tree are relative to it; nil if there is none
	Time      time.Time // goes into the document as it is
	Generator string    // program name and version, for the document and its imprint
	Report    diag.Reporter
	QR        bool // QR codes stand beside the slides and the video of a talk

	// FontDirs are folders with fonts of the user's, for families that the layout names and for characters that Fonts lacks.
	FontDirs []string
	// SystemFonts names the folders of the machine's own fonts, the last resort, when they are needed: with them a book can depend on
	// the machine. Nil for none.
	SystemFonts func() []string
}

// The codes of the diagnostics that setting a book can bring forth.
const (
	CodeGlyphMissing   diag.Code = "glyph-missing"    // no font has a character
	CodeOverfull       diag.Code = "line-overfull"    // a line is wider than its measure
	CodeImageMissing   diag.Code = "image-missing"    // a picture cannot be read
	CodeImageReduced   diag.Code = "image-reduced"    // a drawing has parts that cannot be printed
	CodeImageFormat    diag.Code = "image-format"     // a picture is in a format that cannot be drawn
	CodeLineWide       diag.Code = "code-line-wide"   // lines of code were too wide and are wrapped
	CodeTableNarrowed  diag.Code = "table-narrowed"   // a table was too wide and is set smaller, broken up or stacked
	CodeMathSource     diag.Code = "math-source"      // a formula is printed as its TeX source
	CodeRawPrinted     diag.Code = "raw-printed"      // text for another output format
	CodeFaceMissing    diag.Code = "face-missing"     // a family has no face of the wanted slope
	CodeRowTall        diag.Code = "row-tall"         // something unbreakable is taller than the page
	CodeAnchorUnknown  diag.Code = "anchor-unknown"   // a link leads to an id that the book does not have
	CodeImageSmall     diag.Code = "image-resolution" // a picture has less than 150 dots an inch on the page
	CodeQR             diag.Code = "qr-left-out"      // an address is too long for a QR code, or a header has no room for it
	CodeSystemFont     diag.Code = "font-system"      // a font of the machine was needed: the book may differ elsewhere
	codeLayoutFallback diag.Code = "font-missing"     // a family of the layout is not in the font set
)
