package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/evbook/evbook/notes/fetch"
)

// TestFetchedImages: images on the web come into both formats, once; then the book does not need the web any more.
func TestFetchedImages(t *testing.T) {
	picture := func(side int) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var asked atomic.Int32
	var side atomic.Int32
	side.Store(40)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if !strings.HasPrefix(r.UserAgent(), "evbook") {
			t.Errorf("the program calls itself %q", r.UserAgent())
		}
		w.Write(picture(int(side.Load())))
	}))
	defer s.Close()
	dir, cache, out := t.TempDir(), t.TempDir(), t.TempDir()
	for _, name := range []string{"XDG_CACHE_HOME", "LocalAppData", "HOME"} { // whichever the system looks at
		t.Setenv(name, cache)
	}
	text := fmt.Sprintf("# Talk\n\n![A chart](%s/a.png \"In a figure\")\n\nAnd ![a dot](%[1]s/b.png?x=1) in a line, and <img src=\"%[1]s/a.png\" alt=\"again\">.\n", s.URL)
	if err := os.WriteFile(filepath.Join(dir, "talk.md"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(want int, args ...string) (books map[string][]byte, stderr string) {
		t.Helper()
		var outs, errs bytes.Buffer
		a := &app{stdout: &outs, stderr: &errs, getenv: func(string) string { return "" }, fetcher: func() fetch.Fetcher { return fetch.Fetcher{AllowLocal: true} }}
		if code := a.run(context.Background(), append([]string{"-o", out + "/"}, args...)); code != want {
			t.Errorf("%v: exit code %d\n%s", args, code, errs.String())
		}
		books = map[string][]byte{}
		for _, ext := range []string{".epub", ".pdf"} {
			list, _ := filepath.Glob(filepath.Join(out, "*"+ext))
			for _, name := range list {
				books[ext], _ = os.ReadFile(name)
				os.Remove(name)
			}
		}
		return books, errs.String()
	}
	lock := func() string {
		data, _ := os.ReadFile(filepath.Join(dir, fetch.LockName))
		return string(data)
	}

	without, stderr := run(exitOK, dir)
	if asked.Load() != 0 || lock() != "" || strings.Count(stderr, "[image-remote]") != 3 {
		t.Errorf("without --fetch: %d questions, lock %q\n%s", asked.Load(), lock(), stderr)
	}
	first, stderr := run(exitOK, "--strict", "--fetch", dir)
	if asked.Load() != 2 || strings.Count(lock(), s.URL) != 2 || stderr != "" {
		t.Errorf("%d questions, lock %q\n%s", asked.Load(), lock(), stderr)
	}
	if len(first[".epub"]) == 0 || bytes.Equal(first[".epub"], without[".epub"]) || !bytes.Contains(first[".pdf"], []byte("/Subtype /Image")) && !bytes.Contains(first[".pdf"], []byte("/Subtype/Image")) {
		t.Error("the images are not in the books")
	}

	side.Store(50) // the chart changes
	locked := lock()
	second, _ := run(exitOK, "--strict", "--fetch", dir)
	if asked.Load() != 2 || !bytes.Equal(first[".epub"], second[".epub"]) || !bytes.Equal(first[".pdf"], second[".pdf"]) {
		t.Errorf("the second build asks the web or differs: %d questions", asked.Load())
	}
	if err := os.RemoveAll(filepath.Join(cache, "evbook")); err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(filepath.Join(cache, "Library"))
	_, stderr = run(exitContent, "--fetch", dir)
	if strings.Count(stderr, "[image-changed]") != 3 || !strings.Contains(stderr, "talk.md:3:1: error") || lock() != locked {
		t.Errorf("a changed image: lock %q\n%s", lock(), stderr)
	}
	third, stderr := run(exitOK, "--strict", "--fetch=refresh", dir)
	if lock() == locked || bytes.Equal(first[".epub"], third[".epub"]) || stderr != "" {
		t.Errorf("--fetch=refresh: lock %q\n%s", lock(), stderr)
	}

	s.Close()
	run(exitOK, "--strict", "--fetch", filepath.Join(dir, "talk.md")) // one file alone has the lock beside it
	before := lock()
	var errs bytes.Buffer
	a := &app{stdin: strings.NewReader(text), stdout: &bytes.Buffer{}, stderr: &errs, getenv: func(string) string { return "" }, fetcher: func() fetch.Fetcher { return fetch.Fetcher{AllowLocal: true} }}
	if code := a.run(context.Background(), []string{"check", "--fetch", "-"}); code != exitOK || !strings.Contains(errs.String(), "[image-not-fetched]") || lock() != before {
		t.Errorf("standard input without a network: exit code %d\n%s", code, errs.String())
	}
	if exists(fetch.LockName) {
		t.Error("a lock file was left in the current folder")
	}
}
