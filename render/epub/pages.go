package epub

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/xhtml"
)

// pageList is the list of the pages of the printed edition that is made from the same notes.
type pageList struct {
	breaks []xhtml.PageBreak
	marks  xhtml.Breaks
	hrefs  []string // by page; relative to the package document
	inNav  []int    // pages that begin with the contents
}

// awaitPages gets the page map of the printed edition. Meanwhile it reads and converts the pictures of the book, which is
// most of the other work.
func (p *publication) awaitPages(ctx context.Context) error {
	if p.job.Pages == nil {
		return nil
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0) + 1)
	group.Go(func() error {
		m, err := p.job.Pages.Wait(ctx)
		if err == nil && m != nil {
			p.setPages(m)
		}
		return err
	})
	for n := range tree.All(p.book) {
		if img, ok := n.(*tree.Image); ok {
			group.Go(func() error {
				p.images.Prepare(img)
				return ctx.Err()
			})
		}
	}
	return group.Wait()
}

// setPages prepares the marks of the pages. Their ids are made of the printed numbers where those are names and unique.
func (p *publication) setPages(m *render.PageMap) {
	p.site.PrintPages = cmp.Or(m.Count, len(m.Pages))
	used := map[string]bool{}
	for i, page := range m.Pages {
		anchor := "_page-" + page.Label
		if page.Label == "" || used[anchor] || !xhtml.IsName(anchor) || strings.Contains(anchor, ":") {
			anchor = fmt.Sprintf("_page--%d", i+1)
		}
		used[anchor] = true
		p.pages.breaks = append(p.pages.breaks, xhtml.PageBreak{Label: cmp.Or(page.Label, fmt.Sprint(i+1)), Anchor: anchor, At: page.Begins})
	}
	p.pages.marks = xhtml.NewBreaks(p.pages.breaks)
	p.pages.hrefs = make([]string, len(p.pages.breaks))
	p.site.Breaks = p.pages.marks
}

// spot is the place of a mark in the reading order.
type spot struct {
	doc int // index among the files of the spine
	xhtml.Mark
}

func (s spot) compare(t spot) int {
	return cmp.Or(cmp.Compare(s.doc, t.doc), cmp.Compare(s.Start, t.Start))
}

// placePages brings the marks of pages into the order of the pages. The printed edition and this one print most things at
// the same place, but not all: contents, introductions of sections, notes. A page whose beginning is printed elsewhere, or
// nowhere, is marked where the page before it is, a blank page where the next one is, so that each mark stands before
// what its page begins with and the list leads through the book in one direction.
func (p *publication) placePages() {
	spine := p.spineNames()
	bodies := map[string]*document{}
	for _, d := range p.docs {
		bodies[d.name] = d
	}
	at := make([]*spot, len(p.pages.breaks))
	var nav int
	for i, name := range spine {
		d := bodies[name]
		if d == nil {
			nav = i
			continue
		}
		for _, m := range d.marks {
			if at[m.Break] == nil {
				at[m.Break] = &spot{i, m}
			}
		}
	}
	for i, b := range p.pages.breaks {
		if b.At.ID == tree.ContentsPage {
			at[i] = &spot{nav, xhtml.Mark{Break: i, Start: i}}
		}
	}
	kept := ascending(at)
	if len(kept) == 0 {
		p.pages = pageList{}
	}
	before, after := p.shareOut(kept)
	byDoc := map[int][]int{}
	for _, k := range kept {
		byDoc[at[k].doc] = append(byDoc[at[k].doc], k)
	}
	for i, name := range spine {
		var list []int
		for _, k := range byDoc[i] {
			list = append(append(append(list, before[k]...), k), after[k]...)
		}
		file := pageFolder + name
		if i == nav {
			file, p.pages.inNav = navFile, list
		} else {
			p.remark(bodies[name], byDoc[i], before, after)
		}
		for _, k := range list {
			p.pages.hrefs[k] = file + "#" + p.pages.breaks[k].Anchor
		}
	}
}

// shareOut gives the pages that have no place of their own to those that have.
func (p *publication) shareOut(kept []int) (before, after map[int][]int) {
	before, after = map[int][]int{}, map[int][]int{}
	for i := range p.pages.breaks {
		if len(kept) == 0 {
			break
		}
		k, found := slices.BinarySearch(kept, i)
		switch {
		case found:
		case k == 0, k < len(kept) && p.pages.breaks[i].At.IsZero():
			before[kept[k]] = append(before[kept[k]], i)
		default:
			after[kept[k-1]] = append(after[kept[k-1]], i)
		}
	}
	return before, after
}

// remark writes the marks of a page's body anew: those in kept with what stands before and after them, and no others.
func (p *publication) remark(d *document, kept []int, before, after map[int][]int) {
	if len(d.marks) == 0 {
		return
	}
	var b strings.Builder
	end := 0
	for _, m := range d.marks {
		b.WriteString(string(d.body[end:m.Start]))
		end = m.End
		if len(kept) == 0 || kept[0] != m.Break {
			continue
		}
		kept = kept[1:]
		for _, k := range slices.Concat(before[m.Break], []int{m.Break}, after[m.Break]) {
			b.WriteString(string(p.pages.marks.Mark(k)))
		}
	}
	b.WriteString(string(d.body[end:]))
	d.body, d.marks = xhtml.Fragment(b.String()), nil
}

// ascending returns the indexes of the longest run of spots, not necessarily next to each other, that are in the reading
// order (patience sorting). A single page that is printed elsewhere does not spoil the others.
func ascending(at []*spot) []int {
	var tails []int // by length less one: index of the earliest last spot of a run
	from := make([]int, len(at))
	for i, s := range at {
		if s == nil {
			continue
		}
		n := sort.Search(len(tails), func(k int) bool { return at[tails[k]].compare(*s) >= 0 })
		from[i] = -1
		if n > 0 {
			from[i] = tails[n-1]
		}
		tails = append(tails[:n], append([]int{i}, tails[min(n+1, len(tails)):]...)...)
	}
	if len(tails) == 0 {
		return nil
	}
	var out []int
	for i := tails[len(tails)-1]; i >= 0; i = from[i] {
		out = append(out, i)
	}
	slices.Reverse(out)
	return out
}

// pageSource names the printed edition that the marks of pages are taken from.
func (p *publication) pageSource() string {
	if len(p.pages.breaks) == 0 {
		return ""
	}
	source := fmt.Sprintf("%s (PDF, %d pages)", p.title, len(p.pages.breaks))
	if l := p.job.Layout; l != nil {
		source = fmt.Sprintf("%s (PDF, %s, %d pages)", p.title, l.Name, len(p.pages.breaks))
	}
	return source
}

// spineNames returns the names of the files in reading order.
func (p *publication) spineNames() []string {
	var names []string
	for _, d := range p.docs {
		names = append(names, d.name)
		if d.name == titlePage {
			names = append(names, navFile)
		}
	}
	return names
}

// last returns the highest number of a page.
func (l *pageList) last() int {
	highest := 0
	for _, b := range l.breaks {
		if n, err := strconv.Atoi(b.Label); err == nil {
			highest = max(highest, n)
		}
	}
	return highest
}

// ncxPages writes the list of pages in the form of EPUB 2.
func (p *publication) ncxPages(w *xhtml.Writer, order ncxOrder) {
	if len(p.pages.breaks) == 0 {
		return
	}
	w.Start("pageList")
	w.Line()
	for i, b := range p.pages.breaks {
		kind, value := "normal", b.Label
		if _, err := strconv.Atoi(b.Label); err != nil {
			kind, value = "front", ""
		}
		w.Start("pageTarget", xhtml.A("type", kind), xhtml.Opt("value", value), xhtml.A("id", "p"+strconv.Itoa(i+1)), xhtml.A("playOrder", order.of(p.pages.hrefs[i])))
		w.Start("navLabel")
		w.Element("text", b.Label)
		w.End()
		w.Void("content", xhtml.A("src", p.pages.hrefs[i]))
		w.End()
		w.Line()
	}
	w.End()
	w.Line()
}
