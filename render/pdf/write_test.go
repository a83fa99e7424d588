package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/pdf/pdftest"
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
		run.Glyphs[3].Advance += (5 * pt).Short()
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
		c.DrawPath(60*pt, 100*pt, &typeset.Path{Ops: square(40 * pt), Fill: "#0000aa", FillOpacity: 0.25, Stroke: "#0000aa", Width: pt,
			Cap: 1, Join: 2, Dash: []unit.Len{3 * pt, pt}, DashOffset: pt})
		c.End()
		c.End()
	})
	second.Bleed = 9 * pt
	doc := newDocument(first, second)
	doc.Root = root
	doc.Outline = []*typeset.OutlineItem{{Title: "A heading", Anchor: "start", Open: true, Children: []*typeset.OutlineItem{{Title: "Ende – ü", Anchor: "end"}}}}
	return doc
}

func square(side unit.Len) []typeset.PathOp {
	at := func(op byte, x, y unit.Len) typeset.PathOp {
		return typeset.PathOp{Op: op, P: [3]typeset.Point{{X: x, Y: y}}}
	}
	return []typeset.PathOp{at('M', 0, 0), at('L', side, 0), at('L', side, side), at('L', 0, side), {Op: 'Z'}}
}

// Transparency is a graphics state among the page's resources; ends, corners and dashes are set for their path alone.
func TestTransparentAndDashedPaths(t *testing.T) {
	f := read(t, write(t, sample(t)))
	found := false
	for _, p := range f.Pages {
		resources := f.Dict(p.Dict["Resources"])
		states := f.Dict(resources["ExtGState"])
		if len(states) == 0 {
			continue
		}
		found = true
		for _, v := range states {
			if g := f.Dict(v); f.Num(g["ca"]) != 0.25 || f.Num(g["CA"]) != 1 {
				t.Errorf("graphics state %v", g)
			}
		}
		if group := f.Dict(p.Dict["Group"]); group["CS"] != pdftest.Name("DeviceRGB") {
			t.Errorf("group %v", group)
		}
	}
	if !found {
		t.Error("no page has a graphics state")
	}
}

func read(t testing.TB, b []byte) *pdftest.File {
	t.Helper()
	f, err := pdftest.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestStructureTree(t *testing.T) {
	got := read(t, write(t, sample(t))).Tags.String()
	want := strings.TrimLeft(`
Document
  Sect
    H1
      "A heading"
    P
      "The first line of a paragraph with "
      Link
        "a link"
      Note ID="n1"
        "1 A note. "
      "and a hy\u00ad"
      "phen and the end."
    Code
      "x := f(a, b) // (\\)"
    P
      "🎉éx"
      Figure Alt="a triangle"
`, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("structure (-want +got):\n%s", diff)
	}
}

func TestGlyphsStandWhereTheyWereSet(t *testing.T) {
	serif := face(fonts.Serif, 400, false)
	run := line(t, serif, 21*pt/2, strings.Repeat("Kerned and justified text, ", 6))
	var want []float64
	x := unit.Len(0)
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		if i%3 == 0 {
			g.Advance += unit.Short(i * 173)
		}
		if i%7 == 0 {
			g.Advance -= unit.Short(i * 311)
		}
		if i == 40 {
			g.DX, g.DY = pt.Short(), (2 * pt).Short()
		}
		want = append(want, (30*pt + x + g.DX.Len()).Pt())
		x += g.Advance.Len()
	}
	run.Expand = -0.015
	f := read(t, write(t, newDocument(newPage("1", func(c typeset.Canvas) { c.Glyphs(0, 100*pt, run) }))))
	var got []pdftest.Glyph
	for _, r := range f.Pages[0].Runs {
		got = append(got, r.Glyphs...)
	}
	if len(got) != len(want) {
		t.Fatalf("got %d glyphs, want %d", len(got), len(want))
	}
	for i, g := range got {
		y := 130.0
		if i == 40 {
			y = 128
		}
		if math.Abs(g.X-want[i]) > 0.006 || math.Abs(g.Y-y) > 0.001 {
			t.Fatalf("glyph %d is at %.4f, %.4f, want %.4f, %.4f", i, g.X, g.Y, want[i], y)
		}
	}
}

func TestTexts(t *testing.T) {
	serif := face(fonts.Serif, 400, false)
	for _, test := range []struct {
		name string
		edit func(r *typeset.Run)
		want string
	}{
		{"as it is", func(*typeset.Run) {}, "office"},
		{"ligature", func(r *typeset.Run) { r.Glyphs[1].Text = "ffic" }, "officfice"},
		{"one glyph, two texts", func(r *typeset.Run) { r.Glyphs[2].Text = "F" }, "ofFice"},
		{"cluster", func(r *typeset.Run) { r.Glyphs[1].Text, r.Glyphs[2].Text = "ﬀ", "" }, "oﬀice"},
		{"cluster from right to left", func(r *typeset.Run) { r.Glyphs[0].Text, r.Glyphs[1].Text = "", "of" }, "office"},
		{"missing glyph", func(r *typeset.Run) { r.Glyphs[0].ID = 0 }, "office"},
		{"private character", func(r *typeset.Run) { r.Glyphs[0].Text = "\uE000" }, "\uFFFDffice"},
		{"character that maps may not hold", func(r *typeset.Run) { r.Glyphs[0].Text = "\uFEFF" }, "\uFFFDffice"},
		{"beyond the first plane", func(r *typeset.Run) { r.Glyphs[0].Text = "🎉" }, "🎉ffice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			run := line(t, serif, 10*pt, "office")
			test.edit(run)
			f := read(t, write(t, newDocument(newPage("1", func(c typeset.Canvas) { c.Glyphs(0, 0, run) }))))
			if got := f.Pages[0].Text(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			for _, r := range f.Pages[0].Runs {
				for _, g := range r.Glyphs {
					if g.Code == 0 || g.Text == "" {
						t.Errorf("code %d has text %q", g.Code, g.Text)
					}
				}
			}
		})
	}
}

func TestCatalog(t *testing.T) {
	f := read(t, write(t, sample(t)))
	if got := pdftest.Text(f.Catalog["Lang"]); got != "en" {
		t.Errorf("language is %q", got)
	}
	if got := pdftest.Text(f.Info["Title"]); got != "Notes & tests" {
		t.Errorf("title is %q", got)
	}
	if got := pdftest.Text(f.Info["Author"]); got != "Ada Lovelace; Čapek" {
		t.Errorf("author is %q", got)
	}
	if got := pdftest.Text(f.Info["CreationDate"]); got != "D:20130506070809Z" {
		t.Errorf("date is %q", got)
	}
	xmp := string(f.Resolve(f.Catalog["Metadata"]).(*pdftest.Stream).Data)
	for _, want := range []string{
		`<rdf:li xml:lang="x-default">Notes &amp; tests</rdf:li>`, "<pdfaid:part>2</pdfaid:part>", "<pdfuaid:part>1</pdfuaid:part>",
		"<rdf:li>Ada Lovelace</rdf:li><rdf:li>Čapek</rdf:li>", "<xmp:CreateDate>2013-05-06T07:08:09Z</xmp:CreateDate>",
		"<pdf:Keywords>one, two</pdf:Keywords>", ">a &lt;test&gt;<",
	} {
		if !strings.Contains(xmp, want) {
			t.Errorf("XMP has no %s", want)
		}
	}
	outline := f.Dict(f.Catalog["Outlines"])
	first := f.Dict(outline["First"])
	child := f.Dict(first["First"])
	if f.Num(outline["Count"]) != 2 || pdftest.Text(first["Title"]) != "A heading" || pdftest.Text(child["Title"]) != "Ende – ü" || child["Dest"] != "end" {
		t.Errorf("outline is %v, %v, %v", outline, first, child)
	}
	want := []pdftest.Link{{X: 200, Y: 72, W: f.Pages[0].Links[0].W, H: 10, Dest: "end", Contents: "to the end"}}
	if diff := cmp.Diff(want, f.Pages[0].Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestPageBoxes(t *testing.T) {
	f := read(t, write(t, sample(t)))
	box := func(p *pdftest.Page, key pdftest.Name) []float64 {
		var list []float64
		for _, v := range f.Array(p.Dict[key]) {
			list = append(list, f.Num(v))
		}
		return list
	}
	for key, want := range map[pdftest.Name][]float64{
		"MediaBox": {0, 0, 354, 454}, "BleedBox": {18, 18, 336, 436}, "TrimBox": {27, 27, 327, 427},
	} {
		if diff := cmp.Diff(want, box(f.Pages[1], key)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if got := box(f.Pages[0], "MediaBox"); got[2] != 300 || got[3] != 400 {
		t.Errorf("page without bleed is %v", got)
	}
	marks := 0
	for _, l := range f.Pages[1].Lines {
		for _, x := range []float64{l.X1, l.X2} {
			if x > 18 && x < 336 && l.Y1 == l.Y2 {
				t.Errorf("crop mark %v reaches into the bleed", l)
			}
		}
		marks++
	}
	if marks != 8 {
		t.Errorf("got %d crop marks, want 8", marks)
	}
}

func TestPageLabels(t *testing.T) {
	draw := func(typeset.Canvas) {}
	var pages []*typeset.Page
	for _, l := range []string{"", "", "ii", "iii", "iv", "1", "2", "3", "5", "A-1", "VII", "VIII", "x", "iiii"} {
		pages = append(pages, newPage(l, draw))
	}
	f := read(t, write(t, newDocument(pages...)))
	got := map[float64]pdftest.Dict{}
	nums := f.Array(f.Dict(f.Catalog["PageLabels"])["Nums"])
	for i := 0; i+1 < len(nums); i += 2 {
		got[f.Num(nums[i])] = f.Dict(nums[i+1])
	}
	want := map[float64]pdftest.Dict{
		0: {}, 1: {}, 2: {"S": pdftest.Name("r"), "St": 2.0}, 5: {"S": pdftest.Name("D")}, 8: {"S": pdftest.Name("D"), "St": 5.0},
		9: {"P": "A-1"}, 10: {"S": pdftest.Name("R"), "St": 7.0}, 12: {"S": pdftest.Name("r"), "St": 10.0}, 13: {"P": "iiii"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

// repaired gives the types of a tree made of the elements that build attaches.
func repaired(t *testing.T, build func(c typeset.Canvas, root *typeset.Elem)) string {
	t.Helper()
	root := &typeset.Elem{Role: "Document"}
	doc := newDocument(newPage("1", func(c typeset.Canvas) { build(c, root) }))
	doc.Root = root
	return read(t, write(t, doc)).Tags.String()
}

func TestRepairs(t *testing.T) {
	for _, test := range []struct {
		name  string
		build func(c typeset.Canvas, root *typeset.Elem)
		want  string
	}{
		{"heading levels", func(c typeset.Canvas, root *typeset.Elem) {
			for _, role := range []string{"H2", "H4", "H5", "H1", "H3"} {
				c.Attach(root.Child(role))
			}
		}, "Document\n  H1\n  H2\n  H3\n  H1\n  H2\n"},
		{"short rows", func(c typeset.Canvas, root *typeset.Elem) {
			table := root.Child("Table")
			for _, n := range []int{3, 1} {
				row := table.Child("TR")
				c.Attach(row)
				for range n {
					c.Attach(row.Child("TD"))
				}
			}
		}, "Document\n  Table\n    TR\n      TD\n      TD\n      TD\n    TR\n      TD\n      TD\n      TD\n"},
		{"spans", func(c typeset.Canvas, root *typeset.Elem) {
			table := root.Child("Table")
			one, two := table.Child("TR"), table.Child("TR")
			tall, wide := one.Child("TH"), one.Child("TH")
			tall.RowSpan, wide.ColSpan = 2, 2
			for _, e := range []*typeset.Elem{tall, wide, two.Child("TD")} {
				c.Attach(e)
			}
		}, "Document\n  Table\n    TR\n      TH\n      TH\n    TR\n      TD\n      TD\n"},
		{"a head without a body", func(c typeset.Canvas, root *typeset.Elem) {
			c.Attach(root.Child("Table").Child("THead").Child("TR").Child("TH"))
		}, "Document\n  Table\n    TBody\n      TR\n        TH\n"},
		{"notes without a name", func(c typeset.Canvas, root *typeset.Elem) {
			named := root.Child("Note")
			named.ID = "note.1"
			c.Attach(named)
			c.Attach(root.Child("Note"))
		}, "Document\n  Note ID=\"note.1\"\n  Note ID=\"note.2\"\n"},
		{"figure without a text", func(c typeset.Canvas, root *typeset.Elem) { c.Attach(root.Child("Figure")) },
			"Document\n  Figure Alt=\"Figure\"\n"},
		{"link in no link element", func(c typeset.Canvas, root *typeset.Elem) {
			p := root.Child("P")
			c.Begin(p)
			c.Link(0, 0, pt, pt, typeset.Target{URL: "https://example.org/"}, "", p)
			c.End()
		}, "Document\n  P\n    Link\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, repaired(t, test.build)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMisuse(t *testing.T) {
	for name, draw := range map[string]func(c typeset.Canvas){
		"end without begin": func(c typeset.Canvas) { c.End() },
		"begin without end": func(c typeset.Canvas) { c.Begin(&typeset.Elem{Role: "P"}) },
		"run without face":  func(c typeset.Canvas) { c.Glyphs(0, 0, &typeset.Run{Size: pt, Glyphs: make([]typeset.Glyph, 1)}) },
		"glyph beyond the font": func(c typeset.Canvas) {
			c.Glyphs(0, 0, &typeset.Run{Face: face(fonts.Serif, 400, false), Size: pt, Glyphs: []typeset.Glyph{{ID: 60000}}})
		},
	} {
		err := pdf.Write(context.Background(), newDocument(newPage("iv", draw)), &bytes.Buffer{}, pdf.Options{})
		if err == nil || !strings.Contains(err.Error(), `page 1 ("iv")`) {
			t.Errorf("%s: got error %v", name, err)
		}
	}
	if err := pdf.Write(context.Background(), newDocument(), &bytes.Buffer{}, pdf.Options{}); err == nil {
		t.Error("a document without pages was written")
	}
}

func TestMissingAnchorsAreReported(t *testing.T) {
	var diags diag.Collector
	doc := newDocument(newPage("1", func(c typeset.Canvas) {
		c.Link(0, 0, pt, pt, typeset.Target{Anchor: "nowhere"}, "see there", nil)
	}))
	doc.Outline = []*typeset.OutlineItem{{Title: "Lost", Anchor: "gone"}}
	var b bytes.Buffer
	if err := pdf.Write(context.Background(), doc, &b, pdf.Options{Report: diags.Report}); err != nil {
		t.Fatal(err)
	}
	if list := diags.List(); len(list) != 2 || list[0].Code != pdf.CodeAnchor || list[1].Code != pdf.CodeAnchor {
		t.Errorf("got %v", list)
	}
	if links := read(t, b.Bytes()).Pages[0].Links; len(links) != 1 || links[0].Dest != "" {
		t.Errorf("links are %v", links)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := pdf.Write(ctx, sample(t), &bytes.Buffer{}, pdf.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
}

func TestSameBytes(t *testing.T) {
	want := write(t, sample(t))
	for _, procs := range []int{1, 2, 7} {
		old := runtime.GOMAXPROCS(procs)
		got := write(t, sample(t))
		runtime.GOMAXPROCS(old)
		if !bytes.Equal(got, want) {
			t.Errorf("with %d processors the file is another", procs)
		}
	}
	other := sample(t)
	other.ID = "another"
	if bytes.Equal(write(t, other), want) {
		t.Error("another ID gives the same file")
	}
}

// testImage has a colour ramp, and is half transparent on the right if alpha.
func testImage(alpha bool) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 20, 10))
	for y := range 10 {
		for x := range 20 {
			c := color.NRGBA{R: uint8(x * 12), G: uint8(y * 25), B: 100, A: 255}
			if alpha && x >= 10 {
				c.A = 128
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func TestImages(t *testing.T) {
	encode := func(img image.Image) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, testImage(false), nil); err != nil {
		t.Fatal(err)
	}
	gray := image.NewGray(image.Rect(0, 0, 20, 10))
	palette := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{color.Black, color.NRGBA{R: 255, A: 255}})
	deep := image.NewRGBA64(image.Rect(0, 0, 20, 10))
	for y := range 10 {
		for x := range 20 {
			deep.Set(x, y, color.RGBA64{R: uint16(x * 3000), A: 0xFFFF})
		}
	}
	for _, test := range []struct {
		name, format string
		data         []byte
		want         pdftest.Dict // entries that must be so
		mask         bool
	}{
		{"photo", "jpeg", photo.Bytes(), pdftest.Dict{"Filter": pdftest.Name("DCTDecode"), "ColorSpace": pdftest.Name("DeviceRGB")}, false},
		{"colours", "png", encode(testImage(false)), pdftest.Dict{"ColorSpace": pdftest.Name("DeviceRGB"), "BitsPerComponent": 8.0}, false},
		{"transparent", "png", encode(testImage(true)), pdftest.Dict{"ColorSpace": pdftest.Name("DeviceRGB")}, true},
		{"grey", "png", encode(gray), pdftest.Dict{"ColorSpace": pdftest.Name("DeviceGray")}, false},
		{"palette", "png", encode(palette), pdftest.Dict{"BitsPerComponent": 1.0}, false},
		{"16 bits", "png", encode(deep), pdftest.Dict{"BitsPerComponent": 16.0}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			img := &typeset.Image{Key: test.name, Data: test.data, Format: test.format, Width: 20, Height: 10}
			draw := func(c typeset.Canvas) { c.DrawImage(10*pt, 20*pt, 40*pt, 20*pt, img) }
			f := read(t, write(t, newDocument(newPage("1", draw), newPage("2", draw))))
			one, two := f.Pages[0].Images[0], f.Pages[1].Images[0]
			if diff := cmp.Diff(pdftest.Image{X: 40, Y: 50, W: 40, H: 20, Object: two.Object, Tag: "Artifact"}, one); diff != "" {
				t.Errorf("place, and the same object on both pages (-want +got):\n%s", diff)
			}
			d := f.Dict(one.Object)
			for key, want := range test.want {
				if diff := cmp.Diff(want, d[key]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", key, diff)
				}
			}
			if f.Num(d["Width"]) != 20 || f.Num(d["Height"]) != 10 || (d["SMask"] != nil) != test.mask {
				t.Errorf("dictionary is %v", d)
			}
		})
	}
}

func TestDamagedImageIsReported(t *testing.T) {
	var diags diag.Collector
	doc := newDocument(newPage("1", func(c typeset.Canvas) {
		c.DrawImage(0, 0, pt, pt, &typeset.Image{Key: "bad", Data: []byte("no image"), Format: "png", Width: 1, Height: 1})
	}))
	if err := pdf.Write(context.Background(), doc, &bytes.Buffer{}, pdf.Options{Report: diags.Report}); err != nil {
		t.Fatal(err)
	}
	if list := diags.List(); len(list) != 1 || list[0].Code != pdf.CodeImage {
		t.Errorf("got %v", list)
	}
}
