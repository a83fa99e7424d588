package markdown

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// inlineTags are the elements of running text that the tree can hold.
var inlineTags = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "big": true, "br": true, "cite": true, "code": true,
	"del": true, "dfn": true, "em": true, "font": true, "i": true, "img": true, "ins": true, "kbd": true, "mark": true,
	"q": true, "s": true, "samp": true, "small": true, "span": true, "strike": true, "strong": true, "sub": true,
	"sup": true, "tt": true, "u": true, "var": true, "wbr": true,
}

// droppedTags never reach a book, and neither does what they enclose.
var droppedTags = map[string]bool{"script": true, "style": true, "template": true, "iframe": true, "object": true, "embed": true, "noscript": true}

// openTag is an element whose end has not been seen.
type openTag struct {
	name    string
	attrs   map[string]string
	literal string
	pos     diag.Pos
	text    tree.Inlines
}

var (
	tagName  = lazyregexp.New(`^<(/?)([A-Za-z][A-Za-z0-9-]*)`)
	tagWhole = lazyregexp.New(`^</?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][A-Za-z0-9:._-]*(?:\s*=\s*(?:[^"'=<>` + "`" + `\x00-\x20]+|'[^']*'|"[^"]*"))?)*\s*/?>`)
)

// tag takes one piece of raw HTML in running text.
func (w *inlineWriter) tag(raw string, pos diag.Pos) {
	if strings.HasPrefix(raw, "<!--") {
		return // a comment
	}
	m := tagName.FindStringSubmatch(raw)
	name := ""
	if m != nil {
		name = strings.ToLower(m[2])
	}
	switch {
	case !inlineTags[name]:
		if blockTags[name] {
			return // a tag of layout in running text, such as </details>; nothing to show
		}
		w.c.reportTag(name, raw, pos)
		w.literal(raw, pos)
	case m[1] == "/" && w.ignored[name] > 0:
		w.ignored[name]--
	case m[1] == "/":
		w.closeTag(name, raw, pos)
	case name == "br":
		w.add(&tree.Break{At: tree.At{Src: pos}})
	case name == "wbr":
		w.literal("\u200b", pos)
	case name == "img":
		if img := imageOf(attributes(raw), pos); img != nil {
			w.add(img)
		}
	case strings.HasSuffix(raw, "/>"):
		if id := attributes(raw)["id"]; id != "" {
			w.add(&tree.Span{At: tree.At{Src: pos}, ID: id})
		}
	case len(w.stack)+w.depth > maxDepth:
		if w.ignored == nil {
			w.ignored = map[string]int{}
		}
		w.ignored[name]++
	default:
		w.stack = append(w.stack, openTag{name: name, attrs: attributes(raw), literal: raw, pos: pos})
	}
}

// closeTag ends the innermost element called name; what was opened inside and not closed becomes text.
func (w *inlineWriter) closeTag(name, raw string, pos diag.Pos) {
	at := -1
	for i, t := range w.stack {
		if t.name == name {
			at = i
		}
	}
	if at < 0 {
		w.c.reportTag("/"+name, raw, pos)
		w.literal(raw, pos)
		return
	}
	for len(w.stack) > at+1 {
		w.unopen()
	}
	t := w.stack[at]
	w.stack = w.stack[:at]
	if n := element(t); n != nil {
		w.append(n)
	}
}

// unopen gives up the innermost open element: its tag is printed as text. Anchors without an end are common, and have
// nothing to print.
func (w *inlineWriter) unopen() {
	k := len(w.stack) - 1
	t := w.stack[k]
	w.stack = w.stack[:k]
	if t.name == "a" && t.attrs["href"] == "" {
		if id := anchorName(t.attrs); id != "" {
			w.append(&tree.Span{At: tree.At{Src: t.pos}, ID: id})
		}
	} else {
		w.c.reportTag(t.name+" ", t.literal, t.pos)
		w.literal(t.literal, t.pos)
	}
	for _, n := range t.text {
		w.append(n)
	}
}

// element makes the node for a complete element of running text.
func element(t openTag) tree.Inline {
	at := tree.At{Src: t.pos}
	switch t.name {
	case "b", "strong":
		return &tree.Strong{At: at, Text: t.text}
	case "i", "em", "cite", "var", "dfn":
		return &tree.Emph{At: at, Text: t.text}
	case "del", "s", "strike":
		return &tree.Strike{At: at, Text: t.text}
	case "code", "tt", "samp":
		if len(t.text) == 1 {
			if text, ok := t.text[0].(*tree.Text); ok {
				return &tree.Code{At: at, Text: text.Text}
			}
		}
		return &tree.Span{At: at, Class: "code", Text: t.text}
	case "a":
		if href := t.attrs["href"]; href != "" {
			return &tree.Link{At: at, URL: href, Title: t.attrs["title"], Text: t.text}
		}
		return &tree.Span{At: at, ID: anchorName(t.attrs), Text: t.text}
	case "q":
		text := tree.Inlines{&tree.Text{At: at, Text: `"`}}
		return &tree.Span{At: at, Text: append(append(text, t.text...), &tree.Text{At: at, Text: `"`})}
	case "kbd", "sub", "sup", "mark", "ins", "small", "u":
		return &tree.Span{At: at, Class: t.name, ID: t.attrs["id"], Lang: t.attrs["lang"], Text: t.text}
	case "abbr":
		s := &tree.Span{At: at, Class: "abbr", Text: t.text}
		if title := t.attrs["title"]; title != "" {
			s.Attrs = map[string]string{"title": title}
		}
		return s
	}
	if t.attrs["id"] == "" && t.attrs["lang"] == "" && len(t.text) == 0 {
		return nil
	}
	return &tree.Span{At: at, ID: t.attrs["id"], Lang: t.attrs["lang"], Text: t.text}
}

func anchorName(attrs map[string]string) string {
	if id := attrs["id"]; id != "" {
		return id
	}
	return attrs["name"]
}

// imageOf makes an image of the attributes of an img element, or nil when it has no source.
func imageOf(attrs map[string]string, pos diag.Pos) *tree.Image {
	if attrs["src"] == "" {
		return nil
	}
	return &tree.Image{
		At: tree.At{Src: pos}, URL: attrs["src"], Alt: attrs["alt"], Title: attrs["title"],
		Width: attrs["width"], Height: attrs["height"],
	}
}

// attributes returns the attributes of a start tag, names in lower case, references resolved.
func attributes(raw string) map[string]string {
	z := html.NewTokenizer(strings.NewReader(raw))
	z.Next()
	tok := z.Token()
	out := make(map[string]string, len(tok.Attr))
	for _, a := range tok.Attr {
		if _, ok := out[a.Key]; !ok {
			out[a.Key] = a.Val
		}
	}
	return out
}

// reportTag says once a file that a kind of tag is printed as text.
func (c *converter) reportTag(kind, raw string, pos diag.Pos) {
	if c.seenTags[kind] {
		return
	}
	if c.seenTags == nil {
		c.seenTags = map[string]bool{}
	}
	c.seenTags[kind] = true
	if i := strings.IndexByte(raw, '\n'); i >= 0 {
		raw = raw[:i] + "…"
	}
	c.report(diag.Diagnostic{
		Severity: diag.Info, Code: CodeHTML, Pos: pos, Message: "printed as it was typed: " + raw,
		Hints: []string{"put it between backticks to show it as code"},
	})
}
