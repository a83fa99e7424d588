// Package markdown reads one Markdown file into the document tree. It is the only package that knows goldmark, and it
// keeps two promises: every node carries its place in the file, and nothing an author typed is lost silently. What the
// tree has no form for is printed as the literal text and reported.
//
// The dialect is CommonMark with tables, strikethrough, task lists, bare URLs, footnotes, definition lists, heading
// attributes, GitHub alerts, emoji shortcodes, formulas, wiki links and a safe subset of HTML. Straight quotes, double hyphens and
// three dots become typographic, except in code.
package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// The codes of what this package reports.
const (
	CodeEncoding      diag.Code = "encoding-invalid"      // bytes that are not UTF-8
	CodeFence         diag.Code = "code-fence-unclosed"   // a code fence without an end
	CodeFenceInHTML   diag.Code = "code-fence-in-html"    // a code fence right below an HTML tag
	CodeNoteUndefined diag.Code = "footnote-undefined"    // a reference without a note
	CodeNoteUnused    diag.Code = "footnote-unused"       // a note without a reference
	CodeNoteTwice     diag.Code = "footnote-duplicate"    // two notes with one label
	CodeHeadingSkip   diag.Code = "heading-level-skipped" // from level 2 to level 4, say
	CodeHeadingSpace  diag.Code = "heading-without-space" // "##Title", which is text
	CodeHTML          diag.Code = "html-not-supported"    // a tag that is printed as text
	CodeHTMLDropped   diag.Code = "html-dropped"          // scripts, styles and the like, never printed
	CodeNesting       diag.Code = "nesting-too-deep"      // containers beyond what a page can show
	CodeTableCells    diag.Code = "table-extra-cells"     // a row with more cells than the header
	CodeLinkSpaces    diag.Code = "link-with-spaces"      // an address with spaces, which makes no link
	CodeShortcode     diag.Code = "shortcode-dropped"     // a call of Hugo or a tag of Liquid
	CodeInclude       diag.Code = "include-missing"       // a file that cannot be included
	CodeIncludeRange  diag.Code = "include-range"         // lines or an anchor that a file does not have
	CodeIncludeCycle  diag.Code = "include-cycle"         // a file that includes itself
	CodeIncludeLimit  diag.Code = "include-too-large"     // more included than a book can mean
	CodeMath          diag.Code = "math-unclosed"         // dollars that open a formula without an end
	CodeAttributes    diag.Code = "attributes-ignored"    // a kramdown attribute list
)

// Options are what the parser has to know beside the text. The zero Options work.
type Options struct {
	// Language is a BCP 47 tag and decides the form of quotation marks; empty means English.
	Language string
	// Title is the title from front matter. When it is empty, the first top-level heading of level 1 is taken out of the
	// body as the title; when it is set, such a heading is only taken out if it opens the file and says the same.
	Title string
}

// Document is what a file holds.
type Document struct {
	Title tree.Inlines // the heading taken out of the body; empty when there is none
	Src   diag.Pos     // of that heading, else of the first line of the body
	Body  tree.Blocks
	Tags  []Tag // in order, each once
}

// Parse reads the text of src from the byte offset from to its end. The result and the reports depend on nothing else.
func Parse(src *Source, from int, opt Options, report diag.Reporter) *Document {
	from = max(0, min(from, len(src.text)))
	body := src.text[from:]
	root := blockParser().Parse(text.NewReader(mendSiteLinks(body)))
	c := &converter{src: src, base: from, text: body, opt: opt, report: report}
	c.collectNotes(root)
	doc := &Document{Src: src.Pos(from)}
	if h := c.titleHeading(root); h != nil {
		doc.Src = c.pos(h)
		doc.Title = c.inlines(h)
		if opt.Title != "" {
			doc.Title = nil
		}
		root.RemoveChild(root, h)
	}
	doc.Body = append(c.blocks(root), c.unusedNotes()...)
	doc.Tags = c.found
	return doc
}

// ParseInline reads text that stands alone, such as a title or a value in front matter: code, links, bare URLs and
// typographic quotes are understood, nothing else is. All nodes get the position pos.
func ParseInline(s string, pos diag.Pos, opt Options) tree.Inlines {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return nil
	}
	src := &Source{file: pos.File, text: []byte(s), fixed: &pos}
	root := inlineParser().Parse(text.NewReader(src.text))
	c := &converter{src: src, text: src.text, opt: opt, report: func(diag.Diagnostic) {}}
	var out tree.Inlines
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, c.inlines(n)...)
	}
	return out
}

// titleHeading finds the heading that is the file's title.
func (c *converter) titleHeading(root ast.Node) *ast.Heading {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if ok && h.Level == 1 && h.HasChildren() {
			if c.opt.Title != "" && !c.saysTitle(h) || c.opt.Title == "" && c.opensSection(h) {
				return nil
			}
			return h
		}
		if c.opt.Title != "" && n.Kind() != ast.KindHTMLBlock {
			return nil // only the file's first heading repeats the title
		}
	}
	return nil
}

var sectionLike = lazyregexp.New(`(?i)^(?:\d+ *[-–.):]|(?:intro|introduction|overview|agenda|summary|notes|context|about)$)`)

// opensSection reports whether h is the first of several headings of level 1 and is worded like a section's: "1 - Setup"
// or "Intro". Then the file has no title of its own.
func (c *converter) opensSection(h *ast.Heading) bool {
	more := false
	for n := h.NextSibling(); n != nil && !more; n = n.NextSibling() {
		other, ok := n.(*ast.Heading)
		more = ok && other.Level == 1
	}
	return more && sectionLike.MatchString(c.quietText(h))
}

// quietText returns the text of n without reporting anything.
func (c *converter) quietText(n ast.Node) string {
	quiet := &converter{src: c.src, base: c.base, text: c.text, opt: c.opt, report: func(diag.Diagnostic) {}}
	quiet.notes.number = map[*extast.Footnote]int{}
	return tree.PlainText(quiet.inlines(n))
}

// saysTitle reports whether the heading h repeats the title from front matter, styles and punctuation aside.
func (c *converter) saysTitle(h *ast.Heading) bool {
	return tree.Slug(c.quietText(h)) == tree.Slug(c.opt.Title)
}
