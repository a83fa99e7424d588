package typeset

import (
	"context"
	"runtime"
	"sync"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	art "github.com/evbook/evbook/render/figures"
	"github.com/evbook/evbook/render/typeset/hyphen"
	"github.com/evbook/evbook/render/words"
)

// engine is what all chapters of a book share. It is safe for concurrent use.
type engine struct {
	in     Input
	layout *layouts.Layout
	report diag.Reporter
	faces  *faces
	gaps   *gaps
	images *images
	words  *words.Words
	ids    map[string]bool // ids that links of the book may lead to
	root   *Elem
	// captionIDs are the anchors of tables and pictures that a list names.
	captionIDs map[tree.Node]string
	rtl        bool              // the book's language is written from right to left
	book       *derive.Facts     // what the book says as a whole
	ends       map[string]string // id of a talk → label of its last page, once pages are numbered
	labels     map[string]string // anchor → label of its page, likewise
}

// Set turns a book into pages. Problems of its content go to in.Report; the error is a cancelled context. The same input
// gives the same document.
func Set(ctx context.Context, in Input) (*Document, error) {
	e := newEngine(in)
	chapters := e.chapters()
	if err := e.setAll(ctx, chapters); err != nil {
		return nil, err
	}
	doc := e.document()
	e.assemble(doc, chapters)
	e.gaps.report(e.report)
	return doc, nil
}

func newEngine(in Input) *engine {
	report := in.Report
	if report == nil {
		report = func(diag.Diagnostic) {}
	}
	lang := cmpOr(in.Book.Meta.Language, "en")
	e := &engine{
		in: in, layout: in.Layout, report: report, words: words.For(lang), ids: map[string]bool{},
		faces:  newFaces(&in, report),
		gaps:   &gaps{},
		images: &images{fsys: in.Assets, most: int(max(in.Layout.Page.TextWidth(), in.Layout.Page.TextHeight()).Pt() / 72 * 300), got: map[string]*loaded{}, lang: lang},
		root:   &Elem{Role: "Document", Lang: lang}, rtl: isRTLLanguage(lang),
	}
	go hyphen.For(lang) // whose patterns take a moment to read
	collectIDs(in.Book, e.ids)
	e.book, e.ends = derive.New(in.Book), map[string]string{}
	for _, a := range e.book.Appendices() {
		e.ids[a.ID()] = true
	}
	if e.hasTimeline() {
		e.ids[art.TimelineID] = true
	}
	return e
}

// collectIDs gathers the ids that links may lead to.
func collectIDs(b *tree.Book, ids map[string]bool) {
	for n := range tree.All(b) {
		id := ""
		switch n := n.(type) {
		case *tree.Event:
			id = n.ID
		case *tree.Section:
			id = n.ID
		case *tree.Talk:
			id = n.ID
		case *tree.Chapter:
			id = n.ID
		case *tree.Heading:
			id = n.ID
		case *tree.Figure:
			id = n.ID
		case *tree.Div:
			id = n.ID
		case *tree.Span:
			id = n.ID
		case *tree.Footnote:
			id = n.ID
		}
		if id != "" {
			ids[id] = true
		}
	}
}

// document fills in what the file says beside its pages.
func (e *engine) document() *Document {
	m := &e.in.Book.Meta
	doc := &Document{
		Title: m.Title, Subject: m.Description, Keywords: m.Subjects, Lang: cmpOr(m.Language, "en"),
		RTL: e.rtl, Creator: e.in.Generator, ID: cmpOr(m.Identifier, m.Title), Time: e.in.Time, Root: e.root,
	}
	for _, c := range m.Creators {
		doc.Authors = append(doc.Authors, c.Name)
	}
	return doc
}

// chapters lists the chapters of the book in order.
func (e *engine) chapters() []*chapter {
	book := e.in.Book
	lang := e.root.Lang
	sect := func(role, title string) *Elem { c := e.root.Child(role); c.Title = title; return c }
	var list []*chapter
	if c := e.cover(); c != nil {
		list = append(list, c)
	}
	if e.layout.Front.HalfTitle {
		list = append(list, &chapter{elem: sect("Sect", ""), bare: true, front: true, recto: true, set: (*setter).setHalfTitle, id: tree.TitlePage})
	}
	list = append(list, []*chapter{
		{elem: sect("Sect", book.Meta.Title), bare: true, front: true, recto: true, set: (*setter).setTitle, id: tree.TitlePage},
		{elem: sect("Sect", ""), bare: true, front: true, set: (*setter).setImprint},
		{elem: sect("Sect", e.words.Contents), front: true, recto: true, verso: e.words.Contents, talk: e.words.Contents, set: (*setter).setContents, level: 1, id: tree.ContentsPage},
	}...)
	if c := e.timeline(); c != nil {
		list = append(list, c)
	}
	list = append(list, e.lists(sect)...)
	plain := func(c *tree.Chapter, front bool) {
		title := tree.PlainText(c.Title)
		list = append(list, &chapter{
			elem: sect("Sect", title), front: front, recto: true, verso: title, talk: title, level: 1,
			set: func(s *setter) { s.setChapter(c) },
		})
	}
	for _, c := range book.Front {
		plain(c, true)
	}
	for _, ev := range book.Events {
		part := sect("Part", tree.PlainText(ev.Title))
		title := tree.PlainText(ev.Title)
		level, first := 2, len(list)
		if opens(ev) {
			list = append(list, &chapter{elem: part, recto: true, verso: title, talk: title, level: 1, set: func(s *setter) { s.setEvent(ev) }})
		} else {
			level, title = 1, book.Meta.Title
		}
		for _, sec := range ev.Sections {
			list = append(list, e.talks(ev, sec, part, title, level)...)
		}
		if !opens(ev) && len(list) > first {
			list[first].names = []string{ev.ID}
			for _, sec := range ev.Sections {
				list[first].names = append(list[first].names, sec.ID)
			}
		}
	}
	for _, c := range book.Back {
		plain(c, false)
	}
	list = append(list, e.appendices()...)
	for _, c := range list {
		c.lang = cmpOr(c.lang, lang)
	}
	return list
}

// talks lists the talks of a section as chapters.
func (e *engine) talks(ev *tree.Event, sec *tree.Section, part *Elem, title string, level int) []*chapter {
	var list []*chapter
	shown := ev
	if !opens(ev) {
		shown = nil
	}
	for _, t := range sec.Talks {
		name := tree.PlainText(t.Title)
		elem := part.Child("Sect")
		elem.Title, elem.Lang = name, t.Language
		list = append(list, &chapter{
			elem: elem, lang: t.Language, verso: title, talk: name, level: level, end: t.ID,
			set: func(s *setter) { s.setTalk(t, shown, sec) },
		})
	}
	if e.layout.Talks.RunOn && len(list) > 0 {
		list = []*chapter{e.runOn(list)}
	}
	for _, sub := range sec.Sections {
		list = append(list, e.talks(ev, sub, part, title, level)...)
	}
	return list
}

// setAll sets chapters and divides them into pages, several at the same time.
func (e *engine) setAll(ctx context.Context, chapters []*chapter) error {
	var wg sync.WaitGroup
	next := make(chan *chapter)
	for range min(runtime.GOMAXPROCS(0), len(chapters)) {
		wg.Go(func() {
			d := newDesk()
			for c := range next {
				e.prepare(c, d)
			}
		})
	}
	var err error
feed:
	for _, c := range chapters {
		if c.late {
			continue
		}
		select {
		case next <- c:
		case <-ctx.Done():
			err = ctx.Err()
			break feed
		}
	}
	close(next)
	wg.Wait()
	return err
}

// prepare sets a chapter at a desk and divides it into pages.
func (e *engine) prepare(c *chapter, d *desk) {
	s := &setter{engine: e, desk: d, lang: c.lang, elem: c.elem, level: max(c.level, 1)}
	s.anchors = append(s.anchors, c.names...)
	c.set(s)
	c.rows = s.finish()
	s.divide(c)
	s.insertTurned(c)
}

// finish returns the rows of a chapter; names that wait for a row go to the last one.
func (s *setter) finish() []*vrow {
	if len(s.anchors) > 0 || len(s.opens) > 0 {
		s.add(&vrow{height: 0, brk: breakNever})
	}
	return s.rows
}
