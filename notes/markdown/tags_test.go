package markdown_test

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

func TestTags(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"in text and at its ends", "#go is like #c-lang, and #languages/c_99.\nor #größe!", "go c-lang languages/c_99 größe"},
		{"once", "#Go #go #GO", "Go"},
		{"in lists, tables and emphasis", "- a #one\n- *b #two* c\n\n| a #three |\n|---|\n", "one two three"},
		{"numbers", "#123 and #2024 but #y2024", "y2024"},
		{"colours", "#ff0000 #a1b #face", "face"},
		{"directives", "#include <x> and #define", ""},
		{"inside words", "C# a#b issue/#x [#x] #x#y #x(y)", ""},
		{"in brackets", "about #one (#two) and (see #three)", "one two three"},
		{"escaped", `\#x`, ""},
		{"in code and links", "`#x` [see #y](z.md) https://example.org/ #z", "z"},
		{"in a fence", "```\n#x\n```\n", ""},
		{"headings are none", "# a #b\n", "b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, _ := parse(t, tt.in, markdown.Options{Title: "\x00"})
			var got []string
			for _, tag := range doc.Tags {
				got = append(got, tag.Name)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
	doc, _ := parse(t, "x\n\na #b", markdown.Options{})
	if doc.Tags[0].Src.String() != "a.md:3:3" || tree.Words(doc.Body[1]) != "a #b" {
		t.Errorf("got %v and %q", doc.Tags, tree.Words(doc.Body[1]))
	}
}
