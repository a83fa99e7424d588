// Package typst writes a book as a source for Typst (typst.app), so that the speed of evbook can be compared with that of
// another typesetter on the same book: the same text, page, typefaces, sizes, contents, running heads, footnotes, indexes
// and figures. The source is written as a skilled user of Typst 0.15 would write it: one pass of plain mark-up with
// Typst's own means, and none of its defaults switched off. What the two books do not share stands in docs/performance.md.
package typst

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/words"
)

// preamble defines the functions that the book is written with; it reads sheet, look, body-text, listing and ink.
//
//go:embed preamble.typ
var preamble string

// Options say what is in the source.
type Options struct {
	Layout *layouts.Layout // the page and its type
	// Plain leaves out what evbook leaves out, too, when its book.yaml says "cover: none", "figures: none" and "appendix: none"
	// and it runs with --url-notes=off.
	Plain     bool
	Generator string // the program named in the colophon; empty: none
}

// Source returns the book as a file of Typst. Pictures keep their paths, so a book that has some is to be compiled in the
// folder of its notes.
func Source(b *tree.Book, o Options) string {
	w := &writer{
		Options: o, book: b, facts: derive.New(b), words: words.For(b.Meta.Language),
		figures: drawing.NewTypesetter(fonts.Bundled(), o.Layout.Fonts, b.Meta.Language),
	}
	w.document()
	w.design()
	w.b.WriteString(preamble)
	w.directory()
	w.front()
	w.events()
	w.back()
	return w.b.String()
}

// writer writes the source.
type writer struct {
	Options
	book    *tree.Book
	facts   *derive.Facts
	words   *words.Words
	figures *drawing.Typesetter

	b      strings.Builder
	call   bool // a call of a function has just been written: a parenthesis or a stop behind it would be taken for a part of it
	inNote bool
	level  int // of the title that the next headings stand below: 1 in a chapter or on an opener, 2 in a talk
}

// markup writes mark-up as it is.
func (w *writer) markup(format string, args ...any) {
	fmt.Fprintf(&w.b, format, args...)
	w.call = false
}

// document states the metadata. Typst has no place for identifiers and licences.
func (w *writer) document() {
	m := &w.book.Meta
	w.markup("#set document(\n  title: %s,\n  author: %s,\n  keywords: %s,\n", quote(m.Title), array(names(m.Creators)), array(m.Subjects))
	if m.Description != "" {
		w.markup("  description: %s,\n", quote(m.Description))
	}
	if d := m.Date; !d.IsZero() && d.Month > 0 && d.Day > 0 {
		w.markup("  date: datetime(year: %d, month: %d, day: %d),\n", d.Year, d.Month, d.Day)
	}
	w.markup(")\n")
	lang, rest, _ := strings.Cut(words.Tag(m.Language), "-")
	w.markup("#set text(lang: %s", quote(lang))
	if len(rest) == 2 {
		w.markup(", region: %s", quote(rest))
	}
	w.markup(")\n")
}

// design writes the layout as dictionaries.
func (w *writer) design() {
	l := w.Layout
	p := &l.Page
	w.markup("\n#let sheet = (width: %s, height: %s, inner: %s, outer: %s, top: %s, bottom: %s, head: %s, foot: %s)\n",
		length(p.Width), length(p.Height), length(p.Inner), length(p.Outer), length(p.Top), length(p.Bottom), length(p.Head), length(p.Foot))
	t := &l.Text
	w.markup("#let body-text = (font: %s, size: %s, leading: %s, justify: %t, hyphenate: %t, overhang: %t, expansion: %g, indent: %s, parskip: %s, list-indent: %s, numbers: %s)\n",
		quote(l.Fonts.Text), length(t.Size), length(t.Leading), t.Justify, t.Hyphenate, t.Protrusion, t.Expansion, length(t.Indent), length(t.ParSkip), length(t.ListIndent), quote(oldstyle(t)))
	w.markup("#let listing = (font: %s, padding: %s, tab: %d)\n", quote(l.Fonts.Code), length(l.Code.Padding), l.Code.Tab)
	c := &l.Colors
	w.markup("#let ink = (text: rgb(%s), muted: rgb(%s), accent: rgb(%s), link: rgb(%s), rule: rgb(%s), tint: rgb(%s))\n",
		quote(string(c.Text)), quote(string(c.Muted)), quote(string(c.Accent)), quote(string(c.Link)), quote(string(c.Rule)), quote(string(c.Tint)))
	w.markup("#let look = (\n")
	for _, role := range roles(l) {
		s := l.Styles[role]
		color := "text"
		if role == layouts.RoleRunning || role == layouts.RoleFolio || role == layouts.RoleTOCAuthor {
			color = "muted"
		}
		style := "normal"
		if s.Italic {
			style = "italic"
		}
		w.markup("  %s: (font: %s, size: %s, leading: %s, weight: %d, style: %s, before: %s, after: %s, fill: ink.%s),\n",
			role, quote(family(l, s.Family)), length(s.Size), length(s.Leading), s.Weight, quote(style), length(s.Before), length(s.After), color)
	}
	w.markup(")\n\n")
}

// directory lists what the contents say beside titles: who speaks, and which entries are parts.
func (w *writer) directory() {
	// The first entry stands for nobody: without any entry the parentheses would be an array.
	w.markup("\n#let speakers = (\n  \"\": \"\",\n")
	for _, p := range w.facts.Talks {
		if len(p.Talk.Speakers) > 0 {
			w.markup("  %s: %s,\n", quote(p.Talk.ID), quote(strings.Join(names(p.Talk.Speakers), ", ")))
		}
	}
	w.markup(")\n#let parts = (")
	for _, e := range w.book.Events {
		w.markup("%s, ", quote(e.ID))
	}
	w.markup(")\n#show outline.entry: contents-entry.with(speakers, parts)\n\n")
}

func roles(l *layouts.Layout) []layouts.Role {
	var list []layouts.Role
	for r := range l.Styles {
		list = append(list, r)
	}
	slices.Sort(list)
	return list
}

func family(l *layouts.Layout, name string) string {
	switch name {
	case "text":
		return l.Fonts.Text
	case "heading":
		return l.Fonts.Heading
	case "code":
		return l.Fonts.Code
	}
	return name
}

func oldstyle(t *layouts.Text) string {
	if t.Oldstyle {
		return "old-style"
	}
	return "lining"
}

func names(list []tree.Person) []string {
	var out []string
	for _, p := range list {
		out = append(out, strings.ReplaceAll(p.Name, " ", "\u00A0"))
	}
	return out
}

// length writes a length in points.
func length(l unit.Len) string { return fmt.Sprintf("%.5gpt", l.Pt()) }

func array(list []string) string {
	var b strings.Builder
	b.WriteByte('(')
	for _, s := range list {
		b.WriteString(quote(s) + ", ")
	}
	return b.String() + ")"
}
