package epub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"maps"
	"path"
	"slices"
	"time"
)

// writeArchive writes the container (OCF 3.3 §4.2): mimetype first and stored, the rest in a fixed order, every entry with
// the same time; without pack nothing is compressed. Sizes and check sums stand before the data: some reading systems cannot do with a descriptor behind it.
func writeArchive(w io.Writer, files archive, at time.Time, pack bool) error {
	z := zip.NewWriter(w)
	date, clock := dosTime(at)
	packer, err := flate.NewWriter(nil, flate.BestCompression) // large: one for all entries
	if err != nil {
		return err
	}
	for _, name := range order(files) {
		data := files[name]
		h := &zip.FileHeader{
			Name: name, Method: zip.Store, CreatorVersion: 20, ReaderVersion: 20,
			ModifiedDate: date, ModifiedTime: clock, //nolint:staticcheck // Modified writes an extra field, which mimetype must not have
			CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: uint64(len(data)),
		}
		packed := data
		if pack && compressible(name) {
			if packed, err = deflate(packer, data); err != nil {
				return err
			}
			h.Method = zip.Deflate
		}
		h.CompressedSize64 = uint64(len(packed))
		entry, err := z.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := entry.Write(packed); err != nil {
			return err
		}
	}
	return z.Close()
}

// order returns the names in the order of the archive.
func order(files archive) []string {
	first := []string{"mimetype", "META-INF/container.xml", root + opfFile, root + navFile, root + ncxFile}
	var names []string
	for _, name := range first {
		if _, ok := files[name]; ok {
			names = append(names, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !slices.Contains(first, name) {
			names = append(names, name)
		}
	}
	return names
}

func compressible(name string) bool {
	switch path.Ext(name) {
	case ".jpg", ".png", ".gif":
		return false
	}
	return name != "mimetype"
}

func deflate(packer *flate.Writer, data []byte) ([]byte, error) {
	var b bytes.Buffer
	packer.Reset(&b)
	if _, err := packer.Write(data); err != nil {
		return nil, err
	}
	if err := packer.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// dosTime converts a time to the form of archives, which know the years 1980 to 2107 and every other second.
func dosTime(t time.Time) (date, clock uint16) {
	t = t.UTC()
	if t.Year() < 1980 {
		t = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if t.Year() > 2107 {
		t = time.Date(2107, 12, 31, 23, 59, 58, 0, time.UTC)
	}
	date = uint16(t.Year()-1980)<<9 | uint16(t.Month())<<5 | uint16(t.Day())
	clock = uint16(t.Hour())<<11 | uint16(t.Minute())<<5 | uint16(t.Second()/2)
	return date, clock
}
