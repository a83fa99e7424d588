package typeset

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts/unit"
)

// TestItemsDoNotEndInAWord holds that a short word below one line gets company where the spaces of that line allow it, and only
// there: the line above stays justified within the limits of text.
func TestItemsDoNotEndInAWord(t *testing.T) {
	s := newSetter(t)
	words := strings.Fields("the talk showed how people who write small tools for others learn more from their questions than from any plan of their own making")
	alone, mended := 0, 0
	for n := 9; n < 16; n++ {
		for from := range words {
			var list []string
			for i := range n {
				list = append(list, words[(from+i)%len(words)])
			}
			m := s.measured(s.text(strings.Join(list, " "), s.body().style, nil), 0, 280*unit.Pt, 0)
			broken, _ := m.broken(0)
			if len(broken) != 2 || !m.alone(&broken[1]) {
				if got := m.accompanied(broken); len(got) != len(broken) || len(got) > 0 && got[0] != broken[0] {
					t.Errorf("%q: lines that need no company have changed", list)
				}
				continue
			}
			alone++
			got := m.accompanied(broken)
			if got[0] == broken[0] {
				continue
			}
			mended++
			if len(got) != 2 || m.alone(&got[1]) || got[0].Short != 0 || got[0].Overfull != 0 || got[0].Ratio > 1000 {
				t.Errorf("%q: lines %+v", list, got)
			}
		}
	}
	if mended == 0 || mended == alone {
		t.Errorf("%d of %d words have got company", mended, alone)
	}
}
