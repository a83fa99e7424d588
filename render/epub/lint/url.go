package lint

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// target is where a reference points.
type target struct {
	raw         string
	scheme      string // "" for a place in the container
	path        string // in the container, percent-decoded and cleaned
	fragment    string // percent-decoded
	hasFragment bool
	bad         bool // cannot be used at all
}

func (t *target) remote() bool { return t.scheme != "" }

// resolve reads the URL raw, which stands at offset off of a document in the folder dir, and reports what is wrong with it
// (URL Standard, and EPUB 3.3 §3.4 on paths that leave the container).
func (f *file) resolve(off int, dir, raw string) target {
	s := strings.Trim(raw, " \t\r\n\f")
	t := target{raw: s}
	if scheme, rest, ok := cutScheme(s); ok {
		t.scheme = scheme
		if msg := remoteFault(scheme, rest); msg != "" {
			f.at(off, "RSC-020", "%q is no valid URL: %s", s, msg)
		}
		if scheme == "file" {
			f.at(off, "RSC-030", "%q points into somebody's own file system", s)
		}
		return t
	}
	if strings.HasPrefix(s, "//") {
		t.scheme = "https"
		return t
	}
	if msg := urlFault(s); msg != "" {
		f.at(off, "RSC-020", "%q is no valid URL: %s", s, msg)
	}
	rest, fragment, ok := strings.Cut(s, "#")
	t.hasFragment = ok
	t.fragment = unescape(fragment)
	rest, _, query := strings.Cut(rest, "?")
	if query {
		f.at(off, "RSC-033", "%q has a query, which means nothing inside an EPUB", s)
	}
	if rest == "" {
		t.path = f.path
		return t
	}
	rest = strings.ReplaceAll(rest, `\`, "/")
	p := unescape(rest)
	if strings.HasPrefix(p, "/") {
		f.at(off, "RSC-026", "%q begins at the root: a path must stay relative", s)
		t.path = strings.TrimPrefix(path.Clean(p), "/")
		return t
	}
	p = path.Join(dir, p)
	if p == ".." || strings.HasPrefix(p, "../") {
		f.at(off, "RSC-026", "%q leads out of the EPUB", s)
		for strings.HasPrefix(p, "../") {
			p = p[3:]
		}
	}
	t.path = norm.NFC.String(p)
	return t
}

func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// dirOf is path.Dir with "" for the root, which path.Join leaves out.
func dirOf(p string) string {
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		return p[:i]
	}
	return ""
}

func cutScheme(s string) (scheme, rest string, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		switch {
		case s[i] == ':' && i > 0:
			return strings.ToLower(s[:i]), s[i+1:], true
		case c >= 'a' && c <= 'z' || i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		default:
			return "", s, false
		}
	}
	return "", s, false
}

// urlFault says what in s is no valid URL string, "" if nothing is.
func urlFault(s string) string {
	fragment := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return `"%" is not followed by two hexadecimal digits`
			}
		case '#':
			if fragment {
				return `"#" must not stand in a fragment`
			}
			fragment = true
		case ' ', '\\', '{', '}', '|', '^', '`', '<', '>', '"', '[', ']':
			return `"` + string(c) + `" must be percent-encoded`
		}
	}
	return ""
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// remoteFault looks at what follows scheme and its colon.
func remoteFault(scheme, rest string) string {
	if scheme == "data" {
		return ""
	}
	switch scheme {
	case "http", "https", "ftp", "ws", "wss":
	default:
		if strings.ContainsAny(rest, " ") {
			return "a space must be percent-encoded"
		}
		return ""
	}
	switch {
	case strings.Trim(rest, "/") == "":
		return "the host is missing"
	case !strings.HasPrefix(rest, "//"):
		return "two slashes must follow the scheme"
	case strings.HasPrefix(rest, "///"):
		return "the host is missing"
	}
	end := strings.IndexAny(rest[2:], "/?#\\")
	host, tail := rest[2:], ""
	if end >= 0 {
		host, tail = rest[2:2+end], rest[2+end:]
	}
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	if !strings.HasPrefix(host, "[") {
		name, port, hasPort := strings.Cut(host, ":")
		if hasPort && port != "" {
			if n, err := strconv.Atoi(port); err != nil || n > 65535 {
				return "the port is no number up to 65535"
			}
		}
		name = unescape(name)
		switch {
		case name == "":
			return "the host is missing"
		case strings.ContainsAny(name, " <>^|\\"):
			return "the host holds a character that is not allowed"
		case strings.HasPrefix(name, ".") || strings.Contains(name, ".."):
			return "a part of the host is empty"
		}
	}
	return urlFault(tail)
}
