package explain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/diag/explain"
)

// codesInSource finds the constants of type diag.Code in the program's source, with the package of the first of each.
func codesInSource(t *testing.T) map[diag.Code]string {
	t.Helper()
	root := filepath.Join("..", "..", "..")
	codes := map[diag.Code]string{}
	fset := token.NewFileSet()
	err := fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && p != "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(fset, filepath.Join(root, filepath.FromSlash(p)), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for _, v := range spec.Values {
				if call, ok := v.(*ast.CallExpr); ok && isCode(call.Fun) && len(call.Args) == 1 {
					v = call.Args[0] // diag.Code("…")
				} else if !isCode(spec.Type) {
					continue
				}
				if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if s, err := strconv.Unquote(lit.Value); err == nil {
						codes[diag.Code(s)] = path.Dir(p)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

func isCode(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		x, ok := e.X.(*ast.Ident)
		return ok && x.Name == "diag" && e.Sel.Name == "Code"
	case *ast.Ident:
		return e.Name == "Code"
	}
	return false
}

func TestEveryCodeIsExplained(t *testing.T) {
	codes := codesInSource(t)
	if len(codes) < 60 {
		t.Fatalf("only %d codes were found in the source", len(codes))
	}
	for code, pkg := range codes {
		if e, ok := explain.Lookup(code); !ok || e.Code != code {
			t.Errorf("%s of %s has no section in notes/diag/explain/codes.md", code, pkg)
		}
	}
	for _, e := range explain.All() {
		if codes[e.Code] == "" && !strings.HasPrefix(string(e.Code), "epub-") {
			t.Errorf("%s is explained, but no package has it", e.Code)
		}
	}
}

func TestEveryLinterIDIsExplained(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "render", "epub", "lint")
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`"([A-Z]{3}-[0-9]{3}[a-z]?)"`)
	n := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range id.FindAllSubmatch(data, -1) {
			n++
			e, ok := explain.Lookup(diag.Code("epub-" + strings.ToLower(string(m[1]))))
			if !ok || e.Code == "epub-*" {
				t.Errorf("%s: nothing explains the family of %s", filepath.Base(file), m[1])
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d ids were found in %s", n, dir)
	}
}

func TestEntriesAreComplete(t *testing.T) {
	all := explain.All()
	if !slices.IsSortedFunc(all, func(a, b explain.Entry) int { return strings.Compare(string(a.Code), string(b.Code)) }) {
		t.Error("the sections are not in the order of their codes")
	}
	for i, e := range all {
		if i > 0 && all[i-1].Code == e.Code {
			t.Errorf("%s is explained twice", e.Code)
		}
		parts := strings.Split(e.Text, "\n\n")
		if len(parts) < 3 || !strings.HasPrefix(parts[1], "    ") || strings.HasPrefix(parts[len(parts)-1], "    ") {
			t.Errorf("%s wants a summary, an example and advice", e.Code)
		}
		if !strings.HasSuffix(e.Summary, ".") {
			t.Errorf("%s: the summary is no sentence", e.Code)
		}
		for line := range strings.Lines(e.Text) {
			if n := len([]rune(line)); n > 161 {
				t.Errorf("%s: a line of %d characters", e.Code, n)
			}
		}
	}
}
