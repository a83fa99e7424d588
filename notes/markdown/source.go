package markdown

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/diag"
)

// Source is the text of one file, cleaned of what differs between systems, with the way back from a byte offset to a
// place in the file. A Source must not be used by two goroutines at a time.
type Source struct {
	file  string
	text  []byte
	lines []int     // byte offset of the start of each line
	fixed *diag.Pos // every place is this one: for text that is no file

	origins []origin // of text that is composed of several files, ascending; empty for a plain file

	// The last place asked for; looking up places in order then costs nothing on very long lines.
	lastLine, lastOff, lastCol int
}

var byteOrderMark = []byte("\uFEFF")

// NewSource cleans data: a byte order mark is dropped, line ends become "\n", bytes that are not UTF-8 and NUL become
// U+FFFD. Lines and columns of the cleaned text are those of the file. Invalid bytes are reported, once a file.
func NewSource(file string, data []byte, report diag.Reporter) *Source {
	data = bytes.TrimPrefix(data, byteOrderMark)
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	s := &Source{file: file, text: data}
	if first := firstInvalid(data); first >= 0 {
		n := 0
		s.text, n = replaceInvalid(data)
		s.index()
		report.Warnf(CodeEncoding, s.Pos(first), "the file is not valid UTF-8: %d %s shown as U+FFFD", n, plural(n, "byte is", "bytes are"))
		return s
	}
	s.index()
	return s
}

// firstInvalid returns the offset of the first byte that is NUL or not UTF-8, or -1.
func firstInvalid(data []byte) int {
	if utf8.Valid(data) {
		return bytes.IndexByte(data, 0)
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == 0 || r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// replaceInvalid returns data with every NUL and every invalid byte replaced, and how many there were.
func replaceInvalid(data []byte) ([]byte, int) {
	out, count := make([]byte, 0, len(data)+16), 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == 0 || r == utf8.RuneError && n == 1 {
			r, count = utf8.RuneError, count+1
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	return out, count
}

func (s *Source) index() {
	s.lines = append(s.lines[:0], 0)
	for i, b := range s.text {
		if b == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
}

// Text returns the cleaned text. It must not be changed.
func (s *Source) Text() []byte { return s.text }

// File returns the name of the file.
func (s *Source) File() string { return s.file }

// Pos returns the place of the byte at offset off; offsets outside the text are moved to its nearest end.
func (s *Source) Pos(off int) diag.Pos {
	if s.fixed != nil {
		return *s.fixed
	}
	off = max(0, min(off, len(s.text)))
	if len(s.origins) > 0 {
		o := s.origins[max(0, sort.Search(len(s.origins), func(i int) bool { return s.origins[i].start > off })-1)]
		if o.fixed {
			return o.src.Pos(o.off)
		}
		return o.src.Pos(o.off + off - o.start)
	}
	line := sort.SearchInts(s.lines, off+1) // the number of lines that begin at or before off
	start := s.lines[line-1]
	col := 1
	if line == s.lastLine && off >= s.lastOff {
		start, col = s.lastOff, s.lastCol
	}
	col += utf8.RuneCount(s.text[start:off])
	s.lastLine, s.lastOff, s.lastCol = line, off, col
	return diag.Pos{File: s.file, Line: line, Col: col}
}

// shift returns the place n code points to the right of p, but not beyond the end of its line.
func (s *Source) shift(p diag.Pos, n int) diag.Pos {
	for _, o := range s.origins {
		if o.src.file == p.File {
			return o.src.shift(p, n)
		}
	}
	if s.fixed != nil || p.Line < 1 || p.Line > len(s.lines) {
		return p
	}
	start, end := s.lines[p.Line-1], len(s.text)
	if p.Line < len(s.lines) {
		end = s.lines[p.Line] - 1
	}
	p.Col = min(p.Col+n, utf8.RuneCount(s.text[start:end])+1)
	return p
}

// LinePos returns the place of the given column in the given line, both from 1.
func (s *Source) LinePos(line, col int) diag.Pos {
	if s.fixed != nil {
		return *s.fixed
	}
	return diag.Pos{File: s.file, Line: line, Col: col}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
