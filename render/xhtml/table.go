package xhtml

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/tree"
)

// table writes a table. One that is too wide for a narrow screen is marked so that the style sheet can stack each row into
// a record there; then every cell carries its column's name.
func (p *Page) table(n *tree.Table) {
	p.Found.Tables++
	var labels []string
	for _, c := range n.Header {
		labels = append(labels, plain(c.Text))
	}
	class := ""
	switch {
	case p.site.PlainTables:
	case p.site.Scroll:
		if widthClass(n) != "" || longestWord(n) > narrowPage {
			p.Start("div", A("class", "table-box"), A("role", "group"), A("tabindex", "0"), Opt("aria-label", tableName(n, labels)))
			p.Line()
			defer func() { p.Line(); p.End() }()
		}
	case strings.Join(labels, "") != "":
		class = widthClass(n)
	}
	p.Start("table", Opt("class", class))
	p.Line()
	if len(n.Caption) > 0 {
		p.styled("caption", n.Caption)
		p.Line()
	}
	if len(n.Header) > 0 {
		p.Start("thead")
		p.Line()
		p.Start("tr")
		for i, c := range n.Header {
			p.headerCell(c, alignClass(n, i))
		}
		p.End()
		p.Line()
		p.End()
		p.Line()
	}
	p.tableBody(n, labels, class != "")
	p.End()
}

// tableName returns what a table is called by those who hear it: its caption, else its columns.
func tableName(n *tree.Table, labels []string) string {
	labels = slices.DeleteFunc(slices.Clone(labels), func(s string) bool { return s == "" })
	return firstOf(plain(n.Caption), strings.Join(labels, ", "))
}

func (p *Page) tableBody(n *tree.Table, labels []string, records bool) {
	p.Start("tbody") // must not be left out: XHTML does not put it in by itself
	p.Line()
	if len(n.Rows) == 0 {
		p.emptyRow(max(len(n.Align), len(n.Header)))
	}
	for _, row := range n.Rows {
		p.Start("tr")
		for i, c := range row.Cells {
			var label Attr
			if records && i < len(labels) {
				label = Opt("data-label", labels[i])
			}
			p.styled("td", c.Text, Opt("class", alignClass(n, i)), label)
		}
		p.End()
		p.Line()
	}
	p.End()
	p.Line()
}

func (p *Page) emptyRow(columns int) {
	p.Start("tr")
	for range max(columns, 1) {
		p.Element("td", "")
	}
	p.End()
	p.Line()
}

// headerCell writes a cell of the header; one without words heads nothing and is a plain cell.
func (p *Page) headerCell(c *tree.Cell, class string) {
	if plain(c.Text) == "" && !hasImage(c.Text) {
		p.styled("td", c.Text, Opt("class", class))
		return
	}
	p.styled("th", c.Text, A("scope", "col"), Opt("class", class))
}

func alignClass(n *tree.Table, column int) string {
	if column >= len(n.Align) {
		return ""
	}
	switch n.Align[column] {
	case tree.AlignCenter:
		return "center"
	case tree.AlignRight:
		return "right"
	case tree.AlignLeft, tree.AlignDefault:
	}
	return ""
}

// Widths in characters that a page has at least: a telephone held upright, and the page of a reading device.
const (
	narrowPage = 30
	plainPage  = 58
)

// longestWord returns the number of characters of a table's longest word.
func longestWord(n *tree.Table) int {
	longest := 0
	see := func(cells []*tree.Cell) {
		for _, c := range cells {
			for word := range strings.FieldsSeq(tree.PlainText(c.Text)) {
				longest = max(longest, utf8.RuneCountInString(word))
			}
		}
	}
	see(n.Header)
	for _, row := range n.Rows {
		see(row.Cells)
	}
	return longest
}

// widthClass says how wide a page a table needs: nothing if it goes everywhere, wide if it does not fit a telephone held
// upright, vast if it does not fit the page of a reading device either. It asks for unbroken words and for cells no taller
// than eight lines.
func widthClass(n *tree.Table) string {
	const lines = 8
	words := make([]int, len(n.Align))
	texts := make([]int, len(n.Align))
	see := func(cells []*tree.Cell) {
		for i, c := range cells {
			if i >= len(words) {
				return
			}
			text := tree.PlainText(c.Text)
			texts[i] = max(texts[i], utf8.RuneCountInString(text))
			for word := range strings.FieldsSeq(text) {
				words[i] = max(words[i], utf8.RuneCountInString(word))
			}
		}
	}
	see(n.Header)
	for _, row := range n.Rows {
		see(row.Cells)
	}
	need := 0
	for i := range words {
		need += max(words[i], texts[i]/lines) + 2
	}
	switch {
	case len(words) > 2 && need > plainPage:
		return "wide vast"
	case len(words) > 2 && need > narrowPage:
		return "wide"
	}
	return ""
}
