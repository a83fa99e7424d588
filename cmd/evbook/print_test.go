package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evbook/evbook/render/pdf/pdftest"
)

// TestSettingsOfPrint: the layout, book.yaml, a variable and a flag say whether the PDF has addresses at the foot of its
// pages and QR codes in its headers; the later of these counts.
func TestSettingsOfPrint(t *testing.T) {
	const talk = "---\ntitle: Talk\nvideo: https://video.example.org/1\n---\nA [link](https://link.example.org/) leads out.\n"
	for _, test := range []struct {
		name, config string
		env          map[string]string
		args         []string
		notes, codes bool
	}{
		{"paper", "", nil, nil, true, false},
		{"screen", "layout: screen\n", nil, nil, false, false},
		{"book.yaml", "layout: screen\nformats: {pdf: {qr: true, url-notes: true}}\n", nil, nil, true, true},
		{"variables", "formats: {pdf: {url-notes: true}}\n", map[string]string{"EVBOOK_URL_NOTES": "off", "EVBOOK_QR": "true"}, nil, false, true},
		{"flags", "formats: {pdf: {qr: true, url-notes: false}}\n", nil, []string{"--qr=false", "--url-notes=on"}, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, data := range map[string]string{"book.yaml": "title: Print\n" + test.config, "talk.md": talk} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var stdout, stderr bytes.Buffer
			a := &app{stdout: &stdout, stderr: &stderr, getenv: func(name string) string { return test.env[name] }}
			if code := a.run(context.Background(), append(test.args, "-f", "pdf", "-o", "-", dir)); code != exitOK {
				t.Fatalf("exit code %d\n%s", code, stderr.String())
			}
			f, err := pdftest.Read(stdout.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			notes, codes := false, false
			f.Tags.All(func(tag *pdftest.Tag) {
				notes = notes || tag.Type == "Note" && strings.Contains(tag.Text(), "https://link.example.org/")
				codes = codes || tag.Type == "Figure" && strings.Contains(pdftest.Text(tag.Dict["Alt"]), "https://video.example.org/1")
			})
			if notes != test.notes || codes != test.codes {
				t.Errorf("addresses %v, want %v; codes %v, want %v", notes, test.notes, codes, test.codes)
			}
		})
	}
}
