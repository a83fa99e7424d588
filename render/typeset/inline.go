package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// span is a stretch of a paragraph's text with one look and one element.
type span struct {
	start, end int // bytes of the text
	look       look
	elem       *Elem
	link       *Link
	lang       string
	path       bool // a URL or path: breaks where paths do, never hyphenated
	fixed      bool // no break inside
	ref        *pageRef
	pos        diag.Pos
	node       tree.Node // what the text comes from; nil for text that the program makes
	picture    *Picture  // the span is an object replacement character that stands for a picture
}

// content is the text of a paragraph, ready to be broken into lines of any width.
type content struct {
	text    string
	spans   []span
	style   style
	lang    string
	elem    *Elem
	notes   []call
	anchors []named
	pos     diag.Pos

	frags []*frag // shaped text; see shaped
	bidi  *shape.Paragraph
	rtl   bool // it runs from right to left
	dir   direction
	ready bool
}

// call is a footnote's first reference, at the end of its mark.
type call struct {
	at   int
	note *footnote
	mark *Link // that of the mark
}

// named is an anchor inside the text.
type named struct {
	at   int
	name string
}

// object is the character that stands for a picture in the text of a paragraph.
const object = "\uFFFC"

// inliner turns inlines into content.
type inliner struct {
	s    *setter
	c    *content
	b    strings.Builder
	look look
	elem *Elem
	link *Link
	lang string
	path bool
	node tree.Node // what is being added
	// plain leaves out notes and anchors: the text is a repetition, in a contents list or a running head.
	plain bool
}

// inline makes the content of a paragraph. Its text is part of elem.
func (s *setter) inline(text tree.Inlines, st style, elem *Elem, pos diag.Pos) *content {
	return s.inlineWith(text, st, elem, pos, nil, false)
}

func (s *setter) inlineWith(text tree.Inlines, st style, elem *Elem, pos diag.Pos, link *Link, plain bool) *content {
	in := &inliner{s: s, c: &content{style: st, lang: s.lang, elem: elem, pos: pos}, look: st.look, elem: elem, lang: s.lang, link: link, plain: plain}
	in.all(text)
	in.finish()
	return in.c
}

// text makes the content of a plain string.
func (s *setter) text(text string, st style, elem *Elem) *content {
	return s.inline(tree.Inlines{&tree.Text{Text: text}}, st, elem, diag.Pos{})
}

func (in *inliner) finish() {
	text := in.b.String()
	// A paragraph does not end in a space.
	trimmed := strings.TrimRight(text, " ")
	for i := len(in.c.spans) - 1; i >= 0 && in.c.spans[i].end > len(trimmed); i-- {
		sp := &in.c.spans[i]
		sp.end = len(trimmed)
		if sp.start >= sp.end {
			in.c.spans = in.c.spans[:i]
		}
	}
	for i := range in.c.notes {
		in.c.notes[i].at = min(in.c.notes[i].at, len(trimmed))
	}
	in.c.text = trimmed
}

func (in *inliner) all(list tree.Inlines) {
	for _, n := range list {
		in.one(n)
	}
}

// with runs f with a changed look.
func (in *inliner) with(change func(*look), f func()) {
	old := in.look
	change(&in.look)
	f()
	in.look = old
}

func (in *inliner) one(n tree.Inline) {
	in.node = n
	switch n := n.(type) {
	case *tree.Text:
		in.add(n.Text, n.Pos(), false)
	case *tree.Emph:
		in.with(func(l *look) { l.italic = !l.italic }, func() { in.all(n.Text) })
	case *tree.Strong:
		in.with(func(l *look) { l.weight = min(700, l.weight+200) }, func() { in.all(n.Text) })
	case *tree.Strike:
		in.with(func(l *look) { l.strike = true }, func() { in.all(n.Text) })
	case *tree.Code:
		in.codeSpan(n.Text, n.Pos(), "Code")
	case *tree.Math:
		in.s.report.Infof(CodeMathSource, n.Pos(), "the formula is printed as its TeX source")
		in.codeSpan(n.TeX, n.Pos(), "Code")
	case *tree.Link:
		in.anchor(n)
	case *tree.Image:
		in.image(n)
	case *tree.Footnote:
		if !in.plain {
			in.note(n)
		}
	case *tree.FootnoteRef:
		if !in.plain {
			in.noteMark(in.s.noteLabel(n.Number), n.Target, n.Pos())
		}
	case *tree.Break:
		if n.Soft {
			in.add(" ", n.Pos(), false)
		} else {
			in.b.WriteString("\u2028")
			in.span(in.b.Len()-len("\u2028"), n.Pos())
		}
	case *tree.Span:
		in.spanNode(n)
	case *tree.RawInline:
		in.s.report.Infof(CodeRawPrinted, n.Pos(), "text for %s is printed as it is", n.Format)
		in.codeSpan(n.Text, n.Pos(), "Code")
	}
}

// add appends text. Control characters and line ends are spaces; spaces in a row are one, except in code.
func (in *inliner) add(text string, pos diag.Pos, verbatim bool) {
	start := in.b.Len()
	soFar := in.b.String()
	space := soFar == "" || strings.HasSuffix(soFar, " ") || strings.HasSuffix(soFar, "\u2028")
	for i := 0; i < len(text); {
		if j := plainEnd(text, i); j > i { // nearly all of it
			in.b.WriteString(text[i:j])
			i, space = j, false
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == ' ':
			if !space || verbatim {
				in.b.WriteByte(' ')
			}
			space = true
			continue
		case r == '\u200B' || r == '\u2028':
			// Zero-width spaces and line separators are marks for breaking, which the paragraph keeps.
		case unicode.IsControl(r) || r == '\uFEFF':
			continue
		}
		in.b.WriteRune(r)
		space = false
	}
	in.span(start, pos)
}

// plainEnd returns the end of the printable ASCII characters from i on, without spaces.
func plainEnd(text string, i int) int {
	for i < len(text) && text[i] > ' ' && text[i] < 0x7F {
		i++
	}
	return i
}

// span closes a span that began at start, if it is not empty.
func (in *inliner) span(start int, pos diag.Pos) {
	if in.b.Len() == start {
		return
	}
	in.c.spans = append(in.c.spans, span{
		start: start, end: in.b.Len(), look: in.look, elem: in.elem, link: in.link, lang: in.lang, path: in.path || in.look.code, pos: pos, node: in.node,
	})
}

func (in *inliner) codeSpan(text string, pos diag.Pos, role string) {
	elem := in.elem
	if in.elem != nil {
		in.elem = in.elem.Child(role)
	}
	in.with(func(l *look) { *l = in.s.code(*l) }, func() { in.add(text, pos, true) })
	in.elem = elem
}

// anchor sets a link.
func (in *inliner) anchor(n *tree.Link) {
	elem, link, path := in.elem, in.link, in.path
	if in.link == nil && in.elem != nil {
		if to := in.s.target(n.Target, n.URL); to != (Target{}) {
			in.elem = in.elem.Child("Link")
			in.link = &Link{To: to, Contents: cmpOr(n.Title, linkContents(n, to)), Elem: in.elem}
		}
	}
	in.path = in.path || n.Auto
	in.with(func(l *look) {
		if in.link != nil && !in.plain {
			l.color = in.s.layout.Colors.Link
		}
		if n.Auto {
			l.figures = liningFigures // an old-style zero would be taken for an o
		}
	}, func() {
		in.all(n.Text)
		if in.s.layout.Text.PageRefs && in.link != nil && link == nil && in.link.To.Anchor != "" && !in.plain && !in.c.style.balance {
			in.path = false
			in.pageRef(in.link.To.Anchor)
		}
	})
	outside := in.link != nil && link == nil && in.link.To.URL != ""
	in.elem, in.link, in.path = elem, link, path
	if outside && !in.plain && in.s.layout.Text.URLNotes && !showsURL(n) {
		in.urlNote(n)
	}
}

func linkContents(n *tree.Link, to Target) string {
	if to.URL != "" {
		return to.URL
	}
	return tree.PlainText(n.Text)
}

// target chooses between an id of the book and a URL.
func (e *engine) target(id, url string) Target {
	if id != "" && e.ids[id] {
		return Target{Anchor: id}
	}
	if url != "" && strings.Contains(url, ":") {
		return Target{URL: url}
	}
	return Target{}
}

func (in *inliner) spanNode(n *tree.Span) {
	elem, lang := in.elem, in.lang
	if n.Lang != "" {
		in.lang = n.Lang
		if in.elem != nil {
			in.elem = in.elem.Child("Span")
			in.elem.Lang = n.Lang
		}
	}
	if n.ID != "" && !in.plain {
		in.c.anchors = append(in.c.anchors, named{in.b.Len(), n.ID})
	}
	plain := tree.PlainText(n.Text)
	in.with(func(l *look) {
		switch n.Class {
		case "kbd":
			*l = in.s.code(*l)
			l.back = in.s.layout.Colors.Tint
		case "sub", "sup":
			in.s.superior(l, n.Class == "sup", plain)
		case "mark":
			l.back = markColor
		case "ins":
			l.underline = true
		case "small":
			l.size = l.size.Mul(0.85)
		case "smallcaps":
			l.caps = true
			l.tracking += 0.04
		}
	}, func() { in.all(n.Text) })
	in.elem, in.lang = elem, lang
}

// markColor is the background of marked text; the text colour keeps a contrast of more than 14:1 on it.
const markColor layouts.Color = "#fbf0b2"

// superior raises or lowers text: by the face's own figures when it has them for digits, else by a smaller size.
func (e *engine) superior(l *look, up bool, text string) {
	tag, mark := "subs", byte('_')
	if up {
		tag, mark = "sups", '^'
	}
	if c := e.faces.chain(l); len(c) > 0 && c[0].HasFeature(tag) && strings.Trim(text, "0123456789") == "" {
		l.script = mark
		return
	}
	if up {
		l.rise += l.size.Mul(0.34)
	} else {
		l.rise -= l.size.Mul(0.14)
	}
	l.size = l.size.Mul(0.7)
}

// image sets a picture in running text: no higher than the line.
func (in *inliner) image(n *tree.Image) {
	if in.plain {
		in.add(n.Alt, n.Pos(), false)
		return
	}
	p := &Picture{}
	if in.elem != nil && n.Alt != "" {
		p.Elem = in.elem.Child("Figure")
		p.Elem.Alt = n.Alt
	}
	most := in.c.style.leading.Mul(0.95)
	if pic, is := in.s.loadVector(n); is && pic != nil {
		p.H = min(most, unit.FromPt(pic.Height*0.75))
		p.W = p.H.Mul(pic.Width / pic.Height)
		p.Art = in.s.artwork(pic.Drawing(p.W, in.s), 0, p.Elem)
		p.Art.Clip = pic.Overflows
	} else if img, ok := in.s.loadImage(n); ok {
		p.Image, p.H = img, min(most, unit.FromPt(float64(img.Height)*0.75))
		p.W = p.H.Mul(float64(img.Width) / float64(img.Height))
	} else {
		in.one(imageLink(n))
		return
	}
	start := in.b.Len()
	in.b.WriteString(object)
	in.span(start, n.Pos())
	in.c.spans[len(in.c.spans)-1].picture = p
}

// imageText stands for a picture that cannot be drawn.
func imageText(n *tree.Image) string {
	if n.Alt != "" {
		return "[" + n.Alt + "]"
	}
	return "[" + cmpOr(n.Path, n.URL) + "]"
}

// imageLink is imageText, as a link where the picture is on the web.
func imageLink(n *tree.Image) tree.Inline {
	text := &tree.Text{At: n.At, Text: imageText(n)}
	if n.Path != "" || n.URL == "" {
		return text
	}
	return &tree.Link{At: n.At, URL: n.URL, Text: tree.Inlines{text}}
}

// note sets the mark of a footnote and keeps its body for the foot of the page.
func (in *inliner) note(n *tree.Footnote) {
	mark := in.noteMark(in.s.noteLabel(n.Number), n.ID, n.Pos())
	fn := in.s.footnote(n, in.elem)
	in.c.notes = append(in.c.notes, call{in.b.Len(), fn, mark})
}

// noteMark sets a raised mark that leads to a note, and returns its link.
func (in *inliner) noteMark(text, id string, pos diag.Pos) (mark *Link) {
	elem, link := in.elem, in.link
	if parent := in.elem; parent != nil {
		in.elem = parent.Child("Reference").Child("Link")
		in.link = &Link{To: Target{Anchor: id}, Contents: in.s.words.Note + " " + text, Elem: in.elem}
		mark = in.link
	}
	in.with(func(l *look) {
		l.figures, l.italic = liningFigures, false
		in.s.superior(l, true, text)
	}, func() { in.add(text, pos, false) })
	if n := len(in.c.spans); n > 0 {
		in.c.spans[n-1].fixed = true
	}
	in.elem, in.link = elem, link
	return mark
}
