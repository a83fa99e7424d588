package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/breakline"
	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/consts/protection"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/pdf/pdftest"
)

func generate(t *testing.T, m core.Maroto) *pdftest.File {
	t.Helper()
	doc, err := m.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return read(t, doc.GetBytes())
}

// inColumn has maroto's default page with margins of 10 mm and a single text.
func inColumn(t *testing.T, s string, prop props.Text) *pdftest.Page {
	t.Helper()
	m := pdf.NewMaroto(nil, pdf.Options{})
	m.AddRows(row.New(50).Add(text.NewCol(3, s, prop)))
	return generate(t, m).Pages[0]
}

func TestJustifiedTextFillsTheColumn(t *testing.T) {
	s := strings.Repeat("Words of a text that fills its column. ", 4)
	p := inColumn(t, s, props.Text{Align: align.Justify})
	lines := map[float64][]pdftest.Glyph{}
	for _, r := range p.Runs {
		lines[r.Y] = append(lines[r.Y], r.Glyphs...)
	}
	if len(lines) < 3 {
		t.Fatalf("got %d lines", len(lines))
	}
	right := (10 + 190.0/4) * 72 / 25.4
	for y, glyphs := range lines {
		last := glyphs[len(glyphs)-1]
		for i := len(glyphs) - 1; strings.TrimSpace(last.Text) == ""; i-- {
			last = glyphs[i]
		}
		if end := last.X + last.Advance; end < right-0.02 || end > right+0.02 {
			t.Errorf("line at %.1f ends at %.3f, want %.3f", y, end, right)
		}
	}
	if got := strings.Join(strings.Fields(p.Text()), " "); got != strings.TrimSpace(s) {
		t.Errorf("text is %q", got)
	}
}

func TestLinesQuantity(t *testing.T) {
	p := pdf.NewProvider(config.NewBuilder().Build(), pdf.Options{})
	for _, test := range []struct {
		s        string
		width    float64
		strategy breakline.Strategy
		want     int
	}{
		{"", 50, breakline.EmptySpaceStrategy, 0},
		{"one", 50, breakline.EmptySpaceStrategy, 1},
		{"one two three four five six seven", 20, breakline.EmptySpaceStrategy, 3},
		{"unbreakable", 1, breakline.EmptySpaceStrategy, 1},
		{"abcdefghijklmnopqrstuvwxyz", 20, breakline.DashStrategy, 3},
	} {
		prop := &props.Text{Family: "arial", Size: 10, BreakLineStrategy: test.strategy}
		if got := p.GetLinesQuantity(test.s, prop, test.width); got != test.want {
			t.Errorf("%q in %g mm: got %d lines, want %d", test.s, test.width, got, test.want)
		}
	}
	if got := p.GetFontHeight(&props.Font{Size: 72}); got < 25.3999 || got > 25.4001 {
		t.Errorf("a font of 72 pt is %g mm high", got)
	}
}

// TestNoRowIsLost: heights that are no binary fractions add up to more than the page (maroto#414).
func TestNoRowIsLost(t *testing.T) {
	m := pdf.NewMaroto(nil, pdf.Options{})
	const n = 1000
	for i := range n {
		m.AddRow(0.4, text.NewCol(12, fmt.Sprintf("row%04d", i), props.Text{Size: 1}))
	}
	f := generate(t, m)
	seen := map[string]bool{}
	for _, p := range f.Pages {
		bottom := p.Height - 20*72/25.4
		for _, r := range p.Runs {
			seen[r.Text] = true
			if r.Y > bottom+0.4*72/25.4 {
				t.Errorf("%s is at %.2f, below the type area", r.Text, r.Y)
			}
		}
	}
	if len(seen) != n {
		t.Errorf("%d of %d rows are on the pages", len(seen), n)
	}
}

func TestRunningPartsAreArtifacts(t *testing.T) {
	m := pdf.NewMaroto(config.NewBuilder().WithPageNumber(props.PageNumber{Pattern: "page {current} of {total}", Place: props.Bottom}).Build(), pdf.Options{})
	if err := m.RegisterHeader(text.NewRow(10, "header")); err != nil {
		t.Fatal(err)
	}
	if err := m.RegisterFooter(text.NewRow(10, "footer")); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		m.AddRow(200, text.NewCol(12, fmt.Sprintf("body %d", i+1)))
	}
	f := generate(t, m)
	want := "Document\n  P\n    \"header\"\n  P\n    \"body 1\"\n  P\n    \"body 2\"\n  P\n    \"body 3\"\n"
	if diff := cmp.Diff(want, f.Tags.String()); diff != "" {
		t.Errorf("structure (-want +got):\n%s", diff)
	}
	for i, p := range f.Pages {
		if got := p.Text(); !strings.Contains(got, "header") || !strings.Contains(got, "footer") || !strings.Contains(got, fmt.Sprintf("page %d of 3", i+1)) {
			t.Errorf("page %d has the text %q", i+1, got)
		}
	}
}

func TestProviderBreaksPagesByItself(t *testing.T) {
	cfg := config.NewBuilder().Build()
	p := pdf.NewProvider(cfg, pdf.Options{})
	r := row.New(100).Add(text.NewCol(12, "text"))
	r.SetConfig(cfg)
	cell := entity.NewRootCell(cfg.Dimensions.Width, cfg.Dimensions.Height, *cfg.Margins)
	for range 3 {
		p.CreateCol(cell.Width, 100, cfg, &props.Cell{BackgroundColor: &props.BlueColor})
		p.CreateRow(100)
	}
	b, err := p.GenerateBytes()
	if err != nil {
		t.Fatal(err)
	}
	f := read(t, b)
	var got []int
	for _, page := range f.Pages {
		got = append(got, len(page.Rects))
	}
	if diff := cmp.Diff([]int{2, 1}, got); diff != "" {
		t.Errorf("rows on the pages (-want +got):\n%s", diff)
	}
}

func TestWhatCannotBeDrawnShowsAMessage(t *testing.T) {
	var diags diag.Collector
	cfg := config.NewBuilder().Build()
	p := pdf.NewProvider(cfg, pdf.Options{Report: diags.Report})
	cell := &entity.Cell{Width: 100, Height: 20}
	rect := &props.Rect{Percent: 100}
	p.AddImageFromBytes([]byte("no image"), cell, rect, extension.Png)
	p.AddImageFromBytes(nil, cell, rect, "gif")
	p.AddImageFromFile("no such file.png", cell, rect)
	p.AddQrCode(strings.Repeat("x", 9000), cell, rect)
	p.AddMatrixCode(strings.Repeat("x", 9000), cell, rect)
	p.AddBarCode("no ean", cell, &props.Barcode{Type: "ean", Percent: 100, Proportion: props.Proportion{Width: 10, Height: 2}})
	if _, err := p.GetDimensionsByImageByte([]byte("no image"), extension.Png); err == nil {
		t.Error("a text has the dimensions of an image")
	}
	b, err := p.GenerateBytes()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range read(t, b).Pages[0].Runs {
		got = append(got, r.Text+" "+r.Color)
	}
	want := []string{
		"could not add image to document 1 0 0", "could not parse image bytes 1 0 0", "could not load image 1 0 0",
		"could not generate qrcode 1 0 0", "could not generate matrixcode 1 0 0", "could not generate barcode 1 0 0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if len(diags.List()) != len(want) {
		t.Errorf("got %d diagnostics, want %d", len(diags.List()), len(want))
	}
}

func TestImagesNeedAnAlternativeText(t *testing.T) {
	var file bytes.Buffer
	if err := png.Encode(&file, testImage(false)); err != nil {
		t.Fatal(err)
	}
	for _, alt := range []string{"", "a ramp"} {
		var diags diag.Collector
		p := pdf.NewProvider(config.NewBuilder().Build(), pdf.Options{Report: diags.Report, Alt: func([]byte) string { return alt }})
		p.AddImageFromBytes(file.Bytes(), &entity.Cell{Width: 40, Height: 10}, &props.Rect{Percent: 100}, extension.Png)
		b, err := p.GenerateBytes()
		if err != nil {
			t.Fatal(err)
		}
		f := read(t, b)
		want, warnings := "Document\n", 1
		if alt != "" {
			want, warnings = "Document\n  Figure Alt=\"a ramp\"\n", 0
		}
		if got := f.Tags.String(); got != want || len(diags.List()) != warnings {
			t.Errorf("alt %q: got %q and %v", alt, got, diags.List())
		}
		mm := 72 / 25.4
		want2 := pdftest.Image{X: 10 * mm, Y: 10 * mm, W: 20 * mm, H: 10 * mm} // as high as the cell allows
		got := f.Pages[0].Images[0]
		for _, d := range []float64{got.X - want2.X, got.Y - want2.Y, got.W - want2.W, got.H - want2.H} {
			if d > 0.002 || d < -0.002 {
				t.Errorf("image is at %v, want %v", got, want2)
				break
			}
		}
	}
}

func TestPasswordIsRefused(t *testing.T) {
	m := pdf.NewMaroto(config.NewBuilder().WithProtection(protection.Print, "user", "owner").Build(), pdf.Options{})
	m.AddRow(10, col.New(12))
	if _, err := m.Generate(); !errors.Is(err, pdf.ErrProtection) {
		t.Errorf("got error %v", err)
	}
}
