package layouts

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Default is the layout of a book that names none.
const Default = "a4"

// maxDepth bounds the chain of layouts that extend each other.
const maxDepth = 8

// Names returns the names of the embedded layouts, sorted.
func Names() []string {
	entries, err := fs.ReadDir(data, "data")
	if err != nil {
		panic(err) // the folder is embedded at build time
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".yaml"); ok && !e.IsDir() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Load returns the layout of that name. A name that ends in .yaml or .yml is the path of a user's own layout file, which
// usually extends an embedded layout or another file beside it. An unknown name is an [*UnknownError]; a file with an
// unknown key, a wrong value or a missing style is an error that names the place. The caller owns the result.
func Load(name string) (*Layout, error) {
	own, merged, err := merge(name, "", 0)
	if err != nil {
		return nil, err
	}
	return build(name, own, merged)
}

// Parse reads a layout from YAML, as Load does from a file; name stands in messages.
func Parse(name string, src []byte) (*Layout, error) {
	own, merged, err := mergeSource(name, "", src, 0)
	if err != nil {
		return nil, err
	}
	return build(name, own, merged)
}

// build makes the layout of a file: own if it extends no other, else what was merged.
func build(name string, own *Layout, merged map[string]any) (*Layout, error) {
	l := own
	if own.Extends != "" {
		src, err := yaml.Marshal(merged)
		if err != nil {
			return nil, fmt.Errorf("layout %s: %w", name, err)
		}
		l = new(Layout)
		if err := yaml.UnmarshalWithOptions(src, l, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("layout %s: %w", name, err)
		}
	}
	if err := l.check(); err != nil {
		return nil, fmt.Errorf("layout %s: %w", name, err)
	}
	return l, nil
}

func isFile(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".yaml" || ext == ".yml"
}

// merge reads a layout and lays it over the one that it extends. A file name is relative to dir. It returns what the file
// itself says, too.
func merge(name, dir string, depth int) (*Layout, map[string]any, error) {
	if isFile(name) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, nil, fmt.Errorf("read layout: %w", err)
		}
		return mergeSource(name, filepath.Dir(name), src, depth)
	}
	src, err := data.ReadFile(path.Join("data", name+".yaml"))
	if err != nil {
		return nil, nil, &UnknownError{Name: name, Known: Names()}
	}
	return mergeSource(name, dir, src, depth)
}

func mergeSource(name, dir string, src []byte, depth int) (*Layout, map[string]any, error) {
	if depth > maxDepth {
		return nil, nil, fmt.Errorf("layout %s: more than %d layouts extend each other", name, maxDepth)
	}
	// Each file is decoded strictly by itself first, so that an error shows the place in the file that its author wrote.
	own := new(Layout)
	if err := yaml.UnmarshalWithOptions(src, own, yaml.Strict()); err != nil {
		return nil, nil, fmt.Errorf("layout %s: %w", name, err)
	}
	if depth == 0 && own.Extends == "" {
		return own, nil, nil // nothing to merge
	}
	over := map[string]any{}
	if len(bytes.TrimSpace(src)) > 0 {
		if err := yaml.Unmarshal(src, &over); err != nil {
			return nil, nil, fmt.Errorf("layout %s: %w", name, err)
		}
	}
	if own.Extends == "" {
		return own, over, nil
	}
	_, base, err := merge(own.Extends, dir, depth+1)
	if err != nil {
		if _, ok := errors.AsType[*UnknownError](err); ok {
			return nil, nil, fmt.Errorf("layout %s extends %w", name, err)
		}
		return nil, nil, err
	}
	overlay(base, over)
	return own, base, nil
}

// overlay writes the values of over into base; maps are merged key by key.
func overlay(base, over map[string]any) {
	for k, v := range over {
		if m, ok := v.(map[string]any); ok {
			if b, ok := base[k].(map[string]any); ok {
				overlay(b, m)
				continue
			}
		}
		base[k] = v
	}
}

// UnknownError says that no layout has the name.
type UnknownError struct {
	Name  string
	Known []string
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("unknown layout %q (known: %s; a file ends in .yaml)", e.Name, strings.Join(e.Known, ", "))
}
