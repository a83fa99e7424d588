// Package lint checks EPUB files, evbook's own and anybody's, without Java: the container, the package document, the
// navigation, the XHTML, SVG, CSS and images, and every link between them.
//
// It follows EPUB 3.3 as EPUBCheck 5.3 reads it and uses EPUBCheck's message ids (RSC-005, OPF-014, …), so that a finding
// can be looked up and compared. Books of EPUB 2 are checked for what both versions share. Findings that EPUBCheck does
// not make, such as size budgets, have ids that begin with EVB.
package lint

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Severity says how grave a finding is, in EPUBCheck's terms.
type Severity uint8

// The severities, gravest last.
const (
	Info    Severity = iota // worth knowing, such as a size budget
	Usage                   // allowed, but a feature to be used with thought
	Warning                 // against a recommendation
	Error                   // against the standard
	Fatal                   // the file cannot be read further
)

var severityNames = [...]string{"info", "usage", "warning", "error", "fatal"}

// String gives the lower-case name of s.
func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// Finding is one fault at one place of an EPUB.
type Finding struct {
	Severity Severity
	ID       string // EPUBCheck's message id, or one of ours that begins with EVB
	Path     string // inside the EPUB; empty for the container itself
	Line     int    // from 1; 0 when the whole file is meant
	Col      int    // from 1, in code points; 0 when unknown
	Message  string // one sentence, lower case, no final stop
}

// String gives path:line:col: severity ID: message.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(cmp.Or(f.Path, "(container)"))
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Col)
	}
	fmt.Fprintf(&b, ": %s %s: %s", f.Severity, f.ID, f.Message)
	return b.String()
}

// Options directs a check. The zero Options reports everything from Info on, with the default budgets and limits.
type Options struct {
	// Least is the least severity to report.
	Least Severity
	// Parallel is how many files are checked at a time; 0 means one per processor.
	Parallel int
	// Budgets are sizes beyond which a file is reported as Info (EVB-001 to EVB-004).
	Budgets Budgets
	// Limits bound what a hostile file may cost.
	Limits Limits
	// PerFile is how many findings of one id are reported for one file; 0 means 50. What is left out is counted in
	// one finding with the same id.
	PerFile int
}

// Budgets are sizes that readers and shops handle well. A zero field has its default, a negative one no budget.
type Budgets struct {
	Document int64 // bytes of a content document; default 300 KiB
	Image    int64 // bytes of an image; default 1.5 MiB
	Pixels   int64 // pixels of an image; default 4.1 million, a cover of 1600 × 2560
	Book     int64 // bytes of the EPUB; default 50 MiB, what Send to Kindle takes
}

// Limits bound the work on one EPUB. A zero field has its default.
type Limits struct {
	Entries int   // files in the container; default 20 000
	Total   int64 // uncompressed bytes of all files; default 2 GiB
	Text    int64 // uncompressed bytes of one XML or CSS file; default 64 MiB
}

func (o Options) withDefaults() Options {
	if o.Parallel <= 0 {
		o.Parallel = runtime.GOMAXPROCS(0)
	}
	o.PerFile = cmp.Or(o.PerFile, 50)
	b, l := &o.Budgets, &o.Limits
	b.Document = cmp.Or(b.Document, 300<<10)
	b.Image = cmp.Or(b.Image, 3<<19)
	b.Pixels = cmp.Or(b.Pixels, 1600*2560)
	b.Book = cmp.Or(b.Book, 50<<20)
	l.Entries = cmp.Or(l.Entries, 20_000)
	l.Total = cmp.Or(l.Total, 2<<30)
	l.Text = cmp.Or(l.Text, 64<<20)
	return o
}

// Check examines the EPUB of size bytes in r and returns what it found, ordered by path, line and column. The error is
// about reading r only: faults of the EPUB, even one that is no ZIP file at all, are findings. Check never writes, never
// follows a link out of the EPUB and is safe for concurrent use.
func Check(r io.ReaderAt, size int64, opt Options) ([]Finding, error) {
	source := &countingReader{r: r}
	c := &checker{opt: opt.withDefaults()}
	c.run(source, size)
	if source.err != nil {
		return nil, fmt.Errorf("read EPUB: %w", source.err)
	}
	return c.findings(), nil
}

// File is a file of an EPUB that is not packed yet.
type File struct {
	Name string // path in the container
	Data []byte // is not changed
}

// CheckFiles examines the files of an EPUB before they are packed, as Check does save for the archive itself: its order,
// its methods, its size.
func CheckFiles(files []File, opt Options) []Finding {
	c := &checker{opt: opt.withDefaults()}
	c.container = c.newFile("")
	c.openFiles(files)
	c.layers()
	return c.findings()
}

// countingReader remembers the first error of r that is not the end of the file.
type countingReader struct {
	r   io.ReaderAt
	mu  sync.Mutex
	err error
}

func (c *countingReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		c.mu.Lock()
		c.err = cmp.Or(c.err, err)
		c.mu.Unlock()
	}
	return n, err
}

// checker is the state of one check.
type checker struct {
	opt       Options
	container *file // findings about the archive itself
	files     []*file
	entries   map[string]*entry
	folded    map[string]bool // names as they must differ
	order     []*entry
	rootfiles int               // package documents that the container names
	roots     map[string]bool   // what it names, package documents or not
	encrypted map[string]string // path → algorithm
	pkg       *packageDoc
	resources map[string]*resource // by path
}

// file collects the findings about one file of the EPUB. It is used by one goroutine at a time.
type file struct {
	path  string
	src   string // the text that offsets count in
	lines []int  // offsets of line starts, made when first needed
	base  int    // lines before src, for style sheets inside documents
	out   []Finding
	least Severity
	count map[string]int
	limit int
}

func (c *checker) newFile(path string) *file {
	f := &file{path: path, least: c.opt.Least, limit: c.opt.PerFile, count: map[string]int{}}
	c.files = append(c.files, f)
	return f
}

// whole reports a finding about the file as such.
func (f *file) whole(id, format string, args ...any) { f.add(id, 0, 0, format, args...) }

// at reports a finding at a byte offset of the source.
func (f *file) at(off int, id, format string, args ...any) {
	if severityOf(id) < f.least || f.count[id] >= f.limit {
		f.add(id, 0, 0, format, args...)
		return
	}
	line, col := f.place(off)
	f.add(id, line, col, format, args...)
}

func (f *file) add(id string, line, col int, format string, args ...any) {
	s := severityOf(id)
	if s < f.least {
		return
	}
	if f.count[id]++; f.count[id] > f.limit {
		return
	}
	f.out = append(f.out, Finding{s, id, f.path, line, col, fmt.Sprintf(format, args...)})
}

// place turns a byte offset of the source into line and column.
func (f *file) place(off int) (line, col int) {
	if f.lines == nil {
		f.lines = append(f.lines, 0)
		for i := 0; i < len(f.src); i++ {
			if f.src[i] == '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	}
	off = min(off, len(f.src))
	i, found := slices.BinarySearch(f.lines, off)
	if !found {
		i--
	}
	return i + 1 + f.base, utf8.RuneCountInString(f.src[f.lines[i]:off]) + 1
}

// findings gathers what all files have, in a stable order and without repetitions.
func (c *checker) findings() []Finding {
	var all []Finding
	for _, f := range c.files {
		all = append(all, f.out...)
		for id, n := range f.count {
			if n > f.limit {
				all = append(all, Finding{severityOf(id), id, f.path, 0, 0, fmt.Sprintf("%d more findings of this kind in the file", n-f.limit)})
			}
		}
	}
	slices.SortFunc(all, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			-cmp.Compare(a.Severity, b.Severity), strings.Compare(a.ID, b.ID), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(all)
}

// run opens the archive and goes through the layers of the EPUB as far as each lets the next be found.
func (c *checker) run(r io.ReaderAt, size int64) {
	c.container = c.newFile("")
	if limit := c.opt.Budgets.Book; limit > 0 && size > limit {
		c.container.whole("EVB-004", "the EPUB has %s, more than %s: some shops and mail services refuse it", bytesText(size), bytesText(limit))
	}
	if c.openZip(r, size) {
		c.layers()
	}
}

// layers goes from the container to the package document, its resources and the links between them.
func (c *checker) layers() {
	path := c.checkContainer()
	if path == "" {
		c.checkAll() // at least whether every file can be read
		return
	}
	c.readPackage(path)
	c.checkAll()
	if c.pkg != nil {
		c.checkReferences()
		c.checkUse()
	}
}

// checkAll checks the content of every file of the container, several at a time.
func (c *checker) checkAll() {
	var jobs []func()
	for _, e := range c.order {
		if job := c.job(e); job != nil {
			jobs = append(jobs, job)
		}
	}
	next := make(chan func())
	var wg sync.WaitGroup
	for range min(c.opt.Parallel, len(jobs)) {
		wg.Go(func() {
			for job := range next {
				job()
			}
		})
	}
	for _, job := range jobs {
		next <- job
	}
	close(next)
	wg.Wait()
}

func bytesText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
