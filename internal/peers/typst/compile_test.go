//go:build typst

package typst_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render/rendertest/samples"
)

// TestTypstReadsTheSource compiles books to PDF/UA-1 and PDF/A-2a, with the Typst on PATH: go test -tags typst ./internal/peers/typst.
func TestTypstReadsTheSource(t *testing.T) {
	program, err := exec.LookPath("typst")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, samples.Assets()); err != nil {
		t.Fatal(err)
	}
	for name, book := range map[string]*tree.Book{"bundled": bundled(t), "every": treetest.Every()} {
		file := filepath.Join(dir, name+".typ")
		if err := os.WriteFile(file, []byte(source(t, book, false)), 0o644); err != nil {
			t.Fatal(err)
		}
		args := []string{"compile", "--font-path", filepath.Join("..", "..", "..", "fonts", "data"), file}
		if name == "bundled" { // signs of the others are in no typeface
			args = append(args, "--pdf-standard", "a-2a,ua-1")
		}
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.2000s", name, err, out)
		}
	}
}
