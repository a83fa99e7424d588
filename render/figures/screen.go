package figures

import (
	"bytes"
	"image/png"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/words"
)

// ForScreens returns how figures are drawn that readers show as wide as their screens are: type that can still be read where
// the figure is as narrow as a phone, and a height that a page of an e-reader has.
func ForScreens(set *fonts.Set, l *layouts.Layout, lang string, w *words.Words) *Style {
	set, l = orElse(set, l)
	return &Style{
		Width: 360 * unit.Pt, Height: 480 * unit.Pt, Size: 12 * unit.Pt, Lang: lang, Words: w,
		Type: drawing.NewTypesetter(set, l.Fonts, lang), Colors: OnScreen(l.Colors),
	}
}

// The size of a cover's picture in pixels, as shops and e-readers want it.
const (
	CoverWidth  = 1600
	CoverHeight = 2560
)

// orElse gives what a caller has none of: the fonts of the program, and a layout that names them.
func orElse(set *fonts.Set, l *layouts.Layout) (*fonts.Set, *layouts.Layout) {
	if set == nil {
		set = fonts.Bundled()
	}
	if l == nil {
		l = &layouts.Layout{Fonts: layouts.Fonts{Text: fonts.Serif, Heading: fonts.Sans, Code: fonts.Mono}}
	}
	return set, l
}

// ScreenCover draws the cover in the proportions of CoverPNG.
func ScreenCover(f *derive.Facts, set *fonts.Set, l *layouts.Layout) (*drawing.Drawing, *drawing.Typesetter) {
	set, l = orElse(set, l)
	ts := drawing.NewTypesetter(set, l.Fonts, f.Book.Meta.Language)
	return Cover(f, CoverWidth*unit.Pt/4, CoverHeight*unit.Pt/4, ts), ts
}

// CoverPNG draws the cover as a PNG file of CoverWidth by CoverHeight pixels. Its few colours are stored as a palette.
func CoverPNG(f *derive.Facts, set *fonts.Set, l *layouts.Layout) []byte {
	d, ts := ScreenCover(f, set, l)
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&b, ts.Raster(d, CoverWidth)); err != nil {
		panic(err) // writing to memory does not fail, and the size is a constant
	}
	return b.Bytes()
}
