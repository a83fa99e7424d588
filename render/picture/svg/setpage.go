package svg

import (
	"strings"
	"unicode/utf8"

	"github.com/evbook/evbook/render/drawing"
)

// webLine is a line of a paragraph: a chunk and its width.
type webLine struct {
	text   text
	width  float64
	height float64
	size   float64 // of the largest type
	par    *paragraph
	first  bool
}

// page sets the paragraphs of a page.
func (g *setting) page(pg *page) (out []drawing.Mark) {
	var lines []webLine
	for i := range pg.paragraphs {
		lines = append(lines, g.breakLines(pg, &pg.paragraphs[i])...)
	}
	height, width := 0.0, 0.0
	for i := range lines {
		l := &lines[i]
		if height += l.height; l.first {
			height += l.par.before
		}
		width = max(width, l.width+l.par.indent)
	}
	x, w := pg.x, pg.w
	if pg.shrink {
		x, w = pg.x+(pg.w-width)*pg.across, width
	}
	y := pg.y + (pg.h-height)*pg.down
	var texts []drawing.Mark
	for i := range lines {
		l := &lines[i]
		if l.first {
			y += l.par.before
		}
		left := x + l.par.indent
		switch l.par.style.align {
		case "center", "middle", "-webkit-center":
			left = x + l.par.indent + (w-l.par.indent-l.width)/2
		case "right", "end":
			left = x + w - l.width
		}
		if l.par.back != "" && l.width > 0 {
			bx, bw := left, l.width
			if l.par.whole {
				bx, bw = x, w
			}
			steps := pg.m.outline(rect(bx, y, bw, l.height, 0, 0))
			out = append(out, &drawing.Path{Ops: g.ops(steps), Fill: color(l.par.back), FillOpacity: l.par.alpha})
		}
		l.text.m = pg.m
		l.text.at = point{left, y + l.height/2 + l.size*0.34}
		texts = append(texts, g.text(&l.text)...)
		y += l.height
	}
	return append(out, texts...)
}

// breakLines makes lines of a paragraph that are no wider than the page, where it may be broken.
func (g *setting) breakLines(pg *page, par *paragraph) (lines []webLine) {
	limit := (pg.w - par.indent) * 1.01
	if limit <= 1 || par.style.space == "nowrap" || par.style.space == "pre" {
		limit = maxNumber
	}
	line := webLine{par: par, first: true}
	flush := func() {
		spans := line.text.spans
		if n := len(spans); n > 0 { // a space at the end is not seen
			last := &spans[n-1]
			if cut := strings.TrimRight(last.text, " "); cut != last.text {
				line.width -= g.webWidth(pg, last, last.text) - g.webWidth(pg, last, cut)
				last.text = cut
			}
		}
		if line.height == 0 {
			line.height, line.size = par.style.line(), par.style.size
		}
		lines = append(lines, line)
		line = webLine{par: par}
	}
	// A word is what is between spaces, whatever the looks of its pieces.
	type piece struct {
		span  *textSpan
		text  string
		width float64
	}
	var word []piece
	place := func() {
		sum := 0.0
		for i, w := range word {
			if sum += w.width; i == len(word)-1 { // a space behind it may reach beyond the edge
				sum += g.webWidth(pg, w.span, strings.TrimRight(w.text, " ")) - w.width
			}
		}
		if line.width > 0 && line.width+sum > limit {
			flush()
		}
		for _, w := range word {
			line.add(w.span, w.text, w.width)
		}
		word = nil
	}
	for i := range par.spans {
		s := &par.spans[i]
		for rest := s.text; rest != ""; {
			part, end := rest, byte(0)
			if k := strings.IndexAny(rest, " \n"); k >= 0 {
				part, end = rest[:k+1], rest[k]
			}
			rest = rest[len(part):]
			if part = strings.TrimSuffix(part, "\n"); part != "" {
				word = append(word, piece{s, part, g.webWidth(pg, s, part)})
			}
			if end != 0 {
				place()
			}
			if end == '\n' {
				flush()
			}
		}
	}
	place()
	if len(line.text.spans) > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// add appends a word, to the span before it if that has the same look.
func (l *webLine) add(s *textSpan, word string, w float64) {
	if n := len(l.text.spans); n > 0 && l.text.spans[n-1].style.same(&s.style) && l.text.spans[n-1].fill == s.fill {
		l.text.spans[n-1].text += word
	} else {
		piece := *s
		piece.text, piece.baseline = word, -s.style.shift
		l.text.spans = append(l.text.spans, piece)
	}
	l.width += w
	l.height = max(l.height, s.style.line())
	l.size = max(l.size, s.style.size)
}

// same reports whether two styles set type in the same way.
func (st *style) same(o *style) bool {
	return st.size == o.size && st.weight == o.weight && st.italic == o.italic && st.family == o.family && st.underline == o.underline &&
		st.through == o.through && st.shift == o.shift && st.letters == o.letters
}

// webWidth is the width of text in units of the page.
func (g *setting) webWidth(pg *page, s *textSpan, str string) float64 {
	size := g.typeSize(&text{m: pg.m})
	return advance(g.s, str, s.font(size))/size + s.style.letters*float64(utf8.RuneCountInString(str))
}
