package pdf

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/evbook/evbook/fonts"
	"github.com/evbook/evbook/layouts/unit"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/render/typeset"
)

// The codes of this package's diagnostics.
const (
	CodeAnchor = diag.Code("pdf-anchor-missing") // a link or an outline item leads to an anchor that no page has
	CodeFont   = diag.Code("pdf-font")           // a font file cannot be used
	CodeImage  = diag.Code("pdf-image")          // an image file is damaged and shows as a grey field
	CodeAlt    = diag.Code("pdf-alt-missing")    // a stock image has no alternative text
	CodeStock  = diag.Code("pdf-component")      // a stock component cannot be drawn and shows a message
	CodeGlyph  = diag.Code("pdf-glyph-missing")  // no font has a character of a stock component
)

// Options say how a document is written. The zero Options is ready to use.
type Options struct {
	// Fonts are for the texts of stock components; nil means the bundled ones.
	Fonts *fonts.Set
	// Alt gives the alternative text of a stock image by its file; "" makes the image an artifact. nil: all are.
	Alt func(file []byte) string
	// Report takes problems of the content; nil drops them.
	Report diag.Reporter
	// Password, if it is not empty, encrypts the file with AES (256 bits): who opens it must know it. Such a file is PDF/UA-1 and
	// no PDF/A, which allows no encryption (ISO 19005-2 §6.1.3).
	Password string
}

func (o *Options) fill() {
	if o.Fonts == nil {
		o.Fonts = fonts.Bundled()
	}
	if o.Report == nil {
		o.Report = func(diag.Diagnostic) {}
	}
}

// Write draws the pages of a document and writes it as a PDF file. The same document gives the same bytes. The error is
// for what stops the work: a damaged font, a component that misuses the canvas, a failed write, a cancelled
// context.
func Write(ctx context.Context, doc *typeset.Document, w io.Writer, opt Options) error {
	opt.fill()
	res := newResources(&opt)
	if len(doc.Pages) == 0 {
		return fmt.Errorf("pdf: document %q has no pages", doc.Title)
	}
	pages := make([]*record, len(doc.Pages))
	buffers := sync.Pool{New: func() any { return new([]event) }}
	draw := func(i int) {
		p := newProvider(res, pageConfig(doc.Pages[i]), doc.Root)
		buffer := buffers.Get().(*[]event)
		p.page = &record{geometry: pageGeometry(doc.Pages[i]), label: doc.Pages[i].Label, events: (*buffer)[:0]}
		p.draw(doc.Pages[i])
		*buffer, p.page.events = p.page.events, slices.Clone(p.page.events)
		buffers.Put(buffer)
		pages[i] = p.page
	}
	if shareRows(doc.Pages) {
		for i := range pages {
			if err := ctx.Err(); err != nil {
				return err
			}
			draw(i)
		}
		draw = nil
	}
	return writeRecords(ctx, doc, pages, draw, res, w)
}

// shareRows says that a row stands on several pages, as maroto's header rows do. It remembers its height and its components their
// places, so that such pages cannot be drawn at the same time.
func shareRows(pages []*typeset.Page) bool {
	rows := 0
	for _, p := range pages {
		rows += len(p.GetRows())
	}
	seen := make(map[core.Row]bool, rows)
	for _, p := range pages {
		for _, row := range p.GetRows() {
			if seen[row] {
				return true
			}
			seen[row] = true
		}
	}
	return false
}

// pageConfig gives a page the configuration that maroto's components ask for.
func pageConfig(p *typeset.Page) *entity.Config {
	return &entity.Config{
		Dimensions: &entity.Dimensions{Width: p.Width.MM(), Height: p.Height.MM()},
		Margins:    &entity.Margins{Left: p.Left.MM(), Top: p.Top.MM(), Right: p.Right.MM(), Bottom: p.Bottom.MM()},
		DefaultFont: &props.Font{
			Family: fonts.Serif, Size: 10, Color: &props.Color{},
		},
		MaxGridSize:          gridSize,
		DisableAutoPageBreak: true,
	}
}

// gridSize is maroto's usual number of columns.
const gridSize = 12

// draw has a page render itself on p.
func (p *Provider) draw(page core.Page) {
	page.SetConfig(p.cfg)
	page.Render(p, entity.Cell{Width: p.page.areaW.MM(), Height: p.page.areaH.MM()})
	p.endPage()
}

// writeRecords makes the file of pages, which draw records unless it is nil and they are recorded. Everything that there are many of
// gets its numbers; then fonts, images, pages and elements are made at the same time, each into its own section of the file, and at
// last the few objects that hold them together.
func writeRecords(ctx context.Context, doc *typeset.Document, pages []*record, draw func(i int), res *resources, w io.Writer) error {
	a, err := assemble(ctx, pages, draw, doc.Root, &res.faces)
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	out := &file{id: identifier(doc)}
	if res.opt.Password != "" {
		out.crypt = newCryptor(res.opt.Password)
	}
	b := &binding{assembly: a, out: out, doc: doc, pages: pages}
	b.places, b.known = places(a.anchors)
	if err := b.number(); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	tasks := slices.Concat(b.resources(), b.leaves(), a.tree.elements(out, b.treeRoot, pages), []func() error{b.lists})
	err = parallel(ctx, len(tasks), func(i int) error { return tasks[i]() })
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	for _, pic := range a.images.list { // in the order of the pages, not of the work
		if pic.err != nil {
			res.opt.Report.Errorf(CodeImage, diag.Pos{}, "%v", pic.err)
		}
	}
	a.reportMissing(doc, pages, b.known, res.opt.Report)
	b.catalog()
	if err := out.writeTo(w); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return nil
}

// binding makes the objects of a document.
type binding struct {
	*assembly
	out    *file
	doc    *typeset.Document
	pages  []*record
	places []anchor
	known  map[string]bool // names of places

	// numbers of objects
	treeRoot, pageTree, destinations, outline ref
	nodes                                     []ref // of the page tree
}

// number reserves the numbers of all objects that are made at the same time or that those refer to.
func (b *binding) number() error {
	for _, f := range b.fonts.list {
		f.ref = b.out.reserve()
		if err := f.assign(); err != nil {
			return err
		}
	}
	for _, pic := range b.images.list {
		pic.ref = b.out.reserve()
	}
	b.pageTree = b.out.reserve()
	for i, p := range b.pages {
		if i%perNode == 0 {
			b.nodes = append(b.nodes, b.out.reserve())
		}
		p.ref, p.contents, p.parents = b.out.reserve(), b.out.reserve(), b.out.reserve()
		if p.rich {
			p.resources = b.out.reserve()
		}
		for _, annot := range p.annots {
			annot.ref = b.out.reserve()
		}
	}
	for i, annot := range b.annots {
		annot.parent = len(b.pages) + i
	}
	b.treeRoot = b.out.reserve()
	for _, n := range b.tree.order {
		n.ref = b.out.reserve()
	}
	return nil
}

// resources gives the tasks that make subsets of fonts and prepare images.
func (b *binding) resources() []func() error {
	var tasks []func() error
	for _, f := range b.fonts.list {
		tasks = append(tasks, f.embed)
	}
	for _, pic := range b.images.list {
		tasks = append(tasks, func() error {
			pic.err = pic.prepare()
			return nil
		})
	}
	return tasks
}

// lists writes the trees that lead to pages and elements by names and numbers, and the outline. How many objects these are
// shows as they are written: they alone take numbers while other sections are written.
func (b *binding) lists() error {
	s := b.out.section()
	b.destinations = writeDestinations(s, b.places, b.pages)
	b.writeTree(s, b.treeRoot, b.pages)
	b.outline = writeOutline(s, b.doc.Outline, b.known)
	s.finish()
	return nil
}

// catalog adds the objects of fonts and images, and everything that the document catalog holds (§7.7.2).
func (b *binding) catalog() {
	doc, out := b.doc, b.out
	s := out.section()
	for _, f := range b.fonts.list {
		f.write(s)
	}
	for _, pic := range b.images.list {
		pic.write(s)
	}
	for _, p := range b.pages {
		if p.rich {
			s.set(p.resources, p.used.dict(s))
		}
	}
	var nodes array
	for _, r := range b.nodes {
		nodes = append(nodes, r)
	}
	s.set(b.pageTree, dict{{"Type", name("Pages")}, {"Kids", nodes}, {"Count", len(b.pages)}})
	lang := language(doc.Lang)
	intent := dict{
		{"Type", name("OutputIntent")}, {"S", name("GTS_PDFA1")}, {"OutputConditionIdentifier", text("sRGB IEC61966-2.1")},
		{"Info", text("sRGB IEC61966-2.1")}, {"DestOutputProfile", s.addStream(dict{{"N", 3}, flate}, deflate(srgbProfile()))},
	}
	labels := make([]string, len(b.pages))
	for i, p := range b.pages {
		labels[i] = p.label
	}
	catalog := dict{
		{"Type", name("Catalog")}, {"Pages", b.pageTree}, {"Lang", text(lang)}, {"MarkInfo", dict{{"Marked", true}}},
		{"StructTreeRoot", b.treeRoot}, {"ViewerPreferences", viewerPreferences(doc)},
		{"Metadata", s.addStream(dict{{"Type", name("Metadata")}, {"Subtype", name("XML")}}, xmp(doc, lang, out.id, out.crypt == nil))},
		{"OutputIntents", array{s.add(intent)}}, {"PageLabels", pageLabels(labels)},
	}
	if out.crypt != nil { // which came after PDF 1.7 (ISO 32000-2 §7.6.1)
		catalog.add("Extensions", dict{{"ADBE", dict{{"BaseVersion", name("1.7")}, {"ExtensionLevel", 8}}}})
	}
	if b.outline != 0 {
		catalog.add("Outlines", b.outline)
		catalog.add("PageMode", name("UseOutlines"))
	}
	if b.destinations != 0 {
		catalog.add("Names", dict{{"Dests", b.destinations}})
	}
	out.info = s.add(info(doc))
	out.root = s.add(catalog)
}

// viewerPreferences has the title shown instead of the file's name (ISO 14289-1 §7.1), and pages of a book that is bound at the
// right laid side by side from right to left (§12.2).
func viewerPreferences(doc *typeset.Document) dict {
	d := dict{{"DisplayDocTitle", true}}
	if doc.RTL {
		d.add("Direction", name("R2L"))
	}
	return d
}

// reportMissing names the anchors that something leads to and no page has.
func (a *assembly) reportMissing(doc *typeset.Document, pages []*record, known map[string]bool, report diag.Reporter) {
	for _, p := range pages {
		for _, annot := range p.annots {
			if to := annot.to; to.URL == "" && !known[to.Anchor] {
				report.Errorf(CodeAnchor, diag.Pos{}, "link %q on page %s leads to %q, which is on no page", annot.contents, p.label, to.Anchor)
			}
		}
	}
	var check func(items []*typeset.OutlineItem)
	check = func(items []*typeset.OutlineItem) {
		for _, item := range items {
			if !known[item.Anchor] {
				report.Errorf(CodeAnchor, diag.Pos{}, "outline item %q leads to %q, which is on no page", item.Title, item.Anchor)
			}
			check(item.Children)
		}
	}
	check(doc.Outline)
}

// perNode is how many pages a node of the page tree holds.
const perNode = 16

// leaves gives the tasks that write the pages with their contents and links, and the nodes of the page tree (§7.7.3) that hold
// them, each node into a section of its own.
func (b *binding) leaves() []func() error {
	var tasks []func() error
	for i, node := range b.nodes {
		s := b.out.section()
		from := i * perNode
		list := b.pages[from:min(from+perNode, len(b.pages))]
		tasks = append(tasks, func() error {
			c := newContent(&b.fonts, &b.images)
			var kids array
			for k, p := range list {
				c.page(p)
				s.setStream(p.contents, dict{flate}, deflate(c.b))
				p.write(s, from+k, c, node)
				for _, annot := range p.annots {
					annot.write(s, p, b.known)
				}
				p.writeParents(s)
				kids = append(kids, p.ref)
			}
			s.set(node, dict{{"Type", name("Pages")}, {"Parent", b.pageTree}, {"Kids", kids}, {"Count", len(list)}})
			s.finish()
			return nil
		})
	}
	return tasks
}

// write sets the page's object (§7.7.3.3). c wrote its contents.
func (p *record) write(s *section, index int, c *content, parent ref) {
	b := appendRef(append(s.begin(p.ref), "<</Type/Page/Parent "...), parent)
	box := func(key string, x1, y1, x2, y2 unit.Len) {
		b = appendRect(append(b, key...), points(x1), points(y1), points(x2), points(y2))
	}
	box("/MediaBox", 0, 0, p.width+2*p.offsetX, p.height+2*p.offsetY)
	if p.bleed > 0 {
		box("/BleedBox", p.offsetX-p.bleed, p.offsetY-p.bleed, p.offsetX+p.width+p.bleed, p.offsetY+p.height+p.bleed)
	}
	box("/TrimBox", p.offsetX, p.offsetY, p.offsetX+p.width, p.offsetY+p.height)
	if p.turned {
		b = append(b, "/Rotate 90"...)
	}
	if p.rich { // the resources have objects that are numbered later
		p.used, c.used.kept = c.used, true
		b = appendRef(append(b, "/Resources "...), p.resources)
	} else {
		b = appendValue(append(b, "/Resources"...), c.used.dict(s))
	}
	if c.used.transparent() { // colours are mixed in the space that they are given in (§11.4.7)
		b = append(b, "/Group<</S/Transparency/CS/DeviceRGB>>"...)
	}
	b = appendRef(append(b, "/Contents "...), p.contents)
	b = appendInt(append(b, "/StructParents "...), index)
	b = append(b, "/Tabs/S"...)
	if len(p.annots) > 0 {
		b = append(b, "/Annots["...)
		for _, annot := range p.annots {
			b = append(appendRef(b, annot.ref), ' ')
		}
		b = append(b, ']')
	}
	s.end(append(b, ">>"...))
}
