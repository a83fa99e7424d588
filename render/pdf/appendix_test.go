package pdf_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"regexp"
	"slices"
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

var withPages = regexp.MustCompile(`^(.*?)[ .]+(\d+(?:–\d+)?)$`)

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// numbers checks the numbers of pages that a book's indexes print.
type numbers struct {
	*testing.T
	f     *pdftest.File
	start int // index of page 1
	talks map[string]*pdftest.Tag
	count int
}

func newNumbers(t *testing.T, f *pdftest.File) *numbers {
	n := &numbers{T: t, f: f, start: bodyStart(t, f), talks: map[string]*pdftest.Tag{}}
	f.Tags.All(func(tag *pdftest.Tag) {
		if tag.Type == "Sect" || tag.Type == "Part" {
			n.talks[words(pdftest.Text(tag.Dict["T"]))] = tag
		}
	})
	return n
}

// check holds that the pages that an index gives for a piece of the book, such as "12" or "12–14", are its pages: it has
// text on each of them, the first has its title and, where the index gives all pages, none comes behind the last.
func (n *numbers) check(title, label string, all bool) {
	n.Helper()
	n.count++
	first, last, ranged := strings.Cut(label, "–")
	from, err := strconv.Atoi(first)
	to := from
	if ranged && err == nil {
		to, err = strconv.Atoi(last)
	}
	if err != nil || to < from || ranged && to == from || n.start+to > len(n.f.Pages) {
		n.Errorf("%s: %q are no pages", title, label)
		return
	}
	piece := n.talks[title]
	if piece == nil {
		n.Errorf("no section is called %q", title)
		return
	}
	if page := n.f.Pages[n.start+from-1].Text(); !strings.Contains(strip(page), strip(title)) {
		n.Errorf("page %d has no %q:\n%s", from, title, page)
	}
	for p := from; p <= to; p++ {
		if !piece.On(n.f.Pages[n.start+p-1]) {
			n.Errorf("page %d has no text of %q", p, title)
		}
	}
	if all && n.start+to < len(n.f.Pages) && piece.On(n.f.Pages[n.start+to]) {
		n.Errorf("%q ends on page %d, not %d", title, to+1, to)
	}
}

// indexed are the books whose indexes are checked: in one column and in two.
var indexed = []struct {
	name   string
	fsys   fs.FS
	layout string
	runOn  string
}{
	{"regatta", os.DirFS("../derive/testdata/regatta"), "a5", "off"}, {"bundled", os.DirFS("../../notes/events"), "a4", "off"},
	{"talks run on", os.DirFS("../../notes/events"), "trade", "on"},
}

// TestIndexesNameThePagesOfTheTalks reads each line of the indexes, the list of talks by date, the contents and the
// openers of events back and looks on the pages that they name.
func TestIndexesNameThePagesOfTheTalks(t *testing.T) {
	for _, test := range indexed {
		t.Run(test.name, func(t *testing.T) {
			book, data := notesBytes(t, test.fsys, test.layout, render.Option{Name: "run-on", Value: test.runOn})
			f, err := pdftest.Read(data)
			if err != nil {
				t.Fatal(err)
			}
			facts, n := derive.New(book), newNumbers(t, f)
			n.speakers(facts)
			n.topics(facts)
			n.dates(facts)
			n.contents()
			least := len(facts.Talks)*4 + len(book.Events)
			if n.count < least {
				t.Errorf("%d numbers only, want %d at least", n.count, least)
			}
		})
	}
}

// items lists the items of the lists of an appendix, each as its label and its body.
func (n *numbers) items(title string) (list [][2]*pdftest.Tag) {
	for _, l := range appendix(n.T, n.f, title).Kids {
		for _, item := range l.Kids {
			if item.Type == "LI" && len(item.Kids) == 2 {
				list = append(list, [2]*pdftest.Tag{item.Kids[0], item.Kids[1]})
			}
		}
	}
	return list
}

func (n *numbers) speakers(facts *derive.Facts) {
	var want, got []string
	for _, s := range facts.Speakers() {
		for _, p := range s.Talks {
			want = append(want, s.Name()+": "+words(tree.PlainText(p.Talk.Title)))
		}
	}
	for _, item := range n.items("Speakers") {
		for _, line := range item[1].Kids[0].Kids {
			m := withPages.FindStringSubmatch(words(line.Text()))
			if m == nil {
				n.Errorf("%q ends in no page", line.Text())
				continue
			}
			got = append(got, words(item[0].Text())+": "+m[1])
			n.check(m[1], m[2], true)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		n.Errorf("speakers (-want +got):\n%s", diff)
	}
}

func (n *numbers) topics(facts *derive.Facts) {
	items, topics := n.items("Topics"), facts.Topics()
	if len(items) != len(topics) {
		n.Fatalf("%d topics, want %d", len(items), len(topics))
	}
	for i, topic := range topics {
		if got := words(items[i][0].Text()); got != topic.Name {
			n.Errorf("topic %q, want %q", got, topic.Name)
		}
		var labels []string
		items[i][1].All(func(tag *pdftest.Tag) {
			if tag.Type == "Link" {
				labels = append(labels, words(tag.Text()))
			}
		})
		ranges := ranges(facts, topic.Talks)
		if len(labels) != len(ranges) {
			n.Errorf("topic %s: %d ranges of pages, want %d", topic.Name, len(labels), len(ranges))
			continue
		}
		for k, talks := range ranges {
			n.stretch(labels[k], talks)
		}
	}
}

// ranges divides the talks of a topic into those that have one range of pages: each for itself but, where an event has more than
// six of them, those that follow each other in the book.
func ranges(facts *derive.Facts, talks []derive.Place) (list [][]derive.Place) {
	in := map[*tree.Event]int{}
	for _, p := range talks {
		in[p.Event]++
	}
	for i, p := range talks {
		follows := i > 0 && p.Event == talks[i-1].Event && slices.Index(facts.Talks, p) == slices.Index(facts.Talks, talks[i-1])+1
		if n := len(list); follows && in[p.Event] > 6 {
			list[n-1] = append(list[n-1], p)
			continue
		}
		list = append(list, []derive.Place{p})
	}
	return list
}

// stretch checks the pages of talks that follow each other.
func (n *numbers) stretch(label string, talks []derive.Place) {
	title := func(k int) string { return words(tree.PlainText(talks[k].Talk.Title)) }
	if len(talks) == 1 {
		n.check(title(0), label, true)
		return
	}
	n.count += len(talks) - 2
	first, last, _ := strings.Cut(label, "–")
	n.check(title(0), first, false)
	to, err := strconv.Atoi(last)
	if err != nil || n.start+to >= len(n.f.Pages) {
		n.Errorf("%s: %q are no pages", title(0), label)
		return
	}
	n.count++
	if end := n.talks[title(len(talks)-1)]; !end.On(n.f.Pages[n.start+to-1]) || end.On(n.f.Pages[n.start+to]) {
		n.Errorf("%s: %q does not end on its last page", label, title(len(talks)-1))
	}
}

func (n *numbers) dates(facts *derive.Facts) {
	items := n.items("All talks by date")
	for i, p := range facts.Chronology() {
		title, got := words(tree.PlainText(p.Talk.Title)), words(items[i][1].Text())
		m := withPages.FindStringSubmatch(got)
		if words(items[i][0].Text()) != p.Talk.Date.String() || m == nil || !strings.HasPrefix(got, title) || !strings.Contains(got, words(tree.PlainText(p.Event.Title))) {
			n.Errorf("row %d: %q", i, got)
			continue
		}
		n.check(title, m[2], false)
	}
}

// contents checks the list of contents and the lists on the openers of events; what stands before page 1 has other numbers.
func (n *numbers) contents() {
	n.f.Tags.All(func(tag *pdftest.Tag) {
		if tag.Type != "TOCI" {
			return
		}
		for _, kid := range tag.Kids {
			if kid.Type != "Reference" {
				continue
			}
			line := words(kid.Text())
			if m := withPages.FindStringSubmatch(line); m != nil {
				title := m[1]
				for name := range n.talks { // speakers follow the title
					if strings.HasPrefix(m[1], name+" ") && len(name) > 0 && (title == m[1] || len(name) > len(title)) {
						title = name
					}
				}
				n.check(title, m[2], false)
			}
		}
	})
}

// strip leaves letters and digits: lines of a title may be divided anywhere between words.
func strip(s string) string {
	return regexp.MustCompile(`[^\p{L}\p{N}]+`).ReplaceAllString(s, "")
}

// TestMinutesAreGathered compares what is made from minutes with the facts of the tree.
func TestMinutesAreGathered(t *testing.T) {
	book, f := notesPDF(t, os.DirFS("../derive/testdata/summit"), "a4")
	start, facts := bodyStart(t, f), derive.New(book)
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
