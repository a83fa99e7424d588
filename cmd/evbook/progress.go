package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/evbook/evbook/render"
)

// The pace of the progress line: nothing is shown of what takes less than the delay, and then a new line replaces the old
// one after each interval.
const (
	progressDelay    = 300 * time.Millisecond
	progressInterval = 200 * time.Millisecond
)

// showsProgress reports whether somebody watches: on a terminal that can go back in its line, and not in a workflow.
func (w *work) showsProgress() bool {
	a := w.app
	return a.terminal && a.getenv("TERM") != "dumb" && a.getenv("CI") == "" && !w.settings.quiet && !w.settings.verbose &&
		w.settings.diagnostics == "text"
}

// progress shows what is being done until stop is called, which leaves no trace of it.
func (w *work) progress(what string) (stop func()) {
	w.note("%s", what)
	if !w.showsProgress() {
		return func() {}
	}
	return showProgress(w.app.stderr, what, progressDelay, progressInterval)
}

func showProgress(out io.Writer, what string, delay, interval time.Duration) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		start := time.Now()
		timer := time.NewTimer(delay)
		defer timer.Stop()
		for shown := false; ; shown = true {
			select {
			case <-done:
				if shown {
					fmt.Fprint(out, "\r\x1b[K")
				}
				return
			case <-timer.C:
				fmt.Fprintf(out, "\r\x1b[Kevbook: %s … %.1f s", what, time.Since(start).Seconds())
				timer.Reset(interval)
			}
		}
	})
	return sync.OnceFunc(func() {
		close(done)
		wg.Wait()
	})
}

// nameList names formats, joined by commas.
func nameList(list []render.Format) string { return strings.Join(render.Registry(list).Names(), ", ") }
