// Package rendertest checks that a renderer keeps the promises that every format makes: it shows every node of the tree,
// gives the same bytes for the same job, stops when it is told to, and leaves the job as it was.
package rendertest

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render"
)

// Options say what is special about a format.
type Options struct {
	// Text returns the text that a reader of the finished file finds in it. Soft hyphens and line ends inside words must
	// be taken out.
	Text func(data []byte) (string, error)
	// Lost lists words of the sample that the format need not show, each with the reason.
	Lost map[string]string
	// Layout names the layout to use; empty for a4.
	Layout string
}

// Book returns the sample: every kind of node.
func Book() *tree.Book { return treetest.Every() }

// Assets returns the folder that the pictures of [Book] are in.
func Assets() fs.FS {
	img := image.NewNRGBA(image.Rect(0, 0, 8, 4))
	for x := range 8 {
		img.Set(x, 1, color.NRGBA{R: uint8(x * 30), A: uint8(255 - x*20)})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a picture in memory always encodes
	}
	return fstest.MapFS{treetest.ImagePath: {Data: b.Bytes()}}
}

// Job returns a job for book in the layout called name; diagnostics go to report.
func Job(t testing.TB, book *tree.Book, name string, report diag.Reporter) *render.Job {
	t.Helper()
	if name == "" {
		name = "a4"
	}
	layout, err := layouts.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return &render.Job{
		Book: book, Layout: layout, Fonts: fonts.Bundled(), Assets: Assets(),
		Time: time.Date(2013, 3, 17, 0, 0, 0, 0, time.UTC), Generator: "evbook test", Report: report,
	}
}

// Render renders job and returns the file.
func Render(t testing.TB, f render.Format, job *render.Job) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := f.New().Render(context.Background(), job, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Run runs all checks as subtests.
func Run(t *testing.T, f render.Format, opt Options) {
	t.Run("shows every node", func(t *testing.T) { showsEveryNode(t, f, opt) })
	t.Run("gives the same bytes", func(t *testing.T) { sameBytes(t, f, opt) })
	t.Run("stops when cancelled", func(t *testing.T) { stops(t, f, opt) })
	t.Run("passes on a failed write", func(t *testing.T) { failedWrite(t, f, opt) })
}

func encode(t testing.TB, b *tree.Book) string {
	var buf bytes.Buffer
	if err := tree.Encode(&buf, b); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func showsEveryNode(t *testing.T, f render.Format, opt Options) {
	var c diag.Collector
	job := Job(t, Book(), opt.Layout, c.Report)
	before := encode(t, job.Book)
	data := Render(t, f, job)
	for _, d := range c.List() {
		if d.Severity == diag.Error {
			t.Errorf("unexpected diagnostic: %s: %s", d.Pos, d.Message)
		}
	}
	if encode(t, job.Book) != before {
		t.Error("the renderer changed the tree")
	}
	text, err := opt.Text(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range treetest.EveryWords() {
		if _, ok := opt.Lost[w]; !ok && !strings.Contains(text, w) {
			t.Errorf("%q of the sample is not in the file", w)
		}
	}
}

func sameBytes(t *testing.T, f render.Format, opt Options) {
	ignore := func(diag.Diagnostic) {}
	want := Render(t, f, Job(t, Book(), opt.Layout, ignore))
	old := runtime.GOMAXPROCS(1)
	one := Render(t, f, Job(t, Book(), opt.Layout, ignore))
	runtime.GOMAXPROCS(old)
	if !bytes.Equal(one, want) {
		t.Error("the file depends on the number of processors")
	}
	files := make([][]byte, 4)
	var wg sync.WaitGroup
	for i := range files {
		wg.Go(func() { files[i] = Render(t, f, Job(t, Book(), opt.Layout, ignore)) })
	}
	wg.Wait()
	for i, got := range files {
		if !bytes.Equal(got, want) {
			t.Errorf("parallel build %d gave other bytes", i)
		}
	}
}

func stops(t *testing.T, f render.Format, opt Options) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := f.New().Render(ctx, Job(t, Book(), opt.Layout, func(diag.Diagnostic) {}), io.Discard)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

var errFull = errors.New("no space left")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func failedWrite(t *testing.T, f render.Format, opt Options) {
	_, err := f.New().Render(context.Background(), Job(t, Book(), opt.Layout, func(diag.Diagnostic) {}), fullDisk{})
	if !errors.Is(err, errFull) {
		t.Errorf("got %v, want the writer's error", err)
	}
}
