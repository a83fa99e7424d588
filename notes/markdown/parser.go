package markdown

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blockParser returns the parser for files. Some of goldmark's extensions are replaced by our own: footnotes, because it
// removes notes that nobody refers to and loses definitions inside definitions; the typographer, because it ignores the
// language and takes "--verbose" for a dash; task boxes, because it takes the link [x](url) for one.
var blockParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(mathBlockParser{}, 650),
			util.Prioritized(noteParser{extension.NewFootnoteBlockParser()}, 999),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(noteRefParser{}, 101),
			util.Prioritized(mathParser{}, 120),
			util.Prioritized(wikiParser{}, 150),
			util.Prioritized(strikeParser{}, 500),
			util.Prioritized(bareURLParser{}, 998),
			util.Prioritized(mailParser(), 999),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
		parser.WithHeadingAttribute(),
	)
})

// inlineParser returns the parser for values in front matter. It knows no blocks and no emphasis: "__init__" is a name
// there, and "1. Talk" is no list.
var inlineParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(mathParser{}, 120),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(bareURLParser{}, 998),
			util.Prioritized(mailParser(), 999),
		),
	)
})

// noteParser is goldmark's parser of footnote definitions, but leaves each definition where it stands instead of moving it
// into a list.
type noteParser struct{ parser.BlockParser }

// notesKey holds the definitions of a file by label, as map[string]*extast.Footnote; the first of a label counts.
var notesKey = parser.NewContextKey()

// Open implements parser.BlockParser.
func (p noteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.BlockParser.Open(parent, reader, pc)
	if note, ok := n.(*extast.Footnote); ok {
		known := pc.ComputeIfAbsent(notesKey, func() any { return map[string]*extast.Footnote{} }).(map[string]*extast.Footnote)
		if _, twice := known[string(note.Ref)]; !twice {
			known[string(note.Ref)] = note
		}
	}
	return n, state
}

// Close implements parser.BlockParser.
func (noteParser) Close(ast.Node, text.Reader, parser.Context) {}

// noteLink is a reference to a footnote.
type noteLink struct {
	ast.BaseInline
	note *extast.Footnote
}

var kindNoteLink = ast.NewNodeKind("NoteLink")

// Kind implements ast.Node.
func (*noteLink) Kind() ast.NodeKind { return kindNoteLink }

// Dump implements ast.Node.
func (n *noteLink) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// noteRefParser reads references such as [^label] to footnotes that are defined anywhere in the file.
type noteRefParser struct{}

// Trigger implements parser.InlineParser. An exclamation mark before a reference does not make it an image.
func (noteRefParser) Trigger() []byte { return []byte{'!', '['} }

// Parse implements parser.InlineParser.
func (noteRefParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	known, ok := pc.Get(notesKey).(map[string]*extast.Footnote)
	if !ok {
		return nil
	}
	line, seg := block.PeekLine()
	open := 0
	if line[0] == '!' {
		open = 1
	}
	if !bytes.HasPrefix(line[open:], []byte("[^")) {
		return nil
	}
	label := line[open+2:]
	end := bytes.IndexByte(label, ']')
	if end <= 0 {
		return nil
	}
	note := known[string(label[:end])]
	if note == nil {
		return nil
	}
	if open == 1 {
		ast.MergeOrAppendTextSegment(parent, text.NewSegment(seg.Start, seg.Start+1))
	}
	block.Advance(open + 2 + end + 1)
	n := &noteLink{note: note}
	n.SetPos(seg.Start + open)
	return n
}

// wikiLink is [[target]], [[target|text]] or, for an embedded picture, ![[target]].
type wikiLink struct {
	ast.BaseInline
	target, label text.Segment // label is empty when there is none
	literal       text.Segment
	embed         bool
}

var kindWikiLink = ast.NewNodeKind("WikiLink")

// Kind implements ast.Node.
func (*wikiLink) Kind() ast.NodeKind { return kindWikiLink }

// Dump implements ast.Node.
func (n *wikiLink) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// wikiParser reads wiki links as Obsidian and GitHub's wikis write them. Brackets inside are not allowed, so that nested
// lists of numbers stay text, and neither is white space at the ends, so that shell tests do.
type wikiParser struct{}

// Trigger implements parser.InlineParser.
func (wikiParser) Trigger() []byte { return []byte{'!', '['} }

// Parse implements parser.InlineParser.
func (wikiParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	open, embed := 0, false
	if line[0] == '!' {
		open, embed = 1, true
	}
	if !bytes.HasPrefix(line[open:], []byte("[[")) {
		return nil
	}
	open += 2
	n := bytes.Index(line[open:], []byte("]]"))
	if n <= 0 || seg.Padding != 0 {
		return nil
	}
	inner := line[open : open+n]
	if bytes.ContainsAny(inner, "[]\n`") || util.IsSpace(inner[0]) || util.IsSpace(inner[n-1]) {
		return nil
	}
	if _, ok := pc.Reference(util.ToLinkReference(inner)); ok || block.PrecendingCharacter() == '[' {
		return nil // a reference link between brackets
	}
	start := seg.Start + open
	node := &wikiLink{
		target:  text.NewSegment(start, start+n),
		literal: text.NewSegment(seg.Start, start+n+2),
		embed:   embed,
	}
	if i := bytes.IndexByte(inner, '|'); i > 0 && i < n-1 {
		node.target.Stop = start + i
		node.label = text.NewSegment(start+i+1, start+n)
	}
	block.Advance(open + n + 2)
	return node
}
