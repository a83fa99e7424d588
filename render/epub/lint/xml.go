package lint

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// The namespaces that the linter knows.
const (
	nsXHTML     = "http://www.w3.org/1999/xhtml"
	nsOPS       = "http://www.idpf.org/2007/ops"
	nsSVG       = "http://www.w3.org/2000/svg"
	nsMathML    = "http://www.w3.org/1998/Math/MathML"
	nsXLink     = "http://www.w3.org/1999/xlink"
	nsXML       = "http://www.w3.org/XML/1998/namespace"
	nsXMLNS     = "http://www.w3.org/2000/xmlns/"
	nsOPF       = "http://www.idpf.org/2007/opf"
	nsDC        = "http://purl.org/dc/elements/1.1/"
	nsNCX       = "http://www.daisy.org/z3986/2005/ncx/"
	nsContainer = "urn:oasis:names:tc:opendocument:xmlns:container"
	nsSSML      = "http://www.w3.org/2001/10/synthesis"
	nsEnc       = "http://www.w3.org/2001/04/xmlenc#"
)

// Limits of the parser: beyond them a file is hostile, not rich.
const (
	maxDepth    = 1024    // elements inside each other
	maxEntities = 1 << 20 // bytes that entities of the document may expand to in all
	maxNodes    = 1 << 16 // nodes to make room for at once
)

// attr is an attribute with its namespace resolved. Namespace declarations are kept apart.
type attr struct {
	space, local string // space is "" without a prefix
	prefix       string
	value        string
	off          int // byte offset of the name
}

// node is an element or, when name is "", a piece of text.
type node struct {
	space, name              string
	text                     string
	attrs                    []attr
	off                      int // byte offset of the start
	parent, first, last, nxt int32
}

// document is a parsed XML file. Node 0 is the document itself, its element child the root.
type document struct {
	src      string
	nodes    []node
	arena    []attr
	root     int32 // 0 when there is none
	doctype  *doctype
	version  string // of the XML declaration
	encoding string // as declared
	pis      []procInst
	prefixes []prefixDecl
	ids      map[string]int32
}

type doctype struct {
	name, public, system string
	hasPublic, hasSystem bool
	off                  int
	externalEntities     []string
	entities             map[string]string
}

type procInst struct {
	target, data string
	off          int
}

type prefixDecl struct {
	prefix, uri string
	off         int
}

// get returns the value of the attribute without namespace called name.
func (n *node) get(name string) (string, bool) {
	for i := range n.attrs {
		if n.attrs[i].space == "" && n.attrs[i].local == name {
			return n.attrs[i].value, true
		}
	}
	return "", false
}

func (n *node) getNS(space, name string) (string, bool) {
	for i := range n.attrs {
		if n.attrs[i].local == name && n.attrs[i].space == space {
			return n.attrs[i].value, true
		}
	}
	return "", false
}

func (n *node) has(name string) bool { _, ok := n.get(name); return ok }

func (n *node) is(space, name string) bool { return n.name == name && n.space == space }

// children calls f for each child element of i, text left out.
func (d *document) children(i int32, f func(int32, *node)) {
	for c := d.nodes[i].first; c != 0; c = d.nodes[c].nxt {
		if d.nodes[c].name != "" {
			f(c, &d.nodes[c])
		}
	}
}

// content returns the text of i and all that is in it.
func (d *document) content(i int32) string {
	if t := d.nodes[i].first; t != 0 && d.nodes[t].name == "" && d.nodes[t].nxt == 0 {
		return d.nodes[t].text
	}
	var b strings.Builder
	end := d.after(i)
	for k := i; k < end; k++ {
		b.WriteString(d.nodes[k].text)
	}
	return b.String()
}

// after returns the index behind the last node inside i: nodes lie in document order.
func (d *document) after(i int32) int32 {
	for i != 0 {
		if n := d.nodes[i].nxt; n != 0 {
			return n
		}
		i = d.nodes[i].parent
	}
	return int32(len(d.nodes))
}

// xmlError is what makes a document no XML at all.
type xmlError struct {
	off   int
	msg   string
	limit bool // a limit of ours, not a rule of XML
}

func (e *xmlError) Error() string { return e.msg }

type nsBinding struct{ prefix, uri string }

type xmlParser struct {
	doc      *document
	s        string
	pos      int
	bindings []nsBinding
	marks    []int // length of bindings before each open element
	open     []int32
	names    []string // the written names of the open elements
	expanded int
	err      *xmlError
}

// documents holds the memory of documents that are done with.
var documents = sync.Pool{New: func() any { return new(document) }}

// release gives the memory of d back. Nothing of d but strings may be used afterwards.
func (d *document) release() {
	if cap(d.nodes) <= 4*maxNodes {
		documents.Put(d)
	}
}

// parseXML parses src, which must be UTF-8 without byte order mark. With an error it returns what was read until then.
func parseXML(src string) (*document, *xmlError) {
	d := documents.Get().(*document)
	*d = document{src: src, nodes: d.nodes, arena: d.arena}
	// Every "<" begins a tag that ends a text: so many nodes there are at most, and elements half as many.
	tags := strings.Count(src, "<")
	d.nodes = append(slices.Grow(d.nodes[:0], min(tags, maxNodes)+2), node{})
	d.arena = slices.Grow(d.arena[:0], min(strings.Count(src, "="), tags)+1)
	p := &xmlParser{doc: d, s: src}
	p.bindings = append(p.bindings, nsBinding{"xml", nsXML}, nsBinding{"xmlns", nsXMLNS})
	p.open = append(p.open, 0)
	p.run()
	return d, p.err
}

func (p *xmlParser) fail(off int, format string, args ...any) {
	if p.err == nil {
		p.err = &xmlError{off: off, msg: fmt.Sprintf(format, args...)}
	}
}

func (p *xmlParser) run() {
	if strings.HasPrefix(p.s, "<?xml") && len(p.s) > 5 && isSpace(p.s[5]) {
		p.declaration()
	}
	for p.err == nil && p.pos < len(p.s) {
		if p.s[p.pos] != '<' {
			p.characters()
			continue
		}
		rest := p.s[p.pos:]
		switch {
		case strings.HasPrefix(rest, "</"):
			p.endTag()
		case strings.HasPrefix(rest, "<!--"):
			p.comment()
		case strings.HasPrefix(rest, "<![CDATA["):
			p.cdata()
		case strings.HasPrefix(rest, "<?"):
			p.instruction()
		case strings.HasPrefix(rest, "<!DOCTYPE"):
			p.doctype()
		default:
			p.startTag()
		}
	}
	if p.err != nil {
		return
	}
	switch {
	case len(p.open) > 1:
		p.fail(len(p.s), "the element %q is not closed", p.names[len(p.names)-1])
	case p.doc.root == 0:
		p.fail(len(p.s), "the document has no element")
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// hasSpace reports whether s has white space.
func hasSpace(s string) bool {
	for i := 0; i < len(s); i++ {
		if isSpace(s[i]) {
			return true
		}
	}
	return false
}

func (p *xmlParser) space() bool {
	start := p.pos
	for p.pos < len(p.s) && isSpace(p.s[p.pos]) {
		p.pos++
	}
	return p.pos > start
}

// name reads an XML name at pos; "" if there is none.
func (p *xmlParser) name() string {
	start := p.pos
	for p.pos < len(p.s) {
		c := p.s[p.pos]
		if c < utf8.RuneSelf {
			if !nameByte[c] || p.pos == start && (c == '-' || c == '.' || c >= '0' && c <= '9') {
				break
			}
			p.pos++
			continue
		}
		r, n := utf8.DecodeRuneInString(p.s[p.pos:])
		if !isNameRune(r) || p.pos == start && !isNameStart(r) {
			break
		}
		p.pos += n
	}
	return p.s[start:p.pos]
}

var nameByte = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == ':'
	}
	return
}()

// isNameStart and isNameRune follow XML 1.0 (fifth edition) [4] and [4a] outside ASCII.
func isNameStart(r rune) bool {
	return r >= 0xC0 && r <= 0x2FF && r != 0xD7 && r != 0xF7 || r >= 0x370 && r <= 0x1FFF && r != 0x37E ||
		r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF ||
		r >= 0x3001 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFC || r >= 0x10000 && r <= 0xEFFFF
}

func isNameRune(r rune) bool {
	return isNameStart(r) || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// isNCName reports whether s is a name without colon.
func isNCName(s string) bool {
	for i, r := range s {
		switch {
		case r == ':':
			return false
		case r < utf8.RuneSelf:
			if !nameByte[r] || i == 0 && (r == '-' || r == '.' || r >= '0' && r <= '9') {
				return false
			}
		case !isNameRune(r) || i == 0 && !isNameStart(r):
			return false
		}
	}
	return s != ""
}

func (p *xmlParser) declaration() {
	end := strings.Index(p.s, "?>")
	if end < 0 {
		p.fail(0, "the XML declaration is not closed")
		return
	}
	for rest, i := p.s[5:end], 0; ; i++ {
		rest = strings.TrimLeft(rest, " \t\r\n")
		if rest == "" {
			if i == 0 {
				p.fail(0, "the XML declaration has no version")
			}
			break
		}
		key, after, ok := strings.Cut(rest, "=")
		after = strings.TrimLeft(after, " \t\r\n")
		if !ok || after == "" || after[0] != '"' && after[0] != '\'' {
			p.fail(0, "the XML declaration is malformed")
			return
		}
		value, tail, ok := strings.Cut(after[1:], after[:1])
		if !ok {
			p.fail(0, "the XML declaration is malformed")
			return
		}
		switch key = strings.TrimRight(key, " \t\r\n"); {
		case key == "version" && i == 0:
			p.doc.version = value
		case key == "encoding":
			p.doc.encoding = value
		case key == "standalone" && (value == "yes" || value == "no"):
		default:
			p.fail(0, "the XML declaration must not hold %q here", key)
			return
		}
		rest = tail
	}
	p.pos = end + 2
}

func (p *xmlParser) addText(text string, off int) {
	p.link(node{text: text, off: off})
}

// link adds n as the last child of the innermost open element.
func (p *xmlParser) link(n node) int32 {
	parent := p.open[len(p.open)-1]
	n.parent = parent
	i := int32(len(p.doc.nodes))
	p.doc.nodes = append(p.doc.nodes, n)
	if last := p.doc.nodes[parent].last; last != 0 {
		p.doc.nodes[last].nxt = i
	} else {
		p.doc.nodes[parent].first = i
	}
	p.doc.nodes[parent].last = i
	return i
}
