package words

import "testing"

func TestLinkLabels(t *testing.T) {
	for _, test := range []struct{ lang, label, want string }{
		{"en", "Slides", "Slides"}, {"en", "Video, archived", "Video, archived"},
		{"de", "Slides", "Folien"}, {"de-AT", "Slides, archived", "Folien, archiviert"}, {"fr", "Archived", "Archivé"},
		{"de", "Handout", "Handout"}, {"de", "Handout, archived", "Handout, archiviert"}, {"sv", "Slides", "Slides"},
	} {
		if got := For(test.lang).LinkLabel(test.label); got != test.want {
			t.Errorf("%s: %s is %s, want %s", test.lang, test.label, got, test.want)
		}
	}
}
