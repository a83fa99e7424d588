package notes

import (
	"context"
	"crypto/sha1" // RFC 9562 builds version 5 identifiers on it; nothing secret depends on it
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/fetch"
	"github.com/evbook/evbook/notes/resolve"
	"github.com/evbook/evbook/notes/tree"
)

// Options say how to load notes. The zero Options work.
type Options struct {
	// Language overrides the language in book.yaml; a BCP 47 tag.
	Language string
	// Name is the title of a book whose notes give none: the name of the folder, say.
	Name string
	// Drafts keeps the notes that are marked as drafts.
	Drafts bool
	// Workers is how many files are read at the same time; 0 means one for each processor. It does not change the result.
	Workers int

	// Events selects events by title, folder, or the last name of the folder's path; case and punctuation do not count.
	// Empty means all. The command line sets these fields from --event, --since, --until and --tag. A selection that leaves
	// nothing is an [ErrNothingSelected], and so is the name of no event.
	Events []string
	// Since and Until select talks by their day, both included; a talk without a day counts as on its event's days. The
	// zero Date sets no bound.
	Since, Until tree.Date
	// Tags selects talks that have at least one of these tags. Empty means all.
	Tags []string

	// Fetch brings in the images on the web that the book shows, and reports those that it cannot have. Nil leaves them
	// where they are: each is reported, and the book links to it.
	Fetch func(context.Context, []fetch.Image) (*fetch.Files, error)
}

// ErrNoNotes says that there is no Markdown file to make a book of.
var ErrNoNotes = errors.New("no notes: there is no Markdown file")

// Load reads the notes below fsys and returns the book, complete and read-only. Problems in the notes are reported and do
// not stop the work: a book is returned all the same. The error is for what does: a folder that cannot be read, no notes
// at all ([ErrNoNotes]), or a cancelled ctx. The book and the reports depend only on the files and on opt.
func Load(ctx context.Context, fsys fs.FS, opt Options, report diag.Reporter) (*tree.Book, error) {
	book, _, err := load(ctx, fsys, opt, report)
	return book, err
}

func load(ctx context.Context, fsys fs.FS, opt Options, report diag.Reporter) (*tree.Book, *builder, error) {
	config, err := ReadConfig(fsys, report)
	if err != nil {
		return nil, nil, err
	}
	s := newScanner(fsys, config.Ignore, report)
	root, err := s.scan(ctx, ".", 0)
	if err != nil {
		return nil, nil, err
	}
	if root == nil {
		return nil, nil, ErrNoNotes
	}
	lang := languageOf(opt, config)
	pages, err := readPages(ctx, fsys, root.allFiles(), lang, opt, report)
	if err != nil {
		return nil, nil, err
	}
	b := newBuilder(config, lang, report)
	b.skipped = s.skipped
	root.attach(pages)
	b.readSummary(pages)
	b.dropIncluded(pages)
	left := root.prune(func(p *page, why string) {
		if p.path == b.summaryName {
			why = "it gives the order"
		} else if in := b.included[p.path]; in != "" {
			why = "it is included in " + in
		}
		b.leftOut[p.path] = why
		b.skipped = append(b.skipped, Entry{Path: p.path, Title: tree.PlainText(p.title), Kind: KindSkipped, Reason: why})
	})
	if !left {
		return nil, nil, fmt.Errorf("%w that is not a draft", ErrNoNotes)
	}
	root = root.unwrap()
	b.build(root)
	if err := b.selectNotes(opt); err != nil {
		return nil, nil, err
	}
	b.registerSpeakers()
	b.check()
	if err := b.finish(ctx, root, fsys, opt); err != nil {
		return nil, nil, err
	}
	return b.book, b, nil
}

// LoadFile reads one Markdown file as a book of its own: a book with one part and one talk. The images beside it are
// looked up in fsys; book.yaml is not read.
func LoadFile(ctx context.Context, fsys fs.FS, name string, opt Options, report diag.Reporter) (*tree.Book, error) {
	config := &Config{}
	lang := languageOf(opt, config)
	opt.Drafts = true // who names a draft wants it
	pages, err := readPages(ctx, fsys, []string{name}, lang, opt, report)
	if err != nil {
		return nil, err
	}
	p := pages[name]
	if p == nil {
		return nil, fmt.Errorf("read %s: %w", name, fs.ErrNotExist)
	}
	if p.lang != "" && opt.Language == "" {
		lang = p.lang
	}
	b := newBuilder(config, lang, report)
	b.book.Meta.Title = tree.PlainText(p.title)
	if f, ok := p.field("author"); ok {
		b.book.Meta.Creators, _ = b.reader().people(f, "aut")
	}
	root := &folder{path: ".", pages: []*page{p}}
	b.events([]*folder{root})
	b.check()
	if err := b.finish(ctx, root, fsys, opt); err != nil {
		return nil, err
	}
	return b.book, nil
}

func languageOf(opt Options, config *Config) string {
	switch {
	case opt.Language != "":
		return opt.Language
	case config.Meta.Language != "":
		return config.Meta.Language
	}
	return "en"
}

// readPages reads files at the same time. What they report is passed on in the order of names.
func readPages(ctx context.Context, fsys fs.FS, names []string, lang string, opt Options, report diag.Reporter) (map[string]*page, error) {
	workers := opt.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	read := make([]*page, len(names))
	failed := make([]error, len(names))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for i, name := range names {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				failed[i] = err
				return nil
			}
			read[i] = readPage(fsys, name, data, lang)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	pages := make(map[string]*page, len(names))
	for i, p := range read {
		if p == nil {
			report(unreadable(names[i], failed[i]))
			continue
		}
		for _, d := range p.reports {
			report(d)
		}
		p.draft = p.draft && !opt.Drafts
		pages[names[i]] = p
	}
	return pages, nil
}

// unreadable says why a file is not in the book.
func unreadable(name string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Code: CodeUnreadable, Pos: diag.Pos{File: strings.ToValidUTF8(name, "\uFFFD")}, Message: "the file cannot be read: " + err.Error()}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		d.Message = "the file cannot be read: " + at.Err.Error()
	}
	if !utf8.ValidString(name) {
		d.Message, d.Hints = "the file is left out: its name is not UTF-8", []string{"rename it"}
	}
	return d
}

// dropIncluded takes the files out that are printed as part of another already, unless SUMMARY.md lists them.
func (b *builder) dropIncluded(pages map[string]*page) {
	b.included = map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if pages[name].draft || b.included[name] != "" {
			continue
		}
		for _, inc := range pages[name].includes {
			_, listed := b.summary[inc]
			if p := pages[inc]; p != nil && !listed && b.included[inc] == "" {
				b.included[inc] = name
				p.draft = true
			}
		}
	}
}

// finish fills in what follows from the whole book and resolves it.
func (b *builder) finish(ctx context.Context, root *folder, fsys fs.FS, opt Options) error {
	m := &b.book.Meta
	if m.Title == "" {
		m.Title = b.fallbackTitle(root, opt)
	}
	if m.Date.IsZero() {
		m.Date = b.newest
	}
	if m.Identifier == "" || opt.selects() { // a selection is a publication of its own
		m.Identifier = identifier(m, opt.selection())
	}
	if m.Cover != "" && m.Cover != tree.NoCover {
		b.checkCover(fsys)
	}
	res := resolve.Options{Files: fsys, LeftOut: b.leftOut, Unselected: b.unselected, Included: b.included}
	if opt.Fetch != nil {
		files, err := opt.Fetch(ctx, b.remoteImages())
		if err != nil {
			return err
		}
		res.Fetched = files.Path
	}
	resolve.Resolve(b.book, res, b.report)
	return nil
}

// remoteImages lists the images on the web that the book shows.
func (b *builder) remoteImages() (list []fetch.Image) {
	for n := range tree.All(b.book) {
		if img, ok := n.(*tree.Image); ok {
			if address, ok := resolve.RemoteAddress(img); ok {
				list = append(list, fetch.Image{URL: address, Pos: img.Src})
			}
		}
	}
	return list
}

// fallbackTitle finds a title for a book whose book.yaml gives none.
func (b *builder) fallbackTitle(root *folder, opt Options) string {
	if root.opening != nil && root.opening.titleFrom != "file name" {
		return tree.PlainText(root.opening.title)
	}
	title := "Notes"
	if opt.Name != "" {
		title = prettyName(opt.Name)
	}
	for _, e := range b.book.Events {
		if e.Path == "." { // the part was made before the title was known
			e.Title = tree.Inlines{&tree.Text{Text: title}}
		}
	}
	return title
}

// namespace is the name space of the identifiers below, drawn once at random.
var namespace = [16]byte{0x5b, 0x1e, 0x7a, 0x3c, 0x6d, 0x21, 0x5e, 0x0f, 0x9c, 0x44, 0x1f, 0x8a, 0x2b, 0x70, 0xd3, 0x96}

// identifier derives a version 5 UUID (RFC 9562, 5.5) from title, subtitle, creators, language and what was selected: it is
// the same wherever and whenever the book is built, and survives changes of the notes.
func identifier(m *tree.Meta, selection string) string {
	h := sha1.New()
	h.Write(namespace[:])
	fmt.Fprintf(h, "%s\n%s\n%s", m.Title, m.Subtitle, m.Language)
	for _, c := range m.Creators {
		fmt.Fprintf(h, "\n%s", c.Name)
	}
	if selection != "" {
		fmt.Fprintf(h, "\n\n%s", selection)
	}
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}
