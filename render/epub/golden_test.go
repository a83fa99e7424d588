package epub_test

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// Package document and navigation of the sample book.
func TestGolden(t *testing.T) {
	_, files := unpack(t, build(t, newJob(treetest.Every(), new(diag.Collector))))
	for _, name := range []string{"EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/css/code.css", "META-INF/container.xml"} {
		golden.Check(t, filepath.Join("testdata", "every", path.Base(name)), []byte(files[name]))
	}
}

// hrefs returns the values of an attribute of the elements called name, in the order of the document.
func hrefs(t *testing.T, doc, name, attr string) []string {
	t.Helper()
	var list []string
	d := xml.NewDecoder(strings.NewReader(doc))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == name {
			for _, a := range e.Attr {
				if a.Name.Local == attr {
					list = append(list, a.Value)
				}
			}
		}
	}
}

// The three lists of what is in a book agree: navigation document and NCX name the same places, in the order of the spine.
func TestNavigationAgrees(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			_, files := unpack(t, build(t, s.job()))
			opf := files["EPUB/package.opf"]
			ids := map[string]string{}
			hrefList := hrefs(t, opf, "item", "href")
			for i, id := range hrefs(t, opf, "item", "id") {
				ids[id] = hrefList[i]
			}
			at := map[string]int{}
			for i, id := range hrefs(t, opf, "itemref", "idref") {
				at[ids[id]] = i
			}
			toc, _, _ := strings.Cut(files["EPUB/nav.xhtml"], `<nav epub:type="landmarks"`)
			nav := hrefs(t, toc+"</body></html>", "a", "href")
			ncx := hrefs(t, files["EPUB/toc.ncx"], "content", "src")
			if strings.Join(nav, " ") != strings.Join(ncx, " ") {
				t.Errorf("contents and NCX differ:\n%q\n%q", nav, ncx)
			}
			last := 0
			listed := map[string]bool{}
			for _, href := range nav {
				file, _, _ := strings.Cut(href, "#")
				i, ok := at[file]
				if !ok || i < last {
					t.Errorf("%s is out of order", href)
				}
				last = i
				listed[file] = true
			}
			for file := range at {
				switch path.Base(file) {
				case "cover.xhtml", "title.xhtml", "nav.xhtml":
				default:
					if !listed[file] {
						t.Errorf("%s is not in the contents", file)
					}
				}
			}
		})
	}
}
