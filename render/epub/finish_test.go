package epub

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/xhtml"
)

// planned returns a publication whose pages are written, and the library's container of it.
func planned(t *testing.T) (*publication, []byte) {
	t.Helper()
	p, err := newPublication(&render.Job{Book: treetest.Every(), Time: time.Unix(1363521600, 0), Report: func(diag.Diagnostic) {}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.writePages(context.Background()); err != nil {
		t.Fatal(err)
	}
	packed, err := p.assemble(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return p, packed
}

// repack changes the files of a container.
func repack(t *testing.T, packed []byte, change func(archive)) []byte {
	t.Helper()
	files, err := readArchive(packed)
	if err != nil {
		t.Fatal(err)
	}
	change(files)
	var b bytes.Buffer
	if err := writeArchive(&b, files, time.Time{}, true); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What the library loses, changes or adds without an error does not pass.
func TestFinishChecksTheContainer(t *testing.T) {
	p, packed := planned(t)
	if _, err := p.finish(packed); err != nil {
		t.Fatalf("a sound container: %v", err)
	}
	for _, tt := range []struct {
		name   string
		change func(archive)
		want   string
	}{
		{"a page is missing", func(a archive) { delete(a, "EPUB/xhtml/conf-talk.xhtml") }, "xhtml/conf-talk.xhtml is missing"},
		{"a page is cut off", func(a archive) {
			a["EPUB/xhtml/conf.xhtml"] = a["EPUB/xhtml/conf.xhtml"][:300]
		}, "conf.xhtml came back changed"},
		{"a style sheet is changed", func(a archive) { a["EPUB/css/book.css"] = nil }, "css/book.css came back changed"},
		{"the package document is missing", func(a archive) { delete(a, "EPUB/package.opf") }, "package.opf is missing"},
		{"the media type is wrong", func(a archive) { a["mimetype"] = []byte("text/plain") }, "mimetype"},
		{"a stranger", func(a archive) { a["EPUB/x"] = nil }, "EPUB/x is in the container"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := p.finish(repack(t, packed, tt.change)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	if _, err := p.finish(packed[:len(packed)/2]); err == nil {
		t.Error("half a container passes")
	}
}

// Faults of our own pages do not pass either.
func TestFinishChecksThePages(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"dangling file", `<a href="none.xhtml">x</a>`, "leads to no file"},
		{"dangling place", `<a href="#none">x</a>`, "leads to no place"},
		{"id twice", `<p id="a"/><p id="a"/>`, `id "a" twice`},
		{"attribute twice", `<p class="a" class="b"/>`, "attribute class twice"},
		{"not well-formed", `<p>`, "not well-formed"},
		{"named entity", `<p>&nbsp;</p>`, "not well-formed"},
		{"unclean address", `<a href="https://example.org/a b">x</a>`, "not clean"},
		{"picture from the web", `<img src="x.png" alt=""/>`, "leads to no file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := planned(t)
			p.docs[1].body = xhtml.Fragment(tt.body)
			packed, err := p.assemble(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.finish(packed); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestProperties(t *testing.T) {
	for _, tt := range []struct{ doc, want string }{
		{`<html xmlns="http://www.w3.org/1999/xhtml"><p title="&lt;svg&gt;">svg math</p></html>`, ""},
		{`<html xmlns="http://www.w3.org/1999/xhtml"><s:svg xmlns:s="http://www.w3.org/2000/svg"/></html>`, "svg"},
		{`<html xmlns="http://www.w3.org/1999/xhtml"><math xmlns="http://www.w3.org/1998/Math/MathML"><mi/></math></html>`, "mathml"},
	} {
		got, err := inspectXML("x", []byte(tt.doc))
		if err != nil || strings.Join(got.props, " ") != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.doc, got.props, err, tt.want)
		}
	}
	for _, doc := range []string{``, `<a/>`, `<a xmlns="x"/><b xmlns="x"/>`, `<a xmlns="x"/>text`, `<a xmlns="x">`} {
		if _, err := inspectXML("x", []byte(doc)); err == nil {
			t.Errorf("%q passes", doc)
		}
	}
}

func TestCancelledWhileAssembling(t *testing.T) {
	p, _ := planned(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.assemble(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSortName(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"Ada Lovelace", "Lovelace, Ada"}, {"Ludwig van Beethoven", "van Beethoven, Ludwig"}, {"Plato", "Plato"}, {"", ""},
		{"The evbook authors", "evbook authors, The"}, {"Łukasz Langa", "Langa, Łukasz"}, {"Python core developers", "Python core developers"},
	} {
		if got := sortName(tree.Person{Name: tt.name}); got != tt.want {
			t.Errorf("sortName(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := sortName(tree.Person{Name: "A B", Sort: "given"}); got != "given" {
		t.Errorf("got %q", got)
	}
}

func TestPosition(t *testing.T) {
	for in, want := range map[string]string{"1": "1", "2.10.3": "2.10.3", "": "", "two": "", "1.": "", "-1": ""} {
		if got := position(in); got != want {
			t.Errorf("position(%q) = %q, want %q", in, got, want)
		}
	}
}
