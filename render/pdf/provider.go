package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/consts/linestyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/orientation"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/typeset"
)

var _ core.Provider = (*Provider)(nil)

// Provider records what components draw: maroto's [core.Provider], and [typeset.Canvas] beside it. Stock components are
// placed exactly as on maroto's own provider. Everything they draw is tagged by what it is: texts are paragraphs, codes
// and images figures, lines and cell styles artifacts; inside an open Begin it belongs to that element.
//
// A Provider is for one goroutine.
type Provider struct {
	res  *resources
	cfg  *entity.Config
	root *typeset.Elem // parent of what stock components draw

	pages  []*record
	page   *record
	open   []*typeset.Elem // elements of open Begins, nil for artifacts
	groups int             // open ones
	row    int             // rows drawn on the page
	// explicit says that somebody calls BeginPage, so that rows need not break pages.
	explicit bool
	// rowArtifact says what a stock row is if it is no part of the text; nil for pages without such rows.
	rowArtifact func(row int) (typeset.ArtifactKind, bool)

	x, y float64 // where the next cell is, in mm from the type area's top left corner; no call gives cells a place
	font props.Font
	meta *entity.Metadata
	err  error // of a setting that the file cannot have
}

// resources are what the providers of a document share. They are safe for concurrent use.
type resources struct {
	opt   *Options
	faces faces

	mu     sync.Mutex
	codes  map[string]codeResult
	images map[string]imageResult
	styles map[props.Font]*stockFont
	custom []customFace
}

func newResources(opt *Options) *resources {
	return &resources{
		opt: opt, codes: map[string]codeResult{}, images: map[string]imageResult{}, styles: map[props.Font]*stockFont{},
	}
}

// NewProvider returns a provider that can stand where maroto's own stands. Call BeginPage before each page; without, pages
// break where a row does not fit. GenerateBytes gives the file.
func NewProvider(cfg *entity.Config, opt Options) *Provider {
	opt.fill()
	res := newResources(&opt)
	res.addCustom(cfg.CustomFonts)
	return newProvider(res, cfg, &typeset.Elem{Role: "Document"})
}

func newProvider(res *resources, cfg *entity.Config, root *typeset.Elem) *Provider {
	p := &Provider{res: res, cfg: cfg, root: root}
	if cfg.DefaultFont != nil {
		p.font = *cfg.DefaultFont
	}
	return p
}

// BeginPage ends the page and begins the next one.
func (p *Provider) BeginPage() {
	p.endPage()
	m, d := p.cfg.Margins, p.cfg.Dimensions
	g := geometry{width: unit.FromMM(d.Width), height: unit.FromMM(d.Height), left: unit.FromMM(m.Left), top: unit.FromMM(m.Top)}
	g.areaW = g.width - g.left - unit.FromMM(m.Right)
	g.areaH = g.height - g.top - unit.FromMM(m.Bottom)
	p.page = &record{geometry: g, label: fmt.Sprint(len(p.pages) + 1)}
	p.pages = append(p.pages, p.page)
	p.x, p.y, p.row = 0, 0, 0
}

// sheet is the page to draw on; the first one begins by itself.
func (p *Provider) sheet() *record {
	if p.page == nil {
		p.BeginPage()
	}
	return p.page
}

// endPage checks that what components began on the page has ended.
func (p *Provider) endPage() {
	if p.page != nil && len(p.open) > 0 {
		p.page.fail("%d parts of marked content were begun and not ended", len(p.open))
		p.open = nil
	}
	if p.page != nil && p.groups > 0 {
		p.page.fail("%d groups were begun and not ended", p.groups)
		p.groups = 0
	}
}

// CreateRow implements [core.Provider]: it moves to the beginning of the next row.
func (p *Provider) CreateRow(height float64) {
	p.x = 0
	p.y += height
	p.row++
}

// breakSlack is how much in mm a row may reach below the type area before a page breaks: heights are sums of floats.
const breakSlack = 1e-6

// CreateCol implements [core.Provider]: it draws background and borders of a cell at the cursor, and moves right.
func (p *Provider) CreateCol(width, height float64, config *entity.Config, prop *props.Cell) {
	if !p.explicit && !p.cfg.DisableAutoPageBreak && p.y+height > p.sheet().areaH.MM()+breakSlack {
		x := p.x
		p.BeginPage()
		p.x = x
	}
	x, y := unit.FromMM(p.x), unit.FromMM(p.y)
	right, bottom := unit.FromMM(p.x+width), unit.FromMM(p.y+height)
	p.x += width
	var style props.Cell
	if prop != nil {
		style = *prop
	}
	if config != nil && config.Debug {
		style.BorderType = border.Full
	}
	if style.BackgroundColor == nil && style.BorderType == border.None {
		return
	}
	p.BeginArtifact(typeset.ArtifactLayout)
	defer p.End()
	if prop != nil && style.BackgroundColor != nil {
		p.FillRect(x, y, right-x, bottom-y, colorOf(style.BackgroundColor))
	}
	thickness := style.BorderThickness
	if thickness == 0 {
		thickness = linestyle.DefaultLineThickness
	}
	stroke := func(side bool, x1, y1, x2, y2 unit.Len) {
		if side {
			p.strokeLine(x1, y1, x2, y2, unit.FromMM(thickness), colorOf(style.BorderColor), dashOf(style.LineStyle))
		}
	}
	stroke(style.BorderType.HasLeft(), x, y, x, bottom)
	stroke(style.BorderType.HasTop(), x, y, right, y)
	stroke(style.BorderType.HasRight(), right, y, right, bottom)
	stroke(style.BorderType.HasBottom(), x, bottom, right, bottom)
}

// dashOf gives the length of the dashes and gaps of a line style.
func dashOf(style linestyle.Type) unit.Len {
	if style == linestyle.Solid || style == "" {
		return 0
	}
	return unit.FromMM(1)
}

// AddLine implements [core.Provider].
func (p *Provider) AddLine(cell *entity.Cell, prop *props.Line) {
	p.BeginArtifact(typeset.ArtifactLayout)
	defer p.End()
	x1, y1, x2, y2 := cell.X, cell.Y, cell.X, cell.Y
	if prop.Orientation == orientation.Vertical {
		space := (cell.Height - cell.Height*(prop.SizePercent/100)) / 2
		at := cell.Width * (prop.OffsetPercent / 100)
		x1, x2 = x1+at, x2+at
		y1, y2 = y1+space, y2+cell.Height-space
	} else {
		space := (cell.Width - cell.Width*(prop.SizePercent/100)) / 2
		at := cell.Height * (prop.OffsetPercent / 100)
		y1, y2 = y1+at, y2+at
		x1, x2 = x1+space, x2+cell.Width-space
	}
	p.strokeLine(unit.FromMM(x1), unit.FromMM(y1), unit.FromMM(x2), unit.FromMM(y2), unit.FromMM(prop.Thickness),
		colorOf(prop.Color), dashOf(prop.Style))
}

// labelGap is the space in mm between a checkbox and its label.
const labelGap = 1

// AddCheckbox implements [core.Provider]. The label has the font of the text before, as on maroto's provider.
func (p *Provider) AddCheckbox(label string, cell *entity.Cell, prop *props.Checkbox) {
	box := &typeset.Elem{Role: "P", Parent: p.parent()}
	p.beginStock(box)
	defer p.End()
	x, y, size := cell.X+prop.Left, cell.Y+prop.Top, prop.Size
	state := &typeset.Elem{Parent: box, Role: "Span", ActualText: "☐ "}
	if prop.Checked {
		state.ActualText = "☒ "
	}
	p.Begin(state)
	cross := func(x1, y1, x2, y2 float64) {
		p.strokeLine(unit.FromMM(x1), unit.FromMM(y1), unit.FromMM(x2), unit.FromMM(y2),
			unit.FromMM(linestyle.DefaultLineThickness), "", 0)
	}
	px, py, pw, ph := p.box(unit.FromMM(x), unit.FromMM(y), unit.FromMM(size), unit.FromMM(size))
	p.sheet().add(frameStep{px, py, pw, ph, points(unit.FromMM(linestyle.DefaultLineThickness)), ""})
	if prop.Checked {
		cross(x, y, x+size, y+size)
		cross(x+size, y, x, y+size)
	}
	p.End()
	if label != "" {
		baseline := y + size/2 + fontHeight(p.font.Size)/2
		p.stockRun(p.stockFont(p.font), label, x+size+labelGap, baseline, p.font.Size, "", 0)
	}
}

// GenerateBytes implements [core.Provider]: it makes the file of all pages.
func (p *Provider) GenerateBytes() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	p.sheet() // a file has a page at least
	p.endPage()
	var b bytes.Buffer
	err := writeRecords(context.Background(), p.document(), p.pages, nil, p.res, &b)
	return b.Bytes(), err
}

// document gives the metadata of a file whose pages the provider recorded by itself.
func (p *Provider) document() *typeset.Document {
	doc := &typeset.Document{Root: p.root, Lang: "und"}
	m := p.meta
	if m == nil {
		return doc
	}
	value := func(s *entity.Utf8Text) string {
		if s == nil {
			return ""
		}
		return s.Text
	}
	doc.Title, doc.Subject, doc.Creator = value(m.Title), value(m.Subject), value(m.Creator)
	if a := value(m.Author); a != "" {
		doc.Authors = []string{a}
	}
	if k := value(m.KeywordsStr); k != "" {
		doc.Keywords = []string{k}
	}
	if m.CreationDate != nil {
		doc.Time = m.CreationDate.UTC()
	}
	return doc
}

// SetMetadata implements [core.Provider]. Texts are UTF-8 whatever they say.
func (p *Provider) SetMetadata(metadata *entity.Metadata) { p.meta = metadata }

// SetCompression implements [core.Provider]: files are always compressed.
func (p *Provider) SetCompression(bool) {}

// ErrProtection is what GenerateBytes returns when a password is asked for.
var ErrProtection = errors.New("a password would make the file break PDF/A, which allows no encryption (ISO 19005-2 §6.1.3)")

// SetProtection implements [core.Provider].
func (p *Provider) SetProtection(protection *entity.Protection) {
	if protection != nil {
		p.err = ErrProtection
	}
}

// parent is the element that stock components draw into.
func (p *Provider) parent() *typeset.Elem {
	if n := len(p.open); n > 0 && p.open[n-1] != nil {
		return p.open[n-1]
	}
	return p.root
}

// beginStock opens marked content for a stock component: e, or the element or artifact that is open already, or the
// artifact that the row is.
func (p *Provider) beginStock(e *typeset.Elem) {
	if n := len(p.open); n > 0 {
		if p.open[n-1] == nil {
			p.BeginArtifact(typeset.ArtifactLayout)
			return
		}
		if e.Role == "P" { // the open element is the paragraph, heading or cell
			e = p.open[n-1]
		}
		p.Begin(e)
		return
	}
	if p.rowArtifact != nil {
		if kind, ok := p.rowArtifact(p.row); ok {
			p.BeginArtifact(kind)
			return
		}
	}
	p.Begin(e)
}

// colorOf converts a colour; nil is black.
func colorOf(c *props.Color) layouts.Color {
	if c == nil {
		return ""
	}
	clamp := func(v int) int { return min(max(v, 0), 255) }
	return layouts.Color(fmt.Sprintf("#%02x%02x%02x", clamp(c.Red), clamp(c.Green), clamp(c.Blue)))
}
