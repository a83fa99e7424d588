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
	pairs  []font.GPOSLookup // kerning that is the same in all scripts and languages; nil if it is not, or there is none
	tags   []opentype.Tag    // the features that have it

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
	lookups  bool             // a lookup that is on by default and looks at context, but for ligatures
	kerns    bool             // pairs
	joins    []tables.GlyphID // the second glyphs of ligatures, whether they are on or not
	contexts []opentype.Tag   // features off by default that have such lookups
	alone    bool             // a lookup that is on by default and looks at the glyph alone
	features []opentype.Tag   // features off by default that have those
}

// inventory looks at the tables when it is first asked for.
func (f *Font) inventory() *inventory {
	f.inventoryOnce.Do(func() {
		f.tables.RLock()
		defer f.tables.RUnlock()
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
		v.collectPairs()
	})
	return f.stock
}

// collectPairs notes the lookups of plain kerning if every script and language has all of them.
func (v *inventory) collectPairs() {
	gpos := &v.font.GPOS
	var kern []uint16
	for i, l := range gpos.Lookups {
		plain := 0
		for _, sub := range l.Subtables {
			if plainKerning(sub) {
				plain++
			}
		}
		switch {
		case plain == 0 || !v.gpos[i].always:
		case plain < len(l.Subtables) || len(v.gpos[i].features) > 0:
			return
		default:
			kern = append(kern, uint16(i))
		}
	}
	for _, s := range gpos.Scripts {
		languages := s.LangSys
		if s.DefaultLangSys != nil {
			languages = append(slices.Clip(languages), *s.DefaultLangSys)
		}
		for _, l := range languages {
			if !v.hasAll(l, kern) {
				return
			}
		}
	}
	if gpos.FindScript(opentype.MustNewTag("latn")) < 0 && gpos.FindScript(opentype.MustNewTag("DFLT")) < 0 {
		return
	}
	for _, i := range kern {
		v.pairs = append(v.pairs, gpos.Lookups[i])
	}
	for _, f := range gpos.Features {
		if slices.ContainsFunc(f.LookupListIndices, func(i uint16) bool { return slices.Contains(kern, i) }) {
			v.tags = append(v.tags, f.Tag)
		}
	}
}

// hasAll reports whether the features of a language that are on by default use all of some lookups.
func (v *inventory) hasAll(l tables.LangSys, lookups []uint16) bool {
	var used []uint16
	for _, i := range l.FeatureIndices {
		if int(i) < len(v.font.GPOS.Features) {
			if f := &v.font.GPOS.Features[i]; !isOffByDefault(f.Tag) {
				used = append(used, f.LookupListIndices...)
			}
		}
	}
	return !slices.ContainsFunc(lookups, func(i uint16) bool { return !slices.Contains(used, i) })
}

// kern returns what the lookups of plain kerning add to the advance of a before b: of each the first subtable that has the pair
// (OpenType, "Pair adjustment positioning subtable").
func (v *inventory) kern(a, b tables.GlyphID) int32 {
	var sum int32
	for _, l := range v.pairs {
		for _, sub := range l.Subtables {
			if k, ok := pairValue(sub.(tables.PairPos).Data, a, b); ok {
				sum += k
				break
			}
		}
	}
	return sum
}

func pairValue(data tables.PairPosData, a, b tables.GlyphID) (int32, bool) {
	switch d := data.(type) {
	case tables.PairPosData1:
		if i, ok := d.Cov().Index(a); ok && i < len(d.PairSets) {
			r, ok := d.PairSets[i].FindGlyph(b)
			return int32(r.ValueRecord1.XAdvance), ok
		}
	case tables.PairPosData2:
		if second, ok := d.ClassDef2.Class(b); ok && covers(d.Cov(), a) {
			return int32(d.Record(class(d.ClassDef1, a), second).ValueRecord1.XAdvance), true
		}
	}
	return 0, false
}

// Bits of a lookup's flag (OpenType, "Lookup table").
const ignoreBases, ignoreLigatures = 2, 4

func usesOf(features []font.Feature, lookups int) []uses {
	out := make([]uses, lookups)
	for _, f := range features {
		off := isOffByDefault(f.Tag)
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
		for _, sub := range l.Subtables {
			if lig, ok := sub.(tables.LigatureSubs); ok && l.Flag&(ignoreBases|ignoreLigatures) == 0 {
				b.joins = v.seconds(b.joins, lig, g)
			} else if v.substitutes(sub, g) {
				b.add(v.gsub[i])
				break
			} else if alone(sub) && covers(sub.Cov(), g) {
				b.addAlone(v.gsub[i])
			}
		}
	}
	for i, l := range v.font.GPOS.Lookups {
		for _, sub := range l.Subtables {
			switch sub := sub.(type) {
			case tables.SinglePos:
				if covers(sub.Cov(), g) {
					b.addAlone(v.gpos[i])
				}
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
	b.contexts = append(b.contexts, u.features...)
}

func (b *beginning) addAlone(u uses) {
	b.alone = b.alone || u.always
	b.features = append(b.features, u.features...)
}

// alone reports whether a lookup looks at one glyph only.
func alone(sub tables.GSUBLookup) bool {
	switch sub.(type) {
	case tables.SingleSubs, tables.MultipleSubs, tables.AlternateSubs:
		return true
	}
	return false
}

// substitutes reports whether a subtable that looks at context may begin at a glyph in a word of basic characters: all that it
// asks for must be among them. Letters joined with combining marks, for one, are not.
func (v *inventory) substitutes(sub tables.GSUBLookup, g tables.GlyphID) bool {
	if alone(sub) {
		return false
	}
	if sub, ok := sub.(tables.ChainedContextualSubs); ok {
		if c, ok := sub.Data.(tables.ChainedContextualSubs3); ok {
			return covers(sub.Cov(), g) && v.among(c.BacktrackCoverages) && v.among(c.InputCoverages) && v.among(c.LookaheadCoverages)
		}
	}
	return sub.Cov() == nil || covers(sub.Cov(), g)
}

// seconds adds the basic glyphs before which a glyph may become a ligature.
func (v *inventory) seconds(list []tables.GlyphID, sub tables.LigatureSubs, g tables.GlyphID) []tables.GlyphID {
	i, ok := sub.Coverage.Index(g)
	if !ok || i >= len(sub.LigatureSets) {
		return list
	}
	for _, l := range sub.LigatureSets[i].Ligatures {
		if c := l.ComponentGlyphIDs; len(c) > 0 && v.basics[c[0]] && !slices.Contains(list, c[0]) {
			list = append(list, c[0])
		}
	}
	return list
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
