// Package treetest makes trees for tests: a small book in which every kind of node occurs.
package treetest

import (
	"fmt"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// builder hands out positions, so that each node of a sample has its own.
type builder struct{ line int }

func (b *builder) at() tree.At {
	b.line++
	return tree.At{Src: diag.Pos{File: "sample/talk.md", Line: b.line, Col: 1}}
}

func (b *builder) text(s string) tree.Inlines {
	return tree.Inlines{&tree.Text{At: b.at(), Text: s}}
}

func (b *builder) para(s string) *tree.Paragraph {
	return &tree.Paragraph{At: b.at(), Text: b.text(s)}
}

// ImagePath is the path of the picture that the sample shows, for the assets of a test.
const ImagePath = "images/dot.png"

// Every returns a book that is resolved and in which every kind of node occurs, with one event that has two sections and
// one that is a plain part. Words such as "alpha1" occur once each, so that a test can look for what was lost; the list
// of them is [EveryWords].
func Every() *tree.Book {
	b := &builder{}
	return &tree.Book{
		Meta: tree.Meta{
			Title: "Every Node", Subtitle: "A sample", Language: "en",
			Creators:   []tree.Person{{Name: "Ada Writer", Sort: "Writer, Ada", Role: "aut"}},
			Subjects:   []string{"testing"},
			Identifier: "urn:uuid:8a2f7c1e-52d4-5b0f-9c55-3f4f5d1f7a10",
			Date:       tree.Date{Year: 2013, Month: 3, Day: 17},
		},
		Front: []*tree.Chapter{{At: b.at(), ID: "welcome", Path: "README.md", Title: b.text("Welcome"), Body: tree.Blocks{b.para("frontword")}}},
		Events: []*tree.Event{
			{
				At: b.at(), ID: "conf", Path: "conf", Title: b.text("Conf 2013"), Venue: "Venueword Hall", Site: "https://conf.example.org/",
				Start: tree.Date{Year: 2013, Month: 3, Day: 15}, End: tree.Date{Year: 2013, Month: 3, Day: 17},
				Facts: []tree.Fact{{Label: "City", Key: "city", Value: b.text("Cityword")}},
				Intro: tree.Blocks{b.para("introword")},
				Sections: []*tree.Section{
					{At: b.at(), ID: "conf-talks", Path: "conf/talks", Title: b.text("Talks"), Kind: tree.Talks, Talks: []*tree.Talk{b.talk(), b.second()}},
					{At: b.at(), ID: "conf-exhibitors", Path: "conf/exhibitors", Title: b.text("Exhibitors"), Kind: tree.Exhibitors, Intro: tree.Blocks{b.para("sectionword")},
						Talks: []*tree.Talk{{At: b.at(), ID: "conf-exhibitors-booth", Title: b.text("Booth"), Body: tree.Blocks{b.para("boothword")}}}},
				},
			},
			{At: b.at(), ID: "misc", Path: "misc", Title: b.text("Misc"), Sections: []*tree.Section{{
				At: b.at(), ID: "misc-all", Kind: tree.Other,
				Talks: []*tree.Talk{{At: b.at(), ID: "misc-plain", Title: b.text("A plain chapter"), Body: tree.Blocks{b.para("plainword")}}},
				Sections: []*tree.Section{{At: b.at(), ID: "misc-deep", Title: b.text("Deeper"), Kind: tree.Other,
					Talks: []*tree.Talk{{At: b.at(), ID: "misc-deep-talk", Title: b.text("Deep down"), Body: tree.Blocks{b.para("deepword")}}}}},
			}}},
		},
		Back: []*tree.Chapter{{At: b.at(), ID: "credits", Title: b.text("Credits"), Role: "acknowledgments", Body: tree.Blocks{b.para("backword")}}},
	}
}

// EveryWords lists words that occur in the sample of [Every] and that every renderer must show.
func EveryWords() []string {
	words := []string{
		"Welcome", "frontword", "Venueword", "Cityword", "introword", "sectionword", "boothword", "plainword", "deepword", "backword", "Trackword",
		"Speakerword", "Slides", "linkremark", "Factword", "rawblock", "Definitionterm", "definitionbody", "tablehead", "tablecell", "tablecaption",
		"quoteword", "alertword", "alerttitle", "captionword", "codecaption", "mathword", "divword", "taskopen", "taskdone", "looseitem", "footnoteword",
		"displaymath", "kbdword", "strikeword", "strongword", "emphword", "altword", "rawinline", "listing_word", "codeword", "secondword", "targettext",
	}
	for i := 1; i <= 6; i++ {
		words = append(words, fmt.Sprintf("headingword%d", i))
	}
	return words
}

func (b *builder) talk() *tree.Talk {
	return &tree.Talk{
		At: b.at(), ID: "conf-talk", Path: "conf/talks/talk.md", Title: tree.Inlines{&tree.Text{At: b.at(), Text: "Using "}, &tree.Code{At: b.at(), Text: "go test"}, &tree.Text{At: b.at(), Text: " & more"}},
		Date: tree.Date{Year: 2013, Month: 3, Day: 15}, Start: "09:30", End: "10:15", Track: "Trackword",
		Speakers: []tree.Person{{Name: "Ann Speakerword", Sort: "Speakerword, Ann", ID: "speaker-ann"}, {Name: "Łukasz Ó Briain", Sort: "Ó Briain, Łukasz", ID: "speaker-lukasz"}},
		Links:    []tree.LabelledLink{{Label: "Slides", URL: "https://example.org/slides?a=1&b=2", Note: b.text("linkremark")}},
		Facts:    []tree.Fact{{Label: "Held at", Key: "held-at", Value: b.text("Factword")}},
		Tags:     []string{"testing", "go"},
		Body:     append(b.headings(), b.blocks()...),
	}
}

func (b *builder) second() *tree.Talk {
	return &tree.Talk{
		At: b.at(), ID: "conf-second", Path: "conf/talks/second.md", Title: b.text("A second talk"), Date: tree.Date{Year: 2013, Month: 3, Day: 16},
		Speakers: []tree.Person{{Name: "Ann Speakerword", Sort: "Speakerword, Ann", ID: "speaker-ann"}},
		Body: tree.Blocks{&tree.Paragraph{At: b.at(), Text: tree.Inlines{&tree.Text{At: b.at(), Text: "secondword, and back to "},
			&tree.Link{At: b.at(), URL: "talk.md#deep", Target: "conf-talk-h1", Text: b.text("targettext")}, &tree.Text{At: b.at(), Text: "."}}}},
	}
}

func (b *builder) headings() tree.Blocks {
	var out tree.Blocks
	for i := 1; i <= 6; i++ {
		out = append(out, &tree.Heading{At: b.at(), Level: i, ID: fmt.Sprintf("conf-talk-h%d", i), Text: b.text(fmt.Sprintf("headingword%d", i))})
	}
	return out
}

func (b *builder) cells(words ...string) []*tree.Cell {
	var out []*tree.Cell
	for _, w := range words {
		out = append(out, &tree.Cell{At: b.at(), Text: b.text(w)})
	}
	return out
}

func (b *builder) item(task tree.Task, body ...tree.Block) *tree.ListItem {
	return &tree.ListItem{At: b.at(), Task: task, Body: body}
}

func (b *builder) blocks() tree.Blocks {
	return tree.Blocks{
		&tree.Paragraph{At: b.at(), Text: b.inlines()},
		&tree.List{At: b.at(), Items: []*tree.ListItem{
			b.item(tree.TaskOpen, b.para("taskopen")),
			b.item(tree.TaskDone, b.para("taskdone")),
			b.item(tree.NoTask, b.para("an item with code below"),
				&tree.CodeBlock{At: b.at(), Language: "python", Text: "def listing_word(x):\n\treturn x < 1 and \"a & b\""},
				&tree.List{At: b.at(), Ordered: true, Start: 3, Loose: true, Items: []*tree.ListItem{b.item(tree.NoTask, b.para("looseitem"), b.para("its second paragraph"))}}),
		}},
		&tree.DefinitionList{At: b.at(), Items: []*tree.Definition{{At: b.at(), Terms: []tree.Inlines{b.text("Definitionterm")}, Defs: []tree.Blocks{{b.para("definitionbody")}, {b.para("and another")}}}}},
		&tree.Table{At: b.at(), Caption: b.text("tablecaption"), Align: []tree.Align{tree.AlignLeft, tree.AlignCenter, tree.AlignRight, tree.AlignDefault},
			Header: b.cells("tablehead", "Centre", "Right", ""), Rows: []*tree.TableRow{{At: b.at(), Cells: b.cells("tablecell", "", "12", "x")}, {At: b.at(), Cells: b.cells("row", "two", "3", "y")}}},
		&tree.CodeBlock{At: b.at(), Language: "sh", Info: "title", Caption: b.text("codecaption"), Text: "$ echo 'hi' | tr a-z A-Z\n\nHI"},
		&tree.CodeBlock{At: b.at(), Text: ""},
		&tree.Quote{At: b.at(), Body: tree.Blocks{b.para("quoteword")}},
		&tree.Alert{At: b.at(), Kind: "warning", Body: tree.Blocks{b.para("alertword")}},
		&tree.Alert{At: b.at(), Kind: "note", Title: b.text("alerttitle"), Body: tree.Blocks{b.para("its text")}},
		&tree.Figure{At: b.at(), ID: "conf-talk-fig", Image: &tree.Image{At: b.at(), Path: ImagePath, Alt: "altword", Width: "50%"}, Caption: b.text("captionword")},
		&tree.Rule{At: b.at()},
		&tree.MathBlock{At: b.at(), TeX: `displaymath = \frac{a}{b} < c`},
		&tree.RawBlock{At: b.at(), Format: "html", Text: "<p>rawblock</p>"},
		&tree.Div{At: b.at(), Class: "aside", ID: "conf-talk-div", Attrs: map[string]string{"data-x": "1"}, Body: tree.Blocks{b.para("divword")}},
	}
}

func (b *builder) inlines() tree.Inlines {
	sp := func() tree.Inline { return &tree.Text{At: b.at(), Text: " "} }
	note := &tree.Footnote{At: b.at(), ID: "conf-talk-fn1", Number: 1, Body: tree.Blocks{b.para("footnoteword"), b.para("with a second paragraph")}}
	return tree.Inlines{
		&tree.Text{At: b.at(), Text: "Plain “quoted” <text> & more"}, sp(),
		&tree.Emph{At: b.at(), Text: b.text("emphword")}, sp(),
		&tree.Strong{At: b.at(), Text: tree.Inlines{&tree.Text{At: b.at(), Text: "strongword "}, &tree.Emph{At: b.at(), Text: b.text("both")}}}, sp(),
		&tree.Strike{At: b.at(), Text: b.text("strikeword")}, &tree.Break{At: b.at(), Soft: true},
		&tree.Code{At: b.at(), Text: "codeword <T>"}, &tree.Break{At: b.at()},
		&tree.Link{At: b.at(), URL: "https://example.org/a?b=c&d=e", Title: "a title", Text: b.text("a link")}, sp(),
		&tree.Link{At: b.at(), URL: "https://example.org/auto", Auto: true, Text: b.text("https://example.org/auto")}, sp(),
		&tree.Image{At: b.at(), Path: ImagePath, Alt: "inline picture", Title: "a title"}, sp(),
		&tree.Span{At: b.at(), Class: "kbd", Text: b.text("kbdword")}, sp(),
		&tree.Span{At: b.at(), Lang: "de", ID: "conf-talk-span", Attrs: map[string]string{"data-y": "2"}, Text: b.text("Zeitgeist")}, sp(),
		&tree.Span{At: b.at(), Class: "sub", Text: b.text("2")}, &tree.Span{At: b.at(), Class: "sup", Text: b.text("3")}, sp(),
		&tree.Math{At: b.at(), TeX: `mathword^2 < 1`}, note, sp(),
		&tree.Text{At: b.at(), Text: "again"}, &tree.FootnoteRef{At: b.at(), Target: "conf-talk-fn1", Number: 1}, sp(),
		&tree.RawInline{At: b.at(), Format: "html", Text: "<b>rawinline</b>"},
	}
}
