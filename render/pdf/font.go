package pdf

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/sfnt"
	"github.com/evbook/evbook/render/typeset"
)

// faces parses font files once. It is safe for concurrent use.
type faces struct {
	mu     sync.Mutex
	parsed map[string]*parsedFace
}

type parsedFace struct {
	once sync.Once
	font *sfnt.Font
	err  error
}

func (f *faces) parse(face *fonts.Face) (*sfnt.Font, error) {
	f.mu.Lock()
	p := f.parsed[face.ID()]
	if p == nil {
		if f.parsed == nil {
			f.parsed = make(map[string]*parsedFace)
		}
		p = new(parsedFace)
		f.parsed[face.ID()] = p
	}
	f.mu.Unlock()
	p.once.Do(func() {
		p.font, p.err = sfnt.Parse(face.Data())
		if p.err != nil {
			p.err = fmt.Errorf("font %s: %w", face, p.err)
		}
	})
	return p.font, p.err
}

// font is a face as the file embeds it. Its character codes are glyph numbers of the subset. A glyph that stands for
// different texts (a hyphen of the author's and one of hyphenation, a capital and a small capital) gets a code for each,
// so that every code has one text.
type font struct {
	face *fonts.Face
	sfnt *sfnt.Font
	// resource is the name under which pages use the font: the number in the order of first use.
	resource name
	used     []use
	codes    map[use]uint16
	// first is the text with which each glyph was first used, and its code: nearly every look-up ends here.
	first []firstUse
	ref   ref
	embedded
}

// use is a glyph with the text it stands for.
type use struct {
	gid  uint16
	text string
}

type firstUse struct {
	text  string
	width int32 // as [sfnt.Font.Width1000] gives it
	code  uint16
	seen  bool
}

// restricted is the embedding permission (OpenType, OS/2 fsType) that lets nobody embed a font without asking.
const restricted = 2

// fontTable collects the fonts of a document.
type fontTable struct {
	faces  *faces
	byID   map[string]*font
	list   []*font
	lastID string // most runs have the face of the one before
	last   *font
}

func (t *fontTable) get(face *fonts.Face) (*font, error) {
	id := face.ID()
	if t.last != nil && t.lastID == id {
		return t.last, nil
	}
	f := t.byID[id]
	if f == nil {
		sf, err := t.faces.parse(face)
		if err != nil {
			return nil, err
		}
		if sf.FSType&0xF == restricted {
			return nil, fmt.Errorf("font %s: its licence forbids to embed it", face)
		}
		f = &font{face: face, sfnt: sf, resource: name("F" + strconv.Itoa(len(t.list))), codes: map[use]uint16{}, first: make([]firstUse, sf.NumGlyphs)}
		if t.byID == nil {
			t.byID = make(map[string]*font)
		}
		t.byID[id] = f
		t.list = append(t.list, f)
	}
	t.lastID, t.last = id, f
	return f, nil
}

// collect notes the glyphs of a run.
func (t *fontTable) collect(run *typeset.Run) error {
	if run.Face == nil {
		return fmt.Errorf("run of %d glyphs has no face", len(run.Glyphs))
	}
	f, err := t.get(run.Face)
	if err != nil {
		return err
	}
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		if int(g.ID) >= len(f.first) {
			return fmt.Errorf("font %s has no glyph %d", run.Face, g.ID)
		}
		first := &f.first[g.ID]
		if !first.seen {
			*first = firstUse{text: g.Text, width: int32(f.sfnt.Width1000(g.ID)), seen: true}
			f.used = append(f.used, use{g.ID, g.Text})
		} else if first.text != g.Text {
			u := use{g.ID, g.Text}
			if _, ok := f.codes[u]; !ok {
				f.codes[u] = 0
				f.used = append(f.used, u)
			}
		}
	}
	return nil
}

// assign numbers the codes: in the order of glyphs, then texts, from 1. Code 0 is the missing glyph; a page that shows it
// on purpose gets it under another code, since PDF/A and PDF/UA allow no reference to glyph 0.
func (f *font) assign() error {
	if len(f.used) >= 0xFFFF {
		return fmt.Errorf("font %s: %d glyphs are more than a font may hold", f.face, len(f.used))
	}
	slices.SortFunc(f.used, func(a, b use) int { return cmp.Or(cmp.Compare(a.gid, b.gid), strings.Compare(a.text, b.text)) })
	for i, u := range f.used {
		if first := &f.first[u.gid]; first.text == u.text {
			first.code = uint16(i + 1)
		} else {
			f.codes[u] = uint16(i + 1)
		}
	}
	return nil
}

// code returns the character code of a glyph that stands for text, and its width.
func (f *font) code(gid uint16, text string) (code uint16, width int32) {
	first := &f.first[gid]
	if first.text == text {
		return first.code, first.width
	}
	return f.codes[use{gid, text}], first.width
}

// embedded are a font's streams, ready for the file.
type embedded struct {
	program   []byte // deflated
	rawLength int
	toUnicode []byte // deflated
	tag       string // of the subset: six letters
}

// embed makes the subset and its map to Unicode.
func (f *font) embed() error {
	gids := make([]uint16, len(f.used))
	id := []byte(f.face.ID())
	for i, u := range f.used {
		gids[i] = u.gid
		id = strconv.AppendQuote(append(appendInt(append(id, '/'), int(u.gid)), ' '), u.text)
	}
	program, err := f.sfnt.Subset(gids)
	if err != nil {
		return fmt.Errorf("font %s: %w", f.face, err)
	}
	sum := sha256.Sum256(id)
	tag := sum[:6]
	for i := range tag {
		tag[i] = 'A' + tag[i]%26
	}
	f.embedded = embedded{program: deflate(program), rawLength: len(program), toUnicode: deflate(toUnicode(f)), tag: string(tag)}
	return nil
}

// Flags of a font descriptor (§9.8.2).
const (
	flagFixedPitch = 1 << 0
	flagSymbolic   = 1 << 2
	flagItalic     = 1 << 6
)

// write adds the font's objects (§9.7).
func (f *font) write(s *section) {
	ps := f.sfnt.PostScript
	if ps == "" {
		ps = "Font" + f.face.ID()
	}
	base := name(f.tag + "+" + ps)
	em := func(v int) milli {
		return milli((int64(v)*1_000_000 + int64(f.sfnt.UnitsPerEm)/2) / int64(f.sfnt.UnitsPerEm))
	}
	flags := flagSymbolic // the subset has no standard encoding
	if f.sfnt.FixedPitch {
		flags |= flagFixedPitch
	}
	if f.face.Italic {
		flags |= flagItalic
	}
	program := s.addStream(dict{flate, {"Length1", f.rawLength}}, f.program)
	descriptor := s.add(dict{
		{"Type", name("FontDescriptor")}, {"FontName", base}, {"Flags", flags},
		{"FontBBox", array{em(f.sfnt.XMin), em(f.sfnt.YMin), em(f.sfnt.XMax), em(f.sfnt.YMax)}},
		{"ItalicAngle", milli(f.sfnt.ItalicAngle * 1000)}, {"Ascent", em(f.sfnt.Ascent)}, {"Descent", em(f.sfnt.Descent)},
		{"CapHeight", em(f.sfnt.CapHeight)}, {"StemV", 50 + f.sfnt.Weight*f.sfnt.Weight/(65*65)}, {"FontFile2", program},
	})
	descendant := s.add(dict{
		{"Type", name("Font")}, {"Subtype", name("CIDFontType2")}, {"BaseFont", base},
		{"CIDSystemInfo", dict{{"Registry", text("Adobe")}, {"Ordering", text("Identity")}, {"Supplement", 0}}},
		{"FontDescriptor", descriptor}, {"DW", 0}, {"W", f.widths()}, {"CIDToGIDMap", name("Identity")},
	})
	unicode := s.addStream(dict{flate}, f.toUnicode)
	s.set(f.ref, dict{
		{"Type", name("Font")}, {"Subtype", name("Type0")}, {"BaseFont", base}, {"Encoding", name("Identity-H")},
		{"DescendantFonts", array{descendant}}, {"ToUnicode", unicode},
	})
}

// widths is the W array (§9.7.4.3): codes are consecutive, so one list holds them all.
func (f *font) widths() raw {
	b := appendMilli([]byte("[0["), milli(f.sfnt.Width1000(0)))
	for _, u := range f.used {
		b = appendMilli(append(b, ' '), milli(f.first[u.gid].width))
	}
	return raw(append(b, "]]"...))
}
