package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/fetch"
	"github.com/evbook/evbook/notes/links"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
)

// build is the verb "build": notes in, books out.
func (a *app) build(ctx context.Context, args []string) error {
	s, err := a.parse("build", args)
	if err != nil {
		return err
	}
	switch {
	case s.help:
		return a.usage(a.stdout, "build")
	case s.version:
		return a.version(ctx, nil)
	}
	w, err := a.load(ctx, s, (*work).prepare)
	if err != nil {
		return err
	}
	list, err := w.chosenFormats()
	if err != nil {
		return err
	}
	if err := w.protect(list); err != nil {
		return err
	}
	layout, err := w.layout()
	if err != nil {
		return err
	}
	books, err := w.editions()
	if err != nil {
		return err
	}
	paths, err := w.paths(books, list)
	if err != nil {
		return err
	}
	folders, err := makeFolders(slices.Concat(paths...))
	defer func() { removeEmpty(folders) }()
	if err != nil {
		return err
	}
	var files []*finished
	defer func() {
		for _, f := range files {
			f.discard()
		}
	}()
	for i, e := range books {
		var made []*finished
		made, err = w.renderFiles(ctx, e, list, paths[i], layout)
		files = append(files, made...)
		if err != nil {
			break
		}
	}
	if err != nil {
		return w.failed(ctx, err)
	}
	verdict := w.report()
	if s.strict && verdict != nil {
		return verdict // the old books stay
	}
	for _, f := range files {
		if err := f.publish(a, s.quiet); err != nil {
			return err
		}
	}
	return verdict
}

// work is a book on its way from its notes to its files.
type work struct {
	app      *app
	settings *settings
	source   *source
	config   *notes.Config
	book     *tree.Book
	options  notes.Options
	fetched  *fetch.Files // images of the web
	diags    diag.Collector

	layout func() (*layouts.Layout, error) // reads it once
}

// load reads the notes that the settings name. As soon as it knows the book's configuration it calls meanwhile, which may be nil.
func (a *app) load(ctx context.Context, s *settings, meanwhile func(*work)) (*work, error) {
	src, err := a.findSource(s.path)
	if err != nil {
		return nil, err
	}
	w := &work{app: a, settings: s, source: src}
	w.layout = sync.OnceValues(w.chosenLayout)
	if w.options, err = w.selection(); err != nil {
		return nil, err
	}
	if s.fetch != "" {
		w.fetchImages()
	}
	if src.bundled && !s.quiet {
		fmt.Fprintf(a.stderr, "evbook: no PATH and no %s here: taking the bundled notes\n", configName)
	}
	stop := w.progress("reading the notes")
	err = w.read(ctx, meanwhile)
	stop()
	if err != nil {
		if errors.Is(err, notes.ErrNothingSelected) {
			err = usageError(err, "evbook tree shows the events and talks")
		}
		return nil, w.failed(ctx, err)
	}
	if s.archive {
		links.AddArchived(w.book)
	}
	return w, nil
}

// failed prints the diagnostics gathered so far, which may tell why the work stopped, and returns err. After an
// interruption they are not worth printing.
func (w *work) failed(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		_ = w.report() // err is graver than any verdict
	}
	return err
}

// read fills in the configuration and the book.
func (w *work) read(ctx context.Context, meanwhile func(*work)) (err error) {
	if meanwhile == nil {
		meanwhile = func(*work) {}
	}
	if w.source.file != "" { // one file is a book without a configuration
		w.config = &notes.Config{}
		meanwhile(w)
		w.book, err = notes.LoadFile(ctx, w.source.fsys, w.source.file, w.options, w.diags.Report)
		return err
	}
	if w.config, err = notes.ReadConfig(w.source.fsys, w.diags.Report); err != nil {
		return err
	}
	meanwhile(w)
	w.book, err = notes.Load(ctx, w.source.fsys, w.options, w.diags.Report)
	return err
}

// prepare begins with what the formats need beside the notes. Errors are left to those who need it.
func (w *work) prepare() {
	list, err := w.chosenFormats()
	if err != nil {
		return
	}
	go func() {
		layout, err := w.layout()
		if err != nil {
			return
		}
		for _, f := range list {
			if f.Prepare != nil {
				f.Prepare(layout, fonts.Bundled(), cmp.Or(w.options.Language, w.config.Meta.Language))
			}
		}
	}()
}

// note says what has been done, when asked to.
func (w *work) note(format string, args ...any) {
	if w.settings.verbose {
		fmt.Fprintf(w.app.stderr, "evbook: "+format+"\n", args...)
	}
}

// say tells people, but not programs, how it went.
func (w *work) say(format string, args ...any) {
	if !w.settings.quiet && w.settings.diagnostics == "text" {
		fmt.Fprintf(w.app.stderr, "evbook: "+format+"\n", args...)
	}
}

// buildTime is the clock of the build: SOURCE_DATE_EPOCH, else the newest date in the notes, else the first moment that
// a ZIP archive can name.
func (a *app) buildTime(book *tree.Book) (time.Time, error) {
	earliest := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	if v := a.getenv("SOURCE_DATE_EPOCH"); v != "" {
		seconds, err := strconv.ParseInt(v, 10, 64)
		if err != nil || seconds < 0 || seconds > 253402300799 { // the end of the year 9999
			return time.Time{}, usageError(fmt.Errorf("environment variable SOURCE_DATE_EPOCH: %q is no number of seconds since 1970", v))
		}
		if t := time.Unix(seconds, 0).UTC(); t.After(earliest) {
			return t, nil
		}
		return earliest, nil
	}
	if t := book.Meta.Date.Time(); !book.Meta.Date.IsZero() && t.After(earliest) {
		return t, nil
	}
	return earliest, nil
}

// chosenFormats returns the formats that the flag, book.yaml or the default name.
func (w *work) chosenFormats() ([]render.Format, error) {
	names := w.settings.formats
	if len(names) == 0 {
		for _, f := range w.config.Formats {
			names = append(names, f.Name)
		}
	}
	if len(names) == 0 {
		names = defaultFormats
	}
	var list []render.Format
	for _, name := range names {
		f, err := formats.Lookup(name)
		if err != nil {
			return nil, usageError(err)
		}
		if f.ExtFor != nil {
			f.Ext = f.ExtFor(w.formatOptions(f.Name))
		}
		if !slices.ContainsFunc(list, func(g render.Format) bool { return g.Name == f.Name }) {
			list = append(list, f)
		}
	}
	return list, nil
}

// formatOptions returns the settings of a format: those of book.yaml, then those of flags, which count.
func (w *work) formatOptions(name string) []render.Option {
	var list []render.Option
	for _, f := range w.config.Formats {
		if f.Name != name {
			continue
		}
		for _, o := range f.Options {
			list = append(list, render.Option(o))
		}
	}
	s := w.settings
	for _, f := range []struct{ format, option, value string }{{"epub", "profile", s.profile}, {"pdf", "url-notes", s.urlNotes}, {"pdf", "qr", s.qrValue()}, {"pdf", "password", s.password}} {
		if f.format == name && f.value != "" {
			list = append(list, render.Option{Name: f.option, Value: f.value})
		}
	}
	return list
}

// chosenLayout returns the layout that the flag, book.yaml or the default names. A layout file that book.yaml names is
// relative to book.yaml.
func (w *work) chosenLayout() (*layouts.Layout, error) {
	name := w.settings.layout
	if name == "" {
		name = w.config.Layout
		if ext := filepath.Ext(name); ext == ".yaml" || ext == ".yml" {
			name = filepath.Join(w.source.dir, filepath.FromSlash(name))
		}
	}
	if name == "" {
		name = layouts.Default
	}
	layout, err := layouts.Load(name)
	if err != nil {
		return nil, usageError(err)
	}
	return layout, nil
}

// finished is a file that waits to be put in its place.
type finished struct {
	*pending // nil for standard output
	bytes    []byte
	pages    int
}

func (f *finished) discard() {
	if f != nil && f.pending != nil {
		f.pending.discard()
	}
}

// publish puts the file in its place and says so on standard output.
func (f *finished) publish(a *app, quiet bool) error {
	if f.pending == nil {
		_, err := a.stdout.Write(f.bytes)
		return err
	}
	size, err := f.commit()
	if err != nil || quiet {
		return err
	}
	line := fmt.Sprintf("%s  %s", f.path, byteCount(size))
	if f.pages > 0 {
		line += fmt.Sprintf("  %d pages", f.pages)
	}
	_, err = fmt.Fprintln(a.stdout, line)
	return err
}

// renderFiles renders all formats at the same time into temporary files.
func (w *work) renderFiles(ctx context.Context, e *edition, list []render.Format, paths []string, layout *layouts.Layout) ([]*finished, error) {
	stop := w.progress("making " + nameList(list) + e.suffix())
	defer stop()
	files := make([]*finished, len(list))
	var pages *render.Pages
	if slices.ContainsFunc(list, func(f render.Format) bool { return f.Paged }) {
		pages = render.NewPages() // the other formats may take over the numbers of the pages
	}
	g, ctx := errgroup.WithContext(ctx)
	for i, format := range list {
		g.Go(func() error {
			start := time.Now()
			var err error
			job := w.job(e, layout)
			job.Pages, job.Options = pages, w.formatOptions(format.Name)
			files[i], err = w.renderFile(ctx, job, format, paths[i])
			if err == nil {
				w.note("%s done in %s", format.Name, time.Since(start).Round(time.Millisecond))
			}
			return err
		})
	}
	err := g.Wait()
	return files, err
}

func (w *work) renderFile(ctx context.Context, job *render.Job, format render.Format, path string) (*finished, error) {
	f := &finished{}
	var out io.Writer
	var memory memoryFile
	if path == stdoutName {
		out = &memory
	} else {
		p, err := create(path)
		if err != nil {
			return nil, err
		}
		f.pending, out = p, p
	}
	result, err := format.New().Render(ctx, job, out)
	if err == nil && f.pending != nil {
		err = f.finish()
	}
	if err != nil {
		return f, fmt.Errorf("make the %s: %w", format.Name, err)
	}
	f.bytes, f.pages = memory, result.Pages
	return f, nil
}

// job describes a book to a renderer.
func (w *work) job(e *edition, layout *layouts.Layout) *render.Job {
	return &render.Job{
		Book: e.book, Layout: layout, Fonts: fonts.Bundled(), Assets: w.fetched.Over(w.source.fsys), Time: e.time, Generator: generator(), Report: w.diags.Report,
		FontDirs: w.settings.fonts, SystemFonts: shape.SystemFolders,
	}
}

// memoryFile holds a file that goes to standard output once it is complete.
type memoryFile []byte

func (m *memoryFile) Write(b []byte) (int, error) {
	*m = append(*m, b...)
	return len(b), nil
}
