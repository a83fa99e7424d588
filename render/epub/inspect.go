package epub

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/evbook/evbook/render/xhtml"
)

// inspection is what one document turned out to hold.
type inspection struct {
	ids   map[string]bool
	refs  []string // values of href and src, in order
	props []string // manifest properties that the content calls for (EPUB 3.3 §D.7)
}

const nsMathML = "http://www.w3.org/1998/Math/MathML"

// inspectXML parses a document strictly.
func inspectXML(name string, data []byte) (inspection, error) {
	found := inspection{ids: map[string]bool{}}
	fail := func(line int, format string, args ...any) error {
		return fmt.Errorf("%s:%d: %s", name, line, fmt.Sprintf(format, args...))
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, roots := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := d.InputPos()
		if err != nil {
			return found, fail(line, "not well-formed: %v", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth == 1 {
				roots++
			}
			if err := found.element(t); err != nil {
				return found, fail(line, "%v", err)
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) > 0 {
				return found, fail(line, "text outside the root element")
			}
		}
	}
	if roots != 1 {
		return found, fmt.Errorf("%s: %d root elements", name, roots)
	}
	return found, nil
}

func (f *inspection) element(t xml.StartElement) error {
	switch t.Name.Space {
	case xhtml.NamespaceSVG:
		f.prop("svg")
	case nsMathML:
		f.prop("mathml")
	case "":
		return fmt.Errorf("element %s is in no name space", t.Name.Local)
	}
	seen := map[xml.Name]bool{}
	for _, a := range t.Attr {
		if seen[a.Name] {
			return fmt.Errorf("attribute %s twice", a.Name.Local)
		}
		seen[a.Name] = true
		if a.Name.Space != "" {
			continue
		}
		switch a.Name.Local {
		case "id":
			if a.Value == "" || f.ids[a.Value] {
				return fmt.Errorf("id %q twice or empty", a.Value)
			}
			f.ids[a.Value] = true
		case "href", "src":
			f.refs = append(f.refs, a.Value)
		}
	}
	return nil
}

func (f *inspection) prop(name string) {
	if !slices.Contains(f.props, name) {
		f.props = append(f.props, name)
	}
}

func wellFormed(name string, data []byte) error {
	_, err := inspectXML(name, data)
	return err
}

// inspect parses all documents, takes down their properties, and makes sure that every reference leads to something in
// the container and that every picture is used. What it finds are faults of this program.
func (p *publication) inspect(files archive) error {
	found := map[string]inspection{}
	names := []string{navFile, ncxFile}
	for _, d := range p.docs {
		names = append(names, pageFolder+d.name)
	}
	for _, name := range names {
		in, err := inspectXML(name, files[root+name])
		if err != nil {
			return err
		}
		found[name] = in
	}
	for _, d := range p.docs {
		d.props = found[pageFolder+d.name].props
	}
	used := map[string]bool{}
	for _, name := range names {
		for _, ref := range found[name].refs {
			to, err := checkRef(name, ref, files, found)
			if err != nil {
				return err
			}
			used[to] = true
		}
	}
	for _, r := range p.resources() {
		if !used[r.href] {
			return fmt.Errorf("%s is in the container, but no page uses it", r.href)
		}
	}
	return nil
}

// checkRef returns the name of the file that ref in the document from leads to; nothing for a way out of the book.
func checkRef(from, ref string, files archive, found map[string]inspection) (string, error) {
	if href, ok := xhtml.CleanURL(ref); ok {
		if href != ref {
			return "", fmt.Errorf("%s: address %q is not clean", from, ref)
		}
		return "", nil
	}
	file, fragment, _ := strings.Cut(ref, "#")
	to := from
	if file != "" {
		to = path.Join(path.Dir(from), file)
	}
	if _, ok := files[root+to]; !ok {
		return "", fmt.Errorf("%s: %q leads to no file", from, ref)
	}
	if fragment != "" && !found[to].ids[fragment] {
		return "", fmt.Errorf("%s: %q leads to no place in %s", from, ref, to)
	}
	return to, nil
}
