package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/evbook/evbook/layouts/unit"
)

// The kinds of values that a PDF object is made of (§7.3). Besides these, [appendValue] takes bool and int.
type (
	ref    int      // an indirect object by its number
	name   string   // without the slash
	text   string   // a text string: UTF-8 here, PDFDocEncoding or UTF-16 in the file
	octets []byte   // a byte string, hexadecimal in the file unless it is readable
	array  []any    //
	raw    string   // written as it is
	milli  int64    // a number in thousandths
	real   float64  // a number with up to five decimals
	dict   []member // entries in the order of writing
)

type member struct {
	key   name
	value any
}

// points gives a length in thousandths of a point.
func points(l unit.Len) milli { return milli(roundDiv(int64(l)*1000, int64(unit.Pt))) }

// add appends an entry to d.
func (d *dict) add(key name, value any) { *d = append(*d, member{key, value}) }

// appendValue writes a value. It panics on types that are no PDF values: that is a bug of this package.
func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case milli:
		return appendMilli(b, v)
	case real:
		return appendReal(b, float64(v))
	case ref:
		return appendRef(b, v)
	case name:
		return appendName(b, v)
	case text:
		return appendText(b, string(v))
	case octets:
		return appendOctets(b, v)
	case raw:
		return append(b, v...)
	case array:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ' ')
			}
			b = appendValue(b, e)
		}
		return append(b, ']')
	case dict:
		b = append(b, "<<"...)
		for _, m := range v {
			b = appendName(b, m.key)
			switch m.value.(type) {
			case name, text, octets, array, dict: // they begin with a delimiter (§7.2.2)
			default:
				b = append(b, ' ')
			}
			b = appendValue(b, m.value)
		}
		return append(b, ">>"...)
	}
	panic(fmt.Sprintf("pdf: %T is no PDF value", v))
}

// appendRef writes a reference to an indirect object.
func appendRef(b []byte, r ref) []byte { return append(appendInt(b, int(r)), " 0 R"...) }

func appendInt(b []byte, i int) []byte { return strconv.AppendInt(b, int64(i), 10) }

// appendRect writes a rectangle by two opposite corners (§7.9.5).
func appendRect(b []byte, x1, y1, x2, y2 milli) []byte {
	b = append(appendMilli(append(b, '['), x1), ' ')
	b = append(appendMilli(b, y1), ' ')
	b = append(appendMilli(b, x2), ' ')
	return append(appendMilli(b, y2), ']')
}

// appendMilli writes a number with up to three decimals.
func appendMilli(b []byte, m milli) []byte {
	if m < 0 {
		b = append(b, '-')
		m = -m
	}
	b = strconv.AppendInt(b, int64(m/1000), 10)
	if frac := int(m % 1000); frac != 0 {
		b = append(b, '.', byte('0'+frac/100))
		if frac%100 != 0 {
			b = append(b, byte('0'+frac/10%10))
		}
		if frac%10 != 0 {
			b = append(b, byte('0'+frac%10))
		}
	}
	return b
}

// appendReal writes a number with up to five decimals. What is no number is 0, and what is larger than programs have to
// read (§C.2) is cut.
func appendReal(b []byte, f float64) []byte {
	const most = 1e9
	if math.IsNaN(f) {
		f = 0
	}
	n := int64(math.Round(min(max(f, -most), most) * 1e5))
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	b = strconv.AppendInt(b, n/1e5, 10)
	if frac := n % 1e5; frac != 0 {
		s := strconv.AppendInt(nil, 1e5+frac, 10)
		b = append(append(b, '.'), bytes.TrimRight(s[1:], "0")...)
	}
	return b
}

const hexDigits = "0123456789ABCDEF"

// appendName writes a name, with everything but regular characters as #xx (§7.3.5).
func appendName(b []byte, n name) []byte {
	b = append(b, '/')
	for i := range len(n) {
		switch c := n[i]; {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c == '-', c == '_', c == '+', c == '.':
			b = append(b, c)
		default:
			b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return b
}

// appendText writes a text string (§7.9.2.2): ASCII as it is, anything else as UTF-16 with a byte order mark.
func appendText(b []byte, s string) []byte {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] < ' ' {
			ascii = false
			break
		}
	}
	if ascii {
		return appendLiteral(b, s)
	}
	b = append(b, "<FEFF"...)
	var unit [4]byte
	for _, r := range s {
		b = appendDigits(b, appendUTF16(unit[:0], r))
	}
	return append(b, '>')
}

// appendOctets writes a byte string as it is most easily read.
func appendOctets[S ~string | ~[]byte](b []byte, s S) []byte {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return appendHex(b, s)
		}
	}
	return appendLiteral(b, s)
}

// appendUTF16 writes a character as UTF-16BE.
func appendUTF16(b []byte, r rune) []byte {
	if r >= 0x10000 {
		hi, lo := utf16.EncodeRune(r)
		return append(b, byte(hi>>8), byte(hi), byte(lo>>8), byte(lo))
	}
	return append(b, byte(r>>8), byte(r))
}

// appendLiteral writes a literal string (§7.3.4.2).
func appendLiteral[S ~string | ~[]byte](b []byte, s S) []byte {
	b = append(b, '(')
	for i := range len(s) {
		b = appendEscaped(b, s[i])
	}
	return append(b, ')')
}

// appendEscaped writes a byte of a literal string. Line ends must be escaped, or a reader turns them into line feeds.
func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(b, '\\', c)
	case '\r':
		return append(b, '\\', 'r')
	case '\n':
		return append(b, '\\', 'n')
	}
	return append(b, c)
}

// appendHex writes a hexadecimal string.
func appendHex[S ~string | ~[]byte](b []byte, s S) []byte {
	return append(appendDigits(append(b, '<'), s), '>')
}

func appendDigits[S ~string | ~[]byte](b []byte, s S) []byte {
	for i := range len(s) {
		b = append(b, hexDigits[s[i]>>4], hexDigits[s[i]&15])
	}
	return b
}
