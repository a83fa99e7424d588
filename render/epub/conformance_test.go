package epub_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/notes/tree/treetest"
)

// required reports whether a missing checker is a failure and not a reason to skip.
func required() bool { return os.Getenv("CI") != "" || os.Getenv("EVBOOK_CONFORMANCE") == "required" }

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

// TestAce runs Ace by DAISY over every sample book and wants no violation.
func TestAce(t *testing.T) {
	if testing.Short() {
		t.Skip("Ace opens every page in a browser")
	}
	// The program called ace runs in Electron, which npm's scripts would have to fetch; its twin runs in Chromium.
	ace := tool(t, "EVBOOK_ACE", "ace/node_modules/.bin/ace-puppeteer")
	browser := program(t, "chromium", "chromium-browser", "google-chrome", "chrome")
	if runtime.GOOS == "windows" {
		t.Skip("Ace is run on Linux and macOS only")
	}
	for _, s := range samples() {
		if s.noAce != "" {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, s.name+".epub")
			if err := os.WriteFile(file, build(t, s.job()), 0o644); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, ace, "--force", "--silent", "--tempdir", filepath.Join(dir, "tmp"),
				"--outdir", filepath.Join(dir, "out"), file)
			cmd.Env = append(os.Environ(), "PUPPETEER_EXECUTABLE_PATH="+browser, "ACE_CHROMIUM="+browser)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join(dir, "out", "report.json"))
			if err != nil {
				t.Fatalf("no report: %v\n%s", err, out)
			}
			for _, v := range aceViolations(t, data) {
				t.Error(v)
			}
		})
	}
}

func aceViolations(t *testing.T, report []byte) []string {
	t.Helper()
	type assertion struct {
		Test struct {
			Title  string `json:"dct:title"`
			Impact string `json:"earl:impact"`
		} `json:"earl:test"`
		Result struct {
			Outcome string `json:"earl:outcome"`
			HTML    string
			Desc    string `json:"dct:description"`
		} `json:"earl:result"`
	}
	var r struct {
		Assertions []struct {
			Subject struct {
				URL string
			} `json:"earl:testSubject"`
			Assertions []assertion
		}
	}
	if err := json.Unmarshal(report, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Assertions) == 0 && !strings.Contains(string(report), `"earl:outcome": "pass"`) {
		t.Fatal("the report says nothing")
	}
	var list []string
	for _, page := range r.Assertions {
		for _, a := range page.Assertions {
			if a.Result.Outcome == "fail" {
				list = append(list, fmt.Sprintf("%s: %s (%s): %s %s", page.Subject.URL, a.Test.Title, a.Test.Impact, a.Result.Desc, a.Result.HTML))
			}
		}
	}
	return list
}
