package shape_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/evbook/evbook/fonts/shape"
)

// marked writes a text with | where a line may end and ‖ where it must.
func marked(text, lang string) string {
	var b strings.Builder
	at := 0
	for _, op := range shape.Breaks(text, lang) {
		b.WriteString(text[at:op.Pos])
		if op.Must {
			b.WriteString("‖")
		} else {
			b.WriteString("|")
		}
		at = op.Pos
	}
	return b.String() + text[at:]
}

func TestBreaks(t *testing.T) {
	for _, test := range []struct{ name, lang, want string }{
		{"words", "en", "two |words "},
		{"no-break space", "en", "10\u00A0km |away"},
		{"narrow no-break space", "fr", "vrai\u202F! |Oui"},
		{"line separator", "en", "one\n‖two"},
		{"hyphen", "en", "well-|known |line-|breaking"},
		{"hyphen after one letter", "en", "e-mail |x-ray"},
		{"option", "en", "evbook |--format |-o"},
		{"em dash", "en", "this—|that"},
		{"en dash", "en", "1990–|1999 |a |– |b"},
		{"slash", "en", "and/|or"},
		{"slash that stays", "en", "1600/sec |I/O |24/7 |/usr |n/a"},
		{"row of signs", "en", "C++ |and |x++; |C++11"},
		{"brackets", "en", "(a |b) |[c]"},
		{"number", "en", "3.14 |−5 |$10 |50%"},
		{"words that begin with a sign", "en", "see |.values() |:name |!x |../x |//x |and . . ... |x"},
		{"ellipsis", "en", "and |… |so"},
		{"quotes", "en", "“so |it |is”, |he"},
		{"guillemets", "de", "so |»ist« |es"},
		{"French punctuation", "fr", "« Oui ! » |dit-|il : |non ; |fin ?"},
		{"Chinese", "zh", "你|好，|世|界。"},
		{"Japanese kana", "ja", "ちょっ|とー|「日|本|語」"},
		{"small kana begins no line", "ja", "キャッ|シュ"},
		{"Korean", "ko", "한|국|어 |문|장"},
		{"mixed", "zh", "用|Go|写|的"},
		{"emoji sequence", "en", "👩\u200D💻|👍🏽|🇩🇪|🇫🇷"},
		{"Arabic", "ar", "مرحبا |بالعالم"},
		{"zero width space", "en", "foo\u200B|bar"},
		{"soft hyphen", "en", "hy\u00ADphen |ated"},
		{"word joiner", "en", "foo-\u2060bar"},
		{"nothing", "en", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.NewReplacer("|", "", "‖", "").Replace(test.want)
			if got := marked(text, test.lang); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestGraphemes(t *testing.T) {
	for _, want := range []string{"a|b", "e\u0301|x", "👩\u200D💻|👍🏽|🇩🇪", "각|한", "a|\r\n|b"} {
		text := strings.ReplaceAll(want, "|", "")
		offsets := shape.Graphemes(text)
		var b strings.Builder
		for i := range len(offsets) - 1 {
			if i > 0 {
				b.WriteByte('|')
			}
			b.WriteString(text[offsets[i]:offsets[i+1]])
		}
		if got := b.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := shape.Graphemes(""); len(got) != 1 || got[0] != 0 {
		t.Errorf("Graphemes of nothing: %v", got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"plain text", "e\u0301\u0301 x", "שלום 123 world", "a\xff\xfeb", "👩\u200D💻 \uFE0F\u20E3", "\u202Eabc\u202C", "漢字\u3000かな", "\r\n\u2029\u0085", strings.Repeat("(", 100)} {
		f.Add(s)
	}
	chain := chain(f)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, op := range shape.Breaks(text, "fr") {
			if op.Pos <= last || op.Pos >= len(text) {
				t.Fatalf("%q: break at %d after %d", text, op.Pos, last)
			}
			last = op.Pos
		}
		for _, rtl := range []bool{false, true} {
			at := 0
			for _, it := range shape.Itemise(text, chain, rtl) {
				if it.Start != at || it.End <= it.Start || it.Font == nil || it.Script == "" {
					t.Fatalf("%q: item %+v after %d", text, it, at)
				}
				if utf8.ValidString(text) && !utf8.RuneStart(text[it.Start]) {
					t.Fatalf("%q: item begins inside a character", text)
				}
				at = it.End
				piece := text[it.Start:it.End]
				for _, g := range it.Font.Shape(piece, shape.Options{Script: it.Script, RTL: it.RTL()}) {
					if g.Cluster < 0 || g.End > int32(len(piece)) || g.End <= g.Cluster {
						t.Fatalf("%q: glyph %+v outside the text", piece, g)
					}
				}
			}
			if at != len(text) {
				t.Fatalf("%q: items end at %d", text, at)
			}
		}
	})
}
