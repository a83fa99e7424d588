package notes

import (
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// linkKeys are the keys of front matter that hold links of a talk, in the order of printing.
var linkKeys = []string{"slides", "video", "site"}

// links reads the links of a key such as slides: a URL, a URL with a remark, a mapping with url, label and note, or a list
// of these. What holds no URL is returned as facts, so that it is printed all the same.
func (r reader) links(f field, v value, name string) ([]tree.LabelledLink, []tree.Fact) {
	switch v.kind {
	case list:
		var links []tree.LabelledLink
		var facts []tree.Fact
		for _, item := range v.items {
			l, fs := r.links(f, item, name)
			links, facts = append(links, l...), append(facts, fs...)
		}
		return links, facts
	case mapping:
		return r.linkMapping(f, v, name)
	case scalar:
		return r.linkText(f, v, name)
	}
	return nil, nil
}

// linkMapping reads {label, url, note}, or a mapping of labels to URLs.
func (r reader) linkMapping(f field, v value, name string) ([]tree.LabelledLink, []tree.Fact) {
	at, ok := v.get("url")
	if !ok {
		at, ok = v.get("href")
	}
	if !ok {
		at, ok = v.get("link")
	}
	if !ok {
		var links []tree.LabelledLink
		var facts []tree.Fact
		for _, inner := range v.fields {
			l, fs := r.links(inner, inner.value, label(inner.key))
			links, facts = append(links, l...), append(facts, fs...)
		}
		return links, facts
	}
	var note []string
	for _, inner := range v.fields {
		switch inner.name {
		case "label", "title", "name", "text":
			if s := r.text(inner); s != "" {
				name = s
			}
		case "note", "remark", "description":
			note = append(note, r.text(inner))
		case at.name:
		default:
			note = append(note, label(inner.key)+": "+inner.value.plain())
		}
	}
	links, facts := r.linkText(at, at.value, name)
	if extra := strings.Join(note, "; "); extra != "" {
		if len(links) > 0 {
			links[0].Note = append(links[0].Note, r.inline(extra, v.pos)...)
		} else {
			facts = append(facts, tree.Fact{Label: name, Key: f.name, Value: r.inline(extra, v.pos)})
		}
	}
	return links, facts
}

// linkText reads a URL with or without a remark: "http://… (also includes snippets)". A Markdown link serves as well.
func (r reader) linkText(f field, v value, name string) ([]tree.LabelledLink, []tree.Fact) {
	s := v.plain()
	if s == "" {
		return nil, nil
	}
	first, rest, _ := strings.Cut(s, " ")
	if u := r.webURL(strings.Trim(first, "<>"), f, v.pos); u != "" {
		return []tree.LabelledLink{{Label: name, URL: u, Note: r.inline(remark(rest), v.pos)}}, nil
	}
	in := r.inline(s, v.pos)
	if l, ok := in[0].(*tree.Link); ok && !l.Auto && absoluteURL.MatchString(l.URL) {
		link := tree.LabelledLink{Label: name, URL: l.URL, Note: l.Text}
		if text := tree.PlainText(l.Text); strings.EqualFold(text, name) {
			link.Note = nil
		}
		link.Note = append(link.Note, in[1:]...)
		return []tree.LabelledLink{link}, nil
	}
	if isPlaceholder(s) {
		r.placeholder(field{key: f.key, value: v})
	} else if !strings.Contains(s, " ") {
		r.report.Warnf(CodeURL, v.pos, "%s in %s is no web address: it is printed as text", s, f.key)
	}
	return nil, []tree.Fact{{Label: name, Key: f.name, Value: in}}
}

// remark strips the brackets or the dash that part a remark from the URL before it.
func remark(s string) string {
	s = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s), "–—-:;, "))
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && strings.Count(s, "(") == 1 {
		s = s[1 : len(s)-1]
	}
	return strings.TrimSpace(s)
}
