package highlight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/render/highlight"
)

func join(lines [][]highlight.Token) string {
	var out []string
	for _, line := range lines {
		var b strings.Builder
		for _, t := range line {
			b.WriteString(t.Text)
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "\n")
}

func TestLinesFindsKinds(t *testing.T) {
	got := highlight.Lines("python", "def f(x):\n    return \"a\" # why")
	want := [][]highlight.Token{
		{{Kind: highlight.Keyword, Text: "def"}, {Text: " "}, {Kind: highlight.Function, Text: "f"}, {Text: "(x):"}},
		{{Text: "    "}, {Kind: highlight.Keyword, Text: "return"}, {Text: " "}, {Kind: highlight.String, Text: `"a"`}, {Text: " "}, {Kind: highlight.Comment, Text: "# why"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLinesKeepsTheSource(t *testing.T) {
	for _, language := range []string{"", "no-such-language", "python", "console", "yaml", "sh", "go", "html", "diff", "sql", "vim", "json", "python2"} {
		for _, source := range []string{"", "\n", "a", "a\n", "\n\na\n\n", "x = '\t'\r\ny", "$ ls\nfile <b> & \"q\"\n", "日本語 'ü' \U0001F600", "+a\n-b\n", "\x00\x1b[0m", "if (", "'''open"} {
			if got := join(highlight.Lines(language, source)); got != source {
				t.Errorf("%s: %q came back as %q", language, source, got)
			}
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add("python", "def f():\n  pass\n")
	f.Add("console", "$ x\ny")
	f.Add("yaml", "a: [1,\n")
	f.Fuzz(func(t *testing.T, language, source string) {
		if got := join(highlight.Lines(language, source)); got != source {
			t.Errorf("%s: %q came back as %q", language, source, got)
		}
	})
}
