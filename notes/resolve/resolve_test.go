package resolve

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

func TestID(t *testing.T) {
	tests := []struct{ path, want string }{
		{"oscon-2012/talks/01 Vim.md", "oscon-2012-talks-01-vim"},
		{"2012/README.md", "n2012-readme"},
		{".", "notes"},
		{"", "notes"},
		{"a//b__c.MD", "a-b-c"},
		{"Łukasz & Ærø/straße.md", "lukasz-aero-strasse"},
		{"ПРИВЕТ.md", "privet"},
		{"v1.2.md", "v1-2"},
	}
	for _, tt := range tests {
		if got := ID(tt.path); got != tt.want {
			t.Errorf("ID(%q) = %q, want %q", tt.path, got, tt.want)
		}
	}
	a, b := ID("日本.md"), ID("中国.md")
	if a == b || strings.Trim(a, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || a[0] != 'n' && (a[0] < 'a' || a[0] > 'z') {
		t.Errorf("scripts without a Latin form give %q and %q", a, b)
	}
	for _, p := range []string{"日本.md", "é", "-", "...", "?", "9"} {
		if id := ID(p); id == "" || id[0] < 'a' || id[0] > 'z' || strings.Contains(id, "--") || strings.HasSuffix(id, "-") {
			t.Errorf("ID(%q) = %q", p, id)
		}
	}
}

// book makes a book of talks with the given paths.
func book(paths ...string) *tree.Book {
	s := &tree.Section{Path: "e", Kind: tree.Talks}
	for _, p := range paths {
		s.Talks = append(s.Talks, &tree.Talk{Path: p, At: tree.At{Src: diag.Pos{File: p, Line: 1}}})
	}
	return &tree.Book{Events: []*tree.Event{{Path: "e", Sections: []*tree.Section{s}}}}
}

func TestEqualIDsDoNotDependOnOrder(t *testing.T) {
	ids := func(paths ...string) map[string]string {
		b := book(paths...)
		Resolve(b, Options{}, func(diag.Diagnostic) {})
		out := map[string]string{}
		for _, talk := range b.Events[0].Sections[0].Talks {
			out[talk.Path] = talk.ID
		}
		return out
	}
	one, two := ids("e/a b.md", "e/a-b.md"), ids("e/a-b.md", "e/a b.md")
	if one["e/a b.md"] == one["e/a-b.md"] {
		t.Errorf("two talks have the id %q", one["e/a b.md"])
	}
	for p, id := range one {
		if two[p] != id {
			t.Errorf("%s has the id %q or %q, as its neighbours stand", p, id, two[p])
		}
	}
}

func TestFind(t *testing.T) {
	b := book("e/a.md", "e/sub dir/b.md", "e/C.md", "e/x/README.md")
	b.Events[0].Sections[0].Talks[0].Body = tree.Blocks{
		&tree.Heading{At: tree.At{Src: diag.Pos{File: "e/a.md", Line: 3}}, Level: 1, Text: tree.Inlines{&tree.Text{Text: "What’s new – in C++?"}}},
		&tree.Heading{At: tree.At{Src: diag.Pos{File: "e/a.md", Line: 5}}, Level: 1, ID: "Own_ID", Text: tree.Inlines{&tree.Text{Text: "Own"}}},
	}
	r := &resolver{
		report: func(diag.Diagnostic) {}, targets: map[string]string{}, folded: map[string][]string{}, names: map[string][]string{},
		anchors: map[string]map[string]string{},
	}
	r.assignIDs(b)
	r.eachOwner(b, r.innerIDs)
	tests := []struct{ from, dest, want string }{
		{"e/a.md", "C.md", "e-c"},
		{"e/a.md", "c.md", "e-c"},
		{"e/a.md", "./C", "e-c"},
		{"e/a.md", "C.html#x", "e-c"},
		{"e/a.md", "C.html", "e-c"},
		{"e/a.md", "sub%20dir/b.md", "e-sub-dir-b"},
		{"e/a.md", "sub dir/b", "e-sub-dir-b"},
		{"e/sub dir/b.md", "../a.md", "e-a"},
		{"e/sub dir/b.md", "/e/a.md?plain=1", "e-a"},
		{"e/sub dir/b.md", "..", "e"},
		{"e/sub dir/b.md", "../", "e"},
		{"e/sub dir/b.md", "../README.md", "e"},
		{"e/a.md", "x/", "e-x-readme"},
		{"e/C.md", "a.md#own_id", "e-a--own-id"},
		{"e/C.md", "a.md#Own_ID", "e-a--own-id"},
		{"e/a.md", "#whats-new----in-c", "e-a--whats-new-in-c"},
		{"e/a.md", "#whats-new--in-c", "e-a--whats-new-in-c"},
		{"e/a.md", "#", "e-a"},
		{"e/a.md", "#nothing", ""},
		{"e/a.md", "nothing.md", ""},
		{"e/a.md", "../../up.md", ""},
	}
	for _, tt := range tests {
		got, problem := r.find(tt.from, tt.dest)
		missing := tt.want == "" || strings.HasSuffix(tt.dest, "#x")
		if got != tt.want || (problem != nil) != missing {
			t.Errorf("from %s, %s leads to %q (%+v), want %q", tt.from, tt.dest, got, problem, tt.want)
		}
	}
}

func TestEscapeURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://x.org/a b?c=é&d=%20%zz": "https://x.org/a%20b?c=%C3%A9&d=%20%25zz",
		"https://x.org/~a_(b)#c":         "https://x.org/~a_(b)#c",
		`https://x.org/"<>`:              "https://x.org/%22%3C%3E",
		"mailto:a@b.c":                   "mailto:a@b.c",
	} {
		if got := escapeURL(in); got != want {
			t.Errorf("escapeURL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, tt := range []struct{ dir, to, want string }{
		{".", "a/b.md", "a/b.md"}, {"a", "a/b.md", "b.md"}, {"a/c", "a/b.md", "../b.md"}, {"x/y", "a/b.md", "../../a/b.md"}, {"a", "a", "../a"},
	} {
		if got := relative(tt.dir, tt.to); got != tt.want {
			t.Errorf("relative(%q, %q) = %q, want %q", tt.dir, tt.to, got, tt.want)
		}
	}
}

// TestEmbeds: pictures by their names wherever they lie, with a size or words after the bar; notes become links.
func TestEmbeds(t *testing.T) {
	tests := []struct{ target, label, want string }{
		{"dot.png", "dot.png", "image e/dot.png alt dot"},
		{"dot.png", "300", "image e/dot.png alt dot width 300"},
		{"dot.png", "300x200", "image e/dot.png alt dot width 300 height 200"},
		{"dot.png", "A dot", "image e/dot.png alt A dot"},
		{"far.png", "far.png", "image attachments/far.png alt far"},
		{"b", "b", "link e-b"},
		{"B#part", "x", "link e-b"},
	}
	for _, tt := range tests {
		b := book("e/a.md", "e/b.md")
		span := &tree.Span{Class: wikiEmbed, Attrs: map[string]string{"target": tt.target, "literal": "![[" + tt.target + "]]"}, Text: tree.Inlines{&tree.Text{Text: tt.label}}}
		talk := b.Events[0].Sections[0].Talks[0]
		talk.Body = tree.Blocks{&tree.Paragraph{Text: tree.Inlines{span}}}
		fsys := fstest.MapFS{"e/dot.png": {}, "attachments/far.png": {}}
		Resolve(b, Options{Files: fsys}, func(d diag.Diagnostic) { t.Errorf("%s: %v", tt.target, d) })
		got := ""
		switch n := talk.Body[0].(*tree.Paragraph).Text[0].(type) {
		case *tree.Image:
			got = "image " + n.Path + " alt " + n.Alt
			if n.Width != "" {
				got += " width " + n.Width
			}
			if n.Height != "" {
				got += " height " + n.Height
			}
		case *tree.Link:
			got = "link " + n.Target
		}
		if got != tt.want {
			t.Errorf("![[%s|%s]] gives %s, want %s", tt.target, tt.label, got, tt.want)
		}
	}
}
