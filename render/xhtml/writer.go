package xhtml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Attr is an attribute. The zero Attr is none and is left out.
type Attr struct{ Name, Value string }

// A returns the attribute name="value".
func A(name, value string) Attr { return Attr{name, value} }

// Opt returns the attribute name="value", or none if value is empty.
func Opt(name, value string) Attr {
	if value == "" {
		return Attr{}
	}
	return Attr{name, value}
}

// Writer writes well-formed XML: it escapes text and attribute values, replaces what XML 1.0 §2.2 has no way to write,
// and knows which elements are open, so that End closes the right one. The zero Writer is ready to use. It panics on names
// that are no XML names, on an attribute given twice and on an End without a Start: all are faults of the program.
type Writer struct {
	b    strings.Builder
	open []string
}

// Start opens an element.
func (w *Writer) Start(name string, attrs ...Attr) {
	w.tag(name, attrs)
	w.b.WriteByte('>')
	w.open = append(w.open, name)
}

// Void writes an element without content and without an end tag. HTML has it so for its void elements only.
func (w *Writer) Void(name string, attrs ...Attr) {
	w.tag(name, attrs)
	w.b.WriteString("/>")
}

// End closes the innermost open element.
func (w *Writer) End() {
	n := len(w.open) - 1
	if n < 0 {
		panic("xhtml: End without Start")
	}
	w.b.WriteString("</")
	w.b.WriteString(w.open[n])
	w.b.WriteByte('>')
	w.open = w.open[:n]
}

// Element writes an element with text as its content.
func (w *Writer) Element(name, text string, attrs ...Attr) {
	w.Start(name, attrs...)
	w.Text(text)
	w.End()
}

// Raw writes an element, style or script, whose content HTML takes as it stands, while XML reads mark-up in it. Content that
// has any is wrapped so that both see the same; comments of the language, /* and */, hide the wrapping. What would end the
// element or the wrapping gets a backslash, which changes no string of either language.
func (w *Writer) Raw(name, text string, attrs ...Attr) {
	text = strings.Map(func(r rune) rune {
		if !allowed(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ReplaceAll(text, "\r", ""))
	text = strings.NewReplacer("</", `<\/`, "<!--", `<\!--`, "]]>", `]]\>`).Replace(text)
	if strings.ContainsAny(text, "<&") {
		text = "/*<![CDATA[*/" + text + "/*]]>*/"
	}
	w.Start(name, attrs...)
	w.b.WriteString(text)
	w.End()
}

// Text writes text.
func (w *Writer) Text(s string) { escape(&w.b, s, false) }

// Line ends a line of the file. It may stand only where white space has no meaning.
func (w *Writer) Line() { w.b.WriteByte('\n') }

// Fragment puts in what another Writer has written.
func (w *Writer) Fragment(f Fragment) { w.b.WriteString(string(f)) }

// Fragment is a well-formed sequence of elements and text.
type Fragment string

// Done returns what was written. It panics if elements are open.
func (w *Writer) Done() Fragment {
	if len(w.open) > 0 {
		panic("xhtml: open element " + w.open[len(w.open)-1])
	}
	return Fragment(w.b.String())
}

func (w *Writer) tag(name string, attrs []Attr) {
	checkName(name)
	w.b.WriteByte('<')
	w.b.WriteString(name)
	for i, a := range attrs {
		if a.Name == "" {
			continue
		}
		checkName(a.Name)
		for _, other := range attrs[:i] {
			if other.Name == a.Name {
				panic(fmt.Sprintf("xhtml: attribute %s twice at element %s", a.Name, name))
			}
		}
		w.b.WriteByte(' ')
		w.b.WriteString(a.Name)
		w.b.WriteString(`="`)
		escape(&w.b, a.Value, true)
		w.b.WriteByte('"')
	}
}

// escape writes s as character data. Characters that are not allowed in XML 1.0 (§2.2: most controls, U+FFFE, U+FFFF)
// and bytes that are no UTF-8 become U+FFFD.
func escape(b *strings.Builder, s string, attr bool) {
	start := 0
	for i, r := range s {
		var esc string
		size := utf8.RuneLen(r)
		switch {
		case r == '&':
			esc = "&amp;"
		case r == '<':
			esc = "&lt;"
		case r == '>':
			esc = "&gt;"
		case r == '"' && attr:
			esc = "&quot;"
		case r == '\t' && attr:
			esc = "&#9;"
		case r == '\n' && attr:
			esc = "&#10;"
		case r == '\r': // XML reads it as a line feed, and HTML forbids references to it
			switch {
			case strings.HasPrefix(s[i+1:], "\n"):
			case attr:
				esc = "&#10;"
			default:
				esc = "\n"
			}
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(s[i:]); n > 1 {
				continue // the author's own U+FFFD
			}
			esc, size = "\uFFFD", 1
		case !allowed(r):
			esc = "\uFFFD"
		default:
			continue
		}
		b.WriteString(s[start:i])
		b.WriteString(esc)
		start = i + size
	}
	b.WriteString(s[start:])
}

func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// checkName panics unless name is an ASCII XML name.
func checkName(name string) {
	if !IsName(name) {
		panic(fmt.Sprintf("xhtml: %q is no name of an element or attribute", name))
	}
}

// IsName reports whether name is an XML name of ASCII characters, which a [Writer] takes for elements and attributes.
func IsName(name string) bool {
	for i, r := range []byte(name) {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z' || r == '_'
		if !letter && (i == 0 || !(r == '-' || r == '.' || r == ':' || '0' <= r && r <= '9')) {
			return false
		}
	}
	return name != ""
}
