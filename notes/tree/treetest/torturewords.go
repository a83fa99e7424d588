package treetest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The prose of the torture book is put together from the words below: it has the grammar and the lengths of words of plain English, since
// hyphenation and word spaces of anything else say nothing about a book, and no meaning at all. What is hard to set stands between
// the words of its sentences: see [torturer.oddity].

// lexicon is what stands for the slots of a pattern.
var lexicon = map[string][]string{
	"n": strings.Fields(`fixture specimen sample placeholder dummy page line word queue cache table column index server network
		database door kettle ladder window bridge garden harbour lamp letter bucket engine clock map drawer shelf switch cable
		handle number answer question system process message container certificate configuration implementation measurement
		description connection temperature dictionary`),
	"N": strings.Fields(`fixtures specimens samples pages lines words queues tables servers doors kettles ladders windows bridges lamps
		letters buckets clocks maps drawers shelves switches cables handles numbers answers questions systems processes messages
		containers certificates measurements connections dictionaries paragraphs`),
	"a": strings.Fields(`small large old new empty full slow quick narrow wide cold warm green quiet round plain broken second third last
		wooden paper local remote public careful ordinary temporary unreasonable transparent comfortable impossible different
		neighbouring international`),
	"v": strings.Fields(`moved closed opened counted copied dropped held kept lost measured painted printed pulled pushed read repaired sent
		stopped turned washed weighed wrote followed replaced forgot remembered described configured transported considered`),
	"d": strings.Fields(`the the the a this that each every our one another`),
	"D": strings.Fields(`the the these those all some most two three nine twenty several`),
	"p": strings.Fields(`in on at under over behind beside between before after without near with from for by against across`),
	"b": strings.Fields(`twice again slowly early late never often once here there everywhere at once by hand in turn by mistake
		immediately unfortunately`),
	"c": strings.Fields(`and but because while until although so when before after as if`),
	"o": strings.Fields(`who nobody everybody it we they you somebody`),
}

// patterns are sentences; a letter in braces is a slot.
var patterns = strings.Split(`{d} {a} {n} {v} {D} {N} {p} {d} {n}, {c} {o} {v} it {b}
{d} {n} {p} {d} {n} was {a} and {a}
{o} {v} {d} {n} {b}, {c} {D} {N} were {a}
{D} {N} {v} {d} {n}; {d} {n} {v} {o} {b}
there is no {n} {p} {d} {a} {n}, only {D} {a} {N}
{p} {d} {n} of {D} {N} {o} {v} {d} {a} {n}
if {d} {n} is {a}, {o} {v} it {p} {D} {N} and {v} {d} {n}
{d} {n} that {o} {v} {p} {d} {n} is not {d} {n} that {o} {v} {b}
“{d} {n} is {a}”, {o} said, “{c} {D} {N} are {a}”
{b} {o} {v} {d} {n} ({p} {d} {a} {n}) to see how {a} it was
what {o} {v} {p} {d} {n} had as many {N} as {d} {n} of {d} {n}
{d} {n}’s {n} {v} {d} {n} to {d} {n}, to {D} {N} and to {o}
to {d} {n} it is {a} {c} {D} {N} {v} {b}
of {D} {N} {o} {v} one {p} {d} {n}`, "\n")

// sentence makes the words of a sentence, which begins with a capital and ends in a full stop or another sign.
func (x *torturer) sentence() []string {
	words := strings.Fields(patterns[x.r.IntN(len(patterns))])
	for i, w := range words {
		for {
			open := strings.IndexByte(w, '{')
			if open < 0 {
				break
			}
			list := lexicon[w[open+1:open+2]]
			w = w[:open] + list[x.r.IntN(len(list))] + w[open+3:]
		}
		words[i] = w
	}
	first := words[0]
	at := strings.IndexFunc(first, unicode.IsLetter)
	r, n := utf8.DecodeRuneInString(first[at:])
	words[0] = first[:at] + string(unicode.ToUpper(r)) + first[at+n:]
	words[len(words)-1] += []string{".", ".", ".", ".", "?", "!", " …"}[x.r.IntN(7)]
	return words
}

// words makes so many words of text: sentences, the last one cut off, with oddities among them.
func (x *torturer) words(n int) string {
	var out []string
	for len(out) < n {
		for _, w := range x.sentence() {
			if odd := x.oddity(); odd != "" {
				out = append(out, odd)
			}
			out = append(out, w)
		}
	}
	return strings.Join(out[:n], " ")
}

// oddity makes what is hard to set, every tenth time.
func (x *torturer) oddity() string {
	switch x.r.IntN(60) {
	case 0:
		x.word++
		return fmt.Sprintf("word%dx%s", x.word, strings.Repeat("abc", 3+x.r.IntN(60)))
	case 1:
		return addresses[x.r.IntN(len(addresses))]
	case 2:
		return "日本語の文章はここで改行します。"
	case 3:
		return "→ ≤ ☑ 🙂"
	case 4:
		return "Ελληνικά Русский"
	case 5:
		return mess[x.r.IntN(len(mess))]
	}
	return ""
}

var addresses = []string{
	"https://example.org/a/long/path/with-many-parts/and_more.html?query=1&other=2#fragment",
	"https://example.com/", "www.example.net/q?a=b", "sample@example.org", "http://[2001:db8::1]:8080/x",
	"https://example.org/" + strings.Repeat("0123456789abcdef", 4),
}

// mess is what notes have that were written in a hurry.
var mess = []string{
	"e.g.", "17,5", "naïve", "façade", "Übergröße", "e-mail", "C++", "state-of-the-art", "end-to-end", "100%", "2012-07-16T09:30:00Z",
	"d41d8cd98f00b204e9800998ecf8427e", "/etc/example/conf.d/10-sample.conf", `C:\Samples\New Folder\readme.txt`, "sample_function_name()",
	"SampleFactoryBuilderImpl", "and/or/neither", "read–write", "1.2.3-rc4+build.5", "--no-such-flag=value", "???", "…", "TODO(sample):",
	"#sampletag", "@placeholder", "192.0.2.1:8080", "½ of 3×4", "x → y → z", "non-breaking\u00A0space", "soft\u00ADhy\u00ADphen",
	"Donaudampfschifffahrtsgesellschaft", "it—dashed—closely", "word,word,word", "(a(b(c)))", "SHOUTING AT LENGTH", "👩‍🚀🇪🇺", "«guillemets»",
}

// foreign are sentences in other languages, by tag.
var foreign = map[string]string{
	"de": "Die Musterseite enthält einen Platzhalter, dessen Silbentrennung ungewöhnlich zusammengesetzte Hauptwörter berücksichtigen muss.",
	"fr": "La page suivante répète une phrase sans importance, que personne ne lira jamais jusqu’au bout.",
	"es": "La página de muestra repite una oración cualquiera, escrita únicamente para ocupar algunas líneas.",
	"ru": "Образцовая страница повторяет бессмысленное предложение, написанное исключительно для проверки переносов.",
	"pl": "Przykładowa strona powtarza zdanie bez znaczenia, napisane wyłącznie po to, żeby wypełnić kilka wierszy.",
}

var foreignTags = []string{"de", "es", "fr", "pl", "ru"}
