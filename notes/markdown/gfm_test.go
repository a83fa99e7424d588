package markdown_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

// differentGFM lists the examples of GitHub's extensions that we read in another way, with the reason. An example that
// begins to agree fails the test.
var differentGFM = map[string]string{
	"spec.txt 204": moreCells, "extensions.txt 8": moreCells, "spec.txt 653": tagIsText, "extensions.txt 22": tagIsText,
	"extensions.txt 20": "the reference only says that nothing may crash", "extensions.txt 23": "notes stand at their references, without numbers and marks to come back",
}

const moreCells = "cells beyond the header's are kept in the last cell, and reported"

// shapes of what an example holds besides its words: the cells of tables, the addresses of links, the boxes of tasks.
type gfmShape struct {
	words, cells, links, tasks string
}

// TestGFM parses the examples of tables, task lists, strikethrough, bare URLs and footnotes, and compares words, cells,
// addresses and boxes with those of the reference HTML.
func TestGFM(t *testing.T) {
	data, err := os.ReadFile("testdata/gfm/spec.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Source, Section, Markdown, HTML string
		Example                         int
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) < 50 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, e := range examples {
		name := fmt.Sprintf("%s %d", e.Source, e.Example)
		doc, _ := parse(t, e.Markdown, markdown.Options{Title: "\x00"})
		got, want := shapeOfTree(doc.Body), shapeOfHTML(t, e.HTML)
		reason, known := differentGFM[name]
		switch {
		case got == want && known:
			t.Errorf("%s (%s) agrees now; listed as: %s", name, e.Section, reason)
		case got != want && !known:
			t.Errorf("%s (%s)\n%s\n got %+v\nwant %+v", name, e.Section, e.Markdown, got, want)
		}
	}
}

func shapeOfTree(body tree.Blocks) gfmShape {
	var s gfmShape
	for _, b := range body {
		s.words += squeeze(tree.Words(b))
		for n := range tree.All(b) {
			switch n := n.(type) {
			case *tree.Table:
				s.cells += fmt.Sprintf("%dx%d ", len(n.Align), len(n.Rows)+1)
			case *tree.Link:
				if u, err := url.PathUnescape(n.URL); err == nil { // package resolve escapes what needs it
					s.links += u + " "
				}
			case *tree.ListItem:
				if n.Task == tree.TaskOpen {
					s.tasks += "o"
				} else if n.Task == tree.TaskDone {
					s.tasks += "x"
				}
			}
		}
	}
	return s
}

func shapeOfHTML(t *testing.T, fragment string) gfmShape {
	t.Helper()
	s := gfmShape{words: squeeze(textOf(t, fragment))}
	z := html.NewTokenizer(strings.NewReader(fragment))
	columns, rows := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return s
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "table" {
				s.cells += fmt.Sprintf("%dx%d ", columns, rows)
				columns, rows = 0, 0
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			attr := map[string]string{}
			for _, a := range tok.Attr {
				attr[a.Key] = a.Val
			}
			switch tok.Data {
			case "th":
				columns++
			case "tr":
				rows++
			case "a":
				if u, err := url.PathUnescape(attr["href"]); err == nil {
					s.links += u + " "
				}
			case "input":
				if _, done := attr["checked"]; done {
					s.tasks += "x"
				} else {
					s.tasks += "o"
				}
			}
		}
	}
}
