package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// inlines converts the running text below n and gives it its typographic form.
func (c *converter) inlines(n ast.Node) tree.Inlines {
	w := &inlineWriter{c: c}
	w.children(n)
	out := tidy(w.finish())
	if c.src.fixed == nil { // a value in front matter is all its author's
		out = c.foreign(out)
	}
	out = joinScripts(out)
	c.typography(out)
	return out
}

// tidy removes the breaks at the end of running text.
func tidy(in tree.Inlines) tree.Inlines {
	for len(in) > 0 {
		if _, ok := in[len(in)-1].(*tree.Break); !ok {
			break
		}
		in = in[:len(in)-1]
	}
	return in
}

// inlineWriter gathers inlines. Because an HTML element's tags are siblings of what they enclose, it keeps a stack of
// open elements; a tag that finds no partner becomes text again.
type inlineWriter struct {
	c       *converter
	stack   []openTag
	ignored map[string]int // elements that are open but nested too deep to be kept
	out     tree.Inlines
	depth   int

	// A piece of source text that is not yet written: goldmark cuts text wherever a construct might have begun.
	start, stop int
	pending     bool
}

func (w *inlineWriter) add(n tree.Inline) {
	w.flush()
	w.append(n)
}

// append adds n to the innermost open element, joining neighbouring texts.
func (w *inlineWriter) append(n tree.Inline) {
	list := &w.out
	if k := len(w.stack); k > 0 {
		list = &w.stack[k-1].text
	}
	if t, ok := n.(*tree.Text); ok && len(*list) > 0 {
		if last, ok := (*list)[len(*list)-1].(*tree.Text); ok {
			for _, off := range w.c.guarded[t] {
				w.c.guard(last, len(last.Text)+off)
			}
			delete(w.c.guarded, t)
			last.Text += t.Text
			return
		}
	}
	*list = append(*list, n)
}

// flush writes the pending piece of source text.
func (w *inlineWriter) flush() {
	if !w.pending {
		return
	}
	w.pending = false
	raw := w.c.text[w.start:w.stop]
	if len(raw) == 0 {
		return
	}
	w.c.undefinedNotes(w.start, raw)
	w.c.brokenLinks(w.start, raw)
	if w.c.inLink == 0 {
		w.c.tags(w.start, raw)
	}
	t := &tree.Text{At: tree.At{Src: w.c.at(w.start)}}
	w.c.last = t.Src
	s, guards := unescapeGuarded(raw)
	t.Text = s
	for _, g := range guards {
		w.c.guard(t, g)
	}
	w.append(t)
}

// literal adds text exactly as it was typed; typography leaves it alone.
func (w *inlineWriter) literal(s string, pos diag.Pos) {
	w.flush()
	t := &tree.Text{At: tree.At{Src: pos}, Text: s}
	for i := range s {
		w.c.guard(t, i)
	}
	w.append(t)
}

func (c *converter) guard(t *tree.Text, off int) {
	if c.guarded == nil {
		c.guarded = map[*tree.Text][]int{}
	}
	c.guarded[t] = append(c.guarded[t], off)
}

// finish closes what is still open and returns the result.
func (w *inlineWriter) finish() tree.Inlines {
	w.flush()
	for len(w.stack) > 0 {
		w.unopen()
	}
	return w.out
}

func (w *inlineWriter) children(n ast.Node) {
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		w.inline(k)
	}
}

// below converts the children of n apart from what is open here: a tag inside emphasis cannot close one outside.
func (w *inlineWriter) below(n ast.Node) tree.Inlines {
	in := &inlineWriter{c: w.c, depth: w.depth + 1}
	in.children(n)
	return in.finish()
}

func (w *inlineWriter) inline(n ast.Node) {
	if w.depth > maxDepth && n.HasChildren() && n.FirstChild().Type() == ast.TypeInline && n.Kind() != ast.KindCodeSpan {
		w.c.reportDepth(n)
		for _, k := range flatTexts(n) {
			w.inline(k)
		}
		return
	}
	switch n := n.(type) {
	case *ast.Text:
		w.textNode(n)
	case *ast.String:
		w.literal(string(n.Value), w.c.pos(n))
	case *ast.CodeSpan:
		w.add(w.code(n))
	case *ast.Emphasis:
		w.flush()
		mark := w.c.mark(n)
		if n.Level == 2 {
			w.add(&tree.Strong{At: mark, Text: w.below(n)})
		} else {
			w.add(&tree.Emph{At: mark, Text: w.below(n)})
		}
	case *extast.Strikethrough:
		w.flush()
		mark := w.c.mark(n)
		w.add(&tree.Strike{At: mark, Text: w.below(n)})
	case *ast.Link:
		w.flush()
		l := &tree.Link{At: w.c.mark(n), URL: unescape(n.Destination), Title: unescape(n.Title)}
		w.c.inLink++
		l.Text = w.below(n)
		w.c.inLink--
		w.add(l)
	case *ast.Image:
		w.flush()
		img := &tree.Image{At: w.c.mark(n), URL: unescape(n.Destination), Title: unescape(n.Title)}
		w.c.inLink++
		img.Alt = tree.PlainText(w.below(n))
		w.c.inLink--
		w.add(img)
		w.imageAttributes(n, img)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.RawHTML:
		w.flush()
		var b strings.Builder
		for i := range n.Segments.Len() {
			seg := n.Segments.At(i)
			b.Write(seg.Value(w.c.text))
		}
		w.tag(b.String(), w.c.pos(n))
	case *noteLink:
		w.flush()
		w.add(w.c.noteRef(n))
	case *wikiLink:
		w.wiki(n)
	case *mathSpan:
		w.flush()
		m := &tree.Math{At: w.c.mark(n), TeX: n.tex}
		w.add(m)
		if n.display {
			if w.c.display == nil {
				w.c.display = map[*tree.Math]bool{}
			}
			w.c.display[m] = true
		}
	default:
		panic(fmt.Sprintf("markdown: unexpected inline %T", n))
	}
}

// flatTexts returns the nodes below n that have no inlines below them, in order and without recursion.
func flatTexts(n ast.Node) []ast.Node {
	var out []ast.Node
	for k := n.FirstChild(); k != nil; {
		if k.HasChildren() && k.Kind() != ast.KindCodeSpan {
			k = k.FirstChild()
			continue
		}
		out = append(out, k)
		for k != n && k.NextSibling() == nil {
			k = k.Parent()
		}
		if k == n {
			break
		}
		k = k.NextSibling()
	}
	return out
}

// textNode adds a piece of text, joined with the piece before it when they touch in the source.
func (w *inlineWriter) textNode(n *ast.Text) {
	seg := n.Segment
	if seg.Padding > 0 {
		w.literal(strings.Repeat(" ", seg.Padding), w.c.at(seg.Start))
	}
	if w.pending && w.stop == seg.Start {
		w.stop = seg.Stop
	} else {
		w.flush()
		w.start, w.stop, w.pending = seg.Start, seg.Stop, true
	}
	if n.HardLineBreak() || n.SoftLineBreak() {
		w.flush()
		w.add(&tree.Break{At: tree.At{Src: w.c.at(seg.Stop)}, Soft: !n.HardLineBreak()})
	}
}

// code converts a code span; line ends inside count as spaces (CommonMark 0.31, 6.1).
func (w *inlineWriter) code(n *ast.CodeSpan) *tree.Code {
	var b strings.Builder
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		switch k := k.(type) {
		case *ast.Text:
			b.Write(k.Segment.Value(w.c.text))
		case *ast.String:
			b.Write(k.Value)
		}
	}
	w.flush()
	return &tree.Code{At: w.c.mark(n), Text: strings.ReplaceAll(b.String(), "\n", " ")}
}

// autoLink converts <https://…> and bare URLs.
func (w *inlineWriter) autoLink(n *ast.AutoLink) {
	w.flush()
	label, url := string(n.Label(w.c.text)), string(n.URL(w.c.text))
	mark := w.c.mark(n)
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	w.add(&tree.Link{At: mark, URL: url, Auto: true, Text: tree.Inlines{&tree.Text{At: mark, Text: label}}})
}

// The classes of the spans that wiki links become until package resolve knows what they lead to. The attribute "target"
// holds what the author wrote, "literal" the whole text.
const (
	WikiLinkClass  = "wiki-link"
	WikiEmbedClass = "wiki-embed"
)

func (w *inlineWriter) wiki(n *wikiLink) {
	w.flush()
	mark := tree.At{Src: w.c.at(n.literal.Start)}
	target := string(n.target.Value(w.c.text))
	label := target
	if n.label.Len() > 0 {
		label = string(n.label.Value(w.c.text))
	}
	span := &tree.Span{At: mark, Class: WikiLinkClass, Text: tree.Inlines{&tree.Text{At: mark, Text: label}}}
	if n.embed {
		span.Class = WikiEmbedClass
	}
	span.Attrs = map[string]string{"target": target, "literal": string(n.literal.Value(w.c.text))}
	w.add(span)
}
