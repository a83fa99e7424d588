// Package bigbook writes a large book of event notes for benchmarks: the same bytes on every call and every machine. The
// text is made of a vocabulary of its own by a small grammar, so that it has what slows typesetters down in earnest: some
// thousand different words in the frequencies of English, tables, listings, footnotes, nested lists and emphasis.
package bigbook

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"
)

const (
	events        = 4
	talksPerEvent = 6 // 24 chapters
	sections      = 7 // of a talk; each has a table and a listing
	talkWords     = 3400
)

// Files returns the book's Markdown by path: 4 events with 24 talks of about 3800 words, 168 tables, 168 listings.
func Files() map[string]string {
	files := map[string]string{"book.yaml": "title: The Big Book of Events\nlanguage: en\nauthors: [The evbook authors]\ndate: 2024-12-01\n"}
	r := &random{state: 1}
	for e := range events {
		start := time.Date(2024, time.Month(2+3*e), 4+e, 0, 0, 0, 0, time.UTC)
		name := places[e] + " Days 2024"
		dir := strings.ToLower(places[e]) + "-2024/"
		files[dir+"README.md"] = fmt.Sprintf("---\ntitle: %s\nstart: %s\nend: %s\nvenue: %s Hall\n---\n\n%s\n",
			name, start.Format(time.DateOnly), start.AddDate(0, 0, 2).Format(time.DateOnly), places[e], wrap(r.paragraph(5)))
		for t := range talksPerEvent {
			day := start.AddDate(0, 0, t/2).Format(time.DateOnly)
			files[fmt.Sprintf("%stalks/talk-%d.md", dir, t+1)] = talk(r, day, 9+3*(t%2))
		}
	}
	return files
}

// FS returns the book as a file system.
func FS() fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range Files() {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return fsys
}

// Write writes the book into a folder and makes the folder where it is missing.
func Write(dir string) error {
	for name, text := range Files() {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// talk returns a chapter with its front matter.
func talk(r *random, day string, hour int) string {
	w := &writer{random: r}
	w.printf("---\ntitle: %s\ndate: %s\nstart: %02d:00\nend: %02d:45\ntrack: %s room\nspeakers: [%s, %s]\ntags: [%s, %s]\n---\n",
		w.title(), day, hour, hour, r.pick(adjectives), r.person(), r.person(), r.noun(), r.noun())
	w.block(r.paragraph(4))
	for s := range sections {
		w.section(s, talkWords*(s+1)/sections)
	}
	w.text.WriteString("\n" + strings.Join(w.footnotes, "\n"))
	return w.text.String()
}

// section adds a section and fills it with prose until the talk has the wanted number of words.
func (w *writer) section(number, words int) {
	w.block("## " + w.title())
	w.block(w.withFootnote(w.paragraph(3)))
	w.listing(number)
	w.block(w.paragraph(3))
	w.block("### " + w.title())
	w.list()
	w.table()
	if number%3 == 1 {
		w.block("> " + strings.ReplaceAll(wrap(w.paragraph(2)), "\n", "\n> "))
	}
	w.block(w.withFootnote(w.paragraph(3)))
	for w.words < words {
		w.block(w.paragraph(2 + w.below(5)))
	}
}
