package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/evbook/evbook/notes/tree"
)

var alignments = map[extast.Alignment]tree.Align{
	extast.AlignLeft:   tree.AlignLeft,
	extast.AlignCenter: tree.AlignCenter,
	extast.AlignRight:  tree.AlignRight,
	extast.AlignNone:   tree.AlignDefault,
}

// table converts a table. Rows are brought to the width of the header; cells beyond it are kept in the last column, where
// GitHub drops them.
func (c *converter) table(n *extast.Table) *tree.Table {
	t := &tree.Table{At: c.mark(n)}
	for _, a := range n.Alignments {
		t.Align = append(t.Align, alignments[a])
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		row := &tree.TableRow{At: c.mark(k)}
		for cell := k.FirstChild(); cell != nil && len(row.Cells) < len(t.Align); cell = cell.NextSibling() {
			row.Cells = append(row.Cells, &tree.Cell{At: c.mark(cell), Text: c.inlines(cell)})
		}
		c.extraCells(k, row)
		for len(row.Cells) < len(t.Align) {
			row.Cells = append(row.Cells, &tree.Cell{At: row.At})
		}
		if _, ok := k.(*extast.TableHeader); ok {
			t.Header = row.Cells
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// extraCells finds the cells that goldmark left out because the header has fewer, and puts their text into the last cell.
func (c *converter) extraCells(n ast.Node, row *tree.TableRow) {
	last := n.LastChild()
	if last == nil || last.Lines().Len() == 0 || len(row.Cells) == 0 {
		return
	}
	stop := last.Lines().At(0).Stop
	rest := bytes.TrimSpace(c.text[stop:lineEnd(c.text, stop)])
	rest = bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimPrefix(rest, []byte("|")), []byte("|")))
	if len(rest) == 0 {
		return
	}
	off := stop + bytes.Index(c.text[stop:], rest)
	cell := row.Cells[len(row.Cells)-1]
	extra := &tree.Text{At: tree.At{Src: c.at(off)}, Text: " | " + unescape(rest)}
	cell.Text = append(cell.Text, extra)
	c.report.Warnf(CodeTableCells, extra.Src, "the row has more cells than the table's header: the rest is kept in the last cell")
}
