package shape

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
)

// TestComposedWords holds words put together of letters against the same words shaped by HarfBuzz as a whole.
func TestComposedWords(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(text))
	r := rand.New(rand.NewPCG(3, 4))
	letters := []rune("AVTWYLPFafijlortvwxyzÄéøßŁőſ'\".,-’“”–—()[]/:;0123456789&@~^`")
	for range 1500 {
		w := make([]rune, 1+r.IntN(9))
		for i := range w {
			w[i] = letters[r.IntN(len(letters))]
		}
		words = append(words, string(w))
	}
	slices.Sort(words)
	words = slices.Compact(words)
	set := fonts.Bundled()
	composed := 0
	for _, family := range []string{fonts.Serif, fonts.Sans, fonts.Mono} {
		for _, weight := range []int{fonts.Regular, 600, 700} {
			for _, italic := range []bool{false, true} {
				face := set.Face(family, weight, italic)
				if face == nil {
					continue
				}
				f, err := Load(face)
				if err != nil {
					t.Fatal(err)
				}
				for _, features := range [][]Feature{nil, {{Tag: "onum", Value: 1}}, {{Tag: "lnum", Value: 1}, {Tag: "tnum", Value: 1}}, {{Tag: "smcp", Value: 1}}, {{Tag: "kern"}}, {{Tag: "liga"}}} {
					for _, lang := range []string{"en", "tr", "nl"} {
						st := f.style(Options{Lang: lang, Script: "Latn", Features: features})
						if st.composer == nil {
							t.Errorf("%s: no word is put together", face)
							continue
						}
						e := f.take()
						for _, w := range words {
							got, ok := st.composer.compose(nil, w)
							if !ok {
								continue
							}
							composed++
							if want := e.shape(w, st); !slices.Equal(got, want) {
								t.Errorf("%s %v %s %q:\n got %v\nwant %v", face, features, lang, w, got, want)
							}
						}
						f.give(e)
					}
				}
			}
		}
	}
	if composed < 100_000 {
		t.Errorf("%d words were put together", composed)
	}
}

// TestKerningBesideSigns compares with what HarfBuzz 15 itself (the C library, by uharfbuzz) gives for pairs whose first sign lies in
// a late range of a long coverage table, see newEngine.
func TestKerningBesideSigns(t *testing.T) {
	f, err := Load(fonts.Bundled().Face(fonts.Serif, fonts.Regular, false))
	if err != nil {
		t.Fatal(err)
	}
	whole := &Font{face: f.face, parsed: f.parsed, widths: f.widths, spacing: spacing{whole: true}, styles: map[string]*style{}}
	for text, want := range map[string]int32{"“A": 345, "-)": 280, "-A": 295, ".”": 202, "“T": 465, "AV": 593} {
		for _, f := range []*Font{f, whole} {
			if got := f.take().shape(text, f.style(Options{Lang: "en", Script: "Latn"}))[0].Advance; got != want {
				t.Errorf("%s by HarfBuzz: advance %d, want %d", text, got, want)
			}
			if got := f.Shape(text, Options{Lang: "en", Script: "Latn"})[0].Advance; got != want {
				t.Errorf("%s: advance %d, want %d", text, got, want)
			}
		}
	}
}

// BenchmarkWord shapes a word that is put together, and the same as a whole.
func BenchmarkWord(b *testing.B) {
	f, err := Load(fonts.Bundled().Face(fonts.Serif, fonts.Regular, false))
	if err != nil {
		b.Fatal(err)
	}
	st := f.style(Options{Lang: "en", Script: "Latn"})
	b.Run("composed", func(b *testing.B) {
		var list []Glyph
		for b.Loop() {
			list, _ = st.composer.compose(list[:0], "Typesetting")
		}
	})
	b.Run("whole", func(b *testing.B) {
		e := f.take()
		for b.Loop() {
			e.shape("Typesetting", st)
		}
	})
}
