package notes

import (
	"maps"
	"path"
	"strings"
)

// summaryNames are the names of the file in which mdBook and GitBook keep the order of a book.
var summaryNames = []string{"SUMMARY.md", "src/SUMMARY.md", "docs/SUMMARY.md"}

// wrapperNames are folders that only part a book's text from the files around it.
var wrapperNames = map[string]bool{"docs": true, "doc": true, "src": true, "content": true, "book": true, "text": true, "notes": true}

// unwrap takes the text out of a folder such as docs when it is the only folder of the root. Files beside it stay.
func (f *folder) unwrap() *folder {
	if len(f.folders) != 1 || !wrapperNames[strings.ToLower(f.folders[0].path)] || f.opening != nil && f.opening.opensEvent() {
		return f
	}
	sub := f.folders[0]
	out := &folder{path: f.path, opening: f.opening, pages: append(f.pages, sub.pages...), folders: sub.folders}
	switch {
	case sub.opening == nil:
	case out.opening == nil:
		out.opening = sub.opening
	default:
		out.pages = append(out.pages, sub.opening)
	}
	return out
}

// readSummary takes the structure and the order of the book from SUMMARY.md, when there is one. The file itself is not
// printed.
func (b *builder) readSummary(pages map[string]*page) {
	for _, name := range summaryNames {
		p := pages[name]
		if p == nil {
			continue
		}
		r := &summaryReader{dir: path.Dir(name), pages: maps.Clone(pages), order: map[string]int{}}
		maps.DeleteFunc(r.pages, func(_ string, p *page) bool { return p.draft })
		delete(r.pages, name)
		r.read(p.doc.Body)
		if len(r.order) == 0 {
			continue
		}
		b.summary, b.summaryName, b.structure = r.order, name, r
		p.draft = true
		return
	}
}

// inSummary returns the position of a file in SUMMARY.md, or that of the first file below a folder.
func (b *builder) inSummary(p string) (int, bool) {
	if at, ok := b.summary[p]; ok {
		return at, true
	}
	first, found := 0, false
	for file, at := range b.summary {
		if strings.HasPrefix(file, p+"/") && (!found || at < first) {
			first, found = at, true
		}
	}
	return first, found
}
