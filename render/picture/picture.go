// Package picture knows what all formats need of photographs: which way up they are, and what in their files is nobody's
// business.
package picture

import (
	"encoding/binary"
	"image"
	"image/color"
)

// StripJPEG returns a JPEG file without the segments that hold private data (APP1: Exif and XMP, APP13: IPTC) and without
// comments, and the orientation that the Exif data named: 1 to 8, 1 being upright. Colour profiles and the segments that
// decoders need are kept. A file that it does not understand is returned as it is.
func StripJPEG(data []byte) (stripped []byte, orientation int) {
	orientation = 1
	if len(data) < 2 {
		return data, orientation
	}
	out := append(make([]byte, 0, len(data)), data[:2]...)
	for i := 2; ; {
		if i+4 > len(data) || data[i] != 0xFF {
			return data, orientation
		}
		marker := data[i+1]
		if marker == 0xFF { // fill byte
			i++
			continue
		}
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		if size < 2 || i+2+size > len(data) {
			return data, orientation
		}
		segment := data[i : i+2+size]
		i += len(segment)
		switch marker {
		case 0xE1:
			if o := exifOrientation(segment[4:]); o != 0 {
				orientation = o
			}
		case 0xED, 0xFE:
		case 0xDA: // the picture itself
			out = append(out, segment...)
			return append(out, data[i:]...), orientation
		default:
			out = append(out, segment...)
		}
	}
}

// exifOrientation reads the tag Orientation (0x0112) of the first directory of Exif data; 0 if there is none.
func exifOrientation(b []byte) int {
	if len(b) < 14 || string(b[:6]) != "Exif\x00\x00" {
		return 0
	}
	b = b[6:]
	var order binary.ByteOrder = binary.LittleEndian
	if string(b[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 0
	}
	count := int64(order.Uint16(b[at:]))
	for k := range count {
		entry := at + 2 + 12*k
		if entry+12 > int64(len(b)) {
			return 0
		}
		if order.Uint16(b[entry:]) == 0x0112 {
			if v := int(order.Uint16(b[entry+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 0
		}
	}
	return 0
}

// Upright turns and mirrors an image by its Exif orientation.
func Upright(img image.Image, orientation int) image.Image {
	if orientation <= 1 || orientation > 8 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if orientation >= 5 {
		w, h = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := x, y
			switch orientation {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, w-1-x
			case 7:
				sx, sy = h-1-y, w-1-x
			case 8:
				sx, sy = h-1-y, x
			}
			dst.Set(x, y, color.RGBAModel.Convert(img.At(b.Min.X+sx, b.Min.Y+sy)))
		}
	}
	return dst
}
