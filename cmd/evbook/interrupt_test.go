package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/render"
)

// renderFunc is a format made of a function.
type renderFunc func(ctx context.Context, job *render.Job, w io.Writer) (render.Result, error)

func (f renderFunc) Render(ctx context.Context, job *render.Job, w io.Writer) (render.Result, error) {
	return f(ctx, job, w)
}

// withFormat adds a format to the list for the time of a test.
func withFormat(t *testing.T, name string, f renderFunc) {
	t.Helper()
	old := formats
	t.Cleanup(func() { formats = old })
	formats = append(slices.Clip(old), render.Format{Name: name, Ext: "." + name, New: func() render.Renderer { return f }})
}

// writeNotes makes a notes folder of one talk and returns its path.
func writeNotes(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "talk.md"), []byte("# Talk\n\nSome words.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// filesBelow lists everything below a folder.
func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	if err := fs.WalkDir(os.DirFS(dir), ".", func(path string, _ fs.DirEntry, err error) error {
		if path != "." {
			list = append(list, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestInterruptedBuildLeavesNothingBehind(t *testing.T) {
	notes, out := writeNotes(t), t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	withFormat(t, "slow", func(ctx context.Context, _ *render.Job, w io.Writer) (render.Result, error) {
		if _, err := w.Write(bytes.Repeat([]byte("x"), 1<<20)); err != nil {
			return render.Result{}, err
		}
		cancel() // ctrl-C, while a part of the file has been written
		<-ctx.Done()
		return render.Result{}, ctx.Err()
	})
	var stdout, stderr bytes.Buffer
	a := &app{stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
	code := a.run(ctx, []string{"-f", "slow,json,epub", "-o", filepath.Join(out, "new", "folder") + "/", notes})
	if code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if got := filesBelow(t, out); len(got) > 0 {
		t.Errorf("left behind: %v", got)
	}
	if !strings.Contains(stderr.String(), "interrupted") || stdout.Len() > 0 {
		t.Errorf("standard error %q, standard output %q", stderr.String(), stdout.String())
	}
}

func TestFailedBuildKeepsTheOldBookAndSaysWhy(t *testing.T) {
	notes, out := writeNotes(t), t.TempDir()
	book := filepath.Join(out, "book.broken")
	if err := os.WriteFile(book, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(notes, "bad.md"), []byte("---\ntitle: Bad\ndate: 2020-02-31\n---\nText.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	withFormat(t, "broken", func(_ context.Context, _ *render.Job, w io.Writer) (render.Result, error) {
		io.WriteString(w, "new")
		return render.Result{}, errors.New("the disk is on fire")
	})
	var stderr bytes.Buffer
	a := &app{stdout: io.Discard, stderr: &stderr, getenv: func(string) string { return "" }}
	if code := a.run(context.Background(), []string{"-f", "broken", "-o", book, notes}); code != exitEnvironment {
		t.Errorf("exit code %d, want %d", code, exitEnvironment)
	}
	if got, err := os.ReadFile(book); err != nil || string(got) != "old" {
		t.Errorf("the old book is %q, %v", got, err)
	}
	if got := filesBelow(t, out); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
	for _, want := range []string{"the disk is on fire", "bad.md:3:7"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("standard error does not say %q:\n%s", want, stderr.String())
		}
	}
}

func TestProgressIsShownToPeopleOnly(t *testing.T) {
	for _, tt := range []struct {
		name     string
		terminal bool
		env      map[string]string
		settings settings
		want     bool
	}{
		{"terminal", true, nil, settings{diagnostics: "text"}, true},
		{"file", false, nil, settings{diagnostics: "text"}, false},
		{"dumb terminal", true, map[string]string{"TERM": "dumb"}, settings{diagnostics: "text"}, false},
		{"workflow", true, map[string]string{"CI": "true"}, settings{diagnostics: "text"}, false},
		{"quiet", true, nil, settings{diagnostics: "text", quiet: true}, false},
		{"verbose", true, nil, settings{diagnostics: "text", verbose: true}, false},
		{"JSON", true, nil, settings{diagnostics: "json"}, false},
	} {
		w := &work{app: &app{terminal: tt.terminal, getenv: func(k string) string { return tt.env[k] }}, settings: &tt.settings}
		if got := w.showsProgress(); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestProgressIsClearedAtItsEnd(t *testing.T) {
	if progressInterval < 100*time.Millisecond {
		t.Error("more than ten updates a second")
	}
	written := make(chan struct{}, 100)
	var b bytes.Buffer
	stop := showProgress(writerFunc(func(p []byte) (int, error) {
		written <- struct{}{}
		return b.Write(p)
	}), "making a book", time.Millisecond, time.Millisecond)
	<-written
	<-written
	stop()
	stop() // a second call does nothing
	if got := b.String(); !strings.Contains(got, "making a book") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("got %q", got)
	}

	b.Reset()
	showProgress(&b, "a short step", time.Hour, time.Hour)()
	if b.Len() > 0 {
		t.Errorf("a short step shows %q", b.String())
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestFileNames(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"Event Notes", "event-notes"},
		{"Café au lait: l’été", "cafe-au-lait-lete"},
		{"日本語", ""},
		{"Con", "con-book"}, // a device on Windows
		{"LPT1", "lpt1-book"},
		{"Console", "console"},
	} {
		if got := asciiName(tt.title); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.title, got, tt.want)
		}
	}
}
