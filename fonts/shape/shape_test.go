package shape_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
)

func load(t testing.TB, family string, weight int, italic bool) *shape.Font {
	t.Helper()
	face := fonts.Bundled().Face(family, weight, italic)
	if face == nil {
		t.Fatalf("no face %s %d", family, weight)
	}
	f, err := shape.Load(face)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func serif(t testing.TB) *shape.Font { return load(t, fonts.Serif, fonts.Regular, false) }

func nominal(f *shape.Font, text string) int32 {
	var w int32
	for _, r := range text {
		id, _ := f.GlyphID(r)
		w += f.GlyphAdvance(id)
	}
	return w
}

func TestLoadOncePerFace(t *testing.T) {
	if first, second := serif(t), serif(t); first != second {
		t.Error("the same face was parsed twice")
	}
	if _, err := shape.Load(fonts.NewFace("Broken", 400, false, []byte("no font"))); err == nil || !strings.Contains(err.Error(), "Broken 400") {
		t.Errorf("broken font: error %v does not name the face", err)
	}
}

func TestMetrics(t *testing.T) {
	for _, family := range fonts.Bundled().Families() {
		m := load(t, family, fonts.Regular, false).Metrics()
		if m.UnitsPerEm < 1000 || m.Ascent <= m.CapHeight/2 || m.Descent >= 0 || m.XHeight <= 0 || m.XHeight >= m.CapHeight || m.UnderlinePosition == 0 {
			t.Errorf("%s: implausible metrics %+v", family, m)
		}
		if got, want := m.Monospaced, family == fonts.Mono; got != want {
			t.Errorf("%s: Monospaced = %v", family, got)
		}
	}
}

func TestKerning(t *testing.T) {
	f := serif(t)
	for _, pair := range []string{"AV", "To", "Wa", "Ty"} {
		if got, plain := shape.Advance(f.Shape(pair, shape.Options{})), nominal(f, pair); got >= plain {
			t.Errorf("%s: width %d is not below the sum of the letters %d", pair, got, plain)
		}
		off := shape.Options{Features: []shape.Feature{{Tag: "kern", Value: 0}}}
		if got, plain := shape.Advance(f.Shape(pair, off)), nominal(f, pair); got != plain {
			t.Errorf("%s without kern: width %d, want %d", pair, got, plain)
		}
	}
}

func TestLigatureIsOneCluster(t *testing.T) {
	got := serif(t).Shape("office", shape.Options{})
	if len(got) != 4 {
		t.Fatalf("office: %d glyphs, want o ffi c e", len(got))
	}
	if g := got[1]; g.Cluster != 1 || g.End != 4 {
		t.Errorf("ffi covers bytes %d–%d, want 1–4", g.Cluster, g.End)
	}
	got = serif(t).Shape("office", shape.Options{Features: []shape.Feature{{Tag: "liga", Value: 0}}})
	if len(got) != 6 {
		t.Errorf("office without liga: %d glyphs, want 6", len(got))
	}
}

func TestFeaturesChangeGlyphs(t *testing.T) {
	f := serif(t)
	for _, test := range []struct{ tag, text string }{{"smcp", "abc"}, {"onum", "1234"}, {"sups", "12"}, {"pnum", "11"}, {"frac", "1/2"}} {
		if !f.HasFeature(test.tag) {
			t.Errorf("%s: not in the font", test.tag)
		}
		plain := f.Shape(test.text, shape.Options{})
		with := f.Shape(test.text, shape.Options{Features: []shape.Feature{{Tag: test.tag, Value: 1}}})
		if slices.Equal(plain, with) {
			t.Errorf("%s changes nothing in %q", test.tag, test.text)
		}
	}
	if f.HasFeature("xxxx") || f.HasFeature("long tag") {
		t.Error("HasFeature is true for a feature that no font has")
	}
}

func TestClustersCoverTheText(t *testing.T) {
	f := serif(t)
	for _, text := range []string{"fi", "a\u0301b", "soft\u00ADhyphen", "\u00ADx", "\u200B", "x\u200Dy", "tab\there", "naïve façade", "привет, мир", "Ελλάδα", "no glyph: 漢", " two  spaces ", "a \u0301b"} {
		for _, rtl := range []bool{false, true} {
			glyphs := f.Shape(text, shape.Options{RTL: rtl})
			if rtl {
				glyphs = slices.Clone(glyphs)
				slices.Reverse(glyphs)
			}
			at := int32(0)
			for i, g := range glyphs {
				if i > 0 && g.Cluster == glyphs[i-1].Cluster && g.End == glyphs[i-1].End {
					continue
				}
				if g.Cluster != at || g.End <= g.Cluster {
					t.Errorf("%q rtl=%v: cluster %d–%d follows %d", text, rtl, g.Cluster, g.End, at)
				}
				at = g.End
			}
			if len(glyphs) > 0 && at != int32(len(text)) {
				t.Errorf("%q rtl=%v: clusters end at %d of %d", text, rtl, at, len(text))
			}
		}
	}
}

// TestWordsAddUp holds text put together from cached words against the same text shaped as a whole, which a no-op fraction
// slash at its end forces.
func TestWordsAddUp(t *testing.T) {
	texts := []string{
		"To Wake Up Very Tired", "P. A. V. Yates, To: “Tom” (A) y. V", "office flight. To – fjord", "T o T o", " leading", "trailing ",
		"“Yes,” he said. T’ai Y A", "Всё То же У А. Т", "Ad A Ä é Ÿ", "1 7 4 1.", "a b\u0301 T\u0301 o",
	}
	for _, family := range []string{fonts.Serif, fonts.Sans, fonts.Mono} {
		for _, italic := range []bool{false, true} {
			f := load(t, family, fonts.Regular, italic)
			for _, text := range texts {
				for _, feats := range [][]shape.Feature{nil, {{Tag: "smcp", Value: 1}}, {{Tag: "kern", Value: 0}}} {
					o := shape.Options{Script: "Latn", Features: feats}
					whole := f.Shape(text+"\u2044", o)
					got := f.Shape(text, o)
					// The slash may kern with the last word: compare what is before it.
					cut := len(text)
					if k := strings.LastIndexByte(text, ' '); k > 0 {
						cut = k
					}
					n := 0
					for n < len(whole) && int(whole[n].End) <= cut {
						n++
					}
					if len(got) < n || !slices.Equal(got[:n], whole[:n]) {
						t.Errorf("%s italic=%v %v %q:\n got %v\nwant %v", family, italic, feats, text, got, whole)
					}
				}
			}
		}
	}
}

func TestSpaceKern(t *testing.T) {
	f := serif(t)
	o := shape.Options{Script: "Latn"}
	for _, pair := range [][2]string{{"x", "To"}, {"V", "A"}, {"", "Yes"}, {"Y", ""}, {"o", "o"}} {
		text := pair[0] + " " + pair[1]
		want := shape.Advance(f.Shape(text, o)) - shape.Advance(f.Shape(pair[0], o)) - shape.Advance(f.Shape(pair[1], o)) - f.Metrics().Space
		if got := f.SpaceKern(pair[0], pair[1], o); got != want {
			t.Errorf("%q: SpaceKern = %d, want %d", text, got, want)
		}
	}
	if f.SpaceKern("x", "To", o) == 0 {
		t.Error("the serif kerns the space before T, but SpaceKern is 0")
	}
}

func TestMissingGlyph(t *testing.T) {
	got := serif(t).Shape("漢", shape.Options{})
	if len(got) != 1 || got[0].ID != 0 || got[0].Advance == 0 {
		t.Errorf("missing character: %v, want the visible glyph 0", got)
	}
}

func TestHas(t *testing.T) {
	f := serif(t)
	for _, r := range "aé–ﬁ\u00AD\u200D\u2009\u202F\u2011ḗ" {
		if !f.Has(r) {
			t.Errorf("Has(%U) = false", r)
		}
	}
	for _, r := range "漢\U0001F600ا" {
		if f.Has(r) {
			t.Errorf("Has(%U) = true", r)
		}
	}
}

func TestConcurrentUseGivesTheSame(t *testing.T) {
	f := serif(t)
	words := strings.Fields(strings.Repeat("The quick brown fox jumps over AV To offices efficiently ", 20))
	want := make([][]shape.Glyph, len(words))
	for i, w := range words {
		want[i] = f.Shape(w, shape.Options{Lang: "x-first"})
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, w := range words {
				if !slices.Equal(f.Shape(w, shape.Options{Lang: "en"}), want[i]) {
					t.Errorf("%q: other glyphs", w)
				}
				f.Shape(w+" "+w, shape.Options{Lang: "en"})
			}
		})
	}
	wg.Wait()
}

func BenchmarkShapeWords(b *testing.B) {
	f := serif(b)
	text := strings.Repeat("Knuth and Plass break the whole paragraph at once, which is why their lines look even. ", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f.Shape(text, shape.Options{Lang: "en"})
	}
}

func BenchmarkShapeWhole(b *testing.B) {
	f := serif(b)
	text := strings.Repeat("Knuth and Plass break the whole paragraph at once, which is why their lines look even. ", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f.Shape(text, shape.Options{Lang: "en", Features: []shape.Feature{{Tag: "frac", Value: 1}}})
	}
}
