// Package diag is the one vocabulary in which every stage of evbook speaks of problems: a position in a source file, a
// severity, a stable code, a message and hints on what to do.
//
// Content problems are diagnostics, collected through a [Reporter], and the build goes on as far as it can; only what
// stops the work is a Go error.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Pos is a place in a source file. The zero Pos is nowhere.
type Pos struct {
	File string `json:"file,omitempty"` // slash-separated, relative to the notes folder
	Line int    `json:"line,omitempty"` // from 1; 0 when unknown
	Col  int    `json:"col,omitempty"`  // from 1, in code points; 0 when unknown
}

// IsZero reports whether p is nowhere.
func (p Pos) IsZero() bool { return p == Pos{} }

// String gives file:line:col and leaves out what is unknown.
func (p Pos) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(p.Line))
		if p.Col > 0 {
			b.WriteByte(':')
			b.WriteString(strconv.Itoa(p.Col))
		}
	}
	if b.Len() == 0 {
		return "-"
	}
	return b.String()
}

// Compare orders positions by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(strings.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Severity says how grave a diagnostic is.
type Severity uint8

// The severities, gravest last.
const (
	Info    Severity = iota // worth knowing; never changes the exit code
	Warning                 // the book is built, but probably not as its author meant
	Error                   // something of the notes could not be used; exit code 1
)

var severityNames = [...]string{"info", "warning", "error"}

// String gives the lower-case name of s.
func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// MarshalText writes the name of s.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the name of a severity.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severityNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("unknown severity %q", text)
	}
	*s = Severity(i)
	return nil
}

// Code names a kind of diagnostic. Codes are stable: they are lower-case words joined by hyphens, such as
// "image-missing", and once published they keep their meaning.
type Code string

// Related is a second place that belongs to a diagnostic.
type Related struct {
	Pos     Pos    `json:"pos"`
	Message string `json:"message"`
}

// Diagnostic is one problem at one place.
type Diagnostic struct {
	Severity Severity  `json:"severity"`
	Code     Code      `json:"code"`
	Pos      Pos       `json:"pos"`
	Message  string    `json:"message"` // lower case, one sentence, no final stop
	Hints    []string  `json:"hints,omitempty"`
	Related  []Related `json:"related,omitempty"`
}

// Reporter takes diagnostics. It must be safe for concurrent use; a nil Reporter must not be called.
type Reporter func(Diagnostic)

// Errorf reports an error at pos.
func (r Reporter) Errorf(code Code, pos Pos, format string, args ...any) {
	r(Diagnostic{Severity: Error, Code: code, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// Warnf reports a warning at pos.
func (r Reporter) Warnf(code Code, pos Pos, format string, args ...any) {
	r(Diagnostic{Severity: Warning, Code: code, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// Infof reports a piece of information at pos.
func (r Reporter) Infof(code Code, pos Pos, format string, args ...any) {
	r(Diagnostic{Severity: Info, Code: code, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// List is a sequence of diagnostics.
type List []Diagnostic

// Sort orders l by position, then gravest first, then by code and message, and removes what is said twice. It returns
// the shortened list.
func (l List) Sort() List {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(a.Pos.Compare(b.Pos), -cmp.Compare(a.Severity, b.Severity),
			strings.Compare(string(a.Code), string(b.Code)), strings.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(l, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Code == b.Code && a.Severity == b.Severity && a.Message == b.Message
	})
}

// Count returns how many diagnostics of l have severity s.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Collector gathers diagnostics from concurrent stages. The zero Collector is ready to use.
type Collector struct {
	mu   sync.Mutex
	list List
}

// Report adds d; it is a [Reporter].
func (c *Collector) Report(d Diagnostic) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, d)
}

// List returns a sorted copy of what was reported so far, without repetitions.
func (c *Collector) List() List {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.list).Sort()
}
