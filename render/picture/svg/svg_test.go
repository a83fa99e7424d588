package svg_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/picture/svg"
)

// ruler has letters of half their size, and outlines that are their baseline.
type ruler struct{}

func (ruler) Measure(text string, f drawing.Font) unit.Len {
	return f.Size * unit.Len(len(text)) / 2
}

func (r ruler) Outlines(text string, f drawing.Font) []drawing.Op {
	return []drawing.Op{drawing.Move(0, 0), drawing.Line(r.Measure(text, f), 0)}
}

// dump lists the marks of a picture of 100 × 100 pixels, at a point a pixel.
func dump(t *testing.T, body string) (out []string, lost []string) {
	t.Helper()
	p, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">` + body + `</svg>`))
	if p == nil {
		t.Fatal(err)
	}
	for _, m := range p.Drawing(100*unit.Pt, ruler{}).Marks {
		switch m := m.(type) {
		case *drawing.Path:
			var b strings.Builder
			for _, op := range m.Ops {
				b.WriteByte(op.Op)
				for _, q := range op.P[:map[byte]int{'M': 1, 'L': 1, 'C': 3}[op.Op]] {
					fmt.Fprintf(&b, "%.3g,%.3g ", q.X.Pt(), q.Y.Pt())
				}
			}
			s := strings.TrimSpace(b.String())
			if m.Fill != "" {
				s += fmt.Sprintf(" fill %s %.2g", m.Fill, m.FillOpacity)
			}
			if m.Stroke != "" {
				s += fmt.Sprintf(" stroke %s %.2g width %.3g", m.Stroke, m.StrokeOpacity, m.Width.Pt())
			}
			if len(m.Dash) > 0 {
				s += fmt.Sprint(" dash ", len(m.Dash))
			}
			if m.EvenOdd {
				s += " evenodd"
			}
			out = append(out, s)
		case *drawing.Text:
			out = append(out, fmt.Sprintf("%q at %.3g,%.3g size %.3g weight %d italic %v use %d %s", m.String, m.X.Pt(), m.Y.Pt(), m.Font.Size.Pt(), m.Font.Weight, m.Font.Italic, m.Font.Use, m.Color))
		}
	}
	return out, p.Lost
}

func TestRead(t *testing.T) {
	const curves = "C0,7.24 2.24,5 5,5 C7.76,5 10,7.24 10,10 C10,12.8 7.76,15 5,15 C2.24,15 0,12.8 0,10"
	for name, test := range map[string]struct {
		body string
		want []string
		lost []string
	}{
		"rectangle":         {`<rect x="1" y="2" width="3" height="4"/>`, []string{"M1,2 L4,2 L4,6 L1,6 Z fill #000000 1"}, nil},
		"nothing to see":    {`<rect width="0" height="4"/><rect width="3" height="4" fill="none"/><g display="none"><rect width="1" height="1"/></g><path d="M0 0h9" fill="none" stroke="red" opacity="0"/><circle r="2"/>`, []string{"M0,-2 L0,-2 C1.1,-2 2,-1.1 2,0 L2,0 C2,1.1 1.1,2 0,2 L0,2 C-1.1,2 -2,1.1 -2,0 L-2,0 C-2,-1.1 -1.1,-2 0,-2 Z"}, nil},
		"path, relative":    {`<path d="m1 2 3,4h2v-1l-1-1.5z"/>`, []string{"M1,2 L4,6 L6,6 L6,5 L5,3.5 Z"}, nil},
		"path, more lines":  {`<path d="M1,1 2,2 3,3m1,1 1 1"/>`, []string{"M1,1 L2,2 L3,3 M4,4 L5,5"}, nil},
		"path, smooth":      {`<path d="M0 0C1 1 2 1 3 0S5-1 6 0"/>`, []string{"M0,0 C1,1 2,1 3,0 C4,-1 5,-1 6,0"}, nil},
		"path, quadratic":   {`<path d="M0 0Q3 3 6 0T12 0"/>`, []string{"M0,0 C2,2 4,2 6,0 C8,-2 10,-2 12,0"}, nil},
		"path, arcs":        {`<path d="M0 10a5 5 0 1 1 10 0a5,5,0,11-10,0"/>`, []string{"M0,10 " + curves}, nil},
		"path, up to fault": {`<path d="M0 0 L5 5 L oops"/>`, []string{"M0,0 L5,5"}, nil},
		"lines":             {`<line x1="1" x2="2" stroke="#f00"/><polyline points="1,2 3,4,5 6" fill="none" stroke="blue" stroke-width=".5"/><polygon points="0 0 1 0 1 1"/>`, []string{"M1,0 L2,0 fill #000000 1 stroke #ff0000 1 width 1", "M1,2 L3,4 L5,6 stroke #0000ff 1 width 0.5", "M0,0 L1,0 L1,1 Z"}, nil},
		"transforms":        {`<g transform="translate(10,20) scale(2)"><g transform="rotate(90)"><path d="M1 0L2 0" stroke="red" fill="none"/></g></g>`, []string{"M10,22 L10,24 stroke #ff0000 1 width 2"}, nil},
		"matrix and skew":   {`<path transform="matrix(1 0 0 1 5 5),skewX(45)" d="M0 0L0 1"/>`, []string{"M5,5 L6,6"}, nil},
		"style beats rule beats attribute": {`<style>/* c */ .a, #b {fill:lime} rect.a{stroke:#00f} @media x {}</style>
			<rect class="x a" fill="red" width="1" height="1"/><rect class="a" style="fill : rgb(1,2,3) !important" width="1" height="1" stroke="none"/>`,
			[]string{"M0,0 L1,0 L1,1 L0,1 Z fill #00ff00 1 stroke #0000ff 1 width 1", "M0,0 L1,0 L1,1 L0,1 Z fill #010203 1 stroke #0000ff 1 width 1"}, nil},
		"opacities multiply": {`<g opacity=".5"><rect width="1" height="1" fill="rgba(255,0,0,50%)" fill-opacity=".5"/></g>`, []string{"M0,0 L1,0 L1,1 L0,1 Z fill #ff0000 0.12"}, nil},
		"colours":            {`<rect width="1" height="1" fill="#1234"/><rect width="1" height="1" fill="hsl(120,100%,25%)"/><g color="navy"><rect width="1" height="1" fill="currentColor"/></g>`, []string{"fill #112233 0.27", "fill #008000 1", "fill #000080 1"}, nil},
		"unknown colour":     {`<rect width="1" height="1" fill="device-cmyk(1)"/><circle r="1"/>`, []string{"fill #000000 1"}, []string{"colour device-cmyk(1)"}},
		"gradient": {`<defs><linearGradient id="a"><stop offset="0" stop-color="#000"/><stop offset="1" style="stop-color:#fff"/></linearGradient><radialGradient id="b" xlink:href="#a"/></defs><rect width="1" height="1" fill="url(#b)"/>`,
			[]string{"fill #808080 1"}, []string{"gradient"}},
		"pattern has a substitute": {`<pattern id="p"/><rect width="1" height="1" fill="url(#p) red"/>`, []string{"fill #ff0000 1"}, []string{"pattern"}},
		"use": {`<defs><g id="g"><rect width="1" height="1"/></g><symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol></defs>
			<use xlink:href="#g" x="5" fill="red"/><use href="#s" x="10" y="10" width="20" height="40"/>`,
			[]string{"M5,0 L6,0 L6,1 L5,1 Z fill #ff0000 1", "M10,20 L30,20 L30,40 L10,40 Z fill #000000 1"}, nil},
		"use in a circle":    {`<g id="g"><rect width="1" height="1"/><use href="#g"/></g>`, []string{"M0,0", "M0,0"}, []string{"use in a circle"}},
		"frame":              {`<svg x="50" width="50" height="100" viewBox="0 0 10 10" preserveAspectRatio="xMinYMax meet"><rect width="100%" height="50%"/></svg>`, []string{"M50,50 L100,50 L100,75 L50,75 Z"}, nil},
		"marker":             {`<marker id="m" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="10" markerHeight="10" orient="auto"><path d="M0 0L10 5L0 10z"/></marker><path d="M0 50V90" stroke="red" stroke-width="2" fill="none" marker-end="url(#m)"/>`, []string{"M0,50 L0,90 stroke", "M10,70 L0,90 L-10,70 Z fill #000000 1"}, nil},
		"dashes, even-odd":   {`<path d="M0 0h9v9z" fill-rule="evenodd" stroke="red" stroke-dasharray="1,2,3"/>`, []string{"fill #000000 1 stroke #ff0000 1 width 1 dash 6 evenodd"}, nil},
		"text":               {`<text x="10" y="20" font-size="10" font-family="Courier New" fill="red">a <tspan font-weight="bold" dx="1" dy="2">b</tspan></text>`, []string{`"a" at 10,20 size 10 weight 400 italic false use 2 #ff0000`, `"b" at 21,22 size 10 weight 700 italic false use 2 #ff0000`}, nil},
		"text, middle":       {`<text x="50" y="20" text-anchor="middle" style="font: italic 10px/1.2 Georgia, serif">abcd</text>`, []string{`"abcd" at 40,20 size 10 weight 400 italic true use 0 #000000`}, nil},
		"text, end of lines": {`<text font-size="10" text-anchor="end"><tspan x="50" y="10">ab</tspan> <tspan x="50" dy="1.2em">abc</tspan></text>`, []string{`"ab" at 40,10`, `"abc" at 35,22`}, nil},
		"text, its spaces":   {"<text font-size='10'>\n  a\n  b <tspan>  c </tspan>\n</text>", []string{`"a b" at 0,0`, `"c" at 20,0`}, nil},
		"text, every letter": {`<text font-size="10" x="0 20 50">abcd</text>`, []string{`"a" at 0,0`, `"b" at 20,0`, `"cd" at 50,0`}, nil},
		"text, scaled":       {`<g transform="scale(2)"><text font-size="10" x="5" y="6" text-anchor="middle">ab</text></g>`, []string{`"ab" at 0,12 size 20`}, nil},
		"text, turned":       {`<text transform="translate(10 10) rotate(90)" font-size="10" x="1">ab</text>`, []string{"M10,11 L10,21 fill #000000 1"}, nil},
		"what is lost":       {`<rect width="1" height="1" filter="url(#f)"/><foreignObject/><image href="x.png"/><script/><g mask="url(#m)" clip-path="url(#c)"/>`, []string{"M0,0"}, []string{"clip-path", "filter", "foreignObject", "image", "mask", "script"}},
		"a clip of nothing":  {`<clipPath id="c"><rect width="100" height="100"/></clipPath><g clip-path="url(#c)"><rect width="1" height="1"/></g>`, []string{"M0,0"}, nil},
		"switch":             {`<switch><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><text>x</text></switch>`, []string{`"x"`}, nil},
		"outside":            {`<rect x="-10" width="5" height="5"/><rect width="1" height="1"/>`, []string{"M0,0"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, lost := dump(t, test.body)
			ok := len(got) == len(test.want)
			for i := range min(len(got), len(test.want)) {
				ok = ok && strings.Contains(got[i], test.want[i])
			}
			if !ok {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
			if !slices.Equal(lost, test.lost) {
				t.Errorf("lost %q, want %q", lost, test.lost)
			}
		})
	}
}

func TestSize(t *testing.T) {
	for attrs, want := range map[string][2]float64{
		`width="20" height="10"`:                         {20, 10},
		`width="1in" height="72pt" viewBox="0 0 1 1"`:    {96, 96},
		`viewBox="0 0 30 60"`:                            {30, 60},
		`width="15" viewBox="0 0 30 60"`:                 {15, 30},
		`width="100%" height="100%" viewBox="0 0 30 60"`: {30, 60},
		``: {300, 150},
		`width="-1" height="nonsense" viewBox="0 0 -1 banana"`: {300, 150},
	} {
		p, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" ` + attrs + `><title> A
			title </title><rect width="1" height="1"/></svg>`))
		if err != nil || p.Width != want[0] || p.Height != want[1] || p.Title != "A title" {
			t.Errorf("%s: %+v, %v, want %v", attrs, p, err, want)
		}
	}
}

func TestOverflow(t *testing.T) {
	for body, want := range map[string]bool{
		`<rect width="10" height="10"/>`:                    false,
		`<rect x="5" width="10" height="5"/>`:               true,
		`<path d="M1 0h3" stroke="red" stroke-width="4"/>`:  true,
		`<text x="50">a</text><rect width="1" height="1"/>`: false, // too far away for a part of it to be seen
	} {
		p, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">` + body + `</svg>`))
		if err != nil || p.Overflows != want {
			t.Errorf("%s: overflows %v, %v", body, p.Overflows, err)
		}
	}
}

// TestHostile holds that files that ask for endless work, endless memory or endless numbers get a quick answer.
func TestHostile(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">`
	var lol strings.Builder
	lol.WriteString(`<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">`)
	for i := range 12 {
		fmt.Fprintf(&lol, `<!ENTITY b%d "&b%d;&b%d;&b%d;&b%d;&b%d;&b%d;&b%d;&b%d;">`, i+1, i, i, i, i, i, i, i, i)
	}
	lol.WriteString(`]>` + open + `<text>&b12;</text></svg>`)
	var uses strings.Builder
	uses.WriteString(open + `<defs><g id="u0"><rect width="1" height="1"/></g>`)
	for i := range 20 {
		fmt.Fprintf(&uses, `<g id="u%d">%s</g>`, i+1, strings.Repeat(fmt.Sprintf(`<use href="#u%d"/>`, i), 10))
	}
	uses.WriteString(`</defs><use href="#u20"/></svg>`)
	for name, file := range map[string]string{
		"entities":  lol.String(),
		"uses":      uses.String(),
		"depth":     open + strings.Repeat("<g>", 1_000_000),
		"elements":  open + strings.Repeat("<g/>", 1_000_000) + "</svg>",
		"numbers":   open + `<path d="M1e999 -1e999 L 1e308 1e308 A 1e308 1e-308 1e300 1 1 1e308 NaN"/><rect width="1e400" height="infinity" transform="scale(1e300) scale(1e300) matrix(1e999 0 0 1e999 0 0)"/></svg>`,
		"path":      open + `<path d="M0 0` + strings.Repeat("h1", 3_000_000) + `"/></svg>`,
		"dashes":    open + `<path d="M0 0h9" stroke="red" stroke-dasharray="` + strings.Repeat("0.0001 ", 100000) + `"/></svg>`,
		"gradients": open + `<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect width="9" height="9" fill="url(#a)"/></svg>`,
		"markers":   open + `<marker id="m"><path d="M0 0h1v1h1v1" marker-mid="url(#m)" marker-start="url(#m)" stroke="red"/></marker><path d="M0 0h1" marker-start="url(#m)"/></svg>`,
		"rules":     open + `<style>` + strings.Repeat("*{fill:red}", 100000) + `</style>` + strings.Repeat(`<rect width="1" height="1"/>`, 100) + `</svg>`,
		"size":      strings.Repeat(" ", 20<<20),
		"transform": open + `<rect width="1" height="1" transform="` + strings.Repeat("rotate(1)", 100000) + `"/></svg>`,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p, err := svg.Read([]byte(file))
			if err == nil {
				p.Drawing(100*unit.Pt, ruler{})
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestNoPicture(t *testing.T) {
	for name, test := range map[string]struct {
		file string
		want error
	}{
		"empty":           {"", svg.ErrNoSVG},
		"a page":          {"<html/>", svg.ErrNoSVG},
		"nothing in it":   {`<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>`, svg.ErrNothing},
		"not well-formed": {`<svg><g></svg>`, nil},
	} {
		_, err := svg.Read([]byte(test.file))
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, want %v", name, err, test.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	shapes, err := treetest.TortureAssets().Open("shapes.svg")
	if err != nil {
		f.Fatal(err)
	}
	buf := make([]byte, 1<<14)
	n, _ := shapes.Read(buf)
	f.Add(buf[:n])
	f.Add([]byte(`<svg><path d="M0 0a1 1 0 011 1t3 3z" transform="skewY(3)"/><text x="1 2">a<tspan dy="1">b</tspan></text></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := svg.Read(data); err == nil {
			p.Drawing(100*unit.Pt, ruler{})
		}
	})
}
