package lint

import (
	"slices"
	"strings"
)

func (p *xmlParser) comment() {
	start := p.pos
	i := strings.Index(p.s[start+4:], "--")
	if i < 0 {
		p.fail(start, "the comment is not closed")
		return
	}
	end := start + 4 + i
	if !strings.HasPrefix(p.s[end:], "-->") {
		p.fail(end, `"--" must not stand in a comment`)
		return
	}
	if p.checkChars(p.s[start+4:end], start+4) {
		p.pos = end + 3
	}
}

func (p *xmlParser) cdata() {
	start := p.pos
	i := strings.Index(p.s[start:], "]]>")
	if i < 0 || len(p.open) == 1 {
		p.fail(start, "the CDATA section is not closed or stands outside the root element")
		return
	}
	text := p.s[start+9 : start+i]
	if p.checkChars(text, start+9) {
		p.addText(text, start)
		p.pos = start + i + 3
	}
}

func (p *xmlParser) instruction() {
	start := p.pos
	p.pos += 2
	target := p.name()
	i := strings.Index(p.s[p.pos:], "?>")
	switch {
	case target == "" || i < 0:
		p.fail(start, "the processing instruction has no name or is not closed")
	case strings.EqualFold(target, "xml"):
		p.fail(start, "the XML declaration must be the very first thing in the file")
	case i > 0 && !isSpace(p.s[p.pos]):
		p.fail(start, "the processing instruction is malformed")
	case p.checkChars(p.s[p.pos:p.pos+i], p.pos):
		p.doc.pis = append(p.doc.pis, procInst{target, strings.TrimSpace(p.s[p.pos : p.pos+i]), start})
		p.pos += i + 2
	}
}

func (p *xmlParser) startTag() {
	start := p.pos
	p.pos++
	name := p.name()
	if name == "" {
		p.fail(start, `"<" must be written "&lt;" unless a tag begins`)
		return
	}
	if len(p.open) == 1 && p.doc.root != 0 {
		p.fail(start, "there is a second root element, %q", name)
		return
	}
	if len(p.open) > maxDepth {
		p.err = &xmlError{off: start, msg: "the elements are nested more than 1024 deep", limit: true}
		return
	}
	first := len(p.doc.arena)
	p.marks = append(p.marks, len(p.bindings))
	empty := p.attributes(start, name)
	if p.err != nil {
		return
	}
	attrs := p.doc.arena[first:len(p.doc.arena):len(p.doc.arena)]
	n := node{attrs: attrs, off: start}
	var ok bool
	if n.space, n.name, _, ok = p.resolve(name, true); !ok {
		p.fail(start, "the prefix of the element %q is not declared", name)
		return
	}
	for i := range attrs {
		a := &attrs[i]
		if a.space, a.local, a.prefix, ok = p.resolve(a.local, false); !ok {
			p.fail(a.off, "the prefix of the attribute %q is not declared", a.local)
			return
		}
		for k := range i {
			if attrs[k].local == a.local && attrs[k].space == a.space {
				p.fail(a.off, "the attribute %q is given twice", a.local)
				return
			}
		}
	}
	i := p.link(n)
	if len(p.open) == 1 {
		p.doc.root = i
	}
	if empty {
		p.bindings = p.bindings[:p.marks[len(p.marks)-1]]
		p.marks = p.marks[:len(p.marks)-1]
		return
	}
	p.open = append(p.open, i)
	p.names = append(p.names, name)
}

// attributes reads up to the end of the tag and reports whether it is an empty element's.
func (p *xmlParser) attributes(start int, element string) bool {
	for p.err == nil {
		spaced := p.space()
		if p.pos >= len(p.s) {
			break
		}
		switch c := p.s[p.pos]; {
		case c == '>':
			p.pos++
			return false
		case c == '/':
			if !strings.HasPrefix(p.s[p.pos:], "/>") {
				p.fail(p.pos, `"/" must stand before ">" in a tag`)
				return false
			}
			p.pos += 2
			return true
		case !spaced:
			p.fail(p.pos, "the tag of %q is malformed", element)
			return false
		}
		p.attribute(element)
	}
	p.fail(start, "the tag of %q is not closed", element)
	return false
}

// hasControl reports whether s has a tab or a line end: other control characters have been refused before.
func hasControl(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' {
			return true
		}
	}
	return false
}

func (p *xmlParser) attribute(element string) {
	off := p.pos
	name := p.name()
	if name == "" {
		p.fail(off, "the tag of %q is malformed", element)
		return
	}
	p.space()
	if p.pos >= len(p.s) || p.s[p.pos] != '=' {
		p.fail(off, "the attribute %q has no value", name)
		return
	}
	p.pos++
	p.space()
	if p.pos >= len(p.s) || p.s[p.pos] != '"' && p.s[p.pos] != '\'' {
		p.fail(p.pos, "the value of %q must be in quotation marks", name)
		return
	}
	begin := p.pos + 1
	i := strings.IndexByte(p.s[begin:], p.s[p.pos])
	if i < 0 {
		p.fail(off, "the value of %q is not closed", name)
		return
	}
	value := p.s[begin : begin+i]
	p.pos = begin + i + 1
	if k := strings.IndexByte(value, '<'); k >= 0 {
		p.fail(begin+k, `"<" must be written "&lt;" in the value of %q`, name)
		return
	}
	if !p.checkChars(value, begin) {
		return
	}
	if hasControl(value) {
		value = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ", "\r", " ").Replace(value)
	}
	if strings.IndexByte(value, '&') >= 0 {
		var ok bool
		if value, ok = p.references(value, begin); !ok {
			return
		}
	}
	switch {
	case name == "xmlns":
		p.declare(off, "", value)
	case strings.HasPrefix(name, "xmlns:"):
		if value == "" {
			p.fail(off, "the prefix of %q must not be bound to nothing", name)
			return
		}
		p.declare(off, name[len("xmlns:"):], value)
	default:
		p.doc.arena = append(p.doc.arena, attr{local: name, value: value, off: off})
	}
}

func (p *xmlParser) declare(off int, prefix, uri string) {
	for _, b := range p.bindings[p.marks[len(p.marks)-1]:] {
		if b.prefix == prefix {
			p.fail(off, "the namespace of %q is declared twice", prefix)
			return
		}
	}
	p.bindings = append(p.bindings, nsBinding{prefix, uri})
	p.doc.prefixes = append(p.doc.prefixes, prefixDecl{prefix, uri, off})
}

// resolve splits a written name into namespace and local name. Attributes without prefix are in no namespace.
func (p *xmlParser) resolve(name string, element bool) (space, local, prefix string, ok bool) {
	before, after, ok := strings.Cut(name, ":")
	if !ok {
		if !element {
			return "", name, "", true
		}
		local = name
	} else {
		prefix, local = before, after
		if prefix == "" || local == "" || strings.IndexByte(local, ':') >= 0 {
			return "", name, "", false
		}
	}
	for _, v := range slices.Backward(p.bindings) {
		if v.prefix == prefix {
			return v.uri, local, prefix, true
		}
	}
	return "", name, "", prefix == ""
}

func (p *xmlParser) endTag() {
	start := p.pos
	p.pos += 2
	name := p.name()
	p.space()
	switch {
	case name == "" || p.pos >= len(p.s) || p.s[p.pos] != '>':
		p.fail(start, "the end tag is malformed")
	case len(p.names) == 0:
		p.fail(start, "the end tag of %q has no start tag", name)
	case p.names[len(p.names)-1] != name:
		p.fail(start, "the element %q must be closed before %q ends", p.names[len(p.names)-1], name)
	default:
		p.pos++
		p.bindings = p.bindings[:p.marks[len(p.marks)-1]]
		p.marks = p.marks[:len(p.marks)-1]
		p.open = p.open[:len(p.open)-1]
		p.names = p.names[:len(p.names)-1]
	}
}

func (p *xmlParser) doctype() {
	start := p.pos
	if p.doc.doctype != nil || p.doc.root != 0 {
		p.fail(start, "the document type declaration must stand once, before the root element")
		return
	}
	p.pos += len("<!DOCTYPE")
	dt := &doctype{off: start, entities: map[string]string{}}
	if !p.space() {
		p.fail(start, "the document type declaration is malformed")
		return
	}
	dt.name = p.name()
	p.space()
	dt.public, dt.hasPublic, dt.system, dt.hasSystem = p.externalID()
	p.space()
	if p.err == nil && p.pos < len(p.s) && p.s[p.pos] == '[' {
		p.pos++
		p.subset(dt)
		p.space()
	}
	if p.err == nil && (dt.name == "" || p.pos >= len(p.s) || p.s[p.pos] != '>') {
		p.fail(start, "the document type declaration is malformed")
		return
	}
	p.pos++
	p.doc.doctype = dt
}

// externalID reads PUBLIC "…" "…" or SYSTEM "…".
func (p *xmlParser) externalID() (public string, hasPublic bool, system string, hasSystem bool) {
	switch rest := p.s[p.pos:]; {
	case strings.HasPrefix(rest, "PUBLIC"):
		p.pos += 6
		p.space()
		public, hasPublic = p.literal()
		p.space()
		if p.pos < len(p.s) && (p.s[p.pos] == '"' || p.s[p.pos] == '\'') {
			system, hasSystem = p.literal()
		} else {
			p.fail(p.pos, "a public identifier must be followed by a system identifier")
		}
	case strings.HasPrefix(rest, "SYSTEM"):
		p.pos += 6
		p.space()
		system, hasSystem = p.literal()
	}
	return
}

func (p *xmlParser) literal() (string, bool) {
	if p.pos < len(p.s) && (p.s[p.pos] == '"' || p.s[p.pos] == '\'') {
		if i := strings.IndexByte(p.s[p.pos+1:], p.s[p.pos]); i >= 0 {
			v := p.s[p.pos+1 : p.pos+1+i]
			p.pos += i + 2
			return v, true
		}
	}
	p.fail(p.pos, "a quoted value is missing or not closed in the document type declaration")
	return "", false
}

// subset reads the internal subset: entities are kept, everything else is passed over.
func (p *xmlParser) subset(dt *doctype) {
	for p.err == nil {
		p.space()
		rest := p.s[p.pos:]
		switch {
		case rest == "":
			p.fail(dt.off, "the document type declaration is not closed")
		case rest[0] == ']':
			p.pos++
			return
		case strings.HasPrefix(rest, "<!--"):
			p.comment()
		case strings.HasPrefix(rest, "<?"):
			p.instruction()
		case strings.HasPrefix(rest, "<!ENTITY"):
			p.entity(dt)
		case strings.HasPrefix(rest, "<!ELEMENT"), strings.HasPrefix(rest, "<!ATTLIST"), strings.HasPrefix(rest, "<!NOTATION"):
			p.skipDeclaration()
		default:
			p.fail(p.pos, "the document type declaration is malformed")
		}
	}
}

func (p *xmlParser) entity(dt *doctype) {
	start := p.pos
	p.pos += len("<!ENTITY")
	p.space()
	parameter := p.pos < len(p.s) && p.s[p.pos] == '%'
	if parameter {
		p.pos++
		p.space()
	}
	name := p.name()
	p.space()
	if name == "" {
		p.fail(start, "the entity declaration is malformed")
		return
	}
	if _, hasPublic, _, hasSystem := p.externalID(); hasPublic || hasSystem {
		dt.externalEntities = append(dt.externalEntities, name)
		p.skipDeclaration()
		return
	}
	value, ok := p.literal()
	p.space()
	if !ok || p.pos >= len(p.s) || p.s[p.pos] != '>' {
		p.fail(start, "the entity declaration is malformed")
		return
	}
	p.pos++
	if _, dup := dt.entities[name]; !dup && !parameter {
		dt.entities[name] = value
	}
}

// skipDeclaration moves behind the next ">" that is not in quotation marks.
func (p *xmlParser) skipDeclaration() {
	var quote byte
	for i := p.pos; i < len(p.s); i++ {
		switch c := p.s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			p.pos = i + 1
			return
		}
	}
	p.fail(p.pos, "a declaration is not closed")
}
