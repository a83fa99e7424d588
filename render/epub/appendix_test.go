package epub_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// summit builds the sample of render/derive and returns its files; change may alter the book's settings.
func summit(t *testing.T, change func(*tree.Meta)) map[string]string {
	t.Helper()
	report := func(d diag.Diagnostic) {
		if d.Severity >= diag.Warning {
			t.Errorf("%s: %s", d.Pos, d.Message)
		}
	}
	fsys := os.DirFS("../derive/testdata/summit")
	book, err := notes.Load(context.Background(), fsys, notes.Options{}, report)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&book.Meta)
	}
	job := newJob(book, new(diag.Collector))
	job.Assets, job.Report, job.Generator = fsys, report, "evbook test"
	_, packed := unpack(t, build(t, job))
	files := map[string]string{}
	for name, data := range packed {
		files[strings.TrimPrefix(name, "EPUB/")] = data
	}
	return files
}

func TestAppendicesAreInTheBookAndItsNavigation(t *testing.T) {
	files := summit(t, nil)
	for file, wants := range map[string][]string{
		"xhtml/appendix--speakers.xhtml": {
			`epub:type="index" role="doc-index"`, "Ångström, Bo", "Äyräs, Zoë",
			`<a href="harbour-2024-talks-opening.xhtml">Opening the Gates</a> <span class="by">Harbour Summit 2024</span>`,
		},
		"xhtml/appendix--topics.xhtml": {"forecasting", `<a href="harbour-2024-talks-tides.xhtml">Tides as a Service</a> <span class="by">Łucja Zając</span>`},
		"xhtml/appendix--chronology.xhtml": {
			`<time datetime="2025-06-06">2025-06-06</time></td><td><a href="harbour-2025-nets.xhtml">Nets</a> <span class="by">Minh de Vries · Harbour Summit 2025</span>`,
		},
		"xhtml/appendix--actions.xhtml":  {"<h2>Action items</h2>", "<h2>Decisions</h2>", "Book the hall for 2025"},
		"xhtml/appendix--colophon.xhtml": {"Talks</th><td>7<", "Speakers</th><td>5<", "evbook test"},
		"nav.xhtml": {
			`<a href="xhtml/appendix--speakers.xhtml">Speakers</a>`, `<a epub:type="index" href="xhtml/appendix--speakers.xhtml">Speakers</a>`,
			`<a epub:type="colophon" href="xhtml/appendix--colophon.xhtml">Colophon</a>`,
		},
		"xhtml/harbour-2024-talks-tides.xhtml": {`<p class="also">Also in this book: <a href="harbour-2025-buoys.xhtml">Buoys That Report Home</a></p>`},
		"xhtml/meetings-2024-07-01.xhtml":      {`<p class="turn"><b class="who">EMA:</b> We have two offers`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[file], want) {
				t.Errorf("%s lacks %s:\n%s", file, want, files[file])
			}
		}
	}
	// Each item leads to where it stands.
	for _, part := range strings.Split(files["xhtml/appendix--actions.xhtml"], `<a href="`)[1:] {
		href, text, _ := strings.Cut(part, `">`)
		text, _, _ = strings.Cut(text, "</a>")
		file, anchor, _ := strings.Cut(href, "#")
		_, at, ok := strings.Cut(files["xhtml/"+file], `id="`+anchor+`"`)
		if here, _, _ := strings.Cut(at, "</p>"); !ok || !strings.Contains(at[:min(len(at), 200)], text) {
			t.Errorf("%s does not lead to %q but to %q", href, text, here)
		}
	}
}

func TestAppendicesCanBeLeftOut(t *testing.T) {
	for name := range summit(t, func(m *tree.Meta) { m.Appendix = []string{"speakers"} }) {
		if strings.Contains(name, "appendix--") && !strings.Contains(name, "speakers") {
			t.Errorf("%s is in the book", name)
		}
	}
}
