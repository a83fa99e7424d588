package fetch_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/fetch"
)

func pngOf(w, h int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// web serves what an address on it may give.
func web(t *testing.T) (*httptest.Server, map[string]int) {
	asked := map[string]int{}
	var s *httptest.Server //nolint:staticcheck // the handler names it
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		name, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		switch name {
		case "png":
			w.Write(pngOf(3, 2))
		case "plain.svg":
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprint(w, "\uFEFF<?xml version='1.0'?>\n<!-- a -->\n<svg xmlns='http://www.w3.org/2000/svg'/>")
		case "page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(pngOf(1, 1))
		case "lie":
			w.Header().Set("Content-Type", "image/png")
			fmt.Fprint(w, "<html><svg/></html>")
		case "broken":
			w.Write(pngOf(9, 9)[:20])
		case "large":
			w.Write(append(pngOf(1, 1), make([]byte, 5000)...))
		case "vast":
			w.Write(pngOf(4000, 4))
		case "slow":
			<-r.Context().Done()
		case "gone":
			w.WriteHeader(http.StatusGone)
		case "on": // leads on so many times
			if len(rest) == 0 {
				w.Write(pngOf(1, 1))
				return
			}
			http.Redirect(w, r, "/on/"+rest[1:], http.StatusFound)
		case "file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}
	}))
	t.Cleanup(s.Close)
	return s, asked
}

func TestFetch(t *testing.T) {
	s, _ := web(t)
	f := fetch.Fetcher{AllowLocal: true, MaxSize: 4096, MaxPixels: 10000, Timeout: 300 * time.Millisecond}
	for _, tt := range []struct{ path, ending, problem string }{
		{"/png", ".png", ""},
		{"/plain.svg", ".svg", ""},
		{"/on/xxxxx", ".png", ""},
		{"/on/xxxxxx", "", "leads on more than 5 times"},
		{"/page", "", "it is no image but text/html"},
		{"/lie", "", "no PNG, JPEG, GIF, WebP or SVG"},
		{"/broken", "", "no PNG, JPEG, GIF, WebP or SVG"},
		{"/large", "", "larger than 0 MiB"},
		{"/vast", "", "4000 × 4 pixels"},
		{"/slow", "", "no answer within 300ms"},
		{"/gone", "", "410 Gone"},
		{"/file", "", `"file:"`},
	} {
		t.Run(tt.path, func(t *testing.T) {
			var seen diag.Collector
			pos := diag.Pos{File: "a.md", Line: 3, Col: 1}
			files, err := f.Fetch(context.Background(), []fetch.Image{{URL: s.URL + tt.path, Pos: pos}}, seen.Report)
			if err != nil {
				t.Fatal(err)
			}
			got, ok := files.Path(s.URL + tt.path)
			if ok != (tt.ending != "") || ok && filepath.Ext(got) != tt.ending {
				t.Errorf("got %q, %v", got, seen.List())
			}
			if ok {
				if data, err := fs.ReadFile(files.Over(fstest.MapFS{}), got); err != nil || len(data) == 0 {
					t.Errorf("the file cannot be read: %v", err)
				}
				return
			}
			list := seen.List()
			if len(list) != 1 || list[0].Code != fetch.CodeFetch || list[0].Severity != diag.Warning || list[0].Pos != pos || !strings.Contains(list[0].Message, tt.problem) {
				t.Errorf("reported: %v", list)
			}
		})
	}
}

// TestLocalAddresses: the machines around the program are not asked, whatever notes and redirections say.
func TestLocalAddresses(t *testing.T) {
	s, asked := web(t)
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	for _, address := range []string{
		s.URL + "/png", "http://localhost" + port + "/png", "http://LOCALHOST." + port + "/png", "http://[::1]" + port + "/png", "http://[::ffff:127.0.0.1]" + port + "/png",
		"http://0.0.0.0" + port + "/png", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://100.64.0.1/", "http://[fd00::1]/",
		"http://[fe80::1]/", "http://router/x.png", "http://[64:ff9b::7f00:1]/",
	} {
		var seen diag.Collector
		if _, err := new(fetch.Fetcher).Fetch(context.Background(), []fetch.Image{{URL: address}}, seen.Report); err != nil {
			t.Fatal(err)
		}
		if list := seen.List(); len(list) != 1 || !strings.Contains(list[0].Message, "local network") {
			t.Errorf("%s: %v", address, list)
		}
	}
	if len(asked) > 0 {
		t.Errorf("asked: %v", asked)
	}
}

// TestLock: what the lock has is taken from the cache without a question, and nothing else is taken for it.
func TestLock(t *testing.T) {
	body := pngOf(2, 2)
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Write(body)
	}))
	defer s.Close()
	cache := t.TempDir()
	var text []byte
	run := func(refresh bool) (string, diag.List) {
		t.Helper()
		var seen diag.Collector
		f := fetch.Fetcher{AllowLocal: true, Cache: cache, Refresh: refresh, Lock: fetch.ParseLock(text, seen.Report)}
		files, err := f.Fetch(context.Background(), []fetch.Image{{URL: s.URL}, {URL: s.URL, Pos: diag.Pos{Line: 2}}}, seen.Report)
		if err != nil {
			t.Fatal(err)
		}
		text, _ = f.Lock.Text()
		p, _ := files.Path(s.URL)
		return p, seen.List()
	}
	first, seen := run(false)
	if first == "" || len(seen) > 0 || asked != 1 || !strings.Contains(string(text), " "+s.URL+"\n") {
		t.Fatalf("got %q, %v, %d questions, lock\n%s", first, seen, asked, text)
	}
	if p, seen := run(false); p != first || len(seen) > 0 || asked != 1 {
		t.Errorf("with lock and cache: %q, %v, %d questions", p, seen, asked)
	}
	kept, _ := filepath.Glob(filepath.Join(cache, "*"))
	for _, name := range kept {
		if err := os.WriteFile(name, []byte("damaged"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if p, seen := run(false); p != first || len(seen) > 0 || asked != 2 {
		t.Errorf("with a damaged cache: %q, %v, %d questions", p, seen, asked)
	}
	body = pngOf(5, 5)
	if err := os.RemoveAll(cache); err != nil {
		t.Fatal(err)
	}
	before := string(text)
	p, seen := run(false)
	if p != "" || len(seen) != 2 || seen[0].Code != fetch.CodeChanged || seen[0].Severity != diag.Error || string(text) != before {
		t.Errorf("a changed image: %q, %v, lock\n%s", p, seen, text)
	}
	if p, seen = run(true); p == "" || p == first || len(seen) > 0 || string(text) == before {
		t.Errorf("refreshed: %q, %v", p, seen)
	}
	s.Close()
	if p2, seen := run(false); p2 != p || len(seen) > 0 {
		t.Errorf("without a network: %q, %v", p2, seen)
	}
	os.RemoveAll(cache)
	if p, seen = run(false); p != "" || len(seen) != 2 || seen[0].Severity != diag.Error {
		t.Errorf("without network and cache: %q, %v", p, seen)
	}
}

func TestLockFile(t *testing.T) {
	sum := strings.Repeat("ab", 32)
	for _, tt := range []struct {
		text string
		bad  int
	}{
		{"", 0}, {"# words\n\n" + sum + " 12 https://example.org/a.png\n", 0}, {"<<<<<<< HEAD\n", 1}, {sum + " -1 https://example.org/\n", 1},
		{sum[1:] + " 1 https://example.org/\n", 1}, {sum + " 1\n" + sum + " 1 a b\n", 2},
	} {
		var seen diag.Collector
		fetch.ParseLock([]byte(tt.text), seen.Report)
		if list := seen.List(); len(list) != tt.bad || tt.bad > 0 && (list[0].Code != fetch.CodeLock || list[0].Pos.File != fetch.LockName || list[0].Pos.Line != 1) {
			t.Errorf("%q: %v", tt.text, list)
		}
	}
	l := fetch.ParseLock([]byte("# other words\n"+sum+" 12 https://example.org/b.png\n"+sum+" 12 https://example.org/a.png\n"), func(diag.Diagnostic) {})
	text, changed := l.Text()
	if lines := strings.Split(string(text), "\n"); !changed || len(lines) != 4 || !strings.HasSuffix(lines[1], "a.png") {
		t.Errorf("got %v\n%s", changed, text)
	}
	if _, changed := fetch.ParseLock(text, nil).Text(); changed {
		t.Error("the file as it was written counts as changed")
	}
	l.DropUnused()
	if text, _ := l.Text(); len(text) > 0 {
		t.Errorf("unused entries stay: %s", text)
	}
}
