package layouts

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/evbook/evbook/layouts/unit"
)

// Roles lists every role.
var Roles = []Role{
	RoleTitle, RoleSubtitle, RoleAuthor, RolePart, RoleSection, RoleChapter, RoleHeading1, RoleHeading2, RoleHeading3,
	RoleMeta, RoleTable, RoleCode, RoleQuote, RoleCaption, RoleFootnote, RoleRunning, RoleFolio, RoleTOCPart,
	RoleTOCEntry, RoleTOCAuthor,
}

// TextWidth returns the width of the type area, the measure of running text.
func (p *Page) TextWidth() unit.Len { return p.Width - p.Inner - p.Outer }

// TextHeight returns the height of the type area.
func (p *Page) TextHeight() unit.Len { return p.Height - p.Top - p.Bottom }

// RGB returns the components of c, each 0–255; ok is false if c is not of the form #rrggbb.
func (c Color) RGB() (r, g, b uint8, ok bool) {
	if len(c) != 7 || c[0] != '#' {
		return 0, 0, 0, false
	}
	v, err := strconv.ParseUint(string(c[1:]), 16, 32)
	if err != nil {
		return 0, 0, 0, false
	}
	return uint8(v >> 16), uint8(v >> 8), uint8(v), true
}

// Contrast returns the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, «contrast ratio»). A malformed colour
// counts as black.
func Contrast(a, b Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c Color) float64 {
	r, g, b, _ := c.RGB()
	lin := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

// check reports what makes a layout unusable.
func (l *Layout) check() error {
	var errs []error
	add := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if w, h := l.Page.TextWidth(), l.Page.TextHeight(); w < 72*unit.Pt || h < 72*unit.Pt {
		add("page: the type area of %s × %s is smaller than an inch", w, h)
	}
	for _, m := range []unit.Len{l.Page.Inner, l.Page.Outer, l.Page.Top, l.Page.Bottom, l.Page.Bleed} {
		if m < 0 {
			add("page: a margin is negative")
		}
	}
	if b := l.Page.Binding; b < 0 || b > l.Page.Outer {
		add("page: binding %s: want 0 to the outer margin", b)
	}
	if l.Text.Size <= 0 || l.Text.Leading < l.Text.Size {
		add("text: size %s and leading %s: want 0 < size ≤ leading", l.Text.Size, l.Text.Leading)
	}
	if l.Text.Expansion < 0 || l.Text.Expansion > 0.03 {
		add("text: expansion %g: want 0 to 0.03", l.Text.Expansion)
	}
	if l.Fonts.Text == "" || l.Fonts.Heading == "" || l.Fonts.Code == "" {
		add("fonts: text, heading and code must be named")
	}
	if l.Code.Tab < 1 || l.Code.Tab > 16 {
		add("code: tab %d: want 1 to 16", l.Code.Tab)
	}
	for _, role := range Roles {
		switch s := l.Styles[role]; {
		case s == nil:
			add("styles: %s is missing", role)
		case s.Size <= 0 || s.Leading <= 0:
			add("styles: %s needs a size and a leading", role)
		case s.Color != "":
			l.checkColor(&errs, "styles: "+string(role), s.Color)
		}
	}
	for _, c := range []struct {
		name  string
		color Color
	}{{"text", l.Colors.Text}, {"muted", l.Colors.Muted}, {"accent", l.Colors.Accent}, {"link", l.Colors.Link}, {"rule", l.Colors.Rule}, {"tint", l.Colors.Tint}} {
		l.checkColor(&errs, "colors: "+c.name, c.color)
	}
	return errors.Join(errs...)
}

func (l *Layout) checkColor(errs *[]error, where string, c Color) {
	if _, _, _, ok := c.RGB(); !ok {
		*errs = append(*errs, fmt.Errorf("%s: %q is no colour: want #rrggbb", where, c))
	}
}
