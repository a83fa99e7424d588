package pdf

import (
	"context"
	"fmt"
	"io"

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
	pages := make([]*record, len(doc.Pages))
	draw := func(i int) error {
		p := newProvider(res, pageConfig(doc.Pages[i]), doc.Root)
		p.page = &record{geometry: pageGeometry(doc.Pages[i]), label: doc.Pages[i].Label}
		p.draw(doc.Pages[i])
		pages[i] = p.page
		return nil
	}
	if err := drawAll(ctx, doc.Pages, draw); err != nil {
		return err
	}
	return writeRecords(ctx, doc, pages, res, w)
}

// drawAll draws pages in parallel. A row that stands on several pages (maroto's header rows do) remembers its height and
// its components their places: such pages are drawn one after the other.
func drawAll(ctx context.Context, pages []*typeset.Page, draw func(i int) error) error {
	seen := make(map[core.Row]bool)
	shared := false
	for _, p := range pages {
		for _, row := range p.GetRows() {
			shared = shared || seen[row]
			seen[row] = true
		}
	}
	if !shared {
		return parallel(ctx, len(pages), draw)
	}
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := draw(i); err != nil {
			return err
		}
	}
	return nil
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

// writeRecords makes the file of recorded pages.
func writeRecords(ctx context.Context, doc *typeset.Document, pages []*record, res *resources, w io.Writer) error {
	if len(pages) == 0 {
		return fmt.Errorf("pdf: document %q has no pages", doc.Title)
	}
	a, err := assemble(pages, doc.Root, &res.faces)
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	a.tree.repair()
	out := &file{id: identifier(doc)}
	if res.opt.Password != "" {
		out.crypt = newCryptor(res.opt.Password)
	}
	for _, p := range pages {
		p.ref = out.reserve()
	}
	embedded, contents, err := a.produce(ctx, out, pages, res.opt.Report)
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	for i, f := range a.fonts.list {
		f.write(out, embedded[i])
	}
	for _, pic := range a.images.list {
		pic.write(out)
	}
	if err := a.writeCatalog(ctx, out, doc, pages, contents, res); err != nil {
		return err
	}
	if err := out.writeTo(ctx, w); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return nil
}

// produce makes what takes long, in parallel: subsets of fonts, images, and the contents of pages, all deflated. A damaged
// image is reported.
func (a *assembly) produce(ctx context.Context, out *file, pages []*record, report diag.Reporter) ([]*embedded, []*content, error) {
	list, pics := a.fonts.list, a.images.list
	for _, f := range list {
		f.ref = out.reserve()
		if err := f.assign(); err != nil {
			return nil, nil, err
		}
	}
	for _, p := range pics {
		p.ref = out.reserve()
	}
	ready := make([]*embedded, len(list))
	failed := make([]error, len(pics))
	contents := make([]*content, len(pages))
	err := parallel(ctx, len(list)+len(pics)+len(pages), func(i int) (err error) {
		if i < len(list) {
			ready[i], err = list[i].embed()
			return err
		}
		if i -= len(list); i < len(pics) {
			failed[i] = pics[i].prepare()
			return nil
		}
		i -= len(pics)
		c := newContent(&a.fonts, &a.images)
		c.page(pages[i])
		c.b = deflate(c.b)
		contents[i] = c
		return nil
	})
	for _, err := range failed {
		if err != nil { // in the order of the pages, not of the work
			report.Errorf(CodeImage, diag.Pos{}, "%v", err)
		}
	}
	return ready, contents, err
}

// writeCatalog adds the pages and everything that the document catalog holds (§7.7.2).
func (a *assembly) writeCatalog(ctx context.Context, out *file, doc *typeset.Document, pages []*record, contents []*content, res *resources) error {
	lang := language(doc.Lang)
	destinations, known := writeDestinations(out, a.anchors, pages)
	a.reportMissing(doc, pages, known, res.opt.Report)
	tree, err := a.writeTree(ctx, out, pages)
	if err != nil {
		return err
	}
	pageTree := a.writePages(out, pages, contents, known)
	profile := srgbProfile()
	intent := dict{
		{"Type", name("OutputIntent")}, {"S", name("GTS_PDFA1")}, {"OutputConditionIdentifier", text("sRGB IEC61966-2.1")},
		{"Info", text("sRGB IEC61966-2.1")}, {"DestOutputProfile", out.addStream(dict{{"N", 3}, flate}, deflate(profile))},
	}
	labels := make([]string, len(pages))
	for i, p := range pages {
		labels[i] = p.label
	}
	catalog := dict{
		{"Type", name("Catalog")}, {"Pages", pageTree}, {"Lang", text(lang)}, {"MarkInfo", dict{{"Marked", true}}},
		{"StructTreeRoot", tree}, {"ViewerPreferences", viewerPreferences(doc)},
		{"Metadata", out.addStream(dict{{"Type", name("Metadata")}, {"Subtype", name("XML")}}, xmp(doc, lang, out.id, out.crypt == nil))},
		{"OutputIntents", array{out.add(intent)}}, {"PageLabels", pageLabels(labels)},
	}
	if out.crypt != nil { // which came after PDF 1.7 (ISO 32000-2 §7.6.1)
		catalog.add("Extensions", dict{{"ADBE", dict{{"BaseVersion", name("1.7")}, {"ExtensionLevel", 8}}}})
	}
	if outline := writeOutline(out, doc.Outline, known); outline != 0 {
		catalog.add("Outlines", outline)
		catalog.add("PageMode", name("UseOutlines"))
	}
	if destinations != 0 {
		catalog.add("Names", dict{{"Dests", destinations}})
	}
	out.info = out.add(info(doc))
	out.root = out.add(catalog)
	return nil
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
const perNode = 32

// writePages adds pages with their contents and links, and the page tree (§7.7.3) in two levels.
func (a *assembly) writePages(out *file, pages []*record, contents []*content, known map[string]bool) ref {
	root := out.reserve()
	var nodes array
	for from := 0; from < len(pages); from += perNode {
		to := min(from+perNode, len(pages))
		node := out.reserve()
		var kids array
		for i := from; i < to; i++ {
			writePage(out, i, pages[i], contents[i], node, known)
			kids = append(kids, pages[i].ref)
		}
		out.set(node, dict{{"Type", name("Pages")}, {"Parent", root}, {"Kids", kids}, {"Count", to - from}})
		nodes = append(nodes, node)
	}
	out.set(root, dict{{"Type", name("Pages")}, {"Kids", nodes}, {"Count", len(pages)}})
	return root
}

func writePage(out *file, index int, p *record, c *content, parent ref, known map[string]bool) {
	resources := dict{}
	if len(c.usedFonts) > 0 {
		list := dict{}
		for _, f := range c.usedFonts {
			list.add(f.resource(), f.ref)
		}
		resources.add("Font", list)
	}
	if len(c.usedImages) > 0 {
		list := dict{}
		for _, pic := range c.usedImages {
			list.add(pic.resource(), pic.ref)
		}
		resources.add("XObject", list)
	}
	if len(c.usedStates) > 0 {
		list := dict{}
		for _, g := range c.usedStates {
			list.add(g.resource(), dict{{"ca", g.fill}, {"CA", g.stroke}})
		}
		resources.add("ExtGState", list)
	}
	rect := func(x1, y1, x2, y2 unit.Len) array { return array{points(x1), points(y1), points(x2), points(y2)} }
	d := dict{
		{"Type", name("Page")}, {"Parent", parent},
		{"MediaBox", rect(0, 0, p.width+2*p.offsetX, p.height+2*p.offsetY)},
	}
	if p.bleed > 0 {
		d.add("BleedBox", rect(p.offsetX-p.bleed, p.offsetY-p.bleed, p.offsetX+p.width+p.bleed, p.offsetY+p.height+p.bleed))
	}
	d.add("TrimBox", rect(p.offsetX, p.offsetY, p.offsetX+p.width, p.offsetY+p.height))
	if p.turned {
		d.add("Rotate", 90)
	}
	d.add("Resources", resources)
	if len(c.usedStates) > 0 { // colours are mixed in the space that they are given in (§11.4.7)
		d.add("Group", dict{{"S", name("Transparency")}, {"CS", name("DeviceRGB")}})
	}
	d.add("Contents", out.addStream(dict{flate}, c.b))
	d.add("StructParents", index)
	d.add("Tabs", name("S"))
	if len(p.annots) > 0 {
		var list array
		for _, annot := range p.annots {
			list = append(list, annot.write(out, p, known))
		}
		d.add("Annots", list)
	}
	out.set(p.ref, d)
}
