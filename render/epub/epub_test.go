package epub_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render/epub"
	"github.com/evbook/evbook/render/rendertest"
)

// unpack returns the entries of an archive in order and by name.
func unpack(t testing.TB, data []byte) (names []string, files map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
		files[f.Name] = string(b)
	}
	return names, files
}

// visible returns the text of all pages.
func visible(data []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, f := range z.File {
		if path.Ext(f.Name) != ".xhtml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return "", err
		}
		d := xml.NewDecoder(r)
		for {
			t, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return "", err
			}
			switch t := t.(type) {
			case xml.CharData:
				b.Write(t)
			case xml.StartElement:
				for _, a := range t.Attr {
					if a.Name.Local == "alt" {
						b.WriteString(" " + a.Value + " ")
					}
				}
			}
		}
		if err := r.Close(); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func TestConformance(t *testing.T) {
	rendertest.Run(t, epub.Format(), rendertest.Options{Text: visible})
}

// The container follows OCF 3.3 §4: mimetype first, stored, without extra fields; the rest in one order, with one time,
// without data descriptors.
func TestArchive(t *testing.T) {
	data := build(t, newJob(torture(), new(diag.Collector)))
	if got := string(data[30:58]); got != "mimetypeapplication/epub+zip" {
		t.Errorf("the file begins with %q", got)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if f.Flags&8 != 0 || len(f.Extra) > 0 {
			t.Errorf("%s has flags %x and %d bytes of extra fields", f.Name, f.Flags, len(f.Extra))
		}
		if want := time.Date(2013, 3, 17, 12, 30, 6, 0, time.UTC); !f.Modified.Equal(want) {
			t.Errorf("%s is of %v, want %v", f.Name, f.Modified, want)
		}
		if strings.ContainsFunc(f.Name, func(r rune) bool { return r > 0x7e || r <= ' ' }) || len(path.Base(f.Name)) > 64 {
			t.Errorf("%q is no safe file name", f.Name)
		}
	}
	head := []string{"mimetype", "META-INF/container.xml", "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx"}
	if !slices.Equal(names[:5], head) || !slices.IsSorted(names[5:]) {
		t.Errorf("order of entries: %q", names)
	}
	lower := map[string]bool{}
	for _, n := range names {
		if lower[strings.ToLower(n)] {
			t.Errorf("%s differs from another name in letter case only", n)
		}
		lower[strings.ToLower(n)] = true
	}
}

// Times that archives cannot hold are moved to the nearest that they can.
func TestOldTime(t *testing.T) {
	job := newJob(treetest.Every(), new(diag.Collector))
	job.Time = time.Unix(0, 0)
	z, err := zip.NewReader(bytes.NewReader(build(t, job)), int64(len(build(t, job))))
	if err != nil {
		t.Fatal(err)
	}
	if got := z.File[1].Modified; got.Year() != 1980 {
		t.Errorf("the entry is of %v", got)
	}
}

// Several books built at the same time do not get into each other's way, and each comes out as if it were alone.
func TestParallelBooks(t *testing.T) {
	list := samples()
	want := make([][]byte, len(list))
	for i, s := range list {
		want[i] = build(t, s.job())
	}
	var wg sync.WaitGroup
	for i, s := range list {
		for range 2 {
			wg.Go(func() {
				var b bytes.Buffer
				if _, err := epub.Format().New().Render(context.Background(), s.job(), &b); err != nil {
					t.Errorf("%s: %v", s.name, err)
				} else if !bytes.Equal(b.Bytes(), want[i]) {
					t.Errorf("%s: other bytes than alone", s.name)
				}
			})
		}
	}
	wg.Wait()
}

// What cannot be used is reported at its place, and never stops the book.
func TestReports(t *testing.T) {
	var c diag.Collector
	book := torture()
	tree.Walk(book.Events[0], func(n tree.Node, _ []tree.Node) bool {
		if img, ok := n.(*tree.Image); ok && img.Path == "images/missing.png" {
			img.Src = diag.Pos{File: "a.md", Line: 7, Col: 3}
		}
		return true
	})
	build(t, newJob(book, &c))
	var got []string
	for _, d := range c.List() {
		got = append(got, d.Pos.String()+" "+string(d.Code))
	}
	for _, want := range []string{"a.md:7:3 image-missing", "- image-broken", "- image-remote", "- raw-html", "- raw-format", "- link-unusable", "- footnote-unknown"} {
		if !slices.Contains(got, want) {
			t.Errorf("no report %q in %q", want, got)
		}
	}
}

// Pictures are stored once each, at most 1600 pixels wide, upright, and SVG without scripts and foreign parts.
func TestPictures(t *testing.T) {
	_, files := unpack(t, build(t, newJob(torture(), new(diag.Collector))))
	count := map[string]int{}
	for name, data := range files {
		if !strings.HasPrefix(name, "EPUB/images/") {
			continue
		}
		count[path.Ext(name)]++
		if path.Ext(name) == ".svg" {
			for _, bad := range []string{"script", "onload", "example.org", "inkscape", "foreignObject", "metadata", "DOCTYPE", "!--"} {
				if strings.Contains(data, bad) {
					t.Errorf("%s is left in the drawing:\n%s", bad, data)
				}
			}
			for _, good := range []string{`viewBox="0 0 200 100"`, `fill="url(#g)"`, "3 &lt; 4", `xlink:href="#r"`} {
				if !strings.Contains(data, good) {
					t.Errorf("%s is missing in the drawing:\n%s", good, data)
				}
			}
		}
	}
	// dot.png and its copy are one file; huge.png is the other; photo, turned photo and cover are JPEG
	for ext, want := range map[string]int{".png": 2, ".jpg": 3, ".gif": 1, ".svg": 1} {
		if count[ext] != want {
			t.Errorf("%d pictures %s, want %d", count[ext], ext, want)
		}
	}
	page := files["EPUB/xhtml/pictures.xhtml"]
	for _, want := range []string{`width="1600" height="400"`, `alt="a photograph" width="60" height="30"`, `alt="the same on its side" width="30" height="60"`,
		`<span class="no-image">what is missing</span>`, `<a href="https://example.org/a%20b.png" class="no-image ext">remote</a>`} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing in\n%s", want, page)
		}
	}
}

// Accessibility metadata follow from what the book holds.
func TestAccessibility(t *testing.T) {
	withPicture := func(alt string) *tree.Book {
		return &tree.Book{Meta: tree.Meta{Title: "T", Language: "en"}, Events: []*tree.Event{event("e", talk("t", "T",
			&tree.Figure{Image: &tree.Image{Path: treetest.ImagePath, Alt: alt}}))}}
	}
	bare := chaptersOnly()
	bare.Meta.Cover = tree.NoCover
	for _, tt := range []struct {
		name      string
		book      *tree.Book
		has, lack []string
	}{
		{"no pictures", bare, []string{">textual<", `xml:lang="en">The text`}, []string{"visual", "alternativeText"}},
		{"described", withPicture("x"), []string{">visual<", ">alternativeText<", ">textual,visual<", `Sufficient">textual<`}, []string{"Some pictures"}},
		{"not described", withPicture(""), []string{">visual<", ">textual,visual<", "Some pictures"}, []string{">alternativeText<", `Sufficient">textual<`}},
		{"moving", torture(), []string{`Hazard">unknown<`}, []string{`Hazard">none<`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, files := unpack(t, build(t, newJob(tt.book, new(diag.Collector))))
			opf := files["EPUB/package.opf"]
			for _, want := range tt.has {
				if !strings.Contains(opf, want) {
					t.Errorf("%q is missing in\n%s", want, opf)
				}
			}
			for _, bad := range append(tt.lack, "conformsTo") {
				if strings.Contains(opf, bad) {
					t.Errorf("%q is in\n%s", bad, opf)
				}
			}
		})
	}
}

// Conformance is stated in the words of book.yaml, with the certifier, unless the pictures belie it.
func TestStatedConformance(t *testing.T) {
	book := func(alt string) *tree.Book {
		b := &tree.Book{Meta: tree.Meta{Title: "T", Language: "en"}, Events: []*tree.Event{event("e", talk("t", "T",
			&tree.Figure{Image: &tree.Image{Path: treetest.ImagePath, Alt: alt}}))}}
		b.Meta.Accessibility = &tree.Accessibility{At: tree.At{Src: diag.Pos{File: "book.yaml", Line: 3, Col: 1}},
			ConformsTo: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", CertifiedBy: "The Reading Room", Credential: "Seal: 7", Report: "https://example.org/a b"}
		return b
	}
	var c diag.Collector
	_, files := unpack(t, build(t, newJob(book("a dot"), &c)))
	for _, want := range []string{
		`<meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>`,
		`<meta property="a11y:certifiedBy" refines="#conformance" id="certifier">The Reading Room</meta>`,
		`<meta property="a11y:certifierCredential" refines="#certifier">Seal: 7</meta>`,
		`<link rel="a11y:certifierReport" refines="#certifier" href="https://example.org/a%20b"/>`,
	} {
		if !strings.Contains(files["EPUB/package.opf"], want) {
			t.Errorf("%s is missing in\n%s", want, files["EPUB/package.opf"])
		}
	}
	if len(c.List()) > 0 {
		t.Errorf("reported: %v", c.List())
	}
	_, files = unpack(t, build(t, newJob(book(""), &c)))
	if strings.Contains(files["EPUB/package.opf"], "conformsTo") {
		t.Error("conformance is stated although a picture has no text")
	}
	claims := 0
	for _, d := range c.List() {
		if d.Code == epub.CodeClaim && d.Pos.Line == 3 {
			claims++
		}
	}
	if claims != 1 {
		t.Errorf("reported: %v", c.List())
	}
}

// Identifiers depend on the book alone, and in the navigation they are the same.
func TestIdentifier(t *testing.T) {
	book := chaptersOnly()
	id := func() string {
		_, files := unpack(t, build(t, newJob(book, new(diag.Collector))))
		_, rest, _ := strings.Cut(files["EPUB/package.opf"], `<dc:identifier id="id">`)
		got, _, _ := strings.Cut(rest, "<")
		if !strings.Contains(files["EPUB/toc.ncx"], `name="dtb:uid" content="`+got+`"`) {
			t.Errorf("the NCX has another identifier than %s", got)
		}
		return got
	}
	first := id()
	if !strings.HasPrefix(first, "urn:uuid:") || len(first) != 45 || first[23] != '5' {
		t.Errorf("%q is no UUID of version 5", first)
	}
	book.Front[0].Body = nil
	if got := id(); got != first {
		t.Errorf("the identifier changes with the text: %s, %s", first, got)
	}
	book.Meta.Title = "Other"
	if got := id(); got == first {
		t.Errorf("another book has the same identifier %s", got)
	}
	book.Meta.Identifier = "urn:isbn:9780000000002"
	if got := id(); got != book.Meta.Identifier {
		t.Errorf("identifier %q, want the book's own", got)
	}
}
