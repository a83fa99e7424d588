package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/evbook/evbook/notes/export"
)

// examples show each verb at work; they come first in its help.
var examples = map[string][]string{
	"build": {
		"evbook notes/                          # an EPUB and a PDF of the folder, here",
		"evbook --format epub -o dist/ notes/   # only the EPUB, into dist/",
		"evbook --layout a5 talk.md             # one file is a book, too",
		"evbook --split event --since 2020 -o dist/ notes/   # a book of each event of 2020 and later",
		"evbook -f json -o - notes/ | jq .      # the document tree, for other programs",
		"pandoc talk.docx -t gfm | evbook -     # one file from standard input",
	},
	"check": {
		"evbook check notes/                    # what would a build say?",
		"evbook check --fix=diff notes/         # what can be mended by rule? --fix does it",
		"evbook check book.epub                 # is this EPUB, ours or another, as it should be?",
		"evbook check --strict --diagnostics github notes/   # in a workflow",
	},
	"tree": {"evbook tree notes/"},
	"export": {
		"evbook export -o events.ics notes/     # a calendar of events and talks",
		"evbook export --format csv --tag go notes/   # a table of the talks on one topic",
	},
	"links": {
		"evbook links notes/                    # every link with its place; shorteners, http, duplicates are marked",
		"evbook links --online notes/           # are they alive?",
	},
	"init": {"evbook init my-notes"},
	"new": {
		`evbook new event --start 2020-05-01 --end 2020-05-02 --venue "Town Hall" "Fest 2020"`,
		`evbook new talk --event fest-2020 --speaker "Ann Example" "A good talk"`,
	},
	"completion": {
		"source <(evbook completion bash)       # in ~/.bashrc",
		"evbook completion zsh > ~/.zfunc/_evbook   # a folder of $fpath",
		"evbook completion fish > ~/.config/fish/completions/evbook.fish",
		"evbook completion powershell | Out-String | Invoke-Expression   # in $PROFILE",
	},
	"schema":  {"evbook schema > book.schema.json"},
	"man":     {"evbook man > /usr/local/share/man/man1/evbook.1"},
	"explain": {"evbook explain link-unresolved", "evbook explain RSC-005                 # EPUBCheck's ids work, too"},
}

// help is the verb "help".
func (a *app) help(_ context.Context, args []string) error {
	switch len(args) {
	case 0:
		return a.usage(a.stdout, "build")
	case 1:
		for _, v := range verbs {
			if v.name == args[0] {
				return a.usage(a.stdout, v.name)
			}
		}
		return usageError(fmt.Errorf("no command %q", args[0]), "evbook help lists the commands")
	}
	return usageError(fmt.Errorf("help takes one command, got %d", len(args)))
}

// usage writes the help of a verb.
func (a *app) usage(w io.Writer, name string) error {
	var b strings.Builder
	for _, v := range verbs {
		if v.name != name {
			continue
		}
		if name == "build" {
			fmt.Fprintf(&b, "Usage: evbook [flags] [PATH]\n       evbook COMMAND [flags] [PATH]\n\nEvbook turns a folder of Markdown notes into a book: an EPUB for e-readers and a typeset PDF for print.\n"+
				"Without PATH it takes the book that the current folder belongs to (the nearest %s), else the notes it brings along.\n"+
				"PATH is a folder, one Markdown file, or - for one on standard input.\n", configName)
		} else {
			fmt.Fprintf(&b, "Usage: evbook %s %s\n\n%s%s.\n", v.name, v.args, strings.ToUpper(v.doc[:1]), v.doc[1:])
		}
	}
	if list := examples[name]; len(list) > 0 {
		b.WriteString("\nExamples:\n")
		for _, e := range list {
			b.WriteString("  " + e + "\n")
		}
	}
	if name == "build" {
		b.WriteString("\nCommands:\n")
		for _, v := range verbs {
			fmt.Fprintf(&b, "  %-10s  %s\n", v.name, v.doc)
		}
	}
	if name != "version" && name != "help" {
		for _, g := range groups(name, &settings{}) {
			fmt.Fprintf(&b, "\n%s:\n%s", g.title, g.set.FlagUsagesWrapped(100))
		}
	}
	if name == "export" {
		b.WriteString("\nFormats:\n")
		for _, f := range export.Formats {
			fmt.Fprintf(&b, "  %-10s  %s\n", f.Name, f.Doc)
		}
	}
	if name == "build" {
		b.WriteString("\nFormats:\n")
		for _, f := range formats {
			fmt.Fprintf(&b, "  %-10s  %s\n", f.Name, f.Doc)
		}
		b.WriteString("\nEvery flag can be set by a variable, such as EVBOOK_LAYOUT=a5; SOURCE_DATE_EPOCH dates the book.\n" +
			"Exit codes: 0 done, 1 errors in the notes, 2 wrong usage or configuration, 3 warnings under --strict,\n4 reading or writing failed, 130 interrupted.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
