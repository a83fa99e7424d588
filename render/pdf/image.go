package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"

	"github.com/evbook/evbook/render/typeset"
)

// picture is an image as the file embeds it: an image XObject (§8.9.5).
type picture struct {
	img   *typeset.Image
	index int // in the order of first use; names the resource
	ref   ref

	dict  dict // without the soft mask
	data  []byte
	alpha []byte // deflated soft mask, 8 bits a pixel; nil if opaque
	err   error  // why the picture is a grey field
}

// resource is the name under which pages use the picture.
func (p *picture) resource() name { return name("I" + strconv.Itoa(p.index)) }

// imageTable collects the images of a document by their keys.
type imageTable struct {
	byKey map[string]*picture
	list  []*picture
}

func (t *imageTable) collect(img *typeset.Image) {
	if t.byKey[img.Key] != nil {
		return
	}
	p := &picture{img: img, index: len(t.list)}
	if t.byKey == nil {
		t.byKey = make(map[string]*picture)
	}
	t.byKey[img.Key] = p
	t.list = append(t.list, p)
}

// prepare reads the image file and makes what the PDF holds of it. After an error the picture is a grey field.
func (p *picture) prepare() (err error) {
	switch p.img.Format {
	case "jpeg", "jpg":
		err = p.prepareJPEG()
	case "png":
		err = p.preparePNG()
	default:
		err = fmt.Errorf("unknown image format %q", p.img.Format)
	}
	if err != nil {
		p.data = deflate([]byte{0xCC})
		p.dict = imageDict(1, 1, name("DeviceGray"), 8, flate)
		return fmt.Errorf("image %s: %w", p.img.Key, err)
	}
	return nil
}

// write adds the objects of a prepared picture.
func (p *picture) write(s *section) {
	d := p.dict
	if p.alpha != nil {
		mask := s.addStream(imageDict(p.img.Width, p.img.Height, name("DeviceGray"), 8, flate), p.alpha)
		d.add("SMask", mask)
	}
	s.setStream(p.ref, d, p.data)
}

func imageDict(w, h int, space any, bits int, filter member) dict {
	return dict{
		{"Type", name("XObject")}, {"Subtype", name("Image")}, {"Width", w}, {"Height", h},
		{"ColorSpace", space}, {"BitsPerComponent", bits}, filter,
	}
}

// prepareJPEG embeds the file as it is. CMYK pictures are converted: the file's output intent is sRGB, and device CMYK
// would contradict it (ISO 19005-2 §6.2.4.3).
func (p *picture) prepareJPEG() error {
	w, h, components, err := jpegHeader(p.img.Data)
	if err != nil {
		return err
	}
	p.img = &typeset.Image{Key: p.img.Key, Data: p.img.Data, Format: p.img.Format, Width: w, Height: h}
	space := name("DeviceRGB")
	switch components {
	case 1:
		space = "DeviceGray"
	case 3:
	default:
		pixels, err := jpeg.Decode(bytes.NewReader(p.img.Data))
		if err != nil {
			return err
		}
		p.embedPixels(pixels)
		return nil
	}
	p.data = p.img.Data
	p.dict = imageDict(w, h, space, 8, member{"Filter", name("DCTDecode")})
	return nil
}

var errJPEG = errors.New("damaged JPEG file")

// jpegHeader finds the frame header (ITU T.81 §B.2.2) of a JPEG file.
func jpegHeader(b []byte) (w, h, components int, err error) {
	if len(b) < 4 || b[0] != 0xFF || b[1] != 0xD8 {
		return 0, 0, 0, errJPEG
	}
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xFF {
			return 0, 0, 0, errJPEG
		}
		marker := b[i+1]
		if marker == 0xFF { // fill byte
			i++
			continue
		}
		size := int(binary.BigEndian.Uint16(b[i+2:]))
		if marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC {
			if i+10 > len(b) {
				return 0, 0, 0, errJPEG
			}
			if b[i+4] != 8 {
				return 0, 0, 0, fmt.Errorf("JPEG with %d bits a channel", b[i+4])
			}
			h, w = int(binary.BigEndian.Uint16(b[i+5:])), int(binary.BigEndian.Uint16(b[i+7:]))
			if w == 0 || h == 0 {
				return 0, 0, 0, errJPEG
			}
			return w, h, int(b[i+9]), nil
		}
		i += 2 + size
	}
	return 0, 0, 0, errJPEG
}

// preparePNG embeds the compressed rows of a plain PNG as they are: PDF knows PNG's predictors (§7.4.4.4). Interlaced or
// transparent pictures are decoded.
func (p *picture) preparePNG() error {
	if d, data, ok := plainPNG(p.img.Data); ok {
		p.dict, p.data = d, data
		return nil
	}
	pixels, err := png.Decode(bytes.NewReader(p.img.Data))
	if err != nil {
		return err
	}
	p.embedPixels(pixels)
	return nil
}

// plainPNG splits a PNG file that PDF can hold without decoding: not interlaced, no alpha channel, no tRNS chunk.
func plainPNG(b []byte) (d dict, idat []byte, ok bool) {
	const signature = "\x89PNG\r\n\x1a\n"
	if len(b) < 33 || string(b[:8]) != signature || string(b[12:16]) != "IHDR" {
		return nil, nil, false
	}
	w, h := int(binary.BigEndian.Uint32(b[16:])), int(binary.BigEndian.Uint32(b[20:]))
	depth, kind, interlace := int(b[24]), b[25], b[28]
	if w <= 0 || h <= 0 || interlace != 0 || kind&4 != 0 {
		return nil, nil, false
	}
	var palette []byte
	for at := 8; at+12 <= len(b); {
		size := int64(binary.BigEndian.Uint32(b[at:]))
		if int64(at)+12+size > int64(len(b)) {
			return nil, nil, false
		}
		chunk := b[at+8 : at+8+int(size)]
		switch string(b[at+4 : at+8]) {
		case "PLTE":
			palette = chunk
		case "tRNS":
			return nil, nil, false
		case "IDAT":
			idat = append(idat, chunk...)
		}
		at += 12 + int(size)
	}
	colors := 1
	var space any = name("DeviceGray")
	switch kind {
	case 2:
		colors, space = 3, name("DeviceRGB")
	case 3:
		if len(palette) == 0 || len(palette)%3 != 0 {
			return nil, nil, false
		}
		space = array{name("Indexed"), name("DeviceRGB"), len(palette)/3 - 1, octets(palette)}
	}
	if !inflatesTo(idat, h*(1+(w*colors*depth+7)/8)) {
		return nil, nil, false
	}
	d = imageDict(w, h, space, depth, flate)
	d.add("DecodeParms", dict{{"Predictor", 15}, {"Colors", colors}, {"BitsPerComponent", depth}, {"Columns", w}})
	return d, idat, true
}

// inflatesTo reports whether data is a whole zlib stream of n bytes: a damaged one would only be noticed by readers.
func inflatesTo(data []byte, n int) bool {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return false
	}
	got, err := io.Copy(io.Discard, r)
	return err == nil && got == int64(n)
}

// embedPixels stores decoded pixels: grey if they all are, with a soft mask if not all are opaque. Colours are not
// premultiplied (§11.6.5.3).
func (p *picture) embedPixels(img image.Image) {
	bounds := img.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	p.img = &typeset.Image{Key: p.img.Key, Format: p.img.Format, Width: w, Height: h}
	rgb, alpha := make([]byte, 0, 3*w*h), make([]byte, 0, w*h)
	gray, opaque := true, true
	plain, _ := img.(*image.NRGBA) // what most files with transparency hold: read without a conversion of every pixel
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			var c color.NRGBA
			if plain != nil {
				c = plain.NRGBAAt(x, y)
			} else {
				c = color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			}
			rgb, alpha = append(rgb, c.R, c.G, c.B), append(alpha, c.A)
			gray = gray && c.R == c.G && c.G == c.B
			opaque = opaque && c.A == 0xFF
		}
	}
	space, colors := name("DeviceRGB"), 3
	if gray {
		space, colors = "DeviceGray", 1
		for i := range w * h {
			rgb[i] = rgb[3*i]
		}
		rgb = rgb[:w*h]
	}
	p.data = deflate(predict(rgb, w*colors))
	p.dict = imageDict(w, h, space, 8, flate)
	p.dict.add("DecodeParms", dict{{"Predictor", 15}, {"Colors", colors}, {"Columns", w}})
	if !opaque {
		p.alpha = deflate(alpha)
	}
}

// predict filters rows of samples with PNG's Up filter, which makes most pictures compress better (PNG §9.2).
func predict(samples []byte, stride int) []byte {
	out := make([]byte, 0, len(samples)+len(samples)/max(stride, 1))
	above := make([]byte, stride)
	for len(samples) >= stride && stride > 0 {
		row := samples[:stride]
		samples = samples[stride:]
		out = append(out, 2)
		for i, v := range row {
			out = append(out, v-above[i])
		}
		above = row
	}
	return out
}
