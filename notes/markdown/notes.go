package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// notes are the footnotes of a file: their definitions, and the numbers given so far.
type notes struct {
	all    []*extast.Footnote
	number map[*extast.Footnote]int
	given  int                       // the last number
	twice  map[*extast.Footnote]bool // notes whose label an earlier one has
}

// collectNotes finds the definitions and reports those that share a label: only the first can be referred to.
func (c *converter) collectNotes(root ast.Node) {
	c.notes = notes{number: map[*extast.Footnote]int{}, twice: map[*extast.Footnote]bool{}}
	first := map[string]*extast.Footnote{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		note, ok := n.(*extast.Footnote)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		c.notes.all = append(c.notes.all, note)
		if other, ok := first[string(note.Ref)]; ok {
			c.notes.twice[note] = true
			c.report(diag.Diagnostic{
				Severity: diag.Warning, Code: CodeNoteTwice, Pos: c.pos(note),
				Message: "the footnote [^" + string(note.Ref) + "] is defined a second time: this text is printed at the end",
				Related: []diag.Related{{Pos: c.pos(other), Message: "first defined here"}},
			})
		} else {
			first[string(note.Ref)] = note
		}
		return ast.WalkContinue, nil
	})
}

// noteRef converts a reference: the first one holds the note's body, later ones point to it. Ids are unique in the file
// only; package resolve makes them unique in the book.
func (c *converter) noteRef(n *noteLink) tree.Inline {
	mark := c.mark(n)
	note := n.note
	if num, ok := c.notes.number[note]; ok && num == 0 { // inside a note that nothing refers to
		return &tree.Text{At: mark, Text: "[^" + string(note.Ref) + "]"}
	} else if ok {
		return &tree.FootnoteRef{At: mark, Target: noteID(num), Number: num}
	}
	c.notes.given++
	num := c.notes.given
	c.notes.number[note] = num
	f := &tree.Footnote{At: mark, ID: noteID(num), Number: num}
	saved := c.levels
	f.Body = c.blocks(note)
	c.levels = saved
	return f
}

func noteID(num int) string { return "fn-" + strconv.Itoa(num) }

// unusedNotes reports the notes that nothing refers to and returns them as a group at the end of the file, so that their
// text is not lost.
func (c *converter) unusedNotes() tree.Blocks {
	var out tree.Blocks
	for _, note := range c.notes.all {
		if _, ok := c.notes.number[note]; ok {
			continue
		}
		c.notes.number[note] = 0
		pos := c.pos(note)
		if !c.notes.twice[note] {
			c.report.Warnf(CodeNoteUnused, pos, "nothing refers to the footnote [^%s]: it is printed at the end of the text", note.Ref)
		}
		if body := c.blocks(note); len(body) > 0 {
			out = append(out, &tree.Div{At: tree.At{Src: pos}, Class: "unused-note", Body: body})
		}
	}
	return out
}

// brokenLink is a link whose destination holds spaces, which Markdown takes for text.
var brokenLink = lazyregexp.New(`\]\(([^()<>\n]* [^()<>\n"']*)\)`)

// brokenLinks reports text that was meant as a link or an image.
func (c *converter) brokenLinks(off int, raw []byte) {
	if !bytes.Contains(raw, []byte("](")) {
		return
	}
	for _, m := range brokenLink.FindAllSubmatchIndex(raw, -1) {
		dest := string(raw[m[2]:m[3]])
		if !strings.ContainsAny(dest, "./") || m[0] > 0 && raw[m[0]-1] == '\\' {
			continue
		}
		c.report(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeLinkSpaces, Pos: c.at(off + m[0]), Message: "no link: its address holds spaces, so it is printed as text",
			Hints: []string{"put the address between angle brackets: (<" + dest + ">)"},
		})
	}
}

var noteReference = lazyregexp.New(`\[\^([^\]\[\s]+)\]`)

// undefinedNotes reports what looks like a reference to a footnote but is text, because no note has that label.
func (c *converter) undefinedNotes(off int, raw []byte) {
	if !bytes.Contains(raw, []byte("[^")) {
		return
	}
	for _, m := range noteReference.FindAllSubmatchIndex(raw, -1) {
		if m[0] > 0 && raw[m[0]-1] == '\\' {
			continue
		}
		c.report.Warnf(CodeNoteUndefined, c.at(off+m[0]), "no footnote is defined for [^%s]", raw[m[2]:m[3]])
	}
}
