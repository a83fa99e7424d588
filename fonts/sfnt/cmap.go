package sfnt

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
)

// cmap maps characters to glyphs: ranges sorted by their first character.
type cmap []cmapRange

// cmapRange maps the characters first to last. Its glyphs are consecutive from glyph on, or listed in glyphs.
type cmapRange struct {
	first, last rune
	glyph       uint16
	glyphs      []byte // big-endian glyph ids, nil if consecutive; 0 entries map to nothing
	delta       uint16 // added to the listed ids
}

// parseCmap reads the best Unicode subtable: format 12 before format 4. A font without one maps nothing.
func parseCmap(table []byte) (cmap, error) {
	if len(table) < 4 {
		return nil, nil
	}
	var best []byte
	for i := range int(be16(table, 2)) {
		if len(table) < 4+8*(i+1) {
			return nil, fmt.Errorf("cmap: %w", errShort)
		}
		rec := table[4+8*i:]
		platform, encoding, off := be16(rec, 0), be16(rec, 2), int64(binary.BigEndian.Uint32(rec[4:]))
		unicode := platform == 0 && encoding != 5 || platform == 3 && (encoding == 1 || encoding == 10)
		if !unicode || off+8 > int64(len(table)) {
			continue
		}
		sub := table[off:]
		if format := be16(sub, 0); format == 12 || format == 4 && best == nil {
			best = sub
		}
	}
	switch {
	case best == nil:
		return nil, nil
	case be16(best, 0) == 12:
		return parseCmap12(best)
	default:
		return parseCmap4(best)
	}
}

func parseCmap12(sub []byte) (cmap, error) {
	if len(sub) < 16 {
		return nil, fmt.Errorf("cmap: %w", errShort)
	}
	n := int64(binary.BigEndian.Uint32(sub[12:]))
	if int64(len(sub)) < 16+12*n {
		return nil, fmt.Errorf("cmap: %w", errShort)
	}
	c := make(cmap, 0, n)
	for g := range n {
		rec := sub[16+12*g:]
		first, last := binary.BigEndian.Uint32(rec), binary.BigEndian.Uint32(rec[4:])
		if first > last || last > 0x10FFFF {
			return nil, fmt.Errorf("cmap: range %#x to %#x", first, last)
		}
		c = append(c, cmapRange{first: rune(first), last: rune(last), glyph: uint16(binary.BigEndian.Uint32(rec[8:]))})
	}
	c.sort()
	return c, nil
}

func parseCmap4(sub []byte) (cmap, error) {
	if len(sub) < 14 {
		return nil, fmt.Errorf("cmap: %w", errShort)
	}
	n := int(be16(sub, 6)) / 2
	if len(sub) < 16+8*n {
		return nil, fmt.Errorf("cmap: %w", errShort)
	}
	ends, starts, deltas, offsets := sub[14:], sub[16+2*n:], sub[16+4*n:], sub[16+6*n:]
	c := make(cmap, 0, n)
	for i := range n {
		r := cmapRange{first: rune(be16(starts, 2*i)), last: rune(be16(ends, 2*i)), delta: be16(deltas, 2*i)}
		if r.first == 0xFFFF || r.first > r.last {
			continue // the closing segment
		}
		off := int(be16(offsets, 2*i))
		if off == 0 {
			r.glyph = uint16(r.first) + r.delta
		} else {
			from := 2*i + off // relative to the entry itself
			to := from + 2*int(r.last-r.first+1)
			if to > len(offsets) {
				return nil, fmt.Errorf("cmap: %w", errShort)
			}
			r.glyphs = offsets[from:to]
		}
		c = append(c, r)
	}
	c.sort()
	return c, nil
}

// sort puts the ranges in order. Nearly all files have them so.
func (c cmap) sort() {
	order := func(a, b cmapRange) int { return cmp.Compare(a.first, b.first) }
	if !slices.IsSortedFunc(c, order) {
		slices.SortStableFunc(c, order)
	}
}

func (c cmap) lookup(r rune) uint16 {
	i := sort.Search(len(c), func(i int) bool { return c[i].last >= r })
	if i == len(c) || r < c[i].first {
		return 0
	}
	return c[i].at(r)
}

func (g *cmapRange) at(r rune) uint16 {
	if g.glyphs == nil {
		return g.glyph + uint16(r-g.first)
	}
	id := be16(g.glyphs, 2*int(r-g.first))
	if id == 0 {
		return 0
	}
	return id + g.delta
}

// reverse maps glyphs to the smallest character that shows them.
func (c cmap) reverse() map[uint16]rune {
	m := make(map[uint16]rune)
	for i := range c {
		for r := c[i].first; r <= c[i].last; r++ {
			if gid := c[i].at(r); gid != 0 {
				if _, ok := m[gid]; !ok {
					m[gid] = r
				}
			}
		}
	}
	return m
}
