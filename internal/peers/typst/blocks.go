package typst

import (
	"fmt"
	"strings"

	"github.com/evbook/evbook/notes/tree"
)

// blocks writes blocks with empty lines between them.
func (w *writer) blocks(list tree.Blocks) {
	for _, b := range list {
		w.block(b)
		w.markup("\n\n")
	}
}

// body writes the blocks of an argument. A single paragraph stays in its line.
func (w *writer) body(list tree.Blocks) {
	if len(list) == 1 {
		w.block(list[0])
		return
	}
	w.markup("\n")
	w.blocks(list)
}

func (w *writer) block(b tree.Block) {
	switch b := b.(type) {
	case *tree.Paragraph:
		w.inlines(b.Text)
		w.anchor(b)
	case *tree.Heading:
		w.heading(min(max(b.Level, 1), 4)+w.level, b.Text, b.ID)
	case *tree.List:
		w.list(b)
	case *tree.DefinitionList:
		w.definitions(b)
	case *tree.Table:
		w.table(b)
	case *tree.CodeBlock:
		w.caption(b.Caption, func() { w.listing(b.Language, b.Text) })
	case *tree.Quote:
		w.markup("#quote(block: true)[")
		w.body(b.Body)
		w.markup("]")
	case *tree.Alert:
		w.markup("#alert[")
		if len(b.Title) > 0 {
			w.inlines(b.Title)
		} else {
			w.text(w.words.Alert(b.Kind))
		}
		w.markup("][")
		w.body(b.Body)
		w.markup("]")
	case *tree.Figure:
		w.markup("#figure(%s, alt: %s, caption: [", image(b.Image), quote(b.Image.Alt))
		w.inlines(b.Caption)
		w.markup("])")
		w.label(b.ID)
	case *tree.Rule:
		w.markup("#thematic-break")
	case *tree.MathBlock:
		w.listing("latex", b.TeX)
	case *tree.RawBlock:
		w.listing("", b.Text)
	case *tree.Div:
		w.blocks(b.Body)
	default:
		panic(fmt.Sprintf("typst: unexpected block %T", b))
	}
}

// heading writes a heading within a chapter or talk. Those of the second level are no talks, and the contents do not list them.
func (w *writer) heading(level int, text tree.Inlines, id string) {
	w.markup("#heading(level: %d", level)
	if level == 2 {
		w.markup(", outlined: false, bookmarked: true")
	}
	w.markup(")[")
	w.inlines(text)
	w.markup("]")
	w.label(id)
}

// anchor makes a place of an action or a decision that the list at the end leads to.
func (w *writer) anchor(n tree.Node) {
	if id := w.facts.Anchor(n); id != "" && !w.Plain {
		w.markup("#metadata(none)")
		w.label(id)
	}
}

func (w *writer) list(l *tree.List) {
	name := "list"
	if l.Ordered {
		name = fmt.Sprintf("enum(start: %d, ", l.Start)
	} else {
		name += "("
	}
	w.markup("#%stight: %t", name, !l.Loose)
	for _, item := range l.Items {
		w.markup(", [")
		w.anchor(item)
		switch item.Task {
		case tree.TaskOpen:
			w.markup("#task(false) ")
		case tree.TaskDone:
			w.markup("#task(true) ")
		}
		w.body(item.Body)
		w.markup("]")
	}
	w.markup(")")
}

func (w *writer) definitions(l *tree.DefinitionList) {
	w.markup("#terms(tight: false")
	for _, d := range l.Items {
		w.markup(", terms.item([")
		for i, t := range d.Terms {
			if i > 0 {
				w.markup("#linebreak()\n")
			}
			w.inlines(t)
		}
		w.markup("], [")
		for _, def := range d.Defs {
			w.body(def)
			w.markup("\n\n")
		}
		w.markup("])")
	}
	w.markup(")")
}

// table writes a table with rules above, below and under its header, as wide as its contents want to be.
func (w *writer) table(t *tree.Table) {
	var align []string
	for _, a := range t.Align {
		if a == tree.AlignDefault {
			a = tree.AlignLeft
		}
		align = append(align, string(a))
	}
	w.caption(t.Caption, func() {
		w.markup("#table(columns: %d, align: (%s,), table.hline(stroke: 0.8pt)", len(t.Align), strings.Join(align, ", "))
		if len(t.Header) > 0 {
			w.markup(", table.header(")
			w.cells(t.Header)
			w.markup("), table.hline(stroke: 0.4pt)")
		}
		for _, r := range t.Rows {
			w.markup(",\n  ")
			w.cells(r.Cells)
		}
		w.markup(", table.hline(stroke: 0.8pt))")
	})
}

func (w *writer) cells(list []*tree.Cell) {
	for i, c := range list {
		if i > 0 {
			w.markup(", ")
		}
		w.markup("[")
		w.inlines(c.Text)
		w.markup("]")
	}
}

// caption puts a caption above what set writes, if there is one.
func (w *writer) caption(caption tree.Inlines, set func()) {
	if len(caption) == 0 {
		set()
		return
	}
	w.markup("#figure(caption: [")
	w.inlines(caption)
	w.markup("])[")
	set()
	w.markup("]")
}

func (w *writer) listing(language, text string) {
	w.markup("#raw(block: true, ")
	if language != "" {
		w.markup("lang: %s, ", quote(language))
	}
	w.markup("%s)", quote(text))
}
