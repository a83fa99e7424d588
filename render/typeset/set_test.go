package typeset

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/internal/golden"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// pngFile makes a picture of one colour.
func pngFile(t testing.TB, w, h int) *fstest.MapFile {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(color.White.Y / 512)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

// TestEveryNode holds how every node looks on the page: place and text of each run, maroto's structure, structure tree.
func TestEveryNode(t *testing.T) {
	assets := fstest.MapFS{treetest.ImagePath: pngFile(t, 120, 60)}
	doc, list := set(t, treetest.Every(), "a5", assets)
	r := record(t, doc)
	golden.Check(t, "testdata/every.pages", []byte(dump(doc, r)))
	golden.Check(t, "testdata/every.structure", []byte(structureDump(doc)))
	golden.Check(t, "testdata/every.elements", []byte(elements(r)))
	var b strings.Builder
	for _, d := range list {
		b.WriteString(d.Pos.String() + ": " + string(d.Code) + ": " + d.Message + "\n")
	}
	golden.Check(t, "testdata/every.diagnostics", []byte(b.String()))
}

func TestNothingIsLost(t *testing.T) {
	for _, layout := range layouts.Names() {
		doc, _ := set(t, treetest.Every(), layout, nil)
		text := allText(record(t, doc))
		for _, w := range treetest.EveryWords() {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is on no page", layout, w)
			}
		}
	}
}

// allText is the text of a document as a reader takes it from the page, without what hyphenation put in and without
// artifacts.
func allText(r *recorder) string {
	var b strings.Builder
	for _, d := range r.list {
		if d.run != nil && d.elem != nil {
			b.WriteString(runText(d.run))
		}
	}
	return strings.ReplaceAll(b.String(), "\u00AD", "")
}

func TestSameInputSamePages(t *testing.T) {
	a, _ := set(t, torture(t, 1), "a5", tortureAssets(t))
	b, _ := set(t, torture(t, 1), "a5", tortureAssets(t))
	if x, y := dump(a, record(t, a)), dump(b, record(t, b)); x != y {
		t.Error("two runs differ")
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	l, err := layouts.Load("a4")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Set(ctx, Input{Book: torture(t, 1), Layout: l, Fonts: fonts.Bundled()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

// TestFrontMatter holds the numbering: Roman to the first event, which is page 1 on the right, and blank pages without
// head and folio.
func TestFrontMatter(t *testing.T) {
	doc, _ := set(t, treetest.Every(), "a4", nil)
	r := record(t, doc)
	var labels []string
	for _, p := range doc.Pages {
		labels = append(labels, p.Label)
	}
	first := slices.Index(labels, "1")
	if first < 0 || first%2 != 0 {
		t.Fatalf("labels %v: page 1 must be a recto", labels)
	}
	for i, l := range labels[:first] {
		if l != roman(i+1) {
			t.Errorf("page %d is labelled %q, want %q", i+1, l, roman(i+1))
		}
	}
	for _, id := range []string{"welcome", "conf", "misc", "credits", "contents"} {
		if page, ok := r.anchors[id]; !ok || page%2 != 0 {
			t.Errorf("%s opens on page %d (found: %v), want a recto", id, page+1, ok)
		}
	}
	shown := map[int]bool{}
	for _, d := range r.list {
		shown[d.page] = true
	}
	for i, p := range doc.Pages {
		if len(p.GetRows()) == 0 && shown[i] {
			t.Errorf("page %d is blank and shows something", i+1)
		}
		if wantLeft := i%2 == 1; wantLeft != (p.Left > p.Right) {
			t.Errorf("page %d has margins %s and %s", i+1, p.Left, p.Right)
		}
	}
}

// TestLinksResolve holds that every internal link leads to an anchor of a page, as does every entry of the outline.
func TestLinksResolve(t *testing.T) {
	doc, _ := set(t, treetest.Every(), "a4", nil)
	r := record(t, doc)
	for _, l := range r.links {
		if l.Anchor != "" {
			if _, ok := r.anchors[l.Anchor]; !ok {
				t.Errorf("a link leads to %q, which is on no page", l.Anchor)
			}
		}
	}
	var walk func([]*OutlineItem)
	walk = func(list []*OutlineItem) {
		for _, it := range list {
			if _, ok := r.anchors[it.Anchor]; !ok {
				t.Errorf("outline entry %q leads to %q, which is on no page", it.Title, it.Anchor)
			}
			walk(it.Children)
		}
	}
	walk(doc.Outline)
	for n := range tree.All(treetest.Every()) {
		if h, ok := n.(*tree.Heading); ok {
			if _, ok := r.anchors[h.ID]; !ok {
				t.Errorf("heading %s has no anchor", h.ID)
			}
		}
	}
}

func TestHeadingLevels(t *testing.T) {
	doc, _ := set(t, torture(t, 3), "a5", tortureAssets(t))
	last := 0
	for _, e := range record(t, doc).order {
		if len(e.Role) != 2 || e.Role[0] != 'H' {
			continue
		}
		level := int(e.Role[1] - '0')
		if level > last+1 {
			t.Errorf("heading %q jumps from level %d to %d", e.Title, last, level)
		}
		last = level
	}
	if last == 0 {
		t.Error("no headings at all")
	}
}
