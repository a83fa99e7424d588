package sfnt_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/sfnt"
)

// Every table comes out of a WOFF file as it went in, and the file is much smaller.
func TestWOFF(t *testing.T) {
	font := fonts.Bundled().Face(fonts.Serif, fonts.Regular, false).Data()
	woff, err := sfnt.WOFF(font)
	if err != nil {
		t.Fatal(err)
	}
	be := binary.BigEndian
	if string(woff[:4]) != "wOFF" || be.Uint32(woff[8:]) != uint32(len(woff)) || len(woff) > len(font)*2/3 {
		t.Fatalf("header % x, %d bytes of %d", woff[:12], len(woff), len(font))
	}
	count, size := int(be.Uint16(woff[12:])), uint32(12)
	for i := range count {
		from, to := font[12+16*i:], woff[44+20*i:]
		offset, packed, length := be.Uint32(to[4:]), be.Uint32(to[8:]), be.Uint32(to[12:])
		if !bytes.Equal(from[:4], to[:4]) || !bytes.Equal(from[4:8], to[16:20]) || offset%4 != 0 {
			t.Errorf("table %d: entry % x of % x", i, to[:20], from[:16])
		}
		got := woff[offset : offset+packed]
		if packed < length {
			r, err := zlib.NewReader(bytes.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			if got, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		start := be.Uint32(from[8:])
		if !bytes.Equal(got, font[start:start+be.Uint32(from[12:])]) {
			t.Errorf("table %s changed", to[:4])
		}
		size += 16 + (length+3)&^3
	}
	if be.Uint32(woff[16:]) != size {
		t.Errorf("the whole font has %d bytes, not %d", size, be.Uint32(woff[16:]))
	}
}

// A font that is cut off gives an error.
func TestWOFFOfPieces(t *testing.T) {
	font := fonts.Bundled().Face(fonts.Mono, fonts.Regular, false).Data()
	for _, n := range []int{0, 4, 11, 40, len(font) / 2} {
		if _, err := sfnt.WOFF(font[:n]); err == nil {
			t.Errorf("%d bytes are taken for a font", n)
		}
	}
}
