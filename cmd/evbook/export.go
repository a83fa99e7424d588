package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evbook/evbook/notes/export"
)

// export is the verb "export": the facts of events and talks for other programs.
func (a *app) export(ctx context.Context, args []string) error {
	s, err := a.parse("export", args)
	if err != nil {
		return err
	}
	if s.help {
		return a.usage(a.stdout, "export")
	}
	format, err := s.exportForm()
	if err != nil {
		return err
	}
	w, err := a.load(ctx, s, nil)
	if err != nil {
		return err
	}
	books, err := w.editions()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := format.Write(&out, w.book, export.Options{Time: books[0].time, Generator: generator(), Report: w.diags.Report}); err != nil {
		return w.failed(ctx, fmt.Errorf("make the %s: %w", format.Name, err))
	}
	verdict := w.report()
	if s.strict && verdict != nil {
		return verdict
	}
	if s.output == "" || s.output == stdoutName {
		if _, err := a.stdout.Write(out.Bytes()); err != nil {
			return err
		}
		return verdict
	}
	if err := w.writeFile(s.output, out.Bytes()); err != nil {
		return err
	}
	return verdict
}

// exportForm returns the format that the flags name, or that the ending of the output file tells.
func (s *settings) exportForm() (export.Format, error) {
	name := s.exportFormat
	if name == "" {
		if name = strings.TrimPrefix(filepath.Ext(s.output), "."); name == "" {
			return export.Format{}, usageError(errors.New("no format"), "name one with --format: "+strings.Join(export.Names(), ", "))
		}
	}
	f, ok := export.Lookup(strings.ToLower(name))
	if !ok {
		return f, usageError(fmt.Errorf("unknown format %q (known: %s)", name, strings.Join(export.Names(), ", ")))
	}
	return f, nil
}

// writeFile puts data at path, in one step, and says so on standard output.
func (w *work) writeFile(path string, data []byte) error {
	if err := w.source.spare([]string{path}); err != nil {
		return err
	}
	folders, err := makeFolders([]string{path})
	defer func() { removeEmpty(folders) }()
	if err != nil {
		return err
	}
	p, err := create(path)
	if err != nil {
		return err
	}
	f := &finished{pending: p}
	defer f.discard()
	if _, err = p.Write(data); err == nil {
		err = p.finish()
	}
	if err != nil {
		return err
	}
	return f.publish(w.app, w.settings.quiet)
}
