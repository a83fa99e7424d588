package typeset

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// photo makes a JPEG file with an Exif orientation.
func photo(t *testing.T, w, h int, orientation byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "\xFF\xE1\x00\x22Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00\x00"
	return append([]byte("\xFF\xD8"+exif[:2+0x22]), b.Bytes()[2:]...)
}

func TestPicturesAreReadOnce(t *testing.T) {
	var large, damaged bytes.Buffer
	if err := png.Encode(&large, image.NewGray(image.Rect(0, 0, 6000, 60))); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&damaged, image.NewGray(image.Rect(0, 0, 300, 300))); err != nil {
		t.Fatal(err)
	}
	m := &images{got: map[string]*loaded{}, most: 2000, fsys: fstest.MapFS{
		"turned.jpg":  {Data: photo(t, 90, 30, 6)},
		"plain.jpg":   {Data: photo(t, 90, 30, 1)},
		"large.png":   {Data: large.Bytes()},
		"damaged.png": {Data: damaged.Bytes()[:damaged.Len()/2]},
	}}
	for name, want := range map[string]struct {
		w, h   int // as they are set
		ww, hh int // of the file
		format string
	}{
		"turned.jpg": {30, 90, 30, 90, "jpeg"}, "plain.jpg": {90, 30, 90, 30, "jpeg"}, "large.png": {6000, 60, 2000, 20, "png"},
	} {
		img, err := m.load(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		cfg, format, err := image.DecodeConfig(bytes.NewReader(img.Data))
		if err != nil || img.Width != want.w || img.Height != want.h || cfg.Width != want.ww || cfg.Height != want.hh || format != want.format {
			t.Errorf("%s: set as %d × %d, a %s of %d × %d (%v), want %v", name, img.Width, img.Height, format, cfg.Width, cfg.Height, err, want)
		}
		if bytes.Contains(img.Data, []byte("Exif")) {
			t.Errorf("%s still has its Exif data", name)
		}
	}
	if _, err := m.load("damaged.png"); err == nil {
		t.Error("a damaged file is no error")
	}
}

func TestDamagedPicturesAreReportedWhereTheyStand(t *testing.T) {
	at := tree.At{Src: diag.Pos{File: "a.md", Line: 7, Col: 3}}
	file := photo(t, 400, 300, 1)
	book := paragraphs("a.md", "text")
	book.Front[0].Body = append(book.Front[0].Body, &tree.Figure{At: at, Image: &tree.Image{At: at, Path: "p.jpg", Alt: "A wombat"}})
	r, list := setWith(t, book, func(in *Input) { in.Assets = fstest.MapFS{"p.jpg": {Data: file[:len(file)/2]}} })
	if len(list) != 1 || list[0].Code != CodeImageMissing || list[0].Pos != at.Src {
		t.Errorf("got %v, want one %s at %v", list, CodeImageMissing, at.Src)
	}
	if !strings.Contains(allText(r), "A wombat") {
		t.Error("its description is not printed")
	}
}
