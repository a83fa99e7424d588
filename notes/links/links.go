// Package links gathers the links of a book that lead out of it, says what is doubtful about them, asks the network about
// them if it is told to, and derives addresses in the web's archive.
package links

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/evbook/evbook/notes/diag"
	"github.com/evbook/evbook/notes/tree"
)

// The codes of what a check of links finds.
const (
	CodeDead  diag.Code = "link-dead"  // the page is gone, or its host
	CodeMoved diag.Code = "link-moved" // the page has another address for good
)

// Place is where an address stands in the notes.
type Place struct {
	Pos   diag.Pos `json:"pos"`
	Label string   `json:"label,omitempty"` // the link's text, or its label in a header
}

// Link is an address outside the book, with all places that lead to it.
type Link struct {
	URL       string   `json:"url"`
	Host      string   `json:"host"`
	Places    []Place  `json:"places"`
	Shortener bool     `json:"shortener,omitempty"` // the address hides where it leads, and dies with its service
	Insecure  bool     `json:"insecure,omitempty"`  // http without s
	Local     bool     `json:"local,omitempty"`     // an address that means something on one machine or network only
	SameAs    []string `json:"sameAs,omitempty"`    // other spellings of the same address in the book
	Result    *Result  `json:"result,omitempty"`    // of a check
}

// Flags names what is doubtful about a link.
func (l *Link) Flags() (flags []string) {
	for _, f := range []struct {
		on   bool
		name string
	}{{l.Shortener, "shortener"}, {l.Insecure, "http"}, {l.Local, "local"}, {len(l.Places) > 1 || len(l.SameAs) > 0, "duplicate"}} {
		if f.on {
			flags = append(flags, f.name)
		}
	}
	return flags
}

// Collect gathers the web addresses in a book, in the order in which they first come. The tree does not know the places of
// links in headers: find, which may be nil, looks an address up in a file and returns its place there.
func Collect(b *tree.Book, find func(file, address string) (diag.Pos, bool)) []*Link {
	c := &collector{byURL: map[string]*Link{}, find: find}
	tree.Walk(b, func(n tree.Node, _ []tree.Node) bool {
		switch n := n.(type) {
		case *tree.Event:
			c.header(n.Site, "Site", n.Pos())
		case *tree.Talk:
			for _, l := range n.Links {
				c.header(l.URL, l.Label, n.Pos())
			}
		case *tree.Link:
			if n.Target == "" {
				label := ""
				if !n.Auto {
					label = tree.PlainText(n.Text)
				}
				c.add(n.URL, Place{n.Pos(), label})
			}
		case *tree.Image:
			c.add(n.URL, Place{n.Pos(), n.Alt})
		}
		return true
	})
	spellings := map[string][]*Link{}
	for _, l := range c.list {
		k := canonical(l.URL)
		spellings[k] = append(spellings[k], l)
	}
	for _, same := range spellings {
		for _, l := range same {
			for _, other := range same {
				if other != l {
					l.SameAs = append(l.SameAs, other.URL)
				}
			}
		}
	}
	return c.list
}

type collector struct {
	byURL map[string]*Link
	list  []*Link
	find  func(file, address string) (diag.Pos, bool)
}

func (c *collector) header(address, label string, file diag.Pos) {
	pos := file
	if c.find != nil && address != "" {
		if p, ok := c.find(file.File, address); ok {
			pos = p
		}
	}
	c.add(address, Place{pos, label})
}

func (c *collector) add(address string, p Place) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return
	}
	l := c.byURL[address]
	if l == nil {
		host := strings.ToLower(u.Hostname())
		l = &Link{URL: address, Host: host, Shortener: isShortener(host), Insecure: u.Scheme == "http", Local: isLocal(host)}
		c.byURL[address] = l
		c.list = append(c.list, l)
	}
	if !slices.Contains(l.Places, p) {
		l.Places = append(l.Places, p)
	}
}

// canonical brings addresses that almost surely lead to one place into one form: scheme, www, letter case of the host, a
// slash at the end and an empty fragment do not count.
func canonical(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	s := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		s += "#" + u.Fragment
	}
	return s
}

// shorteners are the hosts of services that make short addresses of long ones.
var shorteners = map[string]bool{
	"bit.ly": true, "bitly.com": true, "buff.ly": true, "cutt.ly": true, "dlvr.it": true, "fb.me": true, "goo.gl": true, "git.io": true,
	"is.gd": true, "j.mp": true, "lnkd.in": true, "ow.ly": true, "rb.gy": true, "rebrand.ly": true, "s.id": true, "shorturl.at": true,
	"t.co": true, "t.ly": true, "tiny.cc": true, "tinyurl.com": true, "tr.im": true, "v.gd": true, "wp.me": true,
	"amzn.to": true, "aka.ms": true, "bl.ink": true, "snip.ly": true, "su.pr": true, "cli.gs": true, "x.co": true, "db.tt": true,
	"oreil.ly": true, "red.ht": true, "nyti.ms": true, "1drv.ms": true, "forms.gle": true, "maps.app.goo.gl": true, "spoti.fi": true,
}

func isShortener(host string) bool { return shorteners[strings.TrimPrefix(host, "www.")] }

// isLocal reports whether a host is not on the public network.
func isLocal(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	name := strings.TrimSuffix(host, ".")
	return !strings.Contains(name, ".") || slices.ContainsFunc([]string{".localhost", ".local", ".internal", ".lan", ".test", ".example", ".invalid"}, func(s string) bool {
		return strings.HasSuffix(name, s)
	})
}

// Report says what a check found: a warning at each place of a dead link, information at those of a moved one.
func (l *Link) Report(report diag.Reporter) {
	if l.Result == nil {
		return
	}
	for _, p := range l.Places {
		switch l.Result.Verdict {
		case Dead:
			report(diag.Diagnostic{
				Severity: diag.Warning, Code: CodeDead, Pos: p.Pos, Message: "the link " + l.URL + " is dead: " + l.Result.Reason,
				Hints: []string{"look for its new address, or for a copy at https://" + archiveHost + "/web/" + l.URL},
			})
		case Moved:
			report(diag.Diagnostic{
				Severity: diag.Info, Code: CodeMoved, Pos: p.Pos, Message: "the link " + l.URL + " leads on for good", Hints: []string{"write " + l.Result.Final},
			})
		case OK, Unknown:
		}
	}
}
