package render

import (
	"context"
	"sync"

	"github.com/evbook/evbook/notes/tree"
)

// PageMap says what a paged edition of a book has on its pages, so that an edition without pages can carry the numbers.
type PageMap struct {
	Pages []PageStart // in the order of the pages; those without label or text are left out
	Count int         // of all pages; 0: as many as are in Pages
}

// PageStart is the beginning of a page.
type PageStart struct {
	Label  string     // as printed: "iii", "12"
	Begins tree.Place // nowhere for a blank page
}

// Pages hands the page map of a paged edition to the editions made at the same time. The nil *Pages hands over nothing.
type Pages struct {
	once sync.Once
	done chan struct{}
	made *PageMap
}

// NewPages returns a Pages that waits for a map.
func NewPages() *Pages { return &Pages{done: make(chan struct{})} }

// Set hands over the map. A format with pages calls it as soon as it knows them, and with nil if it never will; only the
// first call counts.
func (p *Pages) Set(m *PageMap) {
	if p != nil {
		p.once.Do(func() {
			p.made = m
			close(p.done)
		})
	}
}

// Wait returns the map as soon as it is set, nil if there is none. The error is a cancelled context.
func (p *Pages) Wait(ctx context.Context) (*PageMap, error) {
	if p == nil {
		return nil, nil
	}
	select {
	case <-p.done:
		return p.made, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
