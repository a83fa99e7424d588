package typeset

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/notes/tree/treetest"
)

// plainProvider has what maroto's provider has, and no canvas.
type plainProvider struct {
	core.Provider
	texts  []string
	images int
	bad    []string
	width  float64
}

func (p *plainProvider) CreateRow(float64)                                       {}
func (p *plainProvider) CreateCol(_, _ float64, _ *entity.Config, _ *props.Cell) {}
func (p *plainProvider) AddLine(*entity.Cell, *props.Line)                       {}
func (p *plainProvider) AddImageFromBytes(_ []byte, cell *entity.Cell, _ *props.Rect, _ extension.Type) {
	p.images++
	if cell.X+cell.Width > p.width+1e-6 {
		p.bad = append(p.bad, "image")
	}
}

func (p *plainProvider) AddText(text string, cell *entity.Cell, prop *props.Text) {
	p.texts = append(p.texts, text)
	if prop.Left < 0 || prop.Left > p.width || prop.Size <= 0 || prop.Family == "" {
		p.bad = append(p.bad, text)
	}
}

// TestPlainProvider holds that pages can be drawn by a provider that is no canvas: all words are there, at a place on the
// page.
func TestPlainProvider(t *testing.T) {
	doc, _ := set(t, treetest.Every(), "a4", fstest.MapFS{treetest.ImagePath: pngFile(t, 120, 60)})
	p := &plainProvider{}
	for _, page := range doc.Pages {
		page.SetConfig(&entity.Config{MaxGridSize: GridSize})
		w, h := page.Width-page.Left-page.Right, page.Height-page.Top-page.Bottom
		p.width = w.MM()
		page.Render(p, entity.Cell{Width: w.MM(), Height: h.MM()})
	}
	text := strings.Join(p.texts, " ")
	for _, w := range treetest.EveryWords() {
		if w != "altword" && !strings.Contains(text, w) {
			t.Errorf("%q is not drawn", w)
		}
	}
	if len(p.bad) > 0 {
		t.Errorf("drawn off the page: %q", p.bad)
	}
	if p.images == 0 {
		t.Error("no picture is drawn")
	}
}
