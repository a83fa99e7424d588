package pdftest

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// font is what a font resource says of its codes.
type font struct {
	name   string
	bytes  int // of a code: 2 for composite fonts
	widths map[int]float64
	text   map[int]string
	other  float64 // width of codes that widths does not have
}

func (f *File) readFont(d Dict) (*font, error) {
	base, _ := f.Resolve(d["BaseFont"]).(Name)
	out := &font{name: string(base), bytes: 1, widths: map[int]float64{}, text: map[int]string{}}
	if len(out.name) > 7 && out.name[6] == '+' {
		out.name = out.name[7:]
	}
	if d["Subtype"] == Name("Type0") {
		out.bytes = 2
		list := f.Array(d["DescendantFonts"])
		if len(list) != 1 {
			return nil, fmt.Errorf("font %s has %d descendants", base, len(list))
		}
		f.readWidths(out, f.Dict(list[0]))
	}
	if s, ok := f.Resolve(d["ToUnicode"]).(*Stream); ok {
		readCMap(out, string(s.Data))
	}
	return out, nil
}

func (f *File) readWidths(out *font, d Dict) {
	out.other = 1000
	if d["DW"] != nil {
		out.other = f.Num(d["DW"])
	}
	w := f.Array(d["W"])
	for i := 0; i+1 < len(w); {
		first := int(f.Num(w[i]))
		if list, ok := f.Resolve(w[i+1]).([]any); ok {
			for k, v := range list {
				out.widths[first+k] = f.Num(v)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		for c := first; c <= int(f.Num(w[i+1])); c++ {
			out.widths[c] = f.Num(w[i+2])
		}
		i += 3
	}
}

var (
	charBlock  = regexp.MustCompile(`(?s)beginbfchar(.*?)endbfchar`)
	charPair   = regexp.MustCompile(`<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>`)
	rangeBlock = regexp.MustCompile(`(?s)beginbfrange(.*?)endbfrange`)
	rangeRow   = regexp.MustCompile(`<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>`)
)

func readCMap(out *font, s string) {
	number := func(s string) int {
		n, _ := strconv.ParseInt(s, 16, 64) // the expression lets only digits through
		return int(n)
	}
	for _, block := range charBlock.FindAllStringSubmatch(s, -1) {
		for _, m := range charPair.FindAllStringSubmatch(block[1], -1) {
			l := &lexer{b: []byte("<" + m[2] + ">")}
			raw, _ := l.hex()
			out.text[number(m[1])] = decodeUTF16(raw)
		}
	}
	for _, block := range rangeBlock.FindAllStringSubmatch(s, -1) {
		for _, m := range rangeRow.FindAllStringSubmatch(block[1], -1) {
			from, to, first := number(m[1]), number(m[2]), number(m[3])
			for c := from; c <= to && c-from < 1<<16; c++ {
				out.text[c] = string(rune(first + c - from))
			}
		}
	}
}

func (in *interpreter) textOp(op Operator) error {
	switch op {
	case "BT":
		if in.inText {
			return errors.New("text object inside a text object")
		}
		in.inText, in.lineX, in.lineY, in.x = true, 0, 0, 0
		return nil
	case "Tf":
		name, _ := in.args[0].(Name)
		in.size = in.num(1)
		if in.fonts[name] == nil {
			d := in.file.Dict(in.file.Dict(in.resources["Font"])[name])
			if d == nil {
				return fmt.Errorf("font %s is not in the resources", name)
			}
			f, err := in.file.readFont(d)
			if err != nil {
				return err
			}
			in.fonts[name] = f
		}
		in.font = in.fonts[name]
		return nil
	case "Tz":
		in.stretch = in.num(0) / 100
		return nil
	case "Ts":
		in.rise = in.num(0)
		return nil
	case "Tw", "Tc", "Tr", "J", "j", "M", "gs", "W", "W*":
		return nil
	}
	if !in.inText {
		return errors.New("text operator outside a text object")
	}
	switch op {
	case "ET":
		in.inText = false
	case "Td":
		in.lineX, in.lineY, in.x = in.lineX+in.num(0), in.lineY+in.num(1), 0
	case "Tj", "TJ":
		return in.show()
	default:
		return errOperator
	}
	return nil
}

func (in *interpreter) show() error {
	if in.font == nil {
		return errors.New("no font is set")
	}
	tag, mcid := in.tag()
	run := Run{Size: in.size, Font: in.font.name, Tag: tag, MCID: mcid, Color: in.fill}
	var text strings.Builder
	first := true
	for _, v := range in.file.Array(in.args[0]) {
		if off, ok := v.(float64); ok {
			in.x -= off / 1000 * in.size * in.stretch
			continue
		}
		s, ok := v.(string)
		if !ok {
			return errOperator
		}
		for i := 0; i+in.font.bytes <= len(s); i += in.font.bytes {
			code := int(s[i])
			if in.font.bytes == 2 {
				code = code<<8 | int(s[i+1])
			}
			g := in.glyph(code)
			if first {
				run.X, run.Y = g.X, g.Y
				first = false
			}
			run.Glyphs = append(run.Glyphs, g)
			text.WriteString(g.Text)
		}
	}
	if first {
		return nil
	}
	end, _ := in.ctm.apply(in.lineX+in.x, in.lineY)
	run.Width, run.Text = end-run.X, text.String()
	in.page.Runs = append(in.page.Runs, run)
	return nil
}

// glyph moves the pen by a glyph.
func (in *interpreter) glyph(code int) Glyph {
	w, ok := in.font.widths[code]
	if !ok {
		w = in.font.other
	}
	t, ok := in.font.text[code]
	if !ok && in.font.bytes == 1 {
		t = string(rune(code)) // of the Latin alphabet in all standard encodings
	}
	x, y := in.ctm.apply(in.lineX+in.x, in.lineY+in.rise)
	adv := w / 1000 * in.size * in.stretch
	in.x += adv
	return Glyph{X: x, Y: in.page.Height - y, Code: code, Text: t, Advance: adv}
}
