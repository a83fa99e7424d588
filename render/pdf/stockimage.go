package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontfamily"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/typeset"
)

// imageResult is an image once it was looked at, or why it cannot be used.
type imageResult struct {
	img *typeset.Image
	err error
}

var errExtension = errors.New("image is no jpg, jpeg or png")

// image reads what an image file says of itself. The content decides the format, not the extension.
func (r *resources) image(data []byte, ext extension.Type) (*typeset.Image, error) {
	if !ext.IsValid() {
		return nil, errExtension
	}
	sum := sha256.Sum256(data)
	key := hex.EncodeToString(sum[:])
	r.mu.Lock()
	defer r.mu.Unlock()
	res, ok := r.images[key]
	if !ok {
		cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
		if err == nil && (cfg.Width == 0 || cfg.Height == 0) {
			err = errors.New("image has no size")
		}
		if err == nil {
			res.img = &typeset.Image{Key: key, Data: data, Format: format, Width: cfg.Width, Height: cfg.Height}
			err = (&picture{img: res.img}).prepare() // a damaged image must show as a message, not stop the book
		}
		if err != nil {
			res = imageResult{err: err}
		}
		r.images[key] = res
	}
	return res.img, res.err
}

// imageFile reads a file once.
func (r *resources) imageFile(file string) ([]byte, extension.Type, error) {
	ext := extension.Type(strings.ToLower(strings.TrimPrefix(filepath.Ext(file), ".")))
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, "", fmt.Errorf("read image: %w", err)
	}
	return data, ext, nil
}

// AddImageFromFile implements [core.Provider].
func (p *Provider) AddImageFromFile(file string, cell *entity.Cell, prop *props.Rect) {
	data, ext, err := p.res.imageFile(file)
	if err != nil {
		p.addError("could not load image", cell)
		return
	}
	p.AddImageFromBytes(data, cell, prop, ext)
}

// AddImageFromBytes implements [core.Provider].
func (p *Provider) AddImageFromBytes(data []byte, cell *entity.Cell, prop *props.Rect, ext extension.Type) {
	img, err := p.res.image(data, ext)
	if err != nil {
		p.addError(imageError(err), cell)
		return
	}
	alt := ""
	if p.res.opt.Alt != nil {
		alt = p.res.opt.Alt(data)
	}
	place := fit(size(img.Width, img.Height), cell, prop)
	if alt == "" && len(p.open) == 0 {
		p.res.opt.Report.Warnf(CodeAlt, diag.Pos{}, "an image has no alternative text and is hidden from assistive technology")
		p.BeginArtifact(typeset.ArtifactLayout)
	} else {
		p.beginStock(p.figure(alt, place))
	}
	defer p.End()
	p.DrawImage(place.x, place.y, place.w, place.h, img)
}

func imageError(err error) string {
	if errors.Is(err, errExtension) {
		return "could not parse image bytes"
	}
	return "could not add image to document"
}

// AddBackgroundImageFromBytes implements [core.Provider]: the image is an artifact, and the cursor goes home.
func (p *Provider) AddBackgroundImageFromBytes(data []byte, cell *entity.Cell, prop *props.Rect, ext extension.Type) {
	if img, err := p.res.image(data, ext); err != nil {
		p.addError(imageError(err), cell)
	} else {
		place := fit(size(img.Width, img.Height), cell, prop)
		p.BeginArtifact(typeset.ArtifactBackground)
		p.DrawImage(place.x, place.y, place.w, place.h, img)
		p.End()
	}
	p.x, p.y = 0, 0
}

// GetDimensionsByImage implements [core.Provider]. Only the proportion counts.
func (p *Provider) GetDimensionsByImage(file string) (*entity.Dimensions, error) {
	data, ext, err := p.res.imageFile(file)
	if err != nil {
		return nil, err
	}
	return p.GetDimensionsByImageByte(data, ext)
}

// GetDimensionsByImageByte implements [core.Provider]. Only the proportion counts.
func (p *Provider) GetDimensionsByImageByte(data []byte, ext extension.Type) (*entity.Dimensions, error) {
	img, err := p.res.image(data, ext)
	if err != nil {
		return nil, err
	}
	return size(img.Width, img.Height), nil
}

// place is a box on the page, from the type area's top left corner.
type place struct{ x, y, w, h unit.Len }

// fit scales something of the given proportion into a cell: as large as percent of the cell allows, or by the width alone
// and then no higher than the cell.
func fit(inner *entity.Dimensions, cell *entity.Cell, prop *props.Rect) place {
	proportion := inner.Height / inner.Width
	w := cell.Width * (prop.Percent / 100)
	if proportion > cell.Height/cell.Width && !prop.JustReferenceWidth {
		w = cell.Height / proportion * (prop.Percent / 100)
	}
	if prop.JustReferenceWidth && w*proportion > cell.Height {
		w = cell.Height / proportion
	}
	h := w * proportion
	x, y := prop.Left, prop.Top
	if prop.Center {
		x, y = (cell.Width-w)/2, (cell.Height-h)/2
	}
	x, y = cell.X+x, cell.Y+y
	left, top := unit.FromMM(x), unit.FromMM(y)
	return place{left, top, unit.FromMM(x+w) - left, unit.FromMM(y+h) - top}
}

// figure makes the structure element of something that is seen and not read.
func (p *Provider) figure(alt string, at place) *typeset.Elem {
	return &typeset.Elem{Role: "Figure", Parent: p.parent(), Alt: alt, BBox: &[4]unit.Len{at.x, at.y, at.w, at.h}}
}

// addCode draws a code as a figure. inner has the proportion of the whole.
func (p *Provider) addCode(alt string, m *modules, inner *entity.Dimensions, cell *entity.Cell, prop *props.Rect) {
	at := fit(inner, cell, prop)
	p.beginStock(p.figure(alt, at))
	defer p.End()
	x, y, w, h := p.box(at.x, at.y, at.w, at.h)
	p.sheet().add(cellsStep{x, y, w, h, m})
}

// addError draws a message in place of what cannot be drawn, as maroto does.
func (p *Provider) addError(message string, cell *entity.Cell) {
	p.res.opt.Report.Errorf(CodeStock, diag.Pos{}, "%s", message)
	text := &props.Text{Family: fontfamily.Arial, Style: fontstyle.Bold, Size: 10, Color: &props.RedColor}
	text.MakeValid(&props.Font{})
	p.AddText(message, cell, text)
}
