package epub

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"

	goepub "github.com/go-shiori/go-epub"
)

// library fences go-epub, whose storage is one variable of the package and, in memory, one map without a lock. Only
// WriteTo touches it.
var library sync.Mutex

// noNetwork is the transport of the library's HTTP client: every source is a data URL.
type noNetwork struct{}

func (noNetwork) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("the network is not used")
}

// assemble puts the container together with go-epub and returns its bytes.
func (p *publication) assemble(ctx context.Context) ([]byte, error) {
	e, err := goepub.NewEpub(p.title)
	if err != nil {
		return nil, err
	}
	e.Client = &http.Client{Transport: noNetwork{}}
	e.SetLang(p.lang)
	e.SetIdentifier(p.identifier())
	for _, r := range p.styles {
		if _, err := e.AddCSS(dataURL(r), strings.TrimPrefix(r.href, "css/")); err != nil {
			return nil, err
		}
	}
	for _, r := range p.fonts {
		if _, err := e.AddFont(dataURL(r), strings.TrimPrefix(r.href, "fonts/")); err != nil {
			return nil, err
		}
	}
	for _, pic := range p.images.Used() {
		if _, err := e.AddImage(pic.DataURL(), pic.Name); err != nil {
			return nil, err
		}
	}
	if p.cover != nil {
		if err := e.SetCover("../"+pictureFolder+p.cover.Name, "../"+p.styles[0].href); err != nil {
			return nil, err
		}
	}
	for _, d := range p.docs {
		if d.name == coverPage {
			continue // SetCover has made it
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := addDocument(e, d, "../"+p.styles[0].href); err != nil {
			return nil, fmt.Errorf("page %s: %w", d.name, err)
		}
	}
	return pack(e)
}

// addDocument adds a page. All pages are added side by side: the library looks for the parent of a subsection among all
// that there are, which takes a time that grows with the square of their number, and its contents are not used.
func addDocument(e *goepub.Epub, d *document, css string) error {
	_, err := e.AddSection(string(d.body), d.title, d.name, css)
	return err
}

// pack lets the library write its container. Its storage in memory leaves no files behind, but joins paths as Windows
// does there and then does not find them; Windows gets its temporary folder.
func pack(e *goepub.Epub) ([]byte, error) {
	library.Lock()
	defer library.Unlock()
	storage := goepub.FSType(goepub.MemoryFS)
	if runtime.GOOS == "windows" {
		storage = goepub.OsFS
	}
	if err := goepub.Use(storage); err != nil { // a new, empty one
		return nil, err
	}
	var b bytes.Buffer
	if _, err := e.WriteTo(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), goepub.Use(storage) // forget what the old one holds
}

// dataURL hands a file to the library. The type does not matter, and the library does not know that of fonts.
func dataURL(r resource) string {
	return "data:application/octet-stream;base64," + base64.StdEncoding.EncodeToString(r.data)
}

// resources returns all files of the container that are no pages, sorted by name.
func (p *publication) resources() []resource {
	list := append(slices.Clone(p.styles), p.fonts...)
	for _, pic := range p.images.Used() {
		list = append(list, resource{pictureFolder + pic.Name, pic.MediaType, pic.Data})
	}
	return list
}
