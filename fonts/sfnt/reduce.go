package sfnt

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// Reduction says what a reduced font is to hold.
type Reduction struct {
	Chars  []rune // what it is to show, in any order
	Family string // its family name. A changed font must not have a name that its licence reserves
	Style  string // "Regular", "Bold", …
	// Shaping keeps the tables that scripts such as Arabic need, and every glyph that they can make of the characters.
	Shaping bool
}

// Reduce makes a font that other programs can load and that shows the given characters only. Glyphs keep their numbers, so
// that the tables for shaping hold; those that are not needed lose their outlines. What the font says of its copyright and
// its licence stays in it. Characters that the font does not have are left out.
func (f *Font) Reduce(want Reduction) ([]byte, error) {
	chars := slices.Clone(want.Chars)
	if want.Shaping {
		chars = f.equivalents(chars)
	}
	slices.Sort(chars)
	chars = slices.DeleteFunc(slices.Compact(chars), func(r rune) bool { return f.Glyph(r) == 0 })
	keep := make([]bool, f.NumGlyphs)
	keep[0] = true
	for _, r := range chars {
		if gid := int(f.Glyph(r)); gid < len(keep) {
			keep[gid] = true
		}
	}
	if want.Shaping {
		if err := closeOver(f.tables["GSUB"], keep); err != nil {
			return nil, fmt.Errorf("GSUB: %w", err)
		}
	}
	glyf, loca, err := f.blank(keep)
	if err != nil {
		return nil, err
	}
	head := slices.Clone(f.tables["head"][:54])
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1) // long loca
	out := []table{
		{"cmap", writeCmap(f, chars)}, {"glyf", glyf}, {"head", head}, {"hhea", f.tables["hhea"]}, {"hmtx", f.hmtx},
		{"loca", loca}, {"maxp", f.tables["maxp"]}, {"name", f.writeNames(want.Family, want.Style)}, {"post", f.writePost()},
	}
	tags := []string{"OS/2", "cvt ", "fpgm", "prep", "gasp"}
	if want.Shaping {
		tags = append(tags, "GDEF", "GPOS", "GSUB")
	}
	for _, tag := range tags {
		if t := f.tables[tag]; t != nil {
			out = append(out, table{tag, t})
		}
	}
	slices.SortFunc(out, func(a, b table) int { return strings.Compare(a.tag, b.tag) })
	return assemble(out), nil
}

// equivalents adds what shapers put in place of characters before they look at glyphs: their canonical parts, the whole
// characters that their parts make, and the two parts of the Thai and Lao vowel AM.
func (f *Font) equivalents(chars []rune) []rune {
	have := map[rune]bool{}
	add := func(list ...rune) {
		for _, r := range list {
			have[r] = true
		}
	}
	for _, r := range chars {
		add(r)
		add([]rune(norm.NFD.String(string(r)))...)
		switch r {
		case 0x0E33:
			add(0x0E4D, 0x0E32)
		case 0x0EB3:
			add(0x0ECD, 0x0EB2)
		}
	}
	for _, g := range f.cmap {
		for r := g.first; r <= g.last; r++ {
			if parts := norm.NFD.String(string(r)); !strings.ContainsFunc(parts, func(p rune) bool { return !have[p] }) {
				add(r)
			}
		}
	}
	return slices.Collect(maps.Keys(have))
}

// blank keeps the outlines of the marked glyphs and of their components.
func (f *Font) blank(keep []bool) (glyf, loca []byte, err error) {
	for again := true; again; { // a component may be a composite itself
		again = false
		for gid := range keep {
			outline := f.outline(uint16(gid))
			if !keep[gid] || len(outline) < 10 || bei16(outline, 0) >= 0 {
				continue
			}
			err := components(slices.Clone(outline), func(id []byte) {
				if part := int(be16(id, 0)); part < len(keep) && !keep[part] {
					keep[part], again = true, true
				}
			})
			if err != nil {
				return nil, nil, fmt.Errorf("glyph %d: %w", gid, err)
			}
		}
	}
	outlines := make([][]byte, len(keep))
	for gid := range keep {
		if keep[gid] {
			outlines[gid] = f.outline(uint16(gid))
		}
	}
	glyf, loca = joinOutlines(outlines)
	return glyf, loca, nil
}

// writeCmap writes the characters, which are sorted: format 4 for those of 16 bits and, if there are others, format 12 for all.
func writeCmap(f *Font, chars []rune) []byte {
	type run struct {
		first, last rune
		glyph       uint16
	}
	var runs []run
	for _, r := range chars {
		gid := f.Glyph(r)
		if n := len(runs) - 1; n >= 0 && runs[n].last+1 == r && runs[n].glyph+uint16(r-runs[n].first) == gid && r != 0x10000 {
			runs[n].last = r
			continue
		}
		runs = append(runs, run{r, r, gid})
	}
	var four []run
	for _, r := range runs {
		if r.last < 0xFFFF {
			four = append(four, r)
		}
	}
	n := len(four) + 1 // and the closing segment
	power := 0
	for 2<<power <= n {
		power++
	}
	put16 := binary.BigEndian.AppendUint16
	sub := put16(put16(put16(nil, 4), uint16(16+8*n)), 0)
	sub = put16(put16(put16(put16(sub, uint16(2*n)), uint16(2<<power)), uint16(power)), uint16(2*n-2<<power))
	for _, r := range four {
		sub = put16(sub, uint16(r.last))
	}
	sub = put16(put16(sub, 0xFFFF), 0)
	for _, r := range four {
		sub = put16(sub, uint16(r.first))
	}
	sub = put16(sub, 0xFFFF)
	for _, r := range four {
		sub = put16(sub, r.glyph-uint16(r.first))
	}
	sub = put16(sub, 1)
	sub = append(sub, make([]byte, 2*n)...) // no lists of glyphs
	tables := 1
	var twelve []byte
	if len(four) < len(runs) {
		tables = 2
		put32 := binary.BigEndian.AppendUint32
		twelve = put32(put32(put32(put16(put16(nil, 12), 0), uint32(16+12*len(runs))), 0), uint32(len(runs)))
		for _, r := range runs {
			twelve = put32(put32(put32(twelve, uint32(r.first)), uint32(r.last)), uint32(r.glyph))
		}
	}
	out := put16(put16(nil, 0), uint16(tables))
	at := uint32(4 + 8*tables)
	out = binary.BigEndian.AppendUint32(put16(put16(out, 3), 1), at)
	if tables == 2 {
		out = binary.BigEndian.AppendUint32(put16(put16(out, 3), 10), at+uint32(len(sub)))
	}
	return append(append(out, sub...), twelve...)
}

// Name IDs (OpenType, name table) that a reduced font keeps.
const (
	nameCopyright   = 0
	nameFamily      = 1
	nameStyle       = 2
	nameUnique      = 3
	nameFull        = 4
	nameVersion     = 5
	namePostScript  = 6
	nameLicence     = 13
	nameLicenceURL  = 14
	platformWindows = 3
	englishUS       = 0x409
)

// windowsName returns a text of the name table, "" if the font has none in English for Windows.
func (f *Font) windowsName(id uint16) string {
	name := f.tables["name"]
	if len(name) < 6 {
		return ""
	}
	base := int(be16(name, 4))
	for i := range int(be16(name, 2)) {
		if len(name) < 6+12*(i+1) {
			return ""
		}
		rec := name[6+12*i:]
		size, off := int(be16(rec, 8)), base+int(be16(rec, 10))
		if be16(rec, 0) != platformWindows || be16(rec, 4) != englishUS || be16(rec, 6) != id || off+size > len(name) {
			continue
		}
		var units []uint16
		for k := 0; k+1 < size; k += 2 {
			units = append(units, be16(name, off+k))
		}
		return string(utf16.Decode(units))
	}
	return ""
}

// writeNames gives the font its new name and keeps what it says of its rights.
func (f *Font) writeNames(family, style string) []byte {
	full := family + " " + style
	names := []struct {
		id   uint16
		text string
	}{
		{nameCopyright, f.windowsName(nameCopyright)}, {nameFamily, family}, {nameStyle, style}, {nameUnique, full}, {nameFull, full},
		{nameVersion, "Version 1.0"}, {namePostScript, strings.ReplaceAll(full, " ", "-")},
		{nameLicence, f.windowsName(nameLicence)}, {nameLicenceURL, f.windowsName(nameLicenceURL)},
	}
	var records, texts []byte
	n := 0
	put16 := binary.BigEndian.AppendUint16
	for _, name := range names {
		if name.text == "" {
			continue
		}
		n++
		at := len(texts)
		for _, unit := range utf16.Encode([]rune(name.text)) {
			texts = put16(texts, unit)
		}
		for _, v := range []uint16{platformWindows, 1, englishUS, name.id, uint16(len(texts) - at), uint16(at)} {
			records = put16(records, v)
		}
	}
	out := put16(put16(put16(nil, 0), uint16(n)), uint16(6+len(records)))
	return append(append(out, records...), texts...)
}

// writePost writes a post table without the names of glyphs (version 3).
func (f *Font) writePost() []byte {
	post := make([]byte, 32)
	copy(post, f.tables["post"])
	binary.BigEndian.PutUint32(post, 0x00030000)
	clear(post[16:])
	return post
}
