// Package unit holds the length type of evbook's pages: a fixed-point number of points, so that no decision on a page
// depends on floating-point rounding.
package unit

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Len is a length in 1/65536 of a PostScript point (1/72 inch). Its range is about ±1.4·10¹⁴ points.
type Len int64

// The units.
const (
	Pt   Len = 1 << 16
	Inch     = 72 * Pt
	// Max is larger than any length on a page, and small enough to be added to without overflow.
	Max Len = 1 << 50
)

// FromPt rounds a number of points to a length.
func FromPt(pt float64) Len { return Len(math.Round(pt * float64(Pt))) }

// FromMM rounds a number of millimetres to a length.
func FromMM(mm float64) Len { return Len(math.Round(mm * float64(Inch) / 25.4)) }

// Short is a length in the same unit that takes half the memory, for what there are many of. Its range is about ±32,767 points.
type Short int32

// Short returns l as a Short; what is beyond its range becomes the end of it.
func (l Len) Short() Short { return Short(min(max(l, math.MinInt32), math.MaxInt32)) }

// Len returns s as a Len.
func (s Short) Len() Len { return Len(s) }

// Pt returns l in points.
func (l Len) Pt() float64 { return float64(l) / float64(Pt) }

// MM returns l in millimetres.
func (l Len) MM() float64 { return float64(l) * 25.4 / float64(Inch) }

// Mul returns l scaled by f, rounded.
func (l Len) Mul(f float64) Len { return Len(math.Round(float64(l) * f)) }

// String gives l in points, as Parse reads it.
func (l Len) String() string { return strconv.FormatFloat(l.Pt(), 'f', -1, 64) + "pt" }

var units = []struct {
	suffix string
	pt     float64
}{{"pt", 1}, {"mm", 72 / 25.4}, {"cm", 720 / 25.4}, {"in", 72}, {"px", 0.75}, {"pc", 12}}

// Parse reads a length such as "12.5mm", "6in", "10pt", "1pc" or "96px" (96 px = 1 in). A bare "0" is a length, every
// other number needs a unit.
func Parse(s string) (Len, error) {
	s = strings.TrimSpace(s)
	if s == "0" {
		return 0, nil
	}
	for _, u := range units {
		num, ok := strings.CutSuffix(s, u.suffix)
		if !ok {
			continue
		}
		f, err := strconv.ParseFloat(strings.TrimSpace(num), 64)
		if err != nil || math.IsNaN(f) || math.Abs(f) > 1e6 {
			return 0, fmt.Errorf("%q is no length: want a number before the unit", s)
		}
		return FromPt(f * u.pt), nil
	}
	return 0, fmt.Errorf("%q is no length: want a number with one of pt, mm, cm, in, px, pc", s)
}

// UnmarshalText reads a length as [Parse] does.
func (l *Len) UnmarshalText(text []byte) (err error) {
	*l, err = Parse(string(text))
	return err
}

// UnmarshalYAML reads a length as UnmarshalText does. Decoders that are given a text unmarshaler only write the node out
// first, each time with a pass over the whole file.
func (l *Len) UnmarshalYAML(decode func(any) error) error {
	var text string
	if err := decode(&text); err != nil {
		return err
	}
	return l.UnmarshalText([]byte(text))
}

// MarshalText writes l as Parse reads it.
func (l Len) MarshalText() ([]byte, error) { return []byte(l.String()), nil }
