// Package render is the contract between a book and its output formats: a [Job] is what a format is given, a [Renderer]
// turns it into files, a [Registry] names the formats that a program offers.
package render

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// Job is one book to be rendered. Renderers run at the same time on the same values and must not change them. The struct
// grows by adding fields.
type Job struct {
	Book      *tree.Book      // resolved, read-only
	Layout    *layouts.Layout // page geometry and type of paged formats; style sheets of the others
	Fonts     *fonts.Set
	Assets    fs.FS     // the notes folder: image paths of the tree are relative to it; nil if there is none
	Time      time.Time // the only clock: SOURCE_DATE_EPOCH, else the newest date in the notes; in UTC, whole seconds
	Generator string    // program name and version, for metadata
	Report    diag.Reporter
	// Pages takes the page map from the format that has pages to those that have none. Nil: there is no paged edition.
	Pages *Pages
	// Options are what book.yaml or a flag say about this format; the format says what they mean.
	Options []Option

	FontDirs    []string        // folders with fonts of the user's, for families that the layout names and characters that Fonts lacks
	SystemFonts func() []string // folders of the machine's own fonts, the last resort, asked for when needed; nil for none
}

// Result describes a finished file.
type Result struct {
	Pages int // number of pages, 0 for formats without pages
}

// Renderer writes a book in one format.
type Renderer interface {
	// Render writes the whole book to w. Problems of the book's content go to job.Report; the error is for what stops the
	// work, such as a cancelled context or a failed write. The same job gives the same bytes.
	Render(ctx context.Context, job *Job, w io.Writer) (Result, error)
}

// Format names a renderer.
type Format struct {
	Name      string // as in --format: lower case
	Ext       string // file name ending, with its dot
	MediaType string
	// ExtFor, if not nil, returns the ending of files made with the given options instead of Ext.
	ExtFor func([]Option) string
	Paged  bool   // it calls Set on its job's Pages
	Doc    string // one line for --help
	New    func() Renderer
	// Prepare, if not nil, may be called while the notes are still being read: it does early what every book of a layout needs, in
	// these fonts and this language (a BCP 47 tag, or "" if it is not known yet). What is rendered does not depend on it.
	Prepare func(*layouts.Layout, *fonts.Set, string)
}

// Registry is a list of formats.
type Registry []Format

// Lookup returns the format called name, or an [*UnknownError].
func (r Registry) Lookup(name string) (Format, error) {
	i := slices.IndexFunc(r, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, &UnknownError{Name: name, Known: r.Names()}
	}
	return r[i], nil
}

// Names returns the names of the formats in order.
func (r Registry) Names() []string {
	var names []string
	for _, f := range r {
		names = append(names, f.Name)
	}
	return names
}

// UnknownError says that a format is not in the registry.
type UnknownError struct {
	Name  string
	Known []string
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("unknown format %q (known: %s)", e.Name, strings.Join(e.Known, ", "))
}
