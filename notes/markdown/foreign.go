package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

var (
	// kramdownList is an attribute list of kramdown at the end of a block: {: .class #id}.
	kramdownList = lazyregexp.New(`\s*\{:[^{}]*\}$`)
	// shortcode is a call of Hugo: {{< figure >}} or {{% note %}}.
	shortcode = lazyregexp.New(`\{\{[<%].*?[%>]\}\}`)
	// liquidLine is a tag of Liquid or Jinja with a line of its own.
	liquidLine = lazyregexp.New(`^\s*\{%-?.*?-?%\}\s*$`)
)

// foreign takes what speaks to a site generator out of running text: attribute lists of kramdown, shortcodes of Hugo, tags
// of Liquid that have a line of their own. Each is reported. In prose, {% load %} is something that somebody talked about.
func (c *converter) foreign(in tree.Inlines) tree.Inlines {
	out := in[:0:0]
	changed := false
	for i, n := range in {
		t, ok := n.(*tree.Text)
		if !ok || !strings.Contains(t.Text, "{") {
			out = append(out, n)
			continue
		}
		text := t.Text
		alone := (i == 0 || isBreak(in[i-1])) && (i+1 == len(in) || isBreak(in[i+1]))
		if alone && liquidLine.MatchString(text) {
			c.dropForeign(t.Src, strings.TrimSpace(text))
			text = ""
		}
		text = shortcode.ReplaceAllStringFunc(text, func(s string) string {
			c.dropForeign(t.Src, s)
			return ""
		})
		if i+1 == len(in) {
			if m := kramdownList.FindString(text); m != "" {
				c.report.Infof(CodeAttributes, t.Src, "the attributes %s are left out", strings.TrimSpace(m))
				text = strings.TrimSuffix(text, m)
			}
		}
		if text == t.Text {
			out = append(out, n)
			continue
		}
		changed = true
		if strings.TrimSpace(text) != "" {
			t.Text = text
			delete(c.guarded, t) // its offsets are those of the longer text
			out = append(out, t)
		}
	}
	if !changed {
		return in
	}
	return tidy(dropDoubleBreaks(out))
}

func (c *converter) dropForeign(pos diag.Pos, what string) {
	c.report.Warnf(CodeShortcode, pos, "%s speaks to a site generator: it is left out", what)
}

func isBreak(n tree.Inline) bool {
	_, ok := n.(*tree.Break)
	return ok
}

// dropDoubleBreaks removes the breaks that a line leaves behind when it is taken out.
func dropDoubleBreaks(in tree.Inlines) tree.Inlines {
	out := in[:0]
	for _, n := range in {
		if isBreak(n) && (len(out) == 0 || isBreak(out[len(out)-1])) {
			continue
		}
		out = append(out, n)
	}
	return out
}

// joinScripts removes the line ends between two characters of a script that is written without spaces: in Chinese and
// Japanese a line end in the source is not a space.
func joinScripts(in tree.Inlines) tree.Inlines {
	joins := func(i int) bool {
		b, ok := in[i].(*tree.Break)
		return ok && b.Soft && i > 0 && i+1 < len(in) && spaceless(lastRune(in[i-1])) && spaceless(firstRune(in[i+1]))
	}
	k := 0
	for k < len(in) && !joins(k) {
		k++
	}
	if k == len(in) {
		return in
	}
	out := slices.Clone(in[:k])
	for i := k; i < len(in); i++ {
		if !joins(i) {
			out = append(out, in[i])
		}
	}
	return out
}

// spaceless reports whether r belongs to a script that has no spaces between words.
func spaceless(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60
}

func lastRune(n tree.Inline) rune {
	r, _ := utf8.DecodeLastRuneInString(textOfInline(n))
	return r
}

func firstRune(n tree.Inline) rune {
	r, _ := utf8.DecodeRuneInString(textOfInline(n))
	return r
}

func textOfInline(n tree.Inline) string {
	if t, ok := n.(*tree.Text); ok {
		return t.Text
	}
	return tree.PlainText(tree.Inlines{n})
}
