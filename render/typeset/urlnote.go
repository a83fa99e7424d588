package typeset

import (
	"slices"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/notes/tree"
)

// On paper a link leads nowhere, so its address stands at the foot of the page, called by a letter, as the notes of the
// author are called by numbers. The letters begin anew on each page, and an address stands once on a page, however often
// it is called there: which letter that is, and which of the notes of an address is printed, is known when pages are.

// showsURL reports whether the text of a link is its address, so that a note would say the same again.
func showsURL(n *tree.Link) bool {
	if n.Auto {
		return true
	}
	bare := func(s string) string {
		s = strings.TrimSpace(s)
		for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
			s = strings.TrimPrefix(s, scheme)
		}
		return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/"))
	}
	return bare(tree.PlainText(n.Text)) == bare(n.URL)
}

// printedURL is an address as it is printed: whole, so that it can be typed from paper, and an e-mail address without the
// word that browsers need.
func printedURL(url string) string { return strings.TrimPrefix(url, "mailto:") }

// urlNote sets the call of a link's address and keeps the address for the foot of the page. Within a note the address
// stands in brackets.
func (in *inliner) urlNote(n *tree.Link) {
	address := &tree.Link{At: n.At, URL: n.URL, Auto: true, Text: tree.Inlines{&tree.Text{At: n.At, Text: printedURL(n.URL)}}}
	if in.s.inNote {
		in.node = nil
		in.add(" (", n.Pos(), false)
		in.anchor(address)
		in.add(")", n.Pos(), false)
		return
	}
	note := &footnote{url: n.URL}
	page := &pageRef{note: note}
	in.node = nil
	mark := in.noteMark("a", "", n.Pos())
	if k := len(in.c.spans); k > 0 {
		in.c.spans[k-1].ref = page
	}
	in.s.setNote(note, in.elem, "a", page, tree.Blocks{&tree.Paragraph{At: n.At, Text: tree.Inlines{address}}})
	in.c.notes = append(in.c.notes, call{in.b.Len(), note, mark})
}

// calledBefore reports whether the address of f is among the notes that begin on a page.
func calledBefore(notes []notePart, f *footnote) bool {
	return f.url != "" && slices.ContainsFunc(notes, func(p notePart) bool { return p.note.url == f.url && p.from == 0 })
}

// urlMarks gives the addresses at the foot of a page their letters, and their calls in the text.
func (s *setter) urlMarks(sh *sheet, page int) {
	printed := map[string]*footnote{} // by address
	for _, p := range sh.notes {
		for _, f := range append(p.note.of, p.note) {
			if p.from == 0 && f.url != "" {
				printed[f.url] = f
			}
		}
	}
	if len(printed) == 0 {
		return
	}
	letters := map[string]string{}
	for _, r := range sh.rows {
		s.eachMark(r.row.comps, func(l *Line, i int, f *footnote) {
			letter, ok := letters[f.url]
			if !ok {
				letter = letterMark(len(letters))
				letters[f.url] = letter
			}
			part := &l.Parts[i]
			if at := printed[f.url]; at != f {
				part.Attach = slices.DeleteFunc(part.Attach, func(e *Elem) bool { return e == f.elem })
			} else {
				f.id = "url--" + itoa(page) + "--" + letter
				f.elem.ID = f.id
				f.rows[0].anchors = append(f.rows[0].anchors, f.id)
			}
			if part.Link != nil {
				part.Link.To.Anchor = "url--" + itoa(page) + "--" + letter
				part.Link.Contents = s.words.Note + " " + letter
			}
			s.fill(l, i, letter)
		})
	}
	for _, p := range sh.notes {
		for _, r := range p.note.rows[p.from:p.to] {
			s.eachMark(r.comps, func(l *Line, i int, f *footnote) {
				run := l.Parts[i].Run
				room := run.Width()
				s.fill(l, i, letters[f.url])
				l.Parts[i].X += room - run.Width() // marks end below each other
			})
		}
	}
}

// eachMark calls do for each part of a row that waits for the mark of an address.
func (s *setter) eachMark(comps []core.Component, do func(*Line, int, *footnote)) {
	for _, c := range comps {
		l, ok := c.(*Line)
		if !ok {
			continue
		}
		for i := range l.Parts {
			if ref := l.Parts[i].ref; ref != nil && ref.note != nil {
				do(l, i, ref.note)
			}
		}
	}
}

// letterMark is the mark of the note with index n on its page: a to z, then aa, ab and so on.
func letterMark(n int) string {
	if n < 26 {
		return string(rune('a' + n))
	}
	return letterMark(n/26-1) + string(rune('a'+n%26))
}
