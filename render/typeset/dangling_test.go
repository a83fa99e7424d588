package typeset

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/typeset/linebreak"
)

// partsText is the text of the parts of a line.
func partsText(l *Line) string {
	var b strings.Builder
	for _, p := range l.Parts {
		b.WriteString(runText(p.Run))
	}
	return strings.TrimSpace(b.String())
}

// TestSeparatorEndsNoLine holds that what a reference says of its place is parted by a sign or by the end of a line, not by both.
func TestSeparatorEndsNoLine(t *testing.T) {
	signs, ends := 0, 0
	for w := 130 * unit.Pt; w < 400*unit.Pt; w += 3 * unit.Pt {
		s := newSetter(t)
		p := s.body()
		p.w, p.style = w, s.role(layouts.RoleTOCEntry)
		rows := s.reference(plainTitle("Whatever the talk is about"), []string{"Somebody Somewhere", "Conference\u00a02013"}, "id", false, s.elem, p, p.style)
		for _, r := range rows {
			text := partsText(r.comps[0].(*Line))
			switch {
			case strings.HasSuffix(text, "·"), strings.HasPrefix(text, "·"):
				t.Errorf("%s wide: the line %q", w, text)
			case strings.Contains(text, "Somewhere · Conference"):
				signs++
			case strings.HasSuffix(text, "Somewhere"):
				ends++
			}
		}
	}
	if signs == 0 || ends == 0 {
		t.Errorf("the sign stands on %d lines, %d end instead", signs, ends)
	}
}

// TestNoteMarkBeginsNoLine holds that the mark of a note stays with the word before it, also behind a space.
func TestNoteMarkBeginsNoLine(t *testing.T) {
	var text tree.Inlines
	for range 40 {
		text = append(text, &tree.Text{Text: "Some words "}, &tree.FootnoteRef{Target: "fn", Number: 7}, &tree.Text{Text: " more. "})
	}
	for w := 100 * unit.Pt; w < 200*unit.Pt; w += 3 * unit.Pt {
		s := newSetter(t)
		p := s.body()
		for _, l := range s.lines(s.inline(text, p.style, s.elem, diag.Pos{}), 0, w) {
			if got := partsText(l.line); strings.HasPrefix(got, "7") {
				t.Fatalf("%s wide: a line begins with a mark: %q", w, got)
			}
		}
	}
}

// TestShortNamesAreDear holds that a break in a short name costs more than a hyphen, in text set flush or ragged, and one in a
// long name less.
func TestShortNamesAreDear(t *testing.T) {
	for _, tt := range []struct {
		name  string
		short bool
	}{{"pkg_resources", true}, {"salt-virt", true}, {"pg_stat_replication", false}, {"testfixtures.TempDirectory", false}} {
		s := newSetter(t)
		c := s.inline(tree.Inlines{&tree.Code{Text: tt.name}}, s.body().style, s.elem, diag.Pos{})
		items, _ := s.items(c, 300*unit.Pt, false)
		breaks := 0
		for _, it := range items {
			if it.Kind != linebreak.Penalty || it.Penalty >= linebreak.Never {
				continue
			}
			breaks++
			if hyphen := int32(200); (it.Penalty > hyphen) != tt.short {
				t.Errorf("%s: a break costs %d, a hyphen %d", tt.name, it.Penalty, hyphen)
			}
		}
		if breaks == 0 {
			t.Errorf("%s cannot be broken", tt.name)
		}
	}
}

// TestShortNamesStayWhole holds that ragged text, where no line has to reach the margin, does not break a short name, and still
// breaks one in a column that is narrower.
func TestShortNamesStayWhole(t *testing.T) {
	text := tree.Inlines{&tree.Text{Text: "One of the names of the package is "}, &tree.Code{Text: "pkg_resources"}, &tree.Text{Text: " as long as nobody says otherwise."}}
	broken := func(w unit.Len) bool {
		s := newSetter(t)
		c := s.inline(text, s.body().style, s.elem, diag.Pos{})
		c.style.justify = false
		for _, l := range s.lines(c, 0, w) {
			if strings.HasPrefix(partsText(l.line), "_resources") {
				return true
			}
		}
		return false
	}
	for w := 100 * unit.Pt; w < 300*unit.Pt; w += unit.Pt {
		if broken(w) {
			t.Errorf("%s wide: the name is broken", w)
		}
	}
	if !broken(60 * unit.Pt) {
		t.Error("60pt wide: the name is not broken")
	}
}
