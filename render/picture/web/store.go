// Package web makes pictures of the notes fit for formats whose readers are like web browsers: JPEG, PNG, GIF and SVG, upright,
// not larger than is of use, with nothing in them that is nobody's business, that runs or that is fetched from elsewhere.
package web

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/gif"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// Codes of the diagnostics of this package.
const (
	CodeImageMissing diag.Code = "image-missing" // a picture that is not in the notes folder
	CodeImageBroken  diag.Code = "image-broken"  // a file that is no picture, or one that cannot be read
)

const (
	maxFile  = 64 << 20 // bytes of a picture's file
	maxSide  = 1600     // pixels of a picture's longer side in the book
	maxCover = 2560     // the same of the cover
)

// Picture is an image file that is ready for a book.
type Picture struct {
	Name          string // file name, made of the content
	MediaType     string
	Data          []byte
	Width, Height int // natural size in CSS pixels; 0 when unknown
	Animated      bool
}

// DataURL returns the picture as a URL that holds it (RFC 2397).
func (p *Picture) DataURL() string {
	return "data:" + p.MediaType + ";base64," + base64.StdEncoding.EncodeToString(p.Data)
}

// Store loads the pictures that pages ask for, each file once, and keeps them by content. It is safe for concurrent use.
type Store struct {
	assets fs.FS
	report diag.Reporter

	mu     sync.Mutex
	loads  map[string]*load
	byName map[string]*Picture
}

// load is one file of the notes folder, being read or read.
type load struct {
	once sync.Once
	pic  *Picture
	err  error
}

// NewStore returns a store for the pictures of the folder assets, which may be nil. Pictures that cannot be shown are reported.
func NewStore(assets fs.FS, report diag.Reporter) *Store {
	return &Store{assets: assets, report: report, loads: map[string]*load{}, byName: map[string]*Picture{}}
}

// Find returns the file for a picture of the tree, and false if there is none to show, which is reported.
func (s *Store) Find(img *tree.Image) (*Picture, bool) {
	if img.Path == "" {
		if img.URL != "" {
			s.report(diag.RemoteImage(img.Src, img.URL))
		}
		return nil, false
	}
	pic, err := s.load(img.Path, maxSide)
	if err != nil {
		s.complain(err, img.Path, img.Src)
		return nil, false
	}
	return pic, true
}

// Cover returns the cover picture, a JPEG, a PNG or an SVG, which may be larger than others, and false if it cannot be shown, which is reported.
func (s *Store) Cover(name string) (*Picture, bool) {
	pic, err := s.load(name, maxCover)
	if err != nil {
		s.complain(err, name, diag.Pos{})
		return nil, false
	}
	return pic, true
}

// Add adds a picture that the program has made.
func (s *Store) Add(data []byte, mediaType string, width, height int) *Picture {
	pic := raster(data, mediaType, width, height)
	s.mu.Lock()
	defer s.mu.Unlock()
	if same := s.byName[pic.Name]; same != nil {
		return same
	}
	s.byName[pic.Name] = pic
	return pic
}

func (s *Store) complain(err error, name string, pos diag.Pos) {
	code := CodeImageBroken
	if isMissing(err) {
		code = CodeImageMissing
	}
	s.report(diag.Diagnostic{Severity: diag.Error, Code: code, Pos: pos, Message: fmt.Sprintf("picture %s: %v", name, err),
		Hints: []string{"its alternative text is printed in its place"}})
}

func (s *Store) load(name string, side int) (*Picture, error) {
	s.mu.Lock()
	key := fmt.Sprintf("%d %s", side, name)
	l := s.loads[key]
	if l == nil {
		l = new(load)
		s.loads[key] = l
	}
	s.mu.Unlock()
	l.once.Do(func() { l.pic, l.err = s.read(name, side) })
	if l.err != nil {
		return nil, l.err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if same := s.byName[l.pic.Name]; same != nil {
		return same, nil
	}
	s.byName[l.pic.Name] = l.pic
	return l.pic, nil
}

// read reads a file and makes of it what reading systems can show.
func (s *Store) read(name string, side int) (*Picture, error) {
	if s.assets == nil {
		return nil, fs.ErrNotExist
	}
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	f, err := s.assets.Open(name)
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
	pic, err := convert(data, side)
	if err == nil && side == maxCover && pic.MediaType == "image/gif" { // a cover stands still
		frames, err := gif.DecodeAll(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return encodePNG(frames.Image[0])
	}
	return pic, err
}

// Used returns the pictures that were found, sorted by name.
func (s *Store) Used() []*Picture {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*Picture
	for _, name := range slices.Sorted(maps.Keys(s.byName)) {
		out = append(out, s.byName[name])
	}
	return out
}

// Prepare reads and converts a picture that will be asked for. Faults are left to be reported by whoever shows it.
func (s *Store) Prepare(img *tree.Image) {
	if img.Path != "" {
		_, _ = s.load(img.Path, maxSide)
	}
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
