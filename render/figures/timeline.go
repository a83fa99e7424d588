package figures

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
)

// Timeline draws the events of a book along an axis of time that runs downwards, each with its name, its days and a square
// for each of its talks. Where a figure cannot hold all events, more follow it. There is none for less than two events whose
// days are known.
func Timeline(f *derive.Facts, s *Style) []*drawing.Drawing {
	all := f.Timeline()
	if all == nil || s.Height < s.Size*12 {
		return nil
	}
	var out []*drawing.Drawing
	for rest := all.Spans; len(rest) > 0; {
		n, detail := s.fitting(rest)
		c := s.canvas(f, s.Words.Appendix().Timeline)
		c.timeline(rest[:n], detail)
		c.turn()
		out, rest = append(out, c.Drawing), rest[n:]
	}
	return out
}

// detail is how much is said of each event.
type detail uint8

const (
	full   detail = iota // name, days, squares
	noDots               // name and days
	oneRow               // name and days in a line
)

// label is what stands beside the axis for an event.
type label struct {
	name   []string
	days   string
	talks  int // squares
	perRow int
	height unit.Len
}

func (s *Style) nameFont() drawing.Font {
	return drawing.Font{Use: drawing.Heading, Size: s.Size.Mul(1.15), Weight: 600}
}

func (s *Style) label(sp *derive.Span, d detail) label {
	x := s.axis() + s.Size*2
	w := s.Width - x
	l := label{days: s.Words.Days(sp.Start, sp.End)}
	if sp.Talks > 0 {
		l.days += " · " + strings.Replace(s.Words.Appendix().EventEntries, "%d", strconv.Itoa(sp.Talks), 1)
	}
	font := s.nameFont()
	name := plain(sp.Event.Title)
	if d == oneRow {
		room := w - s.Type.Measure("  "+l.days, s.titleFont())
		if room < s.Size*8 {
			l.days, room = "", w
		}
		l.name = clip(s.Type, name, s.Lang, font, room, 1)
		l.height = font.Size.Mul(1.26)
		return l
	}
	l.name = clip(s.Type, name, s.Lang, font, w, 2)
	l.height = font.Size.Mul(1.2)*unit.Len(len(l.name)) + s.leading() + s.Size/4
	if cell := s.cell(); d == full && sp.Talks > 0 && sp.Talks <= 200 {
		l.talks, l.perRow = sp.Talks, max(1, int(w/cell))
		l.height += cell*unit.Len((l.talks+l.perRow-1)/l.perRow) + s.Size/2
	}
	return l
}

// cell is the side of a square with the space beside it.
func (s *Style) cell() unit.Len { return s.Size.Mul(0.8) }

// between is the least space between two labels.
func (s *Style) between(d detail) unit.Len {
	if d == oneRow {
		return s.Size / 4
	}
	return s.Size
}

// fitting returns how many of the events a figure can hold, and in how much detail.
func (s *Style) fitting(spans []derive.Span) (n int, d detail) {
	for d = full; d <= oneRow; d++ {
		sum := s.Size * 3
		for i := range spans {
			sum += s.label(&spans[i], d).height + s.between(d)
			if d == oneRow && sum > s.Height {
				return max(i, 1), d
			}
		}
		if sum <= s.Height {
			return len(spans), d
		}
	}
	return len(spans), oneRow
}

// axis is where the line of time stands.
func (s *Style) axis() unit.Len {
	w := s.Type.Measure("0000", s.titleFont())
	for m := time.January; m <= time.December; m++ {
		w = max(w, s.Type.Measure(s.Words.Month(tree.Date{Year: 2000, Month: m, Day: 1}), s.titleFont()))
	}
	return w + s.Size
}

// scale maps days to places on the axis.
type scale struct {
	first, last time.Time // the axis begins with the one and ends before the other
	top, height unit.Len
	months      bool
}

// inMonths is how long an axis may be, in days, to have the months named.
const inMonths = 900

func newScale(first, last tree.Date) scale {
	a, b := first.Time(), last.Time()
	sc := scale{months: b.Sub(a) <= inMonths*24*time.Hour}
	if sc.months {
		sc.first = time.Date(a.Year(), a.Month(), 1, 0, 0, 0, 0, time.UTC)
		sc.last = time.Date(b.Year(), b.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	} else {
		sc.first = time.Date(a.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		sc.last = time.Date(b.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return sc
}

const day24 = 24 * time.Hour

// at returns the place of a day on the axis.
func (sc *scale) at(t time.Time) unit.Len {
	return sc.top + sc.height*unit.Len(t.Sub(sc.first)/day24)/unit.Len(sc.last.Sub(sc.first)/day24)
}

// timeline draws events.
func (c *canvas) timeline(spans []derive.Span, d detail) {
	s := c.style
	labels := make([]label, len(spans))
	last := spans[0].End
	sum := s.Size * 3
	for i := range spans {
		labels[i] = s.label(&spans[i], d)
		sum += labels[i].height + s.between(d)
		if spans[i].End.Compare(last) > 0 {
			last = spans[i].End
		}
	}
	c.Height = min(s.Height, max(sum.Mul(1.6), s.Height*7/10))
	sc := newScale(spans[0].Start, last)
	sc.top = s.Size + s.leading() // the first year stands above its first month
	sc.height = c.Height - sc.top - s.Size
	x := s.axis()
	c.rule(x, sc.top, x, sc.top+sc.height, unit.Pt*3/4, s.Colors.Rule)
	c.ticks(&sc, x)
	places := c.places(spans, labels, &sc, s.between(d))
	var said []string
	for i := range spans {
		c.span(&spans[i], &labels[i], &sc, x, places[i], d)
		text := plain(spans[i].Event.Title) + ", " + s.Words.Days(spans[i].Start, spans[i].End)
		if n := spans[i].Talks; n > 0 {
			text += ", " + fmt.Sprintf(s.Words.Appendix().EventEntries, n)
		}
		said = append(said, text)
	}
	c.Desc = strings.Join(said, "; ") + "."
}

// places returns the tops of the labels: beside the events where they fit, moved apart where they do not.
func (c *canvas) places(spans []derive.Span, labels []label, sc *scale, gap unit.Len) []unit.Len {
	out := make([]unit.Len, len(spans))
	next := unit.Len(0)
	for i := range spans {
		out[i] = max(next, sc.at(spans[i].Start.Time())-c.style.Size.Mul(0.7))
		next = out[i] + labels[i].height + gap
	}
	limit := c.Height
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = min(out[i], limit-labels[i].height)
		limit = out[i] - gap
	}
	return out
}

// span draws an event on the axis and its label.
func (c *canvas) span(sp *derive.Span, l *label, sc *scale, x, top unit.Len, d detail) {
	s := c.style
	from, to := sc.at(sp.Start.Time()), sc.at(sp.End.Time().Add(day24))
	thick := s.Size.Mul(0.45)
	if to-from < thick {
		mid := (from + to) / 2
		from, to = mid-thick/2, mid+thick/2
	}
	left := x + s.Size*2
	font := s.nameFont()
	base := top + font.Size
	mark, name := from+thick/2, base-font.Size.Mul(0.3)
	c.rule(x+thick/2, mark, x+s.Size*8/10, mark, unit.Pt/2, s.Colors.Rule)
	c.rule(x+s.Size*8/10, mark, x+s.Size*13/10, name, unit.Pt/2, s.Colors.Rule)
	c.rule(x+s.Size*13/10, name, left-s.Size*3/10, name, unit.Pt/2, s.Colors.Rule)
	c.Add(&drawing.Path{Ops: drawing.RoundRect(x-thick/2, from, thick, to-from, thick/2), Fill: s.Colors.Accent.Color, FillOpacity: s.Colors.Accent.Opacity})
	for _, text := range l.name {
		c.line(text, left, base, drawing.Left, font, s.Colors.Text)
		base += font.Size.Mul(1.2)
	}
	if d == oneRow {
		if l.days != "" && len(l.name) > 0 {
			c.line(l.days, s.Width, base-font.Size.Mul(1.2), drawing.Right, s.titleFont(), s.Colors.Muted)
		}
		return
	}
	c.line(l.days, left, base, drawing.Left, s.titleFont(), s.Colors.Muted)
	side := s.cell().Mul(0.72)
	y := base + s.Size/2
	for k := range l.talks {
		c.rect(left+s.cell()*unit.Len(k%l.perRow), y+s.cell()*unit.Len(k/l.perRow), side, side, s.Colors.Accent)
	}
}

// ticks draws and names the months or years of the axis, those that have room.
func (c *canvas) ticks(sc *scale, x unit.Len) {
	s := c.style
	font := s.titleFont()
	bold := font
	bold.Weight = 600
	type tick struct {
		t    time.Time
		year bool
	}
	var list []tick
	for t := sc.first; t.Before(sc.last); {
		list = append(list, tick{t, !sc.months || t.Month() == time.January})
		if sc.months {
			t = t.AddDate(0, 1, 0)
		} else {
			t = t.AddDate(1, 0, 0)
		}
	}
	var taken []unit.Len // baselines of names
	free := func(y unit.Len) bool {
		for _, at := range taken {
			if max(at-y, y-at) < s.leading() {
				return false
			}
		}
		return true
	}
	name := func(text string, y unit.Len, f drawing.Font, p Paint) {
		if base := y + s.Size.Mul(0.35); free(base) {
			taken = append(taken, base)
			c.line(text, x-s.Size*7/10, base, drawing.Right, f, p)
		}
	}
	if sc.months && sc.first.Month() != time.January {
		name(strconv.Itoa(sc.first.Year()), sc.top-s.leading(), bold, s.Colors.Text)
	}
	for _, years := range []bool{true, false} { // the names of years come first
		for _, t := range list {
			y := sc.at(t.t)
			if t.year == years {
				if years {
					name(strconv.Itoa(t.t.Year()), y, bold, s.Colors.Text)
				} else {
					name(s.Words.Month(tree.DateOf(t.t)), y, font, s.Colors.Muted)
				}
				c.rule(x-s.Size*4/10, y, x, y, unit.Pt/2, s.Colors.Rule)
			}
		}
	}
}
