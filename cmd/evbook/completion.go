package main

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag/explain"
	"github.com/evbook/evbook/notes/export"
)

//go:embed completion
var completions embed.FS

// shells are those that the program has a completion for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

// completeVerb is the hidden verb that the shells' scripts call: its arguments are the words before the cursor, the last
// one incomplete, and it prints what may stand there, a candidate a line, with a tab before its description. When it
// prints nothing, shells complete file names.
const completeVerb = "__complete"

// completion is the verb "completion": the script that a shell reads.
func (a *app) completion(_ context.Context, args []string) error {
	s, err := a.parse("completion", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "completion")
	}
	if !slices.Contains(shells, s.path) {
		return usageError(fmt.Errorf("no completion for %q", s.path), "want one of "+strings.Join(shells, ", "))
	}
	script, err := completions.ReadFile("completion/evbook." + s.path)
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(script)
	return err
}

// complete prints the candidates for the last of words.
func (a *app) complete(_ context.Context, words []string) error {
	if len(words) == 0 {
		words = []string{""}
	}
	last := words[len(words)-1]
	for _, c := range candidates(words[:len(words)-1], last) {
		if !strings.HasPrefix(c.word, last) {
			continue
		}
		line := c.word
		if c.doc != "" {
			line += "\t" + c.doc
		}
		if _, err := fmt.Fprintln(a.stdout, line); err != nil {
			return err
		}
	}
	return nil
}

// candidate is a word that may stand at the cursor.
type candidate struct{ word, doc string }

func plain(words []string) (list []candidate) {
	for _, w := range words {
		list = append(list, candidate{w, ""})
	}
	return list
}

// candidates returns what may stand after the words before, whether or not it begins with last.
func candidates(before []string, last string) []candidate {
	name := "build"
	if len(before) > 0 && slices.ContainsFunc(verbs, func(v verb) bool { return v.name == before[0] }) {
		name = before[0]
		before = before[1:]
	} else if len(before) == 0 && !strings.HasPrefix(last, "-") {
		var list []candidate
		for _, v := range verbs {
			list = append(list, candidate{v.name, v.doc})
		}
		return list
	}
	flags := flagsOf(name)
	if slices.Contains(before, "--") {
		return nil
	}
	if flag, _, ok := strings.Cut(last, "="); ok && strings.HasPrefix(last, "--") {
		var list []candidate
		if flags.Lookup(strings.TrimPrefix(flag, "--")) == nil {
			return nil
		}
		for _, v := range flagValues(name, strings.TrimPrefix(flag, "--")) {
			list = append(list, candidate{flag + "=" + v, ""})
		}
		return list
	}
	if len(before) > 0 {
		if f := wantsValue(flags, before[len(before)-1]); f != nil {
			return plain(flagValues(name, f.Name))
		}
	}
	if strings.HasPrefix(last, "-") {
		var list []candidate
		flags.VisitAll(func(f *pflag.Flag) {
			list = append(list, candidate{"--" + f.Name, f.Usage})
		})
		return list
	}
	return arguments(name)
}

// arguments returns what a verb takes that is no file.
func arguments(verb string) []candidate {
	switch verb {
	case "help":
		var list []candidate
		for _, v := range verbs {
			list = append(list, candidate{v.name, v.doc})
		}
		return list
	case "completion":
		return plain(shells)
	case "new":
		return []candidate{{"event", "an event with its folder"}, {"talk", "a talk"}}
	case "explain":
		var list []candidate
		for _, e := range explain.All() {
			if !strings.HasSuffix(string(e.Code), "*") {
				list = append(list, candidate{string(e.Code), firstSentence(e.Summary)})
			}
		}
		return list
	}
	return nil
}

func flagsOf(verb string) *pflag.FlagSet {
	all := pflag.NewFlagSet(verb, pflag.ContinueOnError)
	all.SortFlags = false
	if verb == "version" || verb == "help" {
		return all
	}
	for _, g := range groups(verb, &settings{}) {
		all.AddFlagSet(g.set)
	}
	return all
}

// wantsValue returns the flag that word is, if the next word is its value.
func wantsValue(flags *pflag.FlagSet, word string) *pflag.Flag {
	var f *pflag.Flag
	switch {
	case strings.HasPrefix(word, "--"):
		f = flags.Lookup(word[2:])
	case len(word) == 2 && word[0] == '-':
		f = flags.ShorthandLookup(word[1:])
	}
	if f == nil || f.NoOptDefVal != "" {
		return nil
	}
	return f
}

// flagValues lists the words that a flag takes; none means files or free text.
func flagValues(verb, flag string) []string {
	switch flag {
	case "format":
		switch verb {
		case "export":
			return export.Names()
		case "links":
			return []string{"text", "json"}
		}
		return formats.Names()
	case "layout":
		return layouts.Names()
	case "diagnostics":
		return []string{"text", "json", "github"}
	case "color":
		return []string{"auto", "always", "never"}
	case "split":
		return []string{"event"}
	case "fix":
		return []string{fixApply, fixDiff}
	}
	return nil
}
