package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rewriteZIP copies a ZIP archive and passes every file through change.
func rewriteZIP(t *testing.T, from, to string, change func(name string, data []byte) []byte) {
	t.Helper()
	z, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		h := &zip.FileHeader{Name: f.Name, Method: f.Method}
		e, err := w.CreateHeader(h)
		if err == nil {
			_, err = e.Write(change(f.Name, data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestCheckOfAnEPUBShowsThePlaceInIt(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.epub"), filepath.Join(dir, "bad.epub")
	run := func(args ...string) (int, string) {
		var stderr bytes.Buffer
		a := &app{stdout: io.Discard, stderr: &stderr, getenv: func(string) string { return "" }}
		return a.run(context.Background(), args), stderr.String()
	}
	if code, errs := run("-q", "-f", "epub", "-o", good, writeNotes(t)); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, errs)
	}
	changed := false
	rewriteZIP(t, good, bad, func(name string, data []byte) []byte {
		if strings.HasSuffix(name, ".xhtml") && bytes.Contains(data, []byte("Some words.")) {
			changed = true
			return bytes.ReplaceAll(data, []byte("Some words."), []byte(`Some <blink>words</blink>.`))
		}
		return data
	})
	if !changed {
		t.Fatal("the EPUB does not say what the notes say")
	}
	code, errs := run("check", bad)
	if code != exitContent {
		t.Errorf("exit code %d, want %d", code, exitContent)
	}
	place := regexp.QuoteMeta(filepath.ToSlash(bad)) + `/\S+\.xhtml:\d+:\d+: error: .*blink.* \[epub-rsc-005\]\n.*<blink>words</blink>`
	if !regexp.MustCompile(place).MatchString(errs) {
		t.Errorf("no finding with its line:\n%s", errs)
	}
	if code, errs := run("check", "--strict", good); code != exitOK || !strings.Contains(errs, "no problems") {
		t.Errorf("a good EPUB: exit code %d\n%s", code, errs)
	}
}
