package shape

import (
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
)

// tricky are characters on which the rules of Unicode turn.
var tricky = []rune("aabzÉőſ019  ''\"\"“”‘’«»()[]{},.;:!?…-‐–—/\\|&%$€£°·§@#*+=<>_~\u00A0\u202F\u200B\u2060\u00AD\u200D\u0301\r\n\téا١א中。「ー한ไ👩🏽🇩🇪Ωж×÷")

func randomText(r *rand.Rand) string {
	out := make([]rune, r.IntN(14))
	for i := range out {
		out[i] = tricky[r.IntN(len(tricky))]
	}
	return string(out)
}

// checkWords compares InnerBreaks with Breaks, and what is seen at a glance with what the algorithms say.
func checkWords(t *testing.T, font *Font, text string) {
	t.Helper()
	var want, got []int
	for _, b := range Breaks(text, "en") {
		if text[b.Pos-1] != ' ' && text[b.Pos] != ' ' {
			want = append(want, b.Pos)
		}
	}
	InnerBreaks(text, func(at int) { got = append(got, at) })
	if !reflect.DeepEqual(got, want) {
		t.Errorf("InnerBreaks(%q) = %v, want %v", text, got, want)
	}
	if p := NewParagraph(text, false); p.simple {
		quick := p.Items(0, len(text), []*Font{font}, nil)
		p.simple = false
		if slow := p.Items(0, len(text), []*Font{font}, nil); !reflect.DeepEqual(quick, slow) {
			t.Errorf("Items(%q) = %v, want %v", text, quick, slow)
		}
		for i := range text {
			if l := p.Level(i); l != 0 {
				t.Errorf("Level(%q, %d) = %d, want 0", text, i, l)
			}
		}
	}
}

func TestWordsAtAGlance(t *testing.T) {
	font := bundledFont(t)
	for _, text := range []string{
		"", " ", "plain words, here.", "(so) “it” ‘is’, isn't it?", "well-known and/or e-mail", "a … b…", "don’t", "'tis", "\"a\"b", "a(b", "f(x)", ".5 1,5 1.5.6",
		"http://example.org/a-b?c=d", "Straße «Été» Łódź", "a\u00A0b c\u202F!", "!x ./y :z",
	} {
		checkWords(t, font, text)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 60000 {
		checkWords(t, font, randomText(r))
	}
}

// TestWordsOfNotes does the same with the words of texts.
func TestWordsOfNotes(t *testing.T) {
	font := bundledFont(t)
	for name := range strings.SplitSeq(os.Getenv("EVBOOK_TEXTS"), ":") {
		if name == "" {
			name = "../../README.md"
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			checkWords(t, font, line)
		}
	}
}

func FuzzInnerBreaks(f *testing.F) {
	font := bundledFont(f)
	f.Add("(so) “it” ‘is’, isn't it? a-b/c")
	f.Fuzz(func(t *testing.T, text string) { checkWords(t, font, text) })
}

func bundledFont(t testing.TB) *Font {
	t.Helper()
	font, err := Load(fonts.Bundled().Face(fonts.Serif, 400, false))
	if err != nil {
		t.Fatal(err)
	}
	return font
}
