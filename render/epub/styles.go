package epub

import (
	"bytes"
	"slices"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/render/xhtml"
)

const mediaTypeCSS = "text/css"

// styleSheets returns the sheets of the book: the one for everything, and one for the tokens of listings.
func styleSheets(layout *layouts.Layout, reader profile) ([]resource, error) {
	book, err := layouts.CSS("book")
	if err != nil {
		return nil, err
	}
	var tokens map[string]layouts.Token
	if layout != nil {
		tokens = layout.Code.Tokens
	}
	code := xhtml.CodeStyle(tokens)
	switch reader {
	case kobo:
		book = append(slices.Clone(book), koboStyle...)
	case kindle: // which has rules for screens of its own
		book, code = append(withoutMedia(book), kindleStyle...), string(withoutMedia([]byte(code)))
	case generic:
	}
	return []resource{
		{"css/book.css", mediaTypeCSS, book},
		{"css/code.css", mediaTypeCSS, []byte(code)},
	}, nil
}

// kindleStyle makes up for the rules that are left out: tables are not turned into records, so that their words may break.
const kindleStyle = "\nth, td { padding-right: 0.4em; overflow-wrap: anywhere; }\n" +
	".dates td:first-child { white-space: normal; overflow-wrap: break-word; }\n"

// withoutMedia leaves out the rules for some screens only.
func withoutMedia(sheet []byte) []byte {
	var out []byte
	for len(sheet) > 0 {
		at := bytes.Index(sheet, []byte("@media"))
		if at < 0 {
			return append(out, sheet...)
		}
		out = append(out, sheet[:at]...)
		sheet = sheet[at:]
		depth, end := 0, len(sheet)
		for i, c := range sheet {
			if c == '{' {
				depth++
			} else if c == '}' {
				if depth--; depth == 0 {
					end = i + 1
					break
				}
			}
		}
		sheet = bytes.TrimLeft(sheet[end:], "\n")
	}
	return out
}
