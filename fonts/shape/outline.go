package shape

import (
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"github.com/go-text/typesetting/font/opentype/tables"
)

// Segment is a step of a glyph's outline in font units, y upwards: 'M' begins a contour at P[0], 'L' draws a line to P[0],
// 'Q' a quadratic curve with the control point P[0] to P[1], 'Z' closes the contour.
type Segment struct {
	Op byte
	P  [2]Point
}

// Point is a place in font units, y upwards.
type Point struct{ X, Y float32 }

// outlines is where a font's outlines lie. Only those that are asked for are read.
type outlines struct {
	glyf []byte
	loca []byte
	long bool // entries of loca have four bytes, else two and count words

	lock sync.RWMutex
	got  map[uint16][]Segment
}

// deepest bounds the nesting of composite glyphs; the format asks for no more than a few levels, and damaged files can
// promise that a glyph is part of itself.
const deepest = 8

// Outline returns the outline of a glyph, nothing for one that is blank, that the font does not have, or that is damaged.
// The result is shared: callers must not change it.
func (f *Font) Outline(id uint16) []Segment {
	f.outlinesOnce.Do(f.findOutlines)
	o := &f.outlines
	o.lock.RLock()
	segs, ok := o.got[id]
	o.lock.RUnlock()
	if ok {
		return segs
	}
	for _, contour := range o.contours(id, 0) {
		segs = appendContour(segs, contour)
	}
	o.lock.Lock()
	o.got[id] = segs
	o.lock.Unlock()
	return segs
}

func (f *Font) findOutlines() {
	f.outlines.got = map[uint16][]Segment{}
	file := f.face.Data()
	for rec := range records(file) { // their bounds were checked when the font was parsed
		offset, length := binary.BigEndian.Uint32(rec[8:]), binary.BigEndian.Uint32(rec[12:])
		table := file[offset : uint64(offset)+uint64(length)]
		switch string(rec[:4]) {
		case "glyf":
			f.outlines.glyf = table
		case "loca":
			f.outlines.loca = table
		case "head":
			const locaFormat = 50
			f.outlines.long = len(table) >= locaFormat+2 && table[locaFormat+1] == 1
		}
	}
}

// data returns the bytes of a glyph (OpenType, table loca).
func (o *outlines) data(id uint16) []byte {
	var from, to int64
	if i := 4 * int(id); o.long && i+8 <= len(o.loca) {
		from, to = int64(binary.BigEndian.Uint32(o.loca[i:])), int64(binary.BigEndian.Uint32(o.loca[i+4:]))
	} else if i := 2 * int(id); !o.long && i+4 <= len(o.loca) {
		from, to = 2*int64(binary.BigEndian.Uint16(o.loca[i:])), 2*int64(binary.BigEndian.Uint16(o.loca[i+2:]))
	}
	if from >= to || to > int64(len(o.glyf)) {
		return nil
	}
	return o.glyf[from:to]
}

// contourPoint is a point of a contour: on the curve, or the control point of a quadratic one.
type contourPoint struct {
	Point
	on bool
}

// contours returns the closed contours of a glyph, those of its components included.
func (o *outlines) contours(id uint16, depth int) [][]contourPoint {
	data := o.data(id)
	if data == nil || depth > deepest {
		return nil
	}
	glyph, _, err := parseGlyph(data)
	if err != nil {
		return nil
	}
	switch d := glyph.Data.(type) {
	case tables.SimpleGlyph:
		return simpleContours(d)
	case tables.CompositeGlyph:
		var out [][]contourPoint
		for i := range d.Glyphs {
			out = append(out, o.component(&d.Glyphs[i], out, depth)...)
		}
		return out
	}
	return nil
}

// parseGlyph turns panics of the parser into errors, as parseTTF does.
func parseGlyph(data []byte) (g tables.Glyph, n int, err error) {
	defer func() {
		if recover() != nil {
			err = errDamaged
		}
	}()
	return tables.ParseGlyph(data)
}

func simpleContours(d tables.SimpleGlyph) [][]contourPoint {
	const onCurve = 1
	var out [][]contourPoint
	from := 0
	for _, last := range d.EndPtsOfContours {
		to := int(last) + 1
		if to > len(d.Points) || to < from {
			return nil
		}
		contour := make([]contourPoint, 0, to-from)
		for _, p := range d.Points[from:to] {
			contour = append(contour, contourPoint{Point{float32(p.X), float32(p.Y)}, p.Flag&onCurve != 0})
		}
		out, from = append(out, contour), to
	}
	return out
}

// component returns the contours of a part of a composite glyph, in their place among those before it.
func (o *outlines) component(part *tables.CompositeGlyphPart, before [][]contourPoint, depth int) [][]contourPoint {
	list := o.contours(uint16(part.GlyphIndex), depth+1)
	m := part.Scale
	for _, contour := range list {
		for i := range contour {
			p := &contour[i]
			p.X, p.Y = p.X*m[0]+p.Y*m[2], p.X*m[1]+p.Y*m[3]
		}
	}
	var dx, dy float32
	if part.IsAnchored() {
		base, own := part.ArgsAsIndices()
		a, ok1 := nth(before, base)
		b, ok2 := nth(list, own)
		if ok1 && ok2 {
			dx, dy = a.X-b.X, a.Y-b.Y
		}
	} else {
		x, y := part.ArgsAsTranslation()
		dx, dy = float32(x), float32(y)
		if part.IsScaledOffsets() {
			dx *= float32(math.Hypot(float64(m[0]), float64(m[1])))
			dy *= float32(math.Hypot(float64(m[2]), float64(m[3])))
		}
	}
	for _, contour := range list {
		for i := range contour {
			contour[i].X += dx
			contour[i].Y += dy
		}
	}
	return list
}

// nth returns a point by its number across contours.
func nth(list [][]contourPoint, n int) (Point, bool) {
	for _, contour := range list {
		if n < len(contour) {
			return contour[n].Point, n >= 0
		}
		n -= len(contour)
	}
	return Point{}, false
}

// appendContour writes a contour as lines and curves. Between two control points lies a point of the curve, in their middle
// (OpenType, table glyf).
func appendContour(out []Segment, contour []contourPoint) []Segment {
	n := len(contour)
	if n < 2 {
		return out
	}
	middle := func(a, b Point) Point { return Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2} }
	first := slices.IndexFunc(contour, func(p contourPoint) bool { return p.on })
	rest := n // points behind the start
	start := middle(contour[n-1].Point, contour[0].Point)
	if first >= 0 { // else there are control points only
		start, rest = contour[first].Point, n-1
	}
	out = append(out, Segment{Op: 'M', P: [2]Point{start}})
	var control Point
	curved := false
	to := func(p Point) {
		if curved {
			out = append(out, Segment{Op: 'Q', P: [2]Point{control, p}})
		} else {
			out = append(out, Segment{Op: 'L', P: [2]Point{p}})
		}
	}
	for k := range rest {
		p := contour[(first+1+k)%n]
		if p.on {
			to(p.Point)
			curved = false
			continue
		}
		if curved {
			to(middle(control, p.Point))
		}
		control, curved = p.Point, true
	}
	if curved {
		to(start)
	}
	return append(out, Segment{Op: 'Z'})
}
