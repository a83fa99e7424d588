package html

import (
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
)

// options are the settings of the format.
type options struct {
	css    string   // path of a style sheet in the notes folder that follows the program's own; empty for none
	cssPos diag.Pos // of the setting
	embed  bool     // typefaces of its own
}

// readOptions reads the settings strictly: what it does not know is reported, and the default holds.
func readOptions(list []render.Option, report diag.Reporter) options {
	var o options
	for _, opt := range list {
		switch opt.Name {
		case "css":
			o.css, o.cssPos = strings.TrimSpace(opt.Value), opt.Pos
		case "fonts":
			switch value := strings.ToLower(strings.TrimSpace(opt.Value)); value {
			case "embed", "none":
				o.embed = value == "embed"
			default:
				opt.Wrong(report, value, []string{"embed", "none"}, "fonts is embed or none, not %q", opt.Value)
			}
		default:
			opt.Wrong(report, opt.Name, []string{"css", "fonts"}, "the format html has no option %s; it has css and fonts", opt.Name)
		}
	}
	return o
}
