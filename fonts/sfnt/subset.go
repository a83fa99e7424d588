package sfnt

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// Bits of a component of a composite glyph (OpenType, glyf table).
const (
	argsAreWords   = 1 << 0
	haveScale      = 1 << 3
	moreComponents = 1 << 5
	haveXYScale    = 1 << 6
	haveTwoByTwo   = 1 << 7
)

// Subset makes a TrueType file whose glyph 0 is the font's glyph 0 and whose glyph i+1 shows glyphs[i] of the font. A
// glyph may be listed several times: it then exists several times, so that each can stand for another text. Components
// of composite glyphs are added behind. The tables are those that PDF asks for in a CIDFontType2 (ISO 32000-1 §9.9).
func (f *Font) Subset(glyphs []uint16) ([]byte, error) {
	order := append([]uint16{0}, glyphs...)
	order, outlines, err := f.closure(order)
	if err != nil {
		return nil, err
	}
	if len(order) > 0xFFFF {
		return nil, fmt.Errorf("subset has %d glyphs", len(order))
	}
	glyf, loca := joinOutlines(outlines)
	out := []table{
		{"glyf", glyf}, {"head", f.subsetHead()}, {"hhea", f.subsetHhea(len(order))},
		{"hmtx", f.subsetHmtx(order)}, {"loca", loca}, {"maxp", f.subsetMaxp(len(order))},
	}
	for _, tag := range []string{"cvt ", "fpgm", "prep"} { // hinting programs work on any subset
		if t := f.tables[tag]; t != nil {
			out = append(out, table{tag, t})
		}
	}
	slices.SortFunc(out, func(a, b table) int { return strings.Compare(a.tag, b.tag) })
	return assemble(out), nil
}

// closure appends the components of composite glyphs and gives the outlines with component ids of the new order.
func (f *Font) closure(order []uint16) ([]uint16, [][]byte, error) {
	place := make(map[uint16]int, len(order)) // first place of a glyph in the subset
	for i, gid := range order {
		if _, ok := place[gid]; !ok {
			place[gid] = i
		}
	}
	var outlines [][]byte
	for i := 0; i < len(order); i++ { // grows while it runs
		outline := f.outline(order[i])
		if len(outline) >= 10 && bei16(outline, 0) < 0 {
			outline = slices.Clone(outline)
			err := components(outline, func(id []byte) {
				gid := be16(id, 0)
				at, ok := place[gid]
				if !ok {
					at = len(order)
					place[gid] = at
					order = append(order, gid)
				}
				binary.BigEndian.PutUint16(id, uint16(at))
			})
			if err != nil {
				return nil, nil, fmt.Errorf("glyph %d: %w", order[i], err)
			}
		}
		outlines = append(outlines, outline)
	}
	return order, outlines, nil
}

// components calls f with the two bytes that hold each component's glyph id.
func components(outline []byte, f func(id []byte)) error {
	for at := 10; ; {
		if at+4 > len(outline) {
			return errShort
		}
		flags := be16(outline, at)
		f(outline[at+2 : at+4])
		at += 6
		if flags&argsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&haveScale != 0:
			at += 2
		case flags&haveXYScale != 0:
			at += 4
		case flags&haveTwoByTwo != 0:
			at += 8
		}
		if flags&moreComponents == 0 {
			return nil
		}
	}
}

// joinOutlines makes the glyf and the (long) loca table; outlines start at multiples of four.
func joinOutlines(outlines [][]byte) (glyf, loca []byte) {
	for _, o := range outlines {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, o...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	if len(glyf) == 0 {
		glyf = make([]byte, 4) // some readers refuse an empty table
	}
	return glyf, loca
}

func (f *Font) subsetHead() []byte {
	head := slices.Clone(f.tables["head"][:54])
	binary.BigEndian.PutUint32(head[8:], 0)  // checkSumAdjustment, set by assemble
	binary.BigEndian.PutUint16(head[50:], 1) // long loca
	return head
}

func (f *Font) subsetHhea(n int) []byte {
	hhea := slices.Clone(f.metricsTable[:36])
	binary.BigEndian.PutUint16(hhea[34:], uint16(n))
	return hhea
}

func (f *Font) subsetHmtx(order []uint16) []byte {
	hmtx := make([]byte, 0, 4*len(order))
	for _, gid := range order {
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.Advance(gid)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, f.sideBearing(gid))
	}
	return hmtx
}

func (f *Font) subsetMaxp(n int) []byte {
	maxp := slices.Clone(f.tables["maxp"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(n))
	return maxp
}

type table struct {
	tag  string
	data []byte
}

// assemble writes a font file of tables sorted by tag.
func assemble(tables []table) []byte {
	n := len(tables)
	power := bits.Len(uint(n)) - 1
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	out = binary.BigEndian.AppendUint16(out, uint16(n))
	out = binary.BigEndian.AppendUint16(out, uint16(16<<power))
	out = binary.BigEndian.AppendUint16(out, uint16(power))
	out = binary.BigEndian.AppendUint16(out, uint16(16*n-(16<<power)))
	off, headAt := len(out)+16*n, 0
	for _, t := range tables {
		if t.tag == "head" {
			headAt = off
		}
		out = append(out, t.tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(t.data))
		out = binary.BigEndian.AppendUint32(out, uint32(off))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		off += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[headAt+8:], 0xB1B0AFBA-checksum(out))
	return out
}

// checksum adds a table up as big-endian 32-bit words (OpenType, «Calculating checksums»).
func checksum(b []byte) (sum uint32) {
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}
