package shape

import (
	"sync"

	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// engine is HarfBuzz's working state.
type engine struct {
	font   *harfbuzz.Font
	tables *sync.RWMutex // that of the font
	buf    *harfbuzz.Buffer
	text   []rune
	pos    []int32 // byte offset of each rune, and the length of the text
}

// take returns an engine that nobody else uses.
func (f *Font) take() *engine {
	f.spareLock.Lock()
	var e *engine
	if n := len(f.spare); n > 0 {
		e = f.spare[n-1]
		f.spare = f.spare[:n-1]
	}
	f.spareLock.Unlock()
	if e == nil {
		e = f.newEngine()
	}
	return e
}

func (f *Font) give(e *engine) {
	f.spareLock.Lock()
	f.spare = append(f.spare, e)
	f.spareLock.Unlock()
}

// shape runs HarfBuzz over the text.
func (e *engine) shape(text string, st *style) []Glyph {
	e.text, e.pos = e.text[:0], e.pos[:0]
	for i, r := range text {
		if isSpace(r) && r < 0xA0 {
			r = ' ' // a tab or a line end has no glyph
		}
		e.text = append(e.text, r)
		e.pos = append(e.pos, int32(i))
	}
	e.pos = append(e.pos, int32(len(text)))

	e.buf.Clear()
	e.buf.Flags = harfbuzz.Bot | harfbuzz.Eot | harfbuzz.RemoveDefaultIgnorables
	e.buf.Props = st.props
	if st.guess {
		e.buf.Props.Script = scriptOf(e.text)
	}
	e.buf.AddRunes(e.text, 0, len(e.text))
	e.tables.RLock()
	e.buf.Shape(e.font, st.features)
	e.tables.RUnlock()

	out := make([]Glyph, len(e.buf.Info))
	for i := range out {
		info, pos := &e.buf.Info[i], &e.buf.Pos[i]
		out[i] = Glyph{
			ID: uint16(info.Glyph), Advance: pos.XAdvance, DX: pos.XOffset, DY: pos.YOffset,
			Cluster: int32(info.Cluster),
		}
	}
	e.delimit(out, st.props.Direction == harfbuzz.RightToLeft)
	return out
}

// delimit turns the clusters from rune indices into the byte ranges of the text, which together cover all of it.
func (e *engine) delimit(glyphs []Glyph, rtl bool) {
	n, step := len(glyphs), 1
	first := 0
	if rtl {
		first, step = n-1, -1
	}
	for k := 0; k < n; {
		i := first + step*k
		cluster := glyphs[i].Cluster
		j := k + 1
		for j < n && glyphs[first+step*j].Cluster == cluster {
			j++
		}
		end := int32(len(e.text))
		if j < n {
			end = glyphs[first+step*j].Cluster
		}
		if k == 0 {
			cluster = 0 // invisible characters before the first glyph
		}
		for ; k < j; k++ {
			g := &glyphs[first+step*k]
			g.Cluster, g.End = e.pos[cluster], e.pos[end]
		}
	}
}

// scriptOf returns the script of the first letter, Latin if there is none: fonts have their figures and punctuation there.
func scriptOf(text []rune) language.Script {
	for _, r := range text {
		if s := language.LookupScript(r); s.Strong() && s != language.Unknown {
			return s
		}
	}
	return language.Latin
}
