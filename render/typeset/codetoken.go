package typeset

import (
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/highlight"
)

// tokenKey is a piece of a listing: names, operators and spaces come again and again.
type tokenKey struct {
	kind highlight.Kind
	text string
}

// tokenRun is a part of a token that one font has. Many lines share the run, and nobody changes it.
type tokenRun struct {
	run   *Run
	width unit.Len
}

// tokenBook holds the tokens that were set in the style of a listing.
type tokenBook struct {
	look look
	runs map[tokenKey][]tokenRun
}

// tokens is the book of a look at a desk.
func (d *desk) tokens(l *look) *tokenBook {
	if d.code == nil || d.code.look != *l {
		d.code = &tokenBook{look: *l, runs: map[tokenKey][]tokenRun{}}
	}
	return d.code
}

// token sets a piece of one kind at x and returns where it ends.
func (l *lister) token(line *Line, text string, kind highlight.Kind, x unit.Len) unit.Len {
	book, key := l.s.work().tokens(&l.style.look), tokenKey{kind, text}
	runs, ok := book.runs[key]
	if !ok {
		var noted bool
		if runs, noted = l.shape(text, kind); !noted && len(text) <= longestWord {
			book.runs[key] = runs
		}
	}
	for _, r := range runs {
		line.Parts = append(line.Parts, Part{X: x, Elem: l.elem, Run: r.run})
		x += r.width
	}
	return x
}

// shape makes the runs of a token; noted says that it has characters whose places are to be reported.
func (l *lister) shape(text string, kind highlight.Kind) (runs []tokenRun, noted bool) {
	look := l.style.look
	if t, ok := l.s.layout.Code.Tokens[string(kind)]; ok {
		look.color = cmpOr(t.Color, look.color)
		look.italic = t.Italic
		if t.Bold {
			look.weight = 600
		}
	}
	chain := l.s.chain(&look)
	for _, it := range shape.NewParagraph(text, false).Items(0, len(text), chain, l.s.faces.beyond(&look)) {
		part := text[it.Start:it.End]
		f := &frag{span: &span{look: look, pos: l.pos}, font: it.Font, opts: &shape.Options{Script: it.Script, Features: look.features(it.Font)}}
		if it.Missing || l.s.faces.isForeign(it.Font) {
			l.s.gaps.note(l.pos, part, it)
			noted = true
		}
		if glyphs, _, _ := l.s.glyphs(f, part); len(glyphs) > 0 {
			run := &Run{Face: it.Font.Face(), Size: look.size, Color: look.color, Glyphs: glyphs}
			runs = append(runs, tokenRun{run, glyphsWidth(glyphs)})
		}
	}
	return runs, noted
}
