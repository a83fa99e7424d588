package notes

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/markdown"
)

// FuzzFrontMatter holds for any bytes at the head of a file: no panic, places inside the file, valid text in every value,
// and no text lost: what is no front matter belongs to the body.
func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: A\ndate: 2012-07-20\nspeakers: [A, B]\n---\ntext\n",
		"---\ntitle: Vim: the good parts\nspeakers:\n  - A\n  - B and C\n---\n",
		"+++\ntitle = \"A\"\ndate = 2012-07-20\nx = [1, 2.50]\n[extra]\nk = 'v'\n[[links]]\nurl = 'http://x'\n+++\nbody\n",
		":Speaker: Jane\n:Date: 2012-07-20\n\nbody\n", "---\n- a\n- b\n---\n", "---\na: &x [1, *x]\nb: *x\nc: *nope\n---\n",
		"---\n\n---\n", "---\ntext\n---\nmore\n", "---\ntitle: x\n", "---\r\ntitle: x\r\n---\r\n", "+++\n= \n+++\n",
		"---\nlinks:\n - {label: Slides, url: http://a.b/c, note: n}\n - http://x (y)\nslides: tbd\n---\n",
		"---\n? a\n: b\n!!str c: d\n<<: {e: f}\n---\n", "---\na: |\n  x\n  y\nb: >-\n  z\n---\n", "---\n\ttitle: x\n---\n",
		"---\nstart: 10:30\nend: 2012-13-45\ntime: 10:30 - 11:00\nweight: x\ndraft: maybe\n---\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<14 {
			t.Skip()
		}
		var seen diag.List
		p := readPage(fstest.MapFS{}, "a.md", []byte(s), "en")
		src := markdown.NewSource("a.md", []byte(s), func(diag.Diagnostic) {})
		lines := strings.Split(string(src.Text()), "\n")
		seen = append(seen, p.reports...)
		r := reader{report: func(d diag.Diagnostic) { seen = append(seen, d) }, lang: "en"}
		talk := p.talk(r, "en")
		for _, d := range seen {
			if d.Pos.File != "a.md" || d.Pos.Line < 1 || d.Pos.Line > len(lines) {
				t.Errorf("report %+v is not in a file of %d lines", d, len(lines))
			}
		}
		for _, fact := range talk.Facts {
			if len(fact.Value) == 0 || fact.Label == "" {
				t.Errorf("fact %+v is empty", fact)
			}
		}
		for _, l := range talk.Links {
			if l.URL == "" || strings.ContainsAny(l.URL, " \n") || !utf8.ValidString(l.URL) {
				t.Errorf("link %+v leads nowhere", l)
			}
		}
		for _, sp := range talk.Speakers {
			if sp.Name == "" || sp.ID == "" || sp.Sort == "" {
				t.Errorf("speaker %+v lacks name, id or sort key", sp)
			}
		}
	})
}

func TestFrontMatterIsRead(t *testing.T) {
	tests := []struct {
		name, in string
		want     string // key=value pairs, in order
		body     string
	}{
		{"yaml", "---\ntitle: A\nx: 1.10\n---\nbody\n", "title=A x=1.10", "body\n"},
		{"yaml ended by dots", "---\na: b\n...\nbody", "a=b", "body"},
		{"values of several lines", "---\na: >-\n  one\n  two\nb: [c, 'd']\n---\n", "a=one two b=c, d", ""},
		{"empty", "---\n---\nbody", "", "body"},
		{"keys in any case", "---\nTitle: A\nSPEAKER: B\n---\n", "title=A speaker=B", ""},
		{"a rule is no front matter", "---\n\nJust text.\n\n---\nmore\n", "", "---\n\nJust text.\n\n---\nmore\n"},
		{"a list is no front matter", "---\n- a\n---\n", "", "---\n- a\n---\n"},
		{"toml", "+++\nb = \"x\"\na = 2012-07-20\nn = 1.5\n+++\nbody", "b=x a=2012-07-20 n=1.5", "body"},
		{"toml with tables", "+++\nz = ['a', 'b']\n[extra]\nk = true\n+++\n", "z=a, b extra=k: true", ""},
		{"field list", ":Speaker: Jane Doe\n:Date: 2012-07-20\n\nbody\n", "speaker=Jane Doe date=2012-07-20", "\nbody\n"},
		{"an emoji is no field list", ":tada: we are live\n", "", ":tada: we are live\n"},
		{"anchors", "---\na: &x [1, 2]\nb: *x\n---\n", "a=1, 2 b=1, 2", ""},
		{"windows line ends and a byte order mark", "\uFEFF---\r\ntitle: A\r\n---\r\nbody", "title=A", "body"},
		{"a colon without quotes", "---\ntitle: Vim: it's more\nlinks:\n  - {url: x}\n  - label: A\n    note: b: c\nat: @x\n---\n", "title=Vim: it's more links=url: x, label: A; note: b: c at=@x", ""},
		{"broken yaml is read line by line", "---\ntitle: Vim: more\nx: [\nspeakers:\n  - A\n  - B\n---\n", "title=Vim: more x=[ speakers=A, B", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := markdown.NewSource("a.md", []byte(tt.in), func(diag.Diagnostic) {})
			fields, off := splitFrontMatter(src, func(diag.Diagnostic) {})
			var got []string
			for _, f := range fields {
				got = append(got, f.name+"="+f.value.plain())
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got fields %q, want %q", s, tt.want)
			}
			if body := string(src.Text()[off:]); body != tt.body {
				t.Errorf("got body %q, want %q", body, tt.body)
			}
		})
	}
}
