package pdftest

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// matrix is a transformation [a b c d e f].
type matrix [6]float64

func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3], m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// state is the graphics state as far as tests look at it.
type state struct {
	ctm           matrix
	fill, stroke  string
	width         float64
	dashed        bool
	font          *font
	size, stretch float64
	rise          float64
}

// marked is an open marked content.
type marked struct {
	tag    string
	mcid   int
	actual *string // replacement text
	start  int     // runs painted before
}

// interpreter runs a content stream.
type interpreter struct {
	file      *File
	page      *Page
	resources Dict
	fonts     map[Name]*font

	state
	stack  []state
	marks  []marked
	lineX  float64 // text line
	lineY  float64
	x      float64 // pen, from the line's start
	path   [][]float64
	inText bool
	args   []any
}

func (f *File) readContents(p *Page, resources Dict) error {
	in := &interpreter{
		file: f, page: p, resources: resources, fonts: map[Name]*font{},
		state: state{ctm: matrix{1, 0, 0, 1, 0, 0}, stretch: 1, width: 1, fill: "0", stroke: "0"},
	}
	for _, c := range f.Array(p.Dict["Contents"]) {
		s, ok := f.Resolve(c).(*Stream)
		if !ok {
			return errors.New("contents are no stream")
		}
		if err := in.stream(s); err != nil {
			return err
		}
	}
	if len(in.stack) > 0 || len(in.marks) > 0 || in.inText {
		return errors.New("something was opened and not closed")
	}
	return nil
}

// stream runs the operators of a content stream.
func (in *interpreter) stream(s *Stream) error {
	l := &lexer{b: s.Data}
	for {
		v, err := l.object()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		op, ok := v.(Operator)
		if !ok {
			in.args = append(in.args, v)
			continue
		}
		if err := in.run(op); err != nil {
			return fmt.Errorf("operator %s %v: %w", op, in.args, err)
		}
		in.args = in.args[:0]
	}
}

// form runs a form XObject (§8.10), whose operators are marked as the one that paints it is.
func (in *interpreter) form(s *Stream) error {
	stack, resources, fonts := in.stack, in.resources, in.fonts
	outside := in.state
	in.stack, in.resources, in.fonts, in.args = nil, in.file.Dict(s.Dict["Resources"]), map[Name]*font{}, nil
	if err := in.stream(s); err != nil {
		return err
	}
	if len(in.stack) > 0 || in.inText {
		return errors.New("something was opened in a form and not closed")
	}
	in.stack, in.resources, in.fonts, in.state = stack, resources, fonts, outside
	return nil
}

var errOperator = errors.New("unknown operator or wrong operands")

// operands is how many operands the known operators take; -1 any number.
var operands = map[Operator]int{
	"q": 0, "Q": 0, "cm": 6, "w": 1, "d": 2, "J": 1, "j": 1, "M": 1, "g": 1, "G": 1, "rg": 3, "RG": 3, "k": 4, "K": 4,
	"re": 4, "m": 2, "l": 2, "c": 6, "h": 0, "f": 0, "f*": 0, "S": 0, "s": 0, "B": 0, "B*": 0, "n": 0, "W": 0, "W*": 0,
	"BT": 0, "ET": 0, "Td": 2, "Tm": 6, "Tf": 2, "Tz": 1, "Ts": 1, "Tw": 1, "Tc": 1, "Tr": 1, "Tj": 1, "TJ": 1,
	"BDC": 2, "BMC": 1, "EMC": 0, "Do": 1, "gs": 1, "cs": 1, "CS": 1, "scn": 1, "SCN": 1, "sh": 1,
}

func (in *interpreter) num(i int) float64 { return in.file.Num(in.args[i]) }

func (in *interpreter) color() string {
	parts := make([]string, len(in.args))
	for i := range in.args {
		parts[i] = fmt.Sprint(in.num(i))
	}
	return strings.Join(parts, " ")
}

func (in *interpreter) run(op Operator) error {
	n, ok := operands[op]
	if !ok || n != len(in.args) {
		return errOperator
	}
	switch op {
	case "q":
		in.stack = append(in.stack, in.state)
	case "Q":
		if len(in.stack) == 0 {
			return errors.New("nothing to restore")
		}
		in.state = in.stack[len(in.stack)-1]
		in.stack = in.stack[:len(in.stack)-1]
	case "cm":
		in.ctm = matrix{in.num(0), in.num(1), in.num(2), in.num(3), in.num(4), in.num(5)}.mul(in.ctm)
	case "w":
		in.width = in.num(0)
	case "d":
		list := in.file.Array(in.args[0])
		in.dashed = len(list) > 1 && in.file.Num(list[1]) > 0
	case "g", "rg", "k":
		in.fill = in.color()
	case "G", "RG", "K":
		in.stroke = in.color()
	case "BDC", "BMC", "EMC":
		return in.mark(op)
	case "cs", "CS", "sh":
	case "scn":
		in.fill = fmt.Sprint(in.args[0])
	case "SCN":
		in.stroke = fmt.Sprint(in.args[0])
	case "Do":
		name, _ := in.args[0].(Name)
		if s, ok := in.file.Resolve(in.file.Dict(in.resources["XObject"])[name]).(*Stream); ok && s.Dict["Subtype"] == Name("Form") {
			return in.form(s)
		}
		in.paintObject()
	case "re", "m", "l", "c", "h", "f", "f*", "S", "s", "B", "B*", "n":
		in.pathOp(op)
	default:
		return in.textOp(op)
	}
	return nil
}

// tag is the innermost structure type or "Artifact", and the innermost MCID.
func (in *interpreter) tag() (string, int) {
	for _, v := range slices.Backward(in.marks) {
		if m := v; m.mcid >= 0 || m.tag == "Artifact" {
			return m.tag, m.mcid
		}
	}
	return "", -1
}

func (in *interpreter) mark(op Operator) error {
	if op == "EMC" {
		if len(in.marks) == 0 {
			return errors.New("no marked content is open")
		}
		m := in.marks[len(in.marks)-1]
		in.replaceText(m)
		in.marks = in.marks[:len(in.marks)-1]
		return nil
	}
	tag, _ := in.args[0].(Name)
	m := marked{tag: string(tag), mcid: -1, start: len(in.page.Runs)}
	if op == "BDC" {
		d, _ := in.args[1].(Dict)
		if id, ok := d["MCID"].(float64); ok {
			m.mcid = int(id)
		}
		if s, ok := d["ActualText"]; ok {
			text := Text(s)
			m.actual = &text
		}
	}
	if outer, _ := in.tag(); outer != "" && (m.mcid >= 0 || m.tag == "Artifact") {
		return fmt.Errorf("%s inside %s", m.tag, outer)
	}
	in.marks = append(in.marks, m)
	return nil
}

// replaceText gives the first run of a marked content its replacement text, and the others none. It also notes the text
// of marked content for the structure tree.
func (in *interpreter) replaceText(m marked) {
	runs := in.page.Runs[m.start:]
	if m.actual != nil {
		for i := range runs {
			runs[i].Text = ""
		}
		if len(runs) > 0 {
			runs[0].Text = *m.actual
		}
	}
	if m.mcid >= 0 {
		texts := []string{}
		for _, r := range runs {
			texts = append(texts, r.Text)
		}
		in.page.marks[m.mcid] = append(in.page.marks[m.mcid], texts...)
	}
}

func (in *interpreter) paintObject() {
	name, _ := in.args[0].(Name)
	object, _ := in.file.Dict(in.resources["XObject"])[name].(Ref)
	x1, y1 := in.ctm.apply(0, 0)
	x2, y2 := in.ctm.apply(1, 1)
	tag, _ := in.tag()
	in.page.Images = append(in.page.Images, Image{
		X: min(x1, x2), Y: in.page.Height - max(y1, y2), W: abs(x2 - x1), H: abs(y2 - y1), Object: object, Tag: tag,
	})
}

func abs(f float64) float64 { return max(f, -f) }

// pathOp collects rectangles and single lines; curves only as their end points.
func (in *interpreter) pathOp(op Operator) {
	switch op {
	case "m", "l":
		in.path = append(in.path, []float64{in.num(0), in.num(1)})
	case "c":
		in.path = append(in.path, []float64{in.num(4), in.num(5)})
	case "re":
		in.path = append(in.path, []float64{in.num(0), in.num(1), in.num(2), in.num(3)})
	case "f", "f*", "B", "B*", "S", "s":
		in.paintPath(op)
		in.path = nil
	case "n":
		in.path = nil
	}
}

func (in *interpreter) paintPath(op Operator) {
	tag, mcid := in.tag()
	for _, r := range in.path {
		if len(r) == 4 && op != "S" {
			x, y := in.ctm.apply(r[0], r[1])
			x2, y2 := in.ctm.apply(r[0]+r[2], r[1]+r[3])
			in.page.Rects = append(in.page.Rects, Rect{
				X: min(x, x2), Y: in.page.Height - max(y, y2), W: abs(x2 - x), H: abs(y2 - y), Color: in.fill, Tag: tag, MCID: mcid,
			})
		}
	}
	if len(in.path) == 2 && len(in.path[0]) == 2 && op == "S" {
		x1, y1 := in.ctm.apply(in.path[0][0], in.path[0][1])
		x2, y2 := in.ctm.apply(in.path[1][0], in.path[1][1])
		in.page.Lines = append(in.page.Lines, Line{
			X1: x1, Y1: in.page.Height - y1, X2: x2, Y2: in.page.Height - y2, Width: in.width, Dashed: in.dashed, Tag: tag,
		})
	}
}
