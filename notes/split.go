package notes

import (
	"bytes"
	"fmt"

	"github.com/evbook/evbook/notes/resolve"
	"github.com/evbook/evbook/notes/tree"
)

// Split makes one book of each event of a book that [Load] returned, in order: the command line's --split event. Each is
// named after its event and stands under the whole book's title as subtitle, is dated by the event, has an identifier of
// its own, and keeps the front and back chapters. Links into other events become text. The books share nothing with b,
// which is not changed; a book with one event or none gives a copy of itself.
func Split(b *tree.Book) []*tree.Book {
	if len(b.Events) < 2 {
		return []*tree.Book{copyOf(b)}
	}
	out := make([]*tree.Book, 0, len(b.Events))
	for i := range b.Events {
		out = append(out, single(b, i))
	}
	return out
}

// single returns a book of the event with index i.
func single(whole *tree.Book, i int) *tree.Book {
	part := *whole
	part.Events = whole.Events[i : i+1]
	b := copyOf(&part)
	e, m := b.Events[0], &b.Meta
	m.Title, m.Subtitle = tree.PlainText(e.Title), m.Title
	newest := e.End
	for t := range b.AllTalks() {
		if t.Date.Compare(newest) > 0 {
			newest = t.Date
		}
	}
	if !newest.IsZero() {
		m.Date = newest
	}
	m.SeriesIndex = "" // the whole book's number in its series is not that of a part
	m.Identifier = identifier(m, whole.Meta.Identifier+" "+e.Path)
	resolve.Detach(b)
	return b
}

// copyOf returns a copy of b that shares no node with it. The tree's JSON form is complete, so that it serves to copy.
func copyOf(b *tree.Book) *tree.Book {
	var buf bytes.Buffer
	if err := tree.Encode(&buf, b); err != nil {
		panic(fmt.Sprintf("notes: a loaded book cannot be written: %v", err)) // it has no values that JSON lacks
	}
	out, err := tree.Decode(&buf)
	if err != nil {
		panic(fmt.Sprintf("notes: a written book cannot be read: %v", err))
	}
	return out
}
