package drawing

import (
	"cmp"
	"slices"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
)

// Typesetter shapes lines of type with the faces of a font set: one family for each use, the families of other scripts for
// what they lack. It is safe for concurrent use.
type Typesetter struct {
	set      *fonts.Set
	families [3]string
	lang     string
}

// NewTypesetter returns a typesetter with the families of a layout, for text in a language (BCP 47).
func NewTypesetter(set *fonts.Set, f layouts.Fonts, lang string) *Typesetter {
	return &Typesetter{set: set, families: [3]string{Body: f.Text, Heading: f.Heading, Code: f.Code}, lang: lang}
}

// run is a piece of a line in one face.
type run struct {
	font   *shape.Font
	glyphs []shape.Glyph
}

// Measure returns the width of a line.
func (t *Typesetter) Measure(text string, f Font) unit.Len {
	var w unit.Len
	for _, r := range t.shape(text, f, false) {
		w += scale(shape.Advance(r.glyphs), f.Size, r.font.UnitsPerEm())
	}
	return w
}

// shape returns the runs of a line from left to right.
func (t *Typesetter) shape(text string, f Font, rtl bool) []run {
	chain := t.chain(f)
	if text == "" || len(chain) == 0 {
		return nil
	}
	items := shape.NewParagraph(text, rtl).Items(0, len(text), chain, t.fallback(f))
	var out []run
	for _, it := range visual(items) {
		out = append(out, run{it.Font, it.Font.Shape(text[it.Start:it.End], shape.Options{
			Lang: t.lang, Script: it.Script, RTL: it.RTL(), Features: lining,
		})})
	}
	return out
}

// lining are figures as high as capitals, which suit single lines better than those for running text.
var lining = []shape.Feature{{Tag: "lnum", Value: 1}, {Tag: "pnum", Value: 1}}

// visual brings the items of a line into the order from left to right (UAX 9, rule L2).
func visual(items []shape.Item) []shape.Item {
	out := slices.Clone(items)
	var most uint8
	for _, it := range out {
		most = max(most, it.Level)
	}
	for level := most; level > 0; level-- {
		for i := 0; i < len(out); i++ {
			j := i
			for j < len(out) && out[j].Level >= level {
				j++
			}
			slices.Reverse(out[i:j])
			i = j
		}
	}
	return out
}

func (t *Typesetter) chain(f Font) []*shape.Font {
	weight := cmp.Or(f.Weight, fonts.Regular)
	for _, family := range append([]string{t.families[f.Use]}, t.set.Fallback()...) {
		if font := t.load(family, weight, f.Italic); font != nil {
			return []*shape.Font{font}
		}
	}
	return nil
}

// load returns the font of a family, upright if it has no italic, nil if the set does not have it.
func (t *Typesetter) load(family string, weight int, italic bool) *shape.Font {
	face := t.set.Face(family, weight, italic)
	if face == nil && italic {
		face = t.set.Face(family, weight, false)
	}
	if face == nil {
		return nil
	}
	font, err := shape.Load(face)
	if err != nil {
		return nil
	}
	return font
}

// fallback finds fonts for what the family of a line lacks: families made for the script before those of all signs.
func (t *Typesetter) fallback(f Font) shape.Fallback {
	weight := cmp.Or(f.Weight, fonts.Regular)
	return func(cluster string, script shape.Script, emoji bool) *shape.Font {
		families := t.set.ForScript(string(script))
		families = append(slices.Clone(families), t.set.Fallback()...)
		for _, family := range append(families, t.set.ForScript("Hani")...) {
			if font := t.load(family, weight, f.Italic); font != nil && font.Shows(cluster) {
				return font
			}
		}
		return nil
	}
}

// scale converts font units to a length at a size, rounded to the nearest.
func scale(units int32, size unit.Len, upem int32) unit.Len {
	return unit.Len((2*int64(units)*int64(size) + int64(upem)) / (2 * int64(upem)))
}
