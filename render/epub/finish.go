package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/evbook/evbook/render/xhtml"
)

// archive is the content of the container by name.
type archive map[string][]byte

// finish reads the library's container back, makes sure that everything that was put in is there unchanged, and returns
// the final files: the library reports failures of pages and package document to a log only, and what it writes for these
// is replaced here.
func (p *publication) finish(packed []byte) (archive, error) {
	in, err := readArchive(packed)
	if err != nil {
		return nil, err
	}
	out := archive{}
	take := func(name string) error {
		data, ok := in[name]
		if !ok {
			return fmt.Errorf("%s is missing in the container", name)
		}
		out[name] = data
		delete(in, name)
		return nil
	}
	for _, name := range []string{"mimetype", "META-INF/container.xml", root + opfFile, root + navFile, root + ncxFile} {
		if err := take(name); err != nil {
			return nil, err
		}
	}
	if string(out["mimetype"]) != MediaType {
		return nil, errors.New("mimetype does not hold the media type")
	}
	for _, r := range p.resources() {
		if err := take(root + r.href); err != nil {
			return nil, err
		}
		if !bytes.Equal(out[root+r.href], r.data) {
			return nil, fmt.Errorf("%s came back changed", r.href)
		}
	}
	for _, d := range p.docs {
		name := root + pageFolder + d.name
		if err := take(name); err != nil {
			return nil, err
		}
		if d.name != coverPage && !isPageOf(out[name], d.body) {
			return nil, fmt.Errorf("%s came back changed", d.name)
		}
		out[name] = xhtml.Document(p.head(d), d.body)
	}
	if len(in) > 0 {
		return nil, fmt.Errorf("%s is in the container, but not in the book", slices.Sorted(maps.Keys(in))[0])
	}
	out[root+navFile] = p.nav()
	out[root+ncxFile] = p.ncx()
	for _, d := range p.docs {
		d.props = properties(d.body)
	}
	out[root+opfFile] = p.packageDocument()
	if len(p.fonts) > 0 {
		out[displayFile] = []byte(displayOptions)
	}
	return out, nil
}

// properties returns the manifest properties that the content of a page calls for (EPUB 3.3 §D.7). The page comes from
// xhtml.Writer: every "<" in it begins a tag, and names have no prefixes.
func properties(body xhtml.Fragment) []string {
	var props []string
	for _, p := range []struct{ element, property string }{{"math", "mathml"}, {"svg", "svg"}} {
		for rest := string(body); ; {
			_, after, found := strings.Cut(rest, "<"+p.element)
			if !found {
				break
			}
			if strings.IndexAny(after, " />") == 0 {
				props = append(props, p.property)
				break
			}
			rest = after
		}
	}
	return props
}

func readArchive(packed []byte) (archive, error) {
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, err
	}
	files := archive{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		data, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		files[strings.ReplaceAll(f.Name, "\\", "/")] = data
	}
	return files, nil
}

// isPageOf reports whether the library's page has the body that it was given.
func isPageOf(page []byte, body xhtml.Fragment) bool {
	_, rest, ok := strings.Cut(string(page), "<body dir=\"auto\">\n")
	if !ok {
		return false
	}
	rest, ok = strings.CutPrefix(rest, string(body))
	return ok && strings.HasPrefix(rest, "\n</body>")
}

func (p *publication) head(d *document) xhtml.Head {
	h := xhtml.Head{Title: d.title, Lang: d.lang, Type: d.matter, EPUB: true}
	for _, s := range p.styles {
		h.Styles = append(h.Styles, "../"+s.href)
	}
	return h
}
