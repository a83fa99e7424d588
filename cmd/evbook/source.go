package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/render"
)

// configName is the name of a book's configuration file; the folder that holds it is a book.
const configName = "book.yaml"

// source is where the notes are.
type source struct {
	fsys    fs.FS
	dir     string // folder in the file system, empty for the bundled notes
	file    string // the one file to read, relative to the folder; empty for the whole folder
	bundled bool
}

// findSource finds the notes that path names: a folder, a file, "-" for one file on standard input, or without a path the
// book that the current folder is in, else the bundled notes. The folder is opened so that nothing outside it can be
// read, also through links.
func (a *app) findSource(path string) (*source, error) {
	if path == stdinName {
		return a.stdinSource()
	}
	if path == "" {
		dir, ok, err := enclosingBook()
		if err != nil {
			return nil, err
		}
		if !ok {
			return &source{fsys: notes.Bundled(), bundled: true}, nil
		}
		path = dir
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, &exitError{exitEnvironment, fmt.Errorf("read the notes: %w", err), []string{"PATH is a folder of Markdown files, one such file, or - for standard input"}}
	}
	dir, file := path, ""
	if !info.IsDir() {
		dir, file = filepath.Split(filepath.Clean(path))
		if dir == "" {
			dir = "."
		}
		if file == configName {
			file = ""
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read the notes: %w", err)
	}
	return &source{fsys: root.FS(), dir: filepath.Clean(dir), file: file}, nil
}

// enclosingBook looks for book.yaml in the current folder and upwards, as far as the root of the repository.
func enclosingBook() (dir string, ok bool, err error) {
	abs, err := os.Getwd()
	if err != nil {
		return "", false, fmt.Errorf("find the current folder: %w", err)
	}
	for rel := "."; ; rel = filepath.Join(rel, "..") {
		if exists(filepath.Join(rel, configName)) {
			return rel, true, nil
		}
		parent := filepath.Dir(abs)
		if exists(filepath.Join(rel, ".git")) || parent == abs {
			return "", false, nil
		}
		abs = parent
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// prefix is what stands before the paths of the notes in diagnostics.
func (s *source) prefix() string {
	if s.dir == "" || s.dir == "." {
		return ""
	}
	return filepath.ToSlash(s.dir) + "/"
}

// read returns the content of a file of the notes, or nil.
func (s *source) read(name string) []byte {
	data, err := fs.ReadFile(s.fsys, name)
	if err != nil {
		return nil
	}
	return data
}

// name is the name of the notes folder, for a book that has no title; empty when the folder's name says nothing.
func (s *source) name() string {
	abs, err := filepath.Abs(s.dir)
	if err != nil || s.dir == "" {
		return ""
	}
	if base := filepath.Base(abs); base != "." && base != string(filepath.Separator) && filepath.VolumeName(abs) != base {
		return base
	}
	return ""
}

// spare refuses output paths at which notes stand: what lies in the notes folder and does not look like a book of ours
// would be lost.
func (s *source) spare(paths []string) error {
	if s.dir == "" {
		return nil
	}
	for _, path := range paths {
		if path == stdoutName || !s.holds(path) || slices.ContainsFunc(formats, func(f render.Format) bool { return f.Ext == filepath.Ext(path) }) {
			continue
		}
		return usageError(fmt.Errorf("%s is one of the notes: a book is not written over it", path), "name another file with --output")
	}
	return nil
}

// holds reports whether there is something at path, and that in the notes folder.
func (s *source) holds(path string) bool {
	if !exists(path) {
		return false
	}
	dir, err1 := filepath.EvalSymlinks(s.dir)
	parent, err2 := filepath.EvalSymlinks(filepath.Dir(path))
	if err1 == nil && err2 == nil {
		dir, err1 = filepath.Abs(dir)
		parent, err2 = filepath.Abs(parent)
	}
	if err1 != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(dir, parent)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
