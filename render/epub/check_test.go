package epub

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/epub/lint"
)

// What the check finds in a line of a page is reported at the place in the notes from which the line was made, whether
// pages of a printed edition are marked or not.
func TestFindingsHavePlacesInTheNotes(t *testing.T) {
	at := func(line int) tree.At { return tree.At{Src: diag.Pos{File: "a.md", Line: line, Col: 1}} }
	words := func(s string) tree.Inlines { return tree.Inlines{&tree.Text{Text: s}} }
	one := &tree.Paragraph{At: at(3), Text: words("one")}
	two := &tree.CodeBlock{At: at(5), Text: "two\nthree\nfour"}
	five := &tree.Paragraph{At: at(9), Text: words("five")}
	talk := &tree.Talk{At: at(1), ID: "t", Title: words("T"), Body: tree.Blocks{one, two, &tree.Quote{At: at(8), Body: tree.Blocks{five}}}}
	book := &tree.Book{Meta: tree.Meta{Title: "B", Language: "en"}, Events: []*tree.Event{{ID: "e", Title: words("E"), Sections: []*tree.Section{{ID: "s", Talks: []*tree.Talk{talk}}}}}}
	for _, pages := range []*render.PageMap{nil, {Pages: []render.PageStart{{Label: "1", Begins: tree.Place{Node: one}}, {Label: "2", Begins: tree.Place{Node: five}}}}} {
		var c diag.Collector
		job := &render.Job{Book: book, Report: c.Report, Pages: render.NewPages()}
		job.Pages.Set(pages)
		p, err := newPublication(job)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []func(context.Context) error{p.awaitPages, p.writePages} {
			if err := step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		p.placePages()
		packed, err := p.assemble(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		files, err := p.finish(packed)
		if err != nil {
			t.Fatal(err)
		}
		const name = "EPUB/xhtml/t.xhtml"
		for word, want := range map[string]int{"one": 3, "two": 5, "three": 5, "four": 5, "five": 9, "<title>": 1} {
			line := 1 + strings.Count(strings.SplitN(string(files[name]), word, 2)[0], "\n")
			c = diag.Collector{}
			p.job.Report = c.Report
			p.reportFinding(lint.Finding{Severity: lint.Error, ID: "RSC-005", Path: name, Line: line, Message: "m"})
			got := c.List()
			if len(got) != 1 || got[0].Pos.Line != want || got[0].Severity != diag.Error || got[0].Code != "epub-rsc-005" {
				t.Errorf("%q, line %d of the page, is reported as %v, want line %d of the notes", word, line, got, want)
			}
		}
	}
}

// The check runs over the finished book; a fault that gets into it is reported.
func TestCheckSeesFaults(t *testing.T) {
	var c diag.Collector
	p, packed := planned(t)
	files, err := p.finish(packed)
	if err != nil {
		t.Fatal(err)
	}
	p.job.Report = c.Report
	if p.check(files); len(c.List()) > 0 {
		t.Fatalf("a sound book: %v", c.List())
	}
	name := root + pageFolder + titlePage
	files[name] = bytes.Replace(files[name], []byte("</h1>"), []byte(`</h1><p align="center">x</p>`), 1)
	p.check(files)
	if got := fmt.Sprint(c.List()); !strings.Contains(got, "epub-rsc-005") || !strings.Contains(got, titlePage) {
		t.Errorf("the fault is reported as %s", got)
	}
}
