package notes

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

// page is one Markdown file: what its front matter says in common, and its text.
type page struct {
	path   string
	fields []field
	doc    *markdown.Document
	src    diag.Pos // the beginning of the file

	title     tree.Inlines
	titleFrom string // why the title is what it is
	draft     bool
	matter    string // front, back or nothing
	weight    float64
	hasWeight bool
	lang      string
	dated     bool // front matter gives a date, a start or an end

	includes []string // Markdown files that are part of the text as a whole

	reports diag.List // what was found while reading, to be passed on in the order of the files
}

// The keys that are understood in the front matter of a file, whatever the file is.
var commonKeys = []string{"title", "weight", "draft", "published", "language", "lang", "matter", "role", "nav-order", "sidebar-position"}

// The keys that are understood in the front matter of talks and of opening pages. All others are printed as facts.
var (
	talkKeys  = append([]string{"date", "start", "end", "time", "track", "speakers", "speaker", "presenter", "presenters", "slides", "video", "site", "archived", "links", "tags"}, commonKeys...)
	eventKeys = append([]string{"start", "end", "date", "dates", "venue", "site", "kind"}, commonKeys...)
)

var knownKeys = func() map[string]bool {
	m := map[string]bool{}
	for _, k := range append(append([]string{}, talkKeys...), eventKeys...) {
		m[k] = true
	}
	return m
}()

// foreignKeys speak to site generators and note-taking programs. They are not printed.
var foreignKeys = map[string]bool{
	"layout": true, "permalink": true, "slug": true, "aliases": true, "alias": true, "toc": true, "comments": true,
	"has-children": true, "grand-parent": true, "nav-exclude": true, "search-exclude": true, "sidebar-label": true,
	"hide-title": true, "pagination-next": true, "pagination-prev": true, "cssclass": true, "cssclasses": true,
	"redirect-from": true, "marp": true, "theme": true, "paginate": true, "sidebar": true, "pagefind": true,
	"custom-edit-url": true, "hide-table-of-contents": true,
}

// readPage reads a file, and from fsys what it includes. It depends on nothing but its arguments, so that files can be read
// at the same time.
func readPage(fsys fs.FS, name string, data []byte, lang string) *page {
	p := &page{path: name, src: diag.Pos{File: name, Line: 1, Col: 1}}
	report := diag.Reporter(func(d diag.Diagnostic) { p.reports = append(p.reports, d) })
	src := markdown.NewSource(name, data, report)
	var body int
	p.fields, body = splitFrontMatter(src, report)
	r := reader{report: report, lang: lang}
	if title := p.common(r); title != "" {
		r.lang = p.langOr(lang)
		p.titleFrom = "front matter"
		f, _ := p.field("title")
		p.title = r.inline(title, f.value.pos)
	}
	src = p.include(fsys, src, body, report)
	p.doc = markdown.Parse(src, body, markdown.Options{Language: p.langOr(lang), Title: tree.PlainText(p.title)}, report)
	if p.title == nil {
		p.title, p.titleFrom = p.doc.Title, "first heading"
	}
	if len(p.title) == 0 {
		p.title, p.titleFrom = tree.Inlines{&tree.Text{At: tree.At{Src: p.src}, Text: prettyName(name)}}, "file name"
	}
	if strings.TrimSpace(string(src.Text()[body:])) == "" && len(p.fields) == 0 {
		report.Infof(CodeEmptyFile, p.src, "the file is empty: only its name is printed")
	}
	return p
}

// maxIncluded is the size in bytes beyond which a file is not included.
const maxIncluded = 4 << 20

// include puts the files that src includes in their places.
func (p *page) include(fsys fs.FS, src *markdown.Source, body int, report diag.Reporter) *markdown.Source {
	src, whole := markdown.Include(src, body, markdown.Files{
		Read: func(name string) ([]byte, error) {
			info, err := fs.Stat(fsys, name)
			switch {
			case err != nil:
				return nil, err
			case !info.Mode().IsRegular():
				return nil, errors.New("it is no file")
			case info.Size() > maxIncluded:
				return nil, fmt.Errorf("it is larger than %d MiB", maxIncluded>>20)
			}
			return fs.ReadFile(fsys, name)
		},
		Body: func(src *markdown.Source) int {
			_, body := splitFrontMatter(src, func(diag.Diagnostic) {})
			return body
		},
	}, report)
	for _, w := range whole {
		if w.Path != p.path {
			p.includes = append(p.includes, w.Path)
		}
	}
	return src
}

func (p *page) langOr(lang string) string {
	if p.lang != "" {
		return p.lang
	}
	return lang
}

// field returns the field with the given folded name.
func (p *page) field(name string) (field, bool) { return value{fields: p.fields}.get(name) }

// common reads the keys that mean the same in every file and returns the title.
func (p *page) common(r reader) (title string) {
	for _, f := range p.fields {
		switch f.name {
		case "title":
			title = r.text(f)
		case "weight", "nav-order", "sidebar-position":
			p.weight, p.hasWeight = r.number(f)
		case "draft":
			p.draft = r.flag(f)
		case "published":
			if f.value.kind == scalar && strings.EqualFold(f.value.text, "false") {
				p.draft = true
			}
		case "language", "lang":
			p.lang = r.language(f)
		case "matter":
			switch m := strings.ToLower(r.text(f)); m {
			case "front", "back":
				p.matter = m
			case "main", "":
			default:
				r.report.Errorf(CodeChoice, f.value.pos, "matter is front or back, not %q", m)
			}
		case "date", "start", "end", "dates":
			p.dated = true
		}
	}
	return title
}

// prettyName makes a title of a file or folder name: "01-getting_started.md" becomes "Getting started". Names that are
// written with capitals or spaces keep their form.
func prettyName(name string) string {
	base := path.Base(name)
	if ext := path.Ext(base); isMarkdown(base) {
		base = strings.TrimSuffix(base, ext)
	}
	trimmed := strings.TrimLeft(base, "0123456789")
	if len(trimmed) < len(base) && len(base)-len(trimmed) <= 3 {
		if rest := strings.TrimLeft(trimmed, "-_. "); rest != trimmed && rest != "" {
			base = rest // a number that only orders
		}
	}
	words := strings.Join(strings.FieldsFunc(base, func(c rune) bool { return c == '-' || c == '_' || c == ' ' }), " ")
	if words == "" {
		return path.Base(name)
	}
	return label(words)
}

func isMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mkd", ".mdown":
		return true
	}
	return false
}

// isOpening reports whether a file of this name opens its folder.
func isOpening(name string) bool {
	if !isMarkdown(name) {
		return false
	}
	switch strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name))) {
	case "readme", "index", "_index":
		return true
	}
	return false
}
