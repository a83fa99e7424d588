package pdf

import (
	"fmt"
	"strings"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
)

// CodeOption is the code of an option that the format does not have, or of a value that it does not take.
const CodeOption diag.Code = "option-unknown"

// options are the settings of the format.
type options struct {
	urlNotes string // "on", "off", or empty: as the layout says
	qr       bool   // codes beside the slides and the video of a talk
	password string // empty: everybody may read the file
}

var optionNames = []string{"qr", "url-notes"}

// readOptions reads the settings strictly: what it does not know is reported, and the default holds.
func readOptions(list []render.Option, report diag.Reporter) options {
	var o options
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
		switch {
		case opt.Name != "qr" && opt.Name != "url-notes":
			hint := ""
			if near := diag.Nearest(opt.Name, optionNames); near != "" {
				hint = "did you mean " + near + "?"
			}
			wrong(opt, hint, "the format pdf has no option %s; it has %s", opt.Name, strings.Join(optionNames, " and "))
		case !ok:
			wrong(opt, "", "%s is on or off, not %q", opt.Name, opt.Value)
		case opt.Name == "qr":
			o.qr = on
		case on:
			o.urlNotes = "on"
		default:
			o.urlNotes = "off"
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
	if o.urlNotes == "" {
		return l
	}
	changed := *l
	changed.Text.URLNotes = o.urlNotes == "on"
	return &changed
}
