// Package shape turns text into glyphs: HarfBuzz shaping (kerning, ligatures, features) in font units, the choice of faces
// for characters, itemisation by script and direction, and the places where Unicode lets a line end. It is the only importer
// of go-text/typesetting.
package shape

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"sync"
	"unicode/utf8"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/text/unicode/norm"

	"github.com/evbook/evbook/fonts"
)

// Font is a parsed face. It is safe for concurrent use.
type Font struct {
	face      *fonts.Face
	parsed    *font.Font // read-only
	widths    *font.Face // for widths only, which do not touch its caches: those are not safe for concurrent use
	metrics   Metrics
	features  map[opentype.Tag]bool
	spacing   spacing
	ascii     [utf8.RuneSelf]bool // the characters that have glyphs
	space     font.GID
	tables    sync.RWMutex // for reading: of GSUB and GPOS; see newEngine
	spareLock sync.Mutex
	spare     []*engine // HarfBuzz state that is not in use: it may serve one goroutine at a time

	stylesLock sync.RWMutex
	styles     map[string]*style

	inventoryOnce sync.Once
	stock         *inventory

	outlinesOnce sync.Once
	outlines     outlines
}

// loaded holds the parsed fonts by the ID of their face.
var loaded sync.Map // string → func() (*Font, error)

// Load parses a face. Faces are parsed once: the same *Font is returned for every face with the same ID.
func Load(f *fonts.Face) (*Font, error) {
	once, _ := loaded.LoadOrStore(f.ID(), sync.OnceValues(func() (*Font, error) { return parse(f) }))
	return once.(func() (*Font, error))()
}

func parse(f *fonts.Face) (*Font, error) {
	file := f.Data()
	if err := checkDirectory(file); err != nil {
		return nil, fmt.Errorf("parse font %s: %w", f, err)
	}
	face, err := parseTTF(withoutOutlines(file))
	if err == nil && !placesMarks(face) {
		face, err = parseTTF(bytes.NewReader(file))
	}
	if err != nil {
		return nil, fmt.Errorf("parse font %s: %w", f, err)
	}
	out := &Font{face: f, parsed: face.Font, widths: face, features: map[opentype.Tag]bool{}, styles: map[string]*style{}}
	for _, l := range []font.Layout{face.GSUB.Layout, face.GPOS.Layout} {
		for _, feat := range l.Features {
			out.features[feat.Tag] = true
		}
	}
	out.space, _ = face.NominalGlyph(' ')
	out.spacing = newSpacing(face.Font, out.space)
	out.metrics = out.measure(face)
	for r := range out.ascii {
		_, out.ascii[r] = out.GlyphID(rune(r))
	}
	return out, nil
}

var errDamaged = errors.New("damaged file")

// parseTTF turns panics of the parser into errors: files in users' folders may be damaged in any way.
func parseTTF(file font.Resource) (face *font.Face, err error) {
	defer func() {
		if r := recover(); r != nil {
			face, err = nil, fmt.Errorf("%w: %v", errDamaged, r)
		}
	}()
	return font.ParseTTF(file)
}

// withoutOutlines hides the tables of outlines and the names of glyphs from the parser, which would read every one of them: most
// of the time that a font takes to load. Shaping needs none of them, but for the case of placesMarks.
func withoutOutlines(file []byte) font.Resource {
	head := bytes.Clone(file[:min(len(file), directoryEnd(file))])
	out := &patched{Reader: bytes.NewReader(file), patches: []patch{{0, head}}}
	for rec := range records(head) {
		switch string(rec[:4]) {
		case "glyf", "loca":
			copy(rec, bytes.ToUpper(rec[:4]))
		case "post": // its version says whether there are names: version 3 has none
			out.patches = append(out.patches, patch{int64(binary.BigEndian.Uint32(rec[8:])), []byte{0, 3, 0, 0}})
		}
	}
	return out
}

// patched reads a file some of whose bytes are replaced.
type patched struct {
	*bytes.Reader
	patches []patch
}

type patch struct {
	at    int64
	bytes []byte
}

func (r *patched) Read(p []byte) (int, error) {
	at := r.Size() - int64(r.Len())
	n, err := r.Reader.Read(p)
	r.replace(p[:n], at)
	return n, err
}

func (r *patched) ReadAt(p []byte, at int64) (int, error) {
	n, err := r.Reader.ReadAt(p, at)
	r.replace(p[:n], at)
	return n, err
}

// replace puts the patches into what was read at a place.
func (r *patched) replace(p []byte, at int64) {
	for _, x := range r.patches {
		if from := max(at, x.at); from < min(at+int64(len(p)), x.at+int64(len(x.bytes))) {
			copy(p[from-at:], x.bytes[from-x.at:])
		}
	}
}

// The header of a TrueType file and a record of its table directory, in bytes.
const header, record = 12, 16

// directoryEnd returns the length of the header and the table directory.
func directoryEnd(file []byte) int {
	if len(file) < header {
		return header
	}
	return header + record*int(binary.BigEndian.Uint16(file[4:]))
}

// records yields the records of the table directory: tag, checksum, offset and length of four bytes each.
func records(file []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for at, end := header, directoryEnd(file); at+record <= len(file) && at < end; at += record {
			if !yield(file[at : at+record]) {
				return
			}
		}
	}
}

// checkDirectory keeps the parser from making room for tables that a damaged file promises.
func checkDirectory(file []byte) error {
	for rec := range records(file) {
		offset, length := uint64(binary.BigEndian.Uint32(rec[8:])), uint64(binary.BigEndian.Uint32(rec[12:]))
		if offset+length > uint64(len(file)) {
			return fmt.Errorf("table %q lies beyond the end of the file", rec[:4])
		}
	}
	return nil
}

// placesMarks reports whether a font says itself where accents go. For others HarfBuzz measures the outlines.
func placesMarks(face *font.Face) bool {
	if _, ok := face.GPOS.FindFeatureIndex(opentype.MustNewTag("mark")); ok {
		return true
	}
	_, ok := face.NominalGlyph('\u0301')
	return !ok
}

// Face returns the face that the font was parsed from.
func (f *Font) Face() *fonts.Face { return f.face }

// Metrics are the measures of a font in font units, y upwards.
type Metrics struct {
	UnitsPerEm         int32
	Ascent             int32 // above the baseline
	Descent            int32 // below the baseline, negative
	LineGap            int32
	XHeight, CapHeight int32
	UnderlinePosition  int32 // of the line's top edge, negative below the baseline
	UnderlineThickness int32
	StrikePosition     int32 // of the line's top edge
	StrikeThickness    int32
	Space              int32 // width of the space
	Monospaced         bool
}

// Metrics returns the font's measures.
func (f *Font) Metrics() Metrics { return f.metrics }

// measure reads the measures from the tables and fills in what old or careless fonts leave at 0.
func (f *Font) measure(face *font.Face) Metrics {
	m := Metrics{
		UnitsPerEm:         int32(face.Upem()),
		XHeight:            round(face.LineMetric(font.XHeight)),
		CapHeight:          round(face.LineMetric(font.CapHeight)),
		UnderlinePosition:  round(face.LineMetric(font.UnderlinePosition)),
		UnderlineThickness: round(face.LineMetric(font.UnderlineThickness)),
		StrikePosition:     round(face.LineMetric(font.StrikethroughPosition)),
		StrikeThickness:    round(face.LineMetric(font.StrikethroughThickness)),
		Space:              round(face.HorizontalAdvance(f.space)),
		Monospaced:         face.IsMonospace(),
	}
	em := m.UnitsPerEm
	if ext, ok := face.FontHExtents(); ok {
		m.Ascent, m.Descent, m.LineGap = round(ext.Ascender), round(ext.Descender), round(ext.LineGap)
	} else {
		m.Ascent, m.Descent = em*4/5, -em/5
	}
	orElse(&m.CapHeight, em*7/10)
	orElse(&m.XHeight, em/2)
	orElse(&m.UnderlineThickness, em/20)
	orElse(&m.UnderlinePosition, -em/10)
	orElse(&m.StrikeThickness, m.UnderlineThickness)
	orElse(&m.StrikePosition, m.XHeight*3/5)
	if f.space == 0 {
		m.Space = em / 4
	}
	return m
}

func orElse(v *int32, def int32) {
	if *v == 0 {
		*v = def
	}
}

// round returns the nearest integer. Font units of static fonts are integers; only variations have fractions.
func round(v float32) int32 { return int32(math.Round(float64(v))) }

// UnitsPerEm returns the number of font units in the type size, 1000 or 2048 in most fonts.
func (f *Font) UnitsPerEm() int32 { return f.metrics.UnitsPerEm }

// Has reports whether the font can show a character: with a glyph of its own, or as HarfBuzz puts it together (letters with
// their accents, spaces of every width, a plain hyphen for U+2011), or by showing nothing (joiners, soft hyphens).
func (f *Font) Has(r rune) bool {
	if _, ok := f.GlyphID(r); ok {
		return true
	}
	switch {
	case ignorable(r) || isSpace(r):
		return true
	case r == '\u2010' || r == '\u2011':
		_, ok := f.GlyphID('-')
		return ok
	case r < 0xC0:
		return false
	}
	parts := norm.NFD.String(string(r))
	return parts != string(r) && f.hasAll(parts)
}

func (f *Font) hasAll(s string) bool {
	for _, r := range s {
		if r < utf8.RuneSelf && f.ascii[r] {
			continue
		}
		if _, ok := f.GlyphID(r); !ok {
			return false
		}
	}
	return true
}

// GlyphID returns the nominal glyph of a character, without any feature applied, and false if there is none.
func (f *Font) GlyphID(r rune) (uint16, bool) {
	g, ok := f.parsed.NominalGlyph(r)
	return uint16(g), ok && g != 0
}

// GlyphAdvance returns the width of a glyph.
func (f *Font) GlyphAdvance(id uint16) int32 {
	return round(f.widths.HorizontalAdvance(font.GID(id)))
}

// HasFeature reports whether the font has lookups for an OpenType feature such as "smcp", in any script.
func (f *Font) HasFeature(tag string) bool {
	return len(tag) == 4 && f.features[opentype.MustNewTag(tag)]
}

// ignorable reports whether a character shows nothing of itself (Default_Ignorable_Code_Point, as far as it occurs in text).
func ignorable(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0xFEFF, r == 0x2028, r == 0x2029,
		r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
		r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF, r >= 0x180B && r <= 0x180F:
		return true
	}
	return false
}

// isSpace reports whether HarfBuzz can make up the character from the space when the font lacks it. Control characters that
// separate words count as the space.
func isSpace(r rune) bool {
	return r == ' ' || r >= '\t' && r <= '\r' || r == 0x85 || r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x3000
}
