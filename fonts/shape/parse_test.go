package shape

import (
	"bytes"
	"slices"
	"testing"

	"github.com/evbook/evbook/fonts"
)

// TestOutlinesAreNotNeeded shapes with the outlines hidden, as Load has it, and with all tables.
func TestOutlinesAreNotNeeded(t *testing.T) {
	for _, family := range fonts.Bundled().Families() {
		face := fonts.Bundled().Face(family, fonts.Regular, false)
		f, err := parse(face)
		if err != nil {
			t.Fatal(err)
		}
		full, err := parseTTF(bytes.NewReader(face.Data()))
		if err != nil {
			t.Fatal(err)
		}
		whole := &Font{face: face, parsed: full.Font, widths: full, spacing: spacing{whole: true}, styles: map[string]*style{}}
		for _, text := range []string{"AVATAR office", "a\u0301 x\u0323\u0308 q\u0302", "мир й", "👩\u200D💻 1\uFE0F\u20E3", "tab\there\u2009x\u202Fy"} {
			if !f.Has([]rune(text)[0]) {
				continue
			}
			if got, want := f.Shape(text, Options{}), whole.Shape(text, Options{}); !slices.Equal(got, want) {
				t.Errorf("%s %q:\n got %v\nwant %v", family, text, got, want)
			}
		}
	}
}

func TestDamagedFiles(t *testing.T) {
	data := fonts.Bundled().Face(fonts.Mono, fonts.Regular, false).Data()
	for cut := 0; cut < 4000; cut += 37 {
		if _, err := parse(fonts.NewFace("Cut", 400, false, data[:cut])); err == nil {
			t.Errorf("the first %d bytes of a font are taken for one", cut)
		}
	}
	for at := 0; at < 2000; at += 13 { // no panic
		damaged := slices.Clone(data)
		for i := range 4 {
			damaged[at+i] = 0xFF
		}
		if f, err := parse(fonts.NewFace("Damaged", 400, false, damaged)); err == nil {
			f.Shape("Test", Options{})
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for _, family := range []string{fonts.Serif, fonts.Emoji} {
		b.Run(family, func(b *testing.B) {
			face := fonts.Bundled().Face(family, fonts.Regular, false)
			for b.Loop() {
				if _, err := parse(face); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
