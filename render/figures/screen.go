package figures

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"strconv"

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
	if err := enc.Encode(&b, flatten(ts.Raster(d, CoverWidth), d)); err != nil {
		panic(err) // writing to memory does not fail, and the size is a constant
	}
	return b.Bytes()
}

// ramp is how many steps lie between the ground and a colour at the edges of shapes.
const ramp = 20

// flatten brings a picture of few colours on a ground to a palette: the colours of the drawing's marks, and between the ground,
// which is that of the first mark, and each of them the steps that edges need.
func flatten(img *image.RGBA, d *drawing.Drawing) *image.Paletted {
	var flat []color.RGBA
	add := func(c layouts.Color) {
		v, err := strconv.ParseUint(string(c[min(1, len(c)):]), 16, 32)
		if err != nil || len(flat)*ramp > 220 {
			return
		}
		rgba := color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
		for _, have := range flat {
			if have == rgba {
				return
			}
		}
		flat = append(flat, rgba)
	}
	for _, m := range d.Marks {
		switch m := m.(type) {
		case *drawing.Path:
			add(m.Fill)
		case *drawing.Text:
			add(m.Color)
		}
	}
	palette := color.Palette{flat[0]}
	for _, c := range flat[1:] {
		for k := 1; k <= ramp; k++ {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(ramp-k) + int(b)*k) / ramp) }
			palette = append(palette, color.RGBA{mix(flat[0].R, c.R), mix(flat[0].G, c.G), mix(flat[0].B, c.B), 255})
		}
	}
	out := image.NewPaletted(img.Bounds(), palette)
	known := map[uint32]uint8{}
	var before []byte // most rows are like the one before
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:4*img.Rect.Dx()]
		to := out.Pix[y*out.Stride:][:img.Rect.Dx()]
		if bytes.Equal(row, before) {
			copy(to, out.Pix[(y-1)*out.Stride:])
			continue
		}
		before = row
		var last uint32 // no colour: all are opaque
		index := uint8(0)
		for x := range to {
			if c := binary.LittleEndian.Uint32(row[4*x:]); c != last {
				var ok bool
				if index, ok = known[c]; !ok {
					index = uint8(palette.Index(color.RGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), 255}))
					known[c] = index
				}
				last = c
			}
			to[x] = index
		}
	}
	return out
}
