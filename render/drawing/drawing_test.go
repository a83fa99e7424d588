package drawing_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
)

const pt = unit.Pt

func typesetter() *drawing.Typesetter {
	return drawing.NewTypesetter(fonts.Bundled(), layouts.Fonts{Text: fonts.Serif, Heading: fonts.Sans, Code: fonts.Mono}, "en")
}

// sample has every kind of mark and attribute.
func sample() *drawing.Drawing {
	d := &drawing.Drawing{Width: 200 * pt, Height: 100 * pt, Title: "Plan of “A & B”", Desc: "Two <rooms>.", Lang: "en"}
	d.Add(
		&drawing.Path{Ops: drawing.RoundRect(10*pt, 10*pt, 80*pt, 30*pt, 4*pt), Fill: "#336699", FillOpacity: 0.25},
		&drawing.Path{Ops: append(drawing.Circle(150*pt, 25*pt, 20*pt), drawing.Circle(150*pt, 25*pt, 10*pt)...), Fill: "#aa3300", EvenOdd: true},
		&drawing.Path{Ops: []drawing.Op{drawing.Move(10*pt, 50*pt), drawing.Line(100*pt, 50*pt), drawing.Line(100*pt, 60*pt)},
			Stroke: drawing.Ink, Width: pt / 2, StrokeOpacity: 0.5, Cap: drawing.RoundCap, Join: drawing.Bevel, Dash: []unit.Len{2 * pt, pt}, DashOffset: pt},
		&drawing.Text{X: 12 * pt, Y: 80 * pt, Font: drawing.Font{Use: drawing.Heading, Size: 9 * pt, Weight: 600}, String: "A & B < C", Width: 40 * pt, Link: "#talk"},
		&drawing.Text{X: 190 * pt, Y: 80 * pt, Anchor: drawing.Right, Font: drawing.Font{Size: 9 * pt, Italic: true}, Color: "#222222", Opacity: 0.8, String: "שלום", RTL: true},
		&drawing.Text{X: 100 * pt, Y: 95 * pt, Anchor: drawing.Middle, Font: drawing.Font{Use: drawing.Code, Size: 8 * pt}, String: "x\u0001y"},
	)
	fade := []drawing.Stop{{At: 0, Color: "#ff0000", Opacity: 1}, {At: 0.25, Color: "#0000ff", Opacity: 0.5}}
	square := func(p drawing.Paint) *drawing.Path {
		return &drawing.Path{Ops: drawing.Rect(0, 0, 9*pt, 9*pt), Fill: "#00ff00", FillWith: p, Stroke: "#000000", StrokeWith: p, Width: pt}
	}
	linear := square(&drawing.Gradient{Matrix: drawing.Matrix{9, 0, 0, 9, 0.5, 0}, Stops: fade})
	radial := square(&drawing.Gradient{Radial: true, FX: 0.5, FR: 0.1, Matrix: drawing.Matrix{9, 0, 0, 9, 0, 0}, Stops: fade})
	d.Add(
		&drawing.Group{
			Opacity: 0.5, Blend: "ColorDodge", Marks: []drawing.Mark{linear},
			Clips: []drawing.Clip{{Ops: drawing.Circle(5*pt, 5*pt, 5*pt), EvenOdd: true}, {Ops: drawing.Rect(0, 0, pt, pt)}},
			Mask:  &drawing.Mask{Alpha: true, Marks: []drawing.Mark{radial}},
		},
		square(&drawing.Tiling{Width: 4 * pt, Height: 5 * pt, Matrix: drawing.Matrix{1, 0, 0.5, 1, 0, 0}, Marks: []drawing.Mark{linear}}),
		&drawing.Picture{Bitmap: &drawing.Bitmap{Key: "dot", Data: []byte("png"), Format: "png", Width: 1, Height: 1}, Matrix: drawing.Matrix{20, 0, 0, 10, 5, 5}},
	)
	return d
}

func TestSVG(t *testing.T) {
	got := sample().SVG("fig1", func(id string) string { return id + ".xhtml" })
	golden.Check(t, "testdata/sample.svg", []byte(got+"\n"))
}

// An SVG is well-formed, its ids are the caller's, and it says to assistive technology what it is.
func TestSVGIsAnAccessibleDocument(t *testing.T) {
	for name, file := range map[string]string{"plain": string(sample().File("f")), "linked": sample().SVG("f", func(string) string { return "x" })} {
		dec := xml.NewDecoder(strings.NewReader(file))
		ids, labels, role := map[string]bool{}, "", ""
		var text strings.Builder
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, file)
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				if tok.Name.Space != "http://www.w3.org/2000/svg" {
					t.Errorf("%s: element %s of another name space", name, tok.Name.Local)
				}
				for _, a := range tok.Attr {
					switch a.Name.Local {
					case "id":
						if ids[a.Value] || !strings.HasPrefix(a.Value, "f-") {
							t.Errorf("%s: id %q", name, a.Value)
						}
						ids[a.Value] = true
					case "aria-labelledby", "aria-describedby":
						labels += " " + a.Value
					case "role":
						role = a.Value
					}
				}
			case xml.CharData:
				text.Write(tok)
			}
		}
		for l := range strings.FieldsSeq(labels) {
			if !ids[l] {
				t.Errorf("%s: labelled by %q, which is no id", name, l)
			}
		}
		if want := map[string]string{"plain": "img", "linked": "group"}[name]; role != want || labels == "" {
			t.Errorf("%s: role %q, labels %q", name, role, labels)
		}
		for _, want := range []string{"A & B < C", "שלום", "xy", "Two <rooms>."} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: %q is not in the text", name, want)
			}
		}
	}
}

func TestMeasureGrowsWithSizeAndText(t *testing.T) {
	ts := typesetter()
	f := drawing.Font{Use: drawing.Heading, Size: 10 * pt}
	one, two := ts.Measure("Hamburg", f), ts.Measure("Hamburg Hamburg", f)
	if one < 30*pt || one > 50*pt || two < 2*one {
		t.Errorf("widths %v and %v", one, two)
	}
	f.Size *= 2
	if w := ts.Measure("Hamburg", f); (w-2*one).Pt() > 0.01 || (2*one-w).Pt() > 0.01 {
		t.Errorf("twice the size is %v wide, want %v", w, 2*one)
	}
	for _, s := range []string{"日本語の題", "العربية", "ไทย", "שלום 12"} {
		if w := ts.Measure(s, f); w < 20*pt {
			t.Errorf("%s is %v wide", s, w)
		}
	}
	if w := ts.Measure("", f); w != 0 {
		t.Errorf("nothing is %v wide", w)
	}
}

// Filled shapes, strokes and letters land where they belong, with their colours.
func TestRaster(t *testing.T) {
	d := &drawing.Drawing{Width: 100 * pt, Height: 50 * pt}
	d.Add(
		&drawing.Path{Ops: drawing.Rect(10*pt, 10*pt, 20*pt, 20*pt), Fill: "#ff0000"},
		&drawing.Path{Ops: append(drawing.Rect(40*pt, 10*pt, 20*pt, 20*pt), drawing.Rect(45*pt, 15*pt, 10*pt, 10*pt)...), Fill: "#0000ff", FillOpacity: 0.5},
		&drawing.Path{Ops: drawing.Rect(70*pt, 10*pt, 20*pt, 20*pt), Stroke: "#00ff00", Width: 4 * pt},
		&drawing.Text{X: 50 * pt, Y: 45 * pt, Anchor: drawing.Middle, Font: drawing.Font{Use: drawing.Heading, Size: 20 * pt, Weight: 700}, String: "I", Color: "#123456"},
	)
	img := typesetter().Raster(d, 200)
	if b := img.Bounds(); b.Dx() != 200 || b.Dy() != 100 {
		t.Fatalf("bounds %v", b)
	}
	for _, c := range []struct {
		x, y int
		want string
	}{
		{5, 5, "ffffff"}, {40, 40, "ff0000"}, {61, 40, "ffffff"},
		{85, 25, "8080ff"}, {100, 40, "8080ff"}, // both turn the same way: no hole
		{160, 40, "ffffff"}, {140, 40, "00ff00"}, {137, 17, "00ff00"}, {134, 14, "ffffff"}, {182, 63, "00ff00"}, // corners are mitred
		{100, 80, "123456"}, {90, 80, "ffffff"},
	} {
		r, g, b, _ := img.At(c.x, c.y).RGBA()
		got := hex(r) + hex(g) + hex(b)
		if got != c.want {
			t.Errorf("pixel %d, %d is %s, want %s", c.x, c.y, got, c.want)
		}
	}
	if string(img.Pix) != string(typesetter().Raster(d, 200).Pix) {
		t.Error("two pictures of one drawing differ")
	}
}

func hex(v uint32) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[v>>12&15], digits[v>>8&15]})
}

// Letters on the picture are those of the font: as wide as measured, on their baseline.
func TestRasterSetsTypeAsMeasured(t *testing.T) {
	ts := typesetter()
	for _, s := range []string{"Hxnu", "日本", "עברית"} {
		f := drawing.Font{Use: drawing.Body, Size: 40 * pt}
		d := &drawing.Drawing{Width: 400 * pt, Height: 80 * pt}
		d.Add(&drawing.Text{X: 50 * pt, Y: 60 * pt, Font: f, String: s, RTL: s == "עברית"})
		img := ts.Raster(d, 400)
		left, right := 400, 0
		for y := range 80 {
			for x := range 400 {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
					left, right = min(left, x), max(right, x)
				}
			}
		}
		w := ts.Measure(s, f).Pt()
		if float64(left) < 49 || float64(left) > 58 || float64(right) > 51+w || float64(right) < 50+w*0.85 {
			t.Errorf("%s: ink from %d to %d, measured %.1f", s, left, right, w)
		}
	}
}
