package epub

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/xhtml"
)

// Codes of the diagnostics of this package.
const (
	CodeImageMissing diag.Code = "image-missing" // a picture that is not in the notes folder
	CodeImageBroken  diag.Code = "image-broken"  // a file that is no picture, or one that cannot be read
	CodeImageRemote  diag.Code = "image-remote"  // a picture in the web, printed as a link
)

const (
	maxFile  = 64 << 20 // bytes of a picture's file
	maxSide  = 1600     // pixels of a picture's longer side in the book
	maxCover = 2560     // the same of the cover
)

// picture is an image file of the container.
type picture struct {
	resource
	width, height int // CSS pixels; 0 when unknown
	animated      bool
}

func (p *picture) asPicture() xhtml.Picture {
	return xhtml.Picture{Href: "../" + p.href, Width: p.width, Height: p.height}
}

// pictures loads the pictures that pages ask for, each file once, and keeps them by content. It is safe for concurrent use.
type pictures struct {
	assets fs.FS
	report diag.Reporter

	mu     sync.Mutex
	loads  map[string]*load
	byHref map[string]*picture
}

// load is one file of the notes folder, being read or read.
type load struct {
	once sync.Once
	pic  *picture
	err  error
}

func newPictures(assets fs.FS, report diag.Reporter) *pictures {
	return &pictures{assets: assets, report: report, loads: map[string]*load{}, byHref: map[string]*picture{}}
}

// picture finds the file for a picture of the tree; it is what pages ask.
func (p *pictures) picture(img *tree.Image) (xhtml.Picture, bool) {
	if img.Path == "" {
		if img.URL != "" {
			p.report.Warnf(CodeImageRemote, img.Src, "the picture %s is in the web; a link to it is printed", img.URL)
		}
		return xhtml.Picture{}, false
	}
	pic, err := p.load(img.Path, maxSide)
	if err != nil {
		p.complain(err, img.Path, img.Src)
		return xhtml.Picture{}, false
	}
	return pic.asPicture(), true
}

// cover finds the cover picture, which may be larger than others.
func (p *pictures) cover(name string) (*picture, bool) {
	pic, err := p.load(name, maxCover)
	if err != nil {
		p.complain(err, name, diag.Pos{})
		return nil, false
	}
	return pic, true
}

func (p *pictures) complain(err error, name string, pos diag.Pos) {
	code := CodeImageBroken
	if isMissing(err) {
		code = CodeImageMissing
	}
	p.report(diag.Diagnostic{Severity: diag.Error, Code: code, Pos: pos, Message: fmt.Sprintf("picture %s: %v", name, err),
		Hints: []string{"its alternative text is printed in its place"}})
}

func (p *pictures) load(name string, side int) (*picture, error) {
	p.mu.Lock()
	key := fmt.Sprintf("%d %s", side, name)
	l := p.loads[key]
	if l == nil {
		l = new(load)
		p.loads[key] = l
	}
	p.mu.Unlock()
	l.once.Do(func() { l.pic, l.err = p.read(name, side) })
	if l.err != nil {
		return nil, l.err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if same := p.byHref[l.pic.href]; same != nil {
		return same, nil
	}
	p.byHref[l.pic.href] = l.pic
	return l.pic, nil
}

// read reads a file and makes of it what reading systems can show. The name in the container comes from the content, so
// that a picture used under two names is stored once.
func (p *pictures) read(name string, side int) (*picture, error) {
	if p.assets == nil {
		return nil, fs.ErrNotExist
	}
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	f, err := p.assets.Open(name)
	if err != nil {
		return nil, unwrapPath(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, unwrapPath(err)
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("the file is larger than %d MB", maxFile>>20)
	}
	pic, ext, err := convert(data, side)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(pic.data)
	pic.href = "images/i" + hex.EncodeToString(sum[:8]) + ext
	return pic, nil
}

// resources returns the pictures that were used, sorted by name.
func (p *pictures) resources() []resource {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []resource
	for _, href := range slices.Sorted(maps.Keys(p.byHref)) {
		out = append(out, p.byHref[href].resource)
	}
	return out
}

// animated reports whether a picture moves.
func (p *pictures) animated() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, pic := range p.byHref {
		if pic.animated {
			return true
		}
	}
	return false
}

// sniff tells the format of a picture by its first bytes; names can lie.
func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "jpeg"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "gif"
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "webp"
	}
	head := data[:min(len(data), 4096)]
	if bytes.Contains(head, []byte("<svg")) || bytes.Contains(head, []byte(":svg")) {
		return "svg"
	}
	return ""
}
