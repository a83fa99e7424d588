package diag

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Source returns the content of a file that positions name, or nil when it is not at hand.
type Source func(file string) []byte

// excerptWidth is the widest piece of a source line that is shown, in code points.
const excerptWidth = 100

// Text writes diagnostics for people: place, severity, message and code, then the source line with a caret under the
// column, then hints and related places. Colours are ANSI escapes and never the only carrier of meaning.
type Text struct {
	W      io.Writer
	Source Source // nil: no excerpts
	Color  bool

	// Prefix stands before the file of every position, to turn a path inside the notes folder into one that the reader's
	// shell understands. It ends in a slash or is empty.
	Prefix string

	lines map[string][][]byte
}

// Print writes one diagnostic and returns the first error of the writer.
func (t *Text) Print(d Diagnostic) error {
	var b strings.Builder
	place := d.Pos
	if place.File != "" {
		place.File = t.Prefix + place.File
		b.WriteString(t.paint(bold, place.String()) + ": ")
	} else {
		b.WriteString("evbook: ")
	}
	fmt.Fprintf(&b, "%s: %s %s\n", t.paint(severityColor[d.Severity], d.Severity.String()), printable(d.Message), t.paint(dim, "["+string(d.Code)+"]"))
	t.excerpt(&b, d.Pos)
	for _, h := range d.Hints {
		fmt.Fprintf(&b, "  %s %s\n", t.paint(bold, "help:"), printable(h))
	}
	for _, r := range d.Related {
		r.Pos.File = t.Prefix + r.Pos.File
		fmt.Fprintf(&b, "  %s %s: %s\n", t.paint(bold, "note:"), r.Pos, printable(r.Message))
	}
	_, err := io.WriteString(t.W, b.String())
	return err
}

const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

var severityColor = [...]string{Info: cyan, Warning: yellow, Error: red}

func (t *Text) paint(color, s string) string {
	if !t.Color {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// excerpt writes the source line of pos and a caret below its column.
func (t *Text) excerpt(b *strings.Builder, pos Pos) {
	line, ok := t.line(pos)
	if !ok {
		return
	}
	col := max(pos.Col, 1)
	text, col := window(line, col)
	if strings.TrimSpace(text) == "" {
		return
	}
	number := fmt.Sprint(pos.Line)
	fmt.Fprintf(b, "%*s | %s\n", len(number)+2, number, text)
	if pos.Col > 0 {
		fmt.Fprintf(b, "%*s | %s%s\n", len(number)+2, "", blank(text, col-1), t.paint(red, "^"))
	}
}

func (t *Text) line(pos Pos) (string, bool) {
	if t.Source == nil || pos.File == "" || pos.Line <= 0 {
		return "", false
	}
	lines, ok := t.lines[pos.File]
	if !ok {
		data := []byte(strings.TrimPrefix(string(t.Source(pos.File)), "\ufeff"))
		for line := range strings.Lines(string(data)) {
			lines = append(lines, []byte(strings.TrimRight(line, "\r\n")))
		}
		if t.lines == nil {
			t.lines = map[string][][]byte{}
		}
		t.lines[pos.File] = lines
	}
	if pos.Line > len(lines) {
		return "", false
	}
	return string(lines[pos.Line-1]), true
}

// window cuts a long line down to a piece around col (from 1) and returns the piece and the column in it. Tabs become
// spaces so that the caret stands where it should, other control characters become visible.
func window(line string, col int) (string, int) {
	runes := []rune(strings.ToValidUTF8(line, "\ufffd"))
	for i, r := range runes {
		switch {
		case r == '\t':
			runes[i] = ' '
		case !unicode.IsPrint(r):
			runes[i] = '\ufffd'
		}
	}
	col = min(col, len(runes)+1)
	if len(runes) <= excerptWidth {
		return string(runes), col
	}
	from := max(0, min(col-1-excerptWidth/2, len(runes)-excerptWidth))
	piece := slices.Clone(runes[from : from+excerptWidth])
	if from > 0 {
		piece[0] = '…'
	}
	if from+excerptWidth < len(runes) {
		piece[len(piece)-1] = '…'
	}
	return string(piece), col - from
}

// blank returns n columns of space under the first n code points of text, wide characters counting twice.
func blank(text string, n int) string {
	var b strings.Builder
	for _, r := range text {
		if n == 0 {
			break
		}
		n--
		if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			continue
		}
		b.WriteByte(' ')
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || (r >= 0xff01 && r <= 0xff60) || r >= 0x1f300 && r <= 0x1faff {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// printable keeps what came out of a file from steering the terminal.
func printable(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
