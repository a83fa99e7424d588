package fonts_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/evbook/evbook/fonts"
)

func TestBundledFamiliesHaveTheirFaces(t *testing.T) {
	set := fonts.Bundled()
	for _, family := range []string{fonts.Serif, fonts.Sans, fonts.Mono} {
		for _, weight := range []int{fonts.Regular, fonts.SemiBold, fonts.Bold} {
			for _, italic := range []bool{false, true} {
				f := set.Face(family, weight, italic)
				if f == nil || f.Weight != weight || f.Italic != italic || f.Family != family {
					t.Errorf("%s %d italic=%v: got %v", family, weight, italic, f)
				}
			}
		}
	}
	if f := set.Face("source serif 4", 500, false); f == nil || f.Weight == fonts.Bold {
		t.Errorf("the nearest weight to 500 of a family in other case: got %v", f)
	}
	if f := set.Face(fonts.Emoji, fonts.Regular, true); f != nil {
		t.Errorf("got %v: an italic must not be made up", f)
	}
	if f := set.Face("Comic Sans MS", fonts.Regular, false); f != nil {
		t.Errorf("got %v for a family that is not there", f)
	}
	for _, name := range set.Fallback() {
		if set.Face(name, fonts.Regular, false) == nil {
			t.Errorf("fallback family %s has no face", name)
		}
	}
}

func TestFaceIDs(t *testing.T) {
	seen := map[string]string{}
	for _, family := range fonts.Bundled().Families() {
		for _, weight := range []int{400, 600, 700} {
			if f := fonts.Bundled().Face(family, weight, false); f != nil && f.Weight == weight {
				if other, ok := seen[f.ID()]; ok {
					t.Errorf("%v and %s have the same id", f, other)
				}
				seen[f.ID()] = f.String()
			}
		}
	}
	a, b := fonts.NewFace("X", 400, false, []byte("same")), fonts.NewFace("Y", 700, true, []byte("same"))
	if a.ID() != b.ID() {
		t.Error("equal files have different ids")
	}
}

func TestEveryFontFolderHasItsLicence(t *testing.T) {
	err := fs.WalkDir(os.DirFS("data"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(strings.TrimSuffix(name, ".gz"), ".ttf") {
			return err
		}
		text, err := os.ReadFile(path.Join("data", path.Dir(name), "OFL.txt"))
		if err != nil || !strings.Contains(string(text), "SIL Open Font License, Version 1.1") {
			t.Errorf("%s: no OFL.txt with the licence beside it: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryBundledFaceIsATrueTypeFile(t *testing.T) {
	set := fonts.Bundled()
	for _, family := range set.Families() {
		for _, weight := range []int{400, 600, 700} {
			f := set.Face(family, weight, false)
			if data := f.Data(); len(data) < 1000 || string(data[:4]) != "\x00\x01\x00\x00" {
				t.Errorf("%v is no TrueType file", f)
			}
		}
	}
}

func TestFamiliesOfScripts(t *testing.T) {
	set := fonts.Bundled()
	for _, script := range []string{"Arab", "Hebr", "Deva", "Thai", "Hani", "Hira", "Kana", "Hang"} {
		if len(set.ForScript(script)) == 0 {
			t.Errorf("no family for %s", script)
		}
	}
	if f := set.ForScript("Latn"); f != nil {
		t.Errorf("Latin needs no family of its own, got %v", f)
	}
	if f := new(fonts.Set).ForScript("Hebr"); f != nil {
		t.Errorf("an empty set has %v", f)
	}
}
