package resolve

import (
	"cmp"
	"io/fs"
	"path"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

var imageTypes = map[string]bool{
	".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true, ".svg": true, ".bmp": true, ".tif": true,
	".tiff": true, ".avif": true,
}

func isImage(name string) bool { return imageTypes[strings.ToLower(path.Ext(name))] }

// image gives a local image its path below the notes folder. When there is no such image, or it lies on the web in a form
// that cannot be shown, image returns the text that stands for it.
func (r *resolver) image(o owner, img *tree.Image) tree.Inlines {
	src := strings.TrimSpace(img.URL)
	switch {
	case img.Path != "":
		return nil
	case src == "":
		r.report.Errorf(CodeImageMissing, img.Src, "the image has no address")
		return standIn(img, "")
	}
	if address, ok := RemoteAddress(img); ok {
		r.remote(img, address)
		return nil
	}
	if scheme.MatchString(src) {
		return r.noImage(img, src)
	}
	clean, _, _ := strings.Cut(src, "?")
	clean, _, _ = strings.Cut(clean, "#")
	from := o.fileOf(img)
	p := local(from, clean)
	if from != o.file && o.file != "" && !r.exists(p) && r.exists(local(o.file, clean)) {
		p = local(o.file, clean) // included text, written for the file that it is in
	}
	if !r.exists(p) && r.opt.Files != nil {
		found := r.sameButCase(p)
		if found == "" && strings.HasPrefix(clean, "/") {
			found = r.staticImage(from, p)
		}
		if found == "" {
			r.missing(img, from, src, p)
			return standIn(img, src)
		}
		p = found
	}
	img.Path, img.URL = p, ""
	r.checkAlt(img)
	return nil
}

// RemoteAddress returns the address of an image on the web, in the form in which the book has it, and whether img is one.
func RemoteAddress(img *tree.Image) (string, bool) {
	src := strings.TrimSpace(img.URL)
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	name, _, _ := strings.Cut(strings.ToLower(src), ":")
	return escapeURL(src), img.Path == "" && (name == "http" || name == "https") && scheme.MatchString(src)
}

// remote handles images on the web: the book holds what was fetched, else a link.
func (r *resolver) remote(img *tree.Image, address string) {
	img.URL = address
	if r.opt.Fetched == nil {
		r.report(diag.RemoteImage(img.Src, address))
		return
	}
	if p, ok := r.opt.Fetched(address); ok { // what could not be fetched has been reported
		img.Path = p
		r.checkAlt(img)
	}
}

func (r *resolver) checkAlt(img *tree.Image) {
	if img.Alt == "" {
		r.report(diag.ImageWithoutAlt(img.Src, cmp.Or(img.URL, img.Path)))
	}
}

// noImage handles addresses that no image can be read from.
func (r *resolver) noImage(img *tree.Image, src string) tree.Inlines {
	name, _, _ := strings.Cut(strings.ToLower(src), ":")
	switch name {
	case "data":
		r.report.Warnf(CodeImageData, img.Src, "an image inside the text itself (data:) is not shown: save it as a file beside the notes")
	default:
		r.report.Errorf(CodeImageMissing, img.Src, "an image cannot be read from %q", name+":")
	}
	return standIn(img, "")
}

// standIn is the text in the place of an image that is not there.
func standIn(img *tree.Image, src string) tree.Inlines {
	text := img.Alt
	if text == "" {
		text = img.Title
	}
	if text == "" {
		text = src
	}
	if text == "" {
		text = "image"
	}
	t := &tree.Text{At: img.At, Text: "[" + text + "]"}
	return tree.Inlines{&tree.Span{At: img.At, Class: "missing-image", Text: tree.Inlines{t}}}
}

func (r *resolver) missing(img *tree.Image, from, src, p string) {
	d := diag.Diagnostic{Severity: diag.Error, Code: CodeImageMissing, Pos: img.Src, Message: "the image " + src + " does not exist"}
	if strings.HasPrefix(p, "../") {
		d.Message = "the image " + src + " lies outside the notes folder"
	} else if near := diag.Nearest(path.Base(p), r.imagesIn(path.Dir(p))); near != "" {
		d.Hints = append(d.Hints, "did you mean "+relative(path.Dir(from), path.Join(path.Dir(p), near))+"?")
	}
	r.report(d)
}

// exists reports whether there is a file at p.
func (r *resolver) exists(p string) bool {
	if r.opt.Files == nil || !fs.ValidPath(p) {
		return false
	}
	info, err := fs.Stat(r.opt.Files, p)
	return err == nil && !info.IsDir()
}

// staticImage finds an image that is addressed from the root of a site, whose generator takes images from a folder of
// their own: it may lie beside any of the folders above the note.
func (r *resolver) staticImage(from, p string) string {
	for dir := path.Dir(from); ; dir = path.Dir(dir) {
		for _, sub := range []string{"", "static", "public", "assets"} {
			if found := path.Join(dir, sub, p); r.exists(found) {
				return found
			}
		}
		if dir == "." || dir == "/" {
			return ""
		}
	}
}

// sameButCase finds the file whose name differs from p's in case only: such links work where the notes were written.
func (r *resolver) sameButCase(p string) string {
	if !fs.ValidPath(p) {
		return ""
	}
	list, _ := fs.ReadDir(r.opt.Files, path.Dir(p))
	for _, e := range list {
		if !e.IsDir() && strings.EqualFold(e.Name(), path.Base(p)) {
			return path.Join(path.Dir(p), e.Name())
		}
	}
	return ""
}

func (r *resolver) imagesIn(dir string) []string {
	if r.opt.Files == nil || !fs.ValidPath(dir) {
		return nil
	}
	list, _ := fs.ReadDir(r.opt.Files, dir)
	var names []string
	for _, e := range list {
		if isImage(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

// findImage finds an embedded image: beside the note, below the root, or in the folders where note-takers keep images.
func (r *resolver) findImage(from, name string) string {
	for _, dir := range []string{path.Dir(from), ".", "attachments", "assets", "images", "img", path.Dir(from) + "/attachments", path.Dir(from) + "/assets", path.Dir(from) + "/images"} {
		if p := path.Join(dir, name); r.exists(p) {
			return "/" + p
		}
	}
	return name
}
