package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/diag/explain"
)

// explain is the verb "explain": what a code in a diagnostic means, or without one all codes.
func (a *app) explain(_ context.Context, args []string) error {
	s, err := a.parse("explain", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "explain")
	}
	out := bufio.NewWriter(a.stdout)
	if len(s.args) == 0 {
		for _, e := range explain.All() {
			fmt.Fprintf(out, "%-22s %s\n", e.Code, firstSentence(e.Summary))
		}
		return out.Flush()
	}
	for i, arg := range s.args {
		e, err := explained(arg)
		if err != nil {
			return err
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s\n\n%s\n", e.Code, e.Text)
	}
	return out.Flush()
}

// explained looks a code up as people write it: in any case, in brackets, or as EPUBCheck's id without our prefix.
func explained(arg string) (explain.Entry, error) {
	code := strings.ToLower(strings.Trim(arg, "[]"))
	for _, c := range []string{code, "epub-" + code} {
		if e, ok := explain.Lookup(diag.Code(c)); ok && e.Code != "epub-*" {
			return e, nil
		}
	}
	var known []string
	for _, e := range explain.All() {
		known = append(known, string(e.Code))
	}
	hints := []string{"evbook explain lists the codes"}
	if near := diag.Nearest(code, known); near != "" {
		hints = append([]string{"did you mean " + near + "?"}, hints...)
	}
	return explain.Entry{}, usageError(fmt.Errorf("no diagnostic has the code %q", arg), hints...)
}

func firstSentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}
