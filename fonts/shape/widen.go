package shape

import (
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/harfbuzz"
)

// newEngine makes HarfBuzz's working state for the font.
//
// HarfBuzz sums the glyphs of each lookup up in a filter that may say "perhaps" but never a false "no". The filter of go-text
// (v0.3.5, harfbuzz/set_digest.go) stops at the first long range of a coverage table: glyphs of later ranges are taken for
// uncovered, and what begins at them, such as the kerning of quotation marks and dashes, is lost. While filters are made, the
// first range of such a table therefore stands for all glyphs. Nobody may shape with the font meanwhile.
func (f *Font) newEngine() *engine {
	f.tables.Lock()
	defer f.tables.Unlock()
	var wide []*tables.RangeRecord
	var were []tables.RangeRecord
	widen := func(c tables.Coverage) {
		if c, ok := c.(tables.Coverage2); ok && len(c.Ranges) > 1 {
			wide, were = append(wide, &c.Ranges[0]), append(were, c.Ranges[0])
			c.Ranges[0] = tables.RangeRecord{StartGlyphID: 0, EndGlyphID: 0xFFFF}
		}
	}
	for _, l := range f.parsed.GSUB.Lookups {
		for _, sub := range l.Subtables {
			widen(sub.Cov())
		}
	}
	for _, l := range f.parsed.GPOS.Lookups {
		for _, sub := range l.Subtables {
			widen(sub.Cov())
		}
	}
	e := &engine{font: harfbuzz.NewFont(font.NewFace(f.parsed)), tables: &f.tables, buf: harfbuzz.NewBuffer()}
	for i, r := range slices.Backward(wide) { // lookups may share a table, which the first of them found as it was
		*r = were[i]
	}
	return e
}
