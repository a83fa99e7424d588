package main

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
)

// TestReport measures a page whose spaces are known: two justified lines with spaces of one and of two and a half natural
// ones, a line that ends early, one of another size.
func TestReport(t *testing.T) {
	layout, err := layouts.Load("a4")
	if err != nil {
		t.Fatal(err)
	}
	space, err := naturalSpace(layout)
	if err != nil || space < 2 || space > 4 {
		t.Fatalf("a space is %.2f pt wide: %v", space, err)
	}
	right := (layout.Page.Inner + layout.Page.TextWidth()).Pt()
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><head/><body><doc><page><flow><block>`)
	line := func(end, gap, height float64, last string) {
		b.WriteString("<line>")
		for i, text := range []string{"one", "two&nbsp;", last} {
			x := end - float64(3-i)*40 - float64(2-i)*gap
			fmt.Fprintf(&b, `<word xMin="%f" xMax="%f" yMin="100" yMax="%f">%s</word>`, x, x+40, 100+height, text)
		}
		b.WriteString("</line>")
	}
	line(right, space, 15, "three")
	line(right+1, 2.5*space, 15, "four-")
	line(right-50, space, 15, "five.")
	line(right, 3*space, 12, "note-")
	b.WriteString("</block></flow></page></doc></body></html>")
	pages, err := parse(b.String())
	if err != nil {
		t.Fatal(err)
	}
	r := report(pages, layout, space)
	if r.lines != 3 || r.justified != 2 || r.hyphens != 1 || r.even != 1 || r.holes != 1 || math.Abs(r.mean-1.75) > 0.01 || math.Abs(r.deviation-0.75) > 0.01 {
		t.Errorf("%+v", r)
	}
}
