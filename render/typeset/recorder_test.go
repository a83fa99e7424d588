package typeset

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/drawing"
)

// drawn is something that a page shows.
type drawn struct {
	page       int
	kind       string // run, box, image, path, line
	x, y, w, h unit.Len
	run        *Run
	elem       *Elem // nil for artifacts
	artifact   ArtifactKind
}

// recorder is a canvas that keeps what is drawn on it.
type recorder struct {
	core.Provider // nil: stock components must not be used
	page          int
	stack         []*Elem
	kinds         []ArtifactKind
	list          []drawn
	order         []*Elem // elements in the order of their first Begin or Attach
	seen          map[*Elem]bool
	anchors       map[string]int
	links         []Target
	rows          []float64
	upright       bool
	groups        int // open ones
}

func (r *recorder) CreateRow(h float64)                                            { r.rows = append(r.rows, h) }
func (r *recorder) CreateCol(_, _ float64, _ *entity.Config, _ *props.Cell)        {}
func (r *recorder) StrokeLine(x1, y1, x2, y2, width unit.Len, color layouts.Color) {}
func (r *recorder) Link(x, y, w, h unit.Len, to Target, contents string, e *Elem) {
	r.links = append(r.links, to)
}
func (r *recorder) Clip(_, _, _, _ unit.Len)          {}
func (r *recorder) Unclip()                           {}
func (r *recorder) Upright(on bool)                   { r.upright = on }
func (r *recorder) Anchor(name string, _, _ unit.Len) { r.anchors[name] = r.page }
func (r *recorder) DrawPath(x, y unit.Len, _ *Path)   { r.put(drawn{kind: "path", x: x, y: y}) }
func (r *recorder) DrawPicture(x, y unit.Len, _ *drawing.Picture) {
	r.put(drawn{kind: "image", x: x, y: y})
}
func (r *recorder) BeginGroup(_, _ unit.Len, _ *drawing.Group) { r.groups++ }
func (r *recorder) EndGroup()                                  { r.groups-- }
func (r *recorder) DrawImage(x, y, w, h unit.Len, _ *Image) {
	r.put(drawn{kind: "image", x: x, y: y, w: w, h: h})
}
func (r *recorder) FillRect(x, y, w, h unit.Len, _ layouts.Color) {
	r.put(drawn{kind: "box", x: x, y: y, w: w, h: h})
}
func (r *recorder) Glyphs(x, y unit.Len, run *Run) {
	r.put(drawn{kind: "run", x: x, y: y, w: inkWidth(run), run: run})
}
func (r *recorder) BeginArtifact(k ArtifactKind) {
	r.stack = append(r.stack, nil)
	r.kinds = append(r.kinds, k)
}
func (r *recorder) End()           { r.stack, r.kinds = r.stack[:len(r.stack)-1], r.kinds[:len(r.kinds)-1] }
func (r *recorder) Attach(e *Elem) { r.meet(e) }
func (r *recorder) Begin(e *Elem) {
	r.meet(e)
	r.stack = append(r.stack, e)
	r.kinds = append(r.kinds, 0)
}

func (r *recorder) meet(e *Elem) {
	for ; e != nil && !r.seen[e]; e = e.Parent {
		r.seen[e] = true
		r.order = append(r.order, e)
	}
}

func (r *recorder) put(d drawn) {
	d.page = r.page
	if n := len(r.stack); n > 0 {
		d.elem, d.artifact = r.stack[n-1], r.kinds[n-1]
	}
	r.list = append(r.list, d)
}

// record draws a document.
func record(t testing.TB, doc *Document) *recorder {
	t.Helper()
	r := &recorder{seen: map[*Elem]bool{}, anchors: map[string]int{}}
	for i, p := range doc.Pages {
		r.page = i
		p.SetConfig(&entity.Config{MaxGridSize: GridSize})
		w, h := p.Area()
		p.Render(r, entity.Cell{Width: w.MM(), Height: h.MM()})
	}
	if len(r.stack) > 0 {
		t.Errorf("%d Begin without End", len(r.stack))
	}
	return r
}

// set sets a book and fails the test if that fails. A cover is made only if the book brings one: it has tests of its own.
func set(t testing.TB, book *tree.Book, layout string, assets fs.FS) (*Document, diag.List) {
	t.Helper()
	if book.Meta.Cover == "" {
		bare := *book
		bare.Meta.Cover = tree.NoCover
		book = &bare
	}
	return setWithCover(t, book, layout, assets)
}

func setWithCover(t testing.TB, book *tree.Book, layout string, assets fs.FS) (*Document, diag.List) {
	t.Helper()
	l, err := layouts.Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	var c diag.Collector
	doc, err := Set(context.Background(), Input{
		Book: book, Layout: l, Fonts: fonts.Bundled(), Assets: assets, Time: time.Unix(0, 0).UTC(), Generator: "evbook test", Report: c.Report,
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc, c.List()
}

func runText(r *Run) string {
	var b strings.Builder
	for _, g := range r.Glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// dump lists the text of a document page by page: place of each run in points, face, size and text; artifacts in
// brackets.
func dump(doc *Document, r *recorder) string {
	var b strings.Builder
	k := 0
	for i, p := range doc.Pages {
		fmt.Fprintf(&b, "-- page %d %q --\n", i+1, p.Label)
		for ; k < len(r.list) && r.list[k].page == i; k++ {
			d := r.list[k]
			role := "artifact"
			if d.elem != nil {
				role = d.elem.Role
			}
			switch d.kind {
			case "run":
				f := d.run.Face
				style := fmt.Sprintf("%s %d", f.Family, f.Weight)
				if f.Italic {
					style += "i"
				}
				fmt.Fprintf(&b, "%7.2f %7.2f %6.2f  %s %s %.4g  %q\n", d.x.Pt(), d.y.Pt(), d.w.Pt(), role, style, d.run.Size.Pt(), runText(d.run))
			default:
				fmt.Fprintf(&b, "%7.2f %7.2f %6.2f  %s %s %.2f\n", d.x.Pt(), d.y.Pt(), d.w.Pt(), role, d.kind, d.h.Pt())
			}
		}
	}
	return b.String()
}

// structureDump prints maroto's structure of the pages.
func structureDump(doc *Document) string {
	var b strings.Builder
	var walk func(n *node.Node[core.Structure], depth int)
	walk = func(n *node.Node[core.Structure], depth int) {
		d := n.GetData()
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), d.Type)
		switch v := d.Value.(type) {
		case nil:
		case float64:
			fmt.Fprintf(&b, " %.3f", v)
		default:
			fmt.Fprintf(&b, " %v", v)
		}
		for _, key := range []string{"x", "y", "w", "h", "baseline", "artifact", "to", "alt"} {
			if v, ok := d.Details[key]; ok {
				fmt.Fprintf(&b, " %s=%v", key, v)
			}
		}
		b.WriteByte('\n')
		for _, c := range n.GetNexts() {
			walk(c, depth+1)
		}
	}
	for _, p := range doc.Pages {
		walk(p.GetStructure(), 0)
	}
	return b.String()
}

// elements prints the structure tree in reading order.
func elements(r *recorder) string {
	kids := map[*Elem][]*Elem{}
	text := map[*Elem]*strings.Builder{}
	for _, e := range r.order {
		kids[e.Parent] = append(kids[e.Parent], e)
	}
	for _, d := range r.list {
		if d.run != nil && d.elem != nil {
			if text[d.elem] == nil {
				text[d.elem] = &strings.Builder{}
			}
			text[d.elem].WriteString(runText(d.run))
		}
	}
	var b strings.Builder
	var walk func(e *Elem, depth int)
	walk = func(e *Elem, depth int) {
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), e.Role)
		for _, a := range []struct{ k, v string }{{"alt", e.Alt}, {"actual", e.ActualText}, {"scope", e.Scope}, {"numbering", e.Numbering}, {"lang", e.Lang}, {"id", e.ID}} {
			if a.v != "" {
				fmt.Fprintf(&b, " %s=%s", a.k, a.v)
			}
		}
		if t := text[e]; t != nil {
			fmt.Fprintf(&b, " %q", t.String())
		}
		b.WriteByte('\n')
		for _, k := range kids[e] {
			walk(k, depth+1)
		}
	}
	for _, e := range kids[nil] {
		walk(e, 0)
	}
	return b.String()
}
