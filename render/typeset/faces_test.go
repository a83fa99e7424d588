package typeset

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// paragraphs makes a book of one chapter with a paragraph on each line of a file.
func paragraphs(file string, texts ...string) *tree.Book {
	c := &tree.Chapter{ID: "c", Title: tree.Inlines{&tree.Text{Text: "Title"}}}
	for i, t := range texts {
		at := tree.At{Src: diag.Pos{File: file, Line: i + 1, Col: 1}}
		c.Body = append(c.Body, &tree.Paragraph{At: at, Text: tree.Inlines{&tree.Text{At: at, Text: t}}})
	}
	return &tree.Book{Meta: tree.Meta{Title: "Book", Language: "en"}, Front: []*tree.Chapter{c}}
}

// setWith sets a book with fonts from elsewhere.
func setWith(t *testing.T, book *tree.Book, change func(*Input)) (*recorder, diag.List) {
	t.Helper()
	l, err := layouts.Load("a5")
	if err != nil {
		t.Fatal(err)
	}
	var c diag.Collector
	in := Input{Book: book, Layout: l, Fonts: fonts.Bundled(), Report: c.Report}
	change(&in)
	in.Book.Meta.Cover = tree.NoCover
	doc, err := Set(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return record(t, doc), c.List()
}

func families(r *recorder, text string) []string {
	var out []string
	for _, d := range r.list {
		if d.run != nil && strings.Contains(runText(d.run), text) && !slices.Contains(out, d.run.Face.Family) {
			out = append(out, d.run.Face.Family)
		}
	}
	return out
}

func TestBundledFontsForScripts(t *testing.T) {
	for text, want := range map[string]string{
		"שלום": fonts.Hebrew, "नमस्ते": fonts.Devanagari, "สวัสดี": fonts.Thai, "你": fonts.Chinese, "日": fonts.Chinese, "カ": fonts.Chinese,
		"안": fonts.Korean, "⨁": fonts.Math, "🙂": fonts.Emoji, "Ж": fonts.Serif, "「": fonts.Chinese,
	} {
		r, list := setWith(t, paragraphs("a.md", "x "+text+" y"), func(*Input) {})
		got := families(r, text)
		if text == "שלום" || text == "नमस्ते" || text == "สวัสดี" {
			got = families(r, string([]rune(text)[:1]))
		}
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%s is set in %v, want %s", text, got, want)
		}
		for _, d := range list {
			t.Errorf("%s: %v", text, d)
		}
	}
}

func TestMissingGlyphsAreReportedOnce(t *testing.T) {
	texts := []string{"plain", "ខ្មែរ and ខ្មែរ", "ខ្មែរ \uE123", "ភាសា"}
	r, list := setWith(t, paragraphs("notes/k.md", texts...), func(*Input) {})
	var khmer []diag.Diagnostic
	for _, d := range list {
		if d.Code != CodeGlyphMissing {
			t.Errorf("unexpected: %v", d)
		} else if strings.Contains(d.Message, "Khmer") {
			khmer = append(khmer, d)
		}
	}
	if len(khmer) != 1 {
		t.Fatalf("got %d diagnostics for Khmer, want one:\n%v", len(khmer), list)
	}
	d := khmer[0]
	if d.Severity != diag.Warning || d.Pos != (diag.Pos{File: "notes/k.md", Line: 2, Col: 1}) {
		t.Errorf("%v at %v: want a warning at the first place", d.Severity, d.Pos)
	}
	if !strings.Contains(d.Message, "no font has ") || !strings.Contains(d.Message, `U+1781 "ខ"`) {
		t.Errorf("message %q", d.Message)
	}
	if len(d.Hints) != 1 || !strings.Contains(d.Hints[0], "--fonts") {
		t.Errorf("hints %q", d.Hints)
	}
	// The boxes are there: glyph 0 stands for the text.
	boxes := 0
	for _, d := range r.list {
		if d.run != nil && strings.ContainsAny(runText(d.run), "ខភ") {
			for _, g := range d.run.Glyphs {
				if g.ID == 0 && g.Advance > 0 {
					boxes++
				}
			}
		}
	}
	if boxes == 0 {
		t.Error("no boxes are printed")
	}
}

func TestFontsOfTheUserComeBeforeThoseOfTheMachine(t *testing.T) {
	user, system := t.TempDir(), t.TempDir()
	put := func(dir, name, family string) {
		if err := os.WriteFile(filepath.Join(dir, name), fonts.Bundled().Face(family, 400, false).Data(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(user, "hebrew.ttf", fonts.Hebrew)
	put(system, "hebrew.ttf", fonts.Hebrew)
	put(system, "arabic.ttf", fonts.Arabic)
	small := &fonts.Set{}
	for _, family := range []string{fonts.Serif, fonts.Sans, fonts.Mono} {
		small.Add(fonts.Bundled().Face(family, 400, false))
	}
	_, list := setWith(t, paragraphs("a.md", "one", "two שלום and سلام", "سلام"), func(in *Input) {
		in.Fonts, in.FontDirs, in.SystemFonts = small, []string{user}, func() []string { return []string{system} }
	})
	var got []string
	for _, d := range list {
		if d.Code == CodeSystemFont {
			got = append(got, d.Severity.String()+" "+d.Pos.String()+" "+d.Message)
		} else if d.Code == CodeGlyphMissing {
			t.Error(d)
		}
	}
	if len(got) != 1 || !strings.HasPrefix(got[0], "info a.md:2:1 8 characters of Arabic (") || !strings.Contains(got[0], fonts.Arabic) {
		t.Errorf("got %q, want one info about the Arabic font", got)
	}
}

func TestLayoutNamesAFamilyOfTheUser(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.ttf"), fonts.Bundled().Face(fonts.Serif, 400, false).Data(), 0o600); err != nil {
		t.Fatal(err)
	}
	small := &fonts.Set{}
	small.Add(fonts.Bundled().Face(fonts.Sans, 400, false))
	small.Add(fonts.Bundled().Face(fonts.Mono, 400, false))
	r, _ := setWith(t, paragraphs("a.md", "Wombat"), func(in *Input) { in.Fonts, in.FontDirs = small, []string{dir} })
	if got := families(r, "Wombat"); !slices.Equal(got, []string{fonts.Serif}) {
		t.Errorf("set in %v, want the user's %s", got, fonts.Serif)
	}
}

// TestPrepareDamaged holds that a face that cannot be read neither stops [Prepare] nor is forgotten after it.
func TestPrepareDamaged(t *testing.T) {
	set := &fonts.Set{}
	for _, family := range fonts.Bundled().Families() {
		set.Add(fonts.Bundled().Face(family, fonts.Regular, false))
	}
	set.Add(fonts.NewFace(fonts.Serif, fonts.Regular, true, []byte("no font")))
	book := paragraphs("a.md", "x")
	p := book.Front[0].Body[0].(*tree.Paragraph)
	p.Text = tree.Inlines{&tree.Emph{Text: p.Text}}
	_, diags := setWith(t, book, func(in *Input) {
		in.Fonts = set
		Prepare(in.Layout, set, "tlh")
	})
	if !slices.ContainsFunc(diags, func(d diag.Diagnostic) bool {
		return strings.Contains(d.Message, fonts.Serif+" 400 italic cannot be read")
	}) {
		t.Errorf("the damaged face is not reported: %v", diags)
	}
}
