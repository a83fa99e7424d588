package typeset

import (
	"slices"

	"github.com/boombuler/barcode/qr"
	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// The measures of printed QR codes: a module that every camera tells apart from reading distance, and the empty border of
// four modules that ISO/IEC 18004 (§6.3.8) asks for. Error correction is of level M: 15 % of a code may be damaged.
const (
	qrModule = 1020 * unit.Pt / 1000 // 0.36 mm
	qrQuiet  = 4
	// qrMost is the number of modules on a side up to which a code is printed: 29 mm.
	qrMost = 81
)

// qrCode is a QR code: a square of dark and light modules, dark ones true, from the top left corner row by row.
type qrCode struct {
	side int
	dark []bool
}

// encodeQR makes the code of a text; ok is false if the text is too long.
func encodeQR(content string) (c qrCode, ok bool) {
	code, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return c, false
	}
	b := code.Bounds()
	c.side = b.Dx()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, _, _, _ := code.At(x, y).RGBA()
			c.dark = append(c.dark, r < 0x8000)
		}
	}
	return c, c.side <= qrMost
}

// path draws the dark modules: one rectangle for each row of neighbours, all in one path, so that no seams show.
func (c *qrCode) path() *Path {
	p := &Path{Fill: "#000000"}
	to := func(op byte, x, y int) {
		p.Ops = append(p.Ops, PathOp{Op: op, P: [3]Point{{X: unit.Len(x) * qrModule, Y: unit.Len(y) * qrModule}}})
	}
	for y := range c.side {
		for x := 0; x < c.side; x++ {
			from := x
			for x < c.side && c.dark[y*c.side+x] {
				x++
			}
			if from == x {
				continue
			}
			to('M', from, y)
			to('L', x, y)
			to('L', x, y+1)
			to('L', from, y+1)
			p.Ops = append(p.Ops, PathOp{Op: 'Z'})
		}
	}
	return p
}

// QRCode is a code on the page that can be followed as a link, too.
type QRCode struct {
	leaf
	X, Y, Side unit.Len // of the dark and light modules, without the border
	Path       *Path
	Link       *Link
	Elem       *Elem // a Figure

	mirror unit.Len
}

// GetStructure describes the code for page goldens.
func (c *QRCode) GetStructure() *node.Node[core.Structure] {
	return structure("typeset.qrcode", c.Link.To.URL, map[string]any{"x": c.X.String(), "y": c.Y.String(), "w": c.Side.String()})
}

// Render draws the code; a provider without paths draws it in its own way.
func (c *QRCode) Render(provider core.Provider, cell *entity.Cell) {
	canvas, ok := provider.(Canvas)
	if !ok {
		box := *cell
		box.X, box.Y, box.Width, box.Height = cell.X+c.X.MM(), cell.Y+c.Y.MM(), c.Side.MM(), c.Side.MM()
		provider.AddQrCode(c.Link.To.URL, &box, &props.Rect{Percent: 100})
		return
	}
	x, y := origin(cell)
	x, y = x+other(c.mirror, c.X, c.Side), y+c.Y
	c.Elem.BBox = &[4]unit.Len{x, y, c.Side, c.Side}
	canvas.Begin(c.Elem)
	canvas.DrawPath(x, y, c.Path)
	canvas.End()
	canvas.Link(x, y, c.Side, c.Side, c.Link.To, c.Link.Contents, c.Link.Elem)
}

// codeColumn is the codes of a talk's header, side by side at its right edge, each with its label below.
type codeColumn struct {
	comps  []core.Component
	width  unit.Len // with the space at the left
	height unit.Len
}

// codes makes the codes of a talk's slides and videos, if they are wanted. What has no room is left out and reported: the
// address is printed all the same.
func (s *setter) codes(t *tree.Talk, p place) codeColumn {
	var col codeColumn
	if !s.in.QR {
		return col
	}
	label := s.muted(s.role(layouts.RoleMeta))
	label.look.size, label.leading = label.look.size*8/10, label.leading*8/10
	label.align = alignCenter
	right := p.x + p.w
	var list []headerCode
	for _, l := range slices.Backward(t.Links) { // from the right, so that the slides come first

		if l.Key != "slides" && l.Key != "video" {
			continue
		}
		code, ok := encodeQR(l.URL)
		side := unit.Len(code.side) * qrModule
		if !ok || p.x+p.w-right+side > p.w*45/100 {
			s.report.Infof(CodeQR, t.Pos(), "there is no room for a QR code of %s", l.URL)
			continue
		}
		if right < p.x+p.w {
			right -= 2 * qrQuiet * qrModule
		}
		right -= side
		l.Label = s.words.LinkLabel(l.Label)
		list = append(list, headerCode{code, l, right})
	}
	if len(list) > 0 {
		slices.Reverse(list)
		col.put(s, list, label)
		col.width = p.x + p.w - right + max(qrQuiet*qrModule, s.layout.Text.Size)
	}
	return col
}

// headerCode is a code of a header with its left edge at x.
type headerCode struct {
	qrCode
	to tree.LabelledLink
	x  unit.Len
}

// put adds codes. Their upper edges are level with the capitals of the header's first line, and so are their labels with
// each other.
func (c *codeColumn) put(s *setter, list []headerCode, label style) {
	meta := s.role(layouts.RoleMeta)
	top := s.baseline(&meta) - meta.look.size*66/100
	foot := top
	for _, code := range list {
		foot = max(foot, top+unit.Len(code.side)*qrModule)
	}
	for _, code := range list {
		side := unit.Len(code.side) * qrModule
		elem := s.elem.Child("P")
		fig := elem.Child("Link").Child("Figure")
		fig.Alt = "QR: " + code.to.Label + ", " + code.to.URL
		link := &Link{To: Target{URL: code.to.URL}, Contents: code.to.URL, Elem: fig.Parent}
		c.comps = append(c.comps, &QRCode{X: code.x, Y: top, Side: side, Path: code.path(), Link: link, Elem: fig})
		y := foot + qrQuiet*qrModule
		for _, line := range s.lines(s.text(code.to.Label, label, elem), code.x, side) {
			c.comps = append(c.comps, &Shifted{DY: y, Component: line.line})
			y += label.leading
		}
		c.height = max(c.height, y)
	}
}

// beside puts the codes beside the rows from first on, which are then kept together as far as the codes reach.
func (c *codeColumn) beside(s *setter, first int) {
	if len(c.comps) == 0 || first >= len(s.rows) {
		return
	}
	rows := s.rows[first:]
	var y unit.Len
	for i, r := range rows {
		if i > 0 {
			if y < c.height {
				r.brk = breakNever
			}
			y += r.before
		}
		y += r.height
	}
	rows[0].comps = append(rows[0].comps, c.comps...)
	if y < c.height {
		gap, stretch := s.gap, s.gapStretch
		s.gap, s.gapStretch = 0, 0
		s.add(&vrow{height: c.height - y, brk: breakNever})
		s.gap, s.gapStretch = gap, stretch
	}
}
