package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func TestManPageIsSoundRoff(t *testing.T) {
	mandoc := needTool(t, "mandoc")
	cmd := exec.Command(mandoc, "-T", "lint", "-W", "style")
	cmd.Stdin = strings.NewReader(manPage())
	out, _ := cmd.CombinedOutput() // the exit code tells of the missing date, too
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "missing date") { // the page has the program's version instead
			t.Error(strings.TrimSpace(line))
		}
	}
}

func TestManPageAndHelpNameEveryFlag(t *testing.T) {
	page := manPage()
	for _, v := range verbs {
		if !strings.Contains(page, ".SS \""+esc("evbook "+v.name)+"\"") {
			t.Errorf("the page does not name the command %s", v.name)
		}
		var help strings.Builder
		if err := (&app{}).usage(&help, v.name); err != nil {
			t.Fatal(err)
		}
		flagsOf(v.name).VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s has no explanation", v.name, f.Name)
			}
			if !strings.Contains(page, esc("--"+f.Name)) {
				t.Errorf("the page does not name --%s of %s", f.Name, v.name)
			}
			if !strings.Contains(help.String(), "--"+f.Name) {
				t.Errorf("the help of %s does not name --%s", v.name, f.Name)
			}
		})
	}
}
