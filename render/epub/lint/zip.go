package lint

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// entry is a file of the container.
type entry struct {
	name string    // in NFC, as the paths of references are
	zip  *zip.File // nil for a file that is not packed
	data []byte    // its content then
	file *file     // its findings
	bad  bool      // it cannot be read, which is reported
}

const mimetype = "application/epub+zip"

// openZip checks the archive and fills entries and order. It reports whether there is anything to go on with.
func (c *checker) openZip(r io.ReaderAt, size int64) bool {
	c.entries, c.folded = map[string]*entry{}, map[string]bool{}
	head := make([]byte, 58)
	if n, _ := r.ReadAt(head, 0); n < len(head) {
		c.container.whole("PKG-003", "the file is too short to be an EPUB")
	} else if binary.LittleEndian.Uint32(head) != 0x04034b50 {
		c.container.whole("PKG-004", "the file is not a ZIP archive: it does not begin with a local file header")
		return false
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		c.container.whole("PKG-008", "the ZIP archive cannot be read: %v", err)
		return false
	}
	if len(z.File) > c.opt.Limits.Entries {
		c.container.whole("EVB-010", "the archive has %d files: the check stops at %d", len(z.File), c.opt.Limits.Entries)
		return false
	}
	c.checkMimetype(z, head)
	var total uint64
	var files, folders []string
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			folders = append(folders, f.Name)
			continue
		}
		files = append(files, f.Name)
		e := &entry{name: norm.NFC.String(f.Name), zip: f, file: c.newFile(strings.ToValidUTF8(f.Name, "\uFFFD"))}
		c.checkPacking(e)
		c.enter(e, f.Name)
		if total += f.UncompressedSize64; total > uint64(c.opt.Limits.Total) || f.UncompressedSize64 > uint64(c.opt.Limits.Total) {
			c.container.whole("EVB-010", "the files have more than %s uncompressed: the check stops here", bytesText(c.opt.Limits.Total))
			return false
		}
	}
	c.emptyFolders(files, folders)
	return true
}

// openFiles fills entries and order with files that are not packed.
func (c *checker) openFiles(files []File) {
	c.entries, c.folded = map[string]*entry{}, map[string]bool{}
	for _, f := range files {
		c.enter(&entry{name: norm.NFC.String(f.Name), data: f.Data, file: c.newFile(f.Name)}, f.Name)
	}
}

// enter checks the name of a file as the container has it and takes the file down.
func (c *checker) enter(e *entry, name string) {
	c.checkPath(e, name)
	if key := foldName(name); c.folded[key] {
		e.file.whole("OPF-060", "the container holds another file of this name, or one that differs only in case")
	} else {
		c.folded[key] = true
	}
	if c.entries[e.name] == nil {
		c.entries[e.name] = e
		c.order = append(c.order, e)
	}
}

func (c *checker) emptyFolders(files, folders []string) {
	if len(folders) == 0 {
		return
	}
	used := map[string]bool{}
	for _, f := range files {
		for dir := path.Dir(f); dir != "." && dir != "/" && !used[dir+"/"]; dir = path.Dir(dir) {
			used[dir+"/"] = true
		}
	}
	for _, d := range folders {
		if !used[d] {
			c.container.whole("PKG-014", "the folder %q is empty", d)
		}
	}
}

// checkMimetype wants the file mimetype first, stored, without extra field or data descriptor (OCF 3.3 §4.3.2).
func (c *checker) checkMimetype(z *zip.Reader, head []byte) {
	if len(z.File) == 0 {
		return
	}
	nameLen, extraLen := binary.LittleEndian.Uint16(head[26:]), binary.LittleEndian.Uint16(head[28:])
	switch {
	case nameLen != 8 || string(head[30:38]) != "mimetype":
		c.container.whole("PKG-006", "the first file of the archive must be mimetype")
	case extraLen != 0:
		c.container.whole("PKG-005", "the file mimetype must not have an extra field in the archive (it has %d bytes)", extraLen)
	case binary.LittleEndian.Uint16(head[8:]) != zip.Store || string(head[38:58]) != mimetype:
		c.container.whole("PKG-007", "the file mimetype must hold exactly %q, uncompressed", mimetype)
	default:
		for _, f := range z.File {
			if f.Name == "mimetype" && f.UncompressedSize64 != uint64(len(mimetype)) {
				c.container.whole("PKG-007", "the file mimetype must hold exactly %q", mimetype)
				break
			}
		}
	}
}

// foldName is the form in which two names of a container must differ.
func foldName(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(s)))
}

// checkPacking looks at the method and the flags of a file.
func (c *checker) checkPacking(e *entry) {
	f := e.zip
	switch {
	case f.Flags&1 != 0:
		e.bad = true
		e.file.whole("PKG-008", "the file is encrypted by ZIP, which EPUB does not allow")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		e.bad = true
		e.file.whole("PKG-008", "the file is compressed by method %d: only store and deflate are allowed", f.Method)
	}
}

// checkPath looks at the name of a file.
func (c *checker) checkPath(e *entry, name string) {
	if !utf8.ValidString(name) {
		e.file.whole("PKG-027", "the name of the file is not UTF-8")
		return
	}
	if p := path.Clean(name); p != name || path.IsAbs(p) || strings.HasPrefix(p, "../") || p == ".." {
		e.file.whole("EVB-011", "the name of the file is not a plain path inside the container")
	}
	c.checkName(e)
}

// checkName follows OCF 3.3 §4.2.3.
func (c *checker) checkName(e *entry) {
	var bad []rune
	spaces, ascii := false, true
	for _, r := range e.name {
		ascii = ascii && r < utf8.RuneSelf
		spaces = spaces || unicode.IsSpace(r)
		if forbiddenInName(r) {
			bad = append(bad, r)
		}
	}
	if strings.HasSuffix(e.name, ".") {
		e.file.whole("PKG-011", "the name of the file must not end in a full stop")
	}
	if bad != nil {
		e.file.whole("PKG-009", "the name of the file holds %q, which is not allowed", string(bad))
	}
	if spaces {
		e.file.whole("PKG-010", "the name of the file holds a space: some readers do not find it")
	}
	if !ascii {
		e.file.whole("PKG-012", "the name of the file is not plain ASCII")
	}
}

func forbiddenInName(r rune) bool {
	switch {
	case strings.ContainsRune(`"*:<>?\|`, r), r < 0x20, r == 0x7F, r >= 0x80 && r <= 0x9F:
		return true
	case r >= 0xE000 && r <= 0xF8FF, r >= 0xFDD0 && r <= 0xFDEF, r >= 0xFFF0 && r <= 0xFFFF, r&0xFFFE == 0xFFFE, r == 0xE0001, r >= 0xF0000:
		return true // private use, specials, non-characters, the language tag
	}
	return false
}

// read returns the content of e. A file that cannot be read is reported once and gives false.
func (c *checker) read(e *entry, limit int64) ([]byte, bool) {
	if e.bad {
		return nil, false
	}
	if size := e.size(); size > uint64(limit) {
		e.file.whole("EVB-010", "the file has %s: only %s of a file of its kind are read", bytesText(int64(size)), bytesText(limit))
		return nil, false
	}
	if e.zip == nil {
		return e.data, true
	}
	r, err := e.zip.Open()
	if err != nil {
		c.unreadable(e, err)
		return nil, false
	}
	defer r.Close()
	data := make([]byte, 0, e.zip.UncompressedSize64+512)
	for {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			return data, true
		}
		if err != nil {
			c.unreadable(e, err)
			return nil, false
		}
	}
}

// size is how many bytes the file has, as the container says.
func (e *entry) size() uint64 {
	if e.zip == nil {
		return uint64(len(e.data))
	}
	return e.zip.UncompressedSize64
}

// head returns up to n bytes of the start of e after it has read and verified the whole file.
func (c *checker) head(e *entry, n int) ([]byte, bool) {
	if e.bad {
		return nil, false
	}
	if e.zip == nil {
		return e.data[:min(n, len(e.data))], true
	}
	r, err := e.zip.Open()
	if err != nil {
		c.unreadable(e, err)
		return nil, false
	}
	defer r.Close()
	buf := make([]byte, min(int64(n), int64(e.zip.UncompressedSize64)))
	k, err := io.ReadFull(r, buf)
	if err == nil || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		_, err = io.Copy(io.Discard, r)
	}
	if err != nil {
		c.unreadable(e, err)
		return nil, false
	}
	return buf[:k], true
}

func (c *checker) unreadable(e *entry, err error) {
	e.bad = true
	if errors.Is(err, zip.ErrChecksum) {
		e.file.whole("PKG-008", "the file is damaged: its checksum is not %08x", e.zip.CRC32)
		return
	}
	e.file.whole("PKG-008", "the file cannot be read: %v", err)
}
