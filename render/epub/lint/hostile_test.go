package lint_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/epub/lint"
)

func ids(found []lint.Finding) string {
	var all []string
	for _, f := range found {
		all = append(all, f.ID)
	}
	return strings.Join(all, " ")
}

func TestHostileFilesAreFindings(t *testing.T) {
	deep := func(n int) string {
		return page("x", strings.Repeat("<div>", n)+strings.Repeat("</div>", n))
	}
	laughs := `<!DOCTYPE html [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>`
	for _, tt := range []struct {
		name string
		do   func(*book)
		want string
	}{
		{"elements nested too deep", func(b *book) { b.files["EPUB/c2.xhtml"] = deep(5000) }, "EVB-010"},
		{"entities that explode", func(b *book) { b.replace("EPUB/c2.xhtml", "<!DOCTYPE html>", laughs); b.body("<p>&f;</p>") }, "EVB-010"},
		{"an entity of itself", func(b *book) {
			b.replace("EPUB/c2.xhtml", "<!DOCTYPE html>", `<!DOCTYPE html [<!ENTITY a "&a;">]>`)
			b.body("<p>&a;</p>")
		}, "RSC-016"},
		{"a bomb", func(b *book) { b.add("EPUB/big.txt", strings.Repeat("\x00", 3<<20)) }, "EVB-010"},
		{"a huge document", func(b *book) { b.body(strings.Repeat("<p>x</p>", 1<<18)) }, "EVB-010"},
		{"a path upwards", func(b *book) { b.add("../../etc/passwd", "x") }, "EVB-011"},
		{"an absolute path", func(b *book) { b.add("/etc/passwd", "x") }, "EVB-011"},
		{"a checksum that is wrong", func(b *book) {
			b.raw = func(d []byte) []byte {
				return bytes.Replace(d, []byte("mimetypeapplication/epub+zip"), []byte("mimetypeapplication/epub-zip"), 1)
			}
		}, "PKG-008"},
		{"fallbacks in a circle in the spine", func(b *book) {
			b.replace(opf, `<item id="dot" `, `<item id="dot" fallback="drawing2" `)
			b.item(`id="drawing2" href="d.bin" media-type="a/b" fallback="dot"`)
			b.replace(opf, `<itemref idref="c2"/>`, `<itemref idref="c2"/><itemref idref="dot"/>`)
		}, "OPF-045"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := sound(t)
			tt.do(b)
			data := b.bytes()
			start := time.Now()
			found, err := lint.Check(bytes.NewReader(data), int64(len(data)), lint.Options{Limits: lint.Limits{Text: 1 << 20, Total: 3 << 20}})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(ids(found), tt.want) {
				t.Errorf("got %s, want %s among them", ids(found), tt.want)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// TestLyingSizes checks that a file which inflates to more than its header says is not read on.
func TestLyingSizes(t *testing.T) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	f, _ := z.Create("x")
	_, _ = f.Write(bytes.Repeat([]byte("<p>"), 10<<20))
	_ = z.Close()
	r, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		t.Fatal(err)
	}
	h := r.File[0].FileHeader
	raw, err := r.File[0].OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	h.Name, h.UncompressedSize64, h.Flags = "META-INF/container.xml", 100, 0
	out, err := w.CreateRaw(&h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, raw); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	if got := ids(check(t, buf.Bytes())); !strings.Contains(got, "PKG-008") {
		t.Errorf("got %s, want PKG-008", got)
	}
}

func TestManyFindingsAreCounted(t *testing.T) {
	b := sound(t)
	b.body(strings.Repeat("<center>x</center>\n", 300))
	found := check(t, b.bytes())
	if len(found) != 51 {
		t.Fatalf("got %d findings, want 50 and one that counts the rest", len(found))
	}
	if got := found[0].Message; got != "250 more findings of this kind in the file" {
		t.Errorf("got %q", got)
	}
}

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errors.New("disk on fire") }

func TestReadErrorsAreErrors(t *testing.T) {
	if _, err := lint.Check(failing{}, 1000, lint.Options{}); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("got %v", err)
	}
}

func TestPlacesCountCodePoints(t *testing.T) {
	b := sound(t)
	b.body("<p>日本 <font>x</font></p>")
	for _, f := range check(t, b.bytes()) {
		if f.Line != 13 || f.Col != 7 || f.Path != "EPUB/c2.xhtml" {
			t.Errorf("got %v, want EPUB/c2.xhtml:13:7", f)
		}
	}
}

func TestDiagnosticsNameTheNotes(t *testing.T) {
	f := lint.Finding{Severity: lint.Fatal, ID: "RSC-016", Path: "EPUB/a.xhtml", Line: 3, Col: 4, Message: "m"}
	d := f.Diagnostic(nil)
	if d.Severity != diag.Error || d.Code != "epub-rsc-016" || d.Pos != (diag.Pos{File: "EPUB/a.xhtml", Line: 3, Col: 4}) {
		t.Errorf("got %+v", d)
	}
	d = f.Diagnostic(func(lint.Finding) (diag.Pos, bool) { return diag.Pos{File: "a.md", Line: 9}, true })
	if d.Pos.File != "a.md" || len(d.Related) != 1 || d.Related[0].Pos.File != "EPUB/a.xhtml" {
		t.Errorf("got %+v", d)
	}
}

func TestBudgets(t *testing.T) {
	b := sound(t)
	b.body("<p>" + strings.Repeat("long ", 200) + "</p>")
	data := b.bytes()
	found, err := lint.Check(bytes.NewReader(data), int64(len(data)), lint.Options{Budgets: lint.Budgets{Document: 1000, Image: 10, Pixels: 10, Book: 100}})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"EVB-001", "EVB-002", "EVB-003", "EVB-004"} {
		if !strings.Contains(ids(found), id) {
			t.Errorf("%s is missing in %s", id, ids(found))
		}
	}
	if found, _ := lint.Check(bytes.NewReader(data), int64(len(data)), lint.Options{Least: lint.Usage, Budgets: lint.Budgets{Document: 1000}}); len(found) != 0 {
		t.Errorf("information is not asked for: %v", found)
	}
}

// TestSameFindingsWithAnyParallelism compares one file at a time with many.
func TestSameFindingsWithAnyParallelism(t *testing.T) {
	b := sound(t)
	b.body(`<center>x</center><p><a href="none.xhtml">x</a><img src="none.png" alt=""/></p>`)
	b.css(`p { background: url(none.png) }`)
	data := b.bytes()
	var first string
	for _, n := range []int{1, 2, 8} {
		found, err := lint.Check(bytes.NewReader(data), int64(len(data)), lint.Options{Parallel: n})
		if err != nil {
			t.Fatal(err)
		}
		if got := list(found); first == "" {
			first = got
		} else if got != first {
			t.Errorf("with %d at a time:\n%s\nwith one:\n%s", n, got, first)
		}
	}
}

// TestRandomDamageNeverPanics flips bytes of a sound book, in the archive and in the documents before they are packed.
func TestRandomDamageNeverPanics(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	whole := sound(t).bytes()
	for range 300 {
		data := bytes.Clone(whole)
		for range 1 + rng.IntN(8) {
			data[rng.IntN(len(data))] = byte(rng.Uint32())
		}
		check(t, data)
	}
	names := []string{opf, "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/c1.xhtml", "EPUB/c2.xhtml", "EPUB/style.css", "EPUB/img/drawing.svg", "META-INF/container.xml", "EPUB/img/dot.png", "EPUB/cover.jpg"}
	pieces := []string{"<", ">", "&", "\"", "/", "{", "}", "url(", "@", "<!--", "<![CDATA[", "]]>", "<!DOCTYPE x [", "<?x", "\x00", "\xff", "<p>", "</p>", "<svg", "xmlns:", "#", "%", ":", "(", "\\", "'"}
	for range 3000 {
		b := sound(t)
		name := names[rng.IntN(len(names))]
		s := b.files[name]
		for range 1 + rng.IntN(3) {
			i := rng.IntN(len(s))
			j := min(len(s), i+rng.IntN(12))
			s = s[:i] + pieces[rng.IntN(len(pieces))] + s[j:]
		}
		b.files[name] = s
		check(t, b.bytes())
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("<p>x</p>", "p { color: red }")
	f.Add("<table><tr><td/></tr></table><!-- x -->", "@media x { a { b: url(c) } }")
	f.Fuzz(func(t *testing.T, text, style string) {
		b := sound(t)
		b.body(text)
		b.css(style)
		data := b.bytes()
		if _, err := lint.Check(bytes.NewReader(data), int64(len(data)), lint.Options{}); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	t := &testing.T{}
	bk := sound(t)
	var text strings.Builder
	for i := range 200 {
		text.WriteString(`<p class="x">A paragraph with <em>some</em> <a href="https://example.com/">mark-up</a> and text, as long as paragraphs are in notes that people take at an event. Number `)
		text.WriteString(strings.Repeat("x", i%7) + "</p>\n<ul><li>One</li><li>Two</li></ul>\n")
	}
	for i := range 100 {
		name := "c" + strings.Repeat("x", i+3)
		bk.files["EPUB/"+name+".xhtml"] = page("t", text.String())
		bk.item(`id="` + name + `" href="` + name + `.xhtml" media-type="application/xhtml+xml"`)
		bk.replace(opf, `</spine>`, `<itemref idref="`+name+`"/></spine>`)
	}
	data := bk.bytes()
	b.SetBytes(int64(100 * text.Len()))
	for b.Loop() {
		found, err := lint.Check(bytes.NewReader(data), int64(len(data)), lint.Options{})
		if err != nil || len(found) > 0 {
			b.Fatal(found, err)
		}
	}
}
