package xhtml

import (
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// CleanURL turns an address as an author wrote it into a valid absolute URL: characters that may not stand in one are
// percent-encoded, host names are written in ASCII. It reports false for what no reading system can follow: relative
// addresses, files of somebody's disk, scripts, and everything that is no URL at all.
func CleanURL(raw string) (string, bool) {
	raw = strings.TrimSpace(raw)
	if strings.HasPrefix(raw, "//") {
		raw = "https:" + raw
	}
	scheme, rest, ok := strings.Cut(raw, ":")
	if !ok {
		return "", false
	}
	scheme = strings.ToLower(scheme)
	switch scheme {
	case "http", "https", "ftp", "ftps":
		return cleanHierarchical(scheme, rest)
	case "mailto", "tel", "sms", "doi", "urn", "irc", "ircs", "xmpp", "sip", "magnet", "git", "ssh", "gemini", "gopher", "news", "matrix":
		if strings.Trim(rest, "/ ") == "" {
			return "", false
		}
		return scheme + ":" + encode(rest, false), true
	}
	return "", false
}

func cleanHierarchical(scheme, rest string) (string, bool) {
	rest = strings.TrimLeft(rest, "/\\")
	end := strings.IndexAny(rest, "/?#\\")
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], strings.Replace(rest[end:], "\\", "/", 1)
	user := ""
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		user, authority = encode(authority[:at], false)+"@", authority[at+1:]
	}
	host, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && !strings.HasSuffix(authority, "]") {
		host, port = authority[:i], authority[i:]
	}
	if !strings.HasPrefix(host, "[") {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			// Names with underscores are no host names but do resolve; they pass if a URL parser takes them.
			ascii = strings.ToLower(host)
			if strings.ContainsFunc(ascii, func(r rune) bool { return r >= 0x80 }) {
				return "", false
			}
		}
		host = ascii
	}
	if host == "" {
		return "", false
	}
	path, fragment, hasFragment := strings.Cut(tail, "#")
	out := scheme + "://" + user + host + port + encode(path, false)
	if hasFragment {
		out += "#" + encode(fragment, true)
	}
	if _, err := url.Parse(out); err != nil {
		return "", false
	}
	return out, true
}

// encode percent-encodes what may not stand in the path, query or fragment of a URL (RFC 3986 §2). Escapes that are there
// already are kept; a percent sign that begins none is encoded.
func encode(s string, fragment bool) string {
	const legal = "-._~:/?@!$&'()*+,;="
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte(legal, c) >= 0:
			b.WriteByte(c)
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(c)
		case c == '#' && !fragment:
			b.WriteByte(c) // of schemes without authority; hierarchical ones have it cut off before
		default:
			const hexDigits = "0123456789ABCDEF"
			b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	return b.String()
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }
