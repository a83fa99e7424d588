package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/notes/links"
)

func TestLinksOnline(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if !strings.HasPrefix(r.UserAgent(), "evbook") {
			t.Errorf("the program calls itself %q", r.UserAgent())
		}
		if r.URL.Path == "/gone" {
			w.WriteHeader(http.StatusGone)
		}
	}))
	defer s.Close()
	notes, cache := t.TempDir(), t.TempDir()
	for _, name := range []string{"XDG_CACHE_HOME", "LocalAppData", "HOME"} { // whichever the system looks at
		t.Setenv(name, cache)
	}
	text := fmt.Sprintf("# Talk\n\nA [good](%s/good) and a [dead](%s/gone) link.\n", s.URL, s.URL)
	if err := os.WriteFile(filepath.Join(notes, "talk.md"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (code int, stdout, stderr string) {
		var out, errs bytes.Buffer
		a := &app{stdout: &out, stderr: &errs, getenv: func(string) string { return "" }, checker: func() links.Checker {
			return links.Checker{AskLocal: true, Pause: time.Millisecond}
		}}
		code = a.run(context.Background(), append(append([]string{"links"}, args...), notes))
		return code, out.String(), errs.String()
	}
	if code, _, _ := run(); code != exitOK || asked > 0 {
		t.Errorf("without --online: exit code %d, %d questions", code, asked)
	}
	code, stdout, stderr := run("--online")
	if code != exitOK || !strings.Contains(stdout, "/good  good  [http, local]  ok\n") || !strings.Contains(stdout, "dead: 410 Gone\n") {
		t.Errorf("exit code %d\n%s", code, stdout)
	}
	if !strings.Contains(stderr, "talk.md:3:") || !strings.Contains(stderr, "[link-dead]") || !strings.Contains(stderr, "1 ok, 1 dead") {
		t.Errorf("standard error:\n%s", stderr)
	}
	before := asked
	if code, _, _ := run("--online", "--strict"); code != exitStrict {
		t.Errorf("--strict: exit code %d", code)
	}
	if asked != before {
		t.Errorf("%d questions more in spite of the cache", asked-before)
	}
}
