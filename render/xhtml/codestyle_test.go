package xhtml

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/render/highlight"
)

// luminance and contrast follow WCAG 2.2, "relative luminance" and "contrast ratio".
func luminance(t *testing.T, c layouts.Color) float64 {
	t.Helper()
	v, err := strconv.ParseUint(strings.TrimPrefix(string(c), "#"), 16, 32)
	if err != nil || !isColor(c) {
		t.Fatalf("%q is no colour", c)
	}
	channel := func(shift uint) float64 {
		s := float64(v>>shift&255) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// Every token can be read on the pages that reading systems show: white and sepia, black and dark grey.
func TestTokenContrast(t *testing.T) {
	palettes := map[string]map[string]layouts.Token{"default": {}}
	for k, tok := range tokenLook {
		palettes["default"][string(k)] = tok
	}
	for name, palette := range palettes {
		for kind, tok := range palette {
			for _, page := range []layouts.Color{"#ffffff", "#fbf0d9"} {
				if c := contrast(luminance(t, tok.Color), luminance(t, page)); c < 4.5 {
					t.Errorf("%s: %s %s on %s has a contrast of %.2f", name, kind, tok.Color, page, c)
				}
			}
			for _, page := range []layouts.Color{"#000000", "#2a2a2a"} {
				if c := contrast(luminance(t, tok.Dark), luminance(t, page)); c < 4.5 {
					t.Errorf("%s: %s %s on %s has a contrast of %.2f", name, kind, tok.Dark, page, c)
				}
			}
		}
	}
}

// The layout's palette replaces the default; what is no colour does not reach the sheet.
func TestCodeStyle(t *testing.T) {
	got := CodeStyle(map[string]layouts.Token{"keyword": {Color: "#010203", Dark: "#a0b0c0", Bold: true}, "string": {Color: "red;}"}, "number": {Color: "#040506"}})
	want := "/* The tokens of listings. */\n.hl-keyword { color: #010203; font-weight: bold; }\n.hl-number { color: #040506; }\n" +
		"@media (prefers-color-scheme: dark) {\n  .hl-keyword { color: #a0b0c0; }\n  .hl-number { color: inherit; }\n}\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if sheet := CodeStyle(nil); !strings.Contains(sheet, ".hl-"+string(highlight.Keyword)) {
		t.Errorf("no default for keywords in\n%s", sheet)
	}
}
