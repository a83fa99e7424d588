package typeset

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/fonts/shape"
	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/typeset/hyphen"
)

// faces finds and parses the faces of looks. It is safe for concurrent use.
//
// A character that the face of its look lacks is looked for in the fallback families of the font set, in the folders of
// the user, in the set's families for its script, and in the folders of the machine. What is found depends on the
// character and its look only, never on what was set before, so that chapters may be set in any order.
type faces struct {
	set    *fonts.Set
	report diag.Reporter
	user   *shape.Library // nil if there are no such folders
	system *shape.Library

	mu      sync.Mutex
	chains  map[chainKey][]*shape.Font
	more    map[moreKey]*shape.Font
	foreign map[*shape.Font]bool // fonts of the machine
	// strangers says that there are some: every word asks.
	strangers atomic.Bool
	reported  map[string]bool
}

type chainKey struct {
	family string
	weight int
	italic bool
}

// moreKey asks for a font beyond the chain.
type moreKey struct {
	look    chainKey
	cluster string
	script  shape.Script
	emoji   bool
}

// Prepare reads the hyphenation patterns of a language and those faces of a layout that nearly every book shows. Both are kept:
// a book that is set later has them at once.
func Prepare(layout *layouts.Layout, set *fonts.Set, lang string) {
	e := &engine{layout: layout}
	text := e.textStyle().look
	italic, strong := text, text
	italic.italic = true
	strong.weight += 200
	looks := []look{text, italic, strong}
	for _, r := range []layouts.Role{layouts.RoleChapter, layouts.RoleHeading1, layouts.RoleMeta, layouts.RoleCode} {
		looks = append(looks, e.role(r).look)
	}
	for _, l := range looks {
		if face := set.Face(l.family, l.weight, l.italic); face != nil {
			_, _ = shape.Load(face) // an error comes again to whoever needs the face
		}
	}
	hyphen.For(cmpOr(lang, "en"))
}

func newFaces(in *Input, report diag.Reporter) *faces {
	f := &faces{
		set: in.Fonts, report: report, chains: map[chainKey][]*shape.Font{}, more: map[moreKey]*shape.Font{},
		foreign: map[*shape.Font]bool{}, reported: map[string]bool{},
	}
	if len(in.FontDirs) > 0 {
		f.user = shape.NewLibrary(in.FontDirs...)
	}
	if in.SystemFonts != nil {
		f.system = shape.LazyLibrary(in.SystemFonts)
	}
	return f
}

func (l *look) key() chainKey { return chainKey{l.family, l.weight, l.italic} }

// chain returns the font of a look, or of the first fallback family if it has none. There is at least one unless the font
// set is empty.
func (f *faces) chain(l *look) []*shape.Font {
	key := l.key()
	f.mu.Lock()
	c, ok := f.chains[key]
	f.mu.Unlock()
	if ok {
		return c
	}
	if face := f.set.Face(key.family, key.weight, key.italic); face != nil {
		_, _ = shape.Load(face) // which takes a moment, in which others may go on
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if c, ok := f.chains[key]; ok {
		return c
	}
	if font := f.own(key); font != nil {
		c = append(c, font)
	}
	for _, family := range f.set.Fallback() {
		if len(c) > 0 {
			break
		}
		f.once("family "+key.family, func() {
			f.report.Warnf(codeLayoutFallback, diag.Pos{}, "no face of %s: another family takes its place", key.family)
		})
		if font := f.load(f.face(family, key)); font != nil {
			c = append(c, font)
		}
	}
	f.chains[key] = c
	return c
}

// own returns the font of the family itself: of the set, else of the user's folders, else of the machine.
func (f *faces) own(key chainKey) *shape.Font {
	if font := f.load(f.set.Face(key.family, key.weight, key.italic)); font != nil {
		return font
	}
	for _, lib := range []*shape.Library{f.user, f.system} {
		if lib == nil {
			continue
		}
		if font := lib.Family(key.family, key.weight, key.italic); font != nil {
			if lib == f.system {
				f.addForeign(font)
			}
			return font
		}
	}
	if !key.italic {
		return nil
	}
	key.italic = false
	font := f.own(key)
	if font != nil {
		f.once("italic "+key.family, func() {
			f.report.Warnf(CodeFaceMissing, diag.Pos{}, "%s has no italic face: emphasis is printed upright", key.family)
		})
	}
	return font
}

// face returns the face of a fallback family, upright if it has no italic.
func (f *faces) face(family string, key chainKey) *fonts.Face {
	if face := f.set.Face(family, key.weight, key.italic); face != nil {
		return face
	}
	return f.set.Face(family, key.weight, false)
}

func (f *faces) load(face *fonts.Face) *shape.Font {
	if face == nil {
		return nil
	}
	font, err := shape.Load(face)
	if err != nil {
		f.once("broken "+face.ID(), func() {
			f.report.Errorf(codeLayoutFallback, diag.Pos{}, "%s cannot be read: %v", face, err)
		})
		return nil
	}
	return font
}

// beyond returns the fallback of a look for what its chain does not have.
func (f *faces) beyond(l *look) shape.Fallback {
	look := l.key()
	return func(cluster string, script shape.Script, emoji bool) *shape.Font {
		key := moreKey{look, cluster, script, emoji}
		f.mu.Lock()
		defer f.mu.Unlock()
		font, ok := f.more[key]
		if !ok {
			font = f.find(key)
			f.more[key] = font
		}
		return font
	}
}

// find looks for a font in all places.
func (f *faces) find(key moreKey) *shape.Font {
	// Fonts are parsed only if they promise something: letters of a script that has families of its own are not in
	// those of symbols.
	script := f.set.ForScript(string(key.script))
	general := f.set.Fallback()
	if key.emoji {
		general = slices.Clone(general)
		slices.SortStableFunc(general, func(a, b string) int { return emojiLast(b) - emojiLast(a) })
	}
	if len(script) == 0 {
		if font := f.among(general, key); font != nil {
			return font
		}
	}
	like := &fonts.Face{Family: key.look.family, Weight: key.look.weight, Italic: key.look.italic}
	if f.user != nil {
		if font := f.user.Find(key.cluster, like); font != nil {
			return font
		}
	}
	if len(script) > 0 {
		if font := f.among(script, key); font != nil {
			return font
		}
		if font := f.among(general, key); font != nil {
			return font
		}
	} else if font := f.among(f.set.ForScript("Hani"), key); font != nil { // signs of East Asia among other letters
		return font
	}
	if f.system != nil {
		if font := f.system.Find(key.cluster, like); font != nil {
			f.addForeign(font)
			return font
		}
	}
	return nil
}

// emojiLast is 1 for the family of emoji.
func emojiLast(family string) int {
	if family == fonts.Emoji {
		return 1
	}
	return 0
}

// among returns the first font of some families that has the cluster.
func (f *faces) among(families []string, key moreKey) *shape.Font {
	for _, family := range families {
		if font := f.load(f.face(family, key.look)); font != nil && font.Shows(key.cluster) {
			return font
		}
	}
	return nil
}

// isForeign reports whether a font is one of the machine.
func (f *faces) isForeign(font *shape.Font) bool {
	if !f.strangers.Load() {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.foreign[font]
}

func (f *faces) addForeign(font *shape.Font) {
	f.foreign[font] = true
	f.strangers.Store(true)
}

func (f *faces) once(what string, do func()) {
	if !f.reported[what] {
		f.reported[what] = true
		do()
	}
}
