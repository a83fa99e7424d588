package pdftest

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// The objects of a file: nil, bool, float64, string, Name, Ref, []any, Dict, *Stream, and in contents Operator.
type (
	// Name is a PDF name without its slash.
	Name string
	// Ref is an indirect reference.
	Ref int
	// Dict is a dictionary.
	Dict map[Name]any
	// Operator is a word of a content stream.
	Operator string
	// Stream is a stream with its data decoded.
	Stream struct {
		Dict Dict
		Data []byte
	}
)

var errSyntax = errors.New("PDF syntax error")

// lexer reads objects.
type lexer struct {
	b  []byte
	at int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (l *lexer) skip() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

var reference = regexp.MustCompile(`^(\d+)[ \r\n]+\d+[ \r\n]+R\b`)

// object reads the next object or operator; io.EOF at the end.
func (l *lexer) object() (any, error) {
	l.skip()
	if l.at >= len(l.b) {
		return nil, io.EOF
	}
	rest := l.b[l.at:]
	switch c := rest[0]; {
	case c == '/':
		return l.name(), nil
	case c == '(':
		return l.literal()
	case bytes.HasPrefix(rest, []byte("<<")):
		l.at += 2
		return l.dict()
	case c == '<':
		return l.hex()
	case c == '[':
		l.at++
		return l.array()
	case c >= '0' && c <= '9':
		if m := reference.FindSubmatch(rest[:min(len(rest), 40)]); m != nil {
			l.at += len(m[0])
			n, err := strconv.Atoi(string(m[1]))
			return Ref(n), err
		}
	}
	word := l.word()
	switch word {
	case "":
		return nil, fmt.Errorf("%w at byte %d: %q", errSyntax, l.at, rest[:min(len(rest), 20)])
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	}
	if f, err := strconv.ParseFloat(word, 64); err == nil {
		return f, nil
	}
	return Operator(word), nil
}

func (l *lexer) word() string {
	start := l.at
	for l.at < len(l.b) && !isSpace(l.b[l.at]) && !isDelimiter(l.b[l.at]) {
		l.at++
	}
	return string(l.b[start:l.at])
}

func (l *lexer) name() Name {
	l.at++
	raw := []byte(l.word())
	var out []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if v, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return Name(out)
}

func (l *lexer) literal() (string, error) {
	var out []byte
	depth := 0
	for l.at < len(l.b) {
		c := l.b[l.at]
		l.at++
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return string(out), nil
			}
		case '\\':
			if l.at < len(l.b) {
				out = append(out, l.escape()...)
			}
			continue
		}
		out = append(out, c)
	}
	return "", fmt.Errorf("%w: string without end", errSyntax)
}

// escape reads what follows a backslash.
func (l *lexer) escape() []byte {
	c := l.b[l.at]
	l.at++
	switch c {
	case 'n':
		return []byte{'\n'}
	case 'r':
		return []byte{'\r'}
	case 't':
		return []byte{'\t'}
	case 'b':
		return []byte{'\b'}
	case 'f':
		return []byte{'\f'}
	case '\n':
		return nil
	}
	if c < '0' || c > '7' {
		return []byte{c}
	}
	v := int(c - '0')
	for n := 0; n < 2 && l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '7'; n++ {
		v = v*8 + int(l.b[l.at]-'0')
		l.at++
	}
	return []byte{byte(v)}
}

func (l *lexer) hex() (string, error) {
	end := bytes.IndexByte(l.b[l.at:], '>')
	if end < 0 {
		return "", fmt.Errorf("%w: hexadecimal string without end", errSyntax)
	}
	digits := bytes.Join(bytes.Fields(l.b[l.at+1:l.at+end]), nil)
	l.at += end + 1
	if len(digits)%2 != 0 {
		digits = append(digits, '0')
	}
	out, err := hex.DecodeString(string(digits))
	return string(out), err
}

func (l *lexer) array() ([]any, error) {
	list := []any{}
	for {
		l.skip()
		if l.at < len(l.b) && l.b[l.at] == ']' {
			l.at++
			return list, nil
		}
		v, err := l.object()
		if err != nil {
			return nil, fmt.Errorf("array: %w", err)
		}
		list = append(list, v)
	}
}

func (l *lexer) dict() (Dict, error) {
	d := Dict{}
	for {
		l.skip()
		if bytes.HasPrefix(l.b[l.at:], []byte(">>")) {
			l.at += 2
			return d, nil
		}
		key, err := l.object()
		if err != nil {
			return nil, fmt.Errorf("dictionary: %w", err)
		}
		name, ok := key.(Name)
		if !ok {
			return nil, fmt.Errorf("%w: key %v of a dictionary is no name", errSyntax, key)
		}
		if d[name], err = l.object(); err != nil {
			return nil, fmt.Errorf("entry %s: %w", name, err)
		}
	}
}

var objectStart = regexp.MustCompile(`(?:^|[\r\n])(\d+) 0 obj\b`)

// readObjects finds all objects of a file by their beginnings, not by the cross-reference table. Where the data of a stream
// looks like an object, the object's number was seen before or its dictionary does not parse.
func readObjects(b []byte) (map[Ref]any, Dict, error) {
	objects := map[Ref]any{}
	trailer := Dict{}
	for at := 0; ; {
		m := objectStart.FindSubmatchIndex(b[at:])
		if m == nil {
			break
		}
		num, err := strconv.Atoi(string(b[at+m[2] : at+m[3]]))
		if err != nil {
			return nil, nil, err
		}
		l := &lexer{b: b, at: at + m[1]}
		v, err := l.object()
		if err != nil {
			return nil, nil, fmt.Errorf("object %d: %w", num, err)
		}
		if d, ok := v.(Dict); ok {
			s, err := l.stream(d)
			if err != nil {
				return nil, nil, fmt.Errorf("object %d: %w", num, err)
			}
			if s != nil {
				v = s
			}
		}
		objects[Ref(num)] = v
		at = l.at
	}
	for _, v := range objects {
		if s, ok := v.(*Stream); ok && s.Dict["Type"] == Name("ObjStm") {
			if err := s.unpack(objects); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, v := range objects {
		if s, ok := v.(*Stream); ok && s.Dict["Type"] == Name("XRef") {
			trailer = s.Dict
		}
	}
	if at := bytes.LastIndex(b, []byte("trailer")); at >= 0 && len(trailer) == 0 {
		l := &lexer{b: b, at: at + len("trailer")}
		if d, err := l.object(); err == nil {
			trailer, _ = d.(Dict)
		}
	}
	return objects, trailer, nil
}

// stream reads the data behind a dictionary; nil if there is none.
func (l *lexer) stream(d Dict) (*Stream, error) {
	l.skip()
	if !bytes.HasPrefix(l.b[l.at:], []byte("stream")) {
		return nil, nil
	}
	l.at += len("stream")
	if l.at < len(l.b) && l.b[l.at] == '\r' {
		l.at++
	}
	l.at++
	length, ok := d["Length"].(float64)
	if !ok {
		return nil, fmt.Errorf("%w: stream of length %v", errSyntax, d["Length"])
	}
	end := l.at + int(length)
	if end > len(l.b) {
		return nil, fmt.Errorf("%w: stream reaches behind the file", errSyntax)
	}
	data := l.b[l.at:end]
	l.at = end
	if d["Filter"] == Name("FlateDecode") {
		r, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if data, err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
	return &Stream{Dict: d, Data: data}, nil
}

// unpack adds the objects of an object stream.
func (s *Stream) unpack(objects map[Ref]any) error {
	n, _ := s.Dict["N"].(float64)
	first, _ := s.Dict["First"].(float64)
	head := &lexer{b: s.Data}
	for range int(n) {
		num, err := head.object()
		if err != nil {
			return err
		}
		off, err := head.object()
		if err != nil {
			return err
		}
		l := &lexer{b: s.Data, at: int(first) + int(off.(float64))}
		if objects[Ref(num.(float64))], err = l.object(); err != nil {
			return fmt.Errorf("object %v: %w", num, err)
		}
	}
	return nil
}
