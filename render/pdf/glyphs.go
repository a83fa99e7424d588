package pdf

import (
	"fmt"
	"sync"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/render/typeset"
)

// collector finds out which glyphs some pages use, each with the text it stands for. Collectors of different pages work at
// the same time; [fontTable.merge] brings together what they found.
type collector struct {
	table *fontTable
	uses  []fontUse
	last  *met // of the run before: most runs have the same face
	met   map[*fonts.Face]*met
}

// fontUse is a use of a font's glyph.
type fontUse struct {
	font *font
	use
}

// met says for each glyph of a font where in the uses it was noted last, counted from 1.
type met struct {
	face  *fonts.Face
	font  *font
	place []uint32
}

var collectors = sync.Pool{New: func() any { return &collector{met: map[*fonts.Face]*met{}} }}

// collect returns what pages use, in order. from is the number of the first one.
func (t *fontTable) collect(pages []*record, from int) ([]fontUse, error) {
	c := collectors.Get().(*collector)
	defer collectors.Put(c)
	if c.table != t {
		c.table = t
		clear(c.met)
	}
	for _, m := range c.met {
		clear(m.place)
	}
	c.uses, c.last = nil, nil
	for i, p := range pages {
		for k := range p.events {
			if s, ok := p.events[k].step.(runStep); ok {
				if err := c.run(s.run); err != nil {
					return nil, fmt.Errorf("page %d (%q): %w", from+i+1, p.label, err)
				}
			}
		}
	}
	return c.uses, nil
}

func (c *collector) run(run *typeset.Run) error {
	m := c.last
	if m == nil || m.face != run.Face {
		var err error
		if m, err = c.face(run); err != nil {
			return err
		}
		c.last = m
	}
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		if int(g.ID) >= len(m.place) {
			return fmt.Errorf("font %s has no glyph %d", run.Face, g.ID)
		}
		place := m.place[g.ID]
		if place == 0 || c.uses[place-1].text != g.Text {
			c.uses = append(c.uses, fontUse{m.font, use{g.ID, g.Text}})
			m.place[g.ID] = uint32(len(c.uses))
		}
	}
	return nil
}

func (c *collector) face(run *typeset.Run) (*met, error) {
	if run.Face == nil {
		return nil, fmt.Errorf("run of %d glyphs has no face", len(run.Glyphs))
	}
	if m := c.met[run.Face]; m != nil {
		return m, nil
	}
	f, err := c.table.get(run.Face)
	if err != nil {
		return nil, err
	}
	m := &met{face: run.Face, font: f, place: make([]uint32, f.sfnt.NumGlyphs)}
	c.met[run.Face] = m
	return m, nil
}

// merge takes in what was found on pages, in their order.
func (t *fontTable) merge(uses []fontUse) {
	for i := range uses {
		u := &uses[i]
		f := u.font
		if f.first == nil {
			f.resource = name(fmt.Sprintf("F%d", len(t.list)))
			f.first = make([]firstUse, f.sfnt.NumGlyphs)
			t.list = append(t.list, f)
		}
		f.add(u.use)
	}
}
