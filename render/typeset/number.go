package typeset

import (
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// roman writes a number in lower-case Roman numerals; numbers below 1 are written in digits.
func roman(n int) string {
	if n < 1 {
		return itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		v int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= r.v {
			b.WriteString(r.s)
			n -= r.v
		}
	}
	return b.String()
}
