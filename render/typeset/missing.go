package typeset

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/notes/diag"
)

// gaps collects the characters that the book's own fonts lack, so that they are reported once for a file and a script and not
// one by one. It is safe for concurrent use.
type gaps struct {
	mu   sync.Mutex
	list map[gapKey]*gap
}

type gapKey struct {
	file   string
	script shape.Script
	font   string // of the machine, empty if there is none at all
}

type gap struct {
	first  diag.Pos
	places map[gapPlace]int // how many characters; what is set twice (in the contents, too) counts once
	runes  map[rune]bool
}

type gapPlace struct {
	pos  diag.Pos
	text string
}

// note takes down an item that no font of the book has: a box is printed, or a font of the machine takes over.
func (g *gaps) note(pos diag.Pos, text string, it shape.Item) {
	key := gapKey{file: pos.File, script: it.Script}
	if !it.Missing {
		key.font = it.Font.Face().Family
	}
	var runes []rune
	for _, r := range text {
		if !isIgnorable(r) && isBreakChar(string(r)) == 0 && (!it.Missing || !it.Font.Has(r)) {
			runes = append(runes, r)
		}
	}
	if len(runes) == 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	got := g.list[key]
	if got == nil {
		if g.list == nil {
			g.list = map[gapKey]*gap{}
		}
		got = &gap{first: pos, places: map[gapPlace]int{}, runes: map[rune]bool{}}
		g.list[key] = got
	}
	if pos.Compare(got.first) < 0 {
		got.first = pos
	}
	got.places[gapPlace{pos, text}] = len(runes)
	for _, r := range runes {
		got.runes[r] = true
	}
}

// report says what was missing, file by file.
func (g *gaps) report(to diag.Reporter) {
	keys := slices.SortedFunc(maps.Keys(g.list), func(a, b gapKey) int {
		return cmp.Or(strings.Compare(a.file, b.file), strings.Compare(string(a.script), string(b.script)), strings.Compare(a.font, b.font))
	})
	for _, key := range keys {
		got, n := g.list[key], 0
		for _, c := range got.places {
			n += c
		}
		what := fmt.Sprintf("%d characters of %s (%s)", n, scriptName(key.script), samples(got.runes))
		if n == 1 {
			what = fmt.Sprintf("one character of %s (%s)", scriptName(key.script), samples(got.runes))
		}
		d := diag.Diagnostic{Severity: diag.Warning, Code: CodeGlyphMissing, Pos: got.first, Message: "no font has " + what + ": boxes are printed"}
		if key.font != "" {
			d.Severity, d.Code = diag.Info, CodeSystemFont
			d.Message = what + " are set in " + key.font + ", a font of this machine: the book may look different on another"
			d.Hints = []string{"a folder of fonts beside the notes (--fonts DIR) makes the book the same everywhere"}
		} else {
			d.Hints = []string{remedy(key.script, got.runes)}
		}
		to(d)
	}
}

// samples names up to three characters with their code points.
func samples(set map[rune]bool) string {
	var out []string
	for _, r := range slices.Sorted(maps.Keys(set)) {
		if len(out) == 3 {
			return strings.Join(append(out, "…"), ", ")
		}
		out = append(out, fmt.Sprintf("U+%04X %q", r, string(r)))
	}
	return strings.Join(out, ", ")
}

// remedy says which font to install.
func remedy(script shape.Script, set map[rune]bool) string {
	for r := range set {
		if r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 {
			return "private characters mean something in one font only: name its folder with --fonts DIR"
		}
	}
	font := "Noto Sans " + scriptName(script)
	switch script {
	case "Hani":
		font = "Noto Sans SC, TC, JP or KR"
	case "Hira", "Kana":
		font = "Noto Sans JP"
	case "Hang":
		font = "Noto Sans KR"
	case "Latn", "Zyyy", "Grek", "Cyrl":
		font = "a font that has them, such as Noto Sans or Noto Sans Symbols 2"
	}
	return "install " + font + " as TrueType, or name the folder of such a font with --fonts DIR"
}

// scriptName is the English name of a script, as far as people write notes in it.
func scriptName(s shape.Script) string {
	if n, ok := scriptNames[s]; ok {
		return n
	}
	return "the script " + string(s)
}

var scriptNames = map[shape.Script]string{
	"Adlm": "Adlam", "Arab": "Arabic", "Armn": "Armenian", "Beng": "Bengali", "Bopo": "Bopomofo", "Cans": "Canadian Aboriginal",
	"Cher": "Cherokee", "Copt": "Coptic", "Cyrl": "Cyrillic", "Deva": "Devanagari", "Egyp": "Egyptian Hieroglyphs", "Ethi": "Ethiopic",
	"Geor": "Georgian", "Goth": "Gothic", "Grek": "Greek", "Gujr": "Gujarati", "Guru": "Gurmukhi", "Hang": "Hangul", "Hani": "Chinese",
	"Hebr": "Hebrew", "Hira": "Hiragana", "Java": "Javanese", "Kana": "Katakana", "Khmr": "Khmer", "Knda": "Kannada", "Laoo": "Lao",
	"Latn": "Latin or common signs", "Mlym": "Malayalam", "Mong": "Mongolian", "Mymr": "Myanmar", "Nkoo": "NKo", "Orya": "Oriya",
	"Runr": "Runic", "Sinh": "Sinhala", "Syrc": "Syriac", "Taml": "Tamil", "Telu": "Telugu", "Tfng": "Tifinagh", "Thaa": "Thaana",
	"Thai": "Thai", "Tibt": "Tibetan", "Vaii": "Vai", "Xsux": "Cuneiform", "Yiii": "Yi",
}
