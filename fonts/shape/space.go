package shape

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// spacing says what a font's lookups do with the space, and so whether the words around it may be shaped one by one.
type spacing struct {
	whole bool                  // they cannot: the font has tables whose effect is not known
	risky map[opentype.Tag]bool // they cannot when one of these features is on
	kerns bool                  // there are kerning pairs with the space
}

// offByDefault are features that HarfBuzz applies only when asked. (frac is applied by itself around U+2044 only.)
var offByDefault = tagSet("aalt frac afrc numr dnom sups subs sinf ordn smcp c2sc pcap c2pc unic titl onum lnum pnum tnum " +
	"zero case cpsp salt swsh cswh hist hlig dlig ornm nalt ital mgrk expt jp78 jp83 jp90 jp04 trad smpl fwid hwid pwid twid qwid")

func newSpacing(f *font.Font, g font.GID) spacing {
	s := spacing{risky: map[opentype.Tag]bool{}}
	if g == 0 || len(f.Morx) > 0 || len(f.Kerx) > 0 || len(f.Kern) > 0 && len(f.GPOS.Lookups) == 0 {
		s.whole = true
		return s
	}
	id := tables.GlyphID(g)
	for i, l := range f.GSUB.Lookups {
		if slices.ContainsFunc(l.Subtables, func(sub tables.GSUBLookup) bool { return substitutes(sub, id) }) {
			s.flag(f.GSUB.Features, i)
		}
	}
	for i, l := range f.GPOS.Lookups {
		for _, sub := range l.Subtables {
			switch {
			case !positions(sub, id):
			case plainKerning(sub):
				s.kerns = true
			default:
				s.flag(f.GPOS.Features, i)
			}
		}
	}
	return s
}

// flag notes the features that use a lookup.
func (s *spacing) flag(features []font.Feature, lookup int) {
	for _, feat := range features {
		if slices.Contains(feat.LookupListIndices, uint16(lookup)) {
			s.risky[feat.Tag] = true
			if !isOffByDefault(feat.Tag) {
				s.whole = true
			}
		}
	}
}

func isOffByDefault(tag opentype.Tag) bool {
	a, b := byte(tag>>24), byte(tag>>16)
	return offByDefault[tag] || a == 's' && b == 's' || a == 'c' && b == 'v'
}

func tagSet(names string) map[opentype.Tag]bool {
	set := map[opentype.Tag]bool{}
	for name := range strings.FieldsSeq(names) {
		set[opentype.MustNewTag(name)] = true
	}
	return set
}

// wordwise reports whether words may be shaped one by one under the features.
func (s *spacing) wordwise(features []Feature) bool {
	return !s.whole && !slices.ContainsFunc(features, func(f Feature) bool {
		return f.Value != 0 && len(f.Tag) == 4 && s.risky[opentype.MustNewTag(f.Tag)]
	})
}

// plainKerning reports whether a subtable does nothing but change the first advance of pairs, so that what it does to a
// space and its neighbour does not depend on anything else.
func plainKerning(sub tables.GPOSLookup) bool {
	pair, ok := sub.(tables.PairPos)
	if !ok {
		return false
	}
	switch d := pair.Data.(type) {
	case tables.PairPosData1:
		return d.ValueFormat1 == tables.XAdvance && d.ValueFormat2 == 0
	case tables.PairPosData2:
		return d.ValueFormat1 == tables.XAdvance && d.ValueFormat2 == 0
	}
	return false
}

// substitutes reports whether a GSUB subtable involves the glyph as input or as context.
func substitutes(sub tables.GSUBLookup, id tables.GlyphID) bool {
	switch sub := sub.(type) {
	case tables.SingleSubs, tables.MultipleSubs, tables.AlternateSubs:
		return covers(sub.Cov(), id)
	case tables.LigatureSubs:
		return covers(sub.Coverage, id) || slices.ContainsFunc(sub.LigatureSets, func(s tables.LigatureSet) bool {
			return slices.ContainsFunc(s.Ligatures, func(l tables.Ligature) bool { return slices.Contains(l.ComponentGlyphIDs, id) })
		})
	case tables.ContextualSubs:
		switch c := sub.Data.(type) {
		case tables.ContextualSubs1:
			return covers(c.Cov(), id) || inRules(c.SeqRuleSet, uint16(id))
		case tables.ContextualSubs2:
			return covers(c.Cov(), id) || inRules(c.ClassSeqRuleSet, class(c.ClassDef, id))
		case tables.ContextualSubs3:
			return covered(id, c.Coverages)
		}
	case tables.ChainedContextualSubs:
		switch c := sub.Data.(type) {
		case tables.ChainedContextualSubs1:
			return covers(c.Cov(), id) || inChains(c.ChainedSeqRuleSet, uint16(id), uint16(id), uint16(id))
		case tables.ChainedContextualSubs2:
			return covers(c.Cov(), id) || inChains(c.ChainedClassSeqRuleSet,
				class(c.BacktrackClassDef, id), class(c.InputClassDef, id), class(c.LookaheadClassDef, id))
		case tables.ChainedContextualSubs3:
			return covered(id, c.BacktrackCoverages, c.InputCoverages, c.LookaheadCoverages)
		}
	case tables.ReverseChainSingleSubs:
		return covers(sub.Cov(), id) || covered(id, sub.BacktrackCoverages, sub.LookaheadCoverages)
	}
	return true
}

// positions reports whether a GPOS subtable moves the glyph, or another because of it.
func positions(sub tables.GPOSLookup, id tables.GlyphID) bool {
	switch sub := sub.(type) {
	case tables.SinglePos, tables.CursivePos:
		return covers(sub.Cov(), id)
	case tables.PairPos:
		return kerns(sub.Data, id)
	case tables.MarkBasePos:
		return covers(sub.Cov(), id) || covers(sub.BaseCoverage, id)
	case tables.MarkLigPos:
		return covers(sub.Cov(), id) || covers(sub.LigatureCoverage, id)
	case tables.MarkMarkPos:
		return covers(sub.Cov(), id) || covers(sub.Mark2Coverage, id)
	case tables.ContextualPos:
		switch c := sub.Data.(type) {
		case tables.ContextualPos1:
			return covers(c.Cov(), id) || inRules(c.SeqRuleSet, uint16(id))
		case tables.ContextualPos2:
			return covers(c.Cov(), id) || inRules(c.ClassSeqRuleSet, class(c.ClassDef, id))
		case tables.ContextualPos3:
			return covered(id, c.Coverages)
		}
	case tables.ChainedContextualPos:
		switch c := sub.Data.(type) {
		case tables.ChainedContextualPos1:
			return covers(c.Cov(), id) || inChains(c.ChainedSeqRuleSet, uint16(id), uint16(id), uint16(id))
		case tables.ChainedContextualPos2:
			return covers(c.Cov(), id) || inChains(c.ChainedClassSeqRuleSet,
				class(c.BacktrackClassDef, id), class(c.InputClassDef, id), class(c.LookaheadClassDef, id))
		case tables.ChainedContextualPos3:
			return covered(id, c.BacktrackCoverages, c.InputCoverages, c.LookaheadCoverages)
		}
	}
	return true
}

// kerns reports whether a table of pairs has a value other than 0 for a pair with the glyph on either side.
func kerns(data tables.PairPosData, id tables.GlyphID) bool {
	switch d := data.(type) {
	case tables.PairPosData1:
		if covers(d.Cov(), id) {
			return true
		}
		for _, set := range d.PairSets {
			if rec, ok := set.FindGlyph(id); ok && (rec.ValueRecord1 != tables.ValueRecord{} || rec.ValueRecord2 != tables.ValueRecord{}) {
				return true
			}
		}
		return false
	case tables.PairPosData2:
		first, second := class(d.ClassDef1, id), class(d.ClassDef2, id)
		for c := range uint16(d.ClassDef1.Extent()) {
			if (d.Record(c, second) != tables.Class2Record{}) {
				return true
			}
		}
		for c := range uint16(d.ClassDef2.Extent()) {
			if covers(d.Cov(), id) && (d.Record(first, c) != tables.Class2Record{}) {
				return true
			}
		}
		return false
	}
	return true
}

func covers(c tables.Coverage, id tables.GlyphID) bool {
	if c == nil {
		return false
	}
	_, ok := c.Index(id)
	return ok
}

func covered(id tables.GlyphID, lists ...[]tables.Coverage) bool {
	for _, list := range lists {
		for _, c := range list {
			if covers(c, id) {
				return true
			}
		}
	}
	return false
}

// class returns the class of a glyph, 0 for all that have none.
func class(def tables.ClassDef, id tables.GlyphID) uint16 {
	if def == nil {
		return 0
	}
	c, _ := def.Class(id)
	return c
}

// inRules reports whether any rule names the glyph or class behind the first place, which the coverage decides.
func inRules(sets []tables.SequenceRuleSet, id uint16) bool {
	for _, set := range sets {
		for _, rule := range set.SeqRule {
			if slices.Contains(rule.InputSequence, tables.GlyphID(id)) {
				return true
			}
		}
	}
	return false
}

func inChains(sets []tables.ChainedSequenceRuleSet, back, in, ahead uint16) bool {
	for _, set := range sets {
		for _, rule := range set.ChainedSeqRules {
			if slices.Contains(rule.BacktrackSequence, tables.GlyphID(back)) ||
				slices.Contains(rule.InputSequence, tables.GlyphID(in)) ||
				slices.Contains(rule.LookaheadSequence, tables.GlyphID(ahead)) {
				return true
			}
		}
	}
	return false
}
