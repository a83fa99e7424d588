package figures

import (
	"slices"
	"strings"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/words"
)

// most is how many days a plan without times may have: what goes on for longer is a series, which a list shows better.
const most = 8

// Schedule draws the plan of an event: a figure of columns for its days where the notes hold no times, else for each day one
// of its rooms by time, or several where the column is too narrow for the rooms. There is none where the notes hold no plan
// or where it would say nothing that a list of the talks does not: no day with two of them.
func Schedule(f *derive.Facts, e *tree.Event, s *Style) []*drawing.Drawing {
	plan := f.ScheduleOf(e)
	if plan == nil || !slices.ContainsFunc(plan.Days, func(d derive.Day) bool { return len(d.Slots) > 1 }) {
		return nil
	}
	title := strings.Replace(s.Words.Appendix().Schedule, "%s", tree.PlainText(e.Title), 1)
	if !plan.Timed {
		if len(plan.Days) > most {
			return nil
		}
		return days(f, plan, title, s)
	}
	var out []*drawing.Drawing
	for i := range plan.Days {
		out = append(out, day(f, &plan.Days[i], title, s)...)
	}
	return out
}

// titleFont is that of talks' titles in plans.
func (s *Style) titleFont() drawing.Font { return drawing.Font{Use: drawing.Heading, Size: s.Size} }

// leading is the distance of the baselines of a title.
func (s *Style) leading() unit.Len { return s.Size.Mul(1.18) }

// dayName is a day in words, as a text alternative has it.
func (s *Style) dayName(d tree.Date) string { return s.Words.Weekday(d) + ", " + s.Words.Day(d) }

// entry describes a talk in a text alternative: its time and room as far as they are known, its title.
func (s *Style) entry(t *tree.Talk) string {
	var parts []string
	for _, p := range []string{s.Words.Clocks(t.Start, t.End), t.Track} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	title := strings.TrimRight(plain(t.Title), ".")
	if len(parts) == 0 {
		return title
	}
	return strings.Join(parts, ", ") + ": " + title
}

func plain(in tree.Inlines) string { return strings.TrimSpace(tree.PlainText(in)) }

// describe is the text alternative of a day.
func (s *Style) describe(d *derive.Day) string {
	var list []string
	for i := range d.Slots {
		list = append(list, s.entry(d.Slots[i].Talk))
	}
	return s.dayName(d.Date) + " – " + strings.Join(list, "; ") + "."
}

// days draws a column for each day with the titles of its talks below each other.
func days(f *derive.Facts, plan *derive.Schedule, title string, s *Style) []*drawing.Drawing {
	perRow := columns(len(plan.Days), s.Width, s.Size*10)
	for lines := 6; lines > 0; lines-- {
		c := s.canvas(f, title)
		var said []string
		y := unit.Len(0)
		for from := 0; from < len(plan.Days); from += perRow {
			row := plan.Days[from:min(from+perRow, len(plan.Days))]
			if from > 0 {
				y += s.Size
			}
			y = c.dayRow(row, perRow, y, lines)
			for i := range row {
				said = append(said, s.describe(&row[i]))
			}
		}
		c.Height, c.Desc = y+s.Size/4, strings.Join(said, " ")
		if c.Height <= s.Height {
			c.turn()
			return []*drawing.Drawing{c.Drawing}
		}
	}
	return nil
}

// columns returns how many of n columns stand in a row: as few rows as the least width allows, all about equally long.
func columns(n int, width, least unit.Len) int {
	fit := max(1, min(n, int(width/least)))
	rows := (n + fit - 1) / fit
	return (n + rows - 1) / rows
}

// dayRow draws days beside each other, from y downwards, and returns where the longest ends.
func (c *canvas) dayRow(row []derive.Day, perRow int, y unit.Len, lines int) unit.Len {
	s := c.style
	gap := s.Size.Mul(1.2)
	w := (s.Width - gap*unit.Len(perRow-1)) / unit.Len(perRow)
	bottom := y
	for i := range row {
		x := (w + gap) * unit.Len(i)
		at := c.dayHead(&row[i], x, y, w)
		for k := range row[i].Slots {
			if k > 0 {
				at += s.Size.Mul(0.45)
			}
			at = c.talk(row[i].Slots[k].Talk, x, at, w, lines)
		}
		bottom = max(bottom, at)
	}
	return bottom
}

// dayHead sets the day of the week and the date above a column, and a rule below them.
func (c *canvas) dayHead(d *derive.Day, x, y, w unit.Len) unit.Len {
	s := c.style
	font := s.titleFont()
	bold := font
	bold.Weight = 600
	y += s.Size
	week, date := s.Words.Weekday(d.Date), s.Words.DayMonth(d.Date)
	if both := s.Type.Measure(week+"  ", bold) + s.Type.Measure(date, font); both <= w {
		c.line(week, x, y, drawing.Left, bold, s.Colors.Accent)
		c.line(date, x+s.Type.Measure(week+"  ", bold), y, drawing.Left, font, s.Colors.Muted)
	} else {
		for _, l := range clip(s.Type, week, c.Lang, bold, w, 1) {
			c.line(l, x, y, drawing.Left, bold, s.Colors.Accent)
		}
		y += s.leading()
		for _, l := range clip(s.Type, date, c.Lang, font, w, 1) {
			c.line(l, x, y, drawing.Left, font, s.Colors.Muted)
		}
	}
	y += s.Size.Mul(0.5)
	c.rule(x, y, x+w, y, unit.Pt/2, s.Colors.Rule)
	return y + s.Size.Mul(0.45)
}

// talk sets a title in a column and returns where it ends.
func (c *canvas) talk(t *tree.Talk, x, y, w unit.Len, lines int) unit.Len {
	s := c.style
	bar := s.Size / 5
	inset := bar + s.Size/2
	font := s.titleFont()
	set := clip(s.Type, plain(t.Title), c.Lang, font, w-inset, lines)
	h := s.leading() * unit.Len(max(1, len(set)))
	c.rect(x, y+s.Size/8, bar, h-s.Size/8, s.Colors.Accent)
	base := y + s.Size.Mul(0.92)
	for _, l := range set {
		c.titleLine(l, x+inset, w-inset, base, t)
		base += s.leading()
	}
	return y + h
}

// titleLine sets a line of a talk's title, on the side where its script begins; it leads to the talk.
func (c *canvas) titleLine(text string, x, w, base unit.Len, t *tree.Talk) {
	a := drawing.Left
	if runsLeft(text, c.Lang) != words.RightToLeft(c.Lang) {
		x, a = x+w, drawing.Right
	}
	c.linked(text, x, base, a, c.style.titleFont(), c.style.Colors.Text, t.ID)
}
