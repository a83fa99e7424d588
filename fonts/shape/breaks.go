package shape

// BreakOp is a place where a line may end.
type BreakOp struct {
	Pos  int  // byte offset in the text: the line ends before it
	Must bool // the line ends here in any case: a line or paragraph separator
}

// Breaks returns the places where a line may end by the Unicode line breaking algorithm (UAX 14), in ascending order,
// without the one at the end of the text. Spaces belong to the line that ends behind them. lang (BCP 47) chooses the
// rules for quotation marks and for Chinese and Japanese, where small kana, prolonged sound marks and closing
// punctuation do not begin a line (kinsoku).
func Breaks(text, lang string) []BreakOp { return nil }

// Graphemes returns the byte offsets at which user-perceived characters begin (UAX 29), with len(text) at the end.
func Graphemes(text string) []int { return nil }
