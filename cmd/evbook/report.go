package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/evbook/evbook/notes/diag"
)

// report prints the diagnostics gathered so far and returns the verdict on them: nil, or an error with the exit code.
// It must be called once.
func (w *work) report() error {
	list := w.diags.List()
	p := w.printer()
	printed, more := 0, 0
	group := grouping{limit: mostOfCode}
	if w.settings.all || w.settings.diagnostics != "text" {
		group.limit = 0
	}
	for _, d := range list {
		if d.Severity == diag.Info && !w.settings.verbose && (w.settings.verb != "check" || w.settings.quiet) || d.Severity == diag.Warning && w.settings.quiet && !w.settings.strict {
			continue
		}
		if limit := w.settings.maxErrors; limit > 0 && printed == limit {
			more++
			continue
		}
		if !group.take(d) {
			continue
		}
		if err := p(d); err != nil {
			return err
		}
		printed++
	}
	if more > 0 && w.settings.diagnostics == "text" {
		fmt.Fprintf(w.app.stderr, "evbook: %d more, not printed because of --max-errors\n", more)
	}
	group.summary(w.app.stderr)
	errs, warnings := list.Count(diag.Error), list.Count(diag.Warning)
	if w.settings.diagnostics == "text" && errs+warnings > 0 && !(w.settings.quiet && errs == 0) {
		fmt.Fprintf(w.app.stderr, "evbook: %s, %s%s\n", plural(errs, "error"), plural(warnings, "warning"), inFiles(list))
	}
	switch {
	case errs > 0:
		return &exitError{code: exitContent}
	case warnings > 0 && w.settings.strict:
		return &exitError{code: exitStrict}
	}
	return nil
}

// mostOfCode is how many diagnostics of one code are printed for people: whoever has a thousand links of one kind that lead
// nowhere sees that from twenty.
const mostOfCode = 20

// grouping counts diagnostics by code and holds back those beyond a limit; 0 is none.
type grouping struct {
	limit int
	seen  map[diag.Code]int
	held  map[diag.Code]diag.List
}

// take reports whether d is to be printed.
func (g *grouping) take(d diag.Diagnostic) bool {
	if g.seen == nil {
		g.seen, g.held = map[diag.Code]int{}, map[diag.Code]diag.List{}
	}
	g.seen[d.Code]++
	if g.limit == 0 || g.seen[d.Code] <= g.limit {
		return true
	}
	g.held[d.Code] = append(g.held[d.Code], d)
	return false
}

// summary says how many were held back.
func (g *grouping) summary(w io.Writer) {
	for _, code := range slices.Sorted(maps.Keys(g.held)) {
		files := map[string]bool{}
		for _, d := range g.held[code] {
			files[d.Pos.File] = true
		}
		fmt.Fprintf(w, "evbook: and %d more of [%s] in %s\n", len(g.held[code]), code, plural(len(files), "file"))
	}
	if len(g.held) > 0 {
		fmt.Fprintln(w, "evbook: --all prints them too; evbook explain CODE says what to do")
	}
}

// inFiles says in how many files the errors and warnings are.
func inFiles(list diag.List) string {
	files := map[string]bool{}
	for _, d := range list {
		if d.Severity != diag.Info && d.Pos.File != "" {
			files[d.Pos.File] = true
		}
	}
	if len(files) == 0 {
		return ""
	}
	return " in " + plural(len(files), "file")
}

// printer returns the function that prints a diagnostic in the form that the settings name.
func (w *work) printer() func(diag.Diagnostic) error {
	switch w.settings.diagnostics {
	case "json":
		return diag.JSON{W: w.app.stderr}.Print
	case "github":
		return diag.GitHub{W: w.app.stderr, Prefix: w.source.prefix()}.Print
	}
	return (&diag.Text{W: w.app.stderr, Source: w.source.read, Color: w.app.useColor(w.settings.color), Prefix: w.source.prefix()}).Print
}

// useColor follows the flag, then NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR, then asks whether people are watching.
func (a *app) useColor(flag string) bool {
	switch {
	case flag != "auto":
		return flag == "always"
	case a.getenv("NO_COLOR") != "":
		return false
	case a.getenv("CLICOLOR_FORCE") != "" || a.getenv("FORCE_COLOR") != "":
		return true
	}
	return a.terminal && a.getenv("TERM") != "dumb"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if strings.HasSuffix(what, "s") {
		what += "e"
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// byteCount gives a file size in units of 1000 bytes.
func byteCount(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%.0f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// asciiName makes a file name of a title: lower-case ASCII letters and digits, everything else a hyphen between words.
// Accents are dropped; a title in another script gives an empty name.
func asciiName(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(title)) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		default:
			gap = true
		}
		if b.Len() >= 60 {
			break
		}
	}
	if name := b.String(); !reservedNames[name] {
		return name
	}
	return b.String() + "-book"
}

// reservedNames are the names that Windows keeps for devices, also with an ending behind them.
var reservedNames = func() map[string]bool {
	m := map[string]bool{"con": true, "prn": true, "aux": true, "nul": true}
	for d := '1'; d <= '9'; d++ {
		m["com"+string(d)], m["lpt"+string(d)] = true, true
	}
	return m
}()
