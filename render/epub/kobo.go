package epub

import (
	"fmt"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/render/xhtml"
)

// koboFrame is what Kobo's own books have around the text of a page.
const (
	koboStart = `<div id="book-columns"><div id="book-inner">`
	koboEnd   = `</div></div>`
)

// koboStyle goes with the frame: Kobo's engine measures pages by it.
const koboStyle = "\ndiv#book-inner { margin-top: 0; margin-bottom: 0; }\n"

var (
	// sentenceEnd matches what ends a sentence: its sign, what closes quotations, and the space behind it.
	sentenceEnd = lazyregexp.New(`[.!?…]["'”’»)\]]*\s+|[。！？]["」』”’）]*`)
	// koboBlocks are the elements that begin a new group of ids.
	koboBlocks = map[string]bool{"p": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "li": true,
		"dt": true, "dd": true, "td": true, "th": true, "pre": true, "caption": true, "figcaption": true, "blockquote": true, "div": true}
)

// koboSpans puts every sentence and every picture of a page into a span with an id of the form kobo.group.number: Kobo's
// engine keeps reading positions and highlights by these (Kobo EPUB specification, "Kobo span tags"). The body comes from
// xhtml.Writer, so every "<" begins a tag. Formulas stay as they are.
func koboSpans(body xhtml.Fragment) xhtml.Fragment {
	var b strings.Builder
	group, number := 1, 0
	fresh := true // a group without a span
	span := func(s string) {
		number++
		fresh = false
		fmt.Fprintf(&b, `<span class="koboSpan" id="kobo.%d.%d">%s</span>`, group, number, s)
	}
	skip := 0 // depth inside a formula
	b.WriteString(koboStart)
	for rest := string(body); rest != ""; {
		if rest[0] != '<' {
			text, tail := rest, ""
			if i := strings.IndexByte(rest, '<'); i >= 0 {
				text, tail = rest[:i], rest[i:]
			}
			rest = tail
			if skip > 0 || strings.TrimSpace(text) == "" {
				b.WriteString(text)
				continue
			}
			at := 0
			for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
				span(text[at:m[1]])
				at = m[1]
			}
			if at < len(text) {
				span(text[at:])
			}
			continue
		}
		end := strings.IndexByte(rest, '>') + 1 // the writer escapes it in values
		tag := rest[:end]
		rest = rest[end:]
		name := strings.Trim(strings.FieldsFunc(tag, func(r rune) bool { return r == ' ' || r == '>' || r == '/' })[0], "<")
		if name == "" { // of an end tag: it follows the slash
			name = strings.Trim(tag, "</>")
		}
		switch {
		case name == "math" && strings.HasPrefix(tag, "</"):
			skip--
		case name == "math":
			skip++
		case name == "img":
			span(tag)
			continue
		case koboBlocks[name] && !strings.HasPrefix(tag, "</") && !fresh:
			group, number, fresh = group+1, 0, true
		}
		b.WriteString(tag)
	}
	b.WriteString(koboEnd)
	return xhtml.Fragment(b.String())
}
