package svg_test

import (
	"errors"
	"fmt"
	"io/fs"
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
	p, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">`+body+`</svg>`), svg.Options{
		Open: func(href string) ([]byte, error) {
			if href == "a%20b.png" {
				return []byte("file"), nil
			}
			return nil, fs.ErrNotExist
		},
		Bitmap: func(data []byte) (*drawing.Bitmap, error) {
			return &drawing.Bitmap{Key: string(data), Width: 10, Height: 10}, nil
		},
	})
	if p == nil {
		t.Fatal(err)
	}
	return list(p.Drawing(100*unit.Pt, ruler{}).Marks), p.Lost
}

// list describes marks, those of groups between braces.
func list(marks []drawing.Mark) (out []string) {
	for _, m := range marks {
		switch m := m.(type) {
		case *drawing.Path:
			s := outline(m.Ops)
			if m.Fill != "" {
				s += fmt.Sprintf(" fill %s %.2g%s", m.Fill, m.FillOpacity, with(m.FillWith))
			}
			if m.Stroke != "" {
				s += fmt.Sprintf(" stroke %s %.2g width %.3g%s", m.Stroke, m.StrokeOpacity, m.Width.Pt(), with(m.StrokeWith))
			}
			if m.Pen != (drawing.Matrix{}) {
				s += fmt.Sprintf(" pen %.3g", m.Pen)
			}
			if len(m.Dash) > 0 {
				s += fmt.Sprint(" dash ", len(m.Dash))
			}
			if m.EvenOdd {
				s += " evenodd"
			}
			out = append(out, s)
		case *drawing.Text:
			s := fmt.Sprintf("%q at %.3g,%.3g size %.3g weight %d italic %v use %d %s", m.String, m.X.Pt(), m.Y.Pt(), m.Font.Size.Pt(), m.Font.Weight, m.Font.Italic, m.Font.Use, m.Color)
			if m.Spacing != 0 || m.Stretch != 0 {
				s += fmt.Sprintf(" spacing %.3g stretch %.3g", m.Spacing.Pt(), m.Stretch)
			}
			out = append(out, s)
		case *drawing.Picture:
			out = append(out, fmt.Sprintf("bitmap %s in %.3g", m.Bitmap.Key, m.Matrix))
		case *drawing.Group:
			s := "{"
			for _, c := range m.Clips {
				s += " clip " + outline(c.Ops)
			}
			if m.Mask != nil {
				s += fmt.Sprintf(" mask %v [%s]", m.Mask.Alpha, strings.Join(list(m.Mask.Marks), "; "))
			}
			if m.Opacity > 0 && m.Opacity < 1 {
				s += fmt.Sprintf(" opacity %.2g", m.Opacity)
			}
			out = append(append(append(out, s+" "+string(m.Blend)), list(m.Marks)...), "}")
		}
	}
	return out
}

func outline(ops []drawing.Op) string {
	var b strings.Builder
	for _, op := range ops {
		b.WriteByte(op.Op)
		for _, q := range op.P[:map[byte]int{'M': 1, 'L': 1, 'C': 3}[op.Op]] {
			fmt.Fprintf(&b, "%.3g,%.3g ", q.X.Pt(), q.Y.Pt())
		}
	}
	return strings.TrimSpace(b.String())
}

func with(p drawing.Paint) string {
	switch p := p.(type) {
	case *drawing.Gradient:
		s := fmt.Sprintf(" gradient radial %v %.3g", p.Radial, p.Matrix)
		if p.Radial {
			s += fmt.Sprintf(" focus %.3g,%.3g,%.3g", p.FX, p.FY, p.FR)
		}
		for _, st := range p.Stops {
			s += fmt.Sprintf(" %.3g%s/%.2g", st.At, st.Color, st.Opacity)
		}
		return s
	case *drawing.Tiling:
		return fmt.Sprintf(" tiles %.3gx%.3g %.3g [%s]", p.Width.Pt(), p.Height.Pt(), p.Matrix, strings.Join(list(p.Marks), "; "))
	}
	return ""
}

func TestRead(t *testing.T) {
	const curves = "C0,7.24 2.24,5 5,5 C7.76,5 10,7.24 10,10 C10,12.8 7.76,15 5,15 C2.24,15 0,12.8 0,10"
	for name, test := range map[string]struct {
		body string
		want []string
		lost []string
	}{
		"rectangle":         {`<rect x="1" y="2" width="3" height="4"/>`, []string{"M1,2 L4,2 L4,6 L1,6 Z fill #000000 1"}, nil},
		"nothing to see":    {`<rect width="0" height="4"/><rect width="3" height="4" fill="none"/><g display="none"><rect width="1" height="1"/></g><path d="M0 0h9" fill="none" stroke="red" opacity="0"/><circle r="2"/>`, []string{"M2,0 C2,1.1 1.1,2 0,2 C-1.1,2 -2,1.1 -2,0 C-2,-1.1 -1.1,-2 0,-2 C1.1,-2 2,-1.1 2,0 Z"}, nil},
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
		"gradient, by box": {`<linearGradient id="a"><stop offset="0" stop-color="#000"/><stop offset="1" style="stop-color:#fff"/></linearGradient><rect x="10" y="20" width="40" height="30" fill="url(#a)"/>`,
			[]string{"fill #808080 1 gradient radial false [40 0 0 30 10 20] 0#000000/1 1#ffffff/1"}, nil},
		"gradient, inherited": {`<linearGradient id="a" x2="9"><stop offset=".25" stop-color="red" stop-opacity=".5"/><stop offset="50%" stop-color="blue"/></linearGradient><radialGradient id="b" xlink:href="#a" gradientUnits="userSpaceOnUse" cx="50" cy="40" r="20" fx="40" gradientTransform="translate(1 2)"/><rect width="9" height="9" fill="none" stroke="url(#b)"/>`,
			[]string{"gradient radial true [20 0 0 20 51 42] focus -0.5,0,0 0.25#ff0000/0.5 0.5#0000ff/1"}, nil},
		"gradient, repeated": {`<linearGradient id="a" gradientUnits="userSpaceOnUse" x1="0" x2="5" spreadMethod="reflect"><stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/></linearGradient><path d="M0 0h10v1z" fill="url(#a)" stroke="none" stroke-width="0"/>`,
			[]string{"[10 0 0 10 0 0] 0#000000/1 0.5#ffffff/1 0.5#ffffff/1 1#000000/1"}, nil},
		"gradient, even opacity":   {`<linearGradient id="a"><stop stop-opacity=".5"/><stop offset="1" stop-color="#fff" stop-opacity=".5"/></linearGradient><rect width="1" height="1" fill="url(#a)"/>`, []string{"fill #808080 0.5 gradient radial false [1 0 0 1 0 0] 0#000000/1 1#ffffff/1"}, nil},
		"gradient without length":  {`<linearGradient id="a" x2="0"><stop/><stop offset="1" stop-color="lime"/></linearGradient><linearGradient id="one"><stop stop-color="red"/></linearGradient><rect width="1" height="1" fill="url(#a)"/><rect width="1" height="1" fill="url(#one)"/>`, []string{"Z fill #00ff00 1", "Z fill #ff0000 1"}, nil},
		"pattern":                  {`<pattern id="p" width="4" height="6" patternUnits="userSpaceOnUse" patternTransform="scale(2)"><rect width="2" height="3"/></pattern><rect width="50" height="50" fill="url(#p)"/>`, []string{"fill #000000 1 tiles 8x12 [1 0 0 1 0 0] [M0,0 L4,0 L4,6 L0,6 Z fill #000000 1]"}, nil},
		"pattern, transparent":     {`<pattern id="p" width=".5" height=".5"><rect width="2" height="3"/></pattern><rect width="8" height="8" fill="url(#p)" fill-opacity=".5"/>`, []string{"{ opacity 0.5", "tiles 4x4", "}"}, nil},
		"pattern has a substitute": {`<rect width="1" height="1" fill="url(#p) red"/>`, []string{"fill #ff0000 1"}, nil},
		"group is transparent":     {`<g opacity=".5"><rect width="1" height="1"/><rect width="2" height="1"/></g><g opacity=".5"><rect width="1" height="1"/></g><rect width="1" height="1" opacity=".5" stroke="red"/>`, []string{"{ opacity 0.5", "1 ", "1 ", "}", "fill #000000 0.5", "{ opacity 0.5", "fill #000000 1 stroke #ff0000 1", "}"}, nil},
		"clip":                     {`<clipPath id="c"><circle cx="5" cy="5" r="4"/></clipPath><g clip-path="url(#c)" transform="translate(10)"><rect width="9" height="9"/></g>`, []string{"{ clip M19,5 C", "M10,0", "}"}, nil},
		"clip, two that overlap":   {`<clipPath id="c"><rect width="6" height="6"/><path d="M4 4V9H9V4z"/></clipPath><circle cx="5" cy="5" r="5" clip-path="url(#c)"/>`, []string{"{ clip M0,0 L6,0 L6,6 L0,6 ZM9,4 L9,9 L4,9 L4,4 Z", "M10,5", "}"}, nil},
		"clip of a box, clipped":   {`<clipPath id="d"><rect width="5" height="90"/></clipPath><clipPath id="c" clipPathUnits="objectBoundingBox" clip-path="url(#d)"><circle cx=".5" cy=".5" r=".5"/></clipPath><rect width="8" height="8" clip-path="url(#c)"/>`, []string{"{ clip M8,4 ", "M0,0", "}"}, nil},
		"clip with holes and type": {`<clipPath id="c"><text font-size="10">a</text></clipPath><rect width="8" height="8" clip-path="url(#c)"/>`, []string{"{ mask true [M0,0 L5,0 fill #ffffff 1]", "{", "M0,0 L8,0", "}", "}"}, nil},
		"clip of nothing":          {`<clipPath id="c"/><rect width="8" height="8" clip-path="url(#c)"/><rect width="8" height="8" clip-path="url(#none)"/>`, []string{"M0,0"}, nil},
		"mask":                     {`<mask id="m"><rect width="4" height="8" fill="white"/></mask><rect width="8" height="8" mask="url(#m)"/>`, []string{"{ mask false [{ clip M-0.8,-0.8 L8.8,-0.8 L8.8,8.8 L-0.8,8.8 Z ; M0,0 L4,0 L4,8 L0,8 Z fill #ffffff 1; }]", "M0,0", "}"}, nil},
		"circles of references":    {`<mask id="m"><rect width="4" height="4" mask="url(#m)"/></mask><clipPath id="c"><rect width="1" height="1" clip-path="url(#c)"/></clipPath><pattern id="p" width="9" height="9"><rect width="1" height="1" fill="url(#p)"/></pattern><rect width="8" height="8" mask="url(#m)"/><rect width="8" height="8" clip-path="url(#c)"/><rect width="8" height="8" fill="url(#p)"/>`, []string{"{ mask false", "M0,0", "}", "{ mask true", "{", "M0,0", "}", "}"}, []string{"clip-path in a circle", "mask in a circle", "pattern in a circle"}},
		"blend":                    {`<g style="mix-blend-mode:color-dodge"><rect width="1" height="1"/></g>`, []string{"{ ColorDodge", "M0,0", "}"}, nil},
		"stroke below fill":        {`<rect width="2" height="2" stroke="red" paint-order="stroke"/>`, []string{"Z stroke", "Z fill"}, nil},
		"stroke of an uneven pen":  {`<path d="M0 0h2" transform="scale(8 2)" stroke="red"/>`, []string{"M0,0 L16,0 fill #000000 1 stroke #ff0000 1 width 4 pen [2 0 0 0.5 0 0]"}, nil},
		"stroke of fixed width":    {`<path d="M0 0h2" transform="scale(5)" stroke="red" vector-effect="non-scaling-stroke"/>`, []string{"width 1"}, nil},
		"selectors": {`<style>@import "x"; @keyframes a{from{fill:red}to{fill:red}} #top .n > rect{fill:#010101} .n rect{fill:#020202;stroke:blue!important} [data-k="v"]{fill:#030303} rect:hover{fill:#040404} @media print{circle{fill:#050505}} @media (prefers-color-scheme:dark){circle{fill:#060606}} :root{--c:#070707}</style>
			<g id="top"><g class="n"><rect width="1" height="1" style="stroke:red"/><g><rect width="1" height="1"/></g></g></g><path data-k="v" d="M0 0h1v1"/><circle r="1"/><path d="M0 0h1v1" fill="var(--c, red)" stroke="light-dark(#080808, white)"/><path d="M0 0h1v1" style="fill: var(--none, var(--c))"/>`,
			[]string{"fill #010101 1 stroke #0000ff", "fill #020202 1 stroke #0000ff", "fill #030303", "fill #050505", "fill #070707 1 stroke #080808", "fill #070707"}, nil},
		"colours of the context":  {`<marker id="m" orient="auto" overflow="visible"><path d="M0 0L1 1V0z" fill="context-stroke"/></marker><path d="M5 5h9" stroke="lime" marker-end="url(#m)"/>`, []string{"stroke #00ff00", "fill #00ff00"}, nil},
		"not a colour":            {`<g fill="lime"><rect width="1" height="1" fill="frobnicate"/></g>`, []string{"fill #00ff00"}, nil},
		"bitmaps":                 {`<image href="data:image/png;base64,cG5n" x="10" width="20" height="40"/><image xlink:href="a%20b.png" width="4" height="2" preserveAspectRatio="xMinYMin slice"/><image href="none.png" width="1" height="1"/>`, []string{"bitmap png in [20 0 0 20 10 10]", "{ clip M0,0 L4,0 L4,2 L0,2 Z", "bitmap file in [4 0 0 4 0 0]", "}"}, []string{"image none.png"}},
		"a picture in it":         {`<image href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='10' height='10'%3E%3Crect width='5' height='5'/%3E%3C/svg%3E" x="50" width="20" height="20"/>`, []string{"M50,0 L60,0 L60,10 L50,10 Z"}, nil},
		"text along a path":       {`<path id="t" d="M10 50H90" fill="none"/><text font-size="10"><textPath href="#t" startOffset="50%" text-anchor="middle">ab</textPath></text>`, []string{"M45,50 L50,50 M50,50 L55,50 fill #000000 1"}, nil},
		"text, as long as wanted": {`<text font-size="10" textLength="18">abcd</text><text font-size="10" textLength="23">abcd</text>`, []string{"size 10 weight 400 italic false use 1 #000000 spacing 0 stretch 0.9", "spacing 0.333 stretch 1.1"}, nil},
		"text, spaced":            {`<text font-size="10" letter-spacing="2" text-anchor="end" x="50">abcd</text>`, []string{`"abcd" at 22,0`}, nil},
		"text, turned letters":    {`<text font-size="10" x="10" y="10" rotate="0 90">ab</text>`, []string{`"a" at 10,10`, "M15,10 L15,15 fill"}, nil},
		"text with a stroke":      {`<text font-size="10" stroke="red" paint-order="stroke">a</text><text font-size="10" fill="none" stroke="red">a</text>`, []string{"stroke #ff0000", `"a"`, "stroke #ff0000"}, nil},
		"text, underlined":        {`<text font-size="10" text-decoration="underline" fill="red">ab</text>`, []string{`"ab"`, "M0,1.1 L10,1.1"}, nil},
		"text, transparent":       {`<text font-size="10" fill-opacity=".5">ab</text>`, []string{"{ opacity 0.5", `"ab"`, "}"}, nil},
		"page, flexible": {`<switch><foreignObject width="100%" height="100%"><div xmlns="http://www.w3.org/1999/xhtml" style="display: flex; align-items: unsafe center; justify-content: unsafe center; width: 40px; height: 1px; padding-top: 50px; margin-left: 20px;"><div style="font-size: 0px; text-align: center;"><div style="display: inline-block; font-size: 10px; color: #ff0000; line-height: 1.2;">abcd <b>ef</b>gh</div></div></div></foreignObject><text>abc...</text></switch>`,
			[]string{`"abcd" at 30,47.9 size 10 weight 400 italic false use 1 #ff0000`, `"ef" at 30,59.9 size 10 weight 700`, `"gh" at 40,59.9`}, nil},
		"page, in a box": {`<style>#l .n{color:#333333} .back{background-color:#eeeeee}</style><g id="l"><foreignObject x="10" y="10" width="40" height="24"><div xmlns="http://www.w3.org/1999/xhtml" style="display: table-cell; white-space: nowrap; line-height: 1.5; text-align: center;"><span class="n back"><p style="margin: 0">abc<br/>d</p></span></div></foreignObject></g>`,
			[]string{"M18,10 L42,10 L42,34 L18,34 Z fill #eeeeee", "M26,34", `"abc" at 18,27.4 size 16 weight 400 italic false use 1 #333333`, `"d" at 26,51.4`}, nil},
		"page, more than text": {`<foreignObject width="90" height="9"><div xmlns="http://www.w3.org/1999/xhtml" style="font-size:10px">x<img src="y"/></div></foreignObject>`, []string{`"x"`}, []string{"foreignObject"}},
		"switch, languages":    {`<switch><text systemLanguage="de">x</text><text systemLanguage="fr, en-US">y</text><text>z</text></switch><switch><g requiredFeatures="a"/><text>no</text></switch>`, []string{`"y"`}, nil},
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
		"what is lost":       {`<filter id="f"><feGaussianBlur/></filter><rect width="1" height="1" filter="url(#f)"/><foreignObject/><image href="x.png"/><script/><g mask="url(#m)" clip-path="url(#c)"/>`, []string{"M0,0"}, []string{"filter", "image x.png", "script"}},
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
		p, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" `+attrs+`><title> A
			title </title><rect width="1" height="1"/></svg>`), svg.Options{})
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
		p, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">`+body+`</svg>`), svg.Options{})
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
	// nested makes 20 definitions, each of which uses the one before ten times.
	nested := func(first, each, use string) string {
		var b strings.Builder
		b.WriteString(open + "<defs>" + first)
		for i := range 20 {
			fmt.Fprintf(&b, strings.ReplaceAll(each, "USES", strings.Repeat(strings.ReplaceAll(use, "ID", fmt.Sprint(i)), 10)), i+1)
		}
		return b.String() + "</defs>" + strings.ReplaceAll(use, "ID", "20") + "</svg>"
	}
	text := strings.Repeat("word ", 100_000)
	for name, file := range map[string]string{
		"stops":           open + `<linearGradient id="a">` + strings.Repeat(`<stop offset="1"/>`, 150_000) + `</linearGradient>` + strings.Repeat(`<rect width="9" height="9" fill="url(#a)"/>`, 5_000) + `</svg>`,
		"repeats":         open + `<radialGradient id="a" gradientUnits="userSpaceOnUse" r="0.000001" fx=".9" spreadMethod="repeat"><stop/><stop offset="1" stop-color="red"/></radialGradient><linearGradient id="b" gradientUnits="userSpaceOnUse" x2=".05" spreadMethod="reflect"><stop/><stop offset="1" stop-color="red"/></linearGradient>` + strings.Repeat(`<rect width="9" height="9" fill="url(#a)" stroke="url(#b)"/>`, 20_000) + `</svg>`,
		"gradient chain":  open + `<linearGradient id="a0"/>` + strings.Repeat(`<linearGradient id="a" href="#a"/>`, 10) + `<rect width="9" height="9" fill="url(#a)"/></svg>`,
		"patterns":        nested(`<pattern id="u0" width="1" height="1"/>`, `<pattern id="u%d" width="1" height="1">USES</pattern>`, `<rect width="1" height="1" fill="url(#uID)"/>`),
		"masks":           nested(`<mask id="u0"/>`, `<mask id="u%d">USES</mask>`, `<rect width="1" height="1" mask="url(#uID)"/>`),
		"clips":           nested(`<clipPath id="u0"/>`, `<clipPath id="u%d">USES</clipPath>`, `<rect width="1" height="1" clip-path="url(#uID)"/>`),
		"text many times": open + `<text id="t">` + text + `</text>` + strings.Repeat(`<use href="#t"/>`, 10_000) + `</svg>`,
		"pages":           open + `<g id="t"><foreignObject width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml">` + strings.Repeat("<p>a</p>", 1000) + `</div></foreignObject></g>` + strings.Repeat(`<use href="#t"/>`, 10_000) + `</svg>`,
		"depth of a page": open + `<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">` + strings.Repeat("<div>", 100_000),
		"selectors":       open + `<style>` + strings.Repeat("* * * * * * * b{fill:red}", 3000) + `</style>` + strings.Repeat("<g>", 150) + strings.Repeat(`<b/>`, 1000) + strings.Repeat("</g>", 150) + `</svg>`,
		"braces":          open + `<style>` + strings.Repeat("@media print{", 100_000) + `</style></svg>`,
		"variables":       open + `<style>:root{--a:var(--b)var(--b)var(--b);--b:var(--a)var(--a)}</style><rect width="1" height="1" fill="var(--a)"/></svg>`,
		"pictures":        open + strings.Repeat(`<image width="1" height="1" href="data:image/svg+xml,`, 50) + strings.Repeat(`"/>`, 50) + `</svg>`,
		"track":           open + `<path id="p" d="M0 0` + strings.Repeat("c1 1 2 1 3 0", 1_000) + `"/>` + strings.Repeat(`<text><textPath href="#p">abcdef</textPath></text>`, 500) + `</svg>`,
		"places":          open + `<text x="` + strings.Repeat("1 ", 200_000) + `">` + text + `</text></svg>`,
		"turns":           open + `<text rotate="` + strings.Repeat("1 ", 200_000) + `">` + text[:20_000] + `</text></svg>`,
		"entities":        lol.String(),
		"uses":            uses.String(),
		"depth":           open + strings.Repeat("<g>", 1_000_000),
		"elements":        open + strings.Repeat("<g/>", 1_000_000) + "</svg>",
		"numbers":         open + `<path d="M1e999 -1e999 L 1e308 1e308 A 1e308 1e-308 1e300 1 1 1e308 NaN"/><rect width="1e400" height="infinity" transform="scale(1e300) scale(1e300) matrix(1e999 0 0 1e999 0 0)"/></svg>`,
		"path":            open + `<path d="M0 0` + strings.Repeat("h1", 3_000_000) + `"/></svg>`,
		"dashes":          open + `<path d="M0 0h9" stroke="red" stroke-dasharray="` + strings.Repeat("0.0001 ", 100000) + `"/></svg>`,
		"gradients":       open + `<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect width="9" height="9" fill="url(#a)"/></svg>`,
		"markers":         open + `<marker id="m"><path d="M0 0h1v1h1v1" marker-mid="url(#m)" marker-start="url(#m)" stroke="red"/></marker><path d="M0 0h1" marker-start="url(#m)"/></svg>`,
		"rules":           open + `<style>` + strings.Repeat("*{fill:red}", 100000) + `</style>` + strings.Repeat(`<rect width="1" height="1"/>`, 100) + `</svg>`,
		"size":            strings.Repeat(" ", 20<<20),
		"transform":       open + `<rect width="1" height="1" transform="` + strings.Repeat("rotate(1)", 100000) + `"/></svg>`,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p, err := svg.Read([]byte(file), svg.Options{})
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
		_, err := svg.Read([]byte(test.file), svg.Options{})
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
	for _, body := range []string{
		`<linearGradient id="a" spreadMethod="reflect" x2=".3"><stop offset="1"/><stop stop-color="red" stop-opacity=".5"/></linearGradient><radialGradient id="b" href="#a" fx="2" fr=".1" gradientTransform="rotate(3)"/><path d="M0 0h9v9z" fill="url(#a)" stroke="url(#b)"/>`,
		`<pattern id="p" width=".5" height="3" viewBox="0 0 2 2" patternTransform="skewX(9)"><circle r="1"/></pattern><mask id="m"><rect width="9" height="9" fill="url(#p)"/></mask><clipPath id="c" clipPathUnits="objectBoundingBox"><rect width="1" height="1"/><circle r=".5"/><text>a</text></clipPath><g mask="url(#m)" clip-path="url(#c)" opacity=".5"><rect width="9" height="9"/></g>`,
		`<style>@media print{#a > .b[c="d"]{fill:var(--x, light-dark(red, blue))!important}}</style><g id="a"><rect class="b" c="d" width="1" height="1"/></g>`,
		`<switch><foreignObject width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml" style="display:flex;align-items:end;white-space:pre-wrap"><ul><li>a <b>b</b><br/></li></ul></div></foreignObject></switch><path id="t" d="M0 0c1 1 2 2 3 0z"/><text rotate="1 2" textLength="9"><textPath href="#t" startOffset="10%">abc</textPath></text>`,
		`<image href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Crect width='1' height='1'/%3E%3C/svg%3E" width="1" height="2" preserveAspectRatio="xMaxYMin slice"/><marker id="m" orient="auto" markerWidth="1" markerHeight="1"><path d="M0 0h9" stroke="context-stroke"/></marker><path d="M0 0h9v9" marker="url(#m)" stroke="red" stroke-dasharray="1"/>`,
	} {
		f.Add([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">` + body + `</svg>`))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := svg.Read(data, svg.Options{}); err == nil {
			p.Drawing(100*unit.Pt, ruler{})
		}
	})
}
