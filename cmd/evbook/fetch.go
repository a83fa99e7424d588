package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/evbook/evbook/notes/fetch"
)

// The values of --fetch.
const (
	fetchLocked  = "locked"  // what the lock file has, and what it does not have yet
	fetchRefresh = "refresh" // everything anew
)

// fetchImages makes the notes bring in the images on the web that they show.
func (w *work) fetchImages() {
	f := fetch.Fetcher{}
	if w.app.fetcher != nil {
		f = w.app.fetcher()
	}
	f.Agent = generator() + " (+https://github.com/evbook/evbook)"
	f.Refresh = w.settings.fetch == fetchRefresh
	if dir, err := os.UserCacheDir(); err == nil { // without such a folder everything is asked anew
		f.Cache = filepath.Join(dir, "evbook", "images")
	}
	w.options.Fetch = func(ctx context.Context, list []fetch.Image) (*fetch.Files, error) {
		lock, _ := fs.ReadFile(w.source.fsys, fetch.LockName) // none yet, for want of a better reason
		f.Lock = fetch.ParseLock(lock, w.diags.Report)
		defer w.progress(fmt.Sprintf("fetching %s", plural(len(list), "image")))()
		var err error
		if w.fetched, err = f.Fetch(ctx, list, w.diags.Report); err != nil {
			return nil, err
		}
		if f.Refresh && w.wholeFolder() {
			f.Lock.DropUnused()
		}
		return w.fetched, w.writeLock(f.Lock)
	}
}

// wholeFolder reports whether the book shows all images of the notes folder.
func (w *work) wholeFolder() bool {
	o := w.options
	return w.source.file == "" && len(o.Events)+len(o.Tags) == 0 && o.Since.IsZero() && o.Until.IsZero()
}

// writeLock writes the lock file where it has changed. Standard input and the bundled notes have no folder to keep it in, and
// a check writes nothing.
func (w *work) writeLock(lock *fetch.Lock) error {
	text, changed := lock.Text()
	if !changed || w.settings.verb == "check" || w.source.bundled || w.source.file == stdinFile {
		return nil
	}
	path := filepath.Join(w.source.dir, fetch.LockName)
	if len(text) == 0 && !exists(path) {
		return nil
	}
	p, err := create(path)
	if err != nil {
		return err
	}
	defer p.discard()
	if _, err = p.Write(text); err == nil {
		err = p.finish()
	}
	if err == nil {
		_, err = p.commit()
	}
	return err
}
