package typeset

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// typography is what a typographer would measure on the pages of a book.
type typography struct {
	layout   *layouts.Layout
	pages    int
	lines    int     // of running text, notes included
	spaced   int     // lines to be justified that have a space, the last ones of paragraphs left out
	within   int     // of them, with word spaces within 0.75 and 1.5 of the natural one
	ragged   int     // of them, those that stay ragged since only holes would justify them
	bare     int     // lines without a space that do not reach the margin: parts of an address or of a word longer than a line
	tracked  int     // justified by letterspace
	narrow   int     // lines on a measure too narrow to be justified
	hyphens  int     // of the lines of text, those that end in a hyphen of hyphenation
	inRow    int     // the most of them below each other
	bad      int     // page breaks where none may be: widows, orphans, headings at the foot
	residue  float64 // the farthest that a line of text is from the grid, in points
	overfull int
	letters  int // on full lines
	full     int
	turned   int     // pages that another page of the chapter follows
	filled   int     // of them, those that are full to one line, or to what the next piece that stands together leaves
	depth    float64 // sum of the filled shares of the turned pages
	pairs    int     // facing pages, none of them a last one
	level    int     // of them, those that end on the same line
	short    int     // last pages of less than five lines
	few      int     // last pages of less than a fifth of a page, these included
	long     int     // pages that are a line longer to save one
}

func measureBook(t *testing.T, book *tree.Book, assets fs.FS, layout string) *typography {
	t.Helper()
	l, err := layouts.Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	var c diag.Collector
	e := newEngine(Input{Book: book, Layout: l, Fonts: bundled(), Assets: assets, Time: time.Unix(0, 0).UTC(), Report: c.Report})
	chapters := e.chapters()
	if err := e.setAll(t.Context(), chapters); err != nil {
		t.Fatal(err)
	}
	doc := e.document()
	e.assemble(doc, chapters)
	m := &typography{layout: l, pages: len(doc.Pages)}
	for _, d := range c.List() {
		if d.Code == CodeOverfull {
			m.overfull++
		}
	}
	side := 0
	for _, c := range chapters {
		if c.recto && l.Page.Recto {
			side += side % 2
		}
		for i, sh := range c.pages {
			last := i == len(c.pages)-1
			m.page(t, e, sh, i == 0)
			if !last {
				m.fill(e, c, sh)
			}
			if next := i + 1; side%2 == 1 && next < len(c.pages)-1 {
				m.pairs++
				if d := foots(e, sh) - foots(e, c.pages[next]); max(d, -d) < l.Text.Leading {
					m.level++
				}
			}
			if last && i > 0 && foots(e, sh) < shortEnd*l.Text.Leading {
				m.short++
			}
			if last && i > 0 && foots(e, sh) < l.Page.TextHeight()/fewLines {
				m.few++
			}
			if sh.long {
				m.long++
			}
			side++
		}
	}
	return m
}

// foots is where a page ends, notes included.
func foots(e *engine, sh *sheet) unit.Len {
	if len(sh.notes) > 0 {
		if sh.long {
			return e.layout.Page.TextHeight() + e.layout.Text.Leading
		}
		return e.layout.Page.TextHeight()
	}
	return depth(sh)
}

// fill measures a page that is not the last one of its chapter. It is as full as it can be if what comes next is higher than
// the room that is left: a picture, a heading with the lines that it keeps, the rows of a table that stand together.
func (m *typography) fill(e *engine, c *chapter, sh *sheet) {
	height := e.layout.Page.TextHeight()
	slack := height - foots(e, sh)
	m.turned++
	m.depth += 1 - max(0, slack.Pt()/height.Pt())
	var chunk unit.Len
	if len(sh.rows) > 0 {
		at := slices.Index(c.rows, sh.rows[len(sh.rows)-1].row) + 1
		for k := at; k > 0 && k < len(c.rows) && (k == at || c.rows[k].brk >= breakPoor); k++ {
			chunk += c.rows[k].before + c.rows[k].height
			for _, n := range c.rows[k].notes {
				chunk += n.whole().height()
			}
		}
	}
	if at := len(sh.rows); at > 0 {
		if k := slices.Index(c.rows, sh.rows[at-1].row) + 1; k > 0 && k < len(c.rows) {
			chunk = max(chunk, c.rows[k].need) // the list of an event's talks
		}
	}
	if slack < m.layout.Text.Leading || slack < chunk {
		m.filled++
	}
}

func (m *typography) page(t *testing.T, e *engine, sh *sheet, first bool) {
	lead := m.layout.Text.Leading
	if !first && len(sh.rows) > 0 {
		for _, r := range sh.rows {
			if r.row.par != nil || r.row.snap > 0 || r.row.brk > 0 {
				if r.row == sh.rows[0].row && r.row.brk >= breakNever {
					m.bad++
					t.Logf("%s: a page begins at %q, where no break may be", m.layout.Name, rowsText([]*vrow{r.row}))
				}
				break
			}
		}
	}
	run := 0
	for _, p := range sh.rows {
		run = m.row(t, e, p.row, run)
		if p.row.snap > 0 {
			base := p.y + p.row.base - baseline(m.layout.Text.Size, lead)
			off := base % p.row.snap
			m.residue = max(m.residue, min(off, p.row.snap-off).Pt())
		}
	}
	for _, n := range sh.notes {
		run = 0
		for _, r := range n.note.rows[n.from:n.to] {
			run = m.row(t, e, r, run)
		}
	}
}

// row measures a row; run is the number of lines right above it that end in hyphens, and so is what it returns.
func (m *typography) row(t *testing.T, e *engine, r *vrow, run int) int {
	t.Helper()
	for _, c := range r.comps {
		l, ok := c.(*Line)
		if !ok || l.Artifact || len(r.comps) > 1 && c != r.comps[len(r.comps)-1] && len(l.innerSpaces()) == 0 { // the mark of an item or a note
			continue
		}
		if !r.isText { // cells of a table stand side by side
			return 0
		}
		if l.narrow {
			m.narrow++
		} else if l.flush || l.short {
			m.line(t, e, l)
		}
		m.lines++
		if run++; !hyphenated(l) {
			run = 0
			continue
		}
		m.hyphens++
		m.inRow = max(m.inRow, run)
	}
	return run
}

func hyphenated(l *Line) bool {
	if len(l.Parts) == 0 {
		return false
	}
	g := l.Parts[len(l.Parts)-1].Run.Glyphs
	return len(g) > 0 && g[len(g)-1].Text == "\u00AD"
}

// line measures the spaces of a justified line.
func (m *typography) line(t *testing.T, e *engine, l *Line) {
	spaces := l.innerSpaces()
	switch {
	case len(spaces) == 0 && l.short:
		m.bare++
		return
	case len(spaces) == 0:
		return
	case l.short:
		m.spaced++
		m.ragged++
		return
	case l.tracked:
		m.tracked++
		last := &l.Parts[len(l.Parts)-1]
		if end, w := last.X+inkWidth(last.Run), e.layout.Page.TextWidth(); end < w-30*unit.Pt || end > w+6*unit.Pt { // quotations end a little earlier
			t.Errorf("%s: a line with letterspace ends %s from the left, the measure is %s: %q", m.layout.Name, end, w, l.Text())
		}
	}
	var got, natural float64
	for _, at := range spaces {
		run := l.Parts[at[0]].Run
		if run.Face.Family == m.layout.Fonts.Code {
			continue // a monospaced cell
		}
		font, err := shape.Load(run.Face)
		if err != nil {
			t.Fatal(err)
		}
		got += run.Glyphs[at[1]].Advance.Len().Pt()
		natural += scale(font.Metrics().Space, run.Size, font.UnitsPerEm()).Pt()
	}
	if natural == 0 {
		return
	}
	m.spaced++
	if r := got / natural; r > 0.745 && r < 1.505 {
		m.within++
	}
	text := strings.TrimRight(l.Text(), " ")
	end := l.Parts[len(l.Parts)-1].X + inkWidth(l.Parts[len(l.Parts)-1].Run)
	if l.Parts[0].X < 2*unit.Pt && end > e.layout.Page.TextWidth()-4*unit.Pt && l.Parts[0].Run.Size == m.layout.Text.Size {
		m.full++
		m.letters += utf8.RuneCountInString(text)
	}
}

func percent(a, b int) float64 {
	if b == 0 {
		return 100
	}
	return 100 * float64(a) / float64(b)
}

const typographyHead = "book     layout       pages  lines  spaces  ragged  bare  tracked  narrow  hyphens  in row  breaks  residue  overfull  measure  filled   depth  level  short ends  few lines  long"

func (m *typography) String() string {
	measure := "–"
	if m.full > 0 {
		measure = fmt.Sprintf("%.1f", float64(m.letters)/float64(m.full))
	}
	return fmt.Sprintf("%-12s %5d %6d  %5.1f%%  %5.1f%%  %4d   %5.1f%%  %6d   %5.1f%%  %6d  %6d  %7.2f  %8d  %7s  %5.1f%%  %5.1f%% %5.1f%%  %10d  %9d  %4d", m.layout.Name, m.pages, m.lines,
		percent(m.within, m.spaced), percent(m.ragged, m.spaced), m.bare, percent(m.tracked, m.spaced), m.narrow, percent(m.hyphens, m.lines), m.inRow, m.bad,
		m.residue, m.overfull, measure, percent(m.filled, m.turned), 100*m.depth/float64(max(m.turned, 1)), percent(m.level, m.pairs), m.short, m.few, m.long)
}

// TestTypography holds the figures of a typographer's checklist over the bundled book and the torture book; `make
// typography` prints them.
func TestTypography(t *testing.T) {
	bundledNotes := notes.Bundled()
	book, err := notes.Load(t.Context(), bundledNotes, notes.Options{}, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(typographyHead)
	for _, layout := range layouts.Names() {
		if strings.HasSuffix(layout, "-print") || testing.Short() && layout != "a5" {
			continue // a print layout is set as the one that it extends
		}
		m := measureBook(t, book, bundledNotes, layout)
		t.Logf("bundled  %s", m)
		m.hold(t)
		if mean := float64(m.letters) / float64(max(m.full, 1)); m.layout.Text.Grid && m.full > 20 && (mean < 60 || mean > 72) {
			t.Errorf("%s: %.1f characters on a full line", layout, mean)
		}
		if depth := 100 * m.depth / float64(max(m.turned, 1)); m.layout.Text.Grid && depth < 97 {
			t.Errorf("%s: pages are %.1f %% full, want 97 %%", layout, depth)
		}
		if got := percent(m.filled, m.turned); m.layout.Text.Grid && got < 97 {
			t.Errorf("%s: %.1f %% of the pages are as full as they can be, want 97 %%", layout, got)
		}
		if m.short > 2 || m.layout.Text.Grid && m.short > 1 {
			t.Errorf("%s: %d chapters end with a page of less than %d lines", layout, m.short, shortEnd)
		}
		if got := percent(m.level, m.pairs); m.layout.Page.Mirrored && got < 80 { // of some twenty pairs, which differ with every page that comes before them
			t.Errorf("%s: %.1f %% of the facing pages end on the same line, want 80 %%", layout, got)
		}
	}
	for _, layout := range layouts.Names() {
		if strings.HasSuffix(layout, "-print") || testing.Short() {
			continue
		}
		m := measureBook(t, torture(t, 0), tortureAssets(t), layout)
		t.Logf("torture  %s", m)
		m.hold(t)
		if got := percent(m.filled, m.turned); got < 85 {
			t.Errorf("%s: %.1f %% of the pages of the torture book are as full as they can be", layout, got)
		}
	}
}

// hold fails the test on faults that no book may have.
func (m *typography) hold(t *testing.T) {
	t.Helper()
	if got := percent(m.within, m.spaced); got < 97 {
		t.Errorf("%s: word spaces of %.1f %% of the lines that are to be justified are good, want 97 %%; %.1f %% stay ragged", m.layout.Name, got, percent(m.ragged, m.spaced))
	}
	if got := percent(m.hyphens, m.lines); got > 10 {
		t.Errorf("%s: %.1f %% of the lines end in a hyphen", m.layout.Name, got)
	}
	if got := percent(m.tracked, m.spaced); got > 12 {
		t.Errorf("%s: %.1f %% of the lines have letterspace", m.layout.Name, got)
	}
	if m.inRow > 2 {
		t.Errorf("%s: %d hyphens below each other", m.layout.Name, m.inRow)
	}
	if depth := 100 * m.depth / float64(max(m.turned, 1)); depth < 92 {
		t.Errorf("%s: pages are %.1f %% full", m.layout.Name, depth)
	}
	if m.bad > 0 || m.overfull > 0 {
		t.Errorf("%s: %d forbidden page breaks, %d overfull lines", m.layout.Name, m.bad, m.overfull)
	}
	if m.residue > 0.1 {
		t.Errorf("%s: text is %.2f pt from the grid", m.layout.Name, m.residue)
	}
}
