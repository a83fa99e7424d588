package notes

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// LineFix is one line of a file that [Fix] writes anew.
type LineFix struct {
	Line     int    // from 1, in the old file
	Old, New string // with their line ends
	Removed  bool   // the line goes away; New is empty
	Why      []string
}

// Fix mends what can be mended without asking, and nothing else: a byte order mark, line ends of two kinds in one file,
// and in YAML front matter values that need quotes, days in other forms than 2012-07-20, several speakers in one text,
// addresses without http://, and lines that hold nothing but a placeholder such as tbd. The book that [Load] makes of the
// notes stays the same, except for the placeholders. Mending a second time changes nothing. It returns the lines that
// change, in order.
func Fix(name string, data []byte) []LineFix {
	f := &fixer{name: name}
	for line := range bytes.Lines(data) {
		f.lines = append(f.lines, fixLine{old: string(line), now: strings.TrimRight(string(line), "\r\n"), end: lineEnd(string(line))})
	}
	if len(f.lines) == 0 {
		return nil
	}
	f.encoding()
	if from, to := f.frontMatter(); to > from {
		f.quotes(from, to)
		f.fields(from, to)
	}
	var out []LineFix
	for i, l := range f.lines {
		if l.gone || l.now+l.end != l.old {
			fix := LineFix{Line: i + 1, Old: l.old, New: l.now + l.end, Removed: l.gone, Why: l.why}
			if l.gone {
				fix.New = ""
			}
			out = append(out, fix)
		}
	}
	return out
}

// ApplyFixes returns data with the lines that [Fix] returned put in.
func ApplyFixes(data []byte, fixes []LineFix) []byte {
	var out bytes.Buffer
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(fixes) > 0 && fixes[0].Line == n {
			out.WriteString(fixes[0].New)
			fixes = fixes[1:]
			continue
		}
		out.Write(line)
	}
	return out.Bytes()
}

// fixLine is a line on its way.
type fixLine struct {
	old, now, end string // end: "\n", "\r\n", or nothing in the last line
	gone          bool
	why           []string
}

type fixer struct {
	name  string
	lines []fixLine
}

func lineEnd(line string) string {
	return line[len(strings.TrimRight(line, "\r\n")):]
}

func (f *fixer) set(i int, text, why string) {
	f.lines[i].now = text
	f.lines[i].why = append(f.lines[i].why, why)
}

// encoding drops a byte order mark, and makes all line ends "\n" in a file that has both kinds.
func (f *fixer) encoding() {
	if text, ok := strings.CutPrefix(f.lines[0].now, "\uFEFF"); ok {
		f.set(0, text, "a byte order mark is not needed")
	}
	unix := slices.ContainsFunc(f.lines, func(l fixLine) bool { return l.end == "\n" })
	if !unix {
		return
	}
	for i := range f.lines {
		if l := &f.lines[i]; len(l.end) > 1 {
			l.end = "\n"
			l.why = append(l.why, "the file has two kinds of line ends")
		}
	}
}

// frontMatter returns the lines between the fences of YAML front matter.
func (f *fixer) frontMatter() (from, to int) {
	if strings.TrimRight(f.lines[0].now, " \t") != "---" {
		return 0, 0
	}
	for i, l := range f.lines[1:] {
		if end := strings.TrimRight(l.now, " \t"); end == "---" || end == "..." {
			return 1, i + 1
		}
	}
	return 0, 0
}

func (f *fixer) text(from, to int) string {
	var b strings.Builder
	for _, l := range f.lines[from:to] {
		b.WriteString(l.now + "\n")
	}
	return b.String()
}

// quotes puts quotes where the loader reads values as if they had some: only in YAML that is broken without them, and
// only if they mend it.
func (f *fixer) quotes(from, to int) {
	text := f.text(from, to)
	r := &yamlReader{file: f.name, report: func(diag.Diagnostic) {}}
	if _, err := r.parse(text); err == nil {
		return
	}
	mended, at := quoteValues(text)
	if at == 0 {
		return
	}
	if _, err := r.parse(mended); err != nil {
		return
	}
	lines := strings.Split(mended, "\n")
	for i := from; i < to; i++ {
		m := bareValue.FindStringSubmatch(f.lines[i].now)
		if m == nil || lines[i-from] == f.lines[i].now {
			continue
		}
		f.set(i, m[1]+quoted(strings.TrimRight(m[2], " \t")), "a value with a colon or a reserved character needs quotes")
	}
}

// quoted writes a text as a YAML scalar in quotes, double ones where nothing in it needs an escape.
func quoted(s string) string {
	if !strings.ContainsAny(s, `"\`) {
		return `"` + s + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

var innerURL = lazyregexp.New(`^(\s+(?:- +)?(?:url|href|link):[ \t]+|\s*- +)(\S.*)$`)

// fields mends the values of keys that stand on one line.
func (f *fixer) fields(from, to int) {
	var links bool // below a key whose items are addresses
	for i := from; i < to; i++ {
		line := f.lines[i].now
		m := lenientField.FindStringSubmatch(line)
		if m == nil {
			if inner := innerURL.FindStringSubmatch(line); links && inner != nil {
				f.url(i, inner[1], inner[2])
			}
			continue
		}
		name := foldKey(m[1])
		isLink := slices.Contains(linkKeys, name) || name == "archived"
		links = m[2] == "" && (isLink || name == "links")
		v, ok := simpleValue(m[2])
		if !ok || i+1 < to && strings.HasPrefix(f.lines[i+1].now, " ") || i+1 < to && strings.HasPrefix(f.lines[i+1].now, "\t") {
			continue // the value goes on in the next line
		}
		isDay := name == "date" || name == "start" || name == "end"
		isPeople := name == "speaker" || name == "speakers" || name == "presenter" || name == "presenters"
		head := line[:len(line)-len(m[2])]
		switch {
		case (isDay || isLink || isPeople) && isPlaceholder(v):
			f.lines[i].gone = true
			f.lines[i].why = append(f.lines[i].why, m[1]+" is a placeholder")
		case isDay:
			f.day(i, head, v)
		case isLink:
			f.url(i, head, m[2])
		case isPeople:
			f.people(i, m[1], name, v)
		}
	}
}

// simpleValue returns the text of a scalar that stands on its line as a whole, with or without quotes.
func simpleValue(s string) (string, bool) {
	s = strings.TrimRight(s, " \t")
	if s == "" || strings.ContainsAny(s[:1], "[{|>&*!#%@`-?") || strings.Contains(s, " #") || strings.Contains(s, "\\") {
		return "", false
	}
	if q := s[0]; q == '"' || q == '\'' {
		if len(s) < 2 || s[len(s)-1] != q || strings.IndexByte(s[1:len(s)-1], q) >= 0 {
			return "", false
		}
		return strings.TrimSpace(s[1 : len(s)-1]), true
	}
	return s, true
}

// day writes a day in ISO 8601 form. A time of day beside it keeps the value as it is.
func (f *fixer) day(i int, head, v string) {
	d, clock, ok := parseDay(v)
	if ok && clock == "" && !strings.HasPrefix(v, d.String()) {
		f.set(i, head+d.String(), "days are written as year, month and day")
	}
}

// url completes an address without scheme as the loader does. What follows it stays.
func (f *fixer) url(i int, head, rest string) {
	if _, ok := simpleValue(rest); !ok {
		return
	}
	q := ""
	if rest[0] == '"' || rest[0] == '\'' {
		q, rest = rest[:1], rest[1:]
	}
	address := strings.TrimRight(strings.Fields(rest)[0], `"'`)
	silent := reader{report: func(diag.Diagnostic) {}}
	if full := silent.webURL(address, field{key: "url"}, diag.Pos{}); full != "" && full != address {
		f.set(i, head+q+full+rest[len(address):], "an address needs its http:// or https://")
	}
}

// people makes a list of several persons in one text, if it gives the same persons.
func (f *fixer) people(i int, key, name, v string) {
	persons := func(fields []field) ([]tree.Person, []tree.Fact) {
		return reader{report: func(diag.Diagnostic) {}}.people(fields[0], "")
	}
	old := []field{{key: key, name: name, value: value{kind: scalar, text: v}}}
	list, facts := persons(old)
	if len(list) < 2 || len(facts) > 0 {
		return
	}
	items := make([]string, len(list))
	for k, p := range list {
		items[k] = flowItem(p.Name)
	}
	plural := strings.TrimSuffix(key, "s") + "s"
	line := plural + ": [" + strings.Join(items, ", ") + "]"
	fields, ok := readYAML(f.name, line, 0, func(diag.Diagnostic) {})
	if !ok || len(fields) != 1 {
		return
	}
	if now, more := persons(fields); len(more) == 0 && reflect.DeepEqual(now, list) {
		f.set(i, line, "several persons are a list")
	}
}

var plainName = lazyregexp.New(`^\pL[\pL\pM’.-]*(?: [\pL\pM’.-]+)+$`)

// flowItem writes a name as an item of a YAML list between brackets, in quotes unless it needs none for sure.
func flowItem(name string) string {
	if plainName.MatchString(name) {
		return name
	}
	return quoted(name)
}
