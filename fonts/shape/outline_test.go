package shape

import (
	"bytes"
	"math"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"github.com/evbook/evbook/fonts"
)

// The library reads all outlines of a font at once; read one by one they are the same: bounds and area of every glyph.
func TestOutlinesAreThoseOfTheLibrary(t *testing.T) {
	for _, family := range []string{fonts.Serif, fonts.Arabic, fonts.Devanagari} {
		face := fonts.Bundled().Face(family, fonts.Regular, false)
		f, err := Load(face)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := font.ParseTTF(bytes.NewReader(face.Data()))
		if err != nil {
			t.Fatal(err)
		}
		drawn := 0
		for id := range uint16(1500) {
			want, ok := whole.GlyphDataOutline(font.GID(id))
			got := f.Outline(id)
			if !ok {
				continue
			}
			a, b := measureSegments(got), measureLibrary(want.Segments)
			if len(got) > 0 {
				drawn++
			}
			for i := range a {
				if math.Abs(a[i]-b[i]) > 1+math.Abs(b[i])/1e4 {
					t.Fatalf("%s, glyph %d: %.1f, want %.1f", family, id, a, b)
				}
			}
		}
		if drawn < 200 {
			t.Errorf("%s: %d glyphs have outlines", family, drawn)
		}
	}
}

// measures are the area under the polygon of all points and its bounds.
type measures [5]float64

type pen struct {
	m        measures
	at, from Point
}

func (p *pen) line(to Point) {
	p.m[0] += float64(p.at.X)*float64(to.Y) - float64(to.X)*float64(p.at.Y)
	p.at = to
	x, y := float64(to.X), float64(to.Y)
	p.m[1], p.m[2], p.m[3], p.m[4] = min(p.m[1], x), min(p.m[2], y), max(p.m[3], x), max(p.m[4], y)
}

func measureSegments(segs []Segment) measures {
	var p pen
	for _, s := range segs {
		switch s.Op {
		case 'M':
			p.at, p.from = s.P[0], s.P[0]
		case 'L':
			p.line(s.P[0])
		case 'Q':
			p.line(s.P[0])
			p.line(s.P[1])
		case 'Z':
			p.line(p.from)
		}
	}
	return p.m
}

func measureLibrary(segs []font.Segment) measures {
	var p pen
	pt := func(q opentype.SegmentPoint) Point { return Point{q.X, q.Y} }
	for i, s := range segs {
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				p.line(p.from)
			}
			p.at, p.from = pt(s.Args[0]), pt(s.Args[0])
		case opentype.SegmentOpLineTo:
			p.line(pt(s.Args[0]))
		case opentype.SegmentOpQuadTo:
			p.line(pt(s.Args[0]))
			p.line(pt(s.Args[1]))
		}
	}
	p.line(p.from)
	return p.m
}

func TestOutlineOfBlankAndUnknownGlyphs(t *testing.T) {
	f, err := Load(fonts.Bundled().Face(fonts.Serif, fonts.Regular, false))
	if err != nil {
		t.Fatal(err)
	}
	space, _ := f.GlyphID(' ')
	for _, id := range []uint16{space, 65535} {
		if segs := f.Outline(id); len(segs) != 0 {
			t.Errorf("glyph %d has an outline of %d segments", id, len(segs))
		}
	}
}
