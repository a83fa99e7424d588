package epub_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/internal/browser"
	"github.com/evbook/evbook/notes/tree/treetest"
)

// required reports whether a missing checker is a failure and not a reason to skip.
func required() bool { return os.Getenv("EVBOOK_CONFORMANCE") == "required" }

// tool returns the path of a checker: from the environment, or where `make tools` puts it.
func tool(t *testing.T, env, installed string) string {
	t.Helper()
	path := os.Getenv(env)
	if path == "" {
		path = filepath.Join("..", "..", ".tools", filepath.FromSlash(installed))
	}
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		if required() {
			t.Fatalf("the checker is missing: %v (run `make tools` or set %s)", err, env)
		}
		t.Skipf("the checker is not installed (run `make tools` or set %s)", env)
	}
	return path
}

func program(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if required() {
		t.Fatalf("none of %s is installed", strings.Join(names, ", "))
	}
	t.Skipf("none of %s is installed", strings.Join(names, ", "))
	return ""
}

// TestEPUBCheck runs EPUBCheck over every sample book and wants no message of any kind: no fatal error, error, warning,
// and no remark on usage either. All books go through one virtual machine.
func TestEPUBCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("EPUBCheck takes a virtual machine")
	}
	jar := tool(t, "EVBOOK_EPUBCHECK", "epubcheck/epubcheck.jar")
	java := program(t, "java")
	dir := t.TempDir()
	names := map[string]string{}
	write := func(name string, data []byte) {
		file := fmt.Sprintf("%03d.epub", len(names))
		names[file] = name
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range samples() {
		write(s.name, build(t, s.job()))
	}
	_, _, paged := both(t, treetest.Every())
	write("with pages", paged)
	_, _, paged = both(t, longTexts())
	write("long with pages", paged)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	class := jar + string(os.PathListSeparator) + filepath.Join(filepath.Dir(jar), "lib", "*")
	// The run is too short for the second compiler to pay. The file is compiled as it is started.
	cmd := exec.CommandContext(ctx, java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en", "-cp", class, filepath.Join("testdata", "Check.java"), dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("EPUBCheck (it needs a JDK): %v\n%s", err, stderr.String())
	}
	done := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		file, message, _ := strings.Cut(strings.TrimSpace(line), "\t")
		name, ok := names[file]
		switch {
		case !ok:
		case message == "":
			done[name] = true
		default:
			t.Errorf("%s: %s", name, message)
		}
	}
	for _, name := range names {
		if !done[name] {
			t.Errorf("%s was not checked to its end", name)
		}
	}
}

// TestAce runs Ace by DAISY over sample books of every kind and profile and wants no violation. All books go through one
// browser.
func TestAce(t *testing.T) {
	if testing.Short() {
		t.Skip("Ace opens every page in a browser")
	}
	dir := t.TempDir()
	var names, files []string
	write := func(name string, data []byte) {
		file := filepath.Join(dir, fmt.Sprintf("%03d.epub", len(files)))
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		names, files = append(names, name), append(files, file)
	}
	for _, s := range samples() {
		if s.noAce == "" {
			write(s.name, build(t, s.job()))
		}
	}
	_, _, paged := both(t, treetest.Every())
	write("with pages", paged)
	for i, report := range browser.Ace(t, files) {
		t.Run(names[i], func(t *testing.T) {
			if report.Failure != "" || report.Pages == 0 {
				t.Fatalf("Ace opened %d pages: %s", report.Pages, report.Failure)
			}
			t.Logf("%d pages in %.1f s", report.Pages, report.Seconds)
			for _, v := range report.Violations {
				t.Error(v)
			}
		})
	}
}
