package diag_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/evbook/evbook/notes/diag"
)

func TestPosString(t *testing.T) {
	for _, tt := range []struct {
		pos  diag.Pos
		want string
	}{
		{diag.Pos{}, "-"},
		{diag.Pos{File: "a.md"}, "a.md"},
		{diag.Pos{File: "a.md", Line: 3}, "a.md:3"},
		{diag.Pos{File: "a.md", Line: 3, Col: 7}, "a.md:3:7"},
		{diag.Pos{File: "a.md", Col: 7}, "a.md"},
	} {
		if got := tt.pos.String(); got != tt.want {
			t.Errorf("%#v: got %q, want %q", tt.pos, got, tt.want)
		}
	}
}

func TestCollectorSortsAndRemovesRepetitions(t *testing.T) {
	var c diag.Collector
	r := diag.Reporter(c.Report)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			r.Warnf("b", diag.Pos{File: "b.md", Line: 2}, "second file")
			r.Warnf("a", diag.Pos{File: "a.md", Line: 10}, "later line")
			r.Warnf("a", diag.Pos{File: "a.md", Line: 9}, "same place, a warning")
			r.Errorf("z", diag.Pos{File: "a.md", Line: 9}, "same place, an error")
		})
	}
	wg.Wait()
	var got []string
	for _, d := range c.List() {
		got = append(got, d.Message)
	}
	want := []string{"same place, an error", "same place, a warning", "later line", "second file"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := c.List().Count(diag.Warning); n != 3 {
		t.Errorf("got %d warnings, want 3", n)
	}
}

func TestTextShowsTheLineAndACaret(t *testing.T) {
	source := func(string) []byte {
		return []byte("\ufeff---\r\ndate:\t2012-07-40\r\n日本 x\n" + strings.Repeat("a", 300) + "b\n")
	}
	for _, tt := range []struct {
		name string
		d    diag.Diagnostic
		want string
	}{
		{"tab before the column", diag.Diagnostic{Severity: diag.Error, Code: "date-invalid", Pos: diag.Pos{File: "x.md", Line: 2, Col: 7}, Message: "no such day", Hints: []string{"write YYYY-MM-DD"}},
			"notes/x.md:2:7: error: no such day [date-invalid]\n  2 | date: 2012-07-40\n    |       ^\n  help: write YYYY-MM-DD\n"},
		{"wide characters", diag.Diagnostic{Severity: diag.Warning, Code: "c", Pos: diag.Pos{File: "x.md", Line: 3, Col: 4}, Message: "m"},
			"notes/x.md:3:4: warning: m [c]\n  3 | 日本 x\n    |      ^\n"},
		{"no place", diag.Diagnostic{Severity: diag.Info, Code: "c", Message: "escape \x1b[2J"}, "evbook: info: escape \ufffd[2J [c]\n"},
		{"line past the end", diag.Diagnostic{Code: "c", Pos: diag.Pos{File: "x.md", Line: 99, Col: 1}, Message: "m"}, "notes/x.md:99:1: info: m [c]\n"},
		{"related", diag.Diagnostic{Code: "c", Pos: diag.Pos{File: "x.md"}, Message: "m", Related: []diag.Related{{Pos: diag.Pos{File: "y.md", Line: 1}, Message: "first here"}}},
			"notes/x.md: info: m [c]\n  note: notes/y.md:1: first here\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			p := &diag.Text{W: &b, Source: source, Prefix: "notes/"}
			if err := p.Print(tt.d); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	var b bytes.Buffer
	p := &diag.Text{W: &b, Source: source}
	if err := p.Print(diag.Diagnostic{Code: "c", Pos: diag.Pos{File: "x.md", Line: 4, Col: 301}, Message: "m"}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := len([]rune(line)); n > 120 {
			t.Errorf("a line of %d code points: a long source line must be cut", n)
		}
	}
	if !strings.Contains(b.String(), "aab\n") {
		t.Errorf("the excerpt lost the place it points to:\n%s", b.String())
	}
}

func TestMachineForms(t *testing.T) {
	d := diag.Diagnostic{Severity: diag.Warning, Code: "link-broken", Pos: diag.Pos{File: "a,b.md", Line: 4, Col: 2}, Message: "100% broken\nreally", Hints: []string{"mend it"}}
	var b bytes.Buffer
	if err := (diag.GitHub{W: &b}).Print(d); err != nil {
		t.Fatal(err)
	}
	if want := "::warning file=a%2Cb.md,line=4,col=2,title=link-broken::100%25 broken%0Areally%0Ahelp: mend it\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	b.Reset()
	if err := (diag.JSON{W: &b}).Print(d); err != nil {
		t.Fatal(err)
	}
	if want := `{"severity":"warning","code":"link-broken","pos":{"file":"a,b.md","line":4,"col":2},"message":"100% broken\nreally","hints":["mend it"]}` + "\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
