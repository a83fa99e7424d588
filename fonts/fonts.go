// Package fonts holds the typefaces of evbook's pages: families, faces, and the chain of families that a character falls
// back to. The embedded families are TrueType builds under the SIL Open Font License; each folder below data holds its
// licence.
//
// The package knows files and names only. Shaping and glyph metrics are the business of package shape.
package fonts

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The embedded families.
const (
	Serif = "Source Serif 4"
	Sans  = "Source Sans 3"
	Mono  = "Source Code Pro"
	// Math has arrows, mathematical operators and alphabets.
	Math  = "Noto Sans Math"
	Signs = "Noto Sans Symbols 2"
	More  = "Noto Sans Symbols"
	Emoji = "Noto Emoji"
	// The families of scripts that the text families lack. Chinese has kana and the ideographs of Japanese, too.
	Arabic     = "Amiri"
	Chinese    = "Noto Sans SC"
	Devanagari = "Noto Serif Devanagari"
	Hebrew     = "Noto Serif Hebrew"
	Korean     = "Noto Sans KR"
	Thai       = "Noto Sans Thai"
)

// The weights that the embedded families have, in the units of CSS and OpenType (usWeightClass).
const (
	Regular  = 400
	SemiBold = 600
	Bold     = 700
)

//go:embed data
var embedded embed.FS

var families = []struct{ dir, name string }{
	{"Amiri", Arabic}, {"NotoEmoji", Emoji}, {"NotoSansKR", Korean}, {"NotoSansMath", Math}, {"NotoSansSC", Chinese},
	{"NotoSansSymbols", More}, {"NotoSansSymbols2", Signs}, {"NotoSansThai", Thai}, {"NotoSerifDevanagari", Devanagari},
	{"NotoSerifHebrew", Hebrew},
	{"SourceCodePro", Mono}, {"SourceSans3", Sans}, {"SourceSerif4", Serif},
}

// Face is one font file of a family. Faces are immutable and safe for concurrent use.
type Face struct {
	Family string
	Weight int // 100–900
	Italic bool

	// Both are made when they are asked for: most books need few of the embedded faces.
	id   func() string
	data func() []byte
}

// Data returns the TrueType file. Callers must not change it.
func (f *Face) Data() []byte { return f.data() }

// ID is a name that two faces share only if their files are the same. It has ASCII letters and digits only.
func (f *Face) ID() string { return f.id() }

// String names the face for messages.
func (f *Face) String() string {
	s := f.Family + " " + strconv.Itoa(f.Weight)
	if f.Italic {
		s += " italic"
	}
	return s
}

// NewFace makes a face of a TrueType file that the caller keeps unchanged.
func NewFace(family string, weight int, italic bool, data []byte) *Face {
	id := sync.OnceValue(func() string { return identify(data) })
	return &Face{Family: family, Weight: weight, Italic: italic, data: func() []byte { return data }, id: id}
}

func identify(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

// bundledFace makes a face of an embedded file, which may be compressed. Its name is as good as its bytes: the program has no other
// file of that name.
func bundledFace(family string, weight int, italic bool, name string, packed bool) *Face {
	out := &Face{Family: family, Weight: weight, Italic: italic, id: sync.OnceValue(func() string { return identify([]byte(name)) })}
	raw := sync.OnceValue(func() []byte {
		file, err := embedded.ReadFile(name)
		if err != nil {
			panic(err) // the folder is embedded at build time
		}
		return file
	})
	if out.data = raw; !packed {
		return out
	}
	out.data = sync.OnceValue(func() []byte {
		r, err := gzip.NewReader(bytes.NewReader(raw()))
		if err != nil {
			panic(err) // the file is embedded at build time, and a test reads it
		}
		data, err := io.ReadAll(r)
		if err != nil {
			panic(err)
		}
		return data
	})
	return out
}

// Set is a collection of faces with a fallback chain. A Set is safe for concurrent use once it is filled.
type Set struct {
	faces    []*Face
	fallback []string
}

// Bundled returns the embedded faces. Their fallback chain is the three text families, then mathematical signs and
// arrows, other symbols, and monochrome emoji. The same set is returned on every call.
var Bundled = sync.OnceValue(func() *Set {
	s := &Set{fallback: []string{Serif, Sans, Mono, Math, Signs, More, Emoji}}
	for _, fam := range families {
		dir := path.Join("data", fam.dir)
		entries, err := fs.ReadDir(embedded, dir)
		if err != nil {
			panic(err) // the folder is embedded at build time
		}
		for _, e := range entries {
			style, packed := strings.CutSuffix(e.Name(), ".gz")
			style, ok := strings.CutSuffix(style, ".ttf")
			if !ok {
				continue
			}
			_, style, _ = strings.Cut(style, "-")
			num, italic := strings.CutSuffix(style, "i")
			weight, err := strconv.Atoi(num)
			if err != nil {
				panic(fmt.Sprintf("fonts: embedded file %s: name does not end in its weight", e.Name()))
			}
			s.Add(bundledFace(fam.name, weight, italic, path.Join(dir, e.Name()), packed))
		}
	}
	return s
})

// Add adds a face. It must not be called while the set is in use.
func (s *Set) Add(f *Face) { s.faces = append(s.faces, f) }

// Face returns the face of a family that is nearest to the weight, or nil if the family is not in the set or has no face
// of the wanted slope: italics and weights are never synthesised.
func (s *Set) Face(family string, weight int, italic bool) *Face {
	var best *Face
	for _, f := range s.faces {
		if strings.EqualFold(f.Family, family) && f.Italic == italic && (best == nil || distance(f, weight) < distance(best, weight)) {
			best = f
		}
	}
	return best
}

func distance(f *Face, weight int) int { return max(f.Weight-weight, weight-f.Weight) }

// Families returns the names of the families, sorted.
func (s *Set) Families() []string {
	var names []string
	for _, f := range s.faces {
		names = append(names, f.Family)
	}
	slices.SortFunc(names, cmp.Compare)
	return slices.Compact(names)
}

// Fallback returns the families to try, in order, for a character that the wanted face does not have.
func (s *Set) Fallback() []string { return s.fallback }

// scriptFamilies are the families for scripts (ISO 15924) that the text families do not have.
var scriptFamilies = map[string][]string{
	"Arab": {Arabic}, "Hebr": {Hebrew}, "Deva": {Devanagari}, "Thai": {Thai},
	"Hani": {Chinese}, "Hira": {Chinese}, "Kana": {Chinese}, "Bopo": {Chinese}, "Hang": {Korean, Chinese},
}

// ForScript returns those families of the set, in order, that were made for a script (ISO 15924), if the fallback chain is
// not enough for it.
func (s *Set) ForScript(script string) []string {
	var out []string
	for _, family := range scriptFamilies[script] {
		if s.Face(family, Regular, false) != nil {
			out = append(out, family)
		}
	}
	return out
}
