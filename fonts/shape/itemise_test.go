package shape_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
)

func chain(t testing.TB) []*shape.Font {
	return []*shape.Font{serif(t), load(t, fonts.Sans, fonts.Regular, false), load(t, fonts.Mono, fonts.Regular, false), load(t, fonts.Emoji, fonts.Regular, false)}
}

func describe(text string, items []shape.Item) string {
	var out []string
	for _, it := range items {
		font := strings.TrimPrefix(strings.TrimPrefix(it.Font.Face().Family, "Source "), "Noto ")
		if it.Missing {
			font = "missing"
		}
		out = append(out, fmt.Sprintf("%s:%s:%s:%d", text[it.Start:it.End], font, it.Script, it.Level))
	}
	return strings.Join(out, "\n")
}

func TestItemise(t *testing.T) {
	for _, test := range []struct {
		name, text string
		rtl        bool
		want       []string
	}{
		{"plain", "Hello, world!", false, []string{"Hello, world!:Serif 4:Latn:0"}},
		{"accents", "naïve e\u0301té", false, []string{"naïve e\u0301té:Serif 4:Latn:0"}},
		{"two scripts", "the мир, (да) end", false, []string{"the :Serif 4:Latn:0", "мир, (да) :Serif 4:Cyrl:0", "end:Serif 4:Latn:0"}},
		{"figures first", "12 мир", false, []string{"12 мир:Serif 4:Cyrl:0"}},
		{"only figures", "12–13", false, []string{"12–13:Serif 4:Latn:0"}},
		{"emoji", "ok 👍🏽 👩\u200D💻.", false, []string{"ok :Serif 4:Latn:0", "👍🏽:Emoji:Latn:0", " :Serif 4:Latn:0", "👩\u200D💻:Emoji:Latn:0", ".:Serif 4:Latn:0"}},
		{"emoji selector", "♥\uFE0F ♥\uFE0E", false, []string{"♥\uFE0F:Emoji:Latn:0", " :Serif 4:Latn:0", "♥\uFE0E:Sans 3:Latn:0"}},
		{"missing", "see 漢字 here", false, []string{"see :Serif 4:Latn:0", "漢字:missing:Hani:0", " here:Serif 4:Latn:0"}},
		{"Hebrew in English", "a שלום b", false, []string{"a :Serif 4:Latn:0", "שלום:missing:Hebr:1", " b:Serif 4:Latn:0"}},
		{"number in Hebrew", "שלום 12", true, []string{"שלום:missing:Hebr:1", " :Serif 4:Hebr:1", "12:Serif 4:Hebr:2"}},
		{"nothing", "", false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := describe(test.text, shape.Itemise(test.text, chain(t), test.rtl))
			if want := strings.Join(test.want, "\n"); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestVisualOrder(t *testing.T) {
	for _, test := range []struct {
		levels []uint8
		want   []int
	}{
		{nil, []int{}},
		{[]uint8{0, 0}, []int{0, 1}},
		{[]uint8{0, 1, 1, 0}, []int{0, 2, 1, 3}},
		{[]uint8{1, 2, 1}, []int{2, 1, 0}},
		{[]uint8{0, 1, 2, 2, 1, 0}, []int{0, 4, 2, 3, 1, 5}},
		{[]uint8{1, 0, 1}, []int{0, 1, 2}},
	} {
		if got := shape.VisualOrder(test.levels); !slices.Equal(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.levels, got, test.want)
		}
	}
}

func TestBaseRTL(t *testing.T) {
	for text, want := range map[string]bool{"abc שלום": false, "שלום abc": true, "12 مرحبا": true, "123": false, "": false, "«é»": false} {
		if got := shape.BaseRTL(text); got != want {
			t.Errorf("BaseRTL(%q) = %v", text, got)
		}
	}
}
