package pdf

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/evbook/evbook/render/typeset"
)

// assembly is what is found out about all pages before they are written.
type assembly struct {
	tree    *tree
	fonts   fontTable
	images  imageTable
	anchors []anchor
	annots  []*annotation // of all pages
	stack   []layer       // of the page, and its marks: memory that is used again
	marks   []mark
}

// assemble goes through the pages of a document whose structure has this root: in order to build the structure tree, divide
// each page's painting into marked content, and collect images, links and anchors; and beside that, some pages at a time,
// to draw them, unless draw is nil and they are drawn, and to collect their glyphs.
func assemble(ctx context.Context, pages []*record, draw func(i int), root *typeset.Elem, f *faces) (*assembly, error) {
	g := &gathering{assembly: &assembly{fonts: fontTable{faces: f}}, pages: pages, draw: draw, root: root}
	n := (len(pages) + perBatch - 1) / perBatch
	g.uses, g.ready = make([][]fontUse, n), make([]atomic.Bool, n)
	if err := parallel(ctx, n, g.batch); err != nil {
		return nil, err
	}
	g.tree.repair()
	for _, u := range g.uses {
		g.fonts.merge(u)
	}
	return g.assembly, nil
}

// gathering is an assembly in the making. Pages are drawn in batches, several at the same time. The structure is built of one batch
// after the other, by whoever has drawn one and finds nobody else at it.
type gathering struct {
	*assembly
	pages []*record
	draw  func(i int)
	root  *typeset.Elem
	uses  [][]fontUse   // of each batch
	ready []atomic.Bool // says which batches are drawn

	building sync.Mutex
	built    int // batches whose structure is built
}

// perBatch is how many pages are drawn in a row: enough to see most glyphs often, few enough to keep all processors busy to
// the end.
const perBatch = 16

func (g *gathering) batch(i int) (err error) {
	from, to := g.bounds(i)
	if g.draw != nil {
		for k := from; k < to; k++ {
			g.draw(k)
		}
	}
	if g.uses[i], err = g.fonts.collect(g.pages[from:to], from); err != nil {
		return err
	}
	g.ready[i].Store(true)
	return g.build()
}

func (g *gathering) bounds(batch int) (from, to int) {
	return batch * perBatch, min((batch+1)*perBatch, len(g.pages))
}

// build takes the batches whose turn has come. A batch that gets ready meanwhile is left to the one who is at it, who looks again
// before it goes.
func (g *gathering) build() error {
	for g.building.TryLock() {
		err := g.structure()
		built := g.built
		g.building.Unlock()
		if err != nil || built == len(g.ready) || !g.ready[built].Load() {
			return err
		}
	}
	return nil
}

// structure builds the structure of the batches that are ready.
func (g *gathering) structure() error {
	for ; g.built < len(g.ready) && g.ready[g.built].Load(); g.built++ {
		from, to := g.bounds(g.built)
		if g.tree == nil {
			g.tree = newTree(g.root, begins(g.pages[from:to])*len(g.ready))
		}
		for i, p := range g.pages[from:to] {
			if err := g.page(from+i, p); err != nil {
				return fmt.Errorf("page %d (%q): %w", from+i+1, p.label, err)
			}
		}
	}
	return nil
}

// begins counts the elements that begin on pages, most of them for the first time.
func begins(pages []*record) (n int) {
	for _, p := range pages {
		for i := range p.events {
			if _, ok := p.events[i].step.(beginStep); ok {
				n++
			}
		}
	}
	return n
}
