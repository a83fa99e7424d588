package drawing

import "github.com/evbook/evbook/layouts/unit"

// Move begins a part of a path; Line, Curve and Close are its other steps.
func Move(x, y unit.Len) Op { return Op{Op: 'M', P: [3]Point{{x, y}}} }

// Line draws a straight line.
func Line(x, y unit.Len) Op { return Op{Op: 'L', P: [3]Point{{x, y}}} }

// Curve draws a cubic curve with two control points.
func Curve(x1, y1, x2, y2, x, y unit.Len) Op {
	return Op{Op: 'C', P: [3]Point{{x1, y1}, {x2, y2}, {x, y}}}
}

// Close leads back to the last Move.
func Close() Op { return Op{Op: 'Z'} }

// Rect returns the steps of a rectangle whose top left corner is (x, y).
func Rect(x, y, w, h unit.Len) []Op {
	return []Op{Move(x, y), Line(x+w, y), Line(x+w, y+h), Line(x, y+h), Close()}
}

// round is the distance of the control points of a quarter of a circle, in radii, from its ends: the curve is off by less
// than 0.03 % of the radius.
const round = 0.5522847498

// RoundRect returns the steps of a rectangle with round corners.
func RoundRect(x, y, w, h, r unit.Len) []Op {
	r = min(r, w/2, h/2)
	if r <= 0 {
		return Rect(x, y, w, h)
	}
	c := r - r.Mul(round) // from the corner of the square around the quarter to the control point
	return []Op{
		Move(x+r, y), Line(x+w-r, y), Curve(x+w-c, y, x+w, y+c, x+w, y+r),
		Line(x+w, y+h-r), Curve(x+w, y+h-c, x+w-c, y+h, x+w-r, y+h),
		Line(x+r, y+h), Curve(x+c, y+h, x, y+h-c, x, y+h-r),
		Line(x, y+r), Curve(x, y+c, x+c, y, x+r, y), Close(),
	}
}

// Circle returns the steps of a circle.
func Circle(x, y, r unit.Len) []Op { return RoundRect(x-r, y-r, 2*r, 2*r, r) }
