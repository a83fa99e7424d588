package pdf_test

import (
	"os"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/typeset"
)

// sample is a document with one of everything.
func sample(t testing.TB) *typeset.Document {
	serif, mono, emoji := face(fonts.Serif, 400, false), face(fonts.Mono, 400, false), face(fonts.Emoji, 400, false)
	bold := face(fonts.Serif, 700, false)
	root := &typeset.Elem{Role: "Document"}
	sect := root.Child("Sect")
	head := sect.Child("H1")
	para := sect.Child("P")
	link := para.Child("Link")
	note := para.Child("Note")
	note.ID = "n1"
	first := newPage("i", func(c typeset.Canvas) {
		c.BeginArtifact(typeset.ArtifactHeader)
		c.Glyphs(0, -10*pt, line(t, serif, 8*pt, "running head"))
		c.End()
		c.Anchor("start", 0, 0)
		c.Begin(head)
		c.Glyphs(0, 20*pt, line(t, bold, 20*pt, "A heading"))
		c.End()
		c.Begin(para)
		run := line(t, serif, 10*pt, "The first line of a paragraph with ")
		run.Glyphs[3].Advance += 5 * pt
		run.Expand = 0.015
		c.Glyphs(0, 50*pt, run)
		c.Begin(link)
		lr := line(t, serif, 10*pt, "a link")
		lr.Color = "#0044cc"
		c.Glyphs(170*pt, 50*pt, lr)
		c.Link(170*pt, 42*pt, lr.Width(), 10*pt, typeset.Target{Anchor: "end"}, "to the end", link)
		c.End()
		c.Attach(note)
		hyph := line(t, serif, 10*pt, "and a hy-")
		hyph.Glyphs[8].Text = "\u00AD"
		c.Glyphs(0, 64*pt, hyph)
		c.End()
		c.FillRect(0, 300*pt, 50*pt, 10*pt, "#ffeedd")
		c.StrokeLine(0, 320*pt, 240*pt, 320*pt, pt/2, "#888888")
		c.Begin(note)
		c.Glyphs(0, 330*pt, line(t, serif, 8*pt, "1 A note. "))
		c.End()
	})
	second := newPage("1", func(c typeset.Canvas) {
		c.Begin(para)
		c.Glyphs(0, 20*pt, line(t, serif, 10*pt, "phen and the end."))
		c.End()
		code := sect.Child("Code")
		c.Begin(code)
		c.Glyphs(0, 40*pt, line(t, mono, 9*pt, "x := f(a, b) // (\\)"))
		c.End()
		c.Anchor("end", 0, 60*pt)
		p := sect.Child("P")
		c.Begin(p)
		c.Glyphs(0, 60*pt, line(t, emoji, 10*pt, "🎉"))
		combined := line(t, serif, 10*pt, "e\u0301x")
		combined.Glyphs[0].Text, combined.Glyphs[1].Text = "e\u0301", ""
		combined.Glyphs[0].Advance = 0
		c.Glyphs(20*pt, 60*pt, combined)
		c.Begin(&typeset.Elem{Parent: p, Role: "Figure", Alt: "a triangle", BBox: &[4]unit.Len{0, 100 * pt, 50 * pt, 50 * pt}})
		c.DrawPath(0, 100*pt, &typeset.Path{Fill: "#aa0000", Stroke: "#000000", Width: pt, Ops: []typeset.PathOp{
			{Op: 'M', P: [3]typeset.Point{{X: 0, Y: 50 * pt}}}, {Op: 'L', P: [3]typeset.Point{{X: 25 * pt, Y: 0}}},
			{Op: 'C', P: [3]typeset.Point{{X: 50 * pt, Y: 0}, {X: 50 * pt, Y: 25 * pt}, {X: 50 * pt, Y: 50 * pt}}}, {Op: 'Z'},
		}})
		c.End()
		c.End()
	})
	second.Bleed = 9 * pt
	doc := newDocument(first, second)
	doc.Root = root
	doc.Outline = []*typeset.OutlineItem{{Title: "A heading", Anchor: "start", Open: true, Children: []*typeset.OutlineItem{{Title: "Ende – ü", Anchor: "end"}}}}
	return doc
}

func TestWriteSample(t *testing.T) {
	b := write(t, sample(t))
	if dir := os.Getenv("EVBOOK_TEST_OUT"); dir != "" {
		if err := os.WriteFile(dir+"/sample.pdf", b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
