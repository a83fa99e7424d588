// Package browser lets conformance tests look at books in a headless Chromium: as a reading system shows them, and as Ace
// by DAISY, the accessibility checker, judges them. Tests only use it. It needs Node.js, a Chromium and what `make tools`
// installs; without them tests are skipped, or fail when EVBOOK_CONFORMANCE is "required".
//
// All books of a test go through one process and one browser: starting them takes longer than checking a small book.
package browser

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// limit is how long all books of a test may take together.
const limit = 15 * time.Minute

// Missing skips the test, or fails it when conformance is required.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("EVBOOK_CONFORMANCE") == "required" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// tools are the programs that scripts run with.
type tools struct {
	node, chromium string
	modules        string // folder node_modules that has Ace and puppeteer
}

func findTools(t testing.TB) tools {
	t.Helper()
	var found tools
	var err error
	if found.node, err = exec.LookPath("node"); err != nil {
		Missing(t, "Node.js is not installed: %v", err)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			found.chromium = path
			break
		}
	}
	if found.chromium == "" {
		Missing(t, "no Chromium is installed")
	}
	root, err := Repository()
	if err == nil {
		found.modules = filepath.Join(root, ".tools", "ace", "node_modules")
		_, err = os.Stat(filepath.Join(found.modules, "puppeteer"))
	}
	if err != nil {
		Missing(t, "Ace and puppeteer are not installed (run `make tools`): %v", err)
	}
	return found
}

// Repository returns the folder of go.mod, from a test's working directory upwards.
func Repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod above the working directory")
		}
		dir = up
	}
}

// run gives a script its input as JSON and decodes what it prints.
func run(t testing.TB, script string, in, out any) {
	t.Helper()
	with := findTools(t)
	input, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "script.js")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, with.node, file)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Env = append(os.Environ(), "NODE_PATH="+with.modules, "PUPPETEER_EXECUTABLE_PATH="+with.chromium, "ACE_TIMEOUT_INITIAL=60000")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("the script failed: %v\n%s", err, lastLines(stderr.String()))
	}
	if err := json.Unmarshal(stdout.Bytes(), out); err != nil {
		t.Fatalf("the script printed %.200q: %v\n%s", stdout.String(), err, lastLines(stderr.String()))
	}
}

func lastLines(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}
