// Package pdftest reads PDF files back for tests: which glyphs stand where, in which font, for which text, in which
// structure element. It knows as much of PDF as the files of package pdf and of gofpdf need, and reports what it does not
// know as an error.
//
// Places are in points from the page's top left corner, y downwards.
package pdftest

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// File is a PDF file.
type File struct {
	Objects map[Ref]any
	Trailer Dict
	Catalog Dict
	Info    Dict
	Pages   []*Page
	Tags    *Tag // root of the structure tree, nil without one

	pageByRef map[Ref]*Page
}

// Page is a page and what is painted on it, in order.
type Page struct {
	Dict          Dict
	Width, Height float64 // of the MediaBox
	Runs          []Run
	Lines         []Line
	Rects         []Rect // filled
	Images        []Image
	Links         []Link

	marks map[int][]string // text of marked content by MCID, in order
}

// Run is a string of glyphs painted by one operator.
type Run struct {
	X, Y   float64 // baseline
	Width  float64
	Size   float64
	Font   string // base font without the subset tag
	Text   string // replacement texts applied
	Tag    string // innermost structure type or "Artifact"; "" outside marked content
	MCID   int    // -1 outside structure elements
	Color  string
	Glyphs []Glyph
}

// Glyph is a glyph of a run.
type Glyph struct {
	X, Y    float64
	Code    int
	Text    string  // of the code
	Advance float64 // the font's width at this size
}

// Line is a straight stroke.
type Line struct {
	X1, Y1, X2, Y2, Width float64
	Dashed                bool
	Tag                   string
}

// Rect is a filled rectangle: its top left corner and size.
type Rect struct {
	X, Y, W, H float64
	Color      string
	Tag        string
	MCID       int
}

// Image is a painted image: its top left corner and size.
type Image struct {
	X, Y, W, H float64
	Object     Ref
	Tag        string
}

// Link is a link annotation: its top left corner and size.
type Link struct {
	X, Y, W, H float64
	URI, Dest  string
	Contents   string
}

// Read reads a file.
func Read(data []byte) (*File, error) {
	objects, trailer, err := readObjects(data)
	if err != nil {
		return nil, err
	}
	f := &File{Objects: objects, Trailer: trailer, pageByRef: map[Ref]*Page{}}
	f.Catalog = f.Dict(trailer["Root"])
	f.Info = f.Dict(trailer["Info"])
	if f.Catalog == nil {
		return nil, errors.New("file has no catalog")
	}
	if err := f.readPages(f.Catalog["Pages"], nil); err != nil {
		return nil, err
	}
	if root := f.Dict(f.Catalog["StructTreeRoot"]); root != nil {
		f.Tags = f.readTag(root["K"])
	}
	return f, nil
}

// Resolve follows references.
func (f *File) Resolve(v any) any {
	for {
		r, ok := v.(Ref)
		if !ok {
			return v
		}
		v = f.Objects[r]
	}
}

// Dict returns a dictionary, or that of a stream; nil if v is something else.
func (f *File) Dict(v any) Dict {
	switch v := f.Resolve(v).(type) {
	case Dict:
		return v
	case *Stream:
		return v.Dict
	}
	return nil
}

// Array returns an array; a single value is an array of one, null is empty.
func (f *File) Array(v any) []any {
	switch v := f.Resolve(v).(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// Num returns a number, 0 if v is none.
func (f *File) Num(v any) float64 {
	n, _ := f.Resolve(v).(float64)
	return n
}

// Text decodes a text string.
func Text(v any) string {
	s, _ := v.(string)
	if !strings.HasPrefix(s, "\xFE\xFF") {
		return s
	}
	return decodeUTF16(s[2:])
}

func decodeUTF16(s string) string {
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// readPages goes through the page tree; inherited holds the resources and the box of the nodes above.
func (f *File) readPages(at any, inherited Dict) error {
	node := f.Dict(at)
	d := Dict{}
	for _, key := range []Name{"Resources", "MediaBox"} {
		d[key] = inherited[key]
		if node[key] != nil {
			d[key] = node[key]
		}
	}
	if node["Type"] == Name("Pages") {
		for _, kid := range f.Array(node["Kids"]) {
			if err := f.readPages(kid, d); err != nil {
				return err
			}
		}
		return nil
	}
	box := f.Array(d["MediaBox"])
	if len(box) != 4 {
		return fmt.Errorf("page %d has no MediaBox", len(f.Pages)+1)
	}
	p := &Page{Dict: node, Width: f.Num(box[2]), Height: f.Num(box[3]), marks: map[int][]string{}}
	f.Pages = append(f.Pages, p)
	if r, ok := at.(Ref); ok {
		f.pageByRef[r] = p
	}
	f.readLinks(p)
	if err := f.readContents(p, f.Dict(d["Resources"])); err != nil {
		return fmt.Errorf("page %d: %w", len(f.Pages), err)
	}
	return nil
}

func (f *File) readLinks(p *Page) {
	for _, a := range f.Array(p.Dict["Annots"]) {
		d := f.Dict(a)
		r := f.Array(d["Rect"])
		if len(r) != 4 {
			continue
		}
		l := Link{
			X: f.Num(r[0]), Y: p.Height - f.Num(r[3]), W: f.Num(r[2]) - f.Num(r[0]), H: f.Num(r[3]) - f.Num(r[1]),
			Contents: Text(f.Resolve(d["Contents"])),
		}
		l.URI, _ = f.Resolve(f.Dict(d["A"])["URI"]).(string)
		l.Dest, _ = f.Resolve(d["Dest"]).(string)
		p.Links = append(p.Links, l)
	}
}

// Text returns the text of a page in the order of painting: runs on one line are joined, lines end with "\n".
func (p *Page) Text() string {
	var b strings.Builder
	for i, r := range p.Runs {
		if i > 0 && r.Y != p.Runs[i-1].Y {
			b.WriteByte('\n')
		}
		b.WriteString(r.Text)
	}
	return b.String()
}

// Tag is an element of the structure tree.
type Tag struct {
	Type string
	Dict Dict
	Kids []*Tag
	// Own is the text that the element holds directly, without that of its kids.
	Own string
	// URI is where the element's link annotation leads, empty if it has none that leads out of the file.
	URI string
	// pages are those on which the element itself has content.
	pages []*Page
	// reading is text and kids in reading order.
	reading []any
}

func (f *File) readTag(v any) *Tag {
	d := f.Dict(v)
	if d == nil {
		return nil
	}
	typ, _ := d["S"].(Name)
	t := &Tag{Type: string(typ), Dict: d}
	for _, kid := range f.Array(d["K"]) {
		page, mcid := f.pageOf(d["Pg"]), -1.0
		switch k := f.Resolve(kid).(type) {
		case float64:
			mcid = k
		case Dict:
			switch k["Type"] {
			case Name("MCR"):
				page, mcid = f.pageOf(k["Pg"]), f.Num(k["MCID"])
			case Name("OBJR"):
				t.URI, _ = f.Resolve(f.Dict(f.Dict(k["Obj"])["A"])["URI"]).(string)
				continue
			default:
				if child := f.readTag(kid); child != nil {
					t.Kids = append(t.Kids, child)
					t.reading = append(t.reading, child)
				}
				continue
			}
		}
		if page == nil || mcid < 0 {
			continue
		}
		if s := strings.Join(page.marks[int(mcid)], ""); s != "" {
			t.Own += s
			if n := len(t.pages); n == 0 || t.pages[n-1] != page {
				t.pages = append(t.pages, page)
			}
			t.reading = append(t.reading, s)
		}
	}
	return t
}

func (f *File) pageOf(v any) *Page {
	if r, ok := v.(Ref); ok {
		return f.pageByRef[r]
	}
	return nil
}

// On reports whether an element or one of its kids has text on a page.
func (t *Tag) On(p *Page) bool {
	found := false
	t.All(func(k *Tag) {
		for _, q := range k.pages {
			found = found || q == p
		}
	})
	return found
}

// Text returns the text of an element and its kids in reading order, without soft hyphens. Alternative texts are part of
// it.
func (t *Tag) Text() string {
	if s, ok := t.Dict["ActualText"]; ok {
		return Text(s)
	}
	var b strings.Builder
	b.WriteString(Text(t.Dict["Alt"]))
	for _, r := range t.reading {
		switch r := r.(type) {
		case string:
			b.WriteString(r)
		case *Tag:
			b.WriteString(r.Text())
		}
	}
	return strings.ReplaceAll(b.String(), "\u00AD", "")
}

// String gives the tree as indented lines of types with their own texts, for golden files.
func (t *Tag) String() string {
	var b strings.Builder
	t.print(&b, 0)
	return b.String()
}

func (t *Tag) print(b *strings.Builder, depth int) {
	fmt.Fprintf(b, "%s%s", strings.Repeat("  ", depth), t.Type)
	for _, key := range []Name{"ID", "Lang", "Alt", "ActualText", "T"} {
		if v, ok := t.Dict[key]; ok {
			fmt.Fprintf(b, " %s=%q", key, Text(v))
		}
	}
	b.WriteByte('\n')
	for _, r := range t.reading {
		switch r := r.(type) {
		case string:
			fmt.Fprintf(b, "%s%q\n", strings.Repeat("  ", depth+1), r)
		case *Tag:
			r.print(b, depth+1)
		}
	}
}

// Reading calls f with the texts and the kids of t in reading order: one of both is there.
func (t *Tag) Reading(f func(text string, kid *Tag)) {
	for _, r := range t.reading {
		switch r := r.(type) {
		case string:
			f(r, nil)
		case *Tag:
			f("", r)
		}
	}
}

// All visits t and all elements below it in reading order.
func (t *Tag) All(f func(*Tag)) {
	f(t)
	for _, k := range t.Kids {
		k.All(f)
	}
}
