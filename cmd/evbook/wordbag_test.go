package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/pdf/pdftest"
)

// The words of the notes are counted here with the crudest reading of Markdown that will do, by regular expressions, line by
// line, and must all be found, as often, in what the books say. Nothing of this knows our parser, so that what it loses shows.

// bag counts words.
type bag map[string]int

// addWords counts the words of s: runs of letters and digits without case, and each Chinese or Japanese character by itself,
// since such text has no spaces. Marks of emphasis, brackets of links and invisible characters are no part of words.
func (b bag) addWords(s string, found func(word string)) {
	var word strings.Builder
	flush := func() {
		if w := word.String(); w != "" {
			b[w]++
			if found != nil {
				found(w)
			}
		}
		word.Reset()
	}
	for _, r := range norm.NFKC.String(strings.ToLower(s)) {
		switch {
		case strings.ContainsRune("[]*_~`\\\u00AD\u200B\u200C\u200D\u2060\uFEFF", r):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			flush()
			word.WriteRune(r)
			flush()
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			word.WriteRune(r)
		default:
			flush()
		}
	}
	flush()
}

var (
	crudeFence    = regexp.MustCompile("^[ \t>]*(?:[-*+] +|\\d+[.)] +)*(`{3,}|~{3,})(.*)")
	crudeFront    = regexp.MustCompile(`(?s)\A(?:\x{FEFF})?(?:---|\+\+\+) *\r?\n.*?\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\r?\n|\z)`)
	crudeFields   = regexp.MustCompile(`\A(?:\x{FEFF})?(?:\s*\n)*(?::[A-Za-z -]+:.*\n)+`)
	crudeComment  = regexp.MustCompile(`(?s)<!--.*?-->|<(script|style|iframe|svg|form|object)\b.*?</(?:script|style|iframe|svg|form|object)>`)
	crudeTemplate = regexp.MustCompile(`\{%.*?%\}|\{\{.*?\}\}`)
	crudeImage    = regexp.MustCompile(`!\[\[[^\]]*\]\]|!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])?`)
	crudeTarget   = regexp.MustCompile(`\]\((?:<[^>]*>|[^()]*(?:\([^()]*\)[^()]*)*)\)|\]\[[^\]]*\]`)
	crudeWiki     = regexp.MustCompile(`\[\[[^\]|]*\|([^\]]*)\]\]`)
	crudeLinkDef  = regexp.MustCompile(`^[ \t>]*\[[^\]^][^\]]*\]:[ \t]*\S.*$`)
	crudeLongLink = regexp.MustCompile(`\]\(\s*[^()\s]*\s*\)`)
	crudeLongTag  = regexp.MustCompile(`<[a-z]+ [^<>\n]*\n[^<>\n]*>`)
	crudeLongDef  = regexp.MustCompile(`(?m)^[ \t>]*\[[^\]^\n][^\]\n]*\]:[ \t]*\n[ \t]+\S+.*$`)
	crudeNote     = regexp.MustCompile(`\[\^[^\]]*\]:?|\[![A-Za-z]+\]`)
	crudeAttrs    = regexp.MustCompile(`\{ *(?:[:#.]|width|height|id|class|lang)[^}]*\}`)
	crudeMarker   = regexp.MustCompile(`^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+(?:\[[ xX]\][ \t])?|^[ \t>]*\d+[.)]$`)
	crudeMath     = regexp.MustCompile(`\$\$[^$]*\$\$|\$[^$\s](?:[^$]*[^$\s])?\$`)
	crudeEmoji    = regexp.MustCompile(`:[a-z0-9_+-]+:`)
	crudeTag      = regexp.MustCompile(`</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>`)
	crudeKnown    = regexp.MustCompile(`(?i)^(?:a|abbr|address|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|ol|p|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr)$`)
	crudeInline   = regexp.MustCompile(`(?i)^(?:a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)$`)
)

// sourceWords counts the words of a note and passes each with its line to found.
func (b bag) sourceWords(text string, found func(word string, line int)) {
	blank := func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) }
	text = crudeFront.ReplaceAllStringFunc(text, blank)
	text = crudeFields.ReplaceAllStringFunc(text, blank)
	var plain, code []string // by line; one of them is empty
	fence := ""
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n") {
		m := crudeFence.FindStringSubmatch(line)
		p, c := "", ""
		switch {
		case fence == "" && m != nil && !strings.Contains(m[2], "`"):
			fence = m[1]
		case fence != "" && m != nil && strings.HasPrefix(m[1], fence) && strings.TrimSpace(m[2]) == "":
			fence = ""
		case fence != "":
			c = line
		default:
			p = line
		}
		plain, code = append(plain, p), append(code, c)
	}
	text = crudeComment.ReplaceAllStringFunc(strings.Join(plain, "\n"), blank)
	text = crudeLongLink.ReplaceAllStringFunc(text, func(s string) string { return "]" + blank(s) })
	text = crudeLongTag.ReplaceAllStringFunc(text, blank)
	plain = strings.Split(crudeLongDef.ReplaceAllStringFunc(text, blank), "\n")
	for i, line := range plain {
		line = crudeTemplate.ReplaceAllString(line, " ")
		if crudeLinkDef.MatchString(line) {
			line = ""
		}
		line = crudeImage.ReplaceAllString(line, " ")
		line = crudeTarget.ReplaceAllString(line, "]")
		line = crudeWiki.ReplaceAllString(line, "$1")
		line = crudeNote.ReplaceAllString(line, " ")
		line = crudeMarker.ReplaceAllString(line, "")
		line = crudeMath.ReplaceAllString(line, " ")
		line = crudeEmoji.ReplaceAllString(line, " ")
		line = crudeAttrs.ReplaceAllString(line, " ")
		line = crudeTag.ReplaceAllStringFunc(line, func(tag string) string {
			switch name := crudeTag.FindStringSubmatch(tag)[1]; {
			case !crudeKnown.MatchString(name):
				return tag
			case crudeInline.MatchString(name):
				return ""
			}
			return " "
		})
		b.addWords(html.UnescapeString(line)+" "+code[i], func(w string) { found(w, i+1) })
	}
}

// epubWords counts the words in the content documents of an EPUB, without those of the contents.
func (b bag) epubWords(t *testing.T, path string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xhtml") || filepath.Base(f.Name) == "nav.xhtml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b.markupWords(t, f.Name, r)
		r.Close()
	}
}

// htmlWords counts the words in the main part of a web page: without those of title and contents.
func (b bag) htmlWords(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(data), "<main ")
	main, _, closed := strings.Cut(rest, "</main>")
	if !ok || !closed {
		t.Fatalf("%s has no main part", path)
	}
	b.markupWords(t, path, strings.NewReader("<main "+main+"</main>"))
}

// markupWords counts the words in a document or a part of one.
func (b bag) markupWords(t *testing.T, name string, r io.Reader) {
	t.Helper()
	var text strings.Builder
	for d := xml.NewDecoder(r); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			text.Write(tok)
		case xml.StartElement:
			note := slices.ContainsFunc(tok.Attr, func(a xml.Attr) bool { return a.Name.Local == "class" && a.Value == "noteref" })
			if !crudeInline.MatchString(tok.Name.Local) || note {
				text.WriteByte('\n')
			}
		case xml.EndElement:
			if !crudeInline.MatchString(tok.Name.Local) {
				text.WriteByte('\n')
			}
		}
	}
	b.addWords(text.String(), nil)
}

// pdfWords counts the words that the structure tree of a PDF has, as a screen reader would read them.
func (b bag) pdfWords(t *testing.T, path string) {
	t.Helper()
	var text strings.Builder
	var read func(tag *pdftest.Tag) string
	read = func(tag *pdftest.Tag) string {
		var text strings.Builder
		tag.Reading(func(s string, kid *pdftest.Tag) {
			if kid == nil {
				text.WriteString(s)
				return
			}
			switch kid.Type {
			case "Span", "Link", "Em", "Strong", "Code", "Quote", "Sub", "Annot":
				text.WriteString(read(kid))
			default:
				text.WriteString("\n" + read(kid) + "\n")
			}
		})
		return text.String()
	}
	f := readPDF(t, path)
	b.addWords(read(f.Tags), nil)
	for _, p := range f.Pages { // the lines of a listing are one text in the tree: where they end is seen on the page only
		y := -1.0
		for _, r := range p.Runs {
			if r.Tag != "Code" {
				continue
			}
			if r.Y != y {
				text.WriteByte('\n')
				y = r.Y
			}
			text.WriteString(r.Text)
		}
	}
	b.addWords(text.String(), nil)
}

// wordPlace is where a word of the notes stands.
type wordPlace struct {
	word, file string
	line       int
}

// checkWords builds the notes in dir and compares the words.
func checkWords(t *testing.T, dir string) {
	t.Helper()
	out := t.TempDir()
	var stderr bytes.Buffer
	a := &app{stdout: io.Discard, stderr: &stderr, getenv: func(string) string { return "" }}
	if code := a.run(context.Background(), []string{"-q", "-f", "epub,html,pdf", "-o", out + "/", dir}); code != exitOK && code != exitContent {
		t.Fatalf("exit code %d\n%s", code, stderr.String())
	}
	source := bag{}
	var places []wordPlace
	fsys := os.DirFS(dir)
	list, err := notes.Structure(context.Background(), fsys, notes.Options{}, func(diag.Diagnostic) {})
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for _, e := range list {
		left[e.Path] = left[e.Path] || e.Kind == notes.KindSkipped
	}
	err = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || p != "." && (strings.HasPrefix(d.Name(), ".") || left[p]) {
			if err == nil && d.IsDir() {
				return fs.SkipDir
			}
			return err
		}
		switch strings.ToLower(filepath.Ext(p)) {
		case ".md", ".markdown", ".mkd", ".mdown":
		default:
			return nil
		}
		data, err := fs.ReadFile(fsys, p)
		if d.IsDir() || err != nil {
			return nil
		}
		source.sourceWords(string(data), func(w string, line int) { places = append(places, wordPlace{w, p, line}) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range source {
		total += n
	}
	if total == 0 {
		t.Fatal("the notes have no words")
	}
	for _, ext := range []string{"epub", "html", "pdf"} {
		book, files := bag{}, []string(nil)
		if files, _ = filepath.Glob(filepath.Join(out, "*."+ext)); len(files) != 1 {
			t.Fatalf("%d files of format %s", len(files), ext)
		}
		switch ext {
		case "epub":
			book.epubWords(t, files[0])
		case "html":
			book.htmlWords(t, files[0])
		case "pdf":
			book.pdfWords(t, files[0])
		}
		missing := compareBags(source, book, places)
		t.Logf("%s as %s: %d words, %d missing", dir, ext, total, len(missing))
		for i, m := range missing {
			if i == 60 {
				t.Errorf("%s: and %d more", ext, len(missing)-i)
				break
			}
			t.Errorf("%s: %s", ext, m)
		}
	}
}

// compareBags names the words that stand in the notes more often than in the book, with their places. Rare words come first:
// they are most likely lost themselves.
func compareBags(source, book bag, places []wordPlace) []string {
	type loss struct {
		word string
		n    int
	}
	var losses []loss
	for w, n := range source {
		if n > book[w] {
			losses = append(losses, loss{w, n})
		}
	}
	slices.SortFunc(losses, func(a, b loss) int { return cmp.Or(cmp.Compare(a.n, b.n), strings.Compare(a.word, b.word)) })
	var out []string
	for _, l := range losses {
		at := ""
		for _, p := range places {
			if p.word == l.word && len(at) < 160 {
				at += fmt.Sprintf(" %s:%d", p.file, p.line)
			}
		}
		out = append(out, fmt.Sprintf("%q: %d in the notes, %d in the book;%s", l.word, l.n, book[l.word], at))
	}
	return out
}

// TestNoWordIsLost compares the words of the bundled notes with those of their books.
func TestNoWordIsLost(t *testing.T) { checkWords(t, "../../notes/events") }

// TestNoWordOfCollectionsIsLost does the same for the folders that EVBOOK_COLLECTIONS lists, as PATH lists folders: make
// collections DIR=... It does nothing without them.
func TestNoWordOfCollectionsIsLost(t *testing.T) {
	value := os.Getenv("EVBOOK_COLLECTIONS")
	for _, dir := range filepath.SplitList(value) {
		t.Run(filepath.Base(dir), func(t *testing.T) { checkWords(t, dir) })
	}
}

// TestPdftotextFindsTheWords asks another program for the words of the bundled book.
func TestPdftotextFindsTheWords(t *testing.T) {
	out, err := exec.Command(needTool(t, "pdftotext"), "-raw", "-enc", "UTF-8", bundled(t, "event-notes.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	// A word may be divided at the end of a line: then it is looked for without what divides it.
	bare := func(s string) string {
		return squeeze(strings.ToLower(strings.NewReplacer("[", "", "]", "", "*", "", "_", "", "~", "", "`", "", `\\`, "").Replace(s)))
	}
	text, whole := bare(regexp.MustCompile(`[-‐]\n`).ReplaceAllString(string(out), "")), bare(string(out))
	err = fs.WalkDir(notes.Bundled(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".md" {
			return err
		}
		data, err := fs.ReadFile(notes.Bundled(), p)
		bag{}.sourceWords(string(data), func(w string, line int) {
			if w = squeeze(w); !strings.Contains(text, w) && !strings.Contains(whole, w) {
				t.Errorf("%s:%d: pdftotext does not find %q", p, line, w)
			}
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoWordOfTheFixturesIsLost compares the words of folders that hold every construct.
func TestNoWordOfTheFixturesIsLost(t *testing.T) {
	for _, name := range []string{"anyfolder", "conference"} {
		t.Run(name, func(t *testing.T) {
			a, err := txtar.ParseFile("../../notes/testdata/" + name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := txtar.Write(a, dir); err != nil {
				t.Fatal(err)
			}
			checkWords(t, dir)
		})
	}
}

// TestLostWordsAreNamed shows that the comparison finds what is missing, and that the crude reading of a note holds its words.
func TestLostWordsAreNamed(t *testing.T) {
	note := "---\ntitle: front\n---\n# One *tw*o\n\n[text](address.md \"x\") ![alt](pic.png) [[page|label]] Vec<Type> <b>bold</b>er &eacute;t\u00ADé[^note]\n\n" +
		"```go\nfunc_a() // ![kept](x)\n```\n\n- [ ] task <!-- gone\ngone --> {% raw %} 日本\n[ref]: https://example.org/\n"
	source := bag{}
	var places []wordPlace
	source.sourceWords(note, func(w string, line int) { places = append(places, wordPlace{w, "a.md", line}) })
	want := []string{"one", "two", "text", "label", "vec", "type", "bolder", "été", "go", "funca", "kept", "x", "task", "日", "本"}
	for _, w := range want {
		if w != "go" && source[w] != 1 {
			t.Errorf("%q is counted %d times", w, source[w])
		}
	}
	if len(source) != len(want)-1 {
		t.Errorf("got %v", source)
	}
	book := bag{}
	book.addWords("one two text vec type bolder été func_a kept x kept task 本", nil)
	got := compareBags(source, book, places)
	if len(got) != 2 || !strings.Contains(got[0], `"label": 1 in the notes, 0 in the book; a.md:6`) || !strings.Contains(got[1], `"日"`) {
		t.Errorf("got %q", got)
	}
}
