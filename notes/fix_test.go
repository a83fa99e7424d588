package notes

import (
	"strings"
	"testing"
)

func TestFix(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"clean notes stay", "---\ntitle: \"Vim: the good parts\"\ndate: 2012-07-20\nspeakers: [Ann Lee, Bo Ek]\nslides: https://x.org/a\n---\nText tbd www.x.org 2012/07/20\r", ""},
		{"byte order mark", "\uFEFF# Talk\n", "# Talk\n"},
		{"one kind of line ends stays", "# Talk\r\n\r\nText\r\n", ""},
		{"two kinds of line ends", "# Talk\r\n\nText\r\n", "# Talk\n\nText\n"},
		{"colon", "---\ntitle: Vim: the good parts\n---\n", "---\ntitle: \"Vim: the good parts\"\n---\n"},
		{"colon and quotes", "---\ntitle: Vim: \"the\" good isn't\n---\n", "---\ntitle: 'Vim: \"the\" good isn''t'\n---\n"},
		{"YAML that quotes do not mend", "---\ntitle: Vim: the good parts\ntags: [a, b\n---\n", ""},
		{"days", "---\ndate: 2012/07/20\nstart: \"July 17, 2012\"\n---\n", "---\ndate: 2012-07-20\nstart: 2012-07-17\n---\n"},
		{"a time beside the day", "---\ndate: 2012/07/20 09:30\n---\n", ""},
		{"a doubtful day", "---\ndate: 07/08/2012\n---\n", ""},
		{"time of day", "---\nstart: 09:30\n---\n", ""},
		{"addresses", "---\nsite: www.x.org/a (with snippets)\nslides: 'x.org/b'\n---\n", "---\nsite: http://www.x.org/a (with snippets)\nslides: 'http://x.org/b'\n---\n"},
		{"addresses in lists", "---\nlinks:\n  - label: Code\n    url: x.org/c\n  - url: http://x.org/d\nvideo:\n  - x.org/e\n---\n", "---\nlinks:\n  - label: Code\n    url: http://x.org/c\n  - url: http://x.org/d\nvideo:\n  - http://x.org/e\n---\n"},
		{"a file is no address", "---\nslides: slides.pdf\n---\n", ""},
		{"speakers", "---\nspeaker: Ann Lee, Bo Ek and Jörg O'Hara\n---\n", "---\nspeakers: [Ann Lee, Bo Ek, \"Jörg O'Hara\"]\n---\n"},
		{"one speaker", "---\nspeaker: Ann Lee\n---\n", ""},
		{"a speaker and a company", "---\nspeaker: Ann Lee, Acme\n---\n", ""},
		{"a speaker and others", "---\nspeakers: Ann Lee, Bo Ek, &c.\n---\n", ""},
		{"placeholders", "---\ntitle: Todo\nslides: TBD\nvenue: tbd\nspeaker: tba\n---\nText\n", "---\ntitle: Todo\nvenue: tbd\n---\nText\n"},
		{"values that go on", "---\nspeakers: Ann Lee,\n  Bo Ek\nslides: >\n  www.x.org\ndescription: |\n  url: x.org/a\n  date: 2012/07/20\n---\n", ""},
		{"comments", "---\ndate: 2012/07/20 # or so\n---\n", ""},
		{"a rule is no front matter", "---\n\ndate: 2012/07/20\n", ""},
		{"no line end at the end", "\uFEFFText", "Text"},
		{"empty", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fixes := Fix("a.md", []byte(tt.in))
			got := string(ApplyFixes([]byte(tt.in), fixes))
			want := tt.want
			if want == "" {
				want = tt.in
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if (got == tt.in) != (len(fixes) == 0) {
				t.Errorf("%d fixes, but changed: %v", len(fixes), got != tt.in)
			}
			if again := Fix("a.md", []byte(got)); len(again) > 0 {
				t.Errorf("a second time it changes %+v", again)
			}
			for _, f := range fixes {
				if len(f.Why) == 0 {
					t.Errorf("no reason for line %d", f.Line)
				}
			}
		})
	}
}

func FuzzFix(f *testing.F) {
	for _, s := range []string{"---\ntitle: a: b\nspeaker: A B, C D\nsite: x.org\ndate: 2012/1/2\n---\n\r\nx", "\uFEFF---\nlinks:\n - x.org: y\n...\n", "---\nslides: \"'\n---", "---\nslides: \" \"\n---"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := ApplyFixes([]byte(in), Fix("a.md", []byte(in)))
		if again := Fix("a.md", got); len(again) > 0 {
			t.Errorf("not settled: %q\nbecomes %q\nthen %+v", in, got, again)
		}
		if _, body, ok := strings.Cut(in, "\n---\n"); ok && strings.HasPrefix(in, "---\n") && !strings.Contains(body, "\r") && !strings.HasSuffix(string(got), body) {
			t.Errorf("the text was touched: %q becomes %q", in, got)
		}
	})
}
