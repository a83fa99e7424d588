package epub_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"net/url"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/epub"
)

// constructs are pieces of Markdown, whole and broken, that the mixtures below consist of.
var constructs = []string{
	"# T\n", "## A {#a}\n", "### A\n", "#### <b>x\n", "Setext\n===\n", "- a\n", "  - b\n", "1. c\n", "   12) d\n", "- [ ] e\n", "> q\n", "> [!NOTE]\n> n\n", "> > r\n", "\n", "\n\n", "* * *\n", "---\n",
	"| a | b |\n|---|--:|\n| c | d | e |\n", "| x\n", "|-|\n", "Term\n: def\n", ": more\n", "```go\nx := 1\n```\n", "```\n", "~~~ py\n", "    code\n", "\tcode\n",
	"*em ", "**st ", "em* ", "st** ", "~~s~~ ", "`c` ", "`` ` ", "\\* ", "&amp; ", "&#0; ", "&bogus; ", "<b>b ", "</b>", "<kbd>k</kbd> ", "<div>\n", "</div>\n", "<p>p", "<table><tr><td>t", "</table>\n", "<script>s", "</script>\n",
	"<details><summary>s</summary>\n", "</details>\n", "<a id=\"a\">", "<a id=\"x y\"></a>", "<a name=a>", "<img src=p.png id=a>", "<img src=\"gone.png\" alt='\"<'>", "<svg><a xlink:href='x'>", "<!-- c ", "-->", "<project ID> ", "<![CDATA[ ", "]]> ", "<?php ", "?>",
	"[l](b.md) ", "[m](b.md#b) ", "[n](#a) ", "[o](#gone) ", "[p](gone.md) ", "[q](<x y>) ", "[r](javascript:x) ", "[s](https://example.org/%zz?a=b&c=\"<>) ", "[t][ref] ", "[ref]: https://example.org/ 'T'\n", "![i](p.png \"c\"){width=50%}\n",
	"![j](https://example.org/i.png) ", "[![k](p.png)](b.md) ", "[a [b](c) d](e) ", "https://example.org/a_b_c. ", "<https://example.org/> ", "www.example.org ", "a@example.org ", "[[b]] ", "[[b#b|w]] ", "![[p.png|9]] ", "[^1] ", "[^1]: note\n", "[^2]: [^2] [^1]\n", "    in note\n", "[^3] ",
	"$x^2$ ", "$^2_a$ ", "$$\\frac{a}{b\n", "$$\n", "{: .x #a}\n", "{{< s >}} ", "{% t %}\n", "{{#include b.md}}\n", "<!-- include: b.md -->\n", "#tag ", ":tada: ", "\"q\" 'r' -- ... ", "\u00a0\u200b\u202e\u2028", "\x00\x01\x1b\x7f", "\xff\xc0\xed\xa0\x80", "\ufeff\ufffe", "\r", "\r\n", "日本語 עברית ", "😀👨‍👩‍👧 ", "-->&<>\"'", "plain words ",
}

// mixture puts constructs and bytes together at random.
func mixture(rnd *rand.Rand) []byte {
	var b bytes.Buffer
	if rnd.IntN(4) == 0 {
		b.WriteString("---\ntitle: \"<T> & \\\"x\\\"\"\nspeakers: A & B\ndate: 2012-01-01\nlang: xx-!\nodd<key: <v>\n---\n")
	}
	for range 1 + rnd.IntN(40) {
		switch rnd.IntN(20) {
		case 0:
			for range rnd.IntN(6) {
				b.WriteByte(byte(rnd.IntN(256)))
			}
		case 1:
			b.WriteString(strings.Repeat([]string{"> ", "- ", "*", "[", "<b>", "`", "  "}[rnd.IntN(7)], rnd.IntN(70)))
		default:
			b.WriteString(constructs[rnd.IntN(len(constructs))])
		}
	}
	return b.Bytes()
}

// Any Markdown gives an EPUB whose documents are well-formed, whose ids are unique, and whose links lead somewhere. That is
// looked at here with nothing but the XML decoder of the standard library.
func TestAnyMarkdown(t *testing.T) {
	count := uint64(250)
	if testing.Short() {
		count = 40
	}
	for seed := range count {
		rnd := rand.New(rand.NewPCG(seed, 7))
		fsys := fstest.MapFS{"e/a.md": {Data: mixture(rnd)}, "e/b.md": {Data: []byte("# B\n\n[back](a.md#a) [^1]\n\n[^1]: Note.\n")}, "e/sub/c.md": {Data: mixture(rnd)}, "e/p.png": {Data: onePixel}}
		var c diag.Collector
		book, err := notes.Load(context.Background(), fsys, notes.Options{}, c.Report)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var b bytes.Buffer
		job := &render.Job{Book: book, Assets: fsys, Time: time.Unix(0, 0), Report: c.Report}
		if _, err := epub.Format().New().Render(context.Background(), job, &b); err != nil {
			t.Fatalf("seed %d: %v\n%q", seed, err, fsys["e/a.md"].Data)
		}
		checkContainer(t, b.Bytes())
		if t.Failed() {
			t.Fatalf("seed %d:\n%q\n%q", seed, fsys["e/a.md"].Data, fsys["e/sub/c.md"].Data)
		}
	}
}

// onePixel is a PNG image.
var onePixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82")

// checkContainer parses every XML file of an EPUB and follows its references.
func checkContainer(t *testing.T, data []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]map[string]bool{} // by file
	var refs [][2]string                // file, reference
	for _, f := range z.File {
		ids[f.Name] = map[string]bool{}
		if ext := path.Ext(f.Name); ext != ".xhtml" && ext != ".opf" && ext != ".ncx" && ext != ".xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", f.Name, err)
				break
			}
			el, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			seen := map[xml.Name]bool{}
			for _, a := range el.Attr {
				if seen[a.Name] {
					t.Errorf("%s: %s has two attributes %s", f.Name, el.Name.Local, a.Name.Local)
				}
				seen[a.Name] = true
				switch {
				case a.Name.Local == "id" && a.Name.Space == "":
					if ids[f.Name][a.Value] || a.Value == "" || strings.ContainsAny(a.Value, " \t\n") {
						t.Errorf("%s: the id %q is empty, broken or used twice", f.Name, a.Value)
					}
					ids[f.Name][a.Value] = true
				case (a.Name.Local == "href" || a.Name.Local == "src") && path.Ext(f.Name) == ".xhtml":
					refs = append(refs, [2]string{f.Name, a.Value})
				}
			}
		}
		r.Close()
	}
	for _, ref := range refs {
		u, err := url.Parse(ref[1])
		if err != nil || u.IsAbs() {
			if err != nil || u.Scheme == "javascript" {
				t.Errorf("%s: the reference %q cannot be used", ref[0], ref[1])
			}
			continue
		}
		file := ref[0]
		if u.Path != "" {
			file = path.Join(path.Dir(ref[0]), u.Path)
		}
		if ids[file] == nil || u.Fragment != "" && !ids[file][u.Fragment] {
			t.Errorf("%s: nothing is at %q", ref[0], ref[1])
		}
	}
}
