package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
)

// tree is the verb "tree": the book's structure, and why each file stands where it does.
func (a *app) tree(ctx context.Context, args []string) error {
	s, err := a.parse("tree", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "tree")
	}
	w, err := a.load(ctx, s, nil)
	if err != nil {
		return err
	}
	entries, err := notes.Structure(ctx, w.source.fsys, w.options, func(diag.Diagnostic) {}) // load has reported
	if err != nil {
		return err
	}
	width := 0
	for _, e := range entries {
		width = max(width, 2*e.Depth+utf8.RuneCountInString(e.Title))
	}
	width = min(width, 72)
	out := bufio.NewWriter(a.stdout)
	for _, e := range entries {
		label := strings.Repeat("  ", e.Depth) + e.Title
		pad := max(width-utf8.RuneCountInString(label), 0)
		line := label + strings.Repeat(" ", pad) + "  " + e.Path
		if e.Reason != "" {
			line += "  (" + e.Reason + ")"
		}
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return w.report()
}
