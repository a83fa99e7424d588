package svg

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// style is what elements hand down to what is in them, and what they paint with.
type style struct {
	fill, stroke         string // as written
	contextFill          string // of the path whose marker this is
	contextStroke        string
	color                string
	fillOpacity          float64
	strokeOpacity        float64
	width                float64
	evenOdd, clipEvenOdd bool
	cap, join            string
	miter                float64
	dash                 []float64
	dashOffset           float64
	family               string
	size                 float64
	weight               int
	italic               bool
	underline, through   bool
	letters, words       float64 // more space between them
	anchor, baseline     string
	shift                float64 // of the baseline, upwards
	start, mid, end      string  // markers
	hidden               bool
	rtl                  bool
	strokeFirst          bool              // the stroke is painted behind the fill
	fixedStroke          bool              // strokes do not grow with the coordinates; not handed down
	diagonal             float64           // of the picture, what percentages of widths are of
	vars                 map[string]string // custom properties; never changed
	align                string            // of text in boxes
	leading              float64           // of text in boxes, in ems; negative: in pixels
	space                string            // white-space
}

func rootStyle() style {
	return style{
		fill: "black", stroke: "none", color: "black", fillOpacity: 1, strokeOpacity: 1, width: 1, miter: 4, size: 16, weight: 400, leading: 1.2,
	}
}

// properties are those that may be attributes, too.
var properties = []string{
	"color", "fill", "stroke", "fill-opacity", "stroke-opacity", "opacity", "stroke-width", "fill-rule", "clip-rule", "stroke-linecap",
	"stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "font", "font-family", "font-size", "font-weight",
	"font-style", "text-anchor", "text-decoration", "letter-spacing", "word-spacing", "dominant-baseline", "alignment-baseline",
	"marker", "marker-start", "marker-mid", "marker-end", "visibility", "display", "direction", "filter", "mask", "clip-path",
	"baseline-shift", "paint-order", "vector-effect", "stop-color", "stop-opacity", "mix-blend-mode", "mask-type", "overflow", "transform-origin",
}

// own collects the properties of an element: attributes, then rules, then its style attribute. They are read only.
func (p *painter) own(e *element) map[string]string {
	if out, ok := p.props[e]; ok {
		return out
	}
	out := map[string]string{}
	if !e.html {
		for _, name := range properties {
			if v, ok := e.attrs[name]; ok {
				out[name] = strings.TrimSpace(v)
			}
		}
	}
	p.rules.apply(e, out)
	p.props[e] = out
	return out
}

// vary resolves the variables in properties.
func (st *style) vary(props map[string]string) map[string]string {
	var out map[string]string
	for _, k := range slices.Sorted(maps.Keys(props)) {
		v := props[k]
		if strings.HasPrefix(k, "--") && len(st.vars) < 1000 {
			vars := maps.Clone(st.vars)
			if vars == nil {
				vars = map[string]string{}
			}
			vars[k] = resolve(v, vars, 0)
			st.vars = vars
		}
	}
	for k, v := range props {
		if strings.Contains(v, "var(") || strings.Contains(v, "light-dark(") {
			if out == nil {
				out = maps.Clone(props)
			}
			out[k] = resolve(v, st.vars, 0)
		}
	}
	if out != nil {
		return out
	}
	return props
}

// namedSizes are the sizes of type by name (CSS Fonts 4 §2.5), in pixels.
var namedSizes = map[string]float64{"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}

// inherit returns the style of an element with properties inside st.
func (st style) inherit(props map[string]string) style {
	st.baseline, st.fixedStroke = "", false // are not handed down
	props = st.vary(props)
	set := func(name string, to *string) {
		if v := props[name]; v != "" && v != "inherit" {
			*to = v
		}
	}
	number := func(name string, to *float64, least, most float64) {
		if v, ok := props[name]; ok {
			whole := 100.0
			switch {
			case name == "stroke-width" || name == "stroke-dashoffset":
				whole = st.diagonal
			case most == 1:
				whole = 1
			case name == "font-size":
				whole = st.size
				if named, ok := namedSizes[v]; ok {
					*to = named
					return
				}
			}
			if f, ok := lengthOf(v, st.size, whole); ok && f >= least && f <= most {
				*to = f
			}
		}
	}
	if v, ok := props["font"]; ok {
		st.shorthand(v)
	}
	for name, to := range map[string]*string{"color": &st.color, "fill": &st.fill, "stroke": &st.stroke} {
		if paintable(props[name]) {
			set(name, to)
		}
	}
	number("font-size", &st.size, 0, maxNumber)
	number("fill-opacity", &st.fillOpacity, 0, 1)
	number("stroke-opacity", &st.strokeOpacity, 0, 1)
	number("stroke-width", &st.width, 0, maxNumber)
	number("stroke-miterlimit", &st.miter, 1, maxNumber)
	number("stroke-dashoffset", &st.dashOffset, -maxNumber, maxNumber)
	number("letter-spacing", &st.letters, -maxNumber, maxNumber)
	number("word-spacing", &st.words, -maxNumber, maxNumber)
	set("stroke-linecap", &st.cap)
	set("stroke-linejoin", &st.join)
	set("font-family", &st.family)
	set("text-anchor", &st.anchor)
	set("dominant-baseline", &st.baseline)
	set("alignment-baseline", &st.baseline)
	for _, m := range []*string{&st.start, &st.mid, &st.end} {
		set("marker", m)
	}
	set("marker-start", &st.start)
	set("marker-mid", &st.mid)
	set("marker-end", &st.end)
	if v, ok := props["fill-rule"]; ok {
		st.evenOdd = v == "evenodd"
	}
	if v, ok := props["clip-rule"]; ok {
		st.clipEvenOdd = v == "evenodd"
	}
	if v, ok := props["letter-spacing"]; ok && v == "normal" {
		st.letters = 0
	}
	if v, ok := props["paint-order"]; ok {
		fill, stroke := strings.Index(v, "fill"), strings.Index(v, "stroke")
		st.strokeFirst = stroke >= 0 && (fill < 0 || stroke < fill)
	}
	st.fixedStroke = props["vector-effect"] == "non-scaling-stroke"
	for _, name := range []string{"text-decoration", "text-decoration-line"} {
		if v, ok := props[name]; ok {
			st.underline = strings.Contains(v, "underline")
			st.through = strings.Contains(v, "line-through")
		}
	}
	set("text-align", &st.align)
	set("white-space", &st.space)
	if v := props["line-height"]; v != "" {
		st.setLeading(v)
	}
	if v, ok := props["baseline-shift"]; ok {
		st.shiftBaseline(v)
	}
	if v, ok := props["visibility"]; ok {
		st.hidden = v != "visible" && v != "inherit"
	}
	if v, ok := props["direction"]; ok {
		st.rtl = v == "rtl"
	}
	if v, ok := props["font-style"]; ok {
		st.italic = v == "italic" || v == "oblique"
	}
	if v, ok := props["font-weight"]; ok {
		st.weight = weightOf(v, st.weight)
	}
	if v, ok := props["stroke-dasharray"]; ok {
		st.dash = dashes(v, st.size, st.diagonal)
	}
	return st
}

// paintable reports whether a value is a paint, also one that is not known; other words are as if they were not there.
func paintable(v string) bool {
	switch strings.ToLower(v) {
	case "currentcolor", "context-fill", "context-stroke", "inherit":
		return true
	}
	_, _, ok := colorOf(v)
	return ok || strings.Contains(v, "(")
}

// setLeading reads the distance of lines: a factor or a length.
func (st *style) setLeading(v string) {
	if v == "normal" {
		st.leading = 1.2
	} else if f, err := strconv.ParseFloat(v, 64); err == nil && f > 0 && f < 100 {
		st.leading = f
	} else if f, ok := lengthOf(v, st.size, st.size); ok && f > 0 {
		st.leading = -f
	}
}

// line is the distance of lines in pixels.
func (st *style) line() float64 {
	if st.leading < 0 {
		return -st.leading
	}
	return st.leading * st.size
}

// shiftBaseline reads how far text is raised (§10.9.2).
func (st *style) shiftBaseline(v string) {
	switch v {
	case "baseline":
		st.shift = 0
	case "super":
		st.shift += st.size * 0.33
	case "sub":
		st.shift -= st.size * 0.2
	default:
		if f, ok := lengthOf(v, st.size, st.size); ok {
			st.shift += f
		}
	}
}

// shorthand reads the font property as far as it says slope, weight, size and family.
func (st *style) shorthand(v string) {
	fields := strings.Fields(v)
	for i, f := range fields {
		switch {
		case f == "italic" || f == "oblique":
			st.italic = true
		case f == "bold" || f == "bolder" || weightOf(f, -1) > 0:
			st.weight = weightOf(f, st.weight)
		default:
			size, _, _ := strings.Cut(f, "/")
			if n, ok := lengthOf(size, st.size, st.size); ok && n > 0 {
				st.size = n
				st.family = strings.Join(fields[i+1:], " ")
				return
			}
		}
	}
}

func weightOf(v string, now int) int {
	switch v {
	case "bold", "bolder":
		return 700
	case "normal":
		return 400
	case "lighter":
		return 300
	}
	if n, err := strconv.Atoi(v); err == nil && n >= 100 && n <= 900 {
		return n
	}
	return now
}

func dashes(v string, em, whole float64) []float64 {
	if v == "none" {
		return nil
	}
	var out []float64
	sum := 0.0
	for _, f := range strings.FieldsFunc(v, isSeparator) {
		n, ok := lengthOf(f, em, whole)
		if !ok || n < 0 || len(out) >= 32 {
			return nil
		}
		out = append(out, n)
		sum += n
	}
	if sum <= 0 {
		return nil
	}
	if len(out)%2 == 1 { // an odd list is run through twice (§11.4)
		out = append(out, out...)
	}
	return out
}

func isSeparator(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' }

var unitsOf = []struct {
	suffix string
	px     float64
}{{"px", 1}, {"pt", 96.0 / 72}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}, {"Q", 96 / 101.6}}

// lengthOf reads a length in pixels; percentages are of whole, ems of em.
func lengthOf(v string, em, whole float64) (float64, bool) {
	v = strings.TrimSpace(v)
	factor := 1.0
	switch {
	case strings.HasSuffix(v, "%"):
		v, factor = v[:len(v)-1], whole/100
	case strings.HasSuffix(v, "rem"):
		v, factor = v[:len(v)-3], 16
	case strings.HasSuffix(v, "em"):
		v, factor = v[:len(v)-2], em
	case strings.HasSuffix(v, "ex"):
		v, factor = v[:len(v)-2], em/2
	default:
		for _, u := range unitsOf {
			if rest, ok := strings.CutSuffix(v, u.suffix); ok {
				v, factor = rest, u.px
				break
			}
		}
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > maxNumber {
		return 0, false
	}
	return f * factor, true
}
