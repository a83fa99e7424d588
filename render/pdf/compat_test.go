package pdf_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "github.com/johnfercher/maroto/v2" // the program built below imports it: go.mod must name what it needs

	"github.com/evbook/evbook/render/pdf/pdftest"
)

// The examples of maroto's documentation are run twice, once as they are and once with our provider, and what is on the
// pages is compared. They lie in the module cache; nothing of them is copied into the repository.

// deviations are the examples that may differ, each with the reason. An example that does not differ must not be listed.
var deviations = map[string]string{
	"customfont": "characters that its font does not have come from another one",
	"protection": "PDF/A allows no password",
}

// shim is a package that stands for maroto in an example. Both sides have the same open fonts for PDF's standard
// ones, since widths decide where lines break.
const shim = `package maroto

import (
	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/render/pdf"
)

var _ = maroto.New
var _ pdf.Options

func prepare(cfgs []*entity.Config) *entity.Config {
	cfg := config.NewBuilder().Build()
	if len(cfgs) > 0 {
		cfg = cfgs[0]
	}
	cfg.DefaultFont.Family = "sans"
	if cfg.PageNumber != nil {
		cfg.PageNumber.Family = "sans"
	}
	for _, f := range []struct{ name, family string }{{"sans", fonts.Sans}, {"helvetica", fonts.Sans}, {"mono", fonts.Mono}} {
		for _, s := range []fontstyle.Type{fontstyle.Normal, fontstyle.Bold, fontstyle.Italic, fontstyle.BoldItalic} {
			weight := 400
			if s == fontstyle.Bold || s == fontstyle.BoldItalic {
				weight = 700
			}
			face := fonts.Bundled().Face(f.family, weight, s == fontstyle.Italic || s == fontstyle.BoldItalic)
			cfg.CustomFonts = append(cfg.CustomFonts, &entity.CustomFont{Family: f.name, Style: s, Bytes: face.Data()})
		}
	}
	return cfg
}

func NewMetricsDecorator(m core.Maroto) core.Maroto { return m }

func New(cfgs ...*entity.Config) core.Maroto { return %s }
`

// shimFonts stands for maroto's names of PDF's standard fonts, whose texts it would turn into another encoding.
const shimFonts = `package fontfamily

const (
	Arial     = "sans"
	Helvetica = "sans"
	Symbol    = "sans"
	ZapBats   = "sans"
	Courier   = "mono"
)
`

var (
	importFonts  = regexp.MustCompile(`(?m)"github\.com/johnfercher/maroto/v2/pkg/consts/fontfamily"$`)
	importMaroto = regexp.MustCompile(`(?m)(\bmaroto )?"github\.com/johnfercher/maroto/v2"$`)
	packageLine  = regexp.MustCompile(`(?m)^package main$`)
	getMaroto    = regexp.MustCompile(`\bm := GetMaroto\((.*)\)`)
)

// marotoDir finds the module's folder.
func marotoDir(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/johnfercher/maroto/v2").Output()
	if err != nil {
		t.Fatalf("find maroto: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// buildExamples makes a program of all examples in both versions, through an overlay, and returns the names of the
// examples.
func buildExamples(t *testing.T, dir, program string) []string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	replace := map[string]string{}
	put := func(path, source string) {
		file := filepath.Join(tmp, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(here, "testdata", "compat", path)] = file
	}
	const base = "github.com/evbook/evbook/render/pdf/testdata/compat/"
	put("shim/stock/maroto.go", fmt.Sprintf(shim, "maroto.New(prepare(cfgs))"))
	put("shim/ours/maroto.go", fmt.Sprintf(shim, "pdf.NewMaroto(prepare(cfgs), pdf.Options{})"))
	put("shim/fontfamily/fontfamily.go", shimFonts)
	var names []string
	var imports, calls strings.Builder
	files, err := filepath.Glob(filepath.Join(dir, "docs/assets/examples/*/v2/main.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("maroto's examples: %v, %d files", err, len(files))
	}
	for _, file := range files {
		name := filepath.Base(filepath.Dir(filepath.Dir(file)))
		names = append(names, name)
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := getMaroto.FindSubmatch(src)
		if m == nil {
			t.Fatalf("%s does not call GetMaroto", name)
		}
		arg := string(m[1])
		if c := regexp.MustCompile(`(?m)\b` + arg + ` :?= (".*")$`).FindSubmatch(src); arg != "" && c != nil {
			arg = string(c[1]) // a constant
		}
		for _, side := range []string{"stock", "ours"} {
			s := packageLine.ReplaceAllString(string(src), "package ex")
			s = importMaroto.ReplaceAllString(s, `maroto "`+base+"shim/"+side+`"`)
			s = importFonts.ReplaceAllString(s, `"`+base+`shim/fontfamily"`)
			put(name+"/"+side+"/main.go", s)
			fmt.Fprintf(&imports, "\t%s_%s %q\n", name, side, base+name+"/"+side)
			fmt.Fprintf(&calls, "\tsave(%q, %s_%s.GetMaroto(%s))\n", name+"-"+side, name, side, arg)
		}
	}
	put("main.go", `package main

import (
	"fmt"
	"os"

	"github.com/johnfercher/maroto/v2/pkg/core"

`+imports.String()+`)

func save(name string, m core.Maroto) {
	doc, err := m.Generate()
	if err == nil {
		err = doc.Save(os.Args[1] + "/" + name + ".pdf")
	}
	if err != nil {
		fmt.Println(name, err)
	}
}

func main() {
`+calls.String()+"}\n")
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlayFile := filepath.Join(tmp, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "build", "-overlay", overlayFile, "-o", program, "./testdata/compat").CombinedOutput()
	if err != nil {
		t.Fatalf("build the examples: %v\n%s", err, out)
	}
	return names
}

func TestMarotoExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program of all of maroto's examples")
	}
	dir := marotoDir(t)
	out := t.TempDir()
	program := filepath.Join(out, "examples")
	names := buildExamples(t, dir, program)
	cmd := exec.Command(program, out)
	cmd.Dir = dir // they name their pictures from there
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("run the examples: %v\n%s", err, msg)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			found := differences(t, filepath.Join(out, name))
			if deviations[name] != "" {
				if len(found) == 0 {
					t.Errorf("is listed as different (%s) and is the same", deviations[name])
				}
				return
			}
			for _, d := range found {
				t.Error(d)
			}
		})
	}
}

// differences compares the files of an example.
func differences(t *testing.T, base string) []string {
	t.Helper()
	ours, err := readFile(base + "-ours.pdf")
	if err != nil {
		return []string{err.Error()}
	}
	stock, err := readFile(base + "-stock.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if len(stock.Pages) != len(ours.Pages) {
		return []string{fmt.Sprintf("got %d pages, want %d", len(ours.Pages), len(stock.Pages))}
	}
	var found []string
	for i, want := range stock.Pages {
		got := ours.Pages[i]
		for _, kind := range []struct {
			name   string
			shapes func(p *pdftest.Page) []shape
		}{{"text", texts}, {"line", lines}, {"fill", fills}, {"image", pictures}} {
			for _, d := range compare(kind.name, kind.shapes(want), kind.shapes(got)) {
				found = append(found, fmt.Sprintf("page %d: %s", i+1, d))
			}
		}
	}
	return found
}

func readFile(name string) (*pdftest.File, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return pdftest.Read(b)
}

// shape is something on a page, as a label and numbers.
type shape struct {
	label string
	at    []float64
}

func (s shape) near(o shape) bool {
	if s.label != o.label || len(s.at) != len(o.at) {
		return false
	}
	for i := range s.at {
		if math.Abs(s.at[i]-o.at[i]) > 0.05 {
			return false
		}
	}
	return true
}

// compare pairs what is wanted with what is there, within 0.05 pt, and names the first few of each kind without a partner.
func compare(kind string, want, got []shape) []string {
	var missing, found []string
	rest := slices.Clone(got)
	for _, w := range want {
		if i := slices.IndexFunc(rest, w.near); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else {
			missing = append(missing, fmt.Sprintf("no %s like %q %.2f", kind, w.label, w.at))
		}
	}
	for _, g := range rest {
		found = append(found, fmt.Sprintf("unexpected %s %q %.2f", kind, g.label, g.at))
	}
	return append(missing[:min(3, len(missing))], found[:min(3, len(found))]...)
}

// texts gives the words of a page with the places where they begin.
func texts(p *pdftest.Page) []shape {
	var list []shape
	for _, r := range p.Runs {
		word := ""
		var at []float64
		flush := func() {
			if word != "" {
				list = append(list, shape{word, at})
			}
			word = ""
		}
		for _, g := range r.Glyphs {
			if strings.TrimSpace(g.Text) == "" {
				flush()
				continue
			}
			if word == "" {
				at = []float64{g.X, g.Y, r.Size}
			}
			word += g.Text
		}
		flush()
	}
	return list
}

func lines(p *pdftest.Page) []shape {
	var list []shape
	for _, l := range p.Lines {
		list = append(list, shape{fmt.Sprint(l.Dashed), []float64{
			min(l.X1, l.X2), min(l.Y1, l.Y2), max(l.X1, l.X2), max(l.Y1, l.Y2), l.Width,
		}})
	}
	return list
}

// fills gives the filled rectangles without the modules of codes, which are pictures on maroto's side.
func fills(p *pdftest.Page) []shape {
	var list []shape
	for _, r := range p.Rects {
		if r.Tag != "Figure" {
			list = append(list, shape{r.Color, []float64{r.X, r.Y, r.W, r.H}})
		}
	}
	return list
}

// pictures gives images, and codes as the boxes around their modules.
func pictures(p *pdftest.Page) []shape {
	var list []shape
	for _, i := range p.Images {
		list = append(list, shape{"", []float64{i.X, i.Y, i.W, i.H}})
	}
	boxes := map[int][4]float64{} // left, top, right, bottom
	for _, r := range p.Rects {
		if r.Tag != "Figure" {
			continue
		}
		b, ok := boxes[r.MCID]
		if !ok {
			b = [4]float64{r.X, r.Y, r.X, r.Y}
		}
		boxes[r.MCID] = [4]float64{min(b[0], r.X), min(b[1], r.Y), max(b[2], r.X+r.W), max(b[3], r.Y+r.H)}
	}
	for _, b := range boxes {
		list = append(list, shape{"", []float64{b[0], b[1], b[2] - b[0], b[3] - b[1]}})
	}
	return list
}
