package typeset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/gif"  // decoders of the formats that are re-encoded
	_ "image/jpeg" // and of those that only need their size
	"image/png"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/johnfercher/maroto/v2/pkg/core"
	_ "golang.org/x/image/bmp" // more formats that are re-encoded
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
)

// images reads the pictures of a book, each once. It is safe for concurrent use.
type images struct {
	fsys fs.FS
	mu   sync.Mutex
	got  map[string]loaded
}

type loaded struct {
	img *Image
	err error
}

// load returns the picture of a path: JPEG and PNG as they are, everything else as PNG.
func (m *images) load(name string) (*Image, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l, ok := m.got[name]; ok {
		return l.img, l.err
	}
	img, err := m.read(name)
	m.got[name] = loaded{img, err}
	return img, err
}

func (m *images) read(name string) (*Image, error) {
	if m.fsys == nil {
		return nil, fs.ErrNotExist
	}
	data, err := fs.ReadFile(m.fsys, path.Clean(name))
	if err != nil {
		return nil, err
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if format != "jpeg" && format != "png" {
		img, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			return nil, err
		}
		data, format = b.Bytes(), "png"
	}
	sum := sha256.Sum256(data)
	return &Image{Key: hex.EncodeToString(sum[:12]), Data: data, Format: format, Width: cfg.Width, Height: cfg.Height}, nil
}

// loadImage returns the picture of a node and reports what keeps it from being drawn.
func (s *setter) loadImage(n *tree.Image) (*Image, bool) {
	if n.Path == "" {
		s.report.Warnf(CodeImageMissing, n.Pos(), "the picture %s is not in the notes: its description is printed", n.URL)
		return nil, false
	}
	img, err := s.images.load(n.Path)
	switch {
	case err == nil && img.Width > 0 && img.Height > 0:
		return img, true
	case err != nil && strings.Contains(err.Error(), "unknown format"):
		s.report.Warnf(CodeImageFormat, n.Pos(), "the picture %s is in a format that cannot be printed: its description is", n.Path)
	default:
		s.report.Warnf(CodeImageMissing, n.Pos(), "the picture %s cannot be read: %v", n.Path, err)
	}
	return nil, false
}

// figure sets a picture with its caption below, as large as it is at 96 dots an inch but no wider than the column and no
// higher than three quarters of the page.
func (s *setter) figure(b *tree.Figure, p place) {
	if b.Image == nil {
		return
	}
	lead := s.layout.Text.Leading
	s.anchor(b.ID)
	s.space(lead*3/4, lead/2)
	elem := p.elem.Child("Figure")
	img, ok := s.loadImage(b.Image)
	if !ok {
		text := tree.Inlines{&tree.Text{Text: imageText(b.Image)}}
		st := s.muted(s.role(layouts.RoleCaption))
		s.emit(s.inline(text, st, p.elem.Child("P"), b.Pos()), p, 0)
	} else {
		elem.Alt = b.Image.Alt
		if elem.Alt == "" {
			s.report.Warnf(CodeImageAlt, b.Image.Pos(), "the picture %s has no alternative text", b.Image.Path)
			elem.Alt = cmpOr(tree.PlainText(b.Caption), path.Base(b.Image.Path))
		}
		w, h := s.pictureSize(b.Image, img, p.w)
		if dpi := float64(img.Width) / w.Pt() * 72; dpi < 90 {
			s.report.Infof(CodeImageSmall, b.Image.Pos(), "the picture %s has %.0f dots an inch on the page", b.Image.Path, dpi)
		}
		pic := &Picture{X: p.x + (p.w-w)/2, W: w, H: h, Image: img, Elem: elem}
		s.add(&vrow{height: h, comps: []core.Component{pic}})
	}
	if len(b.Caption) > 0 {
		ls := s.layout.Styles[layouts.RoleCaption]
		s.gap, s.gapStretch = ls.Before, 0
		s.keepNext(1)
		st := s.role(layouts.RoleCaption)
		st.align = alignCenter
		rows := s.emit(s.inline(b.Caption, st, elem.Child("Caption"), b.Pos()), p, 0)
		for _, r := range rows {
			r.brk = breakNever
		}
	}
	s.gap = 0
	s.space(lead*3/4, lead/2)
}

// pictureSize returns the size of a picture in a column of width w.
func (s *setter) pictureSize(n *tree.Image, img *Image, w unit.Len) (width, height unit.Len) {
	ratio := float64(img.Height) / float64(img.Width)
	width = unit.FromPt(float64(img.Width) * 0.75)
	if l, ok := cssLength(n.Width, w); ok {
		width = l
	} else if l, ok := cssLength(n.Height, s.layout.Page.TextHeight()); ok {
		width = l.Mul(1 / ratio)
	}
	width = min(width, w)
	if limit := s.layout.Page.TextHeight() * 3 / 4; width.Mul(ratio) > limit {
		width = limit.Mul(1 / ratio)
	}
	return width, width.Mul(ratio)
}

// cssLength reads a length or a percentage of whole; a bare number is pixels.
func cssLength(v string, whole unit.Len) (unit.Len, bool) {
	v = strings.TrimSpace(v)
	if num, ok := strings.CutSuffix(v, "%"); ok {
		f, err := strconv.ParseFloat(num, 64)
		return whole.Mul(f / 100), err == nil && f > 0 && f <= 1000
	}
	if _, err := strconv.ParseFloat(v, 64); err == nil {
		v += "px"
	}
	l, err := unit.Parse(v)
	return l, err == nil && l > 0
}
