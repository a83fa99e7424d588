// Package notes turns a folder of Markdown files into a book: it walks the folder, orders events and talks, reads their
// front matter, parses the files in parallel and resolves what leads from one file to another.
package notes

import (
	"embed"
	"io/fs"
)

//go:embed all:events
var bundled embed.FS

// Bundled returns the collection of notes that is built when no folder is named.
func Bundled() fs.FS {
	sub, err := fs.Sub(bundled, "events")
	if err != nil {
		panic(err) // the folder is embedded at build time
	}
	return sub
}
