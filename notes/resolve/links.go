package resolve

import (
	"net/url"
	"path"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// These are the classes that package markdown gives to wiki links.
const (
	wikiLink  = "wiki-link"
	wikiEmbed = "wiki-embed"
)

var (
	scheme = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]+:`)
	domain = lazyregexp.New(`^(?:www\.[a-z0-9-]+\.[a-z]{2,}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|edu|gov))(?:[/:?#]|$)`)
	folder = lazyregexp.New(`(?i)(?:^|/)(?:readme|index|_index)\.(?:md|markdown|mkd|mdown|html?)$`)
	note   = lazyregexp.New(`(?i)\.(?:md|markdown|mkd|mdown|html?)$`)
)

// followed are the schemes that a link in a book may have.
var followed = map[string]bool{
	"http": true, "https": true, "mailto": true, "tel": true, "ftp": true, "ftps": true, "sftp": true, "irc": true,
	"ircs": true, "git": true, "ssh": true, "news": true, "xmpp": true, "geo": true, "doi": true, "urn": true,
	"magnet": true, "sip": true, "sms": true, "matrix": true, "gemini": true, "gopher": true, "svn": true, "steam": true,
	"obsidian": true, "vscode": true, "zotero": true, "webcal": true,
}

// link resolves a link. It gives the link itself, or the link's text when it leads nowhere.
func (r *resolver) link(o owner, l *tree.Link) tree.Inlines {
	dest := strings.TrimSpace(l.URL)
	switch {
	case dest == "":
		r.report.Warnf(CodeLinkEmpty, l.Src, "the link has no destination: only its text is printed")
		return l.Text
	case strings.HasPrefix(dest, "//"):
		l.URL = "https:" + dest
		return whole(l)
	case scheme.MatchString(dest):
		name, _, _ := strings.Cut(strings.ToLower(dest), ":")
		if !followed[name] {
			r.report.Warnf(CodeLinkScheme, l.Src, "a book cannot follow a link of the kind %q: only its text is printed", name+":")
			return l.Text
		}
		l.URL = escapeURL(dest)
		return whole(l)
	}
	target, problem := r.find(o.fileOf(l), dest)
	if problem != nil && o.fileOf(l) != o.file && o.file != "" { // included text: its links may be those of the file it is in
		if other, ok := r.find(o.file, dest); ok == nil {
			target, problem = other, nil
		}
	}
	if problem == nil {
		l.Target = target
		return whole(l)
	}
	if domain.MatchString(strings.ToLower(dest)) {
		r.report(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeURLWithoutWeb, Pos: l.Src,
			Message: "the address " + dest + " does not say https:// or http://",
			Hints:   []string{"write http://" + dest + ", as the book does now"},
		})
		l.URL = escapeURL("http://" + dest)
		return whole(l)
	}
	problem.Pos = l.Src
	r.report(*problem)
	if target != "" { // the right note, if not the right place in it
		l.Target = target
		return whole(l)
	}
	return l.Text
}

// whole gives a link that leads somewhere; one without text shows its address.
func whole(l *tree.Link) tree.Inlines {
	if len(l.Text) == 0 {
		l.Text = tree.Inlines{&tree.Text{At: l.At, Text: l.URL}}
	}
	return tree.Inlines{l}
}

// escapeURL percent-encodes what may not stand in a URL and leaves the rest as the author wrote it (RFC 3986, 2).
func escapeURL(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0,
			c == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])):
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// fileOf returns the file that n stands in: the place of a note in another piece's text is its own.
func (o owner) fileOf(n tree.Node) string {
	if f := n.Pos().File; f != "" {
		return f
	}
	return o.file
}

// find looks up a local destination seen from a file. It returns the id of what is there, or a diagnostic without place;
// both when the note is there and the heading is not.
func (r *resolver) find(from, dest string) (string, *diag.Diagnostic) {
	dest, anchor, hasAnchor := strings.Cut(dest, "#")
	dest, _, _ = strings.Cut(dest, "?")
	anchor = unescapePath(anchor)
	if dest == "" {
		if anchor == "" || anchor == "top" {
			return r.ownerOf(from), nil
		}
		return r.anchor(from, anchor, "")
	}
	p := local(from, dest)
	found := r.lookUp(p)
	if found == "" {
		found = r.onSite(from, dest, p)
	}
	if found == "" {
		return "", r.notFound(from, dest, p)
	}
	if !hasAnchor || anchor == "" {
		return r.targets[found], nil
	}
	return r.anchor(found, anchor, r.targets[found])
}

// local returns the path below the notes folder that dest means, seen from the file from.
func local(from, dest string) string {
	dest = unescapePath(dest)
	dest = strings.ReplaceAll(dest, `\`, "/")
	if strings.HasPrefix(dest, "/") {
		return path.Clean(strings.TrimLeft(dest, "/") + "/.")
	}
	return path.Join(path.Dir(from), dest)
}

func unescapePath(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// lookUp finds the part of the book at p: the path itself, the path with the extension of a note, a folder by its opening
// page, or a path that differs only in case. It returns the part's path, or nothing.
func (r *resolver) lookUp(p string) string {
	stem := note.ReplaceAllString(p, "")
	candidates := []string{p, p + ".md", p + ".markdown", stem + ".md", stem + ".markdown", stem}
	if folder.MatchString(p) {
		candidates = append(candidates, path.Dir(p))
	}
	for _, c := range candidates {
		if _, ok := r.targets[c]; ok {
			return c
		}
	}
	if folder.MatchString(p + ".md") { // a folder's opening page, named without its extension
		if _, ok := r.targets[path.Dir(p)]; ok {
			return path.Dir(p)
		}
	}
	for _, opening := range []string{"README.md", "index.md", "_index.md"} { // a folder whose opening page is a chapter
		if _, ok := r.targets[path.Join(p, opening)]; ok {
			return path.Join(p, opening)
		}
	}
	if same := r.folded[strings.ToLower(stem)]; len(same) == 1 {
		return same[0]
	}
	return ""
}

// onSite finds the part that dest means on the site that a generator would make of the notes: an address from the root counts
// from the folder with the contents, which lies somewhere below, and a relative one from the page's own address, which ends
// in a slash. Of several parts the one nearest to the file from is meant; where two are as near, none is.
func (r *resolver) onSite(from, dest, p string) string {
	if !strings.HasPrefix(dest, "/") {
		if strings.HasPrefix(dest, ".") && !folder.MatchString(from) {
			return r.lookUp(path.Join(note.ReplaceAllString(from, ""), dest))
		}
		return ""
	}
	want := "/" + strings.ToLower(note.ReplaceAllString(p, ""))
	best, most, twice := "", -1, false
	for _, other := range r.names[path.Base(want)] {
		if !strings.HasSuffix("/"+strings.ToLower(note.ReplaceAllString(other, "")), want) {
			continue
		}
		switch n := commonFolders(from, other); {
		case n > most:
			best, most, twice = other, n, false
		case n == most:
			twice = true
		}
	}
	if twice {
		return ""
	}
	return best
}

// commonFolders counts the folders that two paths begin with in common.
func commonFolders(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(x)-1 && n < len(y)-1 && x[n] == y[n] {
		n++
	}
	return n
}

// ownerOf returns the id of the piece whose text stands in file.
func (r *resolver) ownerOf(file string) string {
	if found := r.lookUp(file); found != "" {
		return r.targets[found]
	}
	return ""
}

// anchor finds an anchor in a part of the book. Without one of that name the link leads to the part itself, when there is
// one: the reader lands near.
func (r *resolver) anchor(part, anchor, fallback string) (string, *diag.Diagnostic) {
	files := []string{part, path.Join(part, "README.md"), path.Join(part, "index.md"), path.Join(part, "_index.md")}
	var known []string
	for _, f := range files {
		m := r.anchors[f]
		for _, a := range []string{anchor, strings.ToLower(anchor), strings.TrimPrefix(anchor, "user-content-")} {
			if id, ok := m[a]; ok {
				return id, nil
			}
		}
		want, _ := Slug(anchor)
		for _, k := range sortedKeys(m) {
			if got, _ := Slug(k); got == want && want != "" {
				return m[k], nil
			}
		}
		known = append(known, sortedKeys(m)...)
	}
	d := &diag.Diagnostic{Severity: diag.Warning, Code: CodeAnchor, Message: "no heading has the anchor #" + anchor}
	if part != "" && fallback != "" {
		d.Message += " in " + part
	}
	if near := diag.Nearest(anchor, known); near != "" {
		d.Hints = append(d.Hints, "did you mean #"+near+"?")
	}
	return fallback, d
}

// notFound explains why nothing stands at p.
func (r *resolver) notFound(from, dest, p string) *diag.Diagnostic {
	for _, c := range []string{p, p + ".md"} {
		if why, ok := r.opt.Unselected[c]; ok {
			return &diag.Diagnostic{Severity: diag.Info, Code: CodeLink, Message: "the link leads to " + c + ", which is left out: " + why}
		}
		if why, ok := r.opt.LeftOut[c]; ok {
			return &diag.Diagnostic{Severity: diag.Warning, Code: CodeLink, Message: "the link leads to " + c + ", which is left out: " + why}
		}
	}
	if strings.HasPrefix(p, "../") || p == ".." {
		return &diag.Diagnostic{Severity: diag.Warning, Code: CodeLinkOutside, Message: "the link " + dest + " leads out of the notes folder: only its text is printed"}
	}
	if r.exists(p) {
		return &diag.Diagnostic{Severity: diag.Info, Code: CodeLinkOutside, Message: p + " is no part of the book: only the link's text is printed"}
	}
	d := &diag.Diagnostic{Severity: diag.Warning, Code: CodeLink, Message: "nothing stands at " + dest + ": only the link's text is printed"}
	if near := r.nearPath(p); near != "" {
		d.Hints = append(d.Hints, "did you mean "+relative(path.Dir(from), near)+"?")
	}
	return d
}

// nearPath finds the part whose path is most like p: the same name in another folder before a similar spelling.
func (r *resolver) nearPath(p string) string {
	base := strings.ToLower(path.Base(note.ReplaceAllString(p, "")))
	if same := r.names[base]; len(same) == 1 {
		return same[0]
	}
	near := diag.Nearest(p, sortedKeys(r.targets))
	stem := func(p string) string { return strings.ToLower(note.ReplaceAllString(path.Base(p), "")) }
	if most := max(1, len(stem(p))/3); diag.Distance(stem(p), stem(near), most) > most {
		return "" // alike in its folders only
	}
	return near
}

// relative writes the path to as seen from the folder dir.
func relative(dir, to string) string {
	if dir == "." {
		return to
	}
	from, parts := strings.Split(dir, "/"), strings.Split(to, "/")
	k := 0
	for k < len(from) && k < len(parts)-1 && from[k] == parts[k] {
		k++
	}
	return strings.Repeat("../", len(from)-k) + strings.Join(parts[k:], "/")
}

// wiki resolves a wiki link, which names a note by its file name or title wherever it is.
func (r *resolver) wiki(o owner, s *tree.Span) tree.Inlines {
	dest := s.Attrs["target"]
	name, anchor, _ := strings.Cut(dest, "#")
	if s.Class == wikiEmbed && isImage(name) {
		img := &tree.Image{At: s.At, URL: r.findImage(o.fileOf(s), name), Alt: strings.TrimSuffix(path.Base(name), path.Ext(name))}
		embedLabel(img, dest, tree.PlainText(s.Text))
		if text := r.image(o, img); text != nil {
			return text
		}
		return tree.Inlines{img}
	}
	target := ""
	if name == "" {
		target, _ = r.anchor(o.fileOf(s), tree.Slug(anchor), "")
	} else if found := r.byName(o.fileOf(s), name); found != "" {
		target = r.targets[found]
		if anchor != "" {
			if id, problem := r.anchor(found, tree.Slug(anchor), target); problem == nil {
				target = id
			}
		}
	}
	if target != "" {
		return tree.Inlines{&tree.Link{At: s.At, URL: dest, Target: target, Text: s.Text}}
	}
	literal := s.Attrs["literal"]
	r.report.Infof(CodeWiki, s.Src, "no note is called %s: printed as it was typed", literal)
	return tree.Inlines{&tree.Text{At: s.At, Text: literal}}
}

var pixels = lazyregexp.New(`^(\d{1,5})(?:x(\d{1,5}))?$`)

// embedLabel reads what follows the name of an embedded picture: its width and height in pixels, or words about it.
func embedLabel(img *tree.Image, dest, label string) {
	if label == dest {
		return
	}
	m := pixels.FindStringSubmatch(label)
	if m == nil {
		img.Alt = label
		return
	}
	img.Width, img.Height = m[1], m[2]
}

// byName finds a part by its path, its file name or its name written as a title.
func (r *resolver) byName(from, name string) string {
	for _, p := range []string{local(from, name), local("", name)} {
		if found := r.lookUp(p); found != "" {
			return found
		}
	}
	want := strings.ToLower(note.ReplaceAllString(path.Base(name), ""))
	for _, key := range []string{want, strings.ReplaceAll(want, " ", "-"), strings.ReplaceAll(want, " ", "_")} {
		if same := r.names[key]; len(same) > 0 {
			return same[0]
		}
	}
	return ""
}
