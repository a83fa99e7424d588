package notes

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// summaryItem is a line of SUMMARY.md: a file, a title, or both, with the lines indented below it.
type summaryItem struct {
	page  *page // nil for a title alone, or a file that is not there
	title tree.Inlines
	pos   diag.Pos
	items []*summaryItem
}

// summaryPart is a part of SUMMARY.md: what stands below one of its headings.
type summaryPart struct {
	title tree.Inlines // empty before the first heading
	pos   diag.Pos
	items []*summaryItem
}

// summaryReader reads the structure of a book from SUMMARY.md, as mdBook (Format, SUMMARY.md) and GitBook define it: links
// before the lists are front matter, headings begin parts, nested lists nest, links after the last list are back matter.
type summaryReader struct {
	dir   string
	pages map[string]*page
	order map[string]int // position of every file

	front, back []*page
	parts       []*summaryPart
}

func (r *summaryReader) read(body tree.Blocks) {
	var loose []*summaryItem // links after a list that are back matter if nothing follows
	part := func() *summaryPart {
		if len(r.parts) == 0 {
			r.parts = append(r.parts, &summaryPart{})
		}
		p := r.parts[len(r.parts)-1]
		p.items = append(p.items, loose...)
		loose = nil
		return p
	}
	for _, b := range body {
		switch b := b.(type) {
		case *tree.Heading:
			if len(loose) > 0 {
				part()
			}
			title := b.Text
			switch tree.Slug(tree.PlainText(title)) {
			case "summary", "contents", "table-of-contents", "toc": // the file's own title
				title = nil
			}
			r.parts = append(r.parts, &summaryPart{title: title, pos: b.Src})
		case *tree.List:
			p := part()
			p.items = append(p.items, r.list(b)...)
		case *tree.Paragraph:
			items := r.links(b)
			if slices.ContainsFunc(r.parts, func(p *summaryPart) bool { return len(p.items) > 0 || len(p.title) > 0 }) {
				loose = append(loose, items...)
				continue
			}
			for _, it := range items {
				r.front = append(r.front, it.page)
			}
		default: // says nothing about the order
		}
	}
	for _, it := range loose {
		r.back = append(r.back, it.page)
	}
}

// links returns the files that running text links to.
func (r *summaryReader) links(n tree.Node) []*summaryItem {
	var out []*summaryItem
	for n := range tree.All(n) {
		if l, ok := n.(*tree.Link); ok {
			if p := r.take(l); p != nil {
				out = append(out, &summaryItem{page: p, title: l.Text, pos: l.Src})
			}
		}
	}
	return out
}

// take returns the page that a link leads to, the first time.
func (r *summaryReader) take(l *tree.Link) *page {
	if strings.Contains(l.URL, ":") {
		return nil
	}
	dest, _, _ := strings.Cut(l.URL, "#")
	if u, err := url.PathUnescape(dest); err == nil {
		dest = u
	}
	name := path.Join(r.dir, dest)
	if _, seen := r.order[name]; seen || r.pages[name] == nil {
		return nil
	}
	r.order[name] = len(r.order)
	return r.pages[name]
}

// list reads the items of a list. An item that names neither a file nor anything below it says nothing.
func (r *summaryReader) list(l *tree.List) []*summaryItem {
	var out []*summaryItem
	for _, li := range l.Items {
		it := &summaryItem{pos: li.Src}
		for _, b := range li.Body {
			switch b := b.(type) {
			case *tree.Paragraph:
				if it.title != nil {
					continue
				}
				it.title = b.Text
				if links := r.links(b); len(links) > 0 {
					it.page, it.title = links[0].page, links[0].title
					it.items = append(it.items, links[1:]...)
				}
			case *tree.List:
				it.items = append(it.items, r.list(b)...)
			default:
			}
		}
		if it.page != nil || len(it.items) > 0 {
			out = append(out, it)
		}
	}
	return out
}

// isConference reports whether a folder in f says that it is an event: then folders make the book, and SUMMARY.md only
// orders them.
func (f *folder) isConference() bool {
	return f.opening != nil && f.opening.opensEvent() || slices.ContainsFunc(f.folders, (*folder).isConference)
}

// buildParts fills the book by the structure of SUMMARY.md. What the file does not name comes after it, by folders.
func (b *builder) buildParts(root *folder, s *summaryReader) {
	why := "listed in " + b.summaryName
	rest := root.without(s.order)
	if rest.opening != nil {
		b.chapter(rest.opening, &b.book.Front, "not in "+b.summaryName)
	}
	parts := s.parts
	for _, p := range s.front {
		b.chapter(p, &b.book.Front, why)
	}
	for len(parts) > 1 && len(parts[0].title) == 0 && !slices.ContainsFunc(parts[0].items, func(it *summaryItem) bool { return it.page == nil || len(it.items) > 0 }) {
		for _, it := range parts[0].items { // pages before the first heading introduce the book
			b.chapter(it.page, &b.book.Front, why)
		}
		parts = parts[1:]
	}
	for _, part := range parts {
		if len(part.items) > 0 {
			b.part(root, part, why)
		}
	}
	b.events(containers(rest.folders))
	if len(b.book.Events) > 1 {
		for _, e := range b.book.Events {
			e.Implied = false
		}
	}
	for _, p := range s.back {
		b.chapter(p, &b.book.Back, why)
	}
	for _, p := range rest.pages {
		b.chapter(p, &b.book.Back, "not in "+b.summaryName)
	}
}

// without returns a copy of the folder that lacks the given files.
func (f *folder) without(files map[string]int) *folder {
	out := &folder{path: f.path}
	if f.opening != nil {
		if _, listed := files[f.opening.path]; !listed {
			out.opening = f.opening
		}
	}
	for _, p := range f.pages {
		if _, listed := files[p.path]; !listed {
			out.pages = append(out.pages, p)
		}
	}
	for _, sub := range f.folders {
		if s := sub.without(files); s.opening != nil || len(s.pages) > 0 || len(s.folders) > 0 {
			out.folders = append(out.folders, s)
		}
	}
	return out
}

// part makes an event of a part of SUMMARY.md. Its path is no folder's: it only gives an id.
func (b *builder) part(root *folder, part *summaryPart, why string) {
	e := &tree.Event{At: tree.At{Src: part.pos}, Path: ".", Title: part.title}
	if len(part.title) == 0 {
		e.Title = root.title(b.book.Meta.Title)
		e.Implied = true
	} else {
		slug := tree.Slug(tree.PlainText(part.title))
		e.Path = path.Join(path.Dir(b.summaryName), "part", slug)
	}
	b.book.Events = append(b.book.Events, e)
	b.add(KindPart, b.summaryName, 0, &e.ID, &e.Title, why)
	e.Sections = b.partSections(part.items, e.Path, e, 1, why)
}

// partSections makes sections of items in order: an item with others below it is a section, which begins with its own page;
// the pages between such items are sections without titles.
func (b *builder) partSections(items []*summaryItem, above string, e *tree.Event, depth int, why string) []*tree.Section {
	var out []*tree.Section
	for i := 0; i < len(items); {
		run := i
		for run < len(items) && len(items[run].items) == 0 {
			run++
		}
		if run > i {
			s := &tree.Section{Path: above, Kind: tree.Talks}
			b.partTalks(items[i:run], s, e, depth)
			out = append(out, s)
			i = run
			continue
		}
		out = append(out, b.partSection(items[i], above, e, depth, why))
		i++
	}
	return out
}

func (b *builder) partSection(it *summaryItem, above string, e *tree.Event, depth int, why string) *tree.Section {
	s := &tree.Section{At: tree.At{Src: it.pos}, Title: it.title, Kind: tree.Other, Path: path.Join(above, tree.Slug(tree.PlainText(it.title)))}
	pages := 0
	items := it.items
	if it.page != nil {
		if it.page.titleFrom != "file name" {
			s.Title = it.page.title // one name for the section and the talk that leads it
		}
		s.Path = strings.TrimSuffix(it.page.path, path.Ext(it.page.path)) + "/section"
		items = append([]*summaryItem{{page: it.page, title: it.title}}, items...)
	}
	for pages < len(items) && len(items[pages].items) == 0 {
		pages++
	}
	b.add(KindSection, b.summaryName, depth, &s.ID, &s.Title, why)
	b.partTalks(items[:pages], s, e, depth+1)
	s.Sections = b.partSections(items[pages:], s.Path, e, depth+1, why)
	return s
}

// partTalks makes talks of items; a page without a title of its own has that of SUMMARY.md.
func (b *builder) partTalks(items []*summaryItem, s *tree.Section, e *tree.Event, depth int) {
	var pages []*page
	for _, it := range items {
		if it.page == nil {
			continue
		}
		if it.page.titleFrom == "file name" && len(it.title) > 0 {
			it.page.title, it.page.titleFrom = it.title, b.summaryName
		}
		pages = append(pages, it.page)
	}
	b.talks(pages, s, e, depth)
}
