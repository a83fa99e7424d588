package lint_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/epub/lint"
)

// verdicts are what EPUBCheck 5.3 said of each case: severity and id of every message, each once, sorted. The file is written
// by TestEPUBCheckStillSaysSo with -update.
const verdicts = "testdata/epubcheck.json"

func recorded(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(verdicts)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string][]string
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	for _, said := range m { // EPUBCheck writes HTM_055 beside HTM-025
		for i := range said {
			said[i] = strings.ReplaceAll(said[i], "_", "-")
		}
	}
	return m
}

func build(t *testing.T, c testCase) []byte {
	t.Helper()
	b := sound(t)
	c.do(b)
	return b.bytes()
}

func check(t *testing.T, data []byte) []lint.Finding {
	t.Helper()
	found, err := lint.Check(bytes.NewReader(data), int64(len(data)), lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// summary has the form of a recorded verdict, without our own ids.
func summary(found []lint.Finding) []string {
	var all []string
	for _, f := range found {
		if !strings.HasPrefix(f.ID, "EVB") {
			all = append(all, strings.ToUpper(f.Severity.String())+" "+f.ID)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func hasError(summary []string) bool {
	return slices.ContainsFunc(summary, func(s string) bool {
		return strings.HasPrefix(s, "ERROR ") || strings.HasPrefix(s, "FATAL ")
	})
}

// disagreements are the broken cases in which the linter and EPUBCheck differ on whether there is an error, with the reason.
var disagreements = map[string]string{
	"zip-mimetype-deflated": "OCF 3.3 §4.3.2 forbids it, EPUBCheck does not look",
	"xml-invalid-utf8":      "XML 1.0 §4.3.3 makes it fatal, EPUBCheck decodes with replacement characters",
}

func TestAgreesWithEPUBCheckOnBrokenBooks(t *testing.T) {
	want := recorded(t)
	cases := brokenCases()
	agreed, same := 0, 0
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			theirs, ok := want["broken/"+c.name]
			if !ok {
				t.Fatalf("no verdict of EPUBCheck is recorded: run the conformance test with -update")
			}
			if len(theirs) == 0 && disagreements[c.name] == "" {
				t.Errorf("EPUBCheck finds nothing: the case is not broken")
			}
			found := check(t, build(t, c))
			ours := summary(found)
			reason, listed := disagreements[c.name]
			switch agree := hasError(ours) == hasError(theirs); {
			case agree && listed:
				t.Errorf("the linter agrees now: take the case from the list (%s)", reason)
			case !agree && !listed:
				t.Errorf("EPUBCheck: %q\nlinter: %q\n%s", theirs, ours, list(found))
			case agree:
				agreed++
			}
			if slices.Equal(ours, theirs) {
				same++
			} else {
				t.Logf("EPUBCheck: %q\nlinter:    %q", theirs, ours)
			}
		})
	}
	rate := float64(agreed) / float64(len(cases))
	t.Logf("%d of %d broken books: agreement on error or none in %.1f %%, the same ids in %.1f %%", len(cases), len(cases), 100*rate, 100*float64(same)/float64(len(cases)))
	if rate < 0.95 {
		t.Errorf("agreement is %.1f %%, want at least 95 %%", 100*rate)
	}
}

func TestNoFalseAlarmOnSoundBooks(t *testing.T) {
	want := recorded(t)
	for _, c := range soundCases() {
		t.Run(c.name, func(t *testing.T) {
			theirs, ok := want["sound/"+c.name]
			if !ok {
				t.Fatalf("no verdict of EPUBCheck is recorded: run the conformance test with -update")
			}
			if slices.ContainsFunc(theirs, func(s string) bool { return !strings.HasPrefix(s, "USAGE ") }) {
				t.Errorf("the book is not sound: EPUBCheck says %q", theirs)
			}
			found := check(t, build(t, c))
			for _, f := range found {
				if f.Severity >= lint.Warning {
					t.Error(f)
				}
			}
			if ours := summary(found); !slices.Equal(ours, theirs) {
				t.Errorf("EPUBCheck: %q, linter: %q\n%s", theirs, ours, list(found))
			}
		})
	}
}

func list(found []lint.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}
