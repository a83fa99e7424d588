package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

func text(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }

func day(t *testing.T, s string) tree.Date {
	t.Helper()
	d, err := tree.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sample has an event with a time zone, one of one day without times, one without dates, and texts that need care.
func sample(t *testing.T) *tree.Book {
	d := func(s string) tree.Date { return day(t, s) }
	return &tree.Book{
		Meta: tree.Meta{Title: "Notes, 2020", Language: "en"},
		Events: []*tree.Event{
			{
				ID: "fest", Path: "fest", Title: text("Fest 2020"), Start: d("2020-02-28"), End: d("2020-03-01"), Venue: "Hall; 1st, left", Site: "https://fest.example/?a=1&b=2",
				Facts: []tree.Fact{{Label: "Time zone", Key: "timezone", Value: text("America/New_York")}},
				Sections: []*tree.Section{{ID: "fest-talks", Title: text("Talks"), Talks: []*tree.Talk{
					{
						ID: "fest-one", Path: "fest/one.md", Title: text(`A "long" title, that goes on and on; with a back\slash and Ünïcödé 日本語日本語日本語日本語`), Date: d("2020-02-29"), Start: "23:30", End: "00:15",
						Track: "Room 2", Speakers: []tree.Person{{Name: "Ann Lee"}, {Name: "Łukasz Langa"}}, Tags: []string{"go, fast", "vim"},
						Links: []tree.LabelledLink{{Label: "Slides", URL: "https://x.example/s"}, {Label: "Video", URL: "https://x.example/v", Note: text("second half")}, {Label: "Code", URL: "https://x.example/c"}},
						Facts: []tree.Fact{{Label: "Held at", Value: text("noon")}},
					},
					{ID: "fest-two", Path: "fest/two.md", Title: text("No date"), Speakers: []tree.Person{{Name: "Bo Ek"}}},
				}}},
			},
			{
				ID: "meetup", Path: "meetup", Title: text("Meet-up"), Start: d("2020-05-05"), End: d("2020-05-05"),
				Sections: []*tree.Section{{ID: "meetup-talks", Talks: []*tree.Talk{
					{ID: "meetup-a", Path: "meetup/a.md", Title: text("=1+1"), Start: "18:00"},
					{ID: "meetup-b", Path: "meetup/b.md", Title: text("All day")},
				}}},
			},
			{ID: "rest", Path: "rest", Title: text("Rest"), Sections: []*tree.Section{{ID: "rest-s", Talks: []*tree.Talk{{ID: "rest-a", Path: "rest/a.md", Title: text("Undated")}}}}},
		},
	}
}

var options = Options{Time: time.Date(2020, 6, 1, 12, 0, 0, 0, time.UTC), Generator: "evbook 1.0"}

func TestGoldens(t *testing.T) {
	for _, f := range Formats {
		t.Run(f.Name, func(t *testing.T) {
			var b bytes.Buffer
			if err := f.Write(&b, sample(t), options); err != nil {
				t.Fatal(err)
			}
			// Git may change line ends: where the format wants "\r\n", that is checked here.
			if crlf := f.Name == "ics" || f.Name == "csv"; crlf && bytes.Count(b.Bytes(), []byte("\r\n")) != bytes.Count(b.Bytes(), []byte("\n")) {
				t.Error("a line ends without a carriage return")
			}
			golden.Check(t, filepath.Join("testdata", "sample."+f.Name), bytes.ReplaceAll(b.Bytes(), []byte("\r\n"), []byte("\n")))
		})
	}
}

func TestICSLinesAreFoldedAtCharacters(t *testing.T) {
	var b bytes.Buffer
	if err := writeICS(&b, sample(t), options); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") || line == "" {
			t.Errorf("not a line of RFC 5545: %q", line)
		}
	}
	unfolded := strings.ReplaceAll(b.String(), "\r\n ", "")
	for _, want := range []string{
		`SUMMARY:A "long" title\, that goes on and on\; with a back\\slash and Ünïcödé 日本語日本語日本語日本語` + "\r\n",
		"DTSTART:20200301T043000Z\r\nDTEND:20200301T051500Z\r\n", // 23:30 to 00:15 in New York
		"DTSTART:20200505T180000\r\nSUMMARY:=1+1\r\n",
		"DTSTART;VALUE=DATE:20200228\r\nDTEND;VALUE=DATE:20200302\r\n",
		"CATEGORIES:go\\, fast,vim\r\n",
		"DESCRIPTION:– Bo Ek: No date\r\n",
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("%q is not in the calendar", want)
		}
	}
	if strings.Contains(unfolded, "Undated") {
		t.Error("a talk without any day is in the calendar")
	}
}

func TestUIDsStayTheSame(t *testing.T) {
	uids := func(b *tree.Book, opt Options) map[string]bool {
		var out bytes.Buffer
		if err := writeICS(&out, b, opt); err != nil {
			t.Fatal(err)
		}
		set := map[string]bool{}
		for line := range strings.Lines(out.String()) {
			if strings.HasPrefix(line, "UID:") {
				if set[line] {
					t.Errorf("%q comes twice", line)
				}
				set[line] = true
			}
		}
		return set
	}
	all := uids(sample(t), options)
	if len(all) != 5 {
		t.Errorf("%d entries, want 5", len(all))
	}
	later, some := options, sample(t)
	later.Time = later.Time.AddDate(1, 0, 0)
	some.Events = some.Events[1:]
	some.Meta.Identifier = "urn:uuid:of-a-selection"
	for uid := range uids(some, later) {
		if !all[uid] {
			t.Errorf("%q is new in a selection made later", uid)
		}
	}
}

func TestUnknownTimeZone(t *testing.T) {
	b := sample(t)
	b.Events[0].Facts[0].Value = tree.Inlines{&tree.Text{At: tree.At{Src: diag.Pos{File: "fest/README.md", Line: 3}}, Text: "Mars/Olympus"}}
	var got diag.Collector
	opt := options
	opt.Report = got.Report
	var out bytes.Buffer
	if err := writeICS(&out, b, opt); err != nil {
		t.Fatal(err)
	}
	if list := got.List(); len(list) != 1 || list[0].Code != CodeZone || list[0].Pos.Line != 3 {
		t.Errorf("reported %v", list)
	}
	if !strings.Contains(out.String(), "DTSTART:20200229T233000\r\nDTEND:20200301T001500\r\n") {
		t.Error("the times are not floating")
	}
}

func TestEmptyCalendarIsReported(t *testing.T) {
	b := sample(t)
	b.Events = b.Events[2:]
	var got diag.Collector
	opt := options
	opt.Report = got.Report
	if err := writeICS(io.Discard, b, opt); err != nil {
		t.Fatal(err)
	}
	if list := got.List(); len(list) != 1 || list[0].Code != CodeEmpty {
		t.Errorf("reported %v", list)
	}
}

func TestOthersReadWhatWeWrite(t *testing.T) {
	write := func(name string) []byte {
		f, ok := Lookup(name)
		if !ok {
			t.Fatalf("no format %s", name)
		}
		var b bytes.Buffer
		if err := f.Write(&b, sample(t), options); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	rows, err := csv.NewReader(bytes.NewReader(write("csv"))).ReadAll()
	if err != nil || len(rows) != 6 || rows[1][10] != "Ann Lee; Łukasz Langa" {
		t.Errorf("CSV: %v, %q", err, rows)
	}
	var book Book
	if err := json.Unmarshal(write("json"), &book); err != nil || len(book.Events) != 3 || book.Events[0].Talks[0].Links[1].Note != "second half" {
		t.Errorf("JSON: %v, %+v", err, book)
	}
	d := xml.NewDecoder(bytes.NewReader(write("opml")))
	n := 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("OPML: %v", err)
		}
		if s, ok := tok.(xml.StartElement); ok && s.Name.Local == "outline" {
			n++
		}
	}
	if n != 3+5+3 {
		t.Errorf("OPML: %d outlines, want 11", n)
	}
}
