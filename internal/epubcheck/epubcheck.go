// Package epubcheck lets conformance tests ask EPUBCheck, the official checker. Tests only use it. It needs a JDK and what
// `make tools` installs; without them tests are skipped, or fail when EVBOOK_CONFORMANCE is "required".
//
// All books of a test go through one virtual machine: starting it takes longer than checking a book.
package epubcheck

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/internal/browser"
)

//go:embed Check.java
var program string

// Message is one of EPUBCheck's messages on a book.
type Message struct {
	Severity string // FATAL, ERROR, WARNING, INFO, USAGE; CRASH if EPUBCheck fails
	ID       string // such as RSC-005
	Place    string // path:line
	Text     string
}

// String gives all in one line.
func (m Message) String() string { return m.Severity + " " + m.ID + " " + m.Place + ": " + m.Text }

// Run checks books and returns the messages on each, in the order of the books, usage messages too.
func Run(t testing.TB, books [][]byte) [][]Message {
	t.Helper()
	jar := archive(t)
	java, err := exec.LookPath("java")
	if err != nil {
		browser.Missing(t, "Java is not installed: %v", err)
	}
	dir := t.TempDir()
	for i, data := range books {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.epub", i)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	source := filepath.Join(t.TempDir(), "Check.java")
	if err := os.WriteFile(source, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	class := jar + string(os.PathListSeparator) + filepath.Join(filepath.Dir(jar), "lib", "*")
	// The run is too short for the second compiler to pay. The file is compiled as it is started.
	cmd := exec.CommandContext(ctx, java, "-XX:TieredStopAtLevel=1", "-Duser.language=en", "-Dfile.encoding=UTF-8", "-cp", class, source, dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("EPUBCheck (it needs a JDK): %v\n%s", err, stderr.String())
	}
	said := make([][]Message, len(books))
	done := make([]bool, len(books))
	for line := range strings.Lines(string(out)) {
		part := strings.SplitN(strings.TrimRight(line, "\r\n"), "\t", 5)
		var i int
		if _, err := fmt.Sscanf(part[0], "%d.epub", &i); err != nil || i >= len(books) {
			continue
		}
		if len(part) == 5 {
			said[i] = append(said[i], Message{part[1], part[2], part[3], part[4]})
		} else {
			done[i] = true
		}
	}
	if i := slices.Index(done, false); i >= 0 {
		t.Fatalf("book %d was not checked to its end:\n%s", i, stderr.String())
	}
	return said
}

// archive returns the path of EPUBCheck's archive, from EVBOOK_EPUBCHECK or where `make tools` puts it.
func archive(t testing.TB) string {
	t.Helper()
	jar := os.Getenv("EVBOOK_EPUBCHECK")
	if jar == "" {
		root, err := browser.Repository()
		if err != nil {
			t.Fatal(err)
		}
		jar = filepath.Join(root, ".tools", "epubcheck", "epubcheck.jar")
	}
	jar, err := filepath.Abs(jar)
	if err == nil {
		_, err = os.Stat(jar)
	}
	if err != nil {
		browser.Missing(t, "EPUBCheck is not installed (run `make tools` or set EVBOOK_EPUBCHECK): %v", err)
	}
	return jar
}
