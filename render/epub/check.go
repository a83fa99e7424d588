package epub

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/epub/lint"
	"github.com/evbook/evbook/render/xhtml"
)

// code is that of a finding: EPUBCheck's message id behind epub-.
func code(id string) diag.Code { return diag.Code("epub-" + strings.ToLower(id)) }

// budget is the size from which shops and mail services refuse a book.
const budget = 50 << 20

// check looks at the finished book as shops do and reports what they would object to, with the place in the notes: pages that
// are not well-formed, links that lead nowhere, files that nothing uses, and everything else that lint knows. It reads the
// files as they are before they are packed, so that it can run at the same time.
func (p *publication) check(files archive) {
	var list []lint.File
	for _, name := range order(files) {
		list = append(list, lint.File{Name: name, Data: files[name]})
	}
	for _, f := range lint.CheckFiles(list, lint.Options{Budgets: lint.Budgets{Book: -1}}) {
		p.reportFinding(f)
	}
}

func (p *publication) reportFinding(f lint.Finding) {
	if f.ID == "CSS-028" && len(p.fonts) > 0 {
		return // there are typefaces: that is what was asked for
	}
	d := diag.Diagnostic{Severity: diag.Info, Code: code(f.ID), Message: f.Message}
	switch f.Severity {
	case lint.Fatal, lint.Error:
		d.Severity = diag.Error
	case lint.Warning:
		d.Severity = diag.Warning
	case lint.Usage, lint.Info:
	}
	place := f.Path
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", f.Path, f.Line)
	}
	if place != "" {
		d.Hints = []string{"found in " + place + " of the EPUB"}
	}
	for _, doc := range p.docs {
		if root+pageFolder+doc.name == f.Path {
			d.Pos = p.origin(doc, f.Line)
		}
	}
	p.job.Report(d)
}

// origin is the place in the notes of what stands in a line of a page; the page's own if nothing nearer is known.
func (p *publication) origin(d *document, line int) diag.Pos {
	head := xhtml.Document(p.head(d), "")
	line -= bytes.Count(head, []byte("\n")) - bytes.Count(head[bytes.Index(head, []byte("\n</body>")):], []byte("\n"))
	if line < 1 {
		return d.pos
	}
	end := 0 // of the line, in the body
	for ; line > 0 && end < len(d.plain); line-- {
		next := strings.IndexByte(string(d.plain[end:]), '\n')
		if next < 0 {
			end = len(d.plain)
			break
		}
		end += next + 1
	}
	if at := sort.Search(len(d.origins), func(i int) bool { return d.origins[i].Start >= end }); at > 0 {
		return d.origins[at-1].Pos
	}
	return d.pos
}

// checkSize reports a book that is too large for many shops and what makes it so.
func (p *publication) checkSize(size int64) {
	if size <= budget {
		return
	}
	var largest resource
	for _, r := range p.resources() {
		if len(r.data) > len(largest.data) {
			largest = r
		}
	}
	p.job.Report(diag.Diagnostic{
		Severity: diag.Warning, Code: code("EVB-004"),
		Message: fmt.Sprintf("the EPUB has %d MB; mail services and shops refuse more than 50 MB", size>>20),
		Hints:   []string{fmt.Sprintf("the largest file in it is %s with %d kB", strings.TrimPrefix(largest.href, "../"), len(largest.data)>>10)},
	})
}
