package lint

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// imageHead is how much of an image is looked at: the size of a JPEG may stand behind a profile and a preview.
const imageHead = 1 << 20

var bitmapTypes = names("image/jpeg image/png image/gif image/webp")

// image compares the beginning of an image with its media type and looks at its size.
func (c *checker) image(r *resource, e *entry) {
	data, ok := c.head(e, imageHead)
	if !ok {
		return
	}
	f := e.file
	if !bitmapTypes[r.mediaType] {
		c.imageBudget(f, int64(e.size()), 0, 0)
		return
	}
	if len(data) < 4 {
		f.whole("MED-004", "the image is empty or damaged")
		return
	}
	kind := imageKind(data)
	if want := kindOfName(e.name); kind != "" && want != "" && kind != want {
		f.whole("PKG-022", "the name of the file says %s, its content %s", want, kind)
	}
	if kind != r.mediaType {
		f.whole("OPF-029", "the file is listed as %s, but begins like %s", r.mediaType, orUnknown(kind))
		return
	}
	w, h, ok := imageSize(kind, data)
	if !ok {
		if kind != "" && e.size() <= imageHead {
			f.whole("PKG-021", "the image is damaged: it has no size")
		}
		w, h = 0, 0
	}
	c.imageBudget(f, int64(e.size()), int64(w), int64(h))
}

func (c *checker) imageBudget(f *file, size, w, h int64) {
	if limit := c.opt.Budgets.Image; limit > 0 && size > limit {
		f.whole("EVB-002", "the image has %s, more than %s", bytesText(size), bytesText(limit))
	}
	if limit := c.opt.Budgets.Pixels; limit > 0 && w*h > limit {
		f.whole("EVB-003", "the image has %d × %d pixels, more than %.1f million", w, h, float64(limit)/1e6)
	}
}

func orUnknown(kind string) string {
	if kind == "" {
		return "none of the known kinds"
	}
	return kind
}

// imageKind tells the media type from the first bytes, "" if they are of no kind known.
func imageKind(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xD8")):
		return "image/jpeg"
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		return "image/png"
	case bytes.HasPrefix(b, []byte("GIF8")):
		return "image/gif"
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}

func kindOfName(name string) string {
	switch strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]) {
	case "jpg", "jpeg":
		return "image/jpeg"
	case "png":
		return "image/png"
	case "gif":
		return "image/gif"
	case "webp":
		return "image/webp"
	}
	return ""
}

// imageSize reads width and height in pixels.
func imageSize(kind string, b []byte) (w, h uint32, ok bool) {
	switch kind {
	case "image/png":
		if len(b) >= 24 && string(b[12:16]) == "IHDR" {
			return binary.BigEndian.Uint32(b[16:]), binary.BigEndian.Uint32(b[20:]), true
		}
	case "image/gif":
		if len(b) >= 10 {
			return uint32(binary.LittleEndian.Uint16(b[6:])), uint32(binary.LittleEndian.Uint16(b[8:])), true
		}
	case "image/jpeg":
		return jpegSize(b)
	case "image/webp":
		return webpSize(b)
	}
	return 0, 0, false
}

// jpegSize goes from marker to marker to the start of the frame.
func jpegSize(b []byte) (w, h uint32, ok bool) {
	for i := 2; i+9 < len(b); {
		if b[i] != 0xFF {
			return 0, 0, false
		}
		marker := b[i+1]
		switch {
		case marker == 0xFF: // fill
			i++
			continue
		case marker == 0x01 || marker >= 0xD0 && marker <= 0xD8: // without a length
			i += 2
			continue
		case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			return uint32(binary.BigEndian.Uint16(b[i+7:])), uint32(binary.BigEndian.Uint16(b[i+5:])), true
		case marker == 0xDA || marker == 0xD9:
			return 0, 0, false
		}
		i += 2 + int(binary.BigEndian.Uint16(b[i+2:]))
	}
	return 0, 0, false
}

func webpSize(b []byte) (w, h uint32, ok bool) {
	if len(b) < 30 {
		return 0, 0, false
	}
	switch string(b[12:16]) {
	case "VP8X":
		return 1 + uint32(b[24]) + uint32(b[25])<<8 + uint32(b[26])<<16, 1 + uint32(b[27]) + uint32(b[28])<<8 + uint32(b[29])<<16, true
	case "VP8L":
		v := binary.LittleEndian.Uint32(b[21:])
		return v&0x3FFF + 1, v>>14&0x3FFF + 1, true
	case "VP8 ":
		return uint32(binary.LittleEndian.Uint16(b[26:])) & 0x3FFF, uint32(binary.LittleEndian.Uint16(b[28:])) & 0x3FFF, true
	}
	return 0, 0, false
}
