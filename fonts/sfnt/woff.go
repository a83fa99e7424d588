package sfnt

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
)

// WOFF packs a font file for web pages (WOFF File Format 1.0): the same tables, each compressed.
func WOFF(font []byte) ([]byte, error) {
	const header, entry = 44, 20
	if len(font) < 12 {
		return nil, errors.New("the font is cut off")
	}
	count := int(binary.BigEndian.Uint16(font[4:]))
	if len(font) < 12+16*count {
		return nil, errors.New("the font is cut off")
	}
	var dir, data []byte
	whole := uint32(12 + 16*count)
	for i := range count {
		from := font[12+16*i:]
		offset, length := binary.BigEndian.Uint32(from[8:]), binary.BigEndian.Uint32(from[12:])
		if uint64(offset)+uint64(length) > uint64(len(font)) {
			return nil, errors.New("a table of the font is cut off")
		}
		table := font[offset : offset+length]
		packed, err := deflate(table)
		if err != nil {
			return nil, err
		}
		if len(packed) >= len(table) { // §5: then it stands as it is
			packed = table
		}
		dir = append(dir, from[:4]...)
		dir = binary.BigEndian.AppendUint32(dir, uint32(header+entry*count+len(data)))
		dir = binary.BigEndian.AppendUint32(dir, uint32(len(packed)))
		dir = binary.BigEndian.AppendUint32(dir, length)
		dir = append(dir, from[4:8]...)
		data = append(data, packed...)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
		whole += (length + 3) &^ 3
	}
	out := append([]byte("wOFF"), font[:4]...)
	out = binary.BigEndian.AppendUint32(out, uint32(header+len(dir)+len(data)))
	out = binary.BigEndian.AppendUint16(out, uint16(count))
	out = binary.BigEndian.AppendUint16(out, 0)
	out = binary.BigEndian.AppendUint32(out, whole)
	out = append(out, make([]byte, header-len(out))...) // version, metadata and private data: none
	return append(append(out, dir...), data...), nil
}

func deflate(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, zlib.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
