package layouts_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/highlight"
)

func TestNames(t *testing.T) {
	want := []string{"a4", "a4-print", "a5", "a5-print", "ereader", "letter", "screen", "trade", "trade-print"}
	if got := layouts.Names(); !slices.Equal(got, want) {
		t.Errorf("Names() = %v, want %v", got, want)
	}
}

// TestDesign holds the numbers of good pages for every embedded layout.
func TestDesign(t *testing.T) {
	for _, name := range layouts.Names() {
		t.Run(name, func(t *testing.T) {
			l, err := layouts.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			if l.Name != name || l.Doc == "" {
				t.Errorf("name %q, doc %q", l.Name, l.Doc)
			}
			// The text face sets some 2.2 characters an em in running prose, so this is the measure in characters.
			if chars := l.Page.TextWidth().Pt() / l.Text.Size.Pt() * 2.2; chars < 60 || chars > 73 {
				t.Errorf("measure of %.0f characters, want 60–73", chars)
			}
			if ratio := l.Text.Leading.Pt() / l.Text.Size.Pt(); ratio < 1.2 || ratio > 1.45 {
				t.Errorf("leading %.2f of the size, want 1.2–1.45", ratio)
			}
			lines := l.Page.TextHeight().Pt() / l.Text.Leading.Pt()
			if frac := lines - float64(int(lines+0.5)); frac < -0.001 || frac > 0.01 {
				t.Errorf("type area of %.3f lines, want a whole number", lines)
			}
			if l.Page.Mirrored && (l.Page.Inner >= l.Page.Outer || l.Page.Top >= l.Page.Bottom) {
				t.Errorf("margins inner %s, outer %s, top %s, bottom %s: want inner < outer, top < bottom", l.Page.Inner, l.Page.Outer, l.Page.Top, l.Page.Bottom)
			}
			if l.Page.Head >= l.Page.Top || l.Page.Foot >= l.Page.Bottom {
				t.Error("running head or folio off the page")
			}
			if cols := (l.Page.TextWidth() - 2*l.Code.Padding).Pt() / (l.Styles[layouts.RoleCode].Size.Pt() * 0.6); cols < 55 {
				t.Errorf("listings of %.0f columns, want 55 or more", cols)
			}
		})
	}
}

func TestColorsAreLegible(t *testing.T) {
	const dark = layouts.Color("#1e1f22")
	for _, name := range layouts.Names() {
		l, err := layouts.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []layouts.Color{l.Colors.Text, l.Colors.Muted, l.Colors.Accent, l.Colors.Link} {
			if r := layouts.Contrast(c, l.Colors.Tint); r < 4.5 {
				t.Errorf("%s: %s on the tint has contrast %.2f", name, c, r)
			}
		}
		for _, kind := range highlight.Kinds {
			tok, ok := l.Code.Tokens[string(kind)]
			if !ok {
				t.Errorf("%s: no look for token kind %s", name, kind)
				continue
			}
			for _, bg := range []layouts.Color{l.Colors.Tint, "#ffffff"} {
				if r := layouts.Contrast(tok.Color, bg); r < 4.5 {
					t.Errorf("%s: %s %s on %s has contrast %.2f", name, kind, tok.Color, bg, r)
				}
			}
			if r := layouts.Contrast(tok.Dark, dark); r < 4.5 {
				t.Errorf("%s: %s %s on %s has contrast %.2f", name, kind, tok.Dark, dark, r)
			}
		}
	}
}

func TestUserLayout(t *testing.T) {
	dir := t.TempDir()
	write := func(name, src string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("house.yaml", "name: house\nextends: a5\ntext: {size: 9.5pt}\nstyles: {part: {color: '#123456'}}\n")
	mine := write("mine.yaml", "name: mine\nextends: house.yaml\ntext: {justify: false}\n")
	l, err := layouts.Load(mine)
	if err != nil {
		t.Fatal(err)
	}
	if l.Name != "mine" || l.Text.Size != unit.FromPt(9.5) || l.Text.Justify || l.Text.Leading != 13*unit.Pt {
		t.Errorf("got %s, text %+v", l.Name, l.Text)
	}
	if s := l.Styles[layouts.RolePart]; s.Color != "#123456" || s.Size != 25*unit.Pt || s.Weight != 700 {
		t.Errorf("part style is %+v", s)
	}
}

func TestFaults(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"unknown key", "extends: a4\ntext:\n  sise: 10pt\n", "sise"},
		{"place of the fault", "extends: a4\ntext:\n  sise: 10pt\n", "3:3"},
		{"no unit", "extends: a4\ntext: {size: 10}\n", `"10" is no length`},
		{"bad colour", "extends: a4\ncolors: {link: blue}\n", `colors: link: "blue" is no colour`},
		{"unknown base", "extends: a44\n", `extends unknown layout "a44"`},
		{"nothing at all", "", "fonts: text, heading and code must be named"},
		{"no room", "extends: a4\npage: {inner: 100mm, outer: 100mm}\n", "smaller than an inch"},
		{"leading", "extends: a4\ntext: {leading: 5pt}\n", "want 0 < size ≤ leading"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := layouts.Parse("x", []byte(tt.src))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want it to contain %q", err, tt.want)
			}
		})
	}
	var unknown *layouts.UnknownError
	if _, err := layouts.Load("a9"); !errors.As(err, &unknown) {
		t.Errorf("Load(a9) = %v, want an UnknownError", err)
	}
	if _, err := layouts.Load(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}
