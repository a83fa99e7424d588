package pdf

import (
	"bytes"
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// srgbProfile makes an ICC profile (ICC.1:2004-10, version 4.2) of the sRGB colour space (IEC 61966-2-1): a display
// profile of three primaries, adapted to D50, and one tone curve in parametric form.
func srgbProfile() []byte {
	curve := iccParametric(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
	tags := []iccTag{
		{"desc", iccText("sRGB IEC61966-2.1")},
		{"cprt", iccText("No copyright, use freely")},
		{"wtpt", iccXYZ(0.9642, 1, 0.82491)},
		{"chad", iccFixed("sf32", 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)},
		{"rXYZ", iccXYZ(0.43607, 0.22249, 0.01392)},
		{"gXYZ", iccXYZ(0.38515, 0.71687, 0.09708)},
		{"bXYZ", iccXYZ(0.14307, 0.06061, 0.7141)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	head := make([]byte, 128)
	copy(head[8:], []byte{4, 0x20, 0, 0}) // version 4.2
	copy(head[12:], "mntrRGB XYZ ")       // display device, RGB, connected through XYZ
	for i, v := range []uint16{2004, 10, 22, 0, 0, 0} {
		binary.BigEndian.PutUint16(head[24+2*i:], v) // a date is required; this one is the specification's
	}
	copy(head[36:], "acsp")
	copy(head[68:], iccXYZ(0.9642, 1, 0.82491)[8:]) // illuminant of the connection space
	return iccAssemble(head, tags)
}

type iccTag struct {
	name string
	data []byte
}

// iccAssemble writes header, tag table and data. Tags with the same data share it.
func iccAssemble(head []byte, tags []iccTag) []byte {
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	start := len(head) + 4 + 12*len(tags)
	for i, t := range tags {
		off := start + len(data)
		if i > 0 && bytes.Equal(t.data, tags[i-1].data) {
			off -= (len(t.data) + 3) &^ 3
		} else {
			data = append(data, t.data...)
			for len(data)%4 != 0 {
				data = append(data, 0)
			}
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(off))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.data)))
	}
	binary.BigEndian.PutUint32(head, uint32(start+len(data)))
	return append(append(head, table...), data...)
}

// iccText is a multiLocalizedUnicodeType with one English text.
func iccText(s string) []byte {
	b := append([]byte("mluc"), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12)
	b = append(b, "enUS"...)
	units := utf16.Encode([]rune(s))
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(units)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for _, u := range units {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return b
}

func iccXYZ(x, y, z float64) []byte { return iccFixed("XYZ ", x, y, z) }

// iccParametric is a curve of function type 3: (aX+b)^g from d on, cX below.
func iccParametric(g, a, b, c, d float64) []byte {
	out := append(iccFixed("para"), 0, 3, 0, 0)
	return append(out, iccFixed("", g, a, b, c, d)[4:]...)
}

// iccFixed is a type signature and s15Fixed16Numbers.
func iccFixed(kind string, values ...float64) []byte {
	b := append([]byte(kind), 0, 0, 0, 0)
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}
