package typeset

import (
	"strings"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/typeset/linebreak"
)

// natural returns the width of the content on one line.
func (s *setter) natural(c *content) unit.Len {
	items, _ := s.items(c, unit.Max, true)
	return extentsOf(items).whole
}

// fits reports whether the content surely stands on one line of a measure, so that none of its words is broken.
func (s *setter) fits(c *content, measure unit.Len) bool {
	if strings.Contains(c.text, "\u2028") {
		return false
	}
	s.shaped(c)
	for _, f := range c.frags {
		if measure -= f.width; measure < 0 || f.wide {
			return false
		}
	}
	for i := range c.spans {
		sp := &c.spans[i]
		if sp.picture != nil {
			measure -= sp.picture.W
			continue
		}
		text := c.text[sp.start:sp.end]
		measure -= s.spaceWidth(&sp.look) * unit.Len(strings.Count(text, " ")+strings.Count(text, "\u00A0")+strings.Count(text, "\u202F"))
	}
	return measure >= 0
}

// extents are the widths of a content: on one line, of its widest word, and of the widest part of a word that no hyphen breaks.
type extents struct{ whole, word, part unit.Len }

func (s *setter) widths(c *content) extents {
	items, _ := s.items(c, unit.Max, false)
	return extentsOf(items)
}

func extentsOf(items []linebreak.Item) extents {
	var w, at extents
	for i := range items {
		it := &items[i]
		switch {
		case it.Kind == linebreak.Penalty && it.Penalty <= linebreak.Force:
			w, at = w.widest(at, true), extents{}
		case it.Kind == linebreak.Penalty && it.Auto:
			at.part += unit.Len(it.Width) // the hyphen
			w.part, at.part = max(w.part, at.part), 0
		case it.Kind == linebreak.Penalty:
			if it.Penalty < linebreak.Never {
				w = w.widest(at, false)
				at.word, at.part = 0, 0
			}
		case it.Kind == linebreak.Glue:
			at.whole += unit.Len(it.Width)
			if i > 0 && items[i-1].Kind == linebreak.Penalty && items[i-1].Penalty >= linebreak.Never {
				at.word += unit.Len(it.Width)
				at.part += unit.Len(it.Width)
				continue
			}
			w = w.widest(at, false)
			at.word, at.part = 0, 0
		default:
			at.whole += unit.Len(it.Width)
			at.word += unit.Len(it.Width)
			at.part += unit.Len(it.Width)
		}
	}
	return w.widest(at, true)
}

// widest takes the greater widths; that of a line only where it ends.
func (e extents) widest(o extents, line bool) extents {
	if line {
		e.whole = max(e.whole, o.whole)
	}
	e.word, e.part = max(e.word, o.word), max(e.part, o.part)
	return e
}
