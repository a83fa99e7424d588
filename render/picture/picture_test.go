package picture_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"github.com/evbook/evbook/render/picture"
)

// Pixel positions under each of the eight Exif orientations: where the top left corner of the upright picture comes from.
func TestUpright(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 2, 3))
	for y := range 3 {
		for x := range 2 {
			src.Set(x, y, color.RGBA{uint8(10*x + y), 0, 0, 255})
		}
	}
	for orientation, want := range map[int]struct{ w, h, first, last uint32 }{
		1: {2, 3, 0, 12}, 2: {2, 3, 10, 2}, 3: {2, 3, 12, 0}, 4: {2, 3, 2, 10},
		5: {3, 2, 0, 12}, 6: {3, 2, 2, 10}, 7: {3, 2, 12, 0}, 8: {3, 2, 10, 2},
	} {
		got := picture.Upright(src, orientation)
		b := got.Bounds()
		first, _, _, _ := got.At(0, 0).RGBA()
		last, _, _, _ := got.At(b.Dx()-1, b.Dy()-1).RGBA()
		if b.Dx() != int(want.w) || b.Dy() != int(want.h) || first>>8 != want.first || last>>8 != want.last {
			t.Errorf("orientation %d: %v, corners %d and %d, want %v", orientation, b, first>>8, last>>8, want)
		}
	}
}

// withExif puts an Exif segment with an orientation and a comment into a JPEG file.
func withExif(file []byte, orientation uint16, order binary.AppendByteOrder) []byte {
	mark := "II*\x00"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		mark = "MM\x00*"
	}
	exif := append([]byte("Exif\x00\x00"), mark...)
	exif = order.AppendUint32(exif, 8)
	exif = order.AppendUint16(exif, 1)
	exif = order.AppendUint16(order.AppendUint16(exif, 0x0112), 3)
	exif = order.AppendUint32(exif, 1)
	exif = order.AppendUint16(order.AppendUint16(exif, orientation), 0)
	out := append([]byte(nil), file[:2]...)
	out = append(binary.BigEndian.AppendUint16(append(out, 0xFF, 0xE1), uint16(len(exif)+2)), exif...)
	out = append(out, "\xFF\xFE\x00\x08secret"...)
	return append(out, file[2:]...)
}

func TestStripJPEG(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
		got, orientation := picture.StripJPEG(withExif(b.Bytes(), 6, order))
		if orientation != 6 || !bytes.Equal(got, b.Bytes()) {
			t.Errorf("%v: orientation %d, %d bytes, want 6 and the %d bytes without segments", order, orientation, len(got), b.Len())
		}
	}
	if got, orientation := picture.StripJPEG(b.Bytes()); orientation != 1 || !bytes.Equal(got, b.Bytes()) {
		t.Errorf("a plain file changes, orientation %d", orientation)
	}
	for n := range b.Len() { // damaged files come back as they are or shorter, never with a panic
		picture.StripJPEG(withExif(b.Bytes(), 3, binary.LittleEndian)[:n])
	}
}
