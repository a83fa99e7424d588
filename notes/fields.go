package notes

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/markdown"
	"github.com/evbook/evbook/notes/tree"
)

// reader turns values into what they mean and reports those that mean nothing. It serves one file.
type reader struct {
	report diag.Reporter
	lang   string // decides the form of quotation marks

	speaker func(mention) // told of every speaker, if set
}

// text returns a scalar, cleaned of white space around it. Lists and mappings are an error.
func (r reader) text(f field) string {
	switch f.value.kind {
	case scalar:
		return strings.TrimSpace(f.value.text)
	case nothing:
		return ""
	}
	r.report.Errorf(CodeType, f.value.pos, "%s wants a text, not %s", f.key, kindNames[f.value.kind])
	return f.value.plain()
}

// prose returns a scalar that is printed: with typographic quotes, on one line.
func (r reader) prose(f field) string { return tree.PlainText(r.inline(r.text(f), f.value.pos)) }

// texts returns the items of a list; a text counts as its items parted by commas.
func (r reader) texts(f field) []string {
	var out []string
	switch f.value.kind {
	case scalar:
		for s := range strings.SplitSeq(f.value.text, ",") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
	case list:
		for _, item := range f.value.items {
			if item.kind != scalar {
				if item.kind != nothing {
					r.report.Errorf(CodeType, item.pos, "%s wants a list of texts, not of %ss", f.key, strings.TrimPrefix(kindNames[item.kind], "a "))
				}
				continue
			}
			if s := strings.TrimSpace(item.text); s != "" {
				out = append(out, s)
			}
		}
	case mapping:
		r.report.Errorf(CodeType, f.value.pos, "%s wants a list, not a mapping", f.key)
	}
	return out
}

// flag returns a truth value.
func (r reader) flag(f field) bool {
	switch strings.ToLower(r.text(f)) {
	case "true", "yes", "on", "1":
		return true
	case "false", "no", "off", "0", "":
		return false
	}
	r.report.Errorf(CodeType, f.value.pos, "%s wants true or false", f.key)
	return false
}

// number returns a number; ok is false when there is none.
func (r reader) number(f field) (n float64, ok bool) {
	s := r.text(f)
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n != n {
		if s != "" {
			r.report.Errorf(CodeType, f.value.pos, "%s wants a number, not %q", f.key, s)
		}
		return 0, false
	}
	return n, true
}

// language returns a language in its canonical form, or nothing when it is no BCP 47 tag.
func (r reader) language(f field) string {
	s := r.text(f)
	if s == "" {
		return ""
	}
	tag, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
	if err != nil || tag == language.Und {
		r.report(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeLanguage, Pos: f.value.pos, Message: strconv.Quote(s) + " is no language",
			Hints: []string{"write a tag such as en, de or pt-BR"},
		})
		return ""
	}
	return tag.String()
}

// dateForms are the ways of writing a day that leave no doubt which number is the month.
var dateForms = []string{
	time.DateOnly, "2006/01/02", "2006.01.02", "2006-1-2", "20060102", "2 January 2006", "2 Jan 2006", "2. January 2006",
	"January 2, 2006", "January 2 2006", "Jan 2, 2006", "Jan 2 2006", "Monday, January 2, 2006", "Monday, 2 January 2006",
	"Mon, 2 Jan 2006", "Mon Jan 2 2006", "Mon, Jan 2, 2006",
}

var clockAfterDate = lazyregexp.New(`^(\S+)[T ]+(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$`)

// parseDay reads a day, and the time of day when one follows it as in 2012-07-20T09:30.
func parseDay(s string) (tree.Date, tree.Clock, bool) {
	s = strings.TrimSpace(s)
	var clock tree.Clock
	if m := clockAfterDate.FindStringSubmatch(s); m != nil {
		if c, err := tree.ParseClock(m[2]); err == nil {
			s, clock = m[1], c
		}
	}
	for _, form := range dateForms {
		if t, err := time.Parse(form, s); err == nil && t.Year() > 0 {
			if clock == "00:00" {
				clock = "" // midnight is what programs write that know no time
			}
			return tree.DateOf(t), clock, true
		}
	}
	return tree.Date{}, "", false
}

// date returns a day. Text that is none is reported and kept by the caller as a fact.
func (r reader) date(f field) (tree.Date, tree.Clock, bool) {
	s := r.text(f)
	if s == "" {
		return tree.Date{}, "", true
	}
	if d, c, ok := parseDay(s); ok {
		return d, c, true
	}
	if isPlaceholder(s) {
		r.placeholder(f)
		return tree.Date{}, "", false
	}
	r.report(diag.Diagnostic{
		Severity: diag.Error, Code: CodeDate, Pos: f.value.pos, Message: strconv.Quote(s) + " is no day of the calendar",
		Hints: []string{"write it as year, month and day: 2012-07-20"},
	})
	return tree.Date{}, "", false
}

var rangeSign = lazyregexp.New(`\s+(?:-|--|–|—|to|until|bis)\s+|/(?:\d{4}-)|\s*[–—]\s*`)

// dates returns the first and the last day of "2012-07-17 – 2012-07-20" or of a list of two days.
func (r reader) dates(f field) (start, end tree.Date, ok bool) {
	if f.value.kind == list && len(f.value.items) == 2 {
		a, b := f, f
		a.value, b.value = f.value.items[0], f.value.items[1]
		start, _, ok1 := r.date(a)
		end, _, ok2 := r.date(b)
		return start, end, ok1 && ok2
	}
	s := r.text(f)
	if m := rangeSign.FindStringIndex(s); m != nil {
		last := strings.TrimLeft(s[m[0]:], " /-–—tounilbs")
		a, _, ok1 := parseDay(s[:m[0]])
		b, _, ok2 := parseDay(last)
		if ok1 && ok2 {
			return a, b, true
		}
	}
	d, _, ok := r.date(f)
	return d, d, ok
}

func (r reader) clock(f field) (tree.Clock, bool) {
	s := r.text(f)
	if s == "" {
		return "", true
	}
	c, err := tree.ParseClock(s)
	if err == nil {
		return c, true
	}
	if isPlaceholder(s) {
		r.placeholder(f)
	} else {
		r.report(diag.Diagnostic{
			Severity: diag.Error, Code: CodeTime, Pos: f.value.pos, Message: strconv.Quote(s) + " is no time of day",
			Hints: []string{"write hours and minutes: 09:30"},
		})
	}
	return "", false
}

// isPlaceholder reports whether s only says that something is still to come.
func isPlaceholder(s string) bool {
	switch strings.ToLower(strings.Trim(strings.TrimSpace(s), ".!?()[]<>-")) {
	case "tbd", "tba", "tbc", "todo", "n/a", "na", "none yet", "coming soon", "xxx", "fixme":
		return true
	}
	return false
}

func (r reader) placeholder(f field) {
	r.report(diag.Diagnostic{
		Severity: diag.Warning, Code: CodePlaceholder, Pos: f.value.pos,
		Message: f.key + " is still " + strconv.Quote(f.value.plain()) + ": it is printed like that",
		Hints:   []string{"fill it in, or take the line out"},
	})
}

// inline reads a value as running text.
func (r reader) inline(s string, pos diag.Pos) tree.Inlines {
	return markdown.ParseInline(s, pos, markdown.Options{Language: r.lang})
}

// fact keeps a key that has no field of its own; ok is false when there is nothing to print.
func (r reader) fact(f field) (tree.Fact, bool) {
	s := f.value.plain()
	if s == "" {
		return tree.Fact{}, false
	}
	return tree.Fact{Label: label(f.key), Key: f.name, Value: r.inline(s, f.value.pos)}, true
}

// label makes a printed label of a key: "held-at" becomes "Held at". Keys that hold capitals are left as they are.
func label(key string) string {
	s := strings.Join(strings.FieldsFunc(key, func(c rune) bool { return c == '-' || c == '_' || c == ' ' }), " ")
	if s == "" {
		return key
	}
	if s == "url" || s == "rss" || s == "id" || s == "irc" || s == "faq" || s == "doi" || s == "isbn" {
		return strings.ToUpper(s)
	}
	if strings.ToLower(s) != s {
		return s
	}
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

var (
	absoluteURL  = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]*:(?://|[^\s/])\S*$`)
	schemelessOK = lazyregexp.New(`^(?:www\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:[:/?#]\S*)?$`)
	fileLike     = lazyregexp.New(`(?i)\.(?:pdf|pptx?|odp|key|zip|md|html?|txt|png|jpe?g|gif|svg|mp4|webm)$`)
)

// webURL checks a URL of front matter. One without scheme is completed and reported; what is no URL gives nothing.
func (r reader) webURL(s string, f field, pos diag.Pos) string {
	if absoluteURL.MatchString(s) {
		if _, err := url.Parse(s); err == nil || strings.Contains(s, "://") {
			return s
		}
	}
	if schemelessOK.MatchString(s) && (strings.HasPrefix(s, "www.") || strings.Contains(s, "/") || !fileLike.MatchString(s)) {
		r.report(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeURL, Pos: pos, Message: "the address " + s + " in " + f.key + " does not say https:// or http://",
			Hints: []string{"write http://" + s + ", as the book does now"},
		})
		return "http://" + s
	}
	return ""
}
