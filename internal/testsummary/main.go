// Testsummary runs "go test" and adds what go test does not say by itself: which tests were skipped, and why.
//
//	go run ./internal/testsummary -- go test ./...
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// event is a line of "go test -json" (see go doc test2json).
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// summary counts tests and keeps the output of those that did not pass.
type summary struct {
	passed, failed int
	skipped        []string
	output         map[string][]string // of tests that are running
}

func main() {
	args := os.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: testsummary -- go test [flags] packages")
		os.Exit(2)
	}
	args = slices.Insert(slices.Clone(args), 2, "-json")
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsummary:", err)
		os.Exit(2)
	}
	s := &summary{output: map[string][]string{}}
	s.read(out, os.Stdout)
	err = cmd.Wait()
	s.print(os.Stdout)
	if err != nil || s.failed > 0 {
		os.Exit(1)
	}
}

// read copies to w what go test prints without -json, and counts.
func (s *summary) read(r io.Reader, w io.Writer) {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil || e.Action == "" {
				io.WriteString(w, line) // not an event: a build failure
			} else {
				s.add(e, w)
			}
		}
		if err != nil {
			return
		}
	}
}

func (s *summary) add(e event, w io.Writer) {
	key := e.Package + "." + e.Test
	switch e.Action {
	case "output", "build-output":
		if e.Test == "" {
			if e.Output != "PASS\n" && !strings.HasPrefix(e.Output, "-test.shuffle") {
				io.WriteString(w, e.Output)
			}
			return
		}
		s.output[key] = append(s.output[key], e.Output)
	case "pass":
		if e.Test != "" {
			s.passed++
		}
		delete(s.output, key)
	case "skip":
		if e.Test != "" {
			s.skipped = append(s.skipped, e.Package+" "+e.Test+": "+reason(s.output[key]))
		}
		delete(s.output, key)
	case "fail":
		if e.Test != "" {
			s.failed++
			io.WriteString(w, strings.Join(s.output[key], ""))
		}
		delete(s.output, key)
	}
}

// reason is what a test said when it skipped itself.
func reason(output []string) string {
	for _, line := range output {
		text := strings.TrimSpace(line)
		if text == "" || strings.HasPrefix(text, "===") || strings.HasPrefix(text, "---") {
			continue
		}
		if _, after, ok := strings.Cut(text, ".go:"); ok { // file.go:12: message
			if _, message, ok := strings.Cut(after, ": "); ok {
				text = message
			}
		}
		return text
	}
	return "no reason given"
}

func (s *summary) print(w io.Writer) {
	if len(s.skipped) > 0 {
		slices.Sort(s.skipped)
		fmt.Fprintln(w, "\nskipped:")
		for _, line := range s.skipped {
			fmt.Fprintln(w, "  "+line)
		}
	}
	fmt.Fprintf(w, "\n%d passed, %d failed, %d skipped\n", s.passed, s.failed, len(s.skipped))
}
