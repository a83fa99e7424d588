package html_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/epub"
	"github.com/evbook/evbook/render/html"
	"github.com/evbook/evbook/render/rendertest"
	"github.com/evbook/evbook/render/rendertest/samples"
)

// pages are those of the sample books that were made so far: making some takes longer than looking at them.
var pages sync.Map

// page returns the page of the sample book with a name.
func page(t testing.TB, name string) []byte {
	t.Helper()
	if data, ok := pages.Load(name); ok {
		return data.([]byte)
	}
	for _, s := range samples.All() {
		if s.Name == name {
			data := build(t, s.Make())
			pages.Store(name, data)
			return data
		}
	}
	t.Fatalf("there is no sample book %s", name)
	return nil
}

// each runs a test on the page of every sample book.
func each(t *testing.T, test func(t *testing.T, page []byte)) {
	t.Helper()
	for _, s := range samples.All() {
		t.Run(s.Name, func(t *testing.T) { test(t, page(t, s.Name)) })
	}
}

func build(t testing.TB, book *tree.Book) []byte {
	t.Helper()
	job := rendertest.Job(t, book, "", new(diag.Collector).Report)
	job.Assets = samples.Assets()
	return rendertest.Render(t, html.Format(), job)
}

func TestConformance(t *testing.T) {
	rendertest.Run(t, html.Format(), rendertest.Options{
		Text: func(data []byte) (string, error) {
			n, err := parseXML(data)
			if err != nil {
				return "", err
			}
			text := n.words()
			n.all(func(n *node) { text += " " + n.attrs["alt"] })
			return text, nil
		},
	})
}

func TestGolden(t *testing.T) {
	job := rendertest.Job(t, rendertest.Book(), "", new(diag.Collector).Report)
	page := rendertest.Render(t, html.Format(), job)
	page = regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAll(page, []byte("<style></style>"))
	golden.Check(t, filepath.Join("testdata", "every.html"), page)
}

// XML parsers and browsers read the same in every page: the same elements, attributes and text.
func TestPolyglot(t *testing.T) {
	each(t, func(t *testing.T, page []byte) {
		x, err := parseXML(page)
		if err != nil {
			t.Fatal(err)
		}
		h, err := parseHTML(page)
		if err != nil {
			t.Fatal(err)
		}
		want, got := strings.Split(outline(x), "\n"), strings.Split(outline(h), "\n")
		for i := range min(len(want), len(got)) {
			if want[i] != got[i] {
				t.Fatalf("line %d of the outline: XML has %s\nHTML has %s\nafter %s", i, want[i], got[i], want[max(0, i-1)])
			}
		}
		if len(want) != len(got) {
			t.Errorf("XML has %d lines, HTML %d", len(want), len(got))
		}
	})
}

// Every id is there once, everything that refers to one finds it, and nothing makes a browser ask for anything.
func TestReferences(t *testing.T) {
	each(t, func(t *testing.T, page []byte) {
		root, err := parseXML(page)
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		root.all(func(n *node) {
			id, ok := n.attrs["id"]
			if ok && (ids[id] || id == "" || strings.ContainsAny(id, " \t\n")) {
				t.Errorf("id %q twice, or none", id)
			}
			ids[id] = true
		})
		links := 0
		root.all(func(n *node) {
			for _, name := range []string{"aria-labelledby", "aria-describedby", "for"} {
				if id, ok := n.attrs[name]; ok && !ids[id] {
					t.Errorf("%s=%q leads nowhere", name, id)
				}
			}
			if href, ok := n.attrs["href"]; ok && n.name == "a" {
				if anchor, inside := strings.CutPrefix(href, "#"); inside {
					links++
					if !ids[anchor] {
						t.Errorf("the link to %q leads nowhere", href)
					}
				} else if !strings.Contains(href, ":") {
					t.Errorf("the link %q leads to another file", href)
				}
			}
			if src, ok := n.attrs["src"]; ok && !strings.HasPrefix(src, "data:image/") {
				t.Errorf("%s fetches %q", n.name, src)
			}
			switch n.name {
			case "link", "iframe", "object", "embed", "base", "form", "input", "audio", "video":
				t.Errorf("there is an element %s", n.name)
			case "script":
				if n.attrs["type"] != "application/ld+json" {
					t.Error("there is a script")
				}
			}
			for name := range n.attrs {
				if strings.HasPrefix(name, "on") || name == "srcset" || strings.HasPrefix(name, "epub") {
					t.Errorf("%s has an attribute %s", n.name, name)
				}
			}
		})
		if links < 1 {
			t.Errorf("%d links only", links)
		}
		if css := regexp.MustCompile(`(?s)<style>.*</style>`).Find(page); bytes.Contains(css, []byte("url(")) || bytes.Contains(css, []byte("@import")) {
			t.Error("the style sheet fetches something")
		}
	})
}

// Headings go down one level at a time, and there is one of the first.
func TestHeadings(t *testing.T) {
	each(t, func(t *testing.T, page []byte) {
		root, err := parseXML(page)
		if err != nil {
			t.Fatal(err)
		}
		first, last := 0, 0
		root.all(func(n *node) {
			if len(n.name) != 2 || n.name[0] != 'h' || n.name[1] < '1' || n.name[1] > '6' {
				return
			}
			level := int(n.name[1] - '0')
			if level == 1 {
				first++
			}
			if level > last+1 {
				t.Errorf("h%d %q follows h%d", level, n.words(), last)
			}
			last = level
		})
		if first != 1 {
			t.Errorf("%d headings of the first level", first)
		}
	})
}

// Sections have the names that files of an EPUB have, and stand inside each other as the book's parts do.
func TestSections(t *testing.T) {
	root, err := parseXML(page(t, "bundled"))
	if err != nil {
		t.Fatal(err)
	}
	var path []string
	found := map[string]string{}
	var visit func(n *node)
	visit = func(n *node) {
		id := n.attrs["id"]
		if (n.name == "section" || n.name == "article") && id != "" {
			found[id] = strings.Join(path, " ")
			path = append(path, id)
			defer func() { path = path[:len(path)-1] }()
		}
		for _, c := range n.children {
			visit(c)
		}
	}
	visit(root)
	for id, above := range map[string]string{
		"readme": "", "oscon-2012": "", "oscon-2012-talks": "oscon-2012", "oscon-2012-talks-effective-code-review": "oscon-2012 oscon-2012-talks",
		"black-hat-2012-fakenet": "-",
	} {
		if got, ok := found[id]; ok && got != above || !ok && above != "-" {
			t.Errorf("section %s is in %q, want %q", id, got, above)
		}
	}
}

// Links to places in the EPUB correspond to links to places in the page: a file's name is a section's id.
func TestNamesAreThoseOfTheEPUB(t *testing.T) {
	for _, name := range []string{"bundled", "every", "torture", "arabic", "chinese", "hostile"} {
		i := slices.IndexFunc(samples.All(), func(s samples.Book) bool { return s.Name == name })
		job := rendertest.Job(t, samples.All()[i].Make(), "", new(diag.Collector).Report)
		job.Assets = samples.Assets()
		book := rendertest.Render(t, epub.Format(), job)
		z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
		if err != nil {
			t.Fatal(err)
		}
		root, err := parseXML(page(t, name))
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, f := range z.File {
			if file, ok := strings.CutPrefix(f.Name, "EPUB/xhtml/"); ok && file != "cover.xhtml" && file != "title.xhtml" {
				want = append(want, strings.TrimSuffix(file, ".xhtml"))
			}
		}
		root.all(func(n *node) {
			if id := n.attrs["id"]; id != "" && (n.name == "section" || n.name == "article") {
				got = append(got, id)
			}
		})
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: sections %q, files %q", name, got, want)
		}
	}
}

// What the page says of book and events to programs is what the notes say.
func TestLinkedData(t *testing.T) {
	book := samples.Bundled()
	root, err := parseXML(build(t, book))
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		Name, InLanguage string
		About            []struct{ Name, StartDate, EndDate string }
	}
	root.all(func(n *node) {
		if n.name == "script" {
			if err := json.Unmarshal([]byte(n.words()), &data); err != nil {
				t.Fatal(err)
			}
		}
	})
	if data.Name != book.Meta.Title || data.InLanguage != book.Meta.Language || len(data.About) != len(book.Events) {
		t.Errorf("got %+v", data)
	}
	for i, e := range book.Events {
		if got := data.About[i]; got.Name != tree.PlainText(e.Title) || got.StartDate != e.Start.String() || got.EndDate != e.End.String() {
			t.Errorf("event %d: got %+v", i, got)
		}
	}
}

// A style sheet of the author's follows the program's own; one that fetches files does not.
func TestOptions(t *testing.T) {
	assets := fstest.MapFS{
		"own.css":  {Data: []byte("a > b & c { content: '</style><script>]]>' }\n")},
		"bad.css":  {Data: []byte("@import 'x.css';")},
		"far.css":  {Data: []byte("p { background: url( \"//example.org/x.png\") }")},
		"data.css": {Data: []byte("p { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }")},
	}
	for _, tt := range []struct{ name, value, want, code string }{
		{"css", "own.css", "a > b & c", ""},
		{"css", "data.css", "R0lGOD", ""},
		{"css", "bad.css", "", "css-unusable"},
		{"css", "far.css", "", "css-unusable"},
		{"css", "none.css", "", "css-unusable"},
		{"csss", "own.css", "", "option-unknown"},
		{"fonts", "embed", "--serif: \"Book Serif\"", ""},
		{"fonts", "none", "--serif: Charter", ""},
		{"fonts", "imbed", "--serif: Charter", "option-unknown"},
	} {
		t.Run(tt.name+" "+tt.value, func(t *testing.T) {
			var c diag.Collector
			job := rendertest.Job(t, &tree.Book{Meta: tree.Meta{Title: "T", Language: "en"}}, "", c.Report)
			job.Assets = assets
			job.Options = []render.Option{{Name: tt.name, Value: tt.value, Pos: diag.Pos{File: "book.yaml", Line: 3, Col: 2}}}
			page := rendertest.Render(t, html.Format(), job)
			for _, parse := range []func([]byte) (*node, error){parseXML, parseHTML} {
				root, err := parse(page)
				if err != nil {
					t.Fatal(err)
				}
				scripts := 0
				style := ""
				root.all(func(n *node) {
					switch n.name {
					case "script":
						scripts++
					case "style":
						style += n.words()
					}
				})
				if scripts != 1 || !strings.Contains(style, tt.want) {
					t.Errorf("%d scripts; style ends in %q", scripts, style[max(0, len(style)-80):])
				}
			}
			list := c.List()
			if tt.code == "" && len(list) > 0 || tt.code != "" && (len(list) != 1 || string(list[0].Code) != tt.code || list[0].Pos.Line != 3) {
				t.Errorf("got %v, want %q", list, tt.code)
			}
		})
	}
}

// Both cancellation before and failure of pictures leave no half page behind.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var b bytes.Buffer
	_, err := html.Format().New().Render(ctx, rendertest.Job(t, rendertest.Book(), "", new(diag.Collector).Report), &b)
	if !errors.Is(err, context.Canceled) || b.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, b.Len())
	}
}

// Notes without folders have no event but the one that holds them together: it is not shown, the talks stand under the book's
// title, and nothing says where they belong.
func TestImpliedEvent(t *testing.T) {
	e := samples.Event("notes", samples.Talk("a", "One", samples.Para(&tree.Link{Target: "notes", Text: samples.Text("all")})), samples.Talk("b", "Two"))
	e.Implied = true
	book := &tree.Book{Meta: tree.Meta{Title: "Flat", Language: "en", Appendix: []string{"none"}}, Events: []*tree.Event{e}}
	data := string(build(t, book))
	for _, want := range []string{`<h2 id="_title-a">One</h2>`, `<h2 id="_title-b">Two</h2>`, `<a href="#a">all</a>`} {
		if !strings.Contains(data, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(data, "Event notes") || strings.Contains(data, `class="kicker"`) {
		t.Error("the event is shown")
	}
	e.Intro = tree.Blocks{samples.Para(samples.Text("introduction")...)}
	if data := string(build(t, book)); !strings.Contains(data, "Event notes") || !strings.Contains(data, "introduction") {
		t.Error("an event that says something is not shown")
	}
}

// A page with its own typefaces has all that it is set in, with the characters that occur in it, and says whose they are.
func TestFonts(t *testing.T) {
	book := &tree.Book{Meta: tree.Meta{Title: "Żółw", Language: "pl"}}
	job := rendertest.Job(t, book, "", new(diag.Collector).Report)
	job.Options = []render.Option{{Name: "fonts", Value: "embed"}}
	page := rendertest.Render(t, html.Format(), job)
	rule := regexp.MustCompile(`@font-face \{ font-family: "(Book \w+)"; font-weight: (\d+); font-style: (\w+); src: url\(data:font/woff;base64,([^)]+)\)`)
	var got []string
	for _, m := range rule.FindAllSubmatch(page, -1) {
		got = append(got, fmt.Sprintf("%s %s %s", m[1], m[2], m[3]))
		data, err := base64.StdEncoding.DecodeString(string(m[4]))
		if err != nil || len(data) < 4<<10 || len(data) > 80<<10 {
			t.Errorf("%s: %d bytes, %v", got[len(got)-1], len(data), err)
		}
	}
	want := []string{"Book Serif 400 normal", "Book Serif 400 italic", "Book Serif 700 normal", "Book Sans 400 normal", "Book Sans 600 normal",
		"Book Code 400 normal", "Book Code 400 italic", "Book Code 700 normal"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if !bytes.Contains(page, []byte("SIL Open Font License")) {
		t.Error("the licence is not named")
	}
	if again := rendertest.Render(t, html.Format(), job); !bytes.Equal(page, again) {
		t.Error("two builds differ")
	}
}
