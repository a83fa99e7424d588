package epub_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render"
	samplebooks "github.com/evbook/evbook/render/rendertest/samples"
)

// scripts is a book with characters that many typefaces lack.
func scripts() *tree.Book {
	t := talk("t", "Scripts → everywhere ∀", para(text("Arabic السلام عليكم here, Hebrew שָׁלוֹם there, हिन्दी, ภาษาไทยน้ำ, 会议记录。日本語の文, 한국어.")...),
		para(text("Signs ∀x ∈ ℝ → ☑ ♞ ✂ and 🎉👍🏽, ﬁn, “quotes” – № 1 ™, Ἀθῆναι, Москва, Łódź")...),
		para(&tree.Code{Text: "x → ∀ 会议"}, &tree.Math{TeX: `\forall x`}),
		&tree.CodeBlock{Language: "python", Text: "# kommentar → 日本\nprint('é ∀')"})
	return &tree.Book{Meta: tree.Meta{Title: "Scripts", Language: "en"}, Events: []*tree.Event{event("e", t)}}
}

func embedded() []render.Option { return []render.Option{{Name: "fonts", Value: "embed"}} }

var inScript = regexp.MustCompile(`<span class="in-([a-z]+)">([^<]*)</span>`)

// With embedded fonts, characters that reading systems may lack stand in spans, the text is the same, and the book has the
// typefaces for them and for its listings.
func TestEmbeddedFonts(t *testing.T) {
	_, plain := unpack(t, build(t, newJob(scripts(), new(diag.Collector))))
	job := newJob(scripts(), new(diag.Collector))
	job.Options = embedded()
	data := build(t, job)
	_, files := unpack(t, data)
	page := files["EPUB/xhtml/t.xhtml"]
	said := func(page string) string { return tags.ReplaceAllString(page[strings.Index(page, "<body"):], "") }
	if got, want := said(page), said(plain["EPUB/xhtml/t.xhtml"]); got != want {
		t.Errorf("the page says\n%s\nwithout fonts\n%s", got, want)
	}
	got := map[string]string{}
	for _, m := range inScript.FindAllStringSubmatch(page, -1) {
		got[m[1]] += m[2] + "|"
	}
	for class, want := range map[string]string{"arabic": "السلام عليكم|", "hebrew": "שָׁלוֹם|", "devanagari": "हिन्दी|", "thai": "ภาษาไทยน้ำ|",
		"korean": "한국어|", "cjk": "会议记录。日本語の文|会议|日本|", "signs": "☑ ♞ ✂|", "emoji": "🎉👍🏽|"} {
		if got[class] != want {
			t.Errorf("in %s stands %q, want %q", class, got[class], want)
		}
	}
	for _, bad := range []string{`">№`, `">“`, `">М`, `">Ἀ`} {
		if regexp.MustCompile(`class="in-[a-z]+` + regexp.QuoteMeta(bad)).MatchString(page) {
			t.Errorf("%s stands in a span", bad)
		}
	}
	size := 0
	for name, content := range files {
		if strings.HasPrefix(name, "EPUB/fonts/") {
			size += len(content)
			if !strings.Contains(files["EPUB/package.opf"], `href="`+strings.TrimPrefix(name, "EPUB/")+`" media-type="font/ttf"`) ||
				!strings.Contains(files["EPUB/css/fonts.css"], strings.TrimPrefix(name, "EPUB/")) {
				t.Errorf("%s is not used", name)
			}
		}
	}
	if size == 0 || size > 1<<20 || len(data) > 600<<10 {
		t.Errorf("the typefaces have %d bytes, the book %d", size, len(data))
	}
	for name, want := range map[string]string{"EPUB/package.opf": `<meta property="ibooks:specified-fonts">true</meta>`,
		"META-INF/com.apple.ibooks.display-options.xml": `specified-fonts">true`, "EPUB/css/fonts.css": `"Book Code", monospace`} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s lacks %s:\n%s", name, want, files[name])
		}
	}
	t.Logf("typefaces of %d bytes, a book of %d", size, len(data))
}

// A book that needs no typefaces gets none, and without the option no book does.
func TestNoFontsWithoutNeed(t *testing.T) {
	plainTalk := &tree.Book{Meta: tree.Meta{Title: "Plain", Language: "en"}, Events: []*tree.Event{event("e", talk("t", "T", para(text("Łódź, “so” – 1 €")...)))}}
	for _, tt := range []struct {
		book    *tree.Book
		options []render.Option
	}{{plainTalk, embedded()}, {samplebooks.Arabic(), nil}, {scripts(), []render.Option{{Name: "fonts", Value: "none"}}}} {
		job := newJob(tt.book, new(diag.Collector))
		job.Options = tt.options
		_, files := unpack(t, build(t, job))
		for name, content := range files {
			if strings.Contains(name, "font") || strings.Contains(content, `<span class="in-`) || strings.Contains(content, "ibooks") {
				t.Errorf("%s: %s", tt.book.Meta.Title, name)
			}
		}
	}
}
