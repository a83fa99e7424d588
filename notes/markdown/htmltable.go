package markdown

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/evbook/evbook/notes/tree"
)

// maxSpan bounds colspan and rowspan, which cost memory without costing their author anything.
const maxSpan = 100

// table converts an HTML table. The tree has no cells that span, so a spanned place is an empty cell. A first row made of
// header cells is the header.
func (w *htmlWriter) table(n *html.Node) {
	t := &tree.Table{At: w.at}
	var rows []*html.Node
	var look func(*html.Node)
	look = func(n *html.Node) {
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			if k.Type != html.ElementNode {
				continue
			}
			switch k.Data {
			case "tr":
				rows = append(rows, k)
			case "caption":
				t.Caption = w.inlines(k)
			default:
				look(k)
			}
		}
	}
	look(n)
	below := map[int]int{} // column → rows that a cell above still covers
	width := 0
	for i, r := range rows {
		row, header := w.row(r, below)
		width = max(width, len(row.Cells))
		if i == 0 && header {
			t.Header = row.Cells
		} else if len(row.Cells) > 0 {
			t.Rows = append(t.Rows, row)
		}
	}
	if width == 0 {
		return
	}
	t.Align = make([]tree.Align, width)
	pad := func(cells []*tree.Cell) []*tree.Cell {
		for len(cells) < width {
			cells = append(cells, &tree.Cell{At: w.at})
		}
		return cells
	}
	if t.Header != nil {
		t.Header = pad(t.Header)
	}
	for _, r := range t.Rows {
		r.Cells = pad(r.Cells)
	}
	w.block(t)
}

// row converts a row and reports whether all its cells are header cells.
func (w *htmlWriter) row(n *html.Node, below map[int]int) (*tree.TableRow, bool) {
	row := &tree.TableRow{At: w.at}
	header := true
	covered := func() {
		for below[len(row.Cells)] > 0 {
			below[len(row.Cells)]--
			row.Cells = append(row.Cells, &tree.Cell{At: w.at})
		}
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode || k.Data != "td" && k.Data != "th" {
			continue
		}
		covered()
		header = header && k.Data == "th"
		text := w.inlines(k)
		attrs := attrMap(k)
		cols, rows := span(attrs["colspan"]), span(attrs["rowspan"])
		for i := range cols {
			cell := &tree.Cell{At: w.at}
			if i == 0 {
				cell.Text = text
			}
			if rows > 1 {
				below[len(row.Cells)] = rows - 1
			}
			row.Cells = append(row.Cells, cell)
		}
	}
	covered()
	return row, header && len(row.Cells) > 0
}

func span(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}
