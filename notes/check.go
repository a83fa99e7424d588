package notes

import (
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// check reports what is no fault of a single file: speakers spelt two ways, titles given twice, headings with nothing
// below them.
func (b *builder) check() {
	b.checkSpeakers()
	for _, e := range b.book.Events {
		b.checkTitles(e.Sections, map[string][]*titled{})
	}
	for _, d := range b.titles {
		b.report(*d)
	}
	for t := range b.book.AllTalks() {
		b.checkEmpty(t.Body)
	}
	for _, list := range [][]*tree.Chapter{b.book.Front, b.book.Back} {
		for _, c := range list {
			b.checkEmpty(c.Body)
		}
	}
}

// titled is a talk whose title has been seen.
type titled struct {
	talk    *tree.Talk
	section *tree.Section
	report  *diag.Diagnostic // of the talks that are like it
}

// checkTitles reports talks of one event that have the same title and could be the same talk: not given by others, nor on
// another day. Plain pages in different folders may share a title such as Overview. Each title is reported once, at the
// second talk, with the places of the others.
func (b *builder) checkTitles(list []*tree.Section, seen map[string][]*titled) {
	for _, s := range list {
		for _, t := range s.Talks {
			key := tree.Slug(tree.PlainText(t.Title))
			if key == "" {
				continue
			}
			if first := likeTitled(seen[key], t, s); first != nil {
				if first.report != nil {
					first.report.Related = append(first.report.Related, diag.Related{Pos: b.titlePos(t), Message: "one more"})
					continue
				}
				first.report = &diag.Diagnostic{
					Severity: diag.Warning, Code: CodeTitleTwice, Pos: b.titlePos(t), Message: "another note of this event has the same title: " + tree.PlainText(t.Title),
					Related: []diag.Related{{Pos: b.titlePos(first.talk), Message: "the other note"}},
				}
				b.titles = append(b.titles, first.report)
				continue
			}
			seen[key] = append(seen[key], &titled{talk: t, section: s})
		}
		b.checkTitles(s.Sections, seen)
	}
}

// likeTitled returns the first of list that could be the talk t of section s.
func likeTitled(list []*titled, t *tree.Talk, s *tree.Section) *titled {
	for _, other := range list {
		if sameTalk(t, other.talk) && (s == other.section || len(t.Speakers) > 0 && len(other.talk.Speakers) > 0) {
			return other
		}
	}
	return nil
}

func (b *builder) titlePos(t *tree.Talk) diag.Pos {
	if len(t.Title) > 0 && t.Title[0].Pos().Line > 0 {
		return t.Title[0].Pos()
	}
	return t.Src
}

// sameTalk reports whether nothing speaks against two notes with one title being about one talk.
func sameTalk(a, c *tree.Talk) bool {
	if !a.Date.IsZero() && !c.Date.IsZero() && a.Date != c.Date || a.Start != "" && c.Start != "" && a.Start != c.Start {
		return false
	}
	if len(a.Speakers) == 0 || len(c.Speakers) == 0 {
		return true
	}
	for _, p := range a.Speakers {
		for _, q := range c.Speakers {
			if p.ID == q.ID {
				return true
			}
		}
	}
	return false
}

// checkEmpty reports headings with nothing below them. A heading right before one of a deeper level is not empty.
func (b *builder) checkEmpty(body tree.Blocks) {
	for i, block := range body {
		h, ok := block.(*tree.Heading)
		if !ok {
			continue
		}
		if i+1 < len(body) {
			if next, ok := body[i+1].(*tree.Heading); !ok || next.Level > h.Level {
				continue
			}
		}
		b.report.Infof(CodeSectionEmpty, h.Src, "nothing stands below the heading %s", strings.TrimSpace(tree.PlainText(h.Text)))
	}
}
