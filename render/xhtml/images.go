package xhtml

import (
	"strconv"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

func (p *Page) figure(n *tree.Figure) {
	p.Start("figure", p.anchor(n.ID))
	p.Line()
	if n.Image != nil {
		p.image(n.Image, plain(n.Caption))
		p.Line()
	}
	if len(n.Caption) > 0 {
		p.styled("figcaption", n.Caption)
		p.Line()
	}
	p.End()
}

// image writes a picture. One that is not to be had leaves its alternative text, and a link if it is in the web.
func (p *Page) image(n *tree.Image, caption string) {
	pic, ok := p.site.Picture(n)
	if !ok {
		p.missing(n, caption)
		return
	}
	p.Found.Images++
	if n.Alt == "" {
		p.Found.NoAlt++
		p.site.Report(diag.ImageWithoutAlt(n.Src, firstOf(n.URL, n.Path)))
	}
	attrs := []Attr{A("src", pic.Href), A("alt", n.Alt)}
	if n.Title != "" && n.Title != caption {
		attrs = append(attrs, A("title", n.Title))
	}
	if pic.Width > 0 && pic.Height > 0 {
		attrs = append(attrs, A("width", strconv.Itoa(pic.Width)), A("height", strconv.Itoa(pic.Height)))
	}
	p.Void("img", append(attrs, Opt("style", p.size(n)))...)
}

func (p *Page) missing(n *tree.Image, caption string) {
	text := firstOf(n.Alt, n.Title)
	if text == "" && caption == "" {
		text = firstOf(n.URL, n.Path)
	}
	if text == "" {
		return
	}
	href, ok := CleanURL(n.URL)
	if !ok || p.inLink > 0 {
		p.Element("span", text, A("class", "no-image"))
		return
	}
	p.Element("a", text, A("href", href), A("class", "no-image ext"))
}

// cssSize is what a width or height may be: a positive number of a unit that scales with a page or a screen.
var cssSize = lazyregexp.New(`^([0-9]{1,5}(?:\.[0-9]{1,4})?)\s*(px|%|em|rem|ex|ch|vw|vh|pt|mm|cm|in|pc)?$`)

// size returns the style that gives a picture the size that its author asked for. A bare number is in pixels.
func (p *Page) size(n *tree.Image) string {
	var out []string
	for _, s := range []struct{ property, value string }{{"width", n.Width}, {"height", n.Height}} {
		value := strings.ToLower(strings.TrimSpace(s.value))
		if value == "" || value == "auto" {
			continue
		}
		m := cssSize.FindStringSubmatch(value)
		if m == nil {
			p.site.Report.Warnf(CodeImageSize, n.Src, "%q is no %s: want a number with a unit, such as 50%% or 12em", s.value, s.property)
			continue
		}
		unit := m[2]
		if unit == "" {
			unit = "px"
		}
		out = append(out, s.property+": "+m[1]+unit)
	}
	if len(out) == 1 && n.Height == "" {
		out = append(out, "height: auto")
	}
	return strings.Join(out, "; ")
}
