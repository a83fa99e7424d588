package svg

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"github.com/evbook/evbook/render/drawing"
)

// bitmap is a picture that the file names or holds, dots or another SVG, or the reason why it cannot be shown.
type bitmap struct {
	dots *drawing.Bitmap
	pic  *Picture
	err  error
}

var (
	errNoFile  = errors.New("there are no files beside the picture")
	errAddress = errors.New("the address of data is damaged")
)

// mostPictures is how deep pictures in SVG are read that are in pictures.
const mostPictures = 3

// image draws a picture in the picture (§5.7).
func (p *painter) image(e *element, m matrix, st style) {
	if st.hidden {
		return
	}
	href := strings.TrimSpace(e.attrs["href"])
	if href == "" {
		return
	}
	b := p.bitmap(href)
	if b.err != nil {
		what := "image"
		if !strings.HasPrefix(href, "data:") && len(href) <= 100 {
			what = "image " + href
		}
		p.lost[what] = true
		return
	}
	var box [4]float64
	if b.dots != nil {
		box[2], box[3] = float64(b.dots.Width), float64(b.dots.Height)
	} else {
		box[2], box[3] = b.pic.Width, b.pic.Height
	}
	x, y := p.size(e, "x", 0, p.view.x, st), p.size(e, "y", 0, p.view.y, st)
	w, h := p.size(e, "width", -1, p.view.x, st), p.size(e, "height", -1, p.view.y, st)
	switch {
	case w < 0 && h < 0:
		w, h = box[2], box[3]
	case w < 0:
		w = h * box[2] / box[3]
	case h < 0:
		h = w * box[3] / box[2]
	}
	if w <= 0 || h <= 0 {
		return
	}
	inner := m.mul(translate(x, y)).mul(fitBox(box, w, h, e.attrs["preserveAspectRatio"]))
	var marks []mark
	if b.dots != nil {
		marks = []mark{{image: &bitmapAt{b.dots, inner.mul(matrix{box[2], 0, 0, box[3], 0, 0})}}}
		p.budget.marks++
	} else {
		moved := b.pic.moved(inner)
		p.budget.marks += len(moved)
		marks = moved
		if b.pic.Overflows {
			marks = []mark{{group: &group{marks: moved, opacity: 1, clips: []clip{{steps: inner.outline(rect(0, 0, box[2], box[3], 0, 0))}}}}}
		}
	}
	p.framed(marks, e, m, x, y, w, h)
}

// bitmap reads what an address names, each once.
func (p *painter) bitmap(href string) *bitmap {
	if b, ok := p.bitmaps[href]; ok {
		return b
	}
	b := &bitmap{}
	p.bitmaps[href] = b
	if p.files++; p.files > maxFiles {
		b.err = ErrTooMuch
		return b
	}
	var data []byte
	switch {
	case strings.HasPrefix(href, "data:"):
		data, b.err = dataOf(href)
	case p.opt.Open == nil:
		b.err = errNoFile
	default:
		data, b.err = p.opt.Open(href)
	}
	if b.err != nil {
		return b
	}
	if head := bytes.TrimSpace(data[:min(len(data), 1024)]); bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<svg")) {
		b.pic, b.err = p.inner(data)
		return b
	}
	if p.opt.Bitmap == nil {
		b.err = errNoFile
		return b
	}
	if b.dots, b.err = p.opt.Bitmap(data); b.err == nil && (b.dots == nil || b.dots.Width <= 0 || b.dots.Height <= 0) {
		b.err = errNoFile
	}
	return b
}

// inner reads a picture in the picture, which reads no files of its own.
func (p *painter) inner(data []byte) (*Picture, error) {
	if p.depth >= mostPictures {
		return nil, ErrTooMuch
	}
	p.depth++
	defer func() { p.depth-- }()
	opt := *p.opt
	opt.Open = nil
	pic, err := read(data, &opt, p.budget)
	if err != nil {
		return nil, err
	}
	for _, what := range pic.Lost {
		p.lost[what] = true
	}
	return pic, nil
}

// dataOf is what an address with the scheme data holds (RFC 2397).
func dataOf(href string) ([]byte, error) {
	head, body, ok := strings.Cut(href, ",")
	if !ok {
		return nil, errAddress
	}
	if body2, err := url.PathUnescape(body); err == nil {
		body = body2
	}
	if !strings.HasSuffix(head, ";base64") {
		return []byte(body), nil
	}
	body = strings.Map(func(r rune) rune {
		if r <= ' ' || r == '=' {
			return -1
		}
		return r
	}, body)
	return base64.RawStdEncoding.DecodeString(body)
}

// moved are the marks of a picture in the coordinates that m takes to pixels.
func (pic *Picture) moved(m matrix) []mark { return moved(pic.marks, m) }

func moved(list []mark, m matrix) []mark {
	out := make([]mark, len(list))
	k := m.scale()
	for i, it := range list {
		switch {
		case it.path != nil:
			c := *it.path
			c.steps = m.outline(c.steps)
			if c.stroke != "" {
				pen := c.pen
				if pen == (matrix{}) {
					pen = identity
				}
				c.pen = m.mul(pen).pen()
			}
			c.width, c.dashOffset = c.width*k, c.dashOffset*k
			c.dash = nil
			for _, d := range it.path.dash {
				c.dash = append(c.dash, d*k)
			}
			c.fillWith, c.strokeWith = c.fillWith.moved(m), c.strokeWith.moved(m)
			out[i].path = &c
		case it.text != nil:
			c := *it.text
			c.m = m.mul(c.m)
			c.spans = append([]textSpan(nil), c.spans...)
			for n := range c.spans {
				c.spans[n].fillWith, c.spans[n].strokeWith = c.spans[n].fillWith.moved(m), c.spans[n].strokeWith.moved(m)
			}
			out[i].text = &c
		case it.page != nil:
			c := *it.page
			c.m = m.mul(c.m)
			out[i].page = &c
		case it.image != nil:
			out[i].image = &bitmapAt{it.image.bitmap, m.mul(it.image.m)}
		case it.group != nil:
			c := *it.group
			c.marks = moved(c.marks, m)
			c.clips = nil
			for _, cl := range it.group.clips {
				c.clips = append(c.clips, clip{m.outline(cl.steps), cl.evenOdd})
			}
			if c.mask != nil {
				c.mask = &mask{moved(c.mask.marks, m), c.mask.alpha}
			}
			out[i].group = &c
		}
	}
	return out
}

func (s *server) moved(m matrix) *server {
	if s == nil {
		return nil
	}
	out := *s
	if s.gradient != nil {
		g := *s.gradient
		g.Matrix = drawing.Matrix(m.mul(matrix(g.Matrix)))
		out.gradient = &g
	}
	if s.tile != nil {
		t := *s.tile
		t.m = m.mul(t.m)
		out.tile = &t
	}
	return &out
}
