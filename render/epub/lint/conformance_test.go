package lint_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/internal/golden"
)

// checker returns the path of EPUBCheck's archive, from EVBOOK_EPUBCHECK or where `make tools` puts it, and of java.
func checker(t *testing.T) (jar, java string) {
	t.Helper()
	jar = os.Getenv("EVBOOK_EPUBCHECK")
	if jar == "" {
		jar = filepath.Join("..", "..", "..", ".tools", "epubcheck", "epubcheck.jar")
	}
	jar, err := filepath.Abs(jar)
	if err == nil {
		_, err = os.Stat(jar)
	}
	if err == nil {
		java, err = exec.LookPath("java")
	}
	if err != nil {
		if os.Getenv("EVBOOK_CONFORMANCE") == "required" {
			t.Fatalf("EPUBCheck cannot be run: %v", err)
		}
		t.Skipf("EPUBCheck cannot be run: %v", err)
	}
	return jar, java
}

// TestEPUBCheckStillSaysSo runs EPUBCheck over every case, sound and broken, and compares with the recorded verdicts. It takes
// minutes, so it runs only when conformance is asked for, or with -update.
func TestEPUBCheckStillSaysSo(t *testing.T) {
	if os.Getenv("EVBOOK_CONFORMANCE") == "" && flag.Lookup("update").Value.String() != "true" {
		t.Skip("set EVBOOK_CONFORMANCE=1 to run EPUBCheck over all cases")
	}
	jar, java := checker(t)
	type job struct {
		name string
		data []byte
	}
	var jobs []job
	for _, c := range soundCases() {
		jobs = append(jobs, job{"sound/" + c.name, build(t, c)})
	}
	for _, c := range brokenCases() {
		jobs = append(jobs, job{"broken/" + c.name, build(t, c)})
	}
	dir := t.TempDir()
	for i, j := range jobs {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.epub", i)), j.data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	said := verdictsOf(t, java, jar, dir)
	got := map[string][]string{}
	for i, j := range jobs {
		v, ok := said[fmt.Sprintf("%04d.epub", i)]
		if !ok {
			t.Errorf("%s: EPUBCheck says nothing", j.name)
		}
		if slices.ContainsFunc(v, func(s string) bool { return strings.HasPrefix(s, "CRASH") }) {
			t.Errorf("%s: EPUBCheck fails: %q", j.name, v)
		}
		got[j.name] = v
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, verdicts, b.Bytes())
}

// verdictsOf runs testdata/Verdicts.java, which checks all books of dir in one process: a process for each would take
// seconds a book. Java must be able to compile, as a JDK is.
func verdictsOf(t *testing.T, java, jar, dir string) map[string][]string {
	t.Helper()
	class := jar + string(os.PathListSeparator) + filepath.Join(filepath.Dir(jar), "lib", "*")
	classes := t.TempDir()
	if out, err := exec.Command(filepath.Join(filepath.Dir(java), "javac"), "-cp", class, "-d", classes, filepath.Join("testdata", "Verdicts.java")).CombinedOutput(); err != nil {
		t.Skipf("the tool that runs EPUBCheck cannot be compiled, a JDK is needed: %v\n%s", err, out)
	}
	cmd := exec.Command(java, "-Duser.language=en", "-cp", classes+string(os.PathListSeparator)+class, "Verdicts", dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("EPUBCheck: %v\n%s", err, stderr.Bytes())
	}
	said := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		said[name] = slices.DeleteFunc(strings.Split(rest, "\t"), func(s string) bool { return s == "" })
	}
	return said
}
