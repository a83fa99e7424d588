package pdf_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/pdf"
	"github.com/evbook/evbook/render/pdf/pdftest"
)

// notesPDF builds notes and reads the file back.
func notesPDF(t *testing.T, fsys fs.FS, layout string) (*tree.Book, *pdftest.File) {
	t.Helper()
	book, data := notesBytes(t, fsys, layout)
	f, err := pdftest.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return book, f
}

// notesBytes builds notes.
func notesBytes(t *testing.T, fsys fs.FS, layout string, options ...render.Option) (*tree.Book, []byte) {
	t.Helper()
	job := notesJob(t, fsys, layout, func(d diag.Diagnostic) {
		if d.Severity >= diag.Warning {
			t.Errorf("%s: %s", d.Pos, d.Message)
		}
	})
	job.Options = options
	return job.Book, renderJob(t, job)
}

func notesJob(t *testing.T, fsys fs.FS, layout string, report diag.Reporter) *render.Job {
	t.Helper()
	book, err := notes.Load(context.Background(), fsys, notes.Options{}, report)
	if err != nil {
		t.Fatal(err)
	}
	l, err := layouts.Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	return &render.Job{Book: book, Layout: l, Fonts: fonts.Bundled(), Assets: fsys, Time: time.Unix(1e9, 0).UTC(), Generator: "evbook test", Report: report}
}

func renderJob(t *testing.T, job *render.Job) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := pdf.Format().New().Render(context.Background(), job, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bodyStart returns the index of the page that is labelled 1.
func bodyStart(t *testing.T, f *pdftest.File) int {
	t.Helper()
	nums := f.Array(f.Dict(f.Catalog["PageLabels"])["Nums"])
	for i := 0; i+1 < len(nums); i += 2 {
		if f.Dict(nums[i+1])["S"] == pdftest.Name("D") {
			return int(f.Num(nums[i]))
		}
	}
	t.Fatal("no page has an arabic label")
	return 0
}

// appendix returns the section of an appendix.
func appendix(t *testing.T, f *pdftest.File, title string) *pdftest.Tag {
	t.Helper()
	var found *pdftest.Tag
	f.Tags.All(func(tag *pdftest.Tag) {
		if tag.Type == "Sect" && pdftest.Text(tag.Dict["T"]) == title {
			found = tag
		}
	})
	if found == nil {
		t.Fatalf("no section is called %s", title)
	}
	return found
}

var withPages = regexp.MustCompile(`^(.*?) +(\d+)(?:–(\d+))?$`)

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestIndexNamesThePagesOfTheTalks reads each line of the speaker index back and looks on the page that it names, in one
// column and in two.
func TestIndexNamesThePagesOfTheTalks(t *testing.T) {
	for _, test := range []struct {
		name   string
		fsys   fs.FS
		layout string
	}{{"summit", os.DirFS("../derive/testdata/summit"), "a5"}, {"bundled", os.DirFS("../../notes/events"), "a4"}} {
		t.Run(test.name, func(t *testing.T) {
			book, f := notesPDF(t, test.fsys, test.layout)
			start, facts := bodyStart(t, f), derive.New(book)
			names := map[string]string{}
			var want, got []string
			for _, s := range facts.Speakers() {
				names[s.Name()] = s.Person.Name
				for _, p := range s.Talks {
					want = append(want, s.Name()+": "+tree.PlainText(p.Talk.Title))
				}
			}
			for _, list := range appendix(t, f, "Speakers").Kids {
				for _, item := range list.Kids {
					if item.Type != "LI" {
						continue
					}
					name := words(item.Kids[0].Text())
					for _, line := range item.Kids[1].Kids[0].Kids {
						m := withPages.FindStringSubmatch(words(line.Text()))
						if m == nil {
							t.Errorf("%s: %q ends in no page", name, line.Text())
							continue
						}
						got = append(got, name+": "+m[1])
						first, _ := strconv.Atoi(m[2])
						page := words(f.Pages[start+first-1].Text())
						for _, wanted := range []string{m[1], names[name]} {
							if !strings.Contains(strip(page), strip(wanted)) {
								t.Errorf("page %d has no %q:\n%s", first, wanted, page)
							}
						}
						if last, err := strconv.Atoi(m[3]); err == nil && last <= first {
							t.Errorf("%s: pages %s–%s", m[1], m[2], m[3])
						}
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("speaker index (-want +got):\n%s", diff)
			}
		})
	}
}

// strip leaves letters and digits: lines of a title may be divided anywhere between words.
func strip(s string) string {
	return regexp.MustCompile(`[^\p{L}\p{N}]+`).ReplaceAllString(s, "")
}

// TestAppendicesSayWhatTheNotesSay compares the other appendices with the facts of the tree.
func TestAppendicesSayWhatTheNotesSay(t *testing.T) {
	book, f := notesPDF(t, os.DirFS("../derive/testdata/summit"), "a4")
	start, facts := bodyStart(t, f), derive.New(book)
	byDate := appendix(t, f, "All talks by date").Kids
	rows := byDate[len(byDate)-1].Kids
	for i, p := range facts.Chronology() {
		got := words(rows[i].Text())
		if !strings.HasPrefix(got, p.Talk.Date.String()+" "+tree.PlainText(p.Talk.Title)) || !strings.Contains(got, tree.PlainText(p.Event.Title)) {
			t.Errorf("row %d: %q", i, got)
		}
	}
	text := words(appendix(t, f, "Topics").Text())
	at := 0
	for _, topic := range facts.Topics() {
		i := strings.Index(text[at:], topic.Name)
		if i < 0 {
			t.Errorf("topic %s does not stand in its place", topic.Name)
			continue
		}
		at += i
	}
	var lines []string
	appendix(t, f, "Action items and decisions").All(func(tag *pdftest.Tag) {
		if tag.Type == "LBody" {
			lines = append(lines, words(tag.Text()))
		}
	})
	for _, item := range facts.Items() {
		found := false
		for _, line := range lines {
			if m := withPages.FindStringSubmatch(line); m != nil && strings.HasPrefix(line, tree.PlainText(item.Text)) {
				found = true
				n, _ := strconv.Atoi(m[2])
				if page := f.Pages[start+n-1].Text(); !strings.Contains(strip(page), strip(tree.PlainText(item.Text))) {
					t.Errorf("page %d has no %q", n, tree.PlainText(item.Text))
				}
			}
		}
		if !found {
			t.Errorf("%q is not in the list: %q", tree.PlainText(item.Text), lines)
		}
	}
	if text := strip(appendix(t, f, "Colophon").Text()); !strings.Contains(text, "Speakers5") || !strings.Contains(text, "evbooktest") {
		t.Errorf("colophon: %s", text)
	}
	var turns int
	f.Tags.All(func(tag *pdftest.Tag) {
		if tag.Type == "P" && strings.HasPrefix(words(tag.Text()), "EMA: ") {
			turns++
		}
	})
	if turns != 2 {
		t.Errorf("EMA speaks %d times, want 2", turns)
	}
}
