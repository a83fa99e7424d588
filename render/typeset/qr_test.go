package typeset

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// TestCodesHaveSpaceAroundThem: modules are of 0.33 mm at least, nothing is printed within four modules of a code, no code
// leaves the page, and an address that is too long for one is reported.
func TestCodesHaveSpaceAroundThem(t *testing.T) {
	if qrModule < unit.FromMM(0.33) {
		t.Errorf("modules of %s", qrModule)
	}
	for _, layout := range []string{"a4", "a5", "trade", "ereader", "screen", "a5-print"} {
		for _, long := range []int{0, 40, 160, 400, 900} {
			book := linkBook(2)
			talk := book.Events[0].Sections[0].Talks[0]
			talk.Speakers = []tree.Person{{Name: strings.Repeat("A Speaker With a Long Name ", 4)}}
			for _, key := range []string{"slides", "video"} {
				url := "https://" + key + ".example.org/" + strings.Repeat("x", long)
				talk.Links = append(talk.Links, tree.LabelledLink{Label: key, Key: key, URL: url})
			}
			l, err := layouts.Load(layout)
			if err != nil {
				t.Fatal(err)
			}
			var c diag.Collector
			doc, err := Set(context.Background(), Input{Book: book, Layout: l, Fonts: bundled(), Time: time.Unix(0, 0).UTC(), Report: c.Report, QR: true})
			if err != nil {
				t.Fatal(err)
			}
			left := 0
			for _, d := range c.List() {
				if d.Code == CodeQR {
					left++
				}
			}
			r := record(t, doc)
			if codes := codesOf(t, talk, r, l); codes+left != 2 || left > 0 && long < 100 || codes > 0 && long == 900 {
				t.Errorf("%s, %d letters: %d codes, %d left out", layout, long, codes, left)
			}
		}
	}
}

// codesOf counts the codes of a talk and checks what is around them.
func codesOf(t *testing.T, talk *tree.Talk, r *recorder, l *layouts.Layout) (n int) {
	t.Helper()
	for _, d := range r.list {
		if d.kind != "path" || d.elem == nil || !strings.HasPrefix(d.elem.Alt, "QR: ") {
			continue
		}
		n++
		_, url, _ := strings.Cut(d.elem.Alt, ", ")
		code, _ := encodeQR(url)
		side, quiet := unit.Len(code.side)*qrModule, qrQuiet*qrModule
		if d.x < 0 || d.x+side > l.Page.TextWidth()+1 || d.y < 0 || d.y+side > l.Page.TextHeight() {
			t.Errorf("%s: the code at %s, %s leaves the type area", url, d.x, d.y)
		}
		for _, other := range r.list {
			top, foot, w := other.y, other.y+other.h, other.w
			if other.run != nil {
				top, foot = other.y-other.run.Size.Mul(0.7), other.y+other.run.Size.Mul(0.22)
			}
			if other.page == d.page && other.elem != d.elem && w > 0 && other.x < d.x+side+quiet && other.x+w > d.x-quiet && top < d.y+side+quiet && foot > d.y-quiet {
				t.Errorf("%s: %q stands at %s, %s, too near to the code at %s, %s", url, runText(orEmpty(other.run)), other.x, other.y, d.x, d.y)
			}
		}
	}
	return n
}

func orEmpty(r *Run) *Run {
	if r == nil {
		return &Run{}
	}
	return r
}
