// Package linebreak breaks paragraphs into lines so that the paragraph as a whole looks best: the total-fit method of
// Donald E. Knuth and Michael F. Plass, "Breaking Paragraphs into Lines" (Software – Practice and Experience 11, 1981),
// as TeX has it (The TeXbook, chapter 14; tex.web §813–890), widened by what fine typesetting adds: protrusion into both
// margins that takes part in the decision, expansion of the glyphs, runts, a limit of hyphens in a row, a ragged mode, and
// a last pass that never leaves an overfull line where an underfull one is possible.
//
// The package knows numbers only: a paragraph is a sequence of boxes, glue and penalties whose lengths are integers in any
// fixed unit. All decisions are made in integers, so the same paragraph breaks the same way on every machine.
package linebreak

// Kind says what an item of a paragraph is.
type Kind uint8

// The kinds of items.
const (
	Box     Kind = iota // something printed that cannot be broken: a syllable, a word, a picture
	Glue                // space between boxes; a line may break at glue that follows a box; it disappears there
	Penalty             // a place where a line may break, at a price
)

// Penalties beyond which a break is impossible or forced.
const (
	Never = 10000  // a penalty of at least Never forbids the break
	Force = -10000 // a penalty of at most Force makes it: the line ends here and is not stretched
)

// Item is a part of a paragraph. Lengths are in the caller's unit.
type Item struct {
	// Width is the natural width of a box or of glue, and of a penalty the width that it adds to the line that ends
	// there: the hyphen, together with the change of kerning or ligatures before it.
	Width int64

	// Stretch and Shrink say how much glue grows and shrinks before a line is bad: at a ratio of 1 the line has badness
	// 100. Glue never shrinks by more than Shrink. Boxes have neither; they expand by Params.Expansion.
	Stretch, Shrink int64

	// NoBreak is the width of a penalty when the line does not break there, and Post what it adds to the beginning of
	// the next line when it does (TeX's \discretionary{pre}{post}{no break}). Both are usually 0 and may be negative.
	NoBreak, Post int64

	// Left and Right say how far a box hangs into the margin when it is the first or the last of its line; Right of a
	// penalty is the protrusion of its hyphen when it adds a width, else the one of the box before it applies.
	// Boxes without width (anchors) are passed over.
	Left, Right int64

	// Penalty is the price of a break here, from Force to Never.
	Penalty int32
	Kind    Kind
	// Flagged marks a break that should not come twice in a row: hyphens.
	Flagged bool
	// Auto marks a break found by hyphenation; the first pass does without them.
	Auto bool
	// Rigid keeps a box from expanding: pictures, monospaced text, rules.
	Rigid bool
	// Letters is the number of places in a box where letterspace may go: between its letters, and between its last one and the
	// box that continues the word. 0 keeps letterspace out: of pictures, of scripts whose letters touch.
	Letters int32
}

// NoRunt is the price from which on a short last line is no choice, see Params.
const NoRunt = 1_000_000

// Params are the rules of a paragraph. Demerits and penalties are on TeX's scale.
type Params struct {
	// Pretolerance is the greatest badness of a line in the first pass, without hyphenation; below 0 there is no first
	// pass. Tolerance is that of the second pass.
	Pretolerance, Tolerance int
	// LinePenalty is added to each line's badness: the higher, the fewer lines.
	LinePenalty int
	// HyphenPenalty is added to the penalty of each break that is Auto; at Never there are none.
	HyphenPenalty int
	// DoubleHyphen is charged for two flagged breaks in a row, TripleHyphen for each one beyond, FinalHyphen for one at
	// the end of the line before the last. From 1,000,000 on, TripleHyphen means that only the last pass has such breaks, where
	// nothing else keeps a line from sticking out.
	DoubleHyphen, TripleHyphen, FinalHyphen int64
	// Adjacent is charged when two lines that follow each other differ by more than one class of tightness.
	Adjacent int64
	// Runt is the length that the last line of a paragraph should at least have, RuntDemerits what a shorter one costs, and
	// one that is nothing but the end of a hyphenated word. From NoRunt on there are none as long as no line stays short or sticks
	// out for it.
	Runt         int64
	RuntDemerits int64
	// Emergency is stretch that the third pass pretends each line to have, in three steps.
	Emergency int64
	// Expansion is how much glyphs may be widened and narrowed, in 1/1000 of their width; a line takes a multiple of
	// ExpansionStep.
	Expansion, ExpansionStep int
	// MaxStretch limits how far glue is really stretched, in 1/1000 of its Stretch: a line that would need more is set
	// at that and stays short (Line.Short). 0 means no limit.
	MaxStretch int
	// ShortDemerits is charged for a line that stays short because neither glue nor expansion nor letterspace brings it to its
	// measure. Above 0, and with a MaxStretch, the third pass is not one of emergency stretch but accepts such lines, as few as it can.
	ShortDemerits int64
	// Widen and Narrow are the most letterspace that may be put between two letters, or taken away there, in a line that nothing
	// else brings to its measure; only the passes from the third on do it. TrackDemerits is what such a line costs, and as much
	// again when it takes all of it.
	Widen, Narrow int64
	TrackDemerits int64
	// Looseness asks for a paragraph that many lines longer (or shorter) than the best, if tolerance allows.
	Looseness int
	// Ragged sets lines at their natural width: RagStretch is the distance from the full measure at which a line has
	// badness 100, and glue neither stretches nor shrinks.
	Ragged     bool
	RagStretch int64
}

// Default returns the rules for justified text whose size (em) is given: plain TeX's, with twice its price of a hyphen (as
// expansion makes up for most of them), three ems of emergency stretch, expansion of 2 % in steps of half a percent, and
// last lines of at least two ems.
//
// Glue that stretches by half and shrinks by a quarter of its width keeps word spaces within 0.75 and 1.5 times the natural
// one on more than 96 % of the lines of legal English at 29 ems; without expansion it is less than 80 %.
func Default(em int64) Params {
	return Params{
		Pretolerance: 100, Tolerance: 200, LinePenalty: 10, HyphenPenalty: 100,
		DoubleHyphen: 10000, TripleHyphen: 1000000, FinalHyphen: 5000, Adjacent: 10000,
		Runt: 2 * em, RuntDemerits: 20000, Emergency: 3 * em,
		Expansion: 20, ExpansionStep: 5, MaxStretch: 3000, RagStretch: 3 * em,
	}
}

// RaggedRight returns the rules for lines of uneven length of text whose size (em) is given.
func RaggedRight(em int64) Params {
	p := Default(em)
	p.Ragged, p.Expansion, p.HyphenPenalty, p.Adjacent, p.RuntDemerits = true, 0, 200, 3000, 40000
	return p
}

// Line is a line of a broken paragraph.
type Line struct {
	// Start and End are the items printed on the line: items[Start:End]. The glue and penalties that a break swallows
	// are in no line.
	Start, End int
	// Break is the item at which the line ends, len(items) for the last; if it is a penalty its Width belongs to the line.
	// From is the item at which the line before it ends, -1 for the first; if it is a penalty its Post belongs to the line.
	From, Break int

	Measure int64 // the width to be filled
	Natural int64 // the width of the contents before stretching, less the protrusion
	Left    int64 // how far the line begins in the left margin (negative: right of it)
	Right   int64 // how far it ends in the right margin
	Expand  int   // change of the glyphs' widths in 1/1000
	// Track is what the line's boxes grow by letterspace altogether.
	Track int64
	// Gap is what the glue of the line takes up beyond its natural width, after expansion: stretch or (negative) shrink.
	Gap int64
	// Ratio is Gap over the line's stretch or shrink, in 1/1000, at least -1000.
	Ratio    int
	Short    int64 // distance that is left at the end of a ragged, last or underfull line
	Overfull int64 // how far the line sticks out of the measure, 0 if it fits
	Badness  int   // 0 to 10000, without emergency stretch
	Flagged  bool  // it ends in a flagged break
	Last     bool  // it ends by force or with the paragraph
}

// Quality says how well a paragraph came out.
type Quality struct {
	Demerits int64 // the total that Break made least
	Pass     int   // 1 without hyphenation, 2 with, 3 with emergency stretch or letterspace and short lines, 4 with lines of any badness
	Overfull int   // lines that stick out
	Short    int   // lines that MaxStretch keeps from the right margin, ragged and last ones not counted
	Hyphens  int   // lines that end in a flagged break
}
