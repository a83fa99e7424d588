// Package sfnt reads the tables of a TrueType font that books need, and makes subsets of its outlines.
//
// It knows fonts with glyf outlines (OpenType 1.9, chapters glyf, loca, hmtx, cmap). Shaping is not its business.
package sfnt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"
)

// ErrNoOutlines is returned for fonts without a glyf table: PostScript outlines, bitmaps only.
var ErrNoOutlines = errors.New("font has no TrueType outlines")

var errShort = errors.New("font file is damaged: table too short")

// Font is a parsed TrueType font. It keeps references to the file's data, is immutable and safe for concurrent use.
type Font struct {
	UnitsPerEm  int
	Ascent      int // typographic, in font units, as all the following
	Descent     int // negative below the baseline
	CapHeight   int
	XMin, YMin  int // box around all glyphs
	XMax, YMax  int
	ItalicAngle float64 // degrees, negative for slopes to the right
	Weight      int     // usWeightClass
	FixedPitch  bool
	// The underline's upper edge, negative below the baseline, and its thickness.
	UnderlinePosition, UnderlineThickness int
	NumGlyphs                             int
	FSType                                uint16 // embedding licence bits of OS/2
	PostScript                            string // PostScript name, "" if the font has none
	tables                                map[string][]byte
	longLoca                              bool
	numHMetrics                           int
	hmtx                                  []byte
	loca                                  []byte
	glyf                                  []byte
	cmap                                  cmap
	reverse                               func() map[uint16]rune
	metricsTable                          []byte // hhea, the model for the subset's
}

// Parse reads a TrueType file. The data must not change as long as the font is in use.
func Parse(data []byte) (*Font, error) {
	tables, err := directory(data)
	if err != nil {
		return nil, err
	}
	if tables["glyf"] == nil || tables["loca"] == nil {
		return nil, ErrNoOutlines
	}
	f := &Font{tables: tables, hmtx: tables["hmtx"], loca: tables["loca"], glyf: tables["glyf"]}
	for _, read := range []func() error{f.readHead, f.readMetrics, f.readOS2, f.readPost, f.readName} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	if f.cmap, err = parseCmap(tables["cmap"]); err != nil {
		return nil, err
	}
	f.reverse = sync.OnceValue(f.cmap.reverse) // few texts need it
	return f, nil
}

// directory splits a font file into its tables.
func directory(data []byte) (map[string][]byte, error) {
	if len(data) < 12 {
		return nil, errShort
	}
	switch tag := binary.BigEndian.Uint32(data); tag {
	case 0x00010000, 0x74727565: // 1.0, "true"
	case 0x4F54544F: // "OTTO"
		return nil, ErrNoOutlines
	default:
		return nil, fmt.Errorf("not a TrueType font: it starts with %#08x", tag)
	}
	n := int(binary.BigEndian.Uint16(data[4:]))
	if len(data) < 12+16*n {
		return nil, errShort
	}
	tables := make(map[string][]byte, n)
	for i := range n {
		rec := data[12+16*i:]
		off, size := int64(binary.BigEndian.Uint32(rec[8:])), int64(binary.BigEndian.Uint32(rec[12:]))
		if off+size > int64(len(data)) {
			return nil, fmt.Errorf("table %q: %w", rec[:4], errShort)
		}
		tables[string(rec[:4])] = data[off : off+size : off+size]
	}
	return tables, nil
}

func (f *Font) readHead() error {
	head, maxp := f.tables["head"], f.tables["maxp"]
	if len(head) < 54 || len(maxp) < 6 {
		return fmt.Errorf("head or maxp: %w", errShort)
	}
	f.UnitsPerEm = int(be16(head, 18))
	if f.UnitsPerEm < 16 || f.UnitsPerEm > 16384 {
		return fmt.Errorf("font has %d units per em", f.UnitsPerEm)
	}
	f.XMin, f.YMin, f.XMax, f.YMax = bei16(head, 36), bei16(head, 38), bei16(head, 40), bei16(head, 42)
	f.longLoca = be16(head, 50) != 0
	f.NumGlyphs = int(be16(maxp, 4))
	size := 2
	if f.longLoca {
		size = 4
	}
	if len(f.loca) < size*(f.NumGlyphs+1) {
		return fmt.Errorf("loca: %w", errShort)
	}
	return nil
}

func (f *Font) readMetrics() error {
	hhea := f.tables["hhea"]
	if len(hhea) < 36 {
		return fmt.Errorf("hhea: %w", errShort)
	}
	f.metricsTable = hhea
	f.Ascent, f.Descent = bei16(hhea, 4), bei16(hhea, 6)
	f.numHMetrics = int(be16(hhea, 34))
	if f.numHMetrics == 0 || len(f.hmtx) < 4*f.numHMetrics {
		return fmt.Errorf("hmtx: %w", errShort)
	}
	return nil
}

func (f *Font) readOS2() error {
	os2 := f.tables["OS/2"]
	if len(os2) < 72 { // optional in Apple's fonts
		f.Weight, f.CapHeight = 400, f.Ascent
		return nil
	}
	f.Weight, f.FSType = int(be16(os2, 4)), be16(os2, 8)
	f.Ascent, f.Descent = bei16(os2, 68), bei16(os2, 70)
	f.CapHeight = f.Ascent
	if be16(os2, 0) >= 2 && len(os2) >= 90 {
		f.CapHeight = bei16(os2, 88)
	}
	return nil
}

func (f *Font) readPost() error {
	if post := f.tables["post"]; len(post) >= 16 {
		f.ItalicAngle = float64(int32(binary.BigEndian.Uint32(post[4:]))) / 65536
		f.UnderlinePosition, f.UnderlineThickness = bei16(post, 8), bei16(post, 10)
		f.FixedPitch = binary.BigEndian.Uint32(post[12:]) != 0
	}
	return nil
}

// readName looks for the PostScript name (name ID 6), which has ASCII characters only.
func (f *Font) readName() error {
	name := f.tables["name"]
	if len(name) < 6 {
		return nil
	}
	count, base := int(be16(name, 2)), int(be16(name, 4))
	for i := range count {
		if len(name) < 6+12*(i+1) {
			return fmt.Errorf("name: %w", errShort)
		}
		rec := name[6+12*i:]
		size, off := int(be16(rec, 8)), base+int(be16(rec, 10))
		if be16(rec, 6) != 6 || off+size > len(name) {
			continue
		}
		var ps []byte
		for _, c := range name[off : off+size] {
			if c > ' ' && c < 0x7f { // skips the high bytes of UTF-16 as well
				ps = append(ps, c)
			}
		}
		if len(ps) > 0 {
			f.PostScript = string(ps)
			return nil
		}
	}
	return nil
}

// Advance returns the advance width of a glyph in font units; 0 for glyphs that the font does not have.
func (f *Font) Advance(gid uint16) int {
	if int(gid) >= f.NumGlyphs {
		return 0
	}
	return int(be16(f.hmtx, 4*min(int(gid), f.numHMetrics-1)))
}

// sideBearing returns the left side bearing of a glyph.
func (f *Font) sideBearing(gid uint16) uint16 {
	off := 4*int(gid) + 2
	if int(gid) >= f.numHMetrics {
		off = 4*f.numHMetrics + 2*(int(gid)-f.numHMetrics)
	}
	if off+2 > len(f.hmtx) {
		return 0
	}
	return be16(f.hmtx, off)
}

// Glyph returns the glyph of a character, 0 if the font has none.
func (f *Font) Glyph(r rune) uint16 { return f.cmap.lookup(r) }

// Rune returns a character that maps to the glyph: the smallest one, 0 if there is none.
func (f *Font) Rune(gid uint16) rune { return f.reverse()[gid] }

// Width1000 returns an advance width in thousandths of an em, in thousandths of that unit: PDF wants widths so, and
// fonts of 2048 units per em need the fraction.
func (f *Font) Width1000(gid uint16) int64 {
	return int64(math.Round(float64(f.Advance(gid)) * 1e6 / float64(f.UnitsPerEm)))
}

// outline returns the description of a glyph, nil if it is empty.
func (f *Font) outline(gid uint16) []byte {
	if int(gid) >= f.NumGlyphs {
		return nil
	}
	var from, to int
	if f.longLoca {
		from, to = int(binary.BigEndian.Uint32(f.loca[4*int(gid):])), int(binary.BigEndian.Uint32(f.loca[4*int(gid)+4:]))
	} else {
		from, to = 2*int(be16(f.loca, 2*int(gid))), 2*int(be16(f.loca, 2*int(gid)+2))
	}
	if from >= to || to > len(f.glyf) {
		return nil
	}
	return f.glyf[from:to]
}

func be16(b []byte, i int) uint16 { return binary.BigEndian.Uint16(b[i:]) }
func bei16(b []byte, i int) int   { return int(int16(be16(b, i))) }
