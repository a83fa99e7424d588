package pdf

import (
	"cmp"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/breakline"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontfamily"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/sfnt"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/typeset"
)

// Stock texts are set as maroto sets them, so that layouts made for it keep their lines: widths in whole thousandths of
// an em, no kerning, lines filled word by word. Book text does not come this way.

// customFace is a font of a maroto configuration.
type customFace struct {
	family       string
	bold, italic bool
	face         *fonts.Face
}

func (r *resources) addCustom(list []*entity.CustomFont) {
	for _, f := range list {
		bold, italic := strings.Contains(string(f.Style), "B"), strings.Contains(string(f.Style), "I")
		weight := fonts.Regular
		if bold {
			weight = fonts.Bold
		}
		r.custom = append(r.custom, customFace{f.Family, bold, italic, fonts.NewFace(f.Family, weight, italic, f.Bytes)})
	}
}

// stockFont is a face with those that stand in for characters it does not have.
type stockFont struct {
	faces              []*fonts.Face
	sfnt               []*sfnt.Font
	underline, strikes bool
	glyphs             map[rune]stockGlyph
}

type stockGlyph struct {
	face  int
	gid   uint16
	width int // thousandths of an em
}

// coreFamilies are the names of PDF's standard fonts: PDF/A allows no font that is not embedded, so open families stand in.
var coreFamilies = map[string]string{
	fontfamily.Arial: fonts.Sans, fontfamily.Helvetica: fonts.Sans, fontfamily.Courier: fonts.Mono, "times": fonts.Serif,
	fontfamily.Symbol: fonts.Serif, fontfamily.ZapBats: fonts.Serif,
}

// stockFont finds the font of a text.
func (p *Provider) stockFont(want props.Font) *stockFont {
	want.Color, want.Size = nil, 0
	want.Family = strings.ToLower(want.Family)
	if want.Family == fontfamily.Arial { // as in gofpdf
		want.Family = fontfamily.Helvetica
	}
	r := p.res
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.styles[want]; f != nil {
		return f
	}
	style := strings.ToUpper(string(want.Style))
	f := &stockFont{
		underline: strings.Contains(style, "U"), strikes: strings.Contains(style, "S"), glyphs: make(map[rune]stockGlyph),
	}
	bold, italic := strings.Contains(style, "B"), strings.Contains(style, "I")
	add := func(face *fonts.Face) {
		if face == nil {
			return
		}
		if font, err := r.faces.parse(face); err == nil {
			f.faces, f.sfnt = append(f.faces, face), append(f.sfnt, font)
		} else {
			r.opt.Report.Errorf(CodeFont, diag.Pos{}, "%v", err)
		}
	}
	for _, c := range r.custom {
		if strings.EqualFold(c.family, want.Family) && c.bold == bold && c.italic == italic {
			add(c.face)
		}
	}
	weight := fonts.Regular
	if bold {
		weight = fonts.Bold
	}
	family := cmp.Or(coreFamilies[want.Family], want.Family)
	add(p.res.opt.Fonts.Face(family, weight, italic))
	for _, fallback := range p.res.opt.Fonts.Fallback() {
		add(cmp.Or(p.res.opt.Fonts.Face(fallback, weight, italic), p.res.opt.Fonts.Face(fallback, weight, false)))
	}
	r.styles[want] = f
	return f
}

// glyph finds a character. A character that no font has shows as the missing glyph and is reported.
func (p *Provider) glyph(f *stockFont, c rune) stockGlyph {
	r := p.res
	r.mu.Lock()
	defer r.mu.Unlock()
	if g, ok := f.glyphs[c]; ok {
		return g
	}
	var g stockGlyph
	for i, font := range f.sfnt {
		if gid := font.Glyph(c); gid != 0 || i == 0 {
			g = stockGlyph{i, gid, int(math.Round(float64(font.Advance(gid)) * 1000 / float64(font.UnitsPerEm)))}
			if gid != 0 {
				break
			}
		}
	}
	if unicode.IsControl(c) && len(f.sfnt) > 0 {
		// A line feed is no line break in a maroto text, but a missing glyph as wide as that: here it does not show.
		g.face, g.gid = 0, f.sfnt[0].Glyph(' ')
		f.glyphs[c] = g
		return g
	}
	if g.gid == 0 {
		r.opt.Report.Warnf(CodeGlyph, diag.Pos{}, "no font has %q (%U)", c, c)
	}
	f.glyphs[c] = g
	return g
}

// symbolWidth is the width of a text in thousandths of the size.
func (p *Provider) symbolWidth(f *stockFont, s string) int {
	w := 0
	for _, c := range s {
		w += p.glyph(f, c).width
	}
	return w
}

// fontHeight gives the height of a line in mm: maroto takes the size for the height of a line of text.

func fontHeight(size float64) float64 { return size / (72 / 25.4) }

// GetFontHeight implements [core.Provider].
func (p *Provider) GetFontHeight(prop *props.Font) float64 {
	p.font = *prop
	return fontHeight(prop.Size)
}

// measure returns a function that gives widths in mm.
func (p *Provider) measure(f *stockFont, size float64) func(s string) float64 {
	return func(s string) float64 { return float64(p.symbolWidth(f, s)) * fontHeight(size) / 1000 }
}

// GetLinesQuantity implements [core.Provider].
func (p *Provider) GetLinesQuantity(text string, prop *props.Text, colWidth float64) int {
	p.font = props.Font{Family: prop.Family, Style: prop.Style, Size: prop.Size}
	width := p.measure(p.stockFont(p.font), prop.Size)
	if prop.BreakLineStrategy == breakline.DashStrategy {
		return len(breakWithDash(text, colWidth, width))
	}
	return len(breakAtSpaces(text, colWidth, width))
}

// breakAtSpaces fills lines word by word. A word that is too long has a line of its own and sticks out.
func breakAtSpaces(s string, limit float64, width func(string) float64) []string {
	var lines []string
	filled := 0.0
	for word := range strings.SplitSeq(s, " ") {
		if word == "" {
			continue
		}
		if len(lines) > 0 {
			if w := width(" " + word); filled+w <= limit {
				lines[len(lines)-1] += " " + word
				filled += w
				continue
			}
		}
		lines = append(lines, word)
		filled = width(word)
	}
	return lines
}

// breakWithDash fills lines letter by letter and ends each but the last with a hyphen.
func breakWithDash(s string, limit float64, width func(string) float64) []string {
	var lines []string
	dash := width(" - ")
	filled := 0.0
	line := ""
	for _, c := range s {
		if filled+dash > limit-dash {
			lines = append(lines, line+"-")
			line, filled = "", 0
		}
		line += string(c)
		filled += width(string(c))
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// AddText implements [core.Provider]. Unlike maroto's provider it leaves prop as it is.
func (p *Provider) AddText(s string, cell *entity.Cell, prop *props.Text) {
	text := *prop
	if text.Size == 0 && p.cfg.DefaultFont != nil {
		text.MakeValid(p.cfg.DefaultFont)
	}
	p.font = props.Font{Family: text.Family, Style: text.Style, Size: text.Size}
	f := p.stockFont(p.font)
	width := p.measure(f, text.Size)
	left, right := min(text.Left, cell.Width), min(text.Right, cell.Width)
	column := max(cell.Width-left-right, 0)
	x, y := cell.X+left, cell.Y+min(text.Top, cell.Height)+fontHeight(text.Size)

	lines := []string{s}
	if width(s) > column {
		if text.BreakLineStrategy == breakline.EmptySpaceStrategy {
			lines = breakAtSpaces(s, column, width)
		} else {
			lines = breakWithDash(s, column, width)
		}
	}
	color := colorOf(text.Color)
	elem := &typeset.Elem{Role: "P", Parent: p.parent()}
	p.beginStock(elem)
	defer p.End()
	if text.Hyperlink != nil {
		color = colorOf(&props.BlueColor)
		if n := len(p.open); p.open[n-1] != nil {
			elem = &typeset.Elem{Role: "Link", Parent: p.open[n-1]}
			p.Begin(elem)
			defer p.End()
		}
	}
	for i, line := range lines {
		at, w := p.stockLine(f, line, x, y, column, &text, color, i+1 < len(lines))
		if text.Hyperlink != nil {
			h := fontHeight(text.Size)
			p.Link(unit.FromMM(at), unit.FromMM(y-h), unit.FromMM(w), unit.FromMM(h), typeset.Target{URL: *text.Hyperlink}, s, elem)
		}
		y += fontHeight(text.Size) + text.VerticalPadding
	}
}

// stockLine sets a line in its column. more says that another line follows: the space at which it was broken is then set
// too, so that words do not run together when the text is copied. It returns where the line begins and its width.
func (p *Provider) stockLine(f *stockFont, line string, x, y, column float64, prop *props.Text, color layouts.Color, more bool,
) (at, width float64) {
	measure := p.measure(f, prop.Size)
	width = measure(line)
	gap := 0.0
	switch prop.Align {
	case align.Left:
	case align.Justify:
		line = strings.Join(strings.Fields(line), " ")
		ink := measure(strings.ReplaceAll(line, " ", ""))
		gaps := strings.Count(line, " ")
		gap = (column - ink) / float64(max(gaps, 1))
		if space := measure(" "); ink > 0 && gap > 10*space && endsInMark(line) {
			gap = space
		}
		width = ink + float64(gaps)*gap
	case align.Right:
		x += column - width
	default:
		x += (column - width) / 2
	}
	if more && prop.BreakLineStrategy == breakline.EmptySpaceStrategy {
		line += " "
	}
	p.stockRun(f, line, x, y, prop.Size, color, gap)
	p.decorate(f, x, y, width, prop.Size, color)
	return x, width
}

func endsInMark(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return !unicode.IsLetter(r) && !unicode.IsNumber(r)
}

// stockRun paints a text from x in mm, with spaces as wide as gap if that is not 0. Runs end where the face changes.
func (p *Provider) stockRun(f *stockFont, s string, x, y, size float64, color layouts.Color, gap float64) {
	var run *typeset.Run
	var start float64
	flush := func() {
		if run != nil {
			p.Glyphs(unit.FromMM(start), unit.FromMM(y), run)
			run = nil
		}
	}
	for _, c := range s {
		g := p.glyph(f, c)
		if len(f.faces) == 0 {
			return // no font could be read, which was reported
		}
		w := float64(g.width) * fontHeight(size) / 1000
		if c == ' ' && gap != 0 {
			w = gap
		}
		if run == nil || run.Face != f.faces[g.face] {
			flush()
			run, start = &typeset.Run{Face: f.faces[g.face], Size: unit.FromPt(size), Color: color}, x
		}
		run.Glyphs = append(run.Glyphs, typeset.Glyph{ID: g.gid, Advance: unit.FromMM(w).Short(), Text: string(c)})
		x += w
	}
	flush()
}

// decorate underlines and strikes out as the style says.
func (p *Provider) decorate(f *stockFont, x, y, width, size float64, color layouts.Color) {
	if len(f.sfnt) == 0 || width <= 0 {
		return
	}
	font := f.sfnt[0]
	em := func(v int) float64 { return float64(v) / float64(font.UnitsPerEm) * fontHeight(size) }
	bar := func(rise float64) {
		p.FillRect(unit.FromMM(x), unit.FromMM(y-rise), unit.FromMM(width), unit.FromMM(em(font.UnderlineThickness)), color)
	}
	if f.underline {
		bar(em(font.UnderlinePosition))
	}
	if f.strikes {
		bar(-4 * em(font.UnderlinePosition))
	}
}
