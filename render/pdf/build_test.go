package pdf_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/sfnt"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/typeset"
)

const pt = unit.Pt

// drawing is a component that paints with a function.
type drawing func(c typeset.Canvas)

func (d drawing) Render(p core.Provider, _ *entity.Cell)        { d(p.(typeset.Canvas)) }
func (d drawing) GetHeight(core.Provider, *entity.Cell) float64 { return 0 }
func (d drawing) SetConfig(*entity.Config)                      {}
func (d drawing) GetStructure() *node.Node[core.Structure] {
	return node.New(core.Structure{Type: "drawing"})
}

// newPage makes a page of 300 by 400 pt with margins of 30 pt.
func newPage(label string, draw func(c typeset.Canvas)) *typeset.Page {
	p := page.New()
	p.Add(row.New(1).Add(col.New().Add(drawing(draw))))
	return &typeset.Page{
		Page: p, Label: label, Width: 300 * pt, Height: 400 * pt,
		Left: 30 * pt, Top: 30 * pt, Right: 30 * pt, Bottom: 30 * pt,
	}
}

func newDocument(pages ...*typeset.Page) *typeset.Document {
	return &typeset.Document{
		Title: "Notes & tests", Authors: []string{"Ada Lovelace", "Čapek"}, Lang: "en", Creator: "evbook test",
		Subject: "a <test>", Keywords: []string{"one", "two"}, ID: "test", Time: time.Date(2013, 5, 6, 7, 8, 9, 0, time.UTC),
		Root: &typeset.Elem{Role: "Document"}, Pages: pages,
	}
}

func write(t testing.TB, doc *typeset.Document) []byte {
	t.Helper()
	var diags diag.Collector
	var b bytes.Buffer
	if err := pdf.Write(context.Background(), doc, &b, pdf.Options{Report: diags.Report}); err != nil {
		t.Fatal(err)
	}
	for _, d := range diags.List() {
		t.Errorf("diagnostic: %s", d.Message)
	}
	return b.Bytes()
}

func face(family string, weight int, italic bool) *fonts.Face {
	return fonts.Bundled().Face(family, weight, italic)
}

// line makes a run of a text without any shaping.
func line(t testing.TB, f *fonts.Face, size unit.Len, s string) *typeset.Run {
	t.Helper()
	font, err := sfnt.Parse(f.Data())
	if err != nil {
		t.Fatal(err)
	}
	run := &typeset.Run{Face: f, Size: size}
	for _, r := range s {
		gid := font.Glyph(r)
		adv := size.Mul(float64(font.Advance(gid)) / float64(font.UnitsPerEm))
		run.Glyphs = append(run.Glyphs, typeset.Glyph{ID: gid, Advance: adv.Short(), Text: string(r)})
	}
	return run
}
