package main

import (
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/evbook/evbook/"

// imports is the architecture as data: which packages of this module a package may import, and which packages of others
// nobody else may. The key "" allows what everybody may import. A name that ends in /... stands for a folder.
var imports = map[string][]string{
	"": {"layouts/unit", "internal/lazyregexp"},

	"notes/diag":          {},
	"notes/diag/explain":  {"notes/diag"},
	"notes/tree":          {"notes/diag"},
	"notes/tree/treetest": {"notes/diag", "notes/tree"},
	"notes/markdown":      {"notes/diag", "notes/tree"},
	"notes/resolve":       {"notes/diag", "notes/tree"},
	"notes":               {"notes/diag", "notes/tree", "notes/markdown", "notes/resolve", "notes/fetch"},
	"notes/fetch":         {"notes/diag"},
	"notes/export":        {"notes/diag", "notes/tree"},
	"notes/links":         {"notes/diag", "notes/tree"},

	"layouts/unit": {},
	"layouts":      {"notes/diag"},
	"fonts":        {},
	"fonts/shape":  {"fonts"},
	"fonts/sfnt":   {},

	"render":                   {"notes/tree", "notes/diag", "layouts", "fonts"},
	"render/rendertest":        {"render", "notes/tree/...", "notes/diag", "layouts", "fonts"},
	"render/highlight":         {"render/highlight/pattern"},
	"render/highlight/pattern": {},
	"render/mathml":            {},
	"render/picture":           {},
	"render/picture/svg":       {"render/drawing", "layouts", "layouts/unit"},
	"render/picture/web":       {"notes/tree", "notes/diag", "render/picture", "render/xhtml"},
	"render/words":             {"notes/tree"},
	"render/derive":            {"notes/tree", "notes/diag", "render/words"},
	"render/xhtml":             {"render/drawing", "render/figures", "notes/tree", "notes/diag", "layouts", "render/derive", "render/highlight", "render/words", "render/mathml"},
	"render/epub":              {"render/drawing", "render/figures", "render", "render/derive", "render/xhtml", "render/highlight", "render/words", "render/picture/web", "fonts/sfnt", "render/epub/lint", "notes/tree", "notes/diag", "layouts", "fonts"},
	"render/epub/lint":         {"notes/diag"},
	"render/html":              {"render/figures", "render/drawing", "render", "render/derive", "render/xhtml", "render/words", "render/picture/web", "notes/tree", "notes/diag", "layouts", "fonts", "fonts/sfnt"},
	"render/jsontree":          {"render", "notes/tree", "notes/diag", "layouts", "fonts"},
	"render/typeset/linebreak": {},
	"render/typeset/hyphen":    {},
	"render/typeset":           {"render/figures", "render/drawing", "notes/tree", "notes/diag", "layouts", "fonts", "fonts/shape", "render/derive", "render/highlight", "render/words", "render/picture", "render/picture/svg", "render/typeset/linebreak", "render/typeset/hyphen"},
	"render/pdf":               {"render", "render/typeset", "render/drawing", "layouts", "fonts", "fonts/shape", "fonts/sfnt", "notes/diag", "render/pdf/..."},
	"render/drawing":           {"layouts", "fonts", "fonts/shape"},
	"render/figures":           {"notes/tree", "layouts", "fonts", "fonts/shape", "render/derive", "render/drawing", "render/words"},
	"render/pdf/...":           {"fonts", "layouts", "render/pdf/..."},

	"render/rendertest/samples": {"notes", "notes/tree/...", "notes/diag"},

	"cmd/evbook":           {"..."},
	"internal/browser":     {},
	"internal/epubcheck":   {"internal/browser"},
	"internal/golden":      {},
	"internal/lazyregexp":  {},
	"internal/bigbook":     {},
	"internal/bigbook/...": {"internal/bigbook"},
	"internal/peers/...":   {"internal/peers/typst", "fonts/shape", "notes/tree", "layouts", "fonts", "render/derive", "render/drawing", "render/figures", "render/words"},
	"internal/testsummary": {},
}

// owners names the only packages that may import a library: the rest of the program must not depend on it.
var owners = map[string][]string{
	"github.com/yuin/goldmark":           {"notes/markdown"},
	"github.com/go-shiori/go-epub":       {"render/epub"},
	"github.com/johnfercher/maroto":      {"render/typeset", "render/pdf", "render/pdf/..."},
	"github.com/alecthomas/chroma":       {"render/highlight"},
	"github.com/dlclark/regexp2":         {"render/highlight", "render/highlight/pattern"},
	"github.com/go-text/typesetting":     {"fonts/shape"},
	"github.com/wyatt915/treeblood":      {"render/mathml"},
	"github.com/spf13/pflag":             {"cmd/evbook"},
	"github.com/goccy/go-yaml":           {"notes", "layouts"},
	"github.com/BurntSushi/toml":         {"notes"},
	"github.com/klauspost/compress":      {"render/pdf"},
	"github.com/phpdave11/gofpdf":        {},
	"github.com/microcosm-cc/bluemonday": {},
}

func matches(pattern, name string) bool {
	dir, ok := strings.CutSuffix(pattern, "...")
	return pattern == name || ok && strings.HasPrefix(name+"/", dir)
}

// rule returns the packages that name may import, preferring the entry with the longest pattern.
func rule(name string) ([]string, bool) {
	best, found := "", false
	for pattern := range imports {
		if pattern != "" && matches(pattern, name) && (!found || len(pattern) > len(best) || pattern == name) {
			best, found = pattern, true
			if pattern == name {
				break
			}
		}
	}
	return imports[best], found
}

func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen++
		name := strings.TrimPrefix(p.ImportPath, module)
		allowed, ok := rule(name)
		if !ok {
			t.Errorf("%s is not in the table of imports: say where it belongs", name)
			continue
		}
		allowed = append(append([]string(nil), allowed...), imports[""]...)
		for _, imp := range p.Imports {
			if own, ok := strings.CutPrefix(imp, module); ok {
				if !anyMatch(allowed, own) {
					t.Errorf("%s imports %s, which the table does not allow", name, own)
				}
				continue
			}
			for lib, who := range owners {
				if (imp == lib || strings.HasPrefix(imp, lib+"/")) && !anyMatch(who, name) {
					t.Errorf("%s imports %s, which belongs to %s", name, imp, strings.Join(who, ", "))
				}
			}
		}
	}
	if seen < 15 {
		t.Errorf("go list found %d packages only", seen)
	}
}

func anyMatch(patterns []string, name string) bool {
	for _, p := range patterns {
		if p == "..." || matches(p, name) {
			return true
		}
	}
	return false
}
