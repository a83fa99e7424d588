package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// maxDepth is how deep containers and styles may be nested before they are opened out. Deeper nesting is never meant, and
// renderers walk the tree by recursion.
const maxDepth = 48

// converter turns one goldmark tree into ours.
type converter struct {
	src    *Source
	base   int    // offset of text in src
	text   []byte // what goldmark read
	opt    Options
	report diag.Reporter

	depth    int
	tooDeep  bool
	levels   []int           // source levels of the headings above the current place
	seenTags map[string]bool // tags already reported
	notes    notes
	found    []Tag
	inLink   int                  // links around the current place
	display  map[*tree.Math]bool  // formulas of running text that are displayed, if a block may stand there
	guarded  map[*tree.Text][]int // byte offsets in a text that typography leaves alone, ascending
	last     diag.Pos             // of the node converted last: a place for nodes that goldmark gives none
}

// at returns the place of the offset off in the text that goldmark read.
func (c *converter) at(off int) diag.Pos { return c.src.Pos(c.base + off) }

// pos returns the place of n, or the place of what was converted last when n has none.
func (c *converter) pos(n ast.Node) diag.Pos {
	if off := n.Pos(); off >= 0 {
		c.last = c.at(off)
	} else if c.last.IsZero() {
		c.last = c.at(0)
	}
	return c.last
}

func (c *converter) mark(n ast.Node) tree.At { return tree.At{Src: c.pos(n)} }

// blocks converts the children of parent.
func (c *converter) blocks(parent ast.Node) tree.Blocks {
	c.depth++
	defer func() { c.depth-- }()
	var out tree.Blocks
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, c.block(n)...)
	}
	return out
}

// block converts one block. Most give one block; comments give none, deep containers and HTML several.
func (c *converter) block(n ast.Node) tree.Blocks {
	if n.Kind() == extast.KindFootnote || n.Kind() == ast.KindLinkReferenceDefinition {
		return nil // notes are converted where they are referred to, definitions have done their work
	}
	if c.depth > maxDepth && isContainer(n) {
		c.reportDepth(n)
		return c.flatten(n)
	}
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return c.paragraph(n)
	case *ast.Heading:
		return tree.Blocks{c.heading(n)}
	case *ast.ThematicBreak:
		return tree.Blocks{&tree.Rule{At: c.mark(n)}}
	case *ast.CodeBlock:
		b := &tree.CodeBlock{At: c.mark(n), Text: c.lines(n.Lines())}
		b.First = c.firstLine(n.Lines(), b.Src.File)
		return tree.Blocks{b}
	case *ast.FencedCodeBlock:
		b := c.fenced(n)
		if b.Language == "math" && strings.TrimSpace(b.Text) != "" { // GitHub's form of a displayed formula
			return tree.Blocks{&tree.MathBlock{At: b.At, TeX: strings.TrimSpace(b.Text)}}
		}
		return tree.Blocks{b}
	case *mathBlock:
		return tree.Blocks{c.mathOf(n)}
	case *ast.Blockquote:
		return c.quote(n)
	case *ast.List:
		return c.list(n)
	case *ast.HTMLBlock:
		return c.htmlBlock(n)
	case *extast.Table:
		return tree.Blocks{c.table(n)}
	case *extast.DefinitionList:
		return c.definitions(n)
	}
	panic(fmt.Sprintf("markdown: unexpected block %T", n))
}

// isContainer reports whether n only holds other blocks.
func isContainer(n ast.Node) bool {
	switch n.Kind() {
	case ast.KindBlockquote, ast.KindList, ast.KindListItem, extast.KindDefinitionList, extast.KindDefinitionDescription:
		return true
	}
	return false
}

// flatten converts what is below n and drops the containers themselves.
func (c *converter) flatten(n ast.Node) tree.Blocks {
	var out tree.Blocks
	for n.ChildCount() == 1 && isContainer(n.FirstChild()) {
		n = n.FirstChild() // a long chain of containers is walked here rather than by recursion
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		switch {
		case k.Kind() == ast.KindListItem || k.Kind() == extast.KindDefinitionDescription:
			out = append(out, c.blocks(k)...)
		case k.Kind() == extast.KindDefinitionTerm:
			out = append(out, &tree.Paragraph{At: c.mark(k), Text: c.inlines(k)})
		default:
			out = append(out, c.block(k)...)
		}
	}
	return out
}

func (c *converter) reportDepth(n ast.Node) {
	if c.tooDeep {
		return
	}
	c.tooDeep = true
	c.report.Warnf(CodeNesting, c.pos(n), "more than %d containers inside each other: the inner ones are opened out", maxDepth)
}

// paragraph converts running text; an image alone in its paragraph is a figure.
func (c *converter) paragraph(n ast.Node) tree.Blocks {
	mark := c.mark(n)
	c.reportTightHeading(n)
	in := c.inlines(n)
	if len(in) == 0 {
		return nil
	}
	if b := c.figure(mark, in); b != nil {
		return tree.Blocks{b}
	}
	if len(c.display) > 0 {
		return c.splitMath(mark, in)
	}
	return tree.Blocks{&tree.Paragraph{At: mark, Text: in}}
}

// reportTightHeading reports a line such as "##Title": without a space it is no heading (CommonMark 0.31, 4.2), though old
// programs took it for one. A single sign is left alone: it begins a tag.
func (c *converter) reportTightHeading(n ast.Node) {
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		line := seg.Value(c.text)
		k := 0
		for k < len(line) && line[k] == '#' {
			k++
		}
		if r, _ := utf8.DecodeRune(line[k:]); k >= 2 && k <= 6 && unicode.IsLetter(r) {
			c.report(diag.Diagnostic{Severity: diag.Warning, Code: CodeHeadingSpace, Pos: c.at(seg.Start), Message: "no heading: a space is missing behind the signs, so that the line is text",
				Hints: []string{"write " + string(line[:k]) + " " + firstWords(line[k:])}})
			return
		}
	}
}

// firstWords returns the beginning of a line for a hint.
func firstWords(line []byte) string {
	words := strings.Fields(string(line))
	if len(words) > 5 {
		return strings.Join(words[:5], " ") + " …"
	}
	return strings.Join(words, " ")
}

// heading converts a heading. Levels are counted from the headings that are really above it, so that the first is 1 and
// none is skipped.
func (c *converter) heading(n *ast.Heading) *tree.Heading {
	h := &tree.Heading{At: c.mark(n)}
	if id, ok := n.AttributeString("id"); ok {
		if b, ok := id.([]byte); ok {
			h.ID = string(b)
		}
	}
	h.Level = c.headingLevel(n.Level, h.Src)
	h.Text = c.inlines(n)
	return h
}

// headingLevel normalises the level that an author wrote.
func (c *converter) headingLevel(level int, pos diag.Pos) int {
	for len(c.levels) > 0 && c.levels[len(c.levels)-1] >= level {
		c.levels = c.levels[:len(c.levels)-1]
	}
	if above := len(c.levels); above > 0 && level > c.levels[above-1]+1 {
		c.report.Infof(CodeHeadingSkip, pos, "heading of level %d right below level %d: set as level %d", level, c.levels[above-1], above+1)
	}
	c.levels = append(c.levels, level)
	return len(c.levels)
}

// lines joins the lines of a code block. The last line end is no part of the code.
func (c *converter) lines(lines *text.Segments) string {
	var b strings.Builder
	for i := range lines.Len() {
		seg := lines.At(i)
		b.Write(seg.Value(c.text))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// firstLine returns the line on which code begins in a file; 0 if other files are part of the code, or there is none.
func (c *converter) firstLine(lines *text.Segments, file string) int {
	n := lines.Len()
	if n == 0 {
		return 0
	}
	first, last := c.at(lines.At(0).Start), c.at(lines.At(n-1).Start)
	if first.File != file || last.File != file || last.Line-first.Line != n-1 {
		return 0
	}
	return first.Line
}

// fenced converts a fenced code block and looks for the fence's end.
func (c *converter) fenced(n *ast.FencedCodeBlock) *tree.CodeBlock {
	b := &tree.CodeBlock{At: c.mark(n), Text: c.lines(n.Lines())}
	b.First = c.firstLine(n.Lines(), b.Src.File)
	if n.Info != nil {
		b.Language, b.Info = splitInfo(unescape(n.Info.Segment.Value(c.text)))
	}
	open := max(0, n.Pos())
	end := lineEnd(c.text, open)
	if k := n.Lines().Len(); k > 0 {
		end = lineEnd(c.text, max(open, n.Lines().At(k-1).Stop-1))
	}
	rest := c.text[end:lineEnd(c.text, end)]
	rest = bytes.TrimLeft(rest, " \t>")
	if !bytes.HasPrefix(rest, []byte("```")) && !bytes.HasPrefix(rest, []byte("~~~")) {
		c.report.Warnf(CodeFence, b.Src, "the code fence is never closed: everything up to the end of its container is code")
	}
	return b
}

// lineEnd returns the offset after the line that holds off.
func lineEnd(s []byte, off int) int {
	if off >= len(s) {
		return len(s)
	}
	if i := bytes.IndexByte(s[off:], '\n'); i >= 0 {
		return off + i + 1
	}
	return len(s)
}

// splitInfo takes an info string apart. The forms of pandoc ({.python}) and rustdoc (rust,ignore) are understood.
func splitInfo(info string) (language, rest string) {
	info = strings.TrimSpace(info)
	if inner, ok := strings.CutPrefix(info, "{"); ok {
		inner, _, _ = strings.Cut(inner, "}")
		for w := range strings.FieldsSeq(inner) {
			if class, ok := strings.CutPrefix(w, "."); ok && language == "" {
				language = class
			} else {
				rest += " " + w
			}
		}
		return strings.ToLower(language), strings.TrimSpace(rest)
	}
	i := strings.IndexAny(info, " \t,{")
	if i < 0 {
		return strings.ToLower(info), ""
	}
	return strings.ToLower(info[:i]), strings.Trim(info[i:], " \t,")
}

// list converts a list with its items; a list whose items are all empty is still a list.
func (c *converter) list(n *ast.List) tree.Blocks {
	l := &tree.List{At: c.mark(n), Ordered: n.IsOrdered(), Loose: !n.IsTight}
	if l.Ordered {
		l.Start = n.Start
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		item := &tree.ListItem{At: c.mark(k)}
		item.Body = c.blocks(k)
		if p := firstParagraph(item.Body); p != nil {
			item.Task = c.takeTask(p)
			if len(p.Text) == 0 {
				item.Body = item.Body[1:]
			}
		}
		l.Items = append(l.Items, item)
	}
	return tree.Blocks{l}
}

func firstParagraph(body tree.Blocks) *tree.Paragraph {
	if len(body) == 0 {
		return nil
	}
	p, _ := body[0].(*tree.Paragraph)
	return p
}

// takeTask cuts a task box off the beginning of an item's text and says what it was.
func (c *converter) takeTask(p *tree.Paragraph) tree.Task {
	t, ok := p.Text[0].(*tree.Text)
	if !ok || len(t.Text) < 3 || t.Text[0] != '[' || t.Text[2] != ']' || len(t.Text) > 3 && t.Text[3] != ' ' {
		return tree.NoTask
	}
	var task tree.Task
	switch t.Text[1] {
	case ' ':
		task = tree.TaskOpen
	case 'x', 'X':
		task = tree.TaskDone
	default:
		return tree.NoTask
	}
	if len(t.Text) == 3 && len(p.Text) > 1 {
		if _, ok := p.Text[1].(*tree.Break); !ok {
			return tree.NoTask // the box is part of a longer word
		}
		p.Text = p.Text[1:]
	}
	rest := strings.TrimLeft(t.Text[3:], " ")
	t.Src = c.src.shift(t.Src, len(t.Text)-len(rest))
	t.Text = rest
	if rest == "" {
		p.Text = p.Text[1:]
	}
	return task
}

// definitions converts a definition list: runs of terms with the definitions that follow them.
func (c *converter) definitions(n *extast.DefinitionList) tree.Blocks {
	l := &tree.DefinitionList{At: c.mark(n)}
	var item *tree.Definition
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		_, isTerm := k.(*extast.DefinitionTerm)
		if item == nil || isTerm && len(item.Defs) > 0 {
			item = &tree.Definition{At: c.mark(k)}
			l.Items = append(l.Items, item)
		}
		if isTerm {
			item.Terms = append(item.Terms, c.inlines(k))
		} else {
			item.Defs = append(item.Defs, c.blocks(k))
		}
	}
	if len(l.Items) == 0 {
		return nil
	}
	return tree.Blocks{l}
}
