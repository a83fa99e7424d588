package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
)

// day draws a day with times: a column for each room, time downwards. Rooms that do not fit beside each other go into
// further figures. A day whose talks have no times is drawn as a single column.
func day(f *derive.Facts, d *derive.Day, title string, s *Style) []*drawing.Drawing {
	if !d.Timed() {
		return days(f, &derive.Schedule{Days: []derive.Day{*d}}, title+": "+s.dayName(d.Date), s)
	}
	p := newPlan(d)
	perRow := columns(len(p.lanes), s.Width-s.clockWidth(), s.Size*9)
	var out []*drawing.Drawing
	for from := 0; from < len(p.lanes); from += perRow {
		part := p.part(from, min(from+perRow, len(p.lanes)))
		var c *canvas
		for lines := 6; lines > 0; lines-- {
			c = s.canvas(f, title+": "+s.dayName(d.Date))
			c.rooms(part, perRow, lines, from+perRow >= len(p.lanes))
			if c.Height <= s.Height {
				break
			}
		}
		if c.Height > s.Height {
			return nil // too many talks for a page: the list has them all
		}
		c.Desc = s.describe(part.day)
		c.turn()
		out = append(out, c.Drawing)
	}
	return out
}

// plan is a day with its talks in lanes: the rooms, and as many lanes for a room as it has talks at the same time.
type plan struct {
	day   *derive.Day // with the slots of the plan only
	lanes []lane
	times []int // when something begins or ends, in minutes after midnight
	loose []derive.Slot
}

type lane struct {
	room  string
	first bool // of its room
	slots []derive.Slot
}

func newPlan(d *derive.Day) *plan {
	p := &plan{day: d}
	for room, name := range d.Rooms {
		var lanes []lane
		for _, s := range d.Slots {
			if s.Room != room || s.Start < 0 {
				continue
			}
			i := slices.IndexFunc(lanes, func(l lane) bool { return l.slots[len(l.slots)-1].End <= s.Start })
			if i < 0 {
				i = len(lanes)
				lanes = append(lanes, lane{room: name, first: i == 0})
			}
			lanes[i].slots = append(lanes[i].slots, s)
		}
		p.lanes = append(p.lanes, lanes...)
	}
	for _, s := range d.Slots {
		if s.Start < 0 {
			p.loose = append(p.loose, s)
		}
	}
	p.clock()
	return p
}

// part returns the plan of some lanes, with the talks without a time in the last part.
func (p *plan) part(from, to int) *plan {
	out := &plan{day: &derive.Day{Date: p.day.Date, From: p.day.From, To: p.day.To}, lanes: slices.Clone(p.lanes[from:to])}
	out.lanes[0].first = true
	if to == len(p.lanes) {
		out.loose = p.loose
	}
	for _, l := range out.lanes {
		out.day.Slots = append(out.day.Slots, l.slots...)
	}
	slices.SortStableFunc(out.day.Slots, func(a, b derive.Slot) int { return cmp.Compare(a.Start, b.Start) })
	out.day.Slots = append(out.day.Slots, out.loose...)
	out.clock()
	return out
}

// clock collects the times of the plan.
func (p *plan) clock() {
	p.times = nil
	for _, l := range p.lanes {
		for _, s := range l.slots {
			p.times = append(p.times, s.Start, s.End)
		}
	}
	slices.Sort(p.times)
	p.times = slices.Compact(p.times)
}

func (s *Style) clockWidth() unit.Len { return s.Type.Measure("00:00", s.titleFont()) + s.Size/2 }

// Heights of time: a talk is as high as its length, or as its title needs; pauses are shortened.
const (
	perMinute = 0.045 // of the size of the type
	longest   = 3     // of a pause, in sizes of the type
)

// rooms draws the figure of a plan, titles in at most the given number of lines.
func (c *canvas) rooms(p *plan, perRow, lines int, last bool) {
	s := c.style
	left := s.clockWidth()
	gap := s.Size.Mul(0.6)
	w := (s.Width - left - gap*unit.Len(perRow-1)) / unit.Len(perRow)
	font := s.titleFont()
	bold := font
	bold.Weight = 600
	pad := s.Size.Mul(0.4)
	y := s.Size
	c.line(s.Words.Weekday(p.day.Date), 0, y, drawing.Left, bold, s.Colors.Accent)
	c.line(s.Words.DayMonth(p.day.Date), s.Type.Measure(s.Words.Weekday(p.day.Date)+"  ", bold), y, drawing.Left, font, s.Colors.Muted)
	y += s.Size.Mul(1.7)
	y = c.roomNames(p, left, w, gap, y)

	bar := s.Size / 5
	titles := make([][][]string, len(p.lanes))
	need := map[[2]int]unit.Len{}
	for i, l := range p.lanes {
		for _, slot := range l.slots {
			set := clip(s.Type, plain(slot.Talk.Title), c.Lang, font, w-2*pad-bar, lines)
			titles[i] = append(titles[i], set)
			span := [2]int{slot.Start, slot.End}
			need[span] = max(need[span], s.leading()*unit.Len(max(1, len(set)))+2*pad)
		}
	}
	at := p.heights(s, need, y)
	for i, t := range p.times {
		if p.begins(t) {
			c.line(fmt.Sprintf("%02d:%02d", t/60%24, t%60), left-s.Size/2, at[i]+pad+s.Size.Mul(0.85), drawing.Right, font, s.Colors.Muted)
			c.rule(left, at[i], s.Width, at[i], unit.Pt/4, s.Colors.Rule)
		}
	}
	for i, l := range p.lanes {
		x := left + (w+gap)*unit.Len(i)
		for k, slot := range l.slots {
			c.slot(slot, titles[i][k], x, at[slices.Index(p.times, slot.Start)], w, at[slices.Index(p.times, slot.End)], pad)
		}
	}
	y = at[len(at)-1]
	if last && len(p.loose) > 0 {
		y = c.untimed(p, y)
	}
	c.Height = y + s.Size/4
}

// roomNames sets the names of rooms above their columns and returns where the columns begin.
func (c *canvas) roomNames(p *plan, left, w, gap, y unit.Len) unit.Len {
	s := c.style
	bold := s.titleFont()
	bold.Weight = 600
	if len(p.lanes) == 1 && p.lanes[0].room == "" {
		return y - s.Size*3/4
	}
	for i, l := range p.lanes {
		name := l.room
		if name == "" {
			name = s.Words.Appendix().OtherRooms
		}
		if l.first {
			for _, text := range clip(s.Type, name, c.Lang, bold, w, 1) {
				c.line(text, left+(w+gap)*unit.Len(i), y, drawing.Left, bold, s.Colors.Text)
			}
		}
	}
	return y + s.Size.Mul(0.5)
}

// begins reports whether a talk begins at a time.
func (p *plan) begins(t int) bool {
	return slices.ContainsFunc(p.lanes, func(l lane) bool {
		return slices.ContainsFunc(l.slots, func(s derive.Slot) bool { return s.Start == t })
	})
}

// heights returns where the times of the plan lie below each other: in proportion where titles leave it so.
func (p *plan) heights(s *Style, need map[[2]int]unit.Len, y unit.Len) []unit.Len {
	at := []unit.Len{y}
	for i := 1; i < len(p.times); i++ {
		minutes := p.times[i] - p.times[i-1]
		step := s.Size.Mul(perMinute * float64(minutes))
		if !slices.ContainsFunc(p.lanes, func(l lane) bool {
			return slices.ContainsFunc(l.slots, func(s derive.Slot) bool { return s.Start <= p.times[i-1] && s.End >= p.times[i] })
		}) {
			step = min(step, s.Size*longest)
		}
		to := at[i-1] + step
		for span, h := range need { // the greatest of all: their order does not matter
			if span[1] == p.times[i] {
				to = max(to, at[slices.Index(p.times, span[0])]+h)
			}
		}
		// The name of a time stands beside its line: two of them need the height of a line, whatever lies between.
		for k := i - 1; k >= 0 && p.begins(p.times[i]); k-- {
			if p.begins(p.times[k]) {
				to = max(to, at[k]+s.leading())
				break
			}
		}
		at = append(at, to)
	}
	return at
}

// slot draws a talk. One whose end the notes do not know is open below.
func (c *canvas) slot(slot derive.Slot, title []string, x, top, w, bottom, pad unit.Len) {
	s := c.style
	bottom -= s.Size / 8
	bar := s.Size / 5
	if slot.Open {
		c.rect(x, top, bar, (bottom-top)/2, s.Colors.Accent)
	} else {
		c.rect(x, top, w, bottom-top, s.Colors.Tint)
		c.rect(x, top, bar, bottom-top, s.Colors.Accent)
	}
	base := top + pad + s.Size.Mul(0.85)
	for _, l := range title {
		c.titleLine(l, x+pad+bar, w-2*pad-bar, base, slot.Talk)
		base += s.leading()
	}
}

// untimed lists the talks of the day whose time is not known.
func (c *canvas) untimed(p *plan, y unit.Len) unit.Len {
	s := c.style
	var names []string
	for _, slot := range p.loose {
		names = append(names, plain(slot.Talk.Title))
	}
	font := s.titleFont()
	y += s.Size / 2
	for _, l := range wrap(s.Type, s.Words.Appendix().Untimed+": "+strings.Join(names, "; "), c.Lang, font, s.Width) {
		y += s.leading()
		c.line(l, 0, y, drawing.Left, font, s.Colors.Muted)
	}
	return y + s.Size/4
}
