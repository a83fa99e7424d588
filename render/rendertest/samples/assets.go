package samples

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"sync"
	"testing/fstest"

	"github.com/evbook/evbook/notes/tree/treetest"
)

func gradient(w, h int, alpha bool) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{uint8(x * 255 / w), uint8(y * 255 / h), 128, 255}
			if alpha && x < w/2 {
				c.A = 0
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func encodePicture(encode func(*bytes.Buffer) error) []byte {
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Assets returns a notes folder with pictures of every kind.
var Assets = sync.OnceValue(makeAssets)

func makeAssets() fs.FS {
	file := func(data []byte) *fstest.MapFile { return &fstest.MapFile{Data: data} }
	dot := encodePicture(func(b *bytes.Buffer) error { return png.Encode(b, gradient(8, 4, true)) })
	photo := encodePicture(func(b *bytes.Buffer) error { return jpeg.Encode(b, gradient(60, 30, false), nil) })
	return fstest.MapFS{
		treetest.ImagePath:  file(dot),
		"images/copy.png":   file(dot),
		"images/huge.png":   file(encodePicture(func(b *bytes.Buffer) error { return png.Encode(b, gradient(2000, 500, false)) })),
		"images/photo.jpg":  file(photo),
		"images/turned.jpg": file(withExif(photo, 6)),
		"images/moving.gif": file(encodePicture(func(b *bytes.Buffer) error {
			frame := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.White, color.Black})
			return gif.EncodeAll(b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{50, 50}})
		})),
		"images/drawing.svg": file([]byte(drawing)),
		"images/broken.png":  file(dot[:40]),
		"images/no.png":      file([]byte("this is text")),
		"images/bad.svg":     file([]byte("<svg xmlns='http://www.w3.org/2000/svg'><g></svg>")),
		"cover.jpg":          file(encodePicture(func(b *bytes.Buffer) error { return jpeg.Encode(b, gradient(1600, 2560, false), nil) })),
	}
}

// drawing is what a drawing program writes, with all that must not reach a book.
const drawing = `<?xml version="1.0" standalone="no"?>
<!-- a comment -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="&ns_ai;"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="200" height="100" inkscape:version="1.0" onload="alert(1)">
  <metadata><i:x/></metadata>
  <script>alert(1)</script>
  <defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
  <image xlink:href="http://example.org/x.png" width="10" height="10"/>
  <a xlink:href="http://example.org/"><rect id="r" width="100" height="50" fill="url(#g)"/></a>
  <use xlink:href="#r"/><text x="10" y="80">3 &lt; 4</text>
  <foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>
</svg>`

// withExif puts Exif data with an orientation into a JPEG file.
func withExif(data []byte, orientation byte) []byte {
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00"
	n := len(exif) + 2
	return []byte(string(data[:2]) + "\xff\xe1" + string([]byte{byte(n >> 8), byte(n)}) + exif + string(data[2:]))
}
