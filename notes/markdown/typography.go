package markdown

import (
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark-emoji/definition"

	"github.com/evbook/evbook/notes/tree"
)

// quoteMarks are the quotation marks of a language: opening and closing, of the first and of the second level. French
// sets a narrow no-break space inside.
type quoteMarks struct{ open, close, innerOpen, innerClose string }

var english = quoteMarks{"“", "”", "‘", "’"}

var quotesByLanguage = map[string]quoteMarks{
	"de": {"„", "“", "‚", "‘"}, "cs": {"„", "“", "‚", "‘"}, "sk": {"„", "“", "‚", "‘"}, "sl": {"„", "“", "‚", "‘"},
	"is": {"„", "“", "‚", "‘"}, "bg": {"„", "“", "‚", "‘"}, "lt": {"„", "“", "‚", "‘"}, "et": {"„", "“", "‚", "‘"},
	"pl": {"„", "”", "‚", "’"}, "ro": {"„", "”", "«", "»"}, "hu": {"„", "”", "»", "«"}, "hr": {"„", "”", "‚", "’"},
	"fr": {"«\u202f", "\u202f»", "“", "”"}, "ru": {"«", "»", "„", "“"}, "uk": {"«", "»", "„", "“"},
	"be": {"«", "»", "„", "“"}, "el": {"«", "»", "“", "”"}, "nb": {"«", "»", "‘", "’"}, "nn": {"«", "»", "‘", "’"},
	"no": {"«", "»", "‘", "’"}, "sv": {"”", "”", "’", "’"}, "fi": {"”", "”", "’", "’"},
}

func quotesFor(language string) quoteMarks {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if q, ok := quotesByLanguage[base]; ok {
		return q
	}
	return english
}

// glyph is one character of running text as typography sees it.
type glyph struct {
	r       rune
	owner   *tree.Text // nil: something else stands here, and r says how it looks to its neighbours
	guarded bool
	out     string // the replacement; used when changed
	changed bool
}

// typography replaces straight quotes, hyphens that stand for dashes, three dots and emoji shortcodes in running text.
// Code, bare URLs, and whatever was escaped stay as they are. The text is seen as a whole, so that a quotation may begin
// outside and end inside of emphasis.
func (c *converter) typography(in tree.Inlines) {
	if !worthSetting(in) {
		return
	}
	var g []glyph
	g = c.glyphs(g, in)
	q := quoter{g: g, marks: quotesFor(c.opt.Language)}
	for i := range g {
		if g[i].owner == nil || g[i].guarded || g[i].changed {
			continue
		}
		switch g[i].r {
		case '"':
			q.double(i)
		case '\'':
			q.single(i)
		case '-':
			q.dashes(i)
		case '.':
			q.dots(i)
		case ':':
			q.emoji(i)
		}
	}
	rebuild(g)
}

// worthSetting reports whether there is anything to replace: most text has nothing.
func worthSetting(in tree.Inlines) bool {
	for _, n := range in {
		found := false
		switch n := n.(type) {
		case *tree.Text:
			found = strings.ContainsAny(n.Text, "\"'") || strings.Contains(n.Text, "--") || strings.Contains(n.Text, "...") ||
				strings.Count(n.Text, ":") > 1
		case *tree.Emph:
			found = worthSetting(n.Text)
		case *tree.Strong:
			found = worthSetting(n.Text)
		case *tree.Strike:
			found = worthSetting(n.Text)
		case *tree.Link:
			found = !n.Auto && worthSetting(n.Text)
		case *tree.Span:
			found = worthSetting(n.Text)
		default: // no text of its own
		}
		if found {
			return true
		}
	}
	return false
}

// glyphs appends the characters of in to g.
func (c *converter) glyphs(g []glyph, in tree.Inlines) []glyph {
	for _, n := range in {
		switch n := n.(type) {
		case *tree.Text:
			guards := c.guarded[n]
			for off, r := range n.Text {
				for len(guards) > 0 && guards[0] < off {
					guards = guards[1:]
				}
				g = append(g, glyph{r: r, owner: n, guarded: len(guards) > 0 && guards[0] == off})
			}
		case *tree.Emph:
			g = c.glyphs(g, n.Text)
		case *tree.Strong:
			g = c.glyphs(g, n.Text)
		case *tree.Strike:
			g = c.glyphs(g, n.Text)
		case *tree.Link:
			if n.Auto {
				g = append(g, glyph{r: 'x'})
			} else {
				g = c.glyphs(g, n.Text)
			}
		case *tree.Span:
			if n.Class == WikiLinkClass || n.Class == "kbd" || n.Class == "code" {
				g = append(g, glyph{r: 'x'})
			} else {
				g = c.glyphs(g, n.Text)
			}
		case *tree.Break:
			g = append(g, glyph{r: ' '})
		case *tree.Footnote, *tree.FootnoteRef:
			// A call stands close to the word before it and does not part it from what follows.
		default:
			g = append(g, glyph{r: 'x'})
		}
	}
	return g
}

// rebuild writes the changed characters back into their texts.
func rebuild(g []glyph) {
	for i := 0; i < len(g); {
		owner, start, changed := g[i].owner, i, false
		for ; i < len(g) && g[i].owner == owner; i++ {
			changed = changed || g[i].changed
		}
		if owner == nil || !changed {
			continue
		}
		var b strings.Builder
		for _, ch := range g[start:i] {
			if ch.changed {
				b.WriteString(ch.out)
			} else {
				b.WriteRune(ch.r)
			}
		}
		owner.Text = b.String()
	}
}

// quoter walks over running text and remembers which quotations are open.
type quoter struct {
	g              []glyph
	marks          quoteMarks
	doubles, inner int
}

// prev and next are the neighbours of the character at i; a space stands for the ends of the text.
func (q *quoter) prev(i int) rune {
	if i == 0 {
		return ' '
	}
	return q.g[i-1].r
}

func (q *quoter) next(i int) rune {
	if i+1 >= len(q.g) {
		return ' '
	}
	return q.g[i+1].r
}

func (q *quoter) set(i int, s string) { q.g[i].out, q.g[i].changed = s, true }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// opensAfter reports whether a quotation may begin after r.
func opensAfter(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`([{<"'/=–—-“‘„‚«¿¡`, r)
}

func (q *quoter) double(i int) {
	prev, next := q.prev(i), q.next(i)
	switch {
	case opensAfter(prev) && !unicode.IsSpace(next) && !(prev == '"' && q.doubles > 0 && !isWord(next)):
		q.doubles++
		q.set(i, q.marks.open)
	case q.doubles > 0 && !unicode.IsSpace(prev):
		q.doubles--
		q.set(i, q.marks.close)
	case unicode.IsDigit(prev):
		// Inches, or seconds of arc.
	case !isWord(prev) && isWord(next):
		q.doubles++
		q.set(i, q.marks.open)
	case !unicode.IsSpace(prev) && !isWord(next):
		q.set(i, q.marks.close)
	}
}

func (q *quoter) single(i int) {
	prev, next := q.prev(i), q.next(i)
	switch {
	case unicode.IsDigit(prev) && unicode.IsDigit(next):
		// Feet and inches.
	case isWord(prev) && isWord(next):
		q.set(i, "’") // don't
	case opensAfter(prev) && !unicode.IsSpace(next):
		if !q.elision(i) && q.closesLater(i) {
			q.inner++
			q.set(i, q.marks.innerOpen)
		} else {
			q.set(i, "’") // '90s, 'tis
		}
	case q.inner > 0 && !unicode.IsSpace(prev) && !isWord(next):
		q.inner--
		q.set(i, q.marks.innerClose)
	case unicode.IsDigit(prev):
		// Feet, or minutes of arc.
	case !unicode.IsSpace(prev):
		q.set(i, "’") // the users' choice
	}
}

// elision reports whether the apostrophe at i stands for letters left out at the beginning of a word.
func (q *quoter) elision(i int) bool {
	var b strings.Builder
	k := i + 1
	for ; k < len(q.g) && isWord(q.g[k].r) && b.Len() < 12; k++ {
		b.WriteRune(unicode.ToLower(q.g[k].r))
	}
	word := b.String()
	switch word {
	case "tis", "twas", "em", "til", "cause", "bout", "round", "cuz":
		return k >= len(q.g) || q.g[k].r != '\''
	}
	return len(word) >= 2 && unicode.IsDigit(rune(word[0])) && unicode.IsDigit(rune(word[1])) && (len(word) == 2 || word[2:] == "s") &&
		(k >= len(q.g) || q.g[k].r != '\'')
}

// closesLater reports whether a single quote after i could close the quotation that one at i would open.
func (q *quoter) closesLater(i int) bool {
	for k := i + 2; k < len(q.g); k++ {
		if q.g[k].r == '\'' && !q.g[k].guarded && q.g[k].owner != nil && !unicode.IsSpace(q.prev(k)) && !isWord(q.next(k)) {
			return true
		}
	}
	return false
}

// run returns how many characters like the one at i stand there in a row, none of them guarded; 0 when i is not the first.
func (q *quoter) run(i int) int {
	r := q.g[i].r
	if q.prev(i) == r && i > 0 {
		return 0
	}
	n := 1
	for i+n < len(q.g) && q.g[i+n].r == r {
		if q.g[i+n].guarded || q.g[i+n].owner != q.g[i].owner { // half of it in other words is no dash
			return 0
		}
		n++
	}
	return n
}

// dashes turns -- into an en dash and --- into an em dash, but leaves the options of commands alone: "--verbose".
func (q *quoter) dashes(i int) {
	n := q.run(i)
	if n != 2 && n != 3 {
		return
	}
	prev, next := q.prev(i), q.next(i+n-1)
	if opensAfter(prev) && !unicode.IsSpace(next) && (n == 2 || isWord(next)) || next == '>' || prev == '<' || prev == '!' {
		return // an option, an arrow, a comment
	}
	dash := "–"
	if n == 3 {
		dash = "—"
	}
	q.replace(i, n, dash)
}

// dots turns three dots into an ellipsis, except in paths such as ./... .
func (q *quoter) dots(i int) {
	if q.run(i) == 3 && q.prev(i) != '/' && q.next(i+2) != '/' {
		q.replace(i, 3, "…")
	}
}

// replace puts s in the place of n characters.
func (q *quoter) replace(i, n int, s string) {
	q.set(i, s)
	for k := i + 1; k < i+n; k++ {
		q.set(k, "")
	}
}

var emojis = sync.OnceValue(func() definition.Emojis { return definition.Github() })

// emoji replaces a shortcode such as :tada: that GitHub knows. A colon right after a word begins none, so that 10:30:00
// stays a time.
func (q *quoter) emoji(i int) {
	if isWord(q.prev(i)) || q.prev(i) == ':' {
		return
	}
	var b strings.Builder
	for k := i + 1; k < len(q.g) && k-i < 48; k++ {
		r := q.g[k].r
		if q.g[k].guarded || q.g[k].owner != q.g[i].owner {
			return
		}
		if r == ':' {
			if e, ok := emojis().Get(b.String()); ok && e.IsUnicode() && !isWord(q.next(k)) {
				q.replace(i, k-i+1, string(e.Unicode))
			}
			return
		}
		if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '+' || r == '-') {
			return
		}
		b.WriteRune(r)
	}
}
