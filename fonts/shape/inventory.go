package shape

import (
	"slices"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// inventory says what a font's lookups can do in words of basic characters; it asks the same of the tables as [spacing]. It is safe
// for concurrent use.
type inventory struct {
	opaque bool                    // the font has tables whose effect is not known, or kerning that looks past letters
	basics map[tables.GlyphID]bool // the glyphs of such words
	gsub   []uses
	gpos   []uses
	font   *font.Font

	lock sync.RWMutex
	seen map[uint16]beginning
}

// uses are the features that use a lookup, in any script and language.
type uses struct {
	always   bool // one of them is on by default
	features []opentype.Tag
}

// beginning is what begins at a glyph.
type beginning struct {
	lookups  bool           // a lookup that is on by default and looks at context
	kerns    bool           // pairs
	features []opentype.Tag // features off by default that have such lookups
}

// inventory looks at the tables when it is first asked for.
func (f *Font) inventory() *inventory {
	f.inventoryOnce.Do(func() {
		p := f.parsed
		v := &inventory{font: p, seen: map[uint16]beginning{}}
		f.stock = v
		v.opaque = len(p.Morx) > 0 || len(p.Kerx) > 0 || len(p.Kern) > 0 && !f.HasFeature("kern")
		for _, l := range p.GPOS.Lookups {
			v.opaque = v.opaque || l.Flag&(ignoreBases|ignoreLigatures) != 0
		}
		if v.opaque {
			return
		}
		v.basics = f.basics()
		v.gsub, v.gpos = usesOf(p.GSUB.Features, len(p.GSUB.Lookups)), usesOf(p.GPOS.Features, len(p.GPOS.Lookups))
	})
	return f.stock
}

// Bits of a lookup's flag (OpenType, "Lookup table").
const ignoreBases, ignoreLigatures = 2, 4

func usesOf(features []font.Feature, lookups int) []uses {
	out := make([]uses, lookups)
	for _, f := range features {
		off := isOffByDefault(f.Tag.String())
		for _, i := range f.LookupListIndices {
			switch {
			case int(i) >= lookups:
			case off:
				out[i].features = append(out[i].features, f.Tag)
			default:
				out[i].always = true
			}
		}
	}
	return out
}

// of returns what begins at a glyph.
func (v *inventory) of(id uint16) beginning {
	v.lock.RLock()
	b, ok := v.seen[id]
	v.lock.RUnlock()
	if ok {
		return b
	}
	g := tables.GlyphID(id)
	for i, l := range v.font.GSUB.Lookups {
		if slices.ContainsFunc(l.Subtables, func(sub tables.GSUBLookup) bool { return v.substitutes(sub, g) }) {
			b.add(v.gsub[i])
		}
	}
	for i, l := range v.font.GPOS.Lookups {
		for _, sub := range l.Subtables {
			switch sub := sub.(type) {
			case tables.SinglePos:
			case tables.PairPos:
				if covers(sub.Cov(), g) {
					if plainKerning(sub) {
						b.kerns = true
					} else {
						b.add(v.gpos[i])
					}
				}
			default:
				if sub.Cov() == nil || covers(sub.Cov(), g) {
					b.add(v.gpos[i])
				}
			}
		}
	}
	v.lock.Lock()
	v.seen[id] = b
	v.lock.Unlock()
	return b
}

func (b *beginning) add(u uses) {
	b.lookups = b.lookups || u.always
	b.features = append(b.features, u.features...)
}

// substitutes reports whether a subtable that looks at context may begin at a glyph in a word of basic characters: all that it
// asks for must be among them. Letters joined with combining marks, for one, are not.
func (v *inventory) substitutes(sub tables.GSUBLookup, g tables.GlyphID) bool {
	switch sub := sub.(type) {
	case tables.SingleSubs, tables.MultipleSubs, tables.AlternateSubs:
		return false
	case tables.LigatureSubs:
		i, ok := sub.Coverage.Index(g)
		if !ok || i >= len(sub.LigatureSets) {
			return ok
		}
		return slices.ContainsFunc(sub.LigatureSets[i].Ligatures, func(l tables.Ligature) bool {
			return !slices.ContainsFunc(l.ComponentGlyphIDs, func(c tables.GlyphID) bool { return !v.basics[c] })
		})
	case tables.ChainedContextualSubs:
		if c, ok := sub.Data.(tables.ChainedContextualSubs3); ok {
			return covers(sub.Cov(), g) && v.among(c.BacktrackCoverages) && v.among(c.InputCoverages) && v.among(c.LookaheadCoverages)
		}
	}
	return sub.Cov() == nil || covers(sub.Cov(), g)
}

// among reports whether each coverage has a basic glyph.
func (v *inventory) among(list []tables.Coverage) bool {
	return !slices.ContainsFunc(list, func(c tables.Coverage) bool {
		for g := range v.basics {
			if covers(c, g) {
				return false
			}
		}
		return true
	})
}
