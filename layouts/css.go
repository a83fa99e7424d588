package layouts

import (
	"fmt"
	"io/fs"
)

// CSS returns the style sheet called name of those that come with the program, such as "book". The error is
// [fs.ErrNotExist] if there is none.
func CSS(name string) ([]byte, error) {
	sheet, err := fs.ReadFile(data, "data/css/"+name+".css")
	if err != nil {
		return nil, fmt.Errorf("style sheet %q: %w", name, err)
	}
	return sheet, nil
}
