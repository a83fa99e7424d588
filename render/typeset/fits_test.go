package typeset

import (
	"reflect"
	"testing"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// TestFits holds that lines are the same whether or not it was seen beforehand that the text stands on one of them, in measures
// around its width.
func TestFits(t *testing.T) {
	plain := func(s string) tree.Inline { return &tree.Text{Text: s} }
	for name, text := range map[string]tree.Inlines{
		"words":     {plain("A few words, hyphenated if need be: supercalifragilistic affluence.")},
		"looks":     {plain("An "), &tree.Emph{Text: tree.Inlines{plain("office")}}, plain(" of "), &tree.Strong{Text: tree.Inlines{plain("two")}}, &tree.Code{Text: "pkg_name/x"}, plain("-parts")},
		"address":   {plain("See https://example.org/a/very/long/address/of/a/page for more")},
		"one word":  {plain("Donaudampfschifffahrtsgesellschaft")},
		"line ends": {plain("One"), &tree.Break{}, plain("two three")},
		"squares":   {plain("会议记录 and words 日本語")},
		"arabic":    {plain("words ملاحظات المؤتمر words")},
		"spaces":    {plain("1\u00A0000\u202F000 of\u200Bthem, don’t–do")},
		"nothing":   {},
	} {
		for _, justify := range []bool{true, false} {
			s := newSetter(t)
			st := s.body().style
			st.justify = justify
			lines := func(x unit.Len, whole func(*content) bool) []setLine {
				c := s.inline(text, st, nil, diag.Pos{})
				m := &measured{s: s, c: c, w: x}
				m.items, m.pieces = s.items(c, x, whole(c))
				broken, _ := m.broken(0)
				return m.set(broken)
			}
			w := s.natural(s.inline(text, st, nil, diag.Pos{}))
			if got := s.widths(s.inline(text, st, nil, diag.Pos{})).whole; got < w-unit.Pt/1000 || got > w+unit.Pt/1000 { // the widths of parts are rounded
				t.Errorf("%s: %s wide, with breaks %s", name, w, got)
			}
			seen := 0
			for d := -3 * unit.Pt; d <= 3*unit.Pt; d += unit.Pt / 2 {
				for _, x := range []unit.Len{w + d, w/2 + d, 2*w + d} {
					if x <= 0 {
						continue
					}
					got := lines(x, func(c *content) bool {
						fits := s.fits(c, x)
						if fits {
							seen++
						}
						return fits
					})
					want := lines(x, func(*content) bool { return false })
					if !reflect.DeepEqual(got, want) {
						t.Errorf("%s, %s wide, justified %v: the lines differ", name, x, justify)
					}
				}
			}
			if seen == 0 && name != "line ends" && name != "squares" && name != "nothing" {
				t.Errorf("%s: never seen to fit", name)
			}
		}
	}
}
