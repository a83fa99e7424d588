package typeset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif" // decoders of the formats that are re-encoded
	"image/jpeg"
	"image/png"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/johnfercher/maroto/v2/pkg/core"
	_ "golang.org/x/image/bmp" // more formats that are re-encoded
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/picture"
)

// images reads the pictures of a book, each once. It is safe for concurrent use.
type images struct {
	fsys fs.FS
	most int // dots along the longer side: more than 300 an inch on a full page show nothing
	mu   sync.Mutex
	got  map[string]*loaded
	svgs map[string]vector
	lang string // of the book, which chooses between alternatives in pictures
}

// loaded is a picture that is being read or was.
type loaded struct {
	once sync.Once
	img  *Image
	err  error
}

// load returns the picture of a path: JPEG and PNG as they are where they can stay so, everything else as PNG.
func (m *images) load(name string) (*Image, error) {
	m.mu.Lock()
	l := m.got[name]
	if l == nil {
		l = new(loaded)
		m.got[name] = l
	}
	m.mu.Unlock()
	l.once.Do(func() { l.img, l.err = m.read(name) })
	return l.img, l.err
}

// maxPixels bounds the memory that a decoded picture takes: a small file can claim to be huge.
const maxPixels = 120 << 20

// read decodes the whole picture, so that damage is found where the notes name it. Photographs are turned upright and lose
// what their files say beside the picture; what has many more dots than paper shows is made smaller.
func (m *images) read(name string) (*Image, error) {
	if m.fsys == nil {
		return nil, fs.ErrNotExist
	}
	data, err := fs.ReadFile(m.fsys, path.Clean(name))
	if err != nil {
		return nil, err
	}
	return m.prepare(data)
}

// prepare makes the contents of a file ready for the page.
func (m *images) prepare(data []byte) (*Image, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if int64(cfg.Width)*int64(cfg.Height) > maxPixels {
		return nil, fmt.Errorf("%d × %d dots are more than fit into memory", cfg.Width, cfg.Height)
	}
	pixels, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	turn := 1
	if format == "jpeg" {
		data, turn = picture.StripJPEG(data)
	}
	small := m.shrink(pixels)
	if turn != 1 || small != pixels || format != "jpeg" && format != "png" {
		if data, format, err = encode(picture.Upright(small, turn), format); err != nil {
			return nil, err
		}
		if turn >= 5 {
			cfg.Width, cfg.Height = cfg.Height, cfg.Width
		}
	}
	sum := sha256.Sum256(data)
	return &Image{Key: hex.EncodeToString(sum[:12]), Data: data, Format: format, Width: cfg.Width, Height: cfg.Height}, nil
}

// encode makes a file of a picture that is not embedded as it came: JPEG of JPEG, PNG of everything else.
func encode(img image.Image, format string) ([]byte, string, error) {
	var b bytes.Buffer
	if format == "jpeg" {
		err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90})
		return b.Bytes(), format, err
	}
	err := png.Encode(&b, img)
	return b.Bytes(), "png", err
}

// shrink makes a picture smaller that is so large that it has much more than 300 dots an inch on a full page.
func (m *images) shrink(img image.Image) image.Image {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if m.most <= 0 || max(w, h) <= m.most*5/4 {
		return img
	}
	f := float64(m.most) / float64(max(w, h))
	out := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(w)*f)), max(1, int(float64(h)*f))))
	draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	return out
}

// loadImage returns the picture of a node and reports what keeps it from being drawn.
func (s *setter) loadImage(n *tree.Image) (*Image, bool) {
	if n.Path == "" {
		if n.URL != "" {
			s.report(diag.RemoteImage(n.Pos(), n.URL))
		}
		return nil, false
	}
	if _, is := s.loadVector(n); is {
		return nil, false // which said why
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
	if s.anchor(b.ID); s.captionIDs[b] != b.ID {
		s.captionAnchor(b)
	}
	s.space(lead*3/4, lead/2)
	elem := p.elem.Child("Figure")
	if pic, is := s.loadVector(b.Image); is && pic != nil {
		s.vectorFigure(b, pic, elem, p)
	} else if img, ok := s.loadImage(b.Image); !ok {
		text := tree.Inlines{imageLink(b.Image)}
		st := s.muted(s.role(layouts.RoleCaption))
		s.emit(s.inline(text, st, p.elem.Child("P"), b.Pos()), p, 0)
	} else {
		s.describe(elem, b, "")
		w, h := s.pictureSize(b.Image, float64(img.Width), float64(img.Height), p.w)
		if dpi := float64(img.Width) / w.Pt() * 72; dpi < 149.5 {
			s.report.Infof(CodeImageSmall, b.Image.Pos(), "the picture %s has %.0f dots an inch on the page; print wants 150 at least", b.Image.Path, dpi)
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

// describe gives a figure its alternative text; title is what the picture says of itself.
func (s *setter) describe(elem *Elem, b *tree.Figure, title string) {
	elem.Alt = cmpOr(b.Image.Alt, title)
	if elem.Alt == "" {
		s.report(diag.ImageWithoutAlt(b.Image.Pos(), cmpOr(b.Image.URL, b.Image.Path)))
		elem.Alt = cmpOr(tree.PlainText(b.Caption), path.Base(b.Image.Path))
	}
}

// pictureSize returns the size of a picture of pw × ph pixels in a column of width w.
func (s *setter) pictureSize(n *tree.Image, pw, ph float64, w unit.Len) (width, height unit.Len) {
	ratio := ph / pw
	width = unit.FromPt(pw * 0.75)
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
