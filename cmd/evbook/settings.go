package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/export"
	"github.com/evbook/evbook/notes/fetch"
)

// settings are the values of the flags. Every flag can also be set by an environment variable: --layout by EVBOOK_LAYOUT,
// and so on. A flag wins over its variable, that over book.yaml, that over the default.
type settings struct {
	formats []string
	output  string
	split   string
	profile string

	exportFormat string
	linksFormat  string
	online       bool
	archive      bool
	qr           bool
	urlNotes     string
	password     string
	passwordFile string
	noArchival   bool
	draft        draft
	events       []string
	since        string
	until        string
	tags         []string
	layout       string
	fonts        []string
	strict       bool
	quiet        bool
	verbose      bool
	diagnostics  string
	color        string
	maxErrors    int
	all          bool
	fix          string
	fetch        string
	version      bool
	help         bool

	verb  string
	args  []string        // the arguments
	path  string          // the first of them, empty if there is none
	given map[string]bool // names of the flags on the command line
}

// qrValue is what --qr says: nothing if it was not given, so that book.yaml counts.
func (s *settings) qrValue() string {
	if !s.given["qr"] && !s.qr {
		return ""
	}
	return strconv.FormatBool(s.qr)
}

// flagGroup is a part of the flags in the help text.
type flagGroup struct {
	title string
	set   *pflag.FlagSet
}

// takesNotes reports whether a verb reads a folder of notes and takes the flags that go with it.
func takesNotes(verb string) bool {
	switch verb {
	case "build", "check", "tree", "export", "links":
		return true
	}
	return false
}

// groups declares the flags of a verb. Values go to s.
func groups(verb string, s *settings) []flagGroup {
	var list []flagGroup
	group := func(title string) *pflag.FlagSet {
		f := pflag.NewFlagSet(title, pflag.ContinueOnError)
		f.SortFlags = false
		list = append(list, flagGroup{title, f})
		return f
	}
	if verb == "build" {
		f := group("Output")
		f.StringSliceVarP(&s.formats, "format", "f", nil, "formats to build, with commas or repeated: "+strings.Join(formats.Names(), ", ")+" (default "+strings.Join(defaultFormats, ",")+")")
		f.StringVarP(&s.output, "output", "o", "", "file, folder, or - for standard output (default: the current folder)")
		f.StringVar(&s.profile, "profile", "", "reading systems that the EPUB is for: generic, kobo or kindle (default generic)")
		f.StringVar(&s.password, "password", "", "encrypt the PDF (AES-256); as it would break PDF/A, only with --no-archival. Others may see arguments: --password-file or EVBOOK_PASSWORD hide it")
		f.StringVar(&s.passwordFile, "password-file", "", "file whose first line is the password")
		f.BoolVar(&s.noArchival, "no-archival", false, "give up PDF/A-2a for what it forbids: the PDF stays PDF/UA-1")
		f.StringVar(&s.split, "split", "", "event makes a book of each event, named after its folder")
	}
	if verb == "build" || verb == "check" {
		f := group("Links")
		f.BoolVar(&s.archive, "archive", false, "put a link to the copy in the web's archive, of the talk's day, behind each link of a header")
	}
	if verb == "build" {
		f := list[len(list)-1].set
		f.BoolVar(&s.qr, "qr", false, "print QR codes of slides and videos in the headers of the PDF")
		f.StringVar(&s.urlNotes, "url-notes", "", "on or off: the PDF has the addresses of links as footnotes (default: as the layout says)")
	}
	if verb == "build" || verb == "check" {
		f := group("Images")
		f.StringVar(&s.fetch, "fetch", "", "fetch images on the web; "+fetch.LockName+" keeps their hashes, and --fetch=refresh takes them anew")
		f.Lookup("fetch").NoOptDefVal = fetchLocked
	}
	if verb == "links" {
		f := group("Links")
		f.StringVarP(&s.linksFormat, "format", "f", "text", "text or json")
		f.BoolVar(&s.online, "online", false, "ask the network whether the links are alive; answers are kept for some days")
	}
	if verb == "export" {
		f := group("Output")
		f.StringVarP(&s.exportFormat, "format", "f", "", "form of the export: "+strings.Join(export.Names(), ", ")+" (default: as the output file's ending says)")
		f.StringVarP(&s.output, "output", "o", "", "file, or - for standard output (default)")
	}
	if takesNotes(verb) {
		f := group("Selection")
		f.StringArrayVar(&s.events, "event", nil, "only the event of this title or folder; may be repeated")
		f.StringVar(&s.since, "since", "", "only talks of this day or later: 2012-07-20, 2012-07 or 2012")
		f.StringVar(&s.until, "until", "", "only talks of this day or earlier, as for --since")
		f.StringArrayVar(&s.tags, "tag", nil, "only talks with this tag; may be repeated: talks with any of them")
	}
	if verb == "check" {
		f := group("Mending")
		f.StringVar(&s.fix, "fix", "", "show what can be mended as a unified diff, and mend it; --fix=diff only shows it")
		f.Lookup("fix").NoOptDefVal = fixApply
	}
	if verb == "build" || verb == "check" {
		f := group("Layout")
		f.StringVarP(&s.layout, "layout", "l", "", "page layout: "+strings.Join(layouts.Names(), ", ")+", or the path of a layout file (default "+layouts.Default+")")
		f.StringArrayVar(&s.fonts, "fonts", nil, "folder with TrueType fonts, for a layout's families and for what the built-in fonts lack; may be repeated")
	}
	if verb == "new" {
		f := group("Contents")
		d := &s.draft
		f.StringVar(&d.dir, "in", "", "folder of the book (default: the book that the current folder belongs to)")
		f.StringVar(&d.event, "event", "", "the talk's event, by title or folder")
		f.StringVar(&d.date, "date", "", "day, such as 2012-07-20")
		f.StringVar(&d.start, "start", "", "first day of an event")
		f.StringVar(&d.end, "end", "", "last day of an event (default: the first)")
		f.StringVar(&d.venue, "venue", "", "where an event takes place")
		f.StringVar(&d.site, "site", "", "an event's address on the web")
		f.StringVar(&d.track, "track", "", "room or track of a talk")
		f.StringArrayVar(&d.speakers, "speaker", nil, "a speaker of a talk; may be repeated")
		f.StringArrayVar(&d.tags, "tag", nil, "a topic of a talk; may be repeated")
	}
	if simpleVerbs[verb] {
		group("Other").BoolVarP(&s.help, "help", "h", false, "print this help")
		return list
	}
	f := group("Diagnostics")
	if verb != "tree" {
		f.BoolVar(&s.strict, "strict", false, "let warnings fail too (exit code 3), and write nothing then")
	}
	f.StringVar(&s.diagnostics, "diagnostics", "text", "form of the diagnostics: text, json or github")
	f.BoolVar(&s.all, "all", false, fmt.Sprintf("print all diagnostics as text, not only the first %d of each code", mostOfCode))
	f.IntVar(&s.maxErrors, "max-errors", 0, "print that many diagnostics at most; 0 prints all")
	f.StringVar(&s.color, "color", "auto", "colours in diagnostics: auto, always or never")
	f.BoolVarP(&s.quiet, "quiet", "q", false, "print errors only")
	f.BoolVarP(&s.verbose, "verbose", "v", false, "print information and what is being done, too")
	f = group("Other")
	if verb == "build" {
		f.BoolVar(&s.version, "version", false, "print the version")
	}
	f.BoolVarP(&s.help, "help", "h", false, "print this help")
	return list
}

// simpleVerbs are those that read no notes.
var simpleVerbs = map[string]bool{"explain": true, "init": true, "new": true, "completion": true, "man": true, "schema": true}

// flagNames lists the flags of a set.
func flagNames(set *pflag.FlagSet) (names []string) {
	set.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// severalArgs names the verbs that take more arguments than one PATH.
var severalArgs = map[string]bool{"explain": true, "new": true}

// parse reads the command line of a verb.
func (a *app) parse(verb string, args []string) (*settings, error) {
	s := &settings{verb: verb}
	all := pflag.NewFlagSet("evbook "+verb, pflag.ContinueOnError)
	all.SetOutput(io.Discard)
	all.Usage = func() {}
	for _, g := range groups(verb, s) {
		all.AddFlagSet(g.set)
	}
	if err := all.Parse(args); err != nil {
		return nil, usageError(err, a.flagHint(all, err, verb)...)
	}
	if s.help || s.version {
		return s, nil
	}
	s.given = map[string]bool{}
	all.Visit(func(f *pflag.Flag) { s.given[f.Name] = true })
	if err := a.fromEnvironment(verb, all); err != nil {
		return nil, err
	}
	s.args = all.Args()
	if len(s.args) > 0 {
		s.path = s.args[0]
	}
	if len(s.args) > 1 && !severalArgs[verb] {
		return nil, usageError(fmt.Errorf("one PATH at most, got %d: %s", len(s.args), strings.Join(s.args, " ")))
	}
	for _, check := range []struct {
		flag, value string
		known       []string
	}{
		{"split", s.split, []string{"", "event"}},
		{"url-notes", s.urlNotes, []string{"", "on", "off"}},
		{"profile", s.profile, []string{"", "generic", "kobo", "kindle"}},
		{"format", cmp.Or(s.linksFormat, "text"), []string{"text", "json"}},
		{"fix", s.fix, []string{"", fixApply, fixDiff}},
		{"fetch", s.fetch, []string{"", fetchLocked, fetchRefresh}},
		{"diagnostics", s.diagnostics, []string{"text", "json", "github"}},
		{"color", s.color, []string{"auto", "always", "never"}},
	} {
		if all.Lookup(check.flag) != nil && !slices.Contains(check.known, check.value) {
			return nil, usageError(fmt.Errorf("--%s %s: want %s", check.flag, check.value, strings.TrimPrefix(strings.Join(check.known, ", "), ", ")))
		}
	}
	if s.maxErrors < 0 {
		return nil, usageError(fmt.Errorf("--max-errors %d: want 0 or more", s.maxErrors))
	}
	if s.quiet && s.verbose {
		return nil, usageError(errors.New("--quiet and --verbose exclude each other"))
	}
	return s, nil
}

// fromEnvironment sets the flags that the command line left alone from EVBOOK_NAME variables. Formats and files are those of
// books: variables do not set them for other verbs.
func (a *app) fromEnvironment(verb string, all *pflag.FlagSet) error {
	var first error
	if simpleVerbs[verb] {
		return nil
	}
	all.VisitAll(func(f *pflag.Flag) {
		name := "EVBOOK_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := a.getenv(name)
		if f.Changed || value == "" || f.Name == "help" || f.Name == "version" || verb != "build" && (f.Name == "format" || f.Name == "output") {
			return
		}
		if err := all.Set(f.Name, value); err != nil && first == nil {
			first = usageError(fmt.Errorf("environment variable %s: %w", name, err))
		}
	})
	return first
}

// flagHint names the flag that an unknown one was probably meant to be.
func (a *app) flagHint(all *pflag.FlagSet, err error, verb string) []string {
	help := "evbook help"
	if verb != "build" {
		help += " " + verb
	}
	hints := []string{help + " lists the flags"}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return hints
	}
	best, least := "", 3
	all.VisitAll(func(f *pflag.Flag) {
		if d := distance(unknown.GetSpecifiedName(), f.Name); d < least {
			best, least = f.Name, d
		}
	})
	if best != "" {
		hints = append([]string{"did you mean --" + best + "?"}, hints...)
	}
	return hints
}

// distance is the number of letters to insert, delete, replace or swap with a neighbour to get from a to b (the optimal
// string alignment distance).
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
