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
	// first is what the first use of each glyph was, and its code: nearly every look-up ends here.
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
	plain bool // the text is one that readers understand without the font
}

// restricted is the embedding permission (OpenType, OS/2 fsType) that lets nobody embed a font without asking.
const restricted = 2

// fontTable holds the fonts of a document.
type fontTable struct {
	faces *faces
	mu    sync.Mutex
	byID  map[string]*font
	list  []*font // in the order of first use
}

// get gives the font of a face. It is safe for concurrent use.
func (t *fontTable) get(face *fonts.Face) (*font, error) {
	sf, err := t.faces.parse(face)
	if err != nil {
		return nil, err
	}
	if sf.FSType&0xF == restricted {
		return nil, fmt.Errorf("font %s: its licence forbids to embed it", face)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.byID[face.ID()]
	if f == nil {
		f = &font{face: face, sfnt: sf, codes: map[use]uint16{}}
		if t.byID == nil {
			t.byID = make(map[string]*font)
		}
		t.byID[face.ID()] = f
	}
	return f, nil
}

// add notes the use of a glyph, if it is new.
func (f *font) add(u use) {
	first := &f.first[u.gid]
	if !first.seen {
		*first = firstUse{text: u.text, width: int32(f.sfnt.Width1000(u.gid)), seen: true, plain: u.text != "" && !private(u.text)}
		f.used = append(f.used, u)
	} else if first.text != u.text {
		if _, ok := f.codes[u]; !ok {
			f.codes[u] = 0
			f.used = append(f.used, u)
		}
	}
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
