package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/export"
)

// man is the verb "man": the manual page, in the man macros of roff, made of the same tables as the help.
func (a *app) man(_ context.Context, args []string) error {
	s, err := a.parse("man", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "man")
	}
	if len(s.args) > 0 {
		return usageError(fmt.Errorf("man takes no arguments, got %q", s.args[0]))
	}
	_, err = io.WriteString(a.stdout, manPage())
	return err
}

// schema is the verb "schema": the JSON Schema of book.yaml.
func (a *app) schema(_ context.Context, args []string) error {
	s, err := a.parse("schema", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "schema")
	}
	if len(s.args) > 0 {
		return usageError(fmt.Errorf("schema takes no arguments, got %q", s.args[0]))
	}
	_, err = io.WriteString(a.stdout, strings.TrimSpace(notes.BookSchema)+"\n")
	return err
}

// roff gathers a manual page.
type roff struct{ strings.Builder }

var roffEscaper = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", "\\(ga", "^", `\(ha`, "~", `\(ti`, "–", `\(en`, "…", `\[u2026]`)

// esc brings a text into a form that roff prints as it is.
func esc(s string) string { return roffEscaper.Replace(s) }

// manWidth is the width of text lines in the source, before escapes, in code points.
const manWidth = 64

// text writes running text, in lines that are not too long for mandoc's taste.
func (r *roff) text(s string) {
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > manWidth {
			r.line(line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	r.line(line)
}

// line writes a line, and keeps its first character from being taken for a request.
func (r *roff) line(s string) {
	if s = esc(s); strings.HasPrefix(s, ".") || strings.HasPrefix(s, `\(aq`) {
		s = `\&` + s
	}
	r.WriteString(s + "\n")
}

func (r *roff) section(title string) { r.WriteString(".SH " + esc(title) + "\n") }

// item writes a term in bold, what follows it as it is, and its explanation.
func (r *roff) item(term, rest, text string) {
	r.WriteString(".TP\n\\fB" + esc(term) + "\\fR" + rest + "\n")
	r.text(text)
}

// examples writes lines of a shell.
func (r *roff) examples(lines []string) {
	r.WriteString(".PP\n.nf\n")
	for _, l := range lines {
		r.line(l)
	}
	r.WriteString(".fi\n")
}

// flags writes the flags of a group.
func (r *roff) flags(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		term := "--" + f.Name
		if f.Shorthand != "" {
			term = "-" + f.Shorthand + ", " + term
		}
		rest := ""
		if f.Value.Type() != "bool" {
			rest = ` \fIvalue\fR`
			if f.NoOptDefVal != "" {
				rest = `[=\fIvalue\fR]`
			}
		}
		r.item(term, rest, f.Usage)
	})
}

// manPage returns evbook(1).
func manPage() string {
	r := &roff{}
	r.WriteString(".TH EVBOOK 1 \"\" \"" + esc(strings.TrimSpace(generator())) + "\" \"User Commands\"\n")
	r.section("NAME")
	r.text("evbook - make an EPUB and a PDF of a folder of Markdown notes")
	r.section("SYNOPSIS")
	for i, v := range verbs {
		if i > 0 {
			r.WriteString(".br\n")
		}
		name := "evbook " + v.name
		if v.name == "build" {
			name = "evbook [build]"
		}
		r.WriteString(strings.TrimSpace(`\fB`+esc(name)+`\fR `+esc(v.args)) + "\n")
	}
	r.section("DESCRIPTION")
	r.text("Evbook turns a folder of Markdown notes from conferences, meet-ups and meetings into a book: an EPUB for e-readers and a typeset PDF for print.")
	r.text("PATH is a folder, one Markdown file, or - for one on standard input.")
	r.text("Without PATH it takes the book that the current folder belongs to, which is the nearest folder upwards with a " + configName + ", else the notes that the program brings along.")
	r.section("COMMANDS")
	for _, v := range verbs {
		r.WriteString(".SS \"" + esc("evbook "+v.name) + "\"\n")
		r.text(strings.ToUpper(v.doc[:1]) + v.doc[1:] + ".")
		if list := examples[v.name]; len(list) > 0 {
			r.examples(list)
		}
		if v.name == "help" || v.name == "version" {
			continue
		}
		for _, g := range groups(v.name, &settings{}) {
			if (g.title == "Diagnostics" || g.title == "Other" || g.title == "Selection") && v.name != "build" {
				continue // described under build
			}
			r.flags(g.set)
		}
	}
	r.section("FORMATS")
	for _, f := range formats {
		r.item(f.Name, "", f.Doc)
	}
	r.WriteString(".PP\n")
	r.text("The command export has others:")
	for _, f := range export.Formats {
		r.item(f.Name, "", f.Doc)
	}
	r.section("EXIT STATUS")
	for _, e := range []struct{ code, doc string }{
		{"0", "done"}, {"1", "errors in the notes: each is printed with its place, and the book is as complete as it can be"},
		{"2", "wrong flags or configuration"}, {"3", "warnings, under --strict"}, {"4", "reading or writing failed"}, {"130", "interrupted"},
	} {
		r.item(e.code, "", e.doc)
	}
	r.section("ENVIRONMENT")
	r.item("EVBOOK_NAME", "", "sets the flag --name; a flag on the command line wins, and so it does over "+configName)
	r.item("SOURCE_DATE_EPOCH", "", "the time of the build, in seconds since 1970; by default the newest date in the notes")
	r.item("NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR", "", "whether diagnostics are in colour")
	r.section("FILES")
	r.item(configName, "", "what a book says of itself, in the notes folder; the README lists its keys")
	r.item(".evbookignore", "", "patterns of files to leave out, one a line")
	return r.String()
}
