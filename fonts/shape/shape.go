// Package shape turns text into glyphs: HarfBuzz shaping (kerning, ligatures, features) in font units, the choice of faces
// for characters, itemisation by script and direction, and the places where Unicode lets a line end. It is the only importer
// of go-text/typesetting.
package shape

import (
	"github.com/evbook/evbook/fonts"
)

// Font is a parsed face. It is safe for concurrent use.
type Font struct {
	face *fonts.Face
}

// Load parses a face. Faces are parsed once: the same *Font is returned for every face with the same ID.
func Load(f *fonts.Face) (*Font, error) {
	return nil, nil
}

// Face returns the face that the font was parsed from.
func (f *Font) Face() *fonts.Face { return f.face }

// Metrics are the measures of a font in font units, y upwards.
type Metrics struct {
	UnitsPerEm         int32
	Ascent             int32 // above the baseline
	Descent            int32 // below the baseline, negative
	LineGap            int32
	XHeight, CapHeight int32
	UnderlinePosition  int32 // of the line's top edge, negative below the baseline
	UnderlineThickness int32
	StrikePosition     int32 // of the line's top edge
	StrikeThickness    int32
	Space              int32 // width of the space
	Monospaced         bool
}

// Metrics returns the font's measures.
func (f *Font) Metrics() Metrics { return Metrics{} }

// UnitsPerEm returns the number of font units in the type size, 1000 or 2048 in most fonts.
func (f *Font) UnitsPerEm() int32 { return 0 }

// Has reports whether the font has a glyph for a character.
func (f *Font) Has(r rune) bool { return false }

// GlyphID returns the nominal glyph of a character, without any feature applied, and false if there is none.
func (f *Font) GlyphID(r rune) (uint16, bool) { return 0, false }

// GlyphAdvance returns the width of a glyph.
func (f *Font) GlyphAdvance(id uint16) int32 { return 0 }

// HasFeature reports whether the font has lookups for an OpenType feature such as "smcp", in any script.
func (f *Font) HasFeature(tag string) bool { return false }

// Feature switches an OpenType feature: Value 0 is off, 1 is on, more choose among alternates.
type Feature struct {
	Tag   string // four letters: "smcp", "onum", "tnum", "liga", "sups", "frac"
	Value uint32
}

// Script is an ISO 15924 code such as "Latn", "" for unknown.
type Script string

// Options say how text is shaped. The zero value is left to right in the script of the text's letters with the features that
// are on by default: kern, liga, calt, ccmp, mark…
type Options struct {
	Lang     string // BCP 47; chooses localised forms
	Script   Script
	RTL      bool
	Features []Feature
}

// Glyph is a glyph of shaped text. Lengths are in font units, y upwards.
type Glyph struct {
	ID      uint16
	Advance int32 // to the next glyph's origin
	DX, DY  int32 // displacement of the drawing
	// Cluster and End are the byte offsets in the text between which the characters lie that the glyph stands for. All
	// glyphs of a cluster have the same: several characters with one glyph are a ligature, several glyphs with one
	// character a base with its marks. In visual order clusters ascend, in right-to-left text they descend.
	Cluster, End int32
	// Unsafe says that the text cannot be cut before this glyph's cluster without shaping both parts again, because a
	// ligature, kerning or context reaches over the cut.
	Unsafe bool
}

// Shape shapes text in one direction, script and font, and returns its glyphs in visual order (left to right). Characters
// that the font does not have get glyph 0. Results are cached and shared: callers must not change them.
//
// Text with spaces is put together from its words when no lookup of the font involves the space, so that a word is shaped
// once for a whole book; otherwise it is shaped as it is. The glyphs are the same either way.
func (f *Font) Shape(text string, o Options) []Glyph { return nil }

// Advance returns the sum of the glyphs' advances.
func Advance(glyphs []Glyph) int32 {
	var w int32
	for i := range glyphs {
		w += glyphs[i].Advance
	}
	return w
}
