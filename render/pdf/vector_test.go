package pdf_test

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	marks "github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/pdf/pdftest"
	"github.com/evbook/evbook/render/picture/svg"
	"github.com/evbook/evbook/render/typeset"
)

// everything says how often an entry with a value is in the objects of a file.
func everything(f *pdftest.File, key pdftest.Name, value any) (n int) {
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case pdftest.Dict:
			if at, ok := v[key]; ok && fmt.Sprint(at) == fmt.Sprint(value) {
				n++
			}
			for _, e := range v {
				look(e)
			}
		case []any:
			for _, e := range v {
				look(e)
			}
		case *pdftest.Stream:
			look(v.Dict)
		}
	}
	for _, o := range f.Objects {
		look(o)
	}
	return n
}

// TestPicturesStayVectors holds that what a picture is painted with is in the file as such: nothing is turned into dots.
func TestPicturesStayVectors(t *testing.T) {
	_, data := notesBytes(t, os.DirFS("testdata/pictures"), "a5")
	f := read(t, data)
	for _, want := range []struct {
		key   pdftest.Name
		value any
		least int
	}{
		{"ShadingType", 2, 6}, {"ShadingType", 3, 4}, {"FunctionType", 2, 4}, {"FunctionType", 3, 2}, {"PatternType", 1, 4}, {"PatternType", 2, 8},
		{"S", "Luminosity", 4}, {"S", "Alpha", 2}, {"S", "Transparency", 6}, {"BM", "Multiply", 1}, {"CS", "DeviceGray", 2}, {"CA", 0.5, 1},
	} {
		if n := everything(f, want.key, want.value); n < want.least {
			t.Errorf("%d times /%s %v, want %d at least", n, want.key, want.value, want.least)
		}
	}
	if n := everything(f, "Subtype", "Image"); n != 2 { // a bitmap, which is shown four times, and its opacity
		t.Errorf("%d images, want 2", n)
	}
	_, again := notesBytes(t, os.DirFS("testdata/pictures"), "a5")
	if !bytes.Equal(data, again) {
		t.Error("two files of one book differ")
	}
}

// Groups, masks and tiles nest, and what is set in one of them is set anew in the next.
func TestGroupsNest(t *testing.T) {
	square := func(color string) *marks.Path {
		return &marks.Path{Ops: marks.Rect(0, 0, 10*pt, 10*pt), Fill: layouts.Color(color)}
	}
	tiles := &marks.Tiling{Width: 4 * pt, Height: 4 * pt, Matrix: marks.Matrix{1, 0, 0, 1, 0, 0}, Marks: []marks.Mark{square("#ff0000")}}
	patterned := &marks.Path{Ops: marks.Rect(0, 0, 10*pt, 10*pt), Fill: "#ff0000", FillWith: tiles}
	inner := &marks.Group{Opacity: 0.5, Marks: []marks.Mark{square("#0000ff"), square("#0000ff")}, Mask: &marks.Mask{Marks: []marks.Mark{patterned}}}
	outer := &marks.Group{Opacity: 0.5, Marks: []marks.Mark{square("#0000ff"), inner, square("#ff0000")}, Clips: []marks.Clip{{Ops: marks.Circle(5*pt, 5*pt, 5*pt)}}}
	unseen := &marks.Group{Opacity: 0.5, Marks: outer.Marks, Clips: []marks.Clip{{}}}
	hidden := &marks.Group{Marks: []marks.Mark{square("#00ff00")}, Clips: []marks.Clip{{}}}
	data := write(t, newDocument(newPage("1", func(c typeset.Canvas) {
		c.DrawPath(0, 0, square("#ff0000"))
		draw(c, []marks.Mark{outer, unseen, hidden})
		c.DrawPath(0, 0, square("#ff0000"))
	})))
	f := read(t, data)
	var contents []string
	for _, o := range f.Objects {
		if s, ok := o.(*pdftest.Stream); ok && s.Dict["Type"] != pdftest.Name("ObjStm") {
			if text := string(s.Data); strings.Contains(text, " re\n") || strings.Contains(text, " l\n") {
				contents = append(contents, text)
			}
		}
	}
	count := func(pattern string) (n int) {
		for _, c := range contents {
			n += len(regexp.MustCompile(pattern).FindAllString(c, -1))
		}
		return n
	}
	// The page sets red once for both of its squares; the outer group blue and red, the inner one blue, the tile red.
	if red, blue := count(`1 0 0 rg`), count(`0 0 1 rg`); red != 3 || blue != 2 {
		t.Errorf("red is set %d times, want 3; blue %d times, want 2\n%s", red, blue, strings.Join(contents, "----\n"))
	}
	if clips, empty := count(`\nW n\n`), count(`0 0 0 0 re W n`); clips != 1 || empty != 1 {
		t.Errorf("%d clips, want 1; %d empty ones, want 1", clips, empty)
	}
	for _, c := range contents {
		if strings.Count(c, "q\n")+strings.Count(c, "q /")+strings.Count(c, "q 0") != strings.Count(c, "Q\n") {
			t.Errorf("states that are saved are not restored:\n%s", c)
		}
	}
}

// draw draws marks without type.
func draw(c typeset.Canvas, list []marks.Mark) {
	for _, m := range list {
		switch m := m.(type) {
		case *marks.Path:
			c.DrawPath(0, 0, m)
		case *marks.Picture:
			c.DrawPicture(0, 0, m)
		case *marks.Group:
			c.BeginGroup(0, 0, m)
			draw(c, m.Marks)
			c.EndGroup()
		}
	}
}

// noType is a setter for pictures without type.
type noType struct{}

func (noType) Measure(string, marks.Font) unit.Len    { return 0 }
func (noType) Outlines(string, marks.Font) []marks.Op { return nil }

// TestPicturesLookAsInABrowser compares the dots of a page with those of a browser.
func TestPicturesLookAsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	poppler := tool(t, "pdftoppm", "", "")
	browser, err := exec.LookPath(cmp.Or(os.Getenv("EVBOOK_CHROMIUM"), "chromium"))
	if err != nil {
		t.Skip("there is no Chromium")
	}
	file, err := filepath.Abs("testdata/pictures/shapes.svg")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pic, err := svg.Read(data, svg.Options{
		Open: func(href string) ([]byte, error) { return os.ReadFile(filepath.Join(filepath.Dir(file), href)) },
		Bitmap: func(data []byte) (*marks.Bitmap, error) {
			return &marks.Bitmap{Key: "dots", Data: data, Format: "png", Width: 8, Height: 8}, nil
		},
	})
	if err != nil || len(pic.Lost) > 0 {
		t.Fatalf("%v, lost %q", err, pic.Lost)
	}
	page := newPage("1", func(c typeset.Canvas) { draw(c, pic.Drawing(360*pt, noType{}).Marks) })
	page.Width, page.Height, page.Left, page.Top, page.Right, page.Bottom = 360*pt, 270*pt, 0, 0, 0, 0
	dir := t.TempDir()
	ours, theirs := filepath.Join(dir, "ours"), filepath.Join(dir, "theirs.png")
	if err := os.WriteFile(ours+".pdf", write(t, newDocument(page)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(poppler, "-r", "96", "-png", "-singlefile", ours+".pdf", ours).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if out, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--hide-scrollbars", "--force-device-scale-factor=1", "--user-data-dir="+filepath.Join(dir, "profile"), "--screenshot="+theirs, "--window-size=480,360", "file://"+file).CombinedOutput(); err != nil {
		t.Skipf("Chromium does not run here: %v\n%s", err, out)
	}
	a, b := dots(t, ours+".png"), dots(t, theirs)
	// Edges are smoothed in different ways: the mean of 3 × 3 dots is compared, and some may differ.
	const tolerance, share = 40, 0.025 // one of the shapes is 2 % of the picture
	differ := 0
	for y := range 360 {
		for x := range 480 {
			if d := distance(mean(a, x, y), mean(b, x, y)); d > tolerance {
				differ++
			}
		}
	}
	if got := float64(differ) / (480 * 360); got > share {
		t.Errorf("%.2f %% of the dots differ, want %.2f %% at most", got*100, share*100)
	}
}

func dots(t *testing.T, name string) image.Image {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() < 480 || b.Dy() < 360 {
		t.Fatalf("%s is of %v", name, b)
	}
	return img
}

// mean is the colour of a dot and those around it.
func mean(img image.Image, x, y int) (c [3]float64) {
	n := 0.0
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if p := image.Pt(x+dx, y+dy); p.In(img.Bounds()) {
				v := color.NRGBAModel.Convert(img.At(p.X, p.Y)).(color.NRGBA)
				c[0], c[1], c[2], n = c[0]+float64(v.R), c[1]+float64(v.G), c[2]+float64(v.B), n+1
			}
		}
	}
	return [3]float64{c[0] / n, c[1] / n, c[2] / n}
}

func distance(a, b [3]float64) (d float64) {
	for i := range a {
		d = max(d, a[i]-b[i], b[i]-a[i])
	}
	return d
}

// A gradient on a page that is turned is turned with it: a pattern knows nothing of the matrix of the page's contents
// (§8.7.2).
func TestGradientsTurnWithThePage(t *testing.T) {
	path := &marks.Path{Ops: marks.Rect(0, 0, 10*pt, 10*pt), Fill: "#808080", FillWith: &marks.Gradient{
		Matrix: marks.Matrix{10, 0, 0, 10, 1, 2}, Stops: []marks.Stop{{Color: "#000000", Opacity: 1}, {At: 1, Color: "#ffffff", Opacity: 1}},
	}}
	// The type area begins 30 pt from the edges of a page of 300 by 400 pt, y grows upwards in the file.
	for turned, want := range map[bool]string{false: "[10 0 0 -10 31 368]", true: "[0 10 10 0 32 31]"} {
		page := newPage("1", func(c typeset.Canvas) { draw(c, []marks.Mark{path}) })
		page.Turned = turned
		f := read(t, write(t, newDocument(page)))
		found := ""
		for _, o := range f.Objects {
			if d, ok := o.(pdftest.Dict); ok && d["Type"] == pdftest.Name("Pattern") {
				found = fmt.Sprint(d["Matrix"])
			}
		}
		if found != want {
			t.Errorf("turned %v: the matrix is %s, want %s", turned, found, want)
		}
	}
}
