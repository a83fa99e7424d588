package svg

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text is a run of lines of type that follow each other from an anchored point: a text chunk (§10.5).
type text struct {
	m      matrix // to pixels of the picture
	at     point
	anchor string
	spans  []textSpan
	length float64 // the width that the chunk is made to have; 0: its own
	glyphs bool    // letters are made wider, not the space between them
	track  *track  // the path that the chunk runs along
	offset float64 // of its beginning on the track
}

// textSpan is a piece of one look.
type textSpan struct {
	text                       string
	style                      style
	fill, stroke               string // colours, empty for none
	fillWith, strokeWith       *server
	fillOpacity, strokeOpacity float64
	dx, dy                     float64
	turn                       float64 // in radians
	baseline                   float64 // how far it is lowered for its baseline properties
}

// texter collects the chunks of a text element.
type texter struct {
	p      *painter
	m      matrix
	chunks []*text
	space  bool // the text so far ends in a space
	keep   bool // spaces are kept as they are
}

// text draws a text element.
func (p *painter) text(e *element, m matrix, st style) {
	t := &texter{p: p, m: m, space: true}
	t.chunks = append(t.chunks, &text{m: m, anchor: st.anchor})
	t.element(e, st, 0)
	if v, ok := lengthOf(e.attrs["textLength"], st.size, p.view.x); ok && v > 0 && len(t.chunks) == 1 {
		t.chunks[0].length, t.chunks[0].glyphs = v, e.attrs["lengthAdjust"] == "spacingAndGlyphs"
	}
	for _, c := range t.chunks {
		if n := len(c.spans); n > 0 {
			c.spans[n-1].text = strings.TrimRight(c.spans[n-1].text, " ")
		}
		shown := c.spans[:0]
		for _, s := range c.spans {
			if s.text != "" || s.dx != 0 || s.dy != 0 {
				shown = append(shown, s)
			}
		}
		if c.spans = shown; len(shown) > 0 {
			t.colour(c)
			p.add(mark{text: c})
		}
	}
}

// element adds the text of an element whose style is st.
func (t *texter) element(e *element, st style, depth int) {
	if depth > maxDepth {
		return
	}
	keep := t.keep
	if v := e.attrs["xml:space"]; v != "" {
		t.keep = v == "preserve"
	}
	if st.space != "" {
		t.keep = strings.HasPrefix(st.space, "pre") || st.space == "break-spaces"
	}
	pos := places{
		x: t.list(e, "x", st, t.p.view.x), y: t.list(e, "y", st, t.p.view.y),
		dx: t.list(e, "dx", st, t.p.view.x), dy: t.list(e, "dy", st, t.p.view.y), turn: numbers(e.attrs["rotate"]),
	}
	for i := range pos.turn {
		pos.turn[i] *= math.Pi / 180
	}
	from := len(t.chunks)
	spans := len(t.last().spans)
	for _, c := range e.children {
		switch c.name {
		case "":
			t.add(c.text, st, &pos)
		case "tspan", "a", "textPath":
			props := t.p.own(c)
			if props["display"] == "none" {
				continue
			}
			t.place(st, &pos)
			inner := st.inherit(props)
			if inner.baseline == "" {
				inner.baseline = st.baseline
			}
			if c.name == "textPath" {
				t.along(c, inner, depth)
			} else {
				t.element(c, inner, depth+1)
			}
		case "title", "desc":
		default:
			t.p.lost[c.name] = true
			t.add(c.content(), st, &pos)
		}
	}
	if v, ok := lengthOf(e.attrs["textLength"], st.size, t.p.view.x); ok && v > 0 && depth > 0 && (len(t.chunks) > from || spans == 0) {
		t.last().length, t.last().glyphs = v, e.attrs["lengthAdjust"] == "spacingAndGlyphs"
	}
	t.keep = keep
}

func (t *texter) last() *text { return t.chunks[len(t.chunks)-1] }

// places are the lists of an element that say where its characters are, as far as they are not used up.
type places struct{ x, y, dx, dy, turn []float64 }

func (p *places) empty() bool { return len(p.x)+len(p.y)+len(p.dx)+len(p.dy) == 0 && len(p.turn) == 0 }

// place begins what has places: a chunk for absolute ones, a span for relative ones. The places are used up.
func (t *texter) place(st style, pos *places) {
	last := t.last()
	if len(pos.x) > 0 || len(pos.y) > 0 && len(last.spans) > 0 {
		if len(last.spans) > 0 {
			last = t.chunk(last, st)
		}
	}
	if len(pos.x) > 0 {
		last.at.x, pos.x = pos.x[0], pos.x[1:]
	}
	if len(pos.y) > 0 {
		last.at.y, pos.y = pos.y[0], pos.y[1:]
	}
	if len(pos.dx) > 0 || len(pos.dy) > 0 {
		s := textSpan{style: st}
		if len(pos.dx) > 0 {
			s.dx, pos.dx = pos.dx[0], pos.dx[1:]
		}
		if len(pos.dy) > 0 {
			s.dy, pos.dy = pos.dy[0], pos.dy[1:]
		}
		if s.dx != 0 || s.dy != 0 {
			last.spans = append(last.spans, s)
		}
	}
}

// list reads a list of lengths.
func (t *texter) list(e *element, name string, st style, whole float64) (out []float64) {
	for _, f := range strings.FieldsFunc(e.attrs[name], isSeparator) {
		n, ok := lengthOf(f, st.size, whole)
		if !ok || len(out) > 10_000 {
			break
		}
		out = append(out, n)
	}
	return out
}

// chunk begins a new chunk where the last one ends in height.
func (t *texter) chunk(last *text, st style) *text {
	c := &text{m: t.m, at: last.at, anchor: st.anchor}
	for _, s := range last.spans {
		c.at.y += s.dy
	}
	t.chunks = append(t.chunks, c)
	t.space = true
	return c
}

// add appends text. Characters have places of their own until these are used up; the last turn is that of all that follow
// (§10.5).
func (t *texter) add(s string, st style, pos *places) {
	if st.hidden {
		return
	}
	t.p.budget.text += len(s)
	if s = t.collapse(s); s == "" || t.p.spent() {
		return
	}
	for s != "" && !pos.empty() {
		n := clusterLength(s)
		t.place(st, pos)
		turn := 0.0
		if len(pos.turn) > 0 {
			if turn = pos.turn[0]; len(pos.turn) > 1 {
				pos.turn = pos.turn[1:]
			} else if turn == 0 && len(pos.x)+len(pos.y)+len(pos.dx)+len(pos.dy) == 0 {
				pos.turn = nil
			}
		}
		if pos.empty() {
			n = len(s)
		}
		t.span(s[:n], st, turn)
		s = s[n:]
	}
	if s != "" {
		t.span(s, st, 0)
	}
}

// clusterLength is how many bytes the first character takes with the marks that belong to it.
func clusterLength(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) {
		r, k := utf8.DecodeRuneInString(s[n:])
		if !unicode.Is(unicode.M, r) && r != '\u200d' && !(r >= 0x1F3FB && r <= 0x1F3FF) {
			break
		}
		n += k
	}
	return n
}

func (t *texter) span(s string, st style, turn float64) {
	c := t.last()
	if len(c.spans) == 0 {
		c.anchor = st.anchor
	}
	lower := -st.shift
	switch st.baseline {
	case "middle":
		lower += st.size * 0.26
	case "central":
		lower += st.size * 0.34
	case "mathematical":
		lower += st.size * 0.4
	case "hanging":
		lower += st.size * 0.74
	case "text-before-edge", "before-edge", "text-top":
		lower += st.size * 0.9
	case "text-after-edge", "after-edge", "ideographic", "text-bottom":
		lower -= st.size * 0.22
	}
	c.spans = append(c.spans, textSpan{text: s, style: st, baseline: lower, turn: turn})
}

// colour gives the spans of a chunk their paints. The box that they are for is a guess: text is measured later.
func (t *texter) colour(c *text) {
	x, y, w, h := c.guess()
	a := &area{m: c.m, lo: point{x, y}, hi: point{x + w, y + h}}
	for i := range c.spans {
		s := &c.spans[i]
		if t.p.clipping {
			s.fill, s.fillOpacity = "#ffffff", 1
			continue
		}
		st := s.style
		s.fill, s.fillOpacity, s.fillWith = t.p.paint(st.fill, st, st.fillOpacity, a)
		s.stroke, s.strokeOpacity, s.strokeWith = t.p.paint(st.stroke, st, st.strokeOpacity, a)
		if st.width <= 0 {
			s.stroke, s.strokeWith = "", nil
		}
	}
}

// guess is about where a chunk is, in its own coordinates: letters are taken for half as wide as high.
func (t *text) guess() (x, y, w, h float64) {
	size := 0.0
	for i := range t.spans {
		s := &t.spans[i]
		w += s.style.size*0.5*float64(utf8.RuneCountInString(s.text)) + s.dx
		size = max(size, s.style.size)
	}
	if t.length > 0 {
		w = t.length
	}
	x, y = t.at.x, t.at.y-size*0.9
	if len(t.spans) > 0 {
		y += t.spans[0].dy + t.spans[0].baseline
	}
	if t.track != nil {
		lo, hi := t.track.box()
		return lo.x - size, lo.y - size, hi.x - lo.x + 2*size, hi.y - lo.y + 2*size
	}
	switch t.anchor {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	return x, y, w, size * 1.15
}

// collapse makes one space of several (§10.15).
func (t *texter) collapse(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' || r == '\r' {
			r = ' '
		}
		if r == ' ' && t.space && !t.keep {
			continue
		}
		t.space = r == ' '
		if r >= ' ' {
			b.WriteRune(r)
		}
	}
	return b.String()
}
