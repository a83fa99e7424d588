package pdf

import (
	"fmt"

	lib "github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/datamatrix"
	"github.com/boombuler/barcode/ean"
	"github.com/boombuler/barcode/qr"
	"github.com/johnfercher/maroto/v2/pkg/consts/barcode"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
)

// modules is the pattern of a machine-readable code: dark and light squares, or bars if it is one module high. It is drawn
// as rectangles, sharp at any size.
type modules struct {
	w, h int
	bits []bool
}

func (m *modules) dark(x, y int) bool { return m.bits[y*m.w+x] }

// codeResult is a code once it was made, or why it could not be.
type codeResult struct {
	modules *modules
	err     error
}

// code makes a code, or takes it from those made before: maroto asks for a code's size each time it needs a height.
func (r *resources) code(kind, content string, encode func(string) (lib.Barcode, error)) (*modules, error) {
	key := kind + "\x00" + content
	r.mu.Lock()
	defer r.mu.Unlock()
	res, ok := r.codes[key]
	if !ok {
		code, err := encode(content)
		if err != nil {
			res.err = fmt.Errorf("%s of %q: %w", kind, content, err)
		} else {
			res.modules = modulesOf(code)
		}
		r.codes[key] = res
	}
	return res.modules, res.err
}

func modulesOf(code lib.Barcode) *modules {
	bounds := code.Bounds()
	m := &modules{w: bounds.Dx(), h: bounds.Dy()}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, _, _, _ := code.At(x, y).RGBA()
			m.bits = append(m.bits, r < 0x8000)
		}
	}
	return m
}

func (r *resources) qr(content string) (*modules, error) {
	return r.code("QR code", content, func(s string) (lib.Barcode, error) { return qr.Encode(s, qr.M, qr.Auto) })
}

func (r *resources) matrix(content string) (*modules, error) {
	return r.code("Data Matrix", content, datamatrix.Encode)
}

func (r *resources) bar(content string, kind barcode.Type) (*modules, error) {
	if kind == barcode.EAN {
		return r.code("EAN bar code", content, func(s string) (lib.Barcode, error) { return ean.Encode(s) })
	}
	return r.code("bar code", content, func(s string) (lib.Barcode, error) { return code128.Encode(s) })
}

// AddQrCode implements [core.Provider].
func (p *Provider) AddQrCode(content string, cell *entity.Cell, prop *props.Rect) {
	m, err := p.res.qr(content)
	if err != nil {
		p.addError("could not generate qrcode", cell)
		return
	}
	p.addCode("QR code: "+content, m, size(m.w, m.h), cell, prop)
}

// AddMatrixCode implements [core.Provider].
func (p *Provider) AddMatrixCode(content string, cell *entity.Cell, prop *props.Rect) {
	m, err := p.res.matrix(content)
	if err != nil {
		p.addError("could not generate matrixcode", cell)
		return
	}
	p.addCode("Data Matrix: "+content, m, size(m.w, m.h), cell, prop)
}

// AddBarCode implements [core.Provider].
func (p *Provider) AddBarCode(content string, cell *entity.Cell, prop *props.Barcode) {
	m, err := p.res.bar(content, prop.Type)
	if err != nil {
		p.addError("could not generate barcode", cell)
		return
	}
	// maroto's picture of the code has one pixel a module and a whole number of rows.
	height := int(float64(m.w) * (prop.Proportion.Height / prop.Proportion.Width))
	if height < 1 {
		p.addError("could not generate barcode", cell)
		return
	}
	p.addCode("bar code: "+content, m, size(m.w, height), cell, prop.ToRectProp())
}

func size(w, h int) *entity.Dimensions {
	return &entity.Dimensions{Width: float64(w), Height: float64(h)}
}

// GetDimensionsByQrCode implements [core.Provider]. Only the proportion counts.
func (p *Provider) GetDimensionsByQrCode(content string) (*entity.Dimensions, error) {
	m, err := p.res.qr(content)
	if err != nil {
		return nil, err
	}
	return size(m.w, m.h), nil
}

// GetDimensionsByMatrixCode implements [core.Provider]. Only the proportion counts.
func (p *Provider) GetDimensionsByMatrixCode(content string) (*entity.Dimensions, error) {
	m, err := p.res.matrix(content)
	if err != nil {
		return nil, err
	}
	return size(m.w, m.h), nil
}
