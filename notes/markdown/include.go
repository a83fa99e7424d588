package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
)

// Bounds on what one file may include, so that no set of notes grows without end.
const (
	maxIncludeDepth = 12      // files inside each other
	maxIncludes     = 1000    // directives of a file, those of included files among them
	maxIncludeSize  = 8 << 20 // bytes that a file has become
)

// Files is what Include needs to know of the notes folder.
type Files struct {
	// Read returns a file by its slash-separated path below the notes folder, which is valid in the sense of
	// fs.ValidPath and names nothing hidden.
	Read func(name string) ([]byte, error)
	// Body returns the offset at which the text of a Markdown file begins, behind its front matter.
	Body func(src *Source) int
}

// Included is a Markdown file whose whole text became part of another.
type Included struct{ Path string }

var (
	// includeCall is mdBook's form; a backslash before it makes it text.
	includeCall = lazyregexp.New(`\\?\{\{\s*#(include|rustdoc_include|playground|playpen)\s+([^{}\n]+?)\s*\}\}`)
	// includeComment is the form that other readers of Markdown do not show.
	includeComment = lazyregexp.New(`^<!--\s*#?\s*include(?:\s*:\s*|\s+(?:file\s*=\s*)?)["']?([^"'<>\n]+?)["']?\s*-->\s*$`)
	// linePrefix is what containers put before the text of a line.
	linePrefix = lazyregexp.New(`^(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*`)
	fenceOpen  = lazyregexp.New("^(`{3,}[^`\n]*|~{3,}[^\n]*)\n?$")
	markerOf   = lazyregexp.New("^(?:`+|~+)")
	anchorMark = lazyregexp.New(`ANCHOR(_END)?:\s*([\w-]+)`)
)

// Include replaces the directives {{#include path}}, {{#include path:from:to}}, {{#include path:anchor}} and
// <!-- include: path --> in the text of src after the offset from by the files that they name, and returns the result with
// the Markdown files that became part of it as a whole. Paths are relative to the file with the directive, or to the notes
// folder when they begin with a slash; they cannot leave it. Markdown files may include others. What cannot be included is
// reported and stays as it was typed. Places in included text are those of the included files.
func Include(src *Source, from int, files Files, report diag.Reporter) (*Source, []Included) {
	rest := src.text[min(from, len(src.text)):]
	if !bytes.Contains(rest, []byte("include")) && !(bytes.Contains(rest, []byte("{{")) && includeCall.Match(rest)) {
		return src, nil
	}
	in := &includer{files: files, report: report, stack: []string{src.file}}
	in.copy(src, 0, from)
	in.expand(src, from, len(src.text), "")
	if !in.changed {
		return src, nil
	}
	out := &Source{file: src.file, text: in.out.Bytes(), origins: in.origins}
	out.index()
	return out, in.whole
}

// origin says where a stretch of composed text comes from.
type origin struct {
	start int // in the composed text
	src   *Source
	off   int  // in src
	fixed bool // the whole stretch stands for the place at off
}

// includer composes a text.
type includer struct {
	files   Files
	report  diag.Reporter
	out     bytes.Buffer
	origins []origin
	stack   []string // files that are being included
	count   int
	full    bool // a bound was reported
	changed bool
	whole   []Included
}

// copy adds the bytes of src from start to end.
func (in *includer) copy(src *Source, start, end int) {
	if start >= end {
		return
	}
	if k := len(in.origins); k > 0 {
		last := in.origins[k-1]
		if !last.fixed && last.src == src && start-last.off == in.out.Len()-last.start {
			in.out.Write(src.text[start:end])
			return
		}
	}
	in.origins = append(in.origins, origin{start: in.out.Len(), src: src, off: start})
	in.out.Write(src.text[start:end])
}

// write adds text that stands for the place off of src.
func (in *includer) write(s string, src *Source, off int) {
	if s == "" {
		return
	}
	in.origins = append(in.origins, origin{start: in.out.Len(), src: src, off: off, fixed: true})
	in.out.WriteString(s)
}

// expand adds the lines of src from start to end with their directives replaced. The prefix is put before every line but
// the first.
func (in *includer) expand(src *Source, start, end int, prefix string) {
	fence := ""
	for off := start; off < end; {
		next := min(lineEnd(src.text, off), end)
		line := src.text[off:next]
		if off > start {
			in.write(prefix, src, off)
		}
		lead := len(linePrefix.Find(line))
		bare := line[lead:]
		switch marker := string(markerOf.Find(bare)); {
		case fence == "" && len(marker) >= 3 && fenceOpen.Match(bare):
			fence = marker
		case fence != "" && len(marker) >= len(fence) && marker[0] == fence[0] && len(bytes.TrimSpace(bare[len(marker):])) == 0:
			fence = ""
		default:
			in.line(src, off, lead, line, prefix, fence != "")
			off = next
			continue
		}
		in.copy(src, off, next)
		off = next
	}
}

// line adds one line, which begins at off; lead is the length of what containers put before it.
func (in *includer) line(src *Source, off, lead int, line []byte, prefix string, fenced bool) {
	stop := off + len(line)
	if !bytes.Contains(line, []byte("include")) && !includeCall.Match(line) {
		in.copy(src, off, stop)
		return
	}
	body := bytes.TrimRight(line[lead:], " \t\n")
	inner := prefix + containerPrefix(line[:lead])
	if m := includeComment.FindSubmatch(body); m != nil && !fenced {
		in.copy(src, off, off+lead)
		in.comment(src, off+lead, string(m[1]), inner)
		in.copy(src, off+lead+len(body), stop)
		return
	}
	done := off
	for _, m := range includeCall.FindAllSubmatchIndex(line, -1) {
		at := off + m[0]
		if line[m[0]] == '\\' {
			if fenced { // elsewhere the backslash has its usual meaning
				in.copy(src, done, at)
				in.changed, done = true, at+1
			}
			continue
		}
		if !fenced && bytes.Count(line[:m[0]], []byte("`"))%2 == 1 {
			continue // in a code span
		}
		in.copy(src, done, at)
		done = at
		call := string(line[m[2]:m[3]])
		target, _, _ := strings.Cut(string(line[m[4]:m[5]]), " ")
		c := directive{src: src, off: at, target: target, fenced: fenced, prefix: inner}
		if call == "playground" || call == "playpen" {
			c.listing = !fenced
		}
		if in.include(c) {
			done = off + m[1]
		}
	}
	in.copy(src, done, stop)
}

// comment includes a file for a comment, as blocks of its own.
func (in *includer) comment(src *Source, off int, target, prefix string) {
	mark, marks := in.out.Len(), len(in.origins)
	in.write("\n"+prefix, src, off)
	if in.include(directive{src: src, off: off, target: target, prefix: prefix}) {
		in.write("\n", src, off)
		return
	}
	in.out.Truncate(mark)
	in.origins = in.origins[:marks]
}

// containerPrefix returns what the lines after one with the prefix p need to stay in the same containers.
func containerPrefix(p []byte) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '>' {
			return r
		}
		return ' '
	}, string(p))
}

// directive is a call for a file.
type directive struct {
	src     *Source
	off     int
	target  string
	prefix  string // of the lines after the first
	fenced  bool   // inside a code fence
	listing bool   // the file is to be shown as code
}

// refuse reports why a file is not included.
func (in *includer) refuse(d directive, code diag.Code, format string, args ...any) bool {
	in.report.Errorf(code, d.src.Pos(d.off), format, args...)
	return false
}

// include adds the file that d names. It reports whether it did.
func (in *includer) include(d directive) bool {
	target, region := d.target, ""
	if i := strings.IndexByte(target, ':'); i >= 0 && !strings.Contains(target, "://") {
		target, region = target[:i], target[i+1:]
	}
	name, err := includePath(d.src.file, target)
	if err != nil {
		return in.refuse(d, CodeInclude, "%s is not included: %v", d.target, err)
	}
	for _, open := range in.stack {
		if open == name && !d.fenced && !d.listing {
			return in.refuse(d, CodeIncludeCycle, "%s includes itself: %s", name, strings.Join(append(in.stack, name), " → "))
		}
	}
	if in.count++; len(in.stack) > maxIncludeDepth || in.count > maxIncludes || in.out.Len() > maxIncludeSize {
		if !in.full {
			in.full = true
			return in.refuse(d, CodeIncludeLimit, "%s is not included: a file may include %d others, %d deep, %d MiB in all", name, maxIncludes, maxIncludeDepth, maxIncludeSize>>20)
		}
		return false
	}
	data, err := in.files.Read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return in.refuse(d, CodeInclude, "the file %s does not exist: nothing is included", name)
	case err != nil:
		return in.refuse(d, CodeInclude, "%s cannot be read: %v", name, err)
	case bytes.IndexByte(data, 0) >= 0:
		return in.refuse(d, CodeInclude, "%s is not included: it is no text", name)
	}
	child := NewSource(name, data, in.report)
	if in.out.Len()+len(child.text) > maxIncludeSize {
		in.full = true
		return in.refuse(d, CodeIncludeLimit, "%s is not included: the text would be longer than %d MiB", name, maxIncludeSize>>20)
	}
	ranges, ok := in.regions(d, child, region)
	if !ok {
		return false
	}
	in.changed = true
	in.add(d, child, ranges, region == "")
	return true
}

// add adds the ranges of child.
func (in *includer) add(d directive, child *Source, ranges [][2]int, whole bool) {
	if d.fenced || d.listing {
		if d.listing {
			in.write("```"+strings.TrimPrefix(path.Ext(child.file), ".")+"\n"+d.prefix, d.src, d.off)
		}
		in.code(child, ranges, d.prefix)
		if d.listing {
			in.write("\n"+d.prefix+"```", d.src, d.off)
		}
		return
	}
	markdown := isNote(child.file)
	if markdown && whole {
		ranges[0][0] = in.files.Body(child)
		in.whole = append(in.whole, Included{child.file})
	}
	in.stack = append(in.stack, child.file)
	for i, r := range ranges {
		if i > 0 {
			in.write(d.prefix, child, r[0])
		}
		last := i+1 == len(ranges)
		end := r[1]
		if last { // the directive's line has an end of its own
			end = r[0] + len(bytes.TrimRight(child.text[r[0]:r[1]], "\n"))
		}
		in.expand(child, r[0], end, d.prefix)
	}
	in.stack = in.stack[:len(in.stack)-1]
}

// code adds lines verbatim.
func (in *includer) code(child *Source, ranges [][2]int, prefix string) {
	first := true
	for i, r := range ranges {
		end := r[1]
		if i+1 == len(ranges) {
			end = r[0] + len(bytes.TrimSuffix(child.text[r[0]:r[1]], []byte("\n")))
		}
		for off := r[0]; off < end; {
			next := min(lineEnd(child.text, off), end)
			if !first {
				in.write(prefix, child, off)
			}
			first = false
			in.copy(child, off, next)
			off = next
		}
	}
}

// includePath resolves target against the folder of the file that names it.
func includePath(file, target string) (string, error) {
	if target == "" || strings.ContainsAny(target, "\\\x00") || strings.Contains(target, "://") {
		return "", errors.New("it is no path with slashes")
	}
	name := path.Join(path.Dir(file), target)
	if strings.HasPrefix(target, "/") {
		name = path.Clean(strings.TrimLeft(target, "/"))
	}
	if !fs.ValidPath(name) || name == "." {
		return "", errors.New("it lies outside the notes folder")
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return "", errors.New("it is hidden")
		}
	}
	return name, nil
}

// regions returns the byte ranges of whole lines that region names: nothing for the whole file, "10", "10:20", "10:",
// ":20", or the name of an anchor.
func (in *includer) regions(d directive, child *Source, region string) ([][2]int, bool) {
	if region == "" {
		return [][2]int{{0, len(child.text)}}, true
	}
	first, last, isRange := strings.Cut(region, ":")
	from, err1 := lineNumber(first, 1)
	to, err2 := lineNumber(last, len(child.lines))
	if !isRange {
		to, err2 = from, err1
	}
	if err1 != nil || err2 != nil {
		if isRange {
			return nil, in.refuse(d, CodeIncludeRange, "%s names no lines of %s", region, child.file)
		}
		return in.anchor(d, child, region)
	}
	lines := len(child.lines)
	if child.lines[lines-1] == len(child.text) && lines > 1 {
		lines-- // behind the last line's end stands no line
	}
	if from > lines || to < from {
		return nil, in.refuse(d, CodeIncludeRange, "%s has %d %s: there is no %s", child.file, lines, plural(lines, "line", "lines"), region)
	}
	if to > lines {
		if isRange && last != "" {
			in.report.Warnf(CodeIncludeRange, d.src.Pos(d.off), "%s has %d %s: what there is of %s is included", child.file, lines, plural(lines, "line", "lines"), region)
		}
		to = lines
	}
	end := len(child.text)
	if to < len(child.lines) {
		end = child.lines[to]
	}
	return [][2]int{{child.lines[from-1], end}}, true
}

func lineNumber(s string, missing int) (int, error) {
	if s == "" {
		return missing, nil
	}
	n, err := strconv.Atoi(s)
	if err == nil && n < 1 {
		err = fmt.Errorf("line %d", n)
	}
	return n, err
}

// anchor returns the lines between ANCHOR: name and ANCHOR_END: name, without lines that hold other anchors.
func (in *includer) anchor(d directive, child *Source, name string) ([][2]int, bool) {
	var out [][2]int
	open, found := false, false
	for off := 0; off < len(child.text); {
		next := lineEnd(child.text, off)
		m := anchorMark.FindSubmatch(child.text[off:next])
		switch {
		case m != nil && string(m[2]) == name:
			open = len(m[1]) == 0
			found = found || open
		case m == nil && open:
			if k := len(out); k > 0 && out[k-1][1] == off {
				out[k-1][1] = next
			} else {
				out = append(out, [2]int{off, next})
			}
		}
		off = next
	}
	if !found {
		return nil, in.refuse(d, CodeIncludeRange, "%s has no anchor %s", child.file, name)
	}
	if len(out) == 0 {
		out = [][2]int{{0, 0}}
	}
	return out, true
}

func isNote(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mkd", ".mdown":
		return true
	}
	return false
}
