package svg

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"github.com/evbook/evbook/layouts"
)

// sheet holds the rules of a picture's style elements: simple selectors of an element, a class or an id, the more particular
// ones and then the later ones winning (§6).
type sheet struct{ rules []rule }

type rule struct {
	name, class, id string
	decls           [][2]string
}

func (r *rule) weight() int {
	w := 0
	for i, part := range []string{r.name, r.class, r.id} {
		if part != "" {
			w += []int{1, 10, 100}[i]
		}
	}
	return w
}

// maxRules bounds the work of matching every element against every rule.
const maxRules = 2000

// add reads a style sheet. At-rules and selectors of more than one step are passed over.
func (s *sheet) add(css string) {
	for {
		i := strings.Index(css, "/*")
		if i < 0 {
			break
		}
		j := strings.Index(css[i:], "*/")
		if j < 0 {
			css = css[:i]
			break
		}
		css = css[:i] + " " + css[i+j+2:]
	}
	for len(s.rules) < maxRules {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			return
		}
		end := strings.IndexByte(css[open:], '}')
		if end < 0 {
			return
		}
		head, body := css[:open], css[open+1:open+end]
		css = css[open+end+1:]
		if strings.Contains(head, "@") {
			continue
		}
		decls := declarations(body)
		for sel := range strings.SplitSeq(head, ",") {
			if r, ok := selector(strings.TrimSpace(sel)); ok {
				r.decls = decls
				s.rules = append(s.rules, r)
			}
		}
	}
}

func selector(s string) (r rule, ok bool) {
	if s == "" || strings.ContainsAny(s, " >+~[]:\t\n") {
		return r, false
	}
	if s == "*" {
		return r, true
	}
	for s != "" {
		end := strings.IndexAny(s[1:], ".#") + 1
		if end == 0 {
			end = len(s)
		}
		switch part := s[:end]; part[0] {
		case '.':
			r.class = part[1:]
		case '#':
			r.id = part[1:]
		default:
			r.name = strings.TrimPrefix(part, "*")
		}
		s = s[end:]
	}
	return r, true
}

func declarations(body string) (out [][2]string) {
	for d := range strings.SplitSeq(body, ";") {
		k, v, ok := strings.Cut(d, ":")
		if !ok {
			continue
		}
		v = strings.TrimSpace(v)
		if i := strings.Index(v, "!"); i >= 0 {
			v = strings.TrimSpace(v[:i])
		}
		out = append(out, [2]string{strings.ToLower(strings.TrimSpace(k)), v})
	}
	return out
}

// of returns what the rules say of an element, weakest first.
func (s *sheet) of(e *element) [][2]string {
	if len(s.rules) == 0 {
		return nil
	}
	classes := strings.Fields(e.attrs["class"])
	var match []*rule
	for i := range s.rules {
		r := &s.rules[i]
		if (r.name == "" || r.name == e.name) && (r.id == "" || r.id == e.attrs["id"]) && (r.class == "" || slices.Contains(classes, r.class)) {
			match = append(match, r)
		}
	}
	slices.SortStableFunc(match, func(a, b *rule) int { return cmp.Compare(a.weight(), b.weight()) })
	var out [][2]string
	for _, r := range match {
		out = append(out, r.decls...)
	}
	return out
}

// style is what elements hand down to what is in them, and what they paint with.
type style struct {
	fill, stroke     string // as written
	color            string
	fillOpacity      float64
	strokeOpacity    float64
	opacity          float64 // of this element and of all around it
	width            float64
	evenOdd          bool
	cap, join        string
	miter            float64
	dash             []float64
	dashOffset       float64
	family           string
	size             float64
	weight           int
	italic           bool
	anchor, baseline string
	start, mid, end  string // markers
	hidden           bool
	rtl              bool
}

func rootStyle() style {
	return style{
		fill: "black", stroke: "none", color: "black", fillOpacity: 1, strokeOpacity: 1, opacity: 1, width: 1, miter: 4,
		size: 16, weight: 400,
	}
}

// properties are those that may be attributes, too.
var properties = []string{
	"color", "fill", "stroke", "fill-opacity", "stroke-opacity", "opacity", "stroke-width", "fill-rule", "stroke-linecap",
	"stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "font", "font-family", "font-size", "font-weight",
	"font-style", "text-anchor", "dominant-baseline", "alignment-baseline", "marker-start", "marker-mid", "marker-end", "visibility",
	"display", "direction", "filter", "mask", "clip-path", "baseline-shift",
}

// own collects the properties of an element: attributes, then rules, then its style attribute.
func (p *painter) own(e *element) map[string]string {
	out := map[string]string{}
	for _, name := range properties {
		if v, ok := e.attrs[name]; ok {
			out[name] = strings.TrimSpace(v)
		}
	}
	for _, d := range p.rules.of(e) {
		out[d[0]] = d[1]
	}
	for _, d := range declarations(e.attrs["style"]) {
		out[d[0]] = d[1]
	}
	return out
}

// inherit returns the style of an element with properties inside st.
func (st style) inherit(props map[string]string) style {
	st.baseline = "" // is not handed down
	set := func(name string, to *string) {
		if v := props[name]; v != "" && v != "inherit" {
			*to = v
		}
	}
	number := func(name string, to *float64, least, most float64) {
		if v, ok := props[name]; ok {
			if f, ok := lengthOf(v, st.size, 100); ok && f >= least && f <= most {
				*to = f
			}
		}
	}
	if v, ok := props["font"]; ok {
		st.shorthand(v)
	}
	set("color", &st.color)
	set("fill", &st.fill)
	set("stroke", &st.stroke)
	number("font-size", &st.size, 0, maxNumber)
	number("fill-opacity", &st.fillOpacity, 0, 1)
	number("stroke-opacity", &st.strokeOpacity, 0, 1)
	number("stroke-width", &st.width, 0, maxNumber)
	number("stroke-miterlimit", &st.miter, 1, maxNumber)
	number("stroke-dashoffset", &st.dashOffset, -maxNumber, maxNumber)
	own := 1.0
	number("opacity", &own, 0, 1)
	st.opacity *= own
	set("stroke-linecap", &st.cap)
	set("stroke-linejoin", &st.join)
	set("font-family", &st.family)
	set("text-anchor", &st.anchor)
	set("dominant-baseline", &st.baseline)
	set("alignment-baseline", &st.baseline)
	set("marker-start", &st.start)
	set("marker-mid", &st.mid)
	set("marker-end", &st.end)
	if v, ok := props["fill-rule"]; ok {
		st.evenOdd = v == "evenodd"
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
		st.dash = dashes(v, st.size)
	}
	return st
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

func dashes(v string, em float64) []float64 {
	if v == "none" {
		return nil
	}
	var out []float64
	sum := 0.0
	for _, f := range strings.FieldsFunc(v, isSeparator) {
		n, ok := lengthOf(f, em, 100)
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

// colorOf reads a colour (CSS Color 4, as far as pictures use it). alpha is 0 for none.
func colorOf(v string) (c layouts.Color, alpha float64, ok bool) {
	v = strings.ToLower(strings.TrimSpace(v))
	if v == "none" || v == "transparent" {
		return "", 0, true
	}
	if named, ok := colornames.Map[v]; ok {
		return hex(float64(named.R), float64(named.G), float64(named.B)), 1, true
	}
	if strings.HasPrefix(v, "#") {
		return hexColor(v[1:])
	}
	open := strings.IndexByte(v, '(')
	if open < 0 || !strings.HasSuffix(v, ")") {
		return "", 0, false
	}
	args := strings.FieldsFunc(v[open+1:len(v)-1], func(r rune) bool { return isSeparator(r) || r == '/' })
	if len(args) < 3 {
		return "", 0, false
	}
	var n [4]float64
	n[3] = 1
	for i := range min(len(args), 4) {
		whole := 255.0
		if i == 3 {
			whole = 1
		} else if strings.HasPrefix(v, "hsl") && i > 0 {
			whole = 1
		}
		f, ok := lengthOf(strings.TrimSuffix(args[i], "deg"), 16, whole)
		if !ok {
			return "", 0, false
		}
		n[i] = f
	}
	n[3] = min(max(n[3], 0), 1)
	switch {
	case strings.HasPrefix(v, "rgb"):
		return hex(n[0], n[1], n[2]), n[3], true
	case strings.HasPrefix(v, "hsl"):
		r, g, b := fromHSL(n[0], n[1], n[2])
		return hex(r, g, b), n[3], true
	}
	return "", 0, false
}

func hexColor(v string) (layouts.Color, float64, bool) {
	if len(v) == 3 || len(v) == 4 {
		var b strings.Builder
		for _, r := range v {
			b.WriteRune(r)
			b.WriteRune(r)
		}
		v = b.String()
	}
	n, err := strconv.ParseUint(v, 16, 32)
	switch {
	case err != nil:
		return "", 0, false
	case len(v) == 6:
		return layouts.Color("#" + v), 1, true
	case len(v) == 8:
		return layouts.Color("#" + v[:6]), float64(n&255) / 255, true
	}
	return "", 0, false
}

func hex(r, g, b float64) layouts.Color {
	var out [7]byte
	out[0] = '#'
	for i, v := range []float64{r, g, b} {
		n := int(math.Round(min(max(v, 0), 255)))
		out[1+2*i], out[2+2*i] = "0123456789abcdef"[n>>4], "0123456789abcdef"[n&15]
	}
	return layouts.Color(out[:])
}

// fromHSL converts a hue in degrees, saturation and lightness (CSS Color 4 §7).
func fromHSL(h, s, l float64) (r, g, b float64) {
	h = math.Mod(math.Mod(h, 360)+360, 360) / 30
	f := func(n float64) float64 {
		k := math.Mod(n+h, 12)
		return 255 * (l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1)))
	}
	return f(0), f(8), f(4)
}
