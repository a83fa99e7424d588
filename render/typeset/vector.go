package typeset

import (
	"bytes"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/core"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/picture/svg"
)

// vector is an SVG picture that was read, or the reason why not.
type vector struct {
	pic *svg.Picture
	err error
}

// loadVector returns the drawing that an SVG file makes, nil if it makes none; is is false for pictures of other kinds. What
// is lost is reported.
func (s *setter) loadVector(n *tree.Image) (pic *svg.Picture, is bool) {
	if n.Path == "" || s.images.fsys == nil {
		return nil, false
	}
	v, is := s.images.vector(n.Path)
	switch {
	case !is:
		return nil, false
	case v.err != nil:
		s.report.Warnf(CodeImageFormat, n.Pos(), "the picture %s cannot be drawn: %v; its description is printed", n.Path, v.err)
		return nil, true
	case len(v.pic.Lost) == 1 && v.pic.Lost[0] == "filter":
		s.report.Infof(CodeImageReduced, n.Pos(), "the picture %s is printed without its filters: shadows, most of the time", n.Path)
	case len(v.pic.Lost) > 0:
		s.report.Warnf(CodeImageReduced, n.Pos(), "the picture %s has parts that are not printed: %s", n.Path, strings.Join(v.pic.Lost, ", "))
	}
	return v.pic, true
}

// vector reads an SVG file, each once.
func (m *images) vector(name string) (vector, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.svgs[name]; ok {
		return v, v.pic != nil || v.err != nil
	}
	var v vector
	if data, err := fs.ReadFile(m.fsys, path.Clean(name)); err == nil && looksLikeSVG(data, name) {
		v.pic, v.err = svg.Read(data, svg.Options{Open: m.beside(name), Bitmap: m.prepare, Lang: m.lang})
	}
	if m.svgs == nil {
		m.svgs = map[string]vector{}
	}
	m.svgs[name] = v
	return v, v.pic != nil || v.err != nil
}

// beside reads the files that an SVG file names: they are where pictures of the book are, too.
func (m *images) beside(name string) func(href string) ([]byte, error) {
	return func(href string) ([]byte, error) {
		href, _, _ = strings.Cut(href, "#")
		href, _, _ = strings.Cut(href, "?")
		href, err := url.PathUnescape(href)
		if err != nil {
			return nil, err
		}
		to := path.Join(path.Dir(path.Clean(name)), href)
		if strings.Contains(href, "://") || path.IsAbs(href) || !fs.ValidPath(to) {
			return nil, fs.ErrNotExist
		}
		return fs.ReadFile(m.fsys, to)
	}
}

func looksLikeSVG(data []byte, name string) bool {
	head := data[:min(len(data), 512)]
	return strings.EqualFold(path.Ext(name), ".svg") || bytes.Contains(head, []byte("<svg")) && bytes.HasPrefix(bytes.TrimSpace(head), []byte("<"))
}

// vectorFigure sets a drawing as the picture of a figure.
func (s *setter) vectorFigure(b *tree.Figure, pic *svg.Picture, elem *Elem, p place) {
	s.describe(elem, b, pic.Title)
	w, h := s.pictureSize(b.Image, pic.Width, pic.Height, p.w)
	art := s.artwork(pic.Drawing(w, s), p.x+(p.w-w)/2, elem)
	art.Clip = pic.Overflows
	s.add(&vrow{height: h, comps: []core.Component{art}})
}

// Outlines implements [svg.Setter].
func (s *setter) Outlines(text string, f drawing.Font) []drawing.Op {
	fonts := layouts.Fonts{Text: s.layout.Fonts.Text, Heading: s.layout.Fonts.Heading, Code: s.layout.Fonts.Code}
	return drawing.NewTypesetter(s.in.Fonts, fonts, s.lang).Outlines(text, f)
}
