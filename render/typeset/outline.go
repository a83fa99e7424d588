package typeset

import (
	"github.com/evbook/evbook/notes/tree"
	art "github.com/evbook/evbook/render/figures"
)

// outline lists what the reader's side bar shows: contents, front matter, events with their talks and these with their
// headings, back matter.
func (e *engine) outline() []*OutlineItem {
	list := []*OutlineItem{{Title: e.words.Contents, Anchor: contentsAnchor}}
	if e.hasTimeline() {
		list = append(list, &OutlineItem{Title: e.words.Appendix().Timeline, Anchor: art.TimelineID})
	}
	chapter := func(c *tree.Chapter) {
		list = append(list, &OutlineItem{Title: tree.PlainText(c.Title), Anchor: c.ID, Children: headingItems(c.Body)})
	}
	for _, c := range e.in.Book.Front {
		chapter(c)
	}
	for _, ev := range e.in.Book.Events {
		item := &OutlineItem{Title: tree.PlainText(ev.Title), Anchor: ev.ID, Open: true}
		for _, sec := range ev.Sections {
			item.Children = append(item.Children, sectionItems(sec, len(ev.Sections) > 1)...)
		}
		if !opens(ev) {
			list = append(list, item.Children...)
			continue
		}
		list = append(list, item)
	}
	for _, c := range e.in.Book.Back {
		chapter(c)
	}
	return append(list, e.appendixOutline()...)
}

// sectionItems lists the talks of a section, below an entry of the section if it is one of several and has a title, or below
// the talk that leads it.
func sectionItems(sec *tree.Section, several bool) []*OutlineItem {
	var list []*OutlineItem
	for _, t := range sec.Talks {
		list = append(list, &OutlineItem{Title: tree.PlainText(t.Title), Anchor: t.ID, Children: headingItems(t.Body)})
	}
	for _, sub := range sec.Sections {
		list = append(list, sectionItems(sub, true)...)
	}
	if sec.Lead() != nil {
		list[0].Children = append(list[0].Children, list[1:]...)
		return list[:1]
	}
	if several && len(sec.Title) > 0 {
		return []*OutlineItem{{Title: tree.PlainText(sec.Title), Anchor: sec.ID, Open: true, Children: list}}
	}
	return list
}

// headingItems makes a tree of the headings of a text, wherever they stand in it.
func headingItems(body tree.Blocks) []*OutlineItem {
	root := &OutlineItem{}
	path := []*OutlineItem{root}
	for _, b := range body {
		for n := range tree.All(b) {
			h, ok := n.(*tree.Heading)
			if !ok {
				continue
			}
			level := max(1, min(h.Level, len(path)))
			item := &OutlineItem{Title: tree.PlainText(h.Text), Anchor: h.ID}
			path[level-1].Children = append(path[level-1].Children, item)
			path = append(path[:level], item)
		}
	}
	return root.Children
}
