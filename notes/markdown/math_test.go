package markdown_test

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

// TestMath shows formulas of running text between ‹ and ›, displayed ones between « and »; blocks are parted by " | ".
func TestMath(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"in text", `so $E = mc^2$, and $x$-axis`, "so ‹E = mc^2›, and ‹x›-axis"},
		{"prices", `from $5 to $9, $5-$9, $20,000 and $30,000, US$5 or CA$6`, "from $5 to $9, $5-$9, $20,000 and $30,000, US$5 or CA$6"},
		{"escapes", `\$x$ and $a\$b$ and $$`, `$x$ and ‹a\$b› and $$`},
		{"a space after the first dollar", `a $ x$ b`, "a $ x$ b"},
		{"a space before the last dollar", `a $x $ b`, "a $x $ b"},
		{"a digit after the last dollar", `a $x$5 b`, "a $x$5 b"},
		{"variables of shells", `$HOME/$USER, $PATH:$HOME, echo $$ and $$`, "$HOME/$USER, $PATH:$HOME, echo $$ and $$"},
		{"names in JavaScript", `$scope.$apply, $('a').$('b'), ${x}${y}`, "$scope.$apply, $(‘a’).$(‘b’), ${x}${y}"},
		{"an ordinal", `the $n$th and $i$'s`, "the ‹n›th and ‹i›’s"},
		{"in braces", `$\text{for $x$}$ x`, `‹\text{for $x$}› x`},
		{"in code", "`$x$` and ``$$y$$``", "$x$ and $$y$$"},
		{"in a fence", "```\n$x$\n$$\ny\n$$\n```", "$x$\n$$\ny\n$$"},
		{"emphasis signs inside", `$a_1*b$ and $c_2*d$`, "‹a_1*b› and ‹c_2*d›"},
		{"over lines", "a $x +\ny$ b", "a ‹x +\ny› b"},
		{"over lines of a quotation", "> a $x +\n> y$ b", "a ‹x +\ny› b"},
		{"in a table", "| a |\n|---|\n| $x^2$ |", "‹x^2›"},
		{"in emphasis and a link", `*$x$* [$y$](https://example.org)`, "‹x› ‹y›"},
		{"displayed in a line", `$$x = y$$`, "«x = y»"},
		{"displayed in lines", "$$\nx = y\n+ z\n- w\n$$", "«x = y\n+ z\n- w»"},
		{"displayed with spaces", "$$ a\nb $$", "«a\nb»"},
		{"displayed after text", "text\n$$\nx\n$$\nmore", "text | «x» | more"},
		{"displayed in the middle", `text $$\sum x$$ more`, `text | «\sum x» | more`},
		{"two displayed", `$$a=1$$ $$b=2$$`, "«a=1» | «b=2»"},
		{"displayed in an item", "- a\n\n  $$\n  x\n  $$\n- b", "a | «x» | b"},
		{"displayed in a quotation", "> $$\n> x\n> y\n> $$", "«x\ny»"},
		{"not over an empty line", "$$\nx\n\ny\n$$", "$$ x | y $$"},
		{"no end", "$$\nx", "$$ x"},
		{"an end outside the quotation", "> $$\n> x\n\n$$", "$$ x | $$"},
		{"its container ends first", "> $$\n> x\ny\n$$\n", "$$ x | y $$"},
		{"empty", "a $$$$ b", "a $$$$ b"},
		{"GitHub's forms", "$`x`$ and\n\n```math\ny\n```", "‹x› and | «y»"},
		{"in a heading", "## The $x$ axis and $$y=1$$", "The ‹x› axis and ‹y=1›"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, _ := parse(t, tt.in, markdown.Options{Title: "\x00"})
			var parts []string
			for _, b := range doc.Body {
				parts = append(parts, mathText(b)...)
			}
			if got := strings.Join(parts, " | "); got != tt.want {
				t.Errorf("%q\n got %s\nwant %s", tt.in, got, tt.want)
			}
		})
	}
}

// mathText gives the texts of the blocks at and below b.
func mathText(b tree.Node) []string {
	var inline func(tree.Node) string
	inline = func(n tree.Node) string {
		switch n := n.(type) {
		case *tree.Math:
			return "‹" + n.TeX + "›"
		case *tree.Text:
			return n.Text
		case *tree.Code:
			return n.Text
		case *tree.Break:
			return " "
		}
		s := ""
		for c := range tree.Children(n) {
			s += inline(c)
		}
		return s
	}
	switch b := b.(type) {
	case *tree.MathBlock:
		return []string{"«" + b.TeX + "»"}
	case *tree.CodeBlock:
		return []string{b.Text}
	case *tree.Paragraph, *tree.Heading, *tree.Cell:
		if s := inline(b); s != "a" || !isCell(b) {
			return []string{s}
		}
		return nil
	}
	var out []string
	for c := range tree.Children(b) {
		out = append(out, mathText(c)...)
	}
	return out
}

// isCell reports whether n is a table's cell: the head of the tables here is always "a".
func isCell(n tree.Node) bool { _, ok := n.(*tree.Cell); return ok }

func TestMathPlaces(t *testing.T) {
	doc, seen := parse(t, "one $x$\n\n> $$\n> y\n\nend", markdown.Options{})
	p := doc.Body[0].(*tree.Paragraph)
	if at := p.Text[1].Pos().String(); at != "a.md:1:5" {
		t.Errorf("the formula stands at %s", at)
	}
	if len(seen) != 0 {
		t.Errorf("reports %v", seen)
	}
	_, seen = parse(t, "> $$\n> x\ny\n$$\n", markdown.Options{})
	if len(seen) != 1 || seen[0].Code != markdown.CodeMath || seen[0].Pos.String() != "a.md:1:3" {
		t.Errorf("reports %v", seen)
	}
}
