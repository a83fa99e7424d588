package pdf

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
)

// CodeOption is the code of an option that the format does not have, or of a value that it does not take.
const CodeOption diag.Code = "option-unknown"

// options are the settings of the format.
type options struct {
	design   map[string]bool // what a setting changes in the layout, by the name of the setting
	qr       bool            // codes beside the slides and the video of a talk
	password string          // empty: everybody may read the file
}

// designs are the settings that decide for a book what layouts decide for all books.
var designs = map[string]func(l *layouts.Layout, on bool){
	"url-notes":       func(l *layouts.Layout, on bool) { l.Text.URLNotes = on },
	"run-on":          func(l *layouts.Layout, on bool) { l.Talks.RunOn = on },
	"half-title":      func(l *layouts.Layout, on bool) { l.Front.HalfTitle = on },
	"list-of-tables":  func(l *layouts.Layout, on bool) { l.Front.Tables = on },
	"list-of-figures": func(l *layouts.Layout, on bool) { l.Front.Figures = on },
	"line-numbers":    func(l *layouts.Layout, on bool) { l.Code.Numbers = on },
}

func optionNames() []string { return append(slices.Sorted(maps.Keys(designs)), "qr") }

// readOptions reads the settings strictly: what it does not know is reported, and the default holds.
func readOptions(list []render.Option, report diag.Reporter) options {
	o := options{design: map[string]bool{}}
	wrong := func(opt render.Option, hint, format string, args ...any) {
		d := diag.Diagnostic{Severity: diag.Error, Code: CodeOption, Pos: opt.Pos, Message: fmt.Sprintf(format, args...)}
		if hint != "" {
			d.Hints = []string{hint}
		}
		if report != nil {
			report(d)
		}
	}
	for _, opt := range list {
		if opt.Name == "password" {
			if opt.Pos.IsZero() {
				o.password = opt.Value
			} else {
				wrong(opt, "--password-file names a file that holds it", "a password does not belong into the notes, where everybody reads it")
			}
			continue
		}
		on, ok := onOff(opt.Value)
		switch known := optionNames(); {
		case !slices.Contains(known, opt.Name):
			hint := ""
			if near := diag.Nearest(opt.Name, known); near != "" {
				hint = "did you mean " + near + "?"
			}
			wrong(opt, hint, "the format pdf has no option %s; it has %s", opt.Name, strings.Join(known, ", "))
		case !ok:
			wrong(opt, "", "%s is on or off, not %q", opt.Name, opt.Value)
		case opt.Name == "qr":
			o.qr = on
		default:
			o.design[opt.Name] = on
		}
	}
	return o
}

func onOff(value string) (on, ok bool) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "on", "true", "yes":
		return true, true
	case "off", "false", "no":
		return false, true
	}
	return false, false
}

// layout returns the layout with what the settings change in it.
func (o *options) layout(l *layouts.Layout) *layouts.Layout {
	if len(o.design) == 0 {
		return l
	}
	changed := *l
	for name, on := range o.design { // each changes something of its own
		designs[name](&changed, on)
	}
	return &changed
}
