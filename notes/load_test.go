package notes_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// folderOf makes a folder of the files of an archive.
func folderOf(t testing.TB, ar *txtar.Archive) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range ar.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

// files makes a folder of names and texts.
func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func load(t testing.TB, fsys fs.FS, opt notes.Options) (*tree.Book, diag.List) {
	t.Helper()
	var seen diag.Collector
	book, err := notes.Load(context.Background(), fsys, opt, seen.Report)
	if err != nil {
		t.Fatal(err)
	}
	return book, seen.List()
}

// TestGoldenFolders loads the folders in testdata/*.txtar and compares structure, tree and reports with a golden file. It
// also holds for each that ids are unique, that links lead somewhere, and that the number of workers changes nothing.
func TestGoldenFolders(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := folderOf(t, ar)
			book, seen := load(t, fsys, notes.Options{Name: "my-notes"})
			entries, err := notes.Structure(context.Background(), fsys, notes.Options{Name: "my-notes"}, func(diag.Diagnostic) {})
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, e := range entries {
				fmt.Fprintf(&b, "%s%s %s #%s %q: %s\n", strings.Repeat("  ", e.Depth), e.Kind, e.Path, e.ID, e.Title, e.Reason)
			}
			b.WriteString("\n" + treetest.DumpBook(book) + "\n")
			for _, d := range seen {
				fmt.Fprintf(&b, "%v: %v: %s (%s) %v\n", d.Pos, d.Severity, d.Message, d.Code, d.Hints)
			}
			golden.Check(t, strings.TrimSuffix(name, ".txtar")+".golden", []byte(b.String()))
			checkIDs(t, book)
			again, _ := load(t, fsys, notes.Options{Name: "my-notes", Workers: 1})
			if treetest.DumpBook(again) != treetest.DumpBook(book) {
				t.Error("one worker gives another tree")
			}
		})
	}
}

// checkIDs holds that ids are valid, that none is given twice, and that every target is one of them.
func checkIDs(t *testing.T, book *tree.Book) {
	t.Helper()
	ids := map[string]bool{}
	add := func(id string, n tree.Node) {
		switch {
		case id == "" || id[0] < 'a' || id[0] > 'z' || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
			t.Errorf("%T at %v has the id %q", n, n.Pos(), id)
		case ids[id]:
			t.Errorf("%T at %v has the id %q of another", n, n.Pos(), id)
		}
		ids[id] = true
	}
	for n := range tree.All(book) {
		switch n := n.(type) {
		case *tree.Event:
			add(n.ID, n)
		case *tree.Section:
			add(n.ID, n)
		case *tree.Talk:
			add(n.ID, n)
		case *tree.Chapter:
			add(n.ID, n)
		case *tree.Heading:
			add(n.ID, n)
		case *tree.Footnote:
			add(n.ID, n)
		case *tree.Span:
			if n.ID != "" {
				add(n.ID, n)
			}
		}
	}
	for n := range tree.All(book) {
		switch n := n.(type) {
		case *tree.Link:
			if n.Target != "" && !ids[n.Target] {
				t.Errorf("link at %v leads to %q, which is nowhere", n.Src, n.Target)
			}
		case *tree.FootnoteRef:
			if !ids[n.Target] {
				t.Errorf("reference at %v leads to %q, which is nowhere", n.Src, n.Target)
			}
		}
	}
}

// order lists the paths of talks and chapters in reading order.
func order(book *tree.Book) string {
	var out []string
	for _, c := range book.Front {
		out = append(out, "<"+c.Path)
	}
	for t := range book.AllTalks() {
		out = append(out, t.Path)
	}
	for _, c := range book.Back {
		out = append(out, ">"+c.Path)
	}
	return strings.Join(out, " ")
}

func TestOrder(t *testing.T) {
	tests := []struct {
		name string
		fsys fstest.MapFS
		want string
	}{
		{"natural names", files("a/10-z.md", "", "a/9-y.md", "", "a/1_x.md", "", "a/B.md", "", "a/a.md", ""),
			"a/1_x.md a/9-y.md a/10-z.md a/a.md a/B.md"},
		{"dates and times before weights before names", files(
			"e/d.md", "---\ndate: 2012-07-02\nstart: 14:00\n---\n", "e/c.md", "---\ndate: 2012-07-02\nstart: 9:30\n---\n",
			"e/b.md", "---\ndate: 2012-07-01\n---\n", "e/a.md", "---\nweight: 2\n---\n", "e/z.md", "---\nweight: 1\n---\n", "e/m.md", "x"),
			"e/b.md e/c.md e/d.md e/z.md e/a.md e/m.md"},
		{"events by date", files("a/README.md", "---\nstart: 2013-01-01\n---\n", "a/x.md", "x", "b/README.md", "---\nstart: 2012-01-01\n---\n", "b/y.md", "y"),
			"b/y.md a/x.md"},
		{"events by the dates of their talks", files("a/x.md", "---\ndate: 2013-01-01\n---\n", "b/y.md", "---\ndate: 2012-01-01\n---\n"), "b/y.md a/x.md"},
		{"talks before others before exhibitors", files("e/exhibitors/a.md", "", "e/lunch/b.md", "", "e/talks/c.md", "", "e/d.md", "", "f/x.md", ""),
			"e/d.md e/talks/c.md e/lunch/b.md e/exhibitors/a.md f/x.md"},
		{"front and back matter", files("README.md", "x", "b.md", "x", "a.md", "---\nmatter: back\n---\nx", "preface.md", "x", "e/t.md", "x"),
			"<README.md <b.md <preface.md e/t.md >a.md"},
		{"book.yaml's lists", files("book.yaml", "order: [b, a/2.md]\nfront: [z.md]\nback: [README.md]\n", "README.md", "x", "z.md", "x", "y.md", "x",
			"a/1.md", "", "a/2.md", "", "b/3.md", ""), "<z.md <y.md b/3.md a/2.md a/1.md >README.md"},
		{"order by name", files("book.yaml", "order: name\n", "e/b.md", "---\ndate: 2012-01-01\n---\n", "e/a.md", "---\ndate: 2013-01-01\n---\n"), "e/a.md e/b.md"},
		{"SUMMARY.md", files("SUMMARY.md", "# Summary\n\n- [C](c.md)\n- [A](a.md)\n", "a.md", "x", "b.md", "x", "c.md", "x"), "c.md a.md >b.md"},
		{"drafts and what is ignored", files("book.yaml", "ignore: ['x*', e/skip]\n", "e/a.md", "", "e/xa.md", "", "e/skip/b.md", "", "e/d.md", "---\ndraft: true\n---\n",
			".git/c.md", "", "node_modules/d.md", "", "f/README.md", "---\ndraft: yes\n---\n", "f/g.md", ""), "e/a.md"},
		{"ignore file", files(".evbookignore", "# comment\n\nb.md\n", "a.md", "x", "b.md", "x"), "a.md"},
		{"files only", files("b.md", "x", "a.md", "x"), "a.md b.md"},
		{"deep folders", files("a/b/c/d/e.md", "x", "a/b/f.md", "y"), "a/b/f.md a/b/c/d/e.md"},
		{"a folder for each year", files("2013/e/README.md", "---\nstart: 2013-02-01\n---\n", "2013/e/t.md", "x", "2012/e/README.md", "---\nstart: 2012-02-01\n---\n", "2012/e/t.md", "x"),
			"2012/e/t.md 2013/e/t.md"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, _ := load(t, tt.fsys, notes.Options{})
			if got := order(book); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
			checkIDs(t, book)
		})
	}
}

// TestReports plants one fault each in otherwise clean notes and expects exactly that report, at that place.
func TestReports(t *testing.T) {
	talk := func(header string) fstest.MapFS {
		return files("e/README.md", "---\nstart: 2012-07-01\nend: 2012-07-03\n---\nIntro.\n", "e/t.md", "---\ntitle: T\n"+header+"\n---\nText.\n")
	}
	text := func(body string) fstest.MapFS {
		return files("e/a.md", "# A\n\n"+body+"\n", "e/b.md", "# B\n\n## One part\n\nText.\n", "pics/dot.png", "x", "e/doc.pdf", "x")
	}
	config := func(s string) fstest.MapFS { return files("book.yaml", s+"\n", "a.md", "# A\n\nText.\n") }
	tests := []struct {
		name string
		fsys fstest.MapFS
		code string
		at   string
		hint string // part of the hint
	}{
		{"no day", talk("date: 2012-02-30"), "date-invalid", "e/t.md:3:7", "2012-07-20"},
		{"doubtful day", talk("date: 01/02/2012"), "date-invalid", "e/t.md:3:7", "2012-07-20"},
		{"day outside the event", talk("date: 2012-07-04"), "date-outside-event", "e/t.md:3:7", "held-at"},
		{"no time", talk("start: 25:00"), "time-invalid", "e/t.md:3:8", "09:30"},
		{"placeholder", talk("slides: tbd"), "placeholder", "e/t.md:3:9", ""},
		{"placeholder for a day", talk("date: TBA"), "placeholder", "e/t.md:3:7", ""},
		{"no scheme", talk("video: www.example.org/v"), "url-without-scheme", "e/t.md:3:8", "http://www.example.org/v"},
		{"no address", talk("slides: talk.pdf"), "url-without-scheme", "e/t.md:3:9", ""},
		{"key twice", talk("track: a\ntrack: b"), "key-duplicate", "e/t.md:4:1", ""},
		{"key misspelt", talk("speeker: Ann Lee"), "key-misspelt", "e/t.md:3:1", "speaker"},
		{"key of another program", talk("layout: post"), "key-unused", "e/t.md:3:1", ""},
		{"list for a text", talk("track: [a, b]"), "value-type", "e/t.md:3:8", ""},
		{"mapping for a list", talk("tags: {a: b}"), "value-type", "e/t.md:3:8", ""},
		{"text for a number", talk("weight: heavy"), "value-type", "e/t.md:3:9", ""},
		{"text for a truth value", talk("draft: perhaps"), "value-type", "e/t.md:3:8", ""},
		{"person without name", talk("speakers:\n  - role: author"), "value-type", "e/t.md:4:5", "name"},
		{"unknown role", talk("speakers:\n  - {name: A, role: writr}"), "role-unknown", "e/t.md:4:21", ""},
		{"no language", talk("language: englisch-oder-so"), "language-invalid", "e/t.md:3:11", "pt-BR"},
		{"no matter", talk("matter: middle"), "value-unknown", "e/t.md:3:9", ""},
		{"unquoted colon", talk("track: a: b"), "front-matter-syntax", "e/t.md:3:8", "quotes"},
		{"no end of the front matter", files("a.md", "---\ntitle: A\n\nText\n"), "front-matter-syntax", "a.md:1:1", "---"},
		{"broken TOML", files("a.md", "+++\ntitle = A\n+++\nText\n"), "front-matter-syntax", "a.md:2:9", ""},
		{"event ends before it starts", files("e/README.md", "---\nstart: 2012-07-03\nend: 2012-07-01\n---\nx\n", "e/t.md", "x"), "date-invalid", "e/README.md:3:6", ""},
		{"unknown kind of section", files("e/s/README.md", "---\nkind: nice\n---\nx\n", "e/s/t.md", "x"), "value-unknown", "e/s/README.md:2:7", ""},
		{"link to nothing", text("see [b](bb.md) there"), "link-unresolved", "e/a.md:3:5", "b.md"},
		{"link to another folder", text("see [b](../f/b.md)"), "link-unresolved", "e/a.md:3:5", "b.md"},
		{"link to no heading", text("see [b](b.md#one-prt)"), "anchor-unresolved", "e/a.md:3:5", "one-part"},
		{"link to no heading here", text("see [b](#none)"), "anchor-unresolved", "e/a.md:3:5", ""},
		{"link to a file", text("see [b](doc.pdf)"), "link-outside-book", "e/a.md:3:5", ""},
		{"link out of the folder", text("see [b](../../x.md)"), "link-outside-book", "e/a.md:3:5", ""},
		{"link without address", text("see [b]()"), "link-empty", "e/a.md:3:5", ""},
		{"link to a script", text("see [b](javascript:x)"), "link-scheme", "e/a.md:3:5", ""},
		{"link without scheme", text("see [b](www.example.org/x)"), "url-without-scheme", "e/a.md:3:5", "http://"},
		{"image missing", text("![d](../pics/dott.png)"), "image-missing", "e/a.md:3:1", "../pics/dot.png"},
		{"image on the web", text("![d](https://example.org/d.png)"), "image-remote", "e/a.md:3:1", ""},
		{"image without words", text("![](../pics/dot.png)"), "image-alt-missing", "e/a.md:3:1", ""},
		{"wiki link to nothing", text("see [[Nothing]]"), "wiki-link-unresolved", "e/a.md:3:5", ""},
		{"id twice", text("## B {#x}\n\nb\n\n## C {#x}\n\nc"), "id-duplicate", "e/a.md:7:1", ""},
		{"unknown key", config("tilte: A"), "key-unknown", "book.yaml:1:1", "title"},
		{"unknown order", config("order: size"), "value-unknown", "book.yaml:1:8", ""},
		{"order of nothing", config("order: [a.md, nothing]"), "order-unmatched", "book.yaml:1:15", ""},
		{"cover missing", config("title: A\ncover: c.png"), "image-missing", "book.yaml:2:8", ""},
		{"wrong ISBN", config("isbn: 978-3-16-148410-1"), "value-unknown", "book.yaml:1:7", ""},
		{"broken book.yaml", config("title: A: b"), "front-matter-syntax", "book.yaml:1:8", "quotes"},
		{"empty file", files("a.md", "", "b.md", "x"), "file-empty", "a.md:1:1", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, seen := load(t, tt.fsys, notes.Options{})
			if len(seen) != 1 {
				t.Fatalf("got %d reports, want 1: %+v", len(seen), seen)
			}
			d := seen[0]
			if string(d.Code) != tt.code || d.Pos.String() != tt.at || !strings.Contains(strings.Join(d.Hints, " "), tt.hint) {
				t.Errorf("got %s at %v %q, want %s at %s %q", d.Code, d.Pos, d.Hints, tt.code, tt.at, tt.hint)
			}
		})
	}
}

func TestWhatStopsTheWork(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ignore := func(diag.Diagnostic) {}
	if _, err := notes.Load(ctx, files("a.md", "x"), notes.Options{}, ignore); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gives %v", err)
	}
	for name, fsys := range map[string]fs.FS{"empty": fstest.MapFS{}, "no notes": files("a.txt", "x"), "drafts only": files("a.md", "---\ndraft: true\n---\n")} {
		if _, err := notes.Load(context.Background(), fsys, notes.Options{}, ignore); !errors.Is(err, notes.ErrNoNotes) {
			t.Errorf("%s: got error %v, want ErrNoNotes", name, err)
		}
	}
	if _, err := notes.LoadFile(context.Background(), files("a.md", "x"), "b.md", notes.Options{}, ignore); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestTitles(t *testing.T) {
	tests := []struct {
		name string
		fsys fstest.MapFS
		want string // book | first part | first talk
	}{
		{"book.yaml", files("book.yaml", "title: \"It's a book\"\n", "e/t.md", "# T\n"), "It’s a book|E|T"},
		{"the opening page", files("README.md", "# My notes\n\nx\n", "my-event/01-first_talk.md", "x"), "My notes|My event|First talk"},
		{"the folder", files("a.md", "x", "b.md", "y"), "The folder|The folder|A"},
		{"an event alone", files("README.md", "---\ntitle: Conf\nstart: 2012-01-01\n---\nx\n", "talks/t.md", "---\ntitle: \"A \\\"quoted\\\" `title`\"\n---\n"), "Conf|Conf|A “quoted” title"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, _ := load(t, tt.fsys, notes.Options{Name: "the-folder"})
			got := book.Meta.Title + "|" + tree.PlainText(book.Events[0].Title)
			for talk := range book.AllTalks() {
				got += "|" + tree.PlainText(talk.Title)
				break
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLoadFile(t *testing.T) {
	fsys := files("dir/a.md", "---\nauthor: Ann Lee\nlang: de\ndraft: true\n---\n# Ein \"Titel\"\n\n![p](p.png)\n", "dir/p.png", "x")
	var seen diag.Collector
	book, err := notes.LoadFile(context.Background(), fsys, "dir/a.md", notes.Options{}, seen.Report)
	if err != nil {
		t.Fatal(err)
	}
	talk := book.Events[0].Sections[0].Talks[0]
	if book.Meta.Title != "Ein „Titel“" || book.Meta.Language != "de" || book.Meta.Creators[0].Sort != "Lee, Ann" || talk.Language != "" {
		t.Errorf("got %+v, talk language %q", book.Meta, talk.Language)
	}
	fig, ok := talk.Body[0].(*tree.Figure)
	if !ok || fig.Image.Path != "dir/p.png" {
		t.Errorf("got body %s", treetest.Dump(talk.Body[0]))
	}
	if !book.Events[0].Implied || len(seen.List()) > 0 {
		t.Errorf("implied %v, reports %v", book.Events[0].Implied, seen.List())
	}
}

func TestIdentifierIsStable(t *testing.T) {
	one, _ := load(t, files("book.yaml", "title: A\n", "a.md", "x"), notes.Options{})
	two, _ := load(t, files("book.yaml", "title: A\n", "b/c.md", "y"), notes.Options{})
	three, _ := load(t, files("book.yaml", "title: B\n", "a.md", "x"), notes.Options{})
	if one.Meta.Identifier != two.Meta.Identifier || one.Meta.Identifier == three.Meta.Identifier || !strings.HasPrefix(one.Meta.Identifier, "urn:uuid:") {
		t.Errorf("got %s, %s, %s", one.Meta.Identifier, two.Meta.Identifier, three.Meta.Identifier)
	}
}

func BenchmarkLoadBundled(b *testing.B) {
	for b.Loop() {
		if _, err := notes.Load(context.Background(), notes.Bundled(), notes.Options{}, func(diag.Diagnostic) {}); err != nil {
			b.Fatal(err)
		}
	}
}
