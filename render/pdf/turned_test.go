package pdf_test

import (
	"math"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/render/pdf/pdftest"
	"github.com/evbook/evbook/render/typeset"
)

// TestTurnedPage holds where things are on the paper when the contents of a page are turned: their head is at the left,
// furniture stands upright, links and destinations are where their texts are.
func TestTurnedPage(t *testing.T) {
	serif := face(fonts.Serif, 400, false)
	root := &typeset.Elem{Role: "Document"}
	para := root.Child("P")
	page := newPage("1", func(c typeset.Canvas) {
		c.Upright(true)
		c.BeginArtifact(typeset.ArtifactHeader)
		c.Glyphs(0, -10*pt, line(t, serif, 8*pt, "head"))
		c.End()
		c.Upright(false)
		c.Begin(para)
		c.Glyphs(20*pt, 30*pt, line(t, serif, 10*pt, "turned"))
		link := para.Child("Link")
		c.Begin(link)
		c.Glyphs(70*pt, 30*pt, line(t, serif, 10*pt, "link"))
		c.Link(70*pt, 22*pt, 40*pt, 11*pt, typeset.Target{Anchor: "here"}, "here", link)
		c.End()
		c.Anchor("here", 20*pt, 30*pt)
		c.End()
	})
	page.Turned = true
	doc := newDocument(page)
	doc.Root = root
	f := read(t, write(t, doc))
	p := f.Pages[0]
	if got := f.Num(p.Dict["Rotate"]); got != 90 {
		t.Errorf("Rotate %v, want 90", got)
	}
	left, top := page.Left.Pt(), page.Top.Pt()
	foot := page.Height.Pt() - page.Bottom.Pt() // from the head of the paper, as pdftest measures
	for text, want := range map[string][2]float64{
		"head":   {left, top - 10},
		"turned": {left + 30, foot - 20},
		"link":   {left + 30, foot - 70},
	} {
		r := runOf(p, text)
		if r == nil || math.Abs(r.X-want[0]) > 0.01 || math.Abs(r.Y-want[1]) > 0.01 {
			t.Errorf("%q at %+v, want %v", text, r, want)
		}
	}
	if l := p.Links[0]; math.Abs(l.X-(left+22)) > 0.01 || math.Abs(l.Y-(foot-70-40)) > 0.01 || math.Abs(l.W-11) > 0.01 || math.Abs(l.H-40) > 0.01 {
		t.Errorf("link %+v", l)
	}
}

func runOf(p *pdftest.Page, text string) *pdftest.Run {
	for i := range p.Runs {
		if p.Runs[i].Text == text {
			return &p.Runs[i]
		}
	}
	return nil
}

func TestBookBoundAtTheRight(t *testing.T) {
	doc := newDocument(newPage("1", func(typeset.Canvas) {}))
	for _, rtl := range []bool{false, true} {
		doc.RTL = rtl
		f := read(t, write(t, doc))
		prefs := f.Dict(f.Catalog["ViewerPreferences"])
		if got := f.Resolve(prefs["Direction"]); (got == pdftest.Name("R2L")) != rtl {
			t.Errorf("right to left %v: direction %v", rtl, got)
		}
	}
}
