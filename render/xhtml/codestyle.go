package xhtml

import (
	"fmt"
	"strings"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/render/highlight"
)

// tokenLook is how tokens look when the layout says nothing: every colour has a contrast of at least 4.5:1, the first on
// white, the second on black and dark grey; keywords and comments differ without colour too.
var tokenLook = map[highlight.Kind]layouts.Token{
	highlight.Keyword:  {Color: "#7a1f5c", Dark: "#ff9ed8", Bold: true},
	highlight.Type:     {Color: "#1f5c7a", Dark: "#8fd3f0"},
	highlight.Function: {Color: "#1a4fa3", Dark: "#a5c8ff"},
	highlight.Builtin:  {Color: "#5a3d99", Dark: "#cdb7ff"},
	highlight.String:   {Color: "#2d6a1f", Dark: "#a8e08f"},
	highlight.Number:   {Color: "#8a4100", Dark: "#ffc48a"},
	highlight.Comment:  {Color: "#5f5f5f", Dark: "#b8b8b8", Italic: true},
	highlight.Prompt:   {Color: "#5f5f5f", Dark: "#b8b8b8", Bold: true},
	highlight.Output:   {Color: "#4d4d4d", Dark: "#c8c8c8"},
	highlight.Inserted: {Color: "#1f6a2d", Dark: "#8fe0a0"},
	highlight.Deleted:  {Color: "#a11d1d", Dark: "#ffaaaa"},
	highlight.Key:      {Color: "#1a4fa3", Dark: "#a5c8ff"},
}

// CodeStyle returns the style sheet for the tokens of listings, by kind; without tokens, a palette that reads well on white,
// on black and without colours. The rules for dark pages come last.
func CodeStyle(tokens map[string]layouts.Token) string {
	look := func(k highlight.Kind) layouts.Token {
		if t, ok := tokens[string(k)]; ok {
			return t
		}
		if len(tokens) > 0 {
			return layouts.Token{} // the layout's palette is complete: it leaves out what it does not distinguish
		}
		return tokenLook[k]
	}
	var light, dark strings.Builder
	for _, k := range highlight.Kinds {
		t := look(k)
		var rules []string
		if isColor(t.Color) {
			rules = append(rules, "color: "+string(t.Color))
		}
		if t.Bold {
			rules = append(rules, "font-weight: bold")
		}
		if t.Italic {
			rules = append(rules, "font-style: italic")
		}
		if len(rules) > 0 {
			fmt.Fprintf(&light, ".hl-%s { %s; }\n", k, strings.Join(rules, "; "))
		}
		switch {
		case isColor(t.Dark):
			fmt.Fprintf(&dark, "  .hl-%s { color: %s; }\n", k, t.Dark)
		case isColor(t.Color):
			fmt.Fprintf(&dark, "  .hl-%s { color: inherit; }\n", k)
		}
	}
	return "/* The tokens of listings. */\n" + light.String() +
		"@media (prefers-color-scheme: dark) {\n" + dark.String() + "}\n"
}

// isColor reports whether c is a colour in the form #rrggbb.
func isColor(c layouts.Color) bool {
	if len(c) != 7 || c[0] != '#' {
		return false
	}
	return strings.Trim(strings.ToLower(string(c[1:])), "0123456789abcdef") == ""
}
