package svg

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"github.com/evbook/evbook/layouts"
)

// colorOf reads a colour (CSS Color 4, as far as pictures use it). alpha is 0 for none.
func colorOf(v string) (c layouts.Color, alpha float64, ok bool) {
	v = strings.ToLower(strings.TrimSpace(v))
	if v == "none" || v == "transparent" {
		return "", 0, true
	}
	if named, ok := colornames.Map[v]; ok {
		return hex(float64(named.R), float64(named.G), float64(named.B)), 1, true
	}
	if c, ok := laterNames[v]; ok {
		return c, 1, true
	}
	if strings.HasPrefix(v, "#") {
		return hexColor(v[1:])
	}
	if plain, _, ok := strings.Cut(v, " icc-color("); ok {
		return colorOf(plain)
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
		r, g, b := fromHSL(n[0], min(max(n[1], 0), 1), min(max(n[2], 0), 1))
		return hex(r, g, b), n[3], true
	}
	return "", 0, false
}

// laterNames are the colours that came after those of SVG, and those of a page (CSS Color 4 §6).
var laterNames = map[string]layouts.Color{"rebeccapurple": "#663399", "canvas": "#ffffff", "canvastext": "#000000"}

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
