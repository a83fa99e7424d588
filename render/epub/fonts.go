package epub

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/sfnt"
	"github.com/evbook/evbook/render/xhtml"
)

const mediaTypeFont = "font/ttf"

// rare is a family for characters that typefaces of reading systems often lack.
type rare struct {
	family  string
	class   string // of the spans around such characters, and part of the files' names
	title   string // the embedded family is called so: its files are changed, and names are reserved by licences
	shaping bool   // the script needs the font's tables
	scripts []*unicode.RangeTable
}

// rares lists the families by script, then those for signs of any script, in the order in which they are asked.
var rares = []rare{
	{fonts.Arabic, "arabic", "Book Arabic", true, []*unicode.RangeTable{unicode.Arabic}},
	{fonts.Hebrew, "hebrew", "Book Hebrew", true, []*unicode.RangeTable{unicode.Hebrew}},
	{fonts.Devanagari, "devanagari", "Book Devanagari", true, []*unicode.RangeTable{unicode.Devanagari}},
	{fonts.Thai, "thai", "Book Thai", true, []*unicode.RangeTable{unicode.Thai}},
	{fonts.Korean, "korean", "Book Korean", false, []*unicode.RangeTable{unicode.Hangul}},
	{fonts.Chinese, "cjk", "Book CJK", false, []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo}},
	{fonts.Math, "math", "Book Math", false, nil},
	{fonts.Signs, "signs", "Book Signs", false, nil},
	{fonts.More, "more", "Book More", false, nil},
	{fonts.Emoji, "emoji", "Book Emoji", true, nil},
}

// familiar reports whether any reading system has a character: Latin, Greek, Cyrillic and their punctuation.
func familiar(r rune) bool {
	return r < 0x250 || r >= 0x2B0 && r < 0x530 || r >= 0x1E00 && r < 0x2070 || r >= 0x20A0 && r < 0x20C0 || r == '№' || r == '™'
}

// neutral reports whether a character belongs to the text around it, whatever its script.
func neutral(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) || r == 0x200C || r == 0x200D || r >= 0xFE00 && r <= 0xFE0F
}

// embedding chooses characters and their faces while the pages are gone through.
type embedding struct {
	code  map[rune]bool
	used  []map[rune]bool // by the place in rares
	faces map[string]*sfnt.Font
	known map[rune]int // place in rares, -1 for none
}

// embedFonts gives the book typefaces for its listings and for characters that reading systems may lack, with no more than
// the characters that stand in the book. The latter get spans with a class; the typeface of all other text is the reader's.
func (p *publication) embedFonts() error {
	e := &embedding{code: map[rune]bool{}, faces: map[string]*sfnt.Font{}, known: map[rune]int{}}
	for range rares {
		e.used = append(e.used, map[rune]bool{})
	}
	for _, d := range p.docs {
		d.body = e.page(d.body)
	}
	var sheet strings.Builder
	sheet.WriteString("/* Typefaces with the characters of this book only, under the SIL Open Font License 1.1 (https://openfontlicense.org):\n" +
		"   each file names its authors. */\n")
	if len(e.code) > 0 {
		for _, f := range []struct {
			weight int
			italic bool
		}{{fonts.Regular, false}, {fonts.Regular, true}, {fonts.Bold, false}} {
			if err := p.embed(&sheet, fonts.Mono, "code", "Book Code", f.weight, f.italic, false, e.code); err != nil {
				return err
			}
		}
		sheet.WriteString("pre, code, samp, kbd { font-family: \"Book Code\", monospace, monospace; }\n")
	}
	for i, r := range rares {
		if len(e.used[i]) == 0 {
			continue
		}
		for _, weight := range []int{fonts.Regular, fonts.Bold} {
			if err := p.embed(&sheet, r.family, r.class, r.title, weight, false, r.shaping, e.used[i]); err != nil {
				return err
			}
		}
		fmt.Fprintf(&sheet, ".in-%s { font-family: \"%s\"; }\n", r.class, r.title)
	}
	if len(p.fonts) > 0 {
		p.styles = append(p.styles, resource{"css/fonts.css", mediaTypeCSS, []byte(sheet.String())})
	}
	return nil
}

// embed adds one face, if the family has it, and its rule.
func (p *publication) embed(sheet *strings.Builder, family, file, title string, weight int, italic, shaping bool, chars map[rune]bool) error {
	face := fonts.Bundled().Face(family, weight, italic)
	if face == nil || face.Weight != weight {
		return nil
	}
	font, err := sfnt.Parse(face.Data())
	if err != nil {
		return fmt.Errorf("font %s: %w", face, err)
	}
	want := sfnt.Reduction{Family: title, Style: "Regular", Shaping: shaping}
	style, name := "normal", fmt.Sprintf("%s-%d", file, weight)
	if weight == fonts.Bold {
		want.Style = "Bold"
	}
	if italic {
		want.Style, style, name = "Italic", "italic", name+"i"
	}
	for r := range chars {
		want.Chars = append(want.Chars, r)
	}
	data, err := font.Reduce(want)
	if err != nil {
		return fmt.Errorf("font %s: %w", face, err)
	}
	href := "fonts/" + name + ".ttf"
	p.fonts = append(p.fonts, resource{href, mediaTypeFont, data})
	fmt.Fprintf(sheet, "@font-face { font-family: \"%s\"; font-weight: %d; font-style: %s; src: url(../%s); }\n", title, weight, style, href)
	return nil
}

// page takes down the characters of a page and puts rare ones into spans. The page comes from xhtml.Writer: every "<" in
// it begins a tag, and no tag has ">" in a value.
func (e *embedding) page(body xhtml.Fragment) xhtml.Fragment {
	var b strings.Builder
	code, alien := 0, 0 // depth inside of listings, and of formulas and drawings
	for rest := string(body); rest != ""; {
		if rest[0] != '<' {
			text, tail := rest, ""
			if i := strings.IndexByte(rest, '<'); i >= 0 {
				text, tail = rest[:i], rest[i:]
			}
			rest = tail
			if alien > 0 {
				b.WriteString(text)
			} else {
				e.text(&b, text, code > 0)
			}
			continue
		}
		end := strings.IndexByte(rest, '>') + 1
		tag := rest[:end]
		rest = rest[end:]
		b.WriteString(tag)
		step := 1
		if strings.HasPrefix(tag, "</") {
			step = -1
		} else if strings.HasSuffix(tag, "/>") {
			step = 0
		}
		switch name, _, _ := strings.Cut(strings.Trim(tag, "</>"), " "); name {
		case "pre", "code", "samp", "kbd":
			code += step
		case "math", "svg":
			alien += step
		}
	}
	return xhtml.Fragment(b.String())
}

func (e *embedding) text(b *strings.Builder, text string, code bool) {
	start, place := 0, -1 // of the run
	flush := func(end int) {
		if run := text[start:end]; place >= 0 {
			for _, r := range run {
				e.used[place][r] = true
			}
			inner := strings.TrimRightFunc(run, unicode.IsSpace)
			b.WriteString(`<span class="in-` + rares[place].class + `">` + inner + `</span>` + run[len(inner):])
		} else {
			b.WriteString(run)
		}
		start = end
	}
	for i, r := range text {
		at := -1
		switch {
		case neutral(r):
			continue
		case familiar(r):
		case code && e.has(fonts.Mono, r):
		default:
			at = e.place(r)
		}
		if code && at < 0 {
			e.code[r] = true
		}
		if at != place {
			flush(i)
			place = at
		}
	}
	flush(len(text))
}

// place returns the place in rares of the family for a character, -1 if there is none.
func (e *embedding) place(r rune) int {
	if at, ok := e.known[r]; ok {
		return at
	}
	at := slices.IndexFunc(rares, func(f rare) bool {
		if r >= 0x1F000 && f.family == fonts.Signs && e.has(fonts.Emoji, r) {
			return false // most of them are emoji, and belong together
		}
		return (f.scripts == nil || unicode.In(r, f.scripts...)) && e.has(f.family, r)
	})
	if at < 0 && unicode.IsPunct(r) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0 { // wide punctuation and forms
		at = slices.IndexFunc(rares, func(f rare) bool { return f.family == fonts.Chinese && e.has(f.family, r) })
	}
	e.known[r] = at
	return at
}

func (e *embedding) has(family string, r rune) bool {
	font, ok := e.faces[family]
	if !ok {
		if face := fonts.Bundled().Face(family, fonts.Regular, false); face != nil {
			font, _ = sfnt.Parse(face.Data()) // nil if it cannot be read, which a test of the fonts would find
		}
		e.faces[family] = font
	}
	return font != nil && font.Glyph(r) != 0
}

// displayOptions tells Apple's reader to use the typefaces of the book; the package document says it, too.
const displayOptions = `<?xml version="1.0" encoding="UTF-8"?>
<display_options>
<platform name="*">
<option name="specified-fonts">true</option>
</platform>
</display_options>
`

const (
	displayFile  = "META-INF/com.apple.ibooks.display-options.xml"
	ibooksPrefix = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
)
