package typeset

import "github.com/evbook/evbook/notes/tree"

// beginning says what the next row begins. Of several, the outermost counts: it is said first.
func (s *setter) beginning(p tree.Place) {
	if s.begin.IsZero() {
		s.begin = p
	}
}

// place is where in the text a line begins, from its bits in reading order.
func (b *lineBuilder) place(bits []bit) tree.Place {
	for i := range bits {
		p := &bits[i].piece
		if p.span == nil || p.span.node == nil || p.kind != pieceText && p.kind != piecePicture {
			continue
		}
		return tree.Place{Node: p.span.node, Letters: tree.CountLetters(b.c.text[p.span.start:p.start])}
	}
	return tree.Place{}
}

// letters counts those of a row of a listing.
func letters(cells []cellOf) int {
	n := 0
	for i := range cells {
		n += tree.CountLetters(cells[i].text)
	}
	return n
}

// number makes of the letters that each row of a listing has the place at which it begins.
func number(rows []*vrow, b *tree.CodeBlock) {
	sum := 0
	for _, r := range rows {
		n := r.place.Letters
		r.place = tree.Place{Node: b, Letters: sum}
		sum += n
	}
}

// begins is the place at which a page of a chapter begins.
func begins(c *chapter, sh *sheet) tree.Place {
	if c.id != "" {
		return tree.Place{ID: c.id}
	}
	for i := range sh.rows {
		r := sh.rows[i].row
		if !r.place.IsZero() {
			return r.place
		}
		if len(r.anchors) > 0 {
			return tree.Place{ID: r.anchors[0]}
		}
	}
	return tree.Place{}
}
