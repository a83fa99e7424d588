package html

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/xhtml"
)

// CodeStyle is the code of an author's style sheet that cannot be used.
const CodeStyle diag.Code = "css-unusable"

// maxStyle is how many bytes an author's style sheet may have.
const maxStyle = 1 << 20

// styleSheet returns the rules of all pages: those of all books, those of web pages, those of listings.
func (d *document) styleSheet() (string, error) {
	var b strings.Builder
	for _, name := range []string{"book", "html"} {
		sheet, err := layouts.CSS(name)
		if err != nil {
			return "", err
		}
		b.Write(sheet)
	}
	var tokens map[string]layouts.Token
	if d.job.Layout != nil {
		tokens = d.job.Layout.Code.Tokens
	}
	b.WriteString(xhtml.CodeStyle(tokens))
	return b.String(), nil
}

// addOwnStyle adds the author's rules.
func (d *document) addOwnStyle() {
	own, err := d.ownStyle()
	if err != nil {
		d.job.Report(diag.Diagnostic{Severity: diag.Error, Code: CodeStyle, Pos: d.options.cssPos,
			Message: fmt.Sprintf("style sheet %s: %v", d.options.css, err), Hints: []string{"the page has the program's style only"}})
	}
	d.style += own
}

// fetches finds what would make a browser ask for another file.
var fetches = lazyregexp.New(`(?i)@import|url\(\s*['"]?\s*(?:[^\s'"#d]|d[^a]|da[^t]|dat[^a]|data[^:])|\bsrc\(|image-set\(\s*['"]`)

// ownStyle returns the author's style sheet, empty if there is none.
func (d *document) ownStyle() (string, error) {
	if d.options.css == "" {
		return "", nil
	}
	if d.job.Assets == nil {
		return "", fs.ErrNotExist
	}
	data, err := fs.ReadFile(d.job.Assets, strings.TrimPrefix(path.Clean("/"+d.options.css), "/"))
	var pathErr *fs.PathError
	switch {
	case errors.As(err, &pathErr):
		return "", pathErr.Err
	case err != nil:
		return "", err
	case len(data) > maxStyle:
		return "", fmt.Errorf("the file is larger than %d MB", maxStyle>>20)
	}
	if m := fetches.Find(data); m != nil {
		return "", fmt.Errorf("it would have browsers fetch other files: %q", m)
	}
	return string(data), nil
}
