package notes

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// place is what decides where a file or folder stands among its neighbours: the order given in book.yaml, the day and
// the time, the weight, the kind of section, the name. What has no day stands after what has one, and the same goes for
// times and weights.
type place struct {
	listed    int // position in book.yaml's order; len(order) when not named there
	rank      int // of the kind of section
	date      tree.Date
	clock     tree.Clock
	weight    float64
	hasWeight bool
	path      string
}

func comparePlaces(a, b place) int {
	return cmp.Or(
		cmp.Compare(a.listed, b.listed),
		cmp.Compare(a.rank, b.rank),
		lastIfUnknown(a.date.IsZero(), b.date.IsZero(), a.date.Compare(b.date)),
		lastIfUnknown(a.clock == "", b.clock == "", strings.Compare(string(a.clock), string(b.clock))),
		lastIfUnknown(!a.hasWeight, !b.hasWeight, cmp.Compare(a.weight, b.weight)),
		naturalCompare(a.path, b.path),
	)
}

// lastIfUnknown orders two values of which either may be unknown.
func lastIfUnknown(unknownA, unknownB bool, known int) int {
	switch {
	case unknownA && unknownB:
		return 0
	case unknownA:
		return 1
	case unknownB:
		return -1
	}
	return known
}

// reason says in words which of the rules decided.
func (b *builder) reason(p place) string {
	var parts []string
	if p.listed < len(b.order) {
		return "book.yaml's order names " + b.config.Order[p.listed]
	}
	if p.listed < len(b.order)+len(b.summary) {
		return "the order of " + b.summaryName
	}
	if !p.date.IsZero() {
		when := p.date.String()
		if p.clock != "" {
			when += " " + string(p.clock)
		}
		parts = append(parts, when)
	}
	if p.hasWeight {
		parts = append(parts, "weight "+strconv.FormatFloat(p.weight, 'g', -1, 64))
	}
	if len(parts) == 0 {
		return "name"
	}
	return strings.Join(parts, ", ")
}

// naturalCompare orders paths as people do: letter case and the choice of separator do not count, and numbers count as
// numbers, so that "9-x" comes before "10-x". Equal names are ordered by their bytes.
func naturalCompare(a, b string) int {
	x := []rune(strings.ToLower(strings.TrimSuffix(a, path.Ext(a))))
	y := []rune(strings.ToLower(strings.TrimSuffix(b, path.Ext(b))))
	i, j := 0, 0
	for i < len(x) && j < len(y) {
		if isDigit(x[i]) && isDigit(y[j]) {
			m, n := digits(x[i:]), digits(y[j:])
			if c := compareNumbers(x[i:i+m], y[j:j+n]); c != 0 {
				return c
			}
			i, j = i+m, j+n
			continue
		}
		if c := cmp.Compare(sortKey(x[i]), sortKey(y[j])); c != 0 {
			return c
		}
		i, j = i+1, j+1
	}
	return cmp.Or(cmp.Compare(len(x)-i, len(y)-j), strings.Compare(a, b))
}

// sortKey puts the parts of a path before everything else, then separators of words, then the rest.
func sortKey(r rune) rune {
	switch r {
	case '/':
		return 0
	case '-', '_', ' ', '.':
		return 1
	}
	return r
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func digits(s []rune) int {
	n := slices.IndexFunc(s, func(r rune) bool { return !isDigit(r) })
	if n < 0 {
		return len(s)
	}
	return n
}

// compareNumbers compares decimal numbers of any length.
func compareNumbers(a, b []rune) int {
	trim := func(s []rune) []rune {
		for len(s) > 1 && s[0] == '0' {
			s = s[1:]
		}
		return s
	}
	a, b = trim(a), trim(b)
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
}

// listed returns the position of the first pattern of book.yaml's order that matches p; after all of these come the files
// that SUMMARY.md lists, in its order, and then everything else at one position.
func (b *builder) listed(p string) int {
	for i, re := range b.order {
		if re.MatchString(p) {
			b.orderUsed[i] = true
			return i
		}
	}
	if at, ok := b.inSummary(p); ok {
		return len(b.order) + at
	}
	return len(b.order) + len(b.summary)
}
