package notes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/resolve"
	"github.com/evbook/evbook/notes/tree"
)

var (
	nameJoint = lazyregexp.New(`\s*(?:[,;]\s*(?:and|et|und|&)\s|[,;&]|\s(?:and|et|und)\s|\s/\s)\s*`)
	itemJoint = lazyregexp.New(`\s*(?:[;&]|\s(?:and|et|und)\s)\s*`)
	andOthers = lazyregexp.New(`(?i)(?:[,;]?\s*(?:&c\.?;?|et al\.?|and others|and more|u\.\s?a\.))+\s*$`)
)

// suffixes follow a name after a comma without being names.
var suffixes = map[string]bool{
	"jr": true, "jr.": true, "sr": true, "sr.": true, "ii": true, "iii": true, "iv": true, "phd": true, "ph.d.": true,
	"md": true, "m.d.": true, "esq": true, "esq.": true, "msc": true, "mba": true,
}

// particles are the words that stand before a family name in lower case and do not count in sorting.
var particles = map[string]bool{
	"af": true, "al": true, "av": true, "bin": true, "da": true, "das": true, "de": true, "dei": true, "del": true,
	"della": true, "den": true, "der": true, "di": true, "do": true, "dos": true, "du": true, "el": true, "ibn": true,
	"la": true, "las": true, "le": true, "los": true, "ten": true, "ter": true, "'t": true, "van": true, "vom": true,
	"von": true, "zu": true, "zum": true, "zur": true, "y": true, "ó": true, "ní": true, "mac": true,
}

// splitNames takes "A, B and C" apart at joint; others is what says that there are more. Commas in brackets and before
// "Jr." part nothing.
func splitNames(s string, joint *lazyregexp.Regexp) (names []string, others string) {
	if m := andOthers.FindStringIndex(s); m != nil && m[0] > 0 {
		s, others = s[:m[0]], strings.Trim(s[m[0]:], " ,;")
	}
	masked := maskBrackets(s)
	start := 0
	add := func(end int) {
		name := strings.Join(strings.Fields(s[start:end]), " ")
		switch {
		case name == "":
		case suffixes[strings.ToLower(name)] && len(names) > 0:
			names[len(names)-1] += ", " + name
		default:
			names = append(names, name)
		}
	}
	for _, m := range joint.FindAllStringIndex(masked, -1) {
		add(m[0])
		start = m[1]
	}
	add(len(s))
	return names, others
}

// joinAffiliations puts a single word after a full name into brackets: where one speaker is announced, "Ann Lee, Acme" is
// a person and a company.
func joinAffiliations(names []string) []string {
	var out []string
	for _, n := range names {
		if k := len(out) - 1; k >= 0 && !strings.Contains(n, " ") && strings.Contains(out[k], " ") && !strings.Contains(out[k], "(") {
			out[k] += " (" + n + ")"
			continue
		}
		out = append(out, n)
	}
	return out
}

// maskBrackets replaces what stands in round brackets, byte by byte, so that it parts no names.
func maskBrackets(s string) string {
	b := []byte(s)
	depth := 0
	for i, c := range b {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
			b[i] = '_'
		}
	}
	return string(b)
}

// person makes a person of a name: "Łukasz Langa" sorts as "Langa, Łukasz".
func person(name, role string) tree.Person {
	name = strings.Join(strings.Fields(name), " ")
	return tree.Person{Name: name, Sort: sortName(name), Role: role, ID: personID(name)}
}

// personID derives an id that is the same wherever the person is named.
func personID(name string) string {
	bare, _, _ := strings.Cut(name, "(")
	return "person--" + strings.TrimPrefix(resolve.ID("p/"+strings.TrimSpace(bare)), "p-")
}

// sortName puts the family name first. Particles in lower case stay with the given names ("Rossum, Guido van"); names of
// one word, handles, names of groups, and names in scripts without capitals stay as they are.
func sortName(name string) string {
	bare, _, _ := strings.Cut(name, "(")
	bare, suffix, _ := strings.Cut(strings.TrimSpace(bare), ", ")
	words := strings.Fields(bare)
	if len(words) < 2 || strings.HasPrefix(name, "@") || !bicameral(words[len(words)-1]) {
		return strings.TrimSpace(name)
	}
	k := len(words) - 1
	first, _ := utf8.DecodeRuneInString(words[0])
	last, _ := utf8.DecodeRuneInString(words[k])
	switch {
	case words[0] == "The": // a group
		return strings.Join(words[1:], " ") + ", The"
	case unicode.IsUpper(first) && unicode.IsLower(last):
		return strings.TrimSpace(name) // a group, too: "Django core team"
	}
	if suffixes[strings.ToLower(words[k])] && k > 1 {
		suffix = words[k]
		words = words[:k]
		k--
	}
	for k > 1 && !particles[words[k-1]] && particles[strings.ToLower(words[k-1])] {
		k-- // Van Buren: a particle with a capital is part of the family name
	}
	out := strings.Join(words[k:], " ") + ", " + strings.Join(words[:k], " ")
	if suffix != "" {
		out += ", " + suffix
	}
	return out
}

// bicameral reports whether word is written in a script with capitals, where family names come last.
func bicameral(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsTitle(r) || r < utf8.RuneSelf
}
