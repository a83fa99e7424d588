package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"github.com/evbook/evbook/render/picture"
)

// maxPixels bounds the memory that a decoded picture takes: a small file can claim to be huge.
const maxPixels = 120 << 20

const jpegQuality = 86

func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid)
}

// unwrapPath leaves the path out of an error; the diagnostic names it already.
func unwrapPath(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}

// convert makes of a picture one that every reading system can show: JPEG, PNG, GIF or SVG, upright, not larger than side
// pixels. What is fine already is kept as it is, save for private data such as the place where a photograph was taken.
func convert(data []byte, side int) (*Picture, error) {
	format := sniff(data)
	if format == "svg" {
		return convertSVG(data)
	}
	if format == "" {
		return nil, errors.New("this is no JPEG, PNG, GIF, WebP or SVG file")
	}
	config, err := decodeConfig(format, data)
	if err != nil {
		return nil, err
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return nil, fmt.Errorf("a picture of %d × %d pixels is too large to be read", config.Width, config.Height)
	}
	fits := max(config.Width, config.Height) <= side
	switch format {
	case "jpeg":
		stripped, turn := picture.StripJPEG(data)
		if fits && turn == 1 {
			return raster(stripped, "image/jpeg", config.Width, config.Height), nil
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return encodeJPEG(picture.Upright(shrink(img, side), turn))
	case "png":
		img, err := png.Decode(bytes.NewReader(data)) // also shows that the file is whole
		if err != nil {
			return nil, err
		}
		if fits {
			return raster(data, "image/png", config.Width, config.Height), nil
		}
		return encodePNG(shrink(img, side))
	case "gif":
		frames, err := gif.DecodeAll(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if fits {
			pic := raster(data, "image/gif", config.Width, config.Height)
			pic.Animated = len(frames.Image) > 1
			return pic, nil
		}
		return encodePNG(shrink(frames.Image[0], side))
	}
	img, err := webp.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if opaque(img) {
		return encodeJPEG(shrink(img, side))
	}
	return encodePNG(shrink(img, side))
}

func decodeConfig(format string, data []byte) (image.Config, error) {
	r := bytes.NewReader(data)
	switch format {
	case "jpeg":
		return jpeg.DecodeConfig(r)
	case "png":
		return png.DecodeConfig(r)
	case "gif":
		return gif.DecodeConfig(r)
	}
	return webp.DecodeConfig(r)
}

// ending holds the file name endings of the types that pictures have.
var ending = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/svg+xml": ".svg"}

// raster returns a picture. Its name comes from its content, so that a picture used under two names is stored once.
func raster(data []byte, mediaType string, width, height int) *Picture {
	sum := sha256.Sum256(data)
	return &Picture{Name: "i" + hex.EncodeToString(sum[:8]) + ending[mediaType], MediaType: mediaType, Data: data, Width: width, Height: height}
}

func encodeJPEG(img image.Image) (*Picture, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, err
	}
	return raster(b.Bytes(), "image/jpeg", img.Bounds().Dx(), img.Bounds().Dy()), nil
}

func encodePNG(img image.Image) (*Picture, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil { // the best compression takes three times as long for a few per cent
		return nil, err
	}
	return raster(b.Bytes(), "image/png", img.Bounds().Dx(), img.Bounds().Dy()), nil
}

func opaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// shrink scales an image so that its longer side is at most side pixels.
func shrink(img image.Image, side int) image.Image {
	b := img.Bounds()
	longer := max(b.Dx(), b.Dy())
	if longer <= side {
		return img
	}
	w := max(1, (b.Dx()*side+longer/2)/longer)
	h := max(1, (b.Dy()*side+longer/2)/longer)
	var dst draw.Image = image.NewNRGBA(image.Rect(0, 0, w, h))
	if opaque(img) {
		dst = image.NewRGBA(dst.Bounds())
	}
	draw.CatmullRom.Scale(dst, dst.Bounds(), img, b, draw.Src, nil)
	return dst
}
