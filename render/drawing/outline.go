package drawing

import "github.com/evbook/evbook/layouts/unit"

// Outlines returns the outlines of a line of type whose baseline begins at the origin, for type that is turned or slanted.
func (t *Typesetter) Outlines(text string, f Font) []Op {
	var ops []Op
	x := 0.0 // in points
	for _, r := range t.shape(text, f, false) {
		k := f.Size.Pt() / float64(r.font.UnitsPerEm())
		for _, g := range r.glyphs {
			at := func(px, py float32) Point {
				return Point{unit.FromPt(x + (float64(g.DX)+float64(px))*k), unit.FromPt(-(float64(g.DY) + float64(py)) * k)}
			}
			var pen Point
			for _, s := range r.font.Outline(g.ID) {
				p := [2]Point{}
				for i := range s.P {
					p[i] = at(s.P[i].X, s.P[i].Y)
				}
				switch s.Op {
				case 'M':
					ops, pen = append(ops, Move(p[0].X, p[0].Y)), p[0]
				case 'L':
					ops, pen = append(ops, Line(p[0].X, p[0].Y)), p[0]
				case 'Q': // as the cubic curve that it is
					ops = append(ops, Curve(pen.X+(p[0].X-pen.X)*2/3, pen.Y+(p[0].Y-pen.Y)*2/3,
						p[1].X+(p[0].X-p[1].X)*2/3, p[1].Y+(p[0].Y-p[1].Y)*2/3, p[1].X, p[1].Y))
					pen = p[1]
				case 'Z':
					ops = append(ops, Close())
				}
			}
			x += float64(g.Advance) * k
		}
	}
	return ops
}
