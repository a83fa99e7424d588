package notes_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// mixedFolder makes a folder of text in which each line "-- name --" begins a file; names that are no paths are left out.
func mixedFolder(text string) fstest.MapFS {
	fsys := fstest.MapFS{}
	var file *fstest.MapFile
	for line := range strings.Lines(text) {
		name, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "-- ")
		name, end := strings.CutSuffix(name, " --")
		if !ok || !end {
			if file != nil {
				file.Data = append(file.Data, line...)
			}
			continue
		}
		file = &fstest.MapFile{}
		if fs.ValidPath(name) && name != "." && len(fsys) < 12 {
			fsys[name] = file
		}
	}
	return fsys
}

// checkLoad loads a folder and checks what must hold for any: no panic, a book or ErrNoNotes, ids that are unique, links
// that lead to one of them, reports with places in files that exist, and the same result again.
func checkLoad(t *testing.T, fsys fstest.MapFS) {
	t.Helper()
	read := func() (*tree.Book, diag.List, error) {
		var seen diag.Collector
		book, err := notes.Load(context.Background(), fsys, notes.Options{Name: "x", Workers: 2}, seen.Report)
		return book, seen.List(), err
	}
	book, seen, err := read()
	for _, d := range seen {
		checkReport(t, fsys, d)
	}
	if err != nil {
		if !errors.Is(err, notes.ErrNoNotes) {
			t.Errorf("the folder does not load: %v", err)
		}
		return
	}
	checkLinks(t, book)
	again, reports, _ := read()
	if tree.Words(again) != tree.Words(book) || len(reports) != len(seen) {
		t.Error("the same folder gives another book")
	}
	for _, b := range notes.Split(book) {
		checkLinks(t, b)
	}
}

func checkReport(t *testing.T, fsys fs.FS, d diag.Diagnostic) {
	t.Helper()
	if d.Code == "" || d.Message == "" || !utf8.ValidString(d.Message) {
		t.Errorf("%+v says nothing", d)
	}
	if d.Pos.Line == 0 {
		return
	}
	data, err := fs.ReadFile(fsys, d.Pos.File)
	if err != nil {
		t.Errorf("%+v stands in no file: %v", d, err)
		return
	}
	text := strings.ReplaceAll(strings.ReplaceAll(string(data), "\r\n", "\n"), "\r", "\n")
	if lines := strings.Count(text, "\n") + 1; d.Pos.Line > lines {
		t.Errorf("%+v stands behind the end of its file", d)
	}
}

// folderSeeds are folders that between them hold everything that the loader knows.
func folderSeeds(t testing.TB) []string {
	var out []string
	for _, name := range []string{"anyfolder", "conference"} {
		data, err := os.ReadFile("testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	return append(out,
		"-- SUMMARY.md --\n# S\n\n[Pre](pre.md)\n\n# Part\n\n- [A](a.md)\n  - [B](b/c.md)\n- [Draft]()\n\n---\n\n[Post](post.md)\n-- a.md --\n# A\n[x](b/c.md#d)\n-- b/c.md --\n## D\n-- pre.md --\nx\n-- post.md --\ny\n-- z/rest.md --\nz\n",
		"-- book.yaml --\ntitle: T\nspeakers:\n  - name: Ann Lee\n    aliases: [A. Lee]\n    url: https://example.org\n-- e/README.md --\n---\nstart: 2012-01-01\n---\n-- e/talks/a.md --\n---\nspeakers: A. Lee and Bo Ek\n---\n#tag [[b]] $x$\n-- e/talks/b.md --\n---\nspeaker: Bo Eck\n---\n{{#include a.md}}\n## Empty\n## Next\n",
		"-- a.md --\n{{#include b.md:x}} {{#include b.md}}\n<!-- include: b.md -->\n-- b.md --\n# B {#x}\nANCHOR: x\n[a](a.md#x) [^n]\n\n[^n]: N\nANCHOR_END: x\n{{#include a.md}}\n",
		"-- a.md --\n# A\n## A\n## A\n<a id=\"a\"></a> [x](#a) [y](#a-1) [[#A]] ![p](p.png) <img src=p.png id=a>\n[^1] [^1]\n\n[^1]: x\n-- p.png --\nx\n",
	)
}

// FuzzLoad loads folders in the form of mixedFolder.
func FuzzLoad(f *testing.F) {
	for _, s := range folderSeeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, archive string) {
		if len(archive) > 1<<14 {
			t.Skip()
		}
		checkLoad(t, mixedFolder(archive))
	})
}

// TestMixedFolders holds what checkLoad checks for folders whose files are mixtures of lines of the seeds.
func TestMixedFolders(t *testing.T) {
	var lines []string
	for _, s := range folderSeeds(t) {
		lines = append(lines, strings.SplitAfter(s, "\n")...)
	}
	names := []string{"a.md", "b.md", "README.md", "book.yaml", "SUMMARY.md", "e/README.md", "e/a.md", "e/talks/b.md", "e/x/y/z.md", "f/a.md", "c.txt"}
	heads := []string{"", "", "---\ntitle: A\n---\n", "---\nspeaker: Ann Lee\ndate: 2012-01-01\n---\n", "---\nstart: 2012-01-01\n---\n"}
	count := 300
	if testing.Short() {
		count = 60
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	for range count {
		var archive strings.Builder
		for range 1 + rnd.IntN(6) {
			archive.WriteString("-- " + names[rnd.IntN(len(names))] + " --\n" + heads[rnd.IntN(len(heads))])
			for range rnd.IntN(12) {
				if l := lines[rnd.IntN(len(lines))]; !strings.HasPrefix(l, "-- ") {
					archive.WriteString(l)
				}
			}
		}
		checkLoad(t, mixedFolder(archive.String()))
		if t.Failed() {
			t.Fatalf("with the folder\n%s", archive.String())
		}
	}
}
