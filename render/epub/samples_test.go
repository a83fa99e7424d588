package epub_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/notes/tree/treetest"
	"github.com/evbook/evbook/render"
	"github.com/evbook/evbook/render/epub"
	samplebooks "github.com/evbook/evbook/render/rendertest/samples"
)

// sample is a book that tests build.
type sample struct {
	name    string
	book    func() *tree.Book
	options []render.Option
	noAce   string // why Ace is not run on it

	noReading string // why it is not shown in a browser
}

// samples lists the books that every conformance test goes through.
func samples() []sample {
	const alike = "its mark-up is in the others"
	profile := func(name string) []render.Option { return []render.Option{{Name: "profile", Value: name}} }
	return []sample{
		{name: "bundled", book: bundled},
		{name: "every", book: treetest.Every},
		{name: "torture", book: torture},
		{name: "arabic", book: samplebooks.Arabic},
		{name: "chinese", book: samplebooks.Chinese},
		{name: "notes", book: samplebooks.Footnotes, noReading: alike},
		{name: "formulas", book: claimed},
		{name: "hostile", book: samplebooks.Hostile, noReading: alike},
		{name: "chapters", book: chaptersOnly, noReading: alike},
		{name: "empty", book: samplebooks.Empty, noReading: alike},
		{name: "large", book: samplebooks.Large, noAce: alike, noReading: alike},
		{name: "kobo", book: treetest.Every, options: profile("kobo"), noReading: alike},
		{name: "kobo torture", book: torture, options: profile("kobo"), noAce: alike, noReading: alike},
		{name: "kobo formulas", book: samplebooks.Formulas, options: profile("kobo"), noAce: alike, noReading: alike},
		{name: "kindle", book: treetest.Every, options: profile("kindle")},
		{name: "kindle torture", book: torture, options: profile("kindle"), noAce: alike},
		{name: "embedded", book: scripts, options: embedded()},
		{name: "kobo embedded", book: scripts, options: append(profile("kobo"), embedded()...), noAce: alike},
		{name: "arabic embedded", book: samplebooks.Arabic, options: append(profile("kindle"), embedded()...), noAce: alike, noReading: alike},
		{name: "kindle formulas", book: samplebooks.Formulas, options: profile("kindle"), noAce: alike, noReading: alike},
	}
}

// Books and what they are made of.
var (
	bundled, torture, chaptersOnly = samplebooks.Bundled, samplebooks.Torture, samplebooks.ChaptersOnly
	text, para, cells              = samplebooks.Text, samplebooks.Para, samplebooks.Cells
	talk, event                    = samplebooks.Talk, samplebooks.Event
)

// claimed is a book that states its conformance.
func claimed() *tree.Book {
	book := samplebooks.Formulas()
	book.Meta.Accessibility = &tree.Accessibility{ConformsTo: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", CertifiedBy: "The Reading Room",
		Credential: "https://example.org/seal", Report: "https://example.org/report"}
	return book
}

func (s sample) job() *render.Job {
	job := newJob(s.book(), new(diag.Collector))
	job.Options = s.options
	return job
}

func newJob(book *tree.Book, c *diag.Collector) *render.Job {
	return &render.Job{
		Book: book, Assets: samplebooks.Assets(), Time: time.Date(2013, 3, 17, 12, 30, 7, 0, time.UTC), Generator: "evbook test", Report: c.Report,
	}
}

// build renders a job to bytes.
func build(t testing.TB, job *render.Job) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := epub.Format().New().Render(context.Background(), job, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
