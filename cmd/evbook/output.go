package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evbook/evbook/render"
)

// stdoutName is the value of --output that means standard output.
const stdoutName = "-"

// outputs decides where the file of each format goes. output is the value of --output; name is the book's file name
// without an ending.
func outputs(output, name string, list []render.Format) ([]string, error) {
	if output == stdoutName {
		if len(list) != 1 {
			return nil, usageError(errors.New("--output - takes one format"), "name it with --format")
		}
		return []string{stdoutName}, nil
	}
	info, err := os.Stat(output)
	isDir := output == "" || strings.HasSuffix(output, "/") || strings.HasSuffix(output, string(filepath.Separator)) || err == nil && info.IsDir()
	if !isDir && len(list) == 1 {
		return []string{output}, nil
	}
	if !isDir {
		if ext := filepath.Ext(output); ext != "" {
			return nil, usageError(fmt.Errorf("--output %s names one file, but %d formats are to be built", output, len(list)),
				"name a folder, or one format with --format")
		}
	}
	var paths []string
	for _, f := range list {
		paths = append(paths, filepath.Join(output, name+f.Ext))
	}
	return paths, nil
}

// pending is a file that is being written beside its final place. It replaces an older file only when it is committed.
type pending struct {
	path string
	tmp  *os.File
	buf  *bufio.Writer
}

// makeFolders makes the folders in which paths lie. It returns those that were not there before, outermost first.
func makeFolders(paths []string) (made []string, err error) {
	for _, path := range paths {
		if path == stdoutName {
			continue
		}
		var missing []string
		dir := filepath.Dir(path)
		for d := dir; !exists(d) && filepath.Dir(d) != d; d = filepath.Dir(d) {
			missing = append(missing, d)
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return made, fmt.Errorf("make the folder for %s: %w", path, err)
		}
		slices.Reverse(missing)
		made = append(made, missing...)
	}
	return made, nil
}

// removeEmpty takes away those of the folders that nothing was put in.
func removeEmpty(folders []string) {
	for _, dir := range slices.Backward(folders) {
		os.Remove(dir) // fails, as it should, when there is something in it
	}
}

// create begins a file that will stand at path, in a folder that is there.
func create(path string) (*pending, error) {
	dir := filepath.Dir(path)
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is there already and is not a file", path)
	}
	tmp, err := os.CreateTemp(dir, ".evbook-*.tmp")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return &pending{path, tmp, bufio.NewWriterSize(tmp, 1<<16)}, nil
}

func (p *pending) Write(b []byte) (int, error) { return p.buf.Write(b) }

// finish writes out everything and closes the temporary file.
func (p *pending) finish() error {
	err := errors.Join(p.buf.Flush(), p.tmp.Sync(), p.tmp.Close())
	if err != nil {
		return fmt.Errorf("write %s: %w", p.path, err)
	}
	return nil
}

// commit puts the finished file in its place and returns its size in bytes.
func (p *pending) commit() (int64, error) {
	mode := fs.FileMode(0o666) &^ umask()
	if info, err := os.Stat(p.path); err == nil {
		mode = info.Mode().Perm()
	}
	info, err := os.Stat(p.tmp.Name())
	if err == nil {
		err = errors.Join(os.Chmod(p.tmp.Name(), mode), os.Rename(p.tmp.Name(), p.path))
	}
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", p.path, err)
	}
	return info.Size(), nil
}

// discard removes the temporary file; after commit it does nothing.
func (p *pending) discard() {
	p.tmp.Close()
	os.Remove(p.tmp.Name())
}

var _ io.Writer = (*pending)(nil)
