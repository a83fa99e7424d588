package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
)

const (
	nsSVG   = "http://www.w3.org/2000/svg"
	nsXLink = "http://www.w3.org/1999/xlink"
	nsHTML  = "http://www.w3.org/1999/xhtml"
	nsXML   = "http://www.w3.org/XML/1998/namespace"
)

// element is a node of the file: an element, or text if it has no name.
type element struct {
	name     string
	attrs    map[string]string
	children []*element
	text     string
	parent   *element
	class    []string
	html     bool // of a web page that stands in the picture
}

// entity finds the names for strings that drawing programs declare. A name for something with names in it is none.
var entity = lazyregexp.New(`<!ENTITY\s+([A-Za-z_][\w.-]*)\s+["']([^"'<&%]*)["']\s*>`)

// parse reads a file into a tree and the rules of its style sheets.
func parse(data []byte, b *budget) (*element, *sheet, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Entity = map[string]string{}
	d.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "us-ascii") || strings.EqualFold(charset, "iso-8859-1") {
			return input, nil // what is not ASCII in them is repaired below
		}
		return nil, fmt.Errorf("the file is in %s, not in UTF-8", charset)
	}
	var root, at *element
	rules := &sheet{}
	depth, skip := 0, 0
	foreign := 0 // depth of the foreign object that is being read, whose parts are those of a web page
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("the file is not well-formed: %w", err)
		}
		switch t := t.(type) {
		case xml.Directive:
			for _, m := range entity.FindAllSubmatch(t, 256) {
				d.Entity[string(m[1])] = string(m[2])
			}
		case xml.StartElement:
			html := t.Name.Space == nsHTML && foreign > 0
			if skip > 0 || root != nil && t.Name.Space != nsSVG && t.Name.Space != "" && !html {
				skip++
				continue
			}
			if b.elements++; b.elements > maxElements {
				return nil, nil, ErrTooMuch
			}
			if depth++; depth > maxDepth {
				return nil, nil, ErrTooMuch
			}
			e := &element{name: t.Name.Local, attrs: attributes(t.Attr), parent: at, html: html}
			if foreign == 0 && e.name == "foreignObject" {
				foreign = depth
			}
			switch {
			case root == nil && e.name != "svg":
				return nil, nil, ErrNoSVG
			case root == nil:
				root = e
			default:
				at.children = append(at.children, e)
			}
			at = e
		case xml.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			if at.name == "style" && !at.html {
				rules.add(at.content())
			}
			at = at.parent
			if depth == foreign {
				foreign = 0
			}
			depth--
		case xml.CharData:
			if skip == 0 && at != nil && len(t) > 0 {
				at.children = append(at.children, &element{text: strings.ToValidUTF8(string(t), "\uFFFD"), parent: at})
			}
		}
		if at == nil && root != nil {
			break // what follows the picture is none of it
		}
	}
	if root == nil {
		return nil, nil, ErrNoSVG
	}
	return root, rules, nil
}

func attributes(list []xml.Attr) map[string]string {
	out := make(map[string]string, len(list))
	for _, a := range list {
		switch a.Name.Space {
		case "":
			out[a.Name.Local] = a.Value
		case nsXLink:
			if _, ok := out["href"]; !ok && a.Name.Local == "href" {
				out["href"] = a.Value
			}
		case nsXML:
			out["xml:"+a.Name.Local] = a.Value
		}
	}
	return out
}

// content is all text of an element.
func (e *element) content() string {
	if e.name == "" {
		return e.text
	}
	var b strings.Builder
	for _, c := range e.children {
		b.WriteString(c.content())
	}
	return b.String()
}

// first returns the first child of a name, nil if there is none.
func (e *element) first(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}
