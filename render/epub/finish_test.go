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

// Faults of our own pages are reported, too.
func TestFaultsOfPagesAreReported(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"dangling file", `<a href="none.xhtml">x</a>`, "epub-rsc-007"},
		{"dangling place", `<a href="#none">x</a>`, "epub-rsc-012"},
		{"id twice", `<p id="a"/><p id="a"/>`, "epub-rsc-005"},
		{"attribute twice", `<p class="a" class="b"/>`, "epub-rsc-016"},
		{"not well-formed", `<p>`, "epub-rsc-016"},
		{"named entity", `<p>&nbsp;</p>`, "epub-rsc-016"},
		{"unclean address", `<a href="https://example.org/a b">x</a>`, "epub-rsc-020"},
		{"picture from the web", `<img src="https://example.org/x.png" alt=""/>`, "epub-rsc-006"},
		{"unused file", "", "epub-opf-097"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := planned(t)
			if tt.body == "" {
				p.styles = append(p.styles, resource{"css/more.css", mediaTypeCSS, []byte("p { margin: 0 }")})
			} else {
				p.docs[1].body = xhtml.Fragment(tt.body)
			}
			packed, err := p.assemble(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			files, err := p.finish(packed)
			if err != nil {
				t.Fatal(err)
			}
			if tt.body == "" { // no page has a link to it
				for name, data := range files {
					for _, up := range []string{"", "../"} {
						data = bytes.ReplaceAll(data, []byte(`<link rel="stylesheet" type="text/css" href="`+up+`css/more.css"/>`), nil)
					}
					files[name] = data
				}
			}
			var c diag.Collector
			p.job.Report = c.Report
			p.check(files)
			for _, d := range c.List() {
				if string(d.Code) == tt.want {
					return
				}
			}
			t.Errorf("got %v, want %s", c.List(), tt.want)
		})
	}
}

func TestProperties(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`<p title="&lt;svg&gt;">svg math <mathematics/> <svgs/></p>`, ""},
		{`<p><svg xmlns="http://www.w3.org/2000/svg"/></p>`, "svg"},
		{`<math xmlns="http://www.w3.org/1998/Math/MathML"><mi/></math><math/><svg/>`, "mathml svg"},
	} {
		if got := strings.Join(properties(xhtml.Fragment(tt.body)), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.body, got, tt.want)
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
