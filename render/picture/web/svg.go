package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/render/xhtml"
)

const (
	nsXLink = "http://www.w3.org/1999/xlink"
	nsXML   = "http://www.w3.org/XML/1998/namespace"
)

// convertSVG reads an SVG file and writes it anew with what belongs to a still picture in a book: elements and attributes
// of SVG itself, no scripts, no foreign content, nothing that is fetched from elsewhere.
func convertSVG(data []byte) (*Picture, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Entity = map[string]string{}
	var c svgCleaner
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("the SVG file is not well-formed: %w", err)
		}
		if directive, ok := t.(xml.Directive); ok { // drawing programs name their name spaces by entities
			for _, m := range svgEntity.FindAllSubmatch(directive, -1) {
				d.Entity[string(m[1])] = string(m[2])
			}
		}
		if err := c.token(t); err != nil {
			return nil, err
		}
	}
	if !c.root {
		return nil, errors.New("the file has no svg element")
	}
	out := "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + string(c.w.Done()) + "\n"
	return raster([]byte(out), "image/svg+xml", c.width, c.height), nil
}

var svgEntity = lazyregexp.New(`<!ENTITY\s+([A-Za-z_][\w.-]*)\s+["']([^"'<&]*)["']\s*>`)

type svgCleaner struct {
	w             xhtml.Writer
	skip          int // depth inside an element that is left out
	root          bool
	style         bool // inside a style element
	width, height int
}

// svgDropped are elements that scripts, links out and foreign content come in.
var svgDropped = map[string]bool{"script": true, "foreignObject": true, "iframe": true, "audio": true, "video": true,
	"handler": true, "listener": true, "set": true, "animate": true, "animateMotion": true, "animateTransform": true,
	"animateColor": true, "discard": true, "metadata": true}

func (c *svgCleaner) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if c.skip > 0 || t.Name.Space != xhtml.NamespaceSVG || svgDropped[t.Name.Local] || !xhtml.IsName(t.Name.Local) {
			if !c.root {
				return errors.New("the file does not begin with an svg element of the SVG name space")
			}
			c.skip++
			return nil
		}
		attrs := c.attrs(t.Attr)
		if !c.root {
			c.root = true
			attrs = append([]xhtml.Attr{xhtml.A("xmlns", xhtml.NamespaceSVG), xhtml.A("xmlns:xlink", nsXLink)}, c.size(attrs)...)
		}
		name := t.Name.Local
		if name == "a" {
			name = "g" // nobody can follow a link in a picture
		}
		c.style = name == "style"
		c.w.Start(name, attrs...)
	case xml.EndElement:
		c.style = false
		if c.skip > 0 {
			c.skip--
			return nil
		}
		c.w.End()
	case xml.CharData:
		if c.skip == 0 && c.root {
			text := string(t)
			if c.style && (strings.Contains(text, "@import") || outside(text)) {
				return nil
			}
			c.w.Text(text)
		}
	}
	return nil
}

func (c *svgCleaner) attrs(list []xml.Attr) []xhtml.Attr {
	var out []xhtml.Attr
	seen := map[string]bool{}
	for _, a := range list {
		name := a.Name.Local
		if !xhtml.IsName(name) {
			continue
		}
		switch a.Name.Space {
		case "":
			if name == "xmlns" || strings.HasPrefix(strings.ToLower(name), "on") {
				continue
			}
		case nsXLink:
			if name != "href" {
				continue
			}
			name = "xlink:href"
		case nsXML:
			name = "xml:" + name
		default:
			continue
		}
		if strings.HasSuffix(name, "href") && !strings.HasPrefix(a.Value, "#") && !strings.HasPrefix(a.Value, "data:image/") {
			continue
		}
		if outside(a.Value) || seen[name] {
			continue
		}
		seen[name] = true
		out = append(out, xhtml.A(name, a.Value))
	}
	return out
}

// outside reports whether a value or rule refers to anything but a part of the same picture.
func outside(css string) bool {
	css = strings.NewReplacer("'", "", `"`, "", " ", "", "\t", "", "\n", "").Replace(strings.ToLower(css))
	return strings.Count(css, "url(") > strings.Count(css, "url(#")
}

// size reads the natural size, and gives the picture a viewBox, without which it could not be scaled, from its width and
// height.
func (c *svgCleaner) size(attrs []xhtml.Attr) []xhtml.Attr {
	var width, height float64
	viewBox := ""
	for _, a := range attrs {
		switch a.Name {
		case "width":
			width = svgLength(a.Value)
		case "height":
			height = svgLength(a.Value)
		case "viewBox":
			viewBox = a.Value
		}
	}
	box := strings.Fields(strings.ReplaceAll(viewBox, ",", " "))
	if len(box) == 4 && (width == 0 || height == 0) {
		width, _ = strconv.ParseFloat(box[2], 64)
		height, _ = strconv.ParseFloat(box[3], 64)
	}
	if viewBox == "" && width > 0 && height > 0 {
		attrs = append(attrs, xhtml.A("viewBox", fmt.Sprintf("0 0 %g %g", width, height)))
	}
	if width >= 1 && height >= 1 && width < 1e5 && height < 1e5 {
		c.width, c.height = int(math.Round(width)), int(math.Round(height))
	}
	return attrs
}

// svgLength returns a length in CSS pixels; 0 for percentages and what is no length.
func svgLength(s string) float64 {
	s = strings.TrimSpace(s)
	factor := 1.0
	for unit, f := range map[string]float64{"px": 1, "pt": 96.0 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96} {
		if rest, ok := strings.CutSuffix(s, unit); ok {
			s, factor = rest, f
			break
		}
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || !(v > 0) || math.IsInf(v, 0) {
		return 0
	}
	return v * factor
}
