package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

const (
	stdinName = "-"              // the PATH that means standard input
	stdinFile = "standard input" // the name under which its text is known: in diagnostics, and as a title for want of one
)

// maxStdin bounds what is read from standard input, in bytes.
const maxStdin = 256 << 20

// stdinSource reads one Markdown file from standard input. Its images are looked up in the current folder.
func (a *app) stdinSource() (*source, error) {
	data, err := io.ReadAll(io.LimitReader(a.stdin, maxStdin+1))
	if err == nil && len(data) > maxStdin {
		err = fmt.Errorf("more than %d bytes", maxStdin)
	}
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	root, err := os.OpenRoot(".")
	if err != nil {
		return nil, fmt.Errorf("read the current folder: %w", err)
	}
	return &source{fsys: &stdinFS{root.FS(), data}, dir: ".", file: stdinFile}, nil
}

// stdinFS is a folder with one more file in it: what came from standard input.
type stdinFS struct {
	fs.FS
	data []byte
}

func (f *stdinFS) Open(name string) (fs.File, error) {
	if name == stdinFile {
		return &memFile{bytes.NewReader(f.data)}, nil
	}
	return f.FS.Open(name)
}

// memFile is an open file in memory, and what Stat tells of it.
type memFile struct{ *bytes.Reader }

func (f *memFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memFile) Close() error               { return nil }
func (f *memFile) Name() string               { return stdinFile }
func (f *memFile) Mode() fs.FileMode          { return 0o444 }
func (f *memFile) ModTime() time.Time         { return time.Time{} }
func (f *memFile) IsDir() bool                { return false }
func (f *memFile) Sys() any                   { return nil }
