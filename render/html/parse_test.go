package html_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// node is an element of a parsed page, or text.
type node struct {
	name     string // empty for text
	text     string
	attrs    map[string]string
	children []*node
}

// all visits n and everything below it.
func (n *node) all(visit func(*node)) {
	visit(n)
	for _, c := range n.children {
		c.all(visit)
	}
}

func (n *node) words() string {
	var b strings.Builder
	n.all(func(n *node) { b.WriteString(n.text) })
	return b.String()
}

// parseXML reads a page as XML.
func parseXML(data []byte) (*node, error) {
	root := &node{}
	stack := []*node{root}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		} else if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: map[string]string{}}
			for _, a := range t.Attr {
				name := a.Name.Local
				if a.Name.Space == "http://www.w3.org/XML/1998/namespace" {
					name = "xml:" + name
				}
				n.attrs[name] = a.Value
			}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 1 {
				top.children = append(top.children, &node{text: string(t)})
			}
		}
	}
}

// parseHTML reads a page as browsers do.
func parseHTML(data []byte) (*node, error) {
	doc, err := nethtml.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var convert func(*nethtml.Node) *node
	convert = func(from *nethtml.Node) *node {
		n := &node{attrs: map[string]string{}}
		switch from.Type {
		case nethtml.ElementNode:
			n.name = from.Data
		case nethtml.TextNode:
			n.text = from.Data
		}
		for _, a := range from.Attr {
			name := a.Key
			if a.Namespace != "" {
				name = a.Namespace + ":" + name
			}
			n.attrs[name] = a.Val
		}
		for c := from.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == nethtml.ElementNode || c.Type == nethtml.TextNode {
				n.children = append(n.children, convert(c))
			}
		}
		return n
	}
	return convert(doc), nil
}

// outline writes elements, attributes and text of a page in one form, white space between blocks left out.
func outline(n *node) string {
	var b strings.Builder
	var write func(n *node, depth int)
	write = func(n *node, depth int) {
		if n.name == "" {
			if text := strings.TrimSpace(n.text); text != "" {
				fmt.Fprintf(&b, "%*s%q\n", depth, "", text)
			}
		} else {
			fmt.Fprintf(&b, "%*s<%s", depth, "", n.name)
			for _, name := range sortedKeys(n.attrs) {
				if name != "xmlns" {
					fmt.Fprintf(&b, " %s=%q", name, n.attrs[name])
				}
			}
			b.WriteString(">\n")
		}
		var text string
		for _, c := range n.children { // parsers cut text in different places
			if c.name == "" && len(c.children) == 0 {
				text += c.text
				continue
			}
			write(&node{text: text}, depth+1)
			text = ""
			write(c, depth+1)
		}
		if text != "" {
			write(&node{text: text}, depth+1)
		}
	}
	write(n, 0)
	return b.String()
}

// sortedKeys returns the names of attributes in order.
func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
