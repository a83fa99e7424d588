package epub_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/epub"
)

func withProfile(book *tree.Book, name string, c *diag.Collector) *render.Job {
	job := newJob(book, c)
	job.Options = []render.Option{{Name: "profile", Value: name, Pos: diag.Pos{File: "book.yaml", Line: 4, Col: 2}}}
	return job
}

// An option or value that the format does not know is an error at its place, with the nearest that it knows.
func TestOptions(t *testing.T) {
	for _, tt := range []struct{ name, value, code, hint string }{
		{"profile", "Kobo", "", ""}, {"profile", "kobbo", "option-unknown", "kobo"}, {"profil", "kobo", "option-unknown", "profile"},
	} {
		var c diag.Collector
		job := newJob(treetest.Every(), new(diag.Collector))
		job.Report = c.Report
		job.Options = []render.Option{{Name: tt.name, Value: tt.value, Pos: diag.Pos{File: "book.yaml", Line: 4, Col: 2}}}
		build(t, job)
		var got []diag.Diagnostic
		for _, d := range c.List() {
			if d.Code == "option-unknown" {
				got = append(got, d)
			}
		}
		switch {
		case tt.code == "" && len(got) > 0:
			t.Errorf("%s %s: %v", tt.name, tt.value, got)
		case tt.code != "" && (len(got) != 1 || got[0].Pos.Line != 4 || !strings.Contains(strings.Join(got[0].Hints, ""), tt.hint)):
			t.Errorf("%s %s is reported as %v", tt.name, tt.value, got)
		}
	}
	ext := epub.Format().ExtFor
	if got := ext([]render.Option{{Name: "profile", Value: "kobo"}}) + ext(nil); got != ".kepub.epub.epub" {
		t.Errorf("endings %s", got)
	}
}

var (
	koboID = regexp.MustCompile(`<span class="koboSpan" id="(kobo\.[0-9]+\.[0-9]+)">`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// A book for Kobo has all its text in spans with unique ids, and says the same as any other.
func TestKobo(t *testing.T) {
	_, plain := unpack(t, build(t, newJob(torture(), new(diag.Collector))))
	_, files := unpack(t, build(t, withProfile(torture(), "kobo", new(diag.Collector))))
	spans := 0
	for name, data := range files {
		if !strings.HasPrefix(name, "EPUB/xhtml/") {
			continue
		}
		if got, want := tags.ReplaceAllString(data, ""), tags.ReplaceAllString(plain[name], ""); got != want {
			t.Errorf("%s says\n%s\nwant\n%s", name, got, want)
		}
		ids := map[string]bool{}
		for _, m := range koboID.FindAllStringSubmatch(data, -1) {
			if ids[m[1]] {
				t.Errorf("%s has id %s twice", name, m[1])
			}
			ids[m[1]] = true
		}
		spans += len(ids)
		body := data[strings.Index(data, "<body"):]
		outside := regexp.MustCompile(`<span class="koboSpan"[^>]*>[^<]*</span>|<math.*?</math>`).ReplaceAllString(body, "")
		if words := strings.TrimSpace(tags.ReplaceAllString(outside, "")); words != "" {
			t.Errorf("%s has text outside of spans: %q", name, words)
		}
	}
	if spans < 100 {
		t.Errorf("%d spans", spans)
	}
}

// A book for Kindle has contents of two levels, no MathML and no rules for some screens only.
func TestKindle(t *testing.T) {
	_, files := unpack(t, build(t, withProfile(treetest.Every(), "kindle", new(diag.Collector))))
	for name, data := range files {
		for _, bad := range []string{"<math", "@media", "data-label", `class="wide`, `"mathml"`} {
			if strings.Contains(data, bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
	depth, deepest, points := 0, 0, 0
	for _, tag := range regexp.MustCompile(`</?navPoint`).FindAllString(files["EPUB/toc.ncx"], -1) {
		if tag == "<navPoint" {
			depth++
			points++
		} else {
			depth--
		}
		deepest = max(deepest, depth)
	}
	if deepest != 2 {
		t.Errorf("the contents have %d levels", deepest)
	}
	for _, name := range []string{"A second talk", "A plain chapter", "Booth"} {
		if !strings.Contains(files["EPUB/toc.ncx"], name) {
			t.Errorf("%s is not in the contents", name)
		}
	}
}
