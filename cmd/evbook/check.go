package main

import (
	"context"
	"io"

	"golang.org/x/sync/errgroup"
)

// check is the verb "check": it does what a build does and throws the books away, so that nothing a build would say is
// missed.
func (a *app) check(ctx context.Context, args []string) error {
	s, err := a.parse("check", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "check")
	}
	w, err := a.load(ctx, s)
	if err != nil {
		return err
	}
	layout, err := w.chosenLayout()
	if err != nil {
		return err
	}
	list, err := w.chosenFormats()
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, f := range list {
		g.Go(func() error {
			_, err := f.New().Render(ctx, w.job(layout), io.Discard)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return w.report()
}
