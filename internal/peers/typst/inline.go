package typst

import (
	"fmt"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// inlines writes running text with its styles.
func (w *writer) inlines(list tree.Inlines) {
	for _, n := range list {
		w.inline(n)
	}
}

func (w *writer) inline(n tree.Inline) {
	switch n := n.(type) {
	case *tree.Text:
		w.text(n.Text)
	case *tree.Emph:
		w.around("#emph[", n.Text)
	case *tree.Strong:
		w.around("#strong[", n.Text)
	case *tree.Strike:
		w.around("#strike[", n.Text)
	case *tree.Code:
		w.code(n.Text)
	case *tree.Link:
		w.link(n)
	case *tree.Image:
		w.markup("#box(%s)", image(n))
		w.called()
	case *tree.Footnote:
		w.footnote(n)
	case *tree.FootnoteRef:
		w.markup("#footnote(label(%s))", quote(n.Target))
		w.called()
	case *tree.Math: // TeX notation, which Typst does not read
		w.code(n.TeX)
	case *tree.Break:
		if n.Soft {
			w.markup("\n")
		} else {
			w.markup("#linebreak()\n")
		}
	case *tree.Span:
		w.span(n)
	case *tree.RawInline:
		w.code(n.Text)
	default:
		panic(fmt.Sprintf("typst: unexpected inline %T", n))
	}
}

// around writes the call of a function with text as its argument.
func (w *writer) around(open string, text tree.Inlines) {
	w.markup("%s", open)
	w.inlines(text)
	w.markup("]")
	w.called()
}

func (w *writer) code(text string) {
	if text != "" && !strings.ContainsAny(text, "`\\\n") {
		w.markup("`%s`", text)
		return
	}
	w.markup("#raw(%s)", quote(text))
	w.called()
}

func (w *writer) link(n *tree.Link) {
	switch {
	case n.Target != "":
		w.around(fmt.Sprintf("#link(label(%s))[", quote(n.Target)), n.Text)
		return
	case n.URL == "" || !strings.Contains(n.URL, ":"):
		w.inlines(n.Text)
		return
	case tree.PlainText(n.Text) == n.URL:
		w.markup("#link(%s)", quote(n.URL)) // is broken as an address
		w.called()
		return
	}
	w.around(fmt.Sprintf("#link(%s)[", quote(n.URL)), n.Text)
	if w.Plain || showsURL(n) {
		return
	}
	if w.inNote {
		w.text(" (")
		w.markup("#link(%s)", quote(n.URL))
		w.called()
		w.text(")")
		return
	}
	w.markup("#footnote(link(%s))", quote(n.URL))
	w.called()
}

// showsURL reports whether the text of a link is its address, so that a note would say the same again.
func showsURL(n *tree.Link) bool {
	bare := func(s string) string {
		_, rest, found := strings.Cut(s, ":")
		if !found {
			rest = s
		}
		return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(strings.TrimLeft(rest, "/"), "www."), "/"))
	}
	return n.Auto || bare(tree.PlainText(n.Text)) == bare(n.URL)
}

func (w *writer) footnote(n *tree.Footnote) {
	before := w.inNote
	w.inNote = true
	w.markup("#footnote[")
	w.body(n.Body)
	w.markup("]")
	w.inNote = before
	w.label(n.ID)
}

// span writes the classes that the other formats know; any other has no look.
func (w *writer) span(n *tree.Span) {
	open := map[string]string{
		"kbd": "#kbd[", "sub": "#sub[", "sup": "#super[", "mark": "#highlight[", "ins": "#underline[", "small": "#text(0.85em)[", "smallcaps": "#smallcaps[",
	}[n.Class]
	if open == "" && (n.Lang != "" || n.ID != "") {
		open = "#box["
		if lang, _, _ := strings.Cut(n.Lang, "-"); lang != "" {
			open = fmt.Sprintf("#text(lang: %s)[", quote(lang))
		}
	}
	if open == "" {
		w.inlines(n.Text)
		return
	}
	w.around(open, n.Text)
	w.label(n.ID)
}

// image writes the call that loads a picture. Typst fetches nothing from the web.
func image(n *tree.Image) string {
	if n.Path == "" {
		return fmt.Sprintf("[#link(%s)]", quote(n.URL))
	}
	width := "auto"
	if strings.HasSuffix(n.Width, "%") {
		width = n.Width
	}
	return fmt.Sprintf("image(%s, alt: %s, width: %s)", quote(n.Path), quote(n.Alt), width)
}
