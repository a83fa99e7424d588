package lint

import (
	"html"
	"strings"
	"unicode/utf8"
)

func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// checkChars wants only characters that XML 1.0 [2] allows in s, which starts at offset off.
func (p *xmlParser) checkChars(s string, off int) bool {
	ascii := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 0x20 && c != '\n' && c != '\t' && c != '\r' {
			p.fail(off+i, "the control character U+%04X is not allowed in XML", c)
			return false
		}
		if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	if ascii {
		return true
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				p.fail(off+i, "the file is not valid UTF-8 here")
				return false
			}
		}
		if !isXMLChar(r) {
			p.fail(off+i, "the character U+%04X is not allowed in XML", r)
			return false
		}
	}
	return true
}

func (p *xmlParser) characters() {
	start := p.pos
	end := strings.IndexByte(p.s[start:], '<')
	if end < 0 {
		end = len(p.s)
	} else {
		end += start
	}
	raw := p.s[start:end]
	p.pos = end
	if len(p.open) == 1 {
		if t := strings.TrimLeft(raw, " \t\r\n"); t != "" {
			p.fail(end-len(t), "there is text outside the root element")
		}
		return
	}
	if i := strings.Index(raw, "]]>"); i >= 0 {
		p.fail(start+i, `"]]>" must not stand in text`)
		return
	}
	if !p.checkChars(raw, start) {
		return
	}
	text := raw
	if strings.IndexByte(raw, '&') >= 0 {
		var ok bool
		if text, ok = p.references(raw, start); !ok {
			return
		}
	}
	p.addText(text, start)
}

// references replaces the character and entity references of raw, which starts at offset off.
func (p *xmlParser) references(raw string, off int) (string, bool) {
	var b strings.Builder
	for at := 0; ; {
		i := strings.IndexByte(raw[at:], '&')
		if i < 0 {
			b.WriteString(raw[at:])
			return b.String(), true
		}
		b.WriteString(raw[at : at+i])
		at += i
		end := strings.IndexByte(raw[at:], ';')
		if end < 0 || end > 64 {
			p.fail(off+at, `"&" must be written "&amp;"`)
			return "", false
		}
		value, ok := p.reference(raw[at+1:at+end], off+at, 0)
		if !ok {
			return "", false
		}
		b.WriteString(value)
		at += end + 1
	}
}

func (p *xmlParser) reference(name string, off, depth int) (string, bool) {
	switch name {
	case "amp":
		return "&", true
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	}
	if strings.HasPrefix(name, "#") {
		r, ok := charReference(name[1:])
		if !ok {
			p.fail(off, "the character reference \"&%s;\" is not valid in XML", name)
		}
		return string(r), ok
	}
	if !isNCName(name) {
		p.fail(off, `"&" must be written "&amp;"`)
		return "", false
	}
	if dt := p.doc.doctype; dt != nil {
		if v, ok := dt.entities[name]; ok {
			return p.expand(name, v, off, depth)
		}
		if dt.hasPublic && strings.Contains(dt.public, "XHTML") {
			if v := html.UnescapeString("&" + name + ";"); !strings.HasSuffix(v, ";") {
				return v, true // the XHTML 1 document types declare the entities of HTML 4
			}
		}
	}
	p.fail(off, "the entity %q is not declared: XML knows only amp, lt, gt, quot and apos", name)
	return "", false
}

func (p *xmlParser) expand(name, value string, off, depth int) (string, bool) {
	if depth > 8 {
		p.fail(off, "the entity %q refers to itself or is nested too deeply", name)
		return "", false
	}
	var b strings.Builder
	for value != "" {
		i := strings.IndexByte(value, '&')
		if i < 0 {
			break
		}
		end := strings.IndexByte(value[i:], ';')
		if end < 0 {
			p.fail(off, "the entity %q holds a bare \"&\"", name)
			return "", false
		}
		inner, ok := p.reference(value[i+1:i+end], off, depth+1)
		if !ok {
			return "", false
		}
		b.WriteString(value[:i])
		b.WriteString(inner)
		value = value[i+end+1:]
		if b.Len() > maxEntities {
			break
		}
	}
	b.WriteString(value)
	if p.expanded += b.Len(); p.expanded > maxEntities {
		if p.err == nil {
			p.err = &xmlError{off: off, msg: "the entities of the document expand beyond 1 MiB", limit: true}
		}
		return "", false
	}
	return b.String(), true
}

func charReference(s string) (rune, bool) {
	base := rune(10)
	if strings.HasPrefix(s, "x") {
		base, s = 16, s[1:]
	}
	if s == "" {
		return 0, false
	}
	var r rune
	for _, c := range s {
		var v rune
		switch {
		case c >= '0' && c <= '9':
			v = c - '0'
		case base == 16 && c >= 'a' && c <= 'f':
			v = c - 'a' + 10
		case base == 16 && c >= 'A' && c <= 'F':
			v = c - 'A' + 10
		default:
			return 0, false
		}
		if r = r*base + v; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, isXMLChar(r)
}
