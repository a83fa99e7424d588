package notes

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitNames(t *testing.T) {
	tests := []struct{ in, want, others string }{
		{"Ann Lee", "Ann Lee", ""},
		{"Ann Lee, Bob Ray and Cy Dee", "Ann Lee|Bob Ray|Cy Dee", ""},
		{"Ann Lee, Bob Ray, and Cy Dee", "Ann Lee|Bob Ray|Cy Dee", ""},
		{"Ann Lee & Bob Ray", "Ann Lee|Bob Ray", ""},
		{"Ann Lee et Bob Ray; Cy Dee und Di Eff", "Ann Lee|Bob Ray|Cy Dee|Di Eff", ""},
		{"Tony Miu, Anthony Lai, &c;", "Tony Miu|Anthony Lai", "&c"},
		{"Ann Lee et al.", "Ann Lee", "et al."},
		{"Ann Lee (Acme, Inc.), Bob Ray", "Ann Lee (Acme, Inc.)|Bob Ray", ""},
		{"Martin King, Jr., Ann Lee", "Martin King, Jr.|Ann Lee", ""},
		{"Anders Sandor, Roland Anderson", "Anders Sandor|Roland Anderson", ""},
		{"  Ann\n Lee ", "Ann Lee", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		names, others := splitNames(tt.in, nameJoint)
		if got := strings.Join(names, "|"); got != tt.want || strings.TrimRight(others, ";") != tt.others {
			t.Errorf("splitNames(%q) = %q and %q, want %q and %q", tt.in, got, others, tt.want, tt.others)
		}
	}
}

func TestJoinAffiliations(t *testing.T) {
	for in, want := range map[string]string{
		"Ann Lee, Acme":               "Ann Lee (Acme)",
		"Ann Lee, Bob Ray":            "Ann Lee|Bob Ray",
		"Plato, Socrates":             "Plato|Socrates",
		"Ann Lee, Acme, Bob Ray, Bit": "Ann Lee (Acme)|Bob Ray (Bit)",
	} {
		names, _ := splitNames(in, nameJoint)
		if got := strings.Join(joinAffiliations(names), "|"); got != want {
			t.Errorf("joinAffiliations(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSortName(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Łukasz Langa", "Langa, Łukasz"},
		{"Guido van Rossum", "Rossum, Guido van"},
		{"Ludwig Mies van der Rohe", "Rohe, Ludwig Mies van der"},
		{"Martin Van Buren", "Van Buren, Martin"},
		{"Martin Luther King, Jr.", "King, Martin Luther, Jr."},
		{"Sammy Davis Jr.", "Davis, Sammy, Jr."},
		{"VM Brasseur", "Brasseur, VM"},
		{"Jacob Kaplan-Moss", "Kaplan-Moss, Jacob"},
		{"Plato", "Plato"},
		{"@xof", "@xof"},
		{"山田 太郎", "山田 太郎"},
		{"bell hooks", "hooks, bell"},
		{"The evbook authors", "evbook authors, The"},
		{"Django core team", "Django core team"},
		{"Ann Lee (Acme)", "Lee, Ann"},
		{"Ольга Иванова", "Иванова, Ольга"},
	}
	for _, tt := range tests {
		if got := sortName(tt.in); got != tt.want {
			t.Errorf("sortName(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestPersonIsTheSameEverywhere(t *testing.T) {
	if a, b := person("Łukasz  Langa", ""), person("Łukasz Langa (Facebook)", "spk"); a.ID != b.ID || a.ID != "person--lukasz-langa" {
		t.Errorf("got ids %q and %q", a.ID, b.ID)
	}
}

func TestNaturalOrder(t *testing.T) {
	want := []string{"00-a.md", "1.md", "1-a.md", "2.md", "02b.md", "10.md", "99999999999999999999.md", "100000000000000000000.md", "a.md", "a-b.md", "a_c.md", "aa.md", "B.md", "é.md"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, naturalCompare)
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestPrettyName(t *testing.T) {
	tests := []struct{ in, want string }{
		{"01-getting_started.md", "Getting started"},
		{"a/b/why-go.markdown", "Why go"},
		{"2012-oscon", "2012 oscon"},
		{"2013", "2013"},
		{"7.md", "7"},
		{"3 Things.md", "Things"},
		{"iOS.md", "iOS"},
		{"v1.2-notes", "V1.2 notes"},
		{"---", "---"},
		{"über_uns.md", "Über uns"},
	}
	for _, tt := range tests {
		if got := prettyName(tt.in); got != tt.want {
			t.Errorf("prettyName(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestParseDay(t *testing.T) {
	for in, want := range map[string]string{
		"2012-07-20": "2012-07-20 ", "2012-07-20T09:30:00Z": "2012-07-20 09:30", "2012-07-20 14:05": "2012-07-20 14:05",
		"2012-07-20T00:00:00+02:00": "2012-07-20 ", "20 July 2012": "2012-07-20 ", "July 20, 2012": "2012-07-20 ", "2012/07/20": "2012-07-20 ",
		"2012-7-2": "2012-07-02 ", "01/02/2012": "", "2012-02-30": "", "2012": "", "July 2012": "", "": "", "0000-01-01": "",
	} {
		d, c, ok := parseDay(in)
		got := ""
		if ok {
			got = d.String() + " " + string(c)
		}
		if got != want {
			t.Errorf("parseDay(%q) = %q, want %q", in, got, want)
		}
	}
}
