package typeset

import (
	"strings"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
)

// pageRef is text that is not known before there are pages: the number of the page on which an anchor stands, or the mark
// of a note that has one on each page. Room is kept for it when its paragraph is set; when it is known, what it does not
// need goes to the spaces of its line, so that no paragraph is broken anew.
type pageRef struct {
	anchor  string
	note    *footnote // the note whose mark it is
	figures figures
}

// totalPages is the anchor that stands for the end of the book: its number is that of all pages. No anchor of the notes has
// such a name.
const totalPages = "\x00pages"

// refRoom is the text that keeps the room of a number.
const refRoom = "000"

// pageWords is what stands before the number of a page.
var pageWords = map[string]string{"de": "S."}

// pageRef appends the page of a link's target, in parentheses and part of the link.
func (in *inliner) pageRef(anchor string) {
	in.node = nil
	lang, _, _ := strings.Cut(in.lang, "-")
	in.add(" ("+cmpOr(pageWords[lang], "p.")+"\u00A0", diag.Pos{}, false)
	n := len(in.c.spans)
	in.add(refRoom, diag.Pos{}, false)
	if len(in.c.spans) > n {
		in.c.spans[n].ref = &pageRef{anchor: anchor, figures: in.look.figures}
		in.c.spans[n].fixed = true
	}
	in.add(")", diag.Pos{}, false)
}

// resolveRefs puts the numbers of pages into a line.
func (s *setter) resolveRefs(l *Line, labels map[string]string) {
	for i := range l.Parts {
		p := &l.Parts[i]
		if p.ref == nil || p.ref.note != nil {
			continue
		}
		label, ok := labels[p.ref.anchor]
		if !ok {
			label = "–"
		}
		s.fill(l, i, label)
	}
}

// fill sets the text for which part i of a line has kept room.
func (s *setter) fill(l *Line, i int, text string) {
	p := &l.Parts[i]
	run := p.Run
	old := run.Width()
	st := style{look: look{family: run.Face.Family, weight: run.Face.Weight, italic: run.Face.Italic, size: run.Size, color: run.Color, figures: p.ref.figures}}
	p.ref = nil
	var trail []Glyph // a space that ends the line
	if n := len(run.Glyphs); n > 0 && run.Glyphs[n-1].Text == " " {
		trail = run.Glyphs[n-1:]
	}
	run.Glyphs = nil
	for _, set := range s.lines(s.text(text, st, p.Elem), 0, unit.Max/4) {
		for _, q := range set.line.Parts {
			run.Glyphs = append(run.Glyphs, q.Run.Glyphs...)
		}
	}
	run.Glyphs = append(run.Glyphs, trail...)
	l.spread(i, old-run.Width())
}

// spread makes up for part i having become narrower by d: what follows moves up to it, and in a justified line the spaces
// share the difference.
func (l *Line) spread(i int, d unit.Len) {
	for k := i + 1; k < len(l.Parts); k++ {
		l.Parts[k].X -= d
	}
	for _, p := range l.pictures {
		if p.X > l.Parts[i].X {
			p.X -= d
		}
	}
	if !l.flush {
		return
	}
	spaces := l.innerSpaces()
	var given unit.Len
	for n, at := range spaces {
		upTo := d * unit.Len(n+1) / unit.Len(len(spaces))
		add := upTo - given
		given = upTo
		l.Parts[at[0]].Run.Glyphs[at[1]].Advance += add.Short()
		for k := at[0] + 1; k < len(l.Parts); k++ {
			l.Parts[k].X += add
		}
		for _, p := range l.pictures {
			if p.X > l.Parts[at[0]].X {
				p.X += add
			}
		}
	}
}

// innerSpaces finds the spaces of a line between its words: part and glyph of each.
func (l *Line) innerSpaces() [][2]int {
	var list [][2]int
	words := 0
	for k := range l.Parts {
		for n, g := range l.Parts[k].Run.Glyphs {
			if g.Text == " " {
				list = append(list, [2]int{k, n})
			} else {
				words = len(list)
			}
		}
	}
	return list[:words]
}
