package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/links"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/pdf/pdftest"
	"github.com/evbook/evbook/render/words"
)

// piece is what a format says in one piece of a book: an event, a talk, an appendix. The pieces inside it are pieces of
// their own.
type piece struct {
	title string
	text  strings.Builder
	links []string // addresses outside the book
}

// pieces is an edition by the titles of its pieces, squeezed.
type pieces map[string]*piece

func (p pieces) add(x *piece) { p[squeeze(x.title)] = x }

// markup reads the pieces of an XHTML file, or of HTML that reads as such.
func (p pieces) markup(t *testing.T, name string, r io.Reader) {
	t.Helper()
	d := xml.NewDecoder(r)
	d.Entity = xml.HTMLEntity
	stack := []*piece{{}}
	heading := false
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		top := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			switch e := tok.Name.Local; {
			case e == "section" || e == "article":
				stack = append(stack, &piece{})
			case len(e) == 2 && e[0] == 'h' && e[1] >= '1' && e[1] <= '6':
				heading = top.title == ""
			case e == "a":
				for _, a := range tok.Attr {
					if a.Name.Local == "href" && strings.Contains(a.Value, "://") {
						top.links = append(top.links, a.Value)
					}
				}
			}
		case xml.EndElement:
			switch e := tok.Name.Local; {
			case e == "section" || e == "article":
				p.add(top)
				stack = stack[:len(stack)-1]
			case len(e) == 2 && e[0] == 'h':
				heading = false
			}
		case xml.CharData:
			top.text.Write(tok)
			if heading {
				top.title += string(tok)
			}
		}
	}
}

// tagged reads the pieces of a PDF from its structure tree.
func (p pieces) tagged(tag *pdftest.Tag, in *piece) {
	if title := pdftest.Text(tag.Dict["T"]); title != "" && (tag.Type == "Sect" || tag.Type == "Part") {
		in = &piece{title: title}
		p.add(in)
	}
	if tag.URI != "" {
		in.links = append(in.links, tag.URI)
	}
	tag.Reading(func(text string, kid *pdftest.Tag) {
		in.text.WriteString(text)
		if kid != nil {
			p.tagged(kid, in)
		}
	})
}

// editions reads the formats of a book back.
var editions = []struct {
	format string
	read   func(*testing.T, pieces, string)
}{
	{"epub", func(t *testing.T, p pieces, path string) {
		z, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		for _, f := range z.File {
			if strings.HasSuffix(f.Name, ".xhtml") && !strings.HasSuffix(f.Name, "nav.xhtml") {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				p.markup(t, f.Name, r)
				r.Close()
			}
		}
	}},
	{"html", func(t *testing.T, p pieces, path string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p.markup(t, path, bytes.NewReader(data))
	}},
	{"pdf", func(t *testing.T, p pieces, path string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := pdftest.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		p.tagged(f.Tags, &piece{})
	}},
}

// claim is a fact that a piece of the book must state: in its text, in the order of the claims where order is asked for, or
// as an address of a link.
type claim struct {
	piece, what, text string
	link              bool
	not               string // a format that says it in another way
	ordered           bool   // it comes behind the ordered claim before it in the piece
}

// claims lists the facts of a book.
func claims(book *tree.Book) (list []claim) {
	w := words.For(book.Meta.Language)
	f := derive.New(book)
	plain := tree.PlainText
	say := func(piece, what, text string) {
		if strings.TrimSpace(text) != "" {
			list = append(list, claim{piece: piece, what: what, text: text})
		}
	}
	link := func(piece, what, url string) {
		if url != "" {
			list = append(list, claim{piece: piece, what: what, text: url, link: true})
		}
	}
	for _, e := range book.Events {
		title := plain(e.Title)
		say(title, "days", w.Days(e.Start, e.End))
		say(title, "venue", e.Venue)
		say(title, "site", e.Site)
		link(title, "site", e.Site)
		for _, fact := range e.Facts {
			say(title, "label", w.LinkLabel(fact.Label))
			say(title, fact.Label, plain(fact.Value))
		}
	}
	for _, p := range f.Talks {
		t, title := p.Talk, plain(p.Talk.Title)
		say(title, "event", plain(p.Event.Title))
		say(title, "date", w.Day(t.Date))
		say(title, "start", string(t.Start))
		say(title, "end", string(t.End))
		say(title, "room", t.Track)
		for _, s := range t.Speakers {
			say(title, "speaker", s.Name)
			link(title, "speaker's page", s.URL)
		}
		for _, l := range t.Links {
			say(title, "label", w.LinkLabel(l.Label))
			say(title, l.Label, l.URL)
			link(title, l.Label, l.URL)
			say(title, "remark", plain(l.Note))
		}
		for _, tag := range t.Tags {
			say(title, "topic", tag)
		}
		related, _ := f.Related(t)
		for _, other := range related {
			say(title, "also in this book", plain(other.Talk.Title))
		}
		for _, b := range t.Body {
			for n := range tree.All(b) {
				if table, ok := n.(*tree.Table); ok {
					for _, a := range f.Attendees(table) {
						who := plain(a.Name)
						for i, about := range a.About {
							who += []string{" (", ", "}[min(i, 1)] + plain(about)
						}
						say(title, "attendee", who)
					}
				}
				if l, ok := n.(*tree.Link); ok && strings.Contains(l.URL, "://") {
					link(title, "link of the text", l.URL)
				}
			}
		}
	}
	for _, a := range f.Appendices() {
		list = append(list, appendixClaims(f, a, w)...)
	}
	return list
}

// appendixClaims lists what an appendix states, in its order.
func appendixClaims(f *derive.Facts, a derive.Appendix, w *words.Words) (list []claim) {
	title := f.Title(a, w)
	say := func(what, text, not string) {
		list = append(list, claim{piece: title, what: what, text: text, not: not, ordered: true})
	}
	plain := func(p derive.Place) string { return tree.PlainText(p.Talk.Title) }
	switch a {
	case derive.Speakers:
		for _, s := range f.Speakers() {
			say("speaker", s.Name(), "")
			for _, p := range s.Talks {
				say("talk of "+s.Name(), plain(p), "")
			}
		}
	case derive.Topics:
		for _, topic := range f.Topics() {
			say("topic", topic.Name, "")
			for _, p := range topic.Talks {
				say("talk about "+topic.Name, plain(p), "pdf") // which has their pages
			}
		}
	case derive.Chronology:
		for _, p := range f.Chronology() {
			say("day", p.Talk.Date.String(), "")
			say("talk", plain(p), "")
		}
	case derive.Actions:
		for _, kind := range []derive.ItemKind{derive.Action, derive.Decision} {
			for _, item := range f.Items() {
				if item.Kind == kind {
					say("item", tree.PlainText(item.Text), "")
					say("its place", plain(item.Place), "")
				}
			}
		}
	case derive.Colophon:
		for _, row := range f.Colophon(w, generator()) {
			if !row.Pages {
				say("number", row.Label, "")
				say(row.Label, row.Value, "")
			}
		}
	}
	return list
}

// TestTheFormatsAgree holds that EPUB, HTML and PDF state the same facts, those of the notes: titles, days, times, rooms,
// places, speakers and their pages, links, topics, the entries of the indexes in their order, and the numbers of the
// colophon.
func TestTheFormatsAgree(t *testing.T) {
	for _, test := range []struct {
		dir, name string
		least     int // facts
		numbers   string
		archive   bool
	}{
		{"regatta", "notes-from-the-quay", 190, "Events 2 Talks 7 Notes 10 Speakers 7 Topics 7", false},
		{"regatta", "notes-from-the-quay", 205, "Events 2 Talks 7 Notes 10 Speakers 7 Topics 7", true},
		{"hafen", "notizen-vom-kai", 25, "Veranstaltungen 1 Vorträge 2 Vortragende 3 Themen 1", false},
	} {
		t.Run(fmt.Sprint(test.dir, test.archive), func(t *testing.T) {
			notesDir, out := filepath.Join("..", "..", "render", "derive", "testdata", test.dir), t.TempDir()
			var stderr bytes.Buffer
			a := &app{stdout: io.Discard, stderr: &stderr, getenv: func(string) string { return "" }}
			if code := a.run(context.Background(), []string{"--strict", "-l", "a5", fmt.Sprintf("--archive=%v", test.archive), "-f", "epub,html,pdf", "-o", out, notesDir}); code != exitOK {
				t.Fatalf("exit code %d\n%s", code, stderr.String())
			}
			book, err := notes.Load(context.Background(), os.DirFS(notesDir), notes.Options{}, func(diag.Diagnostic) {})
			if err != nil {
				t.Fatal(err)
			}
			if test.archive {
				links.AddArchived(book)
			}
			list := claims(book)
			if len(list) < test.least {
				t.Errorf("%d facts only, want %d", len(list), test.least)
			}
			w := words.For(book.Meta.Language)
			printed := " " + pagesOf(t, filepath.Join(out, test.name+".pdf"))
			pages := map[string]string{"epub": w.Appendix().PrintPages + printed, "html": w.Appendix().PrintPages + printed, "pdf": w.Pages + printed}
			for _, e := range editions {
				p := pieces{}
				e.read(t, p, filepath.Join(out, test.name+"."+e.format))
				for _, fault := range p.faults(list, e.format) {
					t.Errorf("%s: %s", e.format, fault)
				}
				for _, want := range []string{test.numbers, pages[e.format]} {
					if x := p[squeeze(w.Appendix().Colophon)]; x == nil || !strings.Contains(squeeze(x.text.String()), squeeze(want)) {
						t.Errorf("%s: the colophon does not say %s", e.format, want)
					}
				}
			}
		})
	}
}

// pagesOf is the number of pages of a PDF.
func pagesOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := pdftest.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(len(f.Pages))
}

// faults lists the claims that an edition does not make.
func (p pieces) faults(list []claim, format string) (out []string) {
	at, before := 0, ""
	for _, c := range list {
		if c.not == format {
			continue
		}
		x := p[squeeze(c.piece)]
		if x == nil {
			out = append(out, fmt.Sprintf("there is no %q", c.piece))
			continue
		}
		if c.link {
			if !slices.ContainsFunc(x.links, func(l string) bool { return squeeze(l) == squeeze(c.text) }) {
				out = append(out, fmt.Sprintf("%s of %q: no link leads to %s", c.what, c.piece, c.text))
			}
			continue
		}
		if !c.ordered || c.piece != before {
			at = 0
		}
		before = c.piece
		text := squeeze(x.text.String())
		i := strings.Index(text[min(at, len(text)):], squeeze(c.text))
		if i < 0 {
			out = append(out, fmt.Sprintf("%s of %q: %q is not there, or not in its place", c.what, c.piece, c.text))
			continue
		}
		at += i
		if c.ordered {
			at += len(squeeze(c.text))
		}
	}
	return out
}
