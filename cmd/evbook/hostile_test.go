package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/pdf/pdftest"
)

// TestNotesOutOfTheOrdinary builds what a parser or typesetter may stumble over: both files are made and sound, what is wrong
// is said by its code, and nothing else is.
func TestNotesOutOfTheOrdinary(t *testing.T) {
	deep := ""
	for i := range 14 {
		deep += strings.Repeat("  ", i) + "- level\n"
	}
	for _, tt := range []struct{ name, text, codes string }{
		{"a line of 30,000 characters", "word " + strings.Repeat("more words ", 2700) + "\n\n`" + strings.Repeat("x", 3000) + "`\n", ""},
		{"lists 14 deep", deep, ""},
		{"1,300 lines of code", "```go\n" + strings.Repeat("x := 1 // a line\n", 1300) + "```\n", ""},
		{"48 columns", strings.Repeat("| h ", 48) + "|\n" + strings.Repeat("|---", 48) + "|\n" + strings.Repeat("| cell ", 48) + "|\n", "table-narrowed"},
		{"an unclosed fence", "```\ncode\n\n# code\n", "code-fence-unclosed"},
		{"an include of itself", "{{#include talk.md}}\n", "include-cycle"},
		{"paths that lead out", "![x](../../../etc/passwd) [y](../../x.md) {{#include ../../../etc/passwd}} ![z](file:///etc/passwd)\n", "image-missing link-outside-book include-missing image-missing"},
		{"broken UTF-8", "caf\xe9 \xff\xfe \xed\xa0\x80 end\n", "encoding-invalid"},
		{"NULs", "a\x00b\n\n```\n\x00\n```\n", "encoding-invalid"},
		{"line ends of old", strings.ReplaceAll("one\n\n- a\n- b\n\n```go\nx\n```\n", "\n", "\r"), ""},
		{"thousands of brackets", strings.Repeat("[", 2000) + "\n\n" + strings.Repeat("*a ", 2000) + "\n\n" + strings.Repeat("<", 2000) + "\n\n" + strings.Repeat("![](", 1000) + "\n", ""},
		{"containers without end", strings.Repeat(">", 500) + " x\n\n" + strings.Repeat("- ", 500) + "x\n", "nesting-too-deep line-overfull"},
		{"combining marks", "z" + strings.Repeat("\u0301", 2000) + " \u202e\u2066\u2067 end\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, out := t.TempDir(), t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "talk.md"), []byte("# Talk\n\n"+tt.text), 0o666); err != nil {
				t.Fatal(err)
			}
			var stderr bytes.Buffer
			a := &app{stdout: io.Discard, stderr: &stderr, getenv: func(string) string { return "" }}
			code := a.run(context.Background(), []string{"-f", "epub,pdf", "-o", filepath.Join(out, "book") + "/", dir})
			said := stderr.String()
			for want := range strings.FieldsSeq(tt.codes) {
				if strings.Contains(said, "["+want+"]") {
					said = strings.Replace(said, "["+want+"]", "", 1)
				} else {
					t.Errorf("%s is not reported:\n%s", want, stderr.String())
				}
			}
			if code != exitOK && code != exitContent || strings.Contains(said, "[") && !strings.Contains(tt.text, "[") {
				t.Errorf("exit code %d\n%s", code, said)
			}
			for _, ext := range []string{"epub", "pdf"} {
				files, _ := filepath.Glob(filepath.Join(out, "book", "*."+ext))
				if len(files) != 1 {
					t.Fatalf("%d files %s", len(files), ext)
				}
				data, err := os.ReadFile(files[0])
				if err != nil {
					t.Fatal(err)
				}
				if ext == "epub" {
					epubText(t, files[0])
				} else if f, err := pdftest.Read(data); err != nil || len(f.Pages) == 0 {
					t.Errorf("the PDF cannot be read: %v", err)
				}
			}
		})
	}
}
