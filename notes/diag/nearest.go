package diag

import "strings"

// Nearest returns the word among known that is most like word, for a "did you mean" hint, or "" when none is like enough:
// at most one character in three may differ, in short words one. Case counts little; of equally near words the first wins.
func Nearest(word string, known []string) string {
	folded := []rune(strings.ToLower(word))
	best, least := "", max(1, len(folded)/3)+1
	if len(folded) < 3 {
		least = 1
	}
	for _, k := range known {
		if d := distance(folded, []rune(strings.ToLower(k)), least); d < least {
			best, least = k, d
		}
	}
	return best
}

// Distance counts the insertions, deletions, substitutions and swaps of neighbours that turn a into b, code point by code
// point. Results above limit only say that there are more.
func Distance(a, b string, limit int) int { return distance([]rune(a), []rune(b), limit) }

// distance counts the insertions, deletions, substitutions and swaps of neighbours that turn a into b (optimal string
// alignment). It gives up with a larger number when the result must exceed limit.
func distance(a, b []rune, limit int) int {
	if abs(len(a)-len(b)) > limit {
		return limit + 1
	}
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
