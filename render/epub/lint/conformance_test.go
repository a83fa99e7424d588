package lint_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/evbook/evbook/internal/epubcheck"
	"github.com/evbook/evbook/internal/golden"
)

// TestEPUBCheckStillSaysSo runs EPUBCheck over every case, sound and broken, and compares with the recorded verdicts. It takes
// minutes, so it runs only when conformance is asked for, or with -update.
func TestEPUBCheckStillSaysSo(t *testing.T) {
	if os.Getenv("EVBOOK_CONFORMANCE") == "" && flag.Lookup("update").Value.String() != "true" {
		t.Skip("set EVBOOK_CONFORMANCE=1 to run EPUBCheck over all cases")
	}
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
	var books [][]byte
	for _, j := range jobs {
		books = append(books, j.data)
	}
	got := map[string][]string{}
	for i, messages := range epubcheck.Run(t, books) {
		said := []string{}
		for _, m := range messages {
			if m.Severity == "CRASH" {
				t.Errorf("%s: EPUBCheck fails: %s", jobs[i].name, m)
			}
			said = append(said, m.Severity+" "+m.ID)
		}
		slices.Sort(said)
		got[jobs[i].name] = slices.Compact(said)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, verdicts, b.Bytes())
}
