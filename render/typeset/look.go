package typeset

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// look is how a stretch of text is set: which faces, how large, in which colour and with which features. Looks are
// values, so that runs can compare them.
type look struct {
	family   string
	weight   int
	italic   bool
	size     unit.Len
	color    layouts.Color
	tracking float64 // letterspace in em
	rise     unit.Len
	figures  figures
	caps     bool // small capitals
	script   byte // '^' and '_' for superior and inferior figures of the face itself
	code     bool // verbatim: no hyphenation, no ligatures, no expansion

	underline, strike bool
	back              layouts.Color
}

// figures chooses the forms of digits.
type figures uint8

const (
	liningFigures   figures = iota // as high as capitals, each with its own width
	oldstyleFigures                // with ascenders and descenders, for running text
	tabularFigures                 // lining and of one width, for columns of numbers
)

// features returns the OpenType features of the look, those that differ from what shaping does by default.
func (l *look) features(f *shape.Font) []shape.Feature {
	if l.code {
		return codeFeatures
	}
	feats := figureFeatures[l.figures]
	if l.caps && f.HasFeature("smcp") {
		feats = append(slices.Clip(feats), shape.Feature{Tag: "smcp", Value: 1})
	}
	switch l.script {
	case '^':
		feats = append(slices.Clip(feats), shape.Feature{Tag: "sups", Value: 1})
	case '_':
		feats = append(slices.Clip(feats), shape.Feature{Tag: "subs", Value: 1})
	}
	return feats
}

var (
	codeFeatures   = []shape.Feature{{Tag: "liga"}, {Tag: "calt"}, {Tag: "clig"}}
	figureFeatures = map[figures][]shape.Feature{
		liningFigures:   {{Tag: "lnum", Value: 1}, {Tag: "pnum", Value: 1}},
		oldstyleFigures: {{Tag: "onum", Value: 1}, {Tag: "pnum", Value: 1}},
		tabularFigures:  {{Tag: "lnum", Value: 1}, {Tag: "tnum", Value: 1}},
	}
)

// style is how a paragraph is set.
type style struct {
	look      look
	leading   unit.Len
	justify   bool
	narrow    bool // it would be justified on a wider measure
	hyphenate bool
	protrude  bool
	align     align
	balance   bool // lines of about the same length, for headings
	grid      bool // running text, whose lines stand on the page's grid
}

type align uint8

const (
	alignLeft align = iota
	alignCenter
	alignRight
)

// familyOf resolves the family names of styles: the three uses, or a family's own name.
func (e *engine) familyOf(name string) string {
	switch strings.ToLower(name) {
	case "", "text":
		return e.layout.Fonts.Text
	case "heading":
		return e.layout.Fonts.Heading
	case "code":
		return e.layout.Fonts.Code
	}
	return name
}

// role returns the paragraph style of a role of the layout. Roles other than those of running text are set ragged.
func (e *engine) role(r layouts.Role) style {
	s := e.layout.Styles[r]
	return style{
		look: look{
			family: e.familyOf(s.Family), weight: cmpOr(s.Weight, fonts.Regular), italic: s.Italic, size: s.Size,
			color: cmpOr(s.Color, e.layout.Colors.Text), tracking: s.Tracking, caps: s.SmallCaps, code: s.Family == "code",
		},
		leading: s.Leading,
	}
}

// textStyle is the style of running text.
func (e *engine) textStyle() style {
	t := &e.layout.Text
	s := style{
		look:    look{family: e.layout.Fonts.Text, weight: fonts.Regular, size: t.Size, color: e.layout.Colors.Text},
		leading: t.Leading, justify: t.Justify, hyphenate: t.Hyphenate, protrude: t.Protrusion, grid: t.Grid,
	}
	if t.Oldstyle {
		s.look.figures = oldstyleFigures
	}
	return s
}

// muted returns s in the colour of labels.
func (e *engine) muted(s style) style {
	s.look.color = e.layout.Colors.Muted
	return s
}

// baseline is how far the baseline of a line lies below its top.
func (e *engine) baseline(st *style) unit.Len {
	if st.grid && st.leading == e.layout.Text.Leading {
		return baseline(e.layout.Text.Size, st.leading) // level with other text, whatever the size
	}
	return baseline(st.look.size, st.leading)
}

// code returns the look of code among text of the look l: its size is such that the small letters are a little lower
// than the text's, since monospaced letters look larger than they are.
func (e *engine) code(l look) look {
	c := l
	c.family, c.code, c.caps, c.figures, c.tracking = e.layout.Fonts.Code, true, false, liningFigures, 0
	text, code := e.faces.chain(&l), e.faces.chain(&c)
	if len(text) > 0 && len(code) > 0 {
		a, b := text[0].Metrics(), code[0].Metrics()
		if a.XHeight > 0 && b.XHeight > 0 {
			ratio := float64(a.XHeight) / float64(a.UnitsPerEm) * float64(b.UnitsPerEm) / float64(b.XHeight)
			c.size = l.size.Mul(min(1, ratio*0.95))
		}
	}
	return c
}

func cmpOr[T comparable](a, b T) T {
	var zero T
	if a != zero {
		return a
	}
	return b
}

// scale converts font units to a length at a size, rounded to the nearest.
func scale(units int32, size unit.Len, upem int32) unit.Len {
	v, d := int64(units)*int64(size), int64(upem)
	if v < 0 {
		return unit.Len((v - d/2) / d)
	}
	return unit.Len((v + d/2) / d)
}

// baseline returns how far the baseline lies below the top of a line: the letters, from ascender to descender, stand in
// the middle of the leading.
func baseline(size, leading unit.Len) unit.Len { return leading/2 + size.Mul(0.25) }
