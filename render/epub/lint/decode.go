package lint

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// parse reads data as XML and reports what makes it none; then it returns nil. xhtml says that data is an XHTML document,
// which must be UTF-8.
func (f *file) parse(data []byte, xhtml bool) *document {
	text, ok := f.decode(data, xhtml)
	if !ok {
		return nil
	}
	f.src = text
	doc, err := parseXML(text)
	if doc.version == "1.1" {
		f.at(0, "HTM-001", "the document is XML 1.1: only XML 1.0 is allowed")
	}
	if err != nil {
		id := "RSC-016"
		if err.limit {
			id = "EVB-010"
		}
		f.at(err.off, id, "%s", err.msg)
		return nil
	}
	if dt := doc.doctype; dt != nil {
		for _, name := range dt.externalEntities {
			f.at(dt.off, "HTM-003", "the entity %q lies outside the document, which is not allowed", name)
		}
	}
	return doc
}

// decode turns data into UTF-8 without byte order mark.
func (f *file) decode(data []byte, xhtml bool) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return string(data[3:]), true
	case bytes.HasPrefix(data, []byte("\xFE\xFF")), bytes.HasPrefix(data, []byte("\x00<\x00?")):
		return f.decode16(data, binary.BigEndian, xhtml), true
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("<\x00?\x00")):
		return f.decode16(data, binary.LittleEndian, xhtml), true
	}
	switch name := declaredEncoding(data); strings.ToLower(name) {
	case "", "utf-8", "utf8":
		return string(data), true
	case "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "iso-8859-15":
		f.whole("RSC-028", "the file is encoded as %s: it must be UTF-8", name)
		out := make([]rune, len(data))
		for i, b := range data {
			out[i] = rune(b)
			if b >= 0x80 && b < 0xA0 {
				out[i] = '\uFFFD' // what Windows adds matters to no rule
			}
		}
		return string(out), true
	default:
		f.whole("RSC-028", "the file is encoded as %s: it must be UTF-8", name)
		return "", false
	}
}

// declaredEncoding returns what the XML declaration says.
func declaredEncoding(data []byte) string {
	if !bytes.HasPrefix(data, []byte("<?xml")) {
		return ""
	}
	before, _, ok0 := bytes.Cut(data, []byte("?>"))
	if !ok0 {
		return ""
	}
	_, rest, ok := strings.Cut(string(before), "encoding")
	if !ok {
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	name, _, _ := strings.Cut(rest[1:], rest[:1])
	return name
}

func (f *file) decode16(data []byte, order binary.ByteOrder, xhtml bool) string {
	if xhtml {
		f.whole("HTM-058", "the document is encoded as UTF-16: XHTML must be UTF-8")
	} else {
		f.whole("RSC-027", "the file is encoded as UTF-16: UTF-8 is better understood")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF")
}
