package pdf

import (
	"errors"
	"math"
	"slices"

	gotree "github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/evbook/evbook/render/typeset"
)

// Maroto does with our provider what maroto's own type, which cannot be given one, does with its own: it fills pages with rows, repeats header
// and footer, and numbers the pages.
type Maroto struct {
	cfg      *entity.Config
	provider *Provider
	area     entity.Cell

	pages          []*filled
	rows           []core.Row
	header, footer []core.Row
	height         float64 // of rows, in mm
}

// filled is a finished page.
type filled struct {
	core.Page
	rows   int
	header int // rows of the header at the top
	footer int // rows of the footer at the bottom
}

var _ core.Maroto = (*Maroto)(nil)

// The errors of RegisterHeader and RegisterFooter.
var (
	ErrHeader = errors.New("header and footer are higher than the page")
	ErrFooter = errors.New("footer is higher than the page")
)

// NewMaroto returns a maroto that draws on this package's provider; a nil cfg is maroto's default.
func NewMaroto(cfg *entity.Config, opt Options) *Maroto {
	if cfg == nil {
		cfg = config.NewBuilder().Build()
	}
	p := NewProvider(cfg, opt)
	p.explicit = true
	p.SetMetadata(cfg.Metadata)
	p.SetProtection(cfg.Protection)
	return &Maroto{cfg: cfg, provider: p, area: entity.NewRootCell(cfg.Dimensions.Width, cfg.Dimensions.Height, *cfg.Margins)}
}

// GetCurrentConfig implements [core.Maroto].
func (m *Maroto) GetCurrentConfig() *entity.Config { return m.cfg }

// AddPages implements [core.Maroto]: the rows of each page begin a new page.
func (m *Maroto) AddPages(pages ...core.Page) {
	for _, p := range pages {
		if m.height != m.rowsHeight(m.header) {
			m.endPage()
			m.addHeader()
		}
		m.AddRows(p.GetRows()...)
	}
}

// AddRow implements [core.Maroto].
func (m *Maroto) AddRow(height float64, cols ...core.Col) core.Row {
	r := row.New(height).Add(cols...)
	m.AddRows(r)
	return r
}

// AddAutoRow implements [core.Maroto].
func (m *Maroto) AddAutoRow(cols ...core.Col) core.Row {
	r := row.New().Add(cols...)
	m.AddRows(r)
	return r
}

// AddRows implements [core.Maroto]: a row that does not fit begins a page.
func (m *Maroto) AddRows(rows ...core.Row) {
	for _, r := range rows {
		if len(r.GetColumns()) == 0 {
			r.Add(col.New())
		}
		r.SetConfig(m.cfg)
		h := r.GetHeight(m.provider, &m.area)
		if h+m.height+m.rowsHeight(m.footer) > m.area.Height {
			m.endPage()
			m.addHeader()
		}
		m.height += h
		m.rows = append(m.rows, r)
	}
}

// FitlnCurrentPage implements [core.Maroto].
func (m *Maroto) FitlnCurrentPage(height float64) bool {
	return m.rowsHeight(m.rows)+m.rowsHeight(m.footer)+m.rowsHeight(m.header)+height < m.area.Height
}

// RegisterHeader implements [core.Maroto].
func (m *Maroto) RegisterHeader(rows ...core.Row) error {
	if m.rowsHeight(rows)+m.rowsHeight(m.footer) > m.cfg.Dimensions.Height {
		return ErrHeader
	}
	m.header = rows
	m.AddRows(rows...)
	return nil
}

// RegisterFooter implements [core.Maroto].
func (m *Maroto) RegisterFooter(rows ...core.Row) error {
	if m.rowsHeight(rows) > m.cfg.Dimensions.Height {
		return ErrFooter
	}
	m.footer = rows
	return nil
}

func (m *Maroto) rowsHeight(rows []core.Row) float64 {
	h := 0.0
	for _, r := range rows {
		r.SetConfig(m.cfg)
		h += r.GetHeight(m.provider, &m.area)
	}
	return h
}

func (m *Maroto) addHeader() {
	m.rows = append(m.rows, m.header...)
	m.height += m.rowsHeight(m.header)
}

// endPage fills the page up with an empty row and the footer.
func (m *Maroto) endPage() {
	space := m.area.Height - m.height - m.rowsHeight(m.footer)
	space = math.Floor(space*1e9) / 1e9 // as maroto does, so that structures agree
	rows := slices.Concat(m.rows, []core.Row{row.New(space).Add(col.New(m.cfg.MaxGridSize))}, m.footer)
	p := page.New()
	if m.cfg.PageNumber != nil {
		p = page.New(*m.cfg.PageNumber)
	}
	p.SetConfig(m.cfg)
	p.Add(rows...)
	m.pages = append(m.pages, &filled{Page: p, rows: len(rows), header: len(m.header), footer: len(m.footer)})
	m.rows, m.height = nil, 0
}

// GetStructure implements [core.Maroto]. Like maroto's it ends the page.
func (m *Maroto) GetStructure() *gotree.Node[core.Structure] {
	m.endPage()
	root := gotree.New(core.Structure{Type: "maroto", Details: m.cfg.ToMap()})
	for _, p := range m.pages {
		root.AddNext(p.GetStructure())
	}
	return root
}

// Generate implements [core.Maroto].
func (m *Maroto) Generate() (core.Document, error) {
	m.endPage()
	for i, p := range m.pages {
		p.SetConfig(m.cfg)
		p.SetNumber(i+1, len(m.pages))
		m.provider.BeginPage()
		m.provider.rowArtifact = p.artifact(i == 0)
		p.Render(m.provider, m.area)
	}
	b, err := m.provider.GenerateBytes()
	if err != nil {
		return nil, err
	}
	return core.NewPDF(b, nil), nil
}

// artifact tells which rows are no part of the text: a header after its first time, footers, and what is drawn after the
// last row, which is the page number.
func (f *filled) artifact(first bool) func(row int) (typeset.ArtifactKind, bool) {
	return func(row int) (typeset.ArtifactKind, bool) {
		switch {
		case row < f.header && !first:
			return typeset.ArtifactHeader, true
		case row >= f.rows-f.footer:
			return typeset.ArtifactFooter, true
		}
		return 0, false
	}
}
