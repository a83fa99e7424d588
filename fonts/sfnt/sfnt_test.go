package sfnt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/font"
	ref "golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/sfnt"
)

func parse(t testing.TB, data []byte) *sfnt.Font {
	t.Helper()
	f, err := sfnt.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// reference parses a font with another implementation.
func reference(t testing.TB, data []byte) *ref.Font {
	t.Helper()
	f, err := ref.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// complete adds the tables that the other implementation wants and a subset in a PDF does not have.
func complete(subset, original []byte) []byte {
	type table struct {
		tag  string
		data []byte
	}
	var list []table
	have := map[string]bool{}
	for _, file := range [][]byte{subset, original} {
		for i := range int(binary.BigEndian.Uint16(file[4:])) {
			rec := file[12+16*i:]
			tag := string(rec[:4])
			off, size := binary.BigEndian.Uint32(rec[8:]), binary.BigEndian.Uint32(rec[12:])
			if !have[tag] && (&file[0] == &subset[0] || tag == "cmap" || tag == "name" || tag == "OS/2" || tag == "post") {
				have[tag] = true
				list = append(list, table{tag, file[off : off+size]})
			}
		}
	}
	slices.SortFunc(list, func(a, b table) int { return strings.Compare(a.tag, b.tag) })
	out := append(bytes.Clone(subset[:4]), 0, byte(len(list)), 0, 0, 0, 0, 0, 0)
	var body []byte
	for _, t := range list {
		out = append(append(out, t.tag...), 0, 0, 0, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(12+16*len(list)+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

func outline(t testing.TB, f *ref.Font, gid uint16) ref.Segments {
	t.Helper()
	s, err := f.LoadGlyph(nil, ref.GlyphIndex(gid), fixed.I(int(f.UnitsPerEm())), nil)
	if err != nil {
		t.Fatalf("glyph %d: %v", gid, err)
	}
	return s
}

var families = []string{fonts.Serif, fonts.Sans, fonts.Mono, fonts.Emoji}

func TestParseAgreesWithAnotherImplementation(t *testing.T) {
	for _, family := range families {
		t.Run(family, func(t *testing.T) {
			data := fonts.Bundled().Face(family, 400, false).Data()
			f, other := parse(t, data), reference(t, data)
			if f.UnitsPerEm != int(other.UnitsPerEm()) || f.NumGlyphs != other.NumGlyphs() {
				t.Errorf("got %d units per em and %d glyphs, want %d and %d",
					f.UnitsPerEm, f.NumGlyphs, other.UnitsPerEm(), other.NumGlyphs())
			}
			var buf ref.Buffer
			for r := range rune(0x20000) {
				want, err := other.GlyphIndex(&buf, r)
				if err != nil {
					t.Fatal(err)
				}
				if got := f.Glyph(r); got != uint16(want) {
					t.Fatalf("glyph of %U: got %d, want %d", r, got, want)
				}
			}
			for gid := range f.NumGlyphs {
				want, err := other.GlyphAdvance(&buf, ref.GlyphIndex(gid), fixed.I(f.UnitsPerEm), font.HintingNone)
				if err != nil {
					t.Fatal(err)
				}
				if got := f.Advance(uint16(gid)); got != want.Round() {
					t.Fatalf("advance of glyph %d: got %d, want %v", gid, got, want)
				}
			}
			if r := f.Rune(f.Glyph('A')); r != 'A' && family != fonts.Emoji {
				t.Errorf("the glyph of A goes back to %q", r)
			}
		})
	}
}

func TestSubsetKeepsOutlinesAndWidths(t *testing.T) {
	for _, family := range families {
		t.Run(family, func(t *testing.T) {
			data := fonts.Bundled().Face(family, 400, false).Data()
			f := parse(t, data)
			var glyphs []uint16
			for gid := uint16(1); int(gid) < f.NumGlyphs; gid += 7 {
				glyphs = append(glyphs, gid)
			}
			glyphs = append(glyphs, glyphs[0], 0) // a glyph twice, and the missing glyph as a visible one
			subset, err := f.Subset(glyphs)
			if err != nil {
				t.Fatal(err)
			}
			got, want := parse(t, subset), reference(t, data)
			shown := reference(t, complete(subset, data))
			for i, gid := range glyphs {
				if g, w := got.Advance(uint16(i+1)), f.Advance(gid); g != w {
					t.Fatalf("glyph %d: width %d, want %d", gid, g, w)
				}
				if diff := cmp.Diff(outline(t, want, gid), outline(t, shown, uint16(i+1))); diff != "" {
					t.Fatalf("outline of glyph %d (-want +got):\n%s", gid, diff)
				}
			}
			again, err := f.Subset(glyphs)
			if err != nil || !bytes.Equal(again, subset) {
				t.Errorf("a second subset differs (error %v)", err)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"PostScript outlines", append([]byte("OTTO"), make([]byte, 20)...), sfnt.ErrNoOutlines},
		{"no tables", append([]byte{0, 1, 0, 0}, make([]byte, 20)...), sfnt.ErrNoOutlines},
		{"nothing", nil, nil},
		{"a text", []byte("this is a text and no font at all"), nil},
	} {
		_, err := sfnt.Parse(test.data)
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: got error %v", test.name, err)
		}
	}
}

// FuzzParse damages fonts: errors are fine, panics are not.
func FuzzParse(f *testing.F) {
	data := fonts.Bundled().Face(fonts.Mono, 400, true).Data()
	f.Add(0, byte(0xFF), 12)
	f.Add(14, byte(0x80), 400)
	f.Add(1000, byte(7), 3)
	f.Fuzz(func(t *testing.T, at int, value byte, step int) {
		damaged := bytes.Clone(data)
		if step < 1 || at < 0 {
			return
		}
		for i := at; i < len(damaged); i += step * 97 {
			damaged[i] ^= value
		}
		font, err := sfnt.Parse(damaged)
		if err != nil {
			return
		}
		glyphs := make([]uint16, 0, 64)
		for gid := range min(font.NumGlyphs, 64) {
			glyphs = append(glyphs, uint16(gid))
		}
		font.Glyph('A')
		font.Rune(3)
		if _, err := font.Subset(glyphs); err != nil {
			return
		}
	})
}
