package pdf_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/pdf/pdftest"
)

// headerLinks returns the addresses of slides and videos.
func headerLinks(b *tree.Book) []string {
	var list []string
	for t := range b.AllTalks() {
		for _, l := range t.Links {
			if l.Key == "slides" || l.Key == "video" {
				list = append(list, l.URL)
			}
		}
	}
	slices.Sort(list)
	return list
}

// TestCodesAreRead takes pictures of the pages at 200 dots an inch and lets another program read the codes on them.
func TestCodesAreRead(t *testing.T) {
	pdftoppm, zbarimg := tool(t, "pdftoppm", "", ""), tool(t, "zbarimg", "", "")
	dir := t.TempDir()
	book, data := notesBytes(t, os.DirFS("../derive/testdata/summit"), "a5", render.Option{Name: "qr", Value: "true"})
	path := filepath.Join(dir, "book.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(pdftoppm, "-r", "200", "-gray", "-png", path, filepath.Join(dir, "page")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "page*.png"))
	out, _ := exec.Command(zbarimg, append([]string{"-q", "--raw"}, pages...)...).Output() // an error for pages without a code
	got := strings.Fields(string(out))
	slices.Sort(got)
	if diff := cmp.Diff(headerLinks(book), got); diff != "" {
		t.Errorf("codes (-want +got):\n%s", diff)
	}
}

// TestCodesAreTagged holds that each code is a figure with an alternative text in a link, and that there are none unless
// they are wanted.
func TestCodesAreTagged(t *testing.T) {
	for _, qr := range []string{"true", "false"} {
		book, data := notesBytes(t, os.DirFS("../derive/testdata/summit"), "a4", render.Option{Name: "qr", Value: qr})
		f, err := pdftest.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		f.Tags.All(func(tag *pdftest.Tag) {
			if tag.Type == "Link" && len(tag.Kids) == 1 && tag.Kids[0].Type == "Figure" {
				alt := pdftest.Text(tag.Kids[0].Dict["Alt"])
				if _, url, ok := strings.Cut(alt, ", "); ok && strings.HasPrefix(alt, "QR: ") {
					got = append(got, url)
				}
			}
		})
		slices.Sort(got)
		want := headerLinks(book)
		if qr == "false" {
			want = nil
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("qr: %s (-want +got):\n%s", qr, diff)
		}
	}
}

// TestOptionsAreReadStrictly: what the format does not know is an error at its place.
func TestOptionsAreReadStrictly(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"qr", "perhaps", "qr is on or off"},
		{"url-note", "on", "did you mean url-notes?"},
		{"run-no", "on", "did you mean run-on?"},
		{"profile", "kobo", "the format pdf has no option profile"},
	} {
		var list diag.Collector
		job := notesJob(t, fstest.MapFS{"a.md": {Data: []byte("# A\n")}}, "a5", list.Report)
		job.Options = []render.Option{{Name: test.name, Value: test.value, Pos: diag.Pos{File: "book.yaml", Line: 3}}}
		renderJob(t, job)
		got := list.List()
		if len(got) != 1 || got[0].Code != "option-unknown" || got[0].Pos.Line != 3 || !strings.Contains(got[0].Message+strings.Join(got[0].Hints, ""), test.want) {
			t.Errorf("%s: %s: %+v", test.name, test.value, got)
		}
	}
}
