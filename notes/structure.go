package notes

import (
	"context"
	"io/fs"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// The kinds of an [Entry].
const (
	KindChapter = "chapter" // front or back matter
	KindEvent   = "event"
	KindPart    = "part" // an event without dates
	KindSection = "section"
	KindTalk    = "talk"
	KindPage    = "page"    // a talk without speakers
	KindSkipped = "skipped" // not in the book
)

// Entry is a line of a book's structure: a file or folder, what it became, and why it stands where it does.
type Entry struct {
	Path   string // relative to the notes folder
	ID     string // of the node in the tree; empty for what was skipped
	Title  string // without styles
	Kind   string // one of the kinds above
	Reason string // why it has its title, kind and place, in words
	Depth  int    // 0 for chapters and events, one more for each level below
}

// Structure returns the structure of the book that [Load] would return, in reading order; what was left out comes last,
// with the reason.
func Structure(ctx context.Context, fsys fs.FS, opt Options, report diag.Reporter) ([]Entry, error) {
	_, b, err := load(ctx, fsys, opt, report)
	if err != nil {
		return nil, err
	}
	for i := range b.entries {
		b.entries[i].settle()
	}
	out := make([]Entry, 0, len(b.entries)+len(b.skipped))
	for _, e := range b.entries {
		out = append(out, e.Entry)
	}
	return append(out, b.skipped...), nil
}

// pendingEntry is an entry whose node gets its id and final title later.
type pendingEntry struct {
	Entry
	id    *string
	title *tree.Inlines
}

func (e *pendingEntry) settle() {
	e.ID = *e.id
	e.Title = tree.PlainText(*e.title)
}

// add notes an entry.
func (b *builder) add(kind, path string, depth int, id *string, title *tree.Inlines, reason string) {
	b.entries = append(b.entries, pendingEntry{Entry{Path: path, Kind: kind, Depth: depth, Reason: reason}, id, title})
}
