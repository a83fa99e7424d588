package notes

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// builder makes a book of folders and pages. It works in one goroutine, in the order of the book.
type builder struct {
	config     *Config
	report     diag.Reporter
	lang       string // of the book
	book       *tree.Book
	order      []*regexp.Regexp
	orderUsed  []bool
	newest     tree.Date
	entries    []pendingEntry
	skipped    []Entry
	leftOut    map[string]string
	unselected map[string]string    // what Options do not select
	titles     []*diag.Diagnostic   // about titles given twice, while they are gathered
	doubtful   map[*tree.Event]bool // events whose dates were reported
	mentions   []mention
	included   map[string]string // path of a file → the file that includes it
	single     bool              // the root folder is the book's only part

	summary     map[string]int // positions of files in SUMMARY.md
	structure   *summaryReader
	summaryName string
}

func newBuilder(config *Config, lang string, report diag.Reporter) *builder {
	b := &builder{config: config, report: report, lang: lang, book: &tree.Book{Meta: config.Meta}, leftOut: map[string]string{}, unselected: map[string]string{}}
	b.book.Meta.Language = lang
	for _, p := range config.Order {
		b.order = append(b.order, exactPattern(p))
	}
	b.orderUsed = make([]bool, len(b.order))
	return b
}

func (b *builder) reader() reader {
	return reader{report: b.report, lang: b.lang, speaker: func(m mention) { b.mentions = append(b.mentions, m) }}
}

// build fills the book from the root folder.
func (b *builder) build(root *folder) {
	if b.structure != nil && len(b.order) == 0 && !b.config.ByName && !root.isConference() {
		b.buildParts(root, b.structure)
		return
	}
	b.single = b.isEvent(root)
	main := b.chapters(root)
	if b.single {
		e := &folder{path: root.path, opening: root.opening, pages: main, folders: root.folders}
		if e.opening != nil && b.matter(e.opening) != "" {
			b.frontChapter(e.opening)
			e.opening = nil
		}
		if e.opening != nil || len(e.pages) > 0 || len(e.folders) > 0 {
			b.events([]*folder{e})
		}
	} else {
		b.events(containers(root.folders))
	}
	b.backChapters(root)
	for i, used := range b.orderUsed {
		if p := b.config.Order[i]; !used {
			b.report.Warnf(CodeOrder, b.config.pos[p], "order names %s, which matches nothing", p)
		}
	}
}

// manyFiles is how many files right in the root make it likely that they are the book and no front matter.
const manyFiles = 4

// isEvent reports whether the root folder is a single event, or a plain folder of files: then the book has one part. It
// is one when its opening page gives an event's dates, when there is nothing in it but files and sections, or when it
// holds many files, and more than all its folders.
func (b *builder) isEvent(root *folder) bool {
	if root.opening != nil && root.opening.opensEvent() {
		return true
	}
	sections, below := true, 0
	for _, sub := range root.folders {
		sections = sections && sectionKind(sub.path) != tree.Other
		sub.each(func(*page) { below++ })
	}
	if sections {
		return true
	}
	right := 0
	for _, p := range root.pages {
		if b.matter(p) == "" {
			right++
		}
	}
	return right > below && right >= manyFiles
}

// opensEvent reports whether the front matter of an opening page is that of an event.
func (p *page) opensEvent() bool {
	for _, f := range p.fields {
		switch f.name {
		case "start", "end", "dates", "venue":
			return true
		}
	}
	return false
}

// containers opens out folders that only hold events, such as a folder for each year.
func containers(folders []*folder) []*folder {
	var out []*folder
	for _, f := range folders {
		holdsEvents := slices.ContainsFunc(f.folders, func(s *folder) bool { return s.opening != nil && s.opening.opensEvent() })
		if f.opening == nil && len(f.pages) == 0 && holdsEvents {
			out = append(out, containers(f.folders)...)
			continue
		}
		out = append(out, f)
	}
	return out
}

// matter says whether a page of the root is front or back matter by its own word or that of book.yaml.
func (b *builder) matter(p *page) string {
	switch {
	case slices.Contains(b.config.Front, p.path):
		return "front"
	case slices.Contains(b.config.Back, p.path):
		return "back"
	}
	return p.matter
}

// chapters makes the front chapters of the root's files. It returns the files that are neither front nor back matter,
// which is all others when the root is an event itself and none otherwise.
func (b *builder) chapters(root *folder) (main []*page) {
	var front []*page
	if root.opening != nil && !b.single && b.matter(root.opening) != "back" {
		front = append(front, root.opening)
	}
	for _, p := range root.pages {
		switch m := b.matter(p); {
		case m == "back":
		case m == "front" || !b.single:
			front = append(front, p)
		default:
			main = append(main, p)
		}
	}
	b.sortChapters(front, b.config.Front)
	for _, p := range front {
		b.frontChapter(p)
	}
	return main
}

func (b *builder) backChapters(root *folder) {
	var back []*page
	for _, p := range append(slices.Clone(root.pages), root.opening) {
		if p != nil && b.matter(p) == "back" && (p != root.opening || !b.single) {
			back = append(back, p)
		}
	}
	b.sortChapters(back, b.config.Back)
	for _, p := range back {
		b.chapter(p, &b.book.Back, "back matter")
	}
}

func (b *builder) frontChapter(p *page) { b.chapter(p, &b.book.Front, "front matter") }

// sortChapters orders chapters: those that book.yaml lists, the opening page, then by weight and name.
func (b *builder) sortChapters(pages []*page, listed []string) {
	at := func(p *page) place {
		k := slices.Index(listed, p.path)
		if k < 0 {
			k = len(listed) + b.listed(p.path)
		}
		pl := place{listed: k, rank: 1, path: p.path, weight: p.weight, hasWeight: p.hasWeight && !b.config.ByName}
		if isOpening(p.path) {
			pl.rank = 0
		}
		return pl
	}
	slices.SortStableFunc(pages, func(p, q *page) int { return comparePlaces(at(p), at(q)) })
}

// chapterRoles are the roles that chapters have by their file names.
var chapterRoles = map[string]string{
	"readme": "introduction", "index": "introduction", "_index": "introduction", "introduction": "introduction",
	"preface": "preface", "foreword": "foreword", "prologue": "prologue", "epilogue": "epilogue", "afterword": "afterword",
	"conclusion": "conclusion", "acknowledgments": "acknowledgments", "acknowledgements": "acknowledgments",
	"credits": "acknowledgments", "colophon": "colophon", "appendix": "appendix", "glossary": "glossary",
	"bibliography": "bibliography", "dedication": "dedication", "contributors": "contributors",
}

// chapter makes a chapter of a page and adds it to list. A page without text and facts makes none.
func (b *builder) chapter(p *page, list *[]*tree.Chapter, where string) {
	r := b.reader()
	c := &tree.Chapter{At: tree.At{Src: p.src}, Path: p.path, Title: p.title, Body: p.doc.Body}
	stem := strings.ToLower(strings.TrimSuffix(path.Base(p.path), path.Ext(p.path)))
	c.Role = chapterRoles[stem]
	for _, f := range p.fields {
		if f.name == "role" {
			c.Role = strings.ToLower(r.text(f))
			continue
		}
		p.otherKey(r, f, commonKeys, func(f field) {
			if fact, ok := r.fact(f); ok {
				c.Facts = append(c.Facts, fact)
			}
		})
	}
	if p.titleFrom == "file name" && isOpening(p.path) {
		c.Title = tree.Inlines{&tree.Text{At: tree.At{Src: p.src}, Text: "Introduction"}}
	}
	if len(c.Body) == 0 && len(c.Facts) == 0 {
		b.skipped = append(b.skipped, Entry{Path: p.path, Kind: KindSkipped, Reason: "no text"})
		b.leftOut[p.path] = "it has no text"
		return
	}
	*list = append(*list, c)
	b.add(KindChapter, p.path, 0, &c.ID, &c.Title, where+"; title from "+p.titleFrom)
}

// see remembers the newest date in the notes.
func (b *builder) see(d tree.Date) {
	if d.Compare(b.newest) > 0 {
		b.newest = d
	}
}
