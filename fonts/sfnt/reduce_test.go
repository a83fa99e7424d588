package sfnt_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"github.com/evbook/evbook/fonts"
	reduce "github.com/evbook/evbook/fonts/sfnt"
	"github.com/evbook/evbook/fonts/shape"
)

func reduced(t *testing.T, family, text string, shaping bool) (whole, part []byte) {
	t.Helper()
	whole = fonts.Bundled().Face(family, fonts.Regular, false).Data()
	part, err := parse(t, whole).Reduce(reduce.Reduction{Chars: []rune(text), Family: "Book Test", Style: "Regular", Shaping: shaping})
	if err != nil {
		t.Fatal(err)
	}
	return whole, part
}

// A reduced font shows the wanted characters as the whole one does and no others, and another implementation can read it.
func TestReduceKeepsWhatIsWanted(t *testing.T) {
	for _, tt := range []struct{ family, text, others string }{
		{fonts.Mono, "func é() { return “x” → ñ }", "qZ"}, {fonts.Emoji, "🎉👍🏽", "🚀"}, {fonts.Math, "∀𝔘∑", "∃"},
		{fonts.Chinese, "会议记录。日本語の文", "龍"}, {fonts.Serif, "ﬁ Å", "Q"},
	} {
		t.Run(tt.family, func(t *testing.T) {
			whole, part := reduced(t, tt.family, tt.text, false)
			if len(part) > len(whole)/2 {
				t.Errorf("%d bytes of %d", len(part), len(whole))
			}
			a, b := reference(t, whole), reference(t, part)
			for _, r := range tt.text {
				want, err := a.GlyphIndex(nil, r)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := b.GlyphIndex(nil, r); err != nil || got != want {
					t.Errorf("%q is glyph %d, want %d (%v)", r, got, want, err)
				}
				if !slices.Equal(outline(t, a, uint16(want)), outline(t, b, uint16(want))) {
					t.Errorf("%q looks different", r)
				}
			}
			for _, r := range tt.others {
				if got, _ := b.GlyphIndex(nil, r); got != 0 {
					t.Errorf("%q is still in the font", r)
				}
				if was, _ := a.GlyphIndex(nil, r); was == 0 || len(outline(t, b, uint16(was))) > 0 {
					t.Errorf("%q still has an outline", r)
				}
			}
			if name, err := b.Name(nil, sfnt.NameIDFamily); err != nil || name != "Book Test" {
				t.Errorf("the family is %q, %v", name, err)
			}
			for _, id := range []sfnt.NameID{sfnt.NameIDCopyright, sfnt.NameIDLicense} {
				if text, err := b.Name(nil, id); err != nil || text == "" {
					t.Errorf("the font lacks name %d: %v", id, err)
				}
			}
			again, err := parse(t, whole).Reduce(reduce.Reduction{Chars: []rune(strings.Repeat(tt.text, 2)), Family: "Book Test", Style: "Regular"})
			if err != nil || !slices.Equal(again, part) {
				t.Errorf("the same characters give another font (%v)", err)
			}
		})
	}
}

// Text in scripts whose letters change by their neighbours is shaped by the reduced font as by the whole one, with outlines
// for every glyph.
func TestReduceKeepsShaping(t *testing.T) {
	for _, tt := range []struct {
		family string
		rtl    bool
		text   string
	}{
		{fonts.Arabic, true, "السلام عليكم لله بِسْمِ"}, {fonts.Devanagari, false, "क्षत्रिय हिन्दी प्रार्थना"},
		{fonts.Thai, false, "ภาษาไทยน้ำ"}, {fonts.Hebrew, true, "שָׁלוֹם"},
	} {
		t.Run(tt.family, func(t *testing.T) {
			whole, part := reduced(t, tt.family, tt.text, true)
			var glyphs [2][]shape.Glyph
			for i, data := range [][]byte{whole, part} {
				f, err := shape.Load(fonts.NewFace("Test", fonts.Regular, false, data))
				if err != nil {
					t.Fatal(err)
				}
				glyphs[i] = f.Shape(tt.text, shape.Options{RTL: tt.rtl})
			}
			if !slices.Equal(glyphs[0], glyphs[1]) {
				t.Errorf("shaped as\n%v, by the whole font as\n%v", glyphs[1], glyphs[0])
			}
			a, b := reference(t, whole), reference(t, part)
			for _, g := range glyphs[0] {
				if !slices.Equal(outline(t, a, g.ID), outline(t, b, g.ID)) {
					t.Errorf("glyph %d looks different", g.ID)
				}
			}
			t.Logf("%d bytes of %d", len(part), len(whole))
		})
	}
}

// Damaged tables are errors, never panics.
func TestReduceDamagedFonts(t *testing.T) {
	whole := fonts.Bundled().Face(fonts.Thai, fonts.Regular, false).Data()
	for at := 12; at < len(whole); at += 397 {
		data := slices.Clone(whole)
		for k := at; k < min(at+8, len(data)); k++ {
			data[k] ^= 0xFF
		}
		if f, err := reduce.Parse(data); err == nil {
			_, _ = f.Reduce(reduce.Reduction{Chars: []rune("ภาษาไทย"), Family: "X", Style: "Regular", Shaping: true})
		}
	}
}
