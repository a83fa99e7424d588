package treetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// Dump writes nodes as an outline for people and golden files: a line for each node with its kind, its line and column and
// what it holds, children indented.
func Dump(nodes ...tree.Node) string {
	var b strings.Builder
	for _, root := range nodes {
		tree.Walk(root, func(n tree.Node, path []tree.Node) bool {
			b.WriteString(strings.Repeat("  ", len(path)))
			b.WriteString(describe(n))
			if p := n.Pos(); p.Line > 0 {
				fmt.Fprintf(&b, " @%d:%d", p.Line, p.Col)
			}
			b.WriteByte('\n')
			return true
		})
	}
	return b.String()
}

// DumpBook writes a whole book with its metadata and the headers of its parts.
func DumpBook(book *tree.Book) string {
	m := book.Meta
	var b strings.Builder
	fmt.Fprintf(&b, "book %q", m.Title)
	attr(&b, "subtitle", m.Subtitle)
	people(&b, "by", m.Creators)
	people(&b, "with", m.Contributor)
	attr(&b, "language", m.Language)
	attr(&b, "date", m.Date.String())
	attr(&b, "id", m.Identifier)
	attr(&b, "series", m.Series)
	attr(&b, "index", m.SeriesIndex)
	attr(&b, "cover", m.Cover)
	if len(m.Subjects) > 0 {
		fmt.Fprintf(&b, " subjects=%q", m.Subjects)
	}
	b.WriteByte('\n')
	facts(&b, "  ", m.Extra)
	for n := range tree.Children(book) {
		b.WriteString(Dump(n))
	}
	return b.String()
}

// describe names a node and what is special about it, on one line; facts and links of a header follow on their own lines.
func describe(n tree.Node) string {
	var b strings.Builder
	switch n := n.(type) {
	case *tree.Event:
		fmt.Fprintf(&b, "event #%s", n.ID)
		attr(&b, "path", n.Path)
		attr(&b, "start", n.Start.String())
		attr(&b, "end", n.End.String())
		attr(&b, "venue", n.Venue)
		attr(&b, "site", n.Site)
		flag(&b, "implied", n.Implied)
		labels(&b, n.Facts)
	case *tree.Section:
		fmt.Fprintf(&b, "section #%s", n.ID)
		attr(&b, "path", n.Path)
		attr(&b, "kind", string(n.Kind))
	case *tree.Talk:
		fmt.Fprintf(&b, "talk #%s", n.ID)
		attr(&b, "path", n.Path)
		attr(&b, "date", n.Date.String())
		attr(&b, "start", string(n.Start))
		attr(&b, "end", string(n.End))
		attr(&b, "track", n.Track)
		attr(&b, "language", n.Language)
		people(&b, "by", n.Speakers)
		if len(n.Tags) > 0 {
			fmt.Fprintf(&b, " tags=%q", n.Tags)
		}
		for _, l := range n.Links {
			fmt.Fprintf(&b, " link(%s %s %s)", l.Label, l.URL, tree.PlainText(l.Note))
		}
		labels(&b, n.Facts)
	case *tree.Chapter:
		fmt.Fprintf(&b, "chapter #%s", n.ID)
		attr(&b, "path", n.Path)
		attr(&b, "role", n.Role)
		labels(&b, n.Facts)
	case *tree.ListItem:
		b.WriteString("item")
		if n.Task != tree.NoTask {
			fmt.Fprintf(&b, " task=%d", n.Task)
		}
	case *tree.Definition:
		fmt.Fprintf(&b, "definition terms=%d defs=%d", len(n.Terms), len(n.Defs))
	case *tree.TableRow:
		b.WriteString("row")
	case *tree.Cell:
		b.WriteString("cell")
	default:
		b.WriteString(tree.Kind(n))
		describeNode(&b, n)
	}
	return b.String()
}

func describeNode(b *strings.Builder, n tree.Node) {
	switch n := n.(type) {
	case *tree.Heading:
		fmt.Fprintf(b, " %d #%s", n.Level, n.ID)
	case *tree.List:
		flag(b, "ordered", n.Ordered)
		if n.Ordered {
			fmt.Fprintf(b, " start=%d", n.Start)
		}
		flag(b, "loose", n.Loose)
	case *tree.Table:
		fmt.Fprintf(b, " align=%q", n.Align)
	case *tree.CodeBlock:
		attr(b, "language", n.Language)
		attr(b, "info", n.Info)
		fmt.Fprintf(b, " %q", n.Text)
	case *tree.Alert:
		b.WriteString(" " + n.Kind)
		attr(b, "title", tree.PlainText(n.Title))
	case *tree.Figure:
		attr(b, "id", n.ID)
	case *tree.MathBlock:
		fmt.Fprintf(b, " %q", n.TeX)
	case *tree.RawBlock:
		fmt.Fprintf(b, " %s %q", n.Format, n.Text)
	case *tree.Div:
		group(b, n.Class, n.ID, "", n.Attrs)
	case *tree.Text:
		fmt.Fprintf(b, " %q", n.Text)
	case *tree.Code:
		fmt.Fprintf(b, " %q", n.Text)
	case *tree.Link:
		attr(b, "url", n.URL)
		attr(b, "target", n.Target)
		attr(b, "title", n.Title)
		flag(b, "auto", n.Auto)
	case *tree.Image:
		attr(b, "path", n.Path)
		attr(b, "url", n.URL)
		attr(b, "alt", n.Alt)
		attr(b, "title", n.Title)
		attr(b, "width", n.Width)
		attr(b, "height", n.Height)
	case *tree.Footnote:
		fmt.Fprintf(b, " %d #%s", n.Number, n.ID)
	case *tree.FootnoteRef:
		fmt.Fprintf(b, " %d target=%s", n.Number, n.Target)
	case *tree.Math:
		fmt.Fprintf(b, " %q", n.TeX)
	case *tree.Break:
		flag(b, "soft", n.Soft)
	case *tree.Span:
		group(b, n.Class, n.ID, n.Lang, n.Attrs)
	case *tree.RawInline:
		fmt.Fprintf(b, " %s %q", n.Format, n.Text)
	}
}

func attr(b *strings.Builder, name, value string) {
	if value == "" {
		return
	}
	if strings.ContainsAny(value, " \"\n") {
		value = fmt.Sprintf("%q", value)
	}
	fmt.Fprintf(b, " %s=%s", name, value)
}

func flag(b *strings.Builder, name string, on bool) {
	if on {
		b.WriteString(" " + name)
	}
}

func group(b *strings.Builder, class, id, lang string, attrs map[string]string) {
	attr(b, "class", class)
	attr(b, "id", id)
	attr(b, "lang", lang)
	for _, k := range slices.Sorted(maps.Keys(attrs)) {
		attr(b, k, attrs[k])
	}
}

func people(b *strings.Builder, how string, list []tree.Person) {
	for _, p := range list {
		fmt.Fprintf(b, " %s(%s|%s|%s|%s)", how, p.Name, p.Sort, p.Role, p.ID)
	}
}

func labels(b *strings.Builder, list []tree.Fact) {
	for _, f := range list {
		fmt.Fprintf(b, " fact(%s=%s)", f.Label, tree.PlainText(f.Value))
	}
}

func facts(b *strings.Builder, indent string, list []tree.Fact) {
	for _, f := range list {
		fmt.Fprintf(b, "%sfact %s = %s\n", indent, f.Label, tree.PlainText(f.Value))
	}
}
