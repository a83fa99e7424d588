package notes_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/notes"
)

// cleanNotes is a collection that uses much of what there is and has no fault.
func cleanNotes() fstest.MapFS {
	return files(
		"book.yaml", "title: Two days\nlanguage: en-GB\nauthors:\n  - name: Ann Lee\n    role: aut\nisbn: 978-3-16-148410-0\nseries: {name: Days, index: 2}\ncover: pics/cover.png\norder: [fest/talks/one.md]\nspeakers:\n  - name: Bo Ek\n    aliases: [B. Ek]\n",
		"README.md", "# Welcome\n\nSee [the first talk](fest/talks/one.md#second-part).\n",
		"fest/README.md", "---\ntitle: Fest 2012\nstart: 2012-07-01\nend: 2012-07-02\nvenue: Hall\nsite: https://example.org/\n---\nTwo days of talks.\n",
		"fest/talks/one.md", `---
title: One
date: 2012-07-01
start: 10:00
end: 11:00
track: A
speakers: [Ann Lee, Bo Ek]
slides: https://example.org/one.pdf
tags: [go, maths]
weight: 1
---
# First part

Costs $5 to $9, and $a^2$. A note[^n], [[two]], [a link](two.md) and #topic.

[^n]: The note.

> [!NOTE]
> Mind "this".

| a | b |
|---|---|
| 1 | 2 |

![A dot](../../pics/dot.png "The dot")

## Second part

`+"```go\n{{#include ../../code/x.go:1:2}}\n```"+`

- [x] done
- <kbd>Ctrl</kbd>

Last line.
`,
		"fest/talks/two.md", "---\ntitle: Two\nspeaker: Zoë Brontë\ndate: 2012-07-02\n---\nText of two.\n\n### Deep\n\nMore.\n",
		"fest/exhibitors/acme.md", "# Acme\n\nThey sell *things*.\n",
		"code/x.go", "package x\n\nfunc F() {}\n", "pics/dot.png", "x", "pics/cover.png", coverPNG(1000, 1600), "fest/doc.pdf", "x",
		"credits.md", "---\nmatter: back\n---\n# Credits\n\nThanks.\n",
	)
}

// fault is a change of one file: the first old becomes new. It must be found at the line on which new differs from old,
// or so many lines below.
type fault struct {
	name, file, old, new string
	code                 string
	below                int
}

const one, two = "fest/talks/one.md", "fest/talks/two.md"

var faults = []fault{
	{"no day", one, "date: 2012-07-01", "date: 2012-07-41", "date-invalid", 0},
	{"a day in doubt", two, "date: 2012-07-02", "date: 07/02/2012", "date-invalid", 0},
	{"a day outside", two, "date: 2012-07-02", "date: 2012-08-02", "date-outside-event", 0},
	{"no time", one, "start: 10:00", "start: 10:61", "time-invalid", 0},
	{"a placeholder", one, "slides: https://example.org/one.pdf", "slides: TBD", "placeholder", 0},
	{"no scheme", one, "slides: https://example.org/one.pdf", "slides: www.example.org/one.pdf", "url-without-scheme", 0},
	{"a key twice", one, "track: A\n", "track: A\ntrack: B\n", "key-duplicate", 1},
	{"a key misspelt", one, "track: A", "trakc: A", "key-misspelt", 0},
	{"another program's key", one, "track: A\n", "track: A\npermalink: /one/\n", "key-unused", 1},
	{"a list for a text", one, "track: A", "track: [A, B]", "value-type", 0},
	{"a text for a number", one, "weight: 1", "weight: first", "value-type", 0},
	{"an unknown role", "book.yaml", "role: aut", "role: autor", "role-unknown", 0},
	{"no relator", "book.yaml", "role: aut", "role: aux", "role-unknown", 0},
	{"no language", "book.yaml", "language: en-GB", "language: british!", "language-invalid", 0},
	{"a wrong ISBN", "book.yaml", "148410-0", "148410-1", "value-unknown", 0},
	{"an unknown key of the book", "book.yaml", "cover:", "coverr:", "key-unknown", 0},
	{"an unknown key of the series", "book.yaml", "index: 2", "volume: 2", "key-unknown", 0},
	{"an unknown key of a speaker", "book.yaml", "aliases:", "alias:", "key-unknown", 0},
	{"no cover", "book.yaml", "pics/cover.png", "pics/covver.png", "image-missing", 0},
	{"a cover that is no picture", "book.yaml", "pics/cover.png", "pics/dot.png", "cover-format", 0},
	{"an order of nothing", "book.yaml", "talks/one.md", "talks/nine.md", "order-unmatched", 0},
	{"an alias of two", "book.yaml", "    aliases: [B. Ek]\n", "    aliases: [B. Ek]\n  - name: Bea Ek\n    aliases: [B. Ek]\n", "speaker-duplicate", 1},
	{"an unquoted colon", "fest/README.md", "venue: Hall", "venue: Hall: big", "front-matter-syntax", 0},
	{"front matter without end", "credits.md", "---\n# Credits", "\n# Credits", "front-matter-syntax", -2},
	{"an event that ends first", "fest/README.md", "end: 2012-07-02", "end: 2012-06-02", "date-invalid", 0},
	{"an unknown matter", "credits.md", "matter: back", "matter: rear", "value-unknown", 0},
	{"an unclosed fence", one, "```\n\n- [x]", "\n- [x]", "code-fence-unclosed", -2},
	{"a fence in HTML", two, "Text of two.", "<div>\n```go\nx\n```\n</div>\n\nText.", "code-fence-in-html", 1},
	{"a heading without a space", two, "Text of two.", "Text of two.\n\n##Part\n\nText.", "heading-without-space", 2},
	{"an undefined note", one, "[^n], ", "[^n], [^m], ", "footnote-undefined", 0},
	{"an unused note", one, "[^n]: The note.\n", "[^n]: The note.\n[^m]: Another.\n", "footnote-unused", 1},
	{"a note twice", one, "[^n]: The note.\n", "[^n]: The note.\n\n[^n]: Again.\n", "footnote-duplicate", 2},
	{"a level skipped", two, "Text of two.", "## Part\n\n#### Deeper\n\nText of two.", "heading-level-skipped", 2},
	{"an unknown tag", two, "Text of two.", "Text of <project ID>.", "html-not-supported", 0},
	{"a script", two, "Text of two.", "Text.\n\n<script>x()</script>", "html-dropped", 2},
	{"a shortcode", two, "Text of two.", "Text {{< figure >}} of two.", "shortcode-dropped", 0},
	{"a tag of Liquid", two, "Text of two.", "Text.\n\n{% include x.html %}", "shortcode-dropped", 2},
	{"attributes of kramdown", two, "Text of two.", "Text of two. {: .lead }", "attributes-ignored", 0},
	{"a cell too many", one, "| 1 | 2 |", "| 1 | 2 | 3 |", "table-extra-cells", 0},
	{"an address with spaces", two, "Text of two.", "Text [of](two things.md).", "link-with-spaces", 0},
	{"a formula without end", two, "Text of two.", "Text.\n\n> $$\n> x\ny\n$$", "math-unclosed", 2},
	{"no file to include", one, "code/x.go:1:2", "code/y.go:1:2", "include-missing", 0},
	{"no lines to include", one, "code/x.go:1:2", "code/x.go:8:9", "include-range", 0},
	{"an include outside", one, "../../code/x.go:1:2", "../../../x.go", "include-missing", 0},
	{"an include of itself", two, "Text of two.", "Text {{#include two.md}}", "include-cycle", 0},
	{"invalid UTF-8", two, "Text of two.", "Text \xff of two.", "encoding-invalid", 0},
	{"a link to nothing", one, "(two.md)", "(twoo.md)", "link-unresolved", 0},
	{"a link to no heading", "README.md", "#second-part", "#third-part", "anchor-unresolved", 0},
	{"a link to a file", one, "(two.md)", "(../doc.pdf)", "link-outside-book", 0},
	{"a link that runs", one, "(two.md)", "(javascript:x)", "link-scheme", 0},
	{"a link to no place", one, "(two.md)", "()", "link-empty", 0},
	{"a wiki link to nothing", one, "[[two]]", "[[three hundred]]", "wiki-link-unresolved", 0},
	{"no image", one, "pics/dot.png", "pics/dit.png", "image-missing", 0},
	{"an image on the web", one, "../../pics/dot.png", "https://example.org/dot.png", "image-remote", 0},
	{"an image without words", one, "![A dot]", "![]", "image-alt-missing", 0},
	{"an id twice", two, "Text of two.\n", "## A {#x}\n\na\n\n## B {#x}\n\nb\n", "id-duplicate", 4},
	{"a name spelt in two ways", two, "Zoë Brontë", "Ann Leé", "speaker-spelling", 0},
	{"a name in another order", two, "Zoë Brontë", "Lee Ann", "speaker-spelling", 0},
	{"a title twice", two, "title: Two\nspeaker: Zoë Brontë\ndate: 2012-07-02", "title: One\nspeaker: Ann Lee", "title-duplicate", 0},
	{"an empty section", two, "More.\n", "More.\n\n### Questions\n", "section-empty", 2},
	{"an empty file", "fest/exhibitors/acme.md", "# Acme\n\nThey sell *things*.\n", "", "file-empty", 0},
}

// TestPlantedFaults plants each fault in the clean notes: it alone is reported, on its line.
func TestPlantedFaults(t *testing.T) {
	if _, seen := load(t, cleanNotes(), notes.Options{}); len(seen) > 0 {
		t.Fatalf("the clean notes are reported: %v", seen)
	}
	if _, seen := load(t, notes.Bundled(), notes.Options{}); len(seen) > 0 {
		t.Errorf("the bundled notes are reported: %v", seen)
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			fsys := cleanNotes()
			text := string(fsys[f.file].Data)
			at := strings.Index(text, f.old)
			if at < 0 {
				t.Fatalf("%q does not stand in %s", f.old, f.file)
			}
			fsys[f.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, f.old, f.new, 1))}
			line := 1 + strings.Count(text[:at], "\n") + f.below
			_, seen := load(t, fsys, notes.Options{})
			var got []string
			for _, d := range seen {
				got = append(got, fmt.Sprintf("%s %s:%d", d.Code, d.Pos.File, d.Pos.Line))
			}
			want := fmt.Sprintf("%s %s:%d", f.code, f.file, line)
			if strings.Join(got, ", ") != want {
				t.Errorf("got  %s\nwant %s\n%v", strings.Join(got, ", "), want, seen)
			}
		})
	}
	kinds := map[string]bool{}
	for _, f := range faults {
		kinds[f.code] = true
	}
	if len(faults) < 40 || len(kinds) < 40 {
		t.Errorf("%d faults of %d kinds", len(faults), len(kinds))
	}
}
