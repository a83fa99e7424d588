package markdown_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// parse reads text as a file called a.md.
func parse(t testing.TB, text string, opt markdown.Options) (*markdown.Document, diag.List) {
	t.Helper()
	var seen diag.Collector
	src := markdown.NewSource("a.md", []byte(text), seen.Report)
	return markdown.Parse(src, 0, opt, seen.Report), seen.List()
}

func nodes(blocks tree.Blocks) []tree.Node {
	out := make([]tree.Node, len(blocks))
	for i, b := range blocks {
		out[i] = b
	}
	return out
}

// TestGolden compares the trees of testdata/*.md with their outlines; reports follow the tree.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, seen := parse(t, string(data), markdown.Options{Language: "en"})
			var b strings.Builder
			fmt.Fprintf(&b, "title %q\n", tree.PlainText(doc.Title))
			b.WriteString(treetest.Dump(nodes(doc.Body)...))
			for _, d := range seen {
				fmt.Fprintf(&b, "%v: %v: %s (%s)\n", d.Pos, d.Severity, d.Message, d.Code)
			}
			golden.Check(t, strings.TrimSuffix(file, ".md")+".tree", []byte(b.String()))
		})
	}
}

// TestText checks running text after all that happens to it: escapes, references, typography, HTML.
func TestText(t *testing.T) {
	tests := []struct{ lang, in, want string }{
		{"", `He said "it's 'fine'."`, "He said “it’s ‘fine’.”"},
		{"", `"*Emphasis*" and ("brackets")`, "“Emphasis” and (“brackets”)"},
		{"", `the '90s, rock 'n' roll, 'tis the users' choice`, "the ’90s, rock ‘n’ roll, ’tis the users’ choice"},
		{"", `'the test' and 'entry'`, "‘the test’ and ‘entry’"},
		{"", `a 21" screen, 5'11 tall`, "a 21\" screen, 5'11 tall"},
		{"", `\"kept\" &quot;kept&quot; &amp; &copy; &#65; &#x42; &nosuch; &amp`, "\"kept\" \"kept\" & © A B &nosuch; &amp"},
		{"", `one -- two, 1--2, a---b, --verbose, -- end`, "one – two, 1–2, a—b, --verbose, – end"},
		{"", `wait... go test ./... and ....`, "wait… go test ./... and ...."},
		{"", "`\"code\" -- ...`", `"code" -- ...`},
		{"", `"see https://x.org/a--b...c"`, "“see https://x.org/a--b...c”"},
		{"", ":tada: at 10:30:45, not:tada: or :nosuch: or `:tada:` or \\:tada:", "🎉 at 10:30:45, not:tada: or :nosuch: or :tada: or :tada:"},
		{"de", `"Zitat 'innen'" sagt's`, "„Zitat ‚innen‘“ sagt’s"},
		{"fr", `"l'eau"`, "«\u202fl’eau\u202f»"},
		{"pl-PL", `"cytat"`, "„cytat”"},
		{"", `a <kbd>Ctrl</kbd> <T> Vec<T> <project ID> x`, "a Ctrl <T> Vec<T> <project ID> x"},
		{"", `<b>open and <i>closed</i>`, "<b>open and closed"},
		{"", `</i>stray <!-- gone --> end`, "</i>stray  end"},
		{"", `[[1,2],[3,4]] and [ x ] and [[ -f x ]]`, "[[1,2],[3,4]] and [ x ] and [[ -f x ]]"},
		{"", "text {{< note >}} and\n{% include x %}\nmore {% load %} {{ x }}\n{: .cls #id}", "text  and more {% load %} {{ x }}"},
		{"", "中文\n文字 and\nかな\n漢字\n*强*\n调", "中文文字 and かな漢字强调"},
		{"", "soft\nbreak  \nhard\\\nhard", "soft break hard hard"},
		{"", `5 * 3 * 2 and snake_case_name`, "5 * 3 * 2 and snake_case_name"},
	}
	for _, tt := range tests {
		doc, _ := parse(t, tt.in, markdown.Options{Language: tt.lang})
		if len(doc.Body) != 1 {
			t.Errorf("%q gives %d blocks, want 1", tt.in, len(doc.Body))
			continue
		}
		got := tree.PlainText(doc.Body[0].(*tree.Paragraph).Text)
		if want := strings.Join(strings.Fields(tt.want), " "); got != want && got != tt.want {
			t.Errorf("%q\n got %q\nwant %q", tt.in, got, want)
		}
	}
}

// TestNotes checks numbers and places of footnotes: in order of their first references, bodies there, nothing lost.
func TestNotes(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"numbers follow the references", "a[^x] b[^y] c[^x]\n\n[^y]: Why\n[^x]: Ex\n", "1(Ex) 2(Why) →1"},
		{"a definition inside a definition", "a[^n] b[^m]\n\n[^n]: [^m]: inside\n", "1() 2(inside)"},
		{"a note that refers to itself", "a[^n]\n\n[^n]: see [^n]\n", "1(see ) →1"},
		{"defined in a list and in a quote", "- a[^x]\n\n  [^x]: Ex\n\n> b[^y]\n>\n> [^y]: Why\n", "1(Ex) 2(Why)"},
		{"in a table, a heading and a note", "# H[^h]\n\n## I[^i]\n\n| a[^a] |\n|---|\n\n[^h]: h[^a]\n[^i]: i\n[^a]: a\n", "2(a) 3(i) →2"},
		{"after an exclamation mark", "wow![^x]\n\n[^x]: Ex\n", "1(Ex)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, _ := parse(t, tt.in, markdown.Options{})
			var got []string
			all := nodes(doc.Body)
			for _, n := range doc.Title {
				if f, ok := n.(*tree.Footnote); ok {
					all = append(nodes(f.Body), all...)
				}
			}
			for _, b := range all {
				for n := range tree.All(b) {
					switch n := n.(type) {
					case *tree.Footnote:
						body := ""
						for _, p := range n.Body {
							if p, ok := p.(*tree.Paragraph); ok {
								for _, in := range p.Text {
									if text, ok := in.(*tree.Text); ok {
										body += text.Text
									}
								}
							}
						}
						got = append(got, fmt.Sprintf("%d(%s)", n.Number, body))
					case *tree.FootnoteRef:
						got = append(got, fmt.Sprintf("→%d", n.Number))
					}
				}
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	tests := []struct {
		name, in, given string
		title           string
		headings        string // level:text of what stays
	}{
		{"the first heading", "# A *b*\n\n## C\n\n### D\n", "", "A b", "1:C 2:D"},
		{"setext", "A\n=\n\nB\n-\n", "", "A", "1:B"},
		{"after other text", "badge\n\n# A\n", "", "A", ""},
		{"none", "## B\n\n#### C\n", "", "", "1:B 2:C"},
		{"given and repeated", "# It's A!\n\n## B\n", "Its A", "", "1:B"},
		{"given and different", "# Other\n\n## B\n", "A", "", "1:Other 2:B"},
		{"several titles", "# A\n\n# B\n\n## C\n", "", "A", "1:B 2:C"},
		{"several sections", "# 1 - Intro\n\n# 2 - More\n", "", "", "1:1 - Intro 1:2 - More"},
		{"levels come back", "## A\n\n##### B\n\n### C\n\n## D\n\n# E\n", "x", "", "1:A 2:B 2:C 1:D 1:E"},
		{"not in a quote", "> # A\n", "", "", "1:A"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, _ := parse(t, tt.in, markdown.Options{Title: tt.given})
			if got := tree.PlainText(doc.Title); got != tt.title {
				t.Errorf("got title %q, want %q", got, tt.title)
			}
			var got []string
			for _, b := range doc.Body {
				for n := range tree.All(b) {
					if h, ok := n.(*tree.Heading); ok {
						got = append(got, fmt.Sprintf("%d:%s", h.Level, tree.PlainText(h.Text)))
					}
				}
			}
			if s := strings.Join(got, " "); s != tt.headings {
				t.Errorf("got headings %q, want %q", s, tt.headings)
			}
		})
	}
}

// TestReports plants faults and looks for each at its place.
func TestReports(t *testing.T) {
	tests := []struct {
		name, in string
		code     diag.Code
		line     int
		col      int
	}{
		{"undefined note", "text\nmore[^x]\n", markdown.CodeNoteUndefined, 2, 5},
		{"unused note", "text\n\n[^x]: note\n", markdown.CodeNoteUnused, 3, 1},
		{"note defined twice", "a[^x]\n\n[^x]: one\n[^x]: two\n", markdown.CodeNoteTwice, 4, 1},
		{"unclosed fence", "a\n\n```go\ncode\n", markdown.CodeFence, 3, 1},
		{"unclosed fence in a list", "- a\n\n  ```\n  code\n\nafter\n", markdown.CodeFence, 3, 3},
		{"skipped level", "## A\n\n#### B\n", markdown.CodeHeadingSkip, 3, 1},
		{"unknown tag", "a\nb <chat> c\n", markdown.CodeHTML, 2, 3},
		{"unknown tag in a block", "<div>\nText\n<x-tag>\n</div>\n", markdown.CodeHTML, 3, 0},
		{"script", "a\n\n<script>\nalert(1)\n</script>\n", markdown.CodeHTMLDropped, 3, 1},
		{"too many cells", "| a |\n|---|\n| b | c |\n", markdown.CodeTableCells, 3, 7},
		{"bytes that are no text", "ab\ncd \xff e\n", markdown.CodeEncoding, 2, 4},
		{"address with spaces", "see\n[the *file*](my file.md) now\n", markdown.CodeLinkSpaces, 2, 12},
		{"shortcode", "a\n\n{{% note %}}\n", markdown.CodeShortcode, 3, 1},
		{"tag of Liquid", "{% raw %}\n", markdown.CodeShortcode, 1, 1},
		{"attributes of kramdown", "text\n{: .cls}\n", markdown.CodeAttributes, 2, 1},
		{"deep nesting", strings.Repeat(">", 90) + " x\n", markdown.CodeNesting, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, seen := parse(t, tt.in, markdown.Options{})
			for _, d := range seen {
				if d.Code == tt.code && d.Pos.Line == tt.line && (tt.col == 0 || d.Pos.Col == tt.col) {
					if len(seen) > 1 {
						t.Errorf("more than one report: %v", seen)
					}
					return
				}
			}
			t.Errorf("no %s at %d:%d in %v", tt.code, tt.line, tt.col, seen)
		})
	}
}

func TestCleanTextIsNotReported(t *testing.T) {
	for _, in := range []string{
		"# A\n\n## B\n\ntext[^1] `<T>`\n\n[^1]: note\n\n```\ncode\n```\n", "- a\n\n  ```go\n  x\n  ```\n- b\n",
		"> ```\n> x\n> ```\n", "~~~\nx\n~~~\n", "```\n```\n", "a <br> b <kbd>x</kbd> <sub>2</sub>\n", "<!-- c -->\n\n<details>\n<summary>s</summary>\n\ntext\n\n</details>\n",
		"| a | b |\n|---|---|\n| c | d |\n| e |\n", "[x]: /u\n\n[x]\n", "`[^no]` \\[^no]\n",
	} {
		if _, seen := parse(t, in, markdown.Options{}); len(seen) > 0 {
			t.Errorf("%q is reported: %v", in, seen)
		}
	}
}

// TestNestingIsBounded feeds what is nested far deeper than a page can show: it must stay quick, shallow and complete.
func TestNestingIsBounded(t *testing.T) {
	for name, in := range map[string]string{
		"quotes":   strings.Repeat(">", 3000) + " word\n",
		"lists":    strings.Repeat("- ", 800) + "word\n",
		"emphasis": strings.Repeat("*a ", 2000) + "word" + strings.Repeat("*", 2000),
		"links":    strings.Repeat("[", 2000) + "word" + strings.Repeat("](u)", 2000),
		"tags":     strings.Repeat("<b>", 2000) + "word" + strings.Repeat("</b>", 2000),
		"html":     strings.Repeat("<div>", 400) + "word\n",
	} {
		t.Run(name, func(t *testing.T) {
			doc, _ := parse(t, in, markdown.Options{})
			deepest, found := 0, false
			for _, b := range doc.Body {
				tree.Walk(b, func(n tree.Node, path []tree.Node) bool {
					deepest = max(deepest, len(path))
					return true
				})
				found = found || strings.Contains(tree.Words(b), "word")
			}
			if deepest > 200 || !found {
				t.Errorf("depth %d, text found: %v", deepest, found)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("testdata/everything.md")
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat(string(data)+"\n", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		parse(b, text, markdown.Options{})
	}
}
