package notes_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/evbook/evbook/notes"
)

// TestRegisterOfSpeakers: aliases are the person who is registered, wherever they are named.
func TestRegisterOfSpeakers(t *testing.T) {
	book, seen := load(t, files(
		"book.yaml", "title: B\nauthors: J. McCollum\nspeakers:\n  - name: Jathan McCollum\n    sort: McCollum, J\n    aliases: [J. McCollum, jathanism]\n    url: https://example.org/j\n  - Ann Lee\n",
		"e/readme.md", "# E\n",
		"e/a.md", "---\nspeakers: [Jathan McCollum, ANN LEE]\n---\nx\n",
		"e/b.md", "---\nspeakers: jathanism (Acme) and Ann Lee\n---\nx\n",
		"e/c.md", "---\nspeakers:\n  - name: J. McCollum\n---\nx\n",
	), notes.Options{})
	var got []string
	ids := map[string]bool{}
	for talk := range book.AllTalks() {
		for _, p := range talk.Speakers {
			got = append(got, fmt.Sprintf("%s/%s/%s", p.Name, p.Sort, p.URL))
			ids[p.ID] = true
		}
	}
	j := "/McCollum, J/https://example.org/j"
	want := "Jathan McCollum" + j + " Ann Lee/Lee, Ann/ Jathan McCollum (Acme)" + j + " Ann Lee/Lee, Ann/ Jathan McCollum" + j
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if len(ids) != 2 {
		t.Errorf("%d ids: %v", len(ids), ids)
	}
	if p := book.Meta.Creators[0]; p.Name != "Jathan McCollum" || p.Role != "aut" {
		t.Errorf("the author is %+v", p)
	}
	if len(seen) > 0 {
		t.Errorf("reports %v", seen)
	}
}

func TestSpeakersSpeltTwoWays(t *testing.T) {
	tests := []struct{ name, register, names, want string }{
		{"accents", "", "Łukasz Langa|Lukasz Langa|Łukasz Langa", "warning e/b.md:2:10 Lukasz Langa is written Łukasz Langa elsewhere"},
		{"a letter", "", "Jathan McCollum|Jonathan Swift|Jathan McColum", "info e/c.md:2:10 Jathan McColum may be the speaker who is called Jathan McCollum elsewhere"},
		{"the rarer is reported", "", "Jathan McColum|Jathan McCollum|Jathan McCollum", "info e/a.md:2:10 Jathan McColum may be the speaker who is called Jathan McCollum elsewhere"},
		{"another order", "", "Ann Lee|Lee Ann", "info e/b.md:2:10 Lee Ann may be the speaker who is called Ann Lee elsewhere"},
		{"an initial", "", "J. McCollum|Jathan McCollum", "info e/b.md:2:10 Jathan McCollum may be the speaker who is called J. McCollum elsewhere"},
		{"near a registered name", "[Jathan McCollum]", "Jathan McColum", "info e/a.md:2:10 Jathan McColum may be the speaker who is called Jathan McCollum elsewhere"},
		{"both registered", "[Jon Smith, John Smith]", "Jon Smith|John Smith", ""},
		{"an alias", "[{name: Łukasz Langa, aliases: [ambv]}]", "Lukasz Langa|ambv", ""},
		{"different people", "", "Ann Lee|Ann Leigh|Bob Lee|Jo Ek|Bo Ek|Alex|Alec|Team 1 Red|Team 2 Red", ""},
		{"the same spelling", "", "Ann Lee|Ann Lee|Ann Lee (Acme)", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := files("e/readme.md", "# E\n")
			if tt.register != "" {
				fsys = files("e/readme.md", "# E\n", "book.yaml", "title: B\nspeakers: "+tt.register+"\n")
			}
			for i, n := range strings.Split(tt.names, "|") {
				fsys[fmt.Sprintf("e/%c.md", 'a'+i)] = files("x", "---\nspeaker: "+n+"\n---\nx\n")["x"]
			}
			_, seen := load(t, fsys, notes.Options{})
			var got []string
			for _, d := range seen {
				got = append(got, fmt.Sprintf("%v %v %s", d.Severity, d.Pos, d.Message))
			}
			if s := strings.Join(got, "\n"); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

func TestTitlesAndEmptySections(t *testing.T) {
	talk := func(head, text string) string { return "---\n" + head + "\n---\n" + text }
	tests := []struct{ name, a, b, want string }{
		{"the same title", talk("title: One", "x"), talk("title: one!", "y"), "title-duplicate e/b.md:2:8"},
		{"on two days", talk("title: One\ndate: 2012-01-01", "x"), talk("title: One\ndate: 2012-01-02", "y"), ""},
		{"by two speakers", talk("title: Keynote\nspeaker: Ann Lee", "x"), talk("title: Keynote\nspeaker: Bo Ek", "y"), ""},
		{"by the same speaker", talk("title: Keynote\nspeaker: Ann Lee", "x"), talk("title: Keynote\nspeaker: Ann Lee and Bo Ek", "y"), "title-duplicate e/b.md:2:8"},
		{"an empty section", "# A\n\n## X\n\n## Y\n\ny", "# B\n\nx\n\n## Z", "section-empty e/a.md:3:1 section-empty e/b.md:5:1"},
		{"headings of two levels", "# A\n\n## X\n\n### Y\n\ny", "# B\n\n> ## Z\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, seen := load(t, files("e/readme.md", "# E\n", "e/a.md", tt.a, "e/b.md", tt.b), notes.Options{})
			var got []string
			for _, d := range seen {
				got = append(got, fmt.Sprintf("%s %v", d.Code, d.Pos))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}
