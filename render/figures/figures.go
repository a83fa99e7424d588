// Package figures draws what a book's notes say as a whole: the plan of an event, the events in time, and a cover for a
// book that brings none. All of it follows from the tree; the same notes give the same drawings in every format.
package figures

import (
	"slices"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/words"
)

// Style says how figures are drawn where they stand.
type Style struct {
	Width  unit.Len // of the column
	Height unit.Len // the most that a figure may take
	Size   unit.Len // of its type
	Lang   string   // BCP 47 language of the book
	Words  *words.Words
	Type   drawing.Measurer
	Colors Colors
}

// Colors are the colours of figures.
type Colors struct {
	Text, Muted, Rule, Accent, Tint Paint
}

// Paint is a colour with its opacity; 0 stands for 1.
type Paint struct {
	Color   layouts.Color
	Opacity float64
}

// OnPaper returns the colours of a layout.
func OnPaper(c layouts.Colors) Colors {
	return Colors{
		Text: Paint{Color: c.Text}, Muted: Paint{Color: c.Muted}, Rule: Paint{Color: c.Rule}, Accent: Paint{Color: c.Accent}, Tint: Paint{Color: c.Tint},
	}
}

// OnScreen returns colours that follow the reader's, on light and dark backgrounds.
func OnScreen(c layouts.Colors) Colors {
	return Colors{
		Text: Paint{Color: drawing.Ink}, Muted: Paint{drawing.Ink, 0.75}, Rule: Paint{drawing.Ink, 0.4},
		// The middle of light and dark: the accent of pages is too dark for black ones.
		Accent: Paint{Color: "#c2553f"}, Tint: Paint{drawing.Ink, 0.07},
	}
}

// The names of figures in a book's settings.
const (
	NameSchedule = "schedule"
	NameTimeline = "timeline"
)

// TimelineID is the id of the timeline in a book.
const TimelineID = "figure--timeline"

// Wanted reports whether a book's settings ask for a figure.
func Wanted(m *tree.Meta, name string) bool {
	return len(m.Figures) == 0 || slices.Contains(m.Figures, name)
}

// canvas is a drawing in the making.
type canvas struct {
	*drawing.Drawing
	style *Style
	facts *derive.Facts
}

func (s *Style) canvas(f *derive.Facts, title string) *canvas {
	return &canvas{&drawing.Drawing{Width: s.Width, Title: title, Lang: s.Lang}, s, f}
}

func (c *canvas) rect(x, y, w, h unit.Len, p Paint) {
	c.Add(&drawing.Path{Ops: drawing.Rect(x, y, w, h), Fill: p.Color, FillOpacity: p.Opacity})
}

func (c *canvas) rule(x1, y1, x2, y2, width unit.Len, p Paint) {
	c.Add(&drawing.Path{Ops: []drawing.Op{drawing.Move(x1, y1), drawing.Line(x2, y2)}, Stroke: p.Color, StrokeOpacity: p.Opacity, Width: width})
}

// turn brings what stands at the left to the right in languages that are written from there.
func (c *canvas) turn() {
	if !words.RightToLeft(c.Lang) {
		return
	}
	for _, m := range c.Marks {
		switch m := m.(type) {
		case *drawing.Path:
			for i := range m.Ops {
				for k := range m.Ops[i].P {
					m.Ops[i].P[k].X = c.Width - m.Ops[i].P[k].X
				}
			}
		case *drawing.Text:
			m.X, m.Anchor = c.Width-m.X, drawing.Right-m.Anchor
		}
	}
}

// line sets a line of type.
func (c *canvas) line(text string, x, y unit.Len, a drawing.Anchor, f drawing.Font, p Paint) {
	c.linked(text, x, y, a, f, p, "")
}

// linked sets a line of type that leads to something in the book; to nothing for an empty id.
func (c *canvas) linked(text string, x, y unit.Len, a drawing.Anchor, f drawing.Font, p Paint, id string) {
	if text == "" {
		return
	}
	if id != "" {
		id = "#" + id
	}
	c.Add(&drawing.Text{
		Link: id,
		X:    x, Y: y, Anchor: a, Font: f, Color: p.Color, Opacity: p.Opacity, String: text,
		Width: c.style.Type.Measure(text, f), RTL: runsLeft(text, c.Lang),
	})
}
