package main

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/epub/lint"
)

// isEPUB reports whether path names a file that is to be checked as an EPUB: by its ending, or because it is a ZIP archive.
func isEPUB(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if strings.EqualFold(filepath.Ext(path), ".epub") {
		return true
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	magic := make([]byte, 4)
	_, err = io.ReadFull(f, magic)
	return err == nil && string(magic) == "PK\x03\x04"
}

// checkEPUB prints what the linter finds in an EPUB. Places are paths in the EPUB behind that of the EPUB itself.
func (a *app) checkEPUB(ctx context.Context, s *settings) error {
	if err := s.onlyDiagnostics("a finished EPUB"); err != nil {
		return err
	}
	f, err := os.Open(s.path)
	if err != nil {
		return fmt.Errorf("read the EPUB: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("read the EPUB: %w", err)
	}
	w := &work{app: a, settings: s, source: &source{fsys: noFiles{}, dir: "."}}
	stop := w.progress("checking " + s.path)
	findings, err := lint.Check(f, info.Size(), lint.Options{})
	stop()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	name := filepath.ToSlash(s.path)
	for _, d := range lint.Diagnostics(findings, nil) {
		d.Pos.File = strings.TrimSuffix(name+"/"+d.Pos.File, "/")
		w.diags.Report(d)
	}
	if z, err := zip.NewReader(f, info.Size()); err == nil {
		w.source.fsys = &insideEPUB{z, name + "/"}
	}
	verdict := w.report()
	if l := w.diags.List(); l.Count(diag.Error)+l.Count(diag.Warning) == 0 {
		w.say("checked %s: no problems", s.path)
	}
	return verdict
}

// onlyDiagnostics refuses flags that mean nothing for what is checked.
func (s *settings) onlyDiagnostics(what string) error {
	for _, g := range groups("check", &settings{}) {
		if g.title == "Diagnostics" || g.title == "Other" {
			continue
		}
		for _, name := range flagNames(g.set) {
			if s.given[name] {
				return usageError(fmt.Errorf("--%s means nothing for %s", name, what))
			}
		}
	}
	return nil
}

// maxExcerpt bounds the files of an EPUB that are unpacked to show a line of them, in bytes.
const maxExcerpt = 16 << 20

// insideEPUB gives the files of an EPUB under their paths with a prefix, so that source lines can be shown.
type insideEPUB struct {
	z      *zip.Reader
	prefix string
}

func (e *insideEPUB) Open(name string) (fs.File, error) {
	return e.z.Open(strings.TrimPrefix(name, e.prefix))
}

// ReadFile reads what is not too large for an excerpt.
func (e *insideEPUB) ReadFile(name string) ([]byte, error) {
	f, err := e.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxExcerpt))
}

// noFiles is a folder without files.
type noFiles struct{}

func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
