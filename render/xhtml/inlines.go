package xhtml

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/mathml"
	"github.com/evbook/evbook/render/words"
)

// Inlines writes running text. The footnotes called in it wait for [Page.Notes].
func (p *Page) Inlines(in tree.Inlines) {
	for i, n := range in {
		switch n := n.(type) {
		case *tree.Text:
			p.leafText(n, n.Text)
		case *tree.Emph:
			p.styled("em", n.Text)
		case *tree.Strong:
			p.styled("strong", n.Text)
		case *tree.Strike:
			p.styled("del", n.Text)
		case *tree.Code:
			p.Start("code")
			p.leafText(n, n.Text)
			p.End()
		case *tree.Link:
			p.link(n)
		case *tree.Image:
			p.begin(n)
			p.image(n, "")
		case *tree.Footnote:
			p.noteRef(n, n.ID)
		case *tree.FootnoteRef:
			p.noteRef(n, n.Target)
		case *tree.Math:
			p.begin(n)
			p.math(n.TeX, false, n.Src)
		case *tree.Break:
			p.lineBreak(n, in[:i], in[i+1:])
		case *tree.Span:
			p.span(n)
		case *tree.RawInline:
			p.begin(n)
			p.raw(n.Format, n.Text, n.Src, true)
		default:
			panic(fmt.Sprintf("xhtml: unexpected inline %T", n))
		}
	}
}

func (p *Page) styled(element string, in tree.Inlines, attrs ...Attr) {
	p.Start(element, attrs...)
	p.Inlines(in)
	p.End()
}

// lineBreak writes a break. A soft one is a space, except between two characters of scripts that have no spaces.
func (p *Page) lineBreak(n *tree.Break, before, after tree.Inlines) {
	if !n.Soft {
		p.Void("br")
		p.Line()
		return
	}
	last, _ := utf8.DecodeLastRuneInString(tree.PlainText(before))
	first, _ := utf8.DecodeRuneInString(tree.PlainText(after))
	if !spaceless(last) || !spaceless(first) {
		p.Line()
	}
}

func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60
}

// link writes a link. Links do not nest in XHTML: one inside another is plain text.
func (p *Page) link(n *tree.Link) {
	href, external, ok := p.resolve(n)
	if !ok || p.inLink > 0 {
		p.Inlines(n.Text)
		return
	}
	attrs := []Attr{A("href", href), Opt("title", n.Title)}
	if external {
		attrs = append(attrs, A("class", "ext"))
	}
	if plain(n.Text) == "" {
		attrs = append(attrs, A("aria-label", firstOf(n.Title, n.URL, href)))
	}
	p.Start("a", attrs...)
	p.inLink++
	if len(n.Text) == 0 {
		p.Text(firstOf(n.Title, n.URL, href))
	}
	p.Inlines(n.Text)
	p.inLink--
	p.End()
	held := p.held
	p.held = nil
	for _, note := range held {
		p.Inlines(tree.Inlines{note.(tree.Inline)})
	}
}

// resolve returns where a link leads, and whether it leads out of the book.
func (p *Page) resolve(n *tree.Link) (href string, external, ok bool) {
	if n.Target != "" {
		place, ok := p.site.Index.Place(n.Target)
		if !ok {
			p.site.Report.Warnf(CodeLink, n.Src, "the link leads to %q, which is not in the book", n.Target)
			return "", false, false
		}
		return place.Href(p.file), false, true
	}
	href, ok = CleanURL(n.URL)
	if !ok && n.URL != "" {
		p.site.Report.Infof(CodeLink, n.Src, "the address %q cannot be followed from a book; its text is printed without a link", n.URL)
	}
	return href, true, ok
}

func firstOf(list ...string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// spanElements are the classes of spans that have elements of their own.
var spanElements = map[string]string{
	"kbd": "kbd", "sub": "sub", "sup": "sup", "mark": "mark", "abbr": "abbr", "ins": "ins", "del": "del", "small": "small",
	"samp": "samp", "var": "var", "cite": "cite", "q": "q", "dfn": "dfn", "u": "u", "s": "s", "b": "b", "i": "i", "time": "time",
}

func (p *Page) span(n *tree.Span) {
	name, attrs := "span", []Attr{p.anchor(n.ID)}
	if e, ok := spanElements[n.Class]; ok {
		name = e
	} else {
		attrs = append(attrs, Opt("class", className(n.Class)))
	}
	outer := p.lang
	attrs = append(attrs, p.enter(n.Lang, n.Attrs)...)
	p.styled(name, n.Text, attrs...)
	p.lang = outer
}

// Lang returns the attributes that state a language: lang for HTML, xml:lang for XML, and the direction. A tag that is not
// well-formed gives none.
func Lang(tag string) []Attr {
	tag = words.Tag(tag)
	if tag == "" {
		return nil
	}
	return []Attr{A("lang", tag), A("xml:lang", tag), Opt("dir", direction(tag))}
}

// LangWithin returns the attributes that state a language inside text of another one. A language written in the other
// direction than the text around it gets its direction too.
func LangWithin(tag, around string) []Attr {
	out := Lang(tag)
	if out != nil && direction(around) != "" && direction(tag) == "" {
		out = append(out, A("dir", "ltr"))
	}
	return out
}

// enter returns, of the attributes that an author gave to a span or div, those that mean the same everywhere, and makes
// the language that they state that of the text.
func (p *Page) enter(lang string, attrs map[string]string) []Attr {
	out := []Attr{Opt("title", attrs["title"])}
	lang = words.Tag(firstOf(lang, attrs["lang"]))
	if lang == "" {
		if dir := attrs["dir"]; dir == "ltr" || dir == "rtl" {
			out = append(out, A("dir", dir))
		}
		return out
	}
	out = append(out, LangWithin(lang, p.lang)...)
	p.lang = lang
	return out
}

// className turns an author's class into class names that cannot clash with those of the program's style sheet, save
// for the ones that the sheet offers on purpose.
func className(class string) string {
	var out []string
	for c := range strings.FieldsSeq(class) {
		c = strings.Map(func(r rune) rune {
			if r == '-' || r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, c)
		if c == "" {
			continue
		}
		if !slices.Contains([]string{"smallcaps", "center", "right", "lead", "small", "details"}, c) {
			c = "x-" + c
		}
		out = append(out, c)
	}
	return strings.Join(out, " ")
}

// noteRef writes the call of a footnote and puts the note into the queue at its first call. The mark-up is the one that
// opens a pop-up in the most reading systems: a link with nothing but the number inside, role and epub:type.
func (p *Page) noteRef(n tree.Node, id string) {
	if p.inLink > 0 {
		p.held = append(p.held, n)
		return
	}
	if note, ok := n.(*tree.Footnote); ok {
		p.number(note)
		p.queue = append(p.queue, note)
	}
	place, ok := p.site.Index.Place(id)
	number := p.numbers[id]
	if ref, isRef := n.(*tree.FootnoteRef); isRef && number == 0 {
		number = ref.Number
	}
	if !ok {
		p.site.Report.Warnf(CodeNoteRef, n.Pos(), "there is no footnote %q in the book", id)
		p.Element("sup", strconv.Itoa(number))
		return
	}
	var self Attr
	if place.File == p.file && p.numbers[id] > 0 { // the note is on this page
		p.refs[id]++
		self = A("id", refAnchor(place, p.refs[id]))
	}
	typ, role := p.epubType("noteref", "doc-noteref")
	p.Element("a", strconv.Itoa(number), typ, role, A("class", "noteref"), A("href", place.Href(p.file)), self)
}

// refAnchor returns the anchor of the count-th call of the note at place. Only the first one is led back to.
func refAnchor(place Place, count int) string {
	if count == 1 {
		return "_ref-" + place.Anchor
	}
	return fmt.Sprintf("_ref%d-%s", count, place.Anchor)
}

// number gives a note its number on this page, notes inside the note included, in the order of the text.
func (p *Page) number(n *tree.Footnote) {
	if p.numbers[n.ID] == 0 {
		p.next++
		p.numbers[n.ID] = p.next
	}
}

// longFormula is from how many bytes of TeX on a formula may be wider than a telephone.
const longFormula = 40

// math writes a formula as MathML, with its TeX source as the text alternative; one that cannot be read is printed as its
// source.
func (p *Page) math(tex string, block bool, pos diag.Pos) {
	long := p.site.Scroll && len(tex) > longFormula
	switch {
	case block && long:
		p.Start("div", A("class", "math-block"), A("tabindex", "0"))
		defer p.End()
	case block:
		p.Start("div", A("class", "math-block"))
		defer p.End()
	case long:
		p.Start("span", A("class", "math-box"), A("tabindex", "0"))
		defer p.End()
	}
	if p.site.NoMathML {
		p.Found.TeX++
		p.Element("code", strings.TrimSpace(tex), A("class", "math"))
		return
	}
	root, err := mathml.Convert(tex, block)
	if err != nil {
		p.site.Report.Infof(CodeMath, pos, "the formula is printed as its source: %v", err)
		p.Found.TeX++
		p.Element("code", strings.TrimSpace(tex), A("class", "math"))
		return
	}
	p.Found.MathML++
	root.Attrs = append(root.Attrs, mathml.Attr{Name: "xmlns", Value: mathml.Namespace})
	p.formula(root)
}

func (p *Page) formula(n *mathml.Node) {
	attrs := make([]Attr, 0, len(n.Attrs))
	for _, a := range n.Attrs {
		attrs = append(attrs, A(a.Name, a.Value))
	}
	p.Start(n.Name, attrs...)
	p.Text(n.Text)
	for _, c := range n.Children {
		p.formula(c)
	}
	p.End()
}
