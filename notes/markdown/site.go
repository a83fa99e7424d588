package markdown

import (
	"bytes"
	"strings"

	"github.com/evbook/evbook/internal/lazyregexp"
)

var (
	// siteLink is a link whose address begins with tags of a site generator: Liquid's or Hugo's.
	siteLink = lazyregexp.New(`\]\(((?:\{\{[^\n]*?\}\}|\{%[^\n]*?%\})+)([^)\s]*)`)
	siteTag  = lazyregexp.New(`^(?:\{%-?\s*(link|post_url)\s+(\S+)\s*-?%\}|\{\{-?\s*(?:site|page)\.(?:base)?url\s*-?\}\}|` +
		`\{\{-?\s*["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:base)?url)\s*-?\}\}|\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?["']([^"']+)["']\s*[>%]\}\})`)
)

// mendSiteLinks writes the addresses that a site generator would put together as the paths that they mean:
// ({% link docs/a.md %}#b) and ({{ site.baseurl }}/docs/a.md#b) as (</docs/a.md#b>), with spaces to the old length, so that
// every offset keeps its meaning. The copy is for goldmark to find links in; what is printed, such as code, is taken from text
// itself.
func mendSiteLinks(text []byte) []byte {
	if !bytes.Contains(text, []byte("]({")) {
		return text
	}
	return siteLink.ReplaceAllFunc(text, func(link []byte) []byte {
		m := siteLink.FindSubmatch(link)
		address, ok := siteAddress(string(m[1]))
		if !ok {
			return link
		}
		address += string(m[2])
		if address == "" {
			address = "/"
		}
		mended := "](<" + address + ">"
		if len(mended) > len(link) || strings.ContainsAny(address, "<>") {
			return link
		}
		return append([]byte(mended), bytes.Repeat([]byte(" "), len(link)-len(mended))...)
	})
}

// siteAddress returns the path that a run of tags stands for, from the root of the site.
func siteAddress(tags string) (string, bool) {
	var address strings.Builder
	for tags != "" {
		m := siteTag.FindStringSubmatch(tags)
		if m == nil {
			return "", false
		}
		switch {
		case m[1] == "link":
			address.WriteString("/" + strings.TrimPrefix(m[2], "/"))
		case m[1] == "post_url":
			address.WriteString("/_posts/" + m[2] + ".md")
		default:
			address.WriteString(m[3] + m[4])
		}
		tags = tags[len(m[0]):]
	}
	return address.String(), true
}
