package figures

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evbook/evbook/layouts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/tree"
	"github.com/evbook/evbook/render/derive"
	"github.com/evbook/evbook/render/drawing"
	"github.com/evbook/evbook/render/words"
)

// scheme is the colours of a cover: a dark ground, light type, and colours for the parts of the book, each of them well
// apart from the ground.
type scheme struct {
	ground, title, quiet layouts.Color
	parts                []layouts.Color
}

// schemes are the colours of covers. A book's title chooses among them, so that books differ on a shelf.
var schemes = []scheme{
	{"#16212f", "#f8f3e8", "#b9c2cc", []layouts.Color{"#e0a43c", "#d2654a", "#5fa3a0", "#e9d8b4", "#7f9fd0", "#b98bb0"}},
	{"#2a1a22", "#faf2ea", "#cbb8bd", []layouts.Color{"#e58f65", "#f0c987", "#c8586c", "#8fb0a9", "#d7a6b5", "#a9935c"}},
	{"#12292b", "#f4f3e6", "#b0c4c1", []layouts.Color{"#d9b650", "#76b39d", "#e07a5f", "#a8d0c6", "#c9c27a", "#8aa6d6"}},
	{"#232136", "#f5f1ea", "#bdb9cf", []layouts.Color{"#eb9d6a", "#9ccfd8", "#ea6f8b", "#f2d492", "#8fa8e0", "#a3be8c"}},
}

// hash mixes a text to a number (FNV-1a).
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Cover draws the front of a book: its names above, the first and last year of its notes, and a bar for each of its talks
// below, in their order, as high as the talk is long and in a colour of its event. Width and height are those of the page
// or picture; all else is measured by them.
func Cover(f *derive.Facts, width, height unit.Len, m drawing.Measurer) *drawing.Drawing {
	meta := &f.Book.Meta
	w := words.For(meta.Language)
	c := &cover{
		Drawing: &drawing.Drawing{Width: width, Height: height, Title: strings.Replace(w.CoverOf, "%s", meta.Title, 1), Lang: meta.Language},
		facts:   f, setter: m, scheme: &schemes[hash(meta.Title)%uint32(len(schemes))], em: min(width, height.Mul(0.7)) / 100,
	}
	c.margin = c.em * 9
	if width > height {
		c.margin = width * 9 / 100
	}
	c.Add(&drawing.Path{Ops: drawing.Rect(0, 0, width, height), Fill: c.scheme.ground})
	foot := height - c.em*7
	ground := foot - c.em*7
	c.years(foot)
	y := c.names(ground - max(c.em*22, height/5))
	c.bars(min(max(y+c.em*5, height.Mul(0.45)), ground-c.em*10), ground)
	return c.Drawing
}

type cover struct {
	*drawing.Drawing
	facts  *derive.Facts
	setter drawing.Measurer
	scheme *scheme
	em     unit.Len // a hundredth of the width
	margin unit.Len
}

// block is lines of type that belong together.
type block struct {
	lines   []string
	font    drawing.Font
	leading unit.Len
	color   layouts.Color
	after   unit.Len // space below
}

// height is that of the lines, without the space below.
func (b *block) height() unit.Len { return b.leading * unit.Len(len(b.lines)) }

// fit sets text in the largest of some sizes, in hundredths of the width, in which it takes at most so many lines and no word
// is divided; if there is none, in the last size and in as many lines as it takes, at most twice those.
func (c *cover) fit(text string, f drawing.Font, sizes []float64, lines int, leading float64) block {
	b := block{}
	for i, size := range sizes {
		f.Size = c.em.Mul(size)
		width := c.Width - 2*c.margin
		got, whole := wrapWords(c.setter, text, c.Lang, f, width)
		if len(got) <= lines && whole || i == len(sizes)-1 {
			if len(got) > 2*lines {
				got = clip(c.setter, text, c.Lang, f, width, 2*lines)
			} else if whole {
				got = balanced(c.setter, text, c.Lang, f, width)
			}
			b.lines, b.font, b.leading = got, f, f.Size.Mul(leading)
			break
		}
	}
	return b
}

// names sets authors, title and subtitle from the top down, no farther than limit, and returns where they end.
func (c *cover) names(limit unit.Len) unit.Len {
	meta := &c.facts.Book.Meta
	var people []string
	for _, p := range meta.Creators {
		people = append(people, strings.ReplaceAll(p.Name, " ", "\u00a0"))
	}
	author := c.fit(strings.Join(people, ", "), drawing.Font{Use: drawing.Heading, Weight: 600}, []float64{4.2, 3.7, 3.2, 2.8}, 3, 1.35)
	author.color, author.after = c.scheme.parts[0], c.em*6
	// The weight of emphasis in the text: its face is in the book anyway.
	title := drawing.Font{Use: drawing.Body, Weight: 600}
	sizes := []float64{17, 15, 13.5, 12, 10.5, 9.5, 8.5, 7.5, 6.8, 6, 5.2}
	name := cmp.Or(strings.TrimSpace(meta.Title), "Untitled")
	for {
		head := c.fit(name, title, sizes, 7, 1.1)
		head.color, head.after = c.scheme.title, c.em*3
		sub := c.fit(meta.Subtitle, drawing.Font{Use: drawing.Body, Italic: true}, []float64{5.4, 4.8, 4.2, 3.6}, 3, 1.3)
		sub.color = c.scheme.quiet
		blocks := []block{author, head, sub}
		sum := c.em * 10
		for i := range blocks {
			if len(blocks[i].lines) > 0 {
				sum += blocks[i].height() + blocks[i].after
			}
		}
		if (sum > limit || head.height() > c.em*60) && len(sizes) > 1 { // smaller, until all of it has room
			sizes = sizes[1:]
			continue
		}
		return c.stack(blocks)
	}
}

// stack sets blocks below each other from the top margin on, on the side where their text begins.
func (c *cover) stack(blocks []block) unit.Len {
	y := c.em * 10
	for _, b := range blocks {
		for _, text := range b.lines {
			t := &drawing.Text{X: c.margin, Y: y + b.font.Size, Font: b.font, Color: b.color, String: text, Width: c.setter.Measure(text, b.font)}
			if t.RTL = runsLeft(text, c.Lang); t.RTL {
				t.X, t.Anchor = c.Width-c.margin, drawing.Right
			}
			c.Add(t)
			y += b.leading
		}
		if len(b.lines) > 0 {
			y += b.after
		}
	}
	return y
}

// years sets the first and the last year of the notes at the foot.
func (c *cover) years(base unit.Len) {
	first, last := c.facts.Years()
	if first == 0 {
		first, last = c.facts.Book.Meta.Date.Year, c.facts.Book.Meta.Date.Year
	}
	if first == 0 {
		return
	}
	text := strconv.Itoa(first)
	if last != first {
		text += "–" + strconv.Itoa(last)
	}
	font := drawing.Font{Use: drawing.Heading, Size: c.em * 4, Weight: 600}
	c.Add(&drawing.Text{X: c.margin, Y: base, Font: font, Color: c.scheme.quiet, String: text, Width: c.setter.Measure(text, font)})
}

// bar is a talk on the cover.
type bar struct {
	part   int
	length int // in characters
}

// length is that of the text of blocks.
func length(list ...tree.Block) (n int) {
	for _, b := range list {
		n += utf8.RuneCountInString(tree.Words(b))
	}
	return n
}

// mostBars is how many bars a cover has at most: more would be hairs.
const mostBars = 72

// fewBars is how many bars a cover has at least, if the notes have as many paragraphs.
const fewBars = 9

// measure returns the bars of a book: its talks and chapters, or their paragraphs where there are few of them.
func (c *cover) measure() []bar {
	book := c.facts.Book
	var list []bar
	blocks := false
	add := func(part int, body tree.Blocks) {
		if !blocks {
			list = append(list, bar{part, length(body...)})
			return
		}
		for _, b := range body {
			list = append(list, bar{part, length(b)})
		}
	}
	for range 2 {
		part := -1
		var event *tree.Event
		for _, p := range c.facts.Talks {
			if p.Event != event {
				event, part = p.Event, part+1
			}
			add(part, p.Talk.Body)
		}
		if len(c.facts.Talks) == 0 || blocks {
			for i, ch := range append(slices.Clip(book.Front), book.Back...) {
				add(part+1+i, ch.Body)
			}
		}
		if len(list) >= fewBars || blocks {
			break
		}
		list, blocks = nil, true
	}
	return merge(list)
}

// merge joins neighbours of a part until there are few enough bars.
func merge(list []bar) []bar {
	for len(list) > mostBars {
		var out []bar
		for i := 0; i < len(list); i++ {
			b := list[i]
			if i+1 < len(list) && list[i+1].part == b.part {
				b.length = (b.length + list[i+1].length) / 2
				i++
			}
			out = append(out, b)
		}
		if len(out) == len(list) { // every part has one entry
			return out[:mostBars]
		}
		list = out
	}
	return list
}

// bars draws the talks between two heights, standing on a line across the page.
func (c *cover) bars(top, ground unit.Len) {
	list := c.measure()
	longest := 1
	for _, b := range list {
		longest = max(longest, b.length)
	}
	width := c.Width - 2*c.margin
	if n := len(list); n > 0 {
		gaps := unit.Len(0) // between parts there is the space of half a bar
		for i := 1; i < n; i++ {
			if list[i].part != list[i-1].part {
				gaps++
			}
		}
		step := 2 * width / (2*unit.Len(n) + gaps)
		step = min(step, c.em*8)
		thick := step.Mul(0.68)
		x := c.margin
		for i, b := range list {
			if i > 0 && b.part != list[i-1].part {
				x += step / 2
			}
			// A little talk is a tenth of a long one at least: the root brings the lengths together.
			h := (ground - top).Mul(0.1 + 0.9*math.Sqrt(float64(b.length)/float64(longest)))
			color := c.scheme.parts[b.part%len(c.scheme.parts)]
			r := thick / 2
			ops := []drawing.Op{
				drawing.Move(x, ground), drawing.Line(x, ground-h+r),
				drawing.Curve(x, ground-h+r-r.Mul(0.5523), x+r-r.Mul(0.5523), ground-h, x+r, ground-h),
				drawing.Curve(x+r+r.Mul(0.5523), ground-h, x+thick, ground-h+r-r.Mul(0.5523), x+thick, ground-h+r),
				drawing.Line(x+thick, ground), drawing.Close(),
			}
			c.Add(&drawing.Path{Ops: ops, Fill: color})
			x += step
		}
	}
	c.Add(&drawing.Path{Ops: drawing.Rect(c.margin, ground+c.em/2, width, c.em*4/10), Fill: c.scheme.quiet})
}
