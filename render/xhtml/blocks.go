package xhtml

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// Blocks writes blocks. The footnotes called in them wait for [Page.Notes].
func (p *Page) Blocks(blocks tree.Blocks) {
	for _, n := range blocks {
		p.block(n)
	}
}

func (p *Page) block(n tree.Block) {
	p.begin(n)
	switch n := n.(type) {
	case *tree.Paragraph:
		if len(n.Text) > 0 && !p.turn(n) {
			p.styled("p", n.Text, p.itemAnchor(n))
		}
	case *tree.Heading:
		p.heading(n)
	case *tree.List:
		p.list(n)
	case *tree.DefinitionList:
		p.definitions(n)
	case *tree.Table:
		if !p.attendees(n) {
			p.table(n)
		}
	case *tree.CodeBlock:
		p.code(n)
	case *tree.Quote:
		p.container("blockquote", n.Body)
	case *tree.Alert:
		p.alert(n)
	case *tree.Figure:
		p.figure(n)
	case *tree.Rule:
		p.Void("hr")
	case *tree.MathBlock:
		p.math(n.TeX, true, n.Src)
	case *tree.RawBlock:
		p.raw(n.Format, n.Text, n.Src, false)
	case *tree.Div:
		p.div(n)
	default:
		panic(fmt.Sprintf("xhtml: unexpected block %T", n))
	}
	p.Line()
}

// container writes an element that holds blocks.
func (p *Page) container(element string, body tree.Blocks, attrs ...Attr) {
	p.Start(element, attrs...)
	p.Line()
	p.Blocks(body)
	p.End()
}

// heading writes a heading one level lower than in the tree: the first level is the title of the page. XHTML has six levels.
func (p *Page) heading(n *tree.Heading) {
	if plain(n.Text) == "" && !hasImage(n.Text) {
		p.Start("div", p.anchor(n.ID)) // an empty heading is none, but links may lead to it
		p.Inlines(n.Text)
		p.End()
		return
	}
	p.styled(p.headingElement(max(n.Level, 1)+1), n.Text, p.anchor(n.ID), p.step())
}

// step returns, in a section of a longer document, the class that says how far below the section's title the heading is whose
// element was asked for: the element does not.
func (p *Page) step() Attr {
	if p.at.Anchor == "" {
		return Attr{}
	}
	return A("class", "step-"+strconv.Itoa(p.depth-1))
}

// headingElement returns the element for a heading of a level, 1 being that of the page's title. No level below the title
// is left out on the way down: readers who go from heading to heading rely on it.
func (p *Page) headingElement(level int) string {
	p.depth = min(level, p.depth+1)
	return "h" + strconv.Itoa(min(p.top+p.depth-1, 6))
}

func hasImage(in tree.Inlines) bool {
	for n := range tree.All(&tree.Paragraph{Text: in}) {
		if img, ok := n.(*tree.Image); ok && img.Alt != "" {
			return true
		}
	}
	return false
}

func (p *Page) list(n *tree.List) {
	if len(n.Items) == 0 {
		return
	}
	name, attrs := "ul", []Attr{}
	tasks := false
	for _, item := range n.Items {
		tasks = tasks || item.Task != tree.NoTask
	}
	if n.Ordered {
		name = "ol"
		if n.Start != 1 {
			attrs = append(attrs, A("start", strconv.Itoa(n.Start)))
		}
	}
	class := ""
	if n.Loose {
		class = "loose"
	}
	if tasks {
		class = strings.TrimSpace(class + " tasks")
	}
	p.Start(name, append(attrs, Opt("class", class))...)
	p.Line()
	for _, item := range n.Items {
		p.item(n, item)
		p.Line()
	}
	p.End()
}

// item writes an item. In a tight list its first paragraph stands without an element of its own. A task's state is a sign
// with a text alternative, not a form control: a book has no forms.
func (p *Page) item(list *tree.List, n *tree.ListItem) {
	sign, state := "", ""
	switch n.Task {
	case tree.TaskOpen:
		sign, state = "☐", p.site.Words.Open
	case tree.TaskDone:
		sign, state = "☑", p.site.Words.Done
	case tree.NoTask:
	}
	var class Attr
	if sign != "" {
		class = A("class", "task")
	}
	p.Start("li", class, p.itemAnchor(n))
	body := n.Body
	var first *tree.Paragraph
	if len(body) > 0 {
		first, _ = body[0].(*tree.Paragraph)
	}
	if first != nil && list.Loose {
		p.Start("p")
	}
	if sign != "" {
		p.Element("span", sign, A("class", "box"), A("role", "img"), A("aria-label", state))
		p.Text(" ")
	}
	if first != nil {
		p.Inlines(first.Text)
		body = body[1:]
		if list.Loose {
			p.End()
		}
	}
	if len(body) > 0 {
		p.Line()
	}
	p.Blocks(body)
	p.End()
}

// definitions writes a definition list. XHTML wants at least one term and one definition in a group.
func (p *Page) definitions(n *tree.DefinitionList) {
	if len(n.Items) == 0 {
		return
	}
	p.Start("dl")
	p.Line()
	for _, d := range n.Items {
		for _, term := range d.Terms {
			p.styled("dt", term)
			p.Line()
		}
		if len(d.Terms) == 0 {
			p.Element("dt", "")
		}
		for _, def := range d.Defs {
			p.definition(def)
		}
		if len(d.Defs) == 0 {
			p.Element("dd", "")
		}
	}
	p.End()
}

// definition writes one definition; a single paragraph needs no element of its own.
func (p *Page) definition(body tree.Blocks) {
	if len(body) == 1 {
		if par, ok := body[0].(*tree.Paragraph); ok {
			p.styled("dd", par.Text)
			p.Line()
			return
		}
	}
	p.container("dd", body)
	p.Line()
}

func (p *Page) alert(n *tree.Alert) {
	kind := n.Kind
	switch kind {
	case "note", "tip", "important", "warning", "caution":
	default:
		kind = "note"
	}
	title := p.ownID()
	p.Start("div", A("class", "alert "+kind), A("role", "note"), A("aria-labelledby", title))
	p.Line()
	p.Start("p", A("class", "alert-title"), A("id", title))
	if len(n.Title) > 0 {
		p.Inlines(n.Title)
	} else {
		p.Text(p.site.Words.Alert(kind))
	}
	p.End()
	p.Line()
	p.Blocks(n.Body)
	p.End()
}

// ownID returns the next of the page's own anchors, for what refers to another element of the page.
func (p *Page) ownID() string {
	p.anchors++
	return p.own(strconv.Itoa(p.anchors))
}

func (p *Page) div(n *tree.Div) {
	attrs := []Attr{p.anchor(n.ID), Opt("class", className(n.Class))}
	outer := p.lang
	p.container("div", n.Body, append(attrs, p.enter("", n.Attrs)...)...)
	p.lang = outer
}
