package epub

import (
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
)

// profile is the family of reading systems that a book is made for.
type profile string

// The profiles. Generic books are for all reading systems; the others give up a little for one that has needs of its own.
const (
	generic profile = "generic"
	kobo    profile = "kobo"   // pieces of text have the ids by which Kobo's engine keeps places and highlights
	kindle  profile = "kindle" // plain style sheet, contents of two levels, no MathML, tables as they are
)

// options are the settings of the format.
type options struct {
	profile profile
	embed   bool // typefaces for listings and rare characters
}

// readOptions reads the settings strictly: what it does not know is reported, and the default holds.
func readOptions(list []render.Option, report diag.Reporter) options {
	o := options{profile: generic}
	for _, opt := range list {
		value := strings.ToLower(strings.TrimSpace(opt.Value))
		switch opt.Name {
		case "profile":
			switch p := profile(value); p {
			case generic, kobo, kindle:
				o.profile = p
			default:
				known := []string{string(generic), string(kobo), string(kindle)}
				opt.Wrong(report, value, known, "there is no profile %q: known are %s", opt.Value, strings.Join(known, ", "))
			}
		case "fonts":
			switch value {
			case "embed":
				o.embed = true
			case "none":
				o.embed = false
			default:
				opt.Wrong(report, value, []string{"embed", "none"}, "fonts is embed or none, not %q", opt.Value)
			}
		default:
			opt.Wrong(report, opt.Name, []string{"profile", "fonts"}, "the format epub has no option %s; it has profile and fonts", opt.Name)
		}
	}
	return o
}

// ending returns the file name ending of a book with these options. Kobo's devices know their own kind by it.
func ending(list []render.Option) string {
	if readOptions(list, nil).profile == kobo {
		return ".kepub.epub"
	}
	return ".epub"
}
