package notes_test

import (
	"strings"
	"testing"

	"github.com/evbook/evbook/notes"
	"github.com/evbook/evbook/notes/tree"
)

// TestSitesOfGenerators: links and images are found as the site that Hugo, Jekyll or Docusaurus makes of the notes has them.
func TestSitesOfGenerators(t *testing.T) {
	for _, tt := range []struct{ text, target string }{
		{"[x](/b/c/)", "content-en-b-c"},
		{"[x](/b/c/#part)", "content-en-b-c--part"},
		{"[x](/B/C)", "content-en-b-c"},
		{"[x](../b/c/)", "content-en-b-c"},
		{"[x](/only/german/)", "content-de-only-german"},
		{"[x]({% link content/en/b/c.md %}#part)", "content-en-b-c--part"},
		{"[x]({% link content/en/b/c.md %} \"title\")", "content-en-b-c"},
		{"[x]({{ site.baseurl }}{% link content/en/b/c.md %})", "content-en-b-c"},
		{"[x]({{site.baseurl}}/b/c/)", "content-en-b-c"},
		{"[x]({{ '/b/c/' | relative_url }})", "content-en-b-c"},
		{`[x]({{< relref "b/c.md" >}})`, "content-en-b-c"},
		{`[x]({{% ref "/b/c" %}}#part)`, "content-en-b-c--part"},
	} {
		fsys := files("content/en/a.md", "# A\n\n"+tt.text+" and `"+tt.text+"`\n", "content/en/b/c.md", "# C\n\n## Part\n\nText.\n", "content/de/b/c.md", "# C\n\n## Part\n\nText.\n",
			"content/de/only/german.md", "# G\n\nText.\n")
		book, seen := load(t, fsys, notes.Options{})
		var got, code string
		for n := range tree.All(book) {
			switch n := n.(type) {
			case *tree.Link:
				got = n.Target
			case *tree.Code:
				code = n.Text
			}
		}
		if got != tt.target || len(seen) > 0 || code != tt.text {
			t.Errorf("%s leads to %q, want %q; code %q, %v", tt.text, got, tt.target, code, seen)
		}
	}
	for image, file := range map[string]string{"/img/p.png": "static/img/p.png", "{{ site.baseurl }}/img/p.png": "static/img/p.png", "/q.png": "content/q.png"} {
		book, seen := load(t, files("content/en/a.md", "# A\n\nA ![p]("+image+")\n", file, "x"), notes.Options{})
		for n := range tree.All(book) {
			if img, ok := n.(*tree.Image); ok && img.Path == file {
				file = ""
			}
		}
		if file != "" || len(seen) > 0 {
			t.Errorf("%s is not found: %v", image, seen)
		}
	}
}

// TestNamesThatAreNoText: a file whose name is not UTF-8 is named with what can be shown of it, and the others are built.
func TestNamesThatAreNoText(t *testing.T) {
	book, seen := load(t, files("a.md", "# A\n\nText.\n", "lat\xe9n.md", "# L\n\nText.\n"), notes.Options{})
	if len(seen) != 1 || seen[0].Code != notes.CodeUnreadable || seen[0].Pos.File != "lat\uFFFDn.md" || !strings.Contains(seen[0].Message, "not UTF-8") {
		t.Errorf("reported: %v", seen)
	}
	if len(book.Events) != 1 {
		t.Errorf("%d events", len(book.Events))
	}
}

// TestHintsNameWhatIsAlike: a name of one letter is not taken for the folder that the note lies in.
func TestHintsNameWhatIsAlike(t *testing.T) {
	_, seen := load(t, files("content/configuration/a.md", "# A\n\n[x](g)\n", "content/configuration/README.md", "# C\n\nText.\n", "content/b.md", "# B\n\nText.\n"), notes.Options{})
	if len(seen) != 1 || len(seen[0].Hints) != 0 {
		t.Errorf("got %v", seen)
	}
}
