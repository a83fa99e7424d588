package tree

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lead returns the talk that a section begins with and is named after, such as the chapter of a book that has others below it;
// nil if there is none. Lists of contents have one entry for both.
func (s *Section) Lead() *Talk {
	if len(s.Talks) == 0 || len(s.Title) == 0 || len(s.Intro) > 0 || PlainText(s.Title) != PlainText(s.Talks[0].Title) {
		return nil
	}
	return s.Talks[0]
}

// PlainText returns the words of inlines without their styles: what a title is in an outline or a running head. Breaks
// become spaces, images their alternative text; footnotes are left out, and runs of white space become one space.
func PlainText(in Inlines) string {
	var b strings.Builder
	plainInlines(&b, in)
	return collapse(b.String())
}

// collapse makes one space of all white space in a row and takes it off both ends. Most texts need nothing of it.
func collapse(s string) string {
	space := true // as at the beginning, so also at the end
	for i := range len(s) {
		c := s[i]
		if c == ' ' && space || c != ' ' && (c < ' ' || c >= utf8.RuneSelf) {
			return strings.Join(strings.Fields(s), " ")
		}
		space = c == ' '
	}
	if space && s != "" {
		return s[:len(s)-1]
	}
	return s
}

func plainInlines(b *strings.Builder, in Inlines) {
	for _, n := range in {
		switch n := n.(type) {
		case *Text:
			b.WriteString(n.Text)
		case *Code:
			b.WriteString(n.Text)
		case *Math:
			b.WriteString(n.TeX)
		case *Image:
			b.WriteString(n.Alt)
		case *Break:
			b.WriteByte(' ')
		case *Emph:
			plainInlines(b, n.Text)
		case *Strong:
			plainInlines(b, n.Text)
		case *Strike:
			plainInlines(b, n.Text)
		case *Link:
			plainInlines(b, n.Text)
		case *Span:
			plainInlines(b, n.Text)
		case *Footnote, *FootnoteRef, *RawInline:
		}
	}
}

// Words returns every piece of text at and below n in reading order, one line for each block or cell, footnotes
// included: what no renderer may lose.
func Words(n Node) string {
	var b strings.Builder
	Walk(n, func(n Node, _ []Node) bool {
		switch n := n.(type) {
		case *Text:
			b.WriteString(n.Text)
		case *Code:
			b.WriteString(n.Text)
		case *Math:
			b.WriteString(n.TeX)
		case *MathBlock:
			b.WriteString("\n" + n.TeX + "\n")
		case *CodeBlock:
			b.WriteString("\n" + n.Text + "\n")
		case *Break:
			b.WriteByte(' ')
		case *Footnote:
			b.WriteByte(' ')
		case Block, *ListItem, *Cell, *TableRow, *Definition, *Event, *Section, *Talk, *Chapter:
			if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
				b.WriteByte('\n')
			}
		}
		return true
	})
	return b.String()
}

// Slug makes an anchor of a heading's text as GitHub does: lower case, letters, digits, hyphens and underscores kept,
// spaces turned into hyphens, everything else left out. It may be empty.
func Slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(text)) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Mc, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
