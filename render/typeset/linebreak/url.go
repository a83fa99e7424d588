package linebreak

// PathBreaks returns the byte offsets at which a URL, a path or another long name without spaces may be broken, in
// ascending order. Such a break adds no hyphen; the character that separates stays at the beginning of the next line
// (before / . ? & = # _ -), so that no reader takes it for the end of the name. There is none within "://", and none that
// leaves less than two characters on either side.
func PathBreaks(s string) []int {
	return nil
}
