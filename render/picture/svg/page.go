package svg

import (
	"strconv"
	"strings"
)

// page is the text of a web page that stands in a picture: what drawing programs label their boxes with. Its paragraphs are set
// in a box, one below the other.
type page struct {
	m          matrix // to pixels of the picture
	x, y, w, h float64
	down       float64 // where the text stands in the height of the box: 0 at the top, 1 at the foot
	shrink     bool    // the paragraphs are as wide as their longest line
	across     float64 // where they stand in the width then
	paragraphs []paragraph
}

// paragraph is a list of spans; a line feed among their text ends a line.
type paragraph struct {
	spans  []textSpan
	style  style
	before float64 // at least so much space is above
	indent float64
	back   string // background, empty for none
	alpha  float64
	whole  bool // the background is as wide as the box, not as the lines
}

// pager reads the parts of a page.
type pager struct {
	p     *painter
	page  *page
	open  bool // the last paragraph takes more text
	space bool // its text so far ends in a space
	gap   float64
	shape paragraph // what new paragraphs are like
	other bool      // there is more than text
}

// foreign draws the text of a foreign object (§23.3). Other things in it are lost.
func (p *painter) foreign(e *element, m matrix, st style) {
	if st.hidden || p.clipping {
		return
	}
	x, y := p.size(e, "x", 0, p.view.x, st), p.size(e, "y", 0, p.view.y, st)
	pg := &page{m: m, x: x, y: y, w: p.size(e, "width", 0, p.view.x, st), h: p.size(e, "height", 0, p.view.y, st)}
	b := &pager{p: p, page: pg, space: true}
	st.fill, st.stroke = st.color, "none"
	b.children(e, st, true, 0)
	b.end()
	if b.other {
		p.lost["foreignObject"] = true
	}
	for i := range pg.paragraphs {
		for k := range pg.paragraphs[i].spans {
			s := &pg.paragraphs[i].spans[k]
			s.fill, s.fillOpacity, _ = p.paint(s.style.color, s.style, 1, nil)
		}
	}
	if len(pg.paragraphs) > 0 {
		p.add(mark{page: pg})
	}
}

// beyondText are elements of pages that are more than text.
var beyondText = map[string]bool{
	"img": true, "svg": true, "math": true, "canvas": true, "video": true, "audio": true, "iframe": true, "object": true, "embed": true,
	"input": true, "button": true, "select": true, "textarea": true, "picture": true,
}

// plainPage reports whether a foreign object holds text and nothing else.
func plainPage(e *element) bool {
	var only func(e *element, depth int) bool
	only = func(e *element, depth int) bool {
		for _, c := range e.children {
			if beyondText[c.name] || depth > maxDepth || !only(c, depth+1) {
				return false
			}
		}
		return true
	}
	return strings.TrimSpace(e.content()) != "" && only(e, 0)
}

// blockLevel are elements that begin a paragraph.
var blockLevel = map[string]bool{
	"html": true, "body": true, "div": true, "p": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "ul": true, "ol": true,
	"li": true, "pre": true, "blockquote": true, "table": true, "tbody": true, "thead": true, "tr": true, "section": true, "article": true, "center": true,
	"header": true, "footer": true, "main": true, "hr": true, "dl": true, "dt": true, "dd": true, "figure": true,
}

// headingSizes are the sizes of headings in ems, as browsers have them.
var headingSizes = map[string]float64{"h1": 2, "h2": 1.5, "h3": 1.17, "h4": 1, "h5": 0.83, "h6": 0.67}

// children reads what is in an element. alone says that the element is all there is on the page so far: then its box is that of
// the text.
func (b *pager) children(e *element, st style, alone bool, depth int) {
	if depth > maxDepth || b.p.spent() {
		return
	}
	elements := 0
	for _, c := range e.children {
		if c.name != "" || strings.TrimSpace(c.text) != "" {
			elements++
		}
	}
	number := 0
	for _, c := range e.children {
		if c.name == "" {
			b.add(c.text, st)
			continue
		}
		b.p.visits++
		if c.name == "li" {
			number++
		}
		b.element(c, e, number, st, alone && elements == 1, depth)
	}
}

func (b *pager) element(c, parent *element, number int, st style, alone bool, depth int) {
	props := b.p.own(c)
	if props["display"] == "none" || c.name == "style" || c.name == "script" || c.name == "title" {
		return
	}
	switch {
	case c.name == "br":
		b.newline(st)
		return
	case beyondText[c.name]:
		b.other = true
		return
	}
	inner := byName(c, st).inherit(props)
	inner.fill = inner.color
	if a := c.attrs["align"]; a != "" && props["text-align"] == "" {
		inner.align = a
	}
	was := b.shape
	if v := props["background-color"]; v != "" || props["background"] != "" {
		if v == "" {
			v = props["background"]
		}
		if col, alpha, ok := colorOf(resolve(v, inner.vars, 0)); ok && col != "" {
			b.shape.back, b.shape.alpha = string(col), alpha
			b.shape.whole = blockLevel[c.name] && !strings.HasPrefix(props["display"], "inline") && props["display"] != "table-cell"
		}
	}
	block := blockLevel[c.name] || props["display"] == "block" || props["display"] == "flex"
	if !block {
		b.children(c, inner, alone, depth+1)
		if c.name == "td" || c.name == "th" {
			b.add(" ", inner)
		}
		b.shape = was
		return
	}
	b.end()
	if alone {
		b.box(props, inner)
	}
	margin := b.margin(c, props, inner)
	b.gap = max(b.gap, margin)
	if c.name == "ul" || c.name == "ol" {
		b.shape.indent += 2 * inner.size
	}
	if c.name == "li" {
		bullet := "• "
		if parent.name == "ol" {
			bullet = strconv.Itoa(number) + ". "
		}
		b.add(bullet, inner)
		b.space = true
	}
	b.children(c, inner, alone, depth+1)
	b.end()
	b.shape = was
	b.gap = max(b.gap, margin)
}

// byName is the look that browsers give elements.
func byName(e *element, st style) style {
	switch e.name {
	case "b", "strong", "th":
		st.weight = 700
	case "i", "em", "cite", "var", "dfn":
		st.italic = true
	case "u", "ins":
		st.underline = true
	case "s", "del", "strike":
		st.through = true
	case "code", "pre", "kbd", "samp", "tt":
		st.family = "monospace"
		if e.name == "pre" {
			st.space = "pre"
		}
	case "small":
		st.size *= 0.83
	case "sub":
		st.shift, st.size = st.shift-st.size*0.2, st.size*0.83
	case "sup":
		st.shift, st.size = st.shift+st.size*0.33, st.size*0.83
	case "center":
		st.align = "center"
	case "font":
		if c := e.attrs["color"]; c != "" {
			st.color = c
		}
	case "a":
		if e.attrs["href"] != "" {
			st.color, st.underline = "#0000ee", true
		}
	}
	if k := headingSizes[e.name]; k > 0 {
		st.size, st.weight = st.size*k, 700
	}
	return st
}

// margin is the space around a block.
func (b *pager) margin(e *element, props map[string]string, st style) float64 {
	for _, name := range []string{"margin-top", "margin"} {
		if v, ok := props[name]; ok {
			first, _, _ := strings.Cut(v, " ")
			f, _ := lengthOf(first, st.size, 0)
			return max(f, 0)
		}
	}
	switch e.name {
	case "p", "ul", "ol", "pre", "blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6":
		return st.size
	}
	return 0
}

// box narrows the box of the page to that of a block that holds all of it.
func (b *pager) box(props map[string]string, st style) {
	pg := b.page
	get := func(name string, whole float64) (float64, bool) { return lengthOf(props[name], st.size, whole) }
	sides := func(name string) (top, right, bottom, left float64) {
		var n []float64
		for f := range strings.FieldsSeq(props[name]) {
			v, _ := lengthOf(f, st.size, pg.w)
			n = append(n, v)
		}
		switch len(n) {
		case 1:
			top, right, bottom, left = n[0], n[0], n[0], n[0]
		case 2, 3:
			top, right, bottom, left = n[0], n[1], n[len(n)-1], n[1]
			if len(n) == 2 {
				bottom = n[0]
			}
		case 4:
			top, right, bottom, left = n[0], n[1], n[2], n[3]
		}
		for to, side := range map[*float64]string{&top: "-top", &right: "-right", &bottom: "-bottom", &left: "-left"} {
			if v, ok := get(name+side, pg.w); ok {
				*to = v
			}
		}
		return top, right, bottom, left
	}
	_, _, _, left := sides("margin")
	pg.x += left
	if v, ok := get("margin-top", pg.h); ok {
		pg.y += v
	}
	top, right, bottom, padLeft := sides("padding")
	pg.y += top
	pg.x += padLeft
	if v, ok := get("width", pg.w); ok && v > 0 {
		pg.w = v
		if props["box-sizing"] == "border-box" {
			pg.w -= padLeft + right
		}
	} else {
		pg.w = max(pg.w-left-padLeft-right, 0)
	}
	if v, ok := get("height", pg.h); ok && v > 0 {
		pg.h = v
		if props["box-sizing"] == "border-box" {
			pg.h -= top + bottom
		}
	} else {
		pg.h = max(pg.h-top-bottom, 0)
	}
	where := func(v string) float64 {
		switch {
		case strings.Contains(v, "center"), strings.Contains(v, "middle"), strings.Contains(v, "space-"):
			return 0.5
		case strings.Contains(v, "end"), strings.Contains(v, "bottom"), strings.Contains(v, "right"):
			return 1
		}
		return 0
	}
	switch props["display"] {
	case "flex", "inline-flex", "grid":
		down, across := where(props["align-items"]), where(props["justify-content"])
		if strings.HasPrefix(props["flex-direction"], "column") {
			down, across = across, down
		}
		pg.down, pg.across, pg.shrink = down, across, true
	case "table-cell":
		pg.down = where(props["vertical-align"])
	}
}

// add appends text to the paragraph.
func (b *pager) add(s string, st style) {
	b.p.budget.text += len(s)
	keep := strings.HasPrefix(st.space, "pre") || st.space == "break-spaces"
	var out strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' && strings.HasPrefix(st.space, "pre"):
			out.WriteByte('\n')
			b.space = true
			continue
		case r == '\n' || r == '\t' || r == '\r':
			r = ' '
		case r == '\u200b':
			continue
		}
		if r == ' ' && b.space && !keep {
			continue
		}
		b.space = r == ' '
		if r >= ' ' {
			out.WriteRune(r)
		}
	}
	if s = out.String(); s == "" || !b.open && strings.TrimSpace(s) == "" {
		return
	}
	b.begin(st)
	last := &b.page.paragraphs[len(b.page.paragraphs)-1]
	last.spans = append(last.spans, textSpan{text: s, style: st})
}

// newline ends a line, also one without text.
func (b *pager) newline(st style) {
	b.begin(st)
	last := &b.page.paragraphs[len(b.page.paragraphs)-1]
	last.spans = append(last.spans, textSpan{text: "\n", style: st})
	b.space = true
}

// begin begins a paragraph if none is open.
func (b *pager) begin(st style) {
	if b.open {
		return
	}
	par := b.shape
	par.style = st
	if par.before = b.gap; len(b.page.paragraphs) == 0 {
		par.before = 0
	}
	b.gap, b.open = 0, true
	b.page.paragraphs = append(b.page.paragraphs, par)
}

// end ends the paragraph.
func (b *pager) end() {
	b.open, b.space = false, true
}
