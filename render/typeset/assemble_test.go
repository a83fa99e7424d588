package typeset

import (
	"strconv"
	"sync"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/tree"
)

// TestNumbersAreSetSideBySide has chapters that were set at one desk filled with numbers of pages by several goroutines, as
// pages are made.
func TestNumbersAreSetSideBySide(t *testing.T) {
	l, err := layouts.Load(layouts.Default)
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(Input{Book: &tree.Book{Meta: tree.Meta{Language: "en"}}, Layout: l, Fonts: bundled()})
	shared := newDesk()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			own := newDesk()
			for i := range 500 {
				s := &setter{engine: e, desk: shared, lang: "en", elem: e.root}
				n := &PageNumber{setter: s, style: s.role(layouts.RoleTable), anchor: "a", link: &Link{Elem: e.root}}
				label := strconv.Itoa(i + 1)
				n.resolve(own, label)
				if got := n.line.Text(); got != label {
					t.Errorf("number %q, want %q", got, label)
				}
			}
		})
	}
	wg.Wait()
}
