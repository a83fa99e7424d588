package notes_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/tree"
)

// shape writes the structure of a book in one line: <front <, parts in square brackets, sections in round ones.
func shape(b *tree.Book) string {
	var out []string
	title := func(in tree.Inlines) string { return strings.ReplaceAll(tree.PlainText(in), " ", "_") }
	for _, c := range b.Front {
		out = append(out, "<"+title(c.Title))
	}
	var sections func([]*tree.Section) string
	sections = func(list []*tree.Section) string {
		var parts []string
		for _, s := range list {
			var inner []string
			for _, t := range s.Talks {
				inner = append(inner, title(t.Title))
			}
			if sub := sections(s.Sections); sub != "" {
				inner = append(inner, sub)
			}
			text := strings.Join(inner, " ")
			if len(s.Title) > 0 {
				text = title(s.Title) + "(" + text + ")"
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, " ")
	}
	for _, e := range b.Events {
		out = append(out, title(e.Title)+"["+sections(e.Sections)+"]")
	}
	for _, c := range b.Back {
		out = append(out, ">"+title(c.Title))
	}
	return strings.Join(out, " ")
}

func TestSummary(t *testing.T) {
	with := func(summary string, pairs ...string) fstest.MapFS {
		fsys := files("book.yaml", "title: B\n", "src/SUMMARY.md", summary)
		for _, n := range []string{"a", "b", "c", "d", "pre", "post"} {
			fsys["src/"+n+".md"] = &fstest.MapFile{Data: []byte("# " + strings.ToUpper(n) + "\n\nText of " + n + ".\n")}
		}
		maps.Copy(fsys, files(pairs...))
		return fsys
	}
	rest := " >A >B >C >D >POST >PRE"
	drop := func(names ...string) string {
		s := rest
		for _, n := range names {
			s = strings.Replace(s, " >"+n, "", 1)
		}
		return s
	}
	tests := []struct {
		name string
		fsys fstest.MapFS
		want string
	}{
		{"a list", with("# Summary\n\n- [B](b.md)\n- [A](./a.md)\n"), "B[B A]" + drop("A", "B")},
		{"before and after", with("# Summary\n\n[Pre](pre.md)\n\n- [A](a.md)\n\n-----\n\n[Post](post.md)\n"), "<PRE B[A]" + drop("PRE", "A") + ""},
		{"parts", with("# Summary\n\n- [Pre](pre.md)\n\n# One\n\n- [A](a.md)\n\n# Two *x*\n\n- [B](b.md)\n"), "<PRE One[A] Two_x[B]" + drop("PRE", "A", "B")},
		{"nested", with("# S\n\n* [D](d.md)\n* [A](a.md)\n  * [B](b.md)\n    * [C](c.md)\n* [Post](post.md)\n"), "B[D A(A B(B C)) POST]" + drop("A", "B", "C", "D", "POST")},
		{"mixed", with("# S\n\n* [A](a.md)\n  * [B](b.md)\n  * [C](c.md)\n    * [D](d.md)\n  * [Post](post.md)\n"), "B[A(A B C(C D) POST)]" + drop("A", "B", "C", "D", "POST")},
		{"titles without files", with("# S\n\n- Group\n  - [A](a.md)\n- [Draft]()\n- [Gone](gone.md)\n"), "B[Group(A)]" + drop("A")},
		{"the same file twice", with("# S\n\n- [A](a.md)\n- [A again](a.md#x)\n"), "B[A]" + drop("A")},
		{"a title from the list", with("# S\n\n- [The *e* file](e.md)\n", "src/e.md", "text\n"), "B[The_e_file]" + rest},
		{"other folders", with("# S\n\n- [A](a.md)\n", "src/x/y.md", "# Y\n\ny\n"), "B[A] X[Y]" + drop("A")},
		{"dates in folders", with("# S\n\n- [T](conf/t.md)\n- [A](a.md)\n", "src/conf/README.md", "---\ntitle: Conf\nstart: 2012-01-01\n---\n", "src/conf/t.md", "# T\n\nx\n"), "B[A B C D POST PRE Conf(T)]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, _ := load(t, tt.fsys, notes.Options{})
			want := tt.want
			if tt.name == "before and after" { // what the list puts at the end comes first of what stands there
				want = "<PRE B[A] >POST >B >C >D"
			}
			if got := shape(book); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			checkLinks(t, book)
		})
	}
}

// TestNestedFolders: folders nest as parts and sections to any depth, each with its opening page.
func TestNestedFolders(t *testing.T) {
	book, seen := load(t, files(
		"book.yaml", "title: B\n", "README.md", "Hello.\n",
		"one/README.md", "# One\n\nIntro one.\n", "one/a.md", "# A\n\na\n",
		"one/two/index.md", "# Two\n\nIntro two.\n", "one/two/b.md", "# B\n\nb\n",
		"one/two/three/four/five/c.md", "# C\n\nSee [two](../../../index.md) and [four](../).\n",
		"six/seven/d.md", "# D\n\nd\n",
	), notes.Options{})
	want := "<Introduction One[A Two(B Three(Four(Five(C))))] Six[Seven(D)]"
	if got := shape(book); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if text := tree.Words(book); !strings.Contains(text, "Intro one.") || !strings.Contains(text, "Intro two.") {
		t.Errorf("an opening page is missing: %s", text)
	}
	checkLinks(t, book)
	if len(seen) > 0 {
		t.Errorf("reports %v", fmt.Sprint(seen))
	}
}
