package notes_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// outlineOf loads the folder and gives the talk at path as an outline with places.
func outlineOf(t *testing.T, fsys fstest.MapFS, path string) (string, diag.List) {
	t.Helper()
	book, seen := load(t, fsys, notes.Options{})
	for talk := range book.AllTalks() {
		if talk.Path == path {
			var all []tree.Node
			for _, b := range talk.Body {
				all = append(all, b)
			}
			return treetest.Dump(all...), seen
		}
	}
	t.Fatalf("no talk %s", path)
	return "", nil
}

// words gives the texts of a talk with the file and line that each stands in.
func words(t *testing.T, fsys fstest.MapFS, path string) (string, diag.List) {
	t.Helper()
	book, seen := load(t, fsys, notes.Options{})
	var out []string
	for talk := range book.AllTalks() {
		if talk.Path != path {
			continue
		}
		for n := range tree.All(talk) {
			s, kind := "", ""
			switch n := n.(type) {
			case *tree.Text:
				s = n.Text
			case *tree.Code:
				s, kind = n.Text, "`"
			case *tree.CodeBlock:
				s, kind = strings.ReplaceAll(n.Text, "\n", "/"), "```"+n.Language+":"
			default:
				continue
			}
			out = append(out, fmt.Sprintf("%s%s@%s:%d", kind, s, n.Pos().File, n.Pos().Line))
		}
	}
	return strings.Join(out, " | "), seen
}

func TestIncludes(t *testing.T) {
	code := "package x\n// ANCHOR: f\nfunc F() {\n\t// ANCHOR: in\n\treturn\n\t// ANCHOR_END: in\n}\n// ANCHOR_END: f\n"
	tests := []struct{ name, note, want string }{
		{"a Markdown file", "Before.\n\n{{#include part.md}}\n\nAfter.\n", "Before.@a/n.md:1 | Part.@a/part.md:4 | end@a/part.md:6 | After.@a/n.md:5"},
		{"by a comment", "Before.\n<!-- include: part.md -->\nAfter.\n", "Before.@a/n.md:1 | Part.@a/part.md:4 | end@a/part.md:6 | After.@a/n.md:3"},
		{"by a comment without a colon", "<!-- #include file=\"part.md\" -->\n", "Part.@a/part.md:4 | end@a/part.md:6"},
		{"lines of it", "{{#include part.md:6}}\n", "end@a/part.md:6"},
		{"in a list", "- one\n\n  {{#include part.md}}\n- two\n", "one@a/n.md:1 | Part.@a/part.md:4 | end@a/part.md:6 | two@a/n.md:4"},
		{"in a quotation", "> {{#include part.md}}\n> more\n", "Part.@a/part.md:4 | end@a/part.md:6 | more@a/n.md:2"},
		{"code", "```go\n{{#include ../code/x.go}}\n```\n", "```go:" + strings.TrimSuffix(strings.ReplaceAll(code, "\n", "/"), "/") + "@a/n.md:1"},
		{"lines of code", "```go\n{{#include ../code/x.go:3:5}}\n```\n", "```go:func F() {/\t// ANCHOR: in/\treturn@a/n.md:1"},
		{"from the root", "```go\n{{#include /code/x.go::1}}\n```\n", "```go:package x@a/n.md:1"},
		{"an open range", "```go\n{{#include ../code/x.go:7:}}\n```\n", "```go:}/// ANCHOR_END: f@a/n.md:1"},
		{"an anchor", "```go\n{{#include ../code/x.go:f}}\n```\n", "```go:func F() {/\treturn/}@a/n.md:1"},
		{"an anchor by rustdoc_include", "```go\n{{#rustdoc_include ../code/x.go:in}}\n```\n", "```go:\treturn@a/n.md:1"},
		{"code in a list", "1. x\n\n   ```go\n   {{#include ../code/x.go:3:5}}\n   ```\n", "x@a/n.md:1 | ```go:func F() {/\t// ANCHOR: in/\treturn@a/n.md:3"},
		{"a playground", "{{#playground ../code/x.go editable}}\n", "```go:" + strings.TrimSuffix(strings.ReplaceAll(code, "\n", "/"), "/") + "@a/n.md:1"},
		{"in running text", "Version {{#include version.txt}}!\n", "Version 1.2!@a/n.md:1"},
		{"in a code span", "`{{#include version.txt}}`\n", "`{{#include version.txt}}@a/n.md:1"},
		{"escaped", "\\{{#include version.txt}}\n\n```\n\\{{#include version.txt}}\n```\n", "{{#include version.txt}}@a/n.md:1 | ```:{{#include version.txt}}@a/n.md:3"},
		{"a comment in a fence", "```html\n<!-- include: part.md -->\n```\n", "```html:<!-- include: part.md -->@a/n.md:1"},
		{"files inside each other", "{{#include outer.md}}\n", "Outer.@a/outer.md:1 | Part.@a/part.md:4 | end@a/part.md:6 | Outer's end.@a/outer.md:5"},
		{"twice", "{{#include part.md:6}}\n\n{{#include part.md:6}}\n", "end@a/part.md:6 | end@a/part.md:6"},
		{"nothing", "{{#include empty.txt}}x\n", "x@a/n.md:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, seen := words(t, files(
				"a/n.md", "---\ntitle: N\n---\n"+tt.note, "code/x.go", code, "a/version.txt", "1.2\n", "a/empty.txt", "",
				"a/part.md", "---\ntitle: P\n---\nPart.\n\n*end*\n", "a/outer.md", "Outer.\n\n<!-- include part.md -->\n\nOuter's end.\n",
				"a/readme.md", "# A\n",
			), "a/n.md")
			got = strings.TrimPrefix(got, "N@a/n.md:2 | ")
			want := strings.ReplaceAll(strings.ReplaceAll(tt.want, "Outer's", "Outer’s"), "@a/n.md:", "@n:")
			for line := 9; line > 0; line-- { // behind the front matter
				want = strings.ReplaceAll(want, fmt.Sprintf("@n:%d", line), fmt.Sprintf("@a/n.md:%d", line+3))
			}
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if len(seen) > 0 {
				t.Errorf("reports %v", seen)
			}
		})
	}
}

func TestWhatIsNotIncluded(t *testing.T) {
	tests := []struct{ name, note, code, at string }{
		{"no such file", "x\n\n{{#include nothing.md}}\n", "include-missing", "a/n.md:3:1"},
		{"a comment for no file", "<!-- include: nothing.md -->\n", "include-missing", "a/n.md:1:1"},
		{"outside", "{{#include ../../x.md}}\n", "include-missing", "a/n.md:1:1"},
		{"far outside", "{{#include /../../etc/passwd}}\n", "include-missing", "a/n.md:1:1"},
		{"hidden", "{{#include ../.git/config}}\n", "include-missing", "a/n.md:1:1"},
		{"a path of Windows", "{{#include C:\\x.md}}\n", "include-missing", "a/n.md:1:1"},
		{"an address", "{{#include https://example.org/x.md}}\n", "include-missing", "a/n.md:1:1"},
		{"a folder", "{{#include ../a}}\n", "include-missing", "a/n.md:1:1"},
		{"no text", "{{#include bin.dat}}\n", "include-missing", "a/n.md:1:1"},
		{"too large", "{{#include large.txt}}\n", "include-missing", "a/n.md:1:1"},
		{"itself", "{{#include n.md}}\n", "include-cycle", "a/n.md:1:1"},
		{"lines that are not there", "{{#include c.txt:7:9}}\n", "include-range", "a/n.md:1:1"},
		{"lines that are partly there", "{{#include c.txt:1:9}}\n", "include-range", "a/n.md:1:1"},
		{"line 0", "{{#include c.txt:0:1}}\n", "include-range", "a/n.md:1:1"},
		{"the wrong way round", "{{#include c.txt:2:1}}\n", "include-range", "a/n.md:1:1"},
		{"no such anchor", "{{#include c.txt:nothing}}\n", "include-range", "a/n.md:1:1"},
		{"doubled for ever", "{{#include d0.txt}}\n", "include-too-large", "a/d9.txt:1:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := files("a/n.md", tt.note, "a/bin.dat", "x\x00y", "a/c.txt", "1\n2\n3\n4\n5\n6\n",
				"a/large.txt", strings.Repeat("x\n", 3<<20), ".git/config", "secret", "a/readme.md", "# A\n")
			for i := range 12 {
				next := fmt.Sprintf("{{#include d%d.txt}}\n", i+1)
				fsys[fmt.Sprintf("a/d%d.txt", i)] = &fstest.MapFile{Data: []byte(next + next + next)}
			}
			fsys["a/d12.txt"] = &fstest.MapFile{Data: []byte(strings.Repeat("x", 100))}
			got, seen := outlineOf(t, fsys, "a/n.md")
			if strings.Contains(got, "secret") || len(got) > 10<<20 {
				t.Errorf("too much is included: %.100s", got)
			}
			if !strings.Contains(tt.note, "<!--") && !strings.Contains(got, "{{#include") && tt.name != "lines that are partly there" {
				t.Errorf("the directive is gone: %s", got)
			}
			if len(seen) == 0 || string(seen[0].Code) != tt.code || tt.code != "include-too-large" && (len(seen) != 1 || seen[0].Pos.String() != tt.at) {
				t.Errorf("reports %v", seen)
			}
		})
	}
}

// TestIncludesInACircle: each file is printed once, and each directive that closes the circle is named.
func TestIncludesInACircle(t *testing.T) {
	book, seen := load(t, files("a/b.md", "Bee {{#include n.md}}\n", "a/n.md", "En {{#include b.md}}\n", "a/readme.md", "# A\n"), notes.Options{})
	var got []string
	for _, d := range seen {
		got = append(got, fmt.Sprintf("%s %v", d.Code, d.Pos))
	}
	if s := strings.Join(got, ", "); s != "include-cycle a/b.md:1:5, include-cycle a/n.md:1:4" {
		t.Errorf("reports %s", s)
	}
	if outline(book) != "B" || !strings.Contains(tree.Words(book), "Bee En {{#include b.md}}") {
		t.Errorf("got the talks %s: %s", outline(book), tree.Words(book))
	}
}

// TestLinksOfIncludedText: links and images of included text are seen from its own file, else from the one that it is in.
func TestLinksOfIncludedText(t *testing.T) {
	book, seen := load(t, files(
		"README.md", "# Book\n\nSee [the part](sub/part.md) and [its heading](a/n.md#inside).\n",
		"a/n.md", "{{#include ../sub/part.md}}\n\n[up](#inside)\n",
		"a/own.md", "x", "a/pic.png", "x", "sub/near.png", "x",
		"sub/part.md", "## Inside\n\n[near](other.md) [far](own.md) [self](#inside)\n\n![near](near.png)\n\n![far](pic.png)\n", "sub/other.md", "y",
	), notes.Options{})
	checkLinks(t, book)
	var got []string
	for n := range tree.All(book) {
		switch n := n.(type) {
		case *tree.Link:
			got = append(got, tree.PlainText(n.Text)+"→"+n.Target)
		case *tree.Image:
			got = append(got, n.Path)
		}
	}
	want := "the part→a-n its heading→a-n--inside near→sub-other far→a-own self→a-n--inside sub/near.png a/pic.png up→a-n--inside"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if len(seen) > 0 {
		t.Errorf("reports %v", seen)
	}
	if strings.Count(tree.Words(book), "Inside") != 1 {
		t.Errorf("the included file is printed apart as well: %s", tree.Words(book))
	}
}
