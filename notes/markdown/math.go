package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/tree"
)

// maxMath bounds the search for the end of a formula, in bytes.
const maxMath = 10_000

// mathSpan is a formula in running text.
type mathSpan struct {
	ast.BaseInline
	tex     string
	display bool // between double dollars
}

var kindMathSpan = ast.NewNodeKind("MathSpan")

// Kind implements ast.Node.
func (*mathSpan) Kind() ast.NodeKind { return kindMathSpan }

// Dump implements ast.Node.
func (n *mathSpan) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// mathParser reads formulas between dollars by pandoc's rules (tex_math_dollars): a dollar that opens has no white space
// after it, one that closes none before it and no digit after it; a backslash takes a dollar its meaning, and so does a
// brace that is open. So "$5 and $9" are prices. Beyond pandoc, what programmers write without backticks stays text:
// $HOME/$USER, $scope.$apply and $('a').$('b').
type mathParser struct{}

// Trigger implements parser.InlineParser.
func (mathParser) Trigger() []byte { return []byte{'$'} }

// Parse implements parser.InlineParser.
func (mathParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if block.PrecendingCharacter() == '$' {
		return nil
	}
	savedLine, savedPos := block.Position()
	first, seg := block.PeekLine()
	display := bytes.HasPrefix(first, []byte("$$"))
	mark := 1
	if display {
		mark = 2
	}
	if len(first) <= mark || !display && util.IsSpace(first[1]) || display && first[2] == '$' {
		return nil
	}
	block.Advance(mark)
	body, ok := mathBody(block, display)
	if !ok || !isFormula(body, display, block) {
		block.SetPosition(savedLine, savedPos)
		return nil
	}
	if len(body) > 2 && body[0] == '`' && body[len(body)-1] == '`' { // GitHub's form $`…`$
		body = body[1 : len(body)-1]
	}
	n := &mathSpan{tex: strings.TrimSpace(string(body)), display: display}
	n.SetPos(seg.Start)
	return n
}

// mathBody reads up to and including the closing dollars. It reports whether there are any.
func mathBody(block text.Reader, display bool) ([]byte, bool) {
	var body []byte
	braces := 0
	for len(body) < maxMath {
		line, _ := block.PeekLine()
		if line == nil {
			return nil, false
		}
		for i := 0; i < len(line); i++ {
			switch c := line[i]; {
			case c == '\\' && i+1 < len(line):
				i++
			case c == '{':
				braces++
			case c == '}':
				braces--
			case c == '$' && braces <= 0:
				if display && !bytes.HasPrefix(line[i:], []byte("$$")) {
					return nil, false
				}
				body = append(body, line[:i]...)
				if display {
					i++
				} else if len(body) == 0 || util.IsSpace(body[len(body)-1]) {
					return nil, false
				}
				block.Advance(i + 1)
				return body, true
			}
		}
		body = append(body, line...)
		block.AdvanceLine()
	}
	return nil, false
}

var (
	ordinal = lazyregexp.New(`^(?:st|nd|rd|th|s)(?:[^A-Za-z0-9]|$)`)
	prose   = lazyregexp.New(`^[^\\^_=+*/<>|{}()0-9]*$`)
)

// isFormula decides by what stands in the formula and after it; block is behind the closing dollars.
func isFormula(body []byte, display bool, block text.Reader) bool {
	if len(bytes.TrimSpace(body)) == 0 {
		return false
	}
	if display {
		word := bytes.TrimSpace(body)
		words := bytes.ContainsAny(word, " \n") || len(word) > 1 && util.IsSpace(body[0])
		return !(prose.Match(body) && words) // process numbers: echo $$ and $$
	}
	rest, _ := block.PeekLine()
	if len(rest) == 0 {
		return true
	}
	switch c := rest[0]; {
	case c >= '0' && c <= '9', c == '(', c == '{', c == '$', c == '_':
		return false
	case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
		return ordinal.Match(rest)
	}
	return true
}

// mathBlock is a formula between double dollars that begin and end lines of their own. Unlike a formula in a paragraph it
// may hold lines that look like list items.
type mathBlock struct {
	ast.BaseBlock
	closed bool
}

var kindMathBlock = ast.NewNodeKind("MathBlock")

// Kind implements ast.Node.
func (*mathBlock) Kind() ast.NodeKind { return kindMathBlock }

// IsRaw implements ast.Node: there is no running text inside.
func (*mathBlock) IsRaw() bool { return true }

// Dump implements ast.Node.
func (n *mathBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// mathBlockParser reads formulas with lines of their own.
type mathBlockParser struct{}

// Trigger implements parser.BlockParser.
func (mathBlockParser) Trigger() []byte { return []byte{'$'} }

// Open implements parser.BlockParser.
func (mathBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], []byte("$$")) || bytes.HasPrefix(line[at:], []byte("$$$")) {
		return nil, parser.NoChildren
	}
	rest := line[at+2:]
	n := &mathBlock{}
	n.SetPos(seg.Start + at - seg.Padding)
	start := seg.Start + at - seg.Padding + 2
	if i := closingDollars(rest); i >= 0 {
		if !util.IsBlank(rest[i+2:]) || util.IsBlank(rest[:i]) {
			return nil, parser.NoChildren
		}
		n.closed = true
		n.Lines().Append(text.NewSegment(start, start+i))
		reader.AdvanceToEOL()
		return n, parser.NoChildren
	}
	if !mathEnds(reader.Source()[seg.Stop:]) {
		return nil, parser.NoChildren
	}
	n.Lines().Append(text.NewSegment(start, seg.Stop))
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// closingDollars returns the offset of the first pair of dollars in s that no backslash precedes, or -1.
func closingDollars(s []byte) int {
	for i := 0; i+1 < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '$' && s[i+1] == '$':
			return i
		}
	}
	return -1
}

// mathEnds reports whether the lines of s hold closing dollars at the end of a line, before an empty line.
func mathEnds(s []byte) bool {
	for seen := 0; len(s) > 0 && seen < maxMath; {
		end := lineEnd(s, 0)
		line := s[:end]
		if len(bytes.Trim(line, " \t>\n")) == 0 {
			return false
		}
		if i := closingDollars(line); i >= 0 {
			return util.IsBlank(line[i+2:])
		}
		s, seen = s[end:], seen+end
	}
	return false
}

// Continue implements parser.BlockParser.
func (mathBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*mathBlock)
	if n.closed {
		return parser.Close
	}
	line, seg := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Close
	}
	if i := closingDollars(line); i >= 0 {
		n.closed = true
		i -= seg.Padding
		n.Lines().Append(text.NewSegment(seg.Start, seg.Start+max(0, i)))
		reader.AdvanceToEOL()
		return parser.Close
	}
	n.Lines().Append(seg)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// Close implements parser.BlockParser.
func (mathBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (mathBlockParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (mathBlockParser) CanAcceptIndentedLine() bool { return false }

// mathOf converts a formula with lines of its own. One whose container ends before it does is no formula.
func (c *converter) mathOf(n *mathBlock) tree.Block {
	mark := c.mark(n)
	tex := strings.TrimSpace(c.lines(n.Lines()))
	if n.closed && tex != "" {
		return &tree.MathBlock{At: mark, TeX: tex}
	}
	c.report.Warnf(CodeMath, mark.Src, "the formula is never closed: it is printed as it was typed")
	t := &tree.Text{At: mark, Text: strings.TrimRight("$$ "+strings.Join(strings.Fields(tex), " "), " ")}
	return &tree.Paragraph{At: mark, Text: tree.Inlines{t}}
}

// splitMath parts a paragraph at the displayed formulas in it.
func (c *converter) splitMath(mark tree.At, in tree.Inlines) tree.Blocks {
	var out tree.Blocks
	var text tree.Inlines
	flush := func() {
		text = tidy(trimSpaces(text))
		if len(text) > 0 {
			out = append(out, &tree.Paragraph{At: tree.At{Src: text[0].Pos()}, Text: text})
		}
		text = nil
	}
	for _, n := range in {
		m, ok := n.(*tree.Math)
		if !ok || !c.display[m] {
			text = append(text, n)
			continue
		}
		flush()
		out = append(out, &tree.MathBlock{At: m.At, TeX: m.TeX})
	}
	flush()
	if p, ok := out[0].(*tree.Paragraph); ok {
		p.At = mark
	}
	return out
}

// trimSpaces removes the breaks before running text and the white space at its ends.
func trimSpaces(in tree.Inlines) tree.Inlines {
	for len(in) > 0 && isBreak(in[0]) {
		in = in[1:]
	}
	in = tidy(in)
	if len(in) == 0 {
		return nil
	}
	if t, ok := in[len(in)-1].(*tree.Text); ok {
		if t.Text = strings.TrimRight(t.Text, " "); t.Text == "" {
			in = in[:len(in)-1]
		}
	}
	if len(in) > 0 {
		if t, ok := in[0].(*tree.Text); ok {
			if t.Text = strings.TrimLeft(t.Text, " "); t.Text == "" {
				in = in[1:]
			}
		}
	}
	return in
}
