package markdown_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

// FuzzParse holds for any bytes: no panic, every place lies inside the file, and the letters of plain text are kept. The
// last is checked where it can be known without a second parser: when the text holds nothing that Markdown could mean.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			t.Skip()
		}
		checkParse(t, data)
	})
}

// TestMixtures holds the same for mixtures of the seeds' lines under changing indents and marks, which reach more of the
// grammar than changed bytes do. The generator always begins alike.
func TestMixtures(t *testing.T) {
	var lines []string
	for _, s := range seeds {
		if len(s) < 600 {
			lines = append(lines, strings.SplitAfter(s, "\n")...)
		}
	}
	prefixes := []string{"", "", "", "", "  ", "    ", "> ", "- ", "1. ", "  - ", ": ", "[^n]: ", "\t", "| ", "# "}
	rnd := rand.New(rand.NewPCG(1, 2))
	count := 3000
	if testing.Short() {
		count = 300
	}
	for range count {
		var b strings.Builder
		for range 1 + rnd.IntN(14) {
			b.WriteString(prefixes[rnd.IntN(len(prefixes))])
			b.WriteString(lines[rnd.IntN(len(lines))])
			if rnd.IntN(4) == 0 {
				b.WriteString("\n")
			}
		}
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("panic: %v", p)
				}
			}()
			checkParse(t, []byte(b.String()))
		}()
		if t.Failed() {
			t.Fatalf("with the input %q", b.String())
		}
	}
}

// checkParse parses data and checks what must hold for any input.
func checkParse(t *testing.T, data []byte) {
	t.Helper()
	var lines []string
	report := func(d diag.Diagnostic) {
		if lines != nil {
			checkPos(t, d.Pos, lines)
		}
	}
	src := markdown.NewSource("a.md", data, report)
	lines = strings.Split(string(src.Text()), "\n")
	doc := markdown.Parse(src, 0, markdown.Options{Language: "en"}, report)
	checkPos(t, doc.Src, lines)
	var words strings.Builder
	for _, n := range doc.Title {
		for n := range tree.All(n) {
			checkNode(t, n, lines)
		}
		words.WriteString(tree.PlainText(tree.Inlines{n}))
		words.WriteByte(' ')
	}
	for _, b := range doc.Body {
		for n := range tree.All(b) {
			checkNode(t, n, lines)
		}
		words.WriteString(tree.Words(b))
	}
	if plain := string(src.Text()); !strings.ContainsFunc(plain, special) {
		if got, want := letters(words.String()), letters(plain); got != want {
			t.Errorf("text lost\n got %q\nwant %q", got, want)
		}
	}
}

// special reports whether r may mean something in Markdown or be changed by typography.
func special(r rune) bool {
	return r == utf8.RuneError || r == '\t' || r < 0x80 && !unicode.IsLetter(r) && !strings.ContainsRune(" \n,;?", r) || unicode.IsControl(r) && r != '\n'
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func checkNode(t *testing.T, n tree.Node, lines []string) {
	t.Helper()
	checkPos(t, n.Pos(), lines)
	switch n := n.(type) {
	case *tree.List:
		if len(n.Items) == 0 {
			t.Error("a list without items")
		}
	case *tree.Heading:
		if n.Level < 1 || n.Level > 6 {
			t.Errorf("heading of level %d", n.Level)
		}
	case *tree.Table:
		for _, r := range n.Rows {
			if len(r.Cells) != len(n.Align) {
				t.Errorf("row of %d cells in a table of %d", len(r.Cells), len(n.Align))
			}
		}
		if n.Header != nil && len(n.Header) != len(n.Align) {
			t.Errorf("header of %d cells in a table of %d", len(n.Header), len(n.Align))
		}
	case *tree.Text:
		if n.Text == "" {
			t.Error("an empty text")
		}
		if !utf8.ValidString(n.Text) || strings.ContainsRune(n.Text, 0) {
			t.Errorf("text %q is not clean", n.Text)
		}
	case *tree.CodeBlock:
		if strings.ContainsRune(n.Text, '\r') {
			t.Errorf("code %q holds a carriage return", n.Text)
		}
	}
}

func checkPos(t *testing.T, p diag.Pos, lines []string) {
	t.Helper()
	if p.File != "a.md" || p.Line < 1 || p.Line > len(lines) {
		t.Fatalf("place %+v is not in a file of %d lines", p, len(lines))
	}
	if p.Col < 0 || p.Col > utf8.RuneCountInString(lines[p.Line-1])+1 {
		t.Fatalf("place %v is beyond its line %q", p, lines[p.Line-1])
	}
}

// seeds are small files that between them hold every construct, and some that broke a parser once.
var seeds = []string{
	"", "\n", "plain words\nand more", "# Title\n\n## A\n\n#### B {#id}\n\n* * *\n",
	"\uFEFF# Title\r\n\r\ntext\r\n\r\n- a\r\n- b\r\n", "caf\xe9 \x00 nul",
	"- [x] done\n- [ ] open\n  - nested\n\n    para\n\n        code\n1. one\n2) two\n",
	"> [!NOTE] Title *x*\n> body\n\n> [!WARNING]\n> - a\n\n> plain\nlazy\n",
	"A[^1] b[^1] c[^2] d[^none]\n\n[^1]: One\n\n    two\n\n    ```go\n    x\n    ```\n[^3]: unused [^1]\n[^1]: again\n",
	"x[^n] y[^1]\n\n[^n]: [^1]: inside\n", "x[^a]\n\n[^a]: itself [^a] and [^b]\n[^b]: back [^a]\n",
	"| a | b |\n|---|:-:|\n| `x\\|y` | 2 | 3 |\n| 1 |\n",
	"Term\nTerm 2\n: def\n\n: second\n\n  para\n",
	"```go {x}\ncode\n", "~~~\na\n~~~\n\n\tindented\n", "<div>\n<b>x</b>\n\n</div>\n<!-- c -->\n<script>x</script>\n",
	"a <kbd>Ctrl</kbd> <sub>2 <T> </sub></i> <br> <b>open <!-- c --> Vec<T>\n",
	"<table><tr><th colspan=3>a<td>b<tr><td rowspan=2>c</table>\n<details><summary>s</summary>t</details>\n",
	"![alt](a.png \"t\"){width=50%}\n\n[![b](c.svg)](d) ![[x.png]] [[page|label]] [[1,2],[3]]\n",
	"\"quote 'inner' end\" it's '90s -- a --- b ... :tada: 10:30:00 --verbose \\\"x\\\" &quot;\n",
	"https://example.com/a_b?c=d. www.x.org <a@b.c> <http://x>\n[r]: /u 'T'\n\n[r] [t][r] [x](<a b> \"q\")\n",
	"*a **b _c_ `d` ~~e~~** f* ***g*** __h__\\\nhard  \nsoft\n",
	strings.Repeat("> ", 200) + "deep\n", strings.Repeat("- ", 120) + "deep\n", strings.Repeat("*a ", 300) + strings.Repeat("*", 300),
	strings.Repeat("[", 500) + "x" + strings.Repeat("](u)", 500), strings.Repeat("<b>", 200) + "x",
	"Heading\n===\n\nSub\n---\n", "1. a\n\n   ```\n   x\n   ```\n\n   | a |\n   |---|\n   | b |\n",
	"$x^2$ {{< figure >}} {% raw %} {: .cls }\n", "a\tb\n-\tc\n\n\t- d\n",
}
