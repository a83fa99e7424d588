package shape_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
)

// shelf writes bundled faces into a folder.
func shelf(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func data(family string, weight int, italic bool) []byte {
	return fonts.Bundled().Face(family, weight, italic).Data()
}

// collection puts a font file into a TrueType collection of one.
func collection(file []byte) []byte {
	const header = 16
	out := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), file...)
	n := int(binary.BigEndian.Uint16(file[4:]))
	for i := range n {
		at := header + 12 + 16*i + 8
		binary.BigEndian.PutUint32(out[at:], binary.BigEndian.Uint32(out[at:])+header)
	}
	return out
}

func TestLibrary(t *testing.T) {
	restricted := append([]byte(nil), data(fonts.Serif, 700, false)...)
	for i := range int(binary.BigEndian.Uint16(restricted[4:])) {
		if rec := restricted[12+16*i:]; string(rec[:4]) == "OS/2" {
			binary.BigEndian.PutUint16(restricted[binary.BigEndian.Uint32(rec[8:])+8:], 2)
		}
	}
	dir := shelf(t, map[string][]byte{
		"a/serif.ttf":      data(fonts.Serif, 400, false),
		"a/italic.TTF":     data(fonts.Serif, 400, true),
		"b/sans.ttf":       data(fonts.Sans, 400, false),
		"b/semibold.ttf":   data(fonts.Sans, 600, false),
		"b/emoji.ttc":      collection(data(fonts.Emoji, 400, false)),
		"b/restricted.ttf": restricted,
		"c/damaged.ttf":    data(fonts.Sans, 700, false)[:5000],
		"c/notes.txt":      []byte("no font"),
		"c/empty.ttf":      nil,
	})
	l := shape.NewLibrary(filepath.Join(dir, "nowhere"), dir)
	face := func(family string, weight int, italic bool) *fonts.Face {
		return fonts.Bundled().Face(family, weight, italic)
	}
	for _, test := range []struct {
		name, text string
		like       *fonts.Face
		want       string
	}{
		{"the same genus", "мир", face(fonts.Serif, 400, false), "Source Serif 4 400"},
		{"the same slope", "мир", face(fonts.Serif, 400, true), "Source Serif 4 400 italic"},
		{"the nearest weight", "мир", face(fonts.Sans, 700, false), "Source Sans 3 600"},
		{"not the one that forbids it", "мир", face(fonts.Serif, 700, false), "Source Serif 4 400"},
		{"a collection", "👍🏽 👩\u200D💻", face(fonts.Serif, 400, false), "Noto Emoji 400"},
		{"nothing has it", "漢", face(fonts.Serif, 400, false), ""},
		{"nothing has both", "a👍", face(fonts.Serif, 400, false), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			f := l.Find(test.text, test.like)
			if f != nil {
				got = f.Face().String()
				if glyphs := f.Shape(test.text, shape.Options{}); len(glyphs) == 0 || glyphs[0].ID == 0 {
					t.Errorf("%s shapes %q to %v", got, test.text, glyphs)
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if l.Find(test.text, test.like) != f {
				t.Error("the second answer is another one")
			}
		})
	}
}
