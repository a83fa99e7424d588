package main

import (
	"context"
	"io"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render"
)

// check is the verb "check": it does what a build does and throws the books away, so that nothing a build would say is
// missed. An EPUB is checked as such.
func (a *app) check(ctx context.Context, args []string) error {
	s, err := a.parse("check", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "check")
	}
	if s.path != "" && s.path != stdinName && isEPUB(s.path) {
		return a.checkEPUB(ctx, s)
	}
	w, err := a.load(ctx, s, (*work).prepare)
	if err != nil {
		return err
	}
	if s.fix != "" {
		changed, err := w.fix()
		if err != nil {
			return err
		}
		if changed { // what is said from here on is about the mended notes
			if w, err = a.load(ctx, s, (*work).prepare); err != nil {
				return err
			}
		}
	}
	layout, err := w.layout()
	if err != nil {
		return err
	}
	list, err := w.chosenFormats()
	if err != nil {
		return err
	}
	books, err := w.editions()
	if err != nil {
		return err
	}
	if err := w.dryRun(ctx, books[0], list, layout); err != nil {
		return w.failed(ctx, err)
	}
	verdict := w.report()
	if l := w.diags.List(); l.Count(diag.Error)+l.Count(diag.Warning) == 0 {
		w.say("checked %s as %s: no problems", plural(len(sourceFiles(w.book)), "file"), nameList(list))
	}
	return verdict
}

// dryRun renders all formats into nothing.
func (w *work) dryRun(ctx context.Context, e *edition, list []render.Format, layout *layouts.Layout) error {
	defer w.progress("checking " + nameList(list))()
	g, ctx := errgroup.WithContext(ctx)
	for _, f := range list {
		g.Go(func() error {
			_, err := f.New().Render(ctx, w.job(e, layout), io.Discard)
			return err
		})
	}
	return g.Wait()
}
