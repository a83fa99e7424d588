package epub_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/pdf/pdftest"
)

// both builds the PDF and the EPUB of a book at the same time, as the program does.
func both(t *testing.T, book *tree.Book) (printed *pdftest.File, files map[string]string, data []byte) {
	t.Helper()
	layout, err := layouts.Load(layouts.Default)
	if err != nil {
		t.Fatal(err)
	}
	job := newJob(book, new(diag.Collector))
	job.Layout, job.Fonts, job.Pages = layout, fonts.Bundled(), render.NewPages()
	failed := make(chan error, 1)
	var paper bytes.Buffer
	go func() {
		_, err := pdf.Format().New().Render(context.Background(), job, &paper)
		failed <- err
	}()
	data = build(t, job)
	if err := <-failed; err != nil {
		t.Fatal(err)
	}
	if printed, err = pdftest.Read(paper.Bytes()); err != nil {
		t.Fatal(err)
	}
	_, files = unpack(t, data)
	return printed, files, data
}

// stream is the text of a file from reading order, with the places of its ids.
type stream struct {
	text string
	ids  map[string]int // byte of text
	refs []string       // ids of page breaks in order

	starts map[int]bool // places where a file's text begins
	titles map[string]string
}

// title returns the title of a file.
func (s *stream) title(file string) string { return s.titles[file] }

func read(t *testing.T, data string) stream {
	t.Helper()
	out := stream{ids: map[string]int{}}
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			for _, a := range token.Attr {
				if a.Name.Local == "id" {
					out.ids[a.Value] = b.Len()
					if strings.HasPrefix(a.Value, "_page-") {
						out.refs = append(out.refs, a.Value)
					}
				}
			}
		case xml.CharData:
			b.Write(token)
		}
	}
	out.text = b.String()
	return out
}

// letters returns what two editions have in common: no spaces, no hyphens.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if tree.CountLetters(string(r)) == 0 || r == '-' || r == '‐' || r == '•' || r == '–' {
			return -1
		}
		return r
	}, s)
}

var pageLink = regexp.MustCompile(`<li><a href="([^"#]*)#([^"]*)">([^<]*)</a></li>`)

// The list of pages has every page of the PDF under its printed number, in order; each mark stands before the words with
// which the PDF's page begins.
func TestPageListAgreesWithPDF(t *testing.T) {
	for _, tt := range []struct {
		name string
		book *tree.Book
	}{{"bundled", bundled()}, {"every", treetest.Every()}, {"long", longTexts()}} {
		t.Run(tt.name, func(t *testing.T) {
			printed, files, _ := both(t, tt.book)
			labels := pageLabels(printed)
			for i, label := range slices.Backward(labels) { // the inner side of the cover
				if label == "" {
					labels, printed.Pages = slices.Delete(labels, i, i+1), slices.Delete(printed.Pages, i, i+1)
				}
			}
			_, list, ok := strings.Cut(files["EPUB/nav.xhtml"], `epub:type="page-list"`)
			if !ok {
				t.Fatal("there is no list of pages")
			}
			links := pageLink.FindAllStringSubmatch(list, -1)
			if len(links) != len(printed.Pages) {
				t.Fatalf("%d pages are listed, the PDF has %d", len(links), len(printed.Pages))
			}
			opf := files["EPUB/package.opf"]
			for _, want := range []string{`property="pageBreakSource"`, "<dc:source", ">pageBreakMarkers<", ">pageNavigation<"} {
				if !strings.Contains(opf, want) {
					t.Errorf("%s is missing in the package document", want)
				}
			}
			read := readSpine(t, files)
			before := -1
			for i, link := range links {
				page := printed.Pages[i]
				if link[3] != labels[i] {
					t.Errorf("page %d is called %q, in the PDF %q", i+1, link[3], labels[i])
				}
				at, ok := read.ids[link[1]+"#"+link[2]]
				if !ok {
					t.Fatalf("the list leads to %s#%s, which is not there", link[1], link[2])
				}
				if at < before {
					t.Errorf("page %s stands before page %s", link[3], links[i-1][3])
				}
				before = at
				if !strings.Contains(files["EPUB/toc.ncx"], `<text>`+link[3]+`</text>`) {
					t.Errorf("page %s is not in the NCX", link[3])
				}
				first := firstWords(page, 24)
				rest := letters(read.text[at:])
				switch {
				case first == "", strings.HasPrefix(rest, first), strings.HasPrefix(rest, itemNumber.ReplaceAllString(first, "")):
				case i < 6 && slices.Contains([]string{"Cover", "i", "ii", "iii", "iv", "v"}, labels[i]): // title page, imprint and contents are set in another way
				case read.starts[at] && strings.HasPrefix(link[1], "xhtml/appendix--"):
					// The entries of an appendix are made anew for each edition: all its pages are marked at its title.
				case read.starts[at] && strings.Contains(letters(strings.Join(runs(page), "")), letters(read.title(link[1]))):
					// The lines above a talk's title are other ones in the EPUB.
				default:
					t.Errorf("page %s begins with %q, its mark stands before %q", labels[i], first, rest[:min(60, len(rest))])
				}
			}
		})
	}
}

var itemNumber = regexp.MustCompile(`^[0-9]+\.`)

// readSpine reads all files in reading order; ids are file#id.
func readSpine(t *testing.T, files map[string]string) stream {
	t.Helper()
	all := stream{ids: map[string]int{}, starts: map[int]bool{}, titles: map[string]string{}}
	opf := files["EPUB/package.opf"]
	href := map[string]string{}
	for _, m := range regexp.MustCompile(`<item id="([^"]*)" href="([^"]*)"`).FindAllStringSubmatch(opf, -1) {
		href[m[1]] = m[2]
	}
	for _, m := range regexp.MustCompile(`<itemref idref="([^"]*)"`).FindAllStringSubmatch(opf, -1) {
		name := href[m[1]]
		s := read(t, files["EPUB/"+name])
		for id, at := range s.ids {
			all.ids[name+"#"+id] = len(all.text) + at
		}
		for _, id := range s.refs {
			all.refs = append(all.refs, name+"#"+id)
		}
		_, title, _ := strings.Cut(files["EPUB/"+name], "<title>")
		title, _, _ = strings.Cut(title, "</title>")
		all.titles[name] = html.UnescapeString(title)
		// the words of the head are no text
		body := strings.Index(s.text, all.titles[name]) + len(all.titles[name])
		for i := body; i == body || i < len(s.text) && letters(s.text[body:i]) == ""; i++ {
			all.starts[len(all.text)+i] = true
		}
		all.text += s.text
	}
	return all
}

// firstWords returns the first n letters of a page's text, without running head and folio.
func firstWords(page *pdftest.Page, n int) string {
	s := []rune(letters(strings.Join(runs(page), "")))
	return string(s[:min(n, len(s))])
}

func runs(page *pdftest.Page) []string {
	var out []string
	for _, r := range page.Runs {
		if r.Tag != "Artifact" {
			out = append(out, r.Text)
		}
	}
	return out
}

// pageLabels returns the labels of a PDF's pages (ISO 32000-1 §12.4.2).
func pageLabels(f *pdftest.File) []string {
	out := make([]string, len(f.Pages))
	nums := f.Array(f.Dict(f.Catalog["PageLabels"])["Nums"])
	for k := 0; k+1 < len(nums); k += 2 {
		from, d := int(f.Num(nums[k])), f.Dict(nums[k+1])
		number := 1
		if d["St"] != nil {
			number = int(f.Num(d["St"]))
		}
		end := len(out)
		if k+2 < len(nums) {
			end = int(f.Num(nums[k+2]))
		}
		for i := from; i < end; i++ {
			label := strconv.Itoa(number + i - from)
			if d["S"] == nil {
				label = ""
			}
			if d["S"] == pdftest.Name("r") {
				label = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"}[number+i-from-1]
			}
			out[i] = pdftest.Text(d["P"]) + label
		}
	}
	return out
}

// longTexts is a book of paragraphs, listings, lists and tables over many pages.
func longTexts() *tree.Book {
	word := func(i int) string {
		return "word" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26))
	}
	words := func(from, n int) tree.Inlines {
		var out tree.Inlines
		for i := range n {
			w := &tree.Text{Text: word(from+i) + " "}
			switch i % 11 {
			case 3:
				out = append(out, &tree.Emph{Text: tree.Inlines{w}})
			case 7:
				out = append(out, &tree.Code{Text: word(from + i)}, &tree.Break{Soft: true})
			default:
				out = append(out, w)
			}
		}
		return out
	}
	var body tree.Blocks
	for i := range 12 {
		body = append(body, &tree.Heading{Level: 1, ID: "h" + word(i), Text: text("Heading " + word(i))}, para(words(i*100, 180)...))
		var code []string
		for k := range 25 {
			code = append(code, "\tif x := "+word(i*31+k)+"(); x { // "+word(k))
		}
		body = append(body, &tree.CodeBlock{Language: "go", Text: strings.Join(code, "\n")})
		list := &tree.List{}
		for k := range 8 {
			list.Items = append(list.Items, &tree.ListItem{Body: tree.Blocks{para(words(i*57+k*13, 25)...)}})
		}
		body = append(body, list, &tree.Quote{Body: tree.Blocks{para(words(i*211, 60)...)}})
		table := &tree.Table{Align: make([]tree.Align, 2), Header: cells("Name", "Value")}
		for k := range 12 {
			table.Rows = append(table.Rows, &tree.TableRow{Cells: cells(word(i*17+k), word(i*19+k))})
		}
		body = append(body, table)
	}
	return &tree.Book{Meta: tree.Meta{Title: "Long", Language: "en"}, Events: []*tree.Event{event("e", talk("t", "Talk", body...))}}
}

// A book without a printed edition has neither list nor marks.
func TestNoPages(t *testing.T) {
	_, files := unpack(t, build(t, newJob(treetest.Every(), new(diag.Collector))))
	for name, data := range files {
		for _, bad := range []string{"page-list", "doc-pagebreak", "pageBreak", "pageTarget"} {
			if strings.Contains(data, bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
}

// Places that do not exist in the EPUB, and pages out of order, do not disturb the others.
func TestMisplacedPages(t *testing.T) {
	a, b, c := para(text("alpha one two three")...), para(text("beta")...), para(text("gamma")...)
	book := &tree.Book{Meta: tree.Meta{Title: "T", Language: "en"}, Events: []*tree.Event{event("e", talk("t1", "T1", a, b), talk("t2", "T2", c))}}
	job := newJob(book, new(diag.Collector))
	job.Pages = render.NewPages()
	start := func(label string, at tree.Place) render.PageStart { return render.PageStart{Label: label, Begins: at} }
	job.Pages.Set(&render.PageMap{Pages: []render.PageStart{
		start("i", tree.Place{ID: tree.TitlePage}), start("", tree.Place{}), start("1", tree.Place{Node: c}), start("2", tree.Place{Node: a}),
		start("3", tree.Place{Node: a.Text[0], Letters: 5}), start("4", tree.Place{Node: a.Text[0], Letters: 500}),
		start("4", tree.Place{Node: b}), start("5 <x>", tree.Place{}), start("6", tree.Place{Node: c}), start("7", tree.Place{ID: "nowhere"}),
	}})
	_, files := unpack(t, build(t, job))
	read := readSpine(t, files)
	want := []string{
		"xhtml/title.xhtml#_page-i", "xhtml/t1.xhtml#_page--2", "xhtml/title.xhtml#_page-1", "xhtml/t1.xhtml#_page-2", "xhtml/t1.xhtml#_page-3",
		"xhtml/t1.xhtml#_page-4", "xhtml/t1.xhtml#_page--7", "xhtml/t2.xhtml#_page--8", "xhtml/t2.xhtml#_page-6", "xhtml/t2.xhtml#_page-7",
	}
	if want[1], want[2] = "xhtml/title.xhtml#_page-1", "xhtml/t1.xhtml#_page--2"; !slices.Equal(sorted(read.refs), sorted(want)) {
		t.Errorf("marks are at %q, want %q", read.refs, want)
	}
	if !strings.Contains(files["EPUB/xhtml/t1.xhtml"], `alpha <span epub:type="pagebreak" role="doc-pagebreak" id="_page-3" aria-label="3"></span>`) {
		t.Errorf("the mark in running text is missing in\n%s", files["EPUB/xhtml/t1.xhtml"])
	}
	if !strings.Contains(files["EPUB/xhtml/t2.xhtml"], `aria-label="5 &lt;x&gt;"`) {
		t.Error("a label is not escaped or not there")
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }
