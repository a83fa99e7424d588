package shape

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/fontscan"

	"github.com/evbook/evbook/fonts"
)

// Library finds fonts in folders of the machine for characters that the book's own fonts lack. It takes static TrueType
// fonts, alone or in collections, whose licence bits (OS/2 fsType) allow them to be embedded as subsets. A Library is safe
// for concurrent use; its folders are read when something is looked for the first time.
//
// What a machine has differs from machine to machine, and so may a book that needs a library. For the same files in the same
// folders the choice is always the same.
type Library struct {
	dirs func() []string
	scan func() []*shelved

	lock  sync.Mutex
	found map[request]*Font
}

type request struct {
	text   string
	like   string
	weight int
	italic bool
}

// shelved is a face in a folder.
type shelved struct {
	path   string
	index  int // in its collection
	family string
	weight int
	italic bool
	cmap   font.Cmap
}

// NewLibrary returns the library of the fonts in some folders and the folders below them. Those of the first folder come
// before those of the second. Folders that do not exist are empty.
func NewLibrary(dirs ...string) *Library {
	return LazyLibrary(func() []string { return dirs })
}

// LazyLibrary is [NewLibrary] for folders that are asked for when something is looked for.
func LazyLibrary(dirs func() []string) *Library {
	l := &Library{dirs: dirs, found: map[request]*Font{}}
	l.scan = sync.OnceValue(l.read)
	return l
}

// SystemFolders returns the folders in which the operating system keeps fonts.
func SystemFolders() []string {
	dirs, err := fontscan.DefaultFontDirectories(silent{})
	if err != nil {
		return nil // there are none
	}
	return dirs
}

type silent struct{}

func (silent) Printf(string, ...any) {}

// Find returns the font that suits like best among those that have all characters of the text, nil if there is none: one of
// the same slope and of the nearest weight, whose name says serif, sans or mono as like's does.
func (l *Library) Find(text string, like *fonts.Face) *Font {
	req := request{text, like.Family, like.Weight, like.Italic}
	l.lock.Lock()
	defer l.lock.Unlock()
	if f, ok := l.found[req]; ok {
		return f
	}
	var runes []rune
	for _, r := range text {
		if !isSpace(r) && !ignorable(r) && !slices.Contains(runes, r) {
			runes = append(runes, r)
		}
	}
	var fit []*shelved
	for _, s := range l.scan() {
		if !slices.ContainsFunc(runes, func(r rune) bool { g, ok := s.cmap.Lookup(r); return !ok || g == 0 }) {
			fit = append(fit, s)
		}
	}
	slices.SortStableFunc(fit, func(a, b *shelved) int { return a.distance(like) - b.distance(like) })
	var out *Font
	for _, s := range fit {
		if out = s.load(); out != nil && (len(runes) == 0 || out.Has(runes[0])) {
			break
		}
		out = nil
	}
	l.found[req] = out
	return out
}

// Family returns the font of a family that is nearest to the weight, nil if the folders have none of the slope.
func (l *Library) Family(family string, weight int, italic bool) *Font {
	var best []*shelved
	for _, s := range l.scan() {
		if strings.EqualFold(s.family, family) && s.italic == italic {
			best = append(best, s)
		}
	}
	like := &fonts.Face{Family: family, Weight: weight, Italic: italic}
	slices.SortStableFunc(best, func(a, b *shelved) int { return a.distance(like) - b.distance(like) })
	for _, s := range best {
		if f := s.load(); f != nil {
			return f
		}
	}
	return nil
}

// distance says how badly a face suits another.
func (s *shelved) distance(like *fonts.Face) int {
	d := max(s.weight-like.Weight, like.Weight-s.weight)
	if s.italic != like.Italic {
		d += 1000
	}
	if genus(s.family) != genus(like.Family) {
		d += 400
	}
	return d
}

// genus tells the kinds of typefaces apart by their names.
func genus(family string) string {
	name := strings.ToLower(family)
	for _, g := range []string{"mono", "code", "emoji", "sans", "serif"} {
		if strings.Contains(name, g) {
			return strings.Replace(g, "code", "mono", 1)
		}
	}
	return ""
}

// load reads the face. It returns nil for a file that is damaged or has gone.
func (s *shelved) load() *Font {
	file, err := os.ReadFile(s.path)
	if err != nil {
		return nil
	}
	if bytes.HasPrefix(file, []byte("ttcf")) {
		if file = single(file, s.index); file == nil {
			return nil
		}
	}
	f, err := Load(fonts.NewFace(s.family, s.weight, s.italic, file))
	if err != nil {
		return nil
	}
	return f
}

// single makes a file of its own of a face in a collection.
func single(file []byte, index int) []byte {
	loaders, err := opentype.NewLoaders(bytes.NewReader(file))
	if err != nil || index >= len(loaders) {
		return nil
	}
	var all []opentype.Table
	for _, tag := range loaders[index].Tables() {
		content, err := loaders[index].RawTable(tag)
		if err != nil {
			return nil
		}
		all = append(all, opentype.Table{Tag: tag, Content: content})
	}
	slices.SortFunc(all, func(a, b opentype.Table) int { return int(int64(a.Tag) - int64(b.Tag)) })
	return opentype.WriteTTF(all)
}

// read lists the faces of the folders, in the order of their paths.
func (l *Library) read() []*shelved {
	var out []*shelved
	for _, dir := range l.dirs() {
		var files []string
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // a folder that cannot be read has no fonts
			}
			switch strings.ToLower(filepath.Ext(path)) {
			case ".ttf", ".ttc":
				files = append(files, path)
			}
			return nil
		})
		slices.Sort(files)
		for _, path := range files {
			out = append(out, shelve(path)...)
		}
	}
	return out
}

// shelve reads the names and the characters of the faces in a file; damaged and unsuitable ones are passed over.
func shelve(path string) (out []*shelved) {
	defer func() {
		if recover() != nil { // the parser found something that no font has
			out = nil
		}
	}()
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	loaders, err := opentype.NewLoaders(file)
	if err != nil {
		return nil
	}
	for i, ld := range loaders {
		if !suitable(ld) {
			continue
		}
		raw, err := ld.RawTable(opentype.MustNewTag("cmap"))
		if err != nil {
			continue
		}
		table, _, err := tables.ParseCmap(raw)
		if err != nil {
			continue
		}
		cmap, _, err := font.ProcessCmap(table, tables.FPNone)
		if err != nil {
			continue
		}
		desc, _ := font.Describe(ld, nil)
		out = append(out, &shelved{
			path: path, index: i, family: desc.Family, weight: int(desc.Aspect.Weight),
			italic: desc.Aspect.Style == font.StyleItalic, cmap: cmap,
		})
	}
	return out
}

// suitable reports whether a face has TrueType outlines, no variations, the normal width, and the permission to be embedded.
func suitable(ld *opentype.Loader) bool {
	if !ld.HasTable(opentype.MustNewTag("glyf")) || ld.HasTable(opentype.MustNewTag("fvar")) {
		return false
	}
	os2, err := ld.RawTable(opentype.MustNewTag("OS/2"))
	if err != nil || len(os2) < 10 {
		return false
	}
	const (
		normalWidth = 5
		restricted  = 0x0002 // no embedding
		noSubset    = 0x0100
		bitmapOnly  = 0x0200
	)
	width, licence := binary.BigEndian.Uint16(os2[6:]), binary.BigEndian.Uint16(os2[8:])
	return width == normalWidth && licence&(restricted|noSubset|bitmapOnly) == 0
}
