package xhtml

import (
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
	wide := isWide(n)
	class := ""
	if wide && strings.Join(labels, "") != "" {
		class = "wide"
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

// isWide reports whether a table would not fit a telephone held upright, about 30 characters wide, with its longest words
// unbroken and its cells no taller than eight lines.
func isWide(n *tree.Table) bool {
	const measure, lines = 30, 8
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
	longest, total := 0, 0
	for i := range words {
		longest += words[i] + 2
		total += texts[i]/lines + 2
	}
	return len(words) > 2 && (longest > measure || total > measure) || len(words) > 5
}
