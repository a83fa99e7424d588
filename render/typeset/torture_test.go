package typeset

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// torture is the book of hard talks.
func torture(t testing.TB, seed uint64) *tree.Book {
	t.Helper()
	return treetest.Torture(seed)
}

func tortureAssets(t testing.TB) fs.FS {
	t.Helper()
	return treetest.TortureAssets()
}

// TestTorture holds on every layout: nothing outside the type area, nothing on top of something else, no word lost, rows
// no higher than the page, no break where none is allowed.
func TestTorture(t *testing.T) {
	for seed := range uint64(1) {
		for _, layout := range layouts.Names() {
			t.Run(fmt.Sprintf("%s/%d", layout, seed), func(t *testing.T) {
				t.Parallel()
				book := torture(t, seed)
				doc, list := set(t, book, layout, tortureAssets(t))
				for _, d := range list {
					if d.Code == CodeOverfull {
						t.Errorf("%s: %s", d.Pos, d.Message)
					}
				}
				r := record(t, doc)
				checkArea(t, doc, r)
				checkOverlap(t, doc, r)
				checkRows(t, doc)
				checkWords(t, book, r)
			})
		}
	}
}

func checkArea(t *testing.T, doc *Document, r *recorder) {
	t.Helper()
	faults := 0
	for _, d := range r.list {
		p := doc.Pages[d.page]
		w, h := p.Area()
		if d.artifact == ArtifactHeader || d.artifact == ArtifactFooter { // upright on turned pages, too
			w, h = p.Width-p.Left-p.Right, p.Height-p.Top-p.Bottom
		}
		slack := 4 * unit.Pt // protrusion
		if d.run != nil && strings.ContainsAny(lastLetter(runText(d.run)), leftHalf) {
			slack += d.run.Size / 2 // the blank half of the sign
		}
		if d.artifact == ArtifactHeader || d.artifact == ArtifactFooter {
			if d.x < 0 || d.x+d.w > w+unit.Pt || d.y < -p.Top || d.y > h+p.Bottom {
				t.Errorf("page %d: furniture at %s %s is off the page", d.page+1, d.x, d.y)
			}
			continue
		}
		if d.x < -slack || d.x+d.w > w+slack || d.y < -slack || d.y+d.h > h+slack {
			if faults++; faults < 8 {
				text := d.kind
				if d.run != nil {
					text = runText(d.run)
				}
				t.Errorf("page %d: %q at %s %s, %s × %s, is outside the type area of %s × %s", d.page+1, text, d.x, d.y, d.w, d.h, w, h)
			}
		}
	}
}

// lastLetter is the last character of a text.
func lastLetter(s string) string {
	s = strings.TrimSpace(s)
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

func checkOverlap(t *testing.T, doc *Document, r *recorder) {
	t.Helper()
	byPage := make([][]drawn, len(doc.Pages))
	for _, d := range r.list {
		if d.kind == "run" && d.w > 0 {
			byPage[d.page] = append(byPage[d.page], d)
		}
	}
	faults := 0
	for i, list := range byPage {
		for k, a := range list {
			for _, b := range list[k+1:] {
				if a.elem != nil && a.elem == b.elem && a.y != b.y && max(a.run.Size, b.run.Size) != min(a.run.Size, b.run.Size) {
					continue // raised and lowered letters of one paragraph
				}
				// The x-height zones of two runs must not meet; lines whose baselines are a leading apart do not.
				size := min(a.run.Size, b.run.Size)
				dy := a.y - b.y
				if dy < 0 {
					dy = -dy
				}
				over := min(a.x+a.w, b.x+b.w) - max(a.x, b.x)
				if over > unit.Pt/2 && dy < size*8/10 {
					if faults++; faults < 6 {
						t.Errorf("page %d: %q and %q lie on top of each other (%s apart, %s wide)", i+1, runText(a.run), runText(b.run), dy, over)
					}
				}
			}
		}
	}
}

func checkRows(t *testing.T, doc *Document) {
	t.Helper()
	for i, p := range doc.Pages {
		sum := 0.0
		for _, row := range p.GetRows() {
			sum += row.GetHeight(nil, &entity.Cell{})
		}
		_, h := p.Area()
		if area := h.MM(); sum > area+1e-6 {
			t.Errorf("page %d: rows of %.3f mm on %.3f mm", i+1, sum, area)
		}
	}
}

// checkWords holds that each word of the book is found in the text of one element, or across elements when its style
// changes inside.
func checkWords(t *testing.T, book *tree.Book, r *recorder) {
	t.Helper()
	byElem := map[*Elem]*strings.Builder{}
	var order []*Elem
	for _, d := range r.list {
		if d.run == nil || d.elem == nil {
			continue
		}
		b := byElem[d.elem]
		if b == nil {
			b = &strings.Builder{}
			byElem[d.elem] = b
			order = append(order, d.elem)
		}
		b.WriteString(runText(d.run))
	}
	clean := strings.NewReplacer("\u00AD", "", " ", "", "\u00A0", "")
	var all strings.Builder
	for _, e := range order {
		all.WriteString(clean.Replace(byElem[e].String()) + "\n")
	}
	text, flat := all.String(), clean.Replace(allText(r))
	missing := 0
	words := strings.Fields(tree.Words(book))
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		w = clean.Replace(w)
		if strings.ContainsFunc(w, func(r rune) bool { return r >= 0x590 && r < 0x700 }) {
			continue // right-to-left words stand in visual order
		}
		if !strings.Contains(text, w) && !strings.Contains(flat, w) {
			if missing++; missing < 8 {
				t.Errorf("%q is on no page", w)
			}
		}
	}
}

// TestNoForbiddenBreak holds that no page of the torture book begins where a break is forbidden.
func TestNoForbiddenBreak(t *testing.T) {
	l, err := layouts.Load("a5")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(3) {
		e := newEngine(Input{Book: torture(t, seed), Layout: l, Fonts: bundled(), Assets: tortureAssets(t)})
		chapters := e.chapters()
		if err := e.setAll(t.Context(), chapters); err != nil {
			t.Fatal(err)
		}
		for _, c := range chapters {
			for i, sh := range c.pages[min(1, len(c.pages)):] {
				k := slices.IndexFunc(sh.rows, func(p placed) bool { return slices.Contains(c.rows, p.row) })
				if k < 0 {
					continue // nothing but the rest of a note
				}
				if r := sh.rows[k].row; r.brk >= breakNever {
					t.Errorf("seed %d, %s: page %d begins where no break may be", seed, c.elem.Title, i+2)
				}
			}
		}
	}
}
