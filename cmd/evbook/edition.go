package main

import (
	"errors"
	"path"
	"path/filepath"
	"time"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
)

// edition is a book to be rendered: the whole one, or with --split one event of it.
type edition struct {
	book *tree.Book
	name string    // file name without an ending
	time time.Time // the clock of the build
	part bool
}

// suffix names the book among several.
func (e *edition) suffix() string {
	if e.part {
		return " of " + e.name
	}
	return ""
}

// editions returns the books to be rendered.
func (w *work) editions() ([]*edition, error) {
	whole := &edition{book: w.book, name: w.fileName()}
	list := []*edition{whole}
	if w.settings.split == "event" && len(w.book.Events) > 1 {
		list = nil
		taken := map[string]bool{}
		for _, b := range notes.Split(w.book) {
			e := &edition{book: b, name: eventName(b.Events[0]), part: true}
			for taken[e.name] {
				e.name += "-2"
			}
			taken[e.name] = true
			list = append(list, e)
		}
	}
	for _, e := range list {
		var err error
		if e.time, err = w.app.buildTime(e.book); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// eventName makes a file name of an event: of its folder's name, else of its id.
func eventName(e *tree.Event) string {
	if name := asciiName(path.Base(e.Path)); name != "" {
		return name
	}
	if name := asciiName(e.ID); name != "" {
		return name
	}
	return "event"
}

// paths decides where the files of each book go.
func (w *work) paths(books []*edition, list []render.Format) ([][]string, error) {
	var all [][]string
	for _, e := range books {
		output := w.settings.output
		if e.part {
			if output == stdoutName {
				return nil, usageError(errors.New("--output - takes one book, --split makes several"))
			}
			output += string(filepath.Separator) // a folder, whatever its name
			if w.settings.output == "" {
				output = ""
			}
		}
		paths, err := outputs(output, e.name, list)
		if err == nil {
			err = w.source.spare(paths)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, paths)
	}
	return all, nil
}

// fileName is the book's file name without an ending: the name of the one source file, else the title in ASCII letters,
// else "book".
func (w *work) fileName() string {
	if f := w.source.file; f != "" && f != stdinFile {
		base := filepath.Base(f)
		return base[:len(base)-len(filepath.Ext(base))]
	}
	if name := asciiName(w.book.Meta.Title); name != "" {
		return name
	}
	return "book"
}
