package typeset

import (
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
)

// letterspaced reports whether the letters of a script stand apart, so that there may be more or less room between them.
func letterspaced(s shape.Script) bool {
	switch s {
	case "Latn", "Grek", "Cyrl", "Armn", "Geor", "Hebr", "Zyyy", "":
		return true
	}
	return false
}

// letters counts the places for letterspace in the bytes [a, b) of the paragraph: behind each letter but the last of the frag,
// since a space beside it would grow.
func (f *frag) letters(a, b int) int32 {
	if f.rigid || !letterspaced(f.opts.Script) {
		return 0
	}
	n := int32(0)
	for i := range f.glyphs {
		if at := f.start + int(f.starts[i]); at >= a && at < b && f.glyphs[i].Text != "" { // the others belong to the letter beside them
			n++
		}
	}
	if b == f.end {
		n--
	}
	return max(n, 0)
}

// track shares letterspace out among the letters of a line.
func track(bits []bit, total unit.Len) {
	letters := func(t *bit) unit.Len {
		if t.piece.kind != pieceText {
			return 0
		}
		return unit.Len(t.piece.frag.letters(t.piece.start, t.piece.end))
	}
	var sum, seen, given unit.Len
	for i := range bits {
		sum += letters(&bits[i])
	}
	for i := range bits {
		if n := letters(&bits[i]); n > 0 {
			seen += n
			bits[i].track = total*seen/sum - given
			bits[i].width += bits[i].track
			given += bits[i].track
		}
	}
}

// shareOut gives each letter but the last the same share of a letterspace.
func shareOut(glyphs []Glyph, track unit.Len) {
	var letters, seen, given unit.Len
	for i := range glyphs {
		if glyphs[i].Text != "" {
			letters++
		}
	}
	for i := range glyphs {
		if seen < letters-1 && glyphs[i].Text != "" {
			seen++
			upTo := track * seen / (letters - 1)
			glyphs[i].Advance += unit.Short(upTo - given)
			given = upTo
		}
	}
}
