package bigbook

import (
	"fmt"
	"strings"
)

// random is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): its numbers are
// the same for ever, which those of math/rand need not be.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1.
func (r *random) below(n int) int { return int(r.next() % uint64(n)) }

func (r *random) chance(percent int) bool { return r.below(100) < percent }

// pick returns a word of a list, those at its head more often, as Zipf's law has it.
func (r *random) pick(list []string) string {
	n := len(list)
	return list[r.below(1+r.below(n))]
}

func (r *random) even(list []string) string { return list[r.below(len(list))] }

func (r *random) person() string { return r.even(givenNames) + " " + r.even(surnames) }

func (r *random) noun() string {
	n := r.pick(nouns)
	if r.chance(12) {
		n = r.even(prefixes) + n
	}
	return n
}

// nounPhrase returns a thing, or things, with a determiner that agrees.
func (r *random) nounPhrase(many bool) string {
	n, list := r.noun(), one
	if many {
		n, list = plural(n), several
	}
	if r.chance(45) {
		a := r.pick(adjectives)
		if r.chance(15) {
			a = "un" + r.even(negatable)
		}
		n = a + " " + n
	}
	switch k := r.below(100); {
	case k < 4 && !many:
		n = "`" + r.identifier() + "`"
	case k < 6:
		n = "*" + n + "*"
	case k < 7:
		n = "**" + n + "**"
	}
	d := r.pick(list)
	if d == "a" && strings.ContainsAny(strings.TrimLeft(n, "*`")[:1], "aeio") {
		d = "an"
	}
	return d + " " + n
}

func (r *random) any() string { return r.nounPhrase(r.chance(40)) }

func (r *random) verbPhrase(many bool) string {
	v := r.pick(verbs)
	switch r.below(6) {
	case 0:
		return r.pick(modals) + " " + v
	case 1:
		return past(v)
	case 2:
		if many {
			return r.pick(adverbs) + " " + v
		}
		return r.pick(adverbs) + " " + third(v)
	case 3:
		if many {
			return "were " + gerund(v)
		}
		return r.pick(auxiliaries) + " " + gerund(v)
	}
	if many {
		return v
	}
	return third(v)
}

// statement returns subject, verb and object.
func (r *random) statement() string {
	many := r.chance(40)
	return r.nounPhrase(many) + " " + r.verbPhrase(many) + " " + r.any()
}

func (r *random) clause() string {
	var c strings.Builder
	c.WriteString(r.statement())
	for r.chance(45) {
		c.WriteString(" " + r.pick(prepositions) + " " + r.any())
	}
	return c.String()
}

func (r *random) sentence() string {
	s := r.clause()
	switch r.below(8) {
	case 0:
		s = r.pick(conjunctions) + " " + r.clause() + ", " + s
	case 1, 2:
		s += ", " + r.pick(joiners) + " " + r.clause()
	case 3:
		s += fmt.Sprintf(" (%s %s, %d %s)", r.pick(prepositions), r.any(), 2+r.below(98), plural(r.noun()))
	case 4:
		s = r.pick(adverbs) + ", " + s + ": " + r.any() + ", " + r.any() + " and " + r.any()
	case 5:
		if r.chance(20) {
			s += fmt.Sprintf(", see [the %s](https://example.org/%s/%s)", r.noun(), r.noun(), r.noun())
		} else if r.chance(30) {
			s = "\"" + capital(s) + ",\" said " + r.person()
			return s + "."
		}
	}
	return capital(s) + "."
}

func (r *random) paragraph(sentences int) string {
	var list []string
	for range sentences {
		list = append(list, r.sentence())
	}
	return strings.Join(list, " ")
}

func (r *random) identifier() string {
	return r.pick(verbs) + "_" + strings.ReplaceAll(r.noun(), "-", "_")
}

// capital makes the first letter a capital one, behind signs such as emphasis, but leaves code as it is.
func capital(s string) string {
	i := strings.IndexFunc(s, func(c rune) bool { return c != '*' && c != '"' })
	if i < 0 || s[i] == '`' {
		return s
	}
	return s[:i] + strings.ToUpper(s[i:i+1]) + s[i+1:]
}

func plural(n string) string {
	switch {
	case strings.HasSuffix(n, "y") && !strings.HasSuffix(n, "ay") && !strings.HasSuffix(n, "ey"):
		return n[:len(n)-1] + "ies"
	case strings.HasSuffix(n, "s"), strings.HasSuffix(n, "ch"), strings.HasSuffix(n, "sh"), strings.HasSuffix(n, "x"):
		return n + "es"
	}
	return n + "s"
}

func third(v string) string { return plural(v) }

func past(v string) string {
	switch {
	case strings.HasSuffix(v, "e"):
		return v + "d"
	case strings.HasSuffix(v, "y") && !strings.HasSuffix(v, "ay") && !strings.HasSuffix(v, "oy"):
		return v[:len(v)-1] + "ied"
	}
	return v + "ed"
}

func gerund(v string) string {
	if strings.HasSuffix(v, "e") && !strings.HasSuffix(v, "ee") {
		return v[:len(v)-1] + "ing"
	}
	return v + "ing"
}
