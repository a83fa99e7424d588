package hyphen

import (
	"embed"
	"fmt"
	"hash/maphash"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed data/*.tex data/exceptions.txt
var data embed.FS

// aliases are tags of other names for the patterns of a language. A tag that is neither here nor a file is looked up
// without its last subtag (RFC 4647 §3.4).
var aliases = map[string]string{
	"en": "en-us", "en-au": "en-gb", "en-ie": "en-gb", "en-in": "en-gb", "en-nz": "en-gb", "en-za": "en-gb",
	"de": "de-1996", "el": "el-monoton", "no": "nb", "mn": "mn-cyrl",
	"sr": "sh-cyrl", "sr-latn": "sh-latn", "sh": "sh-latn", "bs": "sh-latn", "bs-cyrl": "sh-cyrl", "cnr": "sh-latn",
	"en-gb-oxendict": "en-gb", "ku": "kmr", "nn-no": "nn",
}

// loaders parse the patterns of a language when they are asked for the first time.
var loaders = sync.OnceValue(func() map[string]func() *Hyphenator {
	out := map[string]func() *Hyphenator{}
	entries, err := fs.ReadDir(data, "data")
	if err != nil {
		panic(err) // the folder is embedded at build time
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".tex")
		lang := strings.TrimPrefix(name, "hyph-")
		if ok && lang != "no" { // the patterns that nb and nn share
			out[lang] = sync.OnceValue(func() *Hyphenator { return load(lang) })
		}
	}
	return out
})

// For returns the hyphenator of a language, given as a BCP 47 tag: of the language with its script and region if there are
// patterns for them, else of the language alone. It returns nil if there are none at all. The same hyphenator is returned on
// every call.
func For(lang string) *Hyphenator {
	tag := strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	for tag != "" {
		name := tag
		if a, ok := aliases[tag]; ok {
			name = a
		}
		if load, ok := loaders()[name]; ok {
			return load()
		}
		tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
	}
	return nil
}

// Languages returns the tags of the languages that have patterns, sorted.
func Languages() []string { return slices.Sorted(maps.Keys(loaders())) }

// load reads the patterns of a language. The files are part of the program: one that cannot be read is a bug.
func load(lang string) *Hyphenator {
	h := &Hyphenator{lang: lang, exceptions: map[string][]int{}, seed: maphash.MakeSeed(), left: 2, right: 2}
	if lang == "tr" {
		h.lower = unicode.TurkishCase
	}
	h.read("hyph-" + lang + ".tex")
	h.readExceptions()
	h.apostrophe = h.patterns.knows('\'')
	return h
}

// read reads a file of hyph-utf8: comments with the minima, \patterns{…}, \hyphenation{…} and \input.
func (h *Hyphenator) read(name string) {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(fmt.Sprintf("hyphen: %v", err))
	}
	mode := ""
	minima := ""
	h.patterns.grow(len(text))
	for line := range strings.Lines(string(text)) {
		if mode == `\patterns` && !strings.ContainsAny(line, `%{}\`) {
			for w := range strings.FieldsSeq(line) { // almost all lines of a file
				h.patterns.add(w)
			}
			continue
		}
		line, comment, _ := strings.Cut(line, "%")
		minima = h.readMinima(minima, comment)
		line = strings.ReplaceAll(strings.ReplaceAll(line, "{", " { "), "}", " } ")
		words := strings.Fields(line)
		for i, w := range words {
			switch {
			case strings.HasPrefix(w, `\`):
				mode = w
				if w == `\input` {
					h.read(words[i+1])
				}
			case w == "{":
			case w == "}":
				mode = ""
			case mode == `\patterns`:
				h.patterns.add(w)
			case mode == `\hyphenation`:
				h.except(w)
			}
		}
	}
}

// readMinima follows the lines
//
//	hyphenmins:
//	    typesetting:
//	        left: 2
//	        right: 3
//
// in the comments at the head of a file. state is the last of the keys. Fewer than two letters are never left alone.
func (h *Hyphenator) readMinima(state, comment string) string {
	key, value, ok := strings.Cut(strings.TrimSpace(comment), ":")
	if !ok {
		return state
	}
	n := 0
	if _, err := fmt.Sscan(value, &n); err != nil {
		return key
	}
	if state == "typesetting" {
		switch key {
		case "left":
			h.left = max(n, 2)
		case "right":
			h.right = max(n, 2)
		}
	}
	return state
}

// except notes an exception, written with its hyphens.
func (h *Hyphenator) except(word string) {
	var breaks []int
	n := 0
	for _, r := range word {
		if r == '-' {
			breaks = append(breaks, n)
			continue
		}
		n++
	}
	h.exceptions[strings.ReplaceAll(word, "-", "")] = breaks
}

// readExceptions adds evbook's own exceptions: words of the trade that the patterns get wrong.
func (h *Hyphenator) readExceptions() {
	text, err := data.ReadFile("data/exceptions.txt")
	if err != nil {
		panic(fmt.Sprintf("hyphen: %v", err))
	}
	current := false
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		if tags, ok := strings.CutSuffix(strings.TrimSpace(line), ":"); ok {
			current = slices.Contains(strings.Fields(tags), h.lang)
		} else if current {
			for w := range strings.FieldsSeq(line) {
				h.except(w)
			}
		}
	}
}
