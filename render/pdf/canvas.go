package pdf

import (
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/typeset"
)

var _ typeset.Canvas = (*Provider)(nil)

// Glyphs implements [typeset.Canvas]. The run must not change afterwards.
func (p *Provider) Glyphs(x, y unit.Len, run *typeset.Run) {
	if len(run.Glyphs) == 0 {
		return
	}
	px, py := p.sheet().point(x, y)
	p.sheet().add(runStep{px, py, run})
}

// FillRect implements [typeset.Canvas].
func (p *Provider) FillRect(x, y, w, h unit.Len, color layouts.Color) {
	px, py, pw, ph := p.box(x, y, w, h)
	p.sheet().add(fillStep{px, py, pw, ph, color})
}

// StrokeLine implements [typeset.Canvas].
func (p *Provider) StrokeLine(x1, y1, x2, y2, width unit.Len, color layouts.Color) {
	p.strokeLine(x1, y1, x2, y2, width, color, 0)
}

func (p *Provider) strokeLine(x1, y1, x2, y2, width unit.Len, color layouts.Color, dash unit.Len) {
	px1, py1 := p.sheet().point(x1, y1)
	px2, py2 := p.sheet().point(x2, y2)
	p.sheet().add(lineStep{px1, py1, px2, py2, points(width), color, points(dash)})
}

// DrawPath implements [typeset.Canvas]. The path must not change afterwards.
func (p *Provider) DrawPath(x, y unit.Len, path *typeset.Path) {
	px, py := p.sheet().point(x, y)
	p.sheet().add(pathStep{px, py, path})
}

// DrawImage implements [typeset.Canvas]. The image must not change afterwards.
func (p *Provider) DrawImage(x, y, w, h unit.Len, img *typeset.Image) {
	px, py, pw, ph := p.box(x, y, w, h)
	p.sheet().add(imageStep{px, py, pw, ph, img})
}

// DrawPicture implements [typeset.Canvas]. The picture must not change afterwards.
func (p *Provider) DrawPicture(x, y unit.Len, pic *drawing.Picture) {
	px, py := p.sheet().point(x, y)
	p.sheet().add(pictureStep{px, py, pic})
}

// BeginGroup implements [typeset.Canvas]. The group must not change afterwards.
func (p *Provider) BeginGroup(x, y unit.Len, group *drawing.Group) {
	px, py := p.sheet().point(x, y)
	p.groups++
	p.sheet().add(groupStep{px, py, group})
}

// EndGroup implements [typeset.Canvas].
func (p *Provider) EndGroup() {
	if p.groups == 0 {
		p.sheet().fail("%w", errEnd)
		return
	}
	p.groups--
	p.sheet().add(endGroupStep{})
}

// Clip implements [typeset.Canvas].
func (p *Provider) Clip(x, y, w, h unit.Len) {
	px, py, pw, ph := p.box(x, y, w, h)
	p.sheet().add(clipStep{px, py, pw, ph})
}

// Unclip implements [typeset.Canvas].
func (p *Provider) Unclip() { p.sheet().add(unclipStep{}) }

// Begin implements [typeset.Canvas].
func (p *Provider) Begin(e *typeset.Elem) {
	p.open = append(p.open, e)
	p.sheet().add(beginStep{e})
}

// BeginArtifact implements [typeset.Canvas].
func (p *Provider) BeginArtifact(kind typeset.ArtifactKind) {
	p.open = append(p.open, nil)
	p.sheet().add(artifactStep{kind})
}

// End implements [typeset.Canvas].
func (p *Provider) End() {
	n := len(p.open)
	if n == 0 {
		p.sheet().fail("%w", errEnd)
		return
	}
	p.open = p.open[:n-1]
	p.sheet().add(endStep{})
}

// Attach implements [typeset.Canvas].
func (p *Provider) Attach(e *typeset.Elem) { p.sheet().add(attachStep{e}) }

// Link implements [typeset.Canvas].
func (p *Provider) Link(x, y, w, h unit.Len, to typeset.Target, contents string, e *typeset.Elem) {
	x1, y1 := p.sheet().place(x, y)
	x2, y2 := p.sheet().place(x+w, y+h)
	px, py, pw, ph := min(x1, x2), min(y1, y2), max(x1-x2, x2-x1), max(y1-y2, y2-y1)
	p.sheet().add(linkStep{px, py, pw, ph, to, contents, e})
}

// Anchor implements [typeset.Canvas].
func (p *Provider) Anchor(name string, x, y unit.Len) {
	px, py := p.sheet().place(x, y)
	p.sheet().add(anchorStep{px, py, name})
}

// Upright implements [typeset.Canvas].
func (p *Provider) Upright(on bool) {
	if r := p.sheet(); r.turned && r.upright != on {
		r.upright = on
		r.add(turnStep{on})
	}
}

// box gives a rectangle in PDF's coordinates: its bottom left corner and its size. The edges are rounded, not the size,
// so that rectangles that touch on the page touch in the file.
func (p *Provider) box(x, y, w, h unit.Len) (px, py, pw, ph milli) {
	left, top := p.sheet().point(x, y)
	right, bottom := p.sheet().point(x+w, y+h)
	return left, bottom, right - left, top - bottom
}
